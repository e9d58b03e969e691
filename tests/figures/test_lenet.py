"""The module's figures and worked examples show what LeNet-5 is and does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from functools import cache

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from artists import curves
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import lenet as shown
from dlcv_viz.registry import Drawing

BLUE, ORANGE = (MARKER[f"accent-{k}"] for k in (1, 2))


@cache
def rejector(seed: int = 0) -> Drawing:
    """Fit the reader once for all tests that ask about it."""
    return shown.digit_rejector(seed=seed)


@cache
def slider() -> Drawing:
    """Slide the reader once for both tests that ask about it."""
    return shown.sliding()


def boxes(ax: Axes, colour: str, *, is_filled: bool) -> list[Rectangle]:
    """Return the rectangles of a colour: bars, or frames."""
    found = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    which = "get_facecolor" if is_filled else "get_edgecolor"
    return [
        box
        for box in found
        if box.get_fill() == is_filled and to_hex(getattr(box, which)()) == colour
    ]


def test_maps_shrink_and_grow_in_number_towards_the_output() -> None:
    facts = checked_facts(shown.to_scale().facts)
    assert facts["sides"] == [32, 28, 14, 10, 5, 1]
    assert facts["maps"] == [1, 6, 6, 16, 16, 120]
    assert facts["units"] == [84, 10]


def test_c5_holds_most_and_c3_does_most() -> None:
    drawing = shown.who_spends()
    facts = checked_facts(drawing.facts)
    held, done = (
        dict(zip(facts["names"], facts[k], strict=True)) for k in ("parameters", "multiply_adds")
    )
    assert held["C5"] == pytest.approx(48_120 / 61_706)
    assert done["C3"] == pytest.approx(240_000 / 416_520)
    assert max(held, key=held.__getitem__) == "C5"
    assert max(done, key=done.__getitem__) == "C3"
    assert [sum(held.values()), sum(done.values())] == pytest.approx([1, 1])


@pytest.mark.parametrize(
    ("layer", "low", "field"),
    [("input", 16, 1), ("C1", 14, 5), ("S2", 14, 6), ("C3", 10, 14), ("S4", 8, 16), ("C5", 0, 32),
     ("F6", 0, 32), ("output", 0, 32)],
)  # fmt: skip
def test_the_frame_on_the_digit_is_what_a_unit_sees(
    layer: shown.LayerName, low: int, field: int
) -> None:
    drawing = shown.receptive_field(layer=layer)
    assert (drawing.facts["low"], drawing.facts["field"]) == (low, field)
    (ax,) = drawing.figure.axes
    seen = boxes(ax, ORANGE, is_filled=False)[0]
    left, right, _, top = ax.images[0].get_extent()
    pixel = (right - left) / 32
    assert (seen.get_x() - left, seen.get_width()) == (pixel * low, pixel * field)
    assert seen.get_y() + seen.get_height() == top - pixel * low


def test_every_layer_down_to_s4_shows_all_its_maps() -> None:
    pictures = [
        len(shown.receptive_field(layer=layer).figure.axes[0].images)
        for layer in ("input", "C1", "S2", "C3", "S4", "C5", "F6", "output")
    ]
    assert pictures == [1 + n for n in (1, 6, 6, 16, 16, 1, 1, 1)]  # the digit, too


def test_the_table_marks_three_four_or_six_maps_a_column_and_ten_a_row() -> None:
    drawing = shown.c3_table()
    facts = checked_facts(drawing.facts)
    assert (facts["links"], facts["all_links"]) == (60, 96)
    assert facts["columns"] == 6 * [76] + 9 * [101] + [151]
    assert sum(facts["columns"]) == facts["c3"][0] == 1516
    assert facts["fan"] == [10] * 6
    assert (facts["saved"], facts["saved_work"]) == (900, pytest.approx(90_000 / 416_520))
    (table,) = (c for c in drawing.figure.axes[0].collections if isinstance(c, PolyCollection))
    assert sum(alpha > 0 for *_, alpha in np.asarray(table.get_facecolor())) == 60


def test_both_networks_have_a_bar_for_each_layer() -> None:
    right = shown.c3_table().figure.axes[1]
    paper, remake = (
        [box.get_width() for box in boxes(right, colour, is_filled=True)]
        for colour in (BLUE, ORANGE)
    )
    largest = 48_120 / max(paper)
    assert [largest * width for width in paper] == pytest.approx(
        [156, 12, 1516, 32, 48_120, 10_164, 0]
    )
    assert [largest * width for width in remake] == pytest.approx(
        [156, 0, 2416, 0, 48_120, 10_164, 850]
    )


def test_the_scaled_tanh_brings_signals_to_one_and_tanh_lets_them_fade() -> None:
    drawing = shown.squashing()
    facts = checked_facts(drawing.facts)
    assert facts["at_one"] == pytest.approx(0.9999972559)
    assert facts["slope_at_zero"] == pytest.approx(1.7159 * 2 / 3)
    assert facts["rest"] == pytest.approx(1, abs=2e-5)
    assert facts["ends"] == pytest.approx([1, 1, 1], abs=0.03)
    assert max(facts["plain_ends"]) < 0.3
    right = drawing.figure.axes[1]
    for colour, ends in ((BLUE, facts["ends"]), (ORANGE, facts["plain_ends"])):
        assert [path[-1, 1] for path in curves(right, colour)] == pytest.approx(ends)


def test_s4_is_read_better_than_pixels_and_refusing_helps_both() -> None:
    drawing = rejector()
    facts = checked_facts(drawing.facts)
    assert facts["accuracy"] > facts["raw_accuracy"] + 0.1
    assert facts["accuracy_after"] > facts["accuracy"] + 0.08
    assert facts["accuracy_after"] > 0.95 > facts["raw_accuracy_after"] > facts["raw_accuracy"]
    assert facts["accuracy"] == pytest.approx(1 - facts["n_wrong"] / facts["n_test"])
    assert facts["accuracy_after"] == pytest.approx(1 - facts["n_wrong_after"] / facts["n_kept"])
    # As the page says: most mistakes are refused, and most of what is refused was right.
    assert facts["n_wrong"] - facts["n_wrong_after"] == facts["n_refused_wrong"]
    assert facts["n_wrong"] / 2 < facts["n_refused_wrong"] < facts["n_refused"] / 2
    (errors,) = curves(drawing.figure.axes[2], BLUE)
    assert errors[0].tolist() == [0, pytest.approx(1 - facts["accuracy"])]


def test_the_confusion_matrix_holds_every_digit_once() -> None:
    drawing = rejector()
    counts = [t.get_text() for t in drawing.figure.axes[1].texts if t.get_zorder() == 5]
    assert sum(map(int, counts)) == drawing.facts["n_test"]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_gain_of_s4_is_no_luck_of_the_kernels(seed: int) -> None:
    facts = checked_facts(rejector(seed).facts)
    assert facts["accuracy"] > facts["raw_accuracy"] + 0.05


def test_the_sliding_reader_is_sure_where_digits_are_and_nowhere_else() -> None:
    drawing = slider()
    facts = checked_facts(drawing.facts)
    assert facts["read"] == facts["written"] == "1998"
    assert facts["least_sure"] > 2 * facts["most_unsure"]
    bars = boxes(drawing.figure.axes[1], ORANGE, is_filled=True)
    middles = [bar.get_x() + bar.get_width() / 2 for bar in bars]
    assert middles == pytest.approx([16, 40, 64, 88])


def test_one_pass_over_a_strip_costs_less_than_window_by_window() -> None:
    facts = checked_facts(slider().facts)
    # Places of C1, C3 and C5 on a strip of 104: 28 x 100, 10 x 46 and 1 x 19.
    assert facts["once"] == 28 * 100 * 150 + 10 * 46 * 1500 + 19 * 48_000
    assert facts["one_by_one"] == 19 * (28**2 * 150 + 10**2 * 1500 + 48_000)


def test_the_thumbnail_shows_all_maps_and_one_answer() -> None:
    drawing = shown.thumbnail()
    (ax,) = drawing.figure.axes
    assert len(ax.images) == 1 + sum(checked_facts(drawing.facts)["maps"])
    assert len(boxes(ax, ORANGE, is_filled=True)) == 1


def test_the_walk_ends_at_one_from_32_and_28_is_too_small() -> None:
    facts = checked_facts(shown.dimension_walk())
    assert facts["after"] == [28, 14, 10, 5, 1]
    assert facts["small"] == 24


def test_the_remake_is_counted_layer_by_layer() -> None:
    facts = checked_facts(shown.modern_count())
    assert facts["counts"] == [156, 2416, 48_120, 10_164, 850]
    assert facts["work"] == [117_600, 240_000, 48_000, 10_080, 840]
    assert (facts["convolutions"], facts["dense"]) == (50_692, 11_014)
    assert (facts["total"], facts["total_work"]) == (61_706, 416_520)


def test_the_paper_has_sixty_thousand_exactly() -> None:
    facts = checked_facts(shown.paper_count())
    assert facts["counts"] == [156, 12, 1516, 32, 48_120, 10_164]
    assert sum(facts["counts"]) == facts["total"] == 60_000
    assert (facts["sizes"], facts["how_many"]) == ([3, 4, 6], [6, 9, 1])
    assert facts["difference"] == 900 + 850 - 12 - 32


def test_connections_are_those_of_the_paper() -> None:
    facts = checked_facts(shown.connections())
    assert facts["counts"] == [122_304, 5_880, 151_600, 2_000, 48_120, 10_164, 840]
    assert (facts["without_output"], facts["total"]) == (340_068, 340_908)
    assert facts["per_weight"] == pytest.approx(340_908 / 60_000)


def test_the_formula_gives_the_fields_of_the_ledger() -> None:
    facts = checked_facts(shown.field_walk())
    assert facts["fields"] == [5, 6, 14, 16, 32]
    assert facts["jumps"] == [1, 2, 2, 4, 4]
    assert facts["fields"] == checked_facts(shown.receptive_field().facts)["fields"][1:6]
    assert (facts["c3_first"], facts["c3_last"]) == (6.5, 24.5)


def test_one_layer_averages_or_asks_for_one_or_for_all() -> None:
    facts = checked_facts(shown.one_window())
    assert np.diff(facts["blur"]) == pytest.approx(np.diff(facts["blur"])[::-1])
    assert [y > 1 for y in facts["or"]] == [False, True, True, True, True]
    assert [y > 1 for y in facts["and"]] == [False, False, False, False, True]


def test_the_nearest_code_wins_and_shares_add_up_with_rubbish() -> None:
    facts = checked_facts(shown.nearest_code())
    assert facts["distances"] == pytest.approx([0.3, 5.9, 11.1])
    assert (facts["answer"], facts["margin"]) == ("A", pytest.approx(5.6))
    total = sum(np.exp(-y) for y in (0.3, 5.9, 11.1, 5.0))
    assert facts["losses"] == pytest.approx([y + np.log(total) for y in (0.3, 5.9, 11.1)])
    assert facts["rubbish_share"] == pytest.approx(np.exp(-5) / total)


def test_refusing_lowers_the_error_but_not_at_every_step() -> None:
    facts = checked_facts(shown.refuse_some())
    expected = [0, 0, 0, 0, 0, 1 / 6, 1 / 7, 1 / 8, 2 / 9, 3 / 10]
    assert facts["kept_errors"] == pytest.approx(expected)
    assert (facts["after_two"], facts["after_five"]) == (1 / 8, 0)


def test_alexnet_is_nearly_a_thousand_lenets() -> None:
    facts = checked_facts(shown.successors())
    assert facts["times"] == pytest.approx(60_965_224 / 61_706)
    assert facts["megabytes"] == pytest.approx(0.246824)
