"""What halving does to shifts."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.convolution import correlate2d, pad2d
from dlcv_viz.numerics.downsampling import (
    BINOMIAL,
    Rule,
    blur_pool,
    max_halved,
    mean_halved,
    moved,
    shift_change,
    strided,
)
from dlcv_viz.numerics.pooling import avg_pool2d, max_pool2d
from dlcv_viz.types import FloatArray

RULES = (strided, max_halved, mean_halved, blur_pool)
TIGHT = 1e-12  # sums of a few numbers near 1


def drawn(*shape: int, seed: int = 0) -> FloatArray:
    return np.random.default_rng(seed).normal(size=shape)


def test_halving_by_maxima_and_means_is_pooling() -> None:
    x = drawn(3, 8, 6)
    assert max_halved(x, 2).tolist() == max_pool2d(x, 2).tolist()
    assert mean_halved(x, 2) == pytest.approx(avg_pool2d(x, 2), abs=TIGHT)
    assert max_halved(x).tolist() == max_pool2d(x, (1, 2)).tolist()
    assert strided(x, 2).tolist() == x[:, ::2, ::2].tolist()


def test_blurring_is_a_convolution_of_the_maxima_before_the_stride() -> None:
    x = drawn(8, 6)
    right = np.pad(x, ((0, 1), (0, 1)), mode="wrap")
    dense = pad2d(max_pool2d(right, 2, stride=1), 2, "circular")
    expected = correlate2d(dense, np.outer(BINOMIAL, BINOMIAL), stride=2)
    assert blur_pool(x, 2) == pytest.approx(expected, abs=TIGHT)


@pytest.mark.parametrize("axes", [1, 2])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_rule_follows_even_shifts_and_treats_odd_ones_alike(rule: Rule, axes: int) -> None:
    x = drawn(16, 16, seed=7)
    changes = [shift_change(rule, x, shift, axes=axes) for shift in range(6)]
    for even in changes[::2]:
        assert even == pytest.approx(0, abs=TIGHT)
    for odd in changes[3::2]:
        assert odd == pytest.approx(changes[1], abs=TIGHT)
    assert np.min(changes[1]) > 0.01  # none follows an odd shift


def test_only_frequencies_that_the_half_cannot_hold_fail_to_follow() -> None:
    n = np.arange(32)
    for frequency in (1, 5, 7):  # of at most 8, which half as many places can hold
        assert shift_change(strided, np.cos(2 * np.pi * frequency * n / 32), 1) < TIGHT
    for frequency in (9, 12, 15):
        assert shift_change(strided, np.cos(2 * np.pi * frequency * n / 32), 1) > 1


def test_a_shift_by_whole_places_is_a_roll_and_two_halves_are_one() -> None:
    x = drawn(9, 9)  # odd: no frequency is its own mirror image
    assert moved(x, 3, 2) == pytest.approx(np.roll(x, (3, 3), axis=(0, 1)), abs=TIGHT)
    twice = moved(moved(x, 0.5), 0.5)
    assert twice == pytest.approx(np.roll(x, 1, axis=1), abs=TIGHT)


def test_half_of_the_outputs_change_in_the_example_of_the_curriculum() -> None:
    x = np.array([0.0, 0, 1, 1, 0, 0, 1, 1])
    assert max_halved(x).tolist() == [0, 1, 0, 1]
    assert max_halved(np.roll(x, 1)).tolist() == [1, 1, 1, 1]


def test_a_constant_does_not_change() -> None:
    for rule in RULES:
        assert rule(np.full(8, 3.0), 1) == pytest.approx(np.full(4, 3.0), abs=TIGHT)
        assert shift_change(rule, np.full(8, 3.0), 1) == pytest.approx(0, abs=TIGHT)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: strided(np.ones(5)), "is odd"),
        (lambda: max_halved(np.array([np.nan, 1.0])), "x holds nan"),
        (lambda: blur_pool(np.ones(4), taps=(0.5, 0.5)), "no odd number"),
        (lambda: blur_pool(np.ones(4), taps=(1.0, 1.0, 1.0)), "with the sum 1"),
        (lambda: shift_change(strided, np.ones(4), -1), "shift=-1 is below 0"),
        (lambda: shift_change(strided, np.zeros(4), 1), "the result is zero"),
    ],
)
def test_what_cannot_be_halved_or_measured_is_refused(call: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
