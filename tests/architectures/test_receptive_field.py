"""Receptive fields, jumps and starts are what following every window finds."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcv_viz.architectures import alexnet, googlenet, lenet, mobilenet, resnet, vgg
from dlcv_viz.architectures.layers import Chain, chain, convolution
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import Row
from dlcv_viz.types import BoolArray
from visibility import visible


def agrees(row: Row, seen: BoolArray) -> bool:
    """Compare the middle unit of a row with what it sees; False if that meets the border."""
    assert len(seen) == row.shape[1]
    unit = len(seen) // 2
    first, last = np.flatnonzero(seen[unit])[[0, -1]]
    if first == 0 or last == seen.shape[1] - 1:
        return False
    assert row.receptive_field[0] == last - first + 1
    assert row.start[0] + unit * row.jump[0] == (first + last) / 2
    return True


@pytest.mark.parametrize(
    ("network", "side", "deepest"),
    [
        (lambda: vgg.vgg("D"), 224, "pool5"),
        (lambda: resnet.resnet(18), 600, "conv5_2"),
        (lambda: resnet.resnet(50), 600, "conv5_3"),
        (googlenet.paper, 1024, "5b"),
        (mobilenet.v1, 480, "conv14 pointwise"),
        (alexnet.one_tower, 224, "conv5"),
    ],
)
def test_the_field_of_a_published_network_is_what_its_units_see(
    network: Callable[[], Chain], side: int, deepest: str
) -> None:
    described = network()
    rows, seen = ledger(described, (3, side, side)).rows, visible(described, side)
    maps = [row for row in rows if len(row.shape) == 3]
    compared = {row.name for row in maps if agrees(row, seen[row.name])}
    assert deepest in compared


def test_without_padding_every_unit_sees_its_full_field() -> None:
    network = lenet.remake()
    found, seen = ledger(network, (1, 32, 32)), visible(network, 32)
    for row in found.rows:
        assert (seen[row.name].sum(axis=1) == row.receptive_field[0]).all(), row.name


def test_a_dense_layer_sees_all_units_before_it() -> None:
    found = ledger(lenet.paper(), (1, 32, 32))
    c5, f6 = found.row("C5"), found.row("F6")
    assert f6.receptive_field == c5.receptive_field == (32, 32)
    assert ledger(resnet.resnet(18), (3, 224, 224)).row("fc").receptive_field == (627, 627)


WINDOWS = st.tuples(
    st.integers(1, 4), st.integers(1, 3), st.integers(0, 2), st.integers(1, 3)
).filter(lambda w: w[2] <= w[0] // 2)


@given(st.lists(WINDOWS, min_size=1, max_size=4))
def test_any_chain_of_convolutions_sees_what_its_ledger_says(
    described: list[tuple[int, int, int, int]],
) -> None:
    network = chain(
        "drawn",
        *(
            convolution(f"{n}", 1, k, stride=s, padding=p, dilation=d)
            for n, (k, s, p, d) in enumerate(described)
        ),
    )
    rows, seen = ledger(network, (1, 900, 900)).rows, visible(network, 900)
    assert all(agrees(row, seen[row.name]) for row in rows)


@given(st.integers(1, 8))
def test_a_stack_of_3x3_convolutions_sees_what_one_large_kernel_sees(n: int) -> None:
    stack = chain("stack", *(convolution(f"{k}", 4, 3, padding=1) for k in range(n)))
    large = chain("large", convolution("large", 4, 2 * n + 1, padding=n))
    (one,) = ledger(large, (4, 40, 40)).rows
    last = ledger(stack, (4, 40, 40)).rows[-1]
    assert (last.shape, last.receptive_field, last.jump, last.start) == (
        one.shape,
        one.receptive_field,
        one.jump,
        one.start,
    )
