"""The module's figures and worked examples show what VGG is, costs and sees.

What is expected was counted by hand from table 1 of the paper, or stands in it.
"""

import math
from functools import cache

import numpy as np
import pytest
from matplotlib.collections import PolyCollection
from matplotlib.patches import Circle

from dlcv_viz.draw.marks import scientific
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import vgg as shown
from dlcv_viz.registry import Drawing

PARAMETERS = [132_863_336, 133_047_848, 133_638_952, 138_357_544, 143_667_240]


@cache
def field(n: int) -> Drawing:
    """Draw a stack once for all tests that ask about it."""
    return shown.effective_field(n=n)


@cache
def compared(seed: int = 0) -> Drawing:
    """Compare the textures once for all tests that ask about it."""
    return shown.texture_distances(seed=seed)


def test_sides_halve_while_maps_double_up_to_512() -> None:
    facts = checked_facts(shown.to_scale().facts)
    assert facts["sides"] == [224, 112, 56, 28, 14]
    assert facts["maps"] == [64, 128, 256, 512, 512]
    assert facts["units"] == [4096, 4096, 1000]
    assert (facts["convolutions"], facts["last_side"]) == (13, 7)


def test_all_columns_have_a_cell_for_each_layer_with_weights() -> None:
    drawing = shown.configurations()
    (ax,) = drawing.figure.axes
    columns = [c for c in ax.collections if isinstance(c, PolyCollection)]
    assert [len(column.get_paths()) for column in columns] == [11, 13, 16, 16, 19]
    assert sum(text.get_text().startswith("1×1") for text in ax.texts) == 3  # all of them C's


def test_what_is_new_in_a_column_is_bold() -> None:
    (ax,) = shown.configurations().figure.axes
    cells = [
        text for text in ax.texts if text.get_text()[-1] in "kM" and text.get_position()[1] > 40
    ]
    new = [text.get_text() for text in cells if text.get_fontweight() == "bold"]
    assert new == [
        *("36.9 k", "148 k"),  # B
        *("1×1: 65.8 k", "1×1: 263 k", "1×1: 263 k"),  # C
        *("590 k", "2.36 M", "2.36 M"),  # D
        *("590 k", "2.36 M", "2.36 M"),  # E
    ]


def test_blocks_stand_at_one_height_in_all_columns() -> None:
    (ax,) = shown.configurations().figure.axes
    tops = [
        {round(path.get_extents().y1, 6) for path in column.get_paths()}
        for column in ax.collections
        if isinstance(column, PolyCollection)
    ]
    assert all(column < tops[-1] for column in tops[:-1])  # E has a cell at each place


def test_depth_hardly_changes_the_total_but_more_than_doubles_the_work() -> None:
    facts = checked_facts(shown.configurations().facts)
    assert facts["parameters"] == PARAMETERS
    assert max(PARAMETERS) / min(PARAMETERS) < 1.1
    assert facts["work_times"] > 2.5
    assert min(facts["head_shares"]) > 0.86


def test_the_head_holds_most_and_the_blocks_do_nearly_all() -> None:
    facts = checked_facts(shown.who_spends().facts)
    assert facts["names"] == [*(f"block {n}" for n in range(1, 6)), "fc6", "fc7", "fc8"]
    assert facts["parameters"][5] == pytest.approx(102_764_544 / 138_357_544)
    assert facts["block_multiply_adds"] == pytest.approx(15_346_630_656 / 15_470_264_320)
    assert [sum(facts["parameters"]), sum(facts["multiply_adds"])] == pytest.approx([1, 1])


def test_the_cone_counts_the_paths_of_three_layers() -> None:
    drawing = shown.paths()
    facts = checked_facts(drawing.facts)
    assert facts["counts"] == [1, 3, 6, 7, 6, 3, 1]
    assert facts["paths"] == 3**3
    numbers = [int(t.get_text()) for t in drawing.figure.axes[0].texts if t.get_text().isdigit()]
    assert sum(numbers) == 27 + 9 + 3 + 1  # in each row, all paths down to it


@pytest.mark.parametrize("n", [1, 5, 12])
def test_the_ring_has_twice_the_effective_width_as_its_radius(n: int) -> None:
    drawing = field(n)
    (ax,) = drawing.figure.axes
    radii = {c.radius for c in ax.patches if isinstance(c, Circle)}
    left, right, *_ = ax.images[0].get_extent()
    pixel = (right - left) / (2 * n + 1)
    assert [radius / pixel for radius in radii] == pytest.approx([2 * math.sqrt(2 * n / 3)])


