"""Rectifiers that stop growing at 6, and what is built from them."""

import numpy as np

from dlcv_viz.types import FloatArray

TOP = 6.0


def relu6(z: FloatArray) -> FloatArray:
    r"""Rectify, and cut off above 6.

    .. math:: \min(\max(0, z), 6)

    Parameters
    ----------
    z : (...) ndarray of float
        Pre-activations.

    Returns
    -------
    (...) ndarray of float
        From 0 to 6.

    References
    ----------
    .. [1] M. Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018,
       section 3.
    """
    return np.clip(z, 0.0, TOP)


def hard_swish(z: FloatArray) -> FloatArray:
    r"""Gate by a ramp in place of a sigmoid.

    .. math:: z\, \frac{\operatorname{ReLU6}(z + 3)}{6}

    Parameters
    ----------
    z : (...) ndarray of float
        Pre-activations.

    Returns
    -------
    (...) ndarray of float
        At least -0.375; 0 below -3 and z above 3.

    References
    ----------
    .. [1] A. Howard et al., "Searching for MobileNetV3", ICCV 2019, section 5.2.
    """
    return z * relu6(z + TOP / 2) / TOP
