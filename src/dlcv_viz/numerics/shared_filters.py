r"""A network of one idea: filters slide over the picture, and the best match of each is weighed.

.. math:: z = \sum_f v_f \max\left(0,\; \max_{ij} (x \star w_f)_{ij} + b_f\right) + c

Pictures are (N, H, W). They are padded with half a filter of zeros, so that a shape that stands
whole in the picture is seen whole and in parts wherever it stands.
"""

from dataclasses import dataclass, fields

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import pad2d, windows2d
from dlcv_viz.numerics.cross_entropy import bce_gradient
from dlcv_viz.types import BoolArray, FloatArray, IntArray


@dataclass(frozen=True)
class FilterNet:
    """What the network has learnt, or the slopes of its loss.

    Attributes
    ----------
    filters : (F, k, k) ndarray of float
        What is looked for, at every place; k is odd.
    thresholds : (F,) ndarray of float
        Added to the best match of each.
    weights : (F,) ndarray of float
        What each filter says about the answer.
    bias : (1,) ndarray of float
        Of the answer.
    """

    filters: FloatArray
    thresholds: FloatArray
    weights: FloatArray
    bias: FloatArray


def start(n_filters: int, side: int, *, seed: int, deviation: float = 0.1) -> FilterNet:
    """Draw filters and weights from a normal distribution; all else is zero.

    Parameters
    ----------
    n_filters, side : int
        How many, and of which side: odd.
    seed : int
        Of the numbers.
    deviation : float, default 0.1
        Of the numbers, above 0.

    Returns
    -------
    FilterNet
        Untrained.

    Raises
    ------
    ValueError
        If there is no filter, the side is even or the deviation not above 0.
    """
    if n_filters < 1 or side < 1 or side % 2 == 0 or not deviation > 0:
        told = f"n_filters={n_filters}, side={side}, deviation={deviation}"
        raise ValueError(f"{told}: at least 1, odd, above 0")
    rng = np.random.default_rng(seed)
    filters = rng.normal(0, deviation, (n_filters, side, side))
    weights = rng.normal(0, deviation, n_filters)
    return FilterNet(filters, np.zeros(n_filters), weights, np.zeros(1))


def scores(net: FilterNet, x: FloatArray) -> FloatArray:
    """Return how much the network is for class 1.

    Parameters
    ----------
    net : FilterNet
        Any.
    x : (N, H, W) ndarray of float
        Pictures.

    Returns
    -------
    (N,) ndarray of float
        Above 0 for class 1.

    Raises
    ------
    ValueError
        If `x` has another shape or a number is not finite.
    """
    best, _ = _best_matches(net, _windows(net, x))
    return _answers(net, best)


def loss_gradient(net: FilterNet, x: FloatArray, y: IntArray) -> FilterNet:
    """Return the slopes of the mean cross-entropy.

    Parameters
    ----------
    net : FilterNet
        Any.
    x : (N, H, W) ndarray of float
        Pictures.
    y : (N,) ndarray of int
        Labels, 0 or 1.

    Returns
    -------
    FilterNet
        By filters, thresholds, weights and bias. Only the window that matched best has a part.

    Raises
    ------
    ValueError
        If shapes do not fit or a number is not finite.
    """
    return _gradient(net, _windows(net, x), y)


def train_filters(
    net: FilterNet, x: FloatArray, y: IntArray, *, learning_rate: float = 1.0, n_steps: int = 120
) -> FilterNet:
    """Follow the gradient over all pictures.

    Parameters
    ----------
    net : FilterNet
        Where to start.
    x : (N, H, W) ndarray of float
        Pictures.
    y : (N,) ndarray of int
        Labels, 0 or 1.
    learning_rate : float, default 1.0
        Above 0.
    n_steps : int, default 120
        At least 1.

    Returns
    -------
    FilterNet
        After the last step.

    Raises
    ------
    ValueError
        If shapes do not fit, a number is out of its range or not finite.
    """
    if not learning_rate > 0 or n_steps < 1:
        raise ValueError(f"learning_rate={learning_rate} is above 0, n_steps={n_steps} at least 1")
    windows = _windows(net, x)  # once: they cost more than a step
    for _ in range(n_steps):
        slope = _gradient(net, windows, y)
        names = [field.name for field in fields(FilterNet)]
        net = FilterNet(*(getattr(net, n) - learning_rate * getattr(slope, n) for n in names))
    return net


def _windows(net: FilterNet, x: FloatArray) -> FloatArray:
    """Return what the filters see, (pictures, places, taps)."""
    if np.ndim(x) != 3:
        raise ValueError(f"x {np.shape(x)} is not (N, H, W)")
    refuse_not_finite(x=x)
    side = net.filters.shape[-1]
    seen = windows2d(pad2d(x, side // 2), side)
    return seen.reshape(len(x), -1, side**2)


def _best_matches(net: FilterNet, windows: FloatArray) -> tuple[FloatArray, IntArray]:
    """Return the best match of each filter with each picture, and at which place it is."""
    n, places, taps = windows.shape
    # One product for all pictures: numpy would make one of each.
    flat = windows.reshape(-1, taps) @ net.filters.reshape(-1, taps).T
    matches = flat.reshape(n, places, -1)
    at = matches.argmax(axis=1)
    best = np.take_along_axis(matches, at[:, None], axis=1)[:, 0]
    return best + net.thresholds, at


def _answers(net: FilterNet, best: FloatArray) -> FloatArray:
    answers: FloatArray = np.maximum(best, 0) @ net.weights + net.bias
    return answers


def _gradient(net: FilterNet, windows: FloatArray, y: IntArray) -> FilterNet:
    if np.shape(y) != windows.shape[:1]:
        raise ValueError(f"{len(windows)} pictures and y {np.shape(y)} do not fit")
    best, at = _best_matches(net, windows)
    delta = bce_gradient(_answers(net, best), y) / len(y)
    is_on: BoolArray = best > 0
    behind = delta[:, None] * net.weights * is_on
    seen = np.take_along_axis(windows, at[:, :, None], axis=1)
    filters = np.einsum("nf,nft->ft", behind, seen).reshape(net.filters.shape)
    weights = np.maximum(best, 0).T @ delta
    return FilterNet(filters, behind.sum(axis=0), weights, delta.sum(keepdims=True))
