r"""Convolution as libraries compute it, which is cross-correlation, and true convolution.

Pictures are (…, H, W). A layer maps x (N, C_in, H, W) by w (C_out, C_in / groups, k_h, k_w) and
b (C_out,) to y (N, C_out, H', W'). Stride, padding and dilation are one number for both axes, or a
pair (down, across). Sizes are in `dlcv_viz.numerics.convolution_size`, the backward pass
in `dlcv_viz.numerics.convolution_gradient`.
"""

from typing import Literal

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution_size import Pair, output_shape, pair, span
from dlcv_viz.types import FloatArray

Fill = Literal["zero", "reflect", "replicate", "circular"]
_MODES: dict[Fill, Literal["constant", "reflect", "edge", "wrap"]] = {
    "zero": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}


def pad2d(x: FloatArray, padding: Pair, fill: Fill = "zero") -> FloatArray:
    """Add a border to pictures.

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures.
    padding : int or (int, int)
        Pixels above and below, left and right; at least 0.
    fill : {"zero", "reflect", "replicate", "circular"}, default "zero"
        Zeros, the picture mirrored at its outermost pixels, these pixels repeated, or the picture
        from its other side.

    Returns
    -------
    (..., H + 2 p_h, W + 2 p_w) ndarray of float
        A copy.

    Raises
    ------
    ValueError
        If the padding is negative, or larger than a mirror or the other side can fill.
    """
    down, across = pair(padding)
    if min(down, across) < 0:
        raise ValueError(f"padding={padding} is below 0")
    most = {"reflect": (x.shape[-2] - 1, x.shape[-1] - 1), "circular": x.shape[-2:]}.get(fill)
    if most and (down > most[0] or across > most[1]):
        raise ValueError(f"padding={padding} is more than {fill} can fill: at most {most}")
    border = [(0, 0)] * (x.ndim - 2) + [(down, down), (across, across)]
    return np.pad(x, border, mode=_MODES[fill])


def windows2d(x: FloatArray, kernel: Pair, *, stride: Pair = 1, dilation: Pair = 1) -> FloatArray:
    """View pictures as the windows that a kernel meets on its way.

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures, padded already.
    kernel, stride, dilation : int or (int, int)
        Taps, pixels from one place to the next, pixels from one tap to the next; at least 1.

    Returns
    -------
    (..., H', W', k_h, k_w) ndarray of float
        A view that cannot be written to.

    Raises
    ------
    ValueError
        If a number is out of its range, or the window fits nowhere.

    Examples
    --------
    >>> windows2d(np.arange(9.0).reshape(3, 3), 2)[0, 1].tolist()
    [[1.0, 2.0], [4.0, 5.0]]
    """
    if x.ndim < 2:
        raise ValueError(f"x {x.shape} has no two axes for a picture")
    output_shape(x.shape[-2:], kernel, stride=stride, dilation=dilation)  # refuses what has no fit
    (k_h, k_w), (s_h, s_w), (d_h, d_w) = pair(kernel), pair(stride), pair(dilation)
    spans = span(k_h, d_h), span(k_w, d_w)
    every: FloatArray = sliding_window_view(x, spans, axis=(-2, -1))
    return every[..., ::s_h, ::s_w, ::d_h, ::d_w]


