"""Samples whose features come in very different units."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

SCALES = (1.0, 10.0, 0.1)
TRUE_WEIGHTS = (1.0, 0.1, 10.0)  # so that every feature matters equally


def badly_scaled(n: int, *, seed: int) -> tuple[FloatArray, IntArray]:
    """Draw three features of spread 1, 10 and 0.1, and labels by a logistic model.

    Parameters
    ----------
    n : int
        Samples, at least 1.
    seed : int
        Of features and labels.

    Returns
    -------
    x : (n, 3) ndarray of float
        Features, normal around 0.
    y : (n,) ndarray of int
        Labels, 1 with the probability that the logistic model with `TRUE_WEIGHTS` gives, else 0.

    Raises
    ------
    ValueError
        If `n` is below 1.
    """
    if n < 1:
        raise ValueError(f"n={n} is not at least 1")
    rng = np.random.default_rng(seed)
    x = np.column_stack([rng.normal(0, scale, n) for scale in SCALES])
    chance = 1 / (1 + np.exp(-x @ np.array(TRUE_WEIGHTS)))
    return x, (rng.random(n) < chance).astype(int)
