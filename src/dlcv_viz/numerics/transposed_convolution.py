"""Transposed convolution: the input gradient of a convolution, run forward, which makes larger."""

from dlcv_viz.numerics.convolution_gradient import input_gradient
from dlcv_viz.numerics.convolution_size import Pair, pair, transposed_size
from dlcv_viz.types import FloatArray


def conv_transpose2d(
    x: FloatArray,
    w: FloatArray,
    b: FloatArray | None = None,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    output_padding: Pair = 0,
    dilation: Pair = 1,
    groups: int = 1,
) -> FloatArray:
    r"""Compute a transposed convolution: the input gradient of a convolution, run forward.

    Every input number stamps its kernel, s pixels from the last stamp, and stamps add up.

    Parameters
    ----------
    x : (N, C_in, H, W) ndarray of float
        A batch.
    w : (C_in, C_out / groups, k_h, k_w) ndarray of float
        Kernels, as of a convolution from C_out to C_in channels.
    b : (C_out,) ndarray of float, optional
        Biases; without, 0.
    stride, padding, output_padding, dilation : int or (int, int)
        As for `dlcv_viz.numerics.convolution_size.transposed_size`.
    groups : int, default 1
        Divides both numbers of channels.

    Returns
    -------
    (N, C_out, H', W') ndarray of float
        Of the size that `transposed_size` tells.

    Raises
    ------
    ValueError
        If the shapes do not chain, or a number is out of its range.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.
    """
    if x.ndim != 4 or w.ndim != 4:
        raise ValueError(f"x {x.shape} and w {w.shape} do not have four axes each")
    rows, columns = (
        transposed_size(n, k, stride=s, padding=p, dilation=d, output_padding=more)
        for n, k, s, p, d, more in zip(
            x.shape[-2:],
            w.shape[-2:],
            *map(pair, (stride, padding, dilation, output_padding)),
            strict=True,
        )
    )
    y = input_gradient(
        x, w, (rows, columns), stride=stride, padding=padding, dilation=dilation, groups=groups
    )
    if b is not None and b.shape != y.shape[1:2]:
        raise ValueError(f"b {b.shape} is not one bias for each of {y.shape[1]} channels")
    return y if b is None else y + b[:, None, None]


def conv_transpose1d(
    x: FloatArray, k: FloatArray, *, stride: int = 1, padding: int = 0
) -> FloatArray:
    """Stamp a kernel for each number of a signal and add the stamps up.

    Parameters
    ----------
    x : (n,) ndarray of float
        A signal.
    k : (k,) ndarray of float
        The kernel.
    stride : int, default 1
        Places from one stamp to the next.
    padding : int, default 0
        Places cut off at both ends.

    Returns
    -------
    (n',) ndarray of float
        Of the size that `dlcv_viz.numerics.convolution_size.transposed_size` tells.

    Raises
    ------
    ValueError
        If signal and kernel are not vectors, or a number is out of its range.

    Examples
    --------
    >>> import numpy as np
    >>> conv_transpose1d(np.array([1.0, 2.0]), np.array([1.0, 2.0, 3.0]), stride=2)
    array([1., 2., 5., 4., 6.])
    """
    if x.ndim != 1 or k.ndim != 1:
        raise ValueError(f"x {x.shape} and k {k.shape} are not vectors")
    row, kernel = x[None, None, None], k[None, None, None]
    y: FloatArray = conv_transpose2d(row, kernel, stride=(1, stride), padding=(0, padding))[0, 0, 0]
    return y
