"""Places of maps: to scale, in order, and none upon another."""

from itertools import combinations
from math import sqrt

import pytest

from dlcv_viz.architectures import googlenet
from dlcv_viz.architectures.floor_plan import LEAST, Box, FloorPlan, floor_plan
from dlcv_viz.architectures.layers import CONCATENATION, SUM
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import INPUT, Ledger
from published import DRAWN, IMAGE_NET, published

LEFT, RIGHT, BOTTOM, TOP = 10, 550, 60, 260


def plan(found: Ledger, *, has_input: bool = True) -> FloorPlan:
    return floor_plan(found, left=LEFT, right=RIGHT, bottom=BOTTOM, top=TOP, has_input=has_input)


def planned(name: str) -> tuple[Ledger, FloorPlan]:
    found = published(name).condensed()
    return found, plan(found)


def overlap(a: Box, b: Box) -> bool:
    across = min(a.right, b.right) - max(a.left, b.left)
    up = min(a.top, b.top) - max(a.bottom, b.bottom)
    return across > 1e-6 and up > 1e-6


@pytest.mark.parametrize("name", DRAWN)
def test_maps_are_to_scale(name: str) -> None:
    found, places = planned(name)
    assert set(places.boxes) == {INPUT, *range(len(found.rows))}
    for number, box in places.boxes.items():
        if number != INPUT and found.rows[number].kind == SUM:
            continue
        shape = found.input_shape if number == INPUT else found.rows[number].shape
        side = shape[1] if len(shape) == 3 else 1
        assert box.height == pytest.approx(max(LEAST, places.per_pixel * side))
        assert box.right - box.left == pytest.approx(max(LEAST, places.per_root * sqrt(shape[0])))


@pytest.mark.parametrize("name", DRAWN)
def test_everything_is_inside_and_nothing_is_upon_another(name: str) -> None:
    _, places = planned(name)
    boxes = list(places.boxes.values())
    assert min(box.left for box in boxes) == pytest.approx(LEFT)
    assert max(box.right for box in boxes) == pytest.approx(RIGHT)
    assert min(box.bottom for box in boxes) >= BOTTOM - 1e-6
    assert max(box.top for box in boxes) <= TOP + 1e-6
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))


@pytest.mark.parametrize("name", DRAWN)
def test_every_map_is_right_of_what_it_reads(name: str) -> None:
    found, places = planned(name)
    for number, row in enumerate(found.rows):
        for source in row.sources:
            assert places.boxes[source].right < places.boxes[number].left


def test_branches_lie_one_above_another_in_their_order() -> None:
    found, places = planned("GoogLeNet, paper")
    for number, row in enumerate(found.rows):
        if row.kind == CONCATENATION:
            middles = [places.boxes[source].middle for source in row.sources]
            assert len(middles) == 4
            assert middles == sorted(middles, reverse=True)
            assert places.boxes[number].middle == places.boxes[INPUT].middle


def test_a_projection_lies_above_the_block_that_it_passes() -> None:
    found, places = planned("resnet50")
    projections = [n for n, row in enumerate(found.rows) if row.name.endswith("projection")]
    assert len(projections) == 4
    for number in projections:
        block = found.rows[number].name.split()[0]
        body = [places.boxes[n] for n, row in enumerate(found.rows) if row.name == f"{block}b"]
        assert places.boxes[number].bottom > body[0].top


def test_auxiliary_heads_are_left_out() -> None:
    found = ledger(googlenet.paper(auxiliary=True), IMAGE_NET).condensed()
    boxes = plan(found).boxes
    left_out = {row.name[:4] for n, row in enumerate(found.rows) if n not in boxes}
    assert left_out == {"aux1", "aux2"}


def test_without_the_input_the_rest_is_larger() -> None:
    found = published("resnet50").condensed()
    without = plan(found, has_input=False)
    assert without.per_pixel > 1.2 * plan(found).per_pixel
    assert without.boxes[INPUT].height == 0


def test_a_network_too_long_for_the_room_is_refused() -> None:
    found = published("resnet152").condensed()
    with pytest.raises(ValueError, match="ResNet-152 has too many layers for 540 points"):
        plan(found)
