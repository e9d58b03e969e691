"""How well classes are told apart, from the scores of a classifier or its answers."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
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
    _refuse_no_class("label", labels, scores.shape[1])
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


def confusion_matrix(labels: IntArray, answers: IntArray, n_classes: int) -> IntArray:
    """Count how often examples of each class are taken for each class.

    Parameters
    ----------
    labels, answers : (N,) ndarray of int
        The right classes and those that were said, from 0.
    n_classes : int
        C, how many there are.

    Returns
    -------
    (C, C) ndarray of int
        A row for each right class, a column for each answer.

    Raises
    ------
    ValueError
        If the shapes differ, or there is no such class.

    Examples
    --------
    >>> confusion_matrix(np.array([0, 0, 1]), np.array([0, 1, 1]), 2)
    array([[1, 1],
           [0, 1]])
    """
    refuse_unlike(labels=labels, answers=answers)
    for name, classes in (("label", labels), ("answer", answers)):
        _refuse_no_class(name, classes, n_classes)
    counts = np.zeros((n_classes, n_classes), int)
    np.add.at(counts, (labels, answers), 1)
    return counts


def _refuse_no_class(name: str, classes: IntArray, n_classes: int) -> None:
    wrong = classes[(classes < 0) | (classes >= n_classes)]
    if wrong.size:
        raise ValueError(f"{name} {wrong[0]} is not from 0 to {n_classes - 1}")
