"""A network drawn to scale from its ledger: maps as plates, branches and shortcuts as they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure

from dlcv_viz.architectures.floor_plan import JOINT, LANE, Box, FloorPlan, Lane, floor_plan
from dlcv_viz.architectures.layers import (
    AVERAGE_POOLING,
    CONCATENATION,
    CONVOLUTION,
    DENSE,
    GLOBAL_POOLING,
    MAX_POOLING,
    RADIAL_BASIS,
    SUBSAMPLING,
    SUM,
)
from dlcv_viz.architectures.rows import INPUT, Ledger, Row
from dlcv_viz.draw.canvas import SMALL, THIN, WIDE, canvas, stage
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.stage_names import Label, arranged, draw_names, height_of
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.words import width_of

HEAD = 34.0  # what the key and the scale take
# A map of one of these sides and of one of these numbers of channels shows the scale.
SIDES = (1, 2, 4, 7, 8, 14, 16, 28, 32, 56)
CHANNELS = (1, 4, 16, 64, 256, 1024)


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of map is drawn: known by its colour and by how full it is."""

    told: str
    role: str
    fill: float


INPUT_LOOK = Look("input", "ink", 0)
GROUPED = Look("convolution in groups", "accent-5", 0.25)
LOOKS = {
    CONVOLUTION: Look("convolution", "accent-1", 0.5),
    MAX_POOLING: Look("pooling", "accent-3", 0),
    AVERAGE_POOLING: Look("pooling", "accent-3", 0),
    SUBSAMPLING: Look("pooling", "accent-3", 0),
    GLOBAL_POOLING: Look("pooling", "accent-3", 0),
    DENSE: Look("dense", "accent-2", 1),
    RADIAL_BASIS: Look("dense", "accent-2", 1),
    CONCATENATION: Look("concatenation", "muted", 0.16),
}


def look_of(row: Row | None) -> Look:
    """Return how a row is drawn; None is the input."""
    if row is None:
        return INPUT_LOOK
    if row.kind == CONVOLUTION and row.layer is not None and row.layer.groups > 1:
        return GROUPED
    return LOOKS[row.kind]


def shape_text(shape: Sequence[int]) -> str:
    """Write ``56²×64``: the side of a square map, and its channels."""
    if len(shape) == 1:
        return str(shape[0])
    channels, height, width = shape
    return f"{height}²×{channels}" if height == width else f"{height}×{width}×{channels}"


def architecture(
    ax: Axes,
    ledger: Ledger,
    *,
    left: float,
    bottom: float,
    width: float,
    height: float,
    has_input: bool = True,
) -> FloorPlan:
    """Draw a network from left to right, with the names of its stages below.

    Parameters
    ----------
    ax : Axes
        A `dlcv_viz.draw.canvas.stage`: one unit is a point.
    ledger : Ledger
        It is condensed.
    left, bottom, width, height : float
        The room; the labels stand in its lowest part, the key and the scale in its highest.
    has_input : bool, default True
        Whether the input is drawn, too.

    Returns
    -------
    FloorPlan
        Where the rows of the condensed ledger are.

    Raises
    ------
    ValueError
        If the network has too many layers or stages for the room.
    """
    ledger = ledger.condensed()
    right, top = left + width, bottom + height - HEAD
    # Where the maps are across, and so the rows of labels, is the same for any height.
    room = {"left": left, "right": right, "top": top}
    plan = floor_plan(ledger, **room, bottom=bottom, has_input=has_input)
    labels = _labels(ledger, plan, has_input=has_input)
    places = arranged(labels, left, right)
    foot = bottom + height_of(places) + 5
    plan = floor_plan(ledger, **room, bottom=foot, has_input=has_input)
    _draw_flow(ax, ledger, plan)
    _draw_maps(ax, ledger, plan)
    draw_names(ax, labels, places, foot - 5)
    _draw_key(ax, ledger, plan, left, bottom + height)
    return plan


def whole_network(ledger: Ledger, height: float, *, has_input: bool = True) -> Figure:
    """Draw a network by itself.

    Parameters
    ----------
    ledger, has_input
        As for `architecture`.
    height : float
        Of the figure in points; it is wide.

    Returns
    -------
    Figure
        With one `dlcv_viz.draw.canvas.stage`.
    """
    fig = canvas(WIDE, height)
    width, height = WIDE - 24, height - 8
    ax = stage(fig, 12, 4, width, height)
    architecture(ax, ledger, left=0, bottom=0, width=width, height=height, has_input=has_input)
    return fig


def _draw_maps(ax: Axes, ledger: Ledger, plan: FloorPlan) -> None:
    by_look: dict[Look, list[Box]] = {}
    for number, box in plan.boxes.items():
        if not box.height:
            continue  # an input that is not drawn
        row = None if number == INPUT else ledger.rows[number]
        if row is not None and row.kind == SUM:
            _draw_sign(ax, box)
        else:
            by_look.setdefault(look_of(row), []).append(box)
    for look, boxes in by_look.items():
        _draw_boxes(ax, boxes, look)


def _draw_boxes(ax: Axes, boxes: Sequence[Box], look: Look) -> None:
    corners = [_corners(box) for box in boxes]
    plates = PolyCollection(corners, facecolors=MARKER["plate"], linewidths=0, zorder=3)
    ax.add_collection(plates, autolim=False)
    maps = PolyCollection(
        corners,
        facecolors=to_rgba(MARKER[look.role], look.fill),
        edgecolors=MARKER[look.role],
        linewidths=THIN,
        zorder=3.5,
    )
    ax.add_collection(maps, autolim=False)


