"""Filters from patches: whitening against scikit-learn, and what the others promise."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.patch_features import (
    normalize_contrast,
    orientation_selectivity,
    random_patches,
    spherical_kmeans,
    zca_whitening,
)
from frozen import frozen
from unchanged import unchanged

CASE = frozen("viz_filters")["whitened"]
RNG = np.random.default_rng(0)
PICTURES = RNG.normal(size=(2, 9, 12))
X = RNG.normal(size=(300, 6)) @ RNG.normal(size=(6, 6))


def grating(side: int, angle: float) -> np.ndarray:
    """Return a wave whose stripes are turned by an angle in degrees."""
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    turn = np.radians(angle)
    wave: np.ndarray = np.cos(1.3 * (x * np.cos(turn) + y * np.sin(turn)))
    return wave


def test_patches_are_cut_out_of_all_pictures_and_the_same_for_a_seed() -> None:
    with unchanged():
        found, again = (random_patches(PICTURES, 3, 400, seed=5) for _ in range(2))
    assert (found == again).all()
    every = {
        picture[i : i + 3, j : j + 3].tobytes()
        for picture in PICTURES for i in range(7) for j in range(10)
    }  # fmt: skip
    cut = {patch.tobytes() for patch in found}
    assert cut <= every
    assert len(cut) > 100  # of 140 places


def test_contrast_is_one_but_for_flat_patches() -> None:
    patches = np.stack([100 * RNG.normal(size=64), np.full(64, 7.0)])
    normal = normalize_contrast(patches, least=0.01)
    assert normal.mean(axis=1) == pytest.approx(0, abs=1e-12)
    assert normal[0].std() == pytest.approx(1, abs=1e-5)
    assert (normal[1] == 0).all()


def test_whitening_is_that_of_scikit_learn_turned_back() -> None:
    x = np.array(CASE["x"])
    white = zca_whitening(x, epsilon=CASE["epsilon"])(x)
    assert white == pytest.approx(np.array(CASE["white"]), rel=1e-9, abs=1e-9)


def test_whitened_pixels_have_variance_one_and_are_not_correlated() -> None:
    found = zca_whitening(X, epsilon=1e-9)
    white = found(X)
    assert np.cov(white.T, bias=True) == pytest.approx(np.eye(6), abs=1e-6)
    assert found.matrix == pytest.approx(found.matrix.T)


def test_directions_are_found_whatever_their_sign() -> None:
    axes = np.eye(5)[:3]
    rows = np.repeat(axes, 50, axis=0) * RNG.choice([-2.0, 2.0], (150, 1))
    noisy = rows + RNG.normal(0, 0.05, rows.shape)
    with unchanged():
        found = spherical_kmeans(noisy, 9, n_rounds=10, seed=1)  # some share a direction
    assert np.linalg.norm(found, axis=1) == pytest.approx(1)
    overlap = np.abs(found @ axes.T)
    assert overlap.max(axis=0) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("angle", [0, 30, 90, 137])
def test_a_stripe_has_one_orientation_and_two_crossed_ones_have_none(angle: float) -> None:
    stripe = grating(16, angle)
    assert orientation_selectivity(stripe) > 0.8
    assert orientation_selectivity(stripe + grating(16, angle + 90)) < 0.1


def test_selectivity_does_not_change_with_contrast_or_brightness() -> None:
    filters = RNG.normal(size=(4, 8, 8))
    assert orientation_selectivity(3 - 7 * filters) == pytest.approx(
        orientation_selectivity(filters)
    )


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: random_patches(PICTURES[0], 3, 1, seed=0), r"pictures \(9, 12\)"),
        (lambda: random_patches(PICTURES, 3, 0, seed=0), "n=0 is below 1"),
        (lambda: normalize_contrast(X, least=0), "least=0 is not above 0"),
        (lambda: zca_whitening(X[:1], epsilon=1), "at least two rows"),
        (lambda: zca_whitening(X, epsilon=0), "epsilon=0"),
        (lambda: spherical_kmeans(X, 0, n_rounds=1, seed=0), "k=0"),
        (lambda: spherical_kmeans(X * np.nan, 2, n_rounds=1, seed=0), "x holds nan"),
        (lambda: orientation_selectivity(np.ones((3, 4))), "are no squares"),
        (lambda: orientation_selectivity(np.ones((2, 4, 4))), "a filter is constant"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        call()
