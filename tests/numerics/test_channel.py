"""Channels: few crossings, and no net on another."""

from collections.abc import Sequence
from itertools import permutations

import numpy as np
import pytest

from dlcv_viz.numerics.channel import Net, tracks


def crossings(nets: Sequence[Net], levels: Sequence[int]) -> int:
    """Count where an upright piece of one net passes the level piece of another."""
    n = 0
    for (upper, high), (lower, low) in permutations(zip(nets, levels, strict=True), 2):
        if high > low:
            n += sum(lower.ends[0] < x < lower.ends[1] for x in upper.below)
            n += sum(upper.ends[0] < x < upper.ends[1] for x in lower.above)
    return n


def random_nets(seed: int, n_nets: int) -> list[Net]:
    """Nets whose ends are all different and a unit apart."""
    rng = np.random.default_rng(seed)
    places = rng.permutation(3 * n_nets).astype(float).tolist()
    return [Net((places[3 * k],), tuple(places[3 * k + 1 : 3 * k + 3])) for k in range(n_nets)]


@pytest.mark.parametrize("seed", range(10))
def test_level_pieces_on_one_track_are_apart(seed: int) -> None:
    nets = random_nets(seed, 9)
    levels = tracks(nets, distance=0.9)
    assert min(levels) == 0
    for (one, level), (other, same) in permutations(zip(nets, levels, strict=True), 2):
        if level == same:
            assert one.ends[1] + 0.9 <= other.ends[0] or other.ends[1] + 0.9 <= one.ends[0]


@pytest.mark.parametrize("seed", range(6))
def test_no_order_of_the_tracks_has_fewer_crossings(seed: int) -> None:
    nets = random_nets(seed, 5)
    least = min(crossings(nets, order) for order in permutations(range(5)))
    assert crossings(nets, tracks(nets, distance=0.5)) == least


def test_a_net_stays_below_one_that_comes_in_where_it_goes_out() -> None:
    """Above it, its upright piece at 9 would lie on the other's at 8."""
    nets = [Net((20,), (9,)), Net((8,), (1,))]
    assert tracks(nets, distance=0.5) == [0, 0]
    assert tracks(nets, distance=3) == [0, 1]
    assert tracks(nets[::-1], distance=3) == [1, 0]


def test_no_nets_need_no_track() -> None:
    assert tracks([], distance=3) == []
