r"""Pooling: one number for each window of each channel, by a fixed rule.

Pictures are (…, H, W), every leading axis by itself. Kernel, stride and padding are one number for
both axes, or a pair (down, across); without a stride the windows lie side by side.
"""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import windows2d
from dlcv_viz.numerics.convolution_size import Pair
from dlcv_viz.numerics.pooling_size import Places, places2d
from dlcv_viz.types import FloatArray, IntArray


def max_indices2d(
    x: FloatArray,
    kernel: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
) -> IntArray:
    r"""Find the largest value of every window.

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures.
    kernel, stride, padding, ceil_mode
        As for `dlcv_viz.numerics.pooling_size.places2d`.

    Returns
    -------
    (..., H', W') ndarray of int
        Places in the picture, counted row by row from 0; among equals the first. Padding, which
        counts as -∞, is never chosen.

    Raises
    ------
    ValueError
        If x is no picture or not finite, or no window fits.
    """
    seen, where = _seen(x, -np.inf, places(x, kernel, stride, padding, ceil_mode))
    return _chosen(where, seen.argmax(axis=-1))


def pick(x: FloatArray, indices: IntArray) -> FloatArray:
    """Return the values of pictures (…, H, W) at places (…, H', W') counted row by row."""
    flat = x.reshape(*x.shape[:-2], -1)
    wanted = indices.reshape(*indices.shape[:-2], -1)
    picked: FloatArray = np.take_along_axis(flat, wanted, axis=-1)
    return picked.reshape(indices.shape)


def max_pool2d(
    x: FloatArray,
    kernel: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
) -> FloatArray:
    r"""Keep the largest value of every window.

    .. math:: y_{cij} = \max_{0 \le m, n < k} x_{c,\; si + m - p,\; sj + n - p}

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures.
    kernel, stride, padding, ceil_mode
        As for `dlcv_viz.numerics.pooling_size.places2d`; padding counts as -∞.

    Returns
    -------
    (..., H', W') ndarray of float
        The channels are those of x.

    Raises
    ------
    ValueError
        If x is no picture or not finite, or no window fits.

    References
    ----------
    .. [1] Y.-L. Boureau, J. Ponce, Y. LeCun, "A Theoretical Analysis of Feature Pooling in Visual
           Recognition", ICML 2010.

    Examples
    --------
    >>> max_pool2d(np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 7.0, 6.0]]), 2)
    array([[5., 7.]])
    """
    at = max_indices2d(x, kernel, stride=stride, padding=padding, ceil_mode=ceil_mode)
    return pick(x, at)


