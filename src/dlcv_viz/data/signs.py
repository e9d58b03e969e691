"""Three signs in small noisy pictures: a ring, a plus and a diagonal stroke, each at any place."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

NAMES = ("ring", "plus", "diagonal")
SIZE = 7  # pixels along a side of a sign
SIDE = 12  # of a picture

_ROWS = """
..###.. ...#... ......#
.#...#. ...#... .....##
#.....# ...#... ....##.
#.....# ####### ...##..
#.....# ...#... ..##...
.#...#. ...#... .##....
..###.. ...#... ##.....
"""


def sign(n: int) -> FloatArray:
    """Return the sign of a class, counted as in `NAMES`: (7, 7) pixels of 0 and 1."""
    rows = [row.split()[n] for row in _ROWS.strip().splitlines()]
    return np.array([[1.0 if pixel == "#" else 0.0 for pixel in row] for row in rows])


def noisy_signs(n: int, *, seed: int, noise: float = 0.15) -> tuple[FloatArray, IntArray, IntArray]:
    """Draw pictures with one sign each, wherever it fits.

    Parameters
    ----------
    n : int
        How many.
    seed : int
        Of classes, places and noise.
    noise : float, default 0.15
        Standard deviation of what is added to each pixel, at least 0.

    Returns
    -------
    x : (n, 12, 12) ndarray of float
        About 0, and about 1 where the sign is.
    y : (n,) ndarray of int
        Classes, counted as in `NAMES`.
    corners : (n, 2) ndarray of int
        Row and column of the first of the sign's 7 by 7 pixels.

    Raises
    ------
    ValueError
        If `noise` is below 0.
    """
    rng = np.random.default_rng(seed)
    y = rng.integers(len(NAMES), size=n)
    x, corners = _pictures(rng, y, noise)
    return x, y, corners


def sign_pairs(n: int, *, seed: int, noise: float = 0.15) -> tuple[FloatArray, IntArray]:
    """Draw pictures twice as wide, with one sign in each half, of two classes.

    Parameters
    ----------
    n, seed, noise
        As for `noisy_signs`.

    Returns
    -------
    x : (n, 12, 24) ndarray of float
        The halves are pictures of `noisy_signs`.
    y : (n, 2) ndarray of int
        Classes on the left and on the right.

    Raises
    ------
    ValueError
        If `noise` is below 0.
    """
    rng = np.random.default_rng(seed)
    left = rng.integers(len(NAMES), size=n)
    right = (left + rng.integers(1, len(NAMES), size=n)) % len(NAMES)
    halves = [_pictures(rng, y, noise)[0] for y in (left, right)]
    return np.concatenate(halves, axis=2), np.column_stack([left, right])


def _pictures(rng: np.random.Generator, y: IntArray, noise: float) -> tuple[FloatArray, IntArray]:
    """Draw a picture for each class, and say where its sign begins."""
    if noise < 0:
        raise ValueError(f"noise={noise} is below 0")
    x = rng.normal(0, noise, (len(y), SIDE, SIDE))
    corners = rng.integers(SIDE - SIZE + 1, size=(len(y), 2))
    for picture, n, (top, left) in zip(x, y.tolist(), corners.tolist(), strict=True):
        picture[top : top + SIZE, left : left + SIZE] += sign(n)
    return x, corners
