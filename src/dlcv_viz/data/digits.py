"""The ten digits as small pictures, and noise over them."""

from collections.abc import Sequence

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

SHAPE = (7, 5)  # rows and columns
SCALE = 3  # pixels a cell in a field: digits 21 high, as MNIST's are 20
FIELD = 32  # pixels a side

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
    rng = np.random.default_rng(seed)
    y = rng.integers(10, size=n)
    clean = np.stack([digit(k).ravel() for k in range(10)])
    return np.clip(clean[y] + _noise(rng, noise, (n, clean.shape[1])), 0, 1), y


def placed_digits(n: int, *, shift: int, noise: float, seed: int) -> tuple[FloatArray, IntArray]:
    """Draw digits near the middle of a larger field, as MNIST's are, with noise over all of it.

    Parameters
    ----------
    n : int
        How many.
    shift : int
        Most pixels by which a digit is off the middle, up or down and left or right; 0 to 5.
    noise : float
        Standard deviation of what is added to each pixel, at least 0; nothing is cut.
    seed : int
        Of digits, shifts and noise.

    Returns
    -------
    x : (n, 32, 32) ndarray of float
        About 0 (paper) and 1 (ink); strokes are three pixels wide.
    y : (n,) ndarray of int
        Which digit each is.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    top, left = _margins()
    if not 0 <= shift <= top:
        raise ValueError(f"shift={shift} is not from 0 to {top}")
    rng = np.random.default_rng(seed)
    y = rng.integers(10, size=n)
    moves = rng.integers(-shift, shift + 1, size=(n, 2))
    x = np.zeros((n, FIELD, FIELD))
    for picture, number, (down, across) in zip(x, y.tolist(), moves.tolist(), strict=True):
        _stamp(picture, number, top + down, left + across)
    return x + _noise(rng, noise, x.shape), y


def digit_strip(numbers: Sequence[int], pitch: int, *, noise: float, seed: int) -> FloatArray:
    """Draw digits in a row, the first and the last as in fields of their own.

    Parameters
    ----------
    numbers : sequence of k int
        The digits, 0 to 9.
    pitch : int
        Pixels from one digit to the next, at least their width of 15.
    noise : float
        As for `placed_digits`.
    seed : int
        Of the noise.

    Returns
    -------
    (32, 32 + (k - 1) pitch) ndarray of float
        About 0 (paper) and 1 (ink).

    Raises
    ------
    ValueError
        If digits would overlap or the noise is below 0.
    """
    if pitch < SCALE * SHAPE[1]:
        raise ValueError(f"pitch={pitch} is below {SCALE * SHAPE[1]}, the width of a digit")
    top, left = _margins()
    x = np.zeros((FIELD, FIELD + (len(numbers) - 1) * pitch))
    for place, number in enumerate(numbers):
        _stamp(x, number, top, left + place * pitch)
    return x + _noise(np.random.default_rng(seed), noise, x.shape)


def _margins() -> tuple[int, int]:
    """Return the paper above and to the left of a digit in the middle of a field."""
    return (FIELD - SCALE * SHAPE[0]) // 2, (FIELD - SCALE * SHAPE[1]) // 2


def _stamp(picture: FloatArray, number: int, top: int, left: int) -> None:
    drawn = np.kron(digit(number), np.ones((SCALE, SCALE)))
    picture[top : top + drawn.shape[0], left : left + drawn.shape[1]] = drawn


def _noise(rng: np.random.Generator, noise: float, shape: tuple[int, ...]) -> FloatArray:
    if noise < 0:
        raise ValueError(f"noise={noise} is below 0")
    return rng.normal(0, noise, shape)
