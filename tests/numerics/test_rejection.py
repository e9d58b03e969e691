"""A linear reader against scikit-learn, and what refusing to answer does."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.numerics.penalized_regression import ridge
from dlcv_viz.numerics.rejection import errors_after_rejection, fit_ridge_reader, margins
from frozen import frozen

CASE = frozen("lenet")["reader"]
X, LABELS = np.array(CASE["x"]), np.array(CASE["labels"])
RIGHT = np.array([True, False, True, True])
SURE = np.array([0.5, 0.1, 0.9, 0.2])


def test_scores_are_those_of_scikit_learn() -> None:
    reader = fit_ridge_reader(X, LABELS, CASE["strength"], n_classes=3)
    assert reader.scores(X) == pytest.approx(np.array(CASE["scores"]), rel=1e-9)


def test_the_strength_means_the_same_for_features_of_any_size_and_place() -> None:
    one = fit_ridge_reader(X, LABELS, 0.7, n_classes=3).scores(X)
    other = fit_ridge_reader(100 * X - 7, LABELS, 0.7, n_classes=3).scores(100 * X - 7)
    assert one == pytest.approx(other)


def test_ridge_fits_each_column_of_targets_by_itself() -> None:
    targets = np.eye(3)[LABELS]
    together = ridge(X, targets, 0.3)
    assert together == pytest.approx(np.column_stack([ridge(X, y, 0.3) for y in targets.T]))


def test_a_margin_is_the_lead_of_the_best_over_the_second() -> None:
    assert margins(np.array([[0.2, 0.9, 0.4], [1.0, 1.0, -3.0]])) == pytest.approx([0.5, 0])


def test_the_least_sure_answers_are_refused_first() -> None:
    assert errors_after_rejection(SURE, RIGHT).tolist() == [0.25, 0, 0, 0]
    assert errors_after_rejection(-SURE, RIGHT) == pytest.approx([1 / 4, 1 / 3, 1 / 2, 1])


def test_a_confidence_that_knows_nothing_leaves_the_error_as_it_is() -> None:
    rng = np.random.default_rng(0)
    errors = errors_after_rejection(rng.random(40_000), rng.random(40_000) < 0.8)
    # Half of the answers know a share of 20% to 0.3 points; four times that.
    assert errors[20_000] == pytest.approx(0.2, abs=0.012)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_ridge_reader(X, LABELS[1:], 1, n_classes=3), "one of 3 classes a row"),
        (lambda: fit_ridge_reader(X, LABELS, 1, n_classes=2), "one of 2 classes a row"),
        (lambda: fit_ridge_reader(0 * X, LABELS, 1, n_classes=3), "constant"),
        (lambda: fit_ridge_reader(X, LABELS, -1, n_classes=3), "at least 0"),
        (lambda: margins(SURE), "rows of two or more"),
        (lambda: margins(np.array([[0.0, np.nan]])), "not finite"),
        (lambda: errors_after_rejection(SURE, RIGHT[1:]), "differ"),
        (lambda: errors_after_rejection(SURE[:0], RIGHT[:0]), "no answer"),
        (lambda: errors_after_rejection(SURE * np.inf, RIGHT), "not finite"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
