"""Reused networks against torch and scikit-learn, and what being frozen means."""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.fine_tuning import (
    accuracy,
    fine_tuned,
    l2_sp_penalty,
    linear_probe,
    with_new_head,
)
from dlcv_viz.numerics.mlp import class_probabilities
from dlcv_viz.numerics.network import Network, forward, random_network
from frozen import frozen

REFERENCE = frozen("transfer_learning")
NETWORK = random_network((4, 6, 3), seed=0, gain=2, hidden="relu")
X = np.random.default_rng(1).normal(size=(12, 4))
Y = one_hot(np.arange(12) % 2, 2)
RELU = ACTIVATIONS["relu"]


def arrays(case: dict[str, Any], name: str) -> list[np.ndarray]:
    return [np.array(values) for values in case[name]]


@pytest.mark.parametrize("case", REFERENCE["fine_tuned"], ids=count())
def test_layers_with_rates_of_their_own_move_as_groups_of_torch(case: dict[str, Any]) -> None:
    start = Network(arrays(case, "weights_before"), arrays(case, "biases_before"), RELU)
    targets = one_hot(np.array(case["labels"]), 3)
    found = fine_tuned(
        start, np.array(case["x"]), targets, rates=case["rates"], n_steps=case["n_steps"]
    )
    for ours, theirs in (
        *zip(found.weights, arrays(case, "weights_after"), strict=True),
        *zip(found.biases, arrays(case, "biases_after"), strict=True),
    ):
        assert ours == pytest.approx(theirs, rel=1e-10)  # Adam's root, twelve times


def test_a_probe_ends_at_the_probabilities_of_scikit_learn() -> None:
    case = REFERENCE["probed"]
    x, targets = np.array(case["x"]), one_hot(np.array(case["labels"]), 3)
    plain = Network([np.zeros((3, 3))], [np.zeros(3)], RELU)
    probed = linear_probe(plain, x, targets, rate=0.03, n_steps=1500)
    # Adam comes to rest slowly; theirs is a second-order method.
    assert class_probabilities(probed, x) == pytest.approx(
        np.array(case["probabilities"]), abs=1e-5
    )


def test_two_starts_of_a_probe_end_at_one_loss() -> None:
    case = REFERENCE["probed"]
    x, targets = np.array(case["x"]), one_hot(np.array(case["labels"]), 3)
    ends = []
    for seed in (1, 2):
        start = random_network((3, 3), seed=seed, gain=9)
        ends.append(fine_tuned(start, x, targets, rates=(0.03,), n_steps=2000))
    one, other = (class_probabilities(end, x) for end in ends)
    assert one == pytest.approx(other, abs=1e-5)


def test_a_frozen_body_stays_as_it_is() -> None:
    probed = linear_probe(NETWORK, X, Y, rate=0.1, n_steps=5)
    assert (probed.weights[0] == NETWORK.weights[0]).all()
    assert (probed.biases[0] == NETWORK.biases[0]).all()
    assert probed.weights[1].shape == (2, 6)
    assert np.abs(probed.weights[1]).min() > 0


def test_a_new_head_calls_all_classes_equally_likely() -> None:
    fresh = with_new_head(NETWORK, 5)
    assert class_probabilities(fresh, X) == pytest.approx(np.full((12, 5), 0.2))
    assert len(NETWORK.biases[-1]) == 3


def test_with_all_rates_zero_or_no_step_nothing_is_trained() -> None:
    start = with_new_head(NETWORK, 2)
    for found in (
        fine_tuned(start, X, Y, rates=(0, 0), n_steps=3),
        fine_tuned(start, X, Y, rates=(0.1, 0.1), n_steps=0),
    ):
        assert (forward(found, X).outputs == forward(start, X).outputs).all()


def test_accuracy_counts_the_largest_output() -> None:
    network = Network([np.eye(2)], [np.zeros(2)], RELU)
    x = np.array([[1.0, 0], [0, 1], [3, 1], [0, 2]])
    assert accuracy(network, x, np.array([0, 1, 1, 1])) == 0.75


def test_l2_sp_is_nothing_at_the_start_and_its_gradients_are_finite_differences() -> None:
    rng = np.random.default_rng(3)
    body, start, head = rng.normal(size=(3, 2, 4))
    penalty, by_body, by_head = l2_sp_penalty(body, start, head, pull=0.7, decay=0.2)
    assert l2_sp_penalty(start, start, 0 * head, pull=0.7, decay=0.2)[0] == 0
    step = 1e-6
    for place in np.ndindex(body.shape):
        nudge = np.zeros_like(body)
        nudge[place] = step
        moved = l2_sp_penalty(body + nudge, start, head, pull=0.7, decay=0.2)[0]
        grown = l2_sp_penalty(body, start, head + nudge, pull=0.7, decay=0.2)[0]
        # One-sided: half the curvature times the step is off, below 1e-6.
        assert (moved - penalty) / step == pytest.approx(by_body[place], abs=2e-6)
        assert (grown - penalty) / step == pytest.approx(by_head[place], abs=2e-6)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fine_tuned(NETWORK, X, Y, rates=(0.1,), n_steps=1), "1 rates for 2 layers"),
        (lambda: fine_tuned(NETWORK, X, Y, rates=(0.1, -1), n_steps=1), "learning_rate=-1"),
        (lambda: fine_tuned(NETWORK, X, Y, rates=(0.1, 0.1), n_steps=-1), "n_steps=-1"),
        (lambda: fine_tuned(NETWORK, X, Y, rates=(0.1, 0.1), n_steps=1), "not shaped as outputs"),
        (lambda: linear_probe(NETWORK, X, Y, rate=0, n_steps=1), "rate=0"),
        (lambda: with_new_head(NETWORK, 0), "n_classes=0"),
        (lambda: l2_sp_penalty(X, X.T, X, pull=1, decay=1), "differ in shape"),
        (lambda: l2_sp_penalty(X, X, X, pull=-1, decay=1), "at least 0"),
        (lambda: l2_sp_penalty(X, np.inf * X, X, pull=1, decay=1), "not finite"),
    ],
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
