r"""Sizes of convolutions: how many places a window has, how much a kernel spans.

One axis at a time, in whole numbers, but for `output_shape`. What is computed is in
`dlcv_viz.numerics.convolution`.
"""

from dlcv_viz.numerics.ranges import refuse_below

Pair = int | tuple[int, int]  # for both axes, or down and across


def pair(value: Pair) -> tuple[int, int]:
    """Return a number for both axes as a pair, and a pair as it is."""
    return (value, value) if isinstance(value, int) else value


def span(kernel: int, dilation: int = 1) -> int:
    r"""Return how many pixels a kernel reaches over, gaps included.

    .. math:: d(k - 1) + 1

    Parameters
    ----------
    kernel : int
        k, taps along the axis, at least 1.
    dilation : int, default 1
        d, pixels from one tap to the next, at least 1.

    Returns
    -------
    int
        `kernel` if there are no gaps.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> span(3), span(3, dilation=2)
    (3, 5)
    """
    refuse_below(1, kernel=kernel, dilation=dilation)
    return dilation * (kernel - 1) + 1


def output_size(
    n_in: int, kernel: int, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    r"""Count the places where a window fits.

    .. math:: n_\text{out} = \left\lfloor \frac{n_\text{in} + 2p - d(k-1) - 1}{s} \right\rfloor + 1

    Parameters
    ----------
    n_in : int
        Size of the input along the axis, at least 1.
    kernel : int
        k, taps along the axis, at least 1.
    stride : int, default 1
        s, pixels from one place to the next, at least 1.
    padding : int, default 0
        p, pixels added at both ends, at least 0.
    dilation : int, default 1
        d, pixels from one tap to the next, at least 1.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If a number is out of its range, or the window fits nowhere.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> output_size(224, 7, stride=2, padding=3)
    112
    """
    refuse_below(1, n_in=n_in, stride=stride)
    refuse_below(0, padding=padding)
    free = n_in + 2 * padding - span(kernel, dilation)
    if free < 0:
        raise ValueError(
            f"a window that spans {span(kernel, dilation)} does not fit into "
            f"{n_in} + 2·{padding} pixels"
        )
    return free // stride + 1


def output_shape(
    size: tuple[int, ...],
    kernel: Pair,
    *,
    stride: Pair = 1,
    padding: Pair = 0,
    dilation: Pair = 1,
) -> tuple[int, int]:
    """Return `output_size` for both axes of a picture of size (H, W)."""
    rows, columns = (
        output_size(n, k, stride=s, padding=p, dilation=d)
        for n, k, s, p, d in zip(size, *map(pair, (kernel, stride, padding, dilation)), strict=True)
    )
    return rows, columns


def unseen(n_in: int, kernel: int, *, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Count the pixels at the end of an axis, padding included, that no window reaches.

    Parameters
    ----------
    n_in, kernel, stride, padding, dilation : int
        As for `output_size`, which rounds down by them.

    Returns
    -------
    int
        From 0 to `stride` - 1.
    """
    places = output_size(n_in, kernel, stride=stride, padding=padding, dilation=dilation)
    return n_in + 2 * padding - span(kernel, dilation) - stride * (places - 1)


def same_padding(kernel: int, dilation: int = 1) -> int:
    r"""Return the padding that keeps the size at stride 1.

    .. math:: p = d(k - 1) / 2

    Parameters
    ----------
    kernel : int
        k, taps along the axis, at least 1.
    dilation : int, default 1
        d, at least 1.

    Returns
    -------
    int
        Pixels at each of both ends.

    Raises
    ------
    ValueError
        If the two ends would need different padding: d(k - 1) is odd.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> same_padding(3), same_padding(3, dilation=2)
    (1, 2)
    """
    both = span(kernel, dilation) - 1
    if both % 2:
        raise ValueError(
            f"kernel={kernel} with dilation={dilation} needs {both} pixels of padding in all, "
            "which two equal ends cannot share"
        )
    return both // 2


def transposed_size(
    n_in: int,
    kernel: int,
    *,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    output_padding: int = 0,
) -> int:
    r"""Return the size that a transposed convolution gives.

    .. math:: n_\text{out} = (n_\text{in} - 1)s - 2p + d(k - 1) + 1 + p_\text{out}

    Parameters
    ----------
    n_in, kernel, stride, padding, dilation : int
        As for `output_size`; padding is what a convolution back would add.
    output_padding : int, default 0
        Pixels added at the far end, to choose among the sizes that a convolution maps to `n_in`;
        from 0 to `stride` - 1.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If a number is out of its range, or nothing is left.

    References
    ----------
    .. [1] V. Dumoulin, F. Visin, "A guide to convolution arithmetic for deep learning", 2016.

    Examples
    --------
    >>> transposed_size(2, 3, stride=2)
    5
    """
    refuse_below(1, n_in=n_in, stride=stride)
    refuse_below(0, padding=padding, output_padding=output_padding)
    if output_padding >= stride:
        raise ValueError(f"output_padding={output_padding} is not below stride={stride}")
    size = (n_in - 1) * stride - 2 * padding + span(kernel, dilation) + output_padding
    if size < 1:
        raise ValueError(f"padding={padding} leaves a size of {size}")
    return size
