"""Local response normalization against torch, and by what it promises."""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.local_response_normalization import local_response_norm, loudest_input
from frozen import frozen

A = np.random.default_rng(0).normal(scale=90, size=(2, 8, 3, 2))


def alone(value: float, n_equal: int = 1) -> float:
    """Normalize one activation among so many equal ones, the rest 0."""
    a = np.zeros((9, 1, 1))
    a[4 - n_equal // 2 : 4 - n_equal // 2 + n_equal] = value
    return float(local_response_norm(a)[4, 0, 0])


@pytest.mark.parametrize("case", frozen("alexnet")["response_norm"], ids=count())
def test_it_is_that_of_torch_with_alpha_times_the_size(case: dict[str, Any]) -> None:
    b = local_response_norm(np.array(case["a"]), **case["constants"])
    assert b == pytest.approx(np.array(case["b"]), rel=1e-12)


def test_the_middle_of_five_maps_is_what_a_pencil_gives() -> None:
    a = np.array([50.0, 100.0, 150.0, 200.0, 250.0]).reshape(5, 1, 1)
    squares = 2500 + 10_000 + 22_500 + 40_000 + 62_500
    assert local_response_norm(a)[2, 0, 0] == pytest.approx(150 / (2 + 1e-4 * squares) ** 0.75)


def test_only_maps_within_two_at_the_same_place_count() -> None:
    changed = A.copy()
    changed[:, 6:] = changed[:, 0] = 999  # seen from map 3, all are too far
    changed[..., 0] = -5
    assert local_response_norm(changed)[:, 3, :, 1] == pytest.approx(
        local_response_norm(A)[:, 3, :, 1], rel=1e-15
    )


def test_a_louder_neighbour_makes_an_activation_quieter_and_keeps_its_sign() -> None:
    louder = A.copy()
    louder[:, 4] *= 3
    before, after = (np.delete(local_response_norm(a), 4, axis=1) for a in (A, louder))
    assert (np.abs(after) <= np.abs(before)).all()
    assert (np.sign(after) == np.sign(before)).all()


def test_small_activations_are_divided_by_one_constant() -> None:
    assert local_response_norm(A / 1e6) == pytest.approx(A / 1e6 / 2**0.75, rel=1e-9)


@pytest.mark.parametrize("n_equal", [1, 3, 5])
def test_no_activation_comes_out_larger_than_the_one_that_is_promised(n_equal: int) -> None:
    best = loudest_input(n_equal)
    heights = [alone(value, n_equal) for value in best * np.linspace(0.5, 2, 61)]
    assert max(heights) <= alone(best, n_equal)
    assert alone(1.01 * best, n_equal) < alone(best, n_equal) > alone(0.99 * best, n_equal)


def test_large_activations_do_not_overflow() -> None:
    huge = local_response_norm(np.full((3, 1, 1), 1e200))
    assert huge == pytest.approx(1e-100 / (3e-4) ** 0.75, rel=1e-12)  # a ** (1 - 2 beta)
    assert local_response_norm(np.array([0.0, 0, 0, 1e300]).reshape(4, 1, 1))[0] == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: local_response_norm(A[0, 0]), "is not"),
        (lambda: local_response_norm(A, size=4), "size=4 is not odd"),
        (lambda: local_response_norm(A, size=-1), "size=-1"),
        (lambda: local_response_norm(A, k=0), "k=0 above 0"),
        (lambda: local_response_norm(A, alpha=-1e-4), "alpha=-0.0001"),
        (lambda: local_response_norm(A, beta=np.nan), "beta=nan"),
        (lambda: local_response_norm(A * np.inf), "not finite"),
        (lambda: loudest_input(0), "n_equal=0"),
        (lambda: loudest_input(1, beta=0.5), "there is no largest"),
        (lambda: loudest_input(1, alpha=0), "there is no largest"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
