"""Pictures of strokes: what a class is, what is shared, and what disorder does."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.data.strokes import SIDE, stroke_classes, stroke_pictures, strokes
from unchanged import unchanged

CLASSES = [(0, 3, 6), (1, 4, 7)]


def test_strokes_are_straight_and_none_is_made_of_the_others() -> None:
    drawn = strokes()
    assert drawn.shape == (8, SIDE, SIDE)
    assert (drawn.sum(axis=(1, 2)) == SIDE).all()
    assert np.linalg.matrix_rank(drawn.reshape(8, -1)) == 8


def test_source_and_target_share_strokes_but_no_class() -> None:
    for seed in range(5):
        source, target = stroke_classes(seed=seed)
        assert (len(source), len(target)) == (14, 6)
        assert len(set(source + target)) == 20
        assert {stroke for parts in target for stroke in parts} <= {
            stroke for parts in source for stroke in parts
        }


def test_without_noise_a_picture_has_the_strokes_of_its_class() -> None:
    x, y = stroke_pictures(CLASSES, 4, noise=0, seed=0)
    assert y.tolist() == [0, 1] * 4
    strengths = np.linalg.lstsq(strokes().reshape(8, -1).T, x.T, rcond=None)[0].T
    for found, label in zip(strengths, y, strict=True):
        shown = found[list(CLASSES[label])]
        assert ((shown >= 0.5) & (shown <= 1.5)).all()
        assert found.sum() == pytest.approx(shown.sum())


def test_noise_has_the_asked_deviation() -> None:
    clean, noisy = (stroke_pictures(CLASSES, 100, noise=n, seed=3)[0] for n in (0.0, 0.8))
    # 20,000 numbers know a deviation to half a percent; four times that.
    assert (noisy - clean).std() == pytest.approx(0.8, rel=0.02)


def test_whole_disorder_has_the_same_pixels_in_one_other_order() -> None:
    order, disorder = (
        stroke_pictures(CLASSES, 3, noise=0, seed=1, disorder=d)[0] for d in (0.0, 1.0)
    )
    assert np.sort(disorder, axis=1) == pytest.approx(np.sort(order, axis=1))
    assert not np.allclose(order, disorder)
    half = stroke_pictures(CLASSES, 3, noise=0, seed=1, disorder=0.5)[0]
    assert half == pytest.approx((order + disorder) / 2)


def test_the_same_seed_draws_the_same_and_leaves_the_rest_alone() -> None:
    with unchanged():
        one, other = (stroke_pictures(CLASSES, 2, noise=1, seed=5)[0] for _ in range(2))
    assert (one == other).all()


@pytest.mark.parametrize(
    "call",
    [
        lambda: stroke_pictures(CLASSES, 0, noise=1, seed=0),
        lambda: stroke_pictures(CLASSES, 1, noise=-1, seed=0),
        lambda: stroke_pictures(CLASSES, 1, noise=1, seed=0, disorder=1.5),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="n_each"):
        call()
