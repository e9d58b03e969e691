"""Distributions: a histogram on a base line of its own, so that several fit on one panel."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import StepPatch

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import FloatArray


def ridge(
    ax: Axes,
    values: FloatArray,
    edges: FloatArray,
    role: str = "accent-1",
    *,
    base: float = 0,
    height: float = 0.8,
    sideways: bool = False,
) -> StepPatch:
    """Draw how numbers are distributed, with the fullest bin at a fixed height.

    Parameters
    ----------
    ax : Axes
        Where to.
    values : ndarray of float
        Any shape; what lies outside the edges is left out.
    edges : (n + 1,) ndarray of float
        Of the bins, rising.
    role : str, default "accent-1"
        Colour.
    base : float, default 0
        Where the histogram stands.
    height : float, default 0.8
        Of the fullest bin, in the units of the axes.
    sideways : bool, default False
        Whether the bins follow the vertical axis and the histogram grows to the right.

    Returns
    -------
    StepPatch
        The histogram; flat on its base if all bins are empty.
    """
    counts, _ = np.histogram(values, edges)
    tops = base + height * counts / max(counts.max(), 1)
    return ax.stairs(
        tops,
        edges,
        baseline=base,
        fill=True,
        orientation="horizontal" if sideways else "vertical",
        color=MARKER[role],
        lw=0,
        zorder=2,
    )
