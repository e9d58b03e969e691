"""Networks: units as circles, weights as lines, one artist for all of each."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba
from matplotlib.text import Text

from dlcv_viz.draw.canvas import THIN
from dlcv_viz.draw.marks import Place, say
from dlcv_viz.draw.matrix import TINT
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import BoolArray, FloatArray

LEAST, MOST = 0.8, 5.0  # width of a weight of nothing and of the limit, in points
FAINT = 0.12  # opacity of what is there, but not spoken of


def layers(
    sizes: Sequence[int], *, across: float, up: float, start: Place = (0, 0)
) -> list[FloatArray]:
    """Place the units of each layer side by side, centred on one line.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer.
    across, up : float
        Distance of two layers and of two units of a layer, in the units of the axes; with `up`
        below 0 the first unit is on top.
    start : (2,) sequence of float, default (0, 0)
        Middle of the first layer.

    Returns
    -------
    list of (size, 2) ndarray of float
        Middles of the units.
    """
    x, y = start
    return [
        np.column_stack([np.full(n, x + k * across), y + up * (np.arange(n) - (n - 1) / 2)])
        for k, n in enumerate(sizes)
    ]


def edges(
    ax: Axes,
    starts: FloatArray,
    ends: FloatArray,
    weights: FloatArray,
    *,
    limit: float,
    strong: BoolArray | None = None,
) -> LineCollection:
    """Draw every weight between two layers: accent-1 above zero, accent-2 below, wide if large.

    Parameters
    ----------
    ax : Axes
        Where to.
    starts : (n, 2) ndarray of float
        Places of the units of a layer.
    ends : (m, 2) ndarray of float
        Places of the units of the next one.
    weights : (n, m) ndarray of float
        From unit i to unit j.
    limit : float
        Absolute value that has the full width; above 0.
    strong : (n, m) ndarray of bool, optional
        Weights that matter here; the others are faint.

    Returns
    -------
    LineCollection
        The lines, unit by unit of the first layer.
    """
    pairs = np.stack(np.broadcast_arrays(starts[:, None], ends[None, :]), axis=2)
    sizes = np.minimum(np.abs(weights) / limit, 1).ravel()
    roles = ["accent-1" if weight > 0 else "accent-2" for weight in weights.flat]
    drawn = LineCollection(
        list(pairs.reshape(-1, 2, 2)),
        colors=[MARKER[role] for role in roles],
        linewidths=LEAST + (MOST - LEAST) * sizes,
        alpha=0.5 if strong is None else np.where(strong, 0.5, FAINT).ravel(),
        zorder=1,
    )
    ax.add_collection(drawn, autolim=False)
    return drawn


def nodes(
    ax: Axes, places: FloatArray, values: FloatArray, *, limit: float, size: float = 38
) -> PathCollection:
    """Draw units as circles, tinted by their values as the cells of a matrix are.

    Parameters
    ----------
    ax : Axes
        Where to.
    places : (n, 2) ndarray of float
        Middles of the circles, in the units of the axes.
    values : (n,) ndarray of float
        Accent-1 above zero, accent-2 below.
    limit : float
        Absolute value that has the full tint; above 0.
    size : float, default 38
        Diameter in points.

    Returns
    -------
    PathCollection
        The tints; below them lie circles of plate that hide the lines.
    """
    tints = [
        to_rgba(MARKER["accent-1" if v > 0 else "accent-2"], TINT * min(abs(float(v)) / limit, 1))
        for v in values
    ]
    x, y = places.T
    ax.scatter(x, y, s=size**2, c=MARKER["plate"], linewidths=0, zorder=3)
    return ax.scatter(
        x, y, s=size**2, c=tints, edgecolors=MARKER["edge"], linewidths=THIN, zorder=4
    )


def labels(
    ax: Axes,
    places: FloatArray,
    texts: Sequence[str],
    role: str = "ink",
    *,
    shift: Place = (0, 0),
    **style: Any,
) -> list[Text]:
    """Write a text at each place, such as the values of units or their names beside them.

    Parameters
    ----------
    ax : Axes
        Where to.
    places : (n, 2) ndarray of float
        Anchors, in the units of the axes.
    texts : sequence of n str
        What is written.
    role : str, default "ink"
        Colour.
    shift : (2,) sequence of float, default (0, 0)
        From each place to its text.
    **style
        As for `dlcv_viz.draw.marks.say`.

    Returns
    -------
    list of Text
        The artists.
    """
    return [
        say(ax, float(x + shift[0]), float(y + shift[1]), text, role, **style)
        for (x, y), text in zip(places, texts, strict=True)
    ]
