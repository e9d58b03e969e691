r"""Optimizers that give each weight a step of its own, by the sizes of its past gradients.

All operations go component by component. The small number :math:`\epsilon` stands outside the root.
"""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from dlcv_viz.numerics.optimizers import Gradient, Optimizer, State, refuse_not_fading
from dlcv_viz.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class AdaGrad(Optimizer):
    r"""Divide each step by the root of the sum of all squared gradients so far.

    .. math:: \mathbf G_t = \mathbf G_{t-1} + \mathbf g_t^2, \quad
              \mathbf w_{t+1} = \mathbf w_t
                  - \alpha \frac{\mathbf g_t}{\sqrt{\mathbf G_t} + \epsilon}

    Parameters
    ----------
    learning_rate : float
        :math:`\alpha`.
    epsilon : float, default 1e-10
        :math:`\epsilon`, above 0.
    """

    n_arrays: ClassVar[int] = 1

    epsilon: float = 1e-10

    def __post_init__(self) -> None:
        """Refuse to divide by zero."""
        Optimizer.__post_init__(self)
        _refuse_not_above_zero(self.epsilon)

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        (total,), g = state.memory, gradient(state.w)
        total = total + g**2
        w = state.w - self.learning_rate * g / (np.sqrt(total) + self.epsilon)
        return State(w, (total,), state.t + 1)


@dataclass(frozen=True, slots=True)
class RMSProp(Optimizer):
    r"""Divide each step by the root of a fading average of the squared gradients.

    .. math:: \mathbf s_t = \beta \mathbf s_{t-1} + (1 - \beta) \mathbf g_t^2, \quad
              \mathbf w_{t+1} = \mathbf w_t
                  - \alpha \frac{\mathbf g_t}{\sqrt{\mathbf s_t} + \epsilon}

    Parameters
    ----------
    learning_rate : float
        :math:`\alpha`.
    beta : float, default 0.9
        :math:`\beta`, from 0 to below 1.
    epsilon : float, default 1e-8
        :math:`\epsilon`, above 0.
    """

    n_arrays: ClassVar[int] = 1

    beta: float = 0.9
    epsilon: float = 1e-8

    def __post_init__(self) -> None:
        """Refuse what would not fade, and to divide by zero."""
        Optimizer.__post_init__(self)
        refuse_not_fading(beta=self.beta)
        _refuse_not_above_zero(self.epsilon)

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        (s,), g = state.memory, gradient(state.w)
        s = self.beta * s + (1 - self.beta) * g**2
        w = state.w - self.learning_rate * g / (np.sqrt(s) + self.epsilon)
        return State(w, (s,), state.t + 1)


@dataclass(frozen=True, slots=True)
class Adam(Optimizer):
    r"""Divide a fading average of gradients by the root of one of their squares.

    .. math:: \mathbf m_{t} &= \beta_1 \mathbf m_{t-1} + (1 - \beta_1) \mathbf g_t \\
              \mathbf s_{t} &= \beta_2 \mathbf s_{t-1} + (1 - \beta_2) \mathbf g_t^2 \\
              \mathbf w &\leftarrow \mathbf w - \alpha \frac{\mathbf m_t / (1 - \beta_1^t)}
                  {\sqrt{\mathbf s_t / (1 - \beta_2^t)} + \epsilon}

    Parameters
    ----------
    learning_rate : float, default 0.001
        :math:`\alpha`.
    beta1, beta2 : float, default 0.9 and 0.999
        Of gradients and of squares, from 0 to below 1.
    epsilon : float, default 1e-8
        :math:`\epsilon`, above 0.
    is_corrected : bool, default True
        Whether the averages are divided by :math:`1 - \beta^t`; without, to see why they should be.
    """

    n_arrays: ClassVar[int] = 2

    learning_rate: float = 0.001
    beta1: float = 0.9
    beta2: float = 0.999
    epsilon: float = 1e-8
    is_corrected: bool = True

    def __post_init__(self) -> None:
        """Refuse what would not fade, and to divide by zero."""
        Optimizer.__post_init__(self)
        refuse_not_fading(beta1=self.beta1, beta2=self.beta2)
        _refuse_not_above_zero(self.epsilon)

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        (m, s), g, t = state.memory, gradient(state.w), state.t + 1
        m = self.beta1 * m + (1 - self.beta1) * g
        s = self.beta2 * s + (1 - self.beta2) * g**2
        m_hat, s_hat = self.corrected(m, s, t) if self.is_corrected else (m, s)
        w = state.w - self.learning_rate * m_hat / (np.sqrt(s_hat) + self.epsilon)
        return State(w, (m, s), t)

    def corrected(
        self, m: FloatArray, s: FloatArray, t: int | FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Divide both averages by the share of gradients they hold at step t, from 1."""
        return m / (1 - self.beta1**t), s / (1 - self.beta2**t)


@dataclass(frozen=True, slots=True)
class AdamW(Adam):
    r"""Adam that also shrinks the weights themselves, by a share of each step.

    .. math:: \mathbf w_{t+1} = (1 - \alpha \lambda) \mathbf w_t
                  - \alpha \frac{\hat{\mathbf m}_t}{\sqrt{\hat{\mathbf s}_t} + \epsilon}

    Parameters
    ----------
    learning_rate, beta1, beta2, epsilon, is_corrected
        As for `Adam`.
    decay : float, default 0.01
        :math:`\lambda`, at least 0.
    """

    decay: float = 0.01

    def __post_init__(self) -> None:
        """Refuse a decay that would grow."""
        Adam.__post_init__(self)
        if not 0 <= self.decay < np.inf:
            raise ValueError(f"decay={self.decay} is not finite and at least 0")

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        after = Adam.step(self, state, gradient)
        return State(after.w - self.learning_rate * self.decay * state.w, after.memory, after.t)


def uncorrected_share(beta: float, t: IntArray) -> FloatArray:
    r"""Return what share of a steady mean a fading average has reached that started at zero.

    .. math:: 1 - \beta^t

    Parameters
    ----------
    beta : float
        What is kept in each step, from 0 to below 1.
    t : (...) ndarray of int
        Steps, at least 0.

    Returns
    -------
    (...) ndarray of float
        From 0, rising to 1.

    Raises
    ------
    ValueError
        If `beta` is not from 0 to below 1, or a step below 0.
    """
    refuse_not_fading(beta=beta)
    t = np.asarray(t)
    if (t < 0).any():
        raise ValueError(f"step {t.min()} is below 0")
    share: FloatArray = 1 - np.float_power(beta, t)
    return share


def _refuse_not_above_zero(epsilon: float) -> None:
    if not epsilon > 0:
        raise ValueError(f"epsilon={epsilon} is not above 0")
