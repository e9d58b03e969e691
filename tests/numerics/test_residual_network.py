"""Networks of blocks against torch: outputs, gradients, and steps of an optimizer."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.adaptive_optimizers import Adam
from dlcv_viz.numerics.residual_network import (
    BlockParameters,
    ResidualNetwork,
    backward,
    forward,
    random_blocks,
    side_by_side,
    silenced,
)
from dlcv_viz.numerics.residual_training import train
from dlcv_viz.numerics.training import half_squared_error
from frozen import frozen

REFERENCE = frozen("resnet")


def network_of(case: dict[str, Any]) -> ResidualNetwork:
    parameters = BlockParameters(*map(np.array, case["parameters"]))
    setup = {name: case[name] for name in ("shortcut", "scale", "is_normalized")}
    return ResidualNetwork(parameters, **setup)


@pytest.mark.parametrize("case", REFERENCE["networks"])
def test_outputs_and_all_gradients_are_those_of_torch(case: dict[str, Any]) -> None:
    network = network_of(case)
    passed = forward(network, np.array(case["x"]))
    np.testing.assert_allclose(passed.outputs, case["outputs"], rtol=1e-10)
    _, upstream = half_squared_error(passed.outputs, np.array(case["targets"]))
    found, stream = backward(network, passed, upstream)
    # Biases in front of a normalization have a gradient of 0, where both have rounding only.
    for ours, theirs in zip(found.arrays, case["gradients"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9, atol=1e-14)
    np.testing.assert_allclose(stream, case["stream"], rtol=1e-9, atol=1e-14)


def test_steps_of_adam_are_those_of_torch() -> None:
    case = REFERENCE["training"]
    start = ResidualNetwork(BlockParameters(*map(np.array, case["start"])), scale=0.5)
    states = list(
        train(
            start,
            np.array(case["x"]),
            np.array(case["targets"]),
            loss=half_squared_error,
            optimizer=Adam(0.01),
            n_steps=4,
        )
    )
    assert [float(loss) for _, loss in states[:4]] == pytest.approx(case["losses"], rel=1e-10)
    for ours, theirs in zip(states[-1][0].parameters.arrays, case["end"], strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-7, atol=1e-10)


def test_networks_side_by_side_are_what_each_is_alone() -> None:
    rng = np.random.default_rng(7)
    each = [random_blocks(4, width=6, n_in=2, n_out=1, seed=seed) for seed in (1, 2)]
    x, y = rng.normal(size=(9, 2)), rng.normal(size=(9, 1))
    shortcuts = np.array([0.0, 1.0])[:, None, None]
    both = ResidualNetwork(side_by_side(each), shortcuts)
    passed = forward(both, x)
    losses, upstream = half_squared_error(passed.outputs, y)
    found, _ = backward(both, passed, upstream)
    for place, (parameters, shortcut) in enumerate(zip(each, (0.0, 1.0), strict=True)):
        alone = ResidualNetwork(parameters, shortcut)
        passed_alone = forward(alone, x)
        loss, upstream_alone = half_squared_error(passed_alone.outputs, y)
        assert losses[place] == pytest.approx(float(loss))
        expected, _ = backward(alone, passed_alone, upstream_alone)
        np.testing.assert_allclose(found.weights[:, :, place], expected.weights, atol=1e-14)
        np.testing.assert_allclose(found.stem[place], expected.stem, atol=1e-14)


def test_silent_branches_copy_forward_and_backward() -> None:
    x = np.random.default_rng(8).normal(size=(5, 3))
    network = ResidualNetwork(silenced(random_blocks(6, width=4, n_in=3, n_out=2, seed=9)))
    passed = forward(network, x)
    assert all(np.array_equal(state, passed.stream[0]) for state in passed.stream)
    _, stream = backward(network, passed, np.ones((5, 2)))
    assert all(np.array_equal(error, stream[-1]) for error in stream)


def test_a_silent_residual_block_can_be_taken_out_unnoticed_and_a_plain_one_cannot() -> None:
    x = np.random.default_rng(10).normal(size=(5, 3))
    residual = ResidualNetwork(silenced(random_blocks(3, width=4, n_in=3, n_out=2, seed=11)))
    shorter = residual.without(1)
    assert shorter.n_blocks == 2
    assert np.array_equal(forward(shorter, x).outputs, forward(residual, x).outputs)
    plain = ResidualNetwork(random_blocks(3, width=4, n_in=3, n_out=2, seed=11), 0.0)
    assert not np.allclose(forward(plain.without(1), x).outputs, forward(plain, x).outputs)


def test_he_weights_keep_the_mean_square_of_a_plain_network() -> None:
    plain = ResidualNetwork(random_blocks(8, width=400, n_in=400, n_out=1, seed=12), 0.0)
    stream = forward(plain, np.random.default_rng(13).normal(size=(40, 400))).stream
    assert np.mean(stream[-1] ** 2) == pytest.approx(np.mean(stream[0] ** 2), rel=0.5)
    smaller = replace(
        plain, parameters=random_blocks(8, width=400, n_in=400, n_out=1, seed=12, gain=1)
    )
    faded = forward(smaller, np.ones((1, 400))).stream
    assert np.mean(faded[-1] ** 2) < np.mean(faded[0] ** 2) / 4**7


def test_a_block_that_is_not_there_and_steps_below_nought_are_refused() -> None:
    network = ResidualNetwork(random_blocks(2, width=3, n_in=2, n_out=1, seed=0))
    for block in (-1, 2):
        with pytest.raises(ValueError, match=f"block {block} is none of 2"):
            network.without(block)
    x, y = np.ones((1, 2)), np.ones((1, 1))
    endless = train(network, x, y, loss=half_squared_error, optimizer=Adam(0.1), n_steps=-1)
    with pytest.raises(ValueError, match="n_steps=-1 is below 0"):
        next(endless)
