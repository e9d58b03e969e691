"""Ascent on the input against torch, and against its closed form."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.activation_maximization import (
    ascend,
    linear_optimum,
    linear_path,
    objective,
)
from frozen import frozen

CASE = frozen("viz_filters")["ascent"]
W = np.array([0.5, -2.0, 1.0])


def test_steps_and_objective_are_those_of_torch_with_weight_decay() -> None:
    w = np.array(CASE["w"])
    path = ascend(
        lambda x: (1 - np.tanh(w @ x) ** 2) @ w,
        np.array(CASE["start"]),
        rate=CASE["rate"],
        strength=CASE["strength"],
        n_steps=CASE["n_steps"],
    )
    assert len(path) == CASE["n_steps"] + 1
    assert path[-1] == pytest.approx(CASE["end"], rel=1e-12)
    value = objective(CASE["activation"], path[-1], CASE["strength"])
    assert value == pytest.approx(CASE["objective"], rel=1e-12)


@pytest.mark.parametrize("strength", [0.0, 0.2, 0.9])
def test_the_closed_form_is_where_the_steps_lead(strength: float) -> None:
    path = ascend(lambda _: W, 0 * W, rate=0.3, strength=strength, n_steps=12)
    t = np.array([0, 1, 5, 12])
    assert linear_path(W, t, rate=0.3, strength=strength) == pytest.approx(path[t])


def test_the_path_ends_at_the_optimum_from_anywhere_and_no_input_is_better() -> None:
    best = linear_optimum(W, 0.4)
    path = ascend(lambda _: W, 9 + W, rate=0.5, strength=0.4, n_steps=200)
    assert path[-1] == pytest.approx(best)
    others = best + np.random.default_rng(0).normal(size=(50, 3))
    values = [objective(float(W @ x), x, 0.4) for x in others]
    assert max(values) < objective(float(W @ best), best, 0.4)


def test_a_rate_above_its_limit_leads_away() -> None:
    limit = 1 / 0.4
    far = linear_path(W, np.array([60]), rate=1.1 * limit, strength=0.4) - linear_optimum(W, 0.4)
    near = linear_path(W, np.array([60]), rate=0.9 * limit, strength=0.4) - linear_optimum(W, 0.4)
    assert np.linalg.norm(near) < 1e-4
    assert np.linalg.norm(far) > 1e2


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: linear_optimum(W, 0), "strength=0 is not above 0"),
        (lambda: linear_path(W, np.array([-1]), rate=1, strength=0), "at least 0"),
        (lambda: linear_path(W, np.array([1]), rate=0, strength=0), "rate=0 is above 0"),
        (lambda: ascend(np.sign, W, rate=1, strength=-1, n_steps=1), "strength=-1"),
        (lambda: ascend(np.sign, W, rate=0, strength=0, n_steps=1), "is above 0"),
        (lambda: ascend(np.sign, W * np.nan, rate=1, strength=0, n_steps=1), "start holds nan"),
        (lambda: objective(1, W, -2), "strength=-2"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        call()
