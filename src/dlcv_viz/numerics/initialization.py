r"""The scale of random weights: which variance keeps signals and gradients alive through depth.

Weights are independent with mean 0, and biases are 0. A layer has :math:`n_\text{in}` inputs (its
fan-in), and each of them goes to :math:`n_\text{out}` units (its fan-out).
"""

import math
from collections.abc import Sequence
from types import MappingProxyType

import numpy as np

from dlcv_viz.types import FloatArray

# Factors of the standard deviation against one over the root of the fan-in, as PyTorch has them
# in `torch.nn.init.calculate_gain`.
GAINS = MappingProxyType(
    {
        "identity": 1.0,
        "sigmoid": 1.0,
        "tanh": 5 / 3,
        "relu": math.sqrt(2),
        "selu": 3 / 4,
    }
)


def fans(shape: Sequence[int]) -> tuple[int, int]:
    r"""Count the weights that meet in an output of a layer, and those that leave an input.

    .. math:: n_\text{in} = C_\text{in}\, k_h k_w, \quad n_\text{out} = C_\text{out}\, k_h k_w

    Parameters
    ----------
    shape : sequence of int
        Of the weights: (n_out, n_in) of a dense layer, (C_out, C_in, k_h, k_w) of a convolution.

    Returns
    -------
    fan_in, fan_out : int
        Counts.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, or one below 1.

    Examples
    --------
    >>> fans((16, 3, 5, 5))
    (75, 400)
    """
    if len(shape) < 2 or min(shape) < 1:
        raise ValueError(f"shape={tuple(shape)}: at least two sizes, each at least 1")
    n_out, n_in, *kernel = shape
    return n_in * math.prod(kernel), n_out * math.prod(kernel)


def linear_variance(n_in: int, weight_variance: float, second_moment: float) -> float:
    r"""Return the variance of a weighted sum over random weights.

    .. math:: \operatorname{Var}(z) = n_\text{in} \operatorname{Var}(w)\, \mathbb E[x^2]

    Parameters
    ----------
    n_in : int
        Terms of the sum, at least 1.
    weight_variance : float
        At least 0.
    second_moment : float
        Mean square of the inputs, at least 0.

    Returns
    -------
    float
        Also the mean square, since the mean is 0.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, section 2.2.

    Examples
    --------
    >>> linear_variance(50, 0.02, 3.0)
    3.0
    """
    _check_at_least(1, n_in=n_in)
    _check_at_least(0, weight_variance=weight_variance, second_moment=second_moment)
    return n_in * weight_variance * second_moment


def layer_factors(
    n_in: int, n_out: int, weight_variance: float, *, kept: float = 1.0
) -> tuple[float, float]:
    r"""Return by how much a layer multiplies mean squares, forward and backward.

    .. math:: c\, n_\text{in} \operatorname{Var}(w), \quad c\, n_\text{out} \operatorname{Var}(w)

    Parameters
    ----------
    n_in, n_out : int
        Fans, at least 1.
    weight_variance : float
        At least 0.
    kept : float, default 1
        c, the share of a mean square that the activation passes on, at least 0: 1 without one,
        1/2 for ReLU.

    Returns
    -------
    forward, backward : float
        1 where the size is kept.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
       networks", AISTATS 2010, equations 10 and 11.

    Examples
    --------
    >>> layer_factors(100, 50, 0.01)
    (1.0, 0.5)
    """
    _check_at_least(1, n_in=n_in, n_out=n_out)
    _check_at_least(0, weight_variance=weight_variance, kept=kept)
    return kept * n_in * weight_variance, kept * n_out * weight_variance


def relu_moments(std: float) -> tuple[float, float, float]:
    r"""Return what a ReLU makes of a normal number with mean 0.

    .. math:: \mathbb E[a] = \frac{s}{\sqrt{2\pi}}, \quad \mathbb E[a^2] = \frac{s^2}{2}, \quad
              \operatorname{Var}(a) = s^2 \left(\frac12 - \frac{1}{2\pi}\right)

    Parameters
    ----------
    std : float
        s, standard deviation of the number, at least 0.

    Returns
    -------
    mean, second_moment, variance : float
        Of ``max(0, z)``.

    Raises
    ------
    ValueError
        If `std` is not at least 0.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, equation 8.
    """
    _check_at_least(0, std=std)
    mean, second_moment = std / math.sqrt(2 * math.pi), std**2 / 2
    return mean, second_moment, second_moment - mean**2


