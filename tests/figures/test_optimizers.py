"""The module's figures and worked examples show what optimizers really do.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import math

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import optimizers as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray

SIX = 5e-7  # six decimals of the curriculum


def curves(ax: Axes, role: str, *, points: int = 3) -> list[FloatArray]:
    """Lines of a colour with at least so many points."""
    every = [(drawn, np.asarray(drawn.get_xydata())) for drawn in ax.lines]
    return [xy for drawn, xy in every if drawn.get_color() == MARKER[role] and len(xy) >= points]


def dots(ax: Axes, role: str) -> FloatArray:
    """Places of the points of a colour."""
    clouds = [c for c in ax.collections if isinstance(c, PathCollection)]
    own = [c for c in clouds if to_hex(np.asarray(c.get_facecolor())[0]) == MARKER[role]]
    return np.concatenate([np.asarray(c.get_offsets()) for c in own])


def height(w: FloatArray) -> FloatArray:
    result: FloatArray = (w[:, 0] ** 2 + 25 * w[:, 1] ** 2) / 2
    return result


@pytest.fixture(scope="module")
def paths() -> Drawing:
    return shown.optimizer_paths()


@pytest.fixture(scope="module")
def race() -> Drawing:
    return shown.optimizer_training_race()


def test_paths_draws_six_walks_from_one_start_and_their_heights(paths: Drawing) -> None:
    axes = paths.figure.axes
    assert len(axes) == 12
    for place, role in enumerate(f"accent-{k}" for k in range(1, 7)):
        (walked,) = curves(axes[2 * place], role, points=101)
        assert walked[0].tolist() == [-8, 2]
        (drawn,) = curves(axes[2 * place + 1], role, points=101)
        assert drawn[:, 1] == pytest.approx(height(walked))


def test_paths_marks_where_each_is_first_low_enough(paths: Drawing) -> None:
    facts = checked_facts(paths.facts)
    assert facts["first"] == [56, 66, 30, 77, 36, 67]
    for place, first in enumerate(facts["first"]):
        ax, role = paths.figure.axes[2 * place + 1], f"accent-{place + 1}"
        (curve,) = curves(ax, role, points=101)
        assert (curve[:first, 1] >= 0.01).all()
        assert dots(ax, role).tolist() == [curve[first].tolist()]
        assert curve[first, 1] < 0.01


def test_paths_says_that_a_rate_for_each_weight_helps_less_in_a_turned_ravine(
    paths: Drawing,
) -> None:
    facts = checked_facts(paths.facts)
    assert facts["turned"][:3] == facts["first"][:3]
    assert all(a > 1.2 * b for a, b in zip(facts["turned"][3:], facts["first"][3:], strict=True))


def test_paths_shows_that_rmsprop_is_low_and_does_not_stay(paths: Drawing) -> None:
    last = checked_facts(paths.facts)["last"]
    assert last[4] > 0.1
    assert max(last[:4] + last[5:]) < 0.002


@pytest.mark.parametrize("rate", shown.RATES)
def test_sweep_settles_below_the_limit_and_grows_above(rate: float) -> None:
    drawing = shown.learning_rate_sweep(rate=rate)
    facts = checked_facts(drawing.facts)
    left, right = drawing.figure.axes
    role = "accent-1" if rate < 0.08 else "accent-2"
    expected = [-8 * (1 - rate) ** 60, 2 * (1 - 25 * rate) ** 60]
    assert facts["height"] == pytest.approx(float(height(np.array([expected]))[0]), rel=1e-9)
    (curve,) = curves(right, role, points=61)
    assert curve[-1, 1] == pytest.approx(facts["height"])
    assert (curve[-1, 1] < 0.9 * curve[30, 1]) == (rate < 0.08)
    assert ("diverges" in facts["said"]) == (rate > 0.08)
    assert ("bounces" in facts["said"]) == (rate == 0.08)
    reach = np.concatenate([dots(left, r) for r in ("accent-1", "accent-2") if curves(left, r)])
    low, high = left.get_ylim()
    assert ((reach[:, 1] >= low) & (reach[:, 1] <= high)).all()


def test_sweep_is_best_at_the_rate_that_balances_both_directions() -> None:
    facts = checked_facts(shown.learning_rate_sweep().facts)
    assert facts["best"] == pytest.approx(2 / 26)
    assert facts["flat"] == pytest.approx(-facts["steep"], rel=1e-3)
    slower = {rate: max(abs(1 - rate), abs(1 - 25 * rate)) for rate in facts["rates"]}
    assert min(slower, key=lambda rate: slower[rate]) == 0.0769
    ends = dict(zip(facts["rates"], facts["ends"], strict=True))
    assert ends[0.07] == pytest.approx(ends[0.0769], rel=0.01)  # from here, the text says, alike
    assert min(ends.values()) == min(ends[0.07], ends[0.0769])


def test_bias_correction_makes_every_step_alpha_and_its_absence_makes_them_longer() -> None:
    drawing = shown.adam_bias_correction()
    left, right = drawing.figure.axes
    t = np.arange(1, 61)
    (m,), (s,) = curves(left, "accent-1"), curves(left, "accent-2")
    assert m[:, 1] == pytest.approx(1 - 0.9**t)
    assert s[:, 1] == pytest.approx(1 - 0.999**t)
    (corrected,), (raw,) = curves(right, "accent-1"), curves(right, "accent-2")
    assert corrected[:, 1] == pytest.approx(1, rel=1e-6)
    assert raw[:, 1] == pytest.approx((1 - 0.9**t) / np.sqrt(1 - 0.999**t), rel=1e-5)
    facts = checked_facts(drawing.facts)
    assert facts["most_at"] == 12
    assert [facts[name] for name in ("first", "most", "end")] == pytest.approx(
        [3.162, 6.569, 4.135], abs=6e-4
    )


def test_adagrad_never_recovers_and_rmsprop_does() -> None:
    drawing = shown.adagrad_vs_rmsprop_lr()
    below = drawing.figure.axes[1]
    (adagrad,), (rmsprop,) = curves(below, "accent-4"), curves(below, "accent-5")
    assert (np.diff(adagrad[:, 1]) < 0).all()
    assert adagrad[:100, 1] == pytest.approx(1 / np.sqrt(np.arange(1, 101)))
    assert adagrad[-1, 1] == pytest.approx(1 / math.sqrt(101))
    assert (np.diff(rmsprop[:100, 1]) < 0).all()
    assert (np.diff(rmsprop[100:, 1]) > 0).all()
    assert rmsprop[[99, 199], 1] == pytest.approx([1, 10], rel=0.01)


def test_race_is_lost_by_one_rate_for_all_weights(race: Drawing) -> None:
    facts = checked_facts(race.facts)
    end = dict(zip(facts["names"], facts["end"], strict=True))
    assert end["GD"] == pytest.approx(0.0711, abs=6e-5)
    assert [end["momentum"], end["Nesterov"]] == pytest.approx([0.0638, 0.0638], abs=6e-5)
    assert max(end["AdaGrad"], end["Adam"]) < 5e-5
    assert 0.01 < end["RMSprop"] < 0.03
    left = race.figure.axes[0]
    assert len(curves(left, "accent-1", points=201)) == 3
    assert len(curves(left, "accent-2", points=201)) == 3
    assert facts["least"] == pytest.approx(0.473391, abs=SIX)


def test_race_is_won_by_gradient_descent_once_features_are_standardized(race: Drawing) -> None:
    facts = checked_facts(race.facts)
    (curve,) = curves(race.figure.axes[1], "accent-1", points=201)
    assert curve[facts["even_first"], 1] < 1e-6 <= curve[facts["even_first"] - 1, 1]
    assert facts["even_first"] < 20
    assert facts["even_kappa"] < 3
    assert facts["kappa"] > 10_000


def test_race_has_no_room_for_a_larger_rate(race: Drawing) -> None:
    facts = checked_facts(race.facts)
    assert [facts["limit_start"], facts["limit_best"]] == pytest.approx([0.079, 0.168], abs=6e-4)
    assert facts["fast_rate"] > facts["limit_best"]
    assert facts["fast_least"] > max(facts["end"])


def test_schedules_draws_four_with_one_peak() -> None:
    drawing = shown.schedules()
    every = [curves(ax, "accent-1")[0][:, 1] for ax in drawing.figure.axes]
    assert [rates.max() for rates in every] == pytest.approx([0.1] * 4)
    constant, steps, cosine, warm = every
    assert np.ptp(constant) == 0
    assert sorted(set(steps.round(6)), reverse=True) == [0.1, 0.01, 0.001]
    assert cosine[[25, 50, 75]] == pytest.approx([0.085355, 0.05, 0.014645], abs=SIX)
    assert (np.diff(warm[:10]) > 0).all()
    assert (np.diff(warm[10:]) <= 0).all()


def test_noise_keeps_constant_rates_at_their_floors_and_not_a_falling_one() -> None:
    drawing = shown.noise_ball()
    facts = checked_facts(drawing.facts)
    assert facts["floors"] == pytest.approx([0.3 / 1.7, 0.01 / 1.99])
    assert facts["ends"][:2] == pytest.approx(facts["floors"], rel=0.05)
    (falling,) = curves(drawing.figure.axes[0], "accent-3")
    # with rates 1/t the error is minus the mean of the noise so far
    assert falling[99::500, 1] == pytest.approx(1 / falling[99::500, 0], rel=0.25)


def test_thumbnail_draws_a_zigzag_and_a_smooth_path() -> None:
    ax = shown.thumbnail().figure.axes[0]
    (zigzag,), (smooth,) = curves(ax, "accent-1"), curves(ax, "accent-2")
    climbed = [float(np.abs(np.diff(xy[:, 1])).sum()) for xy in (zigzag, smooth)]
    assert climbed[0] > 20
    assert climbed[1] < 3
    assert len(zigzag) > 2 * len(smooth)


def test_sgd_step_is_that_of_the_curriculum() -> None:
    facts = checked_facts(shown.sgd_step())
    assert facts["after"] == pytest.approx(1.95)
    assert facts["wrong"] == pytest.approx(2.05)


def test_batch_noise_divides_the_variance_by_the_batch_size() -> None:
    facts = checked_facts(shown.batch_noise())
    assert facts["batches"] == [4, 16, 256]
    assert facts["mean"] == pytest.approx([4] * 3)
    single = (9 + 4 + 0 + 25) / 4
    assert facts["variance"] == pytest.approx([single, single / 2, single / 4])


def test_momentum_step_has_the_numbers_of_the_curriculum() -> None:
    facts = checked_facts(shown.momentum_step())
    assert [facts[k] for k in ("v_after", "step", "w_after")] == pytest.approx([0.77, 0.077, 1.923])
    assert facts["rest_w"] == pytest.approx([2, 1.95, 1.855, 1.7195])
    assert facts["rest_v"] == pytest.approx([0, 0.5, 0.95, 1.355])
    assert [facts[k] for k in ("gain", "end_v", "average")] == pytest.approx([10, 5, 0.32])


def test_nesterov_step_brakes_where_momentum_speeds_up() -> None:
    facts = checked_facts(shown.nesterov_step())
    assert facts["ahead"] == pytest.approx(1 - 0.1 * 0.9 * 12)
    assert facts["v_after"] == pytest.approx([10.8 + 1, 10.8 - 0.08])
    assert facts["w_after"] == pytest.approx([1 - 1.18, 1 - 1.072])


def test_adagrad_steps_have_the_numbers_of_the_curriculum() -> None:
    facts = checked_facts(shown.adagrad_steps())
    assert facts["total"] == pytest.approx([0.25, 0.5, 0.75])
    assert facts["effective"] == pytest.approx([0.2, 0.141421, 0.115470], abs=SIX)
    assert facts["after"] == pytest.approx([1.9, 1.829289, 1.771554], abs=SIX)
    assert facts["later"] == pytest.approx([0.1, 0.05, 0.01])


def test_rmsprop_steps_have_the_numbers_of_the_curriculum() -> None:
    facts = checked_facts(shown.rmsprop_steps())
    assert facts["s"] == pytest.approx([0.025, 0.0475, 0.06775])
    assert facts["root"] == pytest.approx([0.158114, 0.217945, 0.260288], abs=SIX)
    assert facts["after"] == pytest.approx([1.968377, 1.945436, 1.926226], abs=SIX)


def test_adam_two_steps_are_corrected_exactly() -> None:
    facts = checked_facts(shown.adam_two_steps())
    assert facts["m"] == pytest.approx([0.05, 0.095])
    assert facts["s"] == pytest.approx([0.00025, 0.00049975])
    assert facts["m_hat"] == pytest.approx([0.5, 0.5])
    assert facts["s_hat"] == pytest.approx([0.25, 0.25])
    assert facts["step"] == pytest.approx([0.001, 0.001], rel=1e-6)
    assert facts["cut_s_hat"] == pytest.approx(0.2495)


def test_adam_without_correction_is_too_long_for_hundreds_of_steps() -> None:
    facts = checked_facts(shown.adam_without_correction())
    assert facts["ratio"] == pytest.approx([3.162, 4.250, 6.569, 4.135, 2.354], abs=6e-4)
    assert facts["raw"][:2] == pytest.approx([0.0031623, 0.0042496], abs=6e-8)
    assert facts["most_at"] == 12


def test_adam_three_gradients_are_those_of_torch() -> None:
    facts = checked_facts(shown.adam_three_gradients())
    assert facts["after"] == pytest.approx([0.900000002, 0.865439418, 0.810995384], abs=6e-10)
    assert facts["m"] == pytest.approx([0.05, 0.025, 0.0525])
    assert facts["m_hat"] == pytest.approx([0.5, 0.131579, 0.193727], abs=SIX)
    assert facts["s_hat"] == pytest.approx([0.25, 0.144947, 0.126613], abs=SIX)


def test_lr_stability_has_the_numbers_of_the_curriculum() -> None:
    left = checked_facts(shown.lr_stability())["left"]
    expected = [0.348678, 0.000977, 0, 0.000977, 0.348678, 1, 2.593742]
    assert left == pytest.approx(expected, abs=SIX)


def test_l2_is_swallowed_by_adam_and_not_by_adamw_or_sgd() -> None:
    facts = checked_facts(shown.l2_vs_adamw())
    assert facts["l2"] == pytest.approx(facts["plain"], abs=1e-7)
    assert facts["l2"] == pytest.approx([0.9, 0.9], abs=1e-7)
    assert facts["adamw"] == pytest.approx([0.89, 0.89], abs=1e-7)
    assert facts["sgd"] == pytest.approx([1 - 0.1 * 0.1, 1 - 0.1 * 10])
    assert facts["sgd_l2"] == pytest.approx([1 - 0.1 * 0.2, 1 - 0.1 * 10.1])


def test_momentum_speed_has_the_numbers_of_the_curriculum() -> None:
    facts = checked_facts(shown.momentum_speed())
    assert [facts["steps"], facts["ball_steps"]] == [57, 20]
    assert [facts["rate"], facts["factor"]] == pytest.approx([2 / 26, 24 / 26])
    assert [facts["ball_rate"], facts["beta"], facts["ball_factor"]] == pytest.approx(
        [1 / 9, 4 / 9, 4 / 6]
    )
    assert [facts["limit"], facts["usual_limit"]] == pytest.approx([0.08, 0.152])
    assert facts["usual_factor"] == pytest.approx(math.sqrt(0.9))


def test_clipping_keeps_the_direction_and_clipping_by_value_does_not() -> None:
    facts = checked_facts(shown.clipping())
    assert facts["clipped"] == pytest.approx([0.6, 0.8])
    assert facts["short"] == pytest.approx([0.3, 0.4])
    assert facts["by_value"] == [1, 1]


def test_cosine_points_have_the_numbers_of_the_curriculum() -> None:
    rates = checked_facts(shown.cosine_points())["rate"]
    assert rates == pytest.approx([0.1, 0.085355, 0.05, 0.014645, 0], abs=SIX)


def test_memory_counts_what_each_rule_keeps() -> None:
    facts = checked_facts(shown.memory())
    assert facts["arrays"] == [0, 1, 1, 1, 1, 2, 2]
    assert facts["megabytes"][-2:] == [200, 200]
