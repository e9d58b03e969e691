"""Where the maps of a network are drawn: to scale, branches and shortcuts in lanes of their own.

Lengths are points. A map is as high as its side and as wide as the square root of its channels:
they range from 1 to thousands, and a map of four times the channels is twice as wide.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt

from dlcv_viz.architectures.layers import CONCATENATION, SUM
from dlcv_viz.architectures.rows import INPUT, Ledger, Row

GAP = 1.6  # between two maps of a chain
FAN = 6.0  # where branches part and meet
PASS = 3.5  # where a shortcut leaves
LANE = 4.0  # between two lanes
JOINT = 5.0  # diameter of the sign of a sum
LEAST = 1.6  # a map is never drawn thinner, so that one unit can be seen


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a map, or of a sum's sign."""

    left: float
    right: float
    middle: float
    height: float

    @property
    def bottom(self) -> float:
        """Lower edge."""
        return self.middle - self.height / 2

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.middle + self.height / 2


@dataclass(frozen=True, slots=True)
class Lane:
    """Rows between a fork and a join; none for an identity."""

    fork: int
    join: int
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FloorPlan:
    """The places of all rows that lead to the last one.

    Parameters
    ----------
    boxes : dict of int to Box
        By the number of the row; `INPUT` is the input.
    trunk : list of int
        Rows that everything passes, in order.
    lanes : list of Lane
        Branches and shortcuts.
    per_pixel, per_root : float
        Points of height for a pixel of a map's side, and of width for the root of a channel.
    """

    boxes: dict[int, Box]
    trunk: list[int]
    lanes: list[Lane]
    per_pixel: float
    per_root: float


def side(shape: tuple[int, ...]) -> int:
    """Return how high a map is; units in a row are one pixel high."""
    return shape[1] if len(shape) == 3 else 1


def floor_plan(
    ledger: Ledger,
    *,
    left: float,
    right: float,
    bottom: float,
    top: float,
    has_input: bool = True,
) -> FloorPlan:
    """Lay a network out from left to right, as large as fits.

    Parameters
    ----------
    ledger : Ledger
        Condensed; rows that do not lead to the last one, such as auxiliary heads, are left out.
    left, right, bottom, top : float
        The room.
    has_input : bool, default True
        Whether the input is drawn; where the first layer makes a large picture much smaller, the
        rest has more room without.

    Returns
    -------
    FloorPlan
        In the units of the room.

    Raises
    ------
    ValueError
        If there are too many layers for the width.
    """
    trunk, lanes = _paths(ledger.rows)
    plan = _Plan(ledger, trunk, lanes, has_input)
    width, height = right - left, top - bottom
    if plan.run(0, 0)[1] > width:
        raise ValueError(f"{ledger.network} has too many layers for {width:g} points")
    per_root = _largest(lambda scale: plan.run(0, scale)[1] <= width, width)
    per_pixel = _largest(lambda scale: sum(plan.extent(scale)) <= height, height)
    boxes, _ = plan.run(per_pixel, per_root)
    rise = bottom + plan.extent(per_pixel)[0]
    moved = {
        number: Box(box.left + left, box.right + left, box.middle + rise, box.height)
        for number, box in boxes.items()
    }
    return FloorPlan(moved, trunk, lanes, per_pixel, per_root)


def _largest(fits: Callable[[float], bool], high: float) -> float:
    """Return the largest scale that fits, below one that does not; by halving."""
    low = 0.0
    for _ in range(40):  # beyond what a picture can show
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _paths(rows: Sequence[Row]) -> tuple[list[int], list[Lane]]:
    """Part the rows into a trunk and the lanes beside it."""
    trunk: list[int] = []
    lanes: list[Lane] = []
    number = len(rows) - 1
    while number != INPUT:
        trunk.append(number)
        sources = rows[number].sources
        ways = [_way(rows, source) for source in sources]
        fork = next(n for n in ways[0] if all(n in way for way in ways))
        if len(sources) > 1:
            lanes += [Lane(fork, number, tuple(reversed(way[: way.index(fork)]))) for way in ways]
        number = fork
    return [INPUT, *reversed(trunk)], lanes


def _way(rows: Sequence[Row], number: int) -> list[int]:
    """Return the rows from one back to the input."""
    way = [number]
    while way[-1] != INPUT:
        way.append(rows[way[-1]].sources[0])
    return way


@dataclass(slots=True)
class _Plan:
    """Places of the rows for given scales, the trunk on the line y = 0."""

    ledger: Ledger
    trunk: list[int]
    lanes: list[Lane]
    has_input: bool

    def shape(self, number: int) -> tuple[int, ...]:
        """Return the shape of a row or of the input."""
        return self.ledger.input_shape if number == INPUT else self.ledger.rows[number].shape

    def box(self, number: int, left: float, middle: float, scales: tuple[float, float]) -> Box:
        """Return the box of a row whose left edge is known."""
        if number == INPUT and not self.has_input:
            return Box(left, left, middle, 0)
        if number != INPUT and self.ledger.rows[number].kind == SUM:
            return Box(left, left + JOINT, middle, JOINT)
        shape = self.shape(number)
        width = max(LEAST, scales[1] * sqrt(shape[0]))
        return Box(left, left + width, middle, max(LEAST, scales[0] * side(shape)))

    def run(self, per_pixel: float, per_root: float) -> tuple[dict[int, Box], float]:
        """Place everything; return the boxes and the width."""
        scales = per_pixel, per_root
        boxes: dict[int, Box] = {}
        x = 0.0
        for number in self.trunk:
            inner = [lane for lane in self.lanes if lane.join == number]
            if inner:
                x = self._place_lanes(inner, x, scales, boxes)
            boxes[number] = self.box(number, x, 0, scales)
            x = boxes[number].right + GAP
        return boxes, x - GAP

    def _place_lanes(
        self, lanes: list[Lane], x: float, scales: tuple[float, float], boxes: dict[int, Box]
    ) -> float:
        is_sum = self.ledger.rows[lanes[0].join].kind == SUM
        before, behind = (PASS, GAP) if is_sum else (FAN, FAN)
        start, end = x - GAP + before, x
        for lane, middle in zip(lanes, self._middles(lanes, scales[0]), strict=True):
            x = start
            for number in lane.rows:
                boxes[number] = self.box(number, x, middle, scales)
                x = boxes[number].right + GAP
            end = max(end, x)
        return end - GAP + behind

    def _middles(self, lanes: list[Lane], per_pixel: float) -> list[float]:
        """Return the height of each lane: branches pile up, a shortcut passes above its body."""
        heights = [
            max([LEAST, *(per_pixel * side(self.shape(n)) for n in lane.rows)]) for lane in lanes
        ]
        if self.ledger.rows[lanes[0].join].kind == CONCATENATION:
            top = (sum(heights) + LANE * (len(lanes) - 1)) / 2
            return [
                top - sum(heights[:k]) - LANE * k - height / 2 for k, height in enumerate(heights)
            ]
        around = max(heights[0], per_pixel * side(self.shape(lanes[0].fork)))
        return [0, *(around / 2 + LANE + height / 2 for height in heights[1:])]

    def extent(self, per_pixel: float) -> tuple[float, float]:
        """Return how far everything reaches below and above the trunk."""
        boxes, _ = self.run(per_pixel, 0)
        arcs = [
            self._middles([lane for lane in self.lanes if lane.join == n], per_pixel)[-1] + LANE
            for n in self.trunk
            if n != INPUT and self.ledger.rows[n].kind == SUM
        ]
        below = max(-box.bottom for box in boxes.values())
        return below, max([box.top for box in boxes.values()] + arcs)
