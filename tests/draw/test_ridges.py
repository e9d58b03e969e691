"""Histograms that share a panel."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from dlcv_viz.draw.canvas import NARROW, canvas, panel
from dlcv_viz.draw.ridges import ridge
from dlcv_viz.draw.theme import MARKER

EDGES = np.array([0.0, 1.0, 2.0, 3.0])
VALUES = np.array([[0.5, 1.5, 1.6], [1.7, 1.8, 7.0]])  # 1, 4 and 0 in the bins, one beyond


@pytest.fixture
def ax() -> Axes:
    return panel(canvas(NARROW, 300), 30, 30, 300, 200)


def test_the_fullest_bin_has_the_height_and_the_others_their_share(ax: Axes) -> None:
    drawn = ridge(ax, VALUES, EDGES, "accent-3", base=2, height=0.8)
    heights, edges, base = drawn.get_data()
    assert heights == pytest.approx([2.2, 2.8, 2])
    assert edges == pytest.approx(EDGES)
    assert base == 2
    assert to_hex(drawn.get_facecolor()) == MARKER["accent-3"]


def test_a_ridge_can_grow_to_the_right(ax: Axes) -> None:
    box = ridge(ax, VALUES, EDGES, height=1, sideways=True).get_path().get_extents()
    assert (box.x0, box.x1, box.y0, box.y1) == pytest.approx((0, 1, 0, 3))


def test_without_values_within_the_edges_a_ridge_is_flat(ax: Axes) -> None:
    heights, *_ = ridge(ax, np.array([9.0]), EDGES, base=1).get_data()
    assert heights == pytest.approx([1, 1, 1])
