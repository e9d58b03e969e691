"""AlexNet's rule against torch, and where the two part."""

import numpy as np
import pytest

from dlcv_viz.numerics.optimizers import Momentum, replay, states
from dlcv_viz.numerics.quadratic import heavy_ball_factor
from dlcv_viz.numerics.scaled_momentum import ScaledMomentum
from dlcv_viz.types import FloatArray
from frozen import frozen

START = np.array([2.0, -1.0])


def slope(w: FloatArray) -> FloatArray:
    """Return the gradient of a bowl."""
    return np.array([1.0, 0.3]) * w


def test_at_one_rate_it_makes_the_steps_of_torch() -> None:
    case = frozen("alexnet")["update"]
    found = replay(ScaledMomentum(0.07, 0.8, 0.03), np.array(case["gradients"]), case["start"])
    assert np.array([s.w for s in found[1:]]) == pytest.approx(np.array(case["path"]), rel=1e-12)


def test_when_the_rate_falls_it_keeps_its_speed_and_the_other_form_does_not() -> None:
    rates = [0.1] * 20 + [0.01] * 3
    scaled, plain = (
        list(states(rule, lambda w: np.ones(1), np.zeros(1), n_steps=23, rates=rates))
        for rule in (ScaledMomentum(0.1), Momentum(0.1))
    )
    assert scaled[20].w == pytest.approx(plain[20].w)
    last, (after_scaled, after_plain) = (
        plain[20].w - plain[19].w,
        (found[21].w - found[20].w for found in (scaled, plain)),
    )
    assert after_scaled == pytest.approx(0.9 * last - 0.01)
    assert after_plain == pytest.approx((0.9 * last - 0.1) / 10)


def test_decay_alone_fades_a_weight_as_the_heavy_ball_on_a_bowl_of_that_curvature() -> None:
    rule = ScaledMomentum(0.5, 0.9, 0.001)
    *_, before, end = states(rule, np.zeros_like, START, n_steps=400)
    factor = heavy_ball_factor(np.array(0.001), learning_rate=0.5, beta=0.9)
    assert end.w / before.w == pytest.approx(float(factor), rel=1e-6)


def test_without_momentum_and_decay_it_is_gradient_descent() -> None:
    *_, end = states(ScaledMomentum(0.5, 0.0), slope, START, n_steps=2)
    assert end.w == pytest.approx(START * np.array([0.5, 0.85]) ** 2)


@pytest.mark.parametrize("wrong", [{"decay": -1e-4}, {"decay": np.inf}, {"beta": 1.0}])
def test_what_would_not_fade_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        ScaledMomentum(0.1, **wrong)
