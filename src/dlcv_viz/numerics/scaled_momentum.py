r"""Momentum whose velocity is a step itself, with weight decay inside: the rule of AlexNet."""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.optimizers import Gradient, Momentum, State


@dataclass(frozen=True, slots=True)
class ScaledMomentum(Momentum):
    r"""Step by a velocity that the learning rate has scaled already.

    .. math:: \mathbf v_t = \beta \mathbf v_{t-1} - \alpha\,(\mathbf g_t + \lambda \mathbf w_t),
              \quad \mathbf w_{t+1} = \mathbf w_t + \mathbf v_t

    With one rate for all steps it makes the steps of `dlcv_viz.numerics.optimizers.Momentum`. When
    the rate falls, that rule scales what it remembers at once, while this one keeps its speed and
    slows down little by little.

    Parameters
    ----------
    learning_rate : float
        :math:`\alpha`.
    beta : float, default 0.9
        :math:`\beta`, from 0 to below 1.
    decay : float, default 0
        :math:`\lambda`, of the penalty :math:`\tfrac\lambda2 \lVert \mathbf w \rVert^2`, at
        least 0.

    References
    ----------
    .. [1] A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet Classification with Deep
       Convolutional Neural Networks", NeurIPS 2012, section 5.
    """

    decay: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a decay that would make weights grow."""
        Momentum.__post_init__(self)  # super() knows no class that slots made anew
        if not 0 <= self.decay < np.inf:
            raise ValueError(f"decay={self.decay} is not finite and at least 0")

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        (v,) = state.memory
        v = self.beta * v - self.learning_rate * (gradient(state.w) + self.decay * state.w)
        return State(state.w + v, (v,), state.t + 1)
