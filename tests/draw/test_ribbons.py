"""Bands between bars."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.ribbons import BAR, Bar, bar, ribbon
from dlcv_viz.draw.theme import MARKER

START, END = Bar(10, 20, 60), Bar(100, 50, 12)


@pytest.fixture
def ax() -> Axes:
    return stage(canvas(NARROW, 250), 0, 0, 200, 200)


def test_a_band_is_as_high_at_its_ends_as_the_bars(ax: Axes) -> None:
    band = ribbon(ax, START, END, "accent-2").get_path()
    xs, ys = np.asarray(band.to_polygons()[0]).T
    assert (xs.min(), xs.max()) == (START.right, END.left)
    for x, at in ((START.right, START), (END.left, END)):
        there = ys[xs == x]
        assert (there.min(), there.max()) == (at.bottom, at.top)


def test_a_bar_is_where_it_says(ax: Axes) -> None:
    drawn = bar(ax, START, "accent-3")
    assert drawn.get_bbox().bounds == (START.left, START.bottom, BAR, START.height)
    assert START.middle == pytest.approx(50)
    assert to_hex(drawn.get_facecolor()) == MARKER["accent-3"]


def test_parts_of_a_bar_pile_up_to_it() -> None:
    low, high = START.part(0, 25), START.part(25, 35)
    assert (low.bottom, low.top, high.top) == (START.bottom, high.bottom, START.top)
