r"""Losses of two classes beside the cross-entropy, of the logit z, and their derivatives by it.

Labels are 0 and 1, but -1 and +1 for the hinge loss, which asks for a signed margin.
"""

import numpy as np

from dlcv_viz.numerics.activation import sigmoid, sigmoid_derivative, softplus
from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import BoolArray, FloatArray, IntArray


def half_squared_sigmoid(z: FloatArray, y: FloatArray | IntArray) -> FloatArray:
    r"""Return half the squared error of a sigmoid's output.

    .. math:: \ell = \tfrac12 (\hat y - y)^2, \quad \hat y = \sigma(z)

    Parameters
    ----------
    z : (...) ndarray of float
        Logits of any size.
    y : (...) ndarray of float
        Labels, 0 or 1.

    Returns
    -------
    (...) ndarray of float
        From 0 to a half.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or a label is neither 0 nor 1.

    References
    ----------
    .. [1] M. Nielsen, "Neural Networks and Deep Learning", 2015, chapter 3.
    """
    _check(z, y, (0, 1))
    return (sigmoid(z) - y) ** 2 / 2


def half_squared_sigmoid_gradient(z: FloatArray, y: FloatArray | IntArray) -> FloatArray:
    r"""Return the derivative of `half_squared_sigmoid`, :math:`(\hat y - y)\hat y(1 - \hat y)`."""
    _check(z, y, (0, 1))
    return (sigmoid(z) - y) * sigmoid_derivative(z)


def half_squared_sigmoid_curvature(z: FloatArray, y: FloatArray | IntArray) -> FloatArray:
    r"""Return the second derivative of `half_squared_sigmoid`, which may be below 0.

    .. math:: \frac{\partial^2 \ell}{\partial z^2} = \hat y (1 - \hat y)
              \left[\hat y (1 - \hat y) + (\hat y - y)(1 - 2 \hat y)\right]

    Parameters
    ----------
    z : (...) ndarray of float
        Logits of any size.
    y : (...) ndarray of float
        Labels, 0 or 1.

    Returns
    -------
    (...) ndarray of float
        Below 0 where the label has a probability below a third.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or a label is neither 0 nor 1.
    """
    _check(z, y, (0, 1))
    slope = sigmoid_derivative(z)
    return slope * (slope + (sigmoid(z) - y) * (sigmoid(-z) - sigmoid(z)))


def hinge(z: FloatArray, y: IntArray) -> FloatArray:
    r"""Return the hinge loss of each sample.

    .. math:: \ell = \max(0, 1 - y z), \quad y \in \{-1, +1\}

    Parameters
    ----------
    z : (...) ndarray of float
        Raw scores: no probability, no class.
    y : (...) ndarray of int
        Labels, -1 or +1.

    Returns
    -------
    (...) ndarray of float
        0 from the margin 1 on.

    Raises
    ------
    ValueError
        If the shapes differ, a score is not finite, or a label is neither -1 nor +1.

    References
    ----------
    .. [1] C. Cortes, V. Vapnik, "Support-vector networks", Machine Learning 20, 1995.

    Examples
    --------
    >>> hinge(np.array([2.0, 0.5, -1.0]), np.array([1, 1, 1]))
    array([0. , 0.5, 2. ])
    """
    _check(z, y, (-1, 1))
    return np.maximum(0, 1 - y * z)


def hinge_gradient(z: FloatArray, y: IntArray) -> FloatArray:
    """Return a subgradient of `hinge`: -y below the margin 1, else 0."""
    _check(z, y, (-1, 1))
    return np.where(y * z < 1, -y, 0.0)


