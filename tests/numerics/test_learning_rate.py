"""Schedules against torch, and by what defines them."""

from itertools import count
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.learning_rate import (
    cosine_schedule,
    inverse_decay,
    layer_rates,
    slanted_triangular,
    step_decay,
    warmed_up_cosine,
)
from frozen import frozen

REFERENCE = frozen("optimizers")["schedules"]
T = np.arange(31)


def test_cosine_is_that_of_torch() -> None:
    rates = cosine_schedule(T, n_steps=30, most=0.4, least=0.01)
    assert rates == pytest.approx(REFERENCE["cosine"], rel=1e-12)  # theirs is a recursion


def test_steps_are_those_of_torch() -> None:
    rates = step_decay(T, first=0.4, factor=0.3, every=7)
    assert rates == pytest.approx(REFERENCE["steps"], rel=1e-13)


def test_cosine_falls_from_end_to_end_and_is_half_way_in_the_middle() -> None:
    rates = cosine_schedule(T, n_steps=30, most=0.3, least=0.1)
    assert rates[[0, 15, 30]] == pytest.approx([0.3, 0.2, 0.1], rel=1e-14)
    assert (np.diff(rates) < 0).all()


def test_warm_up_rises_in_a_line_to_the_most_and_then_is_a_cosine() -> None:
    rates = warmed_up_cosine(T, n_steps=30, n_warm=10, most=0.5, least=0.1)
    assert rates[:10] == pytest.approx(0.05 * np.arange(1, 11), rel=1e-14)
    after = cosine_schedule(np.arange(21), n_steps=20, most=0.5, least=0.1)
    assert rates[10:] == pytest.approx(after, rel=1e-14)


def test_inverse_decay_adds_up_without_end_and_its_squares_do_not() -> None:
    rates = inverse_decay(np.arange(1, 100_001), first=1.0)
    sums = np.cumsum(rates)[[99, 9_999]]
    assert np.diff(sums)[0] == pytest.approx(np.log(100), abs=0.01)  # as much for every such step
    assert (rates**2).sum() == pytest.approx(np.pi**2 / 6, abs=1e-4)


def test_the_slanted_triangle_goes_in_lines_from_the_least_to_the_most_and_back() -> None:
    rates = slanted_triangular(T, n_steps=30, n_rise=6, most=0.5, ratio=20)
    assert rates == pytest.approx(np.interp(T, [0, 6, 30], [0.025, 0.5, 0.025]), rel=1e-13)


def test_from_layer_to_layer_the_rate_shrinks_by_one_factor() -> None:
    rates = layer_rates(10, top=1e-3, factor=0.9)
    assert rates[[0, 4, 8, 9]] == pytest.approx([3.87420489e-4, 5.9049e-4, 9e-4, 1e-3], rel=1e-12)
    assert rates[1:] / rates[:-1] == pytest.approx(np.full(9, 1 / 0.9), rel=1e-13)
    assert layer_rates(3, top=0.2, factor=1).tolist() == [0.2, 0.2, 0.2]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: cosine_schedule(T, n_steps=29, most=1.0), "from 0 to 30"),
        (lambda: cosine_schedule(T, n_steps=30, most=0.0), "most"),
        (lambda: cosine_schedule(T, n_steps=30, most=1.0, least=2.0), "least"),
        (lambda: warmed_up_cosine(T, n_steps=30, n_warm=0, most=1.0), "n_warm=0"),
        (lambda: warmed_up_cosine(T, n_steps=30, n_warm=30, most=1.0), "n_warm=30"),
        (lambda: step_decay(T - 1, first=1.0, factor=0.1, every=2), "from -1"),
        (lambda: step_decay(T, first=1.0, factor=np.nan, every=2), "factor"),
        (lambda: slanted_triangular(T, n_steps=30, n_rise=30, most=1.0), "n_rise=30"),
        (lambda: slanted_triangular(T, n_steps=30, n_rise=3, most=1.0, ratio=0.5), "ratio=0.5"),
        (lambda: slanted_triangular(T, n_steps=20, n_rise=3, most=1.0), "from 0 to 30"),
        (lambda: layer_rates(0, top=1.0, factor=0.5), "n_layers=0"),
        (lambda: layer_rates(3, top=1.0, factor=1.5), "factor=1.5"),
        (lambda: layer_rates(3, top=0.0, factor=0.5), "top"),
        (lambda: inverse_decay(T, first=1.0), "below 1"),
        (lambda: inverse_decay(T + 1, first=-1.0), "first"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wrong()
