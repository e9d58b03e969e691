"""Layers as boxes below one another, as papers draw blocks: what comes in is on top."""

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from dlcv_viz.draw.canvas import LINE, SMALL, THIN
from dlcv_viz.draw.graph import operation, wire
from dlcv_viz.draw.marks import Place, say
from dlcv_viz.draw.theme import MARKER

PLUS = "+"
WIDTH, HEIGHT, GAP, RING = 84.0, 18.0, 10.0, 16.0  # of a box, between two, diameter of a sum
OUT = 16.0  # from the boxes to the line around them
FILL = 0.2  # tint of what holds weights


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column of boxes is.

    Parameters
    ----------
    x : float
        Its middle.
    middles : list of float
        Of its boxes and sums, from the top.
    begin, end : float
        Where the line into it starts, and where the line out of it ends.
    """

    x: float
    middles: list[float]
    begin: float
    end: float


def layer_column(
    ax: Axes,
    x: float,
    top: float,
    layers: Sequence[str],
    *,
    weighted: Sequence[str] = (),
) -> Column:
    """Draw layers from top to bottom, with arrows from one to the next.

    Parameters
    ----------
    ax : Axes
        A `dlcv_viz.draw.canvas.stage`: one unit is a point.
    x, top : float
        Middle of the column, and where the line into it starts.
    layers : sequence of str
        What is written into the boxes; `PLUS` makes a sum.
    weighted : sequence of str, default ()
        Which of the texts are layers that hold weights: these are tinted.

    Returns
    -------
    Column
        For `bypass`.
    """
    y, middles = top, list[float]()
    for text in layers:
        size = RING if text == PLUS else HEIGHT
        wire(ax, [(x, y), (x, y - GAP)])
        middle = y - GAP - size / 2
        if text == PLUS:
            operation(ax, (x, middle), PLUS, size=RING)
        else:
            _box(ax, (x, middle), text, is_weighted=text in weighted)
        middles.append(middle)
        y = middle - size / 2
    wire(ax, [(x, y), (x, y - GAP - 4)])
    return Column(x, middles, top, y - GAP - 4)


def bypass(ax: Axes, column: Column, joins: int) -> Place:
    """Draw a shortcut from the top of a column around its boxes to one of its sums.

    Parameters
    ----------
    ax : Axes
        As for `layer_column`.
    column : Column
        Of it.
    joins : int
        Which of its parts is the sum.

    Returns
    -------
    (float, float)
        Middle of the upright part.
    """
    far, up, down = column.x + WIDTH / 2 + OUT, column.begin - 3, column.middles[joins]
    way = [(column.x, up), (far, up), (far, down), (column.x + RING / 2, down)]
    wire(ax, way, "accent-2", width=LINE)
    return far, (up + down) / 2


def _box(ax: Axes, at: Place, text: str, *, is_weighted: bool) -> None:
    """Draw a box with its text, tinted if it holds weights."""
    x, middle = at
    box = Rectangle((x - WIDTH / 2, middle - HEIGHT / 2), WIDTH, HEIGHT)
    fill = to_rgba(MARKER["accent-1"], FILL) if is_weighted else MARKER["plate"]
    box.set(fc=fill, ec=MARKER["accent-1" if is_weighted else "edge"], lw=THIN, zorder=3)
    ax.add_patch(box)
    say(ax, x, middle, text, size=SMALL)
