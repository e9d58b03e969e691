"""What functions of single numbers refuse, said in one way.

Without numpy, as networks are described and counted with it; arrays are checked by
`dlcv_viz.numerics.checks`.
"""

from math import isfinite


def refuse_below(least: int, **numbers: int) -> None:
    """Raise if one of the named numbers is below the least that is allowed."""
    for name, number in numbers.items():
        if number < least:
            raise ValueError(f"{name}={number} is below {least}")


def refuse_not_positive(**numbers: float) -> None:
    """Raise unless all named numbers are finite and above 0."""
    for name, number in numbers.items():
        if not (number > 0 and isfinite(number)):
            raise ValueError(f"{name}={number} is not finite and above 0")
