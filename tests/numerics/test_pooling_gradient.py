"""The backward pass of pooling: against torch, differences, and by promises."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.gradient_check import central_difference
from dlcv_viz.numerics.pooling import avg_pool2d, lp_pool2d, max_indices2d, max_pool2d, pick
from dlcv_viz.numerics.pooling_gradient import (
    avg_pool2d_backward,
    global_average_pool_backward,
    lp_pool2d_backward,
    max_pool2d_backward,
    route,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("pooling")
TIGHT = 1e-11  # the reference keeps twelve decimals of sums of a few numbers near 1
DIFFERENCE = 1e-7  # a central difference with h = 1e-5 is exact to h², times slopes near 1
TIED = np.array([[1.0, 3, 2, 1], [5, 1, 0, 2], [1, 1, 8, 2], [0, 2, 4, 1]])
UPSTREAM = np.array([[1.0, 2], [3, 4]])


def level(case: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in case["geometry"].items()}


def drawn(*shape: int, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).normal(size=shape)


@pytest.mark.parametrize("case", REFERENCE["windows"], ids=lambda case: str(case["name"]))
def test_gradients_are_routed_as_by_torch(case: dict[str, Any]) -> None:
    x, delta, kernel = np.array(case["x"]), np.array(case["delta"]), tuple(case["kernel"])
    found = max_pool2d_backward(delta, x, kernel, **level(case))
    assert found == pytest.approx(np.array(case["dmax"]), abs=TIGHT)
    for counted in (True, False):
        found = avg_pool2d_backward(
            delta, x.shape[-2:], kernel, **level(case), count_include_pad=counted
        )
        assert found == pytest.approx(np.array(case[f"dmean {counted}"]), abs=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["norms"], ids=lambda case: f"p={case['p']:g}")
def test_gradients_of_norms_are_those_of_torch(case: dict[str, Any]) -> None:
    kernel, stride = (
        tuple(case[name]) if isinstance(case[name], list) else case[name]
        for name in ("kernel", "stride")
    )
    found = lp_pool2d_backward(
        np.array(case["delta"]), np.array(case["x"]), kernel, case["p"], stride=stride
    )
    assert found == pytest.approx(np.array(case["dx"]), abs=TIGHT)


def by_max(x: FloatArray) -> FloatArray:
    return max_pool2d(x, 3, stride=2)


def by_mean(x: FloatArray) -> FloatArray:
    return avg_pool2d(x, 3, stride=2)


def by_norm(x: FloatArray) -> FloatArray:
    return lp_pool2d(x, 3, 3, stride=2)


def test_gradients_are_those_of_differences() -> None:
    x, delta = drawn(2, 5, 6, seed=3), drawn(2, 2, 2, seed=4)  # no ties, signs of both kinds
    for rule, found in (
        (by_max, max_pool2d_backward(delta, x, 3, stride=2)),
        (by_mean, avg_pool2d_backward(delta, (5, 6), 3, stride=2)),
        (by_norm, lp_pool2d_backward(delta, x, 3, 3, stride=2)),
    ):
        loss = partial(weighted, rule, delta, x.shape)
        slopes = central_difference(loss, x.ravel(), 1e-5)
        assert found.ravel() == pytest.approx(slopes, abs=DIFFERENCE)


def weighted(
    rule: Callable[[FloatArray], FloatArray],
    delta: FloatArray,
    shape: tuple[int, ...],
    flat: FloatArray,
) -> float:
    return float((rule(flat.reshape(shape)) * delta).sum())


def test_the_gradients_of_the_curriculum_go_where_it_says() -> None:
    expected = np.zeros((4, 4))
    expected[1, 0], expected[0, 2], expected[3, 1], expected[2, 2] = 1, 2, 3, 4
    assert max_pool2d_backward(UPSTREAM, TIED, 2).tolist() == expected.tolist()
    shares = avg_pool2d_backward(UPSTREAM, (4, 4), 2)
    assert shares.tolist() == np.kron(UPSTREAM / 4, np.ones((2, 2))).tolist()


def test_no_gradient_is_lost_without_padding_and_windows_that_overlap_add_up() -> None:
    x, delta = np.zeros((5, 5)), np.ones((2, 2))
    x[2, 2] = 1  # in all four windows
    found = max_pool2d_backward(delta, x, 3, stride=2)
    assert found[2, 2] == found.sum() == 4
    shared = avg_pool2d_backward(delta, (5, 5), 3, stride=2)
    assert shared[2, 2] == pytest.approx(4 / 9, abs=1e-12)
    assert shared.sum() == pytest.approx(4, abs=1e-12)


def test_a_norm_of_zeros_sends_nothing_back() -> None:
    assert lp_pool2d_backward(np.ones((1, 1)), np.zeros((2, 2)), 2).tolist() == [[0, 0], [0, 0]]


def test_a_global_mean_shares_evenly() -> None:
    found = global_average_pool_backward(np.array([6.0, 12.0]), (2, 3))
    assert found.tolist() == [[[1.0] * 3] * 2, [[2.0] * 3] * 2]


def test_routing_values_back_is_unpooling() -> None:
    x = drawn(3, 6, 6)
    at = max_indices2d(x, 2)
    back = route(pick(x, at), at, (6, 6))
    assert pick(back, at).tolist() == pick(x, at).tolist()
    assert np.count_nonzero(back) == at.size


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: max_pool2d_backward(np.ones((1, 2)), np.ones((4, 4)), 2), "differ in shape"),
        (lambda: avg_pool2d_backward(np.ones((1, 2)), (4, 4), 2), r"not of the output's size"),
        (lambda: lp_pool2d_backward(np.ones((1, 2)), np.ones((4, 4)), 2), "output's shape"),
        (lambda: avg_pool2d_backward(np.array([[np.inf]]), (2, 2), 2), "delta holds inf"),
        (lambda: route(np.ones((1, 1)), np.array([[4]]), (2, 2)), "leave 4 places"),
    ],
)
def test_what_does_not_chain_is_refused(call: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
