r"""Halving a signal, and what a shift does to the result.

Signals are circular, so that a shift loses nothing: only the subsampling can answer for a change.
Each rule computes something at every place, which follows every shift, and then keeps every other
place along the last axes: one of signals (…, n), two of pictures (…, n, n).
"""

from collections.abc import Callable

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray

Rule = Callable[[FloatArray, int], FloatArray]
BINOMIAL = (1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16)


def strided(x: FloatArray, axes: int = 1) -> FloatArray:
    """Keep every other value along each of the last axes."""
    return _every_other(x, axes)


def max_halved(x: FloatArray, axes: int = 1) -> FloatArray:
    """Keep the largest of every two values, or of every two by two."""
    return _every_other(_largest(x, axes), axes)


def mean_halved(x: FloatArray, axes: int = 1) -> FloatArray:
    """Average every two values, or every two by two."""
    for axis in range(-axes, 0):
        x = (x + np.roll(x, -1, axis=axis)) / 2
    return _every_other(x, axes)


def blur_pool(x: FloatArray, axes: int = 1, *, taps: tuple[float, ...] = BINOMIAL) -> FloatArray:
    r"""Take maxima at stride 1, smooth them, and only then keep every other one.

    .. math:: \text{BlurPool}(x) = \left(h * \text{MaxPool}_{s=1}(x)\right) \downarrow_2

    Parameters
    ----------
    x : (..., n) or (..., n, n) ndarray of float
        Circular signals, n even.
    axes : int, default 1
        How many of the last axes are halved.
    taps : (k,) tuple of float
        h, a low-pass filter with a middle: k odd, and the sum 1; along each axis.

    Returns
    -------
    (..., n / 2) or (..., n / 2, n / 2) ndarray of float
        Smoothed maxima.

    Raises
    ------
    ValueError
        If n is odd, the filter has no middle or another sum, or a number is not finite.

    References
    ----------
    .. [1] R. Zhang, "Making Convolutional Networks Shift-Invariant Again", ICML 2019,
           arXiv:1904.11486.

    Examples
    --------
    >>> blur_pool(np.array([0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0]))
    array([0.625, 0.875, 0.625, 0.875])
    """
    if len(taps) % 2 == 0 or not np.isclose(sum(taps), 1):
        raise ValueError(f"taps {taps} are no odd number of weights with the sum 1")
    smooth, half = _largest(x, axes), len(taps) // 2
    for axis in range(-axes, 0):
        steps = zip(range(-half, half + 1), taps, strict=True)
        smooth = sum((t * np.roll(smooth, k, axis=axis) for k, t in steps), np.zeros(()))
    return _every_other(smooth, axes)


def shift_change(rule: Rule, x: FloatArray, shift: int, *, axes: int = 1) -> FloatArray:
    r"""Measure how much more than a shift the result of a shifted signal is.

    .. math:: \frac{\lVert f(T_s x) - T_{s/2} f(x) \rVert}{\lVert f(x) \rVert}

    Parameters
    ----------
    rule : callable
        f, which halves signals.
    x : (..., n) or (..., n, n) ndarray of float
        Circular signals.
    shift : int
        s, at least 0, along every axis that is halved.
    axes : int, default 1
        How many of the last axes are shifted and halved.

    Returns
    -------
    (...) ndarray of float
        0 for a rule that shifts along, as any does without aliasing.

    Raises
    ------
    ValueError
        If the shift is below 0, or f(x) is zero.

    Notes
    -----
    An odd shift moves the result by half a place. `moved` does so too: compared with the result at
    a whole place, even an ideal low-pass would seem to fail.

    References
    ----------
    .. [1] R. Zhang, "Making Convolutional Networks Shift-Invariant Again", ICML 2019,
           arXiv:1904.11486.
    """
    if shift < 0:
        raise ValueError(f"shift={shift} is below 0")
    along = tuple(range(-axes, 0))
    before = rule(x, axes)
    after = rule(np.roll(x, (shift,) * axes, axis=along), axes)
    size = np.sqrt((before**2).sum(axis=along))
    if (size == 0).any():
        raise ValueError("the result is zero, so nothing can be measured against it")
    apart = after - moved(before, shift / 2, axes)
    change: FloatArray = np.sqrt((apart**2).sum(axis=along)) / size
    return change


def moved(x: FloatArray, places: float, axes: int = 1) -> FloatArray:
    """Shift circular signals by parts of a place: each frequency turns by its own angle.

    Parameters
    ----------
    x : (..., n) or (..., n, n) ndarray of float
        Signals.
    places : float
        Along each axis.
    axes : int, default 1
        How many of the last axes are shifted.

    Returns
    -------
    ndarray of float
        Of the shape of x; for whole places what ``np.roll`` gives.

    Examples
    --------
    >>> moved(np.array([1.0, 0.0, -1.0, 0.0]), 0.5).round(3)
    array([ 0.707,  0.707, -0.707, -0.707])
    """
    for axis in range(-axes, 0):
        n = x.shape[axis]
        turned = np.exp(-2j * np.pi * places * np.fft.rfftfreq(n))
        by_axis = turned.reshape(-1, *[1] * (-axis - 1))
        x = np.fft.irfft(np.fft.rfft(x, axis=axis) * by_axis, n, axis=axis)
    return x


def _largest(x: FloatArray, axes: int) -> FloatArray:
    for axis in range(-axes, 0):
        x = np.maximum(x, np.roll(x, -1, axis=axis))
    return x


def _every_other(x: FloatArray, axes: int) -> FloatArray:
    refuse_not_finite(x=x)
    if any(n % 2 for n in x.shape[-axes:]):
        raise ValueError(f"x {x.shape} cannot be halved along its last axes: one is odd")
    for axis in range(-axes, 0):
        x = x.take(np.arange(0, x.shape[axis], 2), axis=axis)
    return x
