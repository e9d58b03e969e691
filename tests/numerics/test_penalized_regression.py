"""Ridge, lasso and elastic net against scikit-learn, and by what a minimum is."""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.penalized_regression import (
    descent_factors,
    lasso,
    penalized_minimum,
    ridge,
    shrinkage_factors,
)
from frozen import frozen

REFERENCE = frozen("regularization")["regressions"]
X, Y = np.array(REFERENCE["X"]), np.array(REFERENCE["y"])
H, B = X.T @ X / len(Y), X.T @ Y / len(Y)


@pytest.mark.parametrize("case", REFERENCE["ridge"], ids=count())
def test_ridge_is_that_of_scikit_learn(case: dict[str, Any]) -> None:
    # They solve the normal equations, which squares the condition of X.
    assert ridge(X, Y, case["strength"]) == pytest.approx(case["w"], rel=1e-9)


@pytest.mark.parametrize("case", REFERENCE["lasso"], ids=count())
def test_lasso_is_that_of_scikit_learn_with_the_same_zeros(case: dict[str, Any]) -> None:
    w = lasso(X, Y, case["strength"])
    assert w == pytest.approx(case["w"], rel=1e-6, abs=1e-9)  # where their sweeps stop
    assert (w == 0).tolist() == [v == 0 for v in case["w"]]


def test_some_lasso_weights_are_zero_and_others_not() -> None:
    assert 0 < np.count_nonzero(lasso(X, Y, 1.5)) < X.shape[1]


@pytest.mark.parametrize("case", REFERENCE["elastic"], ids=count())
def test_elastic_net_is_that_of_scikit_learn(case: dict[str, Any]) -> None:
    w = penalized_minimum(H, B, l1=case["l1"], l2=case["l2"])
    assert w == pytest.approx(case["w"], rel=1e-6, abs=1e-9)  # where their sweeps stop


def test_ridge_without_strength_is_least_squares_also_with_too_few_samples() -> None:
    assert ridge(X, Y, 0) == pytest.approx(np.linalg.lstsq(X, Y)[0], rel=1e-9)
    few = ridge(X[:3], Y[:3], 0)
    assert X[:3] @ few == pytest.approx(Y[:3], rel=1e-9)
    assert few == pytest.approx(np.linalg.pinv(X[:3]) @ Y[:3], rel=1e-9)


@pytest.mark.parametrize("strength", [0.0, 0.5, 40.0])
def test_shrinkage_factors_add_up_to_the_trace_of_the_hat_matrix(strength: float) -> None:
    hat = X @ np.linalg.inv(X.T @ X + strength * np.eye(X.shape[1])) @ X.T
    assert shrinkage_factors(X, strength).sum() == pytest.approx(np.trace(hat), rel=1e-9)


def test_no_strength_shrinks_nothing_but_directions_without_data() -> None:
    twins = np.column_stack([X[:, 0], X[:, 0], X[:, 1]])
    assert shrinkage_factors(twins, 0) == pytest.approx([1, 1, 0])


def test_descent_factors_are_those_of_the_walk_itself() -> None:
    h, w = np.array([0.05, 0.4, 2.0]), np.zeros(3)
    for _ in range(37):
        w -= 0.1 * h * (w - 1)  # towards 1 in every direction
    assert descent_factors(h, learning_rate=0.1, n_steps=37) == pytest.approx(w, rel=1e-12)


def test_many_small_steps_shrink_about_as_a_penalty_where_both_shrink_a_lot() -> None:
    h, rate, strength = np.array([1e-4, 1e-3]), 0.01, 0.5
    steps = descent_factors(h, learning_rate=rate, n_steps=round(1 / (rate * strength)))
    # Both are h / strength, up to a share of about h / strength.
    assert steps == pytest.approx(h / (h + strength), rel=2e-3)


def test_a_quadratic_with_a_kink_rests_where_no_subgradient_pulls() -> None:
    for l1, l2 in ((0.1, 0.0), (0.9, 0.3)):
        w = penalized_minimum(H, B, l1=l1, l2=l2)
        pull = B - H @ w - l2 * w
        assert pull[w != 0] == pytest.approx(l1 * np.sign(w[w != 0]), abs=1e-9)
        assert (np.abs(pull[w == 0]) <= l1).all()


def test_a_strong_l1_penalty_switches_everything_off() -> None:
    assert not penalized_minimum(H, B, l1=float(np.abs(B).max()) * 1.001).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ridge(X, Y[:-1], 1), "are not"),
        (lambda: ridge(X, Y, -1), "at least 0"),
        (lambda: lasso(X * np.nan, Y, 1), "not finite"),
        (lambda: lasso(X, Y, -0.1), "at least 0"),
        (lambda: shrinkage_factors(X, -1), "at least 0"),
        (lambda: penalized_minimum(H, B[:-1]), "symmetric"),
        (lambda: penalized_minimum(H + np.triu(H), B), "symmetric"),
        (lambda: penalized_minimum(np.array([[1.0, 3], [3, 1]]), B[:2], max_sweeps=9), "no rest"),
        (lambda: descent_factors(B**2, learning_rate=0.0, n_steps=1), "learning_rate"),
        (lambda: descent_factors(np.ones(2), learning_rate=1.5, n_steps=1), "learning_rate"),
        (lambda: descent_factors(-np.ones(2), learning_rate=0.1, n_steps=1), "at least 0"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