def test_a_small_ring_holds_most_of_a_deep_stack_with_equal_and_with_random_taps() -> None:
    facts = checked_facts(field(12).facts)
    assert facts["field"] == 25
    assert facts["ring_area"] < 0.17
    # Two deviations of a normal distribution in the plane hold 1 - exp(-2).
    assert facts["ring_share"] == pytest.approx(1 - math.exp(-2), abs=0.03)
    assert facts["random_share"] == pytest.approx(facts["ring_share"], abs=0.06)
    assert facts["random_width"] == pytest.approx(math.sqrt(8), rel=0.1)


def test_the_ring_takes_a_smaller_part_of_the_field_with_every_layer() -> None:
    areas = [float(checked_facts(field(n).facts)["ring_area"]) for n in (1, 5, 12)]
    assert areas == sorted(areas, reverse=True)


def test_a_corner_of_a_deep_field_counts_for_next_to_nothing() -> None:
    (left, right) = (field(12).figure.axes[0].images[k].get_array() for k in (0, 1))
    for shares in (np.asarray(left), np.asarray(right)):
        assert shares.sum() == pytest.approx(1)
        assert shares[0, 0] < 1e-6 * shares.max()


def test_the_saving_grows_with_the_field() -> None:
    facts = checked_facts(shown.small_kernels().facts)
    assert facts["stack"] == [9, 18, 27, 36, 45, 54, 63]
    assert facts["single"] == [9, 25, 49, 81, 121, 169, 225]
    assert facts["saved"] == pytest.approx([0, 7 / 25, 22 / 49, 5 / 9, 76 / 121, 115 / 169, 0.72])
    left, right = (ax.lines for ax in shown.small_kernels().figure.axes)
    assert [len(left), len(right)] == [2, 1]
    assert np.asarray(right[0].get_ydata()) == pytest.approx(np.array(facts["saved"]))


def test_gram_matrices_tell_textures_apart_and_pixels_do_not() -> None:
    facts = checked_facts(compared().facts)
    assert facts["n"] == 15
    assert facts["gram"] == 1
    assert facts["pixel"] < 0.7
    assert facts["times"] > 20
    assert facts["pixel_times"] < 2


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_is_no_luck_of_the_kernels(seed: int) -> None:
    assert checked_facts(compared(seed).facts)["gram"] == 1


def test_the_thumbnail_is_a_cone_of_three_layers() -> None:
    drawing = shown.thumbnail()
    assert checked_facts(drawing.facts)["widths"] == [7, 5, 3, 1]
    cells = [c for c in drawing.figure.axes[0].collections if isinstance(c, PolyCollection)]
    assert [len(row.get_paths()) for row in cells] == [7, 5, 3, 1]


def test_the_five_networks_are_those_of_table_1() -> None:
    facts = checked_facts(shown.five_networks())
    assert facts["convs"] == ["1-1-2-2-2", "2-2-2-2-2", "2-2-3-3-3", "2-2-3-3-3", "2-2-4-4-4"]
    assert facts["layers"] == [11, 13, 16, 16, 19]
    assert facts["parameters"] == PARAMETERS
    assert facts["work"] == pytest.approx([7.609, 11.308, 11.771, 15.470, 19.632], abs=5e-4)
    assert facts["head"] == 123_642_856


def test_the_budget_of_vgg_16_is_memory_here_and_work_there() -> None:
    facts = checked_facts(shown.budget())
    assert facts["convolutions"] + facts["head"] == 138_357_544
    assert (facts["convolutions"], facts["fc6"]) == (14_714_688, 102_764_544)
    assert facts["work_share"] == pytest.approx(0.992, abs=5e-4)
    assert facts["most"] == 224**2 * 64 * 64 * 9
    assert [facts[f"n_{name}"] for name in ("most", "half", "quarter")] == [6, 3, 3]
    assert facts["block_giga"] == pytest.approx([1.94, 2.77, 4.62, 4.62, 1.39], abs=0.006)
    assert facts["activations"] == 13_556_712


