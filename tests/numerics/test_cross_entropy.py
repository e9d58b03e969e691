"""The cross-entropy from logits and from probabilities, against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.activation import sigmoid
from dlcv_viz.numerics.cross_entropy import (
    bce_gradient,
    bce_with_logits,
    binary_cross_entropy,
    cross_entropy_gradient,
    cross_entropy_with_logits,
    one_hot,
    smooth_labels,
    weighted_cross_entropy,
    weighted_cross_entropy_gradient,
)
from frozen import frozen

REFERENCE = frozen("loss")
TIGHT = 1e-12  # relative: exponentials and their sums, rounded in another order
SMALL = 1e-15  # absolute: torch rounds 1 - p where p is nearly 1


@pytest.mark.parametrize("case", REFERENCE["binary"]["bce"], ids=["label 0", "label 1"])
def test_bce_and_its_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    z, y = np.array(case["z"]), np.array(case["y"])
    assert bce_with_logits(z, y) == pytest.approx(case["loss"], rel=TIGHT, abs=SMALL)
    assert bce_gradient(z, y) == pytest.approx(case["gradient"], rel=TIGHT, abs=SMALL)


def test_bce_of_probabilities_is_that_of_torch_for_soft_targets_too() -> None:
    case = REFERENCE["binary"]["probability"]
    found = binary_cross_entropy(np.array(case["y_hat"]), np.array(case["y"]))
    assert found == pytest.approx(case["loss"], rel=TIGHT)


def test_bce_from_logits_is_that_of_the_probability_where_both_are_exact() -> None:
    z, y = np.linspace(-4, 4, 17), np.linspace(0, 1, 17)
    assert bce_with_logits(z, y) == pytest.approx(binary_cross_entropy(sigmoid(z), y), rel=1e-12)


def test_bce_from_logits_is_finite_where_the_probability_has_no_digits_left() -> None:
    z, y = np.array([100.0, 1e6, -1e300]), np.array([0.0, 0.0, 1.0])
    assert bce_with_logits(z, y).tolist() == [100, 1e6, 1e300]
    assert 1 - sigmoid(z)[0] == 0  # its logarithm would be minus infinity


@pytest.mark.parametrize(
    "case", REFERENCE["categorical"]["smoothed"], ids=lambda case: f"epsilon={case['epsilon']}"
)
def test_cross_entropy_of_smoothed_labels_is_that_of_torch(case: dict[str, Any]) -> None:
    z = np.array(case["z"])
    y = smooth_labels(one_hot(np.array(case["labels"]), z.shape[1]), case["epsilon"])
    assert cross_entropy_with_logits(z, y) == pytest.approx(case["loss"], rel=TIGHT)
    assert cross_entropy_gradient(z, y) == pytest.approx(np.array(case["gradient"]), abs=SMALL)


def test_weighted_cross_entropy_is_the_mean_of_torch() -> None:
    case = REFERENCE["categorical"]["weighted"]
    args = np.array(case["z"]), np.array(case["labels"]), np.array(case["weights"])
    assert weighted_cross_entropy(*args) == pytest.approx(case["loss"], rel=TIGHT)
    gradient = weighted_cross_entropy_gradient(*args)
    assert gradient == pytest.approx(np.array(case["gradient"]), abs=SMALL)


def test_equal_weights_of_any_size_change_nothing() -> None:
    z, labels = np.random.default_rng(3).normal(size=(6, 3)), np.array([0, 1, 2, 2, 1, 0])
    plain = cross_entropy_with_logits(z, one_hot(labels, 3)).mean()
    assert weighted_cross_entropy(z, labels, np.full(3, 7.0)) == pytest.approx(plain)


def test_cross_entropy_of_two_classes_is_the_binary_one_of_the_difference() -> None:
    z = np.random.default_rng(5).normal(size=(9, 2)) * 5
    y = one_hot(np.arange(9) % 2, 2)
    binary = bce_with_logits(z[:, 1] - z[:, 0], y[:, 1])
    assert cross_entropy_with_logits(z, y) == pytest.approx(binary, rel=1e-12)


def test_cross_entropy_depends_on_differences_of_logits_only() -> None:
    z, y = np.random.default_rng(6).normal(size=(4, 5)), one_hot(np.array([0, 1, 4, 2]), 5)
    shifted = cross_entropy_with_logits(z + 1e3, y)
    assert shifted == pytest.approx(cross_entropy_with_logits(z, y), abs=1e-12)
    assert cross_entropy_gradient(z, y).sum(axis=1) == pytest.approx(0, abs=1e-15)


def test_cross_entropy_of_equal_logits_is_log_c() -> None:
    for n in (2, 10, 1000):
        loss = cross_entropy_with_logits(np.zeros((1, n)), one_hot(np.array([n - 1]), n))
        assert loss == pytest.approx(np.log(n))


def test_cross_entropy_of_a_sure_and_right_answer_keeps_its_digits() -> None:
    z, y = np.array([[33.0, 0.0]]), np.array([[1.0, 0.0]])
    assert cross_entropy_with_logits(z, y) == pytest.approx(np.exp(-33), rel=0.05)
    assert cross_entropy_with_logits(30 * z, y).tolist() == [0]


def test_smoothed_labels_stay_distributions_with_the_same_winner() -> None:
    y = one_hot(np.array([[2, 0], [1, 1]]), 3)
    smooth = smooth_labels(y, 0.3)
    assert smooth.sum(axis=-1) == pytest.approx(1)
    assert np.unique(smooth.round(12)).tolist() == [0.1, 0.8]
    assert (smooth.argmax(axis=-1) == y.argmax(axis=-1)).all()


ROW, TWO = np.zeros((1, 3)), np.array([0.0, 1.0])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: bce_with_logits(TWO, np.zeros((2, 1))), r"z \(2,\) and y \(2, 1\) differ"),
        (lambda: bce_gradient(np.array([np.nan]), np.ones(1)), "z holds nan"),
        (lambda: bce_with_logits(TWO, np.array([0, -1.0])), "not from 0 to 1"),
        (lambda: binary_cross_entropy(TWO, TWO), "not strictly between 0 and 1"),
        (lambda: cross_entropy_with_logits(ROW, ROW), "no distribution"),
        (lambda: cross_entropy_gradient(ROW, np.array([[2.0, -1.0, 0.0]])), "at least 0, adding"),
        (lambda: cross_entropy_with_logits(np.full((1, 2), np.inf), ROW[:, :2]), "z holds inf"),
        (lambda: one_hot(np.array([0, 3]), 3), r"labels \[0, 3\] of 3 classes"),
        (lambda: one_hot(np.array([0]), 1), "of 1 classes"),
        (lambda: smooth_labels(ROW, 1.1), "epsilon=1.1 is not from 0 to 1"),
        (lambda: weighted_cross_entropy(ROW, np.array([0]), TWO), r"weights \(2,\) and classes"),
        (lambda: weighted_cross_entropy(ROW, np.array([0, 1]), np.ones(3)), r"labels \(2,\)"),
        (lambda: weighted_cross_entropy(ROW, np.array([0]), np.array([0.0, 1, 1])), "above it"),
        (lambda: weighted_cross_entropy(ROW, np.array([0]), np.array([1.0, -1, 1])), "at least 0"),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
