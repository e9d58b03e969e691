"""Graphs of computations: operations on top of the wires, values above and below them."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PathCollection

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.graph import carried, operation, wire
from dlcv_viz.draw.theme import MARKER, letters


@pytest.fixture
def ax() -> Axes:
    return stage(canvas(NARROW, 240), 0, 0, NARROW, 240)


def test_an_operation_is_a_circle_with_its_symbol_that_hides_the_wires(ax: Axes) -> None:
    last = wire(ax, [(10, 100), (90, 100)])
    symbol = operation(ax, (100, 100), "+", size=20)
    (circle,) = (c for c in ax.collections if isinstance(c, PathCollection))
    assert circle.get_sizes().tolist() == [400]  # a square of the diameter
    assert np.asarray(circle.get_offsets()).tolist() == [[100, 100]]
    assert symbol.get_text() == "+"
    assert circle.get_zorder() < last.get_zorder()  # the head ends at the rim and stays visible


def test_a_wire_goes_through_all_places_and_points_at_the_last(ax: Axes) -> None:
    last = wire(ax, [(10, 50), (60, 50), (80, 90)], "accent-2")
    (line,) = ax.lines
    assert np.asarray(line.get_xydata()).tolist() == [[10, 50], [60, 50]]
    assert line.get_color() == MARKER["accent-2"]
    ends = ax.transData.inverted().transform(
        last.get_transform().transform(last.get_path().vertices)
    )
    assert ends[[0, -1]].shape == (2, 2)
    assert ends.max(axis=0) == pytest.approx([80, 90], abs=4)  # the head's own size


def test_what_comes_back_stands_below_what_goes_forward(ax: Axes) -> None:
    above, below = carried(ax, (100, 100), "x = 2", "8 times 3\n= 24")
    renderer = FigureCanvasAgg(ax.get_figure(root=True)).get_renderer()  # type: ignore[no-untyped-call]  # theirs
    boxes = [text.get_window_extent(renderer) for text in (above, below)]
    wire_at = ax.transData.transform((100, 100))[1]
    assert boxes[0].y0 > wire_at > boxes[1].y1
    assert (above.get_color(), below.get_color()) == (letters("accent-1"), letters("accent-2"))
