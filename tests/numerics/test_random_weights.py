"""Random weights have the variance that was asked for; orthogonal ones keep lengths."""

import math
from collections.abc import Callable
from typing import Literal

import numpy as np
import pytest

from dlcv_viz.numerics.random_weights import CUT, draw_weights, orthogonal, truncated_std
from frozen import frozen

KINDS: tuple[Literal["normal", "uniform", "truncated"], ...] = ("normal", "uniform", "truncated")
EXACT = 1e-13  # a few roundings of a length


def test_the_spread_of_a_truncated_normal_number_is_that_of_scipy() -> None:
    for cut, std in frozen("weight_init")["truncated"]:
        assert truncated_std(cut) == pytest.approx(std)


@pytest.mark.parametrize("kind", KINDS)
def test_weights_have_mean_0_and_the_variance_that_was_asked_for(
    kind: Literal["normal", "uniform", "truncated"],
) -> None:
    drawn = draw_weights((400, 500), 0.09, kind=kind, seed=4)
    assert drawn.shape == (400, 500)
    assert drawn.mean() == pytest.approx(0, abs=0.003)  # four standard errors of 200 000 numbers
    assert drawn.std() == pytest.approx(0.3, rel=0.01)


def test_uniform_and_truncated_weights_stay_within_their_bounds() -> None:
    uniform, cut = (
        np.abs(draw_weights((300, 300), 0.09, kind=kind, seed=0)).max()
        for kind in ("uniform", "truncated")
    )
    bounds = 0.3 * math.sqrt(3), 0.3 * CUT / truncated_std()
    for largest, bound in zip((uniform, cut), bounds, strict=True):
        assert 0.999 * bound < largest <= bound


def test_the_same_seed_draws_the_same_weights() -> None:
    first, again, other = (draw_weights((3, 3), 1.0, seed=seed) for seed in (1, 1, 2))
    assert (first == again).all()
    assert (first != other).any()


@pytest.mark.parametrize("shape", [(6, 6), (9, 4), (4, 9)])
def test_rows_or_columns_are_orthonormal_whichever_fit(shape: tuple[int, int]) -> None:
    weights = orthogonal(*shape, gain=1.5, seed=0)
    assert weights.shape == shape
    gram = weights.T @ weights if shape[0] >= shape[1] else weights @ weights.T
    assert gram == pytest.approx(1.5**2 * np.eye(min(shape)), abs=EXACT)


def test_an_orthogonal_layer_multiplies_every_length_by_the_gain() -> None:
    x = np.random.default_rng(1).normal(size=(5, 20))
    lengths = np.linalg.norm(orthogonal(8, 5, gain=0.7, seed=3) @ x, axis=0)
    assert lengths == pytest.approx(0.7 * np.linalg.norm(x, axis=0), rel=EXACT)


def test_orthogonal_matrices_have_no_favourite_sign() -> None:
    """Without the signs of R, LAPACK's reflections give the first entry one sign only."""
    firsts = np.array([orthogonal(4, 4, seed=seed)[0, 0] for seed in range(400)])
    assert 0.4 < (firsts > 0).mean() < 0.6  # four standard errors
    assert firsts.var() == pytest.approx(1 / 4, rel=0.25)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: truncated_std(0.0), "cut=0"),
        (lambda: draw_weights((2, 2), -1.0, seed=0), "variance=-1"),
        (lambda: draw_weights((2, 2), 1.0, kind="cauchy", seed=0), "cauchy"),  # type: ignore[arg-type]  # the wrong name is the point
        (lambda: orthogonal(0, 3, seed=0), "n_out=0"),
        (lambda: orthogonal(3, 3, gain=math.nan, seed=0), "gain=nan"),
    ],
)
def test_numbers_out_of_range_are_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
