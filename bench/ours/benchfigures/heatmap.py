"""The scene `heatmap` as a registered figure."""

from scenes import heatmap

from benchfigures.marked import drawing
from dlcv_viz.registry import Drawing, figure


@figure(alt="The scene heatmap in variant {k}.")
def scene(*, k: int = 0) -> Drawing:
    """Draw one variant of the scene."""
    return drawing(heatmap.draw, heatmap.SIZE, k)
