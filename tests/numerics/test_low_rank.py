"""Errors of low-rank approximations against scipy, and by what they promise."""

import numpy as np
import pytest

from dlcv_viz.numerics.low_rank import rank_errors
from frozen import frozen


def test_errors_are_those_of_truncated_decompositions() -> None:
    case = frozen("inception")["ranks"]
    errors = rank_errors(np.array(case["matrix"]))
    assert errors == pytest.approx(case["errors"], rel=1e-10, abs=1e-14)


def test_errors_fall_from_one_to_zero_and_are_unmoved_by_scale() -> None:
    matrix = np.random.default_rng(0).normal(size=(5, 9))
    errors = rank_errors(matrix)
    assert (errors[0], errors[-1], len(errors)) == (1, 0, 6)
    assert (np.diff(errors) < 0).all()
    for factor in (1e-200, 1e200):  # squares would vanish or overflow
        assert rank_errors(factor * matrix) == pytest.approx(errors)


def test_a_product_of_narrow_matrices_is_lost_by_nothing_at_its_rank() -> None:
    rng = np.random.default_rng(1)
    errors = rank_errors(rng.normal(size=(30, 3)) @ rng.normal(size=(3, 12)))
    assert errors[2] > 0.1
    assert errors[3] == pytest.approx(0, abs=1e-14)


def test_matrices_together_lose_what_each_loses() -> None:
    matrices = np.random.default_rng(2).normal(size=(3, 6, 4)) * [[[5.0]], [[1.0]], [[0.2]]]
    norms = np.linalg.norm(matrices, axis=(1, 2))
    each = np.array([rank_errors(matrix) for matrix in matrices]) * norms[:, None]
    assert rank_errors(matrices) == pytest.approx(
        np.linalg.norm(each, axis=0) / np.linalg.norm(norms)
    )


@pytest.mark.parametrize(
    ("matrix", "message"),
    [
        (np.ones(3), "two axes"),
        (np.zeros((2, 2)), "all zero"),
        (np.array([[1.0, np.inf]]), "not finite"),
    ],
)
def test_what_is_no_matrix_is_refused(matrix: np.ndarray, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        rank_errors(matrix)
