"""What random layers do to signals and gradients: averages against adaptive integration, and nets.

The integrals were made by scipy with torch's functions, see `tests/reference/activation.py`.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS, Activation
from dlcv_viz.numerics.mean_field import gradient_factor, gradient_sizes, wide_limit
from frozen import frozen

MEANS = frozen("activation")["gaussian_means"]
CLOSE = 1e-10  # of the adaptive integration
RELU, TANH = ACTIVATIONS["relu"], ACTIVATIONS["tanh"]
every_mean = pytest.mark.parametrize(
    "case", MEANS, ids=lambda case: f"{case['name']}, {case['variance']}"
)


@every_mean
def test_gradient_factor_is_the_mean_square_of_the_slope_times_the_gain(
    case: dict[str, Any],
) -> None:
    factor = gradient_factor(ACTIVATIONS[case["name"]], 1.7, case["variance"])
    assert factor == pytest.approx(1.7 * case["slope"], abs=CLOSE)


@every_mean
def test_second_moments_follow_the_mean_square_of_the_function(case: dict[str, Any]) -> None:
    gain = case["variance"]  # which is the second moment of the first layer
    moments = wide_limit(ACTIVATIONS[case["name"]], gain, depth=2).second_moments
    assert moments == pytest.approx([gain, gain * case["value"]], abs=CLOSE)


def test_relu_keeps_signals_and_gradients_with_twice_the_gain_and_halves_them_with_one() -> None:
    kept, halved = (wide_limit(RELU, gain, depth=6) for gain in (2.0, 1.0))
    assert kept.second_moments == pytest.approx(2)
    assert kept.factors == pytest.approx(1)
    assert halved.second_moments == pytest.approx(0.5 ** np.arange(6))
    assert halved.factors == pytest.approx(0.5)


def test_layers_without_an_activation_multiply_by_the_gain() -> None:
    limit = wide_limit(ACTIVATIONS["identity"], 1.5, depth=4)
    assert limit.second_moments == pytest.approx(1.5 ** np.arange(1, 5))
    assert limit.factors == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("name", "gain"), [("tanh", 1.3), ("relu", 2.0), ("sigmoid", 1.0), ("leaky_relu", 1.0)]
)
def test_wide_networks_come_near_the_limit(name: str, gain: float) -> None:
    depth = 5
    factors = wide_limit(ACTIVATIONS[name], gain, depth=depth).factors[:-1]
    shape = {"width": 300, "depth": depth, "batch": 64}
    sizes = np.array([gradient_sizes(ACTIVATIONS[name], gain, **shape, seed=s) for s in range(3)])
    measured = np.sqrt((sizes**2).mean(axis=0))
    assert measured[:-1] / measured[1:] == pytest.approx(np.sqrt(factors), rel=0.05)


def test_gradient_sizes_start_at_the_gradient_that_is_put_in() -> None:
    sizes = gradient_sizes(TANH, 1.0, width=400, depth=3, batch=50, seed=2)
    assert sizes.shape == (3,)
    assert sizes[-1] == pytest.approx(1, rel=0.02)  # of 20 000 standard normal numbers


def test_gradient_sizes_are_those_of_the_chain_rule_done_by_hand() -> None:
    rng = np.random.default_rng(11)
    x = rng.normal(size=(3, 4))
    first, second = (rng.normal(0, np.sqrt(1.2 / 4), (4, 4)) for _ in range(2))
    top = rng.normal(size=(3, 4))
    below = (top @ second) * (1 - np.tanh(x @ first.T) ** 2)
    expected = [np.sqrt(np.mean(below**2)), np.sqrt(np.mean(top**2))]
    sizes = gradient_sizes(TANH, 1.2, width=4, depth=2, batch=3, seed=11)
    assert sizes == pytest.approx(expected)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda a: gradient_factor(a, -1.0, 1.0), "gain=-1.0, second_moment=1.0: both"),
        (lambda a: gradient_factor(a, 1.0, float("nan")), "second_moment=nan: both"),
        (lambda a: wide_limit(a, -0.5, depth=3), "gain=-0.5"),
        (lambda a: wide_limit(a, 1.0, depth=0), "depth=0 is below 1"),
    ],
    ids=["gain", "nan", "gain of the limit", "depth"],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[Activation], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call(TANH)
