"""Words: as wide as they are drawn, broken where it helps most."""

from itertools import combinations, pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from dlcv_viz.draw.canvas import NARROW, SMALL, TITLE, canvas, stage
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.words import filled, shortened, widest, width_of, wrapped


@pytest.mark.parametrize(("size", "bold"), [(SMALL, False), (TITLE, True)])
def test_a_line_is_as_wide_as_what_is_drawn(size: float, bold: bool) -> None:
    figure = canvas(NARROW, 240)
    text = say(stage(figure, 0, 0, NARROW, 240), 9, 9, "Convolutional Layers", size=size, bold=bold)
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # theirs
    drawn = text.get_window_extent(renderer).width * 72 / figure.dpi
    # It is drawn with hinting, letter by letter on whole pixels.
    assert width_of("Convolutional Layers", size=size, bold=bold) == pytest.approx(drawn, rel=0.03)


@pytest.mark.parametrize("n_lines", [1, 2, 3, 9])
@pytest.mark.parametrize("text", ["Introduction to Neural Networks", "Transfer Learning", "YOLO"])
def test_no_other_breaks_give_a_shorter_longest_line(text: str, n_lines: int) -> None:
    lines, words = wrapped(text, n_lines), text.split()
    assert " ".join(lines) == text
    assert len(lines) <= n_lines
    for n in range(min(n_lines, len(words))):
        for cuts in combinations(range(1, len(words)), n):
            other = [" ".join(words[a:b]) for a, b in pairwise((0, *cuts, len(words)))]
            assert widest(lines) <= widest(other) + 1e-6


def test_no_words_are_one_empty_line() -> None:
    assert wrapped("", 3) == [""]


def test_a_line_is_cut_where_the_room_ends() -> None:
    text = "Generative Adversarial Networks"
    assert shortened(text, width_of(text)) == text
    cut = shortened(text, 80)
    assert cut.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert text.startswith(cut[:-1])
    assert width_of(cut) <= 80
    assert width_of(text[: len(cut)] + cut[-1]) > 80


@pytest.mark.parametrize("room", [60, 100, 500])
def test_prose_breaks_where_the_room_ends(room: float) -> None:
    text = "Hidden layers turn linear units into a universal, trainable function"
    lines = filled(text, room, 20)
    assert " ".join(lines) == text
    assert widest(lines) <= room
    for line, after in pairwise(lines):
        assert width_of(f"{line} {after.split()[0]}") > room, "the next word had no room"


def test_prose_that_is_too_long_ends_in_an_ellipsis() -> None:
    text = "Hidden layers turn linear units into a universal, trainable function"
    first, last = filled(text, 100, 2)
    assert last.endswith("\N{HORIZONTAL ELLIPSIS}")
    assert text.startswith(f"{first} {last[:-1]}")
    assert filled("", 100, 2) == []
