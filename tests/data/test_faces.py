"""Heads of cats and bears."""

from dataclasses import replace

import numpy as np
import pytest

from dlcv_viz.data.faces import BEAR, CAT, Look, face

SIDE = 64
EVERY = [
    replace(CAT, scale=0.6),
    replace(CAT, tilt=0.5),
    replace(CAT, turn=0.7),
    replace(CAT, fur=0.3),
    replace(CAT, ears=0.6),
    replace(CAT, light=0.7),
    replace(CAT, slope=0.5),
    replace(CAT, is_hidden=True),
    replace(CAT, is_cluttered=True),
    BEAR,
]


@pytest.mark.parametrize("look", EVERY, ids=range(len(EVERY)))
def test_every_part_of_a_look_is_seen_and_stays_a_grey_value(look: Look) -> None:
    grey = face(look, side=SIDE)
    assert grey.shape == (SIDE, SIDE)
    assert grey.min() >= 0
    assert grey.max() <= 1
    assert np.abs(grey - face(CAT, side=SIDE)).max() > 0.05


def test_a_cat_and_a_bear_differ_in_their_ears_only() -> None:
    rows, _ = np.nonzero(face(CAT, side=SIDE) != face(BEAR, side=SIDE))
    assert rows.max() < SIDE / 2


def test_a_head_from_the_front_is_its_own_mirror_image() -> None:
    grey = face(CAT, side=SIDE)
    assert grey == pytest.approx(grey[:, ::-1], abs=1e-12)
    turned = face(replace(CAT, turn=0.5), side=SIDE)
    assert np.abs(turned - turned[:, ::-1]).max() > 0.3


def test_light_scales_every_grey_value() -> None:
    dim = face(replace(CAT, light=0.5), side=SIDE)
    assert dim == pytest.approx(face(CAT, side=SIDE) / 2)


def test_a_smaller_scale_covers_fewer_pixels() -> None:
    plain = face(side=SIDE)[0, 0]
    areas = [(face(replace(CAT, scale=s), side=SIDE) != plain).sum() for s in (0.4, 0.8)]
    assert areas[1] == pytest.approx(4 * areas[0], rel=0.1)


def test_a_picture_that_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="side=7 is at least 8"):
        face(side=7)
    with pytest.raises(ValueError, match=r"scale=0\.0 above 0"):
        face(replace(CAT, scale=0.0))
