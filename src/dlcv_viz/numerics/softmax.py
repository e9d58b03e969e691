r"""Softmax and what belongs to it; every exponential is taken of a number that is at most zero."""

import numpy as np

from dlcv_viz.types import FloatArray


def log_sum_exp(z: FloatArray, *, axis: int = -1) -> FloatArray:
    r"""Return the logarithm of a sum of exponentials.

    .. math:: \log \sum_j e^{z_j} = m + \log \sum_j e^{z_j - m}, \quad m = \max_j z_j

    Parameters
    ----------
    z : (..., n) ndarray of float
        Logits; minus infinity is a term of nothing.
    axis : int, default -1
        Along which to sum.

    Returns
    -------
    (...) ndarray of float
        Between the largest logit and that plus ``log(n)``.

    Raises
    ------
    ValueError
        If there is nothing to sum, a logit is NaN or plus infinity, or all of a sum are minus
        infinity.
    """
    most = _checked_max(z, axis)
    total: FloatArray = np.log(np.exp(z - most).sum(axis)) + most.squeeze(axis)
    return total


def softmax(z: FloatArray, *, temperature: float = 1.0, axis: int = -1) -> FloatArray:
    r"""Turn logits into probabilities.

    .. math:: p_i = \frac{e^{z_i / T}}{\sum_j e^{z_j / T}}

    Parameters
    ----------
    z : (..., n) ndarray of float
        Logits; minus infinity gives probability 0.
    temperature : float, default 1
        :math:`T`, above 0: near 0 the largest logit gets everything, far up all get the same.
    axis : int, default -1
        Along which the probabilities sum to 1.

    Returns
    -------
    (..., n) ndarray of float
        From 0 to 1.

    Raises
    ------
    ValueError
        If `temperature` is not above 0, or the logits are none of `log_sum_exp`.

    References
    ----------
    .. [1] J. Bridle, "Probabilistic interpretation of feedforward classification network outputs",
       in Neurocomputing, NATO ASI Series F68, 1990.

    Examples
    --------
    >>> softmax(np.array([0.0, np.log(3.0)]))
    array([0.25, 0.75])
    """
    if not temperature > 0:
        raise ValueError(f"temperature={temperature} is not above 0")
    weights = np.exp((z - _checked_max(z, axis)) / temperature)
    shares: FloatArray = weights / weights.sum(axis, keepdims=True)
    return shares


def softmax_jacobian(z: FloatArray, *, temperature: float = 1.0) -> FloatArray:
    r"""Return the derivatives of all probabilities by all logits.

    .. math:: \frac{\partial p_i}{\partial z_j} = \frac{1}{T}\,p_i(\delta_{ij} - p_j)

    Parameters
    ----------
    z : (..., n) ndarray of float
        Logits.
    temperature : float, default 1
        As for `softmax`.

    Returns
    -------
    (..., n, n) ndarray of float
        Symmetric; every row sums to 0.

    Raises
    ------
    ValueError
        As `softmax` does.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, equation 4.106.
    """
    p = softmax(z, temperature=temperature)
    diagonal = p[..., :, None] * np.eye(p.shape[-1])
    jacobian: FloatArray = (diagonal - p[..., :, None] * p[..., None, :]) / temperature
    return jacobian


def entropy(p: FloatArray) -> FloatArray:
    r"""Return the entropy of probabilities, in nats.

    .. math:: H(\mathbf p) = -\sum_i p_i \log p_i

    Parameters
    ----------
    p : (..., n) ndarray of float
        Probabilities along the last axis; one of 0 adds nothing.

    Returns
    -------
    (...) ndarray of float
        From 0, where one outcome is certain, to ``log(n)``, where all are alike.

    Raises
    ------
    ValueError
        If a probability is below 0 or they do not sum to 1.
    """
    if not (np.all(p >= 0) and np.allclose(p.sum(-1), 1, rtol=0, atol=1e-9)):  # rounding of sums
        raise ValueError(f"no probabilities: {p}")
    logs = np.log(np.where(p > 0, p, 1.0))
    total: FloatArray = np.abs(
        (p * logs).sum(-1)
    )  # no term is above 0; and no "-0.0" for certainty
    return total


def _checked_max(z: FloatArray, axis: int) -> FloatArray:
    """Return the largest logits, the axis kept, or say why there is no softmax of them."""
    if np.ndim(z) == 0 or z.shape[axis] == 0:
        raise ValueError(f"no logits along axis {axis}: the shape is {np.shape(z)}")
    most: FloatArray = z.max(axis, keepdims=True)
    if not np.isfinite(most).all():  # NaN is its own maximum
        raise ValueError("of each group of logits one must be finite, and none NaN or +infinity")
    return most
