r"""Penalties on weights: values and gradients, the steps they make, the priors behind them.

The strength :math:`\lambda` multiplies the plain sum of squares or of absolute values. Where a
function has the half, :math:`\frac\lambda2 \lVert \mathbf w \rVert^2`, its text says so.
"""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray


def l2_penalty(w: FloatArray, strength: float) -> tuple[float, FloatArray]:
    r"""Return the sum of squares, weighed, and its gradient.

    .. math:: R = \lambda \sum_j w_j^2, \quad \nabla R = 2 \lambda \mathbf w

    Parameters
    ----------
    w : (...) ndarray of float
        Weights.
    strength : float
        :math:`\lambda`, at least 0.

    Returns
    -------
    penalty : float
        At least 0.
    gradient : (...) ndarray of float
        By the weights.

    Raises
    ------
    ValueError
        If `strength` is below 0 or a weight is not finite.

    References
    ----------
    .. [1] A. Krogh and J. Hertz, "A simple weight decay can improve generalization", 1991.

    Examples
    --------
    >>> l2_penalty(np.array([3.0, -1.0]), 0.5)
    (5.0, array([ 3., -1.]))
    """
    refuse_below_zero(strength=strength)
    refuse_not_finite(w=w)
    return strength * float((w**2).sum()), 2 * strength * w


def l1_penalty(w: FloatArray, strength: float) -> tuple[float, FloatArray]:
    r"""Return the sum of absolute values, weighed, and a subgradient.

    .. math:: R = \lambda \sum_j |w_j|, \quad \partial R \ni \lambda \operatorname{sign}(\mathbf w)

    Parameters
    ----------
    w : (...) ndarray of float
        Weights.
    strength : float
        :math:`\lambda`, at least 0.

    Returns
    -------
    penalty : float
        At least 0.
    subgradient : (...) ndarray of float
        By the weights; 0 where a weight is 0, one choice from the interval.

    Raises
    ------
    ValueError
        If `strength` is below 0 or a weight is not finite.

    References
    ----------
    .. [1] R. Tibshirani, "Regression shrinkage and selection via the lasso", 1996.
    """
    refuse_below_zero(strength=strength)
    refuse_not_finite(w=w)
    return strength * float(np.abs(w).sum()), strength * np.sign(w)


def elastic_net_penalty(w: FloatArray, l1: float, l2: float) -> tuple[float, FloatArray]:
    r"""Return both penalties together, and a subgradient.

    .. math:: R = \lambda_1 \lVert \mathbf w \rVert_1 + \lambda_2 \lVert \mathbf w \rVert_2^2

    Parameters
    ----------
    w : (...) ndarray of float
        Weights.
    l1, l2 : float
        :math:`\lambda_1` and :math:`\lambda_2`, at least 0.

    Returns
    -------
    penalty : float
        At least 0.
    subgradient : (...) ndarray of float
        By the weights.

    References
    ----------
    .. [1] H. Zou and T. Hastie, "Regularization and variable selection via the elastic net", 2005.
    """
    lasso, pull = l1_penalty(w, l1)
    ridge, shrink = l2_penalty(w, l2)
    return lasso + ridge, pull + shrink


def weight_decay_step(
    w: FloatArray, gradient: FloatArray, *, learning_rate: float, strength: float
) -> FloatArray:
    r"""Shrink the weights by a share, then go down the gradient of the loss.

    .. math:: \mathbf w \leftarrow (1 - 2 \alpha \lambda) \mathbf w - \alpha \nabla L

    Parameters
    ----------
    w : (...) ndarray of float
        Weights.
    gradient : (...) ndarray of float
        Of the loss without the penalty.
    learning_rate : float
        :math:`\alpha`, above 0.
    strength : float
        :math:`\lambda`, at least 0.

    Returns
    -------
    (...) ndarray of float
        The same as a step of gradient descent on the loss with `l2_penalty`.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, or a setting is out of its range.

    References
    ----------
    .. [1] A. Krogh and J. Hertz, "A simple weight decay can improve generalization", 1991.
    """
    if not learning_rate > 0:
        raise ValueError(f"learning_rate={learning_rate} is not above 0")
    refuse_below_zero(strength=strength)
    refuse_unlike(w=w, gradient=gradient)
    refuse_not_finite(w=w, gradient=gradient)
    stepped: FloatArray = (1 - 2 * learning_rate * strength) * w - learning_rate * gradient
    return stepped


def soft_threshold(rho: FloatArray, strength: float | FloatArray) -> FloatArray:
    r"""Pull numbers towards zero by a fixed amount, and stop there.

    .. math:: S_\lambda(\rho) = \operatorname{sign}(\rho) \max(|\rho| - \lambda, 0)

    Parameters
    ----------
    rho : (...) ndarray of float
        Any numbers.
    strength : float or ndarray of float
        :math:`\lambda`, at least 0.

    Returns
    -------
    (...) ndarray of float
        The minimiser of :math:`\frac12 (w - \rho)^2 + \lambda |w|`, elementwise.

    Raises
    ------
    ValueError
        If `strength` is below 0 or a number is not finite.

    References
    ----------
    .. [1] R. Tibshirani, "Regression shrinkage and selection via the lasso", 1996.

    Examples
    --------
    >>> soft_threshold(np.array([2.0, -0.5, -3.0]), 1.0)
    array([ 1., -0., -2.])
    """
    refuse_below_zero(strength=strength)
    refuse_not_finite(rho=rho)
    return np.sign(rho) * np.maximum(np.abs(rho) - strength, 0)


def gaussian_penalty(w: FloatArray, deviation: float) -> float:
    r"""Return the negative log density of a Gaussian prior, without its constant.

    .. math:: \frac{1}{2 \tau^2} \lVert \mathbf w \rVert_2^2

    Parameters
    ----------
    w : (...) ndarray of float
        Weights, independent of each other.
    deviation : float
        :math:`\tau`, above 0.

    Returns
    -------
    float
        `l2_penalty` of the strength :math:`1 / 2 \tau^2`.

    Raises
    ------
    ValueError
        If `deviation` is not above 0 or a weight is not finite.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 3.3.1.
    """
    _refuse_not_positive(deviation=deviation)
    return l2_penalty(w, 0.5 / deviation**2)[0]


def laplace_penalty(w: FloatArray, scale: float) -> float:
    r"""Return the negative log density of a Laplace prior, without its constant.

    .. math:: \frac1s \lVert \mathbf w \rVert_1

    Parameters
    ----------
    w : (...) ndarray of float
        Weights, independent of each other.
    scale : float
        s, above 0.

    Returns
    -------
    float
        `l1_penalty` of the strength 1/s.

    Raises
    ------
    ValueError
        If `scale` is not above 0 or a weight is not finite.

    References
    ----------
    .. [1] R. Tibshirani, "Regression shrinkage and selection via the lasso", 1996, section 5.
    """
    _refuse_not_positive(scale=scale)
    return l1_penalty(w, 1 / scale)[0]


def refuse_below_zero(**strengths: float | FloatArray) -> None:
    """Raise unless all named strengths are finite and at least 0."""
    for name, value in strengths.items():
        if not (np.all(np.isfinite(value)) and np.all(np.asarray(value) >= 0)):
            raise ValueError(f"{name}={value} is not at least 0")


def _refuse_not_positive(**values: float) -> None:
    for name, value in values.items():
        if not (np.isfinite(value) and value > 0):
            raise ValueError(f"{name}={value} is not above 0")
