"""Columns of a bar chart."""

import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from dlcv_viz.draw.canvas import NARROW, canvas, panel
from dlcv_viz.draw.columns import columns
from dlcv_viz.draw.theme import MARKER

HEIGHTS, NAMES = (0.25, 0.0, 0.75), ("one", "two", "three")


@pytest.fixture
def ax() -> Axes:
    made = panel(canvas(NARROW, 300), 30, 30, 300, 200)
    made.set(ylim=(0, 1.1))
    return made


def test_columns_have_their_heights_and_their_colour(ax: Axes) -> None:
    drawn = columns(ax, HEIGHTS, NAMES, "accent-3")
    assert [column.get_height() for column in drawn] == list(HEIGHTS)
    assert {to_hex(column.get_facecolor()) for column in drawn} == {MARKER["accent-3"]}


def test_columns_stand_over_their_names_and_below_their_numbers(ax: Axes) -> None:
    drawn = columns(ax, HEIGHTS, NAMES, form="{:.1f}")
    middles = [column.get_x() + column.get_width() / 2 for column in drawn]
    assert middles == pytest.approx(ax.get_xticks())
    assert [label.get_text() for label in ax.get_xticklabels()] == list(NAMES)
    assert [text.get_text() for text in ax.texts] == ["0.2", "0.0", "0.8"]
    for text, middle, height in zip(ax.texts, middles, HEIGHTS, strict=True):
        x, y = text.get_position()
        assert x == pytest.approx(middle)
        assert height < y < height + 0.1


def test_columns_without_a_form_have_no_numbers(ax: Axes) -> None:
    columns(ax, HEIGHTS, NAMES, form="")
    assert list(ax.texts) == []
    left, right = ax.get_xlim()
    assert left < 0
    assert right > 2
