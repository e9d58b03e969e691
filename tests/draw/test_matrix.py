"""Tinted cells with numbers, pictures of pixels, scales."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.matrix import TINT, cells, picture, pixels, scale, signed
from dlcv_viz.draw.theme import MARKER, diverging, sequential

VALUES = np.array([[2.0, -4.0, 0.0], [-1.5, 8.0, 1.0]])


@pytest.fixture
def ax() -> Axes:
    return stage(canvas(NARROW, 300), 0, 0, NARROW, 300)


def test_cells_are_squares_row_by_row_from_the_top_left(ax: Axes) -> None:
    drawn = cells(ax, VALUES, 10, 200, 26, limit=8)
    corners = [np.asarray(path.vertices)[:4] for path in drawn.get_paths()]
    assert len(corners) == 6
    assert corners[0].min(axis=0).tolist() == [10, 174]
    assert corners[0].max(axis=0).tolist() == [36, 200]
    assert corners[5].min(axis=0).tolist() == [62, 148]


def test_cells_have_a_colour_by_sign_and_a_tint_by_size(ax: Axes) -> None:
    colours = np.asarray(cells(ax, VALUES, 0, 100, 20, limit=4).get_facecolor())
    names = [to_hex(colour) for colour in colours]
    blue, orange = MARKER["accent-1"], MARKER["accent-2"]
    assert [names[i] for i in (0, 1, 3, 4, 5)] == [blue, orange, orange, blue, blue]
    assert colours[:, 3] == pytest.approx(TINT * np.array([0.5, 1, 0, 0.375, 1, 0.25]))


def test_cells_write_their_values_with_a_true_minus_in_their_middle(ax: Axes) -> None:
    cells(ax, VALUES, 0, 100, 20, limit=8)
    assert [t.get_text() for t in ax.texts] == [
        "2", "\N{MINUS SIGN}4", "0", "\N{MINUS SIGN}1.5", "8", "1",
    ]  # fmt: skip
    assert ax.texts[4].get_position() == (30, 70)


def test_cells_are_bold_where_asked_for(ax: Axes) -> None:
    cells(ax, VALUES, 0, 100, 20, limit=8, strong=VALUES > 1.5)
    bold = [t.get_text() for t in ax.texts if t.get_fontweight() == "bold"]
    assert bold == ["2", "8"]


def test_cells_take_a_format_and_none_for_no_numbers(ax: Axes) -> None:
    cells(ax, VALUES, 0, 100, 20, limit=8, form="")
    assert list(ax.texts) == []
    cells(ax, VALUES, 0, 100, 20, limit=8, form="{:.2f}")
    assert ax.texts[3].get_text() == "\N{MINUS SIGN}1.50"


def test_a_cell_that_holds_nothing_is_empty(ax: Axes) -> None:
    drawn = cells(ax, np.array([[3.0, np.nan]]), 0, 100, 20, limit=4)
    assert np.asarray(drawn.get_facecolor())[1, 3] == 0
    assert [t.get_text() for t in ax.texts] == ["3"]


def test_a_picture_keeps_its_colours_and_stands_where_it_was_put(ax: Axes) -> None:
    rgb = np.linspace(0, 1, 18).reshape(2, 3, 3)
    drawn = picture(ax, rgb, 10, 200, 9)
    assert np.asarray(drawn.get_array()).tolist() == rgb.tolist()
    assert list(drawn.get_extent()) == [10, 37, 182, 200]
    border = ax.patches[0].get_path().get_extents(ax.patches[0].get_patch_transform())
    assert border.bounds == (10, 182, 27, 18)


def test_pixels_are_shown_as_they_are(ax: Axes) -> None:
    drawn = pixels(ax, VALUES, 10, 200, 9, colours=sequential(), limits=(-8, 8))
    assert np.asarray(drawn.get_array()).tolist() == VALUES.tolist()
    assert list(drawn.get_extent()) == [10, 37, 182, 200]
    assert drawn.get_interpolation() == "none"
    assert drawn.get_clim() == (-8, 8)


def test_pixels_leave_the_limits_of_the_axes_alone(ax: Axes) -> None:
    pixels(ax, VALUES, 10, 200, 9, colours=sequential(), limits=(-8, 8))
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, NARROW), (0, 300))


def test_signed_numbers_have_zero_in_the_middle_of_their_own_scale(ax: Axes) -> None:
    for factor in (1, -0.01):
        drawn = signed(ax, factor * VALUES, 10, 200, 9)
        assert np.asarray(drawn.get_array()).tolist() == (factor * VALUES).tolist()
        assert drawn.get_clim() == pytest.approx((-8 * abs(factor), 8 * abs(factor)))
        assert drawn.get_cmap() == diverging()


def test_scale_shows_the_whole_map_and_what_its_ends_mean(ax: Axes) -> None:
    drawn = scale(ax, 20, 90, 50, colours=diverging(), ends=("low", "high"))
    shades = np.asarray(drawn.get_array())[0]
    assert (shades[0], shades[-1]) == drawn.get_clim() == (0, 1)
    assert (np.diff(shades) > 0).all()
    assert list(drawn.get_extent()) == [20, 70, 83, 90]
    low, high = ax.texts
    assert (low.get_text(), low.get_position()[0], low.get_horizontalalignment()) == (
        "low",
        20,
        "left",
    )
    assert (high.get_text(), high.get_position()[0], high.get_horizontalalignment()) == (
        "high",
        70,
        "right",
    )
