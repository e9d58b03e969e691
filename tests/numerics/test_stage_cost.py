"""What widening and shrinking do to the cost of a convolution."""

import pytest

from dlcv_viz.numerics.convolution_cost import conv_macs
from dlcv_viz.numerics.stage_cost import cost_ratio


def test_twice_the_channels_on_half_the_side_cost_the_same() -> None:
    assert cost_ratio(2, 2) == 1
    assert [cost_ratio(q, 2) for q in (1, 4)] == [0.25, 4]


@pytest.mark.parametrize(("widening", "shrinking"), [(3, 2), (1, 4), (2, 1), (6, 3)])
def test_it_is_the_ratio_of_counted_multiply_adds(widening: int, shrinking: int) -> None:
    before = conv_macs(10, 20, 5, (24, 36))
    wider = 10 * widening, 20 * widening
    after = conv_macs(*wider, 5, (24 // shrinking, 36 // shrinking))
    assert cost_ratio(widening, shrinking) == pytest.approx(after / before)


@pytest.mark.parametrize("wrong", [0.0, -1.0, float("nan"), float("inf")])
def test_factors_that_cannot_be_are_refused(wrong: float) -> None:
    with pytest.raises(ValueError, match="widening="):
        cost_ratio(wrong, 2)
    with pytest.raises(ValueError, match="shrinking="):
        cost_ratio(2, wrong)
