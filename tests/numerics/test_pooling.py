"""Pooling forward: against torch, and by promises."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.pooling import (
    avg_pool2d,
    global_average_pool,
    lp_pool2d,
    max_indices2d,
    max_pool2d,
    pick,
)
from dlcv_viz.numerics.pooling_size import pool_output_size
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("pooling")
TIGHT = 1e-11  # the reference keeps twelve decimals of sums of a few numbers near 1
DEMO = np.array([[12.0, 20, 30, 0], [8, 12, 2, 0], [34, 70, 37, 4], [112, 100, 25, 12]])
TIED = np.array([[1.0, 3, 2, 1], [5, 1, 0, 2], [1, 1, 8, 2], [0, 2, 4, 1]])


def level(case: dict[str, Any]) -> dict[str, Any]:
    """Turn the lists of JSON into the pairs that they were."""
    return {k: tuple(v) if isinstance(v, list) else v for k, v in case["geometry"].items()}


def kernel(case: dict[str, Any]) -> Any:
    return tuple(case["kernel"]) if isinstance(case["kernel"], list) else case["kernel"]


def drawn(*shape: int, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).normal(size=shape)


@pytest.mark.parametrize("case", REFERENCE["windows"], ids=lambda case: str(case["name"]))
def test_maxima_and_their_places_are_those_of_torch(case: dict[str, Any]) -> None:
    x = np.array(case["x"])
    assert max_pool2d(x, kernel(case), **level(case)).tolist() == case["max"]
    assert max_indices2d(x, kernel(case), **level(case)).tolist() == case["indices"]


@pytest.mark.parametrize("counted", [True, False])
@pytest.mark.parametrize("case", REFERENCE["windows"], ids=lambda case: str(case["name"]))
def test_means_are_those_of_torch(case: dict[str, Any], counted: bool) -> None:
    x = np.array(case["x"])
    y = avg_pool2d(x, kernel(case), **level(case), count_include_pad=counted)
    assert y == pytest.approx(np.array(case[f"mean {counted}"]), abs=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["norms"], ids=lambda case: f"p={case['p']:g}")
def test_norms_of_positive_numbers_are_those_of_torch(case: dict[str, Any]) -> None:
    stride = case["stride"]
    y = lp_pool2d(
        np.array(case["x"]),
        kernel(case),
        case["p"],
        stride=tuple(stride) if isinstance(stride, list) else stride,
    )
    assert y == pytest.approx(np.array(case["y"]), abs=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["sizes"], ids=str)
def test_sizes_rounded_down_and_up_are_those_of_torch(case: list[int]) -> None:
    n, k, s, p, down, up = case
    assert pool_output_size(n, k, stride=s, padding=p) == down
    assert pool_output_size(n, k, stride=s, padding=p, ceil_mode=True) == up


def test_the_matrices_of_the_curriculum_are_pooled_as_it_says() -> None:
    assert max_pool2d(DEMO, 2).tolist() == [[20, 30], [112, 37]]
    assert avg_pool2d(DEMO, 2).tolist() == [[13, 8], [79, 19.5]]
    assert lp_pool2d(DEMO, 2) == pytest.approx(
        np.array([[27.4226, 30.0666], [169.1153, 46.4112]]),
        abs=5e-5,  # the last of four decimals
    )
    assert max_pool2d(DEMO, 3, stride=1).tolist() == [[70, 70], [112, 100]]
    assert max_indices2d(TIED, 2).tolist() == [[4, 2], [13, 10]]  # the first of two twos
    with_border = np.array([[10 / 9, 1], [10 / 9, 7 / 3]])
    without = np.array([[2.5, 1.5], [5 / 3, 7 / 3]])
    for counted, expected in ((True, with_border), (False, without)):
        y = avg_pool2d(TIED, 3, stride=2, padding=1, count_include_pad=counted)
        assert y == pytest.approx(expected, abs=1e-12)  # sums of whole numbers


def test_a_norm_with_an_odd_power_takes_absolute_values() -> None:
    y = lp_pool2d(np.array([[-2.0, 1], [1, 0]]), 2, 3)
    assert y[0, 0] == pytest.approx(10 ** (1 / 3), abs=1e-12)


@pytest.mark.parametrize("scale", [1e-200, 1.0, 1e200])
def test_norms_lie_between_maximum_and_sum_at_every_scale(scale: float) -> None:
    x = np.abs(drawn(6, 6)) * scale
    largest, total = max_pool2d(x, 2), 4 * avg_pool2d(x, 2)
    before = total
    for p in (1.0, 2.0, 8.0, 400.0):
        y = lp_pool2d(x, 2, p)
        assert (y <= before * (1 + 1e-12)).all()  # rounding of a few powers
        assert (y >= largest * (1 - 1e-12)).all()
        before = y
    assert before == pytest.approx(largest, rel=0.01)  # 4 ** (1 / 400) is 1.0035
    assert lp_pool2d(np.zeros((2, 2)), 2).tolist() == [[0]]


def test_channels_do_not_see_each_other() -> None:
    x = drawn(2, 5, 6, 6)
    for rule in (max_pool2d, avg_pool2d, lp_pool2d):
        y = rule(x, 3, stride=2)
        assert y.shape == (2, 5, 2, 2)
        assert y[1, 3].tolist() == rule(x[1, 3], 3, stride=2).tolist()


def test_padding_never_wins_a_maximum() -> None:
    y = max_pool2d(-np.ones((4, 4)), 3, stride=2, padding=1)
    assert (y == -1).all()


def test_a_global_mean_takes_maps_of_any_size() -> None:
    for shape in ((3, 4, 4), (3, 7, 2), (3, 1, 1)):
        x = drawn(*shape)
        assert global_average_pool(x) == pytest.approx(x.mean(axis=(1, 2)), abs=1e-12)


def test_what_a_window_kept_can_be_picked_again() -> None:
    x = drawn(2, 3, 6, 6)
    assert pick(x, max_indices2d(x, 2)).tolist() == max_pool2d(x, 2).tolist()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: max_pool2d(np.array([[1.0, np.nan]]), 1), "x holds nan"),
        (lambda: avg_pool2d(np.ones(4), 2), r"x \(4,\) has no two axes"),
        (lambda: max_pool2d(np.ones((2, 2)), 3), "does not fit"),
        (lambda: max_pool2d(np.ones((4, 4)), 2, stride=0), "stride=0 is below 1"),
        (lambda: avg_pool2d(np.ones((4, 4)), 3, padding=2), "padding=2 is more than half"),
        (lambda: lp_pool2d(np.ones((2, 2)), 2, 0.5), "p=0.5 is not"),
        (lambda: lp_pool2d(np.ones((2, 2)), 2, np.inf), "p=inf is not"),
    ],
)
def test_what_cannot_be_pooled_is_refused(call: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
