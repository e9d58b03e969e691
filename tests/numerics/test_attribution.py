"""Attribution against torch, and by what it promises."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.attribution import (
    integrated_gradients,
    occlusion_map,
    rank_correlation,
    saliency_map,
    share_inside,
    smooth_gradient,
)
from dlcv_viz.numerics.gradient_check import central_difference
from dlcv_viz.types import FloatArray
from frozen import frozen
from unchanged import unchanged

REFERENCE = frozen("viz_filters")
RNG = np.random.default_rng(0)
X = RNG.normal(size=(2, 4, 5))
ZERO = np.zeros(3)


def tanh_gradient(w: FloatArray) -> Callable[[FloatArray], FloatArray]:
    """Return the gradient of the sum of tanh(w x), for a batch."""
    return lambda batch: (1 - np.tanh(batch @ w.T) ** 2) @ w


def test_saliency_is_the_largest_size_over_channels_as_in_torch() -> None:
    case = REFERENCE["network"]
    assert (saliency_map(np.array(case["by_pixels"])) == np.array(case["saliency"])).all()


def test_saliency_of_a_batch_is_that_of_each_picture() -> None:
    both = np.stack([X, -2 * X])
    assert (saliency_map(both)[1] == 2 * saliency_map(X)).all()


def test_integrated_gradients_are_those_of_torch() -> None:
    case = {name: np.array(values) for name, values in REFERENCE["path"].items()}
    shares = integrated_gradients(
        tanh_gradient(case["w"]), case["x"], case["baseline"], n_steps=2000
    )
    # The error of the middle rule falls with the square of the steps.
    assert shares == pytest.approx(case["shares"], abs=1e-6)
    assert shares.sum() == pytest.approx(case["scores"][0] - case["scores"][1], abs=1e-6)


@pytest.mark.parametrize("n_steps", [1, 200])
def test_integrated_gradients_of_a_product_are_complete(n_steps: int) -> None:
    x, baseline = np.array([3.0, 2.0]), np.array([-1.0, 0.5])
    shares = integrated_gradients(lambda batch: batch[:, ::-1], x, baseline, n_steps=n_steps)
    assert shares.sum() == pytest.approx(6 + 0.5, abs=1e-12)


def test_what_is_as_in_the_baseline_has_no_share() -> None:
    baseline = np.where(np.arange(3) == 1, 0.7, 0)
    shares = integrated_gradients(tanh_gradient(np.eye(3)), np.full(3, 0.7), baseline, n_steps=9)
    assert shares[1] == 0
    assert (shares[[0, 2]] > 0).all()


def test_smoothing_by_no_noise_is_the_gradient() -> None:
    w = RNG.normal(size=(4, 3))
    found = smooth_gradient(tanh_gradient(w), ZERO + 0.3, noise=0, n=3, seed=0)
    numeric = central_difference(lambda x: float(np.tanh(w @ x).sum()), ZERO + 0.3, 1e-5)
    assert found == pytest.approx(numeric, abs=1e-9)  # rounding of differences over 1e-5


def test_smoothing_a_kink_gives_the_share_of_noise_on_its_side() -> None:
    with unchanged():
        found = smooth_gradient(
            lambda batch: (batch > 0).astype(float), np.array([0.3]), noise=0.3, n=4000, seed=1
        )
    # The normal distribution function at 1; the deviation of the mean is 0.006.
    assert found[0] == pytest.approx(0.8413, abs=0.02)


def test_occlusion_is_that_of_torch_with_patches_cut_at_borders() -> None:
    case = REFERENCE["hidden"]
    w = np.array(case["w"])
    found = occlusion_map(
        lambda batch: np.sin((w * batch).sum(axis=(1, 2, 3))), np.array(case["x"]), case["patch"]
    )
    assert found == pytest.approx(np.array(case["drops"]), abs=1e-12)


def test_occlusion_of_a_linear_score_by_one_pixel_is_gradient_times_input() -> None:
    w = RNG.normal(size=X.shape)
    found = occlusion_map(lambda batch: (w * batch).sum(axis=(1, 2, 3)), X, 1)
    assert found == pytest.approx((w * X).sum(axis=0))


def test_occlusion_leaves_the_picture_alone() -> None:
    before = X.copy()
    occlusion_map(lambda batch: batch.sum(axis=(1, 2, 3)), X, 3)
    assert (before == X).all()


def test_a_share_counts_sizes() -> None:
    heat, inside = np.array([[3.0, -1.0], [0.0, -4.0]]), np.array([[True, False], [True, False]])
    assert share_inside(heat, inside) == pytest.approx(3 / 8)


def test_the_rank_correlation_is_that_of_scipy_also_with_ties() -> None:
    case = {name: np.array(values) for name, values in REFERENCE["ranks"].items()}
    found = rank_correlation(case["first"], case["second"])
    assert found == pytest.approx(float(case["correlation"]), rel=1e-12)


def test_the_rank_correlation_asks_for_the_order_alone() -> None:
    assert rank_correlation(X, np.exp(X)) == pytest.approx(1)
    assert rank_correlation(X, -(X**3)) == pytest.approx(-1)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: saliency_map(np.ones((3, 3))), r"gradient \(3, 3\) is not"),
        (lambda: saliency_map(np.full((1, 2, 2), np.nan)), "gradient holds nan"),
        (lambda: smooth_gradient(np.sign, ZERO, noise=-0.1, n=1, seed=0), "noise=-0.1"),
        (lambda: smooth_gradient(np.sign, ZERO, noise=0.1, n=0, seed=0), "n=0"),
        (lambda: integrated_gradients(np.sign, ZERO, ZERO, n_steps=0), "n_steps=0 is below 1"),
        (lambda: integrated_gradients(np.sign, ZERO, np.zeros(2), n_steps=1), "x .* and baseline"),
        (lambda: occlusion_map(np.sum, X, 2), "patch=2 odd"),
        (lambda: occlusion_map(np.sum, X[0], 3), r"x \(4, 5\) is \(C, H, W\)"),
        (lambda: rank_correlation(ZERO, np.arange(3.0)), "they have no order"),
        (lambda: rank_correlation(ZERO, np.zeros(4)), "first .* and second"),
        (lambda: share_inside(np.zeros((2, 2)), np.ones((2, 2), bool)), "zero everywhere"),
        (lambda: share_inside(np.ones((2, 2)), np.ones((2, 3), bool)), "heat .* and inside"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        call()
