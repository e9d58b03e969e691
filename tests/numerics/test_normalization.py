"""Batch normalization and its relatives, against torch and by what they promise."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.dense import layer_forward_batch
from dlcv_viz.numerics.gradient_check import central_difference
from dlcv_viz.numerics.network import random_network
from dlcv_viz.numerics.normalization import (
    Statistics,
    batch_mean,
    batch_norm,
    batch_norm_inference,
    batch_variance,
    normalize,
    undoing,
    updated,
)
from dlcv_viz.numerics.normalization_layer import batch_norm_backward, batch_norm_forward, fold
from dlcv_viz.numerics.normalized_network import NormalizedNetwork, gradients, normalized
from dlcv_viz.numerics.sample_normalization import group_norm, instance_norm, layer_norm, rms_norm
from dlcv_viz.numerics.training import binary_cross_entropy
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("batch_norm")
SAMPLES = REFERENCE["samples"]
TIGHT = 1e-10  # absolute, on numbers of size 1 to 50: sums rounded in another order
ONE, ZERO = np.ones(1), np.zeros(1)
RNG_BATCH = np.random.default_rng(8).normal(3, 2, (9, 4))


@pytest.fixture(params=["dense", "dense_of_two", "pictures"])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found = REFERENCE[request.param]
    return {key: np.array(v) if isinstance(v, list) else v for key, v in found.items()}


def column(*values: float) -> FloatArray:
    return np.array(values)[:, None]


def test_training_gives_the_outputs_of_torch(case: dict[str, Any]) -> None:
    found = batch_norm(case["X"], case["gamma"], case["beta"], epsilon=case["epsilon"])
    assert found == pytest.approx(case["outputs"], abs=TIGHT)


def test_the_backward_pass_gives_the_gradients_of_torch(case: dict[str, Any]) -> None:
    found = batch_norm_backward(
        batch_norm_forward(case["X"], case["gamma"], case["beta"], epsilon=case["epsilon"]),
        case["upstream"],
    )
    for name, gradient in zip(("by_X", "by_gamma", "by_beta"), found, strict=True):
        assert gradient == pytest.approx(case[name], abs=TIGHT)


def test_running_statistics_and_inference_are_those_of_torch(case: dict[str, Any]) -> None:
    n = case["X"].shape[1]
    running = updated(Statistics(np.zeros(n), np.ones(n)), case["X"], momentum=case["momentum"])
    assert running.mean == pytest.approx(case["running_mean"], abs=TIGHT)
    assert running.variance == pytest.approx(case["running_variance"], abs=TIGHT)
    found = batch_norm_inference(
        case["X"], case["gamma"], case["beta"], running, epsilon=case["epsilon"]
    )
    assert found == pytest.approx(case["inferred"], abs=TIGHT)


def test_the_gradient_by_the_inputs_agrees_with_finite_differences() -> None:
    x, gamma = RNG_BATCH, np.array([0.5, -1.0, 2.0, 1.5])
    upstream = np.cos(np.arange(36.0)).reshape(9, 4)

    def loss(theta: FloatArray) -> float:
        return float((upstream * batch_norm(theta.reshape(9, 4), gamma, np.zeros(4))).sum())

    estimate = central_difference(loss, x.ravel(), 1e-5)
    # Truncation is of order 1e-10, rounding of order 1e-16/1e-5 times the size of the loss.
    found, _, _ = batch_norm_backward(batch_norm_forward(x, gamma, np.zeros(4)), upstream)
    assert found.ravel() == pytest.approx(estimate, abs=1e-8)


def test_outputs_have_mean_zero_and_a_variance_just_below_one() -> None:
    x = column(1, 2, 3, 4, 5)
    y = batch_norm(x, ONE, ZERO)
    assert batch_mean(y) == pytest.approx([0], abs=1e-12)
    assert batch_variance(y) == pytest.approx([2 / (2 + 1e-5)], abs=1e-12)


def test_a_large_mean_costs_no_digits_that_matter() -> None:
    x = np.linspace(-1, 1, 8)[:, None]
    shifted = batch_norm(x + 1e6, ONE, ZERO)
    assert shifted == pytest.approx(batch_norm(x, ONE, ZERO), abs=1e-8)  # 1e6 in float64: 1e-10


def test_undoing_gives_the_batch_back_and_another_one_not() -> None:
    gamma, beta = undoing(RNG_BATCH)
    assert batch_norm(RNG_BATCH, gamma, beta) == pytest.approx(RNG_BATCH, abs=1e-12)
    other = 2 * RNG_BATCH
    assert np.abs(batch_norm(other, gamma, beta) - other).max() > 1


def test_no_normalized_value_is_beyond_the_root_of_m_minus_one() -> None:
    for m in (2, 3, 10):
        x = np.zeros((m, 1))
        x[0] = 1e4  # the most extreme batch there is: one value apart from all others
        assert batch_norm(x, ONE, ZERO)[0, 0] == pytest.approx(np.sqrt(m - 1), rel=1e-9)


def test_scaling_and_shifting_what_comes_in_changes_nothing() -> None:
    y = batch_norm(RNG_BATCH, np.ones(4), np.zeros(4), epsilon=1e-12)
    changed = batch_norm(7 * RNG_BATCH - 4, np.ones(4), np.zeros(4), epsilon=1e-12)
    assert changed == pytest.approx(y, abs=1e-9)


def test_the_input_gradient_is_orthogonal_to_one_and_nearly_to_the_normalized_values() -> None:
    upstream = np.sin(np.arange(36.0)).reshape(9, 4)
    found, _, _ = batch_norm_backward(
        batch_norm_forward(RNG_BATCH, np.ones(4), np.zeros(4)), upstream
    )
    x_hat = batch_norm(RNG_BATCH, np.ones(4), np.zeros(4))
    assert found.sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-13)
    assert (found * x_hat).sum(axis=0) == pytest.approx(np.zeros(4), abs=1e-4)  # epsilon is 1e-5


def test_a_folded_layer_does_what_layer_and_normalization_did() -> None:
    rng = np.random.default_rng(3)
    w, b, gamma, beta, mean = (rng.normal(size=s) for s in ((4, 3), 4, 4, 4, 4))
    running = Statistics(mean, rng.uniform(0.1, 5, 4))
    x = rng.normal(size=(6, 3))
    both = batch_norm_inference(layer_forward_batch(x, w, b), gamma, beta, running)
    one = layer_forward_batch(x, *fold(w, b, gamma, beta, running))
    assert one == pytest.approx(both, abs=1e-13)


def test_folding_takes_kernels_of_a_convolution() -> None:
    kernels = np.arange(24.0).reshape(2, 3, 2, 2)
    running, each = Statistics(np.zeros(2), np.full(2, 4.0)), np.array([2.0, 6.0])
    w, _ = fold(kernels, np.zeros(2), each, np.zeros(2), running, epsilon=1e-12)
    assert w[0] == pytest.approx(kernels[0])
    assert w[1] == pytest.approx(3 * kernels[1])


def test_layer_and_rms_norm_are_those_of_torch() -> None:
    rows, gamma, beta = (np.array(SAMPLES[name]) for name in ("rows", "gamma", "beta"))
    found = layer_norm(rows, gamma, beta, epsilon=1e-3)
    assert found == pytest.approx(np.array(SAMPLES["layer"]), abs=TIGHT)
    assert rms_norm(rows, gamma, epsilon=1e-3) == pytest.approx(np.array(SAMPLES["rms"]), abs=TIGHT)


@pytest.mark.parametrize("n_groups", [1, 2, 3])
def test_group_norm_is_that_of_torch(n_groups: int) -> None:
    pictures, gamma, beta = (np.array(SAMPLES[name]) for name in ("pictures", "gamma", "beta"))
    found = group_norm(pictures, gamma, beta, n_groups=n_groups)
    assert found == pytest.approx(np.array(SAMPLES["group"][str(n_groups)]), abs=TIGHT)


def test_instance_norm_is_that_of_torch() -> None:
    pictures, gamma, beta = (np.array(SAMPLES[name]) for name in ("pictures", "gamma", "beta"))
    found = instance_norm(pictures, gamma, beta)
    assert found == pytest.approx(np.array(SAMPLES["instance"]), abs=TIGHT)


def test_only_batch_norm_lets_one_sample_change_another() -> None:
    changed = RNG_BATCH.copy()
    changed[0] += [5, -1, 2, 9]
    ones, zeros = np.ones(4), np.zeros(4)
    mixed = batch_norm(changed, ones, zeros) - batch_norm(RNG_BATCH, ones, zeros)
    alone = layer_norm(changed, ones, zeros) - layer_norm(RNG_BATCH, ones, zeros)
    assert np.abs(mixed[1:]).max() > 0.1
    assert (alone[1:] == 0).all()
    assert np.abs(alone[0]).max() > 0.1


def test_the_gradients_of_a_normalized_network_agree_with_finite_differences() -> None:
    start = normalized(random_network([2, 4, 3, 1], seed=5, gain=2.0))
    x, y = np.random.default_rng(6).normal(size=(7, 2)), np.tile([0.0, 1.0], 4)[:7, None]
    shapes = [v.shape for v in parts(start)]

    def loss(theta: FloatArray) -> float:
        return float(gradients(assembled(theta, shapes), x, y, binary_cross_entropy)[0])

    theta = np.concatenate([v.ravel() for v in parts(start)])
    _, found, _ = gradients(start, x, y, binary_cross_entropy)
    estimate = central_difference(loss, theta, 1e-6)
    told = np.concatenate([v.ravel() for v in parts(found)])
    assert told == pytest.approx(estimate, abs=1e-8)  # rounding: 1e-16/1e-6


def parts(network: NormalizedNetwork) -> list[FloatArray]:
    return [*network.weights, *network.gammas, *network.betas, network.bias]


def assembled(theta: FloatArray, shapes: list[tuple[int, ...]]) -> NormalizedNetwork:
    ends = np.cumsum([int(np.prod(shape)) for shape in shapes])[:-1]
    pieces = [v.reshape(s) for v, s in zip(np.split(theta, ends), shapes, strict=True)]
    return NormalizedNetwork(pieces[:3], pieces[3:5], pieces[5:7], pieces[7])


ONES, ZEROS = np.ones(4), np.zeros(4)
STATISTICS = Statistics(ZEROS, ONES)
PASSED = batch_norm_forward(RNG_BATCH, ONES, ZEROS)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: batch_norm(RNG_BATCH[:1], ONES, ZEROS), "one value a channel"),
        (lambda: batch_norm(RNG_BATCH, ONE, ZEROS), "one number for each channel"),
        (lambda: batch_norm(RNG_BATCH, ONES, ZEROS, epsilon=0), "epsilon"),
        (lambda: batch_mean(RNG_BATCH[0]), "is not"),
        (lambda: batch_variance(np.array([[1.0], [np.nan]])), "not finite"),
        (lambda: normalize(RNG_BATCH, Statistics(ZERO, ONE)), "one number for each channel"),
        (lambda: Statistics(ZEROS, -ONES), "below 0"),
        (lambda: Statistics(ZEROS, ONE), "differ in shape"),
        (lambda: updated(STATISTICS, RNG_BATCH, momentum=0), "momentum"),
        (lambda: updated(STATISTICS, RNG_BATCH[:1]), "one value a channel"),
        (lambda: batch_norm_backward(PASSED, RNG_BATCH[:2]), "differ in shape"),
        (lambda: fold(np.eye(3), ONES, ONES, ONES, STATISTICS), "do not fit"),
        (lambda: layer_norm(RNG_BATCH[0], ONES, ZEROS), "is not"),
        (lambda: rms_norm(RNG_BATCH, ONES, epsilon=-1), "epsilon"),
        (lambda: group_norm(RNG_BATCH, ONES, ZEROS, n_groups=3), "equal groups"),
        (lambda: instance_norm(RNG_BATCH, ONES, ZEROS), "no places"),
    ],
    ids=range(16),
)
def test_what_cannot_be_meant_is_refused(wrong: Callable[[], object], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wrong()
