"""Where the lines of a transit map run: lanes between the names of a row, ports at a station.

See `dlcv_viz.numerics.transit_map` for what these are.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from dlcv_viz.numerics.layered_graph import Edge
from dlcv_viz.types import FloatArray, IntArray

Lanes = Mapping[
    int, Sequence[float]
]  # of a station's line: x in its own row and each one it passes

_BEND, _SHARED = 30.0, 1000.0  # what a bend and a lane of two lines cost, in points of way
_NO_BEND = 0.5  # points: less than the width of a line
_ROUNDS = 3  # of leading each line anew, between all others


@dataclass(frozen=True, slots=True)
class Spacing:
    """Sizes and distances of a map, in points.

    Parameters
    ----------
    radius : float
        Of a station.
    lane : float
        Between two lines side by side.
    gap, most : float
        Least and greatest distance of two names in a row; the least holds a lane.
    clear : float
        Between a line and a name.
    channel : float
        Height of a channel without a level piece.
    """

    radius: float = 11
    lane: float = 6
    gap: float = 12
    most: float = 34
    clear: float = 2.5
    channel: float = 11

    @property
    def reach(self) -> float:
        """How far from the middle of a station a line may enter it from above."""
        return self.radius - 3


@dataclass(frozen=True)
class Floor:
    """Stations in their places.

    Parameters
    ----------
    rows : sequence of sequence of int
        The stations of each row, from the left.
    x, half : (n,) ndarray of float
        Middle of each station, and half the width of it and its name.
    room : float
        Width of the map.
    spacing : Spacing
        Sizes and distances.
    """

    rows: Sequence[Sequence[int]]
    x: FloatArray
    half: FloatArray
    room: float
    spacing: Spacing

    @cached_property
    def row_of(self) -> Mapping[int, int]:
        """The row of each station."""
        return {station: k for k, row in enumerate(self.rows) for station in row}

    @cached_property
    def free(self) -> Sequence[Sequence[float]]:
        """Lanes of each row that touch no name; they are the same distances apart in all rows."""
        every = np.arange(0, self.room + 0.01, self.spacing.lane)
        kept = []
        for row in self.rows:
            near = np.abs(every[:, None] - self.x[row]) <= self.half[row] + self.spacing.clear
            kept.append(every[~near.any(axis=1)].tolist())
        return kept

    def exits(self, station: int) -> list[float]:
        """Return the lanes between a station and the next one of its row."""
        row = self.rows[self.row_of[station]]
        after = row[row.index(station) + 1 :]
        end = self.x[after[0]] if after else np.inf
        return [x for x in self.free[self.row_of[station]] if self.x[station] < x < end]

    def is_next(self, edge: Edge) -> bool:
        """Whether an edge joins neighbours of a row."""
        row = self.rows[self.row_of[edge[0]]]
        return edge[1] in row and row.index(edge[1]) == row.index(edge[0]) + 1


def lanes(floor: Floor, edges: Iterable[Edge]) -> Lanes:
    """Choose the lanes of all lines to other rows: short ways, few bends, none on another.

    Parameters
    ----------
    floor : Floor
        The stations.
    edges : iterable of Edge
        What lines join.

    Returns
    -------
    mapping of int to list of float
        For each station with a line to another row, x of its lane there and in every row that the
        line passes.
    """
    ends: dict[int, list[int]] = {}
    for start, end in edges:
        if floor.row_of[start] < floor.row_of[end]:
            ends.setdefault(start, []).append(end)
    taken: list[Counter[float]] = [Counter() for _ in floor.rows]
    found: dict[int, list[float]] = {}
    # The longest first: they find it hardest to keep straight.
    order = sorted(ends, key=lambda s: floor.row_of[s] - max(floor.row_of[e] for e in ends[s]))
    for start in order * _ROUNDS:
        first = floor.row_of[start]
        for row, lane in enumerate(found.get(start, []), first):
            taken[row][lane] -= 1
        found[start] = _cheapest(floor, start, ends[start], taken)
        for row, lane in enumerate(found[start], first):
            taken[row][lane] += 1
    return found


def _cheapest(
    floor: Floor, start: int, ends: Sequence[int], taken: Sequence[Mapping[float, int]]
) -> list[float]:
    """Lead one line down by dynamic programming, row by row."""
    first, last = floor.row_of[start], max(floor.row_of[end] for end in ends)

    def shared(row: int, options: FloatArray) -> FloatArray:
        return np.array([_SHARED * taken[row].get(lane, 0) for lane in options.tolist()])

    def branches(row: int, low: FloatArray, high: FloatArray) -> FloatArray:
        """Return what it costs to reach the stations of a row from between two lanes."""
        cost = np.zeros(np.broadcast(low, high).shape)
        for x in (floor.x[end] for end in ends if floor.row_of[end] == row):
            off = np.maximum(low - x, x - high)
            cost += np.where(off > floor.spacing.reach, off + _BEND, 0)
        return cost

    here = np.array(floor.exits(start))
    cost = np.abs(here - floor.x[start]) + shared(first, here)
    steps: list[tuple[FloatArray, IntArray]] = []  # lanes of a row, and the best way to the next
    for row in range(first + 1, last):
        below = np.array(floor.free[row])
        above, step = here[:, None], np.abs(here[:, None] - below)
        turns = branches(row, np.minimum(above, below), np.maximum(above, below))
        costs = cost[:, None] + step + _BEND * (step > 0) + turns
        steps.append((here, costs.argmin(axis=0)))
        here, cost = below, costs.min(axis=0) + shared(row, below)
    place = int((cost + branches(last, here, here)).argmin())
    way = [float(here[place])]
    for lanes_above, best in reversed(steps):
        place = int(best[place])
        way.append(float(lanes_above[place]))
    return way[::-1]


def ports(floor: Floor, edges: Iterable[Edge], led: Lanes) -> dict[Edge, float]:
    """Choose where lines enter stations from above, and where they leave them to jump over others.

    Parameters
    ----------
    floor : Floor
        The stations.
    edges : iterable of Edge
        What lines join.
    led : Lanes
        As `lanes` chose them.

    Returns
    -------
    dict of Edge to float
        For an edge x of its end; for a pair of twice the same station, x where it is left upwards.
    """
    origin: dict[Edge, float] = {}
    for start, end in edges:
        above = floor.row_of[end] - floor.row_of[start]
        if above:
            origin[start, end] = led[start][above - 1]
        elif not floor.is_next((start, end)):
            origin[start, end] = floor.x[start]
            origin[start, start] = np.inf  # to the right of all that come in
    found: dict[Edge, float] = {}
    for station in range(len(floor.x)):
        mine = sorted((x, edge) for edge, x in origin.items() if edge[1] == station)
        places = _side_by_side([x for x, _ in mine], float(floor.x[station]), floor.spacing)
        found.update(zip((edge for _, edge in mine), places, strict=True))
    return found


def spread(wanted: Sequence[float], weights: Sequence[float], gap: float) -> FloatArray:
    """Place points near to where they are wanted, in their order and some distance apart.

    Parameters
    ----------
    wanted, weights : sequence of float
        Place of each point, and how much that counts; above 0.
    gap : float
        Least distance of two neighbours.

    Returns
    -------
    (n,) ndarray of float
        The places with the least weighted sum of squared distances to the wanted ones.

    References
    ----------
    .. [1] M. Ayer et al., "An empirical distribution function for sampling with incomplete
       information", Ann. Math. Statist. 26(4), 1955: pooling of adjacent violators.

    Examples
    --------
    >>> spread([0, 1, 9], [1, 1, 1], gap=3).tolist()
    [-1.0, 2.0, 9.0]
    """
    pools: list[tuple[float, float, int]] = []  # mean, weight and number of points that met
    for k, (place, weight) in enumerate(zip(wanted, weights, strict=True)):
        mean, mass, n = place - k * gap, weight, 1
        while pools and pools[-1][0] > mean:
            other, more, m = pools.pop()
            mean, mass, n = (mean * mass + other * more) / (mass + more), mass + more, n + m
        pools.append((mean, mass, n))
    means = [mean for mean, _, n in pools for _ in range(n)]
    return np.array([mean + k * gap for k, mean in enumerate(means)])


def _side_by_side(origins: Sequence[float], x: float, spacing: Spacing) -> list[float]:
    """Return where lines from there enter a station: straight down, if that is near enough."""
    reach, n = spacing.reach, len(origins)
    gap = min(spacing.lane - 1, 2 * reach / max(n - 1, 1))
    is_near = [abs(origin - x) <= reach for origin in origins]
    wanted = [origin if near else x for origin, near in zip(origins, is_near, strict=True)]
    # A line that can go straight down does; the others make way.
    places = spread(wanted, [1000.0 if near else 1.0 for near in is_near], gap).tolist()
    if any(abs(place - x) > spacing.radius - 1 for place in places):
        places = [x + gap * (k - (n - 1) / 2) for k in range(n)]
    return [
        origin if abs(place - origin) < _NO_BEND else place
        for origin, place in zip(origins, places, strict=True)
    ]
