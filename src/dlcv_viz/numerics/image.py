r"""Pictures as arrays: where a value lies in memory, grey values, standardization.

A picture is (H, W, C) here: rows from the top, columns from the left, channels last.
"""

from collections.abc import Sequence

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray, IntArray

LUMA = (0.299, 0.587, 0.114)  # what red, green and blue add to a grey value; they sum to 1


def flat_index(
    place: Sequence[int], shape: Sequence[int], *, is_channels_first: bool = False
) -> int:
    r"""Return where a value of a picture lies in the long list that the picture is stored as.

    .. math:: (iW + j)\,C + c \quad\text{(channels last)}, \qquad
              (cH + i)\,W + j \quad\text{(channels first)}

    Parameters
    ----------
    place : (3,) sequence of int
        Row, column and channel, from 0.
    shape : (3,) sequence of int
        Height, width and number of channels.
    is_channels_first : bool, default False
        Whether all of one channel comes before the next; else all of one pixel.

    Returns
    -------
    int
        From 0 to one below the product of the shape.

    Raises
    ------
    ValueError
        If the place is not in the picture.

    Examples
    --------
    >>> flat_index((1, 0, 0), (224, 224, 3))
    672
    >>> flat_index((1, 0, 0), (224, 224, 3), is_channels_first=True)
    224
    """
    if len(place) != 3 or len(shape) != 3:
        raise ValueError(f"place {tuple(place)} and shape {tuple(shape)} need three numbers each")
    if not all(0 <= at < size for at, size in zip(place, shape, strict=True)):
        raise ValueError(f"place {tuple(place)} is not in a picture of shape {tuple(shape)}")
    (row, column, channel), (height, width, channels) = place, shape
    if is_channels_first:
        return (channel * height + row) * width + column
    return (row * width + column) * channels + channel


def luma(rgb: FloatArray | IntArray) -> FloatArray:
    r"""Return the grey value of a colour by Rec. 601.

    .. math:: Y = 0.299\,R + 0.587\,G + 0.114\,B

    Parameters
    ----------
    rgb : (..., 3) ndarray
        Red, green and blue as they are stored, in any unit.

    Returns
    -------
    (...) ndarray of float
        In the same unit.

    Raises
    ------
    ValueError
        If there are not three channels or a number is not finite.

    References
    ----------
    .. [1] Recommendation ITU-R BT.601-7, 2011, section 2.5.1.

    Examples
    --------
    >>> luma(np.array([[255.0, 255.0, 255.0], [0.0, 0.0, 255.0]]))
    array([255.  ,  29.07])
    """
    if np.shape(rgb)[-1:] != (3,):
        raise ValueError(f"rgb {np.shape(rgb)} has not three channels at its end")
    refuse_not_finite(rgb=rgb)
    grey: FloatArray = np.asarray(rgb, float) @ np.array(LUMA)
    return grey


def channel_statistics(images: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return mean and standard deviation of every channel over all pixels of all pictures.

    Parameters
    ----------
    images : (..., C) ndarray of float
        The training set, never the test set.

    Returns
    -------
    mean, deviation : (C,) ndarray of float
        The deviation is that of the pixels at hand, divided by their number.

    Raises
    ------
    ValueError
        If there is no pixel or a number is not finite.
    """
    if np.ndim(images) < 2 or not np.size(images):
        raise ValueError(f"images {np.shape(images)} hold no pixel")
    refuse_not_finite(images=images)
    pixels = np.asarray(images, float).reshape(-1, np.shape(images)[-1])
    return pixels.mean(axis=0), pixels.std(axis=0)


def standardize_channels(image: FloatArray, mean: FloatArray, deviation: FloatArray) -> FloatArray:
    r"""Subtract the mean of each channel and divide by its standard deviation.

    .. math:: \hat x_{ijc} = \frac{x_{ijc} - \mu_c}{s_c}

    Parameters
    ----------
    image : (..., C) ndarray of float
        One picture or many.
    mean, deviation : (C,) ndarray of float
        Of the training set, in the unit of the picture.

    Returns
    -------
    (..., C) ndarray of float
        Without unit.

    Raises
    ------
    ValueError
        If shapes do not fit, a deviation is not above 0, or a number is not finite.

    Examples
    --------
    >>> standardize_channels(np.array([[0.5, 0.5]]), np.array([0.5, 0.25]), np.array([0.2, 0.5]))
    array([[0. , 0.5]])
    """
    if not np.shape(image)[-1:] == np.shape(mean) == np.shape(deviation):
        shapes = f"mean {np.shape(mean)}, deviation {np.shape(deviation)}"
        raise ValueError(f"image {np.shape(image)}, {shapes} do not fit")
    refuse_not_finite(image=image, mean=mean, deviation=deviation)
    if not (np.asarray(deviation) > 0).all():
        raise ValueError(f"deviation {np.min(deviation)} is not above 0")
    standardized: FloatArray = (np.asarray(image, float) - mean) / deviation
    return standardized


def pixel_correlation(grey: FloatArray, distance: int) -> float:
    r"""Return how well a pixel tells the one that lies some columns to the right.

    .. math:: \frac{\operatorname{Cov}(x_{ij}, x_{i,j+d})}
              {\sqrt{\operatorname{Var}(x_{ij}) \operatorname{Var}(x_{i,j+d})}}

    Parameters
    ----------
    grey : (H, W) ndarray of float
        A picture.
    distance : int
        In columns, from 0 to W - 1.

    Returns
    -------
    float
        From -1 to 1; over all pairs of pixels that lie in the picture.

    Raises
    ------
    ValueError
        If the array has another shape, the distance leads out of the picture, all pixels are
        equal, or a number is not finite.
    """
    if np.ndim(grey) != 2:
        raise ValueError(f"grey {np.shape(grey)} is not (H, W)")
    refuse_not_finite(grey=grey)
    width = np.shape(grey)[1]
    if not 0 <= distance < width:
        raise ValueError(f"distance={distance} is not from 0 to {width - 1}")
    left, right = grey[:, : width - distance].ravel(), grey[:, distance:].ravel()
    spread = float(left.std() * right.std())
    if spread == 0:
        raise ValueError("all pixels are equal: nothing to correlate")
    return float(((left - left.mean()) * (right - right.mean())).mean()) / spread
