"""How much of the input a unit of a stack of convolutions and poolings sees, along one axis."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from dlcv_viz.numerics.convolution_size import span
from dlcv_viz.numerics.ranges import refuse_below


@dataclass(frozen=True, slots=True)
class ReceptiveField:
    """What one unit of a stack of windows sees of the input, along one axis.

    Parameters
    ----------
    size : int, default 1
        Pixels from the first to the last that can reach the unit.
    jump : int, default 1
        Pixels from the middle of one unit's field to that of the next unit.
    """

    size: int = 1
    jump: int = 1

    def through(self, kernel: int, stride: int = 1, dilation: int = 1) -> "ReceptiveField":
        r"""Look at such units through a window.

        .. math:: r_\ell = r_{\ell-1} + d_\ell (k_\ell - 1)\, j_{\ell-1}, \quad
                  j_\ell = j_{\ell-1} s_\ell

        Parameters
        ----------
        kernel : int
            Units in the window, at least 1.
        stride : int, default 1
            Units from one place of the window to the next, at least 1.
        dilation : int, default 1
            Units from one tap to the next, at least 1.

        Returns
        -------
        ReceptiveField
            That of a unit behind the window.

        Raises
        ------
        ValueError
            If a number is below 1.
        """
        refuse_below(1, stride=stride)
        reach = span(kernel, dilation) - 1
        return ReceptiveField(self.size + reach * self.jump, self.jump * stride)


PIXEL = ReceptiveField()
"""What a pixel of the input sees: itself."""


def receptive_field(layers: Sequence[tuple[int, int, int]]) -> list[ReceptiveField]:
    """Follow the receptive field through a stack of convolutions and poolings.

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
    every = accumulate(layers, lambda seen, layer: seen.through(*layer), initial=PIXEL)
    return list(every)[1:]
