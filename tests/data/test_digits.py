"""The ten digits and their noise."""

from itertools import combinations

import numpy as np
import pytest

from dlcv_viz.data.digits import SHAPE, digit, noisy_digits
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


def test_no_global_state_is_touched() -> None:
    with unchanged():
        noisy_digits(3, 0.5, seed=0)
