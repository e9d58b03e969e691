"""The backward pass and transposed convolution: against torch, differences, and each other."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.convolution import conv2d, convolve2d, correlate2d
from dlcv_viz.numerics.convolution_gradient import (
    bias_gradient,
    conv2d_backward,
    input_gradient,
    weight_gradient,
)
from dlcv_viz.numerics.gradient_check import central_difference
from dlcv_viz.numerics.transposed_convolution import (
    conv_transpose1d,
    conv_transpose2d,
    convolution_matrix,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("conv_layer")
TIGHT = 1e-10  # sums of up to some hundred products of numbers near 1


def drawn(*shape: int, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).normal(size=shape)


@pytest.mark.parametrize("case", REFERENCE["layers"], ids=lambda case: str(case["name"]))
def test_gradients_are_those_of_torch(case: dict[str, Any]) -> None:
    delta, x, w = (np.array(case[name]) for name in ("delta", "x", "w"))
    found = conv2d_backward(delta, x, w, **case["geometry"])
    assert found.x == pytest.approx(np.array(case["dx"]), abs=TIGHT)
    assert found.w == pytest.approx(np.array(case["dw"]), abs=TIGHT)
    assert found.b == pytest.approx(np.array(case["db"]), abs=TIGHT)


@pytest.mark.parametrize(
    "geometry", [{}, {"stride": 2, "padding": 1}, {"dilation": 2, "padding": 2, "groups": 2}]
)
def test_gradients_are_slopes(geometry: dict[str, Any]) -> None:
    groups = geometry.get("groups", 1)
    x, w, b = drawn(2, 4, 6, 5), drawn(2, 4 // groups, 3, 3, seed=1), drawn(2, seed=2)
    delta = drawn(*conv2d(x, w, b, **geometry).shape, seed=3)
    found = conv2d_backward(delta, x, w, **geometry)

    def loss(x: FloatArray, w: FloatArray, b: FloatArray) -> float:
        return float((delta * conv2d(x, w, b, **geometry)).sum())

    # The loss is linear in each, so a step of 1 has no error but rounding.
    slopes = (
        central_difference(lambda at: loss(at.reshape(x.shape), w, b), x.ravel(), 1.0),
        central_difference(lambda at: loss(x, at.reshape(w.shape), b), w.ravel(), 1.0),
        central_difference(lambda at: loss(x, w, at), b, 1.0),
    )
    for gradient, slope in zip((found.x, found.w, found.b), slopes, strict=True):
        assert gradient.ravel() == pytest.approx(slope, abs=TIGHT)


def test_kernels_get_a_correlation_and_inputs_a_full_convolution() -> None:
    x, k, delta = drawn(6, 5), drawn(3, 2, seed=1), drawn(4, 4, seed=2)
    stacked = delta[None, None], x[None, None], k[None, None]
    found = conv2d_backward(*stacked)
    assert found.w[0, 0] == pytest.approx(correlate2d(x, delta), abs=TIGHT)
    assert found.x[0, 0] == pytest.approx(convolve2d(delta, k, padding=(2, 1)), abs=TIGHT)
    assert found.b == pytest.approx([delta.sum()])


def test_a_strided_layer_goes_back_through_a_gradient_spread_with_zeros() -> None:
    k, delta = drawn(3, 3, seed=1), drawn(3, 2, seed=2)
    spread = np.zeros((5, 3))
    spread[::2, ::2] = delta
    found = input_gradient(delta[None, None], k[None, None], (7, 5), stride=2)
    assert found[0, 0] == pytest.approx(convolve2d(spread, k, padding=2), abs=TIGHT)


def test_pixels_that_no_window_reaches_have_no_gradient() -> None:
    found = input_gradient(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), (6, 6), stride=2)
    assert not found[..., 5, :].any()
    assert not found[..., 5].any()
    assert found[..., :5, :5].all()


@pytest.mark.parametrize("case", REFERENCE["transposed"], ids=lambda case: str(case["name"]))
def test_transposed_convolution_is_that_of_torch(case: dict[str, Any]) -> None:
    x, w, b = (np.array(case[name]) for name in ("x", "w", "b"))
    y = conv_transpose2d(x, w, b, **case["geometry"])
    assert y == pytest.approx(np.array(case["y"]), abs=TIGHT)


def test_transposed_convolution_is_the_transpose() -> None:
    x, w = drawn(1, 2, 7, 9), drawn(3, 2, 3, 2, seed=1)
    y = drawn(*conv2d(x, w, stride=2, padding=1).shape, seed=2)
    there = (y * conv2d(x, w, stride=2, padding=1)).sum()
    back = conv_transpose2d(y, w, stride=2, padding=1, output_padding=(0, 1))
    assert (x * back).sum() == pytest.approx(there)


def test_a_matrix_does_what_the_window_does_and_its_transpose_goes_back() -> None:
    x, k = drawn(5, 6), drawn(3, 2, seed=1)
    matrix = convolution_matrix(k, x.shape, stride=(2, 1), padding=1)
    y = correlate2d(x, k, stride=(2, 1), padding=1)
    assert matrix @ x.ravel() == pytest.approx(y.ravel(), abs=TIGHT)
    assert (matrix != 0).sum(axis=1).max() == k.size
    delta = drawn(*y.shape, seed=2)
    back = input_gradient(delta[None, None], k[None, None], x.shape, stride=(2, 1), padding=1)
    assert matrix.T @ delta.ravel() == pytest.approx(back.ravel(), abs=TIGHT)


def test_a_signal_is_stamped() -> None:
    x, k = np.array([2.0, -1.0, 3.0]), np.array([1.0, 4.0])
    assert conv_transpose1d(x, k, stride=3).tolist() == [2, 8, 0, -1, -4, 0, 3, 12]
    assert conv_transpose1d(x, k, stride=1, padding=1).tolist() == [7, -1]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (
            lambda: weight_gradient(np.ones((1, 2, 3, 3)), np.ones((1, 1, 4, 4)), 3),
            r"delta \(1, 2, 3, 3\) is not of the output's size \(2, 2\)",
        ),
        (
            lambda: weight_gradient(np.ones((2, 2, 2, 2)), np.ones((1, 1, 4, 4)), 3),
            r"x .* and delta .* do not chain",
        ),
        (
            lambda: input_gradient(np.ones((1, 2, 3, 3)), np.ones((2, 1, 3, 3)), (4, 4)),
            "is not of the output's size",
        ),
        (
            lambda: input_gradient(np.ones((1, 2, 2, 2)), np.ones((3, 1, 3, 3)), (4, 4)),
            r"delta .* and w .* do not chain",
        ),
        (lambda: bias_gradient(np.ones((2, 2))), "delta .* does not have four axes"),
        (
            lambda: conv_transpose2d(np.ones((1, 1, 2, 2)), np.ones((1, 2, 2, 2)), np.ones(1)),
            "is not one bias for each of 2 channels",
        ),
        (lambda: conv_transpose2d(np.ones((2, 2)), np.ones((1, 2, 2, 2))), "four axes each"),
        (lambda: conv_transpose1d(np.ones((2, 2)), np.ones(2)), "are not vectors"),
    ],
)
def test_what_does_not_chain_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
