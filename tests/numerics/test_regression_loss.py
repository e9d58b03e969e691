"""Losses of errors, against torch and scikit-learn, and by what defines them."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.regression_loss import (
    huber,
    huber_gradient,
    log_cosh,
    log_cosh_gradient,
    mae,
    mae_gradient,
    mse,
    mse_gradient,
    pinball,
    pinball_gradient,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("loss")["regression"]
TIGHT = 1e-14  # relative: a few roundings
Elementwise = Callable[[FloatArray], FloatArray]


def slope(loss: Elementwise, e: FloatArray, step: float = 1e-6) -> FloatArray:
    return (loss(e + step) - loss(e - step)) / (2 * step)


@pytest.mark.parametrize("case", REFERENCE["huber"], ids=lambda case: f"delta={case['delta']}")
def test_huber_and_its_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    e, delta = np.array(case["e"]), case["delta"]
    assert huber(e, delta) == pytest.approx(case["loss"], rel=TIGHT)
    assert huber_gradient(e, delta) == pytest.approx(case["gradient"], rel=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["pinball"], ids=lambda case: f"tau={case['tau']}")
def test_pinball_is_that_of_scikit_learn(case: dict[str, Any]) -> None:
    assert pinball(np.array(case["e"]), case["tau"]) == pytest.approx(case["loss"], rel=TIGHT)


def test_log_cosh_and_its_gradient_are_those_of_torch() -> None:
    case = REFERENCE["log_cosh"]
    e = np.array(case["e"])
    assert log_cosh(e) == pytest.approx(case["loss"], abs=1e-15, rel=1e-12)  # torch's cancels at 0
    assert log_cosh_gradient(e) == pytest.approx(case["gradient"], rel=1e-13)


@pytest.mark.parametrize(
    ("name", "loss", "gradient"), [("mse", mse, mse_gradient), ("mae", mae, mae_gradient)]
)
def test_mean_losses_and_their_gradients_are_those_of_torch(
    name: str,
    loss: Callable[[FloatArray, FloatArray], float],
    gradient: Callable[[FloatArray, FloatArray], FloatArray],
) -> None:
    y, y_hat = np.array(REFERENCE[name]["y"]), np.array(REFERENCE[name]["y_hat"])
    assert loss(y, y_hat) == pytest.approx(REFERENCE[name]["loss"], rel=TIGHT)
    assert gradient(y, y_hat) == pytest.approx(REFERENCE[name]["gradient"], rel=TIGHT)


@pytest.mark.parametrize(
    ("loss", "gradient"),
    [
        (lambda e: huber(e, 0.7), lambda e: huber_gradient(e, 0.7)),
        (log_cosh, log_cosh_gradient),
        (lambda e: pinball(e, 0.3), lambda e: pinball_gradient(e, 0.3)),
    ],
    ids=["huber", "log-cosh", "pinball"],
)
def test_every_gradient_is_the_slope_of_its_loss(loss: Elementwise, gradient: Elementwise) -> None:
    e = np.random.default_rng(4).normal(size=50) * 3
    assert min(np.abs(e).min(), np.abs(np.abs(e) - 0.7).min()) > 1e-5  # no kink within reach
    assert gradient(e) == pytest.approx(slope(loss, e), abs=1e-8)  # 1e-16 times the loss / step


def test_huber_joins_in_value_and_slope_but_not_in_curvature() -> None:
    delta, near = 1.3, 1e-7
    inside, outside = np.array([delta - near]), np.array([delta + near])
    assert huber(inside, delta) == pytest.approx(huber(outside, delta), abs=3 * near)
    assert huber_gradient(inside, delta) == pytest.approx(
        huber_gradient(outside, delta), abs=2 * near
    )
    bends = [slope(lambda e: huber_gradient(e, delta), e, near / 2) for e in (inside, outside)]
    assert bends[0] == pytest.approx(1)
    assert bends[1] == pytest.approx(0)


def test_log_cosh_keeps_its_digits_near_zero_and_far_from_it() -> None:
    tiny, huge = np.array([1e-7, 1e-3]), np.array([1e3, 1e300])
    assert log_cosh(tiny) == pytest.approx(tiny**2 / 2 - tiny**4 / 12, rel=1e-8)
    assert log_cosh(huge) == pytest.approx(huge - np.log(2), rel=1e-15)
    assert (log_cosh(np.linspace(-1e-9, 1e-9, 41)) >= 0).all()


@pytest.mark.parametrize("tau", [0.1, 0.5, 0.85])
def test_mean_pinball_is_least_at_the_quantile(tau: float) -> None:
    y = np.random.default_rng(8).exponential(size=201)
    grid = np.linspace(0, 5, 2001)
    means = [float(pinball(c - y, tau).mean()) for c in grid]
    assert grid[int(np.argmin(means))] == pytest.approx(np.quantile(y, tau), abs=0.03)


def test_half_the_absolute_error_is_the_pinball_of_a_half() -> None:
    e = np.linspace(-3, 3, 13)
    assert pinball(e, 0.5) == pytest.approx(np.abs(e) / 2)


def test_gradients_rest_where_nothing_is_wrong() -> None:
    zero = np.zeros(2)
    for gradient in (huber_gradient, log_cosh_gradient, lambda e: pinball_gradient(e, 0.2)):
        assert gradient(zero).tolist() == [0, 0]
    assert mae_gradient(zero, zero).tolist() == [0, 0]


ONE, NAN = np.ones(1), np.array([0.0, np.nan])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mse(np.zeros(3), np.zeros((3, 1))), r"y \(3,\) and y_hat \(3, 1\) differ"),
        (lambda: mae_gradient(NAN, NAN), "y holds nan, which is not finite"),
        (lambda: log_cosh(np.array([np.inf])), "e holds inf"),
        (lambda: huber(NAN), "e holds nan"),
        (lambda: huber_gradient(ONE, 0), "delta=0 is not above 0"),
        (lambda: huber(ONE, np.nan), "delta=nan is not above 0"),
        (lambda: pinball(ONE, 1.0), "tau=1.0 is not between 0 and 1"),
        (lambda: pinball_gradient(ONE, 0.0), "tau=0.0 is not between 0 and 1"),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
