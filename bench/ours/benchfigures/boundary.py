"""The scene `boundary` as a registered figure."""

from scenes import boundary

from benchfigures.marked import drawing
from dlcv_viz.registry import Drawing, figure


@figure(alt="The scene boundary in variant {k}.")
def scene(*, k: int = 0) -> Drawing:
    """Draw one variant of the scene."""
    return drawing(boundary.draw, boundary.SIZE, k)
