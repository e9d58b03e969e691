"""Losses with their gradients, and training as torch and scikit-learn run it."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.cross_entropy import (
    bce_gradient,
    bce_with_logits,
    cross_entropy_gradient,
    cross_entropy_with_logits,
)
from dlcv_viz.numerics.network import Network, forward, random_network, side_by_side
from dlcv_viz.numerics.optimizers import SGD, Momentum
from dlcv_viz.numerics.training import (
    Loss,
    binary_cross_entropy,
    gradient_descent,
    gradients,
    half_squared_error,
    softmax_cross_entropy,
    train,
)
from frozen import frozen

REFERENCE = frozen("nn_basics")
TIGHT = 1e-12  # two to three layers of sums
LOSSES: dict[str, Loss] = {
    "half_squared_error": half_squared_error,
    "binary_cross_entropy": binary_cross_entropy,
    "softmax_cross_entropy": softmax_cross_entropy,
}


def network_of(case: dict[str, Any], when: str) -> Network:
    return Network(
        [np.array(w) for w in case[when]["weights"]],
        [np.array(b) for b in case[when]["biases"]],
        ACTIVATIONS[case["hidden"]],
        ACTIVATIONS[case["output"]],
    )


@pytest.mark.parametrize("case", REFERENCE["networks"], ids=lambda case: case["name"])
def test_outputs_losses_and_gradients_are_those_of_torch(case: dict[str, Any]) -> None:
    network, x, targets = network_of(case, "start"), np.array(case["x"]), np.array(case["targets"])
    assert forward(network, x).outputs == pytest.approx(np.array(case["outputs"]), abs=TIGHT)
    value, found = gradients(network, x, targets, LOSSES[case["loss_name"]])
    assert value == pytest.approx(case["loss"], abs=TIGHT)
    for name in ("weights", "biases"):
        for own, theirs in zip(getattr(found, name), case["gradient"][name], strict=True):
            assert own == pytest.approx(np.array(theirs), abs=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["networks"], ids=lambda case: case["name"])
def test_gradient_descent_walks_as_torch_does(case: dict[str, Any]) -> None:
    *_, (network, loss) = gradient_descent(
        network_of(case, "start"),
        np.array(case["x"]),
        np.array(case["targets"]),
        loss=LOSSES[case["loss_name"]],
        learning_rate=0.3,
        steps=5,
    )
    end = network_of(case, "end")
    assert loss == pytest.approx(case["last_loss"], abs=TIGHT)
    owners = zip(network.weights + network.biases, end.weights + end.biases, strict=True)  # type: ignore[operator]  # both are lists here
    for own, theirs in owners:
        assert own == pytest.approx(theirs, abs=TIGHT)


def test_gradient_descent_shows_the_start_and_every_step() -> None:
    start = random_network([2, 3, 1], seed=0)
    x, y = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([[1.0], [0.0]])
    walk = list(gradient_descent(start, x, y, loss=half_squared_error, learning_rate=0.1, steps=3))
    assert len(walk) == 4
    assert walk[0][0] is start
    for (network, loss), (after, _) in pairwise(walk):
        value, found = gradients(network, x, y, half_squared_error)
        assert loss == value
        for w, dw, moved in zip(network.weights, found.weights, after.weights, strict=True):
            assert moved == pytest.approx(w - 0.1 * dw)


def test_gradient_descent_ends_where_logistic_regression_of_scikit_learn_does() -> None:
    case = REFERENCE["logistic"]
    x, y = np.array(case["x"]), np.array(case["y"], float)[:, None]
    *_, (network, _) = gradient_descent(
        random_network([2, 1], seed=0), x, y, loss=binary_cross_entropy, learning_rate=1, steps=900
    )
    assert network.weights[0][0] == pytest.approx(case["w"], abs=1e-6)  # both stop near the end
    assert network.biases[0][0] == pytest.approx(case["b"], abs=1e-6)


def test_networks_side_by_side_are_trained_each_by_its_own_loss() -> None:
    every = [random_network([2, 3, 1], seed=seed) for seed in range(4)]
    x, y = np.array([[0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]), np.array([[1.0], [0.0], [1.0]])

    def end(start: Network) -> tuple[Network, Any]:
        walk = gradient_descent(start, x, y, loss=binary_cross_entropy, learning_rate=0.5, steps=9)
        *_, last = walk
        return last

    together, losses = end(side_by_side(every))
    assert losses.shape == (4,)
    for k, start in enumerate(every):
        alone, loss = end(start)
        assert losses[k] == pytest.approx(loss, abs=TIGHT)
        assert together.weights[1][k] == pytest.approx(alone.weights[1], abs=TIGHT)


def test_training_with_momentum_ends_where_that_of_torch_does() -> None:
    case = frozen("alexnet")["training"]
    start = Network(
        [np.array(W) for W, _ in case["start"]],
        [np.array(b) for _, b in case["start"]],
        ACTIVATIONS["tanh"],
    )
    x, y = np.array(case["x"]), np.array(case["y"])[:, None]
    rules = [Momentum(0.2)] * 2
    *_, (end, _) = train(start, x, y, loss=binary_cross_entropy, optimizers=rules, n_steps=8)
    for found, expected in zip(zip(end.weights, end.biases, strict=True), case["end"], strict=True):
        for ours, theirs in zip(found, expected, strict=True):
            assert ours == pytest.approx(np.array(theirs), rel=1e-10)  # eight times a few sums


def test_each_layer_is_trained_by_its_own_rule() -> None:
    start, y = random_network([2, 3, 1], seed=0), np.array([[1.0], [0.0]])
    x, rules = np.array([[0.0, 1.0], [1.0, 0.0]]), [SGD(0.0), SGD(0.4)]
    *_, (end, _) = train(start, x, y, loss=half_squared_error, optimizers=rules, n_steps=1)
    _, found = gradients(start, x, y, half_squared_error)
    assert (end.weights[0] == start.weights[0]).all()
    assert end.weights[1] == pytest.approx(start.weights[1] - 0.4 * found.weights[1])
    assert end.biases[1] == pytest.approx(start.biases[1] - 0.4 * found.biases[1])


@pytest.mark.parametrize(
    ("n_rules", "n_steps", "message"),
    [(1, 1, "1 optimizers for 2 layers"), (2, -1, "n_steps=-1 is below 0")],
)
def test_training_without_a_rule_or_a_number_is_refused(
    n_rules: int, n_steps: int, message: str
) -> None:
    start, x, y = random_network([2, 3, 1], seed=0), np.ones((1, 2)), np.ones((1, 1))
    rules = [SGD(0.1)] * n_rules
    walk = train(start, x, y, loss=half_squared_error, optimizers=rules, n_steps=n_steps)
    with pytest.raises(ValueError, match=message):
        next(walk)


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_the_gradient_of_a_loss_is_what_differences_say(loss: Loss) -> None:
    rng = np.random.default_rng(8)
    outputs, step = rng.normal(size=(5, 3)), 1e-6
    targets = np.eye(3)[[0, 2, 1, 1, 0]]
    _, gradient = loss(outputs, targets)
    for place in np.ndindex(outputs.shape):
        moved = np.zeros_like(outputs)
        moved[place] = step
        slope = (loss(outputs + moved, targets)[0] - loss(outputs - moved, targets)[0]) / (2 * step)
        # Truncation of order step squared, rounding of order 1e-16 / step.
        assert gradient[place] == pytest.approx(slope, abs=1e-9)


def test_cross_entropies_stay_finite_for_large_logits() -> None:
    case = REFERENCE["large_logits"]
    logits, targets = np.array(case["logits"]), np.array(case["targets"])
    for name, loss in (("binary", binary_cross_entropy), ("softmax", softmax_cross_entropy)):
        value, gradient = loss(logits, targets)
        assert value == pytest.approx(case[name], rel=TIGHT)
        assert np.isfinite(gradient).all()


@pytest.mark.parametrize("loss", LOSSES.values(), ids=LOSSES)
def test_targets_that_would_broadcast_are_refused(loss: Loss) -> None:
    with pytest.raises(ValueError, match=r"targets \(4,\) are not shaped as outputs \(4, 1\)"):
        loss(np.ones((4, 1)), np.ones(4))


@pytest.mark.parametrize(("rate", "steps"), [(0.0, 5), (-1.0, 5), (np.nan, 5), (0.1, -1)])
def test_a_walk_without_a_step_or_a_number_is_refused(rate: float, steps: int) -> None:
    walk = gradient_descent(
        random_network([1, 1], seed=0),
        np.ones((1, 1)),
        np.ones((1, 1)),
        loss=half_squared_error,
        learning_rate=rate,
        steps=steps,
    )
    with pytest.raises(ValueError, match=r"learning_rate=.* is above 0, steps=.* at least 0"):
        next(walk)


def test_cross_entropies_are_means_of_those_of_single_samples() -> None:
    rng = np.random.default_rng(2)
    logits, m = rng.normal(0, 3, (5, 3)), 5
    yes_or_no = rng.uniform(0, 1, (m, 3))
    shares = yes_or_no / yes_or_no.sum(axis=1, keepdims=True)
    value, gradient = binary_cross_entropy(logits, yes_or_no)
    assert value == pytest.approx(bce_with_logits(logits, yes_or_no).sum() / m, abs=TIGHT)
    assert gradient == pytest.approx(bce_gradient(logits, yes_or_no) / m, abs=TIGHT)
    value, gradient = softmax_cross_entropy(logits, shares)
    assert value == pytest.approx(cross_entropy_with_logits(logits, shares).mean(), abs=TIGHT)
    assert gradient == pytest.approx(cross_entropy_gradient(logits, shares) / m, abs=TIGHT)
