"""A grey picture of a disc and a square, whose outlines are known."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

GROUND, DISC, SQUARE = 0, 1, 2
_GREY = {GROUND: 0.2, DISC: 0.85, SQUARE: 0.6}


def shapes(
    side: int, *, ramp: float = 0.0, noise: float = 0.0, seed: int = 0
) -> tuple[FloatArray, IntArray]:
    """Draw a bright disc and a grey square on a dark ground.

    Parameters
    ----------
    side : int
        Pixels in a row and in a column, at least 16.
    ramp : float, default 0
        By how much the ground is brighter at its right end than at its left.
    noise : float, default 0
        Standard deviation of what is added to each pixel, at least 0.
    seed : int, default 0
        Of the noise.

    Returns
    -------
    picture : (side, side) ndarray of float
        0 is black and 1 is white; noise may lead beyond.
    parts : (side, side) ndarray of int
        `GROUND`, `DISC` or `SQUARE`.

    Raises
    ------
    ValueError
        If the picture is too small for its shapes, or the noise below 0.
    """
    if side < 16:
        raise ValueError(f"side={side} is below 16")
    if noise < 0:
        raise ValueError(f"noise={noise} is below 0")
    y, x = (np.mgrid[:side, :side] + 0.5) / side
    parts = np.full((side, side), GROUND)
    parts[(x - 0.33) ** 2 + (y - 0.36) ** 2 < 0.23**2] = DISC
    parts[(np.abs(x - 0.7) < 0.19) & (np.abs(y - 0.7) < 0.19)] = SQUARE
    grey = np.array([_GREY[part] for part in sorted(_GREY)])[parts]
    picture = grey + ramp * x * (parts == GROUND)
    picture += np.random.default_rng(seed).normal(0, noise, picture.shape)
    return picture, parts.astype(np.int64)
