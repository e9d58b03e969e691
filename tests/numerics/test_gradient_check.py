"""Finite differences: how exact, and whether they find what is wrong."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS, Activation
from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.gradient_check import (
    central_difference,
    check_network,
    forward_difference,
    parameter_vector,
    relative_error,
)
from dlcv_viz.numerics.network import Network, random_network
from dlcv_viz.numerics.training import gradients, half_squared_error, softmax_cross_entropy
from dlcv_viz.types import FloatArray
from frozen import frozen

TORCH = frozen("backprop")["network"]
Difference = Callable[[Callable[[FloatArray], float], FloatArray, float], FloatArray]


def cube(theta: FloatArray) -> float:
    return float(theta[0] ** 3)


def test_one_side_is_off_by_h_and_both_sides_by_h_squared() -> None:
    at = np.array([2.0])  # the derivatives of a cube are 12, 12 and 6
    for h in (0.5, 0.25):
        assert forward_difference(cube, at, h) == pytest.approx([12 + 6 * h + h**2])
        assert central_difference(cube, at, h) == pytest.approx([12 + h**2])


@pytest.mark.parametrize("difference", [forward_difference, central_difference])
def test_each_component_is_moved_by_itself(difference: Difference) -> None:
    weights = np.array([3.0, -1.0, 0.5])
    found = difference(lambda theta: float(weights @ theta), np.zeros(3), 0.25)
    assert found == pytest.approx(weights)


@pytest.mark.parametrize("difference", [forward_difference, central_difference])
@pytest.mark.parametrize(("shape", "step"), [((2, 2), 0.1), ((2,), 0.0), ((2,), float("nan"))])
def test_no_vector_or_no_step_is_refused(
    difference: Difference, shape: tuple[int, ...], step: float
) -> None:
    with pytest.raises(ValueError, match="no vector, or step="):
        difference(cube, np.ones(shape), step)


def test_the_relative_error_does_not_depend_on_the_unit_or_the_order() -> None:
    g, other = np.array([3.0, 4.0]), np.array([3.0, 3.0])
    assert relative_error(g, other) == pytest.approx(0.2)
    assert relative_error(other, g) == pytest.approx(0.2)
    assert relative_error(1e-9 * g, 1e-9 * other) == pytest.approx(0.2)


def test_the_relative_error_is_0_for_equals_1_against_nothing_and_2_for_opposites() -> None:
    g, nothing = np.array([3.0, 4.0]), np.zeros(2)
    assert relative_error(g, g) == 0
    assert relative_error(nothing, nothing) == 0
    assert relative_error(g, nothing) == 1
    assert relative_error(g, -g) == 2


def test_gradients_that_cannot_be_compared_are_refused() -> None:
    with pytest.raises(ValueError, match="differ in shape"):
        relative_error(np.ones(2), np.ones(1))
    with pytest.raises(ValueError, match="not finite"):
        relative_error(np.ones(1), np.array([np.nan]))


def test_backpropagation_agrees_with_torch_and_with_differences() -> None:
    network = Network(
        [np.array(W) for W in TORCH["weights"]],
        [np.array(b) for b in TORCH["biases"]],
        ACTIVATIONS["tanh"],
    )
    x, y = np.array(TORCH["x"]), one_hot(np.array(TORCH["labels"]), 3)
    loss, found = gradients(network, x, y, softmax_cross_entropy)
    assert float(loss) == pytest.approx(TORCH["loss"], abs=1e-13)
    theirs = [
        np.array(array) for name in ("by_weights", "by_biases", "errors") for array in TORCH[name]
    ]
    ours = [*found.weights, *found.biases, *found.errors]
    for one, other in zip(ours, theirs, strict=True):
        assert one == pytest.approx(other, abs=1e-13)  # sums of some tens of terms below 1
    assert check_network(network, x, y, loss=softmax_cross_entropy) < 1e-8


def test_a_random_network_passes_and_one_with_a_wrong_slope_does_not() -> None:
    rng = np.random.default_rng(4)
    network = random_network([3, 5, 4, 2], seed=rng)
    x, y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    assert check_network(network, x, y, loss=half_squared_error) < 1e-7
    wrong = replace(network, hidden=Activation(np.tanh, lambda z: 1 - np.tanh(z)))
    assert check_network(wrong, x, y, loss=half_squared_error) > 1e-2


def test_parameters_become_one_vector_weights_first() -> None:
    weights, biases = (
        [np.array([[1.0, 2.0]]), np.array([[3.0]])],
        [np.array([4.0]), np.array([5.0])],
    )
    assert parameter_vector(weights, biases).tolist() == [1, 2, 3, 4, 5]
