"""Regions of pixels: their borders, and the shape that is drawn of them."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.masks import mask, outlines
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import BoolArray


def region(text: str) -> BoolArray:
    return np.array([[pixel == "#" for pixel in row] for row in text.split()])


def area(loop: list[tuple[int, int]]) -> float:
    """Area by the shoelace formula: above zero where the walk is clockwise, rows downwards."""
    row, column = np.array(loop, float).T
    return float((column * np.roll(row, -1) - np.roll(column, -1) * row).sum() / 2)


def test_the_border_of_a_rectangle_has_its_four_corners() -> None:
    (loop,) = outlines(region("... .## .## .##"))
    assert set(loop) == {(1, 1), (1, 3), (4, 3), (4, 1)}
    assert len(loop) == 4
    assert area(loop) == 6


def test_a_hole_is_walked_around_the_other_way() -> None:
    loops = outlines(region("### #.# ###"))
    assert sorted(area(loop) for loop in loops) == [-1, 9]


def test_pixels_that_touch_in_a_corner_are_apart() -> None:
    for text in ("#. .#", ".# #."):
        loops = outlines(region(text))
        assert [area(loop) for loop in loops] == [1, 1]
        assert all(len(set(loop)) == len(loop) == 4 for loop in loops)


@pytest.mark.parametrize("seed", range(5))
def test_the_borders_of_any_region_enclose_as_many_pixels_as_it_has(seed: int) -> None:
    inside = np.random.default_rng(seed).random((9, 13)) < 0.5
    assert sum(map(area, outlines(inside))) == inside.sum()


def test_a_mask_is_one_shape_where_the_pixels_are() -> None:
    ax = stage(canvas(NARROW, 300), 0, 0, NARROW, 300)
    drawn = mask(ax, region("..# ###"), 10, 200, 5, role="accent-3", alpha=0.4)
    box = drawn.get_path().get_extents()
    assert (box.x0, box.y0, box.x1, box.y1) == (10, 190, 25, 200)
    assert to_hex(drawn.get_facecolor()) == to_hex(drawn.get_edgecolor()) == MARKER["accent-3"]
    assert np.asarray(drawn.get_facecolor())[3] == pytest.approx(0.4)
    inside = drawn.get_path().contains_points([(22, 198), (12, 198)])  # the pixel, and beside it
    assert inside.tolist() == [True, False]


def test_an_empty_region_draws_nothing() -> None:
    ax = stage(canvas(NARROW, 300), 0, 0, NARROW, 300)
    assert np.size(mask(ax, np.zeros((3, 4), bool), 0, 10, 1).get_path().vertices) == 0
