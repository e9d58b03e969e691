"""How the cost of a convolution changes from one stage of a network to the next."""

from dlcv_viz.numerics.ranges import refuse_not_positive


def cost_ratio(widening: float, shrinking: float) -> float:
    r"""Compare the multiply-adds of a layer with those of one on larger maps with fewer channels.

    .. math:: \frac{k^2 (q C_\text{in})(q C_\text{out}) \frac Hs \frac Ws}
              {k^2\, C_\text{in} C_\text{out} H W} = \left(\frac qs\right)^2

    Parameters
    ----------
    widening : float
        q, by which both numbers of channels are multiplied, above 0.
    shrinking : float
        s, by which both sides of the maps are divided, above 0.

    Returns
    -------
    float
        1 where they balance.

    Raises
    ------
    ValueError
        If a number is not above 0 or not finite.

    Examples
    --------
    >>> cost_ratio(2, 2), cost_ratio(1, 2)
    (1.0, 0.25)
    """
    refuse_not_positive(widening=widening, shrinking=shrinking)
    return (widening / shrinking) ** 2
