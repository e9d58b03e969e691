"""Draw a scene in marker colours, so that it has a light and a dark variant."""

from collections.abc import Callable
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.figure import Figure

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.registry import Drawing

ACCENTS = [MARKER[f"accent-{number}"] for number in range(1, 7)]
COLOURS: Any = {  # matplotlib's type for this names every key it has
    "axes.edgecolor": MARKER["edge"],
    "axes.facecolor": "none",
    "axes.labelcolor": MARKER["ink"],
    "axes.prop_cycle": cycler(color=ACCENTS),
    "grid.color": MARKER["line"],
    "legend.edgecolor": MARKER["line"],
    "legend.facecolor": MARKER["plate"],
    "text.color": MARKER["ink"],
    "xtick.color": MARKER["muted"],
    "ytick.color": MARKER["muted"],
}


def drawing(draw: Callable[[int, Figure], None], size: tuple[float, float], k: int) -> Drawing:
    """Draw variant `k` of a scene; its one fact is ``k``."""
    with mpl.rc_context(COLOURS):
        fig = Figure(figsize=size)
        draw(k, fig)
    return Drawing(fig, facts={"k": k})
