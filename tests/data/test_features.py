"""Features in very different units."""

import numpy as np
import pytest

from dlcv_viz.data.features import SCALES, TRUE_WEIGHTS, badly_scaled


def test_features_have_their_scales_and_labels_follow_the_model() -> None:
    x, y = badly_scaled(20_000, seed=1)
    assert x.std(axis=0) == pytest.approx(SCALES, rel=0.03)
    z = x @ np.array(TRUE_WEIGHTS)
    near = np.abs(z - 1) < 0.1
    assert near.sum() > 500
    assert y[near].mean() == pytest.approx(1 / (1 + np.exp(-1)), abs=0.06)  # three deviations
    assert set(y) == {0, 1}


def test_a_seed_gives_the_same_samples_again() -> None:
    (x, y), (again, labels) = badly_scaled(50, seed=3), badly_scaled(50, seed=3)
    assert (x == again).all()
    assert (y == labels).all()
    assert (x != badly_scaled(50, seed=4)[0]).any()


def test_no_samples_are_refused() -> None:
    with pytest.raises(ValueError, match="n=0"):
        badly_scaled(0, seed=1)
