"""The module's figures and worked examples show what backpropagation really does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import math
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from dlcv_viz.draw.theme import MARKER, letters
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import backprop as shown
from dlcv_viz.types import FloatArray

SIX = 5e-7  # six decimals of the curriculum


def texts(figure: Figure, role: str = "") -> list[str]:
    every = [text for ax in figure.axes for text in ax.texts]
    return [t.get_text() for t in every if not role or t.get_color() == letters(role)]


def path(ax: Axes, role: str, *, points: int = 3) -> FloatArray:
    """The only line of a colour with at least so many points."""
    every = [
        np.asarray(drawn.get_xydata()) for drawn in ax.lines if drawn.get_color() == MARKER[role]
    ]
    (found,) = (xy for xy in every if len(xy) >= points)
    return found


def sigma(z: float) -> float:
    return 1 / (1 + math.exp(-z))


# --- figures


def test_below_each_wire_stands_local_slope_times_the_gradient_behind() -> None:
    drawn = shown.computation_graph()
    back = [text for text in texts(drawn.figure, "accent-2") if "=" in text]
    assert len(back) == 5 + 6  # wires that lead to an operation, but not the outputs
    for text in back:
        product, result = text.replace("\N{MINUS SIGN}", "-").split("\n= ")
        local, behind = map(float, product.split(" \N{MIDDLE DOT} "))
        assert local * behind == pytest.approx(float(result), rel=0.01)  # three digits are shown
    assert {"−3 · 8\n= −24", "2 · 8\n= 16", "1 · 8\n= 8"} <= set(back)
    forward = set(texts(drawn.figure, "accent-1"))
    assert {"q = −6", "s = 4", "f = 16", "z = 2", "a = 0.881"} <= forward
    facts = checked_facts(drawn.facts)
    assert (facts["by_x"], facts["by_y"], facts["by_z"]) == (-24, 16, 8)
    assert facts["by_w"] == pytest.approx(-0.018773, abs=SIX)


def test_gates_hand_on_swap_route_and_add() -> None:
    drawn = shown.gates()
    facts = checked_facts(drawn.facts)
    assert facts["add"] == [2, 2]
    assert facts["multiply"] == [2 * -2, 2 * 3]
    assert facts["max"] == [2, 0]
    assert facts["copy"] == 2 - 5
    _, multiply, _, copy = (
        [t.get_text() for t in ax.texts if t.get_color() == MARKER["accent-2"]]
        for ax in drawn.figure.axes
    )
    assert multiply == ["−4", "6", "2"]
    assert copy == ["−3", "2", "−5"]


def test_numbers_appear_in_the_order_in_which_they_are_computed() -> None:
    frames = [shown.backprop_steps(step=step) for step in range(1, 13)]
    n_blue = [len(texts(frame.figure, "accent-1")) for frame in frames[:10]]
    n_orange = [len(texts(frame.figure, "accent-2")) for frame in frames[:10]]
    assert [b - a for a, b in pairwise(n_blue[:5])] == [2, 1, 1, 1]
    assert n_orange[:5] == [0] * 5
    # The word "backward", then: slope of the loss, error, two weights, two errors, four weights.
    assert n_orange[5:] == [2, 3, 5, 7, 11]
    for frame in frames[:10]:
        assert {"0.1", "0.2", "0.3", "−0.4", "0.5", "−0.6"} <= set(texts(frame.figure, "ink"))


def test_weights_change_after_all_gradients_and_the_loss_falls() -> None:
    before, update, after = (shown.backprop_steps(step=step) for step in (10, 11, 12))
    assert "δ = −0.1123" in texts(before.figure, "accent-2")
    new = {"0.107", "0.203", "0.292", "−0.404", "0.532", "−0.572"}
    assert new <= set(texts(update.figure, "ink"))
    assert "0.1028" in texts(update.figure, "accent-1")
    assert "0.0926" in texts(after.figure, "accent-1")
    assert texts(after.figure, "accent-2") == []  # the old gradients are of no use any more
    assert checked_facts(after.facts)["drop"] == pytest.approx(1 - 0.092572 / 0.102754, abs=1e-5)


def test_errors_of_differences_fall_with_slopes_1_and_2_and_rise_again() -> None:
    drawn = shown.gradient_check_curve()
    (ax,) = drawn.figure.axes
    for role, order, power in (("accent-2", 1, 1 / 2), ("accent-1", 2, 1 / 3)):
        h, error = path(ax, role).T
        straight = (h > 1e-3) & (h < 1e-1)
        slope = np.polyfit(np.log(h[straight]), np.log(error[straight]), 1)[0]
        assert slope == pytest.approx(order, abs=0.05)
        best = h[error.argmin()]
        assert abs(math.log10(best / 2.2e-16**power)) < 1  # a rule for the order of magnitude
        assert error[h < 1e-12].min() > 100 * error.min()
    facts = checked_facts(drawn.facts)
    assert facts["least"][1] < 1e-9 < facts["least"][0] < 1e-6


def test_only_sigmoids_starve_the_first_layer_before_and_after_training() -> None:
    drawn = shown.delta_norms_by_layer()
    facts = checked_facts(drawn.facts)
    sigmoid, tanh, relu, *after = facts["first"]
    assert sigmoid < 1e-5
    assert after[0] < 1e-5
    assert min(tanh, relu, *after[1:]) > 0.05
    assert facts["losses"][0] == pytest.approx(math.log(3), abs=0.01)
    assert max(facts["losses"][1:]) < 0.5
    for ax in drawn.figure.axes:
        sizes = path(ax, "accent-2")[:, 1]
        assert (np.diff(sizes) > 0).all()
        assert sizes[-1] == 1


def test_a_few_lines_of_numpy_learn_the_spiral() -> None:
    drawn = shown.train_from_scratch()
    facts = checked_facts(drawn.facts)
    assert facts["updates"] == 1200
    assert facts["right"] > 0.98
    assert facts["loss"] < 0.1
    assert 0.4 < facts["linear"] < 0.65
    assert facts["right_at"] == sorted(facts["right_at"])
    losses, right, plane = drawn.figure.axes
    assert path(losses, "accent-2")[:, 1][[1, 10, 100]].tolist() == pytest.approx(
        [facts["loss_at"][k] for k in (0, 1, 3)]
    )
    assert path(right, "accent-1")[-1, 1] == facts["right"]
    clouds = [c for c in plane.collections if isinstance(c, PathCollection)]
    colours = [to_hex(np.asarray(c.get_facecolor())[0]) for c in clouds]
    assert colours == [MARKER[role] for role in ("accent-1", "accent-2", "accent-3")]
    assert [len(np.asarray(c.get_offsets())) for c in clouds] == [100] * 3


def test_the_card_shows_an_arrow_back_for_every_weight() -> None:
    drawn = shown.thumbnail()
    (ax,) = drawn.figure.axes
    arrows = [patch for patch in ax.patches if isinstance(patch, FancyArrowPatch)]
    assert len(arrows) == len(ax.lines) == checked_facts(drawn.facts)["n"] == 6


# --- worked examples


def test_single_neuron_is_that_of_the_curriculum() -> None:
    facts = checked_facts(shown.single_neuron())
    a = sigma(2)
    assert facts["a"] == pytest.approx(0.880797, abs=SIX)
    assert facts["loss"] == pytest.approx(0.007105, abs=SIX)
    assert facts["by_a"] == pytest.approx(-0.119203, abs=SIX)
    assert facts["slope"] == pytest.approx(0.104994, abs=SIX)
    assert facts["delta"] == pytest.approx((a - 1) * a * (1 - a))
    assert facts["by_w"] == pytest.approx(-0.018773, abs=SIX)
    assert facts["by_b"] == facts["by_x"] == pytest.approx(-0.012516, abs=SIX)
    assert facts["bce_delta"] == pytest.approx(a - 1)
    assert facts["times"] == pytest.approx(9.5, abs=0.05)
    assert facts["twice"] == pytest.approx((a - 1) * (a * (1 - a)) ** 2)
    assert facts["rough_delta"] == pytest.approx(-0.12 * 0.88 * 0.12)
    assert 0.012 < facts["rough_off"] < 0.013


def test_three_operations_give_the_same_in_both_directions() -> None:
    facts = checked_facts(shown.three_operations())
    assert [facts[name] for name in ("q", "s", "f", "by_s", "by_q")] == [-6, 4, 16, 8, 8]
    assert [facts[f"by_{name}"] for name in "xyz"] == [-24, 16, 8] == facts["f_by"]
    assert facts["q_by"] == [-3, 2, 0]
    assert facts["s_by"] == [-3, 2, 1]


def test_two_paths_are_added() -> None:
    facts = checked_facts(shown.two_paths())
    assert (facts["direct"], facts["through"], facts["by_x"]) == (4, 3, 7)


def test_two_layers_are_those_of_the_curriculum() -> None:
    facts = checked_facts(shown.two_layers())
    expected = {
        "z1": [0.3, 0],
        "a1": [0.574443, 0.5],
        "z2": 0.187221,
        "a2": 0.546669,
        "loss": 0.102754,
        "delta2": -0.112345,
        "dw2": [-0.064536, -0.056173],
        "delta1": [-0.013732, 0.016852],
        "dw1": [-0.013732, -0.006866, 0.016852, 0.008426],
        "new_w1": [0.106866, 0.203433, 0.291574, -0.404213],
        "new_b1": [0.106866, -0.108426],
        "new_w2": [0.532268, -0.571914],
        "new_b2": 0.256173,
        "new_a2": 0.569716,
        "new_loss": 0.092572,
        "n_parameters": 9,
    }
    for name, values in expected.items():
        assert facts[name] == pytest.approx(values, abs=SIX), name
    assert facts["too_early"] == pytest.approx(facts["new_w2"][0] * facts["delta2"])
    assert facts["ratio"] == pytest.approx(math.hypot(0.013732, 0.016852) / 0.112345, abs=1e-4)
    assert facts["bound"] == pytest.approx(0.25 * math.hypot(0.5, 0.6))
    assert facts["ratio"] < facts["bound"]


def test_a_relu_that_is_off_blocks_its_row() -> None:
    facts = checked_facts(shown.relu_softmax())
    expected = {
        "z1": [-1, 1.5],
        "h": [0, 1.5],
        "scores": [-1.5, 1.5, 0.75],
        "p": [0.032708, 0.656964, 0.310328],
        "loss": 0.420126,
        "delta2": [0.032708, -0.343036, 0.310328],
        "dw2": [0, 0.049062, 0, -0.514554, 0, 0.465492],
        "sent": [-0.277619, -0.220581],
        "delta1": [0, -0.220581],
        "dw1": [0, 0, -0.220581, -0.441161],
    }
    for name, values in expected.items():
        assert facts[name] == pytest.approx(values, abs=SIX), name


def test_the_gradient_of_a_batch_is_the_mean_of_its_samples() -> None:
    facts = checked_facts(shown.batch_by_hand())
    assert facts["deltas"] == [-0.5, 0.5]
    assert facts["first"] == [-0.5, -1]
    assert facts["second"] == [1.5, -0.5]
    assert facts["by_w"] == [0.5, -0.75]
    assert facts["by_b"] == 0


def test_a_check_is_best_at_moderate_steps() -> None:
    facts = checked_facts(shown.gradient_check())
    assert facts["difference"] == pytest.approx(facts["by_w"], rel=1e-9)

    def loss(w: float) -> float:
        return (sigma(1.5 * w + 0.5) - 1) ** 2 / 2

    assert facts["up"] == pytest.approx(loss(1 + 1e-5), abs=1e-15)
    assert facts["down"] == pytest.approx(loss(1 - 1e-5), abs=1e-15)
    told = dict(zip(facts["step"], facts["both_sides"], strict=True))
    assert told["1\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}10⁻²"].startswith("8.9")
    assert facts["network_parameters"] == 3 * 5 + 5 + 5 * 4 + 4 + 4 * 2 + 2


def test_a_step_across_a_kink_finds_a_slope_that_is_none() -> None:
    facts = checked_facts(shown.kink())
    assert facts["difference"] == pytest.approx([0.55, 1])  # 11 of 20 parts lie above zero
    assert facts["error"] == pytest.approx([0.45, 0], abs=1e-8)


def test_batches_of_an_epoch_are_counted() -> None:
    facts = checked_facts(shown.batches())
    assert facts["steps"] == [10, 8, 391, 938]
    assert facts["last"] == [100, 104, 80, 32]
    assert facts["dropped"] == [10, 7, 390, 937]


def test_costs_are_those_of_the_curriculum_and_counted_exactly() -> None:
    facts = checked_facts(shown.costs())
    assert facts["parameters"] == 785 * 128 + 129 * 64 + 65 * 10
    assert (facts["one_side"], facts["both_sides"]) == (109_387, 218_772)
    assert facts["backward"] == 2 * facts["forward"] - 784 * 128
    assert 2 < facts["passes"] < 3
    assert facts["equal_ratio"] == pytest.approx(1.9)
    assert facts["kept"] == 784 + 2 * (128 + 64) + 10
    assert (
        (facts["batch"] - 1) * facts["kept"] < facts["parameters"] <= facts["batch"] * facts["kept"]
    )
