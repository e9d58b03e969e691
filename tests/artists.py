"""What a panel shows, asked for by the colour in which it is drawn."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from dlcv_viz.types import FloatArray


def curves(ax: Axes, colour: str) -> list[FloatArray]:
    """Return the lines of a colour, (n, 2) each."""
    return [np.asarray(line.get_xydata()) for line in ax.lines if line.get_color() == colour]


def clouds(ax: Axes, colour: str) -> list[FloatArray]:
    """Return the places of the points of a colour, (n, 2) for each call that drew some."""
    return [
        np.asarray(cloud.get_offsets())
        for cloud in ax.collections
        if isinstance(cloud, PathCollection)
        and to_hex(np.asarray(cloud.get_facecolor())[0]) == colour
    ]


def bars(ax: Axes, colour: str) -> list[Rectangle]:
    """Return the filled rectangles of a colour."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    return [box for box in found if box.get_fill() and to_hex(box.get_facecolor()) == colour]


def frames(ax: Axes, colour: str) -> list[Rectangle]:
    """Return the rectangles of a colour that are not filled."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    return [box for box in found if not box.get_fill() and to_hex(box.get_edgecolor()) == colour]
