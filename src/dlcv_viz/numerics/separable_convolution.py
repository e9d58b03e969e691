r"""Depthwise separable convolution: filter each channel by itself, then mix the channels.

Maps are (N, C, H, W). Depthwise kernels are (C_in m, 1, k_h, k_w): m for each channel that comes
in, those of a channel one after another. Pointwise weights are (C_out, C_in m).
"""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.convolution_size import Pair
from dlcv_viz.numerics.low_rank import rank_errors
from dlcv_viz.types import FloatArray


def separable_conv2d(
    x: FloatArray,
    depthwise: FloatArray,
    pointwise: FloatArray,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
) -> FloatArray:
    """Filter each channel by its own kernels, then mix what they found at each place.

    Parameters
    ----------
    x : (N, C_in, H, W) ndarray of float
        A batch; zero outside.
    depthwise : (C_in m, 1, k_h, k_w) ndarray of float
        m kernels for each channel.
    pointwise : (C_out, C_in m) ndarray of float
        How the filtered maps are mixed.
    stride, padding : int or (int, int)
        Of the filters.

    Returns
    -------
    (N, C_out, H', W') ndarray of float
        Without biases, and with nothing between the two steps.

    Raises
    ------
    ValueError
        If shapes do not chain or a number is not finite.

    References
    ----------
    .. [1] L. Sifre, "Rigid-Motion Scattering for Image Classification", PhD thesis, 2014.
    """
    _refuse_unchained(depthwise, pointwise, x.shape[1] if x.ndim == 4 else 0)
    filtered = conv2d(x, depthwise, stride=stride, padding=padding, groups=x.shape[1])
    return conv2d(filtered, pointwise[:, :, None, None])


def composed_kernels(depthwise: FloatArray, pointwise: FloatArray, c_in: int) -> FloatArray:
    r"""Return the kernels of the one full convolution that does what the two steps do.

    .. math:: K_{o,c,:} = \sum_{q=1}^{m} P_{o,c,q}\, D_{c,q,:}

    Parameters
    ----------
    depthwise : (C_in m, 1, k_h, k_w) ndarray of float
        m kernels for each channel.
    pointwise : (C_out, C_in m) ndarray of float
        How the filtered maps are mixed.
    c_in : int
        Channels that come in.

    Returns
    -------
    (C_out, C_in, k_h, k_w) ndarray of float
        For each channel in, of rank m at most over kernels out and taps.

    Raises
    ------
    ValueError
        If shapes do not chain or a number is not finite.
    """
    _refuse_unchained(depthwise, pointwise, c_in)
    taps = depthwise.reshape(c_in, -1, *depthwise.shape[-2:])
    mixed = pointwise.reshape(len(pointwise), c_in, -1)
    kernels: FloatArray = np.einsum("ocq,cqhw->ochw", mixed, taps)
    return kernels


def fitted_pointwise(kernels: FloatArray, depthwise: FloatArray) -> FloatArray:
    """Mix given filters so that they come as near as can be to full kernels.

    Parameters
    ----------
    kernels : (C_out, C_in, k_h, k_w) ndarray of float
        Of a full convolution.
    depthwise : (C_in m, 1, k_h, k_w) ndarray of float
        m kernels for each channel.

    Returns
    -------
    (C_out, C_in m) ndarray of float
        The least squares; of several the smallest.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.
    """
    slices = _slices(kernels)
    c_in, c_out, n_taps = slices.shape
    if depthwise.shape[1:] != (1, *kernels.shape[2:]) or len(depthwise) % c_in:
        raise ValueError(f"depthwise {depthwise.shape} does not fit kernels {kernels.shape}")
    refuse_not_finite(depthwise=depthwise)
    mixed = slices @ np.linalg.pinv(depthwise.reshape(c_in, -1, n_taps))
    return mixed.swapaxes(0, 1).reshape(c_out, -1)


def separable_errors(kernels: FloatArray) -> FloatArray:
    r"""Return how near the best separable convolutions come to full kernels.

    Parameters
    ----------
    kernels : (C_out, C_in, k_h, k_w) ndarray of float
        Of a full convolution.

    Returns
    -------
    (min(C_out, k_h k_w),) ndarray of float
        Root of the sum of squares of what is missed, as a share of that of the kernels, for 1, 2, …
        filters a channel: by Eckart and Young, a channel keeps that many singular values.

    Raises
    ------
    ValueError
        If the kernels are zero, have another shape or are not finite.

    References
    ----------
    .. [1] C. Eckart, G. Young, "The approximation of one matrix by another of lower rank",
       Psychometrika 1, 1936.
    """
    return rank_errors(_slices(kernels))[1:]


def _slices(kernels: FloatArray) -> FloatArray:
    """Return for each channel in the matrix of kernels out by taps."""
    if kernels.ndim != 4:
        raise ValueError(f"kernels {kernels.shape} do not have four axes")
    refuse_not_finite(kernels=kernels)
    return kernels.reshape(*kernels.shape[:2], -1).swapaxes(0, 1)


def _refuse_unchained(depthwise: FloatArray, pointwise: FloatArray, c_in: int) -> None:
    if depthwise.ndim != 4 or depthwise.shape[1] != 1 or pointwise.ndim != 2:
        told = f"depthwise {depthwise.shape} and pointwise {pointwise.shape}"
        raise ValueError(f"{told} are not (C_in m, 1, k_h, k_w) and (C_out, C_in m)")
    if c_in < 1 or len(depthwise) % c_in or pointwise.shape[1] != len(depthwise):
        told = f"{len(depthwise)} kernels and pointwise {pointwise.shape}"
        raise ValueError(f"{told} do not fit {c_in} channels")
    refuse_not_finite(depthwise=depthwise, pointwise=pointwise)
