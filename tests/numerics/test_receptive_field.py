"""Receptive fields, against what a stack of layers really sees."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from dlcv_viz.architectures.geometry import Axis, Window
from dlcv_viz.numerics.convolution import correlate1d
from dlcv_viz.numerics.convolution_size import output_size
from dlcv_viz.numerics.receptive_field import ReceptiveField, receptive_field

STACKS = [
    [(3, 1, 1)],
    [(3, 1, 1), (3, 1, 1), (3, 1, 1)],
    [(3, 2, 1), (3, 2, 1)],
    [(5, 1, 1), (2, 2, 1), (3, 1, 2)],
    [(3, 1, 4), (1, 1, 1), (4, 3, 1), (3, 1, 1)],
]


def seen(stack: Sequence[tuple[int, int, int]], unit: int) -> tuple[int, int]:
    """Change each pixel of a signal by itself, and return the first and last that reach a unit."""
    signals = np.eye(80)
    for kernel, stride, dilation in stack:
        signals = correlate1d(signals, np.ones(kernel), stride=stride, dilation=dilation)
    reach = np.flatnonzero(signals[:, unit])
    return int(reach[0]), int(reach[-1])


@pytest.mark.parametrize("stack", STACKS, ids=str)
def test_a_field_is_what_reaches_a_unit_and_a_jump_is_to_the_next_units(
    stack: list[tuple[int, int, int]],
) -> None:
    first, last = seen(stack, 2)
    next_first, _ = seen(stack, 3)
    assert receptive_field(stack)[-1] == ReceptiveField(last - first + 1, next_first - first)


@pytest.mark.parametrize("stack", STACKS, ids=str)
def test_ledgers_of_networks_tell_the_same_sizes(stack: list[tuple[int, int, int]]) -> None:
    size, axis = 60, Axis(60)
    for kernel, stride, dilation in stack:
        size = output_size(size, kernel, stride=stride, padding=1, dilation=dilation)
        axis = axis.seen_through(Window(kernel, stride, dilation, 1, 1, rounds_up=False))
        assert axis.size == size


def test_fields_are_told_layer_by_layer_and_never_shrink() -> None:
    fields = receptive_field(STACKS[-1])
    assert [receptive_field(STACKS[-1][: n + 1])[-1] for n in range(4)] == fields
    assert fields[0].size == 9
    assert all(a.size <= b.size for a, b in pairwise(fields))


def test_a_stride_or_kernel_below_1_is_refused() -> None:
    with pytest.raises(ValueError, match="stride=0 is below 1"):
        receptive_field([(3, 0, 1)])
    with pytest.raises(ValueError, match="kernel=0 is below 1"):
        receptive_field([(0, 1, 1)])
