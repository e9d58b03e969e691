r"""Filters from patches of pictures, without labels: standardize, whiten, group by direction.

A patch is a row of pixels; filters are rows, too.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import windows2d
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class Whitening:
    """A linear map after which all pixels have variance 1 and are not correlated.

    Parameters
    ----------
    mean : (n,) ndarray of float
        Of each pixel over the patches.
    matrix : (n, n) ndarray of float
        Symmetric.
    """

    mean: FloatArray
    matrix: FloatArray

    def __call__(self, patches: FloatArray) -> FloatArray:
        """Whiten patches, (N, n)."""
        return (patches - self.mean) @ self.matrix


def random_patches(pictures: FloatArray, side: int, n: int, *, seed: int) -> FloatArray:
    """Cut squares out of pictures at random places.

    Parameters
    ----------
    pictures : (P, H, W) ndarray of float
        Any.
    side : int
        Of a square, in pixels.
    n : int
        How many, at least 1.
    seed : int
        Of the places.

    Returns
    -------
    (n, side²) ndarray of float
        A copy, pixels row by row.

    Raises
    ------
    ValueError
        If the pictures have another shape, the square fits nowhere or `n` is below 1.
    """
    if pictures.ndim != 3 or n < 1:
        raise ValueError(f"pictures {pictures.shape} are not (P, H, W), or n={n} is below 1")
    every = windows2d(pictures, side)
    rng = np.random.default_rng(seed)
    picture, row, column = (rng.integers(0, places, n) for places in every.shape[:3])
    cut: FloatArray = every[picture, row, column]
    return cut.reshape(n, -1)


def normalize_contrast(patches: FloatArray, *, least: float) -> FloatArray:
    r"""Take the mean from each patch, and divide by its standard deviation.

    .. math:: \frac{x_i - \bar x}{\sqrt{\operatorname{Var}(x) + \text{least}}}

    Parameters
    ----------
    patches : (N, n) ndarray of float
        Any.
    least : float
        What is added to the variance, above 0, so that flat patches are not blown up.

    Returns
    -------
    (N, n) ndarray of float
        Each with mean 0.

    Raises
    ------
    ValueError
        If `least` is not above 0 or a number is not finite.

    References
    ----------
    .. [1] A. Coates, A. Ng, "Learning feature representations with k-means", 2012.
    """
    if not least > 0:
        raise ValueError(f"least={least} is not above 0")
    refuse_not_finite(patches=patches)
    centred = patches - patches.mean(axis=1, keepdims=True)
    normal: FloatArray = centred / np.sqrt((centred**2).mean(axis=1, keepdims=True) + least)
    return normal


def zca_whitening(patches: FloatArray, *, epsilon: float) -> Whitening:
    r"""Find the whitening that changes patches the least: ZCA.

    .. math:: W = E\, (\Lambda + \epsilon I)^{-1/2} E^\top, \quad C = E \Lambda E^\top

    Parameters
    ----------
    patches : (N, n) ndarray of float
        From which the covariance C is estimated.
    epsilon : float
        Above 0: directions of a smaller variance are not blown up.

    Returns
    -------
    Whitening
        Symmetric, unlike that by principal components alone, so that pixels stay where they are.

    Raises
    ------
    ValueError
        If there are fewer than two patches, `epsilon` is not above 0 or a number is not finite.

    References
    ----------
    .. [1] A. Bell, T. Sejnowski, "The independent components of natural scenes are edge filters",
       Vision Research 37, 1997.
    """
    if patches.ndim != 2 or len(patches) < 2 or not epsilon > 0:
        told = f"patches {patches.shape}, epsilon={epsilon}"
        raise ValueError(f"{told}: at least two rows, above 0")
    refuse_not_finite(patches=patches)
    mean = patches.mean(axis=0)
    centred = patches - mean
    variances, directions = np.linalg.eigh(centred.T @ centred / len(patches))
    matrix = directions / np.sqrt(np.maximum(variances, 0) + epsilon) @ directions.T
    return Whitening(mean, matrix)


def spherical_kmeans(x: FloatArray, k: int, *, n_rounds: int, seed: int) -> FloatArray:
    r"""Find directions near which many rows lie, on either side of zero.

    In each round, a row goes to the direction with which its product is largest in size, and each
    direction moves to the sum of its rows, weighed by these products.

    Parameters
    ----------
    x : (N, n) ndarray of float
        Whitened patches.
    k : int
        How many directions, at least 1.
    n_rounds : int
        At least 1.
    seed : int
        Of the directions at the start.

    Returns
    -------
    (k, n) ndarray of float
        Of length 1.

    Raises
    ------
    ValueError
        If `k` or `n_rounds` is below 1, x is no matrix or a number is not finite.

    References
    ----------
    .. [1] A. Coates, A. Ng, "Learning feature representations with k-means", 2012.
    """
    if x.ndim != 2 or k < 1 or n_rounds < 1:
        raise ValueError(f"x {x.shape} is a matrix, k={k} and n_rounds={n_rounds} at least 1")
    refuse_not_finite(x=x)
    directions = _unit(np.random.default_rng(seed).normal(size=(k, x.shape[1])))
    rows = np.arange(len(x))
    for _ in range(n_rounds):
        products = x @ directions.T
        own = np.abs(products).argmax(axis=1)
        shares = np.zeros_like(products)
        shares[rows, own] = products[rows, own]
        # The old direction is added, as in the source: one without rows stays where it is.
        directions = _unit(shares.T @ x + directions)
    return directions


def orientation_selectivity(filters: FloatArray) -> FloatArray:
    r"""Return how much of a filter's power lies along one orientation.

    .. math:: \frac{\left|\sum_{\mathbf f} P(\mathbf f)\, e^{2 i \theta(\mathbf f)}\right|}
              {\sum_{\mathbf f} P(\mathbf f)}

    where P is the power at the frequency :math:`\mathbf f`, and :math:`\theta` its angle. Twice
    the angle, as an edge looks the same turned by 180°.

    Parameters
    ----------
    filters : (..., k, k) ndarray of float
        Each of them not constant.

    Returns
    -------
    (...) ndarray of float
        1 for a stripe of one orientation, 0 where no orientation is preferred.

    Raises
    ------
    ValueError
        If a filter is no square or constant, or a number is not finite.
    """
    if filters.ndim < 2 or filters.shape[-1] != filters.shape[-2]:
        raise ValueError(f"filters {filters.shape} are no squares")
    refuse_not_finite(filters=filters)
    # Padded: with few frequencies, most angles would lie between them.
    size = 4 * filters.shape[-1]
    frequency = np.fft.fftfreq(size)
    angle = np.arctan2(frequency[:, None], frequency)
    centred = filters - filters.mean(axis=(-2, -1), keepdims=True)
    power = np.abs(np.fft.fft2(centred, s=(size, size))) ** 2
    total = power.sum(axis=(-2, -1))
    if not (total > 0).all():
        raise ValueError("a filter is constant: it has no orientation")
    selectivity: FloatArray = np.abs((power * np.exp(2j * angle)).sum(axis=(-2, -1))) / total
    return selectivity


def _unit(rows: FloatArray) -> FloatArray:
    unit: FloatArray = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit
