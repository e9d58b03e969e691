"""Dense, local and shared layers: their counts, and their matrices."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.connectivity import (
    banded_matrix,
    dense_parameters,
    ladder,
    toeplitz_matrix,
)
from dlcv_viz.numerics.convolution import correlate1d
from frozen import frozen

FROZEN = frozen("cv_intro")


@pytest.mark.parametrize("case", FROZEN["parameters"], ids=lambda case: str(case["shape"]))
def test_a_dense_layer_has_as_many_parameters_as_that_of_torch(case: dict[str, Any]) -> None:
    assert dense_parameters(case["shape"], case["units"]) == case["count"]


@pytest.mark.parametrize("case", FROZEN["kernels"], ids=lambda case: str(case["side"]))
def test_a_shared_layer_has_as_many_weights_as_a_convolution_of_torch(case: dict[str, Any]) -> None:
    window = case["side"] ** 2 * case["channels"]
    counts = ladder(9 * window, 100 * case["maps"], window=window, n_kernels=case["maps"])
    assert counts[2] == case["count"]


def test_the_ladder_counts_the_entries_of_the_matrices() -> None:
    n, k = 11, 4
    rng = np.random.default_rng(2)
    windows, kernel = rng.normal(size=(n - k + 1, k)), rng.normal(size=k)
    dense, local, shared = ladder(n, n - k + 1, window=k)
    band, tied = banded_matrix(windows, n), toeplitz_matrix(kernel, n)
    assert dense == band.size
    assert local == np.count_nonzero(band) == np.unique(band[band != 0]).size
    assert shared == np.unique(tied[tied != 0]).size


@pytest.mark.parametrize("case", FROZEN["matrices"], ids=lambda case: str(case["n"]))
def test_the_matrix_of_a_correlation_is_that_of_scipy(case: dict[str, Any]) -> None:
    matrix = toeplitz_matrix(np.array(case["kernel"]), case["n"])
    assert matrix.tolist() == case["matrix"]


@pytest.mark.parametrize(("n", "k"), [(8, 2), (9, 9), (20, 5)])
def test_the_matrix_times_a_signal_is_the_correlation(n: int, k: int) -> None:
    rng = np.random.default_rng(n)
    x, kernel = rng.normal(size=n), rng.normal(size=k)
    # A rounding for each product: the values are of the size of 1.
    assert toeplitz_matrix(kernel, n) @ x == pytest.approx(correlate1d(x, kernel), abs=1e-13)


def test_every_window_of_a_banded_matrix_has_weights_of_its_own() -> None:
    windows = np.arange(1.0, 9.0).reshape(4, 2)
    result = banded_matrix(windows, 5) @ np.array([1.0, 10, 100, 1000, 10000])
    assert result.tolist() == [21, 430, 6500, 87000]


def test_layers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="n_units=0 is below 1"):
        dense_parameters((2, 2, 3), 0)
    with pytest.raises(ValueError, match=r"shape=\(2, 0, 3\) is below 1"):
        dense_parameters((2, 0, 3), 5)
    with pytest.raises(ValueError, match="window=5 of 4 inputs"):
        ladder(4, 4, window=5)
    with pytest.raises(ValueError, match="n_kernels=9 of 8 outputs"):
        ladder(20, 8, window=2, n_kernels=9)
    with pytest.raises(ValueError, match="window=0 is below 1"):
        ladder(4, 4, window=0)


@pytest.mark.parametrize("windows", [np.ones((3, 2)), np.ones(4), np.ones((5, 0))])
def test_windows_that_do_not_fit_are_refused(windows: Any) -> None:
    with pytest.raises(ValueError, match="do not fit 5 inputs"):
        banded_matrix(windows, 5)


@pytest.mark.parametrize("kernel", [np.ones(6), np.ones((2, 2)), np.ones(0)])
def test_kernels_that_do_not_fit_are_refused(kernel: Any) -> None:
    with pytest.raises(ValueError, match="does not fit 5 inputs"):
        toeplitz_matrix(kernel, 5)


def test_weights_that_are_not_finite_are_refused() -> None:
    with pytest.raises(ValueError, match="windows holds nan"):
        toeplitz_matrix(np.array([1.0, np.nan]), 4)
