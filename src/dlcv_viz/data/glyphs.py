"""Letters as small bitmaps, and noise that flips their pixels."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

_LETTERS = {
    "T": """
        #####
        ..#..
        ..#..
        ..#..
        ..#..
        ..#..
        ..#..
    """,
    "L": """
        #....
        #....
        #....
        #....
        #....
        #....
        #####
    """,
}


def glyph(letter: str) -> FloatArray:
    """Return a letter, T or L, as (7, 5) pixels of -1 (paper) and +1 (ink)."""
    rows = _LETTERS[letter].split()
    return np.array([[1.0 if pixel == "#" else -1.0 for pixel in row] for row in rows])


def noisy_letters(n: int, flip: float, *, seed: int) -> tuple[FloatArray, IntArray]:
    """Draw letters T and L with flipped pixels.

    Parameters
    ----------
    n : int
        How many.
    flip : float
        Probability that a pixel changes, from 0 to 1, each by itself.
    seed : int
        Of letters and noise.

    Returns
    -------
    x : (n, 35) ndarray of float
        Pixels, -1 or +1, row by row.
    y : (n,) ndarray of int
        +1 for T, -1 for L.

    Raises
    ------
    ValueError
        If `flip` is no probability.
    """
    if not 0 <= flip <= 1:
        raise ValueError(f"flip={flip} is not from 0 to 1")
    rng = np.random.default_rng(seed)
    y = rng.choice([-1, 1], n)
    clean = np.where(y[:, None] > 0, glyph("T").ravel(), glyph("L").ravel())
    return np.where(rng.random(clean.shape) < flip, -clean, clean), y
