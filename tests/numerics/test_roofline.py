"""The simple device waits for memory where there is little to do."""

from collections.abc import Callable
from itertools import count

import pytest

from dlcv_viz.numerics.roofline import arithmetic_intensity, roofline_time


def test_memory_decides_below_the_balance_and_work_above() -> None:
    work, moved = 1200.0, 100.0
    assert arithmetic_intensity(work, moved) == 12
    assert roofline_time(work, moved, 3) == work
    assert roofline_time(work, moved, 12) == work
    assert roofline_time(work, moved, 24) == 2 * work


def test_without_memory_work_alone_counts() -> None:
    assert roofline_time(7, 100, 0) == 7


@pytest.mark.parametrize(
    "call",
    [
        lambda: arithmetic_intensity(-1, 2),
        lambda: arithmetic_intensity(1, 0),
        lambda: roofline_time(1, 1, -1),
        lambda: roofline_time(1, float("nan"), 1),
    ],
    ids=count(),
)
def test_numbers_out_of_their_range_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="below 0"):
        call()
