"""Logistic regression against torch and scikit-learn."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.logistic_regression import (
    fit_logistic,
    logistic_gradient,
    logistic_hessian,
    logistic_loss,
)
from frozen import frozen

CASE = frozen("optimizers")["logistic"]
X, Y, W = (np.array(CASE[name]) for name in ("x", "y", "w"))


def test_loss_slopes_and_curvatures_are_those_of_torch() -> None:
    assert float(logistic_loss(W, X, Y)) == pytest.approx(CASE["loss"], rel=1e-13)
    assert logistic_gradient(W, X, Y) == pytest.approx(CASE["gradient"], rel=1e-12)
    assert logistic_hessian(W, X) == pytest.approx(np.array(CASE["hessian"]), rel=1e-12)


def test_the_fit_is_that_of_scikit_learn() -> None:
    found = fit_logistic(X, Y)
    assert found == pytest.approx(CASE["fit"], rel=1e-5)  # theirs stops at a small gradient
    assert float(np.abs(logistic_gradient(found, X, Y)).max()) < 1e-12


def test_many_weights_are_judged_at_once() -> None:
    many = np.stack([W, 2 * W, -W])
    assert logistic_loss(many, X, Y).tolist() == [float(logistic_loss(w, X, Y)) for w in many]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: logistic_loss(W[:2], X, Y), r"w \(2,\)"),
        (lambda: logistic_gradient(W, X, Y[:-1]), r"y \(59,\)"),
        (lambda: logistic_hessian(W * np.nan, X), "w holds nan"),
        (lambda: fit_logistic(np.array([[1.0], [-1.0]]), np.array([1, 0])), "separable"),
        (lambda: fit_logistic(X[:, [0, 0]], Y), "determine"),
    ],
)
def test_what_has_no_answer_is_refused(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wrong()
