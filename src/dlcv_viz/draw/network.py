"""Networks: units as circles, weights as lines, one artist for all of each."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_rgba

from dlcv_viz.draw.canvas import THIN
from dlcv_viz.draw.matrix import TINT
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import FloatArray

LEAST, MOST = 0.8, 5.0  # width of a weight of nothing and of the limit, in points


def layers(sizes: Sequence[int], *, across: float, up: float) -> list[FloatArray]:
    """Place the units of each layer side by side, centred on one line.

    Parameters
    ----------
    sizes : sequence of int
        Units of each layer.
    across, up : float
        Distance of two layers and of two units of a layer, in the units of the axes.

    Returns
    -------
    list of (size, 2) ndarray of float
        Middles of the units, the first layer at x = 0.
    """
    return [
        np.column_stack([np.full(n, k * across), up * (np.arange(n) - (n - 1) / 2)])
        for k, n in enumerate(sizes)
    ]


def edges(
    ax: Axes, starts: FloatArray, ends: FloatArray, weights: FloatArray, *, limit: float
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
        alpha=0.5,
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
