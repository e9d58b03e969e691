"""The card that other sites show: words that fit, and the module's picture as it is."""

import base64
from io import BytesIO
from itertools import combinations

import numpy as np
import pytest
from matplotlib.image import AxesImage, imread
from PIL import Image

from curriculum import course
from dlcv_viz.draw.svg import png_bytes
from dlcv_viz.draw.theme import MARKER, PALETTE, group_role
from dlcv_viz.figures.social_card import card
from dlcv_viz.registry import Drawing
from figure_rules import boxes, texts

LINE = "Choosing the starting scale so that signals survive: random, LeCun, Xavier, He, orthogonal"
MODULES = list(zip(*(course()[name] for name in ("titles", "groups", "numbers")), strict=True))


def noise() -> str:
    """Return a thumbnail of which each pixel differs from those around it."""
    pixels = np.random.default_rng(0).integers(0, 256, (300, 480, 3), dtype=np.uint8)
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "png")
    return base64.b64encode(buffer.getvalue()).decode()


def pixels_of(drawing: Drawing) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(imread(BytesIO(png_bytes(drawing.figure, "dark"))), np.float32)


@pytest.mark.parametrize(("title", "group", "number"), MODULES, ids=[m[0] for m in MODULES])
def test_the_words_of_every_module_fit_beside_its_picture(
    title: str, group: str, number: int
) -> None:
    figure = card(title=title, line=LINE, group=group, number=number, picture=noise()).figure
    found = boxes(figure)
    (picture,) = (a for ax in figure.axes for a in ax.get_children() if isinstance(a, AxesImage))
    taken = [("the picture", picture.get_window_extent()), *found]
    for (one, a), (other, b) in combinations(taken, 2):
        assert not a.overlaps(b), f"{one!r} and {other!r}"
    for text, box in found:
        assert figure.bbox.x0 < box.x0 < box.x1 < figure.bbox.x1, text
        assert figure.bbox.y0 < box.y0 < box.y1 < figure.bbox.y1, text
    shown = [text.get_text() for text in texts(figure)]
    assert not any("\N{HORIZONTAL ELLIPSIS}" in text for text in shown)
    assert f"{title} {LINE}" in " ".join(shown)


def test_a_module_tells_its_number_and_its_group_in_the_group_s_colour() -> None:
    figure = card(group="Computer Vision", number=12).figure
    colours = {text.get_text(): text.get_color() for text in texts(figure)}
    assert colours["Computer Vision"] == MARKER[group_role("Computer Vision")]
    assert colours["Module 12"] == MARKER["muted"]


def test_a_page_that_is_no_module_has_its_title_alone() -> None:
    figure = card(title="Glossary", line="", group="", number=0).figure
    assert [text.get_text() for text in texts(figure)] == ["Glossary"]


def test_a_title_without_end_is_cut() -> None:
    drawing = card(title="Convolutional " * 30)
    for text, box in boxes(drawing.figure):
        assert box.x1 < drawing.figure.bbox.x1, text


def test_it_is_an_opaque_picture_of_the_size_that_sites_show() -> None:
    pixels = pixels_of(card())
    assert pixels.shape == (630, 1200, 4)
    assert (pixels[..., 3] == 1).all()
    ground = [int(PALETTE["dark"]["ground"][k : k + 2], 16) / 255 for k in (1, 3, 5)]
    assert pixels[0, 0, :3] == pytest.approx(ground)


def test_the_picture_of_the_module_is_on_it_pixel_by_pixel() -> None:
    thumbnail = noise()
    wanted = imread(BytesIO(base64.b64decode(thumbnail)))[30:-30, 30:-30]  # within round corners
    shown = pixels_of(card(picture=thumbnail))[..., :3]
    rows, columns = (shown == wanted[0, 0]).all(axis=-1).nonzero()
    (row, column), (height, width) = (rows[0], columns[0]), wanted.shape[:2]
    assert (shown[row : row + height, column : column + width] == wanted).all()
