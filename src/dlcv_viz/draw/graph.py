"""Graphs of computations: operations as circles, values on the wires between them."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from dlcv_viz.draw.canvas import SMALL, THIN
from dlcv_viz.draw.marks import Place, arrow, line, say
from dlcv_viz.draw.theme import MARKER


def operation(ax: Axes, at: Place, symbol: str, *, size: float = 30) -> Text:
    """Draw an operation as a circle with its symbol.

    Parameters
    ----------
    ax : Axes
        Where to.
    at : (2,) sequence of float
        Middle of the circle, in the units of the axes.
    symbol : str
        Such as a plus sign.
    size : float, default 30
        Diameter in points.

    Returns
    -------
    Text
        The symbol.
    """
    x, y = at
    ax.scatter([x], [y], s=size**2, c=MARKER["plate"], edgecolors=MARKER["edge"], lw=THIN, zorder=4)
    return say(ax, x, y, symbol, bold=True)


def wire(
    ax: Axes, path: Sequence[Place], role: str = "edge", *, width: float = 1
) -> FancyArrowPatch:
    """Draw a wire through some places, with the head of an arrow at its end.

    Parameters
    ----------
    ax : Axes
        Where to.
    path : sequence of (2,) sequence of float
        At least two places, in the units of the axes.
    role : str, default "edge"
        Colour.
    width : float, default 1
        In points.

    Returns
    -------
    FancyArrowPatch
        The last piece.
    """
    places = np.asarray(path, float)
    if len(places) > 2:
        line(ax, places[:-1, 0], places[:-1, 1], role, width=width)
    return arrow(ax, places[-2], places[-1], role, width=width)


def carried(ax: Axes, at: Place, forward: str, backward: str) -> tuple[Text, Text]:
    """Write what a level wire carries: forward above it in accent-1, backward below in accent-2.

    Parameters
    ----------
    ax : Axes
        A stage: one unit is a point.
    at : (2,) sequence of float
        A place on the wire, above and below the middle of the texts.
    forward, backward : str
        A line, and one or two.

    Returns
    -------
    (Text, Text)
        The artists.
    """
    x, y = at
    above = say(ax, x, y + 4, forward, "accent-1", size=SMALL, bold=True, va="bottom")
    return above, say(ax, x, y - 5, backward, "accent-2", size=SMALL, va="top")
