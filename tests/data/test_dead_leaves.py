"""Discs that fall on each other."""

import numpy as np
import pytest

from dlcv_viz.data.dead_leaves import RADII, dead_leaves
from unchanged import unchanged


def test_a_picture_has_its_seed_and_is_grey() -> None:
    with unchanged():
        one, same, other = (dead_leaves(40, 60, seed=seed) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    assert one.shape == (40, 40)
    assert 0 <= one.min() < one.max() <= 1


def test_later_discs_hide_earlier_ones() -> None:
    greys = len(np.unique(dead_leaves(96, 2000, seed=0)))
    assert 20 < greys < 1000  # each disc has a grey of its own


def test_neighbours_are_mostly_alike_and_borders_are_sharp() -> None:
    steps = np.abs(np.diff(dead_leaves(96, 250, seed=3), axis=1))
    assert (steps == 0).mean() > 0.7
    assert steps.max() > 0.5


def test_one_disc_is_no_larger_than_the_largest() -> None:
    for seed in range(20):
        inside = dead_leaves(80, 1, seed=seed) != 0.5
        assert max(inside.sum(axis=0).max(), inside.sum(axis=1).max()) <= 2 * RADII[1]


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="side=0 and n_discs=5 are at least 1"):
        dead_leaves(0, 5, seed=0)
    with pytest.raises(ValueError, match="n_discs=0"):
        dead_leaves(8, 0, seed=0)
