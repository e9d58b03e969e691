"""LeNet-5's own functions against torch, and by what they promise."""

from collections.abc import Callable
from itertools import count, pairwise

import numpy as np
import pytest

from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.lenet import (
    AMPLITUDE,
    feature_maps,
    linked_conv2d,
    map_criterion,
    scaled_tanh,
    scaled_tanh_derivative,
    squared_distances,
    table_parameters,
    trainable_subsampling,
)
from frozen import frozen

REFERENCE = frozen("lenet")
RNG = np.random.default_rng(0)
X, W, B = RNG.normal(size=(2, 3, 6, 8)), RNG.normal(size=(4, 3, 3, 3)), RNG.normal(size=4)
LINKS = REFERENCE["linked"]["links"]
ONES, CODES = np.ones(3), np.sign(RNG.normal(size=(3, 5)))


def test_squashing_and_its_slope_are_those_of_torch() -> None:
    case = REFERENCE["squashing"]
    a = np.array(case["a"])
    assert scaled_tanh(a) == pytest.approx(case["outputs"], rel=1e-12)
    # Far out theirs is 1 - tanh², which cancels.
    assert scaled_tanh_derivative(a) == pytest.approx(case["slopes"], rel=1e-9, abs=1e-15)


def test_squashing_keeps_one_and_is_bent_most_near_it() -> None:
    assert scaled_tanh(np.ones(1)) == pytest.approx(0.9999972559)
    a = np.linspace(0, 3, 3001)
    bend = np.abs(np.gradient(scaled_tanh_derivative(a), a))
    assert a[bend.argmax()] == pytest.approx(1, abs=0.02)


def test_squashing_is_stable_for_large_numbers() -> None:
    ends = np.array([-1e300, 1e300])
    assert scaled_tanh(ends).tolist() == [-AMPLITUDE, AMPLITUDE]
    assert scaled_tanh_derivative(ends).tolist() == [0, 0]


def test_subsampling_is_a_scaled_average_of_torch() -> None:
    case = {name: np.array(values) for name, values in REFERENCE["subsampling"].items()}
    y = trainable_subsampling(case["x"], case["w"], case["b"])
    assert y == pytest.approx(case["outputs"], rel=1e-12)


def test_subsampling_with_a_quarter_is_the_squashed_average() -> None:
    y = trainable_subsampling(X, np.full(3, 0.25), np.zeros(3))
    assert y[1, 2, 0, 3] == pytest.approx(scaled_tanh(X[1, 2, :2, 6:].mean()))


def test_linked_maps_are_those_of_torch_for_each_by_itself() -> None:
    case = REFERENCE["linked"]
    x, w, b = (np.array(case[name]) for name in "xwb")
    assert linked_conv2d(x, w, b, case["links"]) == pytest.approx(
        np.array(case["outputs"]), rel=1e-10
    )
    assert table_parameters(case["links"], 3) == case["parameters"]


def test_kernels_without_a_link_do_not_count() -> None:
    changed = W.copy()
    changed[1, [0, 2]] = 99
    assert (linked_conv2d(X, changed, B, LINKS) == linked_conv2d(X, W, B, LINKS)).all()


def test_all_links_make_a_plain_convolution() -> None:
    every = [range(3)] * 4
    assert linked_conv2d(X, W, B, every) == pytest.approx(conv2d(X, W, B))
    assert table_parameters(every, 3) == W.size + B.size


def test_distances_and_criterion_are_those_of_torch() -> None:
    case = REFERENCE["codes"]
    distances = squared_distances(np.array(case["x"]), np.array(case["codes"]))
    assert distances == pytest.approx(np.array(case["distances"]), rel=1e-9)
    losses = [
        map_criterion(row, label, case["rubbish"])
        for row, label in zip(distances, case["labels"], strict=True)
    ]
    assert losses == pytest.approx(case["losses"], rel=1e-9)


def test_the_criterion_falls_when_wrong_classes_move_away_until_rubbish_is_nearer() -> None:
    losses = [map_criterion(np.array([1.0, far]), 0, 8.0) for far in (1.0, 3.0, 9.0, 50.0, 1e6)]
    assert all(a > b for a, b in pairwise(losses[:4]))
    assert losses[4] == pytest.approx(1 + np.log(np.exp(-1) + np.exp(-8)))


def test_the_criterion_does_not_overflow_far_from_all_codes() -> None:
    assert map_criterion(np.array([2e3, 3e3]), 0, 1e4) == pytest.approx(0, abs=1e-12)
    assert map_criterion(np.array([2e3, 1e3]), 0, 1e4) == pytest.approx(1e3)


@pytest.mark.parametrize("layer", ["C1", "S2", "C3", "S4"])
def test_a_unit_changes_with_the_pixels_that_torch_finds_and_with_no_others(layer: str) -> None:
    low, high = REFERENCE["network"]["fields"][layer]
    c1, c3 = RNG.normal(size=(2, 1, 5, 5)), RNG.normal(size=(3, 2, 5, 5))
    x = 0.1 * RNG.normal(size=(1, 1, 32, 32))  # small, so that nothing is saturated

    def unit(picture: np.ndarray) -> float:
        found = feature_maps(picture, c1, c3, [(0, 1)] * 3)[layer]
        middle = found.shape[-1] // 2
        return float(found[0, 0, middle, middle])

    outside = x.copy()
    outside[..., :low, :] = outside[..., high + 1 :, :] = 7
    outside[..., :low] = outside[..., high + 1 :] = 7
    assert unit(outside) == unit(x)
    for corner in ((low, low), (low, high), (high, low), (high, high)):
        touched = x.copy()
        touched[(0, 0, *corner)] += 0.5
        assert unit(touched) != unit(x)


def test_a_shift_by_four_pixels_is_a_shift_by_one_unit_of_s4() -> None:
    c1, c3 = RNG.normal(size=(2, 1, 5, 5)) / 5, RNG.normal(size=(3, 2, 5, 5)) / 7
    x = RNG.normal(size=(1, 1, 32, 44))
    here, there = (feature_maps(x[..., k : k + 40], c1, c3, [(0, 1)] * 3)["S4"] for k in (0, 4))
    assert here[..., 1:] == pytest.approx(there[..., :-1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: trainable_subsampling(X[..., 1:], ONES, ONES), "even H and W"),
        (lambda: trainable_subsampling(X, ONES[:2], ONES[:2]), "one for each of 3 maps"),
        (lambda: trainable_subsampling(X * np.nan, ONES, ONES), "not finite"),
        (lambda: table_parameters([(0,), ()], 5), "links=0 is below 1"),
        (lambda: table_parameters([(0,)], 0), "kernel=0 is below 1"),
        (lambda: linked_conv2d(X, W, B, LINKS[:3]), "3 lists of links, but 4 kernels"),
        (lambda: linked_conv2d(X, W, B, [*LINKS[:3], (0, 3)]), "of 3 maps"),
        (lambda: squared_distances(np.ones(4), CODES), "do not end in one length"),
        (lambda: squared_distances(np.full(5, np.inf), CODES), "not finite"),
        (lambda: map_criterion(ONES, 3, 1.0), "label=3"),
        (lambda: map_criterion(ONES, 0, np.nan), "not finite"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
