"""Names below the parts of a drawing that is read from left to right."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from dlcv_viz.draw.canvas import HAIR, SMALL
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.words import spread, width_of

LEADING = 12.0  # from line to line of a label
ROW = 2 * LEADING + 3  # a row of labels
TURN = 11.0  # in which a line turns from a part to its label
FAR = 45.0  # a line to a label that is moved further is too slanted to follow
SPACE = 8.0  # between two labels in a row


@dataclass(frozen=True, slots=True)
class Label:
    """What stands below a part: its name, a quiet second line, and the edges of the part."""

    lines: tuple[str, ...]
    begin: float
    end: float

    @property
    def middle(self) -> float:
        """Middle of the part."""
        return (self.begin + self.end) / 2

    @property
    def width(self) -> float:
        """Width of the longest line."""
        return max(width_of(text, bold=k == 0) for k, text in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a label is: its row from the top, its middle, and where the line to it comes down."""

    row: int
    x: float
    way: float


def arranged(labels: Sequence[Label], left: float, right: float) -> list[Place]:
    """Put labels into one row, or in turn into two: lines to the lower pass between the upper.

    Parameters
    ----------
    labels : sequence of Label
        From left to right.
    left, right : float
        The room.

    Returns
    -------
    list of Place
        One for each label.

    Raises
    ------
    ValueError
        If two rows have no room for them.
    """
    middles = [label.middle for label in labels]
    widths = [label.width for label in labels]
    if sum(widths) + SPACE * (len(labels) - 1) <= right - left:
        alone = spread(middles, widths, left, right, SPACE)
        if max(abs(x - middle) for x, middle in zip(alone, middles, strict=True)) <= FAR:
            return [Place(0, x, x) for x in alone]
    upper = spread(middles[::2], widths[::2], left, right, SPACE)
    edges = [(x - w / 2, x + w / 2) for x, w in zip(upper, widths[::2], strict=True)]
    gaps = [(a, b) for (_, a), (b, _) in pairwise([*edges, (right + SPACE, right)])]
    ways = [
        min(max(middle, low + SPACE / 2), high - SPACE / 2)
        for middle, (low, high) in zip(middles[1::2], gaps, strict=False)
    ]
    lower = spread(ways, widths[1::2], left, right, SPACE)
    places = [Place(k % 2, 0, 0) for k in range(len(labels))]
    places[::2] = [Place(0, x, x) for x in upper]
    places[1::2] = [Place(1, x, way) for x, way in zip(lower, ways, strict=True)]
    return places


def height_of(places: Sequence[Place]) -> float:
    """Return the height that labels and the lines to them take."""
    return TURN + ROW * (1 + max(place.row for place in places))


def draw_names(ax: Axes, labels: Sequence[Label], places: Sequence[Place], top: float) -> None:
    """Draw labels below a line that shows where each part begins and ends.

    Parameters
    ----------
    ax : Axes
        One unit is a point.
    labels, places : sequence of Label, of Place
        As `arranged` gave them.
    top : float
        Height of the line.
    """
    ways = []
    for label, place in zip(labels, places, strict=True):
        y, half = top - TURN - place.row * ROW, label.width / 2
        low, high = place.x - half, place.x + half
        # A line turns only where the label is not below its part.
        way = place.way if place.row else min(max(label.middle, low), high)
        end = min(max(way, low), high), y
        ways += [
            [(label.begin, top), (label.end, top)],
            [(label.middle, top), (way, top - TURN), (way, y + 3 * place.row), end],
        ]
        for k, text in enumerate(label.lines):
            role = "muted" if k else "ink"
            say(ax, place.x, y - 2 - k * LEADING, text, role, size=SMALL, bold=not k, va="top")
    drawn = LineCollection(ways, colors=MARKER["edge"], linewidths=HAIR, zorder=2)
    ax.add_collection(drawn, autolim=False)
