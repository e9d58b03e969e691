"""The module's figures and worked examples show what regularization really does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from itertools import product
from math import exp

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import regularization as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray

SIX = 5e-7  # six decimals of the curriculum


def curve(ax: Axes, role: str) -> FloatArray:
    """Return the longest line of a colour."""
    every = [np.asarray(drawn.get_xydata()) for drawn in ax.lines]
    own = [xy for xy, d in zip(every, ax.lines, strict=True) if d.get_color() == MARKER[role]]
    return max(own, key=len)


def dots(ax: Axes, role: str) -> FloatArray:
    """Return the places of the points of a colour."""
    clouds = [c for c in ax.collections if isinstance(c, PathCollection)]
    own = [c for c in clouds if to_hex(np.asarray(c.get_facecolor())[0]) == MARKER[role]]
    return np.concatenate([np.asarray(c.get_offsets()) for c in own])


@pytest.fixture(scope="module")
def frames() -> list[Drawing]:
    return [shown.ridge_lambda_sweep(strength=strength) for strength in shown.STRENGTHS]


def test_a_penalty_trades_training_error_for_test_error_until_it_is_too_much() -> None:
    drawing = shown.overfit_vs_ridge()
    facts = drawing.facts
    assert facts["train"] == pytest.approx([0.0017, 0.0114, 0.1551], abs=5e-5)
    assert facts["test"] == pytest.approx([113.306, 0.0370, 0.5006], abs=5e-4)
    assert facts["df"] == pytest.approx([13, 10.08, 2.63], abs=5e-3)
    wild, fit = curve(drawing.figure.axes[0], "accent-1"), curve(drawing.figure.axes[1], "accent-2")
    assert np.abs(wild[:, 1]).max() > 20
    assert np.abs(fit[:, 1] - np.sin(np.pi * fit[:, 0])).max() < 0.6


def test_along_the_sweep_training_only_gets_worse_and_the_test_has_a_best(
    frames: list[Drawing],
) -> None:
    train, test, df = (
        np.array([f.facts[name] for f in frames]) for name in ("train", "test", "df")
    )
    assert (np.diff(train) > 0).all()
    assert (np.diff(df) < 0).all()
    assert frames[0].facts["train_all"] == train.tolist()
    best = int(test.argmin())
    assert shown.STRENGTHS[best] == frames[0].facts["best"] == 0.01
    assert (np.diff(test[best:]) > 0).all()
    assert test[0] > 1000 * test[best]


def test_every_frame_marks_its_own_errors_and_draws_its_own_weights(frames: list[Drawing]) -> None:
    for frame in frames[::5]:
        _, middle, right = frame.figure.axes
        assert dots(right, "accent-3")[0, 1] == pytest.approx(frame.facts["test"])
        assert dots(right, "accent-2")[0, 1] == pytest.approx(frame.facts["train"])
        bars = [bar.get_height() for bar in middle.patches if isinstance(bar, Rectangle)]
        assert np.linalg.norm(bars) == pytest.approx(frame.facts["size"])


def test_the_l1_path_runs_into_the_axis_and_the_l2_path_does_not() -> None:
    left, right = shown.l1_l2_geometry().figure.axes
    l1, l2 = dots(left, "accent-1"), dots(right, "accent-2")
    expected = [(1.346154, 0.246154), (1.115385, 0.015385), (0.82, 0)]
    assert l1 == pytest.approx(np.array(expected), abs=SIX)
    assert l1[-1, 1] == 0
    assert l2[-1] == pytest.approx([0.844762, 0.331429], abs=SIX)
    diamond, circle = curve(left, "accent-1"), curve(right, "accent-2")
    assert diamond[-1, 1] == pytest.approx(circle[-1, 1], abs=0.01)  # both paths end near 0
    assert (curve(right, "accent-2")[:, 1] > 0).all()


def test_the_lasso_keeps_the_three_that_matter_and_ridge_keeps_all() -> None:
    facts = shown.lasso_ridge_paths().facts
    reference = [2.693788, -1.881075, 1.170092, 0, 0, 0, 0, 0]  # of scikit-learn
    assert facts["lasso"] == pytest.approx(reference, abs=1e-5)
    assert (facts["n_lasso"], facts["n_zero"], facts["n_ridge"]) == (3, 5, 8)


def test_masks_stand_above_their_totals_and_keep_the_mean() -> None:
    drawing = shown.dropout_masks()
    (ax,) = drawing.figure.axes
    totals = [
        sum(2 * a * r for a, r in zip((1, 2, 0.5, 1.5), m, strict=True))
        for m in product((0, 1), repeat=4)
    ]
    cells = [p for p in ax.patches if isinstance(p, Rectangle)]
    centres = [
        np.mean([c.get_x() + c.get_width() / 2 for c in cells[k : k + 4]]) for k in range(0, 64, 4)
    ]
    assert centres == pytest.approx(totals, abs=0.02)
    assert drawing.facts["mean"] == 5
    assert drawing.facts["variance"] == pytest.approx(7.5)


def test_validation_turns_while_training_falls_and_what_is_held_back_does_not_turn() -> None:
    drawing = shown.early_stopping_curve()
    facts, (left, right) = drawing.facts, drawing.figure.axes
    checked = checked_facts(facts)
    assert (np.diff(curve(left, "accent-2")[:, 1]) < 0).all()
    validation = curve(left, "accent-1")
    best = validation[validation[:, 1].argmin()]
    assert dots(left, "accent-3")[0] == pytest.approx(best)
    assert best[0] == checked["best"] == checked["stop"] - checked["patience"]
    assert checked["end_loss"] > 1.5 * checked["best_loss"]
    assert checked["end_right"] < checked["best_right"]
    assert max(checked["decay_loss"], checked["drop_loss"]) < 1.05 * checked["best_loss"]
    assert curve(right, "accent-3")[-1, 1] == checked["decay_loss"]


def test_bias_rises_variance_falls_and_their_sum_has_a_least() -> None:
    drawing = shown.bias_variance()
    (ax,) = drawing.figure.axes
    bias, variance, both = (curve(ax, role) for role in ("accent-1", "accent-2", "ink"))
    assert (np.diff(bias[:, 1]) > 0).all()
    assert (np.diff(variance[:, 1]) < 0).all()
    assert both[:, 1] == pytest.approx(bias[:, 1] + variance[:, 1])
    assert 0 < both[:, 1].argmin() < len(both) - 1
    assert 10 ** both[both[:, 1].argmin(), 0] == pytest.approx(drawing.facts["best"])


def test_the_thumbnail_has_a_calm_and_a_wild_curve() -> None:
    (ax,) = shown.thumbnail().figure.axes
    calm, wild = (np.abs(curve(ax, role)[:, 1]).max() for role in ("accent-1", "accent-2"))
    assert calm < 1.6
    assert wild > 5


def test_one_step_by_hand() -> None:
    facts = shown.l2_step()
    told = [facts[name] for name in ("none", "l2", "half", "l1")]
    assert told == pytest.approx([4.99, 4.98, 4.985, 4.989])
    assert [facts["left_few"], facts["left_many"]] == pytest.approx([0.818567, 0.135065], abs=SIX)


def test_three_ways_to_shrink_by_hand() -> None:
    facts = checked_facts(shown.shrinkage_compare())
    assert facts["lasso"] == pytest.approx([2.5, -0.7, 0, 0])
    assert facts["ridge"] == pytest.approx([2, -0.8, 0.266667, -0.066667], abs=SIX)
    assert facts["elastic"] == pytest.approx([2.25, -0.75, 0.083333, 0], abs=SIX)


def test_the_corner_by_hand() -> None:
    facts = checked_facts(shown.corner())
    assert facts["last"] == pytest.approx([1.62 - 0.8, 0])
    assert [facts["first_weight"][2], facts["second_weight"][2]] == facts["last"]
    assert facts["pull"] == pytest.approx(0.3 * (1.5 - 0.82) + 0.4)
    assert facts["pull"] < 0.8


def test_dropout_of_four_by_hand() -> None:
    facts = checked_facts(shown.dropout_four())
    assert facts["classic_train"] == [1, 0, 0.5, 0]
    assert facts["classic_test"] == [0.5, 1, 0.25, 0.75]
    assert facts["inverted_train"] == [2, 0, 1, 0]
    assert facts["mean"] == facts["inverted_test"] == [1, 2, 0.5, 1.5]
    assert facts["variance"] == facts["ratio"] * facts["squares"] == 7.5


def test_the_scaled_network_is_the_geometric_mean_and_not_the_arithmetic() -> None:
    facts = checked_facts(shown.dropout_ensemble())
    assert facts["scaled"] == pytest.approx([0.407333, 0.592667], abs=SIX)
    assert facts["geometric"] == pytest.approx(facts["scaled"], rel=1e-12)
    assert facts["arithmetic"] == pytest.approx([0.443742, 0.556258], abs=SIX)


def test_priors_by_hand() -> None:
    facts = checked_facts(shown.two_priors())
    assert facts["gaussian"] == pytest.approx([4, 4])
    assert facts["laplace"] == pytest.approx([4, 2 * 2**0.5])


def test_stopping_and_shrinking_by_hand() -> None:
    facts = checked_facts(shown.steps_as_l2())
    assert facts["n_steps"] == 200
    assert facts["penalized"] == pytest.approx([2 / 2.05, 0.5 / 0.55, 0.02 / 0.07])
    assert facts["stopped"][2] == pytest.approx(1 - 0.998**200)
    assert facts["stopped"][2] == pytest.approx(1 - exp(-0.4), abs=1e-3)


def test_four_conventions_have_one_minimum() -> None:
    facts = checked_facts(shown.one_ridge())
    assert facts["slope"] < 1e-12
    assert (facts["sum"], facts["mean"], facts["torch"]) == pytest.approx((18, 0.3, 0.6))
    assert facts["w"] == pytest.approx(2.30990583)
    assert facts["w"] < facts["mistaken"] < facts["free"]


def test_mixup_by_hand() -> None:
    facts = checked_facts(shown.mixup_two())
    assert facts["mixed"] == pytest.approx([1.4, 1.2])
    assert facts["mixed_y"] == pytest.approx([0.7, 0.3])
