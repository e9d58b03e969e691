"""How much pixels of a receptive field count, against torch and against the theory."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.effective_field import (
    effective_width,
    gradient_shares,
    path_counts,
    random_stack_shares,
    spread,
)
from dlcv_viz.numerics.receptive_field import receptive_field
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("vgg")
SHARES = REFERENCE["shares"]
X, KERNELS = np.array(SHARES["x"]), [np.array(w) for w in SHARES["kernels"]]


def stacks() -> list[tuple[list[tuple[int, int, int]], FloatArray]]:
    return [([tuple(k) for k in c["layers"]], np.array(c["paths"])) for c in REFERENCE["paths"]]


@pytest.mark.parametrize(("layers", "paths"), stacks())
def test_paths_are_torchs_gradients_where_all_taps_are_1(
    layers: list[tuple[int, int, int]], paths: FloatArray
) -> None:
    along = path_counts(layers)
    assert np.outer(along, along) == pytest.approx(paths)
    assert len(along) == receptive_field(layers)[-1].size


@pytest.mark.parametrize(("layers", "paths"), stacks())
def test_the_width_is_the_deviation_of_the_paths(
    layers: list[tuple[int, int, int]], paths: FloatArray
) -> None:
    assert effective_width(layers) == pytest.approx(spread(paths), rel=1e-12)


@pytest.mark.parametrize("n", [0, 1, 5, 40])
def test_the_width_of_a_stack_is_the_root_of_two_thirds_of_its_depth(n: int) -> None:
    assert effective_width([(3, 1, 1)] * n) == pytest.approx(math.sqrt(2 * n / 3), abs=1e-12)


def test_paths_become_a_normal_distribution() -> None:
    n = 60
    shares = path_counts([(3, 1, 1)] * n) / 3.0**n
    width, away = effective_width([(3, 1, 1)] * n), np.arange(-n, n + 1)
    normal = np.exp(-(away**2) / (2 * width**2)) / (width * math.sqrt(2 * math.pi))
    # The first term that is left is of the order of 1/n of the peak.
    assert np.abs(shares - normal).max() < normal.max() / n


def test_shares_of_a_relu_stack_are_those_of_torch() -> None:
    assert gradient_shares(X, KERNELS) == pytest.approx(np.array(SHARES["shares"]), rel=1e-9)


def test_random_stacks_are_as_wide_as_equal_taps_on_average() -> None:
    n = 6
    widths = [spread(random_stack_shares(n, seed=seed)) for seed in range(12)]
    # Single draws scatter by some 5%, the mean of twelve by less than 2%.
    assert np.mean(widths) == pytest.approx(effective_width([(3, 1, 1)] * n), rel=0.06)


def test_random_shares_have_their_seed_and_add_up() -> None:
    one, same, other = (random_stack_shares(3, seed=seed) for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()
    assert one.shape == (7, 7)
    assert one.sum() == pytest.approx(1)


def test_a_spread_is_told_along_an_axis_and_of_a_square_the_mean() -> None:
    assert spread(np.array([1.0, 0, 1])) == 1
    assert spread(5 * np.eye(3)) == pytest.approx(math.sqrt(2 / 3))
    assert spread(np.array([[0.0, 0, 0], [1, 0, 1], [0, 0, 0]])) == pytest.approx(math.sqrt(0.5))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: path_counts([(3, 0, 1)]), "stride=0 is below 1"),
        (lambda: effective_width([(0, 1, 1)]), "kernel=0 is below 1"),
        (lambda: spread(np.ones((2, 3))), "neither a line nor a square"),
        (lambda: spread(np.array([1.0, -1])), "at least 0"),
        (lambda: spread(np.zeros(3)), "one is above"),
        (lambda: gradient_shares(np.zeros((3, 2, 9, 9)), KERNELS), "not as large as the field"),
        (lambda: gradient_shares(X, []), "the field of 0"),
        (lambda: gradient_shares(X, [0 * w for w in KERNELS]), "no pixel counts"),
        (lambda: random_stack_shares(0, seed=0), "n_layers=0 is below 1"),
    ],
)
def test_what_has_no_field_is_refused(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
