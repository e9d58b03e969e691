r"""A source and a target that differ: weights against it, and a bound on the harm.

Distributions are discrete: a probability for each point or class, which add up to 1.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray


def importance_weights(source: FloatArray, target: FloatArray) -> FloatArray:
    r"""Return how many times as often the target shows each point.

    .. math:: w(x) = \frac{p_t(x)}{p_s(x)}

    Parameters
    ----------
    source, target : (n,) ndarray of float
        Probabilities of the same points.

    Returns
    -------
    (n,) ndarray of float
        At least 0; 0 also for what neither shows.

    Raises
    ------
    ValueError
        If one is no distribution, the shapes differ, or the target shows what the source never
        does: no weight can make up for that.

    References
    ----------
    .. [1] H. Shimodaira, "Improving predictive inference under covariate shift by weighting the
       log-likelihood function", Journal of Statistical Planning and Inference 90, 2000.

    Examples
    --------
    >>> importance_weights(np.array([0.5, 0.5]), np.array([0.25, 0.75]))
    array([0.5, 1.5])
    """
    refuse_unlike(source=source, target=target)
    _refuse_no_distribution(source=source, target=target)
    if ((source == 0) & (target > 0)).any():
        raise ValueError("the target shows a point that the source never does")
    weights = np.zeros(source.shape)
    return np.divide(target, source, out=weights, where=source > 0)


def importance_weighted_risk(losses: FloatArray, source: FloatArray, target: FloatArray) -> float:
    r"""Return the mean loss on the target, from losses that the source shows.

    .. math:: \mathbb E_{p_t}[\ell] = \mathbb E_{p_s}\left[\frac{p_t(x)}{p_s(x)}\,\ell(x)\right]

    Parameters
    ----------
    losses : (n,) ndarray of float
        At each point.
    source, target : (n,) ndarray of float
        As for `importance_weights`.

    Returns
    -------
    float
        The risk on the target.

    Raises
    ------
    ValueError
        As `importance_weights`, or if a loss is not finite or has no point.
    """
    refuse_unlike(losses=losses, source=source)
    refuse_not_finite(losses=losses)
    return float(source @ (importance_weights(source, target) * losses))


def label_shift_posterior(
    posterior: FloatArray, source: FloatArray, target: FloatArray
) -> FloatArray:
    r"""Correct probabilities of classes for classes that are as frequent as in the target.

    .. math:: p_t(y \mid x) \propto p_s(y \mid x)\,\frac{\pi_t(y)}{\pi_s(y)}

    Parameters
    ----------
    posterior : (..., C) ndarray of float
        What a model of the source says; rows add up to 1.
    source, target : (C,) ndarray of float
        How frequent the classes are; the source has all of them.

    Returns
    -------
    (..., C) ndarray of float
        Rows that add up to 1.

    Raises
    ------
    ValueError
        If one is no distribution, the shapes differ, or the source or a row leaves nothing.

    References
    ----------
    .. [1] M. Saerens, P. Latinne, C. Decaestecker, "Adjusting the outputs of a classifier to new a
       priori probabilities", Neural Computation 14, 2002.
    """
    if posterior.shape[-1:] != source.shape or source.shape != target.shape:
        shapes = posterior.shape, source.shape, target.shape
        raise ValueError(f"posterior, source and target have not the same classes: {shapes}")
    _refuse_no_distribution(posterior=posterior, source=source, target=target)
    if (source == 0).any():
        raise ValueError("the source lacks a class")
    weighted = posterior * (target / source)
    total = weighted.sum(axis=-1, keepdims=True)
    if (total == 0).any():
        raise ValueError("a row has probability only for classes that the target lacks")
    corrected: FloatArray = weighted / total
    return corrected


def estimated_priors(confusion: FloatArray, predicted: FloatArray) -> FloatArray:
    r"""Find how frequent classes are in the target, from what a model says there.

    .. math:: \boldsymbol\mu = M \boldsymbol\pi_t

    Parameters
    ----------
    confusion : (C, C) ndarray of float
        M: column j has how often examples of class j are called each class, on the source.
    predicted : (C,) ndarray of float
        :math:`\boldsymbol\mu`, how often each class is called on the target.

    Returns
    -------
    (C,) ndarray of float
        :math:`\boldsymbol\pi_t`, adding up to 1; from samples an entry can fall below 0.

    Raises
    ------
    ValueError
        If the shapes do not fit, a column or `predicted` is no distribution, or the model tells
        some classes not apart at all.

    References
    ----------
    .. [1] Z. Lipton, Y.-X. Wang, A. Smola, "Detecting and Correcting for Label Shift with Black
       Box Predictors", ICML 2018.
    """
    if confusion.shape != 2 * predicted.shape:
        raise ValueError(f"confusion {confusion.shape} is not square as predicted has classes")
    _refuse_no_distribution(confusion=confusion.T, predicted=predicted)
    if np.linalg.matrix_rank(confusion) < len(predicted):
        raise ValueError("the model does not tell all classes apart")
    return np.linalg.solve(confusion, predicted).astype(float)


@dataclass(frozen=True, slots=True)
class Domain:
    """Points in their order on a line, how often each is shown, and what it is labelled.

    Parameters
    ----------
    p : (n,) ndarray of float
        Probabilities of the points.
    labels : (n,) ndarray of float
        Probability that a point belongs to class 1.

    Raises
    ------
    ValueError
        If `p` is no distribution, or `labels` are not as many numbers from 0 to 1.
    """

    p: FloatArray
    labels: FloatArray

    def __post_init__(self) -> None:
        """Refuse what is no domain."""
        refuse_unlike(p=self.p, labels=self.labels)
        _refuse_no_distribution(p=self.p)
        refuse_not_finite(labels=self.labels)
        if ((self.labels < 0) | (self.labels > 1)).any():
            raise ValueError("labels are not from 0 to 1")

    def errors(self) -> FloatArray:
        """Return the errors of all thresholds: entry a says 1 from point a on, entry n never."""
        says = np.arange(len(self.p)) >= np.arange(len(self.p) + 1)[:, None]
        errors: FloatArray = np.abs(says - self.labels) @ self.p
        return errors


@dataclass(frozen=True, slots=True)
class Bound:
    """Parts of a bound on the error in the target, for one threshold.

    Parameters
    ----------
    source_error : float
        Of the threshold in the source.
    divergence : float
        Twice the largest difference of how often two thresholds disagree, here and there.
    joint_error : float
        Of the one threshold that is best for both together: the sum of its two errors.
    """

    source_error: float
    divergence: float
    joint_error: float

    @property
    def total(self) -> float:
        """What the error in the target cannot exceed."""
        return self.source_error + self.divergence / 2 + self.joint_error


def threshold_bound(source: Domain, target: Domain, threshold: int) -> Bound:
    r"""Bound the error of a threshold in the target.

    .. math:: \epsilon_t(h) \le \epsilon_s(h)
              + \tfrac12 d_{\mathcal H \Delta \mathcal H}(p_s, p_t) + \epsilon^*

    Parameters
    ----------
    source, target : Domain
        Over the same points.
    threshold : int
        From 0 to n: the first point that is called 1.

    Returns
    -------
    Bound
        Its parts. Two thresholds disagree on the points between them, so the divergence is taken
        over all runs of neighbouring points.

    Raises
    ------
    ValueError
        If the domains have not the same points, or there is no such threshold.

    References
    ----------
    .. [1] S. Ben-David et al., "A theory of learning from different domains", Machine Learning 79,
       2010, theorem 2.
    """
    refuse_unlike(source=source.p, target=target.p)
    ours, theirs = source.errors(), target.errors()
    if not 0 <= threshold < len(ours):
        raise ValueError(f"threshold={threshold} is not from 0 to {len(ours) - 1}")
    sums = np.concatenate([[0.0], np.cumsum(target.p - source.p)])
    return Bound(float(ours[threshold]), 2 * float(np.ptp(sums)), float((ours + theirs).min()))


def _refuse_no_distribution(**named: FloatArray) -> None:
    refuse_not_finite(**named)
    for name, p in named.items():
        # Beyond rounding of the sum.
        if (p < 0).any() or not np.allclose(p.sum(axis=-1), 1, rtol=0, atol=1e-9):
            raise ValueError(f"{name} is no distribution: {p.tolist()}")
