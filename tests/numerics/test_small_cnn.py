"""A small convolutional network: maps, logits, gradients and training, against torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.data.signs import noisy_signs
from dlcv_viz.numerics.adaptive_optimizers import Adam
from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.gradient_check import central_difference, relative_error
from dlcv_viz.numerics.optimizers import SGD
from dlcv_viz.numerics.small_cnn import (
    Pooling,
    SmallCNN,
    forward,
    map_gradient,
    parameter_gradient,
    pixel_gradient,
    random_cnn,
)
from dlcv_viz.numerics.small_cnn_training import accuracy, epochs, loss
from dlcv_viz.numerics.training import softmax_cross_entropy
from dlcv_viz.types import FloatArray
from frozen import frozen

CASES = pytest.mark.parametrize(
    "case", frozen("cnn_basics")["small"], ids=lambda case: case["head"]
)
POOLINGS = pytest.mark.parametrize("pooling", ["max", "average"])
NAMES = "kernels", "kernel_biases", "weights", "biases"
TIGHT = 1e-12  # sums of some tens of products of numbers near 1


def net_of(case: dict[str, Any], moment: str) -> SmallCNN:
    parts = {name: np.array(case[moment][name]) for name in NAMES}
    return SmallCNN(**parts, pooling=case["head"])


def drawn(pooling: Pooling, seed: int = 0) -> tuple[SmallCNN, FloatArray]:
    net = random_cnn((2, 7, 6), n_kernels=3, side=3, n_classes=3, pooling=pooling, seed=seed)
    return net, np.random.default_rng(seed + 1).normal(size=(2, 2, 7, 6))


@CASES
def test_maps_and_logits_are_those_of_torch(case: dict[str, Any]) -> None:
    passed = forward(net_of(case, "start"), np.array(case["x"]))
    assert passed.maps == pytest.approx(np.array(case["maps"]), abs=TIGHT)
    assert passed.logits == pytest.approx(np.array(case["logits"]), abs=TIGHT)


@CASES
def test_the_slopes_of_a_logit_by_maps_and_pixels_are_those_of_torch(case: dict[str, Any]) -> None:
    net = net_of(case, "start")
    passed = forward(net, np.array(case["x"]))
    delta = one_hot(np.full(len(passed.x), case["class"]), 3)
    by_maps = map_gradient(net, passed, delta)
    # In a window of zeros any unit may be picked: none of them passes anything through ReLU.
    is_on = passed.maps > 0
    assert by_maps[is_on] == pytest.approx(np.array(case["class_by_maps"])[is_on], abs=TIGHT)
    by_pixels = pixel_gradient(net, passed, by_maps)
    assert by_pixels == pytest.approx(np.array(case["class_by_x"]), abs=TIGHT)


@CASES
def test_the_slopes_of_the_loss_are_those_of_torch(case: dict[str, Any]) -> None:
    net, x, y = net_of(case, "start"), np.array(case["x"]), np.array(case["labels"])
    passed = forward(net, x)
    value, delta = softmax_cross_entropy(passed.logits, one_hot(y, 3))
    assert value == loss(net, x, y) == pytest.approx(case["losses"][0], abs=TIGHT)
    found = parameter_gradient(net, passed, delta)
    for name in NAMES:
        assert getattr(found, name) == pytest.approx(np.array(case["gradient"][name]), abs=TIGHT)


@CASES
def test_training_ends_where_that_of_torch_does(case: dict[str, Any]) -> None:
    net, x, y = net_of(case, "start"), np.array(case["x"]), np.array(case["labels"])
    rule = Adam(case["learning_rate"])
    # All pictures are one batch, so that the order does not matter.
    every = list(epochs(net, x, y, n_epochs=3, seed=0, batch_size=3, optimizer=rule))
    assert [loss(each, x, y) for each in every[:3]] == pytest.approx(case["losses"], abs=TIGHT)
    for name in NAMES:
        # Adam divides by roots of small squares, which enlarges rounding.
        assert getattr(every[-1], name) == pytest.approx(np.array(case["end"][name]), abs=1e-9)


@POOLINGS
def test_slopes_are_the_limits_of_differences(pooling: Pooling) -> None:
    net, x = drawn(pooling)
    passed, delta = forward(net, x), np.random.default_rng(5).normal(size=(2, 3))
    h = 1e-6  # error about h², and 1e-16 / h from rounding; no unit is so close to its kink

    def weighed(net: SmallCNN, x: FloatArray) -> float:
        return float((delta * forward(net, x).logits).sum())

    by_parameters = central_difference(
        lambda theta: weighed(net.with_parameters(theta), x), net.parameters, h
    )
    found = parameter_gradient(net, passed, delta).parameters
    assert relative_error(found, by_parameters) < 1e-8
    by_pixels = central_difference(lambda at: weighed(net, at.reshape(x.shape)), x.ravel(), h)
    found = pixel_gradient(net, passed, map_gradient(net, passed, delta)).ravel()
    assert relative_error(found, by_pixels) < 1e-8


def test_a_number_made_of_maps_alone_has_slopes_by_pixels() -> None:
    net, x = drawn("average")
    passed, h = forward(net, x), 1e-6
    by_maps = np.zeros_like(passed.maps)
    by_maps[:, 1] = 1 / passed.maps[0, 1].size  # the mean of one map

    def mean(at: FloatArray) -> float:
        return float(forward(net, at.reshape(x.shape)).maps[:, 1].mean(axis=(1, 2)).sum())

    found = pixel_gradient(net, passed, by_maps).ravel()
    assert relative_error(found, central_difference(mean, x.ravel(), h)) < 1e-8


def test_by_an_average_each_unit_has_the_weight_of_its_map_over_their_number() -> None:
    net, x = drawn("average")
    found = map_gradient(net, forward(net, x), one_hot(np.full(2, 2), 3))
    assert found == pytest.approx(np.ones((2, 1, 5, 4)) * net.weights[2][:, None, None] / 20)


def test_averages_read_pictures_of_any_size_and_flattened_maps_only_one() -> None:
    wide = np.zeros((2, 2, 7, 12))
    assert forward(drawn("average")[0], wide).logits.shape == (2, 3)
    with pytest.raises(ValueError, match="do not chain"):
        forward(drawn("max")[0], wide)


@POOLINGS
def test_it_learns_the_three_signs(pooling: Pooling) -> None:
    x, y, _ = noisy_signs(240, seed=0)
    net = random_cnn((1, 12, 12), n_kernels=8, side=5, n_classes=3, pooling=pooling, seed=0)
    trained = list(epochs(net, x[:, None], y, n_epochs=25, seed=1))
    assert len(trained) == 26
    assert trained[0] is net
    unseen, classes, _ = noisy_signs(200, seed=2)
    assert accuracy(trained[0], unseen[:, None], classes) < 0.6
    assert accuracy(trained[-1], unseen[:, None], classes) > 0.95


def test_accuracy_counts_the_largest_logit() -> None:
    net, x = drawn("average")
    answers = forward(net, x).logits.argmax(axis=1)
    assert accuracy(net, x, answers) == 1
    assert accuracy(net, x, (answers + np.array([0, 1])) % 3) == 0.5


def test_the_order_of_pictures_is_that_of_the_seed() -> None:
    x, y, _ = noisy_signs(50, seed=0)
    net = random_cnn((1, 12, 12), n_kernels=2, side=3, n_classes=3, pooling="average", seed=0)
    ends = [
        list(epochs(net, x[:, None], y, n_epochs=1, seed=seed, optimizer=SGD(0.1)))[-1].parameters
        for seed in (3, 3, 4)
    ]
    assert (ends[0] == ends[1]).all()
    assert (ends[0] != ends[2]).any()


@POOLINGS
def test_a_start_keeps_the_size_of_signals(pooling: Pooling) -> None:
    net = random_cnn((3, 40, 40), n_kernels=50, side=5, n_classes=20, pooling=pooling, seed=0)
    x = np.random.default_rng(1).normal(size=(2, 3, 40, 40))
    assert (forward(net, x).maps ** 2).mean() == pytest.approx(1, rel=0.1)  # He's promise
    assert not net.kernel_biases.any()
    assert not net.biases.any()


def test_parameters_are_one_vector_and_back() -> None:
    net, _ = drawn("max")
    theta = np.arange(float(len(net.parameters)))
    moved = net.with_parameters(theta)
    assert (moved.parameters == theta).all()
    assert moved.kernels[0, 0, 0].tolist() == [0, 1, 2]
    assert moved.biases.tolist() == theta[-3:].tolist()
    assert moved.pooling == "max"


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: begun((1, 4, 4), pooling="average"), "rows=0 is below 1"),
        (lambda: begun((1, 5, 9)), "rows=1 is below 2"),
        (lambda: begun((1, 9, 9), n_kernels=0), "n_kernels=0"),
        (lambda: begun((1, 9, 9), n_classes=1), "n_classes=1"),
        (lambda: replaced(pooling="mean"), "'mean' is neither 'max' nor 'average'"),
        (lambda: replaced(weights=np.zeros((3, 4))), "do not chain through the pooling 'average'"),
        (lambda: replaced(biases=np.zeros(2)), r"\(2,\)\] do not chain"),
        (lambda: replaced(kernel_biases=np.zeros(4)), r"\(4,\), \(3, 3\)"),
        (lambda: drawn("max")[0].with_parameters(np.zeros(3)), r"theta \(3,\) does not hold"),
        (lambda: gradient_of(map_gradient), r"delta \(4, 2\) is not shaped as logits"),
        (lambda: gradient_of(pixel_gradient), r"by_maps \(4, 2\) is not shaped as maps"),
        (lambda: trained(n_epochs=-1), "n_epochs=-1 is below 0"),
        (lambda: trained(batch_size=0), "batch_size=0 is below 1"),
        (lambda: trained(y=np.array([0])), r"2 pictures and y \(1,\) do not fit"),
        (lambda: trained(y=np.array([0, 3])), "of 3 classes"),
        (lambda: forward(drawn("max")[0], np.full((1, 2, 7, 6), np.nan)), "x holds nan"),
    ],
)
def test_what_cannot_be_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def begun(picture: tuple[int, int, int], **changes: Any) -> SmallCNN:
    given = {"n_kernels": 1, "side": 5, "n_classes": 2, "pooling": "max", "seed": 0, **changes}
    return random_cnn(picture, **given)


def replaced(**parts: Any) -> SmallCNN:
    net, _ = drawn("average")
    kept = {name: getattr(net, name) for name in (*NAMES, "pooling")}
    return SmallCNN(**{**kept, **parts})


def gradient_of(function: Callable[..., FloatArray]) -> FloatArray:
    net, x = drawn("average")
    return function(net, forward(net, x), np.zeros((4, 2)))


def trained(**changes: Any) -> list[SmallCNN]:
    net, x = drawn("average")
    given = {"y": np.array([0, 1]), "n_epochs": 1, "seed": 0, **changes}
    return list(epochs(net, x, **given))
