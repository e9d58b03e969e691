r"""What depth does to signals and gradients of a random network: as measured, and in the limit.

Weights are independent with mean 0 and variance :math:`g / n`, biases are 0, inputs are standard
normal. In wide layers pre-activations are then nearly normal, and two averages over one normal
number tell what each layer does to the size of signals and gradients.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.activation import Activation, normal_pdf
from dlcv_viz.numerics.network import backward, forward, random_network
from dlcv_viz.types import FloatArray

# Up to 10 standard deviations. An even number: a kink at 0 lies between two points and does no
# harm; the error is about (step)²/24 of the jump in slope there, 1e-6.
_NORMAL = np.linspace(-10, 10, 4000)
_WEIGHTS = normal_pdf(_NORMAL) * (_NORMAL[1] - _NORMAL[0])


@dataclass(frozen=True, slots=True)
class Limit:
    """Signals and gradients of infinitely wide layers, one number a layer, from the first.

    Parameters
    ----------
    second_moments : (depth,) ndarray of float
        Mean square of the pre-activations.
    factors : (depth,) ndarray of float
        By which the mean square of the gradient is multiplied on its way back through the layer's
        activation and the weights behind it.
    """

    second_moments: FloatArray
    factors: FloatArray


def gradient_factor(activation: Activation, gain: float, second_moment: float) -> float:
    r"""Return by how much a random layer multiplies the mean square of a gradient.

    .. math:: \chi = n\,\operatorname{Var}(w)\; \mathbb E[\phi'(z)^2], \quad
              z \sim \mathcal N(0, q), \quad n\,\operatorname{Var}(w) = g

    Parameters
    ----------
    activation : Activation
        :math:`\phi` and its derivative.
    gain : float
        g, at least 0.
    second_moment : float
        q, at least 0.

    Returns
    -------
    float
        Below 1 gradients shrink on the way back, above 1 they grow.

    Raises
    ------
    ValueError
        If `gain` or `second_moment` is not at least 0.

    References
    ----------
    .. [1] S. Schoenholz, J. Gilmer, S. Ganguli, J. Sohl-Dickstein, "Deep information propagation",
       ICLR 2017, equation 6.
    """
    if not (gain >= 0 and second_moment >= 0):
        raise ValueError(f"gain={gain}, second_moment={second_moment}: both are at least 0")
    return gain * float(_WEIGHTS @ activation.derivative(np.sqrt(second_moment) * _NORMAL) ** 2)


def wide_limit(activation: Activation, gain: float, *, depth: int) -> Limit:
    r"""Follow signals and gradients through infinitely wide random layers.

    .. math:: q^{[1]} = g, \quad q^{[l+1]} = g\,\mathbb E[\phi(z)^2], \quad
              z \sim \mathcal N(0, q^{[l]})

    Parameters
    ----------
    activation : Activation
        :math:`\phi` and its derivative.
    gain : float
        :math:`g = n \operatorname{Var}(w)`, at least 0.
    depth : int
        Layers, at least 1.

    Returns
    -------
    Limit
        Second moments and the factors of `gradient_factor`.

    Raises
    ------
    ValueError
        If `gain` is below 0 or `depth` below 1.

    References
    ----------
    .. [1] B. Poole, S. Lahiri, M. Raghu, J. Sohl-Dickstein, S. Ganguli, "Exponential expressivity
       in deep neural networks through transient chaos", NeurIPS 2016, equation 3.
    """
    if depth < 1:
        raise ValueError(f"depth={depth} is below 1")
    moments, factors = [gain], list[float]()
    for layer in range(depth):
        factors.append(gradient_factor(activation, gain, moments[layer]))
        value = activation.function(np.sqrt(moments[layer]) * _NORMAL)
        moments.append(gain * float(_WEIGHTS @ value**2))
    return Limit(np.array(moments[:-1]), np.array(factors))


def gradient_sizes(
    activation: Activation, gain: float, *, width: int, depth: int, batch: int, seed: int
) -> FloatArray:
    """Measure how large a gradient is at every layer of a random network.

    The last layer has no activation; a standard normal gradient is put in behind it.

    Parameters
    ----------
    activation : Activation
        Of the layers but the last.
    gain : float
        Width times variance of the weights, at least 0.
    width, depth, batch : int
        Units of every layer, number of layers, and samples, each at least 1.
    seed : int
        Of inputs, weights and the gradient, drawn in this order.

    Returns
    -------
    (depth,) ndarray of float
        Root mean square of the gradient by the pre-activations, from the first layer.
    """
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(batch, width))
    network = random_network([width] * (depth + 1), seed=rng, gain=gain, hidden=activation)
    errors = backward(network, forward(network, X), rng.normal(size=(batch, width))).errors
    return np.array([np.sqrt(np.mean(error**2)) for error in errors])
