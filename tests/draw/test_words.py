"""Words: as wide as they are drawn, broken where it helps most."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg

from dlcv_viz.draw.canvas import NARROW, SMALL, TITLE, canvas, stage
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.words import filled, shortened, spread, widest, width_of, wrapped


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


@pytest.mark.parametrize("seed", range(20))
def test_spread_labels_keep_their_order_their_gaps_and_the_room(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = 1 + seed % 8
    wanted, widths = np.sort(rng.uniform(0, 400, n)).tolist(), rng.uniform(5, 40, n).tolist()
    found = spread(wanted, widths, 0, 400, 5)
    edges = [(x - w / 2, x + w / 2) for x, w in zip(found, widths, strict=True)]
    assert edges[0][0] >= -1e-9  # sums of floats
    assert edges[-1][1] <= 400 + 1e-9
    assert all(right + 5 <= left + 1e-9 for (_, right), (left, _) in pairwise(edges))


def test_labels_that_have_room_stay_and_two_that_cover_each_other_part_evenly() -> None:
    assert spread([50, 150], [20, 20], 0, 200, 5) == [50, 150]
    assert spread([98, 102], [20, 20], 0, 200, 5) == pytest.approx([87.5, 112.5])
    assert spread([0, 200], [20, 20], 0, 200, 5) == [10, 190]


def test_labels_wider_than_the_room_are_refused() -> None:
    with pytest.raises(ValueError, match="labels of 205 points do not fit into 200"):
        spread([50, 150], [100, 100], 0, 200, 5)
