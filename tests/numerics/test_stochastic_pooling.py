"""Stochastic pooling keeps what it promises of chances and means."""

import numpy as np
import pytest

from dlcv_viz.numerics.pooling import avg_pool2d, max_pool2d, pick
from dlcv_viz.numerics.stochastic_pooling import (
    expected_pool2d,
    probabilities,
    sampled_indices2d,
)

WINDOW = np.array([[1.0, 0.0, 3.0], [4.0, 0.0, 2.0]])


def test_a_cell_is_drawn_as_often_as_its_share_says() -> None:
    n = 20_000
    at = sampled_indices2d(np.broadcast_to(WINDOW, (n, 2, 3)), (2, 3), seed=5)
    shares = np.bincount(at.ravel(), minlength=6) / n
    expected = WINDOW.ravel() / 10
    three_deviations = 3 * np.sqrt(0.4 * 0.6 / n)
    assert shares == pytest.approx(expected, abs=three_deviations)
    assert shares[1] == shares[4] == 0  # a zero has no ticket


def test_places_are_those_of_the_own_window() -> None:
    x = np.random.default_rng(1).uniform(size=(3, 5, 7))
    rows, columns = np.divmod(sampled_indices2d(x, (2, 3), stride=(1, 2), seed=0), 7)
    i, j = np.mgrid[:4, :3]
    assert ((rows >= i) & (rows < i + 2)).all()
    assert ((columns >= 2 * j) & (columns < 2 * j + 3)).all()


def test_the_mean_of_many_draws_is_what_is_used_at_test_time() -> None:
    x = np.random.default_rng(2).uniform(size=(4, 4))
    many = np.broadcast_to(x, (5_000, 4, 4))
    mean = pick(many, sampled_indices2d(many, 2, seed=3)).mean(axis=0)
    assert mean == pytest.approx(expected_pool2d(x, 2), abs=0.02)  # four deviations of a mean
    assert (expected_pool2d(x, 2) >= avg_pool2d(x, 2)).all()
    assert (expected_pool2d(x, 2) <= max_pool2d(x, 2)).all()


def test_a_window_of_zeros_gives_zero() -> None:
    x = np.zeros((2, 2))
    assert pick(x, sampled_indices2d(x, 2, seed=0)).tolist() == [[0]]
    assert expected_pool2d(x, 2).tolist() == [[0]]
    assert probabilities(x, 2).tolist() == [[[0] * 4]]


def test_a_negative_activation_is_no_ticket() -> None:
    with pytest.raises(ValueError, match="below 0"):
        sampled_indices2d(np.array([[1.0, -1.0]]), (1, 2), seed=0)
