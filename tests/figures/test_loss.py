"""The module's figures and worked examples show what losses really do.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

from collections.abc import Callable
from itertools import pairwise
from math import cosh, exp, log, tanh

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import loss as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray

BLUE, ORANGE, GREEN, GOLD = (MARKER[f"accent-{k}"] for k in (1, 2, 3, 4))
Curve = Callable[[float], float]


def curves(ax: Axes, colour: str) -> list[FloatArray]:
    """Return the lines of a colour that have no marker, (n, 2) each."""
    drawn = [line for line in ax.lines if line.get_marker() == "None"]
    return [np.asarray(line.get_xydata()) for line in drawn if line.get_color() == colour]


def curve(ax: Axes, colour: str) -> FloatArray:
    (found,) = curves(ax, colour)
    return found


def offsets(ax: Axes, colour: str) -> FloatArray:
    """Return the places of the points of a colour."""
    clouds = [c for c in ax.collections if isinstance(c, PathCollection)]
    own = [c for c in clouds if to_hex(np.asarray(c.get_facecolor())[0]) == colour]
    return np.concatenate([np.asarray(c.get_offsets()) for c in own])


def ring(ax: Axes) -> list[float]:
    (drawn,) = (line for line in ax.lines if line.get_marker() == "o")
    x, y = np.asarray(drawn.get_xydata())[0]
    return [float(x), float(y)]


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for ax in figure.axes for t in ax.texts]


def huber(e: float, delta: float = 1.0) -> float:
    return e * e / 2 if abs(e) <= delta else delta * abs(e) - delta * delta / 2


def focal(p: float, gamma: float = 2.0) -> float:
    return -float((1 - p) ** gamma) * log(p)


def outliers() -> tuple[FloatArray, FloatArray]:
    """Draw the points of the curriculum, the three lowered ones included."""
    x = np.linspace(0, 10, 30)
    y = 2 * x + 1 + np.random.default_rng(3).normal(0, 1, 30)
    y[26:29] -= 25
    return x, y


@pytest.fixture(scope="module")
def surfaces() -> Drawing:
    return shown.loss_surface()


@pytest.fixture(scope="module")
def recoveries() -> Drawing:
    return shown.bce_vs_mse_gradient()


@pytest.fixture(scope="module")
def thresholds() -> list[Drawing]:
    return [shown.huber_delta_sweep(delta=delta) for delta in shown.DELTAS]


# --- losses of errors


def test_regression_losses_draws_every_loss_above_its_gradient() -> None:
    axes = shown.regression_losses().figure.axes
    expected: tuple[tuple[str, Curve, Curve], ...] = (
        (BLUE, lambda e: e * e / 2, lambda e: e),
        (ORANGE, abs, lambda e: float(np.sign(e))),
        (GREEN, huber, lambda e: max(-1, min(1, e))),
        (GOLD, lambda e: log(cosh(e)), tanh),
    )
    for place, (colour, value, slope) in enumerate(expected):
        for ax, function in ((axes[2 * place], value), (axes[2 * place + 1], slope)):
            drawn = np.concatenate(curves(ax, colour))
            assert drawn[:, 1] == pytest.approx([function(e) for e in drawn[:, 0]], abs=1e-12)
            assert {*drawn[:, 0]} >= {-4, 0, 4}


def test_regression_losses_breaks_the_gradient_where_it_jumps() -> None:
    ax = shown.regression_losses().figure.axes[3]
    parts = curves(ax, ORANGE)
    assert [{*part[:, 1]} for part in parts] == [{-1}, {0}, {1}]


def test_regression_losses_tells_pulls_that_are_linear_a_sign_and_clipped() -> None:
    facts = checked_facts(shown.regression_losses().facts)
    assert facts["errors"] == [0.5, 3]
    assert facts["small"] == pytest.approx([0.5, 1, 0.5, tanh(0.5)])
    assert facts["pulls"] == pytest.approx([3, 1, 1, tanh(3)])
    assert {"3", "1", "0.995"} <= set(texts(shown.regression_losses().figure))


def test_best_constant_puts_each_minimum_where_its_loss_has_it() -> None:
    drawing = shown.best_constant()
    ax = drawing.figure.axes[0]
    for colour, best in ((BLUE, 22), (ORANGE, 3), (GREEN, 100)):
        drawn = curve(ax, colour)
        assert drawn[drawn[:, 1].argmin(), 0] == best
        assert offsets(ax, colour)[0] == pytest.approx([best, 0], abs=1e-9)
    assert offsets(ax, GOLD)[:, 0].tolist() == [1, 2, 3, 4, 100]
    facts = drawing.facts
    assert [facts[name] for name in ("mean", "median", "quantile")] == [22, 3, 100]


# --- losses of margins and probabilities


def test_classification_losses_draws_stand_ins_for_a_step() -> None:
    ax = shown.classification_losses().figure.axes[0]
    assert curve(ax, MARKER["ink"]).tolist() == [[-3, 1], [0, 1], [0, 0], [3, 0]]
    expected: dict[str, Curve] = {
        BLUE: lambda m: max(0, 1 - m),
        ORANGE: lambda m: log(1 + exp(-m)),
        GREEN: lambda m: focal(1 / (1 + exp(-m))),
        GOLD: lambda m: (1 - m) ** 2,
    }
    for colour, function in expected.items():
        drawn = curve(ax, colour)
        assert drawn[:, 1] == pytest.approx([function(m) for m in drawn[:, 0]])


def test_classification_losses_shows_which_of_them_are_convex_and_which_bound_the_step() -> None:
    ax = shown.classification_losses().figure.axes[0]
    bends = {c: np.diff(curve(ax, c)[:, 1], 2).min() for c in (BLUE, ORANGE, GREEN, GOLD)}
    assert min(bends[BLUE], bends[ORANGE], bends[GOLD]) > -1e-12  # rounding
    assert bends[GREEN] < -1e-6
    for colour, scale in ((BLUE, 1), (GOLD, 1), (ORANGE, log(2))):
        margins, values = curve(ax, colour).T
        assert (values / scale >= (margins <= 0) - 1e-12).all()


def test_classification_losses_tells_the_peak_of_the_focal_pull() -> None:
    facts = checked_facts(shown.classification_losses().facts)
    assert (facts["right"], facts["squared_right"]) == (3, 4)
    assert facts["bce_right"] == pytest.approx(log(1 + exp(-3)))
    z = np.linspace(-10, 3, 5001)
    values = np.array([focal(1 / (1 + exp(-v))) for v in z])
    pulls = -np.gradient(values, z)
    assert facts["focal_peak"] == pytest.approx(pulls.max(), abs=1e-4)
    assert facts["focal_peak_at"] == pytest.approx(z[pulls.argmax()], abs=0.02)


def test_expected_losses_are_least_at_the_truth_but_for_the_focal_loss() -> None:
    drawing = shown.expected_losses()
    ax = drawing.figure.axes[0]
    for colour, best in ((BLUE, 0.9), (ORANGE, 0.9), (GREEN, 0.694)):
        drawn = curve(ax, colour)
        assert drawn[:, 1].min() == pytest.approx(0, abs=1e-3)
        assert drawn[drawn[:, 1].argmin(), 0] == pytest.approx(best, abs=0.005)  # the grid's step
        assert np.interp(0.5, *drawn.T) == pytest.approx(1, abs=1e-3)
    assert drawing.facts["minimisers"] == pytest.approx([0.774, 0.694, 0.597], abs=5e-4)


def test_focal_gamma_sweep_hands_the_total_from_the_easy_to_the_hard() -> None:
    sheet = {0.0: (51.293, 16.094), 2.0: (0.128, 10.300), 5.0: (1.6e-5, 5.274)}
    for gamma, (easy, hard) in sheet.items():
        facts = checked_facts(shown.focal_gamma_sweep(gamma=gamma).facts)
        assert (facts["easy"], facts["hard"]) == (
            pytest.approx(easy, rel=5e-3),
            pytest.approx(hard, rel=5e-3),
        )
        assert facts["share"] == pytest.approx(easy / (easy + hard), rel=1e-2)
    shares = [checked_facts(shown.focal_gamma_sweep(gamma=g).facts)["share"] for g in shown.GAMMAS]
    assert all(one > other for one, other in pairwise(shares))


def test_focal_gamma_sweep_draws_its_curve_and_rings_its_share() -> None:
    drawing = shown.focal_gamma_sweep(gamma=1.5)
    left, right = drawing.figure.axes
    drawn = curve(left, BLUE)
    assert drawn[:, 1] == pytest.approx([focal(p, 1.5) for p in drawn[:, 0]])
    assert offsets(left, GREEN)[0] == pytest.approx([0.95, focal(0.95, 1.5)])
    assert offsets(left, ORANGE)[0] == pytest.approx([0.2, focal(0.2, 1.5)])
    assert ring(right) == pytest.approx([1.5, drawing.facts["share"]])
    assert np.interp(1.5, *curve(right, GREEN).T) == pytest.approx(drawing.facts["share"])


# --- training


def test_bce_vs_mse_gradient_draws_a_pull_that_saturates_on_the_wrong_side(
    recoveries: Drawing,
) -> None:
    left = recoveries.figure.axes[0]
    z = curve(left, BLUE)[:, 0]
    p = 1 / (1 + np.exp(-z))
    assert curve(left, BLUE)[:, 1] == pytest.approx(1 - p)
    assert curve(left, ORANGE)[:, 1] == pytest.approx((1 - p) ** 2 * p)
    assert recoveries.facts["mse_most"] == pytest.approx(4 / 27, abs=1e-4)  # at p = 1/3


def test_bce_vs_mse_gradient_counts_the_steps_of_both_recoveries(recoveries: Drawing) -> None:
    needed = []
    for power in (1, 2):
        z, steps = -7.0, 0
        while z < 0:
            p = 1 / (1 + exp(-z))
            z += 0.5 * (1 - p) * (p * (1 - p) if power == 2 else 1)
            steps += 1
        needed.append(steps)
    facts = recoveries.facts
    assert [facts["bce_steps"], facts["mse_steps"]] == needed
    assert facts["times"] == needed[1] / needed[0] > 100
    assert facts["start"] == pytest.approx(1 / (1 + exp(7)))
    assert {f"{needed[0]} steps", f"{needed[1]:,} steps"} <= set(texts(recoveries.figure))


def test_loss_surface_leads_the_cross_entropy_down_and_leaves_the_squared_loss_on_a_plateau(
    surfaces: Drawing,
) -> None:
    facts = checked_facts(surfaces.facts)
    assert facts["bce_end"] <= facts["bce_best"] + 1e-6  # the grid may miss the minimum
    assert facts["mse_end"] > 3 * facts["mse_best"]
    assert facts["mse_end"] == pytest.approx(0.25, abs=1e-3)  # every answer yes, half of them right
    assert (facts["mse_yes"], facts["mse_right"]) == (1, 0.5)
    assert facts["bce_right"] > 0.8


def test_loss_surface_is_convex_for_the_cross_entropy_alone(surfaces: Drawing) -> None:
    assert surfaces.facts["bce_concave"] == 0
    assert checked_facts(surfaces.facts)["mse_concave"] > 0.5


def test_loss_surface_draws_descents_that_follow_the_gradient(surfaces: Drawing) -> None:
    rng = np.random.default_rng(0)
    clouds = [rng.normal(centre, 1, (15, 2))[:, 0] for centre in (1, -1)]
    x, y = np.concatenate(clouds), np.repeat([1.0, 0.0], 15)
    for ax, colour, saturates in zip(
        surfaces.figure.axes, (BLUE, ORANGE), (False, True), strict=True
    ):
        place = np.array([-4.0, 6.0])
        for step in range(301):
            if step in {0, 1, 20, 300}:
                assert curve(ax, colour)[step] == pytest.approx(place)
            p = 1 / (1 + np.exp(-(place[0] * x + place[1])))
            pull = (p - y) * (p * (1 - p) if saturates else 1)
            place = place - 2 * np.array([(pull * x).mean(), pull.mean()])
        assert ring(ax) == [-4, 6]


# --- outliers


def test_outlier_regression_tells_the_slopes_of_the_curriculum() -> None:
    facts = shown.outlier_regression().facts
    sheet = {
        "clean": (2.088, 0.618),
        "squares": (0.878, 4.167),
        "absolute": (2.024786, 0.616151),
        "huber": (2.017, 0.722),
    }
    for name, line in sheet.items():
        assert [facts[name], facts[f"{name}_intercept"]] == pytest.approx(line, abs=5e-4)
    assert facts["kept"] == pytest.approx(0.42, abs=5e-3)


def test_outlier_regression_draws_each_line_with_its_slope_and_all_points() -> None:
    drawing = shown.outlier_regression()
    ax = drawing.figure.axes[0]
    for colour, name in ((ORANGE, "squares"), (BLUE, "huber"), (GREEN, "absolute")):
        (x0, y0), (x1, y1) = curve(ax, colour)
        assert (y1 - y0) / (x1 - x0) == pytest.approx(drawing.facts[name])
    points = offsets(ax, GOLD)
    assert points[points[:, 0].argsort()] == pytest.approx(np.column_stack(outliers()))


def test_huber_delta_sweep_slides_from_the_absolute_loss_to_least_squares(
    thresholds: list[Drawing],
) -> None:
    slopes = [drawing.facts["slope"] for drawing in thresholds]
    sheet = [2.026, 2.030, 2.031, 2.017, 1.998, 1.950, 1.739, 1.388, 0.878, 0.878]
    assert slopes == pytest.approx(sheet, abs=6e-4)
    x, y = outliers()
    assert slopes[-1] == pytest.approx(np.polyfit(x, y, 1)[0])
    for drawing in thresholds:
        assert drawing.facts["slopes"] == pytest.approx(slopes)


def test_huber_delta_sweep_colours_the_points_whose_pull_is_clipped(
    thresholds: list[Drawing],
) -> None:
    x, y = outliers()
    for drawing, delta in zip(thresholds, shown.DELTAS, strict=True):
        facts = checked_facts(drawing.facts)
        error = np.abs(facts["slope"] * x + facts["intercept"] - y)
        left, right = drawing.figure.axes
        assert facts["n_clipped"] == (error > delta).sum() == len(offsets(left, ORANGE))
        assert facts["n_within"] == len(offsets(left, BLUE)) == 30 - facts["n_clipped"]
        assert ring(right) == pytest.approx([delta, facts["slope"]])


def test_huber_delta_sweep_tells_how_little_the_classic_threshold_costs(
    thresholds: list[Drawing],
) -> None:
    assert thresholds[0].facts["efficiency"] == pytest.approx(0.95, abs=1e-3)


def test_thumbnail_shows_the_steeper_loss_pulling_harder() -> None:
    (ax,) = shown.thumbnail().figure.axes
    arrows = [p for p in ax.patches if isinstance(p, FancyArrowPatch)]
    ways = [np.subtract(*p._posA_posB) for p in arrows]  # type: ignore[attr-defined]  # no getter
    assert np.array(ways) == pytest.approx(np.array([[2.4, 0], [1, 0]]))


# --- worked examples


def test_regression_four_has_the_losses_of_the_curriculum() -> None:
    facts = checked_facts(shown.regression_four())
    assert facts["e"] == [-0.5, 0.5, 0, 1]
    assert facts["huber_terms"] == [0.125, 0.125, 0, 0.5]
    assert (facts["mse"], facts["mae"], facts["huber"]) == (0.375, 0.5, 0.1875)
    assert facts["rmse"] == pytest.approx(0.612372, abs=5e-7)
    assert (facts["narrow"], facts["huber_narrow"]) == (0.75, 0.1796875)
    assert facts["mse_gradient"] == [-0.25, 0.25, 0, 0.5]
    assert facts["mae_gradient"] == [-0.25, 0.25, 0, 0.25]
    assert (facts["mean_error"], facts["mean_error_squared"]) == (0.25, 0.0625)
    assert facts["unhalved"] == (0.25 + 0.25 + 0 + 1) / 4


def test_one_error_grows_by_three_laws() -> None:
    facts = checked_facts(shown.one_error())
    assert facts["half_squared"] == [0.125, 0.5, 2, 8, 50]
    assert facts["absolute"] == facts["e"] == [0.5, 1, 2, 4, 10]
    assert facts["huber"] == [0.125, 0.5, 1.5, 3.5, 9.5]


def test_mean_and_median_each_win_at_their_own_loss() -> None:
    facts = checked_facts(shown.mean_and_median())
    assert (facts["mean"], facts["median"]) == (22, 3)
    assert facts["squares_at_mean"] == 21**2 + 20**2 + 19**2 + 18**2 + 78**2
    assert facts["squares_at_median"] == 4 + 1 + 0 + 1 + 97**2
    assert facts["absolute_at_mean"] == 21 + 20 + 19 + 18 + 78
    assert facts["absolute_at_median"] == 2 + 1 + 0 + 1 + 97
    assert [facts[n] for n in ("n_below", "n_above", "below_mean", "above_mean")] == [2, 2, 4, 1]


def test_order_quantity_is_the_cheapest_of_all_orders() -> None:
    facts = checked_facts(shown.order_quantity())

    def cost(order: float) -> float:
        costs = [3 * max(d - order, 0) + max(order - d, 0) for d in facts["demand"]]
        return float(sum(costs) / len(costs))

    assert (facts["tau"], facts["best"], facts["n_enough"]) == (0.75, 16, 8)
    assert min(range(5, 25), key=cost) == 16
    told = [facts[f"cost_{name}"] for name in ("best", "less", "more", "mean")]
    assert told == pytest.approx([cost(16), cost(15), cost(17), cost(13.8)])


def test_bce_ladder_has_the_losses_of_the_curriculum() -> None:
    facts = checked_facts(shown.bce_ladder())
    sheet = [0.105361, 0.510826, 0.693147, 2.302585, 4.605170, 6.907755]
    assert facts["loss"] == pytest.approx(sheet, abs=5e-7)
    assert facts["decimal"] == pytest.approx(1)
    assert facts["squared"] == pytest.approx([0.01, 0.16, 0.25, 0.81, 0.9801, 0.998001])


def test_saturated_neuron_pulls_a_thousand_times_less_by_its_square() -> None:
    facts = checked_facts(shown.saturated_neuron())
    assert facts["z"] == pytest.approx(-6.906755, abs=5e-7)
    assert facts["slope"] == pytest.approx(0.000999, abs=5e-10)
    assert (facts["squared"], facts["bce"]) == (pytest.approx(-0.000998, abs=5e-7), -0.999)
    assert facts["ratio"] == pytest.approx(1001, abs=0.01)
    told = [facts[name] for name in ("bce_20", "bce_300", "mse_20", "mse_300")]
    assert told == pytest.approx([0.708, 0.9929, 0.00092, 0.00105], rel=5e-3)  # as they are rounded


def test_softmax_three_has_losses_and_gradients_of_the_curriculum() -> None:
    facts = checked_facts(shown.softmax_three())
    assert facts["log_total"] == pytest.approx(2.417030, abs=5e-7)
    p = [0.659001, 0.242433, 0.098566]
    assert facts["p"] == pytest.approx(p, abs=5e-7)
    assert facts["loss_first"] == pytest.approx(0.417030, abs=5e-7)
    assert facts["loss_last"] == pytest.approx(2.317030, abs=5e-7)
    assert facts["gradient_first"] == pytest.approx([p[0] - 1, p[1], p[2]], abs=5e-7)
    assert facts["gradient_last"] == pytest.approx([p[0], p[1], p[2] - 1], abs=5e-7)
    assert facts["soft"] == pytest.approx([0.933333, 0.033333, 0.033333], abs=5e-7)
    assert facts["loss_soft"] == pytest.approx(0.5136966829, abs=5e-11)
    squashed = [exp(v) for v in facts["p"]]
    assert facts["twice"] == pytest.approx(-log(squashed[0] / sum(squashed)))
    assert sum(abs(v) for v in facts["gradient_soft"]) < sum(
        abs(v) for v in facts["gradient_first"]
    )


def test_overflow_is_finite_from_the_logit_where_the_probability_leaves_nothing() -> None:
    assert shown.overflow() == {"z": 100, "loss": 100, "left": 0}


def test_untrained_loses_the_logarithm_of_the_number_of_classes() -> None:
    facts = checked_facts(shown.untrained())
    assert facts["loss"] == pytest.approx([log(n) for n in facts["classes"]])


def test_weighted_two_divides_by_the_weights() -> None:
    facts = checked_facts(shown.weighted_two())
    told = [facts[name] for name in ("mean", "plain", "by_count")]
    assert told == pytest.approx([1.842030, 1.367030, 3.684060], abs=5e-7)
    assert (facts["weights"], facts["total"], facts["times"]) == ([1, 3], 4, 2)


def test_surprise_adds_up() -> None:
    facts = checked_facts(shown.surprise())
    told = [facts[name] for name in ("entropy", "cross_entropy", "kl")]
    assert told == pytest.approx([1.029653, 1.054920, 0.025267], abs=5e-7)
    back = 0.4 * log(0.4 / 0.5) + 0.4 * log(0.4 / 0.3)
    assert facts["back"] == pytest.approx(back)


def test_hinge_four_charges_a_thin_margin() -> None:
    facts = checked_facts(shown.hinge_four())
    assert facts["margin"] == [2, 0.5, -1, -0.3]
    assert facts["loss"] == pytest.approx([0, 0.5, 2, 1.3])


def test_focal_table_has_the_losses_of_the_curriculum() -> None:
    facts = checked_facts(shown.focal_table())
    assert facts["focal"] == pytest.approx([0.001054, 0.081732, 0.173287, 1.865094], abs=5e-7)
    assert facts["ratio"] == pytest.approx([100, 6.25, 4, 1 / 0.81])


def test_dice_six_has_both_coefficients_of_the_curriculum() -> None:
    facts = checked_facts(shown.dice_six())
    assert [facts[name] for name in ("overlap", "sum_p", "sum_g", "sum_p2")] == pytest.approx(
        [2, 2.3, 3, 1.59]
    )
    assert facts["coefficient"] == pytest.approx(4 / 5.3)
    assert facts["coefficient_squared"] == pytest.approx(4 / 4.59)
    assert facts["loss"] == pytest.approx(0.245283, abs=5e-7)
    assert facts["loss_squared"] == pytest.approx(1 - 4 / 4.59)


def test_embeddings_rest_and_work_as_in_the_curriculum() -> None:
    facts = checked_facts(shown.embeddings())
    assert [facts[f"d2_{name}"] for name in ("positive", "far", "near")] == pytest.approx(
        [1, 2.25, 1.17]
    )
    assert facts["loss_far"] == 0
    assert facts["long"] == pytest.approx(-1.05)
    assert facts["loss_near"] == facts["short"] == pytest.approx(0.03)
    assert (facts["similar"], facts["dissimilar"]) == (0.125, 0.125)
