"""Words, arrows, frames, points, lines."""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from dlcv_viz.draw.canvas import NARROW, canvas, panel
from dlcv_viz.draw.marks import along, arrow, frame, line, number, points, ring, say, scientific
from dlcv_viz.draw.theme import DASH, MARK, MARKER


@pytest.fixture
def ax() -> Axes:
    made = panel(canvas(NARROW, 300), 30, 30, 300, 200)
    made.set(xlim=(0, 3), ylim=(0, 1))
    return made


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [(-1.25, "g", "−1.25"), (2.0, "g", "2"), (-0.04, ".1f", "0.0"), (-12345.6, ",.0f", "−12,346")],
)
def test_a_number_has_a_true_minus_and_none_where_it_is_rounded_to_zero(
    value: float, form: str, text: str
) -> None:
    assert number(value, form) == text


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (9.5367e-7, 3, "9.537 × 10⁻⁷"),
        (-1.25e-12, 1, "−1.2 × 10⁻¹²"),
        (6.02e23, 2, "6.02 × 10²³"),
        (9.96, 1, "1.0 × 10¹"),
        (3.0, 0, "3 × 10⁰"),
    ],
)
def test_a_scientific_number_is_unbroken_and_has_true_signs(
    value: float, digits: int, text: str
) -> None:
    assert scientific(value, digits) == text.replace(" ", "\N{NO-BREAK SPACE}")


def test_say_writes_in_its_role_at_its_anchor(ax: Axes) -> None:
    text = say(ax, 1, 0.5, "word", "accent-2", size=11, bold=True, italic=True, ha="left")
    assert (text.get_text(), text.get_position(), text.get_horizontalalignment()) == (
        "word",
        (1, 0.5),
        "left",
    )
    assert (text.get_color(), text.get_fontsize()) == (MARKER["accent-2"], 11)
    assert (text.get_fontweight(), text.get_fontstyle()) == ("bold", "italic")


def test_every_halo_has_a_name_of_its_own(ax: Axes) -> None:
    names = [say(ax, 1, 0.5, "word", halo=halo).get_gid() for halo in (True, False, True)]
    assert names[1] is None
    assert str(names[0]).startswith("halo")
    assert names[0] != names[2]


@pytest.mark.parametrize("below", [False, True])
@pytest.mark.parametrize("end", [(3.0, 1.0), (3.0, 0.1)], ids=["rising", "falling"])
def test_along_writes_beside_the_line_it_names(
    ax: Axes, end: tuple[float, float], *, below: bool
) -> None:
    start = (0.0, 0.4)
    text = along(ax, start, end, "a line", at=0.5, below=below)
    figure = ax.get_figure()
    assert isinstance(figure, Figure)
    (x0, y0), (x1, y1) = ax.transData.transform([start, end])
    assert text.get_rotation() % 360 == pytest.approx(
        np.degrees(np.arctan2(y1 - y0, x1 - x0)) % 360
    )
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # theirs
    box = text.get_window_extent(renderer)
    middle = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
    height = (x1 - x0) * (middle[1] - y0) - (y1 - y0) * (middle[0] - x0)
    away = abs(height) / np.hypot(x1 - x0, y1 - y0)
    assert (height < 0) == below
    assert 5 < away * 72 / figure.dpi < 15  # half a line of text and the gap, in points


def test_along_takes_its_anchor_from_start_to_end(ax: Axes) -> None:
    anchors = [along(ax, (0, 0), (3, 1), "t", at=at).xy for at in (0, 0.25, 1)]
    assert anchors == [(0, 0), (0.75, 0.25), (3, 1)]


def test_arrow_goes_from_start_to_end_in_its_role(ax: Axes) -> None:
    drawn = arrow(ax, (0.5, 0.2), (2, 0.8), "accent-1", width=1, gap=4)
    assert drawn._posA_posB == [(0.5, 0.2), (2, 0.8)]  # type: ignore[attr-defined]  # no getter
    assert to_hex(drawn.get_edgecolor()) == to_hex(drawn.get_facecolor()) == MARKER["accent-1"]
    assert (drawn.shrinkA, drawn.shrinkB) == (4, 4)


@pytest.mark.parametrize("role", MARK)
def test_points_have_colour_mark_and_size_of_their_series(ax: Axes, role: str) -> None:
    drawn = points(ax, np.array([[1.0, 0.5], [2.0, 0.25]]), role, size=6)
    assert np.asarray(drawn.get_offsets()).tolist() == [[1, 0.5], [2, 0.25]]
    assert to_hex(np.asarray(drawn.get_facecolor())[0]) == MARKER[role]
    assert to_hex(np.asarray(drawn.get_edgecolor())[0]) == MARKER["plate"]
    assert np.asarray(drawn.get_sizes()).tolist() == [36]


def test_points_of_two_series_differ_in_their_marks(ax: Axes) -> None:
    at = np.array([[1.0, 0.5]])
    paths = [points(ax, at, role).get_paths()[0] for role in MARK]
    shapes = {np.asarray(path.vertices).tobytes() for path in paths}
    assert len(shapes) == len(MARK)


@pytest.mark.parametrize("role", [role for role in DASH if DASH[role]])
def test_a_dashed_line_has_the_dashes_of_its_series(ax: Axes, role: str) -> None:
    drawn = line(ax, np.array([0.0, 1.0]), np.array([0.0, 1.0]), role, width=1, dashed=True)
    assert drawn.is_dashed()
    assert drawn._unscaled_dash_pattern == (0, DASH[role])  # type: ignore[attr-defined]  # no getter
    assert drawn.get_color() == MARKER[role]


def test_a_line_is_solid_unless_asked_for(ax: Axes) -> None:
    drawn = line(ax, np.array([0.0, 1.0]), np.array([0.2, 0.3]))
    assert not drawn.is_dashed()
    assert np.asarray(drawn.get_xydata()).tolist() == [[0, 0.2], [1, 0.3]]


def test_ring_is_open_around_its_point(ax: Axes) -> None:
    drawn = ring(ax, (1, 0.5), "ink", size=12, width=2)
    assert np.asarray(drawn.get_xydata()).tolist() == [[1, 0.5]]
    assert (drawn.get_markerfacecolor(), drawn.get_markeredgecolor()) == ("none", MARKER["ink"])
    assert (drawn.get_markersize(), drawn.get_markeredgewidth()) == (12, 2)


def test_frame_is_hung_from_its_top_left_corner(ax: Axes) -> None:
    drawn = frame(ax, 0.5, 0.9, 2, 0.3)
    assert drawn.get_bbox().bounds == pytest.approx((0.5, 0.6, 2, 0.3))
    assert not drawn.get_fill()
    assert to_hex(drawn.get_edgecolor()) == MARKER["accent-2"]


def test_halos_of_two_panels_have_ids_of_their_own() -> None:
    fig = canvas(NARROW, 240)
    said = [say(panel(fig, left, 34, 150, 180), 0, 0, "x", halo=True) for left in (30, 200)]
    assert len({text.get_gid() for text in said}) == 2
