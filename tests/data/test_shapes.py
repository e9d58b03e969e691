"""A disc and a square on a ground."""

import numpy as np
import pytest

from dlcv_viz.data.shapes import DISC, GROUND, SQUARE, shapes
from unchanged import unchanged


def test_each_part_has_its_grey_and_the_ramp_is_of_the_ground() -> None:
    picture, parts = shapes(64, ramp=0.3)
    disc, square = (np.unique(picture[parts == part]) for part in (DISC, SQUARE))
    assert len(disc) == len(square) == 1
    ground = picture[parts == GROUND]
    assert ground.max() - ground.min() == pytest.approx(0.3 * 63 / 64)
    assert ground.max() < square[0] < disc[0]


def test_areas_are_those_of_a_disc_and_a_square() -> None:
    _, parts = shapes(200)
    assert (parts == DISC).mean() == pytest.approx(np.pi * 0.23**2, abs=0.002)
    assert (parts == SQUARE).mean() == pytest.approx(0.38**2, abs=0.004)


def test_noise_has_its_deviation_and_its_seed() -> None:
    with unchanged():
        clean, one, same, other = (
            shapes(96, noise=sd, seed=seed)[0]
            for sd, seed in ((0, 0), (0.2, 1), (0.2, 1), (0.2, 2))
        )
    assert (one - clean).std() == pytest.approx(0.2, rel=0.03)
    assert (one == same).all()
    assert (one != other).any()


def test_what_cannot_be_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="side=15 is below 16"):
        shapes(15)
    with pytest.raises(ValueError, match=r"noise=-0.1 is below 0"):
        shapes(32, noise=-0.1)
