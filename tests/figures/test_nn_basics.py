"""The module's figures and worked examples show what small networks really do.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import math
from typing import Any

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from dlcv_viz.draw.theme import MARKER, letters
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import nn_basics as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray

WIDTHS = [1, 2, 3, 4, 6, 8, 12, 16, 24, 32]


def told(drawing: Drawing) -> dict[str, Any]:
    """Facts of a drawing as a page gets them."""
    return checked_facts(drawing.facts)


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for ax in figure.axes for t in ax.texts]


def role(ax: Axes, name: str) -> list[Line2D]:
    """Lines of a panel in a colour."""
    return [line for line in ax.lines if line.get_color() == MARKER[name]]


def path(line: Line2D) -> FloatArray:
    return np.asarray(line.get_xydata(), float)


def dots(ax: Axes) -> FloatArray:
    """Places of all points of a panel."""
    return np.concatenate(
        [np.asarray(c.get_offsets()) for c in ax.collections if isinstance(c, PathCollection)]
    )


def sigmoid(z: float) -> float:
    return 1 / (1 + math.exp(-z))


# --- neuron_forward_pass


@pytest.fixture(scope="module")
def neuron() -> Drawing:
    return shown.neuron_forward_pass()


def test_neuron_forward_pass_sums_what_the_inputs_contribute(neuron: Drawing) -> None:
    assert told(neuron)["parts"] == pytest.approx([1.0, -0.9])
    assert told(neuron)["z"] == pytest.approx(0.2)
    assert told(neuron)["a"] == pytest.approx([0.549834, 0.197375, 0.2], abs=5e-7)


def test_neuron_forward_pass_draws_the_sum_as_bars_that_hang_together(neuron: Drawing) -> None:
    bars = [p for p in neuron.figure.axes[1].patches if isinstance(p, Rectangle)]
    spans = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in bars]
    assert np.array(spans) == pytest.approx(np.array([(0, 1), (1, 0.1), (0.1, 0.2), (0, 0.2)]))
    colours = [to_hex(bar.get_facecolor()) for bar in bars]
    roles = ["accent-1", "accent-2", "accent-1", "ink"]
    assert colours == [MARKER[each] for each in roles]


@pytest.mark.parametrize("b", [-0.8, 0.1, 1.0])
def test_neuron_forward_pass_marks_the_same_sum_on_three_curves(b: float) -> None:
    drawing = shown.neuron_forward_pass(b=b)
    z = 0.1 + b
    for ax, a in zip(drawing.figure.axes[2:], (sigmoid(z), math.tanh(z), max(0, z)), strict=True):
        assert dots(ax) == pytest.approx(np.array([[z, a]]))
        (curve,) = role(ax, "accent-1")
        assert np.interp(z, *path(curve).T) == pytest.approx(a, abs=1e-3)  # a polygon of steps


def test_neuron_forward_pass_draws_weights_by_size_and_sign(neuron: Drawing) -> None:
    (edges,) = (c for c in neuron.figure.axes[0].collections if isinstance(c, LineCollection))
    colours = [to_hex(rgba) for rgba in np.asarray(edges.get_edgecolor())]
    assert colours == [MARKER["accent-1"], MARKER["accent-2"]]
    first, second = np.asarray(edges.get_linewidth())
    assert first > second


def test_neuron_forward_pass_takes_three_inputs() -> None:
    drawing = shown.neuron_forward_pass(x=(1.0, 0.5, -1.0), w=(0.4, -0.6, 0.2), b=0.3)
    assert told(drawing)["z"] == pytest.approx(0.4 - 0.3 - 0.2 + 0.3)


# --- relu_width_sweep


@pytest.fixture(scope="module")
def sweep() -> list[Drawing]:
    return [shown.relu_width_sweep(n=n) for n in WIDTHS]


def test_relu_width_sweep_meets_the_sine_at_its_knots_and_goes_straight_on(
    sweep: list[Drawing],
) -> None:
    for n, drawing in zip(WIDTHS, sweep, strict=True):
        ax = drawing.figure.axes[0]
        inside, left, right = (path(line) for line in role(ax, "accent-1"))
        assert inside[:, 0] == pytest.approx(np.arange(n + 1) / n)
        assert inside[:, 1] == pytest.approx(np.sin(2 * np.pi * inside[:, 0]), abs=1e-12)
        assert left[:, 1] == pytest.approx([0, 0], abs=1e-12)
        last = np.diff(inside[-2:], axis=0)[0]
        outside = np.diff(right, axis=0)[0]
        assert outside[1] / outside[0] == pytest.approx(last[1] / last[0])


def test_relu_width_sweep_has_the_errors_of_the_curriculum_below_the_bound(
    sweep: list[Drawing],
) -> None:
    errors = [1.0, 1.0, 0.43726, 0.21051, 0.13397, 0.07038, 0.03292, 0.01885, 0.00848, 0.00479]
    assert [told(d)["error"] for d in sweep] == pytest.approx(errors, abs=5e-6)
    assert all(told(d)["error"] < told(d)["bound"] for d in sweep)
    assert told(sweep[0])["ratio"] == pytest.approx(4, rel=0.1)


def test_relu_width_sweep_draws_terms_whose_sum_is_the_fit(sweep: list[Drawing]) -> None:
    for drawing in sweep:
        (terms,) = (c for c in drawing.figure.axes[1].collections if isinstance(c, LineCollection))
        ends = np.array([np.asarray(s) for s in terms.get_segments()])
        fit_end = path(role(drawing.figure.axes[0], "accent-1")[2])[-1]
        assert ends[:, 1, 0] == pytest.approx(np.full(len(ends), fit_end[0]))
        assert ends[:, 1, 1].sum() == pytest.approx(fit_end[1], abs=1e-9)


def test_relu_width_sweep_rings_its_own_width(sweep: list[Drawing]) -> None:
    for n, drawing in zip(WIDTHS, sweep, strict=True):
        ax = drawing.figure.axes[2]
        (ring,) = (line for line in ax.lines if line.get_marker() == "o")
        assert path(ring)[0] == pytest.approx([n, told(drawing)["error"]])
        assert sorted(dots(ax)[:, 0]) == WIDTHS


# --- lif_rate_vs_relu


@pytest.fixture(scope="module")
def lif() -> Drawing:
    return shown.lif_rate_vs_relu()


def test_lif_rate_vs_relu_fires_as_often_as_its_rate_says(lif: Drawing) -> None:
    ax = lif.figure.axes[0]
    spikes = sorted(path(s)[0, 0] for s in role(ax, "accent-1") if len(path(s)) == 2)
    first = 20 * math.log(1.5 / 0.5)  # ms from rest to the threshold
    assert spikes[0] == pytest.approx(first)
    assert np.diff(spikes) == pytest.approx(np.full(len(spikes) - 1, first + 2))
    assert 1000 / (first + 2) == pytest.approx(told(lif)["rates"][1])


def test_lif_rate_vs_relu_shows_a_current_that_never_reaches_the_threshold(lif: Drawing) -> None:
    (silent,) = role(lif.figure.axes[0], "accent-5")
    assert 0.85 < path(silent)[:, 1].max() < 0.9


def test_lif_rate_vs_relu_has_the_rates_of_the_curriculum_and_a_fair_caricature(
    lif: Drawing,
) -> None:
    rates = [20.017, 41.715, 63.040, 98.919, 154.730]
    assert told(lif)["rates"] == pytest.approx(rates, abs=5e-4)
    assert told(lif)["ceiling"] == pytest.approx(500)
    assert told(lif)["explained"] > 0.95
    (rate,), (fitted,) = (role(lif.figure.axes[1], name) for name in ("accent-1", "accent-2"))
    assert np.interp(0.2, *path(rate).T) == np.interp(0.2, *path(fitted).T) == 0
    gaps = np.abs(np.interp(path(fitted)[:, 0], *path(rate).T) - path(fitted)[:, 1])
    assert gaps.max() == pytest.approx(told(lif)["gap"], rel=1e-3)
    assert path(fitted)[gaps.argmax(), 0] == pytest.approx(told(lif)["gap_at"]) == 1


# --- layer_as_matrix


@pytest.mark.parametrize("neuron", [1, 2])
def test_layer_as_matrix_frames_one_row_everywhere_and_shows_its_weights(neuron: int) -> None:
    drawing = shown.layer_as_matrix(neuron=neuron)
    assert told(drawing)["z"] == pytest.approx([-0.8, 1.5])
    assert told(drawing)["a"] == pytest.approx([0, 1.5])
    (ax,) = drawing.figure.axes
    frames = [
        p
        for p in ax.patches
        if isinstance(p, Rectangle) and to_hex(p.get_edgecolor()) == MARKER["accent-2"]
    ]
    assert len(frames) == 4  # W, b, z, a
    assert len({frame.get_y() for frame in frames}) == 1
    row = {1: ["0.2", "−0.5", "0.1"], 2: ["0.7", "0.3", "−0.4"]}[neuron]
    coloured = {letters("accent-1"), letters("accent-2")}
    assert [t.get_text() for t in ax.texts if t.get_color() in coloured] == row


def test_layer_as_matrix_makes_the_edges_into_its_neuron_strong() -> None:
    for neuron in (1, 2):
        (ax,) = shown.layer_as_matrix(neuron=neuron).figure.axes
        edges = next(
            c
            for c in ax.collections
            if isinstance(c, LineCollection) and len(np.asarray(c.get_edgecolor())) == 6
        )
        alphas = np.asarray(edges.get_edgecolor())[:, 3].reshape(3, 2)
        assert alphas[:, neuron - 1].min() > 2 * alphas[:, 2 - neuron].max()


# --- parameter_growth


def test_parameter_growth_counts_what_the_curriculum_does() -> None:
    drawing = shown.parameter_growth()
    assert told(drawing)["by_layer"] == [100_480, 8_256, 650]
    assert told(drawing)["total"] == 109_386
    assert told(drawing)["share"] == pytest.approx(0.9186, abs=5e-5)
    assert told(drawing)["first_cost"] == 784 + 1 + 64
    assert told(drawing)["second_cost"] == 128 + 1 + 10
    assert told(drawing)["photo"] == 150_528 * 128
    bars = [p.get_width() for p in drawing.figure.axes[0].patches if isinstance(p, Rectangle)]
    assert np.array(bars) / bars[0] == pytest.approx(np.array([100_480, 8_256, 650]) / 100_480)


def test_parameter_growth_draws_lines_as_steep_as_a_unit_costs_through_the_network() -> None:
    ax = shown.parameter_growth().figure.axes[1]
    for name, cost, width in (("accent-1", 849, 128), ("accent-2", 139, 64)):
        (drawn,) = role(ax, name)
        steps = np.diff(path(drawn), axis=0)
        assert steps[:, 1] / steps[:, 0] == pytest.approx(np.full(len(steps), cost))
        assert np.interp(width, *path(drawn).T) == pytest.approx(109_386)
    assert sorted(dots(ax).tolist()) == [[64, 109_386], [128, 109_386]]


# --- moons_network_vs_line


@pytest.fixture(scope="module")
def moons() -> Drawing:
    return shown.moons_network_vs_line()


def test_moons_network_vs_line_gains_by_the_bend_and_not_by_the_layer(moons: Drawing) -> None:
    line, linear, tanh = told(moons)["accuracy"]
    assert tanh - line >= 0.05
    assert linear == pytest.approx(line, abs=0.005)
    losses = told(moons)["loss"]
    assert losses[0] == pytest.approx(losses[1], abs=1e-6)
    assert losses[2] < 0.6 * losses[0]


def test_moons_network_vs_line_bends_only_the_boundary_of_the_tanh_network(
    moons: Drawing,
) -> None:
    def bend(ax: Axes) -> float:
        """Distance of the boundary from its own best line."""
        curve = max(
            (
                np.asarray(p.vertices)
                for c in ax.collections
                for p in c.get_paths()
                if c.get_zorder() == 2
            ),
            key=len,
        )
        centred = curve - curve.mean(axis=0)
        return float(np.linalg.svd(centred, compute_uv=False)[1] / math.sqrt(len(curve)))

    line, linear, tanh = map(bend, moons.figure.axes[:3])
    assert max(line, linear) < 1e-3
    assert tanh > 0.1


def test_moons_network_vs_line_draws_the_loss_of_every_step(moons: Drawing) -> None:
    ax = moons.figure.axes[3]
    ends = [path(role(ax, name)[0])[-1] for name in ("accent-3", "accent-4", "accent-5")]
    assert [end[0] for end in ends] == [2000, 2000, 2000]
    assert [end[1] for end in ends] == pytest.approx(told(moons)["loss"])
    line, tanh = (path(role(ax, name)[0])[:, 1] for name in ("accent-3", "accent-5"))
    passes = int(told(moons)["passes"])
    assert (tanh[: passes - 1] >= line[: passes - 1]).all()
    assert (tanh[passes - 1 :] < line[passes - 1 :]).all()


# --- found_or_built


def test_found_or_built_finds_good_and_bad_networks_of_the_same_size() -> None:
    drawing = shown.found_or_built()
    errors = told(drawing)["errors"]
    assert errors == sorted(errors)
    assert told(drawing)["built"] == pytest.approx(0.07038, abs=5e-6)
    assert errors[0] < 1.5 * told(drawing)["built"]
    assert errors[-1] > 0.5
    function, ranking = drawing.figure.axes
    for name, error in (("accent-1", errors[0]), ("accent-2", errors[-1])):
        (found,) = role(function, name)
        x, height = path(found).T
        assert np.abs(height - np.sin(2 * np.pi * x)).max() == pytest.approx(error)
    assert sorted(dots(ranking)[:, 1]) == pytest.approx(errors)


def test_found_or_built_begins_far_from_the_sine_and_comes_nearer() -> None:
    start, later = (told(shown.found_or_built(steps=steps))["errors"] for steps in (0, 500))
    assert np.median(np.asarray(later)) < 0.7 * np.median(np.asarray(start))


# --- worked examples


def test_single_neuron_is_the_example_of_the_curriculum() -> None:
    facts = checked_facts(shown.single_neuron())
    assert facts["parts"] == pytest.approx([1.0, -0.9])
    assert facts["z"] == pytest.approx(0.2)
    assert facts["no_bias"] == pytest.approx(0.1)
    assert (facts["exponential"], facts["denominator"]) == pytest.approx(
        (0.818731, 1.818731), abs=5e-7
    )
    assert facts["sigmoid"] == pytest.approx(0.549833997312478, abs=1e-12)
    assert facts["tanh"] == pytest.approx(0.197375320224904, abs=1e-12)
    assert facts["relu"] == pytest.approx(0.2)


def test_layer_by_hand_is_the_example_of_the_curriculum() -> None:
    facts = checked_facts(shown.layer_by_hand())
    assert facts["parts_1"] == pytest.approx([0.2, -1.0, -0.1])
    assert facts["parts_2"] == pytest.approx([0.7, 0.6, 0.4])
    assert facts["z"] == pytest.approx([-0.8, 1.5])
    assert facts["relu"] == pytest.approx([0, 1.5])
    assert facts["sigmoid"] == pytest.approx([0.310026, 0.817574], abs=5e-7)


def test_second_layer_is_the_example_of_the_curriculum_and_collapses_without_the_relu() -> None:
    facts = checked_facts(shown.second_layer())
    assert facts["z"] == pytest.approx(-2.5)
    assert facts["out"] == pytest.approx(0.075858, abs=5e-7)
    # -0.8 - 2 * 1.5 + 0.5, and W2 W1 and W2 b1 + b2 by hand.
    assert facts["linear_z"] == pytest.approx(-3.3) == facts["one_z"]
    assert facts["one_w"] == pytest.approx([-1.2, -1.1, 0.9])
    assert facts["one_b"] == pytest.approx(1.0)
    assert sum(facts["one_parts"]) + facts["one_b"] == pytest.approx(-3.3)


def test_batch_by_hand_is_the_example_of_the_curriculum() -> None:
    facts = checked_facts(shown.batch_by_hand())
    assert facts["z_1"] == pytest.approx([-0.8, 1.5])
    assert facts["z_2"] == pytest.approx([-0.1, -1.1])
    assert (facts["a_1"], facts["a_2"]) == (pytest.approx([0, 1.5]), [0, 0])
    assert sum(facts["parts_1"]) + facts["b"][0] == pytest.approx(-0.1)
    assert sum(facts["parts_2"]) + facts["b"][1] == pytest.approx(-1.1)


def test_count_parameters_is_the_example_of_the_curriculum() -> None:
    facts = checked_facts(shown.count_parameters())
    assert facts["both"] == [100_480, 8_256, 650]
    assert (facts["total"], facts["multiply_adds"]) == (109_386, 109_184)
    assert (facts["small_layers"], facts["small_total"]) == ([40, 27], 67)
    assert facts["wide_total"] == 266_610


# --- thumbnail


def test_the_thumbnail_shows_a_network_at_work_without_words() -> None:
    drawing = shown.thumbnail()
    assert texts(drawing.figure) == []
    (ax,) = drawing.figure.axes
    drawn = [c for c in ax.collections if isinstance(c, PathCollection)]
    tinted = [c for c in drawn if np.ptp(np.asarray(c.get_facecolor())[:, 3]) > 0]
    assert sum(len(np.asarray(c.get_offsets())) for c in tinted) == told(drawing)["n_units"] == 14
