"""The scene `network` as a registered figure."""

from scenes import network

from benchfigures.marked import drawing
from dlcv_viz.registry import Drawing, figure


@figure(alt="The scene network in variant {k}.")
def scene(*, k: int = 0) -> Drawing:
    """Draw one variant of the scene."""
    return drawing(network.draw, network.SIZE, k)
