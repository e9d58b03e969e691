"""How long a layer takes where numbers have to be fetched before they can be multiplied.

A model of a device, not a measurement: it multiplies while it moves, and knows one thing of
memory, how many multiply-adds fit into the time that one number takes.
"""


def arithmetic_intensity(multiply_adds: float, moved: float) -> float:
    """Return how many multiply-adds there are for each number that is moved.

    Parameters
    ----------
    multiply_adds : float
        Of a layer, at least 0.
    moved : float
        Numbers read and written: what comes in, the weights, what goes out; above 0.

    Returns
    -------
    float
        At least 0.

    Raises
    ------
    ValueError
        If a number is out of its range.

    Examples
    --------
    >>> round(arithmetic_intensity(903_168, 205_312), 2)
    4.4
    """
    if not (multiply_adds >= 0 and moved > 0):
        raise ValueError(f"multiply_adds={multiply_adds} is below 0 or moved={moved} not above 0")
    return multiply_adds / moved


def roofline_time(multiply_adds: float, moved: float, balance: float) -> float:
    r"""Return the time of a layer, in multiply-adds at full speed.

    .. math:: T = \max(\text{MACs},\; b\, N)

    Parameters
    ----------
    multiply_adds, moved : float
        As for `arithmetic_intensity`.
    balance : float
        b, multiply-adds in the time that one number takes; at least 0.

    Returns
    -------
    float
        The multiply-adds, or more where the device has to wait for memory.

    Raises
    ------
    ValueError
        If a number is out of its range.

    References
    ----------
    .. [1] S. Williams, A. Waterman, D. Patterson, "Roofline: an insightful visual performance model
       for multicore architectures", Communications of the ACM 52(4), 2009.
    """
    if not (multiply_adds >= 0 and moved >= 0 and balance >= 0):
        told = f"multiply_adds={multiply_adds}, moved={moved}, balance={balance}"
        raise ValueError(f"{told}: one is below 0")
    return max(multiply_adds, balance * moved)
