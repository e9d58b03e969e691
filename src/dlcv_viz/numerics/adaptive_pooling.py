"""Pooling to a given size: the windows follow from the output, not the other way round.

Pictures are (…, H, W), every leading axis by itself.
"""

from collections.abc import Callable, Sequence

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution_size import Pair, pair
from dlcv_viz.numerics.pooling_size import adaptive_windows
from dlcv_viz.types import FloatArray


def adaptive_avg_pool2d(x: FloatArray, output: Pair) -> FloatArray:
    """Average the windows into which pictures are cut so that the output has a given size.

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures.
    output : int or (int, int)
        H' and W', at least 1.

    Returns
    -------
    (..., H', W') ndarray of float
        The channels are those of x.

    Raises
    ------
    ValueError
        If a number is not finite or below 1.
    """
    return _adaptive(x, output, np.mean)


def adaptive_max_pool2d(x: FloatArray, output: Pair) -> FloatArray:
    """Keep the largest value of each window of `adaptive_avg_pool2d`."""
    return _adaptive(x, output, np.max)


def _adaptive(x: FloatArray, output: Pair, rule: Callable[..., FloatArray]) -> FloatArray:
    refuse_not_finite(x=x)
    if x.ndim < 2:
        raise ValueError(f"x {x.shape} has no two axes for a picture")
    down, across = (adaptive_windows(n, m) for n, m in zip(x.shape[-2:], pair(output), strict=True))
    rows = [[rule(x[..., i:k, j:m], axis=(-2, -1)) for j, m in across] for i, k in down]
    return np.moveaxis(np.array(rows), (0, 1), (-2, -1))


def spatial_pyramid(x: FloatArray, levels: Sequence[int]) -> FloatArray:
    """Pool the largest values at several sizes, and write all into one vector.

    Parameters
    ----------
    x : (C, H, W) ndarray of float
        Maps of any size.
    levels : sequence of int
        Cells along each side, such as 4, 2 and 1.

    Returns
    -------
    (C Σ level²,) ndarray of float
        As long for every size of x.

    Raises
    ------
    ValueError
        As by `adaptive_avg_pool2d`.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Spatial Pyramid Pooling in Deep Convolutional Networks
           for Visual Recognition", ECCV 2014, arXiv:1406.4729.
    """
    return np.concatenate([adaptive_max_pool2d(x, level).ravel() for level in levels])
