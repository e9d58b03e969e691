"""Transit maps: stations apart, lines that lead on and touch no name."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

import numpy as np
import pytest

from curriculum import course
from dlcv_viz.numerics.layered_graph import Edge, transitive_reduction
from dlcv_viz.numerics.transit_lanes import Spacing, spread
from dlcv_viz.numerics.transit_map import TransitMap, broken, transit_map
from dlcv_viz.types import FloatArray

SPACING = Spacing()
ROOM = 440.0
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Case:
    """A map with what it was made of."""

    name: str
    rows: list[list[int]]
    widths: list[float]
    depths: list[float]
    edges: list[Edge]

    def map(self) -> TransitMap:
        return transit_map(self.rows, self.widths, self.depths, self.edges, ROOM, spacing=SPACING)


def random_case(seed: int, n: int, share: float) -> Case:
    """Groups of 1 to 6 stations; most lines are short."""
    rng = np.random.default_rng(seed)
    rows, start = list[list[int]](), 0
    while start < n:
        size = min(int(rng.integers(1, 7)), n - start)
        rows.append(list(range(start, start + size)))
        start += size
    edges = [(a, b) for b in range(n) for a in range(b) if rng.random() < share / (b - a)]
    widths, depths = rng.uniform(10, 55, n).tolist(), rng.uniform(30, 50, len(rows)).tolist()
    return Case(f"seed {seed}", rows, widths, depths, transitive_reduction(n, edges))


def course_case() -> Case:
    """As the learning path has it, with names of a usual width."""
    told = course()
    place = {name: k for k, name in enumerate(told["ids"])}
    edges = [
        (place[need], k)
        for k, needs in enumerate(told["needs"])
        for need in needs.split(", ")
        if need
    ]
    rows = [
        [k for k, other in enumerate(told["groups"]) if other == group]
        for group in dict.fromkeys(told["groups"])
    ]
    return Case("course", rows, [50.0] * 40, [40.0] * 10, transitive_reduction(40, edges))


CASES = [course_case(), *(random_case(seed, 6 + 6 * seed, 0.8) for seed in range(8))]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


def boxes(case: Case, placed: TransitMap) -> list[Box]:
    """Each station with its name."""
    found = list[Box]()
    for row, depth in zip(case.rows, case.depths, strict=True):
        for k in row:
            half = max(case.widths[k] / 2, SPACING.radius)
            top, bottom = placed.y[k] - SPACING.radius, placed.y[k] + depth
            found.append((placed.x[k] - half, top, placed.x[k] + half, bottom))
    return found


def names(case: Case, placed: TransitMap) -> list[Box]:
    return [(left, top + 2 * SPACING.radius, r, b) for left, top, r, b in boxes(case, placed)]


def pieces(line: FloatArray) -> list[Box]:
    return [
        (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        for a, b in pairwise(line.tolist())
    ]


def touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


@every_case
def test_stations_and_names_lie_apart_and_within_the_map(case: Case) -> None:
    placed = case.map()
    found = boxes(case, placed)
    assert not any(touch(grown(a, 3), grown(b, 3)) for a, b in combinations(found, 2))
    assert min(box[0] for box in found) >= 0
    assert max(box[2] for box in found) <= ROOM
    assert max(box[3] for box in found) == pytest.approx(placed.height)
    lines = np.concatenate([[[0, 0]], *placed.lines.values()])
    assert lines.min() >= 0
    assert lines[:, 0].max() <= ROOM


@every_case
def test_every_edge_has_a_line_that_leads_right_or_down_to_its_end(case: Case) -> None:
    placed = case.map()
    row_of = {k: row for row, stations in enumerate(case.rows) for k in stations}
    assert sorted(placed.lines) == sorted(case.edges)
    for (start, end), line in placed.lines.items():
        steps = np.diff(line, axis=0)
        assert ((steps == 0).sum(axis=1) == 1).all()  # level or upright
        assert (np.diff((steps[:, 0] == 0).astype(int)) != 0).all()  # in turns
        for station, corner in ((start, line[0]), (end, line[-1])):
            assert corner[1] == placed.y[station]
            assert abs(corner[0] - placed.x[station]) < SPACING.radius
        if row_of[start] < row_of[end]:
            assert (steps[:, 1] >= 0).all()
            assert steps[0, 0] > 0
        else:
            assert placed.x[start] < placed.x[end]
            assert (steps[:, 0] >= 0).all()


@every_case
def test_no_line_touches_a_name_or_passes_through_a_station(case: Case) -> None:
    placed = case.map()
    for edge, line in placed.lines.items():
        for piece in pieces(line):
            for station, name in enumerate(names(case, placed)):
                assert not touch(grown(piece, 1), name), (edge, station)
                ring = grown((*[placed.x[station], placed.y[station]] * 2,), SPACING.radius)
                assert station in edge or not touch(piece, ring), (edge, station)


def in_sight(line: FloatArray) -> FloatArray:
    """Cut off what lies below the two stations."""
    cut = line.copy()
    for end, inner in ((0, 1), (-1, -2)):
        way = line[inner] - line[end]
        cut[end] += way / np.abs(way).sum() * SPACING.radius
    return cut


def test_lines_of_the_course_from_different_stations_never_lie_on_each_other() -> None:
    lines = [(edge[0], in_sight(line)) for edge, line in course_case().map().lines.items()]
    for (one, line), (other, second) in combinations(lines, 2):
        for a, b in product(pieces(line), pieces(second)):
            is_level = [piece[1] == piece[3] for piece in (a, b)]
            if one != other and is_level[0] == is_level[1]:
                assert not touch(grown(a, 1), grown(b, 1)), (one, other)


@every_case
def test_the_same_map_comes_twice(case: Case) -> None:
    first, second = case.map(), case.map()
    assert first.y.tolist() == second.y.tolist()
    assert {edge: line.tolist() for edge, line in first.lines.items()} == {
        edge: line.tolist() for edge, line in second.lines.items()
    }


def test_rows_begin_below_each_other_where_there_is_room() -> None:
    def starts(*rows: list[float]) -> list[float]:
        ends = np.cumsum([0, *map(len, rows)]).tolist()
        stations = [list(range(a, b)) for a, b in pairwise(ends)]
        widths = [width for row in rows for width in row]
        depths = [30.0] * len(rows)
        placed = transit_map(stations, widths, depths, [], ROOM, spacing=SPACING)
        return [float(placed.x[row[0]]) for row in stations]

    assert starts([80, 22], [30]) == [40, 40]
    # The second row takes 422 of 428 points: it can give way by 6.
    assert starts([80, 22], [30, *[86] * 4]) == [40, 15 + 6]


def test_a_row_that_is_too_wide_is_refused() -> None:
    with pytest.raises(ValueError, match=r"the names of a row take 612 pt of 428"):
        transit_map([[0, 1]], [300, 300], [30], [], ROOM, spacing=SPACING)


@pytest.mark.parametrize(
    ("widths", "sizes"),
    [
        ([30] * 3, [3]),
        ([30] * 4, [2, 2]),
        ([30] * 7, [3, 2, 2]),
        ([90, 30, 30], [1, 1, 1]),
        ([500], [1]),
        ([], []),
    ],
)
def test_a_row_that_is_too_long_is_broken_evenly(widths: Sequence[float], sizes: list[int]) -> None:
    assert broken(widths, room=110, gap=10) == sizes


@pytest.mark.parametrize("seed", range(5))
def test_points_are_spread_as_no_other_places_are_better(seed: int) -> None:
    rng = np.random.default_rng(seed)
    wanted, weights = np.sort(rng.normal(size=6)).tolist(), rng.uniform(0.5, 3, 6).tolist()

    def cost(places: FloatArray) -> float:
        return float(np.sum(np.array(weights) * (places - wanted) ** 2))

    places = spread(wanted, weights, gap=1)
    assert np.diff(places).min() >= 1 - 1e-12
    for _ in range(300):
        other = places + rng.normal(scale=0.1, size=6)
        if np.diff(other).min() >= 1:
            assert cost(other) >= cost(places)
