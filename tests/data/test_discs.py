"""Discs on a ground."""

import numpy as np
import pytest

from dlcv_viz.data.discs import discs
from unchanged import unchanged


@pytest.mark.parametrize(("radius", "n_pixels"), [(0, 1), (0.5, 1), (1, 5), (1.5, 9), (2, 13)])
def test_a_disc_has_the_pixels_whose_middle_is_near(radius: float, n_pixels: int) -> None:
    picture = discs((9, 11), [(4, 6, radius)])
    assert (picture.shape, picture[4, 6]) == ((9, 11), 1)
    assert picture.sum() == n_pixels


def test_a_large_disc_has_its_area() -> None:
    assert discs((99, 99), [(49, 49, 40)]).mean() == pytest.approx(np.pi * 40**2 / 99**2, rel=0.01)


def test_noise_has_its_deviation_and_its_seed() -> None:
    with unchanged():
        one, same, other = (discs((80, 80), [], noise=0.2, seed=seed) for seed in (1, 1, 2))
    assert one.std() == pytest.approx(0.2, rel=0.05)
    assert (one == same).all()
    assert (one != other).any()


def test_what_cannot_be_is_refused() -> None:
    for places, noise in (([(1, 1, -1.0)], 0.0), ([], -0.1)):
        with pytest.raises(ValueError, match="below 0"):
            discs((3, 3), places, noise=noise)
