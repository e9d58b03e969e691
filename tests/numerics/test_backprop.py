"""What backpropagation does to sizes, and what it costs."""

import math

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.backprop import (
    error_bound,
    error_sizes,
    layer_jacobians,
    steps_per_epoch,
    training_work,
)
from dlcv_viz.numerics.network import Network, backward, forward, random_network, side_by_side
from frozen import frozen

TORCH = frozen("backprop")["jacobian"]


def test_the_work_is_that_of_the_matrix_products() -> None:
    work = training_work([5, 3, 4, 2])
    assert work.forward == 5 * 3 + 3 * 4 + 4 * 2
    assert work.by_weights == work.forward
    assert work.by_inputs == 3 * 4 + 4 * 2
    assert work.backward == work.by_weights + work.by_inputs


@pytest.mark.parametrize("sizes", [(3, 1), (784, 128, 64, 10), (1, 500, 500, 1)])
def test_a_backward_pass_costs_at_least_one_forward_pass_and_less_than_two(
    sizes: tuple[int, ...],
) -> None:
    work = training_work(sizes)
    assert work.forward <= work.backward < 2 * work.forward


def test_work_of_no_layer_is_refused() -> None:
    with pytest.raises(ValueError, match="at least two widths"):
        training_work([3])


@pytest.mark.parametrize("n", [1, 7, 999, 1000, 1001, 60_000])
@pytest.mark.parametrize("size", [1, 7, 64, 128, 1000])
def test_steps_per_epoch_are_rounded_up_or_down(n: int, size: int) -> None:
    assert steps_per_epoch(n, size) == math.ceil(n / size)
    assert steps_per_epoch(n, size, drop_last=True) == n // size


@pytest.mark.parametrize(("n", "size"), [(0, 1), (1, 0), (5, -1)])
def test_no_samples_and_empty_batches_are_refused(n: int, size: int) -> None:
    with pytest.raises(ValueError, match="both are at least 1"):
        steps_per_epoch(n, size)


def test_jacobians_multiply_to_that_of_torch() -> None:
    network = Network(
        [np.array(W) for W in TORCH["weights"]],
        [np.array(b) for b in TORCH["biases"]],
        ACTIVATIONS["sigmoid"],
    )
    first, second = layer_jacobians(network, np.array(TORCH["x"]))
    assert first.shape == (4, 5)
    assert second.shape == (5, 2)
    assert first @ second == pytest.approx(np.array(TORCH["back"]), abs=1e-14)


@pytest.mark.parametrize("hidden", ["sigmoid", "tanh", "relu"])
def test_jacobians_carry_errors_as_backpropagation_does_and_the_bound_holds(hidden: str) -> None:
    rng = np.random.default_rng(2)
    network, x = (
        random_network([3, 6, 5, 4, 2], seed=rng, gain=2, hidden=hidden),
        rng.normal(size=3),
    )
    found = backward(network, forward(network, x[None]), rng.normal(size=(1, 2)))
    for k, jacobian in enumerate(layer_jacobians(network, x)):
        assert jacobian @ found.errors[k + 1][0] == pytest.approx(found.errors[k][0], abs=1e-14)
    first, last = (float(np.linalg.norm(found.errors[k])) for k in (0, -1))
    assert 0 < first / last <= error_bound(network, x)


def test_the_bound_is_reached_by_identities_and_1_for_one_layer() -> None:
    double = [np.eye(3), 2 * np.eye(3), -5 * np.eye(3)]
    network = Network(double, [np.zeros(3)] * 3, ACTIVATIONS["identity"])
    assert error_bound(network, np.ones(3)) == pytest.approx(10)
    assert error_bound(random_network([3, 2], seed=0), np.ones(3)) == 1


def test_a_batch_in_the_place_of_a_sample_is_refused() -> None:
    network = random_network([3, 2, 1], seed=0)
    for function in (layer_jacobians, error_bound):
        with pytest.raises(ValueError, match="no vector"):
            function(network, np.ones((4, 3)))


def test_sizes_of_errors_are_root_mean_squares_by_layer_and_network() -> None:
    every = [random_network([2, 4, 3], seed=seed) for seed in range(3)]
    x = np.random.default_rng(0).normal(size=(5, 2))
    stacked = side_by_side(every)
    passed = forward(stacked, x)
    found = backward(stacked, passed, passed.outputs)
    sizes = error_sizes(found)
    assert sizes.shape == (3, 2)
    for k, layer in np.ndindex(3, 2):
        errors = found.errors[layer][k].ravel().tolist()
        assert sizes[k, layer] == pytest.approx(math.sqrt(sum(e * e for e in errors) / len(errors)))
