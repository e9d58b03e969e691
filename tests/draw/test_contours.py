"""Basins and paths over them: tints where a function is low, contours at its levels."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch

from dlcv_viz.draw.canvas import NARROW, canvas, panel
from dlcv_viz.draw.contours import basin, descent
from dlcv_viz.draw.svg import svg_text, themed
from dlcv_viz.draw.theme import MARKER

X, Y = np.linspace(-3, 3, 61), np.linspace(-2, 2, 41)
BOWL = X[None] ** 2 + Y[:, None] ** 2
LEVELS = np.array([0.25, 1.0, 2.25])


@pytest.fixture
def ax() -> Axes:
    ax = panel(canvas(NARROW, 300), 30, 30, 300, 240)
    ax.set(xlim=(-3, 3), ylim=(-2, 2))
    return ax


def tints(ax: Axes) -> list[PathPatch]:
    return [patch for patch in ax.patches if isinstance(patch, PathPatch)]


def test_basin_draws_a_contour_at_every_level(ax: Axes) -> None:
    ways = basin(ax, X, Y, BOWL, LEVELS).get_segments()
    radii = [np.hypot(*np.asarray(way).T) for way in ways]
    assert len(radii) == 3
    for radius, level in zip(radii, LEVELS, strict=True):
        assert radius == pytest.approx(np.sqrt(level), abs=0.01)  # the grid's squares are 0.1 wide


def test_basin_piles_its_tints_up_towards_the_minimum(ax: Axes) -> None:
    basin(ax, X, Y, BOWL, LEVELS, role="accent-2", alpha=0.1)
    counts = [sum(t.get_path().contains_point(p) for t in tints(ax)) for p in ((0, 0), (1.2, 0))]
    assert counts == [3, 1]
    assert {to_hex(t.get_facecolor()) for t in tints(ax)} == {MARKER["accent-2"]}
    assert {t.get_alpha() for t in tints(ax)} == {0.1}


def test_basin_has_a_hole_where_the_function_is_high_in_its_middle(ax: Axes) -> None:
    basin(ax, X, Y, -BOWL, np.array([-1.0]))
    (tint,) = tints(ax)
    rings = [np.asarray(ring) for ring in tint.get_path().to_polygons()]
    areas = [float((ring[:-1, 0] @ ring[1:, 1] - ring[1:, 0] @ ring[:-1, 1]) / 2) for ring in rings]
    assert sorted(areas) == pytest.approx([-np.pi, 24], rel=0.01)  # a hole turns the other way


def test_basin_leaves_out_a_level_below_the_function(ax: Axes) -> None:
    assert len(basin(ax, X, Y, BOWL, np.array([-5.0, 1.0])).get_segments()) == 1
    assert len(tints(ax)) == 1


def test_basin_can_be_themed(ax: Axes) -> None:
    basin(ax, X, Y, BOWL, LEVELS)
    figure = ax.get_figure(root=True)
    assert figure is not None
    assert not any(marker in themed(svg_text(figure), "dark") for marker in MARKER.values())


def test_descent_marks_start_end_and_some_places_between(ax: Axes) -> None:
    path = np.column_stack([np.linspace(-2, 0, 21), np.linspace(1, 0, 21)])
    drawn = descent(ax, path, "accent-3", every=5)
    assert np.asarray(drawn.get_xydata()) == pytest.approx(path)
    marked = [np.asarray(c.get_offsets()) for c in ax.collections if isinstance(c, PathCollection)]
    assert np.concatenate(marked) == pytest.approx(path[[5, 10, 15, 20]])
    (start,) = (line for line in ax.lines if line.get_marker() == "o")
    assert np.asarray(start.get_xydata())[0] == pytest.approx(path[0])
