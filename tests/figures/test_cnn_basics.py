"""The module's figures and worked examples show how networks are put together and counted.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from functools import cache
from math import log

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Rectangle

from artists import frames
from dlcv_viz.data.line_drawing import PLUS, SQUARE
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import cnn_basics as shown
from dlcv_viz.registry import Drawing

BLUE, ORANGE = (MARKER[f"accent-{k}"] for k in (1, 2))
# By hand: (9 · in + 1) · out, 9 · in · out · side², and 1 + 2 · jump or + 1 · jump.
PARAMETERS = [896, 0, 18_496, 0, 73_856, 0, 295_168, 0, 131_200, 1290]
WORK = [884_736, 0, 4_718_592, 0, 4_718_592, 0, 4_718_592, 0, 131_072, 1280]
GIVEN = [32_768, 8192, 16_384, 4096, 8192, 2048, 4096, 1024, 128, 10]
FIELDS = [3, 4, 8, 10, 18, 22, 38, 46, 62, 62]


@cache
def training(seed: int) -> Drawing:
    """Train once for all tests that ask about it."""
    return shown.tiny_training(seed=seed)


def bars(ax: Axes) -> list[BarContainer]:
    return [found for found in ax.containers if isinstance(found, BarContainer)]


def test_the_two_forms_differ_in_how_they_narrow_and_how_they_end() -> None:
    facts = checked_facts(shown.templates().facts)
    assert (facts["classic_pools"], facts["classic_strided"], facts["classic_dense"]) == (5, 0, 3)
    assert (facts["modern_pools"], facts["modern_strided"], facts["modern_dense"]) == (1, 4, 1)
    assert (facts["classic_reads"], facts["modern_reads"]) == (512 * 7 * 7, 512)
    assert facts["classic_dense_share"] == pytest.approx(123_642_856 / 138_357_544)
    assert facts["modern_dense_share"] == pytest.approx(513_000 / 11_689_512)


def test_the_reference_network_is_a_funnel() -> None:
    facts = checked_facts(shown.funnel().facts)
    assert facts["sides"] == [32, 32, 16, 16, 8, 8, 4, 4, 2]
    assert facts["maps"] == [3, 32, 32, 64, 64, 128, 128, 256, 256]
    assert facts["units"] == [128, 10]


def test_maps_shrink_multiply_and_answer_to_different_parts() -> None:
    drawing = shown.forward_maps()
    facts = checked_facts(drawing.facts)
    assert facts["sides"] == [32, 16, 16, 8]
    assert facts["maps"] == [4, 4, 8, 8]
    assert facts["numbers"] == [1024, 4096, 1024, 2048, 512]
    first, last = (edge // 4 for edge in SQUARE)
    corners = [8 * i + j for i in (first, last) for j in (first, last)]
    assert facts["strongest"][:5] == [*corners, 8 * (PLUS[0] // 4) + PLUS[1] // 4]
    assert facts["is_on"][:5] == [1] * 5  # as the page says: one unit for each
    (ax,) = drawing.figure.axes
    assert len(ax.images) == 1 + 4 + 4 + 8 + 8


def test_the_frame_on_the_drawing_is_what_the_unit_of_the_crossing_sees() -> None:
    drawing = shown.forward_maps()
    (ax,) = drawing.figure.axes
    left, right, _, top = ax.images[0].get_extent()
    pixel = (right - left) / 32
    seen = max(frames(ax, ORANGE), key=Rectangle.get_width)
    assert seen.get_width() / pixel == pytest.approx(10)
    assert (seen.get_x() - left) / pixel == pytest.approx(1.5 + 4 * 2 - 4.5)
    assert (top - seen.get_y() - seen.get_height()) / pixel == pytest.approx(1.5 + 4 * 5 - 4.5)


@pytest.mark.parametrize("layer", shown.LAYERS)
def test_the_tint_is_the_field_on_the_picture_and_mostly_in_its_middle(
    layer: shown.LayerName,
) -> None:
    drawing = shown.receptive_field(layer=layer)
    facts = checked_facts(drawing.facts)
    assert facts["field"] == [1, *FIELDS[:9]][shown.LAYERS.index(layer)]
    reached = shown._reached(shown.LAYERS.index(layer))
    seen = np.flatnonzero(reached.sum(axis=0))
    # What is outside the picture cannot be reached.
    assert (seen[0], seen[-1]) == (max(facts["low"], 0), min(facts["high"], 31))
    # Up to conv1 all pixels count alike; by hand it is 16/9 of that behind pool1, then ever more.
    times = facts["inner_share"] / facts["inner_area"]
    assert times == pytest.approx(1) if layer in {"input", "conv1"} else times > 1.7


def test_strides_make_the_field_grow_faster() -> None:
    drawing = shown.receptive_field()
    facts = checked_facts(drawing.facts)
    assert facts["fields"] == [1, *FIELDS[:9]]
    assert facts["plain"] == [1, 3, 5, 7, 9, 11, 13, 15, 17, 19]
    assert facts["gains"] == [2, 4, 8, 16]
    lengths = [bar.patches[0].get_width() for bar in bars(drawing.figure.axes[1])]
    assert np.array(lengths) / lengths[0] == pytest.approx(facts["fields"])


def test_weights_are_late_activations_early_and_work_is_level() -> None:
    drawing = shown.layer_budget()
    facts = checked_facts(drawing.facts)
    assert facts["parameters"] == PARAMETERS
    assert facts["multiply_adds"] == WORK
    assert facts["activations"] == GIVEN
    assert facts["fields"] == FIELDS
    assert facts["late"] == pytest.approx((295_168 + 131_200) / 520_906)
    assert facts["early"] == pytest.approx((32_768 + 8192) / 76_938)
    for drawn, values in zip(
        bars(drawing.figure.axes[0]), (PARAMETERS, WORK, GIVEN, FIELDS), strict=True
    ):
        lengths = np.array([patch.get_width() for patch in drawn.patches])
        assert lengths / lengths.max() == pytest.approx(np.array(values) / max(values))


@pytest.mark.parametrize("seed", [0, 1])
def test_a_small_network_learns_the_signs_in_a_few_epochs(seed: int) -> None:
    facts = checked_facts(training(seed).facts)
    assert facts["accuracy"][0] < 0.5
    assert facts["accuracy"][-1] > 0.94
    assert 4 <= facts["passed"] <= 15  # "some ten times", says the page
    before, after = facts["agreement"]
    assert abs(before) < 0.15  # noise
    assert after > before + 0.1
    assert facts["losses"][-1] < 0.25 * log(3) < facts["losses"][0]
    assert facts["n_wrong"] == round(200 * (1 - facts["accuracy"][-1]))
    assert facts["parameters"] == 6 * 26 + 3 * (96 + 1)


def test_the_confusion_matrix_holds_every_test_picture() -> None:
    drawing = training(0)
    right = drawing.figure.axes[-1]
    numbers = [int(text.get_text()) for text in right.texts if text.get_text().isdigit()]
    assert len(numbers) == 9
    assert sum(numbers) == 200
    assert sum(numbers[::4]) == 200 - checked_facts(drawing.facts)["n_wrong"]


def test_the_first_layer_of_vgg_has_these_counts() -> None:
    facts = shown.first_layer()
    assert (facts["out"], facts["taps"], facts["parameters"]) == (224, 27, 1792)
    assert (facts["macs"], facts["flops"]) == (86_704_128, 173_408_256)
    assert (facts["outputs"], facts["each"], facts["wrong"]) == (3_211_264, 54, 89_915_392)
    assert facts["megabytes"] == pytest.approx(12.845056)
    assert facts["mebibytes"] == pytest.approx(12.25)


def test_the_rows_derived_by_formulas_are_those_of_the_ledger() -> None:
    facts = checked_facts(shown.every_row())
    assert facts["parameters"] == PARAMETERS[:8:2]
    assert facts["macs"] == WORK[:8:2]
    assert (facts["dense"], facts["dense_macs"]) == (PARAMETERS[8:], WORK[8:])
    assert (facts["total"], facts["total_macs"]) == (520_906, 15_172_864)
    assert (facts["head"], facts["gap"]) == (132_490, 2570)


def test_the_field_is_walked_as_by_hand() -> None:
    facts = checked_facts(shown.field_walk())
    assert facts["fields"] == FIELDS[:8]
    assert facts["jumps"] == [1, 2, 2, 4, 4, 8, 8, 16]
    assert facts["centres"] == [0, 0.5, 0.5, 1.5, 1.5, 3.5, 3.5, 7.5]
    assert (facts["second"], facts["dense"], facts["three"], facts["plain"]) == (23.5, 62, 7, 17)
    assert facts["wrong"] == 5


def test_the_softmax_step_is_that_of_the_curriculum() -> None:
    facts = checked_facts(shown.softmax_step())
    assert facts["p"] == pytest.approx([0.6590, 0.2424, 0.0986], abs=5e-5)
    assert [facts["loss"], facts["large_loss"]] == pytest.approx([0.4170] * 2, abs=5e-5)
    assert facts["gradient"] == pytest.approx([-0.3410, 0.2424, 0.0986], abs=5e-5)


def test_only_doubling_keeps_stages_level() -> None:
    facts = checked_facts(shown.widening())
    assert facts["double_millions"] == [37.748736] * 4  # 9 · 64² · 32²
    assert facts["ratios"] == [0.25, 1, 4]
    for name, ratio in zip(("same", "double", "fourfold"), facts["ratios"], strict=True):
        counted = np.array(facts[f"{name}_millions"])
        assert counted[1:] / counted[:-1] == pytest.approx([ratio] * 3)


def test_the_stages_of_resnet_18_are_nearly_level() -> None:
    facts = checked_facts(shown.real_stages())
    assert facts["sides"] == [56, 28, 14, 7]
    assert facts["channels"] == [64, 128, 256, 512]
    assert max(facts["millions"]) < 1.15 * min(facts["millions"])
    assert facts["walk"] == [224, 112, 56, 28, 14, 7]
    assert facts["total_stride"] == 32


def test_training_keeps_these_numbers() -> None:
    facts = checked_facts(shown.memory())
    assert facts["total"] == sum(GIVEN) == 76_938
    assert facts["kilobytes"] == pytest.approx(307.752)
    assert facts["state"] == pytest.approx(8.334496)
    assert facts["equal"] == pytest.approx(8_334_496 / 307_752)


def test_the_network_passes_the_checks_before_a_long_run() -> None:
    facts = checked_facts(shown.first_run())
    assert (facts["maps"], facts["features"], facts["logits"]) == ("8 × 8 × 6", 96, 3)
    assert facts["expected"] == pytest.approx(1.0986, abs=5e-5)
    assert facts["expected"] < facts["initial"] < 2 * facts["expected"]
    assert facts["by_heart"] < 0.01
    assert facts["exponent"] <= -7
