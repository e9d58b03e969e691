"""How well classes are told apart, from the scores of a classifier."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray, IntArray


def true_class_ranks(scores: FloatArray, labels: IntArray) -> IntArray:
    """Return at which place the right class stands when the scores are sorted.

    Parameters
    ----------
    scores : (N, C) ndarray of float
        The larger, the more a class is believed in.
    labels : (N,) ndarray of int
        The right classes, from 0.

    Returns
    -------
    (N,) ndarray of int
        From 1, the best, to C. A class with the same score stands before the right one, so that a
        classifier that gives all classes one score is not told to be right.

    Raises
    ------
    ValueError
        If shapes do not fit, a label is no class or a score is not finite.

    Examples
    --------
    >>> true_class_ranks(np.array([[0.1, 0.7, 0.2], [0.5, 0.1, 0.4]]), np.array([1, 2]))
    array([1, 2])
    """
    if np.ndim(scores) != 2 or np.shape(labels) != np.shape(scores)[:1] or not np.size(scores):
        raise ValueError(f"scores {np.shape(scores)} and labels {np.shape(labels)} do not fit")
    refuse_not_finite(scores=scores)
    wrong = labels[(labels < 0) | (labels >= scores.shape[1])]
    if wrong.size:
        raise ValueError(f"label {wrong[0]} is not from 0 to {scores.shape[1] - 1}")
    own = scores[np.arange(len(scores)), labels]
    ranks: IntArray = (scores >= own[:, None]).sum(axis=1)
    return ranks


def top_k_error(scores: FloatArray, labels: IntArray, k: int) -> float:
    r"""Return the share of examples whose right class is not among the k best.

    .. math:: E_k = \frac1N \sum_i \mathbb 1[\operatorname{rank}_i > k]

    Parameters
    ----------
    scores : (N, C) ndarray of float
        The larger, the more a class is believed in.
    labels : (N,) ndarray of int
        The right classes, from 0.
    k : int
        How many guesses are allowed, from 1 to C.

    Returns
    -------
    float
        From 0 to 1; ties count against the right class.

    Raises
    ------
    ValueError
        If shapes do not fit, a label is no class, `k` is out of range or a score is not finite.

    References
    ----------
    .. [1] O. Russakovsky et al., "ImageNet Large Scale Visual Recognition Challenge", 2015.
    """
    ranks = true_class_ranks(scores, labels)
    if not 1 <= k <= scores.shape[1]:
        raise ValueError(f"k={k} is not from 1 to {scores.shape[1]}")
    return float((ranks > k).mean())
