"""From a drawing to the bytes of a theme."""

import base64
import re
from io import BytesIO

import numpy as np
import pytest
from matplotlib import rc_context
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from PIL import Image

from dlcv_viz.draw import svg
from dlcv_viz.draw.canvas import NARROW, canvas, name_axes, panel
from dlcv_viz.draw.marks import arrow, line, points, say
from dlcv_viz.draw.theme import MARKER, PALETTE, THEMES
from unchanged import unchanged


def drawing(*, halo: bool = False) -> Figure:
    figure = canvas(NARROW, 240)
    ax = panel(figure, 40, 40, 280, 160)
    ax.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    name_axes(ax, "x", "y")
    line(ax, np.linspace(-1, 1, 7), np.linspace(-0.9, 0.7, 7) ** 3, "accent-1", dashed=True)
    points(ax, np.array([[0.1, 0.2], [0.3, -0.4]]), "accent-2")
    arrow(ax, (0, 0), (0.5, 0.5), "accent-3")
    ax.fill([0, 1, 1], [0, 0, 1], color=MARKER["accent-4"], alpha=0.09, lw=0)
    say(ax, 0, 0.8, "on a line", halo=halo)
    return figure


def numbers(text: str) -> list[float]:
    paths = re.findall(r' d="([^"]*)"', text)
    return [float(n) for path in paths for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", path)]


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert svg.svg_text(drawing()) == svg.svg_text(drawing())


def test_saving_leaves_matplotlibs_settings_alone() -> None:
    with unchanged():
        svg.svg_text(drawing())
        svg.pdf_bytes(drawing(), "light")
        svg.png_bytes(drawing(), "dark")


def test_an_svg_is_one_element_without_prolog_metadata_or_comments() -> None:
    text = svg.svg_text(drawing())
    assert text.startswith("<svg ")
    assert text.rstrip().endswith("</svg>")
    assert not re.search(r"<\?xml|<!DOCTYPE|<metadata|<!--|\d{4}-\d\d-\d\d", text)


def test_text_stays_text_in_the_readers_font() -> None:
    text = svg.svg_text(drawing())
    assert ">on a line</text>" in text
    assert text.count("font-family") == 1
    assert "DejaVu" not in text


@pytest.mark.parametrize(
    "label", ["0.998", "3.14159 and -0", "  1.000", "font-family: a; b", "1\n2.345"]
)
def test_a_label_stays_as_it_was_written(label: str) -> None:
    figure = canvas(NARROW, 240)
    say(panel(figure, 40, 40, 280, 160), 0.5, 0.5, label)
    shown = re.findall(r"<text [^>]*>([^<]*)</text>", svg.svg_text(figure))
    assert "\n".join(shown[-len(label.splitlines()) :]) == label


def test_paths_are_short_and_at_most_a_hundredth_of_a_point_off() -> None:
    plain = BytesIO()
    with rc_context(svg._SAVING):
        drawing().savefig(plain, format="svg", transparent=True)
    exact, short = numbers(plain.getvalue().decode()), numbers(svg.svg_text(drawing()))
    assert len(exact) == len(short) > 50
    assert np.abs(np.subtract(exact, short)).max() < 0.01
    assert any(a != b for a, b in zip(exact, short, strict=True))
    assert not re.search(r'[" ]-?\d+\.\d{3,}', svg.svg_text(drawing()))


@pytest.mark.parametrize("theme", THEMES)
def test_a_theme_replaces_every_marker_by_its_role(theme: str) -> None:
    plain = svg.svg_text(drawing())
    text = svg.themed(plain, theme)
    assert "#c0de" in plain
    assert "#c0de" not in text
    for role in ("accent-1", "accent-2", "accent-3", "ink", "muted", "edge", "plate"):
        assert text.count(PALETTE[theme][role]) == plain.count(MARKER[role]) > 0


def test_themes_differ_in_nothing_but_colours() -> None:
    plain = svg.svg_text(drawing(halo=True))
    bare = [re.sub("#[0-9a-f]{6}", "", svg.themed(plain, theme)) for theme in THEMES]
    assert bare[0] == bare[1]


@pytest.mark.parametrize("theme", THEMES)
def test_only_text_with_a_halo_gets_an_outline_of_the_plate(theme: str) -> None:
    with_halo = svg.themed(svg.svg_text(drawing(halo=True)), theme)
    without = svg.themed(svg.svg_text(drawing()), theme)
    assert "paint-order" not in without
    (style,) = re.findall(r"(\[id.*?)</style>", with_halo)
    assert f"stroke:{PALETTE[theme]['plate']}" in style
    (around,) = re.findall(r'<g id="halo[^"]*">(.*?)</g>', with_halo, re.DOTALL)
    assert ">on a line<" in around


def test_size_is_in_css_pixels() -> None:
    assert svg.size(svg.svg_text(canvas(360, 330))) == (480, 440)


def test_a_pdf_is_the_same_twice_and_has_no_date() -> None:
    data = svg.pdf_bytes(drawing(), "light")
    assert data == svg.pdf_bytes(drawing(), "light")
    assert data.startswith(b"%PDF")
    assert b"Date" not in data


@pytest.mark.parametrize("theme", THEMES)
def test_a_png_is_the_same_twice_and_says_nothing_of_what_wrote_it(theme: str) -> None:
    data = svg.png_bytes(drawing(), theme)
    assert data == svg.png_bytes(drawing(), theme)
    with Image.open(BytesIO(data)) as picture:
        assert picture.size == (2 * NARROW, 480)
        assert not {"Software", "date"} & picture.info.keys()


@pytest.mark.parametrize("theme", THEMES)
def test_recoloured_leaves_no_marker_in_any_artist(theme: str) -> None:
    figure = svg.recoloured(drawing(), theme)
    text = svg.svg_text(figure)
    assert "#c0de" not in text
    (filled,) = (p for p in figure.axes[0].patches if p.get_alpha() == 0.09)
    assert to_rgba(filled.get_facecolor())[3] == pytest.approx(0.09)


@pytest.mark.parametrize("theme", THEMES)
def test_recoloured_gives_the_drawing_that_themed_gives(theme: str) -> None:
    one, other = svg.svg_text(svg.recoloured(drawing(), theme)), svg.svg_text(drawing())
    names = r"\b[mp][0-9a-f]{10}\b"  # of shapes: a digest of their colours too
    assert re.sub(names, "", one) == re.sub(names, "", svg.themed(other, theme))


def test_a_picture_is_embedded_as_webp_without_loss() -> None:
    pixels = np.random.default_rng(0).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    figure = Figure(figsize=(2, 2), dpi=72)
    figure.figimage(pixels)
    text = svg.svg_text(figure)
    ((kind, data),) = re.findall(r"data:image/(\w+);base64,([^\"]+)", text)
    assert kind == "webp"
    shown = np.asarray(Image.open(BytesIO(base64.b64decode(data))))
    assert np.array_equal(shown[::-1, :, :3], pixels)  # matplotlib turns it by a transform


def test_a_small_picture_stays_as_it_is() -> None:
    figure = Figure(figsize=(2, 2), dpi=72)
    figure.add_axes((0, 0, 1, 1)).imshow(np.eye(4), interpolation="none")
    assert "data:image/png" in svg.svg_text(figure)


def test_no_id_is_there_twice_where_two_pictures_are_alike() -> None:
    figure = Figure(figsize=(2, 2), dpi=72)
    for place in (0, 36):
        figure.figimage(np.eye(20), place, place)
    ids = re.findall(r' id="([^"]*)"', svg.svg_text(figure))
    assert ids
    assert len(set(ids)) == len(ids)


def test_every_path_leads_somewhere() -> None:
    figure = Figure(figsize=(2, 2), dpi=72)
    figure.add_axes((0, 0, 1, 1)).contour(np.eye(3), levels=[0.5, 2])  # no value reaches 2
    paths = re.findall(r"<path[^>]*>", svg.svg_text(figure))
    assert paths
    assert all(" d=" in path for path in paths)
