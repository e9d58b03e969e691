"""Two moons: seeded, of the shape promised."""

import numpy as np
import pytest

from dlcv_viz.data.moons import two_moons
from unchanged import unchanged


def test_two_moons_is_the_recipe_of_the_curriculum() -> None:
    rng = np.random.default_rng(3)
    t, u = rng.uniform(0, np.pi, 10), rng.uniform(0, np.pi, 10)
    upper = np.column_stack([np.cos(t), np.sin(t)])
    lower = np.column_stack([1 - np.cos(u), 0.5 - np.sin(u)])
    clean = np.concatenate([upper, lower])
    x, y = two_moons(20, noise=0.2, seed=3)
    assert x == pytest.approx(clean + rng.normal(0, 0.2, (20, 2)))
    assert y.tolist() == [0] * 10 + [1] * 10


def test_without_noise_the_points_lie_on_two_half_circles() -> None:
    x, y = two_moons(400, noise=0, seed=1)
    for label, middle, side in ((0, [0, 0], 1), (1, [1, 0.5], -1)):
        way = x[y == label] - middle
        assert np.linalg.norm(way, axis=1) == pytest.approx(np.ones(200))
        assert (side * way[:, 1] >= 0).all()


def test_a_seed_gives_the_same_points_and_another_seed_others() -> None:
    with unchanged():
        one, same, other = (two_moons(20, noise=0.1, seed=seed)[0] for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.parametrize(
    ("n", "noise", "message"),
    [(7, 0.1, "n=7 is not even"), (0, 0.1, "n=0"), (4, -0.1, "noise=-0.1 is not at least 0")],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(n: int, noise: float, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        two_moons(n, noise=noise, seed=0)