def test_two_small_kernels_save_28_percent_and_three_45() -> None:
    five, seven = checked_facts(shown.five_by_five()), checked_facts(shown.seven_by_seven())
    assert (five["one"], five["many"], five["field"]) == (1_638_400, 1_179_648, 5)
    assert (seven["one"], seven["many"], seven["field"]) == (3_211_264, 1_769_472, 7)
    assert (five["saved"], seven["saved"]) == (pytest.approx(0.28), pytest.approx(22 / 49))
    assert seven["more"] == pytest.approx(22 / 27)
    assert (five["free"], seven["free"]) == (17, 25)


def test_the_first_pair_of_b_costs_more_than_a_5x5_and_only_the_last_saves_28_percent() -> None:
    facts = checked_facts(shown.first_pairs())
    assert facts["stacks"] == [38_592, 221_184, 884_736, 3_538_944, 4_718_592]
    assert facts["singles"] == [4_800, 204_800, 819_200, 3_276_800, 6_553_600]
    assert facts["times"] == pytest.approx([8.04, 1.08, 1.08, 1.08, 0.72])
    assert facts["saved"] == pytest.approx(1 - 9_402_048 / 10_859_200)
    places = [side**2 for side in (224, 112, 56, 28, 14)]
    work = [
        sum(n * weights for n, weights in zip(places, facts[name], strict=True))
        for name in ("stacks", "singles")
    ]
    assert facts["more_work"] == pytest.approx(work[0] / work[1] - 1)
    assert facts["more_work"] > 0.2


def test_block_3_is_counted_layer_by_layer() -> None:
    facts = checked_facts(shown.block3())
    assert facts["counts"] == [295_168, 590_080, 590_080]
    assert facts["read"] == [128, 256, 256]
    assert (facts["total"], facts["total_work"]) == (1_475_328, 4_624_220_160)
    assert facts["without_depth"] == 9 * 256 + 256


def test_a_global_average_takes_nine_tenths_of_the_parameters_away() -> None:
    facts = checked_facts(shown.head_swap())
    assert (facts["new_head"], facts["total"]) == (513_000, 15_227_688)
    assert facts["saved"] == pytest.approx(0.89, abs=5e-4)
    assert facts["saved_work"] < 0.01


def test_the_field_is_walked_to_212_pixels() -> None:
    facts = checked_facts(shown.field_walk())
    assert facts["after"] == [6, 16, 44, 100, 212]
    assert facts["jumps"] == [1, 2, 4, 8, 16]
    assert facts["added"] == [4, 8, 24, 48, 96]
    assert facts["pooled"] == facts["jumps"]
    assert (facts["last_jump"], facts["fc6"], facts["strideless"]) == (32, 404, 27)


def test_four_times_the_depth_is_twice_the_effective_width() -> None:
    facts = checked_facts(shown.effective())
    assert facts["fields"][2] == 19
    assert facts["widths"][2] == pytest.approx(math.sqrt(6))
    assert facts["parts"][2] == pytest.approx(4 * math.sqrt(6) / 19)
    assert facts["wider"] == pytest.approx(2)
    assert facts["further"] == pytest.approx(73 / 19)
    # Two or three convolutions and a pooling at each jump.
    squares = sum((n * 2 / 3 + 1 / 4) * 4**k for k, n in enumerate((2, 2, 3, 3, 3)))
    assert facts["deep_width"] == pytest.approx(math.sqrt(squares))


def test_36_answers_cost_a_tenth_of_36_crops() -> None:
    facts = checked_facts(shown.dense_pass())
    assert (facts["map_side"], facts["n_places"], facts["jump"]) == (12, 36, 32)
    convolutions, head = 15_346_630_656, 123_633_664
    # Convolutions with same padding do work in proportion to the area.
    assert facts["once"] * 1e9 == pytest.approx(convolutions * (384 / 224) ** 2 + 36 * head)
    assert facts["times"] > 10


def test_the_deeper_network_loses_more_of_its_signal() -> None:
    facts = checked_facts(shown.start())
    assert facts["convolutions"] == [8, 16]
    steps = {"A": [576, 1152, 2304, 2304, 4608, 4608, 4608]}
    steps["E"] = [576, 576, 1152, 1152, *[2304] * 4, *[4608] * 7]
    for name, deviation in (("small", 0.01), ("literal", 0.1)):
        kept = [math.prod(deviation * math.sqrt(n / 2) for n in fans) for fans in steps.values()]
        assert facts[name] == [scientific(size) for size in kept]
    assert facts["times_less"] > 1000
    assert facts["factor"] == pytest.approx(0.48)
    assert facts["equal_factor"] == pytest.approx(math.sqrt(0.5))
