r"""Losses of embeddings and masks: they are about distances and overlaps, not about labels."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray, IntArray


def soft_dice(p: FloatArray, g: FloatArray, *, is_squared: bool = False) -> float:
    r"""Return the soft Dice loss: one minus the overlap of a predicted and a true mask.

    .. math:: \mathcal L = 1 - \frac{2 \sum_i p_i g_i}{\sum_i p_i + \sum_i g_i}

    Parameters
    ----------
    p : (...) ndarray of float
        Probability of each pixel, from 0 to 1.
    g : (...) ndarray of float
        True mask, 0 or 1.
    is_squared : bool, default False
        Whether the denominator holds squares, as in V-Net.

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not from 0 to 1, or both masks are empty.

    References
    ----------
    .. [1] F. Milletari, N. Navab, S.-A. Ahmadi, "V-Net", 3DV 2016, with `is_squared`.

    Examples
    --------
    >>> soft_dice(np.array([0.5, 0.5]), np.array([1.0, 0.0]))
    0.5
    """
    overlap, total = _dice_parts(p, g, 2 if is_squared else 1)
    return float(1 - 2 * overlap / total)


def soft_dice_gradient(p: FloatArray, g: FloatArray, *, is_squared: bool = False) -> FloatArray:
    """Return the gradient of `soft_dice` by the probabilities."""
    overlap, total = _dice_parts(p, g, 2 if is_squared else 1)
    own = 2 * p if is_squared else np.ones_like(p)
    return 2 * (overlap * own - total * g) / total**2


def contrastive(distance: FloatArray, is_different: IntArray, *, margin: float = 1.0) -> FloatArray:
    r"""Return the contrastive loss of pairs.

    .. math:: \ell = (1 - Y)\,\tfrac12 d^2 + Y\,\tfrac12 \max(0, \rho - d)^2

    Parameters
    ----------
    distance : (...) ndarray of float
        Distance d of the two embeddings of each pair; at least 0.
    is_different : (...) ndarray of int
        Y, as in the paper: 0 for a similar pair, 1 for a dissimilar one.
    margin : float, default 1
        :math:`\rho`, above 0: how far apart a dissimilar pair has to be.

    Returns
    -------
    (...) ndarray of float
        At least 0.

    Raises
    ------
    ValueError
        If the shapes differ, a distance is below 0 or not finite, a label is neither 0 nor 1, or
        the margin is not above 0.

    References
    ----------
    .. [1] R. Hadsell, S. Chopra, Y. LeCun, "Dimensionality reduction by learning an invariant
       mapping", CVPR 2006.

    Examples
    --------
    >>> contrastive(np.array([0.6, 0.6]), np.array([0, 1])).round(2)
    array([0.18, 0.08])
    """
    missing = _missing(distance, is_different, margin)
    return np.where(is_different == 1, missing**2, distance**2) / 2


def contrastive_gradient(
    distance: FloatArray, is_different: IntArray, *, margin: float = 1.0
) -> FloatArray:
    """Return the derivative of `contrastive` by the distance."""
    missing = _missing(distance, is_different, margin)
    return np.where(is_different == 1, -missing, distance)


def triplet(
    anchor: FloatArray, positive: FloatArray, negative: FloatArray, *, margin: float = 0.2
) -> FloatArray:
    r"""Return the triplet loss, on squared distances.

    .. math:: \ell = \max\left(0, \lVert \mathbf a - \mathbf p \rVert^2
              - \lVert \mathbf a - \mathbf n \rVert^2 + \rho\right)

    Parameters
    ----------
    anchor, positive, negative : (..., n) ndarray of float
        Embeddings: the positive is of the anchor's kind, the negative is not.
    margin : float, default 0.2
        :math:`\rho`, at least 0, in the squared unit of the embeddings.

    Returns
    -------
    (...) ndarray of float
        0 where the negative is farther by the margin.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, or the margin is below 0.

    References
    ----------
    .. [1] F. Schroff, D. Kalenichenko, J. Philbin, "FaceNet", CVPR 2015, equation 3.

    Examples
    --------
    >>> triplet(np.array([0.0, 0.0]), np.array([1.0, 0.0]), np.array([0.0, 1.0])).round(2)
    np.float64(0.2)
    """
    return np.maximum(0, _violation(anchor, positive, negative, margin))


def triplet_gradient(
    anchor: FloatArray, positive: FloatArray, negative: FloatArray, *, margin: float = 0.2
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the gradients of `triplet` by anchor, positive and negative; 0 if it is at rest."""
    is_active = (_violation(anchor, positive, negative, margin) > 0)[..., None]
    return (
        2 * is_active * (negative - positive),
        2 * is_active * (positive - anchor),
        2 * is_active * (anchor - negative),
    )


def _dice_parts(p: FloatArray, g: FloatArray, power: int) -> tuple[float, float]:
    """Return the overlap, and the sum of the sizes of both masks."""
    refuse_unlike(p=p, g=g)
    refuse_not_finite(p=p, g=g)
    if min(p.min(), g.min()) < 0 or max(p.max(), g.max()) > 1:
        raise ValueError("p and g are from 0 to 1")
    total = float((p**power).sum() + (g**power).sum())
    if not total:
        raise ValueError("both masks are empty: their overlap is 0/0")
    return float((p * g).sum()), total


def _missing(distance: FloatArray, is_different: IntArray, margin: float) -> FloatArray:
    """Return how much of the margin each pair lacks."""
    refuse_unlike(distance=distance, is_different=is_different)
    refuse_not_finite(distance=distance)
    if (distance < 0).any() or not np.isin(is_different, (0, 1)).all():
        raise ValueError("distances are at least 0, and is_different is 0 or 1")
    if not margin > 0:
        raise ValueError(f"margin={margin} is not above 0")
    return np.maximum(0, margin - distance)


def _violation(
    anchor: FloatArray, positive: FloatArray, negative: FloatArray, margin: float
) -> FloatArray:
    """Return by how much each triplet misses its margin; below 0 if it does not."""
    refuse_unlike(anchor=anchor, positive=positive, negative=negative)
    refuse_not_finite(anchor=anchor, positive=positive, negative=negative)
    if not margin >= 0:
        raise ValueError(f"margin={margin} is below 0")
    near, far = ((anchor - other) ** 2 for other in (positive, negative))
    total: FloatArray = near.sum(axis=-1) - far.sum(axis=-1) + margin
    return total
