r"""Schedules of the learning rate: a rate for every step of training, or for every layer."""

import numpy as np

from dlcv_viz.numerics.ranges import refuse_not_positive
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
    refuse_not_positive(first=first)
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
    refuse_not_positive(first=first, factor=factor, every=every)
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
    refuse_not_positive(most=most, n_steps=n_steps)
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


def slanted_triangular(
    t: IntArray, *, n_steps: int, n_rise: int, most: float, ratio: float = 32.0
) -> FloatArray:
    r"""Rise fast in a straight line, then fall slowly in another.

    .. math:: \alpha_t = \frac{\alpha_{\max}}{r} \left(1 + f_t (r - 1)\right), \quad
              f_t = \begin{cases} t / c & t < c \\ (T - t) / (T - c) & t \ge c \end{cases}

    Parameters
    ----------
    t : (...) ndarray of int
        Steps, from 0 to `n_steps`.
    n_steps : int
        T, above `n_rise`.
    n_rise : int
        c, at least 1: a tenth of all in the paper.
    most : float
        :math:`\alpha_{\max}`, above 0, at step c.
    ratio : float, default 32
        r, at least 1: how many times the lowest rate, at both ends, is contained in the highest.

    Returns
    -------
    (...) ndarray of float
        Rates.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] J. Howard, S. Ruder, "Universal Language Model Fine-tuning for Text Classification",
       ACL 2018, section 3.2.
    """
    refuse_not_positive(most=most)
    if not 1 <= n_rise < n_steps or not 1 <= ratio < np.inf:
        raise ValueError(f"n_rise={n_rise} is from 1 to below {n_steps}, ratio={ratio} at least 1")
    _refuse_beyond(t, n_steps)
    t = np.asarray(t)
    share = np.where(t < n_rise, t / n_rise, (n_steps - t) / (n_steps - n_rise))
    rates: FloatArray = most / ratio * (1 + share * (ratio - 1))
    return rates


def layer_rates(n_layers: int, *, top: float, factor: float) -> FloatArray:
    r"""Give each layer a rate of its own, smaller the nearer it is to the input.

    .. math:: \alpha^{[l]} = \alpha \, \gamma^{L - l}

    Parameters
    ----------
    n_layers : int
        L, at least 1.
    top : float
        :math:`\alpha`, the rate of the last layer, above 0.
    factor : float
        :math:`\gamma`, above 0, at most 1.

    Returns
    -------
    (n_layers,) ndarray of float
        Rates, the first layer first.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] J. Howard, S. Ruder, "Universal Language Model Fine-tuning for Text Classification",
       ACL 2018, section 3.2.

    Examples
    --------
    >>> layer_rates(3, top=0.4, factor=0.5)
    array([0.1, 0.2, 0.4])
    """
    refuse_not_positive(top=top)
    if n_layers < 1 or not 0 < factor <= 1:
        raise ValueError(f"n_layers={n_layers} is at least 1, factor={factor} above 0, at most 1")
    rates: FloatArray = top * np.float_power(factor, np.arange(n_layers - 1, -1, -1))
    return rates


def _refuse_beyond(t: IntArray, n_steps: float) -> None:
    t = np.asarray(t)
    if (t < 0).any() or (t > n_steps).any():
        raise ValueError(f"steps from {t.min()} to {t.max()} are not from 0 to {n_steps}")
