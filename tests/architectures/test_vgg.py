"""The shallow relative of VGG that its authors compare it with, counted by hand."""

import pytest

from dlcv_viz.architectures import vgg
from dlcv_viz.architectures.layers import CONVOLUTION
from dlcv_viz.architectures.ledger import ledger
from published import IMAGE_NET


def test_the_shallow_network_has_one_5x5_convolution_for_each_pair_of_b() -> None:
    found = ledger(vgg.shallow(), IMAGE_NET)
    convolutions = [row for row in found.rows if row.kind == CONVOLUTION]
    pairs = [(3, 64), (64, 128), (128, 256), (256, 512), (512, 512)]
    assert [row.weights for row in convolutions] == [25 * a * b for a, b in pairs]
    sides = (224, 112, 56, 28, 14)
    assert [row.multiply_adds for row in convolutions] == [
        25 * a * b * side**2 for (a, b), side in zip(pairs, sides, strict=True)
    ]


@pytest.mark.parametrize("pool", [f"pool{n}" for n in range(1, 6)])
def test_it_sees_as_much_as_b_after_each_block(pool: str) -> None:
    shallow, b = (ledger(network, IMAGE_NET).row(pool) for network in (vgg.shallow(), vgg.vgg("B")))
    assert (shallow.shape, shallow.receptive_field, shallow.jump, shallow.start) == (
        b.shape,
        b.receptive_field,
        b.jump,
        b.start,
    )


def test_it_ends_in_the_head_of_all_configurations() -> None:
    shallow, b = (ledger(network, IMAGE_NET) for network in (vgg.shallow(), vgg.vgg("B")))
    assert shallow.stages[-1].parameters == b.stages[-1].parameters == 123_642_856
