"""A small network: its parameters, its passes, its gradients as differences say.

`test_training` compares outputs and gradients with those of torch.
"""

from dataclasses import replace

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS, Activation
from dlcv_viz.numerics.network import Network, backward, forward, random_network, side_by_side
from dlcv_viz.types import FloatArray

TIGHT = 1e-12  # two to three layers of sums


def smooth_loss(network: Network, x: FloatArray) -> float:
    """Any function of the outputs whose gradient by them is easy: half their squares."""
    return float(0.5 * (forward(network, x).outputs ** 2).sum())


def test_a_pass_keeps_every_step_on_the_way() -> None:
    network = random_network([3, 5, 2], seed=0, output="sigmoid")
    x = np.random.default_rng(1).normal(size=(4, 3))
    passed = forward(network, x)
    first, second = passed.pre_activations
    assert passed.activations[0] is x
    assert passed.activations[1] == pytest.approx(np.tanh(first))
    assert second == pytest.approx(passed.activations[1] @ network.weights[1].T)
    assert passed.outputs == pytest.approx(1 / (1 + np.exp(-second)))


@pytest.mark.parametrize("hidden", ["tanh", "sigmoid", "relu"])
@pytest.mark.parametrize("output", ["identity", "sigmoid"])
def test_gradients_are_what_differences_say(hidden: str, output: str) -> None:
    rng = np.random.default_rng(5)
    start = random_network([3, 5, 4, 2], seed=3, gain=2, hidden=hidden, output=output)
    # With biases of zero, a ReLU after ones that are all off would be at its kink.
    network = replace(start, biases=[rng.normal(size=b.shape) for b in start.biases])
    x, step = rng.normal(size=(7, 3)), 1e-6
    passed = forward(network, x)
    assert hidden != "relu" or min(np.abs(z).min() for z in passed.pre_activations) > 10 * step
    found = backward(network, passed, passed.outputs)
    owners = zip([*network.weights, *network.biases], [*found.weights, *found.biases], strict=True)
    for values, gradient in owners:
        assert gradient.shape == values.shape
        for place in np.ndindex(values.shape):
            was, sides = values[place], []
            for moved in (was + step, was - step):
                values[place] = moved
                sides.append(smooth_loss(network, x))
            values[place] = was
            # Truncation of order step squared, rounding of order 1e-16 / step.
            assert gradient[place] == pytest.approx((sides[0] - sides[1]) / (2 * step), abs=1e-8)


def test_errors_are_gradients_by_the_pre_activations() -> None:
    network = random_network([2, 3, 2], seed=1, output="tanh")
    x = np.array([[0.3, -1.2], [0.8, 0.1]])
    passed = forward(network, x)
    errors = backward(network, passed, passed.outputs).errors
    last = passed.outputs * (1 - passed.outputs**2)
    assert errors[1] == pytest.approx(last)
    hidden = passed.activations[1]
    assert errors[0] == pytest.approx(last @ network.weights[1] * (1 - hidden**2))


def test_networks_side_by_side_are_the_networks() -> None:
    every = [random_network([2, 4, 3], seed=seed) for seed in range(5)]
    x = np.random.default_rng(0).normal(size=(6, 2))
    stacked = side_by_side(every)
    passed = forward(stacked, x)
    found = backward(stacked, passed, passed.outputs)
    assert passed.outputs.shape == (5, 6, 3)
    for k, network in enumerate(every):
        alone = forward(network, x)
        own = backward(network, alone, alone.outputs)
        assert passed.outputs[k] == pytest.approx(alone.outputs, abs=TIGHT)
        for one, other in zip(found.weights + found.biases, own.weights + own.biases, strict=True):
            assert one[k] == pytest.approx(other, abs=TIGHT)


def test_random_networks_have_the_variance_asked_for_and_no_biases() -> None:
    network = random_network([50, 400, 300], seed=2, gain=2)
    for w, n_in in zip(network.weights, (50, 400), strict=True):
        assert w.mean() == pytest.approx(0, abs=0.01)
        assert w.var() * n_in == pytest.approx(2, rel=0.05)  # 20,000 draws: 1 % is one deviation
    assert not any(b.any() for b in network.biases)


def test_a_seed_gives_the_same_network_and_a_generator_goes_on() -> None:
    one, same, other = (random_network([2, 3], seed=seed).weights[0] for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).all()
    rng = np.random.default_rng(4)
    first, second = (random_network([2, 3], seed=rng).weights[0] for _ in range(2))
    assert (first == one).all()
    assert (second != one).all()


def test_an_activation_may_be_a_function_with_its_derivative() -> None:
    square = Activation(lambda z: z**2, lambda z: 2 * z)
    network = random_network([1, 1, 1], seed=0, hidden=square)
    (w1, w2), x = network.weights, np.array([[3.0]])
    passed = forward(network, x)
    assert passed.outputs == pytest.approx(w2 * (3 * w1) ** 2)
    found = backward(network, passed, np.ones((1, 1)))
    assert found.weights[0] == pytest.approx(w2 * 2 * (3 * w1) * 3)


@pytest.mark.parametrize(
    ("weights", "biases"),
    [
        ([(3, 2), (1, 4)], [(3,), (1,)]),
        ([(3, 2), (1, 3)], [(3,), (2,)]),
        ([(3, 2)], [(3,), (1,)]),
        ([], []),
    ],
    ids=["widths", "biases", "one bias too many", "nothing"],
)
def test_layers_that_do_not_chain_are_refused(
    weights: list[tuple[int, ...]], biases: list[tuple[int, ...]]
) -> None:
    with pytest.raises(ValueError, match="do not chain"):
        Network([np.ones(w) for w in weights], [np.ones(b) for b in biases], ACTIVATIONS["tanh"])


def test_an_unknown_activation_is_named_with_those_there_are() -> None:
    with pytest.raises(ValueError, match="'step' is none of identity, sigmoid"):
        random_network([1, 1], seed=0, hidden="step")


def test_inputs_of_another_width_are_refused() -> None:
    with pytest.raises(ValueError, match="do not chain"):
        forward(random_network([2, 1], seed=0), np.ones((5, 3)))
