"""Shifts, and functions that follow them or ignore them."""

from functools import partial
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.convolution import correlate1d, correlate2d
from dlcv_viz.numerics.translation import equivariance_error, invariance_error, shifted
from dlcv_viz.types import FloatArray
from frozen import frozen

EVERY_SHIFT = [(0, 0), (2, 0), (0, -3), (-1, 4)]
ROUNDING = 1e-13  # the sums are of the size of 1 and have 9 terms


@pytest.fixture
def x() -> FloatArray:
    return np.random.default_rng(3).normal(size=(8, 9))


@pytest.fixture
def kernel() -> FloatArray:
    return np.random.default_rng(4).normal(size=(3, 3))


@pytest.mark.parametrize("case", frozen("cv_intro")["shifts"], ids=lambda case: str(case["by"]))
def test_a_shift_is_that_of_scipy(case: dict[str, Any]) -> None:
    assert shifted(np.array(case["x"]), case["by"]).tolist() == case["shifted"]


def test_a_shift_moves_the_last_axes_of_many_pictures_alike(x: FloatArray) -> None:
    many = np.stack([x, 2 * x])
    assert shifted(many, (1, -2)).tolist() == [
        shifted(x, (1, -2)).tolist(),
        shifted(2 * x, (1, -2)).tolist(),
    ]


def test_a_shift_beyond_the_picture_leaves_nothing(x: FloatArray) -> None:
    assert not shifted(x, (8, 0)).any()
    assert not shifted(x, (0, -20)).any()


@pytest.mark.parametrize("by", EVERY_SHIFT)
def test_correlation_without_padding_follows_every_shift(
    x: FloatArray, kernel: FloatArray, by: tuple[int, int]
) -> None:
    assert equivariance_error(partial(correlate2d, k=kernel), x, by) < ROUNDING


def test_a_border_of_zeros_is_noticed(x: FloatArray, kernel: FloatArray) -> None:
    padded = partial(correlate2d, k=kernel, padding=1)
    assert equivariance_error(padded, x, (0, 1)) > 0.1
    assert equivariance_error(padded, shifted(np.pad(x, 2), (0, 0)), (0, 1)) < ROUNDING


def test_a_dense_layer_follows_no_shift(x: FloatArray) -> None:
    weights = np.random.default_rng(5).normal(size=(9, 9))
    assert equivariance_error(lambda a: a @ weights, x, (0, 1)) > 1


def test_the_largest_response_ignores_a_shift_of_what_stays_inside() -> None:
    signal, kernel = np.array([0.0, 0, 3, -1, 2, 0, 0, 0]), np.array([1.0, -1.0])
    assert invariance_error(lambda s: correlate1d(s, kernel).max(), signal, [2]) == 0
    assert invariance_error(lambda s: correlate1d(s, kernel, stride=2).max(), signal, [1]) == 4


def test_what_cannot_be_compared_is_refused(x: FloatArray) -> None:
    with pytest.raises(ValueError, match=r"3 shifts for an array of shape \(8, 9\)"):
        shifted(x, (1, 1, 1))
    with pytest.raises(ValueError, match=r"a shift by \(8, 0\) leaves nothing of \(8, 9\)"):
        equivariance_error(np.abs, x, (8, 0))
    with pytest.raises(ValueError, match="before holds nan"):
        equivariance_error(lambda a: a * np.nan, x, (1, 0))
    with pytest.raises(ValueError, match="after holds"):
        invariance_error(lambda a: np.divide(1, a[0, 0]) if a[0, 0] else np.inf, x, (1, 0))
