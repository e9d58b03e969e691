"""The module's figures and worked examples show what activation functions really do.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import activation as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray
from frozen import frozen

EXTREMES = frozen("activation")["extremes"]
SIX = 5e-7  # six decimals of the curriculum


def sigma(z: float) -> float:
    return 1 / (1 + math.exp(-z))


def normal(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


def softplus(z: float) -> float:
    return math.log(1 + math.exp(z))


SELU = 1.0507009873554805, 1.6732632423543772
CURVES: dict[str, Callable[[float], float]] = {
    "sigmoid": sigma,
    "tanh": math.tanh,
    "ReLU": lambda z: max(z, 0),
    "leaky ReLU": lambda z: max(z, 0.01 * z),
    "softplus": softplus,
    "ELU": lambda z: z if z > 0 else math.exp(z) - 1,
    "SELU": lambda z: SELU[0] * (z if z > 0 else SELU[1] * (math.exp(z) - 1)),
    "GELU": lambda z: z * normal(z),
    "SiLU": lambda z: z * sigma(z),
    "Mish": lambda z: z * math.tanh(softplus(z)),
}


def slope(name: str, z: float) -> float:
    """Slope of a curve away from its kink, by a central difference."""
    step = 1e-6
    return (CURVES[name](z + step) - CURVES[name](z - step)) / (2 * step)


def softmax(z: list[float], temperature: float = 1) -> list[float]:
    weights = [math.exp(logit / temperature) for logit in z]
    return [weight / sum(weights) for weight in weights]


def paths(ax: Axes, role: str, *, points: int = 3) -> Iterator[FloatArray]:
    """Lines of a colour with at least so many points."""
    for drawn in ax.lines:
        xy = np.asarray(drawn.get_xydata())
        if drawn.get_color() == MARKER[role] and len(xy) >= points:
            yield xy


def dots(ax: Axes, role: str) -> FloatArray:
    """Places of the points of a colour."""
    clouds = [c for c in ax.collections if isinstance(c, PathCollection)]
    own = [c for c in clouds if to_hex(np.asarray(c.get_facecolor())[0]) == MARKER[role]]
    return np.concatenate([np.asarray(c.get_offsets()) for c in own])


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for ax in figure.axes for t in ax.texts]


def named(figure: Figure) -> dict[str, Axes]:
    """Panels by the names above them."""
    return {
        text.get_text(): ax
        for ax in figure.axes
        for text in ax.texts
        if text.get_fontweight() == "bold" and text.get_color() == MARKER["ink"]
    }


def heights(ax: Axes) -> list[float]:
    return [patch.get_height() for patch in ax.patches if isinstance(patch, Rectangle)]


@pytest.fixture(scope="module")
def gallery() -> Drawing:
    return shown.gallery()


@pytest.fixture(scope="module")
def derivatives() -> Drawing:
    return shown.derivatives()


@pytest.fixture(scope="module")
def gates() -> Drawing:
    return shown.gates()


@pytest.fixture(scope="module")
def depth() -> Drawing:
    return shown.gradient_by_depth()


@pytest.fixture(scope="module")
def race() -> Drawing:
    return shown.training_race()


@pytest.fixture(scope="module")
def dead() -> Drawing:
    return shown.dead_units()


# --- gallery


def test_gallery_draws_every_function_in_its_panel(gallery: Drawing) -> None:
    panels = named(gallery.figure)
    assert panels.keys() == CURVES.keys()
    for name, ax in panels.items():
        role = "accent-2" if name in {"sigmoid", "tanh"} else "accent-1"
        (curve,) = paths(ax, role)
        expected = [CURVES[name](z) for z in curve[:, 0]]
        if name == "leaky ReLU":
            leak = checked_facts(gallery.facts)["leak"]
            expected = [max(z, leak * z) for z in curve[:, 0]]
        assert curve[:, 1] == pytest.approx(expected, abs=1e-12)
        assert (curve[0, 0], curve[-1, 0]) == (-5, 5)


def test_gallery_shows_two_families_on_the_same_axes(gallery: Drawing) -> None:
    """Saturating curves end level on both sides; the others rise without end on the right."""
    panels = named(gallery.figure)
    assert len({(*ax.get_xlim(), *ax.get_ylim()) for ax in panels.values()}) == 1
    for name, ax in panels.items():
        (curve,) = paths(ax, "accent-2" if name in {"sigmoid", "tanh"} else "accent-1")
        end = float(np.diff(curve[-2:, 1])[0] / np.diff(curve[-2:, 0])[0])
        assert end < 0.01 if name in {"sigmoid", "tanh"} else end > 0.98


def test_gallery_marks_the_minima_that_an_optimizer_found(gallery: Drawing) -> None:
    panels = named(gallery.figure)
    for place, (name, key) in enumerate((("GELU", "gelu"), ("SiLU", "silu"), ("Mish", "mish"))):
        found = EXTREMES[key]["at"], EXTREMES[key]["least"]
        (dot,) = dots(panels[name], "accent-1")
        assert dot == pytest.approx(found, abs=1e-7)
        assert checked_facts(gallery.facts)["least"][place] == pytest.approx(found[1])
        assert f"least \N{MINUS SIGN}{-found[1]:.3f}" in texts(gallery.figure)


def test_gallery_draws_the_limits_that_curves_near(gallery: Drawing) -> None:
    ends = {"sigmoid": [0, 1], "tanh": [-1, 1], "softplus": [0], "ELU": [-1], "SELU": [-1.7581]}
    for name, ax in named(gallery.figure).items():
        dashed = [
            float(np.asarray(drawn.get_ydata())[0]) for drawn in ax.lines if drawn.is_dashed()
        ]
        assert dashed == pytest.approx(ends.get(name, []), abs=5e-5)


# --- derivatives


def test_derivatives_draws_slopes_that_differences_confirm(derivatives: Drawing) -> None:
    upper, lower = derivatives.figure.axes
    for ax, shown_here in (
        (upper, {"sigmoid": "accent-2", "tanh": "accent-5"}),
        (lower, {"ReLU": "accent-1", "GELU": "accent-3", "SiLU": "accent-6"}),
    ):
        for name, role in shown_here.items():
            for part in paths(ax, role):
                away = part[np.abs(part[:, 0]) > 1e-3] if name == "ReLU" else part
                expected = [slope(name, z) for z in away[:, 0]]
                assert away[:, 1] == pytest.approx(expected, abs=1e-8)
            marks = dots(ax, role)
            expected = [slope(name, z) for z in marks[:, 0]]
            assert marks[:, 1] == pytest.approx(expected, abs=1e-8)


def test_derivatives_says_how_steep_each_function_gets_and_where(derivatives: Drawing) -> None:
    facts = checked_facts(derivatives.facts)
    assert facts["functions"] == ["sigmoid", "tanh", "ReLU", "GELU", "SiLU"]
    assert facts["peaks"] == pytest.approx([0.25, 1, 1, 1.128904, 1.099839], abs=SIX)
    assert facts["peaks_at"][:2] == pytest.approx([0, 0], abs=1e-6)
    assert facts["peaks_at"][3:] == pytest.approx([math.sqrt(2), 2.3993572], abs=1e-6)
    said = texts(derivatives.figure)
    assert {"sigmoid, at most 0.25", "tanh, at most 1", "GELU, at most 1.129"} <= set(said)


def test_derivatives_shows_that_a_sigmoid_never_passes_more_than_a_quarter(
    derivatives: Drawing,
) -> None:
    upper, lower = derivatives.figure.axes
    (curve,) = paths(upper, "accent-2")
    assert curve[:, 1].max() == pytest.approx(0.25)
    assert upper.get_ylim() == lower.get_ylim()  # one scale: nothing is magnified


def test_derivatives_says_from_where_the_sigmoid_is_flat(derivatives: Drawing) -> None:
    facts = checked_facts(derivatives.facts)
    assert slope("sigmoid", facts["flat_from"]) == pytest.approx(facts["flat_below"], abs=1e-9)


# --- gates


def test_gates_draws_three_gates_and_the_input_times_each(gates: Drawing) -> None:
    upper, lower = gates.figure.axes
    for role, gate in (("accent-3", normal), ("accent-6", sigma)):
        (above,), (below,) = paths(upper, role), paths(lower, role)
        assert above[:, 1] == pytest.approx([gate(z) for z in above[:, 0]])
        assert below[:, 1] == pytest.approx([z * gate(z) for z in below[:, 0]])
    steps = np.concatenate(list(paths(upper, "accent-1")))
    assert steps[:, 1].tolist() == (steps[:, 0] > 0).astype(float).tolist()
    (below,) = paths(lower, "accent-1")
    assert below[:, 1] == pytest.approx(np.maximum(below[:, 0], 0))


def test_gates_says_how_far_each_is_open(gates: Drawing) -> None:
    assert gates.facts["passed"] == pytest.approx([0, 0.158655, 0.268941], abs=SIX)
    assert gates.facts["at"] == -1


# --- input_sweep


@pytest.mark.parametrize("z", [-4.0, -1.5, 0.5, 2.0, 4.0])
def test_input_sweep_draws_point_and_tangent_on_each_curve(z: float) -> None:
    drawing = shown.input_sweep(z=z)
    facts = checked_facts(drawing.facts)
    roles = {"sigmoid": "accent-2", "tanh": "accent-5", "ReLU": "accent-1", "GELU": "accent-3"}
    for place, (name, ax) in enumerate(named(drawing.figure).items()):
        (dot,) = dots(ax, roles[name])
        assert dot == pytest.approx([z, CURVES[name](z)], abs=1e-12)
        (start, end) = next(paths(ax, "ink", points=2))
        (across, up) = end - start
        assert up / across == pytest.approx(slope(name, z), abs=1e-8)
        assert (start + end) / 2 == pytest.approx(dot, abs=1e-12)
        assert facts["values"][place] == pytest.approx(CURVES[name](z), abs=1e-12)
        assert facts["slopes"][place] == pytest.approx(slope(name, z), abs=1e-8)


def test_input_sweep_shows_saturating_tangents_lying_down_at_both_ends() -> None:
    slopes = [checked_facts(shown.input_sweep(z=z).facts)["slopes"] for z in (-4.0, 0.0, 4.0)]
    assert max(slopes[0][:2] + slopes[2][:2]) < 0.02
    assert slopes[1][:2] == pytest.approx([0.25, 1])
    assert slopes[2][2:] == pytest.approx([1, 1], abs=1e-3)


def test_input_sweep_goes_from_end_to_end_and_says_what_a_relu_does() -> None:
    (sweep,) = shown.input_sweep.dlcv.sweeps  # type: ignore[attr-defined]  # the decorator's mark
    assert (sweep.values[0], sweep.values[-1], sweep.values[sweep.start]) == (-4, 4, 2)
    said = {z: str(shown.input_sweep(z=z).facts["said"]) for z in (-2.0, 0.0, 0.5, 3.0)}
    assert "no gradient" in said[-2]
    assert "convention" in said[0]
    assert "passes 4 times" in said[0.5]
    assert "nearly flat" in said[3]


# --- gradient_by_depth


def test_gradient_by_depth_shows_that_slopes_and_weights_decide_together(depth: Drawing) -> None:
    facts = checked_facts(depth.facts)
    assert facts["setup"] == ["ReLU, 2/n", "GELU, 2/n", "tanh, 1/n", "ReLU, 1/n", "sigmoid, 1/n"]
    kept, _, tanh, relu, sigmoid = facts["measured"]
    assert 0.7 < kept < 1.3
    assert 0.17 < tanh < 0.22
    assert 1.0e-3 < relu < 1.8e-3
    assert 0.9e-12 < sigmoid < 1.3e-12


def test_gradient_by_depth_predicts_what_it_measures(depth: Drawing) -> None:
    facts = checked_facts(depth.facts)
    pairs = list(zip(facts["per_layer"], facts["per_layer_predicted"], strict=True))
    for place in (0, 2, 3, 4):
        measured, predicted = pairs[place]
        assert measured == pytest.approx(predicted, rel=0.01)
        assert abs(measured / predicted - 1) <= facts["miss"] < 0.01
    assert facts["per_layer_predicted"][0] == pytest.approx(1)
    assert facts["per_layer_predicted"][3] == pytest.approx(math.sqrt(0.5))
    assert facts["fewest"][1] < facts["predicted"][1] < facts["most"][1]  # GELU: several draws


def test_gradient_by_depth_draws_mean_range_and_prediction(depth: Drawing) -> None:
    (ax,) = depth.figure.axes
    facts = checked_facts(depth.facts)
    assert ax.get_yscale() == "log"
    solid = [drawn for drawn in ax.lines if not drawn.is_dashed()]
    dashed = [drawn for drawn in ax.lines if drawn.is_dashed()]
    for lines, ends in ((solid, facts["measured"]), (dashed, facts["predicted"])):
        drawn_ends = [float(np.asarray(drawn.get_ydata())[-1]) for drawn in lines]
        assert drawn_ends == pytest.approx(ends)
        assert {float(np.asarray(drawn.get_ydata())[0]) for drawn in lines} == {1.0}
    bands = [c for c in ax.collections if not isinstance(c, PathCollection)]
    for band, least, most in zip(bands, facts["fewest"], facts["most"], strict=True):
        (path,) = band.get_paths()
        corners = np.asarray(path.vertices)
        at_end = corners[corners[:, 0] == facts["n_steps"], 1]
        assert (at_end.min(), at_end.max()) == pytest.approx((least, most))


def test_gradient_by_depth_agrees_with_a_network_done_by_hand() -> None:
    facts = checked_facts(shown.gradient_by_depth(n_seeds=2).facts)
    ratios = []
    for seed in range(2):
        rng = np.random.default_rng(seed)
        below = rng.normal(size=(16, 128))
        weights = [rng.normal(0, math.sqrt(2 / 128), (128, 128)) for _ in range(20)]
        signs = []
        for weight in weights:
            signs.append(below @ weight.T > 0)
            below = np.maximum(below @ weight.T, 0)
        gradient = top = rng.normal(size=(16, 128))
        for weight, on in zip(weights[:0:-1], signs[-2::-1], strict=True):
            gradient = (gradient @ weight) * on
        ratios.append(math.sqrt((gradient**2).mean() / (top**2).mean()))
    assert [facts["fewest"][0], facts["most"][0]] == pytest.approx(sorted(ratios))


# --- training_race


def test_training_race_leaves_the_sigmoid_at_the_loss_of_a_coin_flip(race: Drawing) -> None:
    facts = checked_facts(race.facts)
    assert facts["least_stuck"] > 0.69
    assert facts["stuck"] == pytest.approx(math.log(2), abs=1e-3)
    assert facts["worst"] < 0.25
    assert facts["least_right"] >= 0.9
    assert facts["right"][0] < 0.6
    assert facts["function"] == ["sigmoid", "tanh", "ReLU", "leaky ReLU", "SiLU"]


def test_training_race_draws_every_network_and_its_accuracy(race: Drawing) -> None:
    facts = checked_facts(race.facts)
    left, right = race.figure.axes
    assert len(list(paths(left, "accent-2"))) == facts["n_networks"]
    blue = list(paths(left, "accent-1"))
    assert len(blue) == 4 * facts["n_networks"]
    assert max(curve[-1, 1] for curve in blue) == facts["worst"]
    rows: dict[float, list[float]] = {float(y): [] for y in range(5)}
    for role in ("accent-1", "accent-2"):
        for x, y in dots(right, role):
            rows[float(y)].append(x)
    means = [np.mean(rows[4.0 - place]) for place in range(5)]
    assert means == pytest.approx(facts["right"])


def test_training_race_says_how_little_reaches_the_first_sigmoid_layer(race: Drawing) -> None:
    starved = checked_facts(race.facts)["starved"]
    assert starved[0] > 1000
    assert max(starved[1:]) < 20


# --- output_heads


def test_output_heads_shows_that_softmax_competes_and_sigmoids_do_not() -> None:
    drawing = shown.output_heads()
    facts = checked_facts(drawing.facts)
    before, after = softmax([2, 1, 0.1]), softmax([2, 2.5, 0.1])
    yes = [sigma(2), sigma(2.5), sigma(0.1)]
    assert facts["before"] == pytest.approx(before)
    panels = named(drawing.figure)
    assert heights(panels["softmax"]) == pytest.approx(after)
    assert heights(panels["three sigmoids"]) == pytest.approx(yes)
    marks = [float(path[0, 1]) for path in paths(panels["softmax"], "ink", points=2)]
    assert marks == pytest.approx(before)
    assert after[0] < before[0]
    assert facts["yes_after"][0] == facts["yes_before"][0] == pytest.approx(sigma(2))
    assert facts["sums"] == pytest.approx([1, 1, 2.136835, sum(yes)], abs=SIX)


# --- temperature_sweep


@pytest.mark.parametrize("temperature", [0.1, 0.5, 2.0, 10.0])
def test_temperature_sweep_draws_the_probabilities_and_their_entropy(temperature: float) -> None:
    drawing = shown.temperature_sweep(temperature=temperature)
    expected = softmax([2, 1, 0.1], temperature)
    entropy = -sum(p * math.log(p) for p in expected)
    assert heights(drawing.figure.axes[0]) == pytest.approx(expected)
    assert drawing.facts["entropy"] == pytest.approx(entropy)
    right = drawing.figure.axes[1]
    (ringed,) = (np.asarray(drawn.get_xydata())[0] for drawn in right.lines if is_ring(drawn))
    assert ringed == pytest.approx([temperature, entropy])
    (curve,) = paths(right, "accent-3")
    assert np.interp(temperature, *curve.T) == pytest.approx(entropy, abs=2e-3)  # between points


def is_ring(drawn: Line2D) -> bool:
    return drawn.get_marker() == "o"


def test_temperature_sweep_goes_from_one_winner_to_a_draw() -> None:
    (sweep,) = shown.temperature_sweep.dlcv.sweeps  # type: ignore[attr-defined]  # as above
    some = (sweep.values[0], *sweep.values[2:-1:3], sweep.values[-1])
    every = [checked_facts(shown.temperature_sweep(temperature=t).facts) for t in some]
    entropies = [facts["entropy"] for facts in every]
    assert (entropies[0], entropies[-1]) == pytest.approx((0.0005, 1.0956), abs=5e-5)
    assert all(a < b for a, b in pairwise(entropies))
    assert every[0]["p"][0] > 0.999
    assert max(every[-1]["p"]) - min(every[-1]["p"]) < 0.07
    assert all(p[0] > p[1] > p[2] for p in (facts["p"] for facts in every))
    assert "Cold" in every[0]["said"]
    assert "Warm" in every[-1]["said"]


# --- dead_units


def test_dead_units_shows_that_steps_that_are_too_long_kill(dead: Drawing) -> None:
    facts = checked_facts(dead.facts)
    assert facts["rates"] == [0.1, 0.3, 1, 2, 3, 5, 10]
    assert facts["at_start"] < 0.1
    assert max(facts["dead"][:3]) < 0.1
    assert facts["dead"][4] > 2 * max(facts["dead"][:3])
    assert facts["dead"][6] > 0.6
    assert min(facts["right"][1:5]) > 0.9
    assert facts["right"][6] < 0.6


def test_dead_units_draws_every_network_and_the_means(dead: Drawing) -> None:
    facts = checked_facts(dead.facts)
    for ax, role, name in zip(
        dead.figure.axes, ("accent-2", "accent-1"), ("dead", "right"), strict=True
    ):
        (curve,) = paths(ax, role)
        assert curve[:, 0] == pytest.approx(facts["rates"])
        assert curve[:, 1] == pytest.approx(facts[name])
        marks = dots(ax, role)
        assert len(marks) == len(facts["rates"]) * facts["n_networks"]
        for rate, mean in zip(facts["rates"], facts[name], strict=True):
            assert marks[marks[:, 0] == rate, 1].mean() == pytest.approx(mean)


# --- thumbnail


def test_thumbnail_draws_a_curve_that_flattens_and_one_that_does_not() -> None:
    (ax,) = shown.thumbnail().figure.axes
    (flat,), (steep,) = paths(ax, "accent-5"), paths(ax, "accent-1")
    assert flat[-1, 1] - flat[-10, 1] < 0.01
    assert steep[-1, 1] - steep[-10, 1] == pytest.approx(steep[-1, 0] - steep[-10, 0])


# --- worked examples, against the curriculum


def test_slopes_by_hand_has_the_numbers_of_the_curriculum() -> None:
    facts = checked_facts(shown.slopes_by_hand())
    expected = {
        "sigmoid": 0.880797, "sigmoid_slope": 0.104994, "tanh": 0.964028, "tanh_slope": 0.070651,
        "relu": 2, "relu_slope": 1, "gelu": 1.954500, "gelu_slope": 1.085232, "silu": 1.761594,
        "silu_slope": 1.090784, "exp": math.exp(-2), "rest": 1 - sigma(2), "cdf": normal(2),
        "pdf": math.exp(-2) / math.sqrt(2 * math.pi), "z": 2, "wrong": -sigma(2),
    }  # fmt: skip
    assert facts == pytest.approx(expected, abs=SIX)


def test_values_at_minus_one_are_those_of_the_curriculum() -> None:
    facts = checked_facts(shown.values_at())
    assert facts["function"] == list(CURVES)
    expected = [0.268941, -0.761594, 0, -0.01, 0.313262, -0.632121, -1.111331, -0.158655,
                -0.268941, -0.303401]  # fmt: skip
    assert facts["value"] == pytest.approx(expected, abs=SIX)
    assert facts["slope"] == pytest.approx([slope(name, -1) for name in CURVES], abs=1e-8)
    assert [facts["slope"][k] for k in (5, 7, 8)] == pytest.approx(
        [0.367879, -0.083315, 0.072329], abs=SIX
    )
    assert facts["gelu_tanh"] == pytest.approx(-0.158808, abs=SIX)


def test_sigmoid_chain_multiplies_quarters() -> None:
    facts = checked_facts(shown.sigmoid_chain())
    assert facts["product"] == [4.0**-5, 4.0**-10, 4.0**-20]
    told = [text.replace("\N{NO-BREAK SPACE}", " ") for text in facts["told"]]
    assert told == ["9.766 × 10⁻⁴", "9.537 × 10⁻⁷", "9.095 × 10⁻¹³"]
    assert (facts["slope"], facts["weight"]) == (0.25, 4)


def test_softmax_by_hand_has_the_numbers_of_the_curriculum() -> None:
    facts = checked_facts(shown.softmax_by_hand())
    assert facts["exps"] == pytest.approx([7.389056, 2.718282, 1.105171], abs=SIX)
    assert facts["total"] == pytest.approx(11.212509, abs=SIX)
    assert facts["p"] == pytest.approx([0.659001, 0.242433, 0.098566], abs=SIX)
    table = np.array([facts["p1"], facts["p2"], facts["p3"]]).T
    assert table[0] == pytest.approx([0.863777, 0.116900, 0.019323], abs=SIX)
    assert table[2] == pytest.approx([0.501688, 0.304289, 0.194023], abs=SIX)
    assert facts["entropy"] == pytest.approx([0.453668, 0.846738, 1.026244], abs=SIX)
    assert facts["yes"] == pytest.approx([0.880797, 0.731059, 0.524979], abs=SIX)
    assert (facts["yes_total"], facts["most"]) == pytest.approx((2.136835, 1.098612), abs=SIX)


def test_jacobian_by_hand_has_the_rows_of_the_curriculum() -> None:
    facts = checked_facts(shown.jacobian_by_hand())
    rows = np.array([facts["by_z1"], facts["by_z2"], facts["by_z3"]]).T
    expected = [
        [0.224719, -0.159764, -0.064955],
        [-0.159764, 0.183659, -0.023896],
        [-0.064955, -0.023896, 0.088851],
    ]
    assert rows == pytest.approx(np.array(expected), abs=SIX)
    assert facts["sums"] == [0, 0, 0]


def test_stable_softmax_shifts_what_no_double_could_hold() -> None:
    facts = checked_facts(shown.stable_softmax())
    with pytest.raises(OverflowError):
        math.exp(facts["z"][0])
    assert facts["digits"] == pytest.approx(1002 / math.log(10))
    assert 10 ** (facts["digits_held"] - 1e-9) < 1.8e308
    assert facts["shifted"] == [-2, -1, 0]
    assert facts["p"] == pytest.approx([0.090031, 0.244728, 0.665241], abs=SIX)


def test_dying_relu_dies_of_a_long_step_and_a_leaky_one_comes_back() -> None:
    facts = checked_facts(shown.dying_relu())
    assert (facts["by_w"], facts["by_b"]) == ((0.5 * 1 + 1.5 * 2) / 2, (0.5 + 1.5) / 2)
    assert facts["small"] == pytest.approx([1 - 0.175, -0.1])
    assert facts["large"] == [-0.75, -1]
    assert facts["large_z"] == [-0.75 - 1, -1.5 - 1]
    assert facts["stuck"] == 0
    w, b, steps, outputs = -0.75, -1.0, 0, [-1.0, -1.0]
    while max(outputs) <= 0:
        errors = [0.01 * (w * x + b) - 0.5 for x in (1, 2)]
        if steps == 0:
            assert facts["leaky_by_w"] == pytest.approx(0.01 * (errors[0] + 2 * errors[1]) / 2)
            assert facts["leaky_by_b"] == pytest.approx(0.01 * sum(errors) / 2)
        w -= 0.01 * (errors[0] + 2 * errors[1]) / 2
        b -= 0.01 * sum(errors) / 2
        steps += 1
        outputs = [w + b, 2 * w + b]
    assert facts["revived_after"] == steps


def test_extremes_are_those_that_an_optimizer_found() -> None:
    facts = checked_facts(shown.extremes())
    for place, name in enumerate(("gelu", "silu", "mish")):
        found = EXTREMES[name]
        assert facts["least_at"][place] == pytest.approx(found["at"], abs=1e-7)
        assert facts["least"][place] == pytest.approx(found["least"], abs=1e-12)
        assert facts["steepest_at"][place] == pytest.approx(found["steepest_at"], abs=1e-6)
        assert facts["steepest"][place] == pytest.approx(found["steepest"], abs=1e-12)
    assert facts["selu_limit"] == pytest.approx(-1.7581, abs=5e-5)


def test_saturation_has_the_numbers_of_the_curriculum() -> None:
    facts = checked_facts(shown.saturation())
    assert facts["sigmoid_slope"] == pytest.approx(0.01766, abs=5e-6)
    assert facts["tanh_slope"] == pytest.approx(0.00134, abs=5e-6)
    assert facts["off"] == pytest.approx(0.5, abs=0.02)
    assert facts["approximation_error"] == pytest.approx(4.73e-4, abs=5e-7)
    assert facts["approximation_at"] == pytest.approx(2.70, abs=5e-3)


def test_sigmoid_gain_lets_the_networks_of_the_race_learn() -> None:
    facts = checked_facts(shown.sigmoid_gain())
    assert facts["worst"] < 0.5 < math.log(2)
    assert facts["right"] > 0.8
    # One pass of the recursion at this gain, by a plain sum, keeps the spread and has factor 1.
    z = np.linspace(-60, 60, 6001)
    density = np.exp(-0.5 * (z / facts["spread"]) ** 2)
    density /= density.sum()
    s = 1 / (1 + np.exp(-z))
    assert facts["gain"] * (density @ s**2) == pytest.approx(facts["spread"] ** 2, rel=1e-6)
    assert facts["gain"] * (density @ (s * (1 - s)) ** 2) == pytest.approx(1, rel=1e-6)
    flat = density[s * (1 - s) < 0.025].sum()
    assert facts["flat"] == pytest.approx(flat, abs=2e-3)  # cells of 0.02
