"""A plane that a line or a curve divides: two classes of points, the sides, the normal."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.contour import QuadContourSet
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch

from dlcv_viz.draw.canvas import LINE, THIN
from dlcv_viz.draw.marks import Place, arrow, line, points, say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import FloatArray, IntArray


def classes(ax: Axes, x: FloatArray, y: IntArray, *, size: float = 5.5) -> None:
    """Draw points of two classes.

    Parameters
    ----------
    ax : Axes
        Where to.
    x : (N, 2) ndarray of float
        Points.
    y : (N,) ndarray of int
        Labels; above 0 is accent-1, the rest accent-2.
    size : float, default 5.5
        Diameter in points.
    """
    for role, own in (("accent-1", y > 0), ("accent-2", y <= 0)):
        points(ax, x[own], role, size=size)


def sides(ax: Axes, w: FloatArray, b: float, *, alpha: float = 0.09) -> None:
    """Tint the two sides of a line within the limits of the axes.

    Parameters
    ----------
    ax : Axes
        With fixed limits.
    w : (2,) ndarray of float
        Normal of the line; not zero.
    b : float
        The line is where ``w @ x + b`` is 0; accent-1 is where it is above.
    alpha : float, default 0.09
        Opacity of the tints.
    """
    for role, sign in (("accent-1", 1), ("accent-2", -1)):
        corners = _clipped(_box(ax), sign * w, sign * b)
        if len(corners):
            ax.fill(*corners.T, color=MARKER[role], alpha=alpha, lw=0, zorder=0)


def grid(ax: Axes, columns: int) -> FloatArray:
    """Return places that fill the axes evenly, for `regions`.

    Parameters
    ----------
    ax : Axes
        With fixed limits.
    columns : int
        Places from the left edge to the right one; as many rows as make the cells square on paper.

    Returns
    -------
    (rows, columns, 2) ndarray of float
        The lowest row first.
    """
    rows = round((columns - 1) * ax.bbox.height / ax.bbox.width) + 1
    x, y = np.linspace(*ax.get_xlim(), columns), np.linspace(*ax.get_ylim(), rows)
    return np.stack(np.meshgrid(x, y), axis=-1)


def regions(ax: Axes, heights: FloatArray, *, alpha: float = 0.13) -> QuadContourSet:
    """Tint where a function is above and below 0, and draw the curve between.

    Parameters
    ----------
    ax : Axes
        With fixed limits.
    heights : (rows, columns) ndarray of float
        Values at the places of `grid`; accent-1 is where they are above 0.
    alpha : float, default 0.13
        Opacity of the tints.

    Returns
    -------
    QuadContourSet
        The curve where the function is 0.
    """
    rows, columns = heights.shape
    x, y = np.linspace(*ax.get_xlim(), columns), np.linspace(*ax.get_ylim(), rows)
    tints = [MARKER["accent-2"], MARKER["accent-1"]]
    ends = [min(heights.min(), -1), 0, max(heights.max(), 1)]
    ax.contourf(x, y, heights, levels=ends, colors=tints, alpha=alpha, zorder=0)
    return ax.contour(
        x, y, heights, levels=[0], colors=MARKER["ink"], linewidths=LINE, linestyles="-", zorder=2
    )


def winners(
    ax: Axes, scores: FloatArray, roles: Sequence[str], *, alpha: float = 0.13
) -> list[QuadContourSet]:
    """Tint where each of several classes has the highest score, and draw what divides them.

    Parameters
    ----------
    ax : Axes
        With fixed limits.
    scores : (rows, columns, C) ndarray of float
        At the places of `grid`, one a class.
    roles : sequence of C str
        Colours of the classes.
    alpha : float, default 0.13
        Opacity of the tints.

    Returns
    -------
    list of C QuadContourSet
        The tint of each class.
    """
    rows, columns, n_classes = scores.shape
    x, y = np.linspace(*ax.get_xlim(), columns), np.linspace(*ax.get_ylim(), rows)
    tints = []
    for k, role in zip(range(n_classes), roles, strict=True):
        lead = scores[..., k] - np.delete(scores, k, axis=-1).max(axis=-1)
        ends = [0, max(lead.max(), 1)]
        tints.append(
            ax.contourf(x, y, lead, levels=ends, colors=[MARKER[role]], alpha=alpha, zorder=0)
        )
        ax.contour(x, y, lead, levels=[0], colors=MARKER["ink"], linewidths=THIN, zorder=2)
    return tints


def boundary(
    ax: Axes, w: FloatArray, b: float, role: str = "ink", *, width: float = LINE, **style: bool
) -> FloatArray:
    """Draw the line where ``w @ x + b`` is 0, from edge to edge of the axes.

    Parameters
    ----------
    ax : Axes
        With fixed limits.
    w : (2,) ndarray of float
        Normal of the line; not zero.
    b : float
        Bias.
    role : str, default "ink"
        Colour.
    width : float, default 1.8
        In points.
    **style : bool
        ``dashed``, as for `dlcv_viz.draw.marks.line`.

    Returns
    -------
    (2, 2) ndarray of float
        Its two ends, the left one first; empty if the axes do not hold it.
    """
    box = _clipped(_box(ax), w, b)
    if not len(box):
        return np.empty((0, 2))
    on_line = np.isclose(box @ w + b, 0, atol=1e-9 * np.abs(w).max())  # rounding of the cut
    ends = np.unique(box[on_line].round(12), axis=0)
    if len(ends) == 2:
        line(ax, ends[:, 0], ends[:, 1], role, width=width, **style)
        return ends
    return np.empty((0, 2))


def normal(
    ax: Axes, ends: FloatArray, w: FloatArray, *, at: float = 0.25, length: float, name: str = ""
) -> FancyArrowPatch:
    """Draw the normal of a line as an arrow, with its right angle.

    Parameters
    ----------
    ax : Axes
        With equal units.
    ends : (2, 2) ndarray of float
        Of the line.
    w : (2,) ndarray of float
        Direction of the arrow.
    at : float, default 0.25
        Where on the line it stands, from 0 to 1.
    length : float
        Of the arrow, in the units of the axes.
    name : str, default ""
        Written behind the tip, bold and italic.

    Returns
    -------
    FancyArrowPatch
        The arrow.
    """
    unit, foot = w / np.linalg.norm(w), (1 - at) * ends[0] + at * ends[1]
    right_angle(ax, foot, np.array([unit[1], -unit[0]]), unit, 0.14 * length)
    if name:
        x, y = foot + 1.17 * length * unit
        say(ax, x, y, name, bold=True, italic=True, size=11.5)
    return arrow(ax, foot, foot + length * unit, width=2.2, head=8)


def right_angle(ax: Axes, foot: Place, along: Place, across: Place, size: float) -> Line2D:
    """Draw the small square at the foot of a normal.

    Parameters
    ----------
    ax : Axes
        With equal units on both axes.
    foot : (2,) sequence of float
        Where the normal stands.
    along, across : (2,) sequence of float
        Unit vectors along the line and along the normal.
    size : float
        Side of the square, in the units of the axes.

    Returns
    -------
    Line2D
        The two sides that are not on the lines.
    """
    here, u, v = np.asarray(foot), size * np.asarray(along), size * np.asarray(across)
    corners = np.array([here + u, here + u + v, here + v])
    return line(ax, corners[:, 0], corners[:, 1], width=THIN)


def _box(ax: Axes) -> FloatArray:
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    return np.array([[left, low], [right, low], [right, high], [left, high]])


def _clipped(corners: FloatArray, w: FloatArray, b: float) -> FloatArray:
    """Cut a convex polygon to where ``w @ x + b >= 0`` (Sutherland and Hodgman, 1974)."""
    kept = list[FloatArray]()
    heights = corners @ w + b
    for i, (here, height) in enumerate(zip(corners, heights, strict=True)):
        before, height_before = corners[i - 1], heights[i - 1]
        if (height >= 0) != (height_before >= 0):
            kept.append(before + (here - before) * height_before / (height_before - height))
        if height >= 0:
            kept.append(here)
    return np.array(kept) if kept else np.empty((0, 2))
