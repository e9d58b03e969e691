"""What a ReLU leaves, against scipy and torch, and by simulation."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.numerics.rectified_directions import lost_share, recovered
from frozen import frozen

REFERENCE = frozen("mobilenet")
X = np.ones((3, 2))


@pytest.mark.parametrize(("n", "d", "share"), REFERENCE["lost"])
def test_the_share_is_the_binomial_distribution_of_scipy(n: int, d: int, share: float) -> None:
    assert lost_share(n, d) == pytest.approx(share, rel=1e-12)


def test_the_share_is_what_random_directions_lose() -> None:
    rng, lost = np.random.default_rng(0), 0
    for _ in range(60):
        x, directions = rng.normal(size=(20, 2)), rng.normal(size=(5, 2))
        lost += int((~recovered(x, directions)[1]).sum())
    # Points of one draw share its directions: the share of a draw varies by about 0.3.
    assert lost / 1200 == pytest.approx(lost_share(5, 2), abs=0.12)


def test_points_are_found_as_torch_finds_them() -> None:
    case = REFERENCE["directions"]
    found, is_kept = recovered(np.array(case["x"]), np.array(case["directions"]))
    assert is_kept.tolist() == case["kept"]
    assert 0 < is_kept.sum() < len(is_kept)
    assert found == pytest.approx(np.array(case["found"]), abs=1e-9)


def test_points_that_are_kept_are_where_they_were_and_others_nearer_to_zero() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(40, 3))
    found, is_kept = recovered(x, rng.normal(size=(6, 3)))
    assert found[is_kept] == pytest.approx(x[is_kept])
    assert (np.linalg.norm(found[~is_kept], axis=1) < np.linalg.norm(x[~is_kept], axis=1)).all()


def test_a_point_that_nothing_points_to_is_told_to_be_at_zero() -> None:
    found, is_kept = recovered(X, -np.eye(2))
    assert found.tolist() == np.zeros((3, 2)).tolist()
    assert not is_kept.any()


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: lost_share(0, 2), "n_directions=0"),
        (lambda: lost_share(2, 0), "n_coordinates=0"),
        (lambda: recovered(X, np.ones((4, 3))), "are not"),
        (lambda: recovered(X[0], np.ones((4, 2))), "are not"),
        (lambda: recovered(X * np.nan, np.ones((4, 2))), "x holds nan"),
    ],
    ids=count(),
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        call()
