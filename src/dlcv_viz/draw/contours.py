"""Functions of two variables: tints that pile up towards a minimum, and paths over them."""

from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.lines import Line2D

from dlcv_viz.draw.canvas import HAIR, LINE
from dlcv_viz.draw.marks import line, points, ring
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import FloatArray

CASING = 3.4  # pt; a path over a busy ground is outlined in the colour of the plate


def basin(
    ax: Axes,
    x: FloatArray,
    y: FloatArray,
    values: FloatArray,
    levels: FloatArray,
    *,
    role: str = "accent-1",
    alpha: float = 0.08,
) -> QuadContourSet:
    """Draw where a function is below each of some levels.

    Parameters
    ----------
    ax : Axes
        Where to.
    x : (n,) ndarray of float
        Places across.
    y : (m,) ndarray of float
        Places up.
    values : (m, n) ndarray of float
        The function, a row for every y.
    levels : (k,) ndarray of float
        Where the contours lie, rising.
    role : str, default "accent-1"
        Colour of the tints.
    alpha : float, default 0.08
        Opacity of one tint; the lowest part has k of them.

    Returns
    -------
    QuadContourSet
        The contours.
    """
    below = float(min(values.min(), levels.min())) - 1
    for level in levels:
        ax.contourf(
            x, y, values, levels=[below, level], colors=[MARKER[role]], alpha=alpha, zorder=0
        )
    return ax.contour(
        x,
        y,
        values,
        levels=levels,
        colors=MARKER["edge"],
        linewidths=HAIR,
        linestyles="-",  # else those below zero would be dashed
        alpha=0.6,
        zorder=1,
    )


def descent(ax: Axes, path: FloatArray, role: str, *, every: int = 1) -> Line2D:
    """Draw a path over a basin, from an open ring to a mark.

    Parameters
    ----------
    ax : Axes
        Where to.
    path : (n, 2) ndarray of float
        Places, the start first.
    role : str
        Colour, one of the accents.
    every : int, default 1
        Which places are marked: every so many, and the last.

    Returns
    -------
    Line2D
        The path, above its casing.
    """
    line(ax, path[:, 0], path[:, 1], "plate", width=CASING, above=4)
    drawn = line(ax, path[:, 0], path[:, 1], role, width=LINE, above=5)
    points(ax, path[every:-1:every], role, size=3.6, above=6)
    points(ax, path[-1:], role, size=7, above=7)
    ring(ax, path[0], "ink", size=8, width=LINE)
    return drawn
