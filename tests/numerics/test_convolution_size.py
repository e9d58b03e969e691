"""Sizes, spans and costs of convolutions, against torch and by counting places."""

from collections.abc import Callable

import pytest

from dlcv_viz.numerics.convolution_cost import conv_macs, conv_parameters
from dlcv_viz.numerics.convolution_size import (
    output_shape,
    output_size,
    same_padding,
    span,
    transposed_size,
    unseen,
)
from frozen import frozen

REFERENCE = frozen("conv_layer")


@pytest.mark.parametrize("case", REFERENCE["sizes"], ids=str)
def test_sizes_there_and_back_are_those_of_torch(case: list[int]) -> None:
    n, k, s, p, d, there, back = case
    assert output_size(n, k, stride=s, padding=p, dilation=d) == there
    assert transposed_size(there, k, stride=s, padding=p, dilation=d) == back


@pytest.mark.parametrize("stride", [1, 2, 3])
@pytest.mark.parametrize("padding", [0, 1, 2])
@pytest.mark.parametrize("dilation", [1, 2])
def test_the_output_has_a_number_for_every_place_where_the_window_fits(
    stride: int, padding: int, dilation: int
) -> None:
    for n in range(5, 12):
        first, last = -padding, n - 1 + padding
        starts = range(first, last - span(3, dilation) + 2, stride)
        geometry = {"stride": stride, "padding": padding, "dilation": dilation}
        assert output_size(n, 3, **geometry) == len(starts)
        assert unseen(n, 3, **geometry) == last - (starts[-1] + span(3, dilation) - 1)


@pytest.mark.parametrize(("kernel", "dilation"), [(1, 1), (3, 1), (7, 1), (3, 4), (2, 2)])
def test_same_padding_keeps_every_size_at_stride_1(kernel: int, dilation: int) -> None:
    padding = same_padding(kernel, dilation)
    assert all(
        output_size(n, kernel, padding=padding, dilation=dilation) == n for n in range(1, 20)
    )


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_output_padding_chooses_among_the_sizes_that_one_size_came_from(stride: int) -> None:
    for n in range(4, 20):
        there = output_size(n, 4, stride=stride, padding=1)
        more = unseen(n, 4, stride=stride, padding=1)
        assert transposed_size(there, 4, stride=stride, padding=1, output_padding=more) == n


def test_a_shape_has_a_size_for_each_axis() -> None:
    assert output_shape((7, 9), (3, 2), stride=(2, 1), padding=(1, 0), dilation=(1, 3)) == (4, 6)
    assert output_shape((7, 9), 3) == (5, 7)


@pytest.mark.parametrize("case", REFERENCE["counts"], ids=str)
def test_parameters_are_counted_as_torch_has_them(case: list[int]) -> None:
    c_in, c_out, k_h, k_w, groups, bias, count = case
    assert conv_parameters(c_in, c_out, (k_h, k_w), groups=groups, bias=bool(bias)) == count


def test_every_place_uses_every_weight_once() -> None:
    weights = conv_parameters(6, 9, 5, groups=3, bias=False)
    assert conv_macs(6, 9, 5, (4, 7), groups=3) == 28 * weights


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: output_size(3, 3, dilation=2), r"spans 5 does not fit into 3 \+ 2·0"),
        (lambda: output_size(0, 1), "n_in=0 is below 1"),
        (lambda: output_size(5, 3, stride=0), "stride=0 is below 1"),
        (lambda: output_size(5, 3, padding=-1), "padding=-1 is below 0"),
        (lambda: span(0), "kernel=0 is below 1"),
        (lambda: span(3, 0), "dilation=0 is below 1"),
        (lambda: same_padding(4), "kernel=4 with dilation=1 needs 3 pixels"),
        (lambda: transposed_size(2, 3, stride=2, output_padding=2), "is not below stride=2"),
        (lambda: transposed_size(1, 3, padding=2), "padding=2 leaves a size of -1"),
        (lambda: conv_parameters(3, 4, 3, groups=2), "groups=2 does not divide 3"),
        (lambda: conv_parameters(0, 4, 3), "c_in=0 is below 1"),
        (lambda: conv_macs(3, 4, 3, (0, 2)), "rows=0 is below 1"),
    ],
)
def test_what_is_out_of_range_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
