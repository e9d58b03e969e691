"""Activations are what they say they are."""

import numpy as np
import pytest

from dlcv_viz.data.activations import smooth_maps, windows_with_feature


def test_smooth_maps_are_rectified_seeded_and_alike_to_their_neighbours() -> None:
    x = smooth_maps(50, 32, axes=1, seed=0)
    assert x.shape == (50, 32)
    assert smooth_maps(2, 8, axes=2, seed=0).shape == (2, 8, 8)
    assert x.min() == 0
    assert (x == 0).mean() == pytest.approx(0.5, abs=0.05)  # four deviations of 1600 signs
    assert np.corrcoef(x.ravel(), np.roll(x, 1, axis=1).ravel())[0, 1] > 0.4
    assert (x == smooth_maps(50, 32, axes=1, seed=0)).all()
    assert (x != smooth_maps(50, 32, axes=1, seed=1)).any()


def test_a_rare_feature_is_in_one_cell_and_a_spread_one_in_all() -> None:
    none, rare, spread = (
        windows_with_feature(400, 9, evidence=evidence, seed=3)
        for evidence in ("none", "rare", "spread")
    )
    assert ((rare != none).sum(axis=1) <= 1).all()
    assert (rare - none).max() == pytest.approx(3, abs=1e-12)
    assert (spread >= none).all()
    assert (spread - none)[none > 0] == pytest.approx(0.5, abs=1e-12)


def test_other_evidence_is_refused() -> None:
    with pytest.raises(ValueError, match="'some' is neither"):
        windows_with_feature(1, 1, evidence="some", seed=0)
