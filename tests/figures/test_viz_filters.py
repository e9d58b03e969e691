"""The module's figures and worked examples show what can be seen in a network, and what cannot.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from functools import cache

import numpy as np
import pytest

from artists import clouds, curves
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import viz_filters as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray

BLUE, ORANGE, GREEN = (MARKER[f"accent-{k}"] for k in (1, 2, 3))


@cache
def drawn(name: str) -> Drawing:
    """Draw a figure once for all tests that ask about it."""
    drawing: Drawing = getattr(shown, name)()
    return drawing


def images(drawing: Drawing) -> list[FloatArray]:
    """Return the numbers of all pictures and maps on the first panel."""
    return [np.asarray(image.get_array()) for image in drawing.figure.axes[0].images]


def test_one_network_is_asked_both_questions() -> None:
    drawing = drawn("two_questions")
    facts = checked_facts(drawing.facts)
    assert facts["accuracy"] > 0.97
    assert facts["share"] > 0.6
    assert min(facts["gains"]) > 3  # ascent found an input that the unit likes better
    shapes = [values.shape for values in images(drawing)]
    # For each of two units a kernel, four patches and an input; then a picture and three maps.
    assert shapes.count((5, 5)) == 2 * 5
    assert shapes.count((12, 12)) == 2
    assert shapes.count((12, 24)) == 4
    assert facts["n_parameters"] == 8 * 25 + 8 + 3 * 8 + 3


def test_a_unit_likes_patches_that_match_its_kernel() -> None:
    drawing = drawn("two_questions")
    small = [values for values in images(drawing) if values.shape == (5, 5)]
    for unit in (0, 1):
        kernel, *patches = small[5 * unit : 5 * unit + 5]
        matches = [float((kernel * patch).sum()) for patch in patches]
        assert min(matches) > 0.8 * np.linalg.norm(kernel)


def test_learnt_filters_have_orientations_and_random_ones_do_not() -> None:
    drawing = drawn("learned_filters")
    facts = checked_facts(drawing.facts)
    assert facts["learnt"] > 2 * facts["random"]
    assert facts["times"] == pytest.approx(facts["learnt"] / facts["random"])
    ax = drawing.figure.axes[1]
    (learnt,), (random,) = clouds(ax, BLUE), clouds(ax, ORANGE)
    assert len(learnt) == len(random) == facts["n_filters"] == 24
    assert learnt[:, 0].mean() == pytest.approx(facts["learnt"])


@pytest.mark.parametrize("seed", [1, 2])
def test_that_filters_have_orientations_is_no_luck_of_the_seed(seed: int) -> None:
    facts = checked_facts(shown.learned_filters(seed=seed).facts)
    assert facts["learnt"] > 2 * facts["random"]


def test_without_a_penalty_the_response_grows_for_ever_and_with_one_it_settles() -> None:
    drawing = drawn("preferred_input")
    facts = checked_facts(drawing.facts)
    assert facts["is_growing"]
    assert facts["ends"] == sorted(facts["ends"], reverse=True)
    assert facts["norms"] == sorted(facts["norms"], reverse=True)
    assert facts["share"] < 0.3
    curves = [np.asarray(line.get_xydata()) for line in drawing.figure.axes[1].lines]
    late = [curve[-1, 1] - curve[-11, 1] for curve in curves]
    early = [curve[40, 1] - curve[30, 1] for curve in curves]
    assert late[0] == pytest.approx(early[0], rel=0.1)  # a straight line
    assert late[3] < 0.1 * early[0]  # nearly level


def test_the_penalty_changes_the_length_and_hardly_the_pattern() -> None:
    patterns = [values.ravel() for values in images(drawn("preferred_input"))]
    assert len(patterns) == 4
    free, *held = [pattern / np.linalg.norm(pattern) for pattern in patterns]
    assert min(float(free @ other) for other in held) > 0.9


def test_all_four_begin_with_the_same_noise() -> None:
    begun = images(shown.preferred_input(step=0))
    assert all((values == begun[0]).all() for values in begun)


def test_maps_move_with_the_class_and_grad_cam_more_than_the_gradient() -> None:
    drawing = drawn("five_maps")
    facts = checked_facts(drawing.facts)
    gradient, occlusion, cam = 0, 3, 4
    for asked in ("left", "right"):
        assert facts[asked][cam] > 0.6
        assert facts[asked][occlusion] > 0.6
        assert facts[asked][cam] > facts[asked][gradient]
    maps = images(drawing)
    assert len(maps) == 1 + 3 * 5
    assert all(values.shape == (12, 24) and values.min() >= 0 for values in maps[1:])


def test_ascent_ends_where_the_closed_form_says_and_leaves_without_a_penalty() -> None:
    drawing = drawn("ascent_paths")
    facts = checked_facts(drawing.facts)
    assert facts["ends"][1:] == [10, 5]  # |w| / 2 λ
    assert facts["walked"][0] == pytest.approx(40 * 0.1 * 5)
    assert facts["walked"][1:] == pytest.approx([10 * (1 - 0.95**40), 5 * (1 - 0.9**40)])
    left, right = drawing.figure.axes
    low, high = left.get_ylim()
    ends = {colour: clouds(left, colour)[-1][-1] for colour in (BLUE, ORANGE, GREEN)}
    assert ends[BLUE][1] < low  # gone
    assert low < ends[GREEN][1] < high
    assert np.linalg.norm(ends[GREEN] - [3, -4]) < 0.2
    for colour in (BLUE, ORANGE, GREEN):
        (path,) = curves(right, colour)
        for t, length in clouds(right, colour)[0]:
            assert path[int(t), 1] == pytest.approx(length)


def test_the_slope_is_flat_at_the_picture_and_its_area_is_the_gain() -> None:
    facts = checked_facts(drawn("brightening").facts)
    assert facts["end"] > 0.95
    assert facts["start"] < 0.6
    assert facts["last"] < 0.2 * facts["steepest"]
    assert facts["area"] == pytest.approx(facts["gain"], abs=1e-3)
    assert abs(facts["coarse"] - facts["gain"]) > abs(facts["area"] - facts["gain"])


def test_grad_cam_follows_the_class_and_other_weights_are_at_chance() -> None:
    drawing = drawn("gradcam_two_objects")
    facts = checked_facts(drawing.facts)
    assert facts["trained"] > 0.6
    assert facts["mean"] == pytest.approx(0.5, abs=0.07)
    assert facts["trained"] > facts["head_mean"] + 0.1
    # One random network may look convincing: that is why many are asked.
    assert facts["highest"] - facts["lowest"] > 0.1
    marks = clouds(drawing.figure.axes[1], GREEN)[0]
    assert len(marks) == facts["n_redrawn"]
    assert marks[:, 1].max() == pytest.approx(facts["highest"])


def test_the_shortcut_is_hidden_by_the_accuracy_and_shown_by_the_map() -> None:
    drawing = drawn("shortcut")
    facts = checked_facts(drawing.facts)
    assert facts["with_mark"] > 0.97
    assert facts["recall"] < facts["without"] < facts["with_mark"] - 0.1
    assert facts["taken_in"] > 0.8
    assert facts["share"] > 2 * facts["area"]


def test_the_thumbnail_glows_on_what_was_asked_for() -> None:
    drawing = drawn("thumbnail")
    assert checked_facts(drawing.facts)["share"] > 0.6
    *_, heat = images(drawing)
    assert heat.argmax() % 24 < 12


def test_two_pixels_climb_to_their_weights() -> None:
    facts = checked_facts(shown.ascent_two_pixels())
    assert facts["x1"][:3] == pytest.approx([0, 0.3, 0.57])
    assert facts["x2"][:3] == pytest.approx([0, -0.4, -0.76])
    assert [facts["x1"][3], facts["x2"][3]] == pytest.approx([1.953965, -2.605286], abs=1e-6)
    assert (facts["best"], facts["most"]) == ([3, -4], 12.5)
    assert [facts["free_1"][4], facts["free_2"][4]] == pytest.approx([30, -40])
    assert facts["wrong"] == pytest.approx([0.6, -0.8])


def test_the_third_pixel_is_not_felt_until_its_unit_is_on() -> None:
    facts = checked_facts(shown.saliency_relu())
    assert (facts["z"], facts["mask"]) == ([0.5, -1], [1, 0])
    assert (facts["gradient"], facts["saliency"]) == ([2, -2, 0], [2, 2, 0])
    assert facts["linear"] == [2, -4, -1]
    assert (facts["score"], facts["grown_z"], facts["grown_score"]) == (1, 2, -1)


def test_three_masks_differ_in_two_units() -> None:
    facts = checked_facts(shown.three_masks())
    assert facts["gradient"] == [0.5, -0.4, 0, 0]
    assert facts["deconvnet"] == [0.5, 0, 0.7, 0]
    assert facts["guided"] == [0.5, 0, 0, 0]


def test_a_product_is_shared_evenly_from_zero_and_unevenly_from_elsewhere() -> None:
    facts = checked_facts(shown.ig_product())
    assert (facts["shares"], facts["sum"], facts["score"]) == ([3, 3], 6, 6)
    assert (facts["gradient"], facts["times_input_sum"]) == ([2, 3], 12)
    # From (1, 0) x1 moves by 2 at a mean x2 of 1, and x2 by 2 at a mean x1 of 2.
    assert facts["away_shares"] == [2, 4]


def test_grad_cam_by_hand_is_that_of_the_sheet() -> None:
    facts = checked_facts(shown.grad_cam_by_hand())
    assert facts["weights"] == pytest.approx([0.3, -0.1])
    assert facts["sum"] == pytest.approx([0.1, 0.6, -0.1, 0.8])
    assert facts["map"] == pytest.approx([0.1, 0.6, 0, 0.8])
    assert facts["wrong"] == pytest.approx([0.3, 0.6, 0, 0.9])


def test_cam_spreads_the_score_and_is_grad_cam_but_for_a_factor() -> None:
    facts, other = checked_facts(shown.cam_by_hand()), checked_facts(shown.grad_cam_by_hand())
    assert facts["score"] == pytest.approx(1.2 * 1.5 - 0.4)
    assert facts["mean"] == pytest.approx(facts["score"])
    assert facts["weights"] == pytest.approx(other["weights"])
    assert facts["map"] == pytest.approx(other["map"])
    assert facts["cam"] == pytest.approx([0.4, 2.4, -0.4, 3.2])


def test_grad_cam_of_vgg_16_is_fourteen_by_fourteen() -> None:
    facts = checked_facts(shown.grad_cam_shapes())
    assert (facts["maps"], facts["height"], facts["width"]) == (512, 14, 14)
    assert (facts["numbers"], facts["times"], facts["pooled"]) == (100_352, 16, 7)
    assert facts["field"] == 196


def test_what_has_the_picture_as_a_factor_outlives_the_weights() -> None:
    facts = checked_facts(shown.sanity_check())
    for column in ("head", "every"):
        kept = dict(zip(facts["method"], facts[column], strict=True))
        assert max(kept["Grad-CAM"], kept["gradient"]) < 0.4
        assert min(kept["gradient times input"], kept["integrated gradients"]) > 0.5
