"""Textures that are computed: one pattern repeated, at any phase."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

# Phases down and across in turns, 0 to 1, to brightness 0 to 1.
_PATTERNS: Mapping[str, Callable[[FloatArray, FloatArray], FloatArray]] = MappingProxyType(
    {
        "level": lambda y, _: _wave(y),
        "upright": lambda _, x: _wave(x),
        "slanted": lambda y, x: _wave(y + x),
        "checker": lambda y, x: ((y % 1 < 0.5) == (x % 1 < 0.5)).astype(float),
        "dots": lambda y, x: ((y % 1 - 0.5) ** 2 + (x % 1 - 0.5) ** 2 < 0.3**2).astype(float),
    }
)
TEXTURES = tuple(_PATTERNS)
PERIODS = MappingProxyType({"level": 6, "upright": 6, "slanted": 8, "checker": 8, "dots": 7})


def textures(
    n_each: int, side: int, *, noise: float = 0.05, seed: int
) -> tuple[FloatArray, IntArray]:
    """Draw samples of five textures: stripes in three directions, a checkerboard and dots.

    Parameters
    ----------
    n_each : int
        Samples of each, at least 1; they differ in phase and noise.
    side : int
        Pixels in a row and in a column, at least 8.
    noise : float, default 0.05
        Standard deviation of what is added to each pixel, at least 0.
    seed : int
        Of phases and noise.

    Returns
    -------
    x : (5 n_each, side, side) ndarray of float
        Pictures; without noise from 0, black, to 1. The samples of a texture follow each other.
    y : (5 n_each,) ndarray of int
        Numbers of their textures in `TEXTURES`.

    Raises
    ------
    ValueError
        If there is no sample, the pictures are too small, or the noise is below 0.
    """
    if n_each < 1 or side < max(PERIODS.values()) or noise < 0:
        least = max(PERIODS.values())
        told = f"n_each={n_each}, side={side}, noise={noise}"
        raise ValueError(f"{told}: at least 1, {least} and 0")
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:side, :side]
    pictures = []
    for name in TEXTURES:
        for down, across in rng.random((n_each, 2)):
            y, x = (rows / PERIODS[name] + down), (columns / PERIODS[name] + across)
            pictures.append(_PATTERNS[name](y, x) + rng.normal(0, noise, (side, side)))
    return np.array(pictures), np.repeat(np.arange(len(TEXTURES)), n_each)


def _wave(phase: FloatArray) -> FloatArray:
    wave: FloatArray = 0.5 + 0.5 * np.sin(2 * np.pi * phase)
    return wave
