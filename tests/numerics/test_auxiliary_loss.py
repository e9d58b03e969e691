"""Auxiliary heads against torch and against central differences."""

from dataclasses import replace

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.auxiliary_loss import supervised_gradients, total_loss
from dlcv_viz.numerics.network import Network, random_network
from dlcv_viz.numerics.training import gradients, softmax_cross_entropy
from frozen import frozen

REFERENCE = frozen("inception")["heads"]
RNG = np.random.default_rng(3)
X, TARGETS = RNG.normal(size=(5, 4)), np.eye(3)[[0, 2, 1, 1, 0]]
PARTS = [
    random_network([4, 6, 5], seed=0, gain=2, hidden="tanh", output="tanh"),
    random_network([5, 7], seed=1, gain=2, hidden="tanh", output="tanh"),
    random_network([7, 3], seed=2, gain=2),
]
HEADS = [random_network([5, 3], seed=3), random_network([7, 4, 3], seed=4)]


def network(layers: list[list[list[float]]], *, output: str = "identity") -> Network:
    weights, biases = ([np.array(layer[k]) for layer in layers] for k in (0, 1))
    return Network(weights, biases, ACTIVATIONS["relu"], ACTIVATIONS[output])


def test_loss_and_gradients_are_those_of_torch() -> None:
    *early, last = REFERENCE["parts"]
    parts = [*(network(part, output="relu") for part in early), network(last)]
    heads = [network(head) for head in REFERENCE["heads"]]
    x, targets = np.array(REFERENCE["x"]), np.eye(3)[REFERENCE["labels"]]
    loss, found = supervised_gradients(parts, heads, x, targets, REFERENCE["weight"])
    assert loss == pytest.approx(REFERENCE["loss"], rel=1e-12)
    for part, expected in zip(found, REFERENCE["gradients"], strict=True):
        for gradient, theirs in zip(part.weights, expected, strict=True):
            assert gradient == pytest.approx(np.array(theirs), rel=1e-10, abs=1e-12)


def test_gradients_are_central_differences_of_the_loss() -> None:
    _, found = supervised_gradients(PARTS, HEADS, X, TARGETS)
    step = 1e-6  # the error of the difference is about its square, that of rounding 1e-16 / 1e-6
    for place, layer, at in ((0, 0, (2, 1)), (0, 1, (4, 3)), (1, 0, (0, 4)), (2, 0, (1, 6))):
        losses = []
        for sign in (1, -1):
            weights = [W.copy() for W in PARTS[place].weights]
            weights[layer][at] += sign * step
            parts = [*PARTS[:place], replace(PARTS[place], weights=weights), *PARTS[place + 1 :]]
            losses.append(supervised_gradients(parts, HEADS, X, TARGETS)[0])
        slope = (losses[0] - losses[1]) / (2 * step)
        assert found[place].weights[layer][at] == pytest.approx(slope, rel=1e-6, abs=1e-9)


def test_without_weight_the_heads_have_no_say() -> None:
    whole = Network(
        [W for part in PARTS for W in part.weights],
        [b for part in PARTS for b in part.biases],
        ACTIVATIONS["tanh"],
    )
    plain_loss, plain = gradients(whole, X, TARGETS, softmax_cross_entropy)
    loss, found = supervised_gradients(PARTS, HEADS, X, TARGETS, 0)
    assert loss == pytest.approx(float(plain_loss))
    assert found[0].weights[0] == pytest.approx(plain.weights[0])


def test_heads_change_nothing_behind_the_last_of_them() -> None:
    last = [supervised_gradients(PARTS, HEADS, X, TARGETS, w)[1][-1].weights[0] for w in (0, 2)]
    assert last[0].tolist() == last[1].tolist()


def test_the_total_is_the_weighted_sum() -> None:
    assert total_loss(1.5, [2.0, 4.0]) == pytest.approx(1.5 + 0.3 * 6)
    assert total_loss(1.5, []) == 1.5


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="weight"):
        total_loss(1.0, [1.0], -0.1)
    with pytest.raises(ValueError, match="3 parts need 2 heads, not 1"):
        supervised_gradients(PARTS, HEADS[:1], X, TARGETS)
    with pytest.raises(ValueError, match="not finite"):
        supervised_gradients(PARTS, HEADS, np.full((5, 4), np.nan), TARGETS)
