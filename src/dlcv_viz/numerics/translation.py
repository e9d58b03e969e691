r"""Shifting signals and pictures, and whether a function follows the shift or ignores it."""

from collections.abc import Callable, Sequence

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray


def shifted(x: FloatArray, by: Sequence[int]) -> FloatArray:
    r"""Shift the last axes of an array; zeros come in, what leaves is lost.

    .. math:: (T_\delta x)_{ij} = x_{i-\delta_1,\,j-\delta_2}

    Parameters
    ----------
    x : ndarray of float
        A signal or a picture, or many of them.
    by : sequence of int
        One number for each of the last axes; above zero is down and to the right.

    Returns
    -------
    ndarray of float
        Of the same shape.

    Raises
    ------
    ValueError
        If there are more shifts than axes.

    Examples
    --------
    >>> shifted(np.array([1.0, 2.0, 3.0]), [1])
    array([0., 1., 2.])
    """
    into, out_of = _overlap(np.shape(x), by)
    moved = np.zeros(np.shape(x))
    moved[into] = x[out_of]
    return moved


def equivariance_error(
    layer: Callable[[FloatArray], FloatArray], x: FloatArray, by: Sequence[int]
) -> float:
    r"""Return how far shifting and applying a layer is from applying and shifting.

    .. math:: \max \left|f(T_\delta x) - T_\delta f(x)\right|

    Parameters
    ----------
    layer : callable
        From an array to another, whose last axes are places too.
    x : ndarray of float
        What is shifted.
    by : sequence of int
        One number for each of the last axes.

    Returns
    -------
    float
        0 for a layer that follows the shift. Compared is where both know something: not where the
        shifted output has zeros that came in.

    Raises
    ------
    ValueError
        If the shift leaves nothing to compare or a number is not finite.

    See Also
    --------
    invariance_error : For a layer that should not notice the shift.
    """
    before, after = layer(x), layer(shifted(x, by))
    refuse_not_finite(before=before, after=after)
    into, out_of = _overlap(before.shape, by)
    if not after[into].size:
        raise ValueError(f"a shift by {tuple(by)} leaves nothing of {before.shape}")
    return float(np.abs(after[into] - before[out_of]).max())


def invariance_error(
    function: Callable[[FloatArray], FloatArray | float], x: FloatArray, by: Sequence[int]
) -> float:
    r"""Return how much a shift of its input changes the value of a function.

    .. math:: \max \left|g(T_\delta x) - g(x)\right|

    Parameters
    ----------
    function : callable
        From an array to a number, or an array without places.
    x : ndarray of float
        What is shifted.
    by : sequence of int
        One number for each of the last axes.

    Returns
    -------
    float
        0 for a function that does not notice the shift.

    Raises
    ------
    ValueError
        If there are more shifts than axes or a number is not finite.
    """
    before, after = np.asarray(function(x)), np.asarray(function(shifted(x, by)))
    refuse_not_finite(before=before, after=after)
    return float(np.abs(after - before).max())


def _overlap(
    shape: Sequence[int], by: Sequence[int]
) -> tuple[tuple[slice, ...], tuple[slice, ...]]:
    """Return where what stays goes to, and where it comes from."""
    if len(by) > len(shape):
        raise ValueError(f"{len(by)} shifts for an array of shape {tuple(shape)}")
    still = [(0, size) for size in shape[: len(shape) - len(by)]]
    moves = still + list(zip(by, shape[len(shape) - len(by) :], strict=True))
    into = tuple(slice(max(d, 0), max(size + min(d, 0), 0)) for d, size in moves)
    out_of = tuple(slice(max(-d, 0), max(size - max(d, 0), 0)) for d, size in moves)
    return into, out_of
