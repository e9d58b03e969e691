"""Fixed kernels and edges: against scipy, and by what they promise."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.classical_kernels import KERNELS, SOBEL_X, gaussian1d, gaussian2d
from dlcv_viz.numerics.edge_detection import (
    best_threshold,
    f1_score,
    near,
    outline,
    smoothed,
    sobel_gradient,
)
from frozen import frozen

REFERENCE = frozen("conv_layer")["edges"]
X = np.array(REFERENCE["x"])
NINE = 5e-9  # nine decimals were kept
DOT = np.zeros((5, 6), bool)
DOT[1, 2] = True


@pytest.mark.parametrize("deviation", [1, 2])
def test_pictures_are_blurred_as_by_scipy(deviation: int) -> None:
    expected = np.array(REFERENCE["blurred"][str(deviation)])
    assert smoothed(X, deviation) == pytest.approx(expected, abs=NINE)


def test_no_deviation_is_no_blur() -> None:
    assert (smoothed(X, 0) == X).all()


def test_slopes_are_those_of_scipy() -> None:
    for found, name in zip(sobel_gradient(X), ("across", "down"), strict=True):
        assert found == pytest.approx(np.array(REFERENCE[name]), abs=NINE)


def test_a_ramp_has_eight_times_its_slope_inside() -> None:
    y, x = np.mgrid[:5, :6].astype(float)
    across, down = sobel_gradient(3 * x - 0.5 * y)
    assert across[1:-1, 1:-1] == pytest.approx(np.full((3, 4), 24))
    assert down[1:-1, 1:-1] == pytest.approx(np.full((3, 4), -4))


@pytest.mark.parametrize("name", KERNELS)
def test_kernels_that_keep_brightness_sum_to_1_and_those_of_edges_to_0(name: str) -> None:
    is_edge = name in {"Sobel x", "Sobel y", "Laplacian"}
    assert KERNELS[name].sum() == pytest.approx(0 if is_edge else 1)


def test_gaussians_and_sobel_are_separable_and_the_laplacian_is_not() -> None:
    ranks = {name: np.linalg.matrix_rank(kernel) for name, kernel in KERNELS.items()}
    assert ranks["Gaussian"] == ranks["Sobel x"] == ranks["Sobel y"] == ranks["box"] == 1
    assert ranks["Laplacian"] == ranks["sharpen"] == 2
    assert SOBEL_X.tolist() == [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]


def test_a_sampled_gaussian_is_symmetric_and_falls_as_the_density_does() -> None:
    kernel = gaussian1d(1.5)
    assert len(kernel) == 2 * 5 + 1
    assert kernel == pytest.approx(kernel[::-1])
    assert kernel[7] / kernel[5] == pytest.approx(np.exp(-4 / 4.5))
    assert gaussian2d(1.5).sum() == pytest.approx(1)


def test_an_outline_is_at_both_sides_of_a_border_and_not_at_corners() -> None:
    parts = np.zeros((5, 6), np.int64)
    parts[1:3, 2:5] = 7
    drawn = ["".join("#" if pixel else "." for pixel in row) for row in outline(parts)]
    assert drawn == ["..###.", ".#####", ".#####", "..###.", "......"]


def test_near_is_a_pixel_and_its_neighbours_to_the_border() -> None:
    assert near(DOT).sum() == 9
    assert near(np.roll(DOT, 2, axis=0))[2:5, 1:4].all()
    corner = np.zeros((3, 3), bool)
    corner[0, 0] = True
    assert near(corner).sum() == 4


def test_a_score_is_1_for_the_truth_and_one_pixel_aside_and_0_for_nothing() -> None:
    answers = np.stack([DOT, np.roll(DOT, 1, axis=1), np.roll(DOT, 2, axis=1), DOT & False])
    assert f1_score(answers, DOT).tolist() == [1, 1, 0, 0]


def test_a_score_is_the_harmonic_mean_of_precision_and_recall() -> None:
    truth = DOT | np.roll(DOT, 3, axis=1)  # two pixels, of which one is found among four
    found = DOT.copy()
    found[4, 1:4] = True
    assert f1_score(found, truth) == pytest.approx(2 * (1 / 4) * (1 / 2) / (1 / 4 + 1 / 2))


def test_the_best_threshold_is_the_first_of_the_best() -> None:
    magnitude = 0.1 + 0.8 * DOT
    assert best_threshold(magnitude, DOT, np.array([0.05, 0.2, 0.6, 0.95])) == (0.2, 1.0)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: gaussian1d(0), "deviation=0 is not above 0"),
        (lambda: gaussian1d(float("nan")), "deviation=nan is not above 0"),
        (lambda: gaussian1d(1, -1), "radius=-1 is below 0"),
        (lambda: f1_score(DOT, DOT & False), "no pixel to be found"),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
