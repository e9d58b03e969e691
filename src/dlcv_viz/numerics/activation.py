r"""Activation functions and their derivatives, stable for every finite input.

Each is a function of one number, applied to every number of an array. Where a function has a kink,
its derivative there is the one from below, as in torch: 0 for the rectifier.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from dlcv_viz.types import FloatArray

# G. Klambauer et al., "Self-normalizing neural networks", 2017, equation 14: with these, mean 0 and
# variance 1 stay as they are.
SELU_ALPHA, SELU_SCALE = 1.6732632423543772, 1.0507009873554805

_erfc = np.frompyfunc(math.erfc, 1, 1)  # numpy has none; this one is exact far out in the tail, too


@dataclass(frozen=True, slots=True)
class Activation:
    """A function of one number and its derivative, both for arrays of any shape."""

    function: Callable[[FloatArray], FloatArray]
    derivative: Callable[[FloatArray], FloatArray]


def sigmoid(z: FloatArray) -> FloatArray:
    """Return the logistic sigmoid.

    Parameters
    ----------
    z : (...) array of float
        Pre-activations.

    Returns
    -------
    (...) array of float
        Between 0 and 1; no exponential overflows, for ``exp`` sees no positive number.
    """
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def sigmoid_derivative(z: FloatArray) -> FloatArray:
    r"""Return :math:`\sigma(z)(1 - \sigma(z))`, without the cancellation where it is small."""
    small = np.exp(-np.abs(z))
    return small / (1.0 + small) ** 2


def tanh_derivative(z: FloatArray) -> FloatArray:
    r"""Return :math:`1 - \tanh^2 z`, without the cancellation where it is small."""
    return 4.0 * sigmoid_derivative(2.0 * z)


def relu(z: FloatArray) -> FloatArray:
    """Return the rectified linear unit, ``max(0, z)``.

    Parameters
    ----------
    z : (...) array of float
        Pre-activations.

    Returns
    -------
    (...) array of float
        At least 0.
    """
    return np.maximum(z, 0.0)


def relu_derivative(z: FloatArray) -> FloatArray:
    """Return 1 above zero, else 0."""
    return np.where(z > 0, 1.0, 0.0)


def leaky_relu(z: FloatArray, alpha: float = 0.01) -> FloatArray:
    r"""Return :math:`\max(\alpha z, z)`.

    Parameters
    ----------
    z : (...) ndarray of float
        Pre-activations.
    alpha : float, default 0.01
        Slope below zero, from 0 to below 1.

    Returns
    -------
    (...) ndarray of float
        Any number.

    Raises
    ------
    ValueError
        If `alpha` is not from 0 to below 1.
    """
    return z * leaky_relu_derivative(z, alpha)


def leaky_relu_derivative(z: FloatArray, alpha: float = 0.01) -> FloatArray:
    """Return 1 above zero, else `alpha`."""
    if not 0 <= alpha < 1:
        raise ValueError(f"alpha={alpha} is not from 0 to below 1")
    return np.where(z > 0, 1.0, alpha)


def elu(z: FloatArray, alpha: float = 1.0) -> FloatArray:
    r"""Return the exponential linear unit: z above zero, :math:`\alpha(e^z - 1)` below.

    Parameters
    ----------
    z : (...) ndarray of float
        Pre-activations.
    alpha : float, default 1
        Minus the limit far below zero; above 0.

    Returns
    -------
    (...) ndarray of float
        Above ``-alpha``.

    Raises
    ------
    ValueError
        If `alpha` is not above 0.
    """
    _check_elu(alpha)
    return np.where(z > 0, z, alpha * np.expm1(np.minimum(z, 0.0)))


def elu_derivative(z: FloatArray, alpha: float = 1.0) -> FloatArray:
    r"""Return 1 above zero, :math:`\alpha e^z` below."""
    _check_elu(alpha)
    return np.where(z > 0, 1.0, alpha * np.exp(np.minimum(z, 0.0)))


def selu(z: FloatArray) -> FloatArray:
    """Return the scaled exponential linear unit, ``SELU_SCALE * elu(z, SELU_ALPHA)``."""
    return SELU_SCALE * elu(z, SELU_ALPHA)


def selu_derivative(z: FloatArray) -> FloatArray:
    """Return the derivative of `selu`, which is largest just below zero."""
    return SELU_SCALE * elu_derivative(z, SELU_ALPHA)


def softplus(z: FloatArray) -> FloatArray:
    r"""Return :math:`\log(1 + e^z)`; its derivative is `sigmoid`.

    Parameters
    ----------
    z : (...) ndarray of float
        Pre-activations.

    Returns
    -------
    (...) ndarray of float
        Above 0.
    """
    return np.maximum(z, 0.0) + np.log1p(np.exp(-np.abs(z)))


def normal_cdf(z: FloatArray) -> FloatArray:
    r"""Return :math:`\Phi(z)`, the probability that a standard normal number is at most z."""
    return np.asarray(_erfc(-np.asarray(z) / math.sqrt(2)), float) / 2


def normal_pdf(z: FloatArray) -> FloatArray:
    r"""Return :math:`e^{-z^2/2} / \sqrt{2\pi}`, the density of the standard normal."""
    return np.exp(-0.5 * np.square(z)) / math.sqrt(2 * math.pi)


def gelu(z: FloatArray) -> FloatArray:
    r"""Return the Gaussian error linear unit, :math:`z\,\Phi(z)`.

    Parameters
    ----------
    z : (...) ndarray of float
        Pre-activations.

    Returns
    -------
    (...) ndarray of float
        At least -0.16998.

    References
    ----------
    .. [1] D. Hendrycks, K. Gimpel, "Gaussian error linear units (GELUs)", arXiv:1606.08415, 2016.
    """
    return z * normal_cdf(z)


def gelu_derivative(z: FloatArray) -> FloatArray:
    r"""Return :math:`\Phi(z) + z\,\varphi(z)`."""
    return normal_cdf(z) + z * normal_pdf(z)


def gelu_tanh(z: FloatArray) -> FloatArray:
    """Return the approximation of `gelu` by a hyperbolic tangent, from the same paper."""
    inner = math.sqrt(2 / math.pi) * (z + 0.044715 * np.power(z, 3))
    return 0.5 * z * (1.0 + np.tanh(inner))


def silu(z: FloatArray, beta: float = 1.0) -> FloatArray:
    r"""Return the sigmoid-weighted linear unit, or Swish, :math:`z\,\sigma(\beta z)`.

    Parameters
    ----------
    z : (...) ndarray of float
        Pre-activations.
    beta : float, default 1
        Steepness of the gate, at least 0: with 0 the function is ``z / 2``, far up it is `relu`.

    Returns
    -------
    (...) ndarray of float
        At least ``-0.27847 / beta``.

    Raises
    ------
    ValueError
        If `beta` is below 0.

    References
    ----------
    .. [1] P. Ramachandran, B. Zoph, Q. Le, "Searching for activation functions",
       arXiv:1710.05941, 2017.
    """
    return z * sigmoid(_checked_beta(beta) * z)


def silu_derivative(z: FloatArray, beta: float = 1.0) -> FloatArray:
    r"""Return :math:`\sigma(\beta z) + \beta z\,\sigma'(\beta z)`."""
    steep = _checked_beta(beta) * z
    gate = sigmoid(steep)
    return gate * (1.0 + steep * (1.0 - gate))


def mish(z: FloatArray) -> FloatArray:
    """Return ``z * tanh(softplus(z))``; at least -0.30885."""
    return z * np.tanh(softplus(z))


def mish_derivative(z: FloatArray) -> FloatArray:
    """Return the derivative of `mish` by the chain rule."""
    gate = softplus(z)
    return np.tanh(gate) + z * tanh_derivative(gate) * sigmoid(z)


def _check_elu(alpha: float) -> None:
    if not alpha > 0:
        raise ValueError(f"alpha={alpha} is not above 0")


def _checked_beta(beta: float) -> float:
    if not beta >= 0:
        raise ValueError(f"beta={beta} is below 0")
    return beta


ACTIVATIONS: Mapping[str, Activation] = MappingProxyType(
    {
        "identity": Activation(lambda z: z, np.ones_like),
        "sigmoid": Activation(sigmoid, sigmoid_derivative),
        "tanh": Activation(np.tanh, tanh_derivative),
        "relu": Activation(relu, relu_derivative),
        "leaky_relu": Activation(leaky_relu, leaky_relu_derivative),
        "elu": Activation(elu, elu_derivative),
        "selu": Activation(selu, selu_derivative),
        "softplus": Activation(softplus, sigmoid),
        "gelu": Activation(gelu, gelu_derivative),
        "silu": Activation(silu, silu_derivative),
        "mish": Activation(mish, mish_derivative),
    }
)
