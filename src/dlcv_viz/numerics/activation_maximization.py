r"""Activation maximization: gradient ascent on the input of a network whose weights stay.

.. math:: \max_{\mathbf x}\; a(\mathbf x) - \lambda \lVert \mathbf x \rVert^2
"""

from collections.abc import Callable

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.descent import gradient_descent
from dlcv_viz.numerics.regularization import l2_penalty, refuse_below_zero
from dlcv_viz.types import FloatArray, IntArray


def objective(activation: float, x: FloatArray, strength: float) -> float:
    r"""Return the activation minus the penalty on the input.

    .. math:: a(\mathbf x) - \lambda \lVert \mathbf x \rVert^2

    Parameters
    ----------
    activation : float
        At x.
    x : (...) ndarray of float
        The input.
    strength : float
        :math:`\lambda`, at least 0.

    Returns
    -------
    float
        What is to be made large.

    References
    ----------
    .. [1] K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks", 2014.
    """
    return activation - l2_penalty(x, strength)[0]


def ascend(
    gradient: Callable[[FloatArray], FloatArray],
    start: FloatArray,
    *,
    rate: float,
    strength: float,
    n_steps: int,
) -> FloatArray:
    r"""Follow the gradient of the activation, less that of the penalty.

    .. math:: \mathbf x_{t+1} = \mathbf x_t + \eta\left(\nabla a(\mathbf x_t)
              - 2 \lambda \mathbf x_t\right)

    Parameters
    ----------
    gradient : callable
        Of the activation, from an input to an array of its shape.
    start : (...) ndarray of float
        The first input.
    rate : float
        :math:`\eta`, above 0.
    strength : float
        :math:`\lambda`, at least 0.
    n_steps : int
        At least 1.

    Returns
    -------
    (n_steps + 1, ...) ndarray of float
        The start and every input after it.

    Raises
    ------
    ValueError
        If a number is out of its range or not finite.

    References
    ----------
    .. [1] D. Erhan et al., "Visualizing higher-layer features of a deep network", 2009.

    Examples
    --------
    >>> ascend(lambda x: np.array([3.0]), np.zeros(1), rate=0.5, strength=0.5, n_steps=2).ravel()
    array([0.  , 1.5 , 2.25])
    """
    refuse_below_zero(strength=strength)
    refuse_not_finite(start=start)

    def downhill(x: FloatArray) -> FloatArray:
        return l2_penalty(x, strength)[1] - gradient(x)

    return gradient_descent(downhill, start, learning_rate=rate, n_steps=n_steps)


def linear_optimum(w: FloatArray, strength: float) -> FloatArray:
    r"""Return the best input of a linear unit.

    .. math:: \mathbf x^* = \frac{\mathbf w}{2 \lambda}

    Parameters
    ----------
    w : (n,) ndarray of float
        Its weights.
    strength : float
        :math:`\lambda`, above 0: without a penalty there is no best input.

    Returns
    -------
    (n,) ndarray of float
        The weights themselves, but for a factor.

    Raises
    ------
    ValueError
        If `strength` is not above 0 or a number is not finite.
    """
    if not strength > 0:
        raise ValueError(f"strength={strength} is not above 0")
    refuse_not_finite(w=w)
    return w / (2 * strength)


def linear_path(w: FloatArray, t: IntArray, *, rate: float, strength: float) -> FloatArray:
    r"""Return where ascent from zero is after t steps, for a linear unit.

    .. math:: \mathbf x_t = \left(1 - (1 - 2 \lambda \eta)^t\right) \frac{\mathbf w}{2 \lambda},
              \qquad \mathbf x_t = t\, \eta\, \mathbf w \text{ for } \lambda = 0

    Parameters
    ----------
    w : (n,) ndarray of float
        Weights of the unit.
    t : (k,) ndarray of int
        Steps, at least 0.
    rate : float
        :math:`\eta`, above 0; the path settles if it is below :math:`1/\lambda`.
    strength : float
        :math:`\lambda`, at least 0.

    Returns
    -------
    (k, n) ndarray of float
        One input a row.

    Raises
    ------
    ValueError
        If a number is out of its range or not finite.
    """
    refuse_below_zero(strength=strength)
    if not rate > 0 or (np.asarray(t) < 0).any():
        raise ValueError(f"rate={rate} is above 0, t={t} at least 0")
    refuse_not_finite(w=w)
    if strength == 0:
        return np.outer(t * rate, w)
    return np.outer(1 - (1 - 2 * strength * rate) ** np.asarray(t), linear_optimum(w, strength))
