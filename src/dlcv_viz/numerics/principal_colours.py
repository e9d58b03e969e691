"""The directions in which colours vary over many pictures, and shifts along them.

A picture is (H, W, 3) here, red, green and blue last, as in `dlcv_viz.numerics.image`.
"""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray


def principal_colours(images: FloatArray) -> tuple[FloatArray, FloatArray]:
    r"""Return variances and directions of the colours of all pixels: their principal components.

    .. math:: \frac1N \sum_x (\mathbf c_x - \bar{\mathbf c})(\mathbf c_x - \bar{\mathbf c})^\top
              = \sum_i \lambda_i\, \mathbf p_i \mathbf p_i^\top

    Parameters
    ----------
    images : (..., 3) ndarray of float
        Colours of N pixels, of one picture or of many.

    Returns
    -------
    variances : (3,) ndarray of float
        :math:`\lambda_i`, the largest first, in the square of the pixels' unit.
    directions : (3, 3) ndarray of float
        :math:`\mathbf p_i` as columns, of length 1; the largest number of each is above 0.

    Raises
    ------
    ValueError
        If there are not three channels, no pixel, or a number is not finite.
    """
    if images.ndim < 2 or images.shape[-1] != 3 or not images.size:
        raise ValueError(f"images {images.shape} are not pixels of three channels")
    refuse_not_finite(images=images)
    pixels = images.reshape(-1, 3)
    centred = pixels - pixels.mean(axis=0)
    variances, directions = np.linalg.eigh(centred.T @ centred / len(pixels))
    directions = directions[:, ::-1]
    largest = directions[np.abs(directions).argmax(axis=0), range(3)]
    return np.maximum(variances[::-1], 0), directions * np.sign(largest)  # rounding below 0


def colour_shift(variances: FloatArray, directions: FloatArray, draws: FloatArray) -> FloatArray:
    r"""Return what PCA colour augmentation adds to every pixel of a picture.

    .. math:: \Delta = \sum_i \alpha_i \lambda_i\, \mathbf p_i

    Parameters
    ----------
    variances, directions : (3,) and (3, 3) ndarray of float
        Of `principal_colours`. With the roots of the variances, the shift has the pixels' unit.
    draws : (..., 3) ndarray of float
        :math:`\alpha_i`, a row for each picture; normal of deviation 0.1 in the paper.

    Returns
    -------
    (..., 3) ndarray of float
        One shift for each row.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.

    References
    ----------
    .. [1] A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet Classification with Deep
       Convolutional Neural Networks", NeurIPS 2012, section 4.1.

    Examples
    --------
    >>> colour_shift(np.array([4.0, 1.0, 0.0]), np.eye(3), np.array([0.5, -1.0, 7.0]))
    array([ 2., -1.,  0.])
    """
    if draws.shape[-1:] != (3,) or variances.shape != (3,) or directions.shape != (3, 3):
        shapes = f"variances {variances.shape}, directions {directions.shape}"
        raise ValueError(f"{shapes}, draws {draws.shape} are not those of three channels")
    refuse_not_finite(variances=variances, directions=directions, draws=draws)
    shift: FloatArray = (draws * variances) @ directions.T
    return shift
