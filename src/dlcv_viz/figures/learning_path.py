"""The learning path: all modules of a course, and lines to those that build on them."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

from dlcv_viz.draw import transit
from dlcv_viz.draw.canvas import LINE, NARROW, STRONG, TEXT, WIDE, canvas, stage
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.theme import group_role
from dlcv_viz.draw.words import LEADING, shortened, widest, wrapped
from dlcv_viz.facts import Fact
from dlcv_viz.numerics.layered_graph import Edge, longest_path, transitive_reduction
from dlcv_viz.numerics.transit_lanes import Spacing
from dlcv_viz.numerics.transit_map import TransitMap, broken, transit_map
from dlcv_viz.registry import Drawing, figure

SPACING = Spacing()
MARGIN = 8  # around everything, in points
COLUMN = 120  # most that names of groups take in width
BETWEEN = 14  # from the names of groups to those of modules
AROUND = 3  # from a station and its name to the edge of what can be clicked
LINES = 3  # of a name, at most
MOST = 100  # modules: what a list of facts holds
EXAMPLE = (
    ("perceptron", 1, "Foundations", "The Perceptron", ""),
    ("mlp", 2, "Foundations", "Multi-Layer Perceptron (MLP)", "perceptron"),
    ("loss", 3, "Foundations", "Loss Functions", "perceptron"),
    ("backprop", 4, "Training", "Backpropagation", "mlp, loss"),
    ("optimizers", 5, "Training", "Optimizers", "loss, backprop"),
    ("conv-layer", 6, "Computer Vision", "Convolutional Layers", "mlp, backprop"),
    ("pooling", 7, "Computer Vision", "Pooling Layers", "conv-layer"),
    ("rnn", 8, "Sequence and Language", "RNNs & LSTMs", "backprop, optimizers"),
    ("transformers", 9, "Sequence and Language", "Transformers", "rnn"),
)


@figure(alt="Learning path of {course}: {chain}.")
def graph(
    *,
    ids: Sequence[str] = tuple(row[0] for row in EXAMPLE),
    numbers: Sequence[int] = tuple(row[1] for row in EXAMPLE),
    groups: Sequence[str] = tuple(row[2] for row in EXAMPLE),
    titles: Sequence[str] = tuple(row[3] for row in EXAMPLE),
    needs: Sequence[str] = tuple(row[4] for row in EXAMPLE),
) -> Drawing:
    """Draw the modules of a course row by row, with a line from each to those that build on it.

    What follows from other lines has none of its own.

    Parameters
    ----------
    ids : sequence of str
        Of the modules, in the order of the course.
    numbers : sequence of int
        Shown in the stations; 0 for none.
    groups : sequence of str
        The group of each module; a row has modules of one.
    titles : sequence of str
        Names of the modules; what stands in brackets at the end is left out.
    needs : sequence of str
        For each module the ids of those it builds on, with commas between them.

    Returns
    -------
    Drawing
        As high as it needs to be. The facts tell where each module is: its box as fractions of the
        picture, from the top left.

    Raises
    ------
    ValueError
        If the lists are not of one length, or too long, if an id comes twice, or if a module needs
        one that is not there before it.

    See Also
    --------
    dlcv_viz.numerics.transit_map.transit_map : Places everything.
    """
    edges = _edges(ids, needs, {len(numbers), len(groups), len(titles)})
    shown = transitive_reduction(len(ids), edges)
    names = [re.sub(r"(?<=\S)\s+\([^()]*\)$", "", title) for title in titles]
    sheet = _sheet(groups, names)
    depths = [row.depth for row in sheet.rows]
    widths = [widest(lines) for row in sheet.rows for lines in row.names]
    stations = [row.stations for row in sheet.rows]
    placed = transit_map(stations, widths, depths, shown, sheet.room, spacing=SPACING)
    fig = _draw(sheet, placed, numbers, [group_role(group) for group in groups])
    boxes = _boxes(sheet, placed, widths)
    chain = [titles[k] for k in longest_path(len(ids), edges)]
    return Drawing(fig, facts={**boxes, **_said(groups, chain), "links": len(shown)})


class _Row(NamedTuple):
    """Stations side by side: the lines of their group's name, if it begins here, and of theirs."""

    label: list[str]
    stations: list[int]
    names: list[list[str]]

    @property
    def depth(self) -> float:
        """How far it reaches below the middle of its stations."""
        n_lines = max(len(name) for name in self.names)
        below = transit.name_height(n_lines) + SPACING.radius
        # The first line of the label is level with the numbers.
        return max(below, LEADING * TEXT * (len(self.label) - 0.4))


class _Sheet(NamedTuple):
    """A width of the figure, and what is in its rows."""

    width: float
    left: float  # where stations begin
    rows: list[_Row]

    @property
    def room(self) -> float:
        """Width of the map."""
        return self.width - self.left - MARGIN


