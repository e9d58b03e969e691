"""Small pictures of strokes: two sets of classes that share their parts, and pixels in disorder."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

SIDE = 10
ROWS, COLUMNS = (2, 5, 8), (1, 4, 7)  # of the strokes that lie and that stand
N_SOURCE, N_TARGET = 14, 6

Class = tuple[int, int, int]  # the strokes that a picture of the class shows


def strokes() -> FloatArray:
    """Return all strokes, (8, 10, 10): three that lie, three that stand, two that slant."""
    drawn = np.zeros((len(ROWS) + len(COLUMNS) + 2, SIDE, SIDE))
    for k, row in enumerate(ROWS):
        drawn[k, row] = 1
    for k, column in enumerate(COLUMNS, len(ROWS)):
        drawn[k, :, column] = 1
    drawn[-2], drawn[-1] = np.eye(SIDE), np.eye(SIDE)[::-1]
    return drawn


def stroke_classes(*, seed: int) -> tuple[list[Class], list[Class]]:
    """Choose classes of three strokes each for a source and a target; none is in both."""
    every = list(combinations(range(len(strokes())), 3))
    order = np.random.default_rng(seed).permutation(len(every))
    chosen = [every[k] for k in order[: N_SOURCE + N_TARGET]]
    return chosen[:N_SOURCE], chosen[N_SOURCE:]


def stroke_pictures(
    classes: Sequence[Class],
    n_each: int,
    *,
    noise: float,
    seed: int,
    disorder: float = 0.0,
) -> tuple[FloatArray, IntArray]:
    """Draw pictures of classes, with strokes of random strength and noise.

    Parameters
    ----------
    classes : sequence of C tuple of int
        The strokes of each class.
    n_each : int
        Pictures of each class, at least 1.
    noise : float
        Deviation of what is added to each pixel, at least 0.
    seed : int
        Of strengths, from 0.5 to 1.5, and noise.
    disorder : float, default 0
        From 0 to 1: the share of a copy with its pixels in another order, the same for all
        pictures, that is mixed in before the noise.

    Returns
    -------
    x : (C n_each, 100) ndarray of float
        Pixels, row by row.
    y : (C n_each,) ndarray of int
        Classes, counted from 0, in turn.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    if n_each < 1 or not noise >= 0 or not 0 <= disorder <= 1:
        raise ValueError(
            f"n_each={n_each} is at least 1, noise={noise} at least 0, disorder={disorder} 0 to 1"
        )
    rng = np.random.default_rng(seed)
    y = np.tile(np.arange(len(classes)), n_each)
    shown = np.zeros((len(classes), len(strokes())))
    for k, parts in enumerate(classes):
        shown[k, list(parts)] = 1
    strengths = rng.uniform(0.5, 1.5, (len(y), shown.shape[1]))
    x = (strengths * shown[y]) @ strokes().reshape(len(strokes()), -1)
    order = np.random.default_rng(0).permutation(SIDE**2)
    x = (1 - disorder) * x + disorder * x[:, order]
    return x + rng.normal(0, noise, x.shape), y
