"""The sheet, its panels, and their names."""

import numpy as np
import pytest
from matplotlib.colors import to_rgba
from matplotlib.text import Annotation

from dlcv_viz.draw.canvas import (
    NARROW,
    TITLE,
    WIDE,
    canvas,
    equal_units,
    logarithmic,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.theme import MARKER


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_canvas_is_measured_in_points(width: int) -> None:
    assert canvas(width, 270).get_size_inches() * 72 == pytest.approx([width, 270])


def test_a_panel_lies_where_it_is_put_in_points() -> None:
    figure = canvas(NARROW, 300)
    ax = panel(figure, 30, 40, 200, 150)
    box = ax.get_window_extent()
    assert np.array(box.bounds) * 72 / figure.dpi == pytest.approx([30, 40, 200, 150])


def test_a_panel_has_two_spines_and_quiet_ticks() -> None:
    ax = panel(canvas(NARROW, 300), 30, 40, 200, 150)
    shown = [side for side, spine in ax.spines.items() if spine.get_visible()]
    assert sorted(shown) == ["bottom", "left"]
    assert ax.xaxis.get_ticklabels()[0].get_color() == MARKER["muted"]
    assert to_rgba(ax.get_facecolor())[3] == 0


def test_one_unit_of_a_stage_is_a_point() -> None:
    figure = canvas(NARROW, 300)
    ax = stage(figure, 20, 30, 200, 100)
    (x0, y0), (x1, y1) = ax.transData.transform([(0, 0), (50, 10)]) * 72 / figure.dpi
    assert (x0, y0, x1 - x0, y1 - y0) == pytest.approx((20, 30, 50, 10))
    assert not ax.axison


@pytest.mark.parametrize("middle", [0.0, 0.5])
def test_equal_units_are_as_long_across_as_up(middle: float) -> None:
    ax = panel(canvas(NARROW, 300), 30, 40, 200, 150)
    equal_units(ax, -2, 3, middle=middle)
    (x0, y0), (x1, y1) = ax.transData.transform([(0, 0), (1, 1)])
    assert x1 - x0 == pytest.approx(y1 - y0)
    assert ax.get_xlim() == (-2, 3)
    assert np.mean(ax.get_ylim()) == pytest.approx(middle)


@pytest.mark.parametrize(
    ("among_ticks", "anchors"),
    [(False, [(1, 0), (0, 1)]), (True, [(0.5, 0), (0, 0.5)])],
    ids=["ends", "among ticks"],
)
def test_axes_are_named_at_their_ends_or_among_their_ticks(
    *, among_ticks: bool, anchors: list[tuple[float, float]]
) -> None:
    ax = panel(canvas(NARROW, 300), 30, 40, 200, 150)
    name_axes(ax, "x", "y", among_ticks=among_ticks)
    names = [t for t in ax.texts if isinstance(t, Annotation)]
    assert [t.get_text() for t in names] == ["x", "y"]
    assert [t.xy for t in names] == anchors
    assert [t.get_rotation() for t in names] == [0, 0]


def test_an_axis_without_a_name_gets_no_text() -> None:
    ax = panel(canvas(NARROW, 300), 30, 40, 200, 150)
    name_axes(ax, y="y")
    assert [t.get_text() for t in ax.texts] == ["y"]


def test_a_panel_is_named_above_its_left_end() -> None:
    ax = panel(canvas(NARROW, 300), 30, 40, 200, 150)
    name_panel(ax, "sigmoid", rise=18)
    (name,) = ax.texts
    assert isinstance(name, Annotation)
    assert (name.xy, name.xyann, name.get_fontweight()) == ((0, 1), (0, 18), "bold")
    assert name.get_horizontalalignment() == "left"


def test_a_note_stands_quietly_between_a_panel_and_its_name() -> None:
    ax = panel(canvas(NARROW, 300), 30, 40, 200, 150)
    name_panel(ax, "sigmoid", rise=4, note="0 to 1")
    heights = {t.get_text(): t.xyann[1] for t in ax.texts if isinstance(t, Annotation)}
    colours = {t.get_text(): t.get_color() for t in ax.texts}
    assert heights["0 to 1"] == 4
    assert heights["sigmoid"] - heights["0 to 1"] >= TITLE
    assert colours == {"0 to 1": MARKER["muted"], "sigmoid": MARKER["ink"]}


def test_a_logarithmic_axis_has_plain_numbers_at_its_ticks_and_no_others() -> None:
    ax = panel(canvas(NARROW, 300), 30, 40, 200, 150)
    logarithmic(ax, y=[0.01, 1, 100])
    ax.set_ylim(0.001, 1000)
    assert (ax.get_xscale(), ax.get_yscale()) == ("linear", "log")
    assert [t.get_text() for t in ax.get_yticklabels()] == ["0.01", "1", "100"]
    assert list(ax.get_yticks()) == [0.01, 1, 100]
    assert len(ax.get_yticks(minor=True)) == 0
