"""Crosses and their places."""

import numpy as np
import pytest

from dlcv_viz.data.crosses import cross, noisy_crosses


def test_the_two_crosses_have_as_many_bright_pixels() -> None:
    upright, slanted = (cross(is_slanted=slanted) for slanted in (False, True))
    assert np.unique(upright).tolist() == np.unique(slanted).tolist() == [0, 1]
    assert upright.sum() == slanted.sum() == 9
    assert (upright * slanted).sum() == 1  # the middle


def test_each_picture_has_the_cross_of_its_label_in_one_of_the_columns() -> None:
    x, y = noisy_crosses(60, [2, 3, 7], seed=0, noise=0)
    lefts = set()
    for picture, label in zip(x, y, strict=True):
        rows, columns = np.nonzero(picture)
        top, left = rows.min(), columns.min()
        lefts.add(int(left))
        assert (picture[top : top + 5, left : left + 5] == cross(is_slanted=bool(label))).all()
        assert picture.sum() == 9
    assert lefts == {2, 3, 7}
    assert set(y.tolist()) == {0, 1}


def test_noise_has_the_deviation_that_was_asked_for() -> None:
    x, _ = noisy_crosses(50, [0], seed=1, noise=0.2)
    away = x[:, :, 5:]
    assert away.std() == pytest.approx(0.2, rel=0.04)  # 5 deviations of 8800 draws
    assert away.mean() == pytest.approx(0, abs=0.01)


def test_a_seed_gives_the_same_pictures_and_another_seed_others() -> None:
    one, same, other = (noisy_crosses(5, [1], seed=seed)[0] for seed in (3, 3, 4))
    assert (one == same).all()
    assert (one != other).all()


def test_places_and_noise_that_cannot_be_are_refused() -> None:
    for columns in ([], [-1], [12]):
        with pytest.raises(ValueError, match="are not from 0 to 11"):
            noisy_crosses(3, columns, seed=0)
    with pytest.raises(ValueError, match=r"noise=-0\.1 is below 0"):
        noisy_crosses(3, [0], seed=0, noise=-0.1)