def _draw_sign(ax: Axes, box: Box) -> None:
    """Draw the ring that stands for a sum."""
    ax.scatter(
        (box.left + box.right) / 2,
        box.middle,
        s=(box.right - box.left) ** 2,
        c=MARKER["plate"],
        edgecolors=MARKER["ink"],
        linewidths=THIN,
        zorder=4,
    )


def _corners(box: Box) -> list[tuple[float, float]]:
    return [
        (box.left, box.bottom),
        (box.right, box.bottom),
        (box.right, box.top),
        (box.left, box.top),
    ]


def _draw_flow(ax: Axes, ledger: Ledger, plan: FloorPlan) -> None:
    """Draw the lines from map to map, those of shortcuts in ink."""
    boxes = plan.boxes
    plain = [
        [(boxes[a].right, boxes[a].middle), (boxes[b].left, boxes[b].middle)]
        for a, b in pairwise(plan.trunk)
        if not any(lane.join == b for lane in plan.lanes)
    ]
    shortcuts = []
    bodies: dict[int, Lane] = {}
    for lane in plan.lanes:
        body = bodies.setdefault(lane.join, lane)  # the first of its lanes
        if lane == body or ledger.rows[lane.join].kind == CONCATENATION:
            plain.append(_branch(plan, lane))
        else:
            shortcuts.append(_shortcut(plan, lane, body))
    for ways, role in ((plain, "edge"), (shortcuts, "ink")):
        drawn = LineCollection(ways, colors=MARKER[role], linewidths=THIN, zorder=2)
        ax.add_collection(drawn, autolim=False)


def _branch(plan: FloorPlan, lane: Lane) -> list[tuple[float, float]]:
    """Return the corners of the line through a branch, or through the body of a block."""
    fork, join = plan.boxes[lane.fork], plan.boxes[lane.join]
    inner = [plan.boxes[n] for n in lane.rows] or [fork]
    return [
        (fork.right, fork.middle),
        (max(fork.right, inner[0].left), inner[0].middle),
        (max(inner[-1].right, join.left - 5), inner[-1].middle),
        (join.left, join.middle),
    ]


def _shortcut(plan: FloorPlan, lane: Lane, body: Lane) -> list[tuple[float, float]]:
    """Return the corners of the line past a block, through a projection if there is one."""
    fork, join = plan.boxes[lane.fork], plan.boxes[lane.join]
    passed = [fork, *(plan.boxes[n] for n in body.rows)]
    above = max(box.top for box in passed) + LANE
    level = plan.boxes[lane.rows[0]].middle if lane.rows else above
    out, x = fork.right + 2, (join.left + join.right) / 2
    return [(fork.right, fork.middle), (out, fork.middle), (out, level), (x, level), (x, join.top)]


def _labels(ledger: Ledger, plan: FloorPlan, *, has_input: bool) -> list[Label]:
    """Return what stands below each stage; a shape is told where it changes."""
    labels: list[Label] = []
    last_shape: tuple[int, ...] = ledger.input_shape
    if has_input:
        first = plan.boxes[INPUT]
        labels.append(Label(("input", shape_text(last_shape)), first.left, first.right))
    number = 0
    for part in ledger.stages:
        numbers = range(number, number + len(part.rows))
        number = numbers.stop
        boxes = [plan.boxes[n] for n in numbers if n in plan.boxes]
        if boxes:
            shape = part.rows[-1].shape
            lines = (part.name,) if shape == last_shape else (part.name, shape_text(shape))
            labels.append(Label(lines, min(b.left for b in boxes), max(b.right for b in boxes)))
            last_shape = shape
    return labels


def _draw_key(ax: Axes, ledger: Ledger, plan: FloorPlan, left: float, top: float) -> None:
    """Tell what the looks are, and show a map of a known shape."""
    found = [look_of(ledger.rows[n]) for n in sorted(plan.boxes) if _is_map(ledger, n)]
    x, y = left, top - 6
    for look in dict.fromkeys(found):
        _draw_boxes(ax, [Box(x, x + 9, y, 9)], look)
        say(ax, x + 13, y, look.told, "muted", size=SMALL, ha="left")
        x += 13 + width_of(look.told) + 12
    if any(row.kind == SUM for row in ledger.rows):
        _draw_sign(ax, Box(x, x + JOINT, y, JOINT))
        say(ax, x + 9, y, "sum with a shortcut", "muted", size=SMALL, ha="left")
    pixels = max([n for n in SIDES if n * plan.per_pixel <= 11] or SIDES[:1])
    channels = max([n for n in CHANNELS if sqrt(n) * plan.per_root <= 24] or CHANNELS[:1])
    width, y = plan.per_root * sqrt(channels), y - 15
    _draw_boxes(ax, [Box(left, left + width, y, plan.per_pixel * pixels)], INPUT_LOOK)
    told = f"{shape_text((channels, pixels, pixels))}: height is to scale, width by √channels"
    say(ax, left + width + 4, y, told, "muted", size=SMALL, ha="left")


def _is_map(ledger: Ledger, number: int) -> bool:
    return number != INPUT and ledger.rows[number].kind != SUM
