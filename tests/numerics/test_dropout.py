"""Dropout against torch and by exact averages; geometric means; mixup."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.numerics.dropout import (
    all_masks,
    classic_dropout,
    geometric_mean,
    inverted_dropout,
    mixup,
    random_mask,
)
from dlcv_viz.numerics.softmax import softmax
from frozen import frozen

A = np.array([0.7, -1.1, 2.4])


def test_inverted_dropout_is_that_of_torch() -> None:
    case = frozen("regularization")["dropped"]
    a, drop = np.array(case["a"]), case["drop"]
    trained = inverted_dropout(a, drop, np.array(case["mask"]))
    assert trained == pytest.approx(case["training"], rel=1e-14)
    assert inverted_dropout(a, drop).tolist() == case["test"]


@pytest.mark.parametrize("drop", [0.0, 0.2, 0.7])
def test_inverted_dropout_keeps_the_mean_and_has_the_stated_variance(drop: float) -> None:
    masks = all_masks(3)
    chance = np.where(masks == 1, 1 - drop, drop).prod(axis=1)
    outputs = inverted_dropout(A, drop, masks)
    assert chance.sum() == pytest.approx(1)
    assert chance @ outputs == pytest.approx(A)
    assert chance @ (outputs - A) ** 2 == pytest.approx(drop / (1 - drop) * A**2)


def test_classic_dropout_is_at_test_time_what_it_is_on_average_in_training() -> None:
    drop, masks = 0.3, all_masks(3)
    chance = np.where(masks == 1, 1 - drop, drop).prod(axis=1)
    assert chance @ classic_dropout(A, drop, masks) == pytest.approx(classic_dropout(A, drop))


def test_all_masks_are_different_and_count_up() -> None:
    assert all_masks(2).tolist() == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert len(np.unique(all_masks(6), axis=0)) == 64


def test_random_masks_drop_the_share_they_are_told_and_repeat_by_seed() -> None:
    mask = random_mask((200, 100), 0.3, seed=4)
    deviation = np.sqrt(0.3 * 0.7 / mask.size)
    assert 1 - mask.mean() == pytest.approx(0.3, abs=4 * deviation)
    assert (mask == random_mask((200, 100), 0.3, seed=4)).all()
    assert (mask != random_mask((200, 100), 0.3, seed=5)).any()
    assert random_mask((5, 5), 0.0, seed=1).all()


def test_the_geometric_mean_over_masks_is_one_softmax_of_the_mean_input() -> None:
    weights = np.array([[0.3, -1.0, 0.2], [1.0, 0.4, -0.5], [0, 2.0, 0.1]])
    subnets = softmax(all_masks(3) * A @ weights.T)
    assert geometric_mean(subnets) == pytest.approx(softmax(weights @ A / 2), rel=1e-12)


def test_mixup_lies_between_two_samples() -> None:
    assert mixup(np.array([1.0, 0]), np.array([0.0, 4]), 0.25).tolist() == [0.25, 3]
    assert mixup(A, -A, 1.0).tolist() == A.tolist()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: inverted_dropout(A, 1.0), "below 1"),
        (lambda: classic_dropout(A, -0.1), "at least 0"),
        (lambda: inverted_dropout(A, 0.5, np.ones(2)), "mask"),
        (lambda: inverted_dropout(A, 0.5, np.array([1, 0.5, 0])), "mask"),
        (lambda: classic_dropout(A * np.nan, 0.5, np.ones(3)), "not finite"),
        (lambda: random_mask((2,), 1.2, seed=0), "below 1"),
        (lambda: all_masks(0), "from 1"),
        (lambda: all_masks(17), "from 1"),
        (lambda: geometric_mean(np.array([[0.0, 1.0]])), "above 0"),
        (lambda: mixup(A, A[:2], 0.5), "differ in shape"),
        (lambda: mixup(A, A, 1.5), "from 0 to 1"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
