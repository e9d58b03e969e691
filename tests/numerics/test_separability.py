"""Margins, bounds, counts and the widest strip."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.separability import (
    angle,
    cover_count,
    geometric_margin,
    max_margin_line,
    mistake_bound,
    separable_functions,
    signed_distance,
    threshold_functions,
)
from frozen import frozen

REFERENCE = frozen("perceptron")
LOOSE = 1e-4  # libsvm stops some 1e-6 short of the optimum, and the direction feels its root


@pytest.mark.parametrize("case", REFERENCE["max_margin"], ids=lambda case: f"seed {case['seed']}")
def test_max_margin_line_is_the_one_of_a_support_vector_machine(case: dict[str, Any]) -> None:
    x, y = np.array(case["x"]), np.array(case["y"])
    w, b, is_support = max_margin_line(x, y)
    assert w == pytest.approx(case["w"], abs=LOOSE)
    assert b == pytest.approx(case["b"], abs=LOOSE)
    assert np.flatnonzero(is_support).tolist() == case["support"]
    assert geometric_margin(np.array([*w]), x + b * w, y) == pytest.approx(
        case["margin"], rel=LOOSE
    )


@pytest.mark.parametrize("seed", range(8))
def test_max_margin_line_is_not_beaten_by_any_direction(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y = rng.normal(size=(9, 2)), np.array([1] * 4 + [-1] * 5)
    x[y > 0] += 4 * np.array([np.cos(seed), np.sin(seed)])
    w, b, _ = max_margin_line(x, y)
    found = (y * (x @ w + b)).min()
    for turn in np.linspace(0, 2 * np.pi, 721):
        along = x @ [np.cos(turn), np.sin(turn)]
        assert (along[y > 0].min() - along[y < 0].max()) / 2 <= found + 1e-12


def test_max_margin_line_holds_two_points_of_a_class_on_one_side() -> None:
    x = np.array([[0.0, 0.0], [0.0, 2.0], [3.0, 1.0], [9.0, 9.0]])
    w, b, is_support = max_margin_line(x, np.array([-1, -1, 1, 1]))
    assert w == pytest.approx([1, 0])
    assert b == pytest.approx(-1.5)
    assert is_support.tolist() == [True, True, True, False]


@pytest.mark.parametrize("case", REFERENCE["cover"], ids=lambda case: f"{case['n']}-{case['d']}")
def test_cover_count_is_what_linear_programs_separate(case: dict[str, int]) -> None:
    assert cover_count(case["n"], case["d"]) == case["count"]


@pytest.mark.parametrize(("n", "d", "count"), [(4, 3, 14), (8, 4, 128), (16, 5, 3882)])
def test_cover_count_is_that_of_the_curriculum(n: int, d: int, count: int) -> None:
    assert cover_count(n, d) == count


@pytest.mark.parametrize("d", range(1, 9))
def test_cover_count_is_half_of_all_labellings_at_the_capacity(d: int) -> None:
    assert cover_count(2 * d, d) == 2 ** (2 * d - 1)
    assert cover_count(d, d) == 2**d


@pytest.mark.parametrize("case", REFERENCE["boolean"], ids=lambda case: f"{case['n']} inputs")
def test_separable_functions_are_those_that_linear_programs_separate(case: dict[str, int]) -> None:
    assert separable_functions(case["n"]) == case["count"]


def test_separable_functions_of_four_inputs_are_as_many_as_muroga_counted() -> None:
    assert separable_functions(4) == 1882


def test_threshold_functions_of_two_inputs_are_all_but_xor_and_its_opposite() -> None:
    every = {tuple(int(bit) for bit in f"{code:04b}") for code in range(16)}
    found = {tuple(row) for row in threshold_functions(2).tolist()}
    assert every - found == {(0, 1, 1, 0), (1, 0, 0, 1)}


def test_geometric_margin_does_not_depend_on_the_length_of_the_direction() -> None:
    x, y = np.array([[2.0, 1.0], [1.0, 2.0], [-1.0, -1.0], [-2.0, 0.0]]), np.array([1, 1, -1, -1])
    for length in (0.1, 1, 30):
        assert geometric_margin(np.array([length, length]), x, y) == pytest.approx(np.sqrt(2))
    assert geometric_margin(np.array([-1.0, 0.0]), x, y) == -2


def test_mistake_bound_is_the_squared_ratio_of_radius_and_margin() -> None:
    x = np.array([[2.0, 1.0], [1.0, 2.0], [-1.0, -1.0], [-2.0, 0.0]])
    assert mistake_bound(x, np.sqrt(2)) == pytest.approx(2.5)
    assert mistake_bound(10 * x, 10 * np.sqrt(2)) == pytest.approx(2.5)


def test_signed_distance_is_that_of_the_foot_of_the_perpendicular() -> None:
    rng = np.random.default_rng(5)
    x, w, b = rng.normal(size=(7, 3)), rng.normal(size=3), 0.7
    distance = signed_distance(x, w, b)
    feet = x - distance[:, None] * w / np.linalg.norm(w)
    assert feet @ w + b == pytest.approx(np.zeros(7), abs=1e-12)
    assert (np.sign(distance) == np.sign(x @ w + b)).all()


@pytest.mark.parametrize(
    ("u", "v", "degrees"),
    [((1, 0), (0, 2), 90), ((1, 1), (3, 3), 0), ((0, 1), (0, -5), 180), ((1, 0), (1, 3**0.5), 60)],
)
def test_angle_is_the_smaller_one_in_degrees(
    u: tuple[float, float], v: tuple[float, float], degrees: float
) -> None:
    assert angle(np.array(u, float), np.array(v, float)) == pytest.approx(degrees, abs=1e-5)


SQUARE = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mistake_bound(np.ones((2, 2)), 0.0), r"margin=0\.0 is not above 0"),
        (lambda: cover_count(0, 3), "n_points=0, n_weights=3: both are at least 1"),
        (lambda: separable_functions(5), "n_inputs=5 is not from 1 to 4"),
        (lambda: max_margin_line(SQUARE, np.array([-1, 1, 1, -1])), "no line separates"),
    ],
    ids=["margin", "count", "inputs", "xor"],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
