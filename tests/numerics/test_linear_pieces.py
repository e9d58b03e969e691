"""Regions of hyperplanes, and the pieces of tents in a row."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.linear_pieces import count_pieces, region_bound, tent_network
from dlcv_viz.numerics.network import forward, random_network
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("mlp")


def dyadic(exponent: int = 14) -> FloatArray:
    return np.linspace(0, 1, 2**exponent + 1)


@pytest.mark.parametrize("case", REFERENCE["arrangements"], ids=str)
def test_region_bound_is_what_linear_programs_count_for_random_hyperplanes(
    case: dict[str, int],
) -> None:
    assert region_bound(case["n"], case["d"]) == case["count"]


def test_region_bound_is_that_of_the_curriculum_in_the_plane() -> None:
    assert [region_bound(n, 2) for n in (2, 3, 4, 8, 16)] == [4, 7, 11, 37, 137]


@pytest.mark.parametrize("d", [1, 2, 5])
def test_a_new_hyperplane_adds_as_many_regions_as_it_has_parts(d: int) -> None:
    for n in range(1, 12):
        assert region_bound(n, d) == region_bound(n - 1, d) + region_bound(n - 1, d - 1)


def test_few_hyperplanes_make_all_patterns_and_none_makes_one_region() -> None:
    assert [region_bound(n, 6) for n in range(7)] == [2**n for n in range(7)]
    assert region_bound(0, 0) == 1


@pytest.mark.parametrize(("n", "d"), [(-1, 2), (2, -1)])
def test_region_bound_names_what_is_below_zero(n: int, d: int) -> None:
    with pytest.raises(ValueError, match=f"n_hyperplanes={n}, dimension={d}"):
        region_bound(n, d)


@pytest.mark.parametrize("k", [1, 2, 3, 4, 5])
def test_tent_network_is_the_tent_of_absolute_values_applied_again_and_again(k: int) -> None:
    case: dict[str, Any] = REFERENCE["tents"]
    y = forward(tent_network(k), np.array(case["x"])[:, None]).outputs[:, 0]
    assert y == pytest.approx(case["heights"][k - 1], abs=1e-12)  # a tent doubles a rounding


@pytest.mark.parametrize("k", range(1, 7))
def test_tent_network_has_two_units_a_layer_and_two_to_the_k_pieces(k: int) -> None:
    network = tent_network(k)
    assert [len(b) for b in network.biases] == [2] * k + [1]
    y = forward(network, dyadic()[:, None]).outputs[:, 0]
    assert count_pieces(dyadic(), y) == 2**k
    assert (y.min(), y.max()) == (0, 1)


@pytest.mark.parametrize("seed", range(5))
def test_no_hidden_layer_of_n_relus_has_more_than_n_plus_one_pieces(seed: int) -> None:
    rng = np.random.default_rng(seed)
    network = random_network((1, 6, 1), seed=seed, hidden="relu")
    knots = rng.integers(-200, 1200, 6) / 1024  # on the grid, some outside the interval
    network.biases[0][:] = -network.weights[0][:, 0] * knots
    y = forward(network, dyadic(10)[:, None]).outputs[:, 0]
    inside = len({knot for knot in knots if 0 < knot < 1})
    assert count_pieces(dyadic(10), y) == inside + 1 <= region_bound(6, 1)


def test_count_pieces_takes_a_line_for_one_and_unequal_steps() -> None:
    x = np.array([0.0, 0.5, 2.0, 3.0])
    assert count_pieces(x, 3 * x - 1) == 1
    assert count_pieces(x, np.zeros(4)) == 1
    assert count_pieces(x, np.abs(x - 2)) == 2


@pytest.mark.parametrize(
    ("x", "y"),
    [([0.0], [1.0]), ([0.0, 1.0], [1.0]), ([0.0, 0.0, 1.0], [0.0, 1.0, 2.0]), ([1.0, 0.0], [0, 1])],
)
def test_count_pieces_refuses_what_is_no_curve(x: list[float], y: list[float]) -> None:
    with pytest.raises(ValueError, match="not places that rise"):
        count_pieces(np.array(x), np.array(y, float))


def test_tent_network_wants_a_layer() -> None:
    with pytest.raises(ValueError, match="k=0 is not at least 1"):
        tent_network(0)
