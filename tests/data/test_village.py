"""The village and the truth about its pixels."""

import numpy as np
import pytest

from dlcv_viz.data.village import THINGS, village


@pytest.mark.parametrize("rows", [16, 32, 64])
def test_every_thing_can_be_seen_at_every_size(rows: int) -> None:
    rgb, labels = village(rows)
    assert rgb.shape == (rows, rows * 3 // 2, 3)
    assert labels.shape == rgb.shape[:2]
    assert set(np.unique(labels).tolist()) == set(range(len(THINGS)))
    assert rgb.min() >= 0
    assert rgb.max() <= 255


def test_a_thing_has_the_same_share_of_the_picture_at_every_size() -> None:
    small, large = (np.bincount(village(rows)[1].ravel()) / (1.5 * rows**2) for rows in (32, 96))
    assert small == pytest.approx(large, abs=0.01)


def test_labels_agree_with_the_colours() -> None:
    rgb, labels = village(64)
    red, green, blue = (rgb[..., c].astype(float) for c in range(3))
    sky, sun, grass, tree, _, house = (labels == k for k in range(6))
    assert (blue > red)[sky & (np.arange(64)[:, None] < 30)].mean() > 0.95
    assert (red > blue)[sun].all()
    assert (green > red)[grass].mean() > 0.95
    assert green[tree].mean() > red[tree].mean()
    assert red[house].mean() > 1.5 * green[house].mean()


@pytest.mark.parametrize("rows", [6, 31])
def test_a_height_that_cannot_be_is_refused(rows: int) -> None:
    with pytest.raises(ValueError, match=f"rows={rows} is not even and at least 8"):
        village(rows)
