"""Regions of pixels as one shape each, so that neighbours have no seams between them."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from dlcv_viz.draw.canvas import LINE
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import BoolArray

Corner = tuple[int, int]  # row and column of a corner of pixels, from the top left


def mask(
    ax: Axes,
    inside: BoolArray,
    left: float,
    top: float,
    size: float,
    *,
    role: str = "accent-1",
    alpha: float = 0.3,
    width: float = LINE,
) -> PathPatch:
    """Draw the pixels of a region in a tint, with a line around them.

    Parameters
    ----------
    ax : Axes
        With equal units.
    inside : (rows, columns) ndarray of bool
        The region: in several pieces, with holes, or empty.
    left, top, size : float
        Corner of the picture and side of a pixel, in the units of the axes.
    role : str, default "accent-1"
        Colour.
    alpha : float, default 0.3
        Opacity of the tint.
    width : float, default 1.8
        Of the line, in points.

    Returns
    -------
    PathPatch
        The region.
    """
    vertices, codes = list[tuple[float, float]](), list[int]()
    for loop in outlines(inside):
        vertices += [(left + column * size, top - row * size) for row, column in [*loop, loop[0]]]
        codes += [int(Path.MOVETO), *[int(Path.LINETO)] * (len(loop) - 1), int(Path.CLOSEPOLY)]
    path = Path(np.array(vertices).reshape(-1, 2), np.array(codes, np.uint8))
    tint, edge = to_rgba(MARKER[role], alpha), MARKER[role]
    drawn = PathPatch(path, fc=tint, ec=edge, lw=width, joinstyle="miter", zorder=3)
    ax.add_patch(drawn)
    return drawn


def outlines(inside: BoolArray) -> list[list[Corner]]:
    """Walk around a region of pixels with the region on the right.

    Parameters
    ----------
    inside : (rows, columns) ndarray of bool
        The region.

    Returns
    -------
    list of list of (int, int)
        The corners of each loop, where it turns: outer borders clockwise, holes the other way.
        Pixels that touch in a corner only are apart.
    """
    padded = np.pad(inside, 1)
    steps = dict[Corner, list[Corner]]()
    for row, column in np.argwhere(inside).tolist():
        here = (row + 1, column + 1)
        for (down, across), start, end in (
            ((-1, 0), (row, column), (row, column + 1)),
            ((0, 1), (row, column + 1), (row + 1, column + 1)),
            ((1, 0), (row + 1, column + 1), (row + 1, column)),
            ((0, -1), (row + 1, column), (row, column)),
        ):
            if not padded[here[0] + down, here[1] + across]:
                steps.setdefault(start, []).append(end)
    loops = []
    while steps:
        loops.append(_loop(steps))
    return loops


def _loop(steps: dict[Corner, list[Corner]]) -> list[Corner]:
    """Take one loop out of the steps along borders, and keep the corners where it turns."""
    start = here = next(iter(steps))
    way, corners = (0, 0), list[Corner]()
    while here in steps:
        ends = steps[here]
        # Where two borders meet in a corner, turning right keeps the two pixels apart.
        right = (here[0] + way[1], here[1] - way[0])
        end = ends.pop(ends.index(right) if right in ends else 0)
        if not ends:
            del steps[here]
        if (end[0] - here[0], end[1] - here[1]) != way:
            corners.append(here)
        way, here = (end[0] - here[0], end[1] - here[1]), end
        if here == start:
            break
    return corners
