r"""Schedules of the learning rate: a rate for every step of training."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


def inverse_decay(t: IntArray, *, first: float) -> FloatArray:
    r"""Divide by the number of the step: the rates add up without end, their squares do not.

    .. math:: \alpha_t = \frac{\alpha_1}{t}

    Parameters
    ----------
    t : (...) ndarray of int
        Steps, from 1.
    first : float
        :math:`\alpha_1`, above 0.

    Returns
    -------
    (...) ndarray of float
        Rates.

    Raises
    ------
    ValueError
        If a step is below 1 or `first` not above 0.
    """
    _refuse_not_positive(first=first)
    if (np.asarray(t) < 1).any():
        raise ValueError(f"step {np.min(t)} is below 1")
    rates: FloatArray = first / np.asarray(t)
    return rates


def step_decay(t: IntArray, *, first: float, factor: float, every: int) -> FloatArray:
    r"""Multiply by a factor every so many steps.

    .. math:: \alpha_t = \alpha_0 \, \gamma^{\lfloor t / k \rfloor}

    Parameters
    ----------
    t : (...) ndarray of int
        Steps, from 0.
    first : float
        :math:`\alpha_0`, above 0.
    factor : float
        :math:`\gamma`, above 0.
    every : int
        k, at least 1.

    Returns
    -------
    (...) ndarray of float
        Rates.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    _refuse_not_positive(first=first, factor=factor, every=every)
    _refuse_beyond(t, np.inf)
    rates: FloatArray = first * np.float_power(factor, np.asarray(t) // every)
    return rates


def cosine_schedule(t: IntArray, *, n_steps: int, most: float, least: float = 0.0) -> FloatArray:
    r"""Fall along half a wave of the cosine.

    .. math:: \alpha_t = \alpha_{\min}
              + \frac{\alpha_{\max} - \alpha_{\min}}{2} \left(1 + \cos\frac{\pi t}{T}\right)

    Parameters
    ----------
    t : (...) ndarray of int
        Steps, from 0 to `n_steps`.
    n_steps : int
        T, at least 1.
    most : float
        :math:`\alpha_{\max}`, above 0, at the start.
    least : float, default 0
        :math:`\alpha_{\min}`, at the end, from 0 to `most`.

    Returns
    -------
    (...) ndarray of float
        Rates.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    _refuse_not_positive(most=most, n_steps=n_steps)
    if not 0 <= least <= most:
        raise ValueError(f"least={least} is not from 0 to most={most}")
    _refuse_beyond(t, n_steps)
    rates: FloatArray = least + (most - least) / 2 * (1 + np.cos(np.pi * np.asarray(t) / n_steps))
    return rates


def warmed_up_cosine(
    t: IntArray, *, n_steps: int, n_warm: int, most: float, least: float = 0.0
) -> FloatArray:
    r"""Rise in a straight line, then fall along half a wave of the cosine.

    Parameters
    ----------
    t : (...) ndarray of int
        Steps, from 0 to `n_steps`.
    n_steps : int
        Length of the whole, above `n_warm`.
    n_warm : int
        Steps of the rise, at least 1; the first has a rate above 0, the last `most`.
    most, least : float
        As for `cosine_schedule`.

    Returns
    -------
    (...) ndarray of float
        Rates.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    if not 1 <= n_warm < n_steps:
        raise ValueError(f"n_warm={n_warm} is not from 1 to below n_steps={n_steps}")
    _refuse_beyond(t, n_steps)
    t = np.asarray(t)
    rise = most * (t + 1) / n_warm
    after = np.maximum(t - n_warm, 0)
    fall = cosine_schedule(after, n_steps=n_steps - n_warm, most=most, least=least)
    rates: FloatArray = np.where(t < n_warm, rise, fall)
    return rates


def _refuse_not_positive(**numbers: float) -> None:
    for name, value in numbers.items():
        if not 0 < value < np.inf:
            raise ValueError(f"{name}={value} is not finite and above 0")


def _refuse_beyond(t: IntArray, n_steps: float) -> None:
    t = np.asarray(t)
    if (t < 0).any() or (t > n_steps).any():
        raise ValueError(f"steps from {t.min()} to {t.max()} are not from 0 to {n_steps}")
