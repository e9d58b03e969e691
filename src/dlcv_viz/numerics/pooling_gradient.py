r"""The backward pass of pooling.

``delta`` is the gradient of the loss by what a layer gave; everything else is as in
`dlcv_viz.numerics.pooling`. No layer here has parameters, so the input's gradient is all.
"""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import windows2d
from dlcv_viz.numerics.convolution_size import Pair
from dlcv_viz.numerics.pooling import divisors, lp_pool2d, max_indices2d, places
from dlcv_viz.numerics.pooling_size import Places, places2d
from dlcv_viz.types import FloatArray, IntArray


def route(delta: FloatArray, indices: IntArray, size: tuple[int, int]) -> FloatArray:
    """Send numbers to the places where their windows found what they kept, and add up.

    Parameters
    ----------
    delta : (..., H', W') ndarray of float
        Gradients, or values to be put back: unpooling.
    indices : (..., H', W') ndarray of int
        Places in the picture, counted row by row.
    size : (int, int)
        H and W of the picture.

    Returns
    -------
    (..., H, W) ndarray of float
        Zero where no window chose.

    Raises
    ------
    ValueError
        If the shapes differ, or a place lies outside.
    """
    if delta.shape != indices.shape:
        raise ValueError(f"delta {delta.shape} and indices {indices.shape} differ in shape")
    cells = size[0] * size[1]
    if indices.size and not (indices.min() >= 0 and indices.max() < cells):
        raise ValueError(f"indices {indices.min()} to {indices.max()} leave {cells} places")
    refuse_not_finite(delta=delta)
    gathered = np.zeros((int(np.prod(delta.shape[:-2])), cells))
    which = np.arange(len(gathered))[:, None]
    shape = len(gathered), delta.shape[-2] * delta.shape[-1]
    np.add.at(gathered, (which, indices.reshape(shape)), delta.reshape(shape))
    return gathered.reshape(*delta.shape[:-2], *size)


def max_pool2d_backward(
    delta: FloatArray,
    x: FloatArray,
    kernel: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
) -> FloatArray:
    r"""Give each gradient to the cell that won its window.

    .. math:: \frac{\partial L}{\partial x_{uv}} = \sum_{(i, j)}
              \delta_{ij}\, \mathbb 1[(u, v) = \arg\max W_{ij}]

    Parameters
    ----------
    delta : (..., H', W') ndarray of float
        By the output.
    x : (..., H, W) ndarray of float
        What the layer got.
    kernel, stride, padding, ceil_mode
        As in the forward pass.

    Returns
    -------
    (..., H, W) ndarray of float
        Among equals the first of a window, row by row, gets all.

    Raises
    ------
    ValueError
        If `delta` does not have the shape of the output.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016.

    Examples
    --------
    >>> max_pool2d_backward(np.array([[9.0]]), np.array([[1.0, 5.0], [2.0, 5.0]]), 2)
    array([[0., 9.],
           [0., 0.]])
    """
    at = max_indices2d(x, kernel, stride=stride, padding=padding, ceil_mode=ceil_mode)
    return route(delta, at, (x.shape[-2], x.shape[-1]))


def avg_pool2d_backward(
    delta: FloatArray,
    size: tuple[int, int],
    kernel: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> FloatArray:
    r"""Give each cell of a window an equal share of the window's gradient.

    .. math:: \frac{\partial L}{\partial x_{uv}} =
              \sum_{(i, j):\, (u, v) \in W_{ij}} \frac{\delta_{ij}}{k^2}

    Parameters
    ----------
    delta : (..., H', W') ndarray of float
        By the output.
    size : (int, int)
        H and W of the input.
    kernel, stride, padding, ceil_mode, count_include_pad
        As in the forward pass.

    Returns
    -------
    (..., H, W) ndarray of float
        Shares of the padding are lost.

    Raises
    ------
    ValueError
        If `delta` does not have the shape of the output, or is not finite.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016.

    Examples
    --------
    >>> avg_pool2d_backward(np.array([[4.0, 8.0]]), (1, 3), (1, 2), stride=1)
    array([[2., 6., 4.]])
    """
    at = places2d(size, kernel, stride=stride, padding=padding, ceil_mode=ceil_mode)
    refuse_not_finite(delta=delta)
    if delta.shape[-2:] != at.output:
        raise ValueError(f"delta {delta.shape} is not of the output's size {at.output}")
    shares = delta / divisors(at, count_include_pad=count_include_pad)
    return _stamp(np.broadcast_to(shares[..., None, None], (*shares.shape, *at.kernel)), at)


def lp_pool2d_backward(
    delta: FloatArray, x: FloatArray, kernel: Pair, p: float = 2.0, *, stride: Pair | None = None
) -> FloatArray:
    r"""Give each cell of a window a share by its size.

    .. math:: \frac{\partial y}{\partial x_{mn}} =
              \operatorname{sgn}(x_{mn}) \left(\frac{|x_{mn}|}{y}\right)^{p - 1}

    Parameters
    ----------
    delta : (..., H', W') ndarray of float
        By the output.
    x : (..., H, W) ndarray of float
        What the layer got.
    kernel, p, stride
        As in the forward pass.

    Returns
    -------
    (..., H, W) ndarray of float
        From a window of zeros, where no derivative exists, zero: a subgradient.

    Raises
    ------
    ValueError
        If `delta` does not have the shape of the output.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016.
    """
    y = lp_pool2d(x, kernel, p, stride=stride)
    if delta.shape != y.shape:
        raise ValueError(f"delta {delta.shape} is not of the output's shape {y.shape}")
    refuse_not_finite(delta=delta)
    at = places(x, kernel, stride, 0)
    seen = windows2d(x, at.kernel, stride=at.stride)
    ratio = np.abs(seen) / np.where(y > 0, y, 1)[..., None, None]
    return _stamp(delta[..., None, None] * np.sign(seen) * ratio ** (p - 1), at)


def global_average_pool_backward(delta: FloatArray, size: tuple[int, int]) -> FloatArray:
    """Give each of the cells of a map an equal share, from (…, C) to (…, C, H, W)."""
    return avg_pool2d_backward(delta[..., None, None], size, size)


def _stamp(shares: FloatArray, at: Places) -> FloatArray:
    """Put the shares of every window, (…, H', W', k_h, k_w), where it was, and add up."""
    (rows, columns), (s_h, s_w), (p_h, p_w) = at.output, at.stride, at.padding
    room = [n + 2 * p + o for n, p, o in zip(at.size, at.padding, at.over, strict=True)]
    gathered = np.zeros((*shares.shape[:-4], *room))
    for m, n in np.ndindex(*at.kernel):
        down = slice(m, m + s_h * (rows - 1) + 1, s_h)
        across = slice(n, n + s_w * (columns - 1) + 1, s_w)
        gathered[..., down, across] += shares[..., m, n]
    return gathered[..., p_h : p_h + at.size[0], p_w : p_w + at.size[1]]
