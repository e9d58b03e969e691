r"""What a ReLU leaves of a point, if it is told by n directions: v = max(0, A x).

Directions that point away from a point give 0 and say nothing of where it is. Where fewer than d
others are left, a point of d coordinates cannot be found again.
"""

from math import comb

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.types import BoolArray, FloatArray


def lost_share(n_directions: int, n_coordinates: int) -> float:
    r"""Return how many points are lost, on average over random directions.

    .. math:: \sum_{j=0}^{d-1} \binom{n}{j} 2^{-n}

    Each direction points towards a point with probability one half, whichever the point is.

    Parameters
    ----------
    n_directions : int
        n, at least 1; they are independent, and as likely as their opposites.
    n_coordinates : int
        d, at least 1.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> lost_share(3, 2)
    0.5
    """
    refuse_below(1, n_directions=n_directions, n_coordinates=n_coordinates)
    ways = sum(comb(n_directions, j) for j in range(min(n_coordinates, n_directions + 1)))
    every: int = 2**n_directions
    return ways / every


def recovered(x: FloatArray, directions: FloatArray) -> tuple[FloatArray, BoolArray]:
    """Find points again from what a ReLU leaves of them.

    Parameters
    ----------
    x : (N, d) ndarray of float
        Points.
    directions : (n, d) ndarray of float
        A, a row each.

    Returns
    -------
    found : (N, d) ndarray of float
        Of all points that the directions which are not cut off allow, the one nearest to 0.
    is_kept : (N,) ndarray of bool
        Whether they allow one point only.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.
    """
    if x.ndim != 2 or directions.ndim != 2 or x.shape[1] != directions.shape[1]:
        raise ValueError(f"x {x.shape} and directions {directions.shape} are not (N, d) and (n, d)")
    refuse_not_finite(x=x, directions=directions)
    told = x @ directions.T
    seen = np.where((told > 0)[..., None], directions, 0)
    found = (np.linalg.pinv(seen) @ np.maximum(told, 0)[..., None])[..., 0]
    is_kept: BoolArray = np.linalg.matrix_rank(seen) == x.shape[1]
    return found, is_kept
