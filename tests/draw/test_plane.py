"""A plane divided by a line."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Polygon

from dlcv_viz.draw import plane
from dlcv_viz.draw.canvas import NARROW, canvas, equal_units, panel
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import FloatArray

LINES = [((1.0, 2.0), 0.5), ((-3.0, 0.1), 1.0), ((0.0, 1.0), -0.7), ((2.0, 0.0), 1.0)]
IDS = ["falling", "steep", "level", "upright"]


@pytest.fixture
def ax() -> Axes:
    made = panel(canvas(NARROW, 300), 30, 30, 300, 200)
    equal_units(made, -3, 3)
    return made


def area(corners: FloatArray) -> float:
    x, y = corners.T
    return abs(float(x @ np.roll(y, 1) - y @ np.roll(x, 1))) / 2


@pytest.mark.parametrize(("w", "b"), LINES, ids=IDS)
def test_sides_tint_the_whole_plane_each_on_its_side(
    ax: Axes, w: tuple[float, float], b: float
) -> None:
    plane.sides(ax, np.array(w), b)
    tinted = {to_hex(p.get_facecolor()): p.get_xy() for p in ax.patches if isinstance(p, Polygon)}
    above, below = tinted[MARKER["accent-1"]], tinted[MARKER["accent-2"]]
    assert (above @ w + b).min() >= -1e-9
    assert (below @ w + b).max() <= 1e-9
    assert area(above) + area(below) == pytest.approx(6 * 4)
    assert min(area(above), area(below)) > 0


def test_sides_tint_one_side_alone_if_the_line_is_out_of_view(ax: Axes) -> None:
    plane.sides(ax, np.array([1.0, 0.0]), 10.0)
    (tinted,) = ax.patches
    assert to_hex(tinted.get_facecolor()) == MARKER["accent-1"]


@pytest.mark.parametrize(("w", "b"), LINES, ids=IDS)
def test_boundary_goes_from_edge_to_edge_on_the_line(
    ax: Axes, w: tuple[float, float], b: float
) -> None:
    ends = plane.boundary(ax, np.array(w), b)
    assert ends @ w + b == pytest.approx([0, 0], abs=1e-9)
    for x, y in ends:
        assert min(abs(abs(x) - 3), abs(abs(y) - 2)) < 1e-9
    assert ends[0, 0] <= ends[1, 0]
    assert np.linalg.norm(ends[1] - ends[0]) > 1
    (drawn,) = ax.lines
    assert np.asarray(drawn.get_xydata()) == pytest.approx(ends)


def test_boundary_through_two_corners_has_two_ends(ax: Axes) -> None:
    ends = plane.boundary(ax, np.array([2.0, 3.0]), 0.0)
    assert ends == pytest.approx(np.array([[-3, 2], [3, -2]]))


@pytest.mark.parametrize("b", [10.0, -10.0])
def test_boundary_out_of_view_draws_nothing(ax: Axes, b: float) -> None:
    assert plane.boundary(ax, np.array([1.0, 1.0]), b).shape == (0, 2)
    assert list(ax.lines) == []


def test_boundary_can_be_dashed_and_of_any_role(ax: Axes) -> None:
    plane.boundary(ax, np.array([1.0, 1.0]), 0.0, "muted", width=0.9, dashed=True)
    (drawn,) = ax.lines
    assert drawn.is_dashed()
    assert (drawn.get_color(), drawn.get_linewidth()) == (MARKER["muted"], 0.9)


def test_classes_have_a_colour_and_a_mark_each(ax: Axes) -> None:
    x = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    plane.classes(ax, x, np.array([1, 0, -1]))
    yes, no = (c for c in ax.collections if isinstance(c, PathCollection))
    assert np.asarray(yes.get_offsets()).tolist() == [[0, 0]]
    assert np.asarray(no.get_offsets()).tolist() == [[1, 0], [0, 1]]
    assert to_hex(np.asarray(yes.get_facecolor())[0]) == MARKER["accent-1"]
    assert to_hex(np.asarray(no.get_facecolor())[0]) == MARKER["accent-2"]
    shapes = [np.asarray(c.get_paths()[0].vertices).shape for c in (yes, no)]
    assert shapes[0] != shapes[1]


@pytest.mark.parametrize(("w", "b"), LINES, ids=IDS)
def test_normal_stands_on_the_line_at_a_right_angle(
    ax: Axes, w: tuple[float, float], b: float
) -> None:
    ends = plane.boundary(ax, np.array(w), b)
    drawn = plane.normal(ax, ends, np.array(w), at=0.5, length=1.2, name="w")
    foot, tip = (np.array(p) for p in drawn._posA_posB)  # type: ignore[attr-defined]  # no getter
    assert foot == pytest.approx(ends.mean(axis=0))
    assert (tip - foot) @ (ends[1] - ends[0]) == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(tip - foot) == pytest.approx(1.2)
    assert tip @ w + b > 0
    (name,) = ax.texts
    assert (np.array(name.get_position()) - tip) @ (tip - foot) > 0
    corner = np.asarray(ax.lines[1].get_xydata())
    assert (corner[0] - corner[1]) @ (corner[2] - corner[1]) == pytest.approx(0, abs=1e-9)
    assert np.linalg.norm(corner[0] - foot) == pytest.approx(0.14 * 1.2)
    assert np.linalg.norm(corner[2] - foot) == pytest.approx(0.14 * 1.2)


def test_normal_needs_no_name(ax: Axes) -> None:
    ends = plane.boundary(ax, np.array([1.0, 1.0]), 0.0)
    plane.normal(ax, ends, np.array([1.0, 1.0]), length=1)
    assert list(ax.texts) == []


def test_a_grid_fills_the_axes_with_square_cells(ax: Axes) -> None:
    places = plane.grid(ax, 61)
    assert places.shape == (41, 61, 2)
    assert places[[0, -1], [0, -1]] == pytest.approx(np.array([[-3, -2], [3, 2]]))
    assert places[1, 0] - places[0, 0] == pytest.approx([0, 0.1])
    assert places[0, 1] - places[0, 0] == pytest.approx([0.1, 0])


def test_regions_tint_both_sides_of_the_curve_where_a_function_is_zero(ax: Axes) -> None:
    places = plane.grid(ax, 121)
    curve = plane.regions(ax, 1 - np.linalg.norm(places, axis=-1))  # above 0 in the unit circle
    (circle,) = curve.get_paths()
    assert np.linalg.norm(circle.vertices, axis=1) == pytest.approx(1, abs=0.003)  # the grid
    (tints,) = (c for c in ax.collections if c is not curve)
    below, above = (path.get_extents() for path in tints.get_paths())
    assert [to_hex(c) for c in np.asarray(tints.get_facecolor())] == [
        MARKER["accent-2"],
        MARKER["accent-1"],
    ]
    assert np.abs(above.get_points()).max() == pytest.approx(1, abs=0.003)
    assert below.get_points() == pytest.approx(np.array([[-3, -2], [3, 2]]))


@pytest.mark.parametrize(("sign", "role"), [(1, "accent-1"), (-1, "accent-2")])
def test_regions_tint_all_in_one_colour_where_a_function_has_one_sign(
    ax: Axes, sign: int, role: str
) -> None:
    curve = plane.regions(ax, np.full(plane.grid(ax, 9).shape[:2], 5.0 * sign))
    (tints,) = (c for c in ax.collections if c is not curve)
    colours = [to_hex(c) for c in np.asarray(tints.get_facecolor())]
    areas = [len(np.asarray(path.vertices)) for path in tints.get_paths()]
    assert [c for c, area in zip(colours, areas, strict=True) if area] == [MARKER[role]]
    assert sum(len(np.asarray(path.vertices)) for path in curve.get_paths()) == 0


def test_winners_tint_each_class_where_its_score_is_highest(ax: Axes) -> None:
    places, roles = plane.grid(ax, 121), ("accent-1", "accent-2", "accent-3")
    directions = np.array([[1, 0], [-1, 0], [0, 1]])  # three wedges
    tints = plane.winners(ax, places @ directions.T, roles)
    assert [to_hex(np.asarray(tint.get_facecolor())[0]) for tint in tints] == [
        MARKER[role] for role in roles
    ]
    right, left, top = (tint.get_paths()[0].get_extents() for tint in tints)
    assert right.get_points() == pytest.approx(np.array([[0, -2], [3, 2]]), abs=0.06)  # a cell
    assert left.get_points() == pytest.approx(np.array([[-3, -2], [0, 2]]), abs=0.06)
    assert top.get_points() == pytest.approx(np.array([[-2, 0], [2, 2]]), abs=0.06)
