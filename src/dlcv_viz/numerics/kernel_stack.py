"""Small kernels one behind another against one large kernel that sees as far.

All layers have stride 1 and as many channels out as in, and no biases are counted.
"""

from dlcv_viz.numerics.convolution_cost import conv_parameters
from dlcv_viz.numerics.ranges import refuse_below

SMALL_KERNEL = 3


def stack_field(n_layers: int) -> int:
    r"""Return how many pixels a stack of 3 by 3 layers sees along a side.

    .. math:: r_n = 2n + 1

    Parameters
    ----------
    n_layers : int
        n, at least 0; no layer sees one pixel.

    Returns
    -------
    int
        Odd.

    Raises
    ------
    ValueError
        If there are fewer than 0 layers.

    References
    ----------
    .. [1] K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image
       Recognition", ICLR 2015, section 2.3.

    Examples
    --------
    >>> [stack_field(n) for n in (1, 2, 3)]
    [3, 5, 7]
    """
    refuse_below(0, n_layers=n_layers)
    return (SMALL_KERNEL - 1) * n_layers + 1


def stack_weights(n_layers: int, channels: int = 1) -> int:
    """Count the weights of a stack of 3 by 3 layers: 9 for each layer and pair of channels.

    Parameters
    ----------
    n_layers : int
        At least 1.
    channels : int, default 1
        Of what comes in, of what goes out, and between; at least 1.

    Returns
    -------
    int
        Without biases.

    Raises
    ------
    ValueError
        If a number is below 1.
    """
    refuse_below(1, n_layers=n_layers)
    return n_layers * conv_parameters(channels, channels, SMALL_KERNEL, bias=False)


def single_weights(n_layers: int, channels: int = 1) -> int:
    """Count the weights of the one layer that sees as far as a stack of 3 by 3 layers.

    Parameters
    ----------
    n_layers, channels : int
        As for `stack_weights`.

    Returns
    -------
    int
        Without biases.

    Raises
    ------
    ValueError
        If a number is below 1.
    """
    refuse_below(1, n_layers=n_layers)
    return conv_parameters(channels, channels, stack_field(n_layers), bias=False)


def stack_saving(n_layers: int) -> float:
    r"""Return the share of the weights that a stack saves, for any number of channels.

    .. math:: 1 - \frac{9n}{(2n + 1)^2}

    Parameters
    ----------
    n_layers : int
        n, at least 1.

    Returns
    -------
    float
        From 0 for one layer towards 1.

    Raises
    ------
    ValueError
        If there is no layer.

    Examples
    --------
    >>> stack_saving(2)
    0.28
    """
    return 1 - stack_weights(n_layers) / single_weights(n_layers)
