r"""Attribution: how much each number of an input has to do with one number of the output.

Nothing here knows a network. A `Gradient` maps a batch of inputs, (N, ...), to the gradients of
one score at each of them, alike in shape; a `Score` maps it to the scores, (N,).
"""

from collections.abc import Callable

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import BoolArray, FloatArray

Gradient = Callable[[FloatArray], FloatArray]
Score = Callable[[FloatArray], FloatArray]


def saliency_map(gradient: FloatArray) -> FloatArray:
    r"""Return how sensitive a score is to each pixel.

    .. math:: M_{ij} = \max_q \left|\frac{\partial S_c}{\partial x_{qij}}\right|

    Parameters
    ----------
    gradient : (..., C, H, W) ndarray of float
        Of a logit by the picture; the largest size over the C channels counts.

    Returns
    -------
    (..., H, W) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If there is no axis of channels or a number is not finite.

    References
    ----------
    .. [1] K. Simonyan, A. Vedaldi, A. Zisserman, "Deep inside convolutional networks", 2014.

    Examples
    --------
    >>> saliency_map(np.array([[[1.0, -4.0]], [[-2.0, 3.0]]]))
    array([[2., 4.]])
    """
    if gradient.ndim < 3:
        raise ValueError(f"gradient {gradient.shape} is not (..., C, H, W)")
    refuse_not_finite(gradient=gradient)
    largest: FloatArray = np.abs(gradient).max(axis=-3)
    return largest


def smooth_gradient(
    gradient: Gradient, x: FloatArray, *, noise: float, n: int, seed: int
) -> FloatArray:
    r"""Average gradients over noisy copies of an input: SmoothGrad.

    .. math:: \frac1n \sum_{s=1}^n \nabla S_c(x + \varepsilon_s), \quad
              \varepsilon_s \sim \mathcal N(0, \text{noise}^2 I)

    Parameters
    ----------
    gradient : callable
        Of the score.
    x : (...) ndarray of float
        The input.
    noise : float
        Standard deviation, at least 0.
    n : int
        How many copies, at least 1.
    seed : int
        Of the noise.

    Returns
    -------
    (...) ndarray of float
        With its signs.

    Raises
    ------
    ValueError
        If `noise` or `n` is too small or a number is not finite.

    References
    ----------
    .. [1] D. Smilkov et al., "SmoothGrad: removing noise by adding noise", 2017.
    """
    if noise < 0 or n < 1:
        raise ValueError(f"noise={noise} is at least 0, n={n} at least 1")
    refuse_not_finite(x=x)
    copies = x + np.random.default_rng(seed).normal(0, noise, (n, *x.shape))
    mean: FloatArray = gradient(copies).mean(axis=0)
    return mean


def integrated_gradients(
    gradient: Gradient, x: FloatArray, baseline: FloatArray, *, n_steps: int
) -> FloatArray:
    r"""Add up gradients on the straight way from a baseline to the input.

    .. math:: (x_i - x'_i) \int_0^1 \frac{\partial S_c(x' + t (x - x'))}{\partial x_i}\, dt

    The integral is a sum over the middles of equal steps.

    Parameters
    ----------
    gradient : callable
        Of the score.
    x : (...) ndarray of float
        The input.
    baseline : (...) ndarray of float
        x', where nothing is said to be there.
    n_steps : int
        At least 1.

    Returns
    -------
    (...) ndarray of float
        Their sum is the score at the input minus that at the baseline, up to the steps' error.

    Raises
    ------
    ValueError
        If the shapes differ, `n_steps` is below 1 or a number is not finite.

    References
    ----------
    .. [1] M. Sundararajan, A. Taly, Q. Yan, "Axiomatic attribution for deep networks", 2017.

    Examples
    --------
    >>> product = lambda batch: batch[:, ::-1]  # the gradient of x1 x2
    >>> integrated_gradients(product, np.array([3.0, 2.0]), np.zeros(2), n_steps=4)
    array([3., 3.])
    """
    if n_steps < 1:
        raise ValueError(f"n_steps={n_steps} is below 1")
    refuse_unlike(x=x, baseline=baseline)
    refuse_not_finite(x=x, baseline=baseline)
    middles = (np.arange(n_steps) + 0.5) / n_steps
    way = baseline + np.multiply.outer(middles, x - baseline)
    shares: FloatArray = (x - baseline) * gradient(way).mean(axis=0)
    return shares


