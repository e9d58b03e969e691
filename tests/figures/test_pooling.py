"""The module's figures and worked examples show what pooling really does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import math

import numpy as np
import pytest
from matplotlib.figure import Figure

from dlcv_viz.architectures.layers import MAX_POOLING
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import pooling as shown
from published import published

FOUR = 5e-5  # the last of four decimals
DEMO = [[12, 20, 30, 0], [8, 12, 2, 0], [34, 70, 37, 4], [112, 100, 25, 12]]


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def rings(figure: Figure) -> list[tuple[float, float]]:
    """Middles of the circles on the only stage."""
    (ax,) = figure.axes
    circles = [drawn for drawn in ax.lines if drawn.get_marker() == "o"]
    return [tuple(np.asarray(drawn.get_xydata())[0].tolist()) for drawn in circles]


# --- figures


def test_max_keeps_the_peak_of_an_edge_that_the_mean_dilutes() -> None:
    drawn = shown.maps()
    full, largest, mean, stride = (
        np.asarray(image.get_array()) for image in drawn.figure.axes[0].images
    )
    assert full.shape == (48, 48)
    assert largest.shape == mean.shape == stride.shape == (12, 12)
    assert largest.max() == full.max()
    assert mean.max() < 0.6 * full.max()
    assert mean.mean() == pytest.approx(full.mean(), abs=1e-12)  # tiles of one size
    outline = largest > 1.5  # what a strong edge touches
    assert (stride[outline] < 0.5).mean() > 0.3  # and a stride alone misses
    facts = checked_facts(drawn.facts)
    assert (facts["peak"], facts["means"]) == (full.max(), mean.max())


def test_max_keeps_112_and_the_mean_dilutes_it_to_79() -> None:
    drawn = shown.comparison()
    facts = checked_facts(drawn.facts)
    assert (facts["peak"], facts["kept"], facts["mean"]) == (112, 112, 79)
    assert facts["whole"] == [112, 29.875, pytest.approx(math.hypot(*np.ravel(DEMO)))]
    written = texts(drawn.figure)
    assert {"112", "79", "169.1", "27.42", "19.5"} <= set(written)
    assert written.count("112") == 3  # in the map, in its window, and of the whole


def test_the_window_ends_where_the_size_says_and_rings_what_it_keeps() -> None:
    first, last, second, end = (shown.window_sweep(step=step) for step in (1, 9, 10, 25))
    facts = [checked_facts(drawn.facts) for drawn in (first, last, second, end)]
    assert [(f["k"], f["s"], f["place"], f["n_places"]) for f in facts] == [
        (2, 2, 1, 9), (2, 2, 9, 9), (3, 1, 1, 16), (3, 1, 16, 16)
    ]  # fmt: skip
    assert [f["shared"] for f in facts] == [0, 0, 2, 2]
    for drawn, value in ((first, 4), (last, 6), (second, 6), (end, 6)):
        assert checked_facts(drawn.facts)["value"] == value
        (at,) = rings(drawn.figure)
        there = [
            text.get_text()
            for text in drawn.figure.axes[0].texts
            if math.dist(text.get_position(), at) < 1
        ]
        assert there == [str(value)]
    numbers = [len(texts(drawn.figure)) for drawn in (first, last)]
    assert numbers[1] - numbers[0] == 8  # an output a step


def test_max_finds_a_rare_feature_and_the_mean_a_spread_one() -> None:
    drawn = shown.evidence()
    facts = checked_facts(drawn.facts)
    (rare_max, rare_mean), (spread_max, spread_mean) = facts["rare"], facts["spread"]
    assert rare_max > rare_mean + 0.1
    assert spread_mean > spread_max + 0.1
    for ax, rises in zip(drawn.figure.axes, (False, True), strict=True):
        (mean,) = (
            path
            for path in ax.lines
            if path.get_color() == MARKER["accent-5"] and path.get_linestyle() == "-"
        )
        steps = np.diff(np.asarray(mean.get_ydata(), float))
        assert (steps > 0).all() if rises else (steps < 0).all()


def test_max_sends_all_to_the_winner_and_the_mean_shares() -> None:
    drawn = shown.gradient_routing()
    facts = checked_facts(drawn.facts)
    assert (facts["n_max"], facts["n_all"]) == (4, 16)
    assert facts["totals"] == [10, 90]
    assert facts["back"] == pytest.approx([10, 10])
    assert facts["back_lapping"] == pytest.approx([90, 90])
    assert (facts["wins"], facts["collected"]) == (3, 9 + 18 + 27)
    assert facts["centre"] == pytest.approx((9 + 18 + 27 + 36) / 9)
    assert len(rings(drawn.figure)) == 4 + 2


def test_only_even_shifts_are_followed_and_blur_helps_most() -> None:
    drawn = shown.shift_sensitivity()
    facts = checked_facts(drawn.facts)
    for name, ax in zip(("signal", "map"), drawn.figure.axes, strict=True):
        stride, largest, mean, blurred = facts[name]
        assert stride > largest > blurred
        assert mean > 5 * blurred
        assert facts[f"{name}_blur_least"] == facts["n"] == 20
        zigzags = [np.asarray(drawn.get_ydata(), float) for drawn in ax.lines]
        for heights in (h for h in zigzags if len(h) == 9):
            assert heights[::2] == pytest.approx(0, abs=1e-12)
            assert np.ptp(heights[1::2]) < 1e-12


def test_the_card_shows_a_window_and_its_result() -> None:
    drawn = shown.thumbnail()
    assert checked_facts(drawn.facts)["cells"] == 16
    assert len(rings(drawn.figure)) == 1


# --- worked examples


def test_one_matrix_is_pooled_by_every_rule() -> None:
    facts = shown.demo_matrix()
    assert facts["max"] == [20, 30, 112, 37]
    assert facts["mean"] == [13, 8, 79, 19.5]
    assert facts["norm"] == pytest.approx([27.4226, 30.0666, 169.1153, 46.4112], abs=FOUR)
    assert (facts["largest"], facts["global_mean"], facts["mean_of_means"]) == (112, *[29.875] * 2)
    assert facts["dense"] == [70, 70, 112, 100]
    assert facts["square_sum"] == 34**2 + 70**2 + 112**2 + 100**2


def test_norms_go_from_the_sum_to_the_maximum() -> None:
    facts = checked_facts(shown.norms())
    assert facts["norm"][0] == 34 + 70 + 112 + 100
    assert facts["scaled"][0] == facts["mean"] == 79
    assert facts["norm"][-1] == pytest.approx(facts["max"], rel=0.001)
    assert facts["scaled"] == sorted(facts["scaled"])
    assert facts["odd"] == pytest.approx(2.1544, abs=FOUR)


def test_the_gradient_goes_to_the_first_of_two_twos() -> None:
    facts = checked_facts(shown.route_the_gradient())
    assert facts["max"] == [5, 2, 2, 8]
    assert facts["to"] == ["(1, 0)", "(0, 2)", "(3, 1)", "(2, 2)"]
    assert facts["tie"] == "(1, 3)"
    assert facts["back"] == [0, 0, 2, 0, 1, 0, 0, 0, 0, 0, 4, 0, 0, 3, 0, 0]
    assert facts["mean"] == [2.5, 1.25, 1, 3.75]
    assert facts["share"] == [0.25, 0.5, 0.75, 1]
    assert (facts["zeros"], facts["total"], facts["shared_total"]) == (12, 10, 10)


def test_zeros_of_the_border_count_or_do_not() -> None:
    facts = checked_facts(shown.padding_of_average())
    assert facts["counted"] == pytest.approx([1.1111, 1, 1.1111, 2.3333], abs=FOUR)
    assert facts["without"] == pytest.approx([2.5, 1.5, 1.6667, 2.3333], abs=FOUR)
    assert facts["cells"] == pytest.approx([4, 6, 6, 9])


def test_a_global_mean_saves_nearly_the_whole_head() -> None:
    facts = checked_facts(shown.gap_saves())
    assert facts["layers"] == [25089 * 4096, 4097 * 4096, 4097 * 1000]
    assert (facts["dense"], facts["gap"]) == (123_642_856, 513_000)
    assert facts["times"] == pytest.approx(241, abs=0.1)


def test_a_shift_by_one_changes_half_of_the_outputs() -> None:
    facts = checked_facts(shown.aliasing())
    assert (facts["y"], facts["y_moved"]) == ("0 1 0 1", "1 1 1 1")
    assert (facts["changed"], facts["outputs"]) == (2, 4)
    assert (facts["largest"], facts["largest_blurred"]) == (1, 0.125)


def test_sizes_are_those_of_the_networks_that_are_named() -> None:
    facts = checked_facts(shown.sizes())
    networks = ("AlexNet, paper", "AlexNet, paper", "vgg16", "resnet50", "GoogLeNet, paper")
    for i, (network, which) in enumerate(zip(networks, (0, -1, 0, 0, 0), strict=True)):
        row = [row for row in published(network).rows if row.kind == MAX_POOLING][which]
        assert row.layer is not None
        told = row.layer.kernel, row.layer.stride, row.layer.padding
        assert told == (facts["k"][i], facts["s"][i], facts["p"][i])
        assert row.shape[1] == facts["up" if row.layer.rounds_up else "down"][i]
    assert facts["down"] == [27, 6, 112, 56, 55, 2]
    assert facts["up"] == [27, 6, 112, 57, 56, 2]
    assert facts["starts"] > facts["map_ends"]  # so the third window of the trap is dropped
    by_window = checked_facts(shown.sizes_by_window())
    assert by_window["by_two"] == [3, 3, 2, 2, 1, 1]
    assert by_window["by_window"] == [6, 3, 2, 1, 1, 1]


def test_a_lottery_lies_between_mean_and_maximum() -> None:
    facts = checked_facts(shown.lottery())
    assert facts["chances"] == "10%, 0%, 50%, 40%"
    assert facts["expected"] == pytest.approx(0.1 * 1 + 0.5 * 5 + 0.4 * 4)
    assert facts["mean"] < facts["expected"] < facts["max"]


def test_a_pyramid_is_as_long_for_both_maps() -> None:
    facts = checked_facts(shown.pyramid())
    assert facts["lengths"] == [16 + 4 + 1] * 2
