r"""The backward pass of a convolutional layer.

Shapes are those of `dlcv_viz.numerics.convolution.conv2d`; ``delta`` is the gradient of the loss by
its output.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import im2col, pad2d
from dlcv_viz.numerics.convolution_size import Pair, output_shape, pair
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class ConvGradients:
    """Gradients of the loss.

    Parameters
    ----------
    x, w, b : ndarray of float
        By the input, the kernels and the biases, each in the shape of these.
    """

    x: FloatArray
    w: FloatArray
    b: FloatArray


def conv2d_backward(
    delta: FloatArray,
    x: FloatArray,
    w: FloatArray,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> ConvGradients:
    r"""Carry the gradient of the loss back through a layer.

    Parameters
    ----------
    delta : (N, C_out, H', W') ndarray of float
        By the output.
    x : (N, C_in, H, W) ndarray of float
        What the layer got.
    w : (C_out, C_in / groups, k_h, k_w) ndarray of float
        Its kernels.
    stride, padding, dilation : int or (int, int)
        As in the forward pass.
    groups : int, default 1
        As in the forward pass.

    Returns
    -------
    ConvGradients
        Summed over the batch for kernels and biases.

    Raises
    ------
    ValueError
        If `delta` does not have the shape of the output, or something else does not chain.

    See Also
    --------
    weight_gradient, input_gradient, bias_gradient : The parts.
    """
    geometry = {"stride": stride, "padding": padding, "dilation": dilation}
    return ConvGradients(
        x=input_gradient(delta, w, x.shape[-2:], groups=groups, **geometry),
        w=weight_gradient(delta, x, w.shape[-2:], groups=groups, **geometry),
        b=bias_gradient(delta),
    )


def weight_gradient(
    delta: FloatArray,
    x: FloatArray,
    kernel: Pair,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> FloatArray:
    r"""Correlate the input with the gradient by the output.

    .. math:: \frac{\partial L}{\partial w_{ocmn}} = \sum_{i,j} \delta_{oij}\,
              x_{c,\; si + dm - p,\; sj + dn - p}

    Parameters
    ----------
    delta : (N, C_out, H', W') ndarray of float
        By the output.
    x : (N, C_in, H, W) ndarray of float
        What the layer got.
    kernel : int or (int, int)
        Taps.
    stride, padding, dilation, groups
        As in the forward pass.

    Returns
    -------
    (C_out, C_in / groups, k_h, k_w) ndarray of float
        Summed over batch and places.

    Raises
    ------
    ValueError
        If `delta` does not have the shape of the output.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 9.5.
    """
    if x.ndim != 4 or delta.ndim != 4 or len(x) != len(delta) or x.shape[1] % groups:
        raise ValueError(f"x {x.shape} and delta {delta.shape} in {groups} groups do not chain")
    refuse_not_finite(delta=delta, x=x)
    made = output_shape(x.shape[-2:], kernel, stride=stride, padding=padding, dilation=dilation)
    if delta.shape[-2:] != made:
        raise ValueError(f"delta {delta.shape} is not of the output's size {made}")
    grouped = x.reshape(len(x), groups, -1, *x.shape[-2:])
    columns = im2col(grouped, kernel, stride=stride, padding=padding, dilation=dilation)
    rows = delta.reshape(len(x), groups, delta.shape[1] // groups, -1)
    summed: FloatArray = (rows @ columns.mT).sum(axis=0)
    return summed.reshape(delta.shape[1], x.shape[1] // groups, *pair(kernel))


def bias_gradient(delta: FloatArray) -> FloatArray:
    r"""Sum the gradient by the output over batch and places.

    .. math:: \frac{\partial L}{\partial b_o} = \sum_{n,i,j} \delta_{noij}

    Parameters
    ----------
    delta : (N, C_out, H', W') ndarray of float
        By the output.

    Returns
    -------
    (C_out,) ndarray of float
        One number a kernel.

    Raises
    ------
    ValueError
        If `delta` has another number of axes.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 9.5.
    """
    if delta.ndim != 4:
        raise ValueError(f"delta {delta.shape} does not have four axes")
    total: FloatArray = delta.sum(axis=(0, 2, 3))
    return total


def input_gradient(
    delta: FloatArray,
    w: FloatArray,
    size: tuple[int, ...],
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> FloatArray:
    r"""Stamp each kernel, times the gradient by the output, where its window was, and add up.

    At stride and dilation 1 this is the full convolution of `delta` with the kernels:

    .. math:: \frac{\partial L}{\partial x_{cuv}} = \sum_{o,m,n}
              \delta_{o,\; u + p - m,\; v + p - n}\, w_{ocmn}

    Parameters
    ----------
    delta : (N, C_out, H', W') ndarray of float
        By the output.
    w : (C_out, C_in / groups, k_h, k_w) ndarray of float
        The kernels.
    size : (int, int)
        H and W of the input.
    stride, padding, dilation, groups
        As in the forward pass.

    Returns
    -------
    (N, C_in, H, W) ndarray of float
        Zero where no window was.

    Raises
    ------
    ValueError
        If `delta` does not have the shape of the output.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 9.5.
    """
    if delta.ndim != 4 or w.ndim != 4 or delta.shape[1] != len(w) or len(w) % groups:
        raise ValueError(f"delta {delta.shape} and w {w.shape} in {groups} groups do not chain")
    refuse_not_finite(delta=delta, w=w)
    made = output_shape(size, w.shape[-2:], stride=stride, padding=padding, dilation=dilation)
    if delta.shape[-2:] != made:
        raise ValueError(f"delta {delta.shape} is not of the output's size {made}")
    (s_h, s_w), (p_h, p_w), (d_h, d_w) = pair(stride), pair(padding), pair(dilation)
    batch, rows, columns = len(delta), *delta.shape[-2:]
    kernels = w.reshape(groups, len(w) // groups, -1)
    stamps = kernels.mT @ delta.reshape(batch, groups, kernels.shape[1], -1)
    stamps = stamps.reshape(batch, groups * w.shape[1], *w.shape[-2:], rows, columns)
    padded = pad2d(np.zeros((batch, groups * w.shape[1], *size)), padding)
    for m, n in np.ndindex(*w.shape[-2:]):
        down = slice(d_h * m, d_h * m + s_h * (rows - 1) + 1, s_h)
        across = slice(d_w * n, d_w * n + s_w * (columns - 1) + 1, s_w)
        padded[..., down, across] += stamps[:, :, m, n]
    return padded[..., p_h : p_h + size[0], p_w : p_w + size[1]]
