"""The module's figures and worked examples show what normalization really does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from math import log, pi, sqrt

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle, StepPatch

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import batch_norm as shown
from dlcv_viz.types import FloatArray

BLUE, ORANGE, GREEN = (MARKER[f"accent-{k}"] for k in (1, 2, 3))


def heights(ax: Axes) -> FloatArray:
    """Return the columns of the histogram that a panel holds."""
    (steps,) = (patch for patch in ax.patches if isinstance(patch, StepPatch))
    return np.asarray(steps.get_data()[0])


def curve(ax: Axes, colour: str) -> FloatArray:
    """Return the one line of a colour that has no marker, (n, 2)."""
    drawn = [line for line in ax.lines if line.get_marker() == "None"]
    (found,) = (line for line in drawn if line.get_color() == colour)
    return np.asarray(found.get_xydata())


def offsets(ax: Axes, colour: str) -> FloatArray:
    """Return the places of the points of a colour."""
    clouds = [c for c in ax.collections if isinstance(c, PathCollection)]
    (own,) = (c for c in clouds if to_hex(np.asarray(c.get_facecolor())[0]) == colour)
    return np.asarray(own.get_offsets())


def test_normalizing_moves_and_stretches_but_keeps_the_skew() -> None:
    drawing = shown.before_after()
    facts = checked_facts(drawing.facts)
    assert facts["mean"] == pytest.approx([0, 0, 0], abs=1e-12)
    assert facts["sd"] == pytest.approx([1, 1, 1], abs=1e-4)
    assert facts["last_mean"] == pytest.approx(facts["beta"], abs=1e-12)
    assert facts["last_sd"] == pytest.approx(facts["gamma"], rel=1e-4)
    assert facts["largest"] > 3 * -facts["smallest"]
    skewed = heights(drawing.figure.axes[5])  # middle column, last row
    peak = int(skewed.argmax())
    assert 2 * np.count_nonzero(skewed[:peak]) < np.count_nonzero(skewed[peak:])


def test_noise_of_a_batch_falls_as_one_over_the_root_of_its_size() -> None:
    drawing = shown.batch_size_sweep(m=16)
    facts = checked_facts(drawing.facts)
    theory = [2 / sqrt(m) for m in facts["sizes"]]
    # 2,000 draws know a deviation to 1.6%; 15 of them stay within four times that.
    assert facts["every_mean_sd"] == pytest.approx(theory, rel=0.065)
    assert facts["mean_sd"] == pytest.approx(0.5, rel=0.065)
    # The curriculum's values for x = 5 in its own batch, from 20,000 batches.
    told = dict(zip(facts["sizes"], facts["every_x_hat_sd"], strict=True))
    expected = {2: 0.731, 4: 0.505, 8: 0.412, 16: 0.308, 32: 0.219, 64: 0.155, 128: 0.108}
    assert [told[m] for m in expected] == pytest.approx(list(expected.values()), rel=0.065)
    right = drawing.figure.axes[2]
    assert offsets(right, BLUE)[:, 1] == pytest.approx(facts["every_mean_sd"])
    assert offsets(right, ORANGE)[:, 1] == pytest.approx(facts["every_x_hat_sd"])


def test_in_a_batch_of_two_a_sample_has_two_values_only() -> None:
    drawing = shown.batch_size_sweep(m=2)
    # Two values that are nearly equal feel epsilon; one pair in a hundred is that close.
    assert np.count_nonzero(heights(drawing.figure.axes[1]) > 0.01) == 2
    assert drawing.facts["x_hat_most"] == pytest.approx(1, abs=1e-4)


def test_a_sample_stays_within_the_bound_of_its_batch() -> None:
    for m in (3, 8, 64):
        facts = checked_facts(shown.batch_size_sweep(m=m).facts)
        assert facts["x_hat_most"] <= facts["bound"] == pytest.approx(sqrt(m - 1))


def test_what_a_normalization_averages_over_has_no_mean_left() -> None:
    drawing = shown.norm_axes()
    facts = checked_facts(drawing.facts)
    assert max(facts["batch_means"], facts["layer_means"]) < 1e-12
    assert min(facts["rows_left"], facts["columns_left"], facts["rms_means"]) > 0.5
    assert facts["sizes"] == [4 * 9, 6 * 9, 9, 3 * 9]
    boxes = [
        [p for p in ax.patches if isinstance(p, Rectangle) and p.get_linewidth() == 3]
        for ax in drawing.figure.axes
    ]
    assert [len(found) for found in boxes] == [0, 1, 1, 1, 1, 1]
    areas = [found[0].get_width() * found[0].get_height() / 64 for found in boxes[1:5]]
    assert areas == pytest.approx(facts["sizes"])


def test_a_large_share_scatters_and_a_small_one_is_late() -> None:
    drawing = shown.running_stats()
    facts = checked_facts(drawing.facts)
    assert facts["scatter"][0] > 2 * facts["scatter"][1]
    assert facts["last_mean"][1] == pytest.approx(3, abs=0.3)
    assert facts["last_mean"][2] < 2
    assert abs(facts["inferred"][2] - 1) > 10 * abs(facts["inferred"][1] - 1)
    for ax, start in zip(drawing.figure.axes, (0, 1), strict=True):
        for colour in (BLUE, ORANGE, GREEN):
            assert curve(ax, colour)[0].tolist() == [0, start]


def test_gradients_grow_backwards_with_batch_norm_as_theory_says() -> None:
    drawing = shown.gradient_growth()
    facts = checked_facts(drawing.facts)
    assert facts["theory"] == pytest.approx(pi / (pi - 1))
    assert facts["ratio"] == pytest.approx(facts["theory"], rel=0.02)  # 160 units are not infinite
    assert facts["times"] > 50
    assert 0.5 < facts["plain_times"] < 2
    (ax,) = drawing.figure.axes
    assert (np.diff(offsets(ax, BLUE)[:, 1]) < 0).all()


def test_batch_norm_widens_the_range_that_works_and_does_not_win_at_its_middle() -> None:
    drawing = shown.training_race()
    facts = checked_facts(drawing.facts)
    slow, right, fast, small = zip(facts["plain"], facts["normed"], strict=True)
    assert slow[1] < 0.6 * slow[0]
    assert right[0] < right[1] < 0.05
    for stuck, learnt in (fast, small):
        assert stuck == pytest.approx(log(2), abs=0.02)
        assert learnt < 0.1
    for ax, (_, normed) in zip(drawing.figure.axes, (slow, right, fast, small), strict=True):
        assert curve(ax, BLUE)[-20:, 1].mean() == pytest.approx(normed, abs=0.05)  # smoothed


def test_the_thumbnail_turns_three_bells_into_one() -> None:
    drawing = shown.thumbnail()
    (ax,) = drawing.figure.axes
    peaks = [curve(ax, colour)[:, 1].argmax() for colour in (BLUE, ORANGE, GREEN)]
    assert peaks == sorted(set(peaks))
    ink = curve(ax, MARKER["ink"])
    assert ink[ink[:, 1].argmax(), 0] == pytest.approx(0, abs=1e-9)


def test_five_values_has_the_steps_of_the_curriculum() -> None:
    facts = checked_facts(shown.five_values())
    assert (facts["mean"], facts["variance"], facts["unbiased"]) == (3, 2, 2.5)
    assert sum(facts["squares"]) == 10  # as the page says
    expected = [-1.414210, -0.707105, 0, 0.707105, 1.414210]
    assert facts["x_hat"] == pytest.approx(expected, abs=5e-7)
    expected = [-2.328420, -0.914210, 0.5, 1.914210, 3.328420]
    assert facts["y"] == pytest.approx(expected, abs=5e-7)
    assert facts["variance_after"] == pytest.approx(2 / (2 + 1e-5))


def test_four_values_comes_back_and_another_batch_does_not() -> None:
    facts = checked_facts(shown.four_values())
    expected = [-1.341639, -0.447213, 0.447213, 1.341639]
    assert facts["x_hat"] == pytest.approx(expected, abs=1e-6)
    expected = [-1.012459, 0.329180, 1.670820, 3.012459]
    assert facts["y"] == pytest.approx(expected, abs=1e-6)
    assert facts["back"] == pytest.approx([2, 4, 6, 8])
    assert facts["doubled_back"] == pytest.approx([2, 4, 6, 8], abs=1e-4)


def test_one_update_mixes_the_unbiased_variance_in() -> None:
    facts = checked_facts(shown.one_update())
    assert (facts["mean"], facts["wrong_variance"]) == (0.5, pytest.approx(1.4))
    assert facts["variance"] == pytest.approx(0.9 + 0.1 * 20 / 3)
    assert facts["inferred"] == pytest.approx(4.394131, abs=5e-7)
    assert facts["means"][1:] == pytest.approx([3.2566, 4.5076, 4.9515], abs=5e-5)
    assert facts["variances"][1:] == pytest.approx([4.6908, 6.1086, 6.6117], abs=5e-5)
    assert facts["left"] < 0.01 < 0.9**43
    assert facts["outputs"][-1] < facts["trained"]


def test_backward_reaches_every_sample_and_sums_to_zero() -> None:
    facts = checked_facts(shown.backward())
    expected = [0.201247, -0.268328, -0.067082, 0.134163]
    assert facts["inputs"] == pytest.approx(expected, abs=1e-6)
    assert facts["sum"] < 1e-15
    assert facts["along"] < 1e-5
    assert (facts["by_gamma"], facts["by_beta"]) == (pytest.approx(-1.341639, abs=5e-7), 1)
    products = [facts["factor"] * each for each in facts["inner"]]
    assert products == pytest.approx(facts["inputs"])


def test_columns_add_up_to_zero_by_batch_and_rows_by_layer() -> None:
    facts = checked_facts(shown.bn_vs_ln())
    by_batch = np.array([facts[f"batch_{k}"] for k in range(3)]).T
    by_layer = np.array([facts[f"layer_{k}"] for k in range(3)]).T
    expected = [[-1.069042, 0.707103, 0.431934], [1.336302, -1.414206, -1.382189],
                [-0.267260, 0.707103, 0.950255]]  # fmt: skip
    assert by_batch == pytest.approx(np.array(expected), abs=5e-7)
    expected = [[-1.224736, 0, 1.224736], [1.224744, 0, -1.224744], [-0.707105, -0.707105, 1.41421]]
    assert by_layer == pytest.approx(np.array(expected), abs=5e-7)
    assert by_batch.sum(axis=0) == pytest.approx(np.zeros(3), abs=1e-12)
    assert by_layer.sum(axis=1) == pytest.approx(np.zeros(3), abs=1e-12)
    assert facts["rms"] == pytest.approx([0.462910, 0.925819, 1.388729], abs=1e-6)


def test_the_folded_layer_gives_the_same_output() -> None:
    facts = checked_facts(shown.fold_one())
    assert facts["folded_w"] == pytest.approx(1.499998, abs=5e-7)
    assert facts["folded_b"] == pytest.approx(-0.874998, abs=5e-7)
    assert facts["one_step"] == pytest.approx(facts["two_steps"], abs=1e-12)


def test_parameters_are_two_learnt_and_two_buffered_a_channel() -> None:
    facts = checked_facts(shown.parameters())
    assert (facts["learnt"], facts["buffers"], facts["weights"]) == (128, 128, 64 * 64 * 9)
    assert facts["values"] == 32 * 28 * 28
