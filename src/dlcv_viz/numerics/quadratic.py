r"""A quadratic bowl: the one function on which optimizers can be understood completely.

Near a minimum every smooth loss is about :math:`\frac12 \sum_i h_i w_i^2`, in coordinates along the
eigenvectors of its Hessian; the curvatures :math:`h_i` are the eigenvalues.
"""

import numpy as np

from dlcv_viz.numerics.optimizers import refuse_not_fading
from dlcv_viz.types import FloatArray


def bowl(w: FloatArray, h: FloatArray) -> FloatArray:
    r"""Return the height of the bowl.

    .. math:: \mathcal L = \frac12 \sum_i h_i w_i^2

    Parameters
    ----------
    w : (..., n) ndarray of float
        Places.
    h : (n,) ndarray of float
        Curvatures, above 0.

    Returns
    -------
    (...) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If a curvature is not finite and above 0.
    """
    height: FloatArray = w**2 @ _checked(h) / 2
    return height


def bowl_gradient(w: FloatArray, h: FloatArray) -> FloatArray:
    r"""Return the gradient of `bowl`.

    .. math:: \frac{\partial \mathcal L}{\partial w_i} = h_i w_i

    Parameters
    ----------
    w : (..., n) ndarray of float
        Places.
    h : (n,) ndarray of float
        Curvatures, above 0.

    Returns
    -------
    (..., n) ndarray of float
        By the weights.

    Raises
    ------
    ValueError
        If a curvature is not finite and above 0.
    """
    slope: FloatArray = _checked(h) * w
    return slope


def stability_limit(h: FloatArray, *, beta: float = 0.0) -> float:
    r"""Return the learning rate from which descent on a bowl no longer comes to rest.

    .. math:: \alpha < \frac{2 (1 + \beta)}{h_{\max}}

    Parameters
    ----------
    h : (n,) ndarray of float
        Curvatures, above 0.
    beta : float, default 0
        Of the momentum, from 0 to below 1; 0 is gradient descent.

    Returns
    -------
    float
        The limit; it is itself not stable.

    Raises
    ------
    ValueError
        If a curvature is not finite and above 0, or `beta` not from 0 to below 1.
    """
    refuse_not_fading(beta=beta)
    return 2 * (1 + beta) / float(_checked(h).max())


def best_rate(h: FloatArray) -> tuple[float, float]:
    r"""Return the learning rate with which gradient descent shrinks the worst error fastest.

    .. math:: \alpha^\star = \frac{2}{h_{\max} + h_{\min}}, \quad
              \rho^\star = \frac{\kappa - 1}{\kappa + 1}

    Parameters
    ----------
    h : (n,) ndarray of float
        Curvatures, above 0.

    Returns
    -------
    learning_rate : float
        :math:`\alpha^\star`.
    factor : float
        :math:`\rho^\star`, what is left of the error after a step.

    Raises
    ------
    ValueError
        If a curvature is not finite and above 0.
    """
    h = _checked(h)
    most, least = float(h.max()), float(h.min())
    return 2 / (most + least), (most - least) / (most + least)


def best_momentum(h: FloatArray) -> tuple[float, float, float]:
    r"""Return rate and momentum with which the heavy ball shrinks the worst error fastest.

    .. math:: \alpha^\star = \frac{4}{(\sqrt{h_{\max}} + \sqrt{h_{\min}})^2}, \quad
              \rho^\star = \frac{\sqrt\kappa - 1}{\sqrt\kappa + 1}, \quad
              \beta^\star = (\rho^\star)^2

    Parameters
    ----------
    h : (n,) ndarray of float
        Curvatures, above 0.

    Returns
    -------
    learning_rate, beta : float
        :math:`\alpha^\star` and :math:`\beta^\star`.
    factor : float
        :math:`\rho^\star`, what is left of the error after a step, in the long run.

    Raises
    ------
    ValueError
        If a curvature is not finite and above 0.
    """
    roots = np.sqrt(_checked(h))
    most, least = float(roots.max()), float(roots.min())
    factor = (most - least) / (most + least)
    return 4 / (most + least) ** 2, factor**2, factor


def heavy_ball_factor(h: FloatArray, *, learning_rate: float, beta: float) -> FloatArray:
    r"""Return what is left of the error after a step of momentum, in the long run.

    The largest size of an eigenvalue of the matrix
    :math:`\begin{pmatrix} 1 + \beta - \alpha h & -\beta \\ 1 & 0 \end{pmatrix}`,
    which maps the errors of the last two steps to those of the next two.

    Parameters
    ----------
    h : (...) ndarray of float
        Curvatures, above 0.
    learning_rate : float
        :math:`\alpha`, at least 0.
    beta : float
        From 0 to below 1.

    Returns
    -------
    (...) ndarray of float
        Below 1 where the error fades.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    refuse_not_fading(beta=beta)
    if not learning_rate >= 0:
        raise ValueError(f"learning_rate={learning_rate} is not at least 0")
    half = (1 + beta - learning_rate * _checked(h)) / 2
    root = np.sqrt(half.astype(complex) ** 2 - beta)
    factor: FloatArray = np.maximum(np.abs(half + root), np.abs(half - root))
    return factor


def noise_floor(h: float, *, learning_rate: float, spread: float) -> float:
    r"""Return the mean square of the error at which noisy descent on a parabola stays.

    With :math:`w_{t+1} = w_t - \alpha (h w_t + \xi_t)`, noise of mean 0 and deviation s,

    .. math:: \mathbb E[w^2] = \frac{\alpha s^2}{h (2 - \alpha h)}

    Parameters
    ----------
    h : float
        Curvature, above 0.
    learning_rate : float
        :math:`\alpha`, above 0 and below :math:`2 / h`.
    spread : float
        s, at least 0.

    Returns
    -------
    float
        In the long run, whatever the start.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    limit = stability_limit(np.array([h]))
    if not 0 < learning_rate < limit:
        raise ValueError(f"learning_rate={learning_rate} is not between 0 and {limit}")
    if not 0 <= spread < np.inf:
        raise ValueError(f"spread={spread} is not finite and at least 0")
    return learning_rate * spread**2 / (h * (2 - learning_rate * h))


def _checked(h: FloatArray) -> FloatArray:
    h = np.asarray(h, float)
    if not ((h > 0) & np.isfinite(h)).all():
        raise ValueError(f"curvatures {h} are not all finite and above 0")
    return h
