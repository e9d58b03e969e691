r"""Batch normalization among other layers: its backward pass, and what it becomes in inference."""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.numerics.normalization import (
    EPSILON,
    Statistics,
    batch_statistics,
    normalize,
    scale_shift,
)
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class BatchNormPass:
    """What a forward pass in training leaves for the backward one.

    Parameters
    ----------
    outputs, x_hat : (m, C) or (N, C, ...) ndarray of float
        What goes on, and the normalized values.
    factor : (C,) ndarray of float
        By which a channel was multiplied in all: scale over standard deviation.
    """

    outputs: FloatArray
    x_hat: FloatArray
    factor: FloatArray


def batch_norm_forward(
    X: FloatArray, gamma: FloatArray, beta: FloatArray, *, epsilon: float = EPSILON
) -> BatchNormPass:
    """Do what `dlcv_viz.numerics.normalization.batch_norm` does, and keep everything on the way.

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
    BatchNormPass
        For `batch_norm_backward`.
    """
    batch = batch_statistics(X)
    x_hat = normalize(X, batch, epsilon=epsilon)
    factor = gamma / np.sqrt(batch.variance + epsilon)
    return BatchNormPass(scale_shift(x_hat, gamma, beta), x_hat, factor)


def batch_norm_backward(
    passed: BatchNormPass, upstream: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    r"""Carry a gradient back through a batch normalization in training.

    .. math:: \frac{\partial L}{\partial x_i} = \frac{\gamma}{m \sqrt{\sigma_B^2 + \epsilon}}
              \Big[ m g_i - \sum_j g_j - \hat x_i \sum_j g_j \hat x_j \Big], \quad
              \frac{\partial L}{\partial \gamma} = \sum_i g_i \hat x_i, \quad
              \frac{\partial L}{\partial \beta} = \sum_i g_i

    Parameters
    ----------
    passed : BatchNormPass
        Of `batch_norm_forward`.
    upstream : (m, C) or (N, C, ...) ndarray of float
        g, the gradient by the outputs.

    Returns
    -------
    inputs : ndarray of float
        Gradient by the inputs, shaped as they are.
    gamma, beta : (C,) ndarray of float
        Gradients by scale and shift.

    Raises
    ------
    ValueError
        If `upstream` is not shaped as the outputs, or not finite.
    """
    x_hat = passed.x_hat
    refuse_unlike(outputs=x_hat, upstream=upstream)
    refuse_not_finite(upstream=upstream)
    others = (0, *range(2, x_hat.ndim))
    by_gamma, by_beta = (upstream * x_hat).sum(axis=others), upstream.sum(axis=others)
    m = x_hat.size // x_hat.shape[1]
    common = scale_shift(x_hat, by_gamma / m, by_beta / m)  # what all samples share in
    factor = passed.factor.reshape(-1, *(1,) * (x_hat.ndim - 2))
    return factor * (upstream - common), by_gamma, by_beta


def fold(
    W: FloatArray,
    b: FloatArray,
    gamma: FloatArray,
    beta: FloatArray,
    running: Statistics,
    *,
    epsilon: float = EPSILON,
) -> tuple[FloatArray, FloatArray]:
    r"""Put a normalization with fixed statistics into the layer before it.

    .. math:: W' = \frac{\gamma}{\sqrt{\sigma^2 + \epsilon}} W, \quad
              \mathbf b' = \frac{\gamma (\mathbf b - \mu)}{\sqrt{\sigma^2 + \epsilon}} + \beta

    Parameters
    ----------
    W : (C, n_in) or (C, ...) ndarray of float
        Weights, a row or a kernel for every output channel.
    b, gamma, beta : (C,) ndarray of float
        Biases of the layer; scale and shift of the normalization.
    running : Statistics
        Of the normalization.
    epsilon : float, default 1e-5
        Above 0.

    Returns
    -------
    W : ndarray of float
        Shaped as before.
    b : (C,) ndarray of float
        Biases of the one layer that does the work of both.

    Raises
    ------
    ValueError
        If there is not one number of each kind a channel, or `epsilon` is not above 0.
    """
    refuse_unlike(b=b, gamma=gamma, beta=beta, running=running.mean)
    if W.ndim < 2 or W.shape[:1] != b.shape or not epsilon > 0:
        raise ValueError(f"W {W.shape}, b {b.shape}, epsilon={epsilon} do not fit")
    factor = gamma / np.sqrt(running.variance + epsilon)
    return factor.reshape(-1, *(1,) * (W.ndim - 1)) * W, factor * (b - running.mean) + beta
