"""Training with momentum against torch and against descent without it."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.momentum_descent import momentum_descent
from dlcv_viz.numerics.network import Network, random_network
from dlcv_viz.numerics.training import binary_cross_entropy, gradient_descent
from frozen import frozen

X = np.random.default_rng(0).normal(size=(6, 2))
Y = (X[:, :1] > 0).astype(float)
NET = random_network((2, 4, 1), seed=1)
HOW: dict[str, Any] = {"loss": binary_cross_entropy, "learning_rate": 0.3}


def test_the_end_is_that_of_torch() -> None:
    case = frozen("alexnet")["training"]
    start = Network(
        [np.array(W) for W, _ in case["start"]],
        [np.array(b) for _, b in case["start"]],
        ACTIVATIONS["tanh"],
    )
    x, y = np.array(case["x"]), np.array(case["y"])[:, None]
    *_, end = momentum_descent(
        start, x, y, loss=binary_cross_entropy, learning_rate=0.2, beta=0.9, steps=8
    )
    for found, expected in zip(zip(end.weights, end.biases, strict=True), case["end"], strict=True):
        for ours, theirs in zip(found, expected, strict=True):
            assert ours == pytest.approx(np.array(theirs), rel=1e-10)


def test_without_momentum_it_is_gradient_descent() -> None:
    *_, ours = momentum_descent(NET, X, Y, beta=0.0, steps=5, **HOW)
    *_, (theirs, _) = gradient_descent(NET, X, Y, steps=5, **HOW)
    for one, other in zip(ours.weights, theirs.weights, strict=True):
        assert one == pytest.approx(other, rel=1e-14)


def test_it_yields_the_start_and_a_state_after_every_step() -> None:
    found = list(momentum_descent(NET, X, Y, steps=3, **HOW))
    assert found[0] is NET
    assert len(found) == 4
    assert len({float(net.weights[0][0, 0]) for net in found}) == 4


@pytest.mark.parametrize("wrong", [{"learning_rate": 0.0}, {"beta": 1.0}, {"steps": -1}])
def test_what_makes_no_sense_is_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        next(momentum_descent(NET, X, Y, **{"steps": 2, **HOW, **wrong}))
