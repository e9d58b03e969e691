"""The wavy surface: its heights, and its seeded places."""

from math import cos, sin

import pytest

from dlcv_viz.data.waves import REACH, waves
from unchanged import unchanged


def test_heights_are_those_of_the_surface_at_places_all_over_the_square() -> None:
    x, y = waves(400, seed=0)
    assert (x.shape, y.shape) == ((400, 2), (400, 1))
    assert y[:, 0] == pytest.approx([sin(2 * a) * cos(2 * b) for a, b in x.tolist()])
    assert -REACH <= x.min() < -0.95 * REACH
    assert 0.95 * REACH < x.max() <= REACH


def test_a_seed_gives_the_same_places_and_another_seed_others() -> None:
    with unchanged():
        one, same, other = (waves(5, seed=seed)[0] for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


def test_no_place_is_refused() -> None:
    with pytest.raises(ValueError, match="n=0"):
        waves(0, seed=0)
