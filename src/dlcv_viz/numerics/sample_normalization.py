r"""Normalizations that look at one sample alone: layer, group, instance and RMS norm.

Their statistics need no batch, so training and inference do the same.
"""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.normalization import EPSILON, scale_shift
from dlcv_viz.types import FloatArray


def layer_norm(
    X: FloatArray, gamma: FloatArray, beta: FloatArray, *, epsilon: float = EPSILON
) -> FloatArray:
    r"""Normalize every sample over its features, then scale and shift each feature.

    .. math:: \hat x_{n,k} = \frac{x_{n,k} - \mu_n}{\sqrt{\sigma_n^2 + \epsilon}}, \quad
              y_{n,k} = \gamma_k \hat x_{n,k} + \beta_k

    Parameters
    ----------
    X : (m, K) ndarray of float
        Samples in rows.
    gamma, beta : (K,) ndarray of float
        Scale and shift.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    (m, K) ndarray of float
        Each row normalized by its own mean and variance.

    Raises
    ------
    ValueError
        If shapes do not match, a number is not finite, or `epsilon` is not above 0.
    """
    if X.ndim != 2:
        raise ValueError(f"X {X.shape} is not (m, K)")
    return scale_shift(_standardized(X, (1,), epsilon), gamma, beta)


def rms_norm(X: FloatArray, gamma: FloatArray, *, epsilon: float = EPSILON) -> FloatArray:
    r"""Divide every sample by the root of its mean square, then scale each feature.

    .. math:: y_{n,k} = \gamma_k \frac{x_{n,k}}{\sqrt{\tfrac1K \sum_j x_{n,j}^2 + \epsilon}}

    Parameters
    ----------
    X : (m, K) ndarray of float
        Samples in rows.
    gamma : (K,) ndarray of float
        Scale.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    (m, K) ndarray of float
        No mean is subtracted.

    Raises
    ------
    ValueError
        As for `layer_norm`.
    """
    if X.ndim != 2 or not epsilon > 0:
        raise ValueError(f"X {X.shape} is not (m, K), or epsilon={epsilon} not above 0")
    refuse_not_finite(X=X)
    root = np.sqrt((X**2).mean(axis=1, keepdims=True) + epsilon)
    return scale_shift(X / root, gamma, np.zeros(X.shape[1]))


def group_norm(
    X: FloatArray,
    gamma: FloatArray,
    beta: FloatArray,
    *,
    n_groups: int,
    epsilon: float = EPSILON,
) -> FloatArray:
    r"""Normalize groups of neighbouring channels of every sample over their places.

    .. math:: \hat x = \frac{x - \mu_{n,g}}{\sqrt{\sigma_{n,g}^2 + \epsilon}}

    One group averages over (C, H, W), as layer normalization of pictures does.

    Parameters
    ----------
    X : (N, C, ...) ndarray of float
        Pictures, or samples of features.
    gamma, beta : (C,) ndarray of float
        Scale and shift of every channel.
    n_groups : int
        A divisor of C.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    (N, C, ...) ndarray of float
        Shaped as `X`.

    Raises
    ------
    ValueError
        If the groups are not equal, shapes do not match, or a number is out of range.
    """
    if X.ndim < 2 or n_groups < 1 or X.shape[1] % n_groups:
        raise ValueError(f"X {X.shape} has no channels for {n_groups} equal groups")
    grouped = X.reshape(X.shape[0], n_groups, -1)
    return scale_shift(_standardized(grouped, (2,), epsilon).reshape(X.shape), gamma, beta)


def instance_norm(
    X: FloatArray, gamma: FloatArray, beta: FloatArray, *, epsilon: float = EPSILON
) -> FloatArray:
    """Normalize every channel of every sample over its places: groups of one channel.

    Parameters
    ----------
    X : (N, C, H, W) ndarray of float
        Pictures.
    gamma, beta : (C,) ndarray of float
        Scale and shift of every channel.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    (N, C, H, W) ndarray of float
        Shaped as `X`.

    Raises
    ------
    ValueError
        If there are no places; else as for `group_norm`.
    """
    if X.ndim < 3:
        raise ValueError(f"X {X.shape} has no places to average over")
    return group_norm(X, gamma, beta, n_groups=X.shape[1], epsilon=epsilon)


def _standardized(X: FloatArray, axes: tuple[int, ...], epsilon: float) -> FloatArray:
    if not X.size or not epsilon > 0:
        raise ValueError(f"X {X.shape} is empty, or epsilon={epsilon} not above 0")
    refuse_not_finite(X=X)
    mean, variance = X.mean(axis=axes, keepdims=True), X.var(axis=axes, keepdims=True)
    standardized: FloatArray = (X - mean) / np.sqrt(variance + epsilon)
    return standardized
