"""Limits and best rates on a quadratic bowl, by walking down it and by matrices."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.optimizers import SGD, Momentum, Optimizer, path, states
from dlcv_viz.numerics.quadratic import (
    best_momentum,
    best_rate,
    bowl,
    bowl_gradient,
    heavy_ball_factor,
    noise_floor,
    stability_limit,
)
from dlcv_viz.types import FloatArray

H = np.array([0.7, 2.0, 9.0])
START = np.array([1.0, -2.0, 0.5])


def slope(w: FloatArray) -> FloatArray:
    return bowl_gradient(w, H)


def matrix(h: float, rate: float, beta: float) -> FloatArray:
    return np.array([[1 + beta - rate * h, -beta], [1, 0]])


def test_the_gradient_is_the_slope_of_the_bowl() -> None:
    step = 1e-5
    for unit in np.eye(3):
        rise = float(bowl(START + step * unit, H) - bowl(START - step * unit, H)) / (2 * step)
        # exact for a parabola but for rounding: 1e-16 times the height, by the step
        assert float(slope(START) @ unit) == pytest.approx(rise, abs=1e-9)


@pytest.mark.parametrize("beta", [0.0, 0.5, 0.9])
def test_descent_comes_to_rest_below_the_limit_and_runs_away_above(beta: float) -> None:
    def end(share: float) -> float:
        rule: Optimizer = Momentum(share * stability_limit(H, beta=beta), beta)
        return float(np.abs(path(rule, slope, START, n_steps=1500)[-1]).max())

    assert end(0.99) < 0.01
    assert end(1.01) > 100


def test_no_other_rate_shrinks_the_worst_error_faster() -> None:
    rate, factor = best_rate(H)
    tried = np.linspace(0.01, 0.99, 197) * stability_limit(H)
    worst = np.abs(1 - tried[:, None] * H).max(axis=1)
    assert np.abs(1 - rate * H).max() == pytest.approx(factor, rel=1e-14)
    assert worst.min() >= factor
    assert abs(tried[worst.argmin()] - rate) <= tried[1] - tried[0]


def test_no_other_pair_lets_the_heavy_ball_fade_faster() -> None:
    rate, beta, factor = best_momentum(H)
    ends = H[[0, -1]]
    # a double root: its two parts differ by the root of a rounding
    assert heavy_ball_factor(ends, learning_rate=rate, beta=beta) == pytest.approx(factor, abs=1e-7)
    rng = np.random.default_rng(3)
    for _ in range(500):
        other = {"learning_rate": rate * rng.uniform(0.5, 1.5), "beta": rng.uniform(0, 0.99)}
        assert heavy_ball_factor(H, **other).max() > factor - 1e-7


def test_the_factor_of_the_heavy_ball_is_the_largest_eigenvalue() -> None:
    rng = np.random.default_rng(4)
    for rate, beta in rng.uniform(0, 1, size=(40, 2)):
        by_matrix = [np.abs(np.linalg.eigvals(matrix(h, rate, beta))).max() for h in H]
        found = heavy_ball_factor(H, learning_rate=float(rate), beta=float(beta))
        assert found == pytest.approx(by_matrix, rel=1e-7)  # eigvals at a double root


def test_noisy_descent_stays_at_its_floor() -> None:
    rng, rate, spread = np.random.default_rng(5), 0.2, 3.0

    def noisy(w: FloatArray) -> FloatArray:
        return 1.5 * w + rng.normal(0, spread, w.shape)

    *_, last = states(SGD(rate), noisy, np.full(40_000, 2.0), n_steps=60)
    floor = noise_floor(1.5, learning_rate=rate, spread=spread)
    # a variance of n normal values is known to sqrt(2 / n) of itself, 0.7%; four of these
    assert float((last.w**2).mean()) == pytest.approx(floor, rel=0.03)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: bowl(START, -H), "curvatures .-0.7"),
        (lambda: bowl_gradient(START, H * np.nan), "curvatures .nan"),
        (lambda: stability_limit(H, beta=1.0), "beta"),
        (lambda: best_rate(np.array([0.0, 1.0])), "curvatures .0"),
        (lambda: best_momentum(np.array([np.inf])), "curvatures .inf"),
        (lambda: heavy_ball_factor(H, learning_rate=-1, beta=0.5), "learning_rate=-1"),
        (lambda: noise_floor(1.0, learning_rate=2.0, spread=1), "learning_rate=2.0"),
        (lambda: noise_floor(1.0, learning_rate=0.1, spread=-1), "spread"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wrong()