def occlusion_map(score: Score, x: FloatArray, patch: int) -> FloatArray:
    r"""Return by how much a score drops when a patch around each pixel is hidden.

    .. math:: D_{ij} = S_c(x) - S_c(x \odot m_{ij})

    Parameters
    ----------
    score : callable
        Of a batch of pictures.
    x : (C, H, W) ndarray of float
        The picture.
    patch : int
        Side of the patch, odd; at borders it is cut.

    Returns
    -------
    (H, W) ndarray of float
        Below 0 where hiding helps.

    Raises
    ------
    ValueError
        If the picture has another shape, the patch is even or below 1, or a number not finite.

    References
    ----------
    .. [1] M. Zeiler, R. Fergus, "Visualizing and understanding convolutional networks", 2014.
    """
    if x.ndim != 3 or patch < 1 or patch % 2 == 0:
        raise ValueError(f"x {x.shape} is (C, H, W), patch={patch} odd")
    refuse_not_finite(x=x)
    half, size = patch // 2, x.shape[-2:]
    hidden = np.repeat(x[None], size[0] * size[1], axis=0)
    for picture, (i, j) in zip(hidden, np.ndindex(*size), strict=True):
        picture[:, max(i - half, 0) : i + half + 1, max(j - half, 0) : j + half + 1] = 0
    drop: FloatArray = score(x[None]) - score(hidden)
    return drop.reshape(size)


def share_inside(heat: FloatArray, inside: BoolArray) -> float:
    """Return which share of a map lies in a region.

    Parameters
    ----------
    heat : (H, W) ndarray of float
        A map; its sizes count, not its signs.
    inside : (H, W) ndarray of bool
        The region.

    Returns
    -------
    float
        0 to 1.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite or the map is zero everywhere.
    """
    if heat.shape != inside.shape:
        raise ValueError(f"heat {heat.shape} and inside {inside.shape} differ in shape")
    refuse_not_finite(heat=heat)
    mass = np.abs(heat)
    if not mass.any():
        raise ValueError("the map is zero everywhere: it has no shares")
    return float(mass[inside].sum() / mass.sum())


def rank_correlation(first: FloatArray, second: FloatArray) -> float:
    r"""Return how far two maps agree on which pixels have more: Spearman's correlation.

    Parameters
    ----------
    first, second : (...) ndarray of float
        Two maps; equal numbers share the mean of their ranks.

    Returns
    -------
    float
        1 for the same order, 0 for none, -1 for the opposite one.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite or all numbers of a map are equal.

    References
    ----------
    .. [1] J. Adebayo et al., "Sanity checks for saliency maps", 2018: compares maps by it.

    Examples
    --------
    >>> round(rank_correlation(np.array([1.0, 2.0, 9.0]), np.array([7.0, 6.0, 5.0])), 9)
    -1.0
    """
    refuse_unlike(first=first, second=second)
    refuse_not_finite(first=first, second=second)
    ranks = np.stack([_ranks(first), _ranks(second)])
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    lengths = np.linalg.norm(centred, axis=1)
    if not lengths.all():
        raise ValueError("all numbers of a map are equal: they have no order")
    return float(centred[0] @ centred[1] / lengths.prod())


def _ranks(values: FloatArray) -> FloatArray:
    """Return the places of numbers in their order, from 1; equal ones get the mean."""
    _, own, counts = np.unique(values, return_inverse=True, return_counts=True)
    ranks: FloatArray = (np.cumsum(counts) - (counts - 1) / 2)[own.ravel()]
    return ranks
