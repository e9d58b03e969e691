"""Lines by three losses, against scipy's regression, linear program and minimiser."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.regression_loss import huber_gradient
from dlcv_viz.numerics.robust_regression import (
    huber_efficiency,
    huber_line,
    least_absolute_line,
    least_squares_line,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

every_case = pytest.mark.parametrize("case", frozen("loss")["lines"], ids=["5", "6", "7"])


def cloud(case: dict[str, Any]) -> tuple[FloatArray, FloatArray]:
    return np.array(case["x"]), np.array(case["y"])


@every_case
def test_least_squares_line_is_that_of_scipy(case: dict[str, Any]) -> None:
    assert least_squares_line(*cloud(case)) == pytest.approx(case["squares"], rel=1e-12)


@every_case
def test_least_absolute_line_is_that_of_a_linear_program(case: dict[str, Any]) -> None:
    assert least_absolute_line(*cloud(case)) == pytest.approx(case["absolute"], rel=1e-10)


@every_case
def test_huber_line_is_that_of_a_general_minimiser(case: dict[str, Any]) -> None:
    for fit in case["huber"]:
        line = huber_line(*cloud(case), delta=fit["delta"])
        assert line == pytest.approx(fit["line"], abs=1e-7)  # BFGS stops by its gradient


@every_case
def test_huber_line_leaves_no_gradient(case: dict[str, Any]) -> None:
    x, y = cloud(case)
    slope, intercept = huber_line(x, y, delta=0.8)
    pull = huber_gradient(slope * x + intercept - y, 0.8)
    assert [pull.sum(), pull @ x] == pytest.approx([0, 0], abs=1e-8)


@every_case
def test_huber_line_goes_from_absolute_to_squared_with_its_threshold(case: dict[str, Any]) -> None:
    x, y = cloud(case)
    assert huber_line(x, y, delta=1e3) == pytest.approx(least_squares_line(x, y))
    near = huber_line(x, y, delta=1e-4, max_rounds=20_000)
    assert near == pytest.approx(least_absolute_line(x, y), abs=1e-2)


@pytest.mark.parametrize(
    "case", frozen("loss")["efficiencies"], ids=lambda case: f"delta={case['delta']}"
)
def test_huber_efficiency_is_that_of_its_integrals(case: dict[str, float]) -> None:
    assert huber_efficiency(case["delta"]) == pytest.approx(case["efficiency"], rel=1e-9)


def test_huber_efficiency_goes_from_that_of_the_median_to_that_of_the_mean() -> None:
    assert huber_efficiency(1e-4) == pytest.approx(2 / np.pi, rel=1e-4)
    assert huber_efficiency(9) == pytest.approx(1)


X, Y = np.array([0.0, 1.0, 2.0]), np.array([0.0, 5.0, 1.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: least_squares_line(X, Y[:2]), r"x \(3,\) and y \(2,\) differ"),
        (lambda: least_absolute_line(X + np.nan, Y), "x holds nan"),
        (lambda: least_absolute_line(np.ones(3), Y), "all points are at x=1"),
        (lambda: huber_line(X, Y, delta=0), "delta=0 is not above 0"),
        (lambda: huber_efficiency(-1), "delta=-1 is not above 0"),
        (lambda: huber_line(X, Y, delta=0.1, max_rounds=1), "still moves after 1 rounds"),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
