"""The module's figures and worked examples show what the scale of first weights really does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import math
from collections.abc import Iterator

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle, StepPatch

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import weight_init as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray

LN2 = math.log(2)
SIX = 5e-7  # six decimals of the curriculum


def paths(ax: Axes, role: str) -> Iterator[FloatArray]:
    """Lines of a colour."""
    for drawn in ax.lines:
        xy = np.asarray(drawn.get_xydata())
        if drawn.get_color() == MARKER[role] and len(xy) > 2:
            yield xy


def dots(ax: Axes, role: str) -> FloatArray:
    """Places of the points of a colour."""
    clouds = [c for c in ax.collections if isinstance(c, PathCollection)]
    own = [c for c in clouds if to_hex(np.asarray(c.get_facecolor())[0]) == MARKER[role]]
    return np.concatenate([np.asarray(c.get_offsets()) for c in own])


def rms_slope(sizes: FloatArray) -> float:
    """Factor a layer, from a straight line through the logarithms."""
    return math.exp(np.polyfit(np.arange(len(sizes)), np.log(sizes), 1)[0])


@pytest.fixture(scope="module")
def race() -> Drawing:
    return shown.training_race()


@pytest.fixture(scope="module")
def symmetry() -> Drawing:
    return shown.symmetry_breaking()


# --- figures


def test_small_weights_die_large_ones_saturate_and_only_the_matching_rule_lives() -> None:
    drawing = shown.activation_histograms()
    tanh, relu = np.reshape(checked_facts(drawing.facts)["rms"], (2, 3, 3))
    dies, saturates, xavier = tanh
    assert dies[2] < 1e-6
    assert (saturates > 0.95).all()
    assert checked_facts(drawing.facts)["saturated"] > 0.8
    assert 0.1 < xavier[2] < xavier[1] < xavier[0] < 0.7
    dies, xavier, he = relu
    assert dies[2] < 1e-8
    assert xavier[2] < 0.1
    assert ((he > 0.6) & (he < 1.6)).all()
    assert (
        len([p for ax in drawing.figure.axes for p in ax.patches if isinstance(p, StepPatch)]) == 18
    )


def test_sizes_by_depth_are_straight_lines_both_ways() -> None:
    drawing = shown.variance_by_depth()
    signals, gradients = drawing.figure.axes
    for role, gain in (("accent-5", 1), ("accent-1", 2), ("accent-2", 4)):
        factor = math.sqrt(gain / 2)
        (theory,) = paths(signals, role)
        assert theory[:, 1] == pytest.approx(factor ** np.arange(30))
        measured = dots(signals, role)[:, 1]
        # Twice the scatter that the band shows.
        assert np.abs(np.log(measured / theory[:, 1])).max() < math.sqrt(5 * 29 / 256)
        assert rms_slope(measured) == pytest.approx(factor, rel=0.05)
        assert rms_slope(dots(gradients, role)[::-1, 1]) == pytest.approx(factor, rel=0.05)
    assert checked_facts(drawing.facts)["spread"] == pytest.approx(math.sqrt(5 * 29 / 256) / 2)


def test_clones_move_together_zeros_do_not_move_and_random_units_part(symmetry: Drawing) -> None:
    zero, equal, random = symmetry.figure.axes
    ends = {
        ax: [next(paths(ax, role)) for role in ("accent-1", "accent-2", "accent-3")]
        for ax in (zero, equal, random)
    }
    assert all((path == 0).all() for path in ends[zero])
    first, *others = ends[equal]
    assert all((path == first).all() for path in others)
    assert np.linalg.norm(first[-1] - first[0]) > 0.5
    tips = np.array([path[-1] for path in ends[random]])
    assert min(np.linalg.norm(tips[i] - tips[i - 1]) for i in range(3)) > 1


def test_clones_learn_less_than_random_units(symmetry: Drawing) -> None:
    facts = checked_facts(symmetry.facts)
    assert facts["loss"][0] == pytest.approx(LN2)
    assert facts["loss"][2] < 0.3
    assert 0.5 < facts["loss"][1] < LN2
    assert facts["right"][2] > 0.9 > facts["right"][1]


def test_a_relu_keeps_half_of_the_mean_square_but_a_third_of_the_variance() -> None:
    drawing = shown.relu_second_moment()
    _, bars = drawing.figure.axes
    widths = [patch.get_width() for patch in bars.patches if isinstance(patch, Rectangle)]
    assert widths == pytest.approx([0.5 - 1 / (2 * math.pi), 1 / (2 * math.pi), 0.5])


@pytest.mark.parametrize("gain", [0.5, 1.0, math.sqrt(2), 2.0])
def test_only_the_root_of_two_keeps_a_signal_level(gain: float) -> None:
    drawing = shown.gain_sweep(gain=gain)
    facts, ax = checked_facts(drawing.facts), drawing.figure.axes[0]
    (role,) = {r for r in ("accent-1", "accent-2", "accent-5") if any_dots(ax, r)}
    assert rms_slope(dots(ax, role)[:, 1]) == pytest.approx(gain / math.sqrt(2), rel=0.05)
    expected = "lives" if gain == math.sqrt(2) else "dies" if gain < 1.4 else "explodes"
    assert expected in facts["said"]


def any_dots(ax: Axes, role: str) -> bool:
    clouds = [c for c in ax.collections if isinstance(c, PathCollection)]
    return any(to_hex(np.asarray(c.get_facecolor())[0]) == MARKER[role] for c in clouds)


def test_near_the_critical_gain_a_signal_drifts() -> None:
    assert "drifts" in checked_facts(shown.gain_sweep(gain=1.4).facts)["said"]


def test_only_he_trains(race: Drawing) -> None:
    facts = checked_facts(race.facts)
    small, half, one, he = facts["ends"]
    assert small == pytest.approx(LN2, abs=0.01)
    for end, broke in ((half, facts["broke"][1]), (one, facts["broke"][2])):
        assert abs(end - LN2) < 0.01 or 0 < broke < 20
    assert he < 0.05
    assert facts["first"][3] < 1
    assert 5 < facts["first"][1] < facts["first"][2]


def test_a_cross_marks_where_a_loss_leaves_the_picture(race: Drawing) -> None:
    (ax,) = race.figure.axes
    crosses = [drawn for drawn in ax.lines if drawn.get_marker() == "X"]
    assert len(crosses) == sum(step >= 0 for step in checked_facts(race.facts)["broke"])
    for cross in crosses:
        ((x, y),) = np.asarray(cross.get_xydata())
        assert y == ax.get_ylim()[1]
        assert 1 < x < 10


def test_orthogonal_layers_keep_a_length_and_normal_ones_scatter() -> None:
    facts = checked_facts(shown.orthogonal_depth().facts)
    assert facts["off"] < 1e-12
    assert facts["least"] < 0.7
    assert facts["most"] > 1.2


def test_the_thumbnail_shows_growth_rest_and_decay() -> None:
    (ax,) = shown.thumbnail().figure.axes
    for role, factor in (("accent-5", -0.5), ("accent-1", 0), ("accent-2", 0.5)):
        (path,) = paths(ax, role)
        assert np.diff(path[:, 1]) == pytest.approx(factor)


# --- worked examples


def test_he_by_hand() -> None:
    facts = checked_facts(shown.he_by_hand())
    assert facts["std"] == pytest.approx([0.088388, 0.0625, 0.050508], abs=SIX)
    assert facts["bound"][0] == pytest.approx(0.153093, abs=SIX)
    assert facts["kept"] == pytest.approx(1)
    assert facts["too_small"] == pytest.approx(16)


def test_wrong_scale() -> None:
    facts = checked_facts(shown.wrong_scale())
    assert facts["factor"] == pytest.approx([11.3137, 0.113137, 1], abs=5e-5)
    told = [text.replace("\N{NO-BREAK SPACE}", " ") for text in facts["told"]]
    assert told == ["3.436 × 10¹⁰", "3.436 × 10⁻¹⁰", "1.0000"]
    assert facts["compound"] == pytest.approx(0.00515, abs=5e-6)


def test_xavier_by_hand() -> None:
    facts = checked_facts(shown.xavier_by_hand())
    assert facts["std"] == pytest.approx([0.046829, 0.072169], abs=SIX)
    assert facts["bound"] == pytest.approx([0.081111, 0.125], abs=SIX)
    assert np.add(facts["forward"], facts["backward"]) == pytest.approx(2)


def test_xavier_with_relu() -> None:
    facts = checked_facts(shown.xavier_with_relu())
    assert facts["power"] == pytest.approx([0.5, 2**-10, 2**-20, 2**-30])
    assert facts["told"][-1].startswith("3.052")


def test_the_variance_in_the_wrong_place_lets_signals_grow() -> None:
    facts = checked_facts(shown.second_moment_trap())
    assert facts["right_next"] == pytest.approx(1)
    assert facts["wrong_next"] == pytest.approx(0.5 / 0.3408450569)
    assert facts["wrong_end"] == pytest.approx((0.5 / 0.3408450569) ** 15)


def test_conv_fan() -> None:
    facts = checked_facts(shown.conv_fan())
    assert (facts["fan_in"], facts["fan_out"]) == (576, 1152)
    assert facts["std"] == pytest.approx(0.058926, abs=SIX)
    assert facts["wrong_factor"] == pytest.approx(9)


def test_clone_units() -> None:
    facts = checked_facts(shown.clone_units())
    a = math.tanh(1.5)
    error = 1 / (1 + math.exp(-1.5 * a)) - 1
    delta = 0.5 * error * (1 - a**2)
    assert facts["by_w1"] == pytest.approx([delta] * 3)
    assert facts["by_w2"] == pytest.approx([2 * delta] * 3)
    assert facts["by_v"] == pytest.approx([error * a] * 3)
    assert facts["apart"] == facts["zero_hidden"] == facts["zero_output"] == 0
    assert facts["zero_bias"] == pytest.approx(-0.5)


def test_first_loss() -> None:
    facts = checked_facts(shown.first_loss())
    assert facts["loss"] == pytest.approx([0.693147, 2.302585, 6.907755], abs=SIX)
    assert facts["bias"] == pytest.approx(-4.595, abs=5e-4)
    entropy = -0.01 * math.log(0.01) - 0.99 * math.log(0.99)
    assert facts["with_bias"] == pytest.approx(entropy)
    assert facts["without"] == pytest.approx(LN2)


def test_short_steps_save_large_weights_and_long_ones_do_not_save_small_weights() -> None:
    facts = checked_facts(shown.other_rates())
    assert facts["half"] < 0.05
    assert facts["one"] < 0.05
    assert facts["small"] == pytest.approx(LN2, abs=1e-3)


def test_rules() -> None:
    facts = checked_facts(shown.rules())
    assert facts["leaky_gain"] == pytest.approx(1.3867505)
    assert facts["truncated"] == pytest.approx(0.8796, abs=5e-5)
    assert facts["torch_factor"] == pytest.approx(math.sqrt(1 / 6))
    assert facts["sigmoid_back"] == pytest.approx(0.236, abs=5e-4)
    assert facts["fitting"] == pytest.approx(20_000)
