"""The sheet a figure is drawn on: two widths, panels with a quiet frame, names of axes.

Lengths are points; colours are roles of `dlcv_viz.draw.theme`.
"""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import NullLocator

from dlcv_viz.draw.theme import MARKER

NARROW, WIDE = 360, 560  # one panel or 2 x 2; panels side by side. A phone shows 360 px.
TEXT, SMALL, TITLE = 10.0, 9.5, 11.0  # labels; ticks and notes; names of panels
HAIR, THIN, LINE, STRONG = 0.6, 0.9, 1.8, 2.4


def canvas(width: float, height: float) -> Figure:
    """Make an empty figure.

    Parameters
    ----------
    width, height : float
        In points; the width is `NARROW` or `WIDE`, but for thumbnails.

    Returns
    -------
    Figure
        Without axes.
    """
    return Figure(figsize=(width / 72, height / 72))


def panel(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes with two spines and short ticks.

    Parameters
    ----------
    figure : Figure
        Where to.
    left, bottom, width, height : float
        Place of the axes in points.

    Returns
    -------
    Axes
        Transparent.
    """
    w, h = figure.get_size_inches() * 72
    ax = figure.add_axes((left / w, bottom / h, width / w, height / h), facecolor="none")
    ax.spines[["top", "right"]].set_visible(False)
    ax.spines[["left", "bottom"]].set(color=MARKER["edge"], linewidth=THIN)
    ax.tick_params(
        length=3,
        width=THIN,
        color=MARKER["edge"],
        labelcolor=MARKER["muted"],
        labelsize=SMALL,
        pad=3,
    )
    return ax


def stage(figure: Figure, left: float, bottom: float, width: float, height: float) -> Axes:
    """Add axes without a frame for diagrams: one unit is a point, y goes up."""
    ax = panel(figure, left, bottom, width, height)
    ax.set(xlim=(0, width), ylim=(0, height))
    ax.axis("off")
    return ax


def equal_units(ax: Axes, left: float, right: float, *, middle: float = 0) -> None:
    """Set limits with which one unit is as long across as up.

    Parameters
    ----------
    ax : Axes
        Its place decides how much it holds in height.
    left, right : float
        Limits across.
    middle : float, default 0
        Of the limits in height.
    """
    half = (right - left) / 2 * ax.bbox.height / ax.bbox.width
    ax.set(xlim=(left, right), ylim=(middle - half, middle + half))


def name_axes(ax: Axes, x: str = "", y: str = "", *, among_ticks: bool = False) -> None:
    """Name the axes, level.

    Parameters
    ----------
    ax : Axes
        Any.
    x, y : str, default ""
        Name with its unit.
    among_ticks : bool, default False
        Whether the names stand at the middle of the axes, between two tick labels, which saves
        room in small panels; else x is below its right end and y above its top.
    """
    ends = ((1, 0), (0, -17), "right", "top"), ((0, 1), (-3, 7), "left", "bottom")
    middles = ((0.5, 0), (0, -6), "center", "top"), ((0, 0.5), (-6, 0), "right", "center")
    for text, (at, shift, ha, va) in zip((x, y), middles if among_ticks else ends, strict=True):
        if text:
            ax.annotate(
                text,
                at,
                shift,
                "axes fraction",
                "offset points",
                ha=ha,
                va=va,
                size=SMALL,
                color=MARKER["muted"],
            )


def name_panel(ax: Axes, text: str, *, rise: float = 7, note: str = "") -> None:
    """Write the name of a panel above it, at its left.

    Parameters
    ----------
    ax : Axes
        Any.
    text : str
        The name.
    rise : float, default 7
        Points from the panel up to the lowest line.
    note : str, default ""
        A quiet line below the name.
    """
    lines = [(text, TITLE, "bold", "ink")]
    if note:
        lines.insert(0, (note, SMALL, "normal", "muted"))
    for place, (written, size, weight, role) in enumerate(lines):
        ax.annotate(
            written,
            (0, 1),
            (0, rise + 14 * place),
            "axes fraction",
            "offset points",
            ha="left",
            va="bottom",
            size=size,
            weight=weight,
            color=MARKER[role],
        )


def logarithmic(ax: Axes, *, x: Sequence[float] = (), y: Sequence[float] = ()) -> None:
    """Make axes logarithmic, with plain numbers at their ticks.

    Parameters
    ----------
    ax : Axes
        Its limits are set afterwards.
    x, y : sequence of float, default ()
        Ticks of the axis; one without ticks stays as it is.
    """
    for axis, ticks in ((ax.xaxis, x), (ax.yaxis, y)):
        if ticks:
            ax.set(**{f"{axis.axis_name}scale": "log"})
            axis.set_ticks(ticks, [f"{tick:g}" for tick in ticks])
            axis.set_minor_locator(NullLocator())
