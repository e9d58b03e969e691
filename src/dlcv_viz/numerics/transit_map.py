"""Transit maps: stations in rows, and lines between them that cross no name.

Lengths are points, y goes down. Stations are numbered in the order of travel, so every line leads
to the right or down. It leaves a station at its right side, and enters the next one of the row at
its left and any other from above. One that jumps over stations of its own row leaves upwards.

A *lane* is an upright piece of a line between two names of a row, a *channel* the space above a
row. The lines from a station to other rows share their lanes: they are one line with branches.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from dlcv_viz.numerics.channel import Net, tracks
from dlcv_viz.numerics.layered_graph import Edge
from dlcv_viz.numerics.transit_lanes import Floor, Lanes, Spacing, lanes, ports
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class TransitMap:
    """Where everything is.

    Parameters
    ----------
    x, y : (n,) ndarray of float
        Middles of the stations.
    lines : mapping of Edge to (k, 2) ndarray of float
        Corners of each line, from its first station to its last; level and upright pieces take
        turns.
    height : float
        From the top of the first channel to the lowest name.
    """

    x: FloatArray
    y: FloatArray
    lines: Mapping[Edge, FloatArray]
    height: float


def transit_map(
    rows: Sequence[Sequence[int]],
    widths: Sequence[float],
    depths: Sequence[float],
    edges: Iterable[Edge],
    room: float,
    *,
    spacing: Spacing,
) -> TransitMap:
    """Place stations in rows and lead lines between them.

    Parameters
    ----------
    rows : sequence of sequence of int
        The stations 0, 1, … of each row.
    widths : sequence of float
        Of the name below each station.
    depths : sequence of float
        How far each row reaches below the middle of its stations.
    edges : iterable of Edge
        Pairs of stations that a line joins, the lower number first.
    room : float
        Width of the map; two lanes at the right of it are free of names.
    spacing : Spacing
        Sizes and distances.

    Returns
    -------
    TransitMap
        The same for the same arguments.

    Raises
    ------
    ValueError
        If a row is wider than the room.
    """
    edges = sorted(edges)
    half = np.maximum(np.asarray(widths, float) / 2, spacing.radius)
    x = _places(rows, half, room - 2 * spacing.lane, spacing)
    floor = Floor(rows, x, half, room, spacing)
    led = lanes(floor, edges)
    return _Plan(floor, edges, led, ports(floor, edges, led)).map(depths)


def broken(widths: Sequence[float], room: float, gap: float) -> list[int]:
    """Break a row of names that is too long into rows of about equal length.

    Parameters
    ----------
    widths : sequence of float
        Of the names.
    room, gap : float
        Width of a row, and least distance of two names.

    Returns
    -------
    list of int
        How many names each row has: the fewest rows that hold them, but no empty one.
    """
    for n_rows in range(1, len(widths)):
        parts = np.array_split(np.asarray(widths), n_rows)
        if all(part.sum() + gap * (len(part) - 1) <= room for part in parts):
            return [len(part) for part in parts]
    return [1] * len(widths)


def _places(
    rows: Sequence[Sequence[int]], half: FloatArray, room: float, spacing: Spacing
) -> FloatArray:
    """Return x of every station; first stations stand below each other where there is room."""
    x = np.empty(len(half))
    first = max(half[row[0]] for row in rows)
    for row in rows:
        n_gaps = len(row) - 1
        spare = room - 2 * half[row].sum() - n_gaps * spacing.gap
        if spare < 0:
            raise ValueError(f"the names of a row take {room - spare:.0f} pt of {room:.0f}")
        left = min(first - half[row[0]], spare)
        gap = spacing.gap + min((spare - left) / max(n_gaps, 1), spacing.most - spacing.gap)
        for station in row:
            x[station] = left + half[station]
            left += 2 * half[station] + gap
    return x


class _Line(NamedTuple):
    """A line through a channel: of which station, and whether it jumps over others of its row."""

    start: int
    is_jump: bool


@dataclass(frozen=True, slots=True)
class _Plan:
    """Everything but heights."""

    floor: Floor
    edges: Sequence[Edge]
    lanes: Lanes
    ports: Mapping[Edge, float]

    def map(self, depths: Sequence[float]) -> TransitMap:
        """Stack the rows, each below a channel that is high enough."""
        spacing, y = self.floor.spacing, np.empty(len(self.floor.x))
        levels: dict[tuple[int, _Line], float] = {}
        top = 0.0
        for row, (stations, depth) in enumerate(zip(self.floor.rows, depths, strict=True)):
            nets = self._nets(row)
            found = tracks(list(nets.values()), spacing.lane / 2)
            bottom = top + spacing.channel + spacing.lane * (max(found, default=-1) + 1)
            for line, track in zip(nets, found, strict=True):
                levels[row, line] = bottom - spacing.lane * (track + 1)
            y[stations] = bottom + spacing.radius
            top = bottom + spacing.radius + depth
        lines = {edge: np.array(self._corners(edge, y, levels)) for edge in self.edges}
        return TransitMap(self.floor.x, y, lines, top)

    def _nets(self, row: int) -> dict[_Line, Net]:
        """Return what has a level piece in the channel above a row."""
        found: dict[_Line, Net] = {}
        for edge in self.edges:
            line, above, below = self._through(edge, row)
            if below:
                known = found.get(line, Net((), ()))
                found[line] = Net((*known.above, *above), (*known.below, *below))
        return {line: net for line, net in found.items() if net.ends[0] < net.ends[1]}

    def _through(self, edge: Edge, row: int) -> tuple[_Line, list[float], list[float]]:
        """Return where an edge comes into the channel above a row, and where it goes on below."""
        start, end = edge
        first, last = self.floor.row_of[start], self.floor.row_of[end]
        if first == last == row and edge in self.ports:
            return _Line(start, is_jump=True), [], [self.ports[start, start], self.ports[edge]]
        if not first < row <= last:
            return _Line(start, is_jump=False), [], []
        below = self.ports[edge] if row == last else self.lanes[start][row - first]
        return _Line(start, is_jump=False), [self.lanes[start][row - first - 1]], [below]

    def _corners(
        self, edge: Edge, y: FloatArray, levels: Mapping[tuple[int, _Line], float]
    ) -> list[tuple[float, float]]:
        start, end = edge
        x, first, last = self.floor.x, self.floor.row_of[start], self.floor.row_of[end]
        if edge not in self.ports:
            return [(x[start], y[start]), (x[end], y[end])]
        corners = [(x[start], y[start])] if first < last else []
        here = self.lanes[start][0] if first < last else self.ports[start, start]
        corners.append((here, y[start]))
        for row in range(min(first + 1, last), last + 1):
            line, _, below = self._through(edge, row)
            if below[-1] != here:
                level = levels[row, line]
                corners += [(here, level), (below[-1], level)]
                here = below[-1]
        return [*corners, (here, y[end])]
