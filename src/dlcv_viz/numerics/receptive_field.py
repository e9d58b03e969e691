"""How much of the input a unit of a stack of convolutions and poolings sees, along one axis."""

from collections.abc import Sequence
from dataclasses import dataclass

from dlcv_viz.numerics.convolution_size import refuse_below, span


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """What one unit of a stack of windows sees of the input, along one axis.

    Parameters
    ----------
    size : int
        Pixels from the first to the last that can reach the unit.
    jump : int
        Pixels from the middle of one unit's field to that of the next unit.
    """

    size: int
    jump: int


def receptive_field(layers: Sequence[tuple[int, int, int]]) -> list[ReceptiveField]:
    r"""Follow the receptive field through a stack of convolutions and poolings.

    .. math:: r_\ell = r_{\ell-1} + d_\ell (k_\ell - 1)\, j_{\ell-1}, \quad
              j_\ell = j_{\ell-1} s_\ell, \quad r_0 = j_0 = 1

    Parameters
    ----------
    layers : sequence of (int, int, int)
        Kernel, stride and dilation of each, from the input on; each at least 1.

    Returns
    -------
    list of ReceptiveField
        After each layer.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] A. Araujo, W. Norris, J. Sim, "Computing Receptive Fields of Convolutional Neural
       Networks", Distill, 2019.

    Examples
    --------
    >>> [field.size for field in receptive_field([(3, 1, 1), (2, 2, 1), (3, 1, 1)])]
    [3, 4, 8]
    """
    fields, size, jump = list[ReceptiveField](), 1, 1
    for kernel, stride, dilation in layers:
        refuse_below(1, stride=stride)
        size += (span(kernel, dilation) - 1) * jump
        jump *= stride
        fields.append(ReceptiveField(size, jump))
    return fields
