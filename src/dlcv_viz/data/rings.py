"""A disc of points inside a ring of others."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


def two_rings(
    n: int, *, seed: int, radii: tuple[float, float] = (1.2, 0.5), spread: float = 0.12
) -> tuple[FloatArray, IntArray]:
    """Draw points around two circles with one centre, at any angle, with Gaussian radii.

    Parameters
    ----------
    n : int
        How many points, even and above 0: half of them of each class, those of class 0 first.
    seed : int
        Of angles and radii.
    radii : (float, float), default (1.2, 0.5)
        Mean distance from the origin of class 0 and of class 1.
    spread : float, default 0.12
        Standard deviation of the distances, at least 0.

    Returns
    -------
    x : (n, 2) ndarray of float
        Points.
    y : (n,) ndarray of int
        Labels: 0 for the first circle, 1 for the second.

    Raises
    ------
    ValueError
        If `n` is odd or below 2, or `spread` below 0.
    """
    if n < 2 or n % 2:
        raise ValueError(f"n={n} is not even and above 0")
    if not spread >= 0:
        raise ValueError(f"spread={spread} is not at least 0")
    rng = np.random.default_rng(seed)
    y = np.repeat([0, 1], n // 2)
    angle, radius = rng.uniform(0, 2 * np.pi, n), rng.normal(np.array(radii)[y], spread)
    return radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)]), y
