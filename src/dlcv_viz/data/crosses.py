"""Pictures of an upright or a slanted cross: as many bright pixels, in another arrangement."""

from collections.abc import Sequence

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

SIDE = 5  # of a cross
_UPRIGHT = np.array([[float(2 in {i, j}) for j in range(SIDE)] for i in range(SIDE)])
_SLANTED = np.array([[float(i in {j, SIDE - 1 - j}) for j in range(SIDE)] for i in range(SIDE)])


def cross(*, is_slanted: bool) -> FloatArray:
    """Return a + or a ×, (5, 5) pixels, nine of which are 1 and the others 0."""
    return (_SLANTED if is_slanted else _UPRIGHT).copy()


def noisy_crosses(
    n: int, columns: Sequence[int], *, seed: int, side: int = 16, noise: float = 0.1
) -> tuple[FloatArray, IntArray]:
    """Draw pictures with one cross each, in any row, and in some columns only.

    Parameters
    ----------
    n : int
        How many.
    columns : sequence of int
        Where the left edge of a cross may be, from 0 to ``side - 5``.
    seed : int
        Of places, kinds and noise.
    side : int, default 16
        Of a picture.
    noise : float, default 0.1
        Standard deviation of what is added to each pixel, at least 0.

    Returns
    -------
    x : (n, side, side) ndarray of float
        Pictures.
    y : (n,) ndarray of int
        1 for ×, 0 for +.

    Raises
    ------
    ValueError
        If a column is beyond the picture or `noise` below 0.
    """
    last = side - SIDE
    if not columns or min(columns) < 0 or max(columns) > last:
        raise ValueError(f"columns {list(columns)} are not from 0 to {last}")
    if noise < 0:
        raise ValueError(f"noise={noise} is below 0")
    rng = np.random.default_rng(seed)
    y = rng.integers(2, size=n)
    x = rng.normal(0, noise, (n, side, side))
    rows, lefts = rng.integers(0, last + 1, n), rng.choice(columns, n)
    for picture, label, top, left in zip(x, y, rows, lefts, strict=True):
        picture[top : top + SIDE, left : left + SIDE] += cross(is_slanted=bool(label))
    return x, y
