"""The ten digits and their noise."""

from collections.abc import Callable
from itertools import combinations

import numpy as np
import pytest

from dlcv_viz.data.digits import SHAPE, digit, digit_strip, noisy_digits, placed_digits
from unchanged import unchanged


def test_every_digit_is_ink_on_paper() -> None:
    for n in range(10):
        assert digit(n).shape == SHAPE
        assert set(digit(n).flat) == {0, 1}


def test_a_three_looks_like_one() -> None:
    rows = ["".join("#" if ink else "." for ink in row) for row in digit(3)]
    assert rows == ["####.", "....#", "....#", ".###.", "....#", "....#", "####."]


def test_any_two_digits_differ_in_more_than_two_pixels() -> None:
    for a, b in combinations(range(10), 2):
        assert (digit(a) != digit(b)).sum() > 2, (a, b)


def test_without_noise_each_picture_is_its_digit() -> None:
    x, y = noisy_digits(50, 0, seed=3)
    assert set(y.tolist()) == set(range(10))
    for picture, n in zip(x, y.tolist(), strict=True):
        assert (picture.reshape(SHAPE) == digit(n)).all()


def test_noise_has_the_asked_spread_and_stays_between_paper_and_ink() -> None:
    x, y = noisy_digits(2000, 0.1, seed=0)
    assert (x >= 0).all()
    assert (x <= 1).all()
    paper = x[np.stack([digit(n).ravel() for n in y.tolist()]) == 0]
    # Half of a normal distribution is cut to 0: the mean of the rest is sigma / sqrt(2 pi).
    assert paper.mean() == pytest.approx(0.1 / np.sqrt(2 * np.pi), rel=0.02)


def test_the_seed_decides() -> None:
    one, other = noisy_digits(5, 0.2, seed=1), noisy_digits(5, 0.2, seed=1)
    assert (one[0] == other[0]).all()
    assert (one[0] != noisy_digits(5, 0.2, seed=2)[0]).any()


def test_noise_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match=r"noise=-0\.1 is below 0"):
        noisy_digits(1, -0.1, seed=0)


def test_a_placed_digit_is_the_digit_in_larger_pixels_off_the_middle() -> None:
    x, y = placed_digits(200, shift=4, noise=0, seed=0)
    corners = set()
    for picture, n in zip(x, y.tolist(), strict=True):
        rows, columns = (np.flatnonzero(picture.any(axis=axis)) for axis in (1, 0))
        inked = digit(n)[:, digit(n).any(axis=0)]  # a one has paper at its sides
        box = picture[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        assert (box == np.kron(inked, np.ones((3, 3)))).all()
        corners.add(int(rows[0]))
    assert corners == set(range(1, 10))  # 5 is the middle


def test_a_strip_has_its_first_digit_where_a_field_has_one() -> None:
    strip = digit_strip([7, 0, 7], 20, noise=0, seed=0)
    assert strip.shape == (32, 72)
    assert (strip[:, 8:23] == strip[:, 48:63]).all()
    (field,) = placed_digits(1, shift=0, noise=0, seed=3)[0]
    assert field.any(axis=1).tolist() == strip.any(axis=1).tolist()


def test_noise_over_a_field_is_not_cut() -> None:
    x, _ = placed_digits(50, shift=5, noise=0.3, seed=0)
    paper = x[:, :, :2]  # no shift reaches these
    assert paper.std() == pytest.approx(0.3, rel=0.05)
    assert paper.min() < -0.5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: placed_digits(1, shift=6, noise=0, seed=0), "shift=6 is not from 0 to 5"),
        (lambda: placed_digits(1, shift=-1, noise=0, seed=0), "shift=-1"),
        (lambda: placed_digits(1, shift=1, noise=-1, seed=0), "noise=-1 is below 0"),
        (lambda: digit_strip([1, 2], 14, noise=0, seed=0), "pitch=14 is below 15"),
        (lambda: digit_strip([1], 20, noise=-0.5, seed=0), "noise=-0.5 is below 0"),
    ],
)
def test_fields_that_cannot_be_drawn_are_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_no_global_state_is_touched() -> None:
    with unchanged():
        noisy_digits(3, 0.5, seed=0)
        placed_digits(3, shift=1, noise=0.5, seed=0)
