"""How EfficientNet makes a network larger: deeper, wider and sharper at once."""

from dataclasses import dataclass

DEPTH, WIDTH, SIDE = 1.2, 1.1, 1.15  # found by the paper's search, for one step


@dataclass(frozen=True, slots=True)
class Scale:
    """How many times as many layers, channels and pixels a side, and what that costs."""

    depth: float
    width: float
    side: float

    @property
    def cost(self) -> float:
        """How many times as many multiply-adds, where channels in and out grow alike."""
        return self.depth * self.width**2 * self.side**2


def compound_scale(
    steps: float, *, depth: float = DEPTH, width: float = WIDTH, side: float = SIDE
) -> Scale:
    r"""Scale depth, width and side together.

    .. math:: a^\phi, \quad b^\phi, \quad c^\phi, \quad \text{cost } (a\, b^2 c^2)^\phi

    Parameters
    ----------
    steps : float
        φ, how far the budget goes; at least 0.
    depth, width, side : float
        a, b and c: of one step, at least 1.

    Returns
    -------
    Scale
        Nothing is rounded, as a real network must.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] M. Tan, Q. Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural
       Networks", ICML 2019, equation 3.

    Examples
    --------
    >>> compound_scale(2).depth
    1.44
    """
    if not steps >= 0:
        raise ValueError(f"steps={steps} is below 0")
    if not min(depth, width, side) >= 1:
        raise ValueError(f"depth={depth}, width={width}, side={side}: one is below 1")
    return Scale(depth**steps, width**steps, side**steps)
