"""Wholes split into parts, as bars of one length in tints: what goes where."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from dlcv_viz.draw.canvas import SMALL, THIN
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.words import width_of

ROOM = 4.0  # around a number in its part


def split(
    ax: Axes,
    middles: Sequence[float],
    wholes: Sequence[Sequence[float]],
    tints: Sequence[tuple[str, float]],
    *,
    left: float,
    length: float,
    thickness: float = 17,
    form: str = "{:.0%}",
) -> list[BarContainer]:
    """Draw a bar for every whole; a part says how large it is where that fits.

    Parameters
    ----------
    ax : Axes
        A `dlcv_viz.draw.canvas.stage`.
    middles : sequence of n float
        Heights of the bars.
    wholes : sequence of n sequences of k float
        Shares that add up to 1.
    tints : sequence of k (str, float)
        Colour and opacity of each part, at most 0.45 so that ink can be read on it.
    left, length : float
        Where the bars begin, and how long each is.
    thickness : float, default 17
        Of a bar.
    form : str, default "{:.0%}"
        Of the numbers.

    Returns
    -------
    list of k BarContainer
        The parts.
    """
    drawn, starts = [], [left] * len(wholes)
    for part, (role, tint) in enumerate(tints):
        lengths = [length * whole[part] for whole in wholes]
        bars = ax.barh(middles, lengths, height=thickness, left=starts, zorder=2)
        for bar in bars:
            bar.set(facecolor=(MARKER[role], tint), edgecolor=MARKER["edge"], linewidth=THIN)
        drawn.append(bars)
        for start, long, y, whole in zip(starts, lengths, middles, wholes, strict=True):
            told = form.format(whole[part])
            if long >= width_of(told) + ROOM:
                say(ax, start + long / 2, y, told, size=SMALL)
        starts = [start + long for start, long in zip(starts, lengths, strict=True)]
    return drawn
