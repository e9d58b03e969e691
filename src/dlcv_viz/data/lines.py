"""Points along a line, some of which do not belong there."""

import numpy as np

from dlcv_viz.types import BoolArray, FloatArray


def line_with_outliers(
    *,
    seed: int,
    n_points: int = 30,
    slope: float = 2.0,
    intercept: float = 1.0,
    drop: float = 25.0,
    dropped: range = range(26, 29),
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Draw points of a line with normal noise of deviation 1, and lower a few of them.

    Parameters
    ----------
    seed : int
        Of the noise.
    n_points : int, default 30
        How many, at equal distances from 0 to 10.
    slope, intercept : float, default 2 and 1
        Of the line.
    drop : float, default 25
        By how much the few are lowered.
    dropped : range, default range(26, 29)
        Which ones, counted from 0.

    Returns
    -------
    x, y : (n_points,) ndarray of float
        The points.
    is_dropped : (n_points,) ndarray of bool
        Which of them were lowered.

    Raises
    ------
    ValueError
        If `dropped` names points that are not there.
    """
    if set(dropped) - set(range(n_points)):
        raise ValueError(f"dropped={dropped} is not within the {n_points} points")
    x = np.linspace(0, 10, n_points)
    y = slope * x + intercept + np.random.default_rng(seed).normal(0, 1, n_points)
    is_dropped = np.isin(np.arange(n_points), dropped)
    return x, y - drop * is_dropped, is_dropped
