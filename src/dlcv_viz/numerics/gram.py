"""Which feature maps are strong at the same places: the statistic of style transfer."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray


def gram_matrix(maps: FloatArray) -> FloatArray:
    r"""Multiply every two feature maps place by place, and average.

    .. math:: G_{kl} = \frac{1}{HW} \sum_{i,j} A^k_{ij} A^l_{ij}

    Parameters
    ----------
    maps : (..., K, H, W) ndarray of float
        A.

    Returns
    -------
    (..., K, K) ndarray of float
        Symmetric. It does not change when the places of all maps are shuffled in the same way.

    Raises
    ------
    ValueError
        If there is no axis of maps or a number is not finite.

    References
    ----------
    .. [1] L. Gatys, A. Ecker, M. Bethge, "Image style transfer using convolutional neural
       networks", 2016. Normalization varies.

    Examples
    --------
    >>> gram_matrix(np.array([[[1.0, 2.0]], [[0.0, 4.0]]]))
    array([[2.5, 4. ],
           [4. , 8. ]])
    """
    if maps.ndim < 3:
        raise ValueError(f"maps {maps.shape} are not (..., K, H, W)")
    refuse_not_finite(maps=maps)
    products: FloatArray = np.einsum("...khw,...lhw->...kl", maps, maps)
    products /= maps.shape[-2] * maps.shape[-1]
    return products
