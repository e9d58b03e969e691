"""The module's figures and worked examples show what inception modules are and cost.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import pytest
from matplotlib.patches import PathPatch

from artists import bars, curves
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import inception as shown
from drawings import drawings

BLUE, ORANGE, GREEN, VIOLET = (MARKER[f"accent-{k}"] for k in (1, 2, 3, 5))
NAMES = ["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"]


def test_the_network_is_22_layers_deep_and_has_58_with_its_branches() -> None:
    facts = checked_facts(shown.to_scale().facts)
    assert facts["n_modules"] == 9
    assert facts["sides"] == [112, 56, 28, 14, 7]
    assert facts["maps"] == [64, 1024]
    assert facts["depth"] == 22
    assert facts["n_weight_layers"] == 3 + 9 * 6 + 1


def test_a_module_has_four_lanes_between_its_input_and_what_it_gives() -> None:
    drawing = shown.module_plan()
    facts = checked_facts(drawing.facts)
    assert (facts["c_in"], facts["c_out"]) == (192, 64 + 128 + 32 + 32)
    assert facts["given"] == [64, 128, 32, 32]
    words = [text.get_text() for text in drawing.figure.axes[0].texts]
    assert [words.count(told) for told in ("1×1", "3×3", "5×5", "3×3 max")] == [4, 1, 1, 1]


@pytest.mark.parametrize("place", range(9))
def test_ribbons_are_as_high_as_their_channels_and_fill_the_output(place: int) -> None:
    drawing = drawings("inception.module_ribbons")[place]
    facts = checked_facts(drawing.facts)
    (ax,) = drawing.figure.axes
    ends = [bars(ax, colour) for colour in (BLUE, ORANGE, VIOLET, GREEN)]
    right = [max(boxes, key=lambda box: box.get_x()) for boxes in ends]
    scale = sum(box.get_height() for box in right) / facts["c_out"]
    assert [box.get_height() / scale for box in right] == pytest.approx(facts["given"])
    tops = [box.get_y() + box.get_height() for box in right]
    assert tops[1:] == pytest.approx([box.get_y() for box in right[:-1]])  # one on another
    narrow = [min(boxes, key=lambda box: box.get_height()).get_height() for boxes in ends[1:3]]
    assert [height / scale for height in narrow] == pytest.approx(facts["reduced"])
    assert sum(isinstance(patch, PathPatch) for patch in ax.patches) == 4 + 2 + 4


def test_the_large_kernels_are_kept_narrow_and_cost_little() -> None:
    every = [checked_facts(frame.facts) for frame in drawings("inception.module_ribbons")]
    assert [facts["module"] for facts in every] == NAMES
    first = every[0]
    assert first["work"] == pytest.approx([9.633792, 101.154816, 12.443648, 4.816896], rel=1e-4)
    assert first["total"] == pytest.approx(128.049152)
    assert first["naive"] == pytest.approx(303.464448)
    for facts in every:
        assert facts["shares"][1] == max(facts["shares"]) > 0.5
        assert facts["shares"][2] < 0.25
        assert facts["five_share_naive"] > 1.5 * facts["shares"][2]


def test_every_module_costs_a_quarter_to_a_half_of_its_naive_one() -> None:
    drawing = shown.bottleneck_costs()
    facts = checked_facts(drawing.facts)
    expected = [2.37, 2.81, 4.17, 4.31, 4.05, 3.64, 3.86, 5.06, 4.06]
    assert facts["ratios"] == pytest.approx(expected, abs=0.005)
    assert facts["most_at"] == "5a"
    assert (facts["total"], facts["naive_total"]) == pytest.approx((1103.97, 3881.21), abs=0.01)
    (ax,) = drawing.figure.axes
    naive, reduced = ([bar.get_height() for bar in bars(ax, c)] for c in (ORANGE, BLUE))
    assert [a / b for a, b in zip(naive, reduced, strict=True)] == pytest.approx(facts["ratios"])


def test_a_bottleneck_saves_below_break_even_and_loses_what_is_not_redundant() -> None:
    frames = [checked_facts(frame.facts) for frame in drawings("inception.bottleneck_width")]
    assert [facts["width"] for facts in frames] == [8, *range(16, 257, 16)]
    for facts in frames:
        assert facts["weights"] == 4_864 * facts["width"]
        assert (facts["ratio"] > 1) == (facts["width"] < 242.5)
        assert facts["redundant"] <= facts["flat"]
    flat = {facts["width"]: facts["flat"] for facts in frames}
    redundant = {facts["width"]: facts["redundant"] for facts in frames}
    assert 0.6 < flat[128] < 0.75
    assert redundant[32] < 0.2
    assert flat[32] > 0.9
    assert flat[256] == redundant[256] == 0


def test_the_line_of_weights_crosses_the_direct_layer_at_break_even() -> None:
    left = shown.bottleneck_width().figure.axes[0]
    (line,) = curves(left, BLUE)
    (x0, y0), *_, (x1, y1) = line
    direct = 9 * 256 * 512
    assert (direct / 1000 - y0) / (y1 - y0) * (x1 - x0) == pytest.approx(242.5, abs=0.05)


def test_no_size_of_kernel_is_best_for_all_discs() -> None:
    facts = checked_facts(shown.multi_scale().facts)
    assert facts["winners"] == sorted(facts["winners"])
    assert set(facts["winners"]) == {3, 5, 7, 11}
    winners = dict(zip(facts["radii"], facts["winners"], strict=True))
    assert [winners[r] for r in (0.5, 1, 1.5, 3)] == [3, 5, 7, 11]
    best = dict(zip(facts["radii"], facts["best"], strict=True))
    assert [best[r] for r in (0.5, 1, 1.5, 3)] == pytest.approx([0.88, 1.72, 2.39, 4.11], abs=0.01)


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_all_discs_of_the_scene_are_found_whatever_the_noise(seed: int) -> None:
    facts = checked_facts(shown.multi_scale(seed=seed).facts)
    assert facts["n_found"] >= facts["n_right"] == facts["n_discs"] == 12
    assert facts["n_kernels"] == 4


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_heads_help_early_layers_only_from_a_poor_start(seed: int) -> None:
    facts = checked_facts(shown.auxiliary_gradients(seed=seed).facts)
    assert facts["poor_gain"] > 5
    assert 0.8 < facts["good_gain"] < 2
    assert facts["poor_fall"] > 200
    assert facts["heads"] == [9, 15]


def test_behind_the_last_head_nothing_changes() -> None:
    for ax in shown.auxiliary_gradients().figure.axes:
        (aided,), (plain,) = curves(ax, BLUE), curves(ax, ORANGE)
        assert aided[15:, 1] == pytest.approx(plain[15:, 1])
        assert (aided[:9, 1] != plain[:9, 1]).all()


def test_the_thumbnail_joins_four_ribbons() -> None:
    drawing = shown.thumbnail()
    (ax,) = drawing.figure.axes
    assert sum(isinstance(patch, PathPatch) for patch in ax.patches) == 10
    assert checked_facts(drawing.facts) == {"c_in": 192, "c_out": 256}


def test_the_modules_add_up_as_in_the_paper() -> None:
    facts = checked_facts(shown.modules())
    assert facts["names"] == NAMES
    assert facts["c_in"] == [192, 256, 480, 512, 512, 512, 528, 832, 832]
    assert facts["c_out"] == [256, 480, 512, 512, 512, 528, 832, 832, 1024]
    assert facts["total"] == 5_849_136
    assert facts["naive"][7] == 258_306_048
    assert facts["fields"] == [59, 91, 171, 235, 299, 363, 427, 587, 715]
    assert facts["n_layers"] == 9 * facts["per_module"] == 54
    # As the page says: the share of large kernels does not grow with depth.
    assert (facts["large_shares"][0], facts["large_shares"][8]) == (160 / 256, 512 / 1024)


def test_a_pixel_is_mapped_by_hand() -> None:
    facts = checked_facts(shown.one_pixel())
    assert facts["y_left"] == [3 - 1 + 4 + 1, 1.5 - 2]
    assert facts["y_right"] == [0 - 2 + 8 + 1, 0 - 4]
    assert facts["rectified_right"] == [7, 0]
    assert (facts["parameters"], facts["as_three"]) == (8, 56)


def test_compression_saves_nearly_four_times() -> None:
    facts = checked_facts(shown.compression())
    assert (facts["direct"], facts["both"]) == (1_179_648, 16_384 + 294_912)
    assert facts["ratio"] == pytest.approx(3.789, abs=0.001)
    assert (facts["direct_work"], facts["both_work"]) == (924_844_032, 244_056_064)
    assert facts["as_often_said"] == 4


def test_at_256_the_bottleneck_costs_more_than_the_layer() -> None:
    facts = checked_facts(shown.breakeven())
    assert facts["width"] == pytest.approx(1_179_648 / 4_864)
    assert facts["weights"][-1] == 1_245_184 > facts["direct"]
    assert facts["weights"][3] < facts["direct"] < facts["weights"][4]


def test_module_3a_is_counted_by_hand() -> None:
    facts = checked_facts(shown.module_3a())
    assert (facts["pointwise"], facts["large_three"], facts["large_five"]) == (
        39_936, 110_592, 12_800)  # fmt: skip
    assert facts["weights"] == 163_328
    assert (facts["biases"], facts["parameters"]) == (368, 163_696)
    assert (facts["naive"], facts["naive_out"]) == (387_072, 416)
    assert facts["naive_work"] == 303_464_448


def test_the_network_has_seven_million() -> None:
    facts = checked_facts(shown.total())
    assert facts["parameters"] == [124_416, 5_849_136, 1_025_000]
    assert facts["stem"] == [9_472, 4_160, 110_784]
    assert facts["stem_work"] == [118_013_952, 12_845_056, 346_816_512]
    assert (facts["total"], facts["total_work"]) == (6_998_552, 1_582_671_872)
    assert facts["vgg_head"] == 123_642_856
    assert facts["dense_head"] == 7 * 7 * 1024 * 4096 + 4096
    assert facts["naive_widths"][-1] == 4944


def test_rounding_up_gives_the_sizes_of_the_paper() -> None:
    facts = checked_facts(shown.rounding())
    assert facts["up"] == [112, 56, 28, 14, 7]
    assert facts["down"] == [112, 55, 27, 13, 6]


def test_auxiliary_heads_are_nearly_half_of_what_is_trained() -> None:
    facts = checked_facts(shown.auxiliary())
    assert facts["parameters"] == [3_188_840, 3_190_888]
    assert (facts["side"], facts["pooled"], facts["inputs"]) == (14, 4, 2048)
    assert facts["conv"] == [513 * 128, 529 * 128]
    assert facts["dense"] == [2049 * 1024, 1025 * 1000]
    assert facts["loss"] == pytest.approx(2.1 + 0.3 * 5.4)
    assert facts["total"] == 6_998_552 + 3_188_840 + 3_190_888


def test_a_row_and_a_column_save_and_make_kernels_of_rank_one() -> None:
    facts = checked_facts(shown.factorization())
    assert facts["saved"] == pytest.approx([1 / 3, 3 / 5, 5 / 7])
    assert facts["stack"] == [9, 18, 27]
    assert dict(zip(facts["names"], facts["ranks"], strict=True)) == {
        "box": 1, "Sobel x": 1, "identity": 1, "Laplacian": 2, "sharpen": 2}  # fmt: skip


def test_the_budget_is_a_tenth_of_vgg() -> None:
    facts = checked_facts(shown.budget())
    assert facts["alexnet_times"] == pytest.approx(60_965_224 / 6_998_552)
    assert facts["vgg_work_times"] == pytest.approx(15_470_264_320 / 1_582_671_872)
    assert facts["vgg_times"] == pytest.approx(138_357_544 / 6_998_552)


def test_the_port_has_other_numbers() -> None:
    facts = checked_facts(shown.port())
    assert (facts["parameters"], facts["with_heads"]) == (6_624_904, 13_004_888)
