r"""Logistic regression without a bias: its mean loss, and the slopes and curvatures of that.

Labels are 0 and 1; samples are in rows.
"""

import numpy as np

from dlcv_viz.numerics.activation import sigmoid_derivative
from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.cross_entropy import bce_gradient, bce_with_logits
from dlcv_viz.types import FloatArray, IntArray


def logistic_loss(w: FloatArray, x: FloatArray, y: IntArray) -> FloatArray:
    r"""Return the mean cross-entropy.

    .. math:: \mathcal L = \frac1N \sum_i \log(1 + e^{z_i}) - y_i z_i, \quad
              z_i = \mathbf w^\top \mathbf x_i

    Parameters
    ----------
    w : (..., n) ndarray of float
        Weights.
    x : (N, n) ndarray of float
        Samples.
    y : (N,) ndarray of int
        Labels, 0 or 1.

    Returns
    -------
    (...) ndarray of float
        Above 0.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.
    """
    z = _logits(w, x, y)
    mean: FloatArray = bce_with_logits(z, np.broadcast_to(y, z.shape)).mean(axis=-1)
    return mean


def logistic_gradient(w: FloatArray, x: FloatArray, y: IntArray) -> FloatArray:
    r"""Return the gradient of `logistic_loss`.

    .. math:: \frac1N \sum_i (\sigma(z_i) - y_i) \, \mathbf x_i

    Parameters
    ----------
    w : (..., n) ndarray of float
        Weights.
    x : (N, n) ndarray of float
        Samples.
    y : (N,) ndarray of int
        Labels, 0 or 1.

    Returns
    -------
    (..., n) ndarray of float
        By the weights.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.
    """
    z = _logits(w, x, y)
    gradient: FloatArray = bce_gradient(z, np.broadcast_to(y, z.shape)) @ x / len(x)
    return gradient


def logistic_hessian(w: FloatArray, x: FloatArray) -> FloatArray:
    r"""Return the matrix of second derivatives of `logistic_loss`.

    .. math:: \frac1N \sum_i \sigma(z_i) (1 - \sigma(z_i)) \, \mathbf x_i \mathbf x_i^\top

    Parameters
    ----------
    w : (n,) ndarray of float
        Weights.
    x : (N, n) ndarray of float
        Samples.

    Returns
    -------
    (n, n) ndarray of float
        Symmetric, no eigenvalue below 0; the labels have no part in it.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.
    """
    z = _logits(w, x, np.zeros(len(x), int))
    hessian: FloatArray = (x.T * sigmoid_derivative(z)) @ x / len(x)
    return hessian


def fit_logistic(x: FloatArray, y: IntArray, *, max_rounds: int = 50) -> FloatArray:
    """Find the weights with the least mean loss, by Newton's method with halved steps.

    Parameters
    ----------
    x : (N, n) ndarray of float
        Samples whose columns are linearly independent.
    y : (N,) ndarray of int
        Labels, 0 or 1, that no hyperplane through the origin separates.
    max_rounds : int, default 50
        After which the search gives up.

    Returns
    -------
    (n,) ndarray of float
        Where the gradient is zero.

    Raises
    ------
    ValueError
        If shapes do not fit, a number is not finite, or no minimum was found: there is none if the
        labels are separable.
    """
    w = np.zeros(x.shape[-1])
    for _ in range(max_rounds):
        gradient = logistic_gradient(w, x, y)
        if ((2 * y - 1) * (x @ w) > 0).all():
            raise ValueError("the labels are separable: longer weights are always better")
        if float(np.abs(gradient).max()) <= 1e-14 * max(1.0, float(np.abs(x).max())):
            return w
        try:
            way = np.linalg.solve(logistic_hessian(w, x), gradient)
        except np.linalg.LinAlgError as error:
            raise ValueError("the samples do not determine the weights") from error
        here, step = float(logistic_loss(w, x, y)), 1.0
        # Near the minimum the loss no longer tells two places apart.
        while float(logistic_loss(w - step * way, x, y)) > here + 1e-15 and step > 1e-10:
            step /= 2
        w = w - step * way
    raise ValueError(f"no minimum within {max_rounds} rounds")


def _logits(w: FloatArray, x: FloatArray, y: IntArray) -> FloatArray:
    if np.ndim(x) != 2 or np.shape(w)[-1:] != np.shape(x)[1:] or np.shape(y) != np.shape(x)[:1]:
        raise ValueError(f"w {np.shape(w)}, x {np.shape(x)} and y {np.shape(y)} do not fit")
    refuse_not_finite(w=w, x=x)
    z: FloatArray = w @ x.T
    return z
