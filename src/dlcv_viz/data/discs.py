"""Bright discs of any radius on a dark ground."""

from collections.abc import Sequence

import numpy as np

from dlcv_viz.types import FloatArray


def discs(
    shape: tuple[int, int],
    places: Sequence[tuple[int, int, float]],
    *,
    noise: float = 0.0,
    seed: int = 0,
) -> FloatArray:
    """Draw discs.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns of the picture.
    places : sequence of (int, int, float)
        Row and column of the middle pixel, and the radius in pixels; a pixel is bright if its
        middle is no farther away.
    noise : float, default 0
        Standard deviation of what is added to each pixel, at least 0.
    seed : int, default 0
        Of the noise.

    Returns
    -------
    ndarray of float
        0 is the ground and 1 a disc; noise may lead beyond.

    Raises
    ------
    ValueError
        If a radius or the noise is below 0.
    """
    if noise < 0 or any(radius < 0 for _, _, radius in places):
        raise ValueError("the noise or a radius is below 0")
    rows, columns = np.indices(shape)
    picture = np.random.default_rng(seed).normal(0, noise, shape)
    for row, column, radius in places:
        picture[(rows - row) ** 2 + (columns - column) ** 2 <= radius**2] += 1
    return picture
