"""Basins and paths over them: tints where a function is low, contours at its levels."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.contour import QuadContourSet

from dlcv_viz.draw.canvas import NARROW, canvas, panel
from dlcv_viz.draw.contours import basin, descent
from dlcv_viz.draw.svg import svg_text, themed
from dlcv_viz.draw.theme import MARKER

X, Y = np.linspace(-3, 3, 61), np.linspace(-2, 2, 41)
BOWL = X[None] ** 2 + Y[:, None] ** 2
LEVELS = np.array([0.25, 1.0, 2.25])


def area(tint: QuadContourSet) -> float:
    """Sum of the signed areas of the rings: a hole turns the other way."""
    rings = [np.asarray(ring) for path in tint.get_paths() for ring in path.to_polygons()]
    return sum(float(r[:-1, 0] @ r[1:, 1] - r[1:, 0] @ r[:-1, 1]) / 2 for r in rings)


@pytest.fixture
def ax() -> Axes:
    ax = panel(canvas(NARROW, 300), 30, 30, 300, 240)
    ax.set(xlim=(-3, 3), ylim=(-2, 2))
    return ax


def tints(ax: Axes) -> list[QuadContourSet]:
    sets = [c for c in ax.collections if isinstance(c, QuadContourSet)]
    return [drawn for drawn in sets if drawn.filled]


def test_basin_draws_a_contour_at_every_level(ax: Axes) -> None:
    drawn = basin(ax, X, Y, BOWL, LEVELS)
    for (way,), level in zip(drawn.allsegs, LEVELS, strict=True):
        radius = np.hypot(*np.asarray(way).T)
        assert radius == pytest.approx(np.sqrt(level), abs=0.01)  # the grid's squares are 0.1 wide


def test_basin_piles_its_tints_up_towards_the_minimum(ax: Axes) -> None:
    basin(ax, X, Y, BOWL, LEVELS, role="accent-2", alpha=0.1)
    areas = [area(tint) for tint in tints(ax)]
    assert areas == pytest.approx(np.pi * LEVELS, rel=0.02)
    colours = np.concatenate([np.asarray(tint.get_facecolor()) for tint in tints(ax)])
    assert {to_hex(colour) for colour in colours} == {MARKER["accent-2"]}
    assert colours[:, 3] == pytest.approx(0.1)


def test_basin_has_a_hole_where_the_function_is_high_in_its_middle(ax: Axes) -> None:
    basin(ax, X, Y, -BOWL, np.array([-1.0]))
    (tint,) = tints(ax)
    assert area(tint) == pytest.approx(24 - np.pi, rel=0.01)


def test_basin_tints_nothing_for_a_level_below_the_function(ax: Axes) -> None:
    basin(ax, X, Y, BOWL + 2, np.array([-5.0, 3.0]))
    assert [area(tint) for tint in tints(ax)] == pytest.approx([0, np.pi], rel=0.02)


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
