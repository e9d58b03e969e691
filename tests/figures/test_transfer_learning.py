"""The module's figures and worked examples show when reuse helps, and when it hurts.

What is expected was computed here or by hand, or stands in the curriculum.
"""

from functools import cache

import numpy as np
import pytest

from artists import bars, curves
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import transfer_learning as shown
from dlcv_viz.registry import Drawing

BLUE, ORANGE, GREEN = (MARKER[f"accent-{k}"] for k in (1, 2, 3))


@cache
def few_shot(seed: int = 0) -> Drawing:
    """Train once for all tests that ask about it."""
    return shown.few_shot_transfer_curve(seed=seed)


@cache
def shifts(seed: int = 0) -> Drawing:
    """Train once at every shift for all tests that ask about it."""
    return shown.domain_shift_slider(shift=0.5, seed=seed)


def test_the_body_is_copied_and_the_head_is_new() -> None:
    facts = checked_facts(shown.swap_head().facts)
    assert facts["body"] == 25_557_032 - 2_049_000 == 23_528_522 - 20_490
    assert (facts["old_head"], facts["head"]) == (2_049_000, 20_490)


def test_the_head_is_little_and_the_last_stage_is_most_of_a_network() -> None:
    drawing = shown.freeze_budget_map()
    facts = checked_facts(drawing.facts)
    assert facts["resnet"] == [20_490, 14_985_226, 23_528_522]
    assert facts["vgg"][::2] == [40_970, 134_301_514]
    assert facts["mobilenet"][::2] == [12_810, 2_236_682]
    for key in ("resnet", "vgg", "mobilenet"):
        assert facts[f"{key}_shares"][0] < 0.006
        assert facts[f"{key}_shares"][1] > 0.35
    assert facts["vgg_shares"][1] > 0.9
    # A head, the last stage with it, and everything: in three networks.
    parts = [len(facts[f"{key}_parts"]) for key in ("resnet", "vgg", "mobilenet")]
    assert parts == [6, 8, 10]
    trained = len(bars(drawing.figure.axes[0], ORANGE))
    assert trained == sum((1 + n + last) for n, last in zip(parts, (2, 4, 3), strict=True))


def test_the_source_teaches_strokes_and_few_pictures_do_not() -> None:
    drawing = shown.learned_strokes()
    facts = checked_facts(drawing.facts)
    assert facts["share"] > facts["scratch_share"] + 0.3
    assert facts["scratch_share"] > facts["chance"] == pytest.approx(0.08)
    assert len(drawing.figure.axes[0].images) == 8 + 2 * 18


def test_a_source_is_worth_most_when_there_is_least() -> None:
    drawing = few_shot()
    facts = checked_facts(drawing.facts)
    scratch, frozen, tuned = (np.array(facts[way]) for way in ("scratch", "frozen", "tuned"))
    lead = frozen - scratch
    assert lead[0] == lead.max() > 0.1
    assert (np.diff(lead) < 0).all()
    assert lead[-1] < lead[0] / 4
    assert frozen[-1] - frozen[-3] < scratch[-1] - scratch[-3]  # it levels off
    assert tuned == pytest.approx(frozen, abs=0.02)  # there is little to tune: the strokes fit
    assert frozen[1] > scratch[4]  # with a tenth of the pictures
    points = drawing.figure.axes[1]
    assert curves(points, ORANGE)[0][:, 1].tolist() == facts["scratch"]


@pytest.mark.parametrize("seed", [1, 2])
def test_with_two_pictures_transfer_wins_whatever_the_draw(seed: int) -> None:
    facts = checked_facts(few_shot(seed).facts)
    assert facts["frozen"][0] > facts["scratch"][0] + 0.1


def test_beyond_some_shift_a_frozen_body_is_worse_than_none() -> None:
    facts = checked_facts(shifts().facts)
    scratch, frozen, tuned = (
        np.array(facts[f"{way}_all"]) for way in ("scratch", "frozen", "tuned")
    )
    assert frozen[0] > scratch[0]
    assert frozen[-1] < scratch[-1] - 0.1
    assert frozen[-1] < tuned[-1]
    assert scratch[5] < min(scratch[0], scratch[-1])  # in the middle two pictures mix
    assert 0.3 <= facts["turns_at"] <= 0.8
    curve = curves(shifts().figure.axes[1], BLUE)[0]
    assert curve[:, 1].tolist() == facts["frozen_all"]


def test_negative_transfer_is_no_luck_of_the_draw() -> None:
    facts = checked_facts(shifts(seed=1).facts)
    assert facts["frozen_all"][-1] < facts["scratch_all"][-1] - 0.1


def test_early_layers_barely_move_and_the_triangle_peaks_at_a_tenth() -> None:
    drawing = shown.layer_learning_rates()
    facts = checked_facts(drawing.facts)
    assert facts["first"] == pytest.approx([1, 0.9**9, 0.7**9, 2.6**-9])
    assert facts["ratio"] == pytest.approx(32)
    (triangle,) = curves(drawing.figure.axes[1], BLUE)
    assert triangle[triangle[:, 1].argmax()].tolist() == [20, 1]


