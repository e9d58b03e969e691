"""Truth tables."""

import pytest

from dlcv_viz.data.gates import CORNERS, gate


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("AND", lambda a, b: a and b),
        ("OR", lambda a, b: a or b),
        ("NAND", lambda a, b: not (a and b)),
        ("NOR", lambda a, b: not (a or b)),
        ("XOR", lambda a, b: a != b),
    ],
)
def test_gate_has_its_truth_table_in_the_order_of_the_corners(name: str, is_one: object) -> None:
    assert callable(is_one)
    assert gate(name).tolist() == [int(is_one(bool(a), bool(b))) for a, b in CORNERS]


def test_corners_are_in_the_order_of_the_curriculum() -> None:
    assert CORNERS.tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]


def test_gate_names_the_gates_there_are() -> None:
    with pytest.raises(ValueError, match="'NOT' is none of AND, OR, NAND, NOR, XOR"):
        gate("NOT")
