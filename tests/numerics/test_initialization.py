"""The scale of weights, against torch and scipy, and against random layers.

The values were made by `tests/reference/weight_init.py`.
"""

import math
from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.initialization import (
    GAINS,
    depth_factors,
    fans,
    glorot_variance,
    he_variance,
    layer_factors,
    lecun_variance,
    linear_variance,
    prior_bias,
    relu_moments,
    uniform_bound,
)
from dlcv_viz.numerics.network import forward, random_network
from frozen import frozen

REFERENCE = frozen("weight_init")
LARGEST = 2e-5  # by so much the largest of a million uniform numbers may miss the bound


def test_gains_are_those_of_torch() -> None:
    assert dict(GAINS) == pytest.approx(REFERENCE["gains"])


def test_the_gain_of_a_leaky_relu_is_that_of_torch() -> None:
    for slope, gain in REFERENCE["leaky_gains"].items():
        assert math.sqrt(he_variance(1, float(slope))) == pytest.approx(gain)


def test_fans_count_channels_times_the_window() -> None:
    for shape, counted in REFERENCE["fans"]:
        assert list(fans(shape)) == counted


def test_bounds_are_those_of_torch() -> None:
    for case in REFERENCE["bounds"]:
        n_in, n_out = fans(case["shape"])
        found = uniform_bound(glorot_variance(n_in, n_out))
        assert found == pytest.approx(case["glorot"], rel=LARGEST)
        for slope, bound in case["he"].items():
            found = uniform_bound(he_variance(n_in, float(slope)))
            assert found == pytest.approx(bound, rel=LARGEST)


def test_a_bound_belongs_to_its_variance() -> None:
    for bound, variance in REFERENCE["uniform_variance"]:
        assert uniform_bound(variance) == pytest.approx(bound)


def test_relu_moments_are_the_integrals() -> None:
    for std, moments in REFERENCE["relu_moments"]:
        assert relu_moments(std) == pytest.approx(moments, abs=1e-12)  # of the integration


def test_a_prior_bias_is_the_logit_of_the_share() -> None:
    for share, logit in REFERENCE["logits"]:
        assert prior_bias(share) == pytest.approx(logit)


def test_a_weighted_sum_has_the_variance_that_the_mean_square_asks_for() -> None:
    rng = np.random.default_rng(0)
    x = rng.uniform(0.5, 1.5, 40)  # far from mean 0
    z = rng.normal(0, 0.3, (20_000, 40)) @ x
    expected = linear_variance(40, 0.3**2, float(np.mean(x**2)))
    assert z.var() == pytest.approx(expected, rel=0.04)  # four standard errors of 20 000 draws


def test_each_rule_keeps_what_it_is_made_for() -> None:
    assert layer_factors(30, 70, lecun_variance(30))[0] == pytest.approx(1)
    assert layer_factors(30, 70, he_variance(30), kept=0.5)[0] == pytest.approx(1)
    assert layer_factors(30, 70, he_variance(70), kept=0.5)[1] == pytest.approx(1)
    assert sum(layer_factors(30, 70, glorot_variance(30, 70))) == pytest.approx(2)
    kept = (1 + 0.3**2) / 2
    assert layer_factors(30, 70, he_variance(30, 0.3), kept=kept)[0] == pytest.approx(1)


def test_leaky_slopes_lead_from_he_to_lecun() -> None:
    assert he_variance(12, 0) == pytest.approx(2 * lecun_variance(12))
    assert he_variance(12, 1) == pytest.approx(lecun_variance(12))


def test_depth_factors_are_the_mean_of_random_relu_networks() -> None:
    width, depth, gain = 60, 5, 1.4
    powers = []
    for seed in range(60):
        rng = np.random.default_rng(seed)
        inputs = rng.normal(size=(8, width))
        network = random_network([width] * (depth + 1), seed=rng, gain=gain, hidden="relu")
        sums = forward(network, inputs).pre_activations
        powers.append([np.mean(z**2) for z in sums])
    means = np.mean(powers, axis=0)
    expected = depth_factors([width] * (depth - 1), [gain / width] * (depth - 1))
    # A draw scatters by sqrt(5 * 4 / 60) = 0.6, the mean of 60 draws by 0.075.
    assert means / means[0] == pytest.approx(expected, rel=0.2)


def test_depth_factors_take_every_layer_by_its_own_width() -> None:
    assert depth_factors([10, 20, 40], [0.2, 0.2, 0.025]) == pytest.approx([1, 1, 2, 1])
    assert depth_factors([], []) == pytest.approx([1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fans((3,)), "at least two sizes"),
        (lambda: fans((3, 0)), "each at least 1"),
        (lambda: lecun_variance(0), "n_in=0"),
        (lambda: glorot_variance(4, 0), "n_out=0"),
        (lambda: he_variance(-2), "n_in=-2"),
        (lambda: he_variance(3, math.nan), "slope=nan"),
        (lambda: linear_variance(3, -1.0, 1.0), "weight_variance=-1"),
        (lambda: linear_variance(3, 1.0, math.nan), "second_moment=nan"),
        (lambda: layer_factors(3, 3, 1.0, kept=-0.5), "kept=-0.5"),
        (lambda: relu_moments(math.inf), "std=inf"),
        (lambda: uniform_bound(-1.0), "variance=-1"),
        (lambda: depth_factors([3, 3], [1.0]), "shorter"),
        (lambda: prior_bias(1.0), "share=1"),
        (lambda: prior_bias(math.nan), "share=nan"),
    ],
)
def test_numbers_out_of_range_are_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
