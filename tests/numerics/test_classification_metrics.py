"""Ranks and top-k errors, against scikit-learn; and which classes are taken for which."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.classification_metrics import (
    confusion_matrix,
    top_k_error,
    true_class_ranks,
)
from frozen import frozen

every_case = pytest.mark.parametrize("case", frozen("cv_intro")["top_k"], ids=["7", "12"])


@every_case
def test_the_error_is_that_of_scikit_learn_for_every_k(case: dict[str, Any]) -> None:
    scores, labels = np.array(case["scores"]), np.array(case["labels"])
    errors = [top_k_error(scores, labels, k) for k in range(1, scores.shape[1])]
    assert errors == pytest.approx(case["errors"], abs=1e-15)


@every_case
def test_the_error_never_rises_with_more_guesses_and_ends_at_zero(case: dict[str, Any]) -> None:
    scores, labels = np.array(case["scores"]), np.array(case["labels"])
    errors = [top_k_error(scores, labels, k) for k in range(1, scores.shape[1] + 1)]
    assert (np.diff(errors) <= 0).all()
    assert errors[-1] == 0


def test_only_the_order_of_the_scores_matters() -> None:
    rng = np.random.default_rng(8)
    scores, labels = rng.normal(size=(20, 6)), rng.integers(0, 6, 20)
    assert (true_class_ranks(np.exp(3 * scores), labels) == true_class_ranks(scores, labels)).all()


def test_ties_count_against_the_right_class() -> None:
    assert true_class_ranks(np.full((2, 5), 0.2), np.array([0, 4])).tolist() == [5, 5]
    assert top_k_error(np.array([[1.0, 1.0, 0.0]]), np.array([0]), 1) == 1


def test_answers_are_counted_in_the_row_of_their_class() -> None:
    rng = np.random.default_rng(3)
    labels, answers = rng.integers(0, 4, (2, 60))
    counts = confusion_matrix(labels, answers, 4)
    for right, answer in np.ndindex(4, 4):
        both = sum(
            (a, b) == (right, answer)
            for a, b in zip(labels.tolist(), answers.tolist(), strict=True)
        )
        assert counts[right, answer] == both
    assert confusion_matrix(labels, labels, 5).tolist() == np.diag([*counts.sum(1), 0]).tolist()


@pytest.mark.parametrize(
    ("labels", "answers", "message"),
    [
        ([0, 1], [0], r"labels \(2,\) and answers \(1,\) differ"),
        ([0, 2], [0, 1], "label 2 is not from 0 to 1"),
        ([0, 1], [0, -1], "answer -1 is not from 0 to 1"),
    ],
)
def test_what_is_no_class_is_not_counted(
    labels: list[int], answers: list[int], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        confusion_matrix(np.array(labels), np.array(answers), 2)


@pytest.mark.parametrize(
    ("scores", "labels", "k", "message"),
    [
        (np.ones(3), np.array([0]), 1, "do not fit"),
        (np.ones((2, 3)), np.array([0]), 1, "do not fit"),
        (np.ones((1, 3)), np.array([3]), 1, "label 3 is not from 0 to 2"),
        (np.ones((1, 3)), np.array([-1]), 1, "label -1 is not from 0 to 2"),
        (np.ones((1, 3)), np.array([0]), 4, "k=4 is not from 1 to 3"),
        (np.ones((1, 3)), np.array([0]), 0, "k=0 is not from 1 to 3"),
        (np.array([[np.nan, 1.0]]), np.array([0]), 1, "scores holds nan"),
    ],
)
def test_what_cannot_be_graded_is_refused(scores: Any, labels: Any, k: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        top_k_error(scores, labels, k)
