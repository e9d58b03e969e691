"""Stochastic pooling: a window is a lottery whose tickets are its activations."""

import numpy as np

from dlcv_viz.numerics.convolution import windows2d
from dlcv_viz.numerics.convolution_size import Pair
from dlcv_viz.numerics.pooling import places
from dlcv_viz.types import FloatArray, IntArray


def sampled_indices2d(
    x: FloatArray, kernel: Pair, *, seed: int, stride: Pair | None = None
) -> IntArray:
    r"""Draw a place from every window, each with a probability in proportion to its value.

    .. math:: P(m, n) = \frac{x_{m, n}}{\sum_{u, v} x_{u, v}}

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Activations, at least 0, as behind a ReLU.
    kernel, stride
        As for `dlcv_viz.numerics.pooling_size.places2d`.
    seed : int
        Of the draws.

    Returns
    -------
    (..., H', W') ndarray of int
        Places in the picture, counted row by row; the first of a window of zeros. For
        `dlcv_viz.numerics.pooling.pick` and `dlcv_viz.numerics.pooling_gradient.route`.

    Raises
    ------
    ValueError
        If x is no picture, not finite or below 0, or no window fits.

    References
    ----------
    .. [1] M. Zeiler, R. Fergus, "Stochastic Pooling for Regularization of Deep Convolutional
           Neural Networks", ICLR 2013, arXiv:1301.3557.
    """
    chances = probabilities(x, kernel, stride=stride)
    spins = np.random.default_rng(seed).random((*chances.shape[:-1], 1))
    # A cell without a chance is never chosen: its step of the sum is empty.
    climbed = chances.cumsum(axis=-1)
    taps = (climbed > spins * climbed[..., -1:]).argmax(axis=-1)
    at = places(x, kernel, stride, 0)
    down, across = np.divmod(taps, at.kernel[1])
    rows = at.stride[0] * np.arange(at.output[0])[:, None] + down
    columns = at.stride[1] * np.arange(at.output[1]) + across
    chosen: IntArray = rows * at.size[1] + columns
    return chosen


def expected_pool2d(x: FloatArray, kernel: Pair, *, stride: Pair | None = None) -> FloatArray:
    r"""Weigh each window by the probabilities of `sampled_indices2d`, as at test time.

    .. math:: y = \sum_{m, n} P(m, n)\, x_{m, n}

    Parameters
    ----------
    x, kernel, stride
        As for `sampled_indices2d`.

    Returns
    -------
    (..., H', W') ndarray of float
        Between the mean of a window and its maximum.

    Raises
    ------
    ValueError
        As by `sampled_indices2d`.

    References
    ----------
    .. [1] M. Zeiler, R. Fergus, "Stochastic Pooling for Regularization of Deep Convolutional
           Neural Networks", ICLR 2013, arXiv:1301.3557.

    Examples
    --------
    >>> expected_pool2d(np.array([[1.0, 3.0], [0.0, 0.0]]), 2)
    array([[2.5]])
    """
    chances = probabilities(x, kernel, stride=stride)
    y: FloatArray = (chances * _flat(x, kernel, stride)).sum(axis=-1)
    return y


def probabilities(x: FloatArray, kernel: Pair, *, stride: Pair | None = None) -> FloatArray:
    """Return the chances of the cells of every window, (…, H', W', k_h k_w); 0 in empty ones."""
    seen = _flat(x, kernel, stride)
    if (x < 0).any():
        raise ValueError(f"x holds {x.min():g}, which is no weight of a lottery: it is below 0")
    total = seen.sum(axis=-1, keepdims=True)
    return seen / np.where(total > 0, total, 1)


def _flat(x: FloatArray, kernel: Pair, stride: Pair | None) -> FloatArray:
    at = places(x, kernel, stride, 0)
    seen = windows2d(x, at.kernel, stride=at.stride)
    return seen.reshape(*seen.shape[:-2], -1)
