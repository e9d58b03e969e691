"""Spiral arms: seeded, of the shape promised."""

import numpy as np
import pytest

from dlcv_viz.data.spiral import spiral
from unchanged import unchanged


def test_the_spiral_is_the_recipe_of_the_curriculum() -> None:
    rng, radius = np.random.default_rng(6), np.linspace(0.05, 1, 8)
    x, y = spiral(3, n_each=8, seed=6)
    assert y.tolist() == [0] * 8 + [1] * 8 + [2] * 8
    for arm in range(3):
        start = 2 * np.pi * arm / 3
        t = np.linspace(start, start + 4, 8) + rng.normal(0, 0.2, 8)
        expected = np.column_stack([radius * np.sin(t), radius * np.cos(t)])
        assert x[y == arm] == pytest.approx(expected, abs=1e-14)


def test_without_noise_arms_are_turned_copies_of_each_other() -> None:
    x, y = spiral(2, n_each=20, noise=0, seed=0)
    assert x[y == 1] == pytest.approx(-x[y == 0])


def test_an_arm_turns_as_far_as_is_asked() -> None:
    x, _ = spiral(1, n_each=50, noise=0, seed=0, turn=11)
    angle = np.unwrap(np.arctan2(x[:, 0], x[:, 1]))
    assert angle[-1] - angle[0] == pytest.approx(11)


def test_a_seed_gives_the_same_points_and_another_seed_others() -> None:
    with unchanged():
        one, same, other = (spiral(3, n_each=5, seed=seed)[0] for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.parametrize(
    "wrong",
    [{"n_arms": 0}, {"n_each": 1}, {"noise": -0.1}, {"noise": float("nan")}, {"turn": 0}],
)
def test_numbers_that_are_too_small_are_refused(wrong: dict[str, float]) -> None:
    arguments = {"n_arms": 3, "n_each": 5, "noise": 0.1, "turn": 4, **wrong}
    with pytest.raises(ValueError, match="too small"):
        spiral(
            int(arguments["n_arms"]),
            n_each=int(arguments["n_each"]),
            noise=arguments["noise"],
            seed=0,
            turn=arguments["turn"],
        )
