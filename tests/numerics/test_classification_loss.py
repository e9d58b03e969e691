"""Hinge, focal and squared loss of a logit, against torch and scipy."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.activation import sigmoid
from dlcv_viz.numerics.classification_loss import (
    focal,
    focal_gradient,
    focal_minimiser,
    half_squared_sigmoid,
    half_squared_sigmoid_curvature,
    half_squared_sigmoid_gradient,
    hinge,
    hinge_gradient,
)
from dlcv_viz.numerics.cross_entropy import bce_gradient, bce_with_logits
from frozen import frozen

REFERENCE = frozen("loss")["binary"]
TIGHT, SMALL = 1e-12, 1e-15  # relative and absolute: torch rounds where a sigmoid is nearly 1


@pytest.mark.parametrize("case", REFERENCE["squared"], ids=["label 0", "label 1"])
def test_half_squared_sigmoid_and_its_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    z, y = np.array(case["z"]), np.array(case["y"])
    assert half_squared_sigmoid(z, y) == pytest.approx(case["loss"], rel=TIGHT, abs=SMALL)
    gradient = half_squared_sigmoid_gradient(z, y)
    assert gradient == pytest.approx(case["gradient"], rel=TIGHT, abs=SMALL)


@pytest.mark.parametrize("case", REFERENCE["hinge"], ids=["label -1", "label +1"])
def test_hinge_and_its_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    z, y = np.array(case["z"]), np.array(case["y"]).astype(int)
    assert hinge(z, y) == pytest.approx(case["loss"], rel=TIGHT)
    assert hinge_gradient(z, y) == pytest.approx(case["gradient"])


@pytest.mark.parametrize(
    "case", REFERENCE["focal"], ids=lambda case: f"{case['gamma']}, {case['alpha']}, {case['y'][0]}"
)
def test_focal_and_its_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    z, y = np.array(case["z"]), np.array(case["y"]).astype(int)
    shape = {"gamma": case["gamma"], "alpha": case["alpha"]}
    assert focal(z, y, **shape) == pytest.approx(case["loss"], rel=TIGHT, abs=SMALL)
    assert focal_gradient(z, y, **shape) == pytest.approx(case["gradient"], rel=TIGHT, abs=SMALL)


def test_focal_without_focus_is_the_cross_entropy() -> None:
    z, y = np.linspace(-30, 30, 13), np.arange(13) % 2
    assert focal(z, y, gamma=0) == pytest.approx(bce_with_logits(z, y), rel=1e-14)
    assert focal_gradient(z, y, gamma=0) == pytest.approx(bce_gradient(z, y), rel=1e-12)


def test_focal_is_finite_for_every_logit() -> None:
    z = np.array([-1e300, 1e300])
    assert focal(z, np.array([1, 1])).tolist() == [1e300, 0]
    assert focal_gradient(z, np.array([1, 1])).tolist() == [-1, 0]


@pytest.mark.parametrize(
    "case", frozen("loss")["focal_minimisers"], ids=lambda c: f"{c['share']}, {c['gamma']}"
)
def test_focal_minimiser_is_that_of_scipy(case: dict[str, float]) -> None:
    found = focal_minimiser(case["share"], case["gamma"])
    assert found == pytest.approx(case["minimiser"], abs=1e-8)  # half of scipy's digits


def test_focal_minimiser_ranks_rightly_and_is_drawn_to_a_half() -> None:
    shares = np.linspace(0.05, 0.95, 19)
    found = np.array([focal_minimiser(float(share), 2.0) for share in shares])
    assert (np.diff(found) > 0).all()
    assert (np.abs(found - 0.5) <= np.abs(shares - 0.5) + 1e-12).all()
    assert found[0] + found[-1] == pytest.approx(1)


def test_half_squared_sigmoid_curvature_is_the_slope_of_the_gradient() -> None:
    z, y, step = np.linspace(-5, 5, 23), np.arange(23) % 2, 1e-5
    slope = (
        half_squared_sigmoid_gradient(z + step, y) - half_squared_sigmoid_gradient(z - step, y)
    ) / (2 * step)
    curvature = half_squared_sigmoid_curvature(z, y)
    assert curvature == pytest.approx(slope, abs=1e-10)  # step squared, and 1e-17 / step
    label = np.where(y == 1, sigmoid(z), sigmoid(-z))
    assert ((curvature < 0) == (label < 1 / 3)).all()


LABEL, SIGN = np.array([1]), np.array([-1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: hinge(np.zeros(2), np.array([1, 0])), "labels are -1 or 1, not 0"),
        (lambda: hinge_gradient(np.zeros(2), LABEL), r"z \(2,\) and y \(1,\) differ"),
        (lambda: hinge(np.array([np.nan]), SIGN), "z holds nan"),
        (lambda: focal(np.zeros(1), SIGN), "labels are 0 or 1, not -1"),
        (lambda: focal(np.zeros(1), LABEL, gamma=-1), "gamma=-1 is below 0"),
        (lambda: focal_gradient(np.zeros(1), LABEL, alpha=2), "alpha=2 is not from 0 to 1"),
        (lambda: half_squared_sigmoid(np.zeros(1), np.array([0.5])), "not 0.5"),
        (lambda: focal_minimiser(1.0, 2.0), "probability=1.0 is not strictly"),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
