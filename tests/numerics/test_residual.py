"""Blocks and their Jacobians against torch; the growth of random sums against a measurement."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.initialization import he_variance
from dlcv_viz.numerics.random_weights import draw_weights
from dlcv_viz.numerics.residual import (
    residual_block,
    residual_branch,
    residual_growth,
    residual_jacobian,
    residual_stream,
)
from dlcv_viz.numerics.residual_cost import basic_block_weights, bottleneck_weights
from frozen import frozen

REFERENCE = frozen("resnet")["blocks"]


@pytest.mark.parametrize("case", REFERENCE)
def test_a_block_and_its_jacobian_are_those_of_torch(case: dict[str, Any]) -> None:
    arrays = [np.array(case[name]) for name in ("x", "w1", "w2")]
    around = None if case["projection"] is None else np.array(case["projection"])
    y = residual_block(*arrays, projection=around)
    np.testing.assert_allclose(y, case["y"], rtol=1e-12)
    jacobian = residual_jacobian(*arrays, projection=around)
    np.testing.assert_allclose(jacobian, case["jacobian"], rtol=1e-12)


def test_a_branch_of_zeros_leaves_any_input_and_any_gradient_as_it_is() -> None:
    (x, *_), weights = np.random.default_rng(3).normal(size=(2, 6, 6))
    silent = np.zeros((6, 6))
    assert np.array_equal(residual_block(x, weights, silent), x)
    assert np.array_equal(residual_jacobian(x, weights, silent), np.eye(6))


def test_the_stream_ends_at_its_input_plus_all_branches() -> None:
    rng = np.random.default_rng(4)
    weights, x = rng.normal(size=(5, 2, 4, 4)), rng.normal(size=4)
    branches = [partial(residual_branch, W1=first, W2=second) for first, second in weights]
    states = residual_stream(x, branches)
    added = [branch(state) for branch, state in zip(branches, states[:-1], strict=True)]
    np.testing.assert_allclose(states[-1] - states[2], sum(added[2:]), rtol=1e-12)
    assert np.array_equal(states[0], x)


def test_random_sums_double_and_those_of_normalized_branches_grow_evenly() -> None:
    """Measured in wide layers, where a mean square scatters by a few percent."""
    rng, width, n_blocks = np.random.default_rng(5), 512, 5
    bare = normalized = rng.normal(size=(64, width))
    found = []
    for _ in range(n_blocks):
        first, second = draw_weights((2, width, width), he_variance(width), seed=rng)
        bare = bare + np.maximum(np.maximum(bare, 0) @ first, 0) @ second
        unit = normalized / np.sqrt(np.mean(normalized**2))
        inner = np.maximum(unit, 0) @ first
        inner = inner / np.sqrt(np.mean(inner**2))
        normalized = normalized + np.maximum(inner, 0) @ second
        found.append((np.mean(bare**2), np.mean(normalized**2)))
    theory = np.column_stack(
        [residual_growth(n_blocks)[1:], residual_growth(n_blocks, is_normalized=True)[1:]]
    )
    np.testing.assert_allclose(found, theory, rtol=0.12)


def test_branches_scaled_by_the_root_of_their_number_stay_below_e() -> None:
    ends = [residual_growth(n, scale=n**-0.5)[-1] for n in (1, 10, 100, 10_000)]
    assert ends == sorted(ends)
    assert ends[-1] == pytest.approx(np.e, rel=1e-4)


@pytest.mark.parametrize("channels", [64, 256, 2048])
def test_a_bottleneck_has_seventeen_sixteenths_of_a_square_and_two_kernels_eighteen(
    channels: int,
) -> None:
    assert sum(bottleneck_weights(channels)) == 17 * channels**2 // 16
    assert basic_block_weights(channels) == 18 * channels**2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: residual_block(np.ones(3), np.ones((2, 3)), np.ones((2, 2))), "from 3 .* to 2"),
        (
            lambda: residual_branch(np.ones(3), np.ones((2, 4)), np.ones((3, 2))),
            "W1 .* do not chain",
        ),
        (
            lambda: residual_branch(np.ones((1, 3)), np.eye(3), np.eye(3)),
            r"x \(1, 3\), .* do not chain",
        ),
        (lambda: residual_stream(np.ones(2), [lambda x: x[:1]]), r"branch 0 gives \(1,\)"),
        (lambda: residual_growth(-1), "n_blocks=-1"),
        (lambda: residual_growth(1, gain=float("nan")), "gain=nan"),
        (lambda: residual_growth(1, scale=float("inf")), "scale=inf"),
        (lambda: bottleneck_weights(30), "channels=30 is no multiple of 4"),
        (lambda: bottleneck_weights(0), "c_in=0 is below 1"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
