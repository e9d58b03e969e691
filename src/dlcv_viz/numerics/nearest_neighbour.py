"""Distances between samples, and whether the nearest other sample is of the same class."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import BoolArray, FloatArray, IntArray


def mean_squared_distances(x: FloatArray) -> FloatArray:
    r"""Compare every two samples number by number.

    .. math:: d_{ab} = \operatorname{mean}\,(x_a - x_b)^2

    Parameters
    ----------
    x : (m, ...) ndarray of float
        Samples, at least one number each.

    Returns
    -------
    (m, m) ndarray of float
        Symmetric, with zeros on the diagonal.

    Raises
    ------
    ValueError
        If a sample has no numbers, or one is not finite.
    """
    refuse_not_finite(x=x)
    rows = x.reshape(len(x), -1)
    if not rows.shape[1]:
        raise ValueError(f"x {x.shape} has samples without numbers")
    # One sample against all at a time: the square of a difference, without what is lost where
    # squares of large numbers are subtracted.
    return np.array([((rows - row) ** 2).mean(axis=1) for row in rows])


def nearest_other(distances: FloatArray) -> IntArray:
    """Return the nearest other sample of each.

    Parameters
    ----------
    distances : (m, m) ndarray of float
        Of every two, at least two; those on the diagonal do not count.

    Returns
    -------
    (m,) ndarray of int
        The first one where several are as near.

    Raises
    ------
    ValueError
        If the distances are no square, fewer than two samples, or not finite.
    """
    if distances.ndim != 2 or len(set(distances.shape)) != 1 or len(distances) < 2:
        raise ValueError(f"distances {distances.shape} are not those of two samples or more")
    refuse_not_finite(distances=distances)
    apart = distances.copy()
    np.fill_diagonal(apart, np.inf)
    nearest: IntArray = apart.argmin(axis=1)
    return nearest


def has_kin_nearest(distances: FloatArray, labels: IntArray) -> BoolArray:
    """Return whether the nearest other sample of each is of its class.

    Parameters
    ----------
    distances : (m, m) ndarray of float
        As for `nearest_other`.
    labels : (m,) ndarray of int
        Classes.

    Returns
    -------
    (m,) ndarray of bool
        Its mean is the accuracy of a nearest-neighbour classifier that leaves one out.

    Raises
    ------
    ValueError
        If there is not one label a sample, or as `nearest_other` does.
    """
    if labels.shape != distances.shape[:1]:
        raise ValueError(f"labels {labels.shape} are not one for each of {len(distances)} samples")
    is_kin: BoolArray = labels[nearest_other(distances)] == labels
    return is_kin
