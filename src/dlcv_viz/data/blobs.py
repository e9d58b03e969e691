"""Two clouds of points in the plane."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


def two_blobs(
    *, seed: int, n_each: int = 20, centre: float = 1.2, spread: float = 0.8
) -> tuple[FloatArray, IntArray]:
    """Draw two Gaussian clouds, around (centre, centre) and its opposite, in shuffled order.

    Parameters
    ----------
    seed : int
        Of the points and of their order.
    n_each : int, default 20
        Points of each class.
    centre : float, default 1.2
        Both coordinates of the centre of the class +1.
    spread : float, default 0.8
        Standard deviation in each coordinate, at least 0.

    Returns
    -------
    x : (2 * n_each, 2) ndarray of float
        Points.
    y : (2 * n_each,) ndarray of int
        Labels, -1 or +1.
    """
    rng = np.random.default_rng(seed)
    clouds = [rng.normal(sign * centre, spread, (n_each, 2)) for sign in (1, -1)]
    order = np.random.default_rng(seed).permutation(2 * n_each)
    return np.concatenate(clouds)[order], np.repeat([1, -1], n_each)[order]


def separated_square(
    *, seed: int, margin: float, angle: float = 0.6, n_points: int = 100
) -> tuple[FloatArray, IntArray]:
    """Draw uniform points of a square, none nearer than `margin` to a line through its middle.

    Parameters
    ----------
    seed : int
        Of the points.
    margin : float
        Least distance from the line, from 0 to below 1.
    angle : float, default 0.6
        Of the line's normal, in radians.
    n_points : int, default 100
        How many points.

    Returns
    -------
    x : (n_points, 2) ndarray of float
        In [-1, 1] in both coordinates.
    y : (n_points,) ndarray of int
        Labels, -1 or +1: the side of the line.

    Raises
    ------
    ValueError
        If the margin is not from 0 to below 1: little or nothing of the square would be left.
    """
    if not 0 <= margin < 1:
        raise ValueError(f"margin={margin} is not from 0 to below 1")
    rng = np.random.default_rng(seed)
    normal = np.array([np.cos(angle), np.sin(angle)])
    kept = list[FloatArray]()
    while len(kept) < n_points:
        point = rng.uniform(-1, 1, 2)
        if abs(point @ normal) >= margin:
            kept.append(point)
    x = np.array(kept)
    return x, np.where(x @ normal > 0, 1, -1)
