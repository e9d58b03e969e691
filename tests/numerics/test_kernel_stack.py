"""What stacks of small kernels see, cost and save."""

from collections.abc import Callable

import pytest

from dlcv_viz.architectures.layers import chain, convolution
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.numerics.kernel_stack import (
    single_weights,
    stack_field,
    stack_saving,
    stack_weights,
)
from dlcv_viz.numerics.receptive_field import receptive_field


@pytest.mark.parametrize("n", range(1, 9))
def test_a_stack_sees_what_the_recursion_of_receptive_fields_says(n: int) -> None:
    assert stack_field(n) == receptive_field([(3, 1, 1)] * n)[-1].size


@pytest.mark.parametrize(("n", "channels"), [(1, 3), (4, 5), (6, 32)])
def test_weights_are_those_of_a_described_network(n: int, channels: int) -> None:
    stack = chain("s", *(convolution(f"{k}", channels, 3, padding=1) for k in range(n)))
    single = chain("s", convolution("one", channels, 2 * n + 1, padding=n))
    counted = [ledger(network, (channels, 20, 20)).weights for network in (stack, single)]
    assert [stack_weights(n, channels), single_weights(n, channels)] == counted


def test_the_saving_starts_at_nothing_and_nears_all() -> None:
    assert stack_saving(1) == 0
    assert [stack_saving(n) for n in (2, 3, 4)] == pytest.approx([7 / 25, 22 / 49, 5 / 9])
    savings = [stack_saving(n) for n in range(1, 200)]
    assert savings == sorted(savings)
    assert 0.98 < savings[-1] < 1


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: stack_field(-1), "n_layers=-1 is below 0"),
        (lambda: stack_weights(0), "n_layers=0 is below 1"),
        (lambda: single_weights(-2), "n_layers=-2 is below 1"),
        (lambda: stack_weights(2, 0), "c_in=0 is below 1"),
    ],
)
def test_what_cannot_be_counted_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
