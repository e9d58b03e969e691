"""Wholes split into parts, as bars of one length in tints, and their key: what goes where."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from dlcv_viz.draw.canvas import SMALL, THIN
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.words import width_of

THICKNESS = 17.0  # of a bar
ROOM = 4.0  # around a number in its part
SWATCH = 8.0  # side of a square of the key


def split(
    ax: Axes,
    middles: Sequence[float],
    wholes: Sequence[Sequence[float]],
    tints: Sequence[tuple[str, float]],
    *,
    left: float,
    length: float,
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

    Returns
    -------
    list of k BarContainer
        The parts.
    """
    drawn, starts = [], [left] * len(wholes)
    for part, (role, tint) in enumerate(tints):
        lengths = [length * whole[part] for whole in wholes]
        bars = ax.barh(middles, lengths, height=THICKNESS, left=starts, zorder=2)
        drawn.append(_tinted(bars, role, tint))
        for start, long, y, whole in zip(starts, lengths, middles, wholes, strict=True):
            told = f"{whole[part]:.0%}"
            if long >= width_of(told) + ROOM:
                say(ax, start + long / 2, y, told, size=SMALL)
        starts = [start + long for start, long in zip(starts, lengths, strict=True)]
    return drawn


def key(
    ax: Axes,
    names: Sequence[str],
    tints: Sequence[tuple[str, float]],
    y: float,
    *,
    left: float,
    length: float,
) -> None:
    """Name the parts once, in the order in which they are in the bars.

    Parameters
    ----------
    ax : Axes
        As for `split`.
    names : sequence of k str
        Of the parts.
    tints : sequence of k (str, float)
        As for `split`.
    y : float
        Height of the line.
    left, length : float
        Where it begins, and how long it is; each part has as much of it.
    """
    for place, (name, (role, tint)) in enumerate(zip(names, tints, strict=True)):
        x = left + length / len(names) * place
        _tinted(ax.barh([y], [SWATCH], height=SWATCH, left=x, zorder=2), role, tint)
        say(ax, x + SWATCH + 3, y, name, "muted", size=SMALL, ha="left")


def _tinted(bars: BarContainer, role: str, tint: float) -> BarContainer:
    for bar in bars:
        bar.set(facecolor=(MARKER[role], tint), edgecolor=MARKER["edge"], linewidth=THIN)
    return bars
