"""Cross-correlation, true convolution, layers: against torch and scipy, and by promises."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.convolution import (
    conv2d,
    convolve2d,
    correlate1d,
    correlate2d,
    im2col,
    pad2d,
    windows2d,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("conv_layer")
TIGHT = 1e-10  # sums of up to some hundred products of numbers near 1


def drawn(*shape: int, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).normal(size=shape)


@pytest.mark.parametrize("case", REFERENCE["layers"], ids=lambda case: str(case["name"]))
def test_a_layer_is_that_of_torch(case: dict[str, Any]) -> None:
    x, w, b = (np.array(case[name]) for name in ("x", "w", "b"))
    y = conv2d(x, w, b, **case["geometry"])
    assert y == pytest.approx(np.array(case["y"]), abs=TIGHT)
    without = conv2d(x, w, **case["geometry"])
    assert without + b[:, None, None] == pytest.approx(y, abs=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["planes"], ids=lambda case: str(np.shape(case["k"])))
def test_pictures_are_correlated_and_convolved_as_by_scipy(case: dict[str, Any]) -> None:
    x, k = np.array(case["x"]), np.array(case["k"])
    full = (k.shape[0] - 1, k.shape[1] - 1)
    for padding, mode in ((0, "valid"), (full, "full")):
        correlated, convolved = (
            np.array(case[f"{name} {mode}"]) for name in ("correlated", "convolved")
        )
        assert correlate2d(x, k, padding=padding) == pytest.approx(correlated, abs=TIGHT)
        assert convolve2d(x, k, padding=padding) == pytest.approx(convolved, abs=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["fills"], ids=lambda case: str(case["fill"]))
def test_borders_are_filled_as_by_torch(case: dict[str, Any]) -> None:
    assert pad2d(np.array(case["x"]), (2, 3), case["fill"]).tolist() == case["padded"]


def test_full_convolution_commutes_and_correlation_does_not() -> None:
    x, k = drawn(5, 4), drawn(3, 2, seed=1)
    one, other = convolve2d(x, k, padding=(2, 1)), convolve2d(k, x, padding=(4, 3))
    assert one == pytest.approx(other, abs=TIGHT)
    turned = np.flip(correlate2d(k, x, padding=(4, 3)))
    assert correlate2d(x, k, padding=(2, 1)) == pytest.approx(turned, abs=TIGHT)
    assert np.abs(correlate2d(x, k, padding=(2, 1)) - np.flip(turned)).max() > 0.1


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_a_shift_by_the_stride_shifts_the_output_by_one(stride: int) -> None:
    x, w = drawn(1, 2, 13, 14), drawn(3, 2, 3, 3, seed=1)
    y = conv2d(x, w, stride=stride)
    shifted = conv2d(x[:, :, :, stride:], w, stride=stride)
    assert shifted == pytest.approx(y[..., 1:], abs=TIGHT)


def test_a_layer_is_linear_but_for_its_bias() -> None:
    x, other, w, b = drawn(1, 2, 5, 5), drawn(1, 2, 5, 5, seed=1), drawn(3, 2, 3, 3), drawn(3)
    mixed = conv2d(2 * x - 3 * other, w, padding=1)
    assert mixed == pytest.approx(2 * conv2d(x, w, padding=1) - 3 * conv2d(other, w, padding=1))
    assert conv2d(np.zeros_like(x), w, b)[0, :, 1, 1] == pytest.approx(b)


def test_a_dilated_kernel_is_one_with_zeros_between_its_taps() -> None:
    x, k = drawn(9, 9), drawn(3, 3, seed=1)
    spread = np.zeros((5, 5))
    spread[::2, ::2] = k
    assert correlate2d(x, k, dilation=2) == pytest.approx(correlate2d(x, spread), abs=TIGHT)


def test_groups_are_layers_side_by_side() -> None:
    x, w = drawn(2, 6, 5, 5), drawn(4, 3, 3, 3, seed=1)
    halves = [conv2d(x[:, i : i + 3], w[j : j + 2]) for i, j in ((0, 0), (3, 2))]
    assert conv2d(x, w, groups=2) == pytest.approx(np.concatenate(halves, axis=1), abs=TIGHT)


def test_a_kernel_of_one_pixel_is_a_dense_layer_at_every_pixel() -> None:
    x, w = drawn(2, 5, 3, 4), drawn(7, 5, 1, 1, seed=1)
    everywhere = np.einsum("oc,nchw->nohw", w[:, :, 0, 0], x)
    assert conv2d(x, w) == pytest.approx(everywhere, abs=TIGHT)


def test_a_layer_is_its_kernels_times_the_columns_of_im2col() -> None:
    x, w = drawn(3, 6, 5), drawn(4, 3, 3, 2, seed=1)
    columns = im2col(x, (3, 2), stride=(1, 2), padding=1)
    y = conv2d(x[None], w, stride=(1, 2), padding=1)[0]
    assert columns.shape == (3 * 3 * 2, 6 * 3)
    assert w.reshape(4, -1) @ columns == pytest.approx(y.reshape(4, -1), abs=TIGHT)


def test_windows_are_a_view_and_cannot_be_written_to() -> None:
    x = drawn(2, 6, 7)
    seen = windows2d(x, (2, 3), stride=2)
    assert seen.shape == (2, 3, 3, 2, 3)
    assert np.shares_memory(seen, x)
    assert not seen.flags.writeable
    assert seen[1, 2, 1].tolist() == x[1, 4:6, 2:5].tolist()


def test_a_signal_is_correlated_as_a_picture_of_one_row() -> None:
    x, k = drawn(2, 9), drawn(3, seed=1)
    found = correlate1d(x, k, stride=2, padding=1, dilation=2)
    by_hand = [
        sum(k[m] * np.pad(row, 1)[2 * i + 2 * m] for m in range(3)) for row in x for i in range(4)
    ]
    assert found.ravel() == pytest.approx(by_hand, abs=TIGHT)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: conv2d(np.ones((1, 3, 4, 4)), np.ones((2, 2, 3, 3))), "2 channels in 1 groups"),
        (lambda: conv2d(np.ones((3, 4, 4)), np.ones((2, 3, 3, 3))), "not have four axes"),
        (
            lambda: conv2d(np.ones((1, 3, 4, 4)), np.ones((2, 1, 3, 3)), groups=2),
            "groups=2 does not divide 3 channels in and 2 out",
        ),
        (
            lambda: conv2d(np.ones((1, 1, 4, 4)), np.ones((2, 1, 3, 3)), np.ones(3)),
            r"b \(3,\) is not one bias for each of 2",
        ),
        (lambda: conv2d(np.full((1, 1, 3, 3), np.nan), np.ones((1, 1, 3, 3))), "x holds nan"),
        (lambda: correlate2d(np.ones((2, 2)), np.ones((3, 1))), "spans 3 does not fit into 2"),
        (lambda: correlate2d(np.ones((5, 5)), np.ones(3)), "is no matrix"),
        (lambda: correlate2d(np.ones((5, 5)), np.ones((2, 2)), stride=0), "stride=0 is below 1"),
        (lambda: correlate1d(np.ones(5), np.ones((2, 2))), "is no vector"),
        (lambda: windows2d(np.ones(5), 2), "no two axes"),
        (lambda: pad2d(np.ones((2, 2)), -1), "padding=-1 is below 0"),
        (lambda: pad2d(np.ones((3, 2)), 2, "reflect"), r"more than reflect can fill: .*\(2, 1\)"),
        (lambda: pad2d(np.ones((3, 2)), 3, "circular"), "more than circular can fill"),
    ],
)
def test_what_does_not_fit_is_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
