"""Separable convolutions against torch, and by what they promise."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.separable_convolution import (
    composed_kernels,
    fitted_pointwise,
    separable_conv2d,
    separable_errors,
)
from frozen import frozen

REFERENCE = frozen("mobilenet")
RNG = np.random.default_rng(0)
X, DEPTHWISE, POINTWISE = (RNG.normal(size=s) for s in ((2, 3, 6, 7), (6, 1, 3, 3), (4, 6)))
KERNELS = RNG.normal(size=(5, 3, 3, 3))


def test_two_steps_are_those_of_torch() -> None:
    case = {name: np.array(values) for name, values in REFERENCE["separable"].items()}
    y = separable_conv2d(case["x"], case["depthwise"], case["pointwise"], stride=2, padding=1)
    assert y == pytest.approx(case["outputs"], abs=1e-10)


def test_two_steps_are_one_convolution_with_the_composed_kernels() -> None:
    full = composed_kernels(DEPTHWISE, POINTWISE, 3)
    assert full.shape == (4, 3, 3, 3)
    assert separable_conv2d(X, DEPTHWISE, POINTWISE) == pytest.approx(conv2d(X, full))


def test_composed_kernels_have_at_most_the_rank_of_filters_a_channel() -> None:
    slices = composed_kernels(DEPTHWISE, POINTWISE, 3).swapaxes(0, 1).reshape(3, 4, 9)
    assert np.linalg.matrix_rank(slices).tolist() == [2, 2, 2]


def test_fitted_mixtures_are_the_least_squares_of_torch() -> None:
    case = {name: np.array(values) for name, values in REFERENCE["approximation"].items()}
    fitted = fitted_pointwise(case["kernels"], case["depthwise"])
    assert fitted == pytest.approx(case["fitted"], rel=1e-9)


def test_errors_are_those_of_cut_singular_values_in_torch() -> None:
    case = REFERENCE["approximation"]
    errors = separable_errors(np.array(case["kernels"]))
    assert errors == pytest.approx(case["errors"], abs=1e-9)


def test_errors_fall_to_zero_and_no_choice_of_filters_is_below_them() -> None:
    errors = separable_errors(KERNELS)
    assert (np.diff(errors) < 0).all()
    assert errors[-1] == pytest.approx(0, abs=1e-12)
    for m in (1, 2, 3):
        depthwise = RNG.normal(size=(3 * m, 1, 3, 3))
        near = composed_kernels(depthwise, fitted_pointwise(KERNELS, depthwise), 3)
        missed = np.linalg.norm(near - KERNELS) / np.linalg.norm(KERNELS)
        assert missed > errors[m - 1]


def test_kernels_that_are_composed_are_found_again_from_their_filters() -> None:
    full = composed_kernels(DEPTHWISE, POINTWISE, 3)
    assert fitted_pointwise(full, DEPTHWISE) == pytest.approx(POINTWISE)
    assert separable_errors(full)[1] == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: separable_conv2d(X[0], DEPTHWISE, POINTWISE), "do not fit 0 channels"),
        (lambda: separable_conv2d(X, DEPTHWISE[:5], POINTWISE), "do not fit 3 channels"),
        (lambda: separable_conv2d(X, DEPTHWISE, POINTWISE[:, :3]), "do not fit 3 channels"),
        (lambda: separable_conv2d(X, KERNELS, POINTWISE), "are not"),
        (lambda: composed_kernels(DEPTHWISE, POINTWISE * np.nan, 3), "pointwise holds nan"),
        (lambda: fitted_pointwise(KERNELS, DEPTHWISE[:4]), "does not fit kernels"),
        (lambda: fitted_pointwise(KERNELS, DEPTHWISE[..., :2]), "does not fit kernels"),
        (lambda: fitted_pointwise(KERNELS, DEPTHWISE * np.inf), "depthwise holds"),
        (lambda: separable_errors(KERNELS[0]), "do not have four axes"),
        (lambda: separable_errors(0 * KERNELS), "all zero"),
    ],
    ids=count(),
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        call()
