r"""Optimizers: rules that turn gradients into steps. Here are those with one learning rate for all.

A rule maps a state to the next one; a state holds the weights and what the rule remembers of them.
Those with a rate for each weight are in `dlcv_viz.numerics.adaptive_optimizers`.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray

Gradient = Callable[[FloatArray], FloatArray]  # from a place to the gradient there, alike in shape


@dataclass(frozen=True, slots=True)
class State:
    """Weights between two steps.

    Parameters
    ----------
    w : (...) ndarray of float
        The weights.
    memory : tuple of (...) ndarray of float
        What the rule remembers: as many arrays as it needs, each shaped like the weights.
    t : int
        How many steps were made.
    """

    w: FloatArray
    memory: tuple[FloatArray, ...] = ()
    t: int = 0


@dataclass(frozen=True, slots=True)
class Optimizer(ABC):
    r"""A rule for steps.

    Parameters
    ----------
    learning_rate : float
        :math:`\alpha`, at least 0: a schedule may begin or end there.

    Raises
    ------
    ValueError
        If the rate is below 0 or not finite, or a coefficient of the rule out of its range.
    """

    n_arrays: ClassVar[int] = 0  # numbers remembered for each weight

    learning_rate: float

    def __post_init__(self) -> None:
        """Refuse a rate that would lead nowhere."""
        if not 0 <= self.learning_rate < np.inf:
            raise ValueError(f"learning_rate={self.learning_rate} is not finite and at least 0")

    @abstractmethod
    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step.

        Parameters
        ----------
        state : State
            Is not changed.
        gradient : callable
            Asked once, where the rule wants to know the slope.

        Returns
        -------
        State
            One step later.
        """

    def start(self, w: FloatArray) -> State:
        """Return the state before the first step, with nothing remembered."""
        w = np.asarray(w, float)
        refuse_not_finite(w=w)
        return State(w, tuple(np.zeros_like(w) for _ in range(self.n_arrays)))


@dataclass(frozen=True, slots=True)
class SGD(Optimizer):
    r"""Step against the gradient of the batch.

    .. math:: \mathbf w_{t+1} = \mathbf w_t - \alpha \mathbf g_t

    Parameters
    ----------
    learning_rate : float
        :math:`\alpha`.
    """

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        return State(state.w - self.learning_rate * gradient(state.w), (), state.t + 1)


@dataclass(frozen=True, slots=True)
class Momentum(Optimizer):
    r"""Step along a fading sum of all gradients so far.

    .. math:: \mathbf v_t = \beta \mathbf v_{t-1} + \mathbf g_t, \quad
              \mathbf w_{t+1} = \mathbf w_t - \alpha \mathbf v_t

    Parameters
    ----------
    learning_rate : float
        :math:`\alpha`.
    beta : float, default 0.9
        :math:`\beta`, what is kept of the velocity, from 0 to below 1.
    """

    n_arrays: ClassVar[int] = 1

    beta: float = 0.9

    def __post_init__(self) -> None:
        """Refuse what would not fade."""
        Optimizer.__post_init__(self)  # super() knows no class that slots made anew
        refuse_not_fading(beta=self.beta)

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        (v,) = state.memory
        v = self.beta * v + gradient(state.w)
        return State(state.w - self.learning_rate * v, (v,), state.t + 1)


@dataclass(frozen=True, slots=True)
class Nesterov(Momentum):
    r"""Momentum that asks for the gradient where the old velocity is about to lead.

    .. math:: \mathbf v_t = \beta \mathbf v_{t-1}
                  + \nabla \mathcal L(\mathbf w_t - \alpha \beta \mathbf v_{t-1}), \quad
              \mathbf w_{t+1} = \mathbf w_t - \alpha \mathbf v_t

    Parameters
    ----------
    learning_rate : float
        :math:`\alpha`.
    beta : float, default 0.9
        :math:`\beta`, from 0 to below 1.
    """

    def step(self, state: State, gradient: Gradient) -> State:
        """Make one step."""
        (v,) = state.memory
        ahead = state.w - self.learning_rate * self.beta * v
        v = self.beta * v + gradient(ahead)
        return State(state.w - self.learning_rate * v, (v,), state.t + 1)


def step_by(optimizer: Optimizer, state: State, g: FloatArray) -> State:
    """Make one step by a gradient that is known already, shaped like the weights."""
    return optimizer.step(state, lambda _: g)


def states(
    optimizer: Optimizer,
    gradient: Gradient,
    start: FloatArray,
    *,
    n_steps: int,
    rates: Iterable[float] | None = None,
) -> Iterator[State]:
    """Follow a rule over a function.

    Parameters
    ----------
    optimizer : Optimizer
        The rule.
    gradient : callable
        Of the function.
    start : (...) ndarray of float
        Weights to begin with.
    n_steps : int
        How many, at least 0.
    rates : iterable of float, optional
        A learning rate for every step, in place of the rule's own.

    Yields
    ------
    State
        ``n_steps + 1`` of them, the start first.

    Raises
    ------
    ValueError
        If `n_steps` is below 0, or there is not one rate for every step.
    """
    if n_steps < 0:
        raise ValueError(f"n_steps={n_steps} is not at least 0")
    every = [optimizer.learning_rate] * n_steps if rates is None else list(rates)
    if len(every) != n_steps:
        raise ValueError(f"{len(every)} rates are not one for each of {n_steps} steps")
    state = optimizer.start(start)
    yield state
    for rate in every:
        state = replace(optimizer, learning_rate=rate).step(state, gradient)
        yield state


def path(
    optimizer: Optimizer, gradient: Gradient, start: FloatArray, *, n_steps: int
) -> FloatArray:
    """Follow a rule over a function and return the places.

    Parameters
    ----------
    optimizer, gradient, start, n_steps
        As for `states`.

    Returns
    -------
    (n_steps + 1, ...) ndarray of float
        The start and every place after it.

    Raises
    ------
    ValueError
        As `states`.

    Examples
    --------
    >>> path(SGD(0.25), lambda w: 2 * w, np.array([8.0]), n_steps=2).ravel()
    array([8., 4., 2.])
    """
    return np.array([s.w for s in states(optimizer, gradient, start, n_steps=n_steps)])


def replay(optimizer: Optimizer, gradients: FloatArray, start: FloatArray) -> list[State]:
    """Apply a rule to gradients that are known beforehand, whatever the weights.

    Parameters
    ----------
    optimizer : Optimizer
        The rule.
    gradients : (T, ...) ndarray of float
        One for every step, shaped like the weights.
    start : (...) ndarray of float
        Weights to begin with.

    Returns
    -------
    list of State
        ``T + 1`` of them, the start first.

    Raises
    ------
    ValueError
        If a gradient is not shaped like the weights, or a number is not finite.
    """
    if np.shape(gradients)[1:] != np.shape(start):
        raise ValueError(f"gradients {np.shape(gradients)} are not T times {np.shape(start)}")
    refuse_not_finite(gradients=gradients)
    found = [optimizer.start(start)]
    for g in gradients:
        found.append(step_by(optimizer, found[-1], g))
    return found


def refuse_not_fading(**coefficients: float) -> None:
    """Raise unless the named coefficients are from 0 to below 1."""
    for name, value in coefficients.items():
        if not 0 <= value < 1:
            raise ValueError(f"{name}={value} is not from 0 to below 1")
