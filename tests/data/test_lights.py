"""Colours of light: seeded, of the spread that is promised."""

import numpy as np
import pytest

from dlcv_viz.data.lights import BRIGHTNESS, WARMTH, lights
from unchanged import unchanged


def test_brightness_and_warmth_have_their_spreads_and_leave_each_other_alone() -> None:
    red, green, blue = np.log(lights(20_000, seed=0)).T
    # The deviation of an estimate from 20,000 draws is about 1/200.
    assert green.std() == pytest.approx(BRIGHTNESS, rel=0.02)
    assert (red - blue).std() == pytest.approx(2 * WARMTH, rel=0.02)
    assert np.corrcoef(green, red - blue)[0, 1] == pytest.approx(0, abs=0.03)
    assert red + blue == pytest.approx(2 * green)


def test_a_seed_gives_the_same_lights_and_another_seed_others() -> None:
    with unchanged():
        one, same, other = (lights(5, seed=seed) for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


def test_no_light_is_refused() -> None:
    with pytest.raises(ValueError, match="n=0"):
        lights(0, seed=0)
