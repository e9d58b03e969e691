"""Two half circles that hold on to each other."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


def two_moons(n: int, *, noise: float, seed: int) -> tuple[FloatArray, IntArray]:
    """Draw points along two interlocking half circles of radius 1, with Gaussian noise.

    The upper half circle is around (0, 0), the lower one around (1, 0.5).

    Parameters
    ----------
    n : int
        How many points, even and above 0: half of them of each class, those of class 0 first.
    noise : float
        Standard deviation in each coordinate, at least 0.
    seed : int
        Of places and noise.

    Returns
    -------
    x : (n, 2) ndarray of float
        Points.
    y : (n,) ndarray of int
        Labels: 0 for the upper half circle, 1 for the lower.

    Raises
    ------
    ValueError
        If `n` is odd or below 2, or `noise` below 0.
    """
    if n < 2 or n % 2:
        raise ValueError(f"n={n} is not even and above 0")
    if not noise >= 0:
        raise ValueError(f"noise={noise} is not at least 0")
    rng = np.random.default_rng(seed)
    upper, lower = rng.uniform(0, np.pi, (2, n // 2))
    x = np.concatenate(
        [
            np.column_stack([np.cos(upper), np.sin(upper)]),
            np.column_stack([1 - np.cos(lower), 0.5 - np.sin(lower)]),
        ]
    )
    return x + rng.normal(0, noise, x.shape), np.repeat([0, 1], n // 2)
