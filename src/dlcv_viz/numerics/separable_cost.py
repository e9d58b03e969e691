"""What separable convolutions and the blocks built of them cost; without biases."""

import numpy as np

from dlcv_viz.numerics.convolution_cost import conv_macs, conv_parameters
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.types import FloatArray, IntArray


def separable_weights(c_in: int, c_out: int, kernel: int, *, multiplier: int = 1) -> int:
    r"""Count the weights of a depthwise and a pointwise convolution.

    .. math:: m k^2 C_\text{in} + m C_\text{in} C_\text{out}

    Parameters
    ----------
    c_in, c_out, kernel : int
        Channels, and taps along each axis; at least 1.
    multiplier : int, default 1
        m, depthwise kernels for each channel; at least 1.

    Returns
    -------
    int
        Of both steps.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> separable_weights(512, 512, 3)
    266752
    """
    refuse_below(1, c_in=c_in, multiplier=multiplier)
    middle = multiplier * c_in
    depthwise = conv_parameters(c_in, middle, kernel, groups=c_in, bias=False)
    return depthwise + conv_parameters(middle, c_out, 1, bias=False)


def separable_macs(
    c_in: int, c_out: int, kernel: int, output: tuple[int, int], *, multiplier: int = 1
) -> int:
    r"""Count the multiply-adds of a depthwise and a pointwise convolution for one sample.

    .. math:: (m k^2 C_\text{in} + m C_\text{in} C_\text{out})\, H' W'

    Parameters
    ----------
    c_in, c_out, kernel, multiplier : int
        As for `separable_weights`.
    output : (int, int)
        H' and W', at least 1.

    Returns
    -------
    int
        Of both steps.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] A. Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
       Applications", 2017, equation 5.

    Examples
    --------
    >>> separable_macs(512, 512, 3, (14, 14))
    52283392
    """
    refuse_below(1, c_in=c_in, multiplier=multiplier)
    middle = multiplier * c_in
    depthwise = conv_macs(c_in, middle, kernel, output, groups=c_in)
    return depthwise + conv_macs(middle, c_out, 1, output)


def separable_ratio(c_out: FloatArray | IntArray | int, kernel: int) -> FloatArray:
    r"""Return what a separable convolution costs as a share of the full one.

    .. math:: \frac{1}{C_\text{out}} + \frac{1}{k^2}

    Parameters
    ----------
    c_out : (...) ndarray or int
        Channels out, at least 1.
    kernel : int
        Taps along each axis, at least 1.

    Returns
    -------
    (...) ndarray of float
        Of weights and of multiply-adds alike; above 1 where nothing is saved.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] A. Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
       Applications", 2017, section 3.1.
    """
    refuse_below(1, kernel=kernel, c_out=int(np.min(c_out)))
    return np.asarray(1 / np.asarray(c_out) + 1 / kernel**2)


def scaled_separable_macs(
    c_in: int, c_out: int, kernel: int, output: tuple[int, int], *, width: float, resolution: float
) -> float:
    r"""Return the multiply-adds of a separable convolution that is thinner, on a smaller picture.

    .. math:: (k^2 \alpha C_\text{in} + \alpha^2 C_\text{in} C_\text{out})\, \rho^2 H' W'

    Parameters
    ----------
    c_in, c_out, kernel : int
        Of the full width; at least 1.
    output : (int, int)
        H' and W' at full resolution; at least 1.
    width, resolution : float
        α and ρ, above 0.

    Returns
    -------
    float
        A whole number where channels and sides are.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] A. Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
       Applications", 2017, equation 7.
    """
    if not (width > 0 and resolution > 0):
        raise ValueError(f"width={width} and resolution={resolution} are not above 0")
    depthwise = conv_macs(c_in, c_in, kernel, output, groups=c_in)
    pointwise = conv_macs(c_in, c_out, 1, output)
    return resolution**2 * (width * depthwise + width**2 * pointwise)


def inverted_residual_weights(c_in: int, c_out: int, expansion: int, *, kernel: int = 3) -> int:
    r"""Count the weights of MobileNet v2's block: widen, filter, make thin.

    .. math:: tC^2 + k^2 tC + tCC'

    Parameters
    ----------
    c_in, c_out : int
        C and C', channels of the thin ends; at least 1.
    expansion : int
        t, how many times wider the middle is; at least 1.
    kernel : int, default 3
        Taps along each axis, at least 1.

    Returns
    -------
    int
        Of the three convolutions.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> inverted_residual_weights(24, 24, 6)
    8208
    """
    refuse_below(1, c_in=c_in, expansion=expansion)
    wide = expansion * c_in
    widen = conv_parameters(c_in, wide, 1, bias=False)
    return widen + separable_weights(wide, c_out, kernel)


def inverted_residual_macs(
    c_in: int, c_out: int, expansion: int, output: tuple[int, int], *, kernel: int = 3
) -> int:
    r"""Count the multiply-adds of MobileNet v2's block at stride 1, for one sample.

    .. math:: H' W' (tC^2 + k^2 tC + tCC')

    Parameters
    ----------
    c_in, c_out, expansion, kernel : int
        As for `inverted_residual_weights`.
    output : (int, int)
        H' and W', at least 1.

    Returns
    -------
    int
        Of the three convolutions.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] M. Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018,
       section 3.3.
    """
    refuse_below(1, rows=output[0], columns=output[1])
    weights = inverted_residual_weights(c_in, c_out, expansion, kernel=kernel)
    return output[0] * output[1] * weights
