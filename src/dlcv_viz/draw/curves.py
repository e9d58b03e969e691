"""Functions of one number: where the axes are zero, what a curve nears, how steep it is."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from dlcv_viz.draw.canvas import HAIR, LINE, THIN
from dlcv_viz.draw.marks import Place, line
from dlcv_viz.draw.theme import MARKER


def zero_lines(ax: Axes) -> None:
    """Draw hair lines where x and y are 0, as far as the axes reach."""
    ax.axhline(0, color=MARKER["line"], lw=HAIR, zorder=0)
    ax.axvline(0, color=MARKER["line"], lw=HAIR, zorder=0)


def limit(ax: Axes, y: float, role: str = "muted") -> Line2D:
    """Draw a value that a curve nears or stays below, dashed from edge to edge."""
    return ax.axhline(y, color=MARKER[role], lw=THIN, ls=(0, (4, 3)), zorder=1)


def tangent(
    ax: Axes, at: Place, slope: float, role: str = "ink", *, length: float, width: float = LINE
) -> Line2D:
    """Draw a piece of a tangent that is equally long however steep it is.

    Parameters
    ----------
    ax : Axes
        With fixed limits and linear scales.
    at : (2,) sequence of float
        The point in its middle, in the units of the axes.
    slope : float
        Of the function there, in the units of the axes.
    role : str, default "ink"
        Colour.
    length, width : float
        Of the line, in points.

    Returns
    -------
    Line2D
        From left to right.
    """
    here = np.asarray(at, float)
    there = here + np.array([1, slope])
    way = np.diff(ax.transData.transform(np.stack([here, there])), axis=0)[0]
    pixels = length / 72 * ax.get_figure(root=True).dpi  # type: ignore[union-attr]  # it has one
    half = (there - here) * pixels / 2 / np.linalg.norm(way)
    ends = np.stack([here - half, here + half])
    return line(ax, ends[:, 0], ends[:, 1], role, width=width, above=4)