def lecun_variance(n_in: int) -> float:
    """Return 1 / `n_in`, with which a layer without an activation keeps its signals."""
    _check_at_least(1, n_in=n_in)
    return 1 / n_in


def glorot_variance(n_in: int, n_out: int) -> float:
    r"""Return Glorot's compromise between signals and gradients.

    .. math:: \operatorname{Var}(w) = \frac{2}{n_\text{in} + n_\text{out}}

    Parameters
    ----------
    n_in, n_out : int
        Fans, at least 1.

    Returns
    -------
    float
        One over the mean of the two.

    Raises
    ------
    ValueError
        If a fan is below 1.

    References
    ----------
    .. [1] X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural
       networks", AISTATS 2010, equation 12.
    """
    _check_at_least(1, n_in=n_in, n_out=n_out)
    return 2 / (n_in + n_out)


def he_variance(n_in: int, slope: float = 0.0) -> float:
    r"""Return the variance with which ReLU layers keep the mean square of their signals.

    .. math:: \operatorname{Var}(w) = \frac{2}{(1 + \kappa^2)\, n_\text{in}}

    Parameters
    ----------
    n_in : int
        Fan-in, at least 1; with the fan-out in its place, gradients are kept.
    slope : float, default 0
        Of a leaky ReLU below 0.

    Returns
    -------
    float
        Twice LeCun's for a ReLU.

    Raises
    ------
    ValueError
        If `n_in` is below 1 or `slope` is not finite.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, equation 15.
    """
    _check_at_least(1, n_in=n_in)
    if not math.isfinite(slope):
        raise ValueError(f"slope={slope} is not finite")
    return 2 / ((1 + slope**2) * n_in)


def uniform_bound(variance: float) -> float:
    """Return r such that a number uniform between -r and r has a variance: its root times √3."""
    _check_at_least(0, variance=variance)
    return math.sqrt(3 * variance)


def depth_factors(
    fan_ins: Sequence[int], weight_variances: Sequence[float], *, kept: float = 0.5
) -> FloatArray:
    r"""Follow the mean square of pre-activations through layers, against the first of them.

    .. math:: \frac{\mathbb E[(z^{[l]})^2]}{\mathbb E[(z^{[1]})^2]}
              = \prod_{k=2}^{l} c\, n_\text{in}^{[k]} \operatorname{Var}(w^{[k]})

    Parameters
    ----------
    fan_ins : sequence of L - 1 int
        Of the layers from the second, each at least 1.
    weight_variances : sequence of L - 1 float
        Of the same layers, each at least 0.
    kept : float, default 1/2
        c as for `layer_factors`; 1/2 is exact for ReLU.

    Returns
    -------
    (L,) ndarray of float
        1, then the product so far.

    Raises
    ------
    ValueError
        If the lists differ in length, or a number is out of its range.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Delving deep into rectifiers", ICCV 2015, equation 9.

    Examples
    --------
    >>> depth_factors([10, 10], [0.2, 0.4])
    array([1., 1., 2.])
    """
    each = [
        layer_factors(n, 1, variance, kept=kept)[0]
        for n, variance in zip(fan_ins, weight_variances, strict=True)
    ]
    return np.cumprod(np.array([1.0, *each]))


def prior_bias(share: float) -> float:
    """Return the bias with which a sigmoid answers `share` from the start: the logit of it."""
    if not 0 < share < 1:
        raise ValueError(f"share={share} is not between 0 and 1")
    return math.log(share) - math.log1p(-share)


def _check_at_least(least: int, **numbers: float) -> None:
    for name, value in numbers.items():
        if not least <= value < math.inf:
            raise ValueError(f"{name}={value} is not a number of at least {least}")
