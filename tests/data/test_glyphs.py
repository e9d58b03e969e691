"""Letters and their noise."""

import numpy as np
import pytest

from dlcv_viz.data.glyphs import glyph, noisy_letters
from unchanged import unchanged


def test_t_has_a_bar_and_a_stem_and_l_a_stem_and_a_foot() -> None:
    t, el = -np.ones((7, 5)), -np.ones((7, 5))
    t[0], t[:, 2], el[-1], el[:, 0] = 1, 1, 1, 1
    assert (glyph("T") == t).all()
    assert (glyph("L") == el).all()


def test_t_and_l_differ_in_eighteen_of_thirty_five_pixels() -> None:
    assert (glyph("T") != glyph("L")).sum() == 18
    assert glyph("T").size == 35


def test_letters_without_noise_are_the_bitmaps_of_their_labels() -> None:
    x, y = noisy_letters(30, 0.0, seed=0)
    assert x.shape == (30, 35)
    assert set(y.tolist()) == {-1, 1}
    for pixels, label in zip(x, y, strict=True):
        assert (pixels.reshape(7, 5) == glyph("T" if label > 0 else "L")).all()


@pytest.mark.parametrize("flip", [0.05, 0.3, 1.0])
def test_each_pixel_is_flipped_as_often_as_asked_for(flip: float) -> None:
    x, y = noisy_letters(1000, flip, seed=2)
    clean = np.where(y[:, None] > 0, glyph("T").ravel(), glyph("L").ravel())
    assert set(np.unique(x)) == {-1, 1}
    assert (x != clean).mean(axis=0) == pytest.approx(np.full(35, flip), abs=0.06)  # 4 deviations


def test_a_seed_gives_the_same_letters_and_another_seed_others() -> None:
    one, same, other = (noisy_letters(20, 0.2, seed=seed) for seed in (1, 1, 2))
    assert (one[0] == same[0]).all()
    assert (one[1] == same[1]).all()
    assert (one[0] != other[0]).any()


@pytest.mark.parametrize("flip", [-0.1, 1.5])
def test_a_probability_beyond_its_range_is_named(flip: float) -> None:
    with pytest.raises(ValueError, match=f"flip={flip} is not from 0 to 1"):
        noisy_letters(1, flip, seed=0)


def test_no_global_state_is_touched() -> None:
    with unchanged():
        noisy_letters(3, 0.5, seed=0)
