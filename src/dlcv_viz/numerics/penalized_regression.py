"""Linear regression with penalties: ridge in closed form, lasso and elastic net by coordinates."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.regularization import refuse_below_zero, soft_threshold
from dlcv_viz.types import BoolArray, FloatArray

ENOUGH = 1e-12  # a sweep that moves no weight by more, relative to the largest, is the last


def ridge(X: FloatArray, y: FloatArray, strength: float) -> FloatArray:
    r"""Minimize the sum of squared errors plus the sum of squared weights.

    .. math:: \hat{\mathbf w} = (X^\top X + \lambda I)^{-1} X^\top \mathbf y

    Parameters
    ----------
    X : (m, n) ndarray of float
        Samples in rows. Centre columns and targets first if a constant is fitted beside them.
    y : (m,) or (m, k) ndarray of float
        Targets; each column is fitted by itself.
    strength : float
        :math:`\lambda`, at least 0, beside the *sum* of squared errors.

    Returns
    -------
    (n,) or (n, k) ndarray of float
        Weights; with the strength 0 those of least squares, the shortest if there are several.

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, or `strength` is below 0.

    Notes
    -----
    Computed through the singular values, which does not square the condition of X.

    References
    ----------
    .. [1] A. Hoerl and R. Kennard, "Ridge regression", 1970.
    """
    _refuse_misfit(X, y)
    refuse_below_zero(strength=strength)
    U, d, Vt = np.linalg.svd(X, full_matrices=False)
    inverse = np.divide(d, d**2 + strength, out=np.zeros_like(d), where=_has_data(d, X))
    w: FloatArray = Vt.T @ (inverse * (U.T @ y).T).T
    return w


def shrinkage_factors(X: FloatArray, strength: float) -> FloatArray:
    r"""Return how much ridge regression keeps of the fit along each singular direction.

    .. math:: \frac{d_j^2}{d_j^2 + \lambda}, \quad
              \mathrm{df}(\lambda) = \sum_j \frac{d_j^2}{d_j^2 + \lambda}

    Parameters
    ----------
    X : (m, n) ndarray of float
        Samples in rows.
    strength : float
        :math:`\lambda`, at least 0.

    Returns
    -------
    (min(m, n),) ndarray of float
        From 0 to 1, falling; their sum is the effective number of parameters.

    Raises
    ------
    ValueError
        If a number is not finite or `strength` is below 0.

    References
    ----------
    .. [1] T. Hastie, R. Tibshirani and J. Friedman, "The Elements of Statistical Learning", 2009,
       section 3.4.1.
    """
    refuse_not_finite(X=X)
    refuse_below_zero(strength=strength)
    d: FloatArray = np.linalg.svd(X, compute_uv=False).astype(float)
    kept: FloatArray = d**2 / np.where(d > 0, d**2 + strength, 1)
    return np.where(_has_data(d, X), kept, 0)


def descent_factors(
    eigenvalues: FloatArray, *, learning_rate: float, n_steps: int | FloatArray
) -> FloatArray:
    r"""Return how far gradient descent from 0 has come along each direction of a quadratic.

    .. math:: 1 - (1 - \alpha h_i)^\tau \approx \frac{h_i}{h_i + \lambda}
              \quad \text{with} \quad \tau \approx \frac{1}{\alpha \lambda}

    Parameters
    ----------
    eigenvalues : (n,) ndarray of float
        :math:`h_i` of the Hessian, at least 0.
    learning_rate : float
        :math:`\alpha`, above 0 and below 1 over the largest eigenvalue.
    n_steps : int or ndarray of float
        :math:`\tau`, at least 0.

    Returns
    -------
    (n,) ndarray of float
        From 0 at the start to 1 at the minimum.

    Raises
    ------
    ValueError
        If an eigenvalue is below 0 or a setting is out of its range.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio and A. Courville, "Deep Learning", 2016, section 7.8.
    """
    refuse_below_zero(eigenvalues=eigenvalues, n_steps=n_steps)
    if not learning_rate > 0 or learning_rate * np.max(eigenvalues) >= 1:
        raise ValueError(f"learning_rate={learning_rate} is not between 0 and 1/max(eigenvalues)")
    return -np.expm1(n_steps * np.log1p(-learning_rate * eigenvalues))


def penalized_minimum(
    H: FloatArray, b: FloatArray, *, l1: float = 0.0, l2: float = 0.0, max_sweeps: int = 100_000
) -> FloatArray:
    r"""Minimize a convex quadratic with penalties, one coordinate after another.

    .. math:: \tfrac12 \mathbf w^\top H \mathbf w - \mathbf b^\top \mathbf w
              + \lambda_1 \lVert \mathbf w \rVert_1 + \tfrac{\lambda_2}{2} \lVert \mathbf w \rVert^2

    Parameters
    ----------
    H : (n, n) ndarray of float
        Symmetric and positive semidefinite, with a positive diagonal.
    b : (n,) ndarray of float
        For a quadratic around a minimum c, this is H c.
    l1, l2 : float, default 0
        :math:`\lambda_1` and :math:`\lambda_2`, at least 0; mind the half.
    max_sweeps : int, default 100000
        Of all coordinates, after which it gives up.

    Returns
    -------
    (n,) ndarray of float
        The minimum; what the penalty switches off is exactly 0.

    Raises
    ------
    ValueError
        If the shapes do not fit, `H` is not as said, a strength is below 0, or the sweeps do not
        come to rest.

    References
    ----------
    .. [1] J. Friedman, T. Hastie and R. Tibshirani, "Regularization paths for generalized linear
       models via coordinate descent", 2010.
    """
    refuse_not_finite(H=H, b=b)
    refuse_below_zero(l1=l1, l2=l2)
    if H.shape != 2 * b.shape or not np.allclose(H, H.T) or not (np.diag(H) > 0).all():
        raise ValueError(f"H {H.shape} is not symmetric with a positive diagonal for b {b.shape}")
    w = np.zeros_like(b, float)
    for _ in range(max_sweeps):
        before = w.copy()
        for j, diagonal in enumerate(np.diag(H)):
            rest = b[j] - H[j] @ w + diagonal * w[j]
            w[j] = soft_threshold(rest, l1) / (diagonal + l2)
        if np.abs(w - before).max() <= ENOUGH * max(np.abs(w).max(), ENOUGH):
            return w
    raise ValueError(f"no rest after {max_sweeps} sweeps: is H positive semidefinite?")


def lasso(X: FloatArray, y: FloatArray, strength: float) -> FloatArray:
    r"""Minimize half the mean squared error plus the sum of absolute weights.

    .. math:: \frac{1}{2m} \lVert X \mathbf w - \mathbf y \rVert^2
              + \lambda \lVert \mathbf w \rVert_1

    Parameters
    ----------
    X : (m, n) ndarray of float
        Samples in rows, no column all zero. Centre columns and targets first if a constant is
        fitted beside them.
    y : (m,) ndarray of float
        Targets.
    strength : float
        :math:`\lambda`, at least 0, beside *half the mean* of squared errors.

    Returns
    -------
    (n,) ndarray of float
        Weights, some of them exactly 0.

    Raises
    ------
    ValueError
        If the shapes do not fit, a number is not finite, or `strength` is below 0.

    References
    ----------
    .. [1] R. Tibshirani, "Regression shrinkage and selection via the lasso", 1996.
    """
    _refuse_misfit(X, y)
    if y.ndim > 1:
        raise ValueError(f"y {y.shape} is not (m,)")
    return penalized_minimum(X.T @ X / len(y), X.T @ y / len(y), l1=strength)


def _has_data(d: FloatArray, X: FloatArray) -> BoolArray:
    """Tell which singular values are more than rounding, by numpy's rule for the rank."""
    found: BoolArray = d > max(X.shape) * np.finfo(float).eps * d.max()
    return found


def _refuse_misfit(X: FloatArray, y: FloatArray) -> None:
    if X.ndim != 2 or y.ndim > 2 or y.shape[:1] != X.shape[:1] or not X.size:
        raise ValueError(f"X {X.shape} and y {y.shape} are not (m, n) and (m,)")
    refuse_not_finite(X=X, y=y)
