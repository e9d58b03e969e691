"""What is computed in a frame, written as on paper: products, sums, shapes."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.text import Text

from dlcv_viz.draw.canvas import HAIR, TITLE
from dlcv_viz.draw.marks import line, number, say
from dlcv_viz.types import FloatArray

MIDDLE_DOT, TIMES = "\N{MIDDLE DOT}", "\N{MULTIPLICATION SIGN}"


def products(weights: FloatArray, values: FloatArray, *, zeros: bool = True) -> str:
    """Write a sum of products with true signs, as in −1·4 + 2·9.

    Parameters
    ----------
    weights, values : ndarray of float
        Of one shape.
    zeros : bool, default True
        Whether products with a weight of zero are written too.

    Returns
    -------
    str
        In the order of the arrays; 0 if there is nothing to write.
    """
    written = ""
    for weight, value in zip(np.ravel(weights).tolist(), np.ravel(values).tolist(), strict=True):
        if weight or zeros:
            sign = "\N{MINUS SIGN}" if weight < 0 else "+"
            lead = f" {sign} " if written else sign.strip("+")
            second = number(value) if value >= 0 else f"({number(value)})"
            written += f"{lead}{abs(weight):g}{MIDDLE_DOT}{second}"
    return written or "0"


def equation(
    ax: Axes, ends: tuple[float, float], y: float, terms: str, result: str
) -> tuple[Text, Text]:
    """Write below a hair line what was computed: the terms at the left, the result at the right.

    Parameters
    ----------
    ax : Axes
        A stage.
    ends : (float, float)
        Of the line, left and right.
    y : float
        Middle of the text; the line is 18 points above.
    terms, result : str
        Such as 1·2 + 3·4 and 14; the sign of equality is added.

    Returns
    -------
    (Text, Text)
        The artists.
    """
    left, right = ends
    line(ax, np.array(ends), np.array([y + 18, y + 18]), "line", width=HAIR)
    return (
        say(ax, left, y, terms, ha="left"),
        say(ax, right, y, f"= {result}", "accent-2", bold=True, size=TITLE, ha="right"),
    )


def shape_note(shape: Sequence[int]) -> str:
    """Write a shape as 7 × 7."""
    return f" {TIMES} ".join(str(n) for n in shape)
