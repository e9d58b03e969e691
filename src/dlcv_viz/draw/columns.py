"""Columns of a bar chart with their numbers on top and their names below."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from dlcv_viz.draw.marks import say
from dlcv_viz.draw.theme import MARKER


def columns(
    ax: Axes,
    heights: Sequence[float],
    names: Sequence[str],
    role: str = "accent-1",
    *,
    form: str = "{:.2f}",
    width: float = 0.62,
) -> BarContainer:
    """Draw a column for every number, the first at x = 0.

    Parameters
    ----------
    ax : Axes
        With fixed limits in height, which leave room for a line of text.
    heights : sequence of n float
        At least 0.
    names : sequence of n str
        Below the columns.
    role : str, default "accent-1"
        Colour.
    form : str, default "{:.2f}"
        Of the numbers on top; empty for none.
    width : float, default 0.62
        Of a column; from one to the next it is 1.

    Returns
    -------
    BarContainer
        The columns.
    """
    drawn = ax.bar(range(len(heights)), heights, width=width, color=MARKER[role], zorder=2)
    ax.set(xlim=(-0.6, len(heights) - 0.4))
    ax.set_xticks(range(len(heights)), names)
    ax.tick_params(axis="x", length=0)
    rise = 0.015 * (ax.get_ylim()[1] - ax.get_ylim()[0])
    for place, height in enumerate(heights if form else ()):
        say(ax, place, height + rise, form.format(height), bold=True, va="bottom")
    return drawn
