"""Spiral arms that wind around each other."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


def spiral(
    n_arms: int, *, n_each: int, noise: float = 0.2, seed: int, turn: float = 4.0
) -> tuple[FloatArray, IntArray]:
    """Draw points along spiral arms, with normal noise on the angle.

    Parameters
    ----------
    n_arms : int
        Classes, at least 1.
    n_each : int
        Points an arm, at least 2; at equal steps of the radius from 0.05 to 1.
    noise : float, default 0.2
        Standard deviation of the angle in radians, at least 0.
    seed : int
        Of the noise.
    turn : float, default 4
        Radians by which an arm turns from its inner end to its outer one, above 0.

    Returns
    -------
    x : (n_arms * n_each, 2) ndarray of float
        Points, arm by arm, each from the inside out.
    y : (n_arms * n_each,) ndarray of int
        Which arm, from 0.

    Raises
    ------
    ValueError
        If a number is too small.
    """
    if n_arms < 1 or n_each < 2 or not noise >= 0 or not turn > 0:
        sizes = f"n_arms={n_arms}, n_each={n_each}, noise={noise}, turn={turn}"
        raise ValueError(f"{sizes}: too small")
    rng, radius = np.random.default_rng(seed), np.linspace(0.05, 1, n_each)
    starts = 2 * np.pi * np.arange(n_arms)[:, None] / n_arms
    angle = starts + np.linspace(0, turn, n_each) + rng.normal(0, noise, (n_arms, n_each))
    x = np.stack([radius * np.sin(angle), radius * np.cos(angle)], axis=-1)
    return x.reshape(-1, 2), np.repeat(np.arange(n_arms), n_each)
