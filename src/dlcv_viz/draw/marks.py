"""What is put on a panel: words, arrows, frames, points, lines."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Rectangle
from matplotlib.text import Annotation, Text

from dlcv_viz.draw.canvas import LINE, SMALL, STRONG, TEXT
from dlcv_viz.draw.theme import DASH, MARK, MARKER, letters
from dlcv_viz.types import FloatArray

Place = Sequence[float] | FloatArray  # two numbers: x and y
_RAISED, _UNBROKEN = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"), "\N{NO-BREAK SPACE}"


def number(value: float, form: str = "g") -> str:
    """Write a number with a true minus; one that is rounded to zero has none."""
    return format(value, f"z{form}").replace("-", "\N{MINUS SIGN}")


def scientific(value: float, digits: int = 1) -> str:
    """Write a number as a mantissa, with so many digits behind the point, times a power of ten."""
    mantissa, exponent = format(value, f"z.{digits}e").split("e")
    raised = str(int(exponent)).translate(_RAISED)
    return f"{mantissa} × 10{raised}".replace("-", "\N{MINUS SIGN}").replace(" ", _UNBROKEN)


def say(
    ax: Axes,
    x: float,
    y: float,
    text: str,
    role: str = "ink",
    *,
    size: float = TEXT,
    bold: bool = False,
    italic: bool = False,
    ha: str = "center",
    va: str = "center",
    turn: float = 0,
    halo: bool = False,
) -> Text:
    """Write on a panel.

    Parameters
    ----------
    ax : Axes
        Where to.
    x, y : float
        Place of the anchor, in the units of the axes.
    text : str
        Plain text: mathematics in Unicode, minus as U+2212.
    role : str, default "ink"
        Colour.
    size : float, default 10
        In points; 9.5 is the least.
    bold, italic : bool, default False
        Weight and style.
    ha, va : str, default "center"
        Which point of the text is the anchor.
    turn : float, default 0
        Degrees; only along a line that the text names.
    halo : bool, default False
        Outline the text in the colour of the plate, where it stands on lines.

    Returns
    -------
    Text
        The artist.
    """
    drawn = ax.text(
        x,
        y,
        text,
        color=letters(role),
        size=size,
        weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
        ha=ha,
        va=va,
        rotation=turn,
        rotation_mode="anchor",
        zorder=9,
    )
    if halo:
        # `themed` outlines what has such an id; two panels must not have the same.
        drawn.set_gid(f"halo-{sum(len(panel.texts) for panel in ax.figure.axes)}")
    return drawn


def along(
    ax: Axes,
    start: Place,
    end: Place,
    text: str,
    role: str = "ink",
    *,
    at: float = 0.5,
    ha: str = "center",
    below: bool = False,
    size: float = SMALL,
) -> Annotation:
    """Write along a line that the text names.

    Parameters
    ----------
    ax : Axes
        With fixed limits.
    start, end : (2,) sequence of float
        Of the line, the left end first, in the units of the axes.
    text : str
        As for `say`.
    role : str, default "ink"
        Colour.
    at : float, default 0.5
        Where on the line the anchor is, from 0 at its start to 1 at its end.
    ha : str, default "center"
        Which point of the text is the anchor.
    below : bool, default False
        Whether the text is below the line.
    size : float, default 9.5
        In points.

    Returns
    -------
    Annotation
        The artist.
    """
    here, there = np.asarray(start, float), np.asarray(end, float)
    x, y = np.diff(ax.transData.transform(np.stack([here, there])), axis=0)[0]
    turn = np.arctan2(y, x)
    gap = -3 if below else 3  # points between line and text
    anchor = (1 - at) * here + at * there
    return ax.annotate(
        text,
        (anchor[0], anchor[1]),
        (-gap * np.sin(turn), gap * np.cos(turn)),
        textcoords="offset points",
        color=letters(role),
        size=size,
        ha=ha,
        va="top" if below else "bottom",
        rotation=float(np.degrees(turn)),
        rotation_mode="anchor",
        zorder=9,
    )


def arrow(
    ax: Axes,
    start: Place,
    end: Place,
    role: str = "ink",
    *,
    width: float = LINE,
    bend: float = 0,
    head: float = 6,
    gap: float = 0,
) -> FancyArrowPatch:
    """Draw an arrow with a filled head.

    Parameters
    ----------
    ax : Axes
        Where to.
    start, end : (2,) sequence of float
        In the units of the axes.
    role : str, default "ink"
        Colour.
    width, head, gap : float
        Of the line, the head's length, and what is left free at both ends, in points.
    bend : float, default 0
        Curvature; positive bends to the left of the way.

    Returns
    -------
    FancyArrowPatch
        The artist.
    """
    drawn = FancyArrowPatch(
        (start[0], start[1]),
        (end[0], end[1]),
        arrowstyle=f"-|>,head_length={head},head_width={head * 0.42}",
        mutation_scale=1,
        connectionstyle=f"arc3,rad={bend}",
        shrinkA=gap,
        shrinkB=gap,
        lw=width,
        color=MARKER[role],
        capstyle="butt",
        joinstyle="miter",
        zorder=7,
    )
    ax.add_patch(drawn)
    return drawn


def points(
    ax: Axes, xy: FloatArray, role: str, *, size: float = 5.5, above: float = 3
) -> PathCollection:
    """Draw points in the colour and with the mark of a series.

    Parameters
    ----------
    ax : Axes
        Where to.
    xy : (n, 2) ndarray of float
        In the units of the axes.
    role : str
        One of the accents.
    size : float, default 5.5
        Diameter in points.
    above : float, default 3
        What they lie above.

    Returns
    -------
    PathCollection
        One artist for all.
    """
    return ax.scatter(
        xy[:, 0],
        xy[:, 1],
        s=size**2,
        marker=MARK[role],
        c=MARKER[role],
        edgecolors=MARKER["plate"],
        linewidths=0.8,
        zorder=above,
    )


def line(
    ax: Axes,
    x: FloatArray,
    y: FloatArray,
    role: str = "ink",
    *,
    width: float = LINE,
    dashed: bool = False,
    above: float = 2,
) -> Line2D:
    """Draw a line, dashed in the way of its series if asked."""
    (drawn,) = ax.plot(
        x,
        y,
        color=MARKER[role],
        lw=width,
        ls=(0, DASH.get(role, (4, 3))) if dashed else "-",
        solid_capstyle="round",
        dash_capstyle="round",
        zorder=above,
    )
    return drawn


def ring(
    ax: Axes, at: Place, role: str = "accent-2", *, size: float = 15, width: float = STRONG
) -> Line2D:
    """Draw an open ring around a point; diameter and width of the line are in points."""
    (drawn,) = ax.plot([at[0]], [at[1]], "o", ms=size, mfc="none", mec=MARKER[role], mew=width)
    drawn.set(zorder=8, clip_on=False)
    return drawn


def frame(
    ax: Axes,
    left: float,
    top: float,
    width: float,
    height: float,
    *,
    role: str = "accent-2",
    width_pt: float = STRONG,
    above: float = 8,
) -> Rectangle:
    """Outline what the eye should go to."""
    drawn = Rectangle(
        (left, top - height),
        width,
        height,
        fill=False,
        ec=MARKER[role],
        lw=width_pt,
        joinstyle="round",
        zorder=above,
        clip_on=False,
    )
    ax.add_patch(drawn)
    return drawn
