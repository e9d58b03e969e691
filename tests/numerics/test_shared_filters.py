"""A network of shared filters: its scores, slopes and training, against torch."""

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.cross_entropy import bce_with_logits
from dlcv_viz.numerics.shared_filters import (
    FilterNet,
    loss_gradient,
    scores,
    start,
    train_filters,
)
from dlcv_viz.numerics.translation import shifted
from dlcv_viz.types import FloatArray, IntArray
from frozen import frozen

CASE = frozen("cv_intro")["trained"]
NAMES = [field.name for field in fields(FilterNet)]


def net_of(values: dict[str, Any]) -> FilterNet:
    return FilterNet(**{name: np.array(values[name]) for name in NAMES})


@pytest.fixture(scope="module")
def data() -> tuple[FloatArray, IntArray]:
    return np.array(CASE["x"]), np.array(CASE["y"])


def test_scores_are_those_of_torch(data: tuple[FloatArray, IntArray]) -> None:
    assert scores(net_of(CASE["start"]), data[0]) == pytest.approx(CASE["scores"], rel=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_slopes_are_those_of_torch(name: str, data: tuple[FloatArray, IntArray]) -> None:
    slope = getattr(loss_gradient(net_of(CASE["start"]), *data), name)
    assert slope == pytest.approx(np.array(CASE["gradient"][name]), abs=1e-13)


@pytest.mark.parametrize("name", NAMES)
def test_slopes_are_the_limits_of_differences(name: str, data: tuple[FloatArray, IntArray]) -> None:
    x, y = data
    net, h = net_of(CASE["start"]), 1e-6  # error about h² and 1e-16 / h
    at = tuple(0 for _ in getattr(net, name).shape)

    def loss(step: float) -> float:
        moved = getattr(net, name).copy()
        moved[at] += step
        return float(bce_with_logits(scores(replace(net, **{name: moved}), x), y).mean())

    slope = getattr(loss_gradient(net, x, y), name)[at]
    assert (loss(h) - loss(-h)) / (2 * h) == pytest.approx(slope, abs=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_training_ends_where_that_of_torch_does(
    name: str, data: tuple[FloatArray, IntArray]
) -> None:
    rate, n_steps = CASE["learning_rate"], CASE["n_steps"]
    net = train_filters(net_of(CASE["start"]), *data, learning_rate=rate, n_steps=n_steps)
    assert getattr(net, name) == pytest.approx(np.array(CASE["end"][name]), abs=1e-11)


def test_a_shift_of_what_stays_inside_changes_no_score() -> None:
    x = np.zeros((3, 12, 12))
    x[:, 2:5, 2:5] = np.random.default_rng(9).normal(size=(3, 3, 3))
    net = start(4, 3, seed=1)
    assert (scores(net, shifted(x, (5, 4))) == scores(net, x)).all()


def test_a_start_is_drawn_from_its_seed() -> None:
    one, same, other = (start(50, 5, seed=seed, deviation=0.2) for seed in (1, 1, 2))
    assert (one.filters == same.filters).all()
    assert (one.filters != other.filters).any()
    assert one.filters.std() == pytest.approx(0.2, rel=0.08)  # 4 deviations of 1250 draws
    assert not one.thresholds.any()
    assert not one.bias.any()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"n_filters": 0, "side": 3}, "n_filters=0"),
        ({"n_filters": 1, "side": 4}, "side=4"),
        ({"n_filters": 1, "side": 3, "deviation": 0.0}, "deviation=0.0"),
    ],
)
def test_a_start_that_cannot_be_is_refused(arguments: dict[str, Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        start(**arguments, seed=0)


def test_pictures_and_labels_that_do_not_fit_are_refused() -> None:
    net = start(2, 3, seed=0)
    with pytest.raises(ValueError, match=r"x \(4, 4\) is not \(N, H, W\)"):
        scores(net, np.zeros((4, 4)))
    with pytest.raises(ValueError, match="x holds nan"):
        scores(net, np.full((1, 4, 4), np.nan))
    with pytest.raises(ValueError, match=r"3 pictures and y \(2,\) do not fit"):
        loss_gradient(net, np.zeros((3, 4, 4)), np.array([0, 1]))
    with pytest.raises(ValueError, match=r"learning_rate=0\.0 is above 0"):
        train_filters(net, np.zeros((1, 4, 4)), np.array([0]), learning_rate=0.0)
    with pytest.raises(ValueError, match="n_steps=0 at least 1"):
        train_filters(net, np.zeros((1, 4, 4)), np.array([0]), n_steps=0)
