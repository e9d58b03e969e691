"""Ribbons: bands from one upright bar to another, as wide at each end as what passes there."""

from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path

from dlcv_viz.draw.theme import MARKER

BAR = 7.0  # how wide a bar is


@dataclass(frozen=True, slots=True)
class Bar:
    """An upright bar, in the units of the axes.

    Parameters
    ----------
    left, bottom : float
        Its lower left corner.
    height : float
        Above 0.
    """

    left: float
    bottom: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends across."""
        return self.left + BAR

    @property
    def top(self) -> float:
        """Where it ends above."""
        return self.bottom + self.height

    @property
    def middle(self) -> float:
        """Half its height."""
        return self.bottom + self.height / 2

    def part(self, bottom: float, height: float) -> "Bar":
        """Return a piece of it, counted from its lower end."""
        return Bar(self.left, self.bottom + bottom, height)


def bar(ax: Axes, at: Bar, role: str) -> Rectangle:
    """Draw a bar."""
    drawn = Rectangle((at.left, at.bottom), BAR, at.height, color=MARKER[role], lw=0, zorder=4)
    ax.add_patch(drawn)
    return drawn


def ribbon(ax: Axes, start: Bar, end: Bar, role: str, *, fill: float = 0.25) -> PathPatch:
    """Draw a band from the right side of one bar to the left side of another.

    Parameters
    ----------
    ax : Axes
        Where to.
    start, end : Bar
        The second begins where the first has ended, or behind.
    role : str
        Colour.
    fill : float, default 0.25
        How opaque it is, so that bands can cross.

    Returns
    -------
    PathPatch
        Without an outline; it leaves and arrives level.
    """
    turn = (start.right + end.left) / 2
    corners = [
        (start.right, start.top),
        *((turn, start.top), (turn, end.top), (end.left, end.top)),
        (end.left, end.bottom),
        *((turn, end.bottom), (turn, start.bottom), (start.right, start.bottom)),
        (start.right, start.top),
    ]
    curve = [Path.CURVE4] * 3
    codes = [Path.MOVETO, *curve, Path.LINETO, *curve, Path.CLOSEPOLY]
    drawn = PathPatch(Path(corners, codes), fc=to_rgba(MARKER[role], fill), lw=0, zorder=2)
    ax.add_patch(drawn)
    return drawn
