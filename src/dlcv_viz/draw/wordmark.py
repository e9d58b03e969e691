"""The mark of the project, pixels into a neuron, with its name beside it.

The shapes are those of ``_static/wordmark-dark.svg``: in its units, 32 a height, y going down.
"""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle, Patch, PathPatch, Polygon
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from dlcv_viz.draw.marks import Place
from dlcv_viz.draw.theme import MARKER

HEIGHT = 32
_PIXELS, _SIDE = ((5, 4), (5, 12.5), (5, 21)), 7  # corners
_STRENGTH = (1, 0.72, 0.44)  # of the pixels, from the top
_WEIGHTS = [((11, y), (24, 16)) for y in (7.5, 16, 24.5)]
_LINE = 1.8
_UNIT, _RADIUS = (24.2, 16), 5.8
_STROKE = 3.3  # of the letters
_BOWL = 8.35  # radius of D and C
_D, _D_LEFT = (48.85, 16), 43.65  # middle of its bowl, and its stem
_C, _OPENING = (88.5, 16), 43  # middle, and degrees to each side at which it is open
_L = ((64.65, 6), (64.65, 24.35), (74.65, 24.35))
_V = ((98.2, 6), (101.9, 6), (107.2, 21.1), (112.5, 6), (116.2, 6), (109, 26), (105.4, 26))


def wordmark(ax: Axes, at: Place, height: float) -> None:
    """Draw the mark, and the name beside it.

    Parameters
    ----------
    ax : Axes
        One unit is a point, and y goes up.
    at : (2,) sequence of float
        Place of the top left corner, the ground around it not counted at the left.
    height : float
        In points.
    """
    unit = height / HEIGHT
    start = at[0] - _PIXELS[0][0] * unit  # the file leaves some room
    place = Affine2D().scale(unit, -unit).translate(start, at[1]) + ax.transData
    squares = np.array(_PIXELS)[:, None] + _SIDE * np.array([(0, 0), (1, 0), (1, 1), (0, 1)])
    tints = [to_rgba(MARKER["accent-1"], strength) for strength in _STRENGTH]
    edge, width = MARKER["edge"], _LINE * unit
    for drawn in (
        LineCollection(_WEIGHTS, colors=edge, linewidths=width, capstyle="butt", zorder=1),
        PolyCollection(list(squares), facecolors=MARKER["ground"], linewidths=0, zorder=2),
        PolyCollection(list(squares), facecolors=tints, linewidths=0, zorder=3),
    ):
        drawn.set_transform(place)
        ax.add_collection(drawn, autolim=False)
    for shape in (Circle(_UNIT, _RADIUS, fc=MARKER["accent-2"], lw=0), *_letters(unit)):
        shape.set(transform=place, zorder=2)
        ax.add_patch(shape)


def _letters(unit: float) -> list[Patch]:
    ink, blue = MARKER["ink"], MARKER["accent-1"]
    bowl = _arc(_D, -90, 90)
    stem = [(_D_LEFT, _D[1] + side) for side in (_BOWL, -_BOWL)]
    codes = [Path.LINETO, Path.LINETO, Path.CLOSEPOLY]
    corners = np.concatenate([bowl.vertices, stem, [stem[0]]])  # the last is not looked at
    d = Path(corners, np.concatenate([np.asarray(bowl.codes), codes]))
    pen = {"fc": "none", "lw": _STROKE * unit, "capstyle": "butt", "joinstyle": "miter"}
    return [
        PathPatch(d, ec=ink, **pen),
        PathPatch(Path(_L), ec=ink, **pen),
        PathPatch(_arc(_C, _OPENING, 360 - _OPENING), ec=blue, **pen),
        Polygon(_V, fc=blue, lw=0),
    ]


def _arc(middle: Place, start: float, end: float) -> Path:
    return Path.arc(start, end).transformed(Affine2D().scale(_BOWL).translate(*middle))
