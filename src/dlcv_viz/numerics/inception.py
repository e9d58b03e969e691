r"""Inception modules: convolutions of one pixel, branches side by side, and what they weigh.

A module has six layers, always in the order of the paper's table: 1x1; 3x3 reduce, 3x3; 5x5 reduce,
5x5; pool projection. Weights are counted without biases.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from dlcv_viz.numerics.activation import relu
from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.pooling import max_pool2d
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.types import FloatArray


class Widths(NamedTuple):
    """Channels that the six layers of a module give."""

    one: int
    three_reduce: int
    three: int
    five_reduce: int
    five: int
    projection: int

    @property
    def output(self) -> int:
        """Channels of the module: those of its four branches."""
        return self.one + self.three + self.five + self.projection


def one_by_one(x: FloatArray, W: FloatArray, b: FloatArray) -> FloatArray:
    r"""Map the channels of each pixel by the same matrix.

    .. math:: \mathbf y_{ij} = W \mathbf x_{ij} + \mathbf b

    Parameters
    ----------
    x : (..., C_in, H, W) ndarray of float
        Maps.
    W : (C_out, C_in) ndarray of float
        Weights.
    b : (C_out,) ndarray of float
        Biases.

    Returns
    -------
    (..., C_out, H, W) ndarray of float
        As many pixels as before.

    Raises
    ------
    ValueError
        If the shapes do not chain, or a number is not finite.

    References
    ----------
    .. [1] M. Lin, Q. Chen, S. Yan, "Network In Network", ICLR 2014, arXiv:1312.4400.

    Examples
    --------
    >>> one_by_one(np.array([[[2.0]], [[5.0]]]), np.array([[1.0, -1.0]]), np.zeros(1)).tolist()
    [[[-3.0]]]
    """
    if x.ndim < 3 or W.shape != (len(b), x.shape[-3]) or b.ndim != 1:
        raise ValueError(f"x {x.shape}, W {W.shape} and b {b.shape} do not chain")
    refuse_not_finite(x=x, W=W, b=b)
    y: FloatArray = np.einsum("oc,...chw->...ohw", W, x) + b[:, None, None]
    return y


def inception_module(x: FloatArray, layers: Sequence[tuple[FloatArray, FloatArray]]) -> FloatArray:
    """Run four branches on the same maps and put what they give behind one another.

    Parameters
    ----------
    x : (N, C_in, H, W) ndarray of float
        Maps.
    layers : sequence of six ((C_out, C_in, k, k), (C_out,)) pairs of ndarray of float
        Kernels and biases of the layers; a ReLU follows each.

    Returns
    -------
    (N, C_out, H, W) ndarray of float
        Channels of the branches 1x1, 3x3, 5x5 and pooling, in this order.

    Raises
    ------
    ValueError
        If there are not six layers, their kernels are none of the paper's, or shapes do not chain.

    References
    ----------
    .. [1] C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, arXiv:1409.4842.
    """
    sides = [w.shape[-1] for w, _ in layers]
    if sides != [1, 1, 3, 1, 5, 1]:
        raise ValueError(f"kernels have the sides {sides}, not 1, 1, 3, 1, 5, 1")
    one, three_reduce, three, five_reduce, five, projection = layers
    pooled = max_pool2d(x, 3, stride=1, padding=1)
    branches = [
        _layer(x, *one),
        _layer(_layer(x, *three_reduce), *three),
        _layer(_layer(x, *five_reduce), *five),
        _layer(pooled, *projection),
    ]
    return np.concatenate(branches, axis=1)


def module_weights(c_in: int, widths: Widths) -> int:
    r"""Count the weights of a module.

    .. math:: C (c_1 + r_3 + r_5 + c_\text{p}) + 9 r_3 c_3 + 25 r_5 c_5

    Parameters
    ----------
    c_in : int
        C, channels that it reads, at least 1.
    widths : Widths
        Channels of its layers, at least 1.

    Returns
    -------
    int
        Without biases, of which each layer has as many as channels.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, arXiv:1409.4842.

    Examples
    --------
    >>> module_weights(192, Widths(64, 96, 128, 16, 32, 32))
    163328
    """
    refuse_below(1, c_in=c_in, **widths._asdict())
    pointwise = widths.one + widths.three_reduce + widths.five_reduce + widths.projection
    large = 9 * widths.three_reduce * widths.three + 25 * widths.five_reduce * widths.five
    return c_in * pointwise + large


def naive_module_weights(c_in: int, widths: Widths) -> int:
    r"""Count the weights of a module without reductions and projection.

    .. math:: C (c_1 + 9 c_3 + 25 c_5)

    Parameters
    ----------
    c_in : int
        C, channels that it reads, at least 1.
    widths : Widths
        Channels of its layers, at least 1; those of reductions and projection do not matter.

    Returns
    -------
    int
        Without biases.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, arXiv:1409.4842.

    Examples
    --------
    >>> naive_module_weights(192, Widths(64, 96, 128, 16, 32, 32))
    387072
    """
    refuse_below(1, c_in=c_in, **widths._asdict())
    return c_in * (widths.one + 9 * widths.three + 25 * widths.five)


def reduced_weights(c_in: int, width: int, c_out: int, kernel: int) -> int:
    r"""Count the weights of a convolution and of one of 1 by 1 that narrows what it reads.

    .. math:: r (C + k^2 C')

    Parameters
    ----------
    c_in, width, c_out : int
        C, r and C': channels before, between and behind the two, at least 1.
    kernel : int
        k, side of the larger kernel, at least 1.

    Returns
    -------
    int
        Without biases.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> reduced_weights(256, 64, 512, 3), 256 * 512 * 9
    (311296, 1179648)
    """
    refuse_below(1, c_in=c_in, width=width, c_out=c_out, kernel=kernel)
    return width * (c_in + kernel**2 * c_out)


def breakeven_width(c_in: int, c_out: int, kernel: int) -> float:
    r"""Return the width at which a bottleneck weighs as much as one direct convolution.

    .. math:: \frac{k^2 C C'}{C + k^2 C'}

    Parameters
    ----------
    c_in, c_out, kernel : int
        As for `reduced_weights`.

    Returns
    -------
    float
        Below it the bottleneck is lighter; it is less than both C and k² C'.

    Raises
    ------
    ValueError
        If a number is below 1.

    Examples
    --------
    >>> round(breakeven_width(256, 512, 3), 1)
    242.5
    """
    refuse_below(1, c_in=c_in, c_out=c_out, kernel=kernel)
    taps = kernel**2 * c_out
    return c_in * taps / (c_in + taps)


def factorization_saving(kernel: int) -> float:
    r"""Return what a column and a row save against a square kernel, at equal widths.

    .. math:: 1 - \frac{2n}{n^2} = 1 - \frac2n

    Parameters
    ----------
    kernel : int
        n, side of the square, at least 1.

    Returns
    -------
    float
        Share of the weights; below 0 for a single tap, which becomes two.

    Raises
    ------
    ValueError
        If the side is below 1.

    References
    ----------
    .. [1] C. Szegedy et al., "Rethinking the Inception Architecture for Computer Vision",
       CVPR 2016, arXiv:1512.00567.

    Examples
    --------
    >>> round(factorization_saving(7), 3)
    0.714
    """
    refuse_below(1, kernel=kernel)
    return 1 - 2 / kernel


def _layer(x: FloatArray, w: FloatArray, b: FloatArray) -> FloatArray:
    """Convolve so that maps keep their size, and rectify."""
    return relu(conv2d(x, w, b, padding=w.shape[-1] // 2))
