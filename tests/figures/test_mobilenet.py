"""The module's figures and worked examples show what MobileNet saves, and what it gives up.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from functools import cache

import numpy as np
import pytest

from artists import bars, clouds, curves
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import mobilenet as shown
from dlcv_viz.numerics.classical_kernels import SOBEL_X
from dlcv_viz.numerics.separable_convolution import composed_kernels, fitted_pointwise
from dlcv_viz.registry import Drawing

BLUE, ORANGE, GREEN, _, VIOLET, _ = (MARKER[f"accent-{k}"] for k in range(1, 7))


@cache
def approximation() -> Drawing:
    """Draw the edges once for both tests that ask about them."""
    return shown.separable_approximation()


def test_thirteen_pairs_lead_from_112_pixels_to_7_and_to_1024_maps() -> None:
    facts = checked_facts(shown.to_scale().facts)
    assert facts["sides"] == [112, 56, 56, 28, 28, *6 * [14], 7, 7]
    assert facts["maps"] == [64, 128, 128, 256, 256, *6 * [512], 1024, 1024]
    assert (facts["n_pairs"], facts["units"], facts["field"]) == (13, 1000, 315)


def test_two_steps_have_fewer_weights_and_are_one_convolution() -> None:
    drawing = shown.two_steps()
    facts = checked_facts(drawing.facts)
    assert (facts["depthwise"], facts["pointwise"], facts["full"]) == (27, 12, 108)
    assert facts["ratio"] == pytest.approx(1 / 4 + 1 / 9)
    assert facts["difference"] < 1e-12
    (ax,) = drawing.figure.axes
    assert len(ax.images) == 3 + 3 + 4
    wires = [line.get_color() for line in ax.lines]
    assert wires.count(VIOLET) == 3 + 3  # into its kernel and out of it, one channel each
    assert wires.count(BLUE) + wires.count(ORANGE) == 3 * 4


def test_pointwise_layers_do_most_of_the_work_and_hold_most_parameters() -> None:
    drawing = shown.separable_blocks()
    facts = checked_facts(drawing.facts)
    assert facts["work"] == pytest.approx([0.0306, 0.9486, 0.0191, 0.0018], abs=5e-5)
    assert facts["held"] == pytest.approx([0.013, 0.745, 0.0002, 0.242], abs=5e-4)
    assert [sum(facts["work"]), sum(facts["held"])] == pytest.approx([1, 1])
    (ax,) = drawing.figure.axes
    thin, thick = ([bar.get_height() for bar in bars(ax, colour)] for colour in (VIOLET, BLUE))
    assert len(thin) == len(thick) == 26
    assert max(thin[:13]) < min(thick[:13]) / 5  # a zig-zag
    assert (facts["n_most_work"], facts["n_half_work"]) == (8, 5)


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    (ax,) = shown.separable_blocks().figure.axes
    thick = [bar.get_height() for bar in bars(ax, BLUE)]
    up, down = thick[:13], thick[13:]
    assert up[0] / up[2] == pytest.approx(25_690_112 / 51_380_224)
    assert down[12] / down[11] == pytest.approx(1_050_624 / 526_336)
    assert max(down) < 0 < min(up)


def test_version_2_is_wide_inside_where_resnet_is_thin() -> None:
    facts = checked_facts(shown.block_shapes().facts)
    assert facts["channels"] == [256, 64, 64, 256, 128, 128, 128, 24, 144, 144, 24]
    assert facts["weights"] == [69_632, 17_536, 8_208]
    assert facts["work"] == [56 * 56 * weights for weights in facts["weights"]]
    assert facts["times"] > 8


@pytest.mark.parametrize("channels", shown.CHANNELS)
def test_more_channels_lose_fewer_points(channels: int) -> None:
    facts = checked_facts(shown.thin_relu(channels=channels).facts)
    assert facts["kept"] + facts["lost"] == facts["n_points"]
    assert facts["expected"] == pytest.approx((channels + 1) / 2**channels)
    assert facts["lost"] == facts["all_lost"][shown.CHANNELS.index(channels)]
    assert facts["farthest"] < 1e-9  # what is kept is found where it was
    assert facts["all_lost"] == sorted(facts["all_lost"], reverse=True)


def test_a_relu_in_few_channels_loses_many_points_and_in_many_none() -> None:
    facts = checked_facts(shown.thin_relu().facts)
    assert facts["all_lost"][0] > facts["n_points"] / 2
    assert facts["all_lost"][-1] == 0


def test_lost_points_are_drawn_apart_from_where_they_were() -> None:
    drawing = shown.thin_relu(channels=3)
    left, middle, _ = drawing.figure.axes
    (kept, found), (lost, guessed) = (
        [clouds(ax, colour)[0] for ax in (left, middle)] for colour in (BLUE, ORANGE)
    )
    assert kept == pytest.approx(found)
    moved = np.linalg.norm(lost - guessed, axis=1)
    assert len(moved) == drawing.facts["lost"]
    assert moved.min() > 1e-6


def test_the_layers_of_version_1_lie_on_the_curve_of_their_kernel() -> None:
    drawing = shown.separable_cost_ratio()
    facts = checked_facts(drawing.facts)
    assert facts["limits"] == pytest.approx([1 / 9, 1 / 25, 1 / 49])
    assert facts["at_one"] > 1
    (ax,) = drawing.figure.axes
    (layers,) = clouds(ax, ORANGE)
    assert len(layers) == 13
    assert layers[:, 1] == pytest.approx(1 / layers[:, 0] + 1 / 9)
    assert facts["least_times"] == pytest.approx(576 / 73)  # 64 channels out


def test_one_filter_misses_half_of_the_squares_and_two_miss_nothing() -> None:
    facts = checked_facts(approximation().facts)
    assert facts["errors"] == pytest.approx([0.5**0.5, 0], abs=1e-9)
    assert facts["isotropic"] == pytest.approx(0, abs=1e-7)
    assert facts["random"][:3] == pytest.approx([0.841, 0.702, 0.582], abs=5e-4)
    assert facts["random"][-1] == pytest.approx(0, abs=1e-7)
    assert [facts["missed"][k] for k in (0, 2)] == pytest.approx([0, 0], abs=1e-9)
    assert facts["missed"][1] > 0.5
    assert facts["work"] == [216, 51, 102]


def test_sobel_x_is_among_the_best_single_filters() -> None:
    """Its kernels are as far off as the best of rank one are."""
    bank = shown._oriented_bank()
    depthwise = np.repeat(SOBEL_X[None, None], 3, axis=0)
    mixed = fitted_pointwise(bank, depthwise)
    near = composed_kernels(depthwise, mixed, 3)
    missed = np.linalg.norm(near - bank) / np.linalg.norm(bank)
    assert missed == pytest.approx(checked_facts(approximation().facts)["errors"][0])


@pytest.mark.parametrize(
    ("width", "side", "millions", "parameters"),
    [("1", 224, 568.7, 4_231_976), ("0.75", 192, 239.3, 2_585_560), ("0.25", 128, 13.6, 470_072)],
)
def test_the_table_has_the_work_of_each_network(
    width: shown.Width, side: shown.Side, millions: float, parameters: int
) -> None:
    drawing = shown.width_resolution(width=width, side=side)
    facts = checked_facts(drawing.facts)
    assert facts["work"] == pytest.approx(millions, abs=0.05)
    assert facts["parameters"] == parameters
    left, _ = drawing.figure.axes
    (bold,) = (t for t in left.texts if t.get_fontweight() == "bold" and t.get_text().isdigit())
    assert bold.get_text() == f"{millions:.0f}"


def test_the_best_within_the_budget_is_half_as_wide_at_full_resolution() -> None:
    drawing = shown.width_resolution()
    facts = checked_facts(drawing.facts)
    assert (facts["best_width"], facts["best_side"], facts["best_accuracy"]) == (0.5, 224, 63.3)
    assert facts["best_work"] < facts["budget"] == 150
    left, _ = drawing.figure.axes
    (edge,) = curves(left, GREEN)
    steps = np.unique(edge[:, 0])
    assert np.diff(steps).tolist() == [48, 144]  # no network, one, all four: of each width


def test_depthwise_layers_wait_for_memory_and_the_gain_in_time_is_less() -> None:
    drawing = shown.moved_numbers()
    facts = checked_facts(drawing.facts)
    assert max(facts["thin"]) < 5
    assert min(facts["thick"]) > 20
    assert 1 < facts["times"] < facts["work_times"] - 2
    assert facts["slow_share"] > 5 * facts["work_share"]
    _, right = drawing.figure.axes
    (curve,) = curves(right, ORANGE)
    assert (np.diff(curve[:, 1]) <= 1e-9).all()


def test_the_thumbnail_has_three_maps_three_times_and_all_wires() -> None:
    (ax,) = shown.thumbnail().figure.axes
    assert len(ax.images) == 9
    assert [line.get_color() for line in ax.lines].count(BLUE) == 9


def test_two_steps_by_hand_are_one_convolution() -> None:
    facts = checked_facts(shown.by_hand())
    assert facts["z1"] == [2, 5, 1, 2]
    assert facts["z2"] == [-1, 0, 2, -1]
    assert facts["y1"] == facts["at_once"] == [0, 5, 5, 0]
    assert facts["y2"] == [3, 5, -1, 3]
    assert (facts["k1"], facts["k2"]) == ([2, -2, 0, 0], [-1, 1, 0, 0])
    assert (facts["n_thin"], facts["n_full"]) == (12, 16)


def test_a_layer_of_512_channels_is_nearly_nine_times_cheaper() -> None:
    facts = checked_facts(shown.layer_512())
    assert (facts["full_weights"], facts["full_work"]) == (2_359_296, 462_422_016)
    assert (facts["weights"], facts["work"]) == (266_752, 52_283_392)
    assert facts["times"] == pytest.approx(1 / facts["share"]) == pytest.approx(8.8445, abs=1e-4)


def test_more_channels_out_save_more_but_never_nine_times() -> None:
    facts = checked_facts(shown.ratio_table())
    assert (facts["full"][0], facts["thin"][0]) == (231_211_008, 29_302_784)
    assert facts["times"] == pytest.approx([7.890, 8.409, 8.695, 8.844, 8.922], abs=1e-3)
    assert facts["times"] == pytest.approx(facts["by_formula"])


def test_the_whole_network_saves_less_than_its_layers() -> None:
    facts = checked_facts(shown.whole_net())
    assert (facts["parameters"], facts["work"]) == (4_231_976, 568_740_352)
    assert (facts["full_parameters"], facts["full_work"]) == (29_294_088, 4_867_293_184)
    assert facts["times"] == pytest.approx(8.558, abs=1e-3)
    assert facts["vgg_times"] == pytest.approx(27.2, abs=0.05)
    assert facts["half_parameters"] == 1_331_592


def test_half_the_width_is_a_little_more_than_a_quarter_of_the_work() -> None:
    facts = checked_facts(shown.one_layer_scaled())
    assert facts["full"] == 52_283_392
    assert facts["half"] == 14 * 14 * (256 * 9 + 256 * 256)
    assert 0.25 < facts["half_share"] < 0.26
    assert facts["both"] == 10 * 10 * (256 * 9 + 256 * 256)


def test_a_block_of_version_2_is_counted_layer_by_layer() -> None:
    facts = checked_facts(shown.inverted_block())
    assert [facts[k] for k in ("widen", "filter", "narrow")] == [3456, 1296, 3456]
    assert (facts["weights"], facts["work"]) == (8_208, 25_740_288)
    assert facts["full_middle"] == 56 * 56 * 9 * 144 * 144


def test_two_answers_of_three_are_there_half_of_the_time() -> None:
    facts = checked_facts(shown.thin_space())
    assert facts["lost"] == pytest.approx(np.add(facts["none"], facts["one"]))
    assert facts["lost"][1] == 0.5
    assert facts["one_in"] == pytest.approx(2**24, rel=1e-6)
    assert facts["wide_lost"] < 1e-15


def test_a_known_end_makes_the_steps_of_eight_bits_finer() -> None:
    facts = checked_facts(shown.eight_bits())
    assert (facts["plain"][1], facts["cut"][1]) == (0, pytest.approx(12 / 255))
    assert facts["plain"][-1] == 48
    assert facts["cut"][-1] == 6
    assert facts["finer"] == 8


def test_a_depthwise_layer_moves_much_for_little() -> None:
    facts = checked_facts(shown.traffic())
    assert facts["moved"] == [205_312, 462_848]
    assert facts["work"] == [903_168, 51_380_224]
    assert facts["intensity"] == pytest.approx([4.399, 111.009], abs=1e-3)
    assert facts["time"] == [32 * 205_312, 51_380_224]
    assert facts["time_times"] < facts["work_times"] / 5


def test_seven_steps_lead_from_b0_to_b7() -> None:
    facts = checked_facts(shown.compound_step())
    assert facts["one"] == pytest.approx(1.92027)
    assert facts["cost"][7] == pytest.approx(1.92027**7)
    assert facts["n_steps"] == pytest.approx(7, abs=0.1)


def test_a_bank_of_eight_directions_has_rank_two() -> None:
    facts = checked_facts(shown.bank_ranks())
    assert facts["oriented"] == pytest.approx([0.5**0.5, 0, 0, 0], abs=1e-7)
    assert facts["isotropic"] == pytest.approx([0, 0, 0, 0], abs=1e-7)
    assert facts["squares"] == pytest.approx(4)
    assert np.diff(facts["random"]).max() < 0
