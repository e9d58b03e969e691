"""Where on the input a unit of a stack of convolutions and poolings looks, along one axis.

How far its field reaches is in `dlcv_viz.numerics.receptive_field`.
"""

from collections.abc import Sequence

from dlcv_viz.numerics.convolution_size import span
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.numerics.receptive_field import PIXEL


def field_centres(layers: Sequence[tuple[int, int, int, int]]) -> list[float]:
    r"""Follow the middle of what the first unit of each layer sees.

    .. math:: c_\ell = c_{\ell-1} + \left(\tfrac{(k_\ell - 1) d_\ell}{2} - p_\ell\right) j_{\ell-1}

    Parameters
    ----------
    layers : sequence of (int, int, int, int)
        Kernel, stride, dilation and padding of each, from the input on; the padding at least 0,
        the others at least 1.

    Returns
    -------
    list of float
        After each layer, in pixels: 0 is the middle of the first pixel. The next unit's is one
        jump further.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] A. Araujo, W. Norris, J. Sim, "Computing Receptive Fields of Convolutional Neural
       Networks", Distill, 2019.

    Examples
    --------
    >>> field_centres([(3, 1, 1, 1), (2, 2, 1, 0)])
    [0.0, 0.5]
    """
    found, centre, seen = [], 0.0, PIXEL
    for kernel, stride, dilation, padding in layers:
        refuse_below(0, padding=padding)
        centre += ((span(kernel, dilation) - 1) / 2 - padding) * seen.jump
        seen = seen.through(kernel, stride, dilation)
        found.append(centre)
    return found
