"""What a convolutional layer costs: parameters, and multiply-adds of one forward pass."""

from dlcv_viz.numerics.convolution_size import Pair, pair
from dlcv_viz.numerics.ranges import refuse_below


def conv_parameters(
    c_in: int, c_out: int, kernel: Pair, *, groups: int = 1, bias: bool = True
) -> int:
    r"""Count the parameters of a layer; the size of its input does not matter.

    .. math:: P = C_\text{out} \left(\frac{C_\text{in}}{g} k_h k_w + 1\right)

    Parameters
    ----------
    c_in, c_out : int
        Channels, at least 1.
    kernel : int or (int, int)
        Taps along the axes, at least 1.
    groups : int, default 1
        g, divides both numbers of channels.
    bias : bool, default True
        Whether each kernel has a bias.

    Returns
    -------
    int
        Weights and biases.

    Raises
    ------
    ValueError
        If a number is below 1, or the groups do not divide the channels.

    References
    ----------
    .. [1] A. Zhang, Z. Lipton, M. Li, A. Smola, "Dive into Deep Learning", 2023, chapter 7.

    Examples
    --------
    >>> conv_parameters(64, 128, 3), conv_parameters(3, 64, 3, bias=False)
    (73856, 1728)
    """
    k_h, k_w = pair(kernel)
    refuse_below(1, c_in=c_in, c_out=c_out, k_h=k_h, k_w=k_w, groups=groups)
    if c_in % groups or c_out % groups:
        raise ValueError(f"groups={groups} does not divide {c_in} channels in and {c_out} out")
    return c_out * (c_in // groups * k_h * k_w + bias)


def conv_macs(
    c_in: int, c_out: int, kernel: Pair, output: tuple[int, int], *, groups: int = 1
) -> int:
    r"""Count the multiply-adds of a layer for one sample: each place uses each weight once.

    .. math:: \text{MACs} = C_\text{out} H' W' \frac{C_\text{in}}{g} k_h k_w

    Parameters
    ----------
    c_in, c_out, kernel, groups
        As for `conv_parameters`.
    output : (int, int)
        H' and W', at least 1.

    Returns
    -------
    int
        About half as many as floating-point operations.

    Raises
    ------
    ValueError
        If a number is below 1, or the groups do not divide the channels.

    References
    ----------
    .. [1] A. Zhang, Z. Lipton, M. Li, A. Smola, "Dive into Deep Learning", 2023, chapter 7.

    Examples
    --------
    >>> conv_macs(3, 64, 3, (224, 224))
    86704128
    """
    rows, columns = output
    refuse_below(1, rows=rows, columns=columns)
    return rows * columns * conv_parameters(c_in, c_out, kernel, groups=groups, bias=False)