def avg_pool2d(
    x: FloatArray,
    kernel: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> FloatArray:
    r"""Average every window.

    .. math:: y_{cij} = \frac{1}{k^2} \sum_{m, n} x_{c,\; si + m - p,\; sj + n - p}

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures.
    kernel, stride, padding, ceil_mode
        As for `dlcv_viz.numerics.pooling_size.places2d`; padding counts as 0.
    count_include_pad : bool, default True
        Whether pixels of the padding count in the divisor. What a last window reaches over
        beyond the padding never does.

    Returns
    -------
    (..., H', W') ndarray of float
        The channels are those of x.

    Raises
    ------
    ValueError
        If x is no picture or not finite, or no window fits.

    References
    ----------
    .. [1] Y.-L. Boureau, J. Ponce, Y. LeCun, "A Theoretical Analysis of Feature Pooling in Visual
           Recognition", ICML 2010.

    Examples
    --------
    >>> avg_pool2d(np.array([[1.0, 5.0, 2.0, 0.0], [3.0, 4.0, 7.0, 6.0]]), 2)
    array([[3.25, 3.75]])
    """
    at = places(x, kernel, stride, padding, ceil_mode)
    seen, _ = _seen(x, 0.0, at)
    total: FloatArray = seen.sum(axis=-1)
    return total / divisors(at, count_include_pad=count_include_pad)


def lp_pool2d(
    x: FloatArray, kernel: Pair, p: float = 2.0, *, stride: Pair | None = None
) -> FloatArray:
    r"""Take the p-norm of every window, without a divisor.

    .. math:: y = \Big(\sum_{m, n} |x_{m, n}|^p\Big)^{1/p}

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures.
    kernel, stride
        As for `dlcv_viz.numerics.pooling_size.places2d`.
    p : float, default 2
        At least 1 and finite: at 1 a sum of absolute values, towards the largest as it grows.

    Returns
    -------
    (..., H', W') ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If x is no picture or not finite, p is out of its range, or no window fits.

    References
    ----------
    .. [1] A. Zhang, Z. Lipton, M. Li, A. Smola, "Dive into Deep Learning", 2023.

    Examples
    --------
    >>> lp_pool2d(np.array([[3.0, 4.0], [0.0, 12.0]]), 2)
    array([[13.]])
    """
    refuse_power(p)
    seen, _ = _seen(x, 0.0, places(x, kernel, stride, 0))
    largest = np.abs(seen).max(axis=-1, keepdims=True)
    shares = np.abs(seen) / np.where(largest > 0, largest, 1)  # so that no power overflows
    norms: FloatArray = largest[..., 0] * (shares**p).sum(axis=-1) ** (1 / p)
    return norms


def refuse_power(p: float) -> None:
    """Raise unless p is the power of a norm: finite and at least 1."""
    if not 1 <= p < np.inf:
        raise ValueError(f"p={p} is not a finite number of at least 1")


def global_average_pool(x: FloatArray) -> FloatArray:
    r"""Average every map as a whole.

    .. math:: z_c = \frac{1}{HW} \sum_{i, j} x_{cij}

    Parameters
    ----------
    x : (..., C, H, W) ndarray of float
        Maps of any size.

    Returns
    -------
    (..., C) ndarray of float
        One number a map.

    Raises
    ------
    ValueError
        If x is no picture or not finite.

    References
    ----------
    .. [1] M. Lin, Q. Chen, S. Yan, "Network In Network", ICLR 2014, arXiv:1312.4400.

    Examples
    --------
    >>> global_average_pool(np.array([[[1.0, 3.0]], [[5.0, 5.0]]]))
    array([2., 5.])
    """
    return avg_pool2d(x, (x.shape[-2], x.shape[-1]))[..., 0, 0]


def places(
    x: FloatArray, kernel: Pair, stride: Pair | None, padding: Pair, ceil_mode: bool = False
) -> Places:
    """Return where the windows lie on pictures, or refuse what is no picture or not finite."""
    if x.ndim < 2:
        raise ValueError(f"x {x.shape} has no two axes for a picture")
    refuse_not_finite(x=x)
    return places2d(x.shape[-2:], kernel, stride=stride, padding=padding, ceil_mode=ceil_mode)


def divisors(at: Places, *, count_include_pad: bool = True) -> FloatArray:
    """Count the pixels of every window, (H', W'), with those of the padding or without."""
    border = [(p, p) for p in at.padding]
    ones = np.pad(np.ones(at.size), border, constant_values=float(count_include_pad))
    beyond = np.pad(ones, [(0, n) for n in at.over])
    counted: FloatArray = windows2d(beyond, at.kernel, stride=at.stride).sum(axis=(-2, -1))
    return counted


def _seen(x: FloatArray, fill: float, at: Places) -> tuple[FloatArray, IntArray]:
    """Return every window as a row of values, and the places of these; -1 in the padding."""
    numbered = np.arange(float(np.prod(at.size))).reshape(at.size)
    seen, where = (
        windows2d(_bordered(array, outside, at), at.kernel, stride=at.stride)
        for array, outside in ((x, fill), (numbered, -1.0))
    )
    flat = seen.reshape(*seen.shape[:-2], -1)
    return flat, where.reshape(*at.output, -1).astype(np.int64)


def _bordered(x: FloatArray, fill: float, at: Places) -> FloatArray:
    ends = [(p, p + over) for p, over in zip(at.padding, at.over, strict=True)]
    return np.pad(x, [(0, 0)] * (x.ndim - 2) + ends, constant_values=fill)


def _chosen(where: IntArray, taps: IntArray) -> IntArray:
    every = np.broadcast_to(where, (*taps.shape, where.shape[-1]))
    chosen: IntArray = np.take_along_axis(every, taps[..., None], axis=-1)[..., 0]
    return chosen