def focal(
    z: FloatArray, y: IntArray, *, gamma: float = 2.0, alpha: float | None = None
) -> FloatArray:
    r"""Return the focal loss of each sample: a cross-entropy in which easy samples count less.

    .. math:: \ell = -\alpha_t (1 - p_t)^\gamma \log p_t

    Parameters
    ----------
    z : (...) ndarray of float
        Logits of any size.
    y : (...) ndarray of int
        Labels, 0 or 1; :math:`p_t` is the probability given to the label.
    gamma : float, default 2
        At least 0; at 0 it is the cross-entropy.
    alpha : float, optional
        From 0 to 1, the weight of the class 1; the class 0 has 1 - alpha. Without it both have 1.

    Returns
    -------
    (...) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, a label is neither 0 nor 1, or `gamma` or
        `alpha` is out of its range.

    References
    ----------
    .. [1] T.-Y. Lin et al., "Focal loss for dense object detection", ICCV 2017, equation 5.

    Examples
    --------
    >>> focal(np.array([0.0]), np.array([1])).round(6)
    array([0.173287])
    """
    towards, weight = _focal_parts(z, y, gamma, alpha)
    return weight * sigmoid(-towards) ** gamma * softplus(-towards)


def focal_gradient(
    z: FloatArray, y: IntArray, *, gamma: float = 2.0, alpha: float | None = None
) -> FloatArray:
    r"""Return the derivative of `focal` by the logit.

    .. math:: \frac{\partial \ell}{\partial z} = \alpha_t\,(2y - 1)\,(1 - p_t)^\gamma
              \left(\gamma\,p_t \log p_t - (1 - p_t)\right)

    Parameters
    ----------
    z, y, gamma, alpha
        As for `focal`.

    Returns
    -------
    (...) ndarray of float
        Shaped as `z`.

    Raises
    ------
    ValueError
        As for `focal`.
    """
    towards, weight = _focal_parts(z, y, gamma, alpha)
    right, wrong = sigmoid(towards), sigmoid(-towards)
    slope = wrong**gamma * (gamma * right * softplus(-towards) + wrong)
    return -weight * (2 * y - 1) * slope


def focal_minimiser(probability: float, gamma: float) -> float:
    r"""Return the prediction with the least expected focal loss.

    .. math:: \arg\min_q\; P\,(1 - q)^\gamma (-\log q) + (1 - P)\,q^\gamma (-\log(1 - q))

    Parameters
    ----------
    probability : float
        P, how often the class 1 occurs; strictly between 0 and 1.
    gamma : float
        At least 0. At 0 the answer is P; above, it is nearer to a half.

    Returns
    -------
    float
        To about 12 digits, by halving.

    Raises
    ------
    ValueError
        If `probability` or `gamma` is out of its range.

    References
    ----------
    .. [1] N. Charoenphakdee et al., "On focal loss for class-posterior probability estimation",
       CVPR 2021.
    """
    if not 0 < probability < 1:
        raise ValueError(f"probability={probability} is not strictly between 0 and 1")
    low, high = -50.0, 50.0  # logits; far out the loss falls towards the middle
    while high - low > 1e-13:
        middle = (low + high) / 2
        yes, no = focal_gradient(np.full(2, middle), np.array([1, 0]), gamma=gamma)
        if probability * yes + (1 - probability) * no < 0:
            low = middle
        else:
            high = middle
    return float(sigmoid(np.array(low)))


def _focal_parts(
    z: FloatArray, y: IntArray, gamma: float, alpha: float | None
) -> tuple[FloatArray, FloatArray | float]:
    """Return the logits as seen from the label, and the weights of the samples."""
    _check(z, y, (0, 1))
    if not gamma >= 0:
        raise ValueError(f"gamma={gamma} is below 0")
    if alpha is None:
        return (2 * y - 1) * z, 1.0
    if not 0 <= alpha <= 1:
        raise ValueError(f"alpha={alpha} is not from 0 to 1")
    return (2 * y - 1) * z, np.where(y == 1, alpha, 1 - alpha)


def _check(z: FloatArray, y: FloatArray | IntArray, labels: tuple[int, int]) -> None:
    refuse_unlike(z=z, y=y)
    refuse_not_finite(z=z)
    is_label: BoolArray = np.isin(y, labels)
    if not is_label.all():
        raise ValueError(f"labels are {labels[0]} or {labels[1]}, not {np.ravel(y[~is_label])[0]}")