def test_only_label_and_concept_shift_move_the_best_rule() -> None:
    drawing = shown.three_shifts()
    facts = checked_facts(drawing.facts)
    errors, best = np.array(facts["errors"]), np.array(facts["best"])
    assert errors[0] == pytest.approx(0.1587, abs=2e-4)  # of the normal distribution beyond 1
    assert errors[:2] == pytest.approx(best[:2], rel=1e-12)
    assert (errors[2:] > best[2:] + 0.03).all()
    # A grid of 0.025 holds them: 2 x + log 9 = 0, and 2 x - 2 = 0.
    assert facts["rules"] == pytest.approx([0, 0, -np.log(9) / 2, 1], abs=0.026)
    assert facts["estimated_prior"] == pytest.approx(facts["prior"]) == pytest.approx(0.9)
    assert facts["called"] < 0.8
    # p(x) of source and concept shift is the same.
    first, last = (
        sum(curves(drawing.figure.axes[k], colour)[0][:, 1] for colour in (BLUE, ORANGE))
        for k in (0, 6)
    )
    assert first == pytest.approx(last)


def test_the_square_of_the_temperature_keeps_the_gradient() -> None:
    facts = checked_facts(shown.distillation_gradient().facts)
    assert facts["limit"] == pytest.approx(np.sqrt((4 / 3) ** 2 + 2 * (2 / 3) ** 2) / 3)
    assert facts["at_last"] == pytest.approx(facts["limit"], rel=0.05)
    assert facts["plain_last"] < facts["plain_at_one"] / 100


def test_the_thumbnail_has_one_new_block() -> None:
    (ax,) = shown.thumbnail().figure.axes
    assert len(bars(ax, ORANGE)) == 1
    assert len(bars(ax, BLUE)) == 4


def test_rates_fall_by_nine_steps_over_ten_layers() -> None:
    facts = checked_facts(shown.rates_by_layer())
    assert facts["rates"] == pytest.approx([0.387420489, 0.59049, 0.9, 1])
    assert facts["short_rates"] == pytest.approx([0.05690, 0.14793, 0.38462, 1], rel=1e-4)
    assert facts["gap"] == pytest.approx(17.576)


def test_heads_are_counted_from_features_and_classes() -> None:
    facts = checked_facts(shown.head_counts())
    assert facts["features"] == [512, 2048, 4096, 1280]
    assert facts["heads"] == [5_130, 20_490, 40_970, 12_810]
    assert facts["totals"] == [11_181_642, 23_528_522, 134_301_514, 2_236_682]


def test_other_frequencies_turn_the_decision() -> None:
    facts = checked_facts(shown.label_shift())
    assert facts["products"] == pytest.approx([0.16, 0.36])
    assert facts["corrected"] == pytest.approx([4 / 13, 9 / 13])


def test_weights_make_the_source_tell_the_risk_of_the_target() -> None:
    facts = checked_facts(shown.importance())
    assert facts["weights"] == pytest.approx([0.4, 1, 2.5])
    assert (facts["source_risk"], facts["risk"]) == (pytest.approx(0.35), pytest.approx(0.59))
    assert facts["effective"] == pytest.approx(1 / 1.63)


def test_only_the_joint_error_tells_moved_points_from_changed_labels() -> None:
    facts = checked_facts(shown.domain_gap())
    assert (facts["source_error"], facts["half"]) == (0, pytest.approx(0.3))
    assert facts["joint"] == pytest.approx([0, 0.5])
    assert facts["bound"] == pytest.approx([0.3, 0.8])
    assert facts["error"] == pytest.approx([0, 0.5])


def test_a_low_rank_change_is_two_percent() -> None:
    facts = checked_facts(shown.low_rank())
    assert (facts["full"], facts["added"]) == (589_824, 12_288)
    assert facts["share"] == pytest.approx(12_288 / 589_824)
    assert facts["break_even"] * 2 * 768 == facts["full"]


def test_the_teacher_pulls_as_computed_by_hand() -> None:
    facts = checked_facts(shown.distil())
    assert facts["teacher_soft"] == pytest.approx([0.7361, 0.1643, 0.0996], abs=5e-5)
    assert facts["student_soft"] == pytest.approx([0.5065, 0.3072, 0.1863], abs=5e-5)
    assert (facts["divergence"], facts["soft"]) == pytest.approx((0.1100, 0.4402), abs=6e-5)
    assert facts["gradient"] == pytest.approx([-0.4593, 0.2859, 0.1734], abs=5e-5)
    assert facts["hard"] == pytest.approx(-np.log(np.exp(2) / (np.exp(2) + np.e + 1)))
    assert facts["both"] == pytest.approx((facts["hard"] + facts["soft"]) / 2)


def test_one_picture_has_to_teach_twenty_weights_or_twenty_thousand() -> None:
    facts = checked_facts(shown.images_per_weight())
    assert (facts["head_each"], facts["total_each"]) == pytest.approx((20.49, 23_528.522))


def test_a_pull_to_the_start_leaves_alone_what_has_not_moved() -> None:
    facts = checked_facts(shown.pull_back())
    assert facts["penalty"] == pytest.approx(0.05 * 0.29 + 0.005 * 0.25)
    assert facts["back"] == pytest.approx([0.02, 0.05, 0])
    assert facts["to_zero"] == pytest.approx([0.12, -0.15, 0.05])


def test_a_random_head_sends_more_into_the_features_than_a_fitted_one() -> None:
    facts = checked_facts(shown.head_start())
    assert facts["ratio"] == pytest.approx(facts["random"] / facts["fitted"])
    assert facts["ratio"] > 1.5


def test_fifty_batches_overwrite_the_statistics() -> None:
    facts = checked_facts(shown.fading_statistics())
    assert facts["left"] == pytest.approx([0.9, 0.9**10, 0.9**50])