def _edges(ids: Sequence[str], needs: Sequence[str], lengths: set[int]) -> list[Edge]:
    """Return who needs whom, as pairs of places."""
    n = len(ids)
    if lengths != {n} or len(needs) != n or n > MOST:
        given = sorted({n, len(needs), *lengths})
        raise ValueError(f"lists of {given} items: all have one a module, at most {MOST}")
    place = {name: k for k, name in enumerate(ids)}
    if len(place) < n:
        raise ValueError(f"ids={list(ids)!r}: one comes twice")
    edges = [
        (place.get(need.strip(), n), k)
        for k, told in enumerate(needs)
        for need in filter(None, told.split(","))
    ]
    for before, after in edges:
        if before >= after:
            raise ValueError(f"needs={needs[after]!r} of {ids[after]!r}: not all are before it")
    return edges


def _sheet(groups: Sequence[str], names: Sequence[str]) -> _Sheet:
    """Take the narrow size if no group needs more than a row of it, or else the wide one."""
    narrow = _laid_out(groups, names, NARROW)
    n_rows = sum(1 for _ in groupby(groups))
    return narrow if len(narrow.rows) == n_rows else _laid_out(groups, names, WIDE)


def _laid_out(groups: Sequence[str], names: Sequence[str], width: float) -> _Sheet:
    labels = [
        [
            shortened(line, COLUMN, size=TEXT, bold=True)
            for line in wrapped(name, LINES, size=TEXT, bold=True)
        ]
        for name, _ in groupby(groups)
    ]
    left = MARGIN + max(widest(label, size=TEXT, bold=True) for label in labels) + BETWEEN
    room = width - left - MARGIN - 2 * SPACING.lane
    rows, start = list[_Row](), 0
    for label, (_, members) in zip(labels, groupby(groups), strict=True):
        end = start + len(list(members))
        lines = _names(names[start:end], room)
        sizes = broken([max(widest(name), 2 * SPACING.radius) for name in lines], room, SPACING.gap)
        for k, size in enumerate(sizes):
            here = sum(sizes[:k])
            stations = list(range(start + here, start + here + size))
            rows.append(_Row([] if k else label, stations, lines[here : here + size]))
        start = end
    return _Sheet(width, left, rows)


def _names(names: Sequence[str], room: float) -> list[list[str]]:
    """Break names into as few lines as let them stand in one row, or else into all."""
    for n_lines in range(1, LINES + 1):
        lines = [wrapped(name, n_lines) for name in names]
        # One line each only where that is not crowded.
        gap = SPACING.gap if n_lines > 1 else 2 * SPACING.gap
        sizes = [max(widest(name), 2 * SPACING.radius) for name in lines]
        if sum(sizes) + gap * (len(names) - 1) <= room:
            return lines
    return [[shortened(line, room) for line in name] for name in lines]


def _draw(
    sheet: _Sheet, placed: TransitMap, numbers: Sequence[int], roles: Sequence[str]
) -> Figure:
    height = placed.height + 2 * MARGIN
    fig = canvas(sheet.width, height)
    ax = stage(fig, 0, 0, sheet.width, height)

    def at(x: float, y: float) -> tuple[float, float]:
        return sheet.left + x, height - MARGIN - y

    for start, role in enumerate(roles):
        edges = sorted(edge for edge in placed.lines if edge[0] == start)
        paths = [np.array([at(x, y) for x, y in placed.lines[edge]]) for edge in edges]
        # A level line to the next station is the course's own way; others turn off from it.
        widths = [STRONG if len(path) == 2 else LINE for path in paths]
        transit.branches(ax, paths, role, widths=widths, above=2 + start / len(roles))
    for row in sheet.rows:
        for k, name in zip(row.stations, row.names, strict=True):
            number = str(numbers[k]) if numbers[k] else ""
            where = at(placed.x[k], placed.y[k])
            transit.station(ax, where, SPACING.radius, name, roles[k], number=number)
        first = row.stations[0]
        for k, line in enumerate(row.label):
            y = at(0, placed.y[first] + LEADING * TEXT * k)[1]
            say(ax, MARGIN, y, line, roles[first], bold=True, ha="left", va="center_baseline")
    return fig


def _boxes(sheet: _Sheet, placed: TransitMap, widths: Sequence[float]) -> dict[str, Fact]:
    """Return the box of each module, as fractions of the picture."""
    height = placed.height + 2 * MARGIN
    heights = [transit.name_height(len(name)) for row in sheet.rows for name in row.names]
    half = np.maximum(np.asarray(widths) / 2, SPACING.radius) + AROUND
    top = MARGIN + placed.y - SPACING.radius - AROUND
    bottom = MARGIN + placed.y + SPACING.radius + np.array(heights) + AROUND
    return {
        "left": ((sheet.left + placed.x - half) / sheet.width).round(5),
        "top": (top / height).round(5),
        "width": (2 * half / sheet.width).round(5),
        "height": ((bottom - top) / height).round(5),
    }


def _said(groups: Sequence[str], chain: Sequence[str]) -> dict[str, Fact]:
    n, n_groups = len(groups), len(set(groups))
    told = "no module needs another"
    if len(chain) > 1:
        told = (
            f"the longest chain of prerequisites leads through {len(chain)} of them, "
            f"from {chain[0]} to {chain[-1]}"
        )
    modules, parts = ("module", "modules")[n > 1], ("group", "groups")[n_groups > 1]
    return {
        "modules": n,
        "groups": n_groups,
        "longest": len(chain),
        "course": f"{n} {modules} in {n_groups} {parts}",
        "chain": told,
    }
