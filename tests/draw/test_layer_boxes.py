"""Columns of layers: boxes from top to bottom, and a way around them."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_rgba
from matplotlib.patches import FancyArrowPatch, Rectangle

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.layer_boxes import PLUS, bypass, layer_column
from dlcv_viz.draw.theme import MARKER

LAYERS = ("conv", "ReLU", "conv", PLUS)


@pytest.fixture
def ax() -> Axes:
    return stage(canvas(NARROW, 240), 0, 0, NARROW, 240)


def test_layers_stand_below_one_another_with_an_arrow_into_each_and_one_out(ax: Axes) -> None:
    column = layer_column(ax, 100, 220, LAYERS)
    assert column.middles == sorted(column.middles, reverse=True)
    assert [text.get_text() for text in ax.texts] == list(LAYERS)
    assert sum(isinstance(patch, FancyArrowPatch) for patch in ax.patches) == len(LAYERS) + 1
    boxes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    tops = [box.get_y() + box.get_height() for box in boxes]
    assert all(low < high.get_y() for low, high in zip(tops[1:], boxes[:-1], strict=True))


def test_only_what_holds_weights_is_in_the_colour(ax: Axes) -> None:
    layer_column(ax, 100, 220, LAYERS, weighted=("conv",))
    boxes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    opacities = [to_rgba(box.get_facecolor())[3] for box in boxes]
    assert opacities == [0.2, 1, 0.2]


def test_a_bypass_goes_from_above_the_first_layer_around_all_boxes_to_the_sum(ax: Axes) -> None:
    column = layer_column(ax, 100, 220, LAYERS)
    far, middle = bypass(ax, column, 3)
    (way,) = (np.asarray(line.get_xydata()) for line in ax.lines)
    boxes = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert far == way[:, 0].max() > max(box.get_x() + box.get_width() for box in boxes)
    assert way[0, 0] == 100
    assert way[0, 1] > column.middles[0]
    assert way[-1, 1] == column.middles[3] < middle < column.begin
    assert ax.lines[0].get_color() == MARKER["accent-2"]
