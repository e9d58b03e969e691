"""Bright blobs of several sizes, found by kernels of several sizes."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.classical_kernels import gaussian2d
from dlcv_viz.numerics.convolution import correlate2d
from dlcv_viz.types import FloatArray

RATIO = 1.6
"""Of the two deviations: near the Laplacian of a Gaussian (Marr and Hildreth, 1980)."""


class Blob(NamedTuple):
    """A place in a picture, the kernel that answers it most, and how strongly."""

    row: int
    column: int
    kernel: int
    response: float


def difference_of_gaussians(side: int) -> FloatArray:
    r"""Sample a narrow Gaussian minus a wide one, as a kernel that any two sizes can compare by.

    .. math:: g_\sigma - g_{1.6 \sigma}, \quad \sigma = k / 4

    Parameters
    ----------
    side : int
        k, odd, at least 3.

    Returns
    -------
    (k, k) ndarray of float
        Bright in the middle. Its sum is 0, so that flat parts get no answer, and its norm 1, so
        that noise is answered alike by all sizes.

    Raises
    ------
    ValueError
        If the side is even or below 3.

    References
    ----------
    .. [1] D. Marr, E. Hildreth, "Theory of edge detection", Proceedings of the Royal Society B
       207, 1980.
    """
    if side < 3 or side % 2 == 0:
        raise ValueError(f"side={side} is not odd and at least 3")
    narrow, wide = (gaussian2d(ratio * side / 4, side // 2) for ratio in (1, RATIO))
    difference = narrow - wide
    kernel: FloatArray = difference / np.linalg.norm(difference)
    return kernel


def responses(picture: FloatArray, kernels: Sequence[FloatArray]) -> FloatArray:
    """Slide every kernel over a picture, whose border repeats its outermost pixels.

    Parameters
    ----------
    picture : (H, W) ndarray of float
        Grey values.
    kernels : sequence of n (k, k) ndarray of float
        Of odd sides.

    Returns
    -------
    (n, H, W) ndarray of float
        One map a kernel.

    Raises
    ------
    ValueError
        If the picture is none, a side is even, or a number is not finite.
    """
    refuse_not_finite(picture=picture)
    maps = []
    for kernel in kernels:
        if len(kernel) % 2 == 0:
            raise ValueError(f"a kernel of side {len(kernel)} has no middle")
        maps.append(correlate2d(np.pad(picture, len(kernel) // 2, mode="edge"), kernel))
    return np.stack(maps)


def blobs(picture: FloatArray, kernels: Sequence[FloatArray], least: float) -> list[Blob]:
    """Find bright blobs, the strongest first.

    Parameters
    ----------
    picture : (H, W) ndarray of float
        Grey values.
    kernels : sequence of n (k, k) ndarray of float
        Of odd sides and comparable answers.
    least : float
        Weaker answers are ignored; above 0.

    Returns
    -------
    list of Blob
        After each, the window of its kernel is searched no more.

    Raises
    ------
    ValueError
        As for `responses`, or if the least answer is not above 0.
    """
    if not least > 0:
        raise ValueError(f"least={least} is not above 0")
    found, left = [], responses(picture, kernels)
    while left.max() >= least:
        kernel, row, column = (int(n) for n in np.unravel_index(left.argmax(), left.shape))
        found.append(Blob(row, column, kernel, float(left[kernel, row, column])))
        half = len(kernels[kernel]) // 2
        rows, columns = (slice(max(0, n - half), n + half + 1) for n in (row, column))
        left[:, rows, columns] = -np.inf
    return found
