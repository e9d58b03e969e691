"""A linear reader of several classes, and what it gains by refusing to answer."""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.penalized_regression import ridge
from dlcv_viz.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class RidgeReader:
    """Scores of several classes that are linear in the features.

    Parameters
    ----------
    mean : (n,) ndarray of float
        Of the features, which is subtracted.
    weights : (n, classes) ndarray of float
        One column a class.
    offsets : (classes,) ndarray of float
        Scores of the mean.
    """

    mean: FloatArray
    weights: FloatArray
    offsets: FloatArray

    def scores(self, x: FloatArray) -> FloatArray:
        """Return the scores of samples (m, n) as (m, classes); the largest is the answer."""
        return (x - self.mean) @ self.weights + self.offsets


def fit_ridge_reader(
    x: FloatArray, labels: IntArray, strength: float, *, n_classes: int
) -> RidgeReader:
    r"""Fit one ridge regression a class, to +1 for its samples and -1 for all others.

    Parameters
    ----------
    x : (m, n) ndarray of float
        Features.
    labels : (m,) ndarray of int
        Classes, from 0.
    strength : float
        :math:`\lambda` where the features have the mean variance 1: they are scaled by one
        number, so that the strength means the same for features of any kind. At least 0.
    n_classes : int
        How many there are.

    Returns
    -------
    RidgeReader
        With centred features and targets, so that no constant is penalized.

    Raises
    ------
    ValueError
        If shapes do not fit, a label is none of the classes, or all features are constant.
    """
    if labels.shape != x.shape[:1] or labels.min() < 0 or labels.max() >= n_classes:
        raise ValueError(f"labels {labels.shape} are not one of {n_classes} classes a row of x")
    mean = x.mean(axis=0)
    size = np.sqrt(((x - mean) ** 2).mean())
    if not size:
        raise ValueError("all features are constant")
    targets = 2 * np.eye(n_classes)[labels] - 1
    offsets = targets.mean(axis=0)
    return RidgeReader(mean, ridge((x - mean) / size, targets - offsets, strength) / size, offsets)


def margins(scores: FloatArray) -> FloatArray:
    """Return how far the best score of each row is ahead of the second.

    Parameters
    ----------
    scores : (m, classes) ndarray of float
        At least two classes; the largest is the answer.

    Returns
    -------
    (m,) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If there are fewer than two classes or a number is not finite.
    """
    if scores.ndim != 2 or scores.shape[1] < 2:
        raise ValueError(f"scores {scores.shape} are not rows of two or more classes")
    refuse_not_finite(scores=scores)
    two = np.sort(scores, axis=1)[:, -2:]
    ahead: FloatArray = two[:, 1] - two[:, 0]
    return ahead


def errors_after_rejection(confidence: FloatArray, is_right: BoolArray) -> FloatArray:
    r"""Return the error among the answers that are left when the least sure ones are refused.

    .. math:: e(\rho) = \frac{\text{wrong answers kept}}{\text{answers kept}}

    Parameters
    ----------
    confidence : (m,) ndarray of float
        Such as `margins`.
    is_right : (m,) ndarray of bool
        Whether each answer is right.

    Returns
    -------
    (m,) ndarray of float
        With none, one, … and all answers but one refused.

    Raises
    ------
    ValueError
        If the shapes differ, there is no answer, or a number is not finite.

    Examples
    --------
    >>> errors_after_rejection(np.array([0.9, 0.1]), np.array([True, False])).tolist()
    [0.5, 0.0]
    """
    if confidence.ndim != 1 or confidence.shape != is_right.shape:
        raise ValueError(f"confidence {confidence.shape} and is_right {is_right.shape} differ")
    if not confidence.size:
        raise ValueError("there is no answer")
    refuse_not_finite(confidence=confidence)
    surest_first = np.argsort(-confidence, kind="stable")
    kept_wrong = np.cumsum(~is_right[surest_first])
    return (kept_wrong / np.arange(1, len(confidence) + 1))[::-1]
