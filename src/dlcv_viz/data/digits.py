"""The ten digits as small pictures, and noise over them."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

SHAPE = (7, 5)  # rows and columns

_ROWS = """
.###. ..#.. .###. ####. ...#. ##### ..##. ##### .###. .###.
#...# .##.. #...# ....# ..##. #.... .#... ....# #...# #...#
#..## ..#.. ....# ....# .#.#. #.... #.... ...#. #...# #...#
#.#.# ..#.. ...#. .###. #..#. ####. ####. ..#.. .###. .####
##..# ..#.. ..#.. ....# ##### ....# #...# ..#.. #...# ....#
#...# ..#.. .#... ....# ...#. #...# #...# .#... #...# ...#.
.###. .###. ##### ####. ...#. .###. .###. .#... .###. .##..
"""


def digit(n: int) -> FloatArray:
    """Return a digit, 0 to 9, as pixels of 0 (paper) and 1 (ink), of the shape `SHAPE`."""
    rows = [row.split()[n] for row in _ROWS.strip().splitlines()]
    return np.array([[1.0 if pixel == "#" else 0.0 for pixel in row] for row in rows])


def noisy_digits(n: int, noise: float, *, seed: int) -> tuple[FloatArray, IntArray]:
    """Draw digits whose pixels are brighter or darker by chance.

    Parameters
    ----------
    n : int
        How many.
    noise : float
        Standard deviation of what is added to each pixel, at least 0; the sum is cut to 0 and 1.
    seed : int
        Of digits and noise.

    Returns
    -------
    x : (n, 35) ndarray of float
        Pixels, 0 (paper) to 1 (ink), row by row.
    y : (n,) ndarray of int
        Which digit each is.

    Raises
    ------
    ValueError
        If `noise` is below 0.
    """
    if noise < 0:
        raise ValueError(f"noise={noise} is below 0")
    rng = np.random.default_rng(seed)
    y = rng.integers(10, size=n)
    clean = np.stack([digit(k).ravel() for k in range(10)])
    return np.clip(clean[y] + rng.normal(0, noise, (n, clean.shape[1])), 0, 1), y
