"""Activations as a pooling layer may meet them: smooth maps, and windows with a feature in them."""

import numpy as np

from dlcv_viz.types import FloatArray

RARE, SPREAD = 3.0, 0.5  # what a feature adds to one cell, and to every cell


def smooth_maps(n: int, side: int, *, axes: int, seed: int) -> FloatArray:
    """Draw rectified noise, smoothed by weights 1/4, 1/2, 1/4 around a circle.

    Parameters
    ----------
    n : int
        How many.
    side : int
        Places along each axis.
    axes : int
        1 for signals, 2 for maps.
    seed : int
        Of the noise.

    Returns
    -------
    (n, side) or (n, side, side) ndarray of float
        At least 0; about half of it is 0.
    """
    x = np.random.default_rng(seed).normal(size=(n, *[side] * axes))
    for axis in range(-axes, 0):
        x = (np.roll(x, 1, axis=axis) + 2 * x + np.roll(x, -1, axis=axis)) / 4
    return np.maximum(x, 0)


def windows_with_feature(n: int, cells: int, *, evidence: str, seed: int) -> FloatArray:
    """Draw windows of rectified noise in which a feature adds to one cell, or to all.

    Parameters
    ----------
    n : int
        How many.
    cells : int
        Of a window.
    evidence : {"none", "rare", "spread"}
        Nothing; `RARE` added to one cell; or `SPREAD` added to every cell.
    seed : int
        Of noise and cells.

    Returns
    -------
    (n, cells) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If there is no such evidence.
    """
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, cells))
    if evidence == "rare":
        x[np.arange(n), rng.integers(cells, size=n)] += RARE
    elif evidence == "spread":
        x += SPREAD
    elif evidence != "none":
        raise ValueError(f"evidence={evidence!r} is neither 'none', 'rare' nor 'spread'")
    return np.maximum(x, 0)
