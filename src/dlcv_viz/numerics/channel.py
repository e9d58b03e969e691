"""Channels between two rows: which of the level pieces in one runs above which.

A net joins ends above the channel with ends below it, by upright pieces and one level piece, its
track.
"""

from collections.abc import Sequence
from itertools import combinations, permutations
from typing import NamedTuple

_OVERLAP = 10  # what two nets cost that lie on each other; a crossing costs 1


class Net(NamedTuple):
    """What is to be joined: places along the channel, above it and below it."""

    above: tuple[float, ...]
    below: tuple[float, ...]

    @property
    def ends(self) -> tuple[float, float]:
        """Where the level piece begins and ends."""
        return min(self.above + self.below), max(self.above + self.below)


def tracks(nets: Sequence[Net], distance: float) -> list[int]:
    """Give every net a track, so that few of them cross and none lies on another.

    Parameters
    ----------
    nets : sequence of Net
        In any order.
    distance : float
        Within which two pieces meet.

    Returns
    -------
    list of int
        The track of each net, counted from 0 at the bottom. Nets whose level pieces do not meet
        may share one.

    References
    ----------
    .. [1] A. Hashimoto, J. Stevens, "Wire routing by optimizing channel assignment within large
       apertures", 8th Design Automation Workshop, 1971: the problem. Here the order is found by
       moving one net at a time, since crossings count and room does not.

    Examples
    --------
    >>> tracks([Net((0,), (40,)), Net((20,), (60,)), Net((80,), (90,))], distance=4)
    [0, 1, 0]
    """
    cost = {
        (upper, lower): _between(nets[upper], nets[lower], distance)
        for upper, lower in permutations(range(len(nets)), 2)
    }

    def total(order: Sequence[int]) -> int:
        return sum(cost[pair] for pair in combinations(order, 2))

    def moved(order: list[int], net: int) -> list[int]:
        rest = [other for other in order if other != net]
        return min(([*rest[:k], net, *rest[k:]] for k in range(len(rest) + 1)), key=total)

    order: list[int] = []
    while True:
        better = order
        for net in range(len(nets)):
            better = moved(better, net)
        if len(order) == len(nets) and total(better) == total(order):
            return _levels(order, nets, distance)
        order = better


def _between(upper: Net, lower: Net, distance: float) -> int:
    """Return what is wrong with one net above another."""
    crossings = sum(lower.ends[0] < place < lower.ends[1] for place in upper.below)
    crossings += sum(upper.ends[0] < place < upper.ends[1] for place in lower.above)
    meeting = sum(abs(a - b) < distance for a in upper.below for b in lower.above)
    return crossings + _OVERLAP * meeting


def _levels(order: Sequence[int], nets: Sequence[Net], distance: float) -> list[int]:
    """Lay the nets down from the lowest on, each on those that it would meet."""
    levels: dict[int, int] = {}
    for net in reversed(order):
        start, end = nets[net].ends
        under = [
            level
            for other, level in levels.items()
            if nets[other].ends[0] < end + distance and start < nets[other].ends[1] + distance
        ]
        levels[net] = max(under, default=-1) + 1
    return [levels[net] for net in range(len(nets))]
