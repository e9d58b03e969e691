r"""Batch normalization: training, inference, backward pass, and folding into a layer.

Inputs are (m, C), or (N, C, ...) with places behind the channels; a statistic is taken for every
channel over all other axes, so m = N · H · W values of a picture share it.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray

EPSILON = 1e-5


@dataclass(frozen=True, slots=True)
class Statistics:
    """Mean and variance of every channel, as inference needs them.

    Parameters
    ----------
    mean, variance : (C,) ndarray of float
        Running averages, or those of a whole data set; variances are at least 0.
    """

    mean: FloatArray
    variance: FloatArray

    def __post_init__(self) -> None:
        """Refuse what is no mean and variance of the same channels."""
        refuse_unlike(mean=self.mean, variance=self.variance)
        refuse_not_finite(mean=self.mean, variance=self.variance)
        if np.ndim(self.mean) != 1 or (self.variance < 0).any():
            raise ValueError("mean and variance are (C,), and no variance is below 0")


def batch_mean(X: FloatArray) -> FloatArray:
    r"""Return the mean of every channel over the batch.

    .. math:: \mu_B = \frac1m \sum_{i=1}^m x_i

    Parameters
    ----------
    X : (m, C) or (N, C, ...) ndarray of float
        Samples in rows.

    Returns
    -------
    (C,) ndarray of float
        One number a channel.

    Raises
    ------
    ValueError
        If `X` has no batch or channels, or is not finite.
    """
    mean: FloatArray = _checked(X).mean(axis=_others(X))
    return mean


def batch_variance(X: FloatArray) -> FloatArray:
    r"""Return the biased variance of every channel over the batch.

    .. math:: \sigma_B^2 = \frac1m \sum_{i=1}^m (x_i - \mu_B)^2

    Parameters
    ----------
    X : (m, C) or (N, C, ...) ndarray of float
        Samples in rows.

    Returns
    -------
    (C,) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        As for `batch_mean`.
    """
    variance: FloatArray = _checked(X).var(axis=_others(X))
    return variance


def batch_statistics(X: FloatArray) -> Statistics:
    """Return `batch_mean` and `batch_variance`, for a batch that can be normalized by them.

    Parameters
    ----------
    X : (m, C) or (N, C, ...) ndarray of float
        Samples in rows.

    Returns
    -------
    Statistics
        Of this batch alone.

    Raises
    ------
    ValueError
        If a channel has only one value, whose deviation is always 0.
    """
    if _checked(X).size == X.shape[1]:
        raise ValueError(f"a batch {X.shape} has one value a channel; its variance says nothing")
    return Statistics(batch_mean(X), batch_variance(X))


def normalize(X: FloatArray, statistics: Statistics, *, epsilon: float = EPSILON) -> FloatArray:
    r"""Subtract a mean and divide by a standard deviation, channel by channel.

    .. math:: \hat x = \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}}

    Parameters
    ----------
    X : (m, C) or (N, C, ...) ndarray of float
        Samples in rows.
    statistics : Statistics
        Of the batch, or of many.
    epsilon : float, default 1e-5
        Above 0: a channel may be constant.

    Returns
    -------
    ndarray of float
        Shaped as `X`.

    Raises
    ------
    ValueError
        If shapes do not match, a number is not finite, or `epsilon` is not above 0.
    """
    if not epsilon > 0:
        raise ValueError(f"epsilon={epsilon} is not above 0")
    mean, variance = (_along(v, _checked(X)) for v in (statistics.mean, statistics.variance))
    return (X - mean) / np.sqrt(variance + epsilon)


def scale_shift(x_hat: FloatArray, gamma: FloatArray, beta: FloatArray) -> FloatArray:
    r"""Give every channel a scale and a shift of its own.

    .. math:: y = \gamma \hat x + \beta

    Parameters
    ----------
    x_hat : (m, C) or (N, C, ...) ndarray of float
        Normalized values.
    gamma, beta : (C,) ndarray of float
        Scale and shift.

    Returns
    -------
    ndarray of float
        Shaped as `x_hat`.

    Raises
    ------
    ValueError
        If there is not one scale and one shift a channel.
    """
    return _along(gamma, x_hat) * x_hat + _along(beta, x_hat)


def batch_norm(
    X: FloatArray, gamma: FloatArray, beta: FloatArray, *, epsilon: float = EPSILON
) -> FloatArray:
    r"""Normalize a batch by its own statistics, then scale and shift: the layer in training.

    .. math:: y_i = \gamma \frac{x_i - \mu_B}{\sqrt{\sigma_B^2 + \epsilon}} + \beta

    Parameters
    ----------
    X : (m, C) or (N, C, ...) ndarray of float
        Samples in rows.
    gamma, beta : (C,) ndarray of float
        Scale and shift.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    ndarray of float
        Shaped as `X`.

    Raises
    ------
    ValueError
        If a channel has only one value, whose deviation is always 0; else as for `normalize`.

    References
    ----------
    .. [1] S. Ioffe, C. Szegedy, "Batch normalization: accelerating deep network training by
       reducing internal covariate shift", ICML 2015, algorithm 1.
    """
    return scale_shift(normalize(X, batch_statistics(X), epsilon=epsilon), gamma, beta)


def undoing(X: FloatArray, *, epsilon: float = EPSILON) -> tuple[FloatArray, FloatArray]:
    r"""Return the scale and the shift with which `batch_norm` gives this batch back.

    .. math:: \gamma = \sqrt{\sigma_B^2 + \epsilon}, \quad \beta = \mu_B

    Parameters
    ----------
    X : (m, C) or (N, C, ...) ndarray of float
        Samples in rows.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    gamma, beta : (C,) ndarray of float
        Scale and shift.
    """
    return np.sqrt(batch_variance(X) + epsilon), batch_mean(X)


def updated(running: Statistics, X: FloatArray, *, momentum: float = 0.1) -> Statistics:
    r"""Move running statistics towards those of a batch.

    .. math:: \mu \leftarrow (1 - \rho) \mu + \rho \mu_B, \quad
              \sigma^2 \leftarrow (1 - \rho) \sigma^2 + \rho \tfrac{m}{m-1} \sigma_B^2

    Parameters
    ----------
    running : Statistics
        So far.
    X : (m, C) or (N, C, ...) ndarray of float
        The batch, at least two values a channel.
    momentum : float, default 0.1
        :math:`\rho`, the share of the batch, above 0 and up to 1.

    Returns
    -------
    Statistics
        With the unbiased variance of the batch mixed in.

    Raises
    ------
    ValueError
        If `momentum` is out of range, channels do not match, or a channel has one value.
    """
    if not 0 < momentum <= 1:
        raise ValueError(f"momentum={momentum} is not above 0 and up to 1")
    batch, m = batch_statistics(X), X.size // X.shape[1]
    refuse_unlike(running=running.mean, batch=batch.mean)
    return Statistics(
        (1 - momentum) * running.mean + momentum * batch.mean,
        (1 - momentum) * running.variance + momentum * m / (m - 1) * batch.variance,
    )


def batch_norm_inference(
    X: FloatArray,
    gamma: FloatArray,
    beta: FloatArray,
    running: Statistics,
    *,
    epsilon: float = EPSILON,
) -> FloatArray:
    r"""Apply the layer with fixed statistics: every sample for itself.

    .. math:: y = \gamma \frac{x - \mu}{\sqrt{\sigma^2 + \epsilon}} + \beta

    Parameters
    ----------
    X : (m, C) or (N, C, ...) ndarray of float
        Samples in rows; one is enough.
    gamma, beta : (C,) ndarray of float
        Scale and shift.
    running : Statistics
        Collected in training.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    ndarray of float
        Shaped as `X`.
    """
    return scale_shift(normalize(X, running, epsilon=epsilon), gamma, beta)


def _checked(X: FloatArray) -> FloatArray:
    if X.ndim < 2 or not X.size:
        raise ValueError(f"X {X.shape} is not (m, C) or (N, C, ...) with at least one value")
    refuse_not_finite(X=X)
    return X


def _others(X: FloatArray) -> tuple[int, ...]:
    """All axes but that of the channels."""
    return (0, *range(2, X.ndim))


def _along(v: FloatArray, X: FloatArray) -> FloatArray:
    """Shape one number a channel so that it meets its channel."""
    if v.shape != X.shape[1:2]:
        raise ValueError(f"{v.shape} is not one number for each channel of {X.shape}")
    return v.reshape(-1, *(1,) * (X.ndim - 2))
