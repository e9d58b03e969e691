"""How much each pixel of a receptive field counts, not only whether it does.

A unit at the top of a stack is reached from a pixel by many paths, one tap for each layer. Where
all taps weigh the same, the number of paths is what counts. Where they are random, a pixel's part
in the squared gradient is proportional to it on average.
"""

import math
from collections.abc import Sequence

import numpy as np

from dlcv_viz.numerics.activation import relu, relu_derivative
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.convolution_gradient import input_gradient
from dlcv_viz.numerics.initialization import he_variance
from dlcv_viz.numerics.kernel_stack import SMALL_KERNEL, stack_field
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.numerics.receptive_field import PIXEL, receptive_field
from dlcv_viz.types import FloatArray

Layers = Sequence[tuple[int, int, int]]  # kernel, stride and dilation of each
CHANNELS, N_INPUTS = 8, 8  # of random stacks: enough that single draws scatter by some 5%


def path_counts(layers: Layers) -> FloatArray:
    """Count the paths from each pixel to one unit of a stack, along one axis.

    Parameters
    ----------
    layers : sequence of (int, int, int)
        Kernel, stride and dilation of each, from the input on; each at least 1.

    Returns
    -------
    (r,) ndarray of float
        Whole numbers, one for each pixel of the receptive field. In a plane, they are the products
        of those down and across.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> path_counts([(3, 1, 1)] * 2)
    array([1., 2., 3., 2., 1.])
    """
    paths = np.ones(1)
    seen = [PIXEL, *receptive_field(layers)]
    for (kernel, _, dilation), before in zip(layers, seen[:-1], strict=True):
        gap = dilation * before.jump  # pixels from one tap to the next
        taps = np.zeros(gap * (kernel - 1) + 1)
        taps[::gap] = 1
        paths = np.convolve(paths, taps)
    return paths


def effective_width(layers: Layers) -> float:
    r"""Return the standard deviation of a path's pixel, along one axis.

    A path adds up one independent step for each layer, and a step among k evenly spaced taps has
    the variance (k² - 1) / 12 in units of their distance.

    .. math:: \omega = \sqrt{\sum_\ell \frac{k_\ell^2 - 1}{12}\, (d_\ell\, j_{\ell-1})^2},
              \qquad \omega_n = \sqrt{\frac{2n}{3}}
              \text{ for } n \text{ layers of 3 by 3 at stride 1}

    Parameters
    ----------
    layers : sequence of (int, int, int)
        Kernel, stride and dilation of each, from the input on; each at least 1.

    Returns
    -------
    float
        In pixels; 0 without layers.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] W. Luo, Y. Li, R. Urtasun, R. Zemel, "Understanding the Effective Receptive Field in
       Deep Convolutional Neural Networks", NeurIPS 2016.
    """
    seen = [PIXEL, *receptive_field(layers)]
    steps = (
        (kernel**2 - 1) / 12 * (dilation * before.jump) ** 2
        for (kernel, _, dilation), before in zip(layers, seen[:-1], strict=True)
    )
    return math.sqrt(sum(steps))


def spread(shares: FloatArray) -> float:
    """Return the standard deviation of a distribution over pixels, along one axis.

    Parameters
    ----------
    shares : (r,) or (r, r) ndarray of float
        At least 0; they need not add up to 1. In a plane, the mean of both axes' variances counts.

    Returns
    -------
    float
        In pixels.

    Raises
    ------
    ValueError
        If the shares are no line or square, one is below 0, or all are 0.
    """
    if shares.ndim not in {1, 2} or len(set(shares.shape)) != 1:
        raise ValueError(f"shares {shares.shape} are neither a line nor a square")
    if not (shares >= 0).all() or not shares.sum() > 0:
        raise ValueError("shares are at least 0, and one is above")
    places = np.arange(len(shares))
    variances = []
    for axis in range(shares.ndim):
        along = shares.sum(axis=tuple({*range(shares.ndim)} - {axis})) / shares.sum()
        middle = along @ places
        variances.append(along @ (places - middle) ** 2)
    return float(np.sqrt(np.mean(variances)))


def gradient_shares(x: FloatArray, kernels: Sequence[FloatArray]) -> FloatArray:
    r"""Measure how much each pixel counts for the unit at the top of a stack, with ReLU between.

    .. math:: s_{ij} \propto \sum_{n,c,o} \left(
              \frac{\partial z_{no}}{\partial x_{ncij}}\right)^2

    Parameters
    ----------
    x : (N, C, r, r) ndarray of float
        Pictures, as large as the receptive field of the stack.
    kernels : sequence of (C_out, C_in, k, k) ndarray of float
        Of each layer from the input on, at stride 1 and without padding.

    Returns
    -------
    (r, r) ndarray of float
        Shares of the squared gradient of the last layer before a ReLU, the sum over pictures,
        channels and outputs; they add up to 1.

    Raises
    ------
    ValueError
        If the layers do not chain, more than one place is left, or no pixel counts.
    """
    z = list[FloatArray]()  # pre-activations of each layer
    for w in kernels:
        z.append(conv2d(relu(z[-1]) if z else x, w))
    if not z or z[-1].shape[-2:] != (1, 1):
        raise ValueError(f"x {x.shape} is not as large as the field of {len(kernels)} layers")
    # A copy of each picture for each output, whose gradient is 1 there.
    n_outputs = len(kernels[-1])
    delta = np.tile(np.eye(n_outputs), (len(x), 1))[:, :, None, None]
    for below, w in zip(reversed(z[:-1]), reversed(kernels[1:]), strict=True):
        delta = input_gradient(delta, w, below.shape[-2:])
        delta *= np.repeat(relu_derivative(below), n_outputs, axis=0)
    energy = (input_gradient(delta, kernels[0], x.shape[-2:]) ** 2).sum(axis=(0, 1))
    if not energy.sum():
        raise ValueError("no pixel counts: all paths are shut")
    shares: FloatArray = energy / energy.sum()
    return shares


def random_stack_shares(n_layers: int, *, seed: int) -> FloatArray:
    r"""Measure how much each pixel counts in a stack of random 3 by 3 layers with ReLU between.

    Parameters
    ----------
    n_layers : int
        At least 1.
    seed : int
        Of eight pictures with eight channels of normal numbers, and of as many kernels a layer,
        which are drawn as :math:`\mathcal N(0, 2 / (9C))`.

    Returns
    -------
    (2n + 1, 2n + 1) ndarray of float
        As `gradient_shares` tells them.

    Raises
    ------
    ValueError
        If there is no layer.
    """
    refuse_below(1, n_layers=n_layers)
    rng = np.random.default_rng(seed)
    side, k = stack_field(n_layers), SMALL_KERNEL
    deviation = math.sqrt(he_variance(k**2 * CHANNELS))
    kernels = rng.normal(0, deviation, (n_layers, CHANNELS, CHANNELS, k, k))
    return gradient_shares(rng.normal(size=(N_INPUTS, CHANNELS, side, side)), list(kernels))
