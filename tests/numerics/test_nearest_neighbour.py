"""Distances between samples, and which is the nearest."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.gram import gram_matrix
from dlcv_viz.numerics.nearest_neighbour import (
    has_kin_nearest,
    mean_squared_distances,
    nearest_other,
)
from frozen import frozen

CASE = frozen("vgg")["gram"]
ON_A_LINE = mean_squared_distances(np.array([[0.0], [1], [10], [12], [13]]))


def test_distances_of_gram_matrices_are_those_of_torch() -> None:
    found = mean_squared_distances(gram_matrix(np.array(CASE["maps"])))
    assert found == pytest.approx(np.array(CASE["distances"]), rel=1e-9, abs=1e-11)


def test_near_samples_far_from_the_origin_keep_their_distance() -> None:
    far = 1e9 + np.array([[0.0, 0], [1, 3]])
    assert mean_squared_distances(far).tolist() == [[0, 5], [5, 0]]


def test_the_nearest_other_is_never_the_sample_itself() -> None:
    assert nearest_other(ON_A_LINE).tolist() == [1, 0, 3, 4, 3]
    assert nearest_other(np.zeros((3, 3))).tolist() == [1, 0, 0]
    assert ON_A_LINE.diagonal().tolist() == [0] * 5  # not spoilt


def test_kin_are_samples_of_the_same_class() -> None:
    labels = np.array([0, 0, 1, 2, 2])
    assert has_kin_nearest(ON_A_LINE, labels).tolist() == [True, True, False, True, True]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mean_squared_distances(np.ones((2, 0))), "without numbers"),
        (lambda: mean_squared_distances(np.array([[np.inf]])), "not finite"),
        (lambda: nearest_other(np.ones((1, 1))), r"\(1, 1\) are not those of two"),
        (lambda: nearest_other(np.ones((2, 3))), r"\(2, 3\) are not those of two"),
        (lambda: nearest_other(np.full((2, 2), np.nan)), "holds nan"),
        (lambda: has_kin_nearest(ON_A_LINE, np.zeros(4, dtype=int)), "one for each of 5"),
    ],
)
def test_what_cannot_be_compared_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
