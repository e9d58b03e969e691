"""The reference network is the one of torch, layer by layer."""

import pytest

from dlcv_viz.architectures import reference
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import Ledger
from dlcv_viz.figures import networks
from frozen import frozen

TORCH = frozen("cnn_basics")["reference_net"]


@pytest.fixture(scope="module")
def found() -> Ledger:
    return ledger(reference.reference(), reference.INPUT_SHAPE).condensed()


def test_it_has_the_shapes_and_parameters_of_torch(found: Ledger) -> None:
    maps = {row.name: list(row.shape) for row in found.rows if len(row.shape) == 3}
    assert maps == TORCH["shapes"]
    assert found.parameters == TORCH["parameters"] == 520_906


def test_its_units_see_what_gradients_of_torch_find(found: Ledger) -> None:
    for name, field in TORCH["fields"].items():
        assert found.row(name).receptive_field == (field, field), name


def test_three_of_its_convolutions_cost_the_same(found: Ledger) -> None:
    """By hand: 9 · 32 · 64 · 16², and so on."""
    work = [row.multiply_adds for row in found.rows if row.name.startswith("conv")]
    assert work == [884_736, 4_718_592, 4_718_592, 4_718_592]
    assert found.multiply_adds == 15_172_864


def test_pages_can_print_it() -> None:
    facts = networks.reference()
    assert (facts["network"], facts["total_parameters"]) == ("Reference network", 520_906)
    assert facts["total_activations"] == 76_938
