"""Costs against layers that torch makes, and by what their formulas promise."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.numerics.convolution_cost import conv_macs, conv_parameters
from dlcv_viz.numerics.separable_cost import (
    inverted_residual_macs,
    inverted_residual_weights,
    scaled_separable_macs,
    separable_macs,
    separable_ratio,
    separable_weights,
)
from frozen import frozen

COSTS = frozen("mobilenet")["costs"]


@pytest.mark.parametrize("row", COSTS)
def test_weights_are_those_of_layers_in_torch(row: list[int]) -> None:
    c_in, c_out, kernel, times, full, pair, inverted = row
    assert conv_parameters(c_in, c_out, kernel, bias=False) == full
    assert separable_weights(c_in, c_out, kernel, multiplier=times) == pair
    assert inverted_residual_weights(c_in, c_out, times, kernel=kernel) == inverted
    output = 6, 11
    assert separable_macs(c_in, c_out, kernel, output, multiplier=times) == 66 * pair
    assert inverted_residual_macs(c_in, c_out, times, output, kernel=kernel) == 66 * inverted


@pytest.mark.parametrize(("c_in", "c_out", "kernel"), [(1, 1, 3), (32, 64, 3), (17, 5, 7)])
def test_the_ratio_is_that_of_both_counts(c_in: int, c_out: int, kernel: int) -> None:
    size = 9, 4
    ratio = separable_macs(c_in, c_out, kernel, size) / conv_macs(c_in, c_out, kernel, size)
    assert separable_ratio(c_out, kernel) == pytest.approx(ratio)


def test_the_ratio_falls_towards_one_over_the_taps() -> None:
    ratios = separable_ratio(np.array([1, 2, 10**9]), 5)
    assert ratios == pytest.approx([1.04, 0.54, 0.04])


def test_a_half_is_scaled_as_a_layer_of_half_the_channels() -> None:
    whole = scaled_separable_macs(32, 64, 3, (28, 14), width=1, resolution=1)
    assert whole == separable_macs(32, 64, 3, (28, 14))
    half = scaled_separable_macs(32, 64, 3, (28, 14), width=0.5, resolution=1)
    assert half == separable_macs(16, 32, 3, (28, 14))
    small = scaled_separable_macs(32, 64, 3, (28, 14), width=1, resolution=0.5)
    assert small == separable_macs(32, 64, 3, (14, 7))


@pytest.mark.parametrize(
    "call",
    [
        lambda: separable_weights(0, 4, 3),
        lambda: separable_weights(4, 4, 3, multiplier=0),
        lambda: separable_macs(4, 4, 3, (0, 2)),
        lambda: separable_ratio(0, 3),
        lambda: separable_ratio(np.array([4, 0]), 3),
        lambda: separable_ratio(4, 0),
        lambda: scaled_separable_macs(4, 4, 3, (2, 2), width=0, resolution=1),
        lambda: scaled_separable_macs(4, 4, 3, (2, 2), width=1, resolution=float("nan")),
        lambda: inverted_residual_weights(4, 4, 0),
        lambda: inverted_residual_macs(4, 4, 6, (2, 0)),
    ],
    ids=count(),
)
def test_numbers_out_of_their_range_are_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"is below 1|not above 0"):
        call()
