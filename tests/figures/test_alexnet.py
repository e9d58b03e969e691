"""The module's figures and worked examples show what AlexNet is and does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest

from artists import curves, frames
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import alexnet as shown
from dlcv_viz.registry import Drawing

BLUE, ORANGE = (MARKER[f"accent-{k}"] for k in (1, 2))
FETCHED = {"conv3": 13 * 13 * 128, "fc6": 6 * 6 * 128, "fc7": 2048, "fc8": 2048}


@cache
def race(seed: int = 2) -> Drawing:
    """Train the three networks once for all tests that ask about them."""
    return shown.relu_vs_tanh_race(seed=seed)


@cache
def augmented() -> Drawing:
    """Draw the views once for both tests that ask about them."""
    return shown.augmentation()


def test_maps_shrink_and_grow_in_number_towards_the_dense_layers() -> None:
    facts = checked_facts(shown.to_scale().facts)
    assert facts["sides"] == [55, 27, 27, 13, 13, 13, 13, 6]
    assert facts["maps"] == [96, 96, 256, 256, 384, 384, 256, 256]
    assert facts["units"] == [4096, 4096, 1000]


@pytest.mark.parametrize(
    ("layer", "reads", "needs_other"),
    [("conv1", 3, False), ("conv2", 48, False), ("conv3", 256, True), ("conv4", 192, True),
     ("conv5", 192, True), ("fc6", 256, True), ("fc7", 4096, True), ("fc8", 4096, True)],
)  # fmt: skip
def test_the_stacks_are_strangers_up_to_conv2(
    layer: shown.LayerName, reads: int, *, needs_other: bool
) -> None:
    drawing = shown.two_gpu_map(layer=layer)
    facts = checked_facts(drawing.facts)
    assert (facts["reads"], facts["needs_other"]) == (reads, needs_other)
    assert facts["fetched"] == FETCHED.get(layer, 0)
    assert facts["crossing"] == list(FETCHED)
    (ax,) = drawing.figure.axes
    assert bool(curves(ax, ORANGE)) == needs_other
    assert bool(frames(ax, ORANGE)) == needs_other


def test_the_asked_half_and_what_lies_behind_it_on_its_card_are_marked() -> None:
    ax = shown.two_gpu_map(layer="conv4").figure.axes[0]
    (asked,) = frames(ax, MARKER["ink"])
    own, others = frames(ax, BLUE), frames(ax, ORANGE)
    assert len(own) == 6  # conv1 to conv4 with two poolings
    assert len(others) == 4  # up to pool2, which conv3 fetches
    assert max(box.get_x() for box in own) == pytest.approx(asked.get_x() + 2)
    assert min(box.get_y() for box in own) > max(box.get_y() + box.get_height() for box in others)


def test_what_is_drawn_between_maps_crosses_at_four_layers_both_ways() -> None:
    assert shown.thumbnail().facts["links"] == 2 * len(FETCHED)


@pytest.mark.parametrize("version", shown.VERSIONS)
def test_dense_layers_hold_the_weights_and_convolutions_do_the_work(version: shown.Version) -> None:
    facts = checked_facts(shown.params_vs_macs(version=version).facts)
    assert facts["conv_parameters"] < 0.05
    assert facts["conv_work"] > 0.91
    assert max(facts["held"]) == facts["fc6"] > 0.61
    assert facts["most_work"] == "conv2"
    assert [sum(facts["held"]), sum(facts["done"])] == pytest.approx([1, 1])


def test_relu_wins_the_race_and_the_sigmoid_does_not_start() -> None:
    facts = checked_facts(race().facts)
    relu, tanh, sigmoid = facts["first"]
    assert int(relu) < 150
    assert tanh == "none" or int(tanh) > 1.5 * int(relu)
    assert sigmoid == "none"
    assert facts["ends"][2] > 0.4


def test_that_relu_wins_is_no_luck_of_the_weights() -> None:
    facts = checked_facts(race(1).facts)
    relu, tanh, sigmoid = facts["first"]
    assert sigmoid == "none"
    assert tanh == "none" or int(tanh) > 1.3 * int(relu)


def test_on_spirals_that_wind_once_tanh_is_nearly_as_fast() -> None:
    relu, tanh = map(int, checked_facts(shown.easy_spirals())["first"])
    assert relu <= tanh < 1.6 * relu


def test_the_curves_end_where_the_reader_is_and_every_point_is_drawn() -> None:
    drawing = shown.relu_vs_tanh_race(step=40)
    race_ax, relu, _ = drawing.figure.axes
    (curve,) = curves(race_ax, BLUE)
    assert curve[-1].tolist() == [
        40,
        pytest.approx(checked_facts(drawing.facts)["errors"][0]),
    ]
    clouds = [len(np.asarray(c.get_offsets())) for c in relu.collections if c.get_gid() is None]
    assert sum(n for n in clouds if n > 10) == drawing.facts["n"]


def test_a_loud_map_quietens_its_neighbours_and_beyond_a_peak_itself() -> None:
    facts = checked_facts(shown.loud_neighbours().facts)
    # The loud map has two neighbours of 90 within its window, as has each of them.
    shared = (2 + 1e-4 * (250**2 + 2 * 90**2)) ** 0.75
    assert facts["loud_out"] == pytest.approx(250 / shared)
    assert facts["near_out"] == pytest.approx(90 / shared)
    assert facts["lone_out"] == pytest.approx(90 / (2 + 0.81) ** 0.75)
    assert facts["ratio_out"] < facts["ratio"] / 2
    assert facts["peaks"] == pytest.approx([200, np.sqrt(8000)])
    assert facts["at_600"] == pytest.approx(600 / 38**0.75)
    assert facts["at_600"] < facts["highest"] == pytest.approx(200 / 6**0.75)


def test_light_is_the_first_direction_and_warmth_the_second() -> None:
    facts = checked_facts(augmented().facts)
    assert facts["views"] == 2 * 81
    assert facts["share"] > 0.7
    assert min(facts["first"]) > 0.4  # all channels together
    red, _, blue = facts["second"]
    assert red * blue < 0 < abs(red * blue) - 0.2
    assert all(a > b for a, b in pairwise(facts["variances"]))


def test_there_are_nine_views_of_one_picture_and_two_shifts_for_each_direction() -> None:
    ax = augmented().figure.axes[0]
    whole, first = frames(ax, ORANGE)
    sides = [image.get_extent()[1] - image.get_extent()[0] for image in ax.images]
    assert [sides.count(128), sides.count(57), sides.count(76)] == [1, 9, 6]
    left, right, low, high = ax.images[0].get_extent()
    assert left <= whole.get_x() <= whole.get_x() + whole.get_width() <= right
    assert low <= whole.get_y() <= whole.get_y() + whole.get_height() <= high
    assert first.get_width() == 57


def test_both_versions_are_counted_by_kind() -> None:
    facts = checked_facts(shown.counts())
    assert facts["totals"] == [60_965_224, 61_100_840]
    assert facts["work"] == [724_406_816, 714_188_480]
    assert facts["conv"] == [2_334_080, 2_469_696]
    assert facts["dense"] == [58_631_144, 58_631_144]
    assert facts["conv_work"] == pytest.approx([0.919, 0.918], abs=5e-4)
    assert (facts["units"], facts["conv1_units"]) == (659_272, 290_400)
    assert (facts["field"], facts["whole"]) == (195, 355)
    assert facts["n_learned"] == 8


def test_the_walk_ends_at_six_and_224_does_not_come_out_even() -> None:
    facts = checked_facts(shown.sizes())
    assert facts["after"] == [55, 27, 27, 13, 13, 13, 13, 6]
    assert (facts["steps"], facts["rounded"], facts["padded"]) == (53.25, 54, 55)


def test_fc6_is_counted() -> None:
    facts = checked_facts(shown.fc6())
    assert (facts["inputs"], facts["weights"]) == (9216, 37_748_736)
    assert facts["total"] == 37_752_832
    assert facts["rest"] == [16_781_312, 4_097_000]
    assert facts["share"] == pytest.approx(0.619, abs=5e-4)


def test_a_group_saves_half_of_the_weights_and_of_the_work() -> None:
    facts = checked_facts(shown.groups())
    assert (facts["one"], facts["two"]) == (614_656, 307_456)
    assert facts["saved"] == facts["one"] - facts["two"] == 256 * 48 * 25
    assert facts["work_one"] == 2 * facts["work_two"] == 2 * 223_948_800


def test_without_dense_layers_a_twentieth_is_left() -> None:
    facts = checked_facts(shown.pooled_head())
    assert facts["head"] == 257_000
    assert facts["new"] == [2_591_080, 2_726_696]
    assert facts["saved"] == pytest.approx([0.957, 0.955], abs=6e-4)


def test_the_middle_of_five_maps_is_normalized_and_a_quiet_one_only_divided() -> None:
    facts = checked_facts(shown.five_maps())
    assert (facts["total"], facts["bracket"]) == (137_500, 15.75)
    assert facts["middle"] == pytest.approx(18.9728, abs=5e-5)
    assert facts["mistaken"] == pytest.approx(150 / (2 + 2.75) ** 0.75)
    assert facts["tiny_divisor"] == pytest.approx(2**0.75, rel=1e-3)


def test_views_are_counted_as_in_the_paper_and_with_both_ends() -> None:
    facts = checked_facts(shown.views())
    assert (facts["paper"], facts["counted"], facts["ten"]) == (2048, 2178, 10)


def test_the_strength_of_a_colour_shift_depends_on_the_unit_of_pixels() -> None:
    facts = checked_facts(shown.colour_units())
    assert facts["levels"] == pytest.approx(255 * facts["unit"])
    assert facts["root"] == pytest.approx(facts["unit"] / facts["root_variance"])
    assert facts["unit"] < facts["root"] < 20  # levels of 255
    assert facts["levels"] > 255


def test_the_two_forms_of_momentum_part_when_the_rate_falls() -> None:
    facts = checked_facts(shown.one_update())
    w, v, expected = 0.5, 0.0, []
    for rate in (0.01, 0.01, 0.01, 0.001, 0.001):
        v = 0.9 * v - 0.0005 * rate * w - rate * 2
        w += v
        expected.append(w)
    assert facts["w"] == pytest.approx(expected, rel=1e-14)
    assert facts["moves"][:3] == pytest.approx(facts["usual_moves"][:3])
    assert facts["times"] > 5
    # Per step 0.0005 · 0.01 / (1 − 0.9) of the weight is lost.
    assert facts["half_life"] == pytest.approx(np.log(2) / 5e-5, rel=0.001)
    assert facts["epoch"] == 9375


def test_groups_save_traffic_and_conv3_is_the_cheapest_place_to_cross() -> None:
    facts = checked_facts(shown.traffic())
    by_layer = dict(zip(facts["names"], facts["fetched"], strict=True))
    assert {name: n for name, n in by_layer.items() if n} == FETCHED
    always = dict(zip(facts["names"], facts["always"], strict=True))
    assert always["conv2"] == 27 * 27 * 48
    assert min(always[f"conv{k}"] for k in (2, 3, 4, 5)) == always["conv3"]
    assert always["conv2"] > 1.5 * always["conv3"]
    assert facts["total_always"] - facts["total"] == 27 * 27 * 48 + 2 * 13 * 13 * 192


def test_training_asks_for_about_one_million_million_operations_a_second() -> None:
    facts = checked_facts(shown.training_bill())
    assert facts["each"] == 3 * 724_406_816 - 105_415_200
    total = 2 * facts["each"] * 1.2e6 * 90
    assert facts["mantissa"] * 10 ** facts["exponent"] == pytest.approx(total)
    assert facts["tera"] == pytest.approx([total / 432e9 / 1e6, total / 518.4e9 / 1e6])
    assert 0.8 < facts["tera"][1] < facts["tera"][0] < 1.2
    assert facts["updates"] == 90 * 9375


def test_activations_of_a_batch_take_more_than_all_that_is_kept_of_parameters() -> None:
    facts = checked_facts(shown.memory())
    layers = 659_272 + 290_400 + 186_624  # and two normalizations
    pooled = 27 * 27 * 96 + 13 * 13 * 256 + 6 * 6 * 256
    assert facts["kept"] == layers + pooled
    assert facts["weights"] == pytest.approx(0.7316, abs=5e-5)
    assert facts["weights"] < facts["activations"] < facts["total"] < facts["room"]
