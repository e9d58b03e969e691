"""Weights of the two kinds of residual blocks: two 3 by 3 convolutions, or a bottleneck."""

from dlcv_viz.numerics.convolution_cost import conv_parameters

SQUEEZE = 4  # the 3 by 3 convolution of a bottleneck sees a quarter of the channels


def basic_block_weights(channels: int) -> int:
    r"""Count the weights of two 3 by 3 convolutions that keep the number of channels.

    .. math:: 2 \cdot 9\, C^2 = 18\, C^2

    Parameters
    ----------
    channels : int
        C, at least 1.

    Returns
    -------
    int
        Without biases and normalization.

    Raises
    ------
    ValueError
        If `channels` is below 1.

    Examples
    --------
    >>> basic_block_weights(64)
    73728
    """
    return 2 * conv_parameters(channels, channels, 3, bias=False)


def bottleneck_weights(channels: int) -> tuple[int, int, int]:
    r"""Count the weights of a bottleneck: 1 by 1 down, 3 by 3, 1 by 1 up.

    .. math:: C\,\frac{C}{4}, \quad 9 \left(\frac{C}{4}\right)^2, \quad \frac{C}{4}\,C

    Parameters
    ----------
    channels : int
        C, that come in and go out; a multiple of 4.

    Returns
    -------
    (int, int, int)
        Of the three convolutions, without biases and normalization; together
        :math:`\frac{17}{16} C^2`.

    Raises
    ------
    ValueError
        If `channels` is no multiple of 4, or below 4.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR
       2016, figure 5.

    Examples
    --------
    >>> bottleneck_weights(256)
    (16384, 36864, 16384)
    """
    if channels % SQUEEZE:
        raise ValueError(f"channels={channels} is no multiple of {SQUEEZE}")
    inner = channels // SQUEEZE
    return (
        conv_parameters(channels, inner, 1, bias=False),
        conv_parameters(inner, inner, 3, bias=False),
        conv_parameters(inner, channels, 1, bias=False),
    )
