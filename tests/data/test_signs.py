"""Rings, pluses and diagonals, and their places."""

import numpy as np
import pytest

from dlcv_viz.data.signs import NAMES, SIDE, SIZE, noisy_signs, sign, sign_pairs
from unchanged import unchanged


def test_a_plus_looks_like_one() -> None:
    rows = ["".join("#" if on else "." for on in row) for row in sign(NAMES.index("plus"))]
    assert rows == ["...#..."] * 3 + ["#######"] + ["...#..."] * 3


def test_signs_fill_their_size_and_have_the_symmetry_of_their_names() -> None:
    for n in range(len(NAMES)):
        assert sign(n).shape == (SIZE, SIZE)
        assert sign(n).any(axis=0).all()
        assert sign(n).any(axis=1).all()
    ring, plus, diagonal = map(sign, range(3))
    for symmetric in (ring, plus):
        assert (np.rot90(symmetric) == symmetric).all()
    assert ring[SIZE // 2, SIZE // 2] == 0
    assert (diagonal == diagonal.T).all()
    assert (np.rot90(diagonal) != diagonal).any()


def test_each_picture_has_the_sign_of_its_class_at_its_corner() -> None:
    x, y, corners = noisy_signs(300, seed=0, noise=0)
    for picture, n, (top, left) in zip(x, y.tolist(), corners.tolist(), strict=True):
        assert (picture[top : top + SIZE, left : left + SIZE] == sign(n)).all()
        assert picture.sum() == sign(n).sum()
    assert set(y.tolist()) == {0, 1, 2}
    assert {tuple(corner) for corner in corners.tolist()} == set(np.ndindex(6, 6))


def test_a_pair_has_one_sign_in_each_half_and_never_the_same() -> None:
    x, y = sign_pairs(100, seed=0, noise=0)
    assert x.shape == (100, SIDE, 2 * SIDE)
    for half, classes in zip((x[:, :, :SIDE], x[:, :, SIDE:]), y.T, strict=True):
        assert half.sum(axis=(1, 2)).tolist() == [sign(n).sum() for n in classes.tolist()]
    assert set(map(tuple, y.tolist())) == {(a, b) for a, b in np.ndindex(3, 3) if a != b}


def test_noise_has_the_deviation_that_was_asked_for() -> None:
    clean, noisy = (noisy_signs(60, seed=1, noise=noise)[0] for noise in (0, 0.2))
    assert (noisy - clean).std() == pytest.approx(0.2, rel=0.04)  # 5 deviations of 8640 draws
    assert (sign_pairs(60, seed=1, noise=0.2)[0] - sign_pairs(60, seed=1, noise=0)[0]).std() > 0.19


def test_a_seed_gives_the_same_pictures_and_another_seed_others() -> None:
    with unchanged():
        one, same, other = (noisy_signs(5, seed=seed)[0] for seed in (3, 3, 4))
        pair, again = (sign_pairs(5, seed=3)[0] for _ in range(2))
    assert (one == same).all()
    assert (one != other).any()
    assert (pair == again).all()


def test_noise_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match=r"noise=-0\.1 is below 0"):
        noisy_signs(1, seed=0, noise=-0.1)
    with pytest.raises(ValueError, match=r"noise=-0\.1 is below 0"):
        sign_pairs(1, seed=0, noise=-0.1)
