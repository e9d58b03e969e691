"""Textures repeat, at the phases that were drawn."""

import numpy as np
import pytest

from dlcv_viz.data.textures import PERIODS, TEXTURES, textures
from unchanged import unchanged


def test_each_texture_repeats_after_its_period_down_and_across() -> None:
    x, y = textures(2, 40, noise=0, seed=3)
    for picture, label in zip(x, y, strict=True):
        period = PERIODS[TEXTURES[label]]
        assert picture[period:] == pytest.approx(picture[:-period], abs=1e-12)
        assert picture[:, period:] == pytest.approx(picture[:, :-period], abs=1e-12)


def test_stripes_are_constant_along_their_direction() -> None:
    x, y = textures(1, 24, noise=0, seed=0)
    level, upright, slanted = (
        x[y == TEXTURES.index(n)][0] for n in ("level", "upright", "slanted")
    )
    assert np.ptp(level, axis=1).max() == pytest.approx(0, abs=1e-12)
    assert np.ptp(upright, axis=0).max() == pytest.approx(0, abs=1e-12)
    assert slanted[1:, :-1] == pytest.approx(slanted[:-1, 1:])
    assert min(np.ptp(level), np.ptp(upright), np.ptp(slanted)) > 0.9


def test_samples_differ_in_phase_and_follow_each_other() -> None:
    x, y = textures(3, 32, noise=0, seed=1)
    assert y.tolist() == [label for label in range(len(TEXTURES)) for _ in range(3)]
    assert all(np.abs(x[3 * k] - x[3 * k + 1]).max() > 0.1 for k in range(len(TEXTURES)))
    assert 0 <= x.min() < 0.01
    assert 0.99 < x.max() <= 1


def test_noise_has_its_deviation_and_its_seed() -> None:
    with unchanged():
        one, same, other = (textures(4, 48, seed=seed)[0] for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    checker = one[4 * TEXTURES.index("checker")]  # 0 or 1 but for the noise
    assert np.abs(checker - checker.round()).std() == pytest.approx(0.05 * 0.603, rel=0.1)


@pytest.mark.parametrize(
    "arguments", [{"n_each": 0, "side": 32}, {"n_each": 1, "side": 7}], ids=["none", "small"]
)
def test_what_cannot_be_drawn_is_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="at least 1, 8 and 0"):
        textures(**arguments, seed=0)
    with pytest.raises(ValueError, match=r"noise=-0.1"):
        textures(1, 32, noise=-0.1, seed=0)
