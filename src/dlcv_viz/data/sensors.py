"""Two sensors of a machine that fails where both are off to the same side."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


def failing_machines(n: int, *, seed: int, flips: float = 0.05) -> tuple[FloatArray, IntArray]:
    """Draw standardized readings, and labels by the sign of their product, some of them wrong.

    Parameters
    ----------
    n : int
        How many machines, above 0.
    seed : int
        Of readings and wrong labels.
    flips : float, default 0.05
        Probability that a label is wrong, from 0 to 1.

    Returns
    -------
    x : (n, 2) ndarray of float
        Readings, independent and normal.
    y : (n,) ndarray of int
        1 for a failure: the readings have one sign, but for wrong labels.

    Raises
    ------
    ValueError
        If `n` is below 1, or `flips` not from 0 to 1.
    """
    if n < 1 or not 0 <= flips <= 1:
        raise ValueError(f"n={n}, flips={flips}: at least one machine, a probability")
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(n, 2))
    is_wrong = rng.random(n) < flips
    return x, ((x.prod(axis=1) > 0) ^ is_wrong).astype(np.int64)
