"""XOR by hand, class probabilities, and what leaves a network's function as it is."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.mlp import (
    class_probabilities,
    permuted,
    rescaled,
    widened,
    xor_relu,
    xor_sigmoid,
)
from dlcv_viz.numerics.network import Network, forward, random_network
from dlcv_viz.numerics.training import gradients, half_squared_error
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("mlp")
TIGHT = 1e-12  # the same sums, perhaps in another order


def lively(sizes: tuple[int, ...], hidden: str, seed: int = 0) -> Network:
    """Draw a network with biases, too."""
    network, rng = random_network(sizes, seed=seed, hidden=hidden), np.random.default_rng(seed + 1)
    biases = [rng.normal(size=len(b)) for b in network.biases]
    return Network(network.weights, biases, network.hidden, network.output)


def samples(n_in: int) -> FloatArray:
    return np.random.default_rng(8).normal(size=(20, n_in))


def outputs(network: Network) -> FloatArray:
    return forward(network, samples(network.weights[0].shape[1])).outputs


@pytest.mark.parametrize(("network", "name"), [(xor_sigmoid(), "sigmoid"), (xor_relu(), "relu")])
def test_xor_networks_agree_with_torch_on_the_corners_and_between(
    network: Network, name: str
) -> None:
    case = REFERENCE["xor"]
    y = forward(network, np.array(case["x"])).outputs[:, 0]
    assert y == pytest.approx(case[name], abs=TIGHT)


def test_xor_networks_compute_xor() -> None:
    corners = np.array([[0.0, 0], [0, 1], [1, 0], [1, 1]])
    assert forward(xor_relu(), corners).outputs[:, 0].tolist() == [0, 1, 1, 0]
    near = forward(xor_sigmoid(), corners).outputs[:, 0]
    assert near == pytest.approx([5.18995e-5, 0.99994067, 0.99994067, 5.18995e-5], abs=1e-8)


@pytest.mark.parametrize("case", REFERENCE["classifiers"], ids=lambda case: len(case["biases"]))
def test_class_probabilities_agree_with_torch(case: dict[str, Any]) -> None:
    network = Network(
        [np.array(W) for W in case["weights"]],
        [np.array(b) for b in case["biases"]],
        hidden=ACTIVATIONS["tanh"],
    )
    found = class_probabilities(network, np.array(case["x"]))
    assert found == pytest.approx(np.array(case["probabilities"]), abs=TIGHT)


def test_class_probabilities_are_finite_and_sum_to_one_for_huge_logits() -> None:
    network = Network([np.array([[1e6], [-1e6], [0.0]])], [np.zeros(3)], ACTIVATIONS["tanh"])
    found = class_probabilities(network, np.array([[1e3], [-1e3], [0.0]]))
    assert found == pytest.approx(np.array([[1, 0, 0], [0, 1, 0], [1 / 3] * 3]))


@pytest.mark.parametrize("hidden", ["tanh", "relu", "gelu"])
@pytest.mark.parametrize(("layer", "order"), [(0, [2, 0, 3, 1]), (1, [1, 2, 0])])
def test_permuted_hidden_units_compute_the_same(hidden: str, layer: int, order: list[int]) -> None:
    network = lively((3, 4, 3, 2), hidden)
    other = permuted(network, layer, np.array(order))
    assert outputs(other) == pytest.approx(outputs(network), abs=TIGHT)
    assert other.weights[layer].tolist() == [network.weights[layer][k].tolist() for k in order]


@pytest.mark.parametrize("layer", [0, 1])
def test_rescaled_relus_compute_the_same_and_rescaled_tanhs_do_not(layer: int) -> None:
    factors = np.array([0.3, 5.0, 1.0])
    for hidden, is_same in (("relu", True), ("tanh", False)):
        network = lively((2, 3, 3, 1), hidden)
        other = rescaled(network, layer, factors)
        assert np.allclose(outputs(other), outputs(network), rtol=0, atol=TIGHT) is is_same
        assert (other.weights[layer] != network.weights[layer]).any()


def test_widened_networks_compute_the_same_and_their_new_units_get_no_gradient() -> None:
    network = lively((2, 3, 1), "tanh")
    wide = widened(network, 5)
    assert wide.weights[0].shape == (5, 2)
    assert outputs(wide) == pytest.approx(outputs(network), abs=TIGHT)
    x = samples(2)
    (_, narrow_found), (_, found) = (
        gradients(each, x, np.ones((len(x), 1)), half_squared_error) for each in (network, wide)
    )
    assert found.weights[0][:3] == pytest.approx(narrow_found.weights[0], abs=TIGHT)
    assert found.weights[1][:, :3] == pytest.approx(narrow_found.weights[1], abs=TIGHT)
    for idle in (found.weights[0][3:], found.weights[1][:, 3:], found.biases[0][3:]):
        assert not idle.any()


def test_the_network_given_stays_as_it_was() -> None:
    network = lively((2, 3, 1), "relu")
    before = [array.copy() for array in (*network.weights, *network.biases)]
    permuted(network, 0, np.array([2, 1, 0]))
    rescaled(network, 0, np.array([2.0, 3.0, 4.0]))
    widened(network, 9)
    after = (*network.weights, *network.biases)
    assert all((a == b).all() for a, b in zip(before, after, strict=True))


@pytest.mark.parametrize("layer", [-1, 1, 2])
def test_a_layer_that_is_not_hidden_is_refused(layer: int) -> None:
    network = lively((2, 3, 1), "relu")
    with pytest.raises(ValueError, match=f"layer={layer}: there are 1 hidden layers"):
        permuted(network, layer, np.array([0, 1, 2]))
    with pytest.raises(ValueError, match=f"layer={layer}: there are 1 hidden layers"):
        rescaled(network, layer, np.ones(3))


@pytest.mark.parametrize("order", [[0, 1], [0, 1, 1], [1, 2, 3]])
def test_permuted_refuses_what_is_no_permutation(order: list[int]) -> None:
    with pytest.raises(ValueError, match="no permutation of the 3 units"):
        permuted(lively((2, 3, 1), "relu"), 0, np.array(order))


@pytest.mark.parametrize("factors", [[1.0, 2], [1.0, 0, 2], [1.0, -1, 2], [1.0, np.nan, 2]])
def test_rescaled_refuses_what_cannot_be_undone(factors: list[float]) -> None:
    with pytest.raises(ValueError, match="one finite number above 0 for 3 units"):
        rescaled(lively((2, 3, 1), "relu"), 0, np.array(factors))


@pytest.mark.parametrize(("sizes", "width"), [((2, 3, 1), 2), ((2, 3, 3, 1), 4)])
def test_widened_refuses_fewer_units_and_other_depths(sizes: tuple[int, ...], width: int) -> None:
    with pytest.raises(ValueError, match=f"width={width}: at least 3 units, in one hidden layer"):
        widened(lively(sizes, "tanh"), width)
