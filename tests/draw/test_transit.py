"""Transit maps: round corners, one line with branches, stations with their names."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.path import Path

from dlcv_viz.draw.canvas import LINE, NARROW, STRONG, canvas, stage
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.transit import CASING, branches, name_height, rounded, station


@pytest.fixture
def ax() -> Axes:
    """Return a stage whose units are points."""
    return stage(canvas(NARROW, 240), 0, 0, NARROW, 240)


def places(path: Path) -> list[list[float]]:
    return [list(place) for place in np.asarray(path.vertices).tolist()]


def test_a_path_has_its_ends_and_corners_that_are_round() -> None:
    path = rounded(np.array([[0.0, 0], [50, 0], [50, 40], [90, 40]]), 5)
    assert places(path) == [
        [0, 0], [45, 0], [50, 0], [50, 5], [50, 35], [50, 40], [55, 40], [90, 40]
    ]  # fmt: skip
    bend = [Path.LINETO, Path.CURVE3, Path.CURVE3]
    assert np.asarray(path.codes).tolist() == [Path.MOVETO, *bend, *bend, Path.LINETO]


def test_corners_share_a_short_piece_and_a_straight_line_has_none() -> None:
    path = rounded(np.array([[0.0, 0], [50, 0], [50, 4], [90, 4]]), 5)
    assert places(path)[3:5] == [[50, 2], [50, 2]]
    assert places(rounded(np.array([[0.0, 0], [9, 0]]), 5)) == [[0, 0], [9, 0]]


def test_branches_lie_on_the_casings_of_all_and_those_of_a_width_are_one_path(ax: Axes) -> None:
    paths = [np.array([[0.0, 9], [20, 9], [20, end]]) for end in (60.0, 90, 120)]
    drawn = branches(ax, paths, "accent-1", widths=[LINE, STRONG, LINE], above=4)
    thin, thick = drawn
    assert [patch.get_linewidth() for patch in drawn] == [LINE, STRONG]
    assert len(thin.get_path()) == 2 * len(thick.get_path())
    assert list(ax.patches)[-2:] == drawn
    casings = list(ax.patches)[:2]
    assert [c.get_linewidth() for c in casings] == [w + 2 * CASING for w in (LINE, STRONG)]
    assert {to_hex(c.get_edgecolor()) for c in casings} == {MARKER["plate"]}
    assert {to_hex(c.get_edgecolor()) for c in drawn} == {MARKER["accent-1"]}


def test_a_station_has_its_number_inside_and_its_name_below(ax: Axes) -> None:
    ring = station(ax, (100, 120), 11, ["Batch", "Normalization"], "accent-5", number="10")
    assert to_hex(ring.get_facecolor()) == MARKER["plate"]  # hides the ends of lines
    number, first, second = ax.texts
    assert (number.get_text(), *number.get_position()) == ("10", 100, 120)
    assert (first.get_text(), second.get_text()) == ("Batch", "Normalization")
    assert 120 - 11 > first.get_position()[1] > second.get_position()[1]
    assert second.get_position()[1] > 120 - 11 - name_height(2)


def test_a_station_without_a_number_has_a_name_alone(ax: Axes) -> None:
    station(ax, (100, 120), 11, ["Pooling"], "accent-5")
    assert [text.get_text() for text in ax.texts] == ["Pooling"]
