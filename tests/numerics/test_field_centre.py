"""Where units look, against torch's gradients."""

from typing import Any

import pytest

from dlcv_viz.architectures import reference, resnet
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.numerics.field_centre import field_centres
from frozen import frozen


@pytest.mark.parametrize("case", frozen("cnn_basics")["stacks"])
def test_the_first_unit_looks_where_torch_finds_it(case: dict[str, Any]) -> None:
    assert field_centres([(k, s, d, p) for k, s, d, p in case["windows"]]) == case["centres"]


def test_odd_kernels_with_half_of_them_as_padding_look_at_the_first_pixel() -> None:
    assert field_centres([(7, 2, 1, 3), (3, 2, 1, 1), (3, 1, 2, 2)]) == [0, 0, 0]


def test_a_ledger_says_the_same() -> None:
    found = ledger(reference.reference(), reference.INPUT_SHAPE).condensed()
    maps = [row for row in found.rows if len(row.shape) == 3]
    centres = field_centres(4 * [(3, 1, 1, 1), (2, 2, 1, 0)])
    assert [row.start for row in maps] == [(centre, centre) for centre in centres]
    stem = ledger(resnet.resnet(18), resnet.INPUT_SHAPE).condensed().rows[:2]
    assert [row.start[0] for row in stem] == field_centres([(7, 2, 1, 3), (3, 2, 1, 1)])


def test_layers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="padding=-1 is below 0"):
        field_centres([(3, 1, 1, -1)])
    with pytest.raises(ValueError, match="kernel=0 is below 1"):
        field_centres([(0, 1, 1, 0)])
