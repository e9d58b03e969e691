r"""Local response normalization: a map is divided by what its neighbours have at the same place.

Maps are (..., C, H, W), as in `dlcv_viz.numerics.convolution`. Constants are those of
A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet Classification with Deep Convolutional Neural
Networks", NeurIPS 2012, section 3.3. Their :math:`\alpha` stands before the sum of squares; torch's
before the mean.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray

SIZE, ALPHA, BETA, K = 5, 1e-4, 0.75, 2.0


def local_response_norm(
    a: FloatArray, *, size: int = SIZE, alpha: float = ALPHA, beta: float = BETA, k: float = K
) -> FloatArray:
    r"""Divide every activation by a power of the squares around it, along the channels.

    .. math:: b^i = a^i \Big/ \left(k + \alpha \sum_{j = i - \lfloor n/2 \rfloor}
              ^{i + \lfloor n/2 \rfloor} (a^j)^2\right)^\beta

    Parameters
    ----------
    a : (..., C, H, W) ndarray of float
        Activations; beyond the first and the last map there are none.
    size : int, default 5
        n, odd: how many maps are summed.
    alpha : float, default 1e-4
        Of the sum, at least 0.
    beta : float, default 0.75
        The power, at least 0.
    k : float, default 2
        What is there without any activation, above 0.

    Returns
    -------
    (..., C, H, W) ndarray of float
        Nearer to 0 wherever the bracket is above 1.

    Raises
    ------
    ValueError
        If `a` has no channels, a number is not finite, or a constant out of its range.

    Examples
    --------
    >>> a = np.array([50.0, 100.0, 150.0, 200.0, 250.0]).reshape(5, 1, 1)
    >>> local_response_norm(a)[2].round(4)
    array([[18.9728]])
    """
    if a.ndim < 3:
        raise ValueError(f"a {a.shape} is not (…, C, H, W)")
    if size < 1 or size % 2 == 0:
        raise ValueError(f"size={size} is not odd and at least 1")
    _refuse_wrong_constants(alpha, beta, k)
    refuse_not_finite(a=a)
    beside = [(0, 0)] * (a.ndim - 3) + [(size // 2, size // 2), (0, 0), (0, 0)]
    near = sliding_window_view(np.pad(np.abs(a), beside), size, axis=-3)
    # Squares of large activations would overflow: take out the largest, and put it back as a power.
    unit = np.maximum(near.max(axis=-1), 1.0)
    squares = ((near / unit[..., None]) ** 2).sum(axis=-1)
    normalized: FloatArray = (
        a / unit * unit ** (1 - 2 * beta) / (k / unit / unit + alpha * squares) ** beta
    )
    return normalized


def loudest_input(n_equal: int, *, alpha: float = ALPHA, beta: float = BETA, k: float = K) -> float:
    r"""Return the activation whose normalized value is largest, among equally active neighbours.

    .. math:: a^\star = \sqrt{\frac{k}{\alpha\, n\, (2 \beta - 1)}}

    Parameters
    ----------
    n_equal : int
        How many maps of the sum have this activation, its own among them, at least 1; the others
        are 0.
    alpha, beta, k : float
        As for `local_response_norm`, but `alpha` above 0 and `beta` above 1/2: else more is
        always more.

    Returns
    -------
    float
        Beyond it, a larger activation gives a smaller result.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> round(loudest_input(1), 6)
    200.0
    """
    _refuse_wrong_constants(alpha, beta, k)
    if n_equal < 1 or not alpha > 0 or not beta > 0.5:
        raise ValueError(f"n_equal={n_equal}, alpha={alpha}, beta={beta}: there is no largest")
    return float(np.sqrt(k / (alpha * n_equal * (2 * beta - 1))))


def _refuse_wrong_constants(alpha: float, beta: float, k: float) -> None:
    if not (0 <= alpha < np.inf and 0 <= beta < np.inf and 0 < k < np.inf):
        raise ValueError(f"alpha={alpha} and beta={beta} are at least 0, k={k} above 0")
