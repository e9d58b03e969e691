"""Inception modules against torch, and their counts against layers counted one by one."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.convolution_cost import conv_parameters
from dlcv_viz.numerics.inception import (
    Widths,
    breakeven_width,
    factorization_saving,
    inception_module,
    module_weights,
    naive_module_weights,
    one_by_one,
    reduced_weights,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("inception")
LAYERS = [(np.array(w), np.array(b)) for w, b in REFERENCE["module"]["layers"]]
X = np.array(REFERENCE["module"]["x"])
RNG = np.random.default_rng(1)


def weights(c_in: int, c_out: int, kernel: int) -> int:
    return conv_parameters(c_in, c_out, kernel, bias=False)


def test_a_kernel_of_one_pixel_is_that_of_torch() -> None:
    case = {name: np.array(values) for name, values in REFERENCE["pointwise"].items()}
    y = one_by_one(case["x"], case["W"], case["b"])
    assert y == pytest.approx(case["y"], rel=1e-12, abs=1e-14)


def test_a_kernel_of_one_pixel_sees_no_neighbours() -> None:
    x, weight, bias = (RNG.normal(size=shape) for shape in ((4, 5, 6), (3, 4), 3))
    moved = x.copy()
    moved[:, 2, 3] += 1
    changed = one_by_one(moved, weight, bias) != one_by_one(x, weight, bias)
    assert np.argwhere(changed.any(axis=0)).tolist() == [[2, 3]]


def test_a_module_is_that_of_torch() -> None:
    y = inception_module(X, LAYERS)
    assert y == pytest.approx(np.array(REFERENCE["module"]["y"]), rel=1e-12, abs=1e-13)


def test_a_module_gives_the_channels_of_its_branches_in_their_order() -> None:
    widths = Widths(*REFERENCE["module"]["widths"])
    y = inception_module(X, LAYERS)
    assert y.shape == (*X.shape[:1], widths.output, *X.shape[2:])
    first = np.maximum(conv2d(X, *LAYERS[0]), 0)
    assert y[:, : widths.one].tolist() == first.tolist()


def test_the_weights_of_a_module_are_those_of_torch() -> None:
    case = REFERENCE["module"]
    assert module_weights(X.shape[1], Widths(*case["widths"])) == case["weights"]


def test_the_weights_of_a_module_are_those_of_its_layers() -> None:
    one, three_reduce, three, five_reduce, five, projection = 7, 3, 11, 2, 5, 4
    widths = Widths(one, three_reduce, three, five_reduce, five, projection)
    by_layer = [(13, one, 1), (13, three_reduce, 1), (three_reduce, three, 3),
                (13, five_reduce, 1), (five_reduce, five, 5), (13, projection, 1)]  # fmt: skip
    assert module_weights(13, widths) == sum(weights(*layer) for layer in by_layer)
    naive = [(13, one, 1), (13, three, 3), (13, five, 5)]
    assert naive_module_weights(13, widths) == sum(weights(*layer) for layer in naive)


@pytest.mark.parametrize(("c_in", "c_out", "kernel"), [(40, 30, 3), (64, 64, 5), (7, 300, 7)])
def test_below_break_even_a_bottleneck_is_lighter_and_above_heavier(
    c_in: int, c_out: int, kernel: int
) -> None:
    even = breakeven_width(c_in, c_out, kernel)
    below, above = int(even), int(even) + 1
    direct = weights(c_in, c_out, kernel)
    assert reduced_weights(c_in, below, c_out, kernel) <= direct
    assert reduced_weights(c_in, above, c_out, kernel) > direct
    assert even < min(c_in, kernel**2 * c_out)


def test_a_bottleneck_is_two_layers() -> None:
    both = weights(20, 6, 1) + weights(6, 15, 5)
    assert reduced_weights(20, 6, 15, 5) == both


@pytest.mark.parametrize("side", [3, 5, 9])
def test_a_column_and_a_row_save_their_share(side: int) -> None:
    crossed = conv_parameters(4, 4, (side, 1), bias=False) * 2
    assert factorization_saving(side) == pytest.approx(1 - crossed / weights(4, 4, side))


def test_a_single_tap_cannot_be_taken_apart() -> None:
    assert factorization_saving(1) == -1  # two weights in the place of one


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: one_by_one(X, np.ones((3, 4)), np.ones(3)), r"W \(3, 4\)"),
        (lambda: one_by_one(np.ones((5, 2)), np.ones((3, 5)), np.ones(3)), r"x \(5, 2\)"),
        (lambda: one_by_one(X, np.full((3, 5), np.nan), np.ones(3)), "not finite"),
        (lambda: inception_module(X, LAYERS[:5]), "sides"),
        (lambda: inception_module(X[:, :4], LAYERS), "4"),
        (lambda: module_weights(0, Widths(1, 1, 1, 1, 1, 1)), "c_in=0"),
        (lambda: naive_module_weights(3, Widths(1, 1, 0, 1, 1, 1)), "three=0"),
        (lambda: reduced_weights(3, 0, 3, 3), "width=0"),
        (lambda: breakeven_width(3, 3, 0), "kernel=0"),
        (lambda: factorization_saving(-1), "kernel=-1"),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[], FloatArray | float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
