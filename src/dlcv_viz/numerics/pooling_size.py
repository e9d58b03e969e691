r"""Where the windows of a pooling layer lie: how many, and what they reach over.

Sizes are those of a convolution, by `dlcv_viz.numerics.convolution_size`, but for rounding up.
What is computed is in `dlcv_viz.numerics.pooling`, its gradients in `pooling_gradient`.
"""

from dataclasses import dataclass

from dlcv_viz.numerics.convolution_size import Pair, output_size, pair, unseen


@dataclass(frozen=True, slots=True)
class Places:
    """The windows of a layer on a picture of one size; pairs are down and across.

    Parameters
    ----------
    size, kernel, stride, padding : (int, int)
        Of the picture and of the layer.
    output : (int, int)
        How many windows.
    over : (int, int)
        Pixels by which the last windows reach beyond the padding, where sizes are rounded up.
    """

    size: tuple[int, int]
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    output: tuple[int, int]
    over: tuple[int, int]


def pool_output_size(
    n_in: int,
    kernel: int,
    *,
    stride: int | None = None,
    padding: int = 0,
    ceil_mode: bool = False,
) -> int:
    r"""Count the windows along an axis.

    .. math:: n_\text{out} = \left\lfloor \frac{n_\text{in} + 2p - k}{s} \right\rfloor + 1

    Parameters
    ----------
    n_in : int
        Size of the input along the axis, at least 1.
    kernel : int
        k, at least 1.
    stride : int, optional
        s, at least 1; without, the windows lie side by side: s = k.
    padding : int, default 0
        p at both ends; from 0 to k / 2, so that no window lies in the padding alone.
    ceil_mode : bool, default False
        Whether to round up, so that a last window that is not filled counts too, unless it would
        begin in the padding behind.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If a number is out of its range, or the window does not fit in once.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> pool_output_size(112, 3, stride=2), pool_output_size(112, 3, stride=2, ceil_mode=True)
    (55, 56)
    """
    step = kernel if stride is None else stride
    if 2 * padding > kernel:
        raise ValueError(f"padding={padding} is more than half of kernel={kernel}")
    places = output_size(n_in, kernel, stride=step, padding=padding)
    left = unseen(n_in, kernel, stride=step, padding=padding)
    return places + (ceil_mode and left > 0 and places * step < n_in + padding)


def places2d(
    size: tuple[int, ...],
    kernel: Pair,
    *,
    stride: Pair | None = None,
    padding: Pair = 0,
    ceil_mode: bool = False,
) -> Places:
    """Return where the windows lie on a picture.

    Parameters
    ----------
    size : (int, int)
        H and W.
    kernel, stride, padding, ceil_mode
        As for `pool_output_size`; numbers for both axes, or pairs (down, across).

    Returns
    -------
    Places
        Both axes.

    Raises
    ------
    ValueError
        As by `pool_output_size`.
    """
    height, width = size
    taps, ends = pair(kernel), pair(padding)
    steps = taps if stride is None else pair(stride)
    rows, columns = (
        pool_output_size(n, k, stride=s, padding=p, ceil_mode=ceil_mode)
        for n, k, s, p in zip(size, taps, steps, ends, strict=True)
    )
    down = _beyond(height, taps[0], steps[0], ends[0], rows)
    across = _beyond(width, taps[1], steps[1], ends[1], columns)
    return Places((height, width), taps, steps, ends, (rows, columns), (down, across))


def _beyond(n: int, k: int, s: int, p: int, places: int) -> int:
    return max(0, (places - 1) * s + k - n - 2 * p)


def adaptive_windows(n_in: int, n_out: int) -> list[tuple[int, int]]:
    r"""Cut an axis into as many windows as are asked for; some may overlap by a pixel.

    .. math:: \left[\lfloor i\, n_\text{in} / n_\text{out} \rfloor,\;
              \lceil (i + 1)\, n_\text{in} / n_\text{out} \rceil\right)

    Parameters
    ----------
    n_in, n_out : int
        Pixels and windows, at least 1.

    Returns
    -------
    list of (int, int)
        First pixel of each window, and the one behind its last.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] PyTorch, ``torch.nn.AdaptiveAvgPool2d``.

    Examples
    --------
    >>> adaptive_windows(7, 3)
    [(0, 3), (2, 5), (4, 7)]
    """
    if min(n_in, n_out) < 1:
        raise ValueError(f"n_in={n_in} or n_out={n_out} is below 1")
    return [(i * n_in // n_out, -(-(i + 1) * n_in // n_out)) for i in range(n_out)]
