"""Functions made of ReLUs: an interpolant, its bound, a fit."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.approximation import fit_relu, interpolation_bound, relu_interpolant
from dlcv_viz.numerics.network import forward
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("nn_basics")


def damped(x: FloatArray) -> FloatArray:
    wave: FloatArray = np.exp(-x) * np.cos(3 * x)
    return wave


def wave(x: FloatArray) -> FloatArray:
    height: FloatArray = np.sin(2 * np.pi * x)
    return height


def value(f: Callable[[FloatArray], FloatArray], left: float, right: float, n: int) -> Any:
    """Return the interpolant as a function of places."""
    network = relu_interpolant(f, left, right, n)
    return lambda x: forward(network, np.asarray(x)[:, None]).outputs[:, 0]


def largest_error(n: int) -> float:
    at = np.linspace(0, 1, 4001)
    return float(np.abs(value(wave, 0, 1, n)(at) - wave(at)).max())


@pytest.mark.parametrize("case", REFERENCE["interpolants"], ids=lambda case: f"{case['n']} units")
def test_a_hidden_layer_of_relus_is_the_linear_spline_of_scipy(case: dict[str, Any]) -> None:
    fitted = value(damped, case["left"], case["right"], case["n"])
    assert fitted(case["at"]) == pytest.approx(case["height"], abs=1e-12)  # sums of hinges cancel


def test_an_interpolant_has_as_many_units_as_pieces_and_goes_straight_on() -> None:
    network = relu_interpolant(damped, 0, 2, 5)
    assert [W.shape for W in network.weights] == [(5, 1), (1, 5)]
    left, right = (value(damped, 0, 2, 5)(np.linspace(*ends, 7)) for ends in ((-3, 0), (2, 5)))
    assert np.diff(left) == pytest.approx(np.zeros(6), abs=1e-12)  # no unit is on
    assert np.diff(right, 2) == pytest.approx(np.zeros(5), abs=1e-12)


@pytest.mark.parametrize(
    ("n", "error"),
    [(1, 1.0), (2, 1.0), (3, 0.43726), (4, 0.21051), (8, 0.07038), (16, 0.01885), (32, 0.00479)],
)
def test_the_error_on_a_sine_is_that_of_the_curriculum_and_below_the_bound(
    n: int, error: float
) -> None:
    assert largest_error(n) == pytest.approx(error, abs=5e-6)
    assert largest_error(n) < interpolation_bound(0, 1, n, 4 * np.pi**2)


def test_twice_the_units_make_a_quarter_of_the_error() -> None:
    assert largest_error(64) / largest_error(128) == pytest.approx(4, rel=1e-3)


def test_the_bound_is_reached_by_a_parabola() -> None:
    at = np.linspace(-1, 3, 8001)
    fitted = value(np.square, -1, 3, 4)(at)
    assert np.abs(fitted - at**2).max() == pytest.approx(interpolation_bound(-1, 3, 4, 2.0))


def test_fit_relu_finds_the_relu_that_made_the_values() -> None:
    x = np.linspace(-2, 3, 51)
    assert fit_relu(x, 2.5 * np.maximum(0, x - 0.4)) == pytest.approx((2.5, 0.4))


def test_fit_relu_leaves_less_than_its_neighbours() -> None:
    x = np.linspace(0, 4, 41)
    y = np.sqrt(np.maximum(0, x - 1)) + 0.1 * np.sin(9 * x)

    def rest(slope: float, threshold: float) -> float:
        return float(((slope * np.maximum(0, x - threshold) - y) ** 2).sum())

    slope, threshold = fit_relu(x, y)
    for moved in (-0.1, 0.1):
        assert rest(slope, threshold) < rest(slope + moved, threshold)
        assert rest(slope, threshold) < rest(slope, threshold + moved)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: relu_interpolant(wave, 1, 1, 3), "left=1, right=1, n_units=3"),
        (lambda: relu_interpolant(wave, 0, 1, 0), "n_units=0: no interval, or no unit"),
        (lambda: interpolation_bound(0, 1, 0, 1.0), "n_pieces=0"),
        (lambda: interpolation_bound(0, 1, 2, -1.0), r"curvature=-1\.0"),
        (lambda: fit_relu(np.array([1.0]), np.array([1.0])), "less than two places"),
        (lambda: fit_relu(np.array([1.0, 1.0]), np.ones(2)), "or they do not increase"),
    ],
    ids=["interval", "no unit", "no piece", "curvature", "one place", "order"],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
