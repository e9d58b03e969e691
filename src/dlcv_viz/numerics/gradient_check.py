"""Gradients by finite differences, to check those that were derived."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.numerics.network import Network
from dlcv_viz.numerics.training import Loss, gradients
from dlcv_viz.types import FloatArray

Function = Callable[[FloatArray], float]


def forward_difference(function: Function, theta: FloatArray, step: float) -> FloatArray:
    r"""Estimate a gradient by stepping to one side.

    .. math:: \frac{\mathcal L(\theta + h \mathbf e_i) - \mathcal L(\theta)}{h}
              = \frac{\partial \mathcal L}{\partial \theta_i} + O(h)

    Parameters
    ----------
    function : callable
        From n numbers to one.
    theta : (n,) ndarray of float
        Where.
    step : float
        h, above 0.

    Returns
    -------
    (n,) ndarray of float
        The estimate, for n + 1 evaluations.

    Raises
    ------
    ValueError
        If `theta` is no vector or `step` not above 0.
    """
    every = _moved(theta, step)
    here = function(theta)
    return np.array([(function(moved) - here) / step for moved in every])


def central_difference(function: Function, theta: FloatArray, step: float) -> FloatArray:
    r"""Estimate a gradient by stepping to both sides.

    .. math:: \frac{\mathcal L(\theta + h \mathbf e_i) - \mathcal L(\theta - h \mathbf e_i)}{2h}
              = \frac{\partial \mathcal L}{\partial \theta_i} + O(h^2)

    Parameters
    ----------
    function : callable
        From n numbers to one.
    theta : (n,) ndarray of float
        Where.
    step : float
        h, above 0; about 1e-5 for numbers of size 1.

    Returns
    -------
    (n,) ndarray of float
        The estimate, for 2n evaluations.

    Raises
    ------
    ValueError
        If `theta` is no vector or `step` not above 0.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 11.5.

    Examples
    --------
    >>> central_difference(lambda theta: float(theta[0] * theta[1]), np.array([3.0, 5.0]), 0.5)
    array([5., 3.])
    """
    sides = zip(_moved(theta, step), _moved(theta, step, -1), strict=True)
    return np.array([(function(up) - function(down)) / (2 * step) for up, down in sides])


def relative_error(g: FloatArray, g_hat: FloatArray) -> float:
    r"""Return the distance of two gradients, compared with the longer one.

    .. math:: \frac{\lVert \mathbf g - \hat{\mathbf g} \rVert}
              {\max(\lVert \mathbf g \rVert, \lVert \hat{\mathbf g} \rVert)}

    Parameters
    ----------
    g, g_hat : (n,) ndarray of float
        Derived and estimated.

    Returns
    -------
    float
        0 if they agree, also where both are zero; 1 if one of them is zero; at most 2.

    Raises
    ------
    ValueError
        If the shapes differ or a number is not finite.

    References
    ----------
    .. [1] Stanford CS231n, course notes, "Gradient checks".
    """
    refuse_unlike(g=g, g_hat=g_hat)
    refuse_not_finite(g=g, g_hat=g_hat)
    longer = max(float(np.linalg.norm(g)), float(np.linalg.norm(g_hat)))
    return float(np.linalg.norm(g - g_hat)) / longer if longer else 0.0


def check_network(
    network: Network, X: FloatArray, targets: FloatArray, *, loss: Loss, step: float = 1e-5
) -> float:
    """Compare the gradients of backpropagation with central differences, over all parameters.

    Parameters
    ----------
    network : Network
        Without leading axes.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        One of `dlcv_viz.numerics.training`.
    step : float, default 1e-5
        Of the differences, above 0.

    Returns
    -------
    float
        Relative error of the whole gradient as one vector.
    """
    found = gradients(network, X, targets, loss)[1]

    def value(theta: FloatArray) -> float:
        return float(gradients(_with_parameters(network, theta), X, targets, loss)[0])

    numeric = central_difference(value, parameter_vector(network.weights, network.biases), step)
    return relative_error(parameter_vector(found.weights, found.biases), numeric)


def parameter_vector(weights: Sequence[FloatArray], biases: Sequence[FloatArray]) -> FloatArray:
    """Write weights and biases, or their gradients, as one vector: all weights come first."""
    return np.concatenate([np.ravel(array) for array in (*weights, *biases)])


def _with_parameters(network: Network, theta: FloatArray) -> Network:
    """Return a network with the parameters of a vector, in the order of `parameter_vector`."""
    shapes = [array.shape for array in (*network.weights, *network.biases)]
    ends = np.cumsum([np.prod(shape) for shape in shapes])[:-1]
    arrays = [
        part.reshape(shape) for part, shape in zip(np.split(theta, ends), shapes, strict=True)
    ]
    depth = len(network.weights)
    return replace(network, weights=arrays[:depth], biases=arrays[depth:])


def _moved(theta: FloatArray, step: float, sign: int = 1) -> FloatArray:
    """Return one copy of a vector for each component, with this component moved."""
    if theta.ndim != 1 or not step > 0:
        raise ValueError(f"theta {theta.shape} is no vector, or step={step} not above 0")
    moved: FloatArray = theta + sign * step * np.eye(len(theta))
    return moved
