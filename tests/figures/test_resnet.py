"""The module's figures and worked examples show what shortcuts do, and what they do not.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from functools import cache
from math import comb

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle, StepPatch

from artists import curves
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import resnet as shown
from dlcv_viz.registry import Drawing

BLUE, ORANGE = (MARKER[f"accent-{k}"] for k in (1, 2))


@cache
def experiment(seed: int) -> Drawing:
    """Train the networks once for all tests that ask about them."""
    return shown.degradation_experiment(seed=seed)


@cache
def lesion() -> Drawing:
    """Take the blocks out once for both tests that ask about it."""
    return shown.one_block_less()


def arcs(ax: Axes, colour: str) -> int:
    """Count the arcs of a colour over blocks."""
    return sum(
        len(part.get_segments())
        for part in ax.collections
        if isinstance(part, LineCollection)
        and {to_hex(each) for each in np.atleast_2d(part.get_color())} == {colour}
        and len(part.get_segments())
        and len(part.get_segments()[0]) > 5
    )


def test_a_shortcut_adds_no_parameter_and_a_bottleneck_is_cheaper_than_a_basic_block() -> None:
    facts = checked_facts(shown.blocks().facts)
    assert facts["plain"] == 2 * (9 * 64 * 64 + 2 * 64) == 73_984
    assert facts["bottleneck"] == 2 * 256 * 64 + 9 * 64 * 64 + 2 * (64 + 64 + 256)
    assert facts["bottleneck"] < facts["plain"]


def test_three_of_four_blocks_have_a_way_around() -> None:
    (ax,) = shown.blocks().figure.axes
    assert sum(text.get_text() == "+" for text in ax.texts) == 3
    assert len(curves(ax, ORANGE)) == 3
    assert sum(text.get_text() == "3 × 3, 64" for text in ax.texts) == 2 * 3 + 1


def test_maps_halve_and_double_from_stage_to_stage() -> None:
    facts = checked_facts(shown.to_scale().facts)
    assert facts["n_blocks"] == 8
    assert facts["sides"] == [56, 28, 14, 7]
    assert facts["maps"] == [64, 128, 256, 512]
    assert facts["fields"][:5] == [11, 43, 99, 211, 435]


@pytest.mark.parametrize(
    ("depth", "n_blocks", "n_projections", "total"),
    [(18, 8, 3, 11_689_512), (34, 16, 3, 21_797_672), (50, 16, 4, 25_557_032),
     (101, 33, 4, 44_549_160), (152, 50, 4, 60_192_808)],
)  # fmt: skip
def test_projections_are_where_shapes_change_however_deep_the_network_is(
    depth: shown.Depth, n_blocks: int, n_projections: int, total: int
) -> None:
    drawing = shown.stage_arcs(depth=depth)
    facts = checked_facts(drawing.facts)
    assert (facts["n_blocks"], facts["n_projections"]) == (n_blocks, n_projections)
    assert facts["total"] == sum(facts["stage_parameters"]) == total
    (ax,) = drawing.figure.axes
    assert arcs(ax, MARKER["ink"]) == n_blocks - n_projections
    assert arcs(ax, ORANGE) == n_projections


def test_bars_add_up_to_all_parameters() -> None:
    (ax,) = shown.stage_arcs(depth=152).figure.axes
    bars = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_y() == 12]
    heights = [bar.get_height() for bar in bars]
    assert len(heights) == 52
    assert heights == sorted(heights)
    first, *_, last = heights
    assert last / first == pytest.approx(60_192_808 / 9536)


def test_eight_paths_add_up_to_the_product_of_the_blocks() -> None:
    facts = checked_facts(shown.three_blocks().facts)
    assert facts["by_length"] == [1, 3, 3, 1]
    assert facts["total"] == pytest.approx(1.5 * 1.2 * 0.7)
    assert facts["longest"] == pytest.approx(0.5 * 0.2 * -0.3)


def test_each_path_has_a_box_for_what_it_passes_through_and_an_arc_for_what_not() -> None:
    _, ax = shown.three_blocks().figure.axes
    assert sum(isinstance(patch, Rectangle) for patch in ax.patches) == 12
    assert len([curve for curve in curves(ax, ORANGE) if len(curve) > 5]) == 12


@pytest.mark.parametrize(("gain", "mean"), [(0.5, 18), (1.0, 27), (0.1, 54 / 11)])
def test_the_gradient_comes_through_shorter_paths_the_smaller_the_gain(
    gain: float, mean: float
) -> None:
    facts = checked_facts(shown.lengths(n_blocks=54, gain=gain).facts)
    assert facts["mean"] == pytest.approx(27)
    assert facts["gradient_mean"] == pytest.approx(mean)


def test_both_bells_reach_their_peaks_at_their_means() -> None:
    (ax, _) = shown.lengths(n_blocks=54, gain=0.5).figure.axes
    bars = [p for p in ax.patches if isinstance(p, Rectangle)]
    (peak,) = [bar for bar in bars if bar.get_height() == 1]
    assert peak.get_x() + peak.get_width() / 2 == pytest.approx(27)
    (steps,) = (p for p in ax.patches if isinstance(p, StepPatch))
    assert int(np.argmax(steps.get_data()[0])) == 18


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_small_weights_vanish_bare_sums_explode_and_small_branches_stay(seed: int) -> None:
    small, he, bare, normalized, scaled = checked_facts(
        shown.gradient_norm_by_depth(seed=seed).facts
    )["ends"]
    assert small < 1e-7
    assert 0.02 < he < 20
    assert bare > 2000
    assert 4 < normalized < 100
    assert 1.1 < scaled < 2.6


def test_bare_sums_follow_the_powers_of_two_of_the_theory() -> None:
    facts = checked_facts(shown.gradient_norm_by_depth().facts)
    assert facts["bare_theory"] == pytest.approx(2**13.5)
    assert facts["ends"][2] == pytest.approx(facts["bare_theory"], rel=0.6)
    assert facts["scaled_theory"] == pytest.approx((28 / 27) ** 13.5)


def test_small_normalized_lines_end_at_one_and_are_drawn_with_all_blocks() -> None:
    left, right = shown.gradient_norm_by_depth().figure.axes
    for ax, colour in ((left, BLUE), (left, ORANGE), (right, BLUE), (right, ORANGE)):
        (curve,) = curves(ax, colour)
        assert curve.shape == (28, 2)
        assert curve[-1].tolist() == [27, 1]


@pytest.mark.parametrize("seed", [0, 1])
def test_plain_networks_degrade_with_depth_and_residual_ones_do_not(seed: int) -> None:
    facts = checked_facts(experiment(seed).facts)
    plain, residual, bare = (
        dict(zip(facts["depths"], facts[k], strict=True)) for k in ("plain", "residual", "bare")
    )
    assert plain[8] < plain[1]
    assert plain[32] > max(4 * plain[8], 10 * residual[32])
    assert residual[32] < 2 * residual[1]
    assert bare[32] > facts["variance"] / 2 > 10 * max(plain[8], bare[8])
    assert facts["times"] == pytest.approx(plain[32] / residual[32])


def test_bare_sums_start_at_millions_and_silent_branches_near_a_guess() -> None:
    _, right = experiment(0).figure.axes
    facts = checked_facts(experiment(0).facts)
    colours = (ORANGE, BLUE, MARKER["accent-3"])
    plain, residual, bare = (curves(right, colour)[0][:, 1] for colour in colours)
    assert len(plain) == len(residual) == len(bare) == facts["steps"] + 1
    assert [plain[-1], residual[-1]] == [facts["plain"][-1], facts["residual"][-1]]
    assert max(plain[0], residual[0]) < 10 * facts["variance"]
    assert bare[0] > 1e6


def test_no_plain_block_can_go_and_any_residual_one_can() -> None:
    facts = checked_facts(lesion().facts)
    assert max(facts["plain"], facts["residual"]) < facts["variance"] / 50
    assert facts["plain_best"] > facts["variance"]
    assert facts["residual_worst"] < facts["variance"] / 5


def test_every_block_has_a_bar() -> None:
    for ax in lesion().figure.axes:
        assert len([p for p in ax.patches if isinstance(p, Rectangle)]) == 8


def test_the_card_shows_eight_bridges() -> None:
    (ax,) = shown.thumbnail().figure.axes
    assert arcs(ax, MARKER["ink"]) + arcs(ax, ORANGE) == 8


def test_depths_are_counted_as_torchvision_prints_them() -> None:
    facts = checked_facts(shown.depths())
    assert [round(n, 3) for n in facts["billions"]] == [1.814, 3.664, 4.089, 7.801, 11.514]
    assert round(facts["paper_billions"], 1) == 3.9
    assert facts["field_18"] == 435


def test_descendants_are_counted_as_torchvision_prints_them() -> None:
    facts = checked_facts(shown.descendants())
    assert facts["parameters"] == [68_883_240, 25_028_904]
    assert [round(n, 2) for n in facts["billions"]] == [11.40, 4.23]


def test_the_tiny_block_is_that_of_paper_and_pencil() -> None:
    facts = checked_facts(shown.tiny_block())
    assert facts["z"] == pytest.approx([0.1, 0.7])
    assert facts["f"] == pytest.approx([0.30, 0.04])
    assert facts["y"] == pytest.approx([1.30, 2.04])
    assert facts["j"] == pytest.approx([1.14, 0.08, -0.14, 1.09])
    assert facts["back"] == pytest.approx([1.28, -1.01])
    assert facts["plain_back"] == pytest.approx([0.28, -0.01])


def test_a_plain_block_copies_what_is_not_negative_and_a_residual_one_anything() -> None:
    facts = checked_facts(shown.two_copies())
    assert facts["after_plain"] == facts["after"]
    assert facts["signed_plain"] == [2, 0] != facts["signed"]
    assert facts["after_residual"] == facts["after"]
    assert facts["signed_residual"] == facts["signed"]


def test_products_of_gains_vanish_and_explode() -> None:
    facts = checked_facts(shown.product_of_gains())
    assert facts["plain"] == pytest.approx(0.00515, rel=1e-3)
    assert facts["residual"] == pytest.approx(117.4, rel=1e-3)
    assert facts["small_residual"] == pytest.approx(4.54, rel=1e-3)
    assert facts["shrunk"] == pytest.approx(facts["plain"])


def test_bare_sums_double_and_normalized_ones_grow_by_one() -> None:
    facts = checked_facts(shown.growth())
    assert facts["blocks"] == [0, 1, 2, 3, 9, 27]
    assert facts["bare"] == [1, 2, 4, 8, 512, 2**27]
    assert facts["normalized"] == [1, 2, 3, 4, 10, 28]
    assert facts["scaled"][-1] == pytest.approx((28 / 27) ** 27)
    assert facts["scaled"][-1] < facts["limit"]


def test_paths_through_54_blocks_are_counted_exactly() -> None:
    facts = checked_facts(shown.path_count())
    assert facts["n_paths"] == 2**54
    assert facts["within"] == pytest.approx(sum(comb(54, n) for n in range(19, 36)) / 2**54)
    assert facts["within"] == pytest.approx(0.9801656733)
    assert facts["gradient_mean"] == pytest.approx(18)
    assert 0.98 < facts["below_mean"] < 1


def test_three_blocks_are_multiplied_out_by_hand() -> None:
    facts = checked_facts(shown.unravel())
    assert facts["paths"] == ["none", "1", "2", "3", "12", "13", "23", "123"]
    assert facts["factors"] == pytest.approx([1, 0.5, 0.2, -0.3, 0.1, -0.15, -0.06, -0.03])
    assert facts["total"] == pytest.approx(sum(facts["factors"])) == pytest.approx(1.26)


def test_a_bottleneck_at_256_is_about_a_basic_block_at_64() -> None:
    facts = checked_facts(shown.bottleneck_256())
    assert facts["total"] == 256 * 64 + 9 * 64**2 + 64 * 256 == 69_632
    assert facts["basic"] == 1_179_648
    assert facts["small"] == 73_728
    assert facts["first_block"] == [4224, 36_992, 16_896, 16_896]


def test_resnet_18_is_counted_stage_by_stage() -> None:
    facts = checked_facts(shown.count_18())
    assert facts["first"] == [36_992, 73_984, 295_424, 1_180_672]
    assert facts["later"] == [36_992, 147_712, 590_336, 2_360_320]
    assert facts["projections"] == [0, 8448, 33_280, 132_096]
    assert (facts["stem"], facts["head"]) == (9536, 513_000)
    assert facts["stem"] + sum(facts["sums"]) + facts["head"] == facts["total"] == 11_689_512
