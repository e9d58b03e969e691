"""Clouds and squares: seeded, of the shapes promised, without a trace in global state."""

import numpy as np
import pytest

from dlcv_viz.data.blobs import separated_square, two_blobs
from unchanged import unchanged


def test_two_blobs_is_the_recipe_of_the_curriculum() -> None:
    rng = np.random.default_rng(1)
    cloud = np.concatenate([rng.normal(1.2, 0.8, (20, 2)), rng.normal(-1.2, 0.8, (20, 2))])
    order = np.random.default_rng(1).permutation(40)
    x, y = two_blobs(seed=1)
    assert (x == cloud[order]).all()
    assert (y == np.repeat([1, -1], 20)[order]).all()


def test_two_blobs_has_as_many_points_of_each_class_around_their_centres() -> None:
    x, y = two_blobs(seed=3, n_each=2000, centre=2.0, spread=0.5)
    assert x.shape == (4000, 2)
    for label in (1, -1):
        own = x[y == label]
        assert len(own) == 2000
        assert own.mean(axis=0) == pytest.approx([2 * label] * 2, abs=0.05)  # 4 standard errors
        assert own.std(axis=0) == pytest.approx([0.5] * 2, rel=0.06)


@pytest.mark.parametrize("margin", [0.0, 0.1, 0.5])
def test_separated_square_keeps_its_margin(margin: float) -> None:
    x, y = separated_square(seed=2, margin=margin, angle=0.6)
    along = x @ [np.cos(0.6), np.sin(0.6)]
    assert x.shape == (100, 2)
    assert np.abs(x).max() <= 1
    assert np.abs(along).min() >= margin
    assert (np.sign(along) == y).all()
    assert set(y.tolist()) == {-1, 1}


@pytest.mark.parametrize("margin", [-0.1, 1.0])
def test_separated_square_names_a_margin_that_leaves_nothing(margin: float) -> None:
    with pytest.raises(ValueError, match=f"margin={margin} is not from 0 to below 1"):
        separated_square(seed=0, margin=margin)


def test_a_seed_gives_the_same_points_and_another_seed_others() -> None:
    for make in (two_blobs, lambda seed: separated_square(seed=seed, margin=0.1)):
        one, same, other = make(seed=4), make(seed=4), make(seed=5)
        assert (one[0] == same[0]).all()
        assert (one[1] == same[1]).all()
        assert (one[0] != other[0]).any()


def test_no_global_state_is_touched() -> None:
    with unchanged():
        two_blobs(seed=0)
        separated_square(seed=0, margin=0.1)
