"""Windows over grids: where cells lie, what is framed, joined and written."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dlcv_viz.draw.canvas import STRONG, THIN, WIDE, canvas, stage
from dlcv_viz.draw.window import (
    Box,
    Grid,
    Window,
    beam,
    link,
    mark,
    mark_taps,
    show,
)

GRID = Grid((3, 4), left=40, top=200, size=20, border=1)


@pytest.fixture
def ax() -> Axes:
    return stage(canvas(WIDE, 300), 0, 0, WIDE, 300)


def around(drawn: Rectangle) -> tuple[float, ...]:
    """Left, top, width and height."""
    x, y = drawn.get_xy()
    return x, y + drawn.get_height(), drawn.get_width(), drawn.get_height()


def test_cells_count_from_the_array_and_the_border_is_negative() -> None:
    assert GRID.box(0, 0) == Box(40, 200, 20, 20)
    assert GRID.box(-1, -1, 2, 3) == Box(20, 220, 60, 40)
    assert GRID.whole == Box(20, 220, 120, 100)
    assert (GRID.whole.right, GRID.whole.bottom) == (140, 120)
    assert GRID.middle(2, 3) == (110, 150)


def test_a_window_knows_its_taps_and_reaches_from_the_first_to_the_last() -> None:
    window = Window(-1, 1, (2, 2), dilation=2)
    assert window.places == [(-1, 1), (-1, 3), (1, 1), (1, 3)]
    assert window.box(GRID) == GRID.box(-1, 1, 3, 3)
    mask = window.mask(GRID)
    assert np.argwhere(mask).tolist() == [[1, 1], [1, 3]]
    assert mask.shape == GRID.shape


def test_an_array_is_shown_in_its_place_with_a_quiet_border(ax: Axes) -> None:
    values = np.arange(12.0).reshape(3, 4)
    drawn = show(ax, GRID, values, limit=9, name="input", note="3 × 4", fill="0")
    corners = np.asarray(drawn.get_paths()[0].vertices)
    assert (corners[:, 0].min(), corners[:, 1].max()) == (40, 200)
    written = {t.get_position(): t.get_text() for t in ax.texts}
    assert written[GRID.middle(1, 2)] == "6"
    border = [t for t in ax.texts if t.get_text() == "0" and t.get_position() != GRID.middle(0, 0)]
    assert len(border) == 5 * 6 - 3 * 4
    assert written[20, 228] == "input"
    assert written[140, 228] == "3 × 4"


def test_values_of_another_shape_are_refused(ax: Axes) -> None:
    with pytest.raises(ValueError, match=r"values \(2, 2\) are not of the grid's shape \(3, 4\)"):
        show(ax, GRID, np.ones((2, 2)), limit=1)


def test_a_window_without_gaps_has_one_frame_and_one_with_gaps_a_frame_a_tap(ax: Axes) -> None:
    (whole,) = mark_taps(ax, GRID, Window(0, 1, (2, 3)))
    assert around(whole) == (60, 200, 60, 40)
    assert whole.get_linewidth() == STRONG
    outer, *taps = mark_taps(ax, GRID, Window(0, 0, (2, 2), dilation=2))
    assert around(outer) == (40, 200, 60, 60)
    assert outer.get_linewidth() == THIN
    assert [around(tap)[:2] for tap in taps] == [(40, 200), (80, 200), (40, 160), (80, 160)]


def test_a_mark_frames_its_box(ax: Axes) -> None:
    assert around(mark(ax, Box(10, 90, 30, 20))) == (10, 90, 30, 20)


def test_a_beam_is_tinted_only_where_nothing_else_is(ax: Axes) -> None:
    near, far = Box(0, 100, 20, 40), Box(120, 80, 20, 20)
    (tint,) = beam(ax, near, far, free=(45, 95)).get_paths()
    x, y = np.asarray(tint.vertices).T
    assert (x.min(), x.max()) == (45, 95)
    assert (y.max(), y.min()) == pytest.approx((95, 60))
    ends = sorted(tuple(np.ravel(np.column_stack(drawn.get_data()))) for drawn in ax.lines)
    assert (20, 100, 120, 80) in ends
    assert (20, 60, 120, 60) in ends


def test_a_link_joins_neighbours_through_the_room_between_their_grids(ax: Axes) -> None:
    grids = [Grid((3, 3), 0, 100, 10), Grid((2, 2), 60, 90, 10), Grid((2, 2), 120, 90, 10)]
    link(ax, grids, [grids[0].box(0, 0, 2, 2), grids[1].whole, grids[2].box(1, 1)])
    spans = [np.asarray(beam.get_paths()[0].vertices)[:, 0] for beam in ax.collections]
    assert [(x.min(), x.max()) for x in spans] == [(30, 60), (80, 120)]
