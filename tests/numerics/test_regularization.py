"""Penalties, their steps and priors, against torch and finite differences."""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.regularization import (
    elastic_net_penalty,
    gaussian_penalty,
    l1_penalty,
    l2_penalty,
    laplace_penalty,
    soft_threshold,
    weight_decay_step,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("regularization")
TIGHT = 1e-14  # relative: a few roundings
W = np.array([[1.3, -0.4], [2.2, -7.0]])


@pytest.mark.parametrize(
    "penalty",
    [
        lambda w: l2_penalty(w, 0.7),
        lambda w: l1_penalty(w, 0.7),
        lambda w: elastic_net_penalty(w, 0.2, 1.1),
    ],
    ids=["l2", "l1", "elastic net"],
)
def test_gradients_of_penalties_are_their_finite_differences(
    penalty: Callable[[FloatArray], tuple[float, FloatArray]],
) -> None:
    step, (_, gradient) = 1e-6, penalty(W)
    for place in np.ndindex(W.shape):
        nudge = np.zeros_like(W)
        nudge[place] = step
        slope = (penalty(W + nudge)[0] - penalty(W - nudge)[0]) / (2 * step)
        # Rounding of values of about 60, divided by the step.
        assert gradient[place] == pytest.approx(slope, abs=1e-7)


def test_penalties_weigh_squares_and_absolute_values() -> None:
    w = np.array([3.0, -4.0, 0.0])
    assert l2_penalty(w, 0.1)[0] == pytest.approx(2.5)
    assert l1_penalty(w, 0.1)[0] == pytest.approx(0.7)
    assert elastic_net_penalty(w, 0.1, 0.1)[0] == pytest.approx(3.2)
    assert l1_penalty(w, 0.1)[1][2] == 0


@pytest.mark.parametrize("case", REFERENCE["steps"], ids=count())
def test_weight_decay_is_that_of_torch_with_half_the_number(case: dict[str, Any]) -> None:
    settings = {name: case[name] for name in ("learning_rate", "strength")}
    after = weight_decay_step(np.array(case["w"]), np.array(case["gradient"]), **settings)
    assert after == pytest.approx(case["after"], rel=TIGHT)


def test_weight_decay_is_a_step_down_the_penalized_loss() -> None:
    gradient = np.cos(W)
    whole = W - 0.05 * (gradient + l2_penalty(W, 0.3)[1])
    step = weight_decay_step(W, gradient, learning_rate=0.05, strength=0.3)
    assert step == pytest.approx(whole, rel=TIGHT)


def test_soft_threshold_is_that_of_torch() -> None:
    case = REFERENCE["thresholds"]
    assert soft_threshold(np.array(case["rho"]), case["strength"]) == pytest.approx(
        case["shrunk"], rel=TIGHT
    )


@pytest.mark.parametrize("rho", [-2.3, -0.4, 0.0, 0.9, 1.1])
def test_soft_threshold_minimises_a_square_and_a_kink(rho: float) -> None:
    w = np.linspace(-3, 3, 60001)
    values = (w - rho) ** 2 / 2 + np.abs(w)
    # The grid is 1e-4 wide.
    assert soft_threshold(np.array(rho), 1.0) == pytest.approx(w[values.argmin()], abs=1e-4)


def test_priors_are_densities_up_to_a_constant() -> None:
    one, other = np.array([0.3, -1.2]), np.array([2.0, 0.1])
    tau, s = 0.7, 1.9
    normal = [-np.log(np.exp(-(w**2) / (2 * tau**2))).sum() for w in (one, other)]
    laplace = [-np.log(np.exp(-np.abs(w) / s)).sum() for w in (one, other)]
    assert [gaussian_penalty(w, tau) for w in (one, other)] == pytest.approx(normal)
    assert [laplace_penalty(w, s) for w in (one, other)] == pytest.approx(laplace)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: l2_penalty(W, -1), "at least 0"),
        (lambda: l1_penalty(W, np.nan), "at least 0"),
        (lambda: l1_penalty(np.array([np.inf]), 1), "not finite"),
        (lambda: soft_threshold(W, -0.1), "at least 0"),
        (lambda: soft_threshold(np.array([np.nan]), 1), "not finite"),
        (lambda: weight_decay_step(W, W[0], learning_rate=1, strength=0), "differ in shape"),
        (lambda: weight_decay_step(W, W, learning_rate=0, strength=0), "above 0"),
        (lambda: gaussian_penalty(W, 0), "above 0"),
        (lambda: laplace_penalty(W, -2), "above 0"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