def correlate2d(
    x: FloatArray, k: FloatArray, *, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> FloatArray:
    r"""Slide a kernel over pictures as it is: cross-correlation.

    .. math:: y_{ij} = \sum_{m,n} k_{mn}\, x_{si + dm - p,\; sj + dn - p}

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures; zero outside.
    k : (k_h, k_w) ndarray of float
        The kernel.
    stride, padding, dilation : int or (int, int)
        s and d at least 1, p at least 0.

    Returns
    -------
    (..., H', W') ndarray of float
        Of the size that `dlcv_viz.numerics.convolution_size.output_size` tells.

    Raises
    ------
    ValueError
        If the kernel is no matrix, or the window fits nowhere.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> correlate2d(np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 1.0]]), np.array([[1.0, -1.0]]))
    array([[-1.,  2.],
           [-1.,  0.]])
    """
    if k.ndim != 2:
        raise ValueError(f"k {k.shape} is no matrix")
    refuse_not_finite(x=x, k=k)
    seen = windows2d(pad2d(x, padding), k.shape, stride=stride, dilation=dilation)
    y: FloatArray = np.einsum("...mn,mn->...", seen, k)
    return y


def convolve2d(x: FloatArray, k: FloatArray, *, padding: Pair = 0) -> FloatArray:
    r"""Slide a kernel turned by 180° over pictures: true convolution.

    .. math:: (x * k)_{ij} = \sum_{m,n} x_{i-m,\, j-n}\, k_{mn}

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures; zero outside.
    k : (k_h, k_w) ndarray of float
        The kernel.
    padding : int or (int, int), default 0
        p; with k - 1 of it, every place where kernel and picture meet is in the result, and the
        two can be exchanged.

    Returns
    -------
    (..., H', W') ndarray of float
        Where the whole window lies in the padded picture.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 9.1.
    """
    return correlate2d(x, np.flip(k), padding=padding)


def correlate1d(
    x: FloatArray, k: FloatArray, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> FloatArray:
    """Slide a kernel over signals as it is.

    Parameters
    ----------
    x : (..., n) ndarray of float
        Signals; zero outside.
    k : (k,) ndarray of float
        The kernel.
    stride, padding, dilation : int
        As for `correlate2d`.

    Returns
    -------
    (..., n') ndarray of float
        As many as places.

    Raises
    ------
    ValueError
        If the kernel is no vector, or the window fits nowhere.
    """
    if k.ndim != 1:
        raise ValueError(f"k {k.shape} is no vector")
    level = {"stride": (1, stride), "padding": (0, padding), "dilation": (1, dilation)}
    return correlate2d(x[..., None, :], k[None], **level)[..., 0, :]


def im2col(
    x: FloatArray, kernel: Pair, *, stride: Pair = 1, padding: Pair = 0, dilation: Pair = 1
) -> FloatArray:
    """Write every window of a picture as a column, so that a layer is one matrix product.

    Parameters
    ----------
    x : (..., C, H, W) ndarray of float
        Pictures with channels; zero outside.
    kernel, stride, padding, dilation : int or (int, int)
        As for `windows2d` and `correlate2d`.

    Returns
    -------
    (..., C k_h k_w, H' W') ndarray of float
        A copy; rows in the order of a kernel's weights, columns in that of the output.
    """
    seen = windows2d(pad2d(x, padding), kernel, stride=stride, dilation=dilation)
    *batch, channels, rows, columns, k_h, k_w = seen.shape
    taps_first = np.moveaxis(seen, (-2, -1), (-4, -3))
    return taps_first.reshape(*batch, channels * k_h * k_w, rows * columns)


def conv2d(
    x: FloatArray,
    w: FloatArray,
    b: FloatArray | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> FloatArray:
    r"""Compute a convolutional layer.

    .. math:: y_{oij} = b_o + \sum_{c,m,n} w_{ocmn}\, x_{c,\; si + dm - p,\; sj + dn - p}

    Parameters
    ----------
    x : (N, C_in, H, W) ndarray of float
        A batch; zero outside.
    w : (C_out, C_in / groups, k_h, k_w) ndarray of float
        Kernels.
    b : (C_out,) ndarray of float, optional
        One bias a kernel; without, 0.
    stride, padding, dilation : int or (int, int)
        s and d at least 1, p at least 0.
    groups : int, default 1
        Into how many parts the channels are cut that do not see each other; it divides both.

    Returns
    -------
    (N, C_out, H', W') ndarray of float
        One map a kernel.

    Raises
    ------
    ValueError
        If shapes or groups do not chain, a number is not finite, or the window fits nowhere.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.
    """
    _refuse_unchained(x, w, groups)
    if b is not None and b.shape != w.shape[:1]:
        raise ValueError(f"b {b.shape} is not one bias for each of {len(w)} kernels")
    refuse_not_finite(x=x, w=w, b=np.zeros(1) if b is None else b)
    grouped = x.reshape(len(x), groups, -1, *x.shape[-2:])
    kernel = w.shape[-2:]
    columns = im2col(grouped, kernel, stride=stride, padding=padding, dilation=dilation)
    made = output_shape(x.shape[-2:], kernel, stride=stride, padding=padding, dilation=dilation)
    y = (w.reshape(groups, len(w) // groups, -1) @ columns).reshape(len(x), len(w), *made)
    return y if b is None else y + b[:, None, None]


def _refuse_unchained(x: FloatArray, w: FloatArray, groups: int) -> None:
    if x.ndim != 4 or w.ndim != 4:
        raise ValueError(f"x {x.shape} and w {w.shape} do not have four axes each")
    if groups < 1 or x.shape[1] % groups or len(w) % groups:
        raise ValueError(
            f"groups={groups} does not divide {x.shape[1]} channels in and {len(w)} out"
        )
    if w.shape[1] * groups != x.shape[1]:
        raise ValueError(
            f"kernels of {w.shape[1]} channels in {groups} groups do not fit {x.shape[1]} channels"
        )
