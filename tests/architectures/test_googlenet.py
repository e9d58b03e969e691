"""GoogLeNet's modules by themselves, and the naive ones that the paper argues against."""

import pytest

from dlcv_viz.architectures import googlenet
from dlcv_viz.architectures.layers import chain
from dlcv_viz.architectures.ledger import ledger
from published import IMAGE_NET, published


@pytest.mark.parametrize("name", googlenet.MODULES)
def test_a_module_by_itself_is_that_of_the_network(name: str) -> None:
    whole = published("GoogLeNet, paper")
    shape = whole.rows[whole.row(f"{name} 1×1").sources[0]].shape
    channels, rows, columns = shape
    alone = ledger(chain("alone", googlenet.inception_module(name)), (channels, rows, columns))
    (stage,) = (part for part in whole.stages if part.name == name)
    assert alone.parameters == stage.parameters
    assert alone.multiply_adds == stage.multiply_adds
    assert alone.rows[-1].shape == whole.row(name).shape


@pytest.mark.parametrize(
    ("name", "shape", "multiply_adds"),
    [
        ("3a", (192, 28, 28), 303_464_448),
        ("3b", (256, 28, 28), 854_196_224),
        ("4d", (512, 14, 14), 431_915_008),
        ("5b", (832, 7, 7), 287_006_720),
    ],
)
def test_a_naive_module_costs_what_its_kernels_cost_on_all_maps(
    name: str, shape: tuple[int, int, int], multiply_adds: int
) -> None:
    one, _, three, _, five, _ = googlenet.MODULES[name]
    naive = ledger(chain("naive", googlenet.inception_module(name, is_naive=True)), shape)
    places = shape[1] * shape[2]
    assert naive.multiply_adds == places * shape[0] * (one + 9 * three + 25 * five) == multiply_adds
    assert naive.rows[-1].shape == (one + three + five + shape[0], *shape[1:])


def test_naive_modules_pile_up_maps() -> None:
    naive = ledger(googlenet.naive(), IMAGE_NET)
    widths = [naive.row(name).shape[0] for name in googlenet.MODULES]
    assert widths == [416, 832, 1280, 1728, 2176, 2640, 3344, 4048, 4944]
    assert naive.row("fc").weights == 4944 * 1000


def test_the_receptive_fields_of_the_modules_grow_through_their_largest_kernels() -> None:
    whole = published("GoogLeNet, paper")
    fields = [whole.row(name).receptive_field[0] for name in googlenet.MODULES]
    assert fields == [59, 91, 171, 235, 299, 363, 427, 587, 715]
