"""Class activation maps: which region of the last feature maps speaks for a class."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray


def grad_cam_weights(gradients: FloatArray) -> FloatArray:
    r"""Average the gradient of a logit over each feature map.

    .. math:: \alpha_k^c = \frac1Z \sum_{i,j} \frac{\partial S_c}{\partial A^k_{ij}}

    Parameters
    ----------
    gradients : (..., K, H, W) ndarray of float
        Of the logit by the maps; Z is H W.

    Returns
    -------
    (..., K) ndarray of float
        One weight a map.

    Raises
    ------
    ValueError
        If there is no axis of maps or a number is not finite.

    References
    ----------
    .. [1] R. Selvaraju et al., "Grad-CAM", 2017.
    """
    if gradients.ndim < 3:
        raise ValueError(f"gradients {gradients.shape} are not (..., K, H, W)")
    refuse_not_finite(gradients=gradients)
    weights: FloatArray = gradients.mean(axis=(-2, -1))
    return weights


def grad_cam_map(maps: FloatArray, gradients: FloatArray) -> FloatArray:
    r"""Weigh the feature maps by their mean gradients, add up, and keep what is for the class.

    .. math:: L^c = \operatorname{ReLU}\left(\sum_k \alpha_k^c A^k\right)

    Parameters
    ----------
    maps : (..., K, H, W) ndarray of float
        A, of the last convolution mostly.
    gradients : (..., K, H, W) ndarray of float
        Of the logit by the maps.

    Returns
    -------
    (..., H, W) ndarray of float
        At least 0, at the size of the maps.

    Raises
    ------
    ValueError
        If the shapes differ or a number is not finite.

    References
    ----------
    .. [1] R. Selvaraju et al., "Grad-CAM", 2017.
    """
    refuse_unlike(maps=maps, gradients=gradients)
    refuse_not_finite(maps=maps)
    weights = grad_cam_weights(gradients)
    weighed: FloatArray = np.einsum("...k,...khw->...hw", weights, maps)
    return np.maximum(weighed, 0)
