r"""Losses of regression, of the error :math:`e = \hat y - y`, above zero if a prediction is high.

Gradients are by the prediction, and so by the error. At a kink they are the subgradient 0.
"""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray


def mse(y: FloatArray, y_hat: FloatArray) -> float:
    r"""Return the mean squared error.

    .. math:: \mathcal L = \frac1m \sum_{i=1}^m (\hat y_i - y_i)^2

    Parameters
    ----------
    y, y_hat : (m,) ndarray of float
        Targets and predictions.

    Returns
    -------
    float
        At least 0, in the squared unit of `y`.

    Raises
    ------
    ValueError
        If the shapes differ or a number is not finite.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 1.5.5.

    Examples
    --------
    >>> mse(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    2.0
    """
    return float((_errors(y, y_hat) ** 2).mean())


def mse_gradient(y: FloatArray, y_hat: FloatArray) -> FloatArray:
    r"""Return :math:`\frac2m (\hat y_i - y_i)`, the gradient of `mse` by the predictions."""
    return 2 * _errors(y, y_hat) / len(y)


def mae(y: FloatArray, y_hat: FloatArray) -> float:
    r"""Return the mean absolute error.

    .. math:: \mathcal L = \frac1m \sum_{i=1}^m |\hat y_i - y_i|

    Parameters
    ----------
    y, y_hat : (m,) ndarray of float
        Targets and predictions.

    Returns
    -------
    float
        At least 0, in the unit of `y`.

    Raises
    ------
    ValueError
        If the shapes differ or a number is not finite.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 1.5.5.

    Examples
    --------
    >>> mae(np.array([1.0, 2.0]), np.array([1.0, 4.0]))
    1.0
    """
    return float(np.abs(_errors(y, y_hat)).mean())


def mae_gradient(y: FloatArray, y_hat: FloatArray) -> FloatArray:
    r"""Return :math:`\frac1m \operatorname{sign}(\hat y_i - y_i)`, a subgradient of `mae`."""
    return np.sign(_errors(y, y_hat)) / len(y)


def huber(e: FloatArray, delta: float = 1.0) -> FloatArray:
    r"""Return the Huber loss of each error: a parabola within a threshold, straight beyond it.

    .. math:: \ell_\delta(e) = \begin{cases} \frac12 e^2 & |e| \le \delta \\
              \delta |e| - \frac12 \delta^2 & |e| > \delta \end{cases}

    Parameters
    ----------
    e : (...) ndarray of float
        Errors.
    delta : float, default 1
        The threshold, above 0, in the unit of the errors.

    Returns
    -------
    (...) ndarray of float
        At least 0; value and slope have no jump at the threshold.

    Raises
    ------
    ValueError
        If `delta` is not above 0 or an error is not finite.

    References
    ----------
    .. [1] P. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics
       35(1), 1964.

    Examples
    --------
    >>> huber(np.array([-0.5, 3.0]))
    array([0.125, 2.5  ])
    """
    _check_threshold(e, delta)
    inner = np.minimum(np.abs(e), delta)
    return inner * (np.abs(e) - inner / 2)


def huber_gradient(e: FloatArray, delta: float = 1.0) -> FloatArray:
    """Return the derivative of `huber`: the error, clipped to the threshold."""
    _check_threshold(e, delta)
    return np.clip(e, -delta, delta)


def log_cosh(e: FloatArray) -> FloatArray:
    r"""Return the log-cosh loss of each error: smooth, and straight far out.

    .. math:: \ell(e) = \log\cosh e = |e| + \log(1 + e^{-2|e|}) - \log 2

    Parameters
    ----------
    e : (...) ndarray of float
        Errors of any size: the second form has no large exponential.

    Returns
    -------
    (...) ndarray of float
        About :math:`e^2/2` near 0, and about :math:`|e| - \log 2` far from it.

    Raises
    ------
    ValueError
        If an error is not finite.
    """
    refuse_not_finite(e=e)
    a = np.abs(e)
    loss: FloatArray = a + np.log1p(np.expm1(-2 * a) / 2)  # log 2 inside: nothing cancels near 0
    return loss


def log_cosh_gradient(e: FloatArray) -> FloatArray:
    """Return the derivative of `log_cosh`: the hyperbolic tangent of the error."""
    refuse_not_finite(e=e)
    return np.tanh(e)


def pinball(e: FloatArray, tau: float) -> FloatArray:
    r"""Return the pinball loss of each error, which is least in the mean at a quantile.

    .. math:: \ell_\tau(e) = \max\bigl(-\tau e,\; (1 - \tau) e\bigr)

    Parameters
    ----------
    e : (...) ndarray of float
        Errors, prediction minus target. The literature writes u = -e.
    tau : float
        The quantile, between 0 and 1: what a unit too low costs; a unit too high costs 1 - tau.

    Returns
    -------
    (...) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If `tau` is not between 0 and 1 or an error is not finite.

    References
    ----------
    .. [1] R. Koenker, G. Bassett, "Regression quantiles", Econometrica 46(1), 1978.

    Examples
    --------
    >>> pinball(np.array([-2.0, 2.0]), 0.75)
    array([1.5, 0.5])
    """
    _check_quantile(e, tau)
    loss: FloatArray = np.maximum(-tau * e, (1 - tau) * e)
    return loss


def pinball_gradient(e: FloatArray, tau: float) -> FloatArray:
    """Return a subgradient of `pinball`: -tau below zero, 1 - tau above it, 0 at zero."""
    _check_quantile(e, tau)
    return np.where(e == 0, 0.0, np.where(e < 0, -tau, 1 - tau))


def _errors(y: FloatArray, y_hat: FloatArray) -> FloatArray:
    refuse_unlike(y=y, y_hat=y_hat)
    refuse_not_finite(y=y, y_hat=y_hat)
    return y_hat - y


def _check_threshold(e: FloatArray, delta: float) -> None:
    refuse_not_finite(e=e)
    if not delta > 0:
        raise ValueError(f"delta={delta} is not above 0")


def _check_quantile(e: FloatArray, tau: float) -> None:
    refuse_not_finite(e=e)
    if not 0 < tau < 1:
        raise ValueError(f"tau={tau} is not between 0 and 1")
