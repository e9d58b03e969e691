"""The scene `curves` as a registered figure."""

from scenes import curves

from benchfigures.marked import drawing
from dlcv_viz.registry import Drawing, figure


@figure(alt="The scene curves in variant {k}.")
def scene(*, k: int = 0) -> Drawing:
    """Draw one variant of the scene."""
    return drawing(curves.draw, curves.SIZE, k)
