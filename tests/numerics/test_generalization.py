"""Bias and variance, early stopping, and training with a penalty and with dropout."""

from collections.abc import Callable
from itertools import count, islice

import numpy as np
import pytest

from dlcv_viz.numerics.generalization import BiasVariance, early_stopping, regularised_descent
from dlcv_viz.numerics.network import Network, random_network
from dlcv_viz.numerics.training import binary_cross_entropy, gradient_descent

RNG = np.random.default_rng(8)
X = RNG.normal(size=(12, 3))
TARGETS = (X[:, :1] * X[:, 1:2] > 0).astype(float)
NET = random_network([3, 5, 1], seed=1)


def train(steps: int, **settings: float) -> list[Network]:
    return list(
        regularised_descent(
            NET,
            X,
            TARGETS,
            loss=binary_cross_entropy,
            learning_rate=0.3,
            steps=steps,
            strength=settings.get("strength", 0.0),
            drop=settings.get("drop", 0.0),
            seed=int(settings.get("seed", 0)),
        )
    )


def size(network: Network) -> float:
    return float(sum((W**2).sum() for W in network.weights))


def test_bias_variance_and_noise_add_up_to_the_error_on_new_targets() -> None:
    truth, noise = np.array([0.0, 1.0, -2.0]), 0.3
    predictions = truth + 0.5 + RNG.normal(0, 0.8, (4000, 3))
    parts = BiasVariance.of(predictions, truth, noise**2)
    fresh = truth + RNG.normal(0, noise, predictions.shape)
    errors = (fresh - predictions) ** 2
    # Four deviations of the mean of these errors.
    assert parts.total == pytest.approx(errors.mean(), abs=4 * errors.std() / errors.size**0.5)
    assert parts.bias_squared + parts.variance == pytest.approx(((predictions - truth) ** 2).mean())


def test_a_method_that_always_says_the_same_has_bias_only() -> None:
    parts = BiasVariance.of(np.full((7, 2), 3.0), np.array([3.0, 1.0]), 0.0)
    assert (parts.bias_squared, parts.variance, parts.noise) == (2.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("losses", "patience", "expected"),
    [
        ([5, 4, 3, 2], 1, (3, 3)),
        ([5, 3, 4, 2, 6, 7, 1], 1, (1, 2)),
        ([5, 3, 4, 2, 6, 7, 1], 2, (3, 5)),
        ([5, 3, 4, 2, 6, 7, 1], 3, (6, 6)),
        ([2, 2, 2], 2, (0, 2)),
    ],
)
def test_early_stopping_waits_and_keeps_the_best(
    losses: list[float], patience: int, expected: tuple[int, int]
) -> None:
    assert early_stopping(np.array(losses, float), patience) == expected


def test_training_without_any_regulariser_is_plain_descent() -> None:
    plain = gradient_descent(NET, X, TARGETS, loss=binary_cross_entropy, learning_rate=0.3, steps=6)
    for one, (other, _) in zip(train(6), plain, strict=True):
        for a, b in zip([*one.weights, *one.biases], [*other.weights, *other.biases], strict=True):
            assert a == pytest.approx(b, rel=1e-12)


def test_a_penalty_keeps_weights_small_and_leaves_biases_alone() -> None:
    start, plain, decayed = NET, train(1)[1], train(1, strength=0.1)[1]
    for before, without, after in zip(start.weights, plain.weights, decayed.weights, strict=True):
        assert after == pytest.approx(without - 2 * 0.3 * 0.1 * before, rel=1e-12)
    for without, after in zip(plain.biases, decayed.biases, strict=True):
        assert after.tolist() == without.tolist()
    assert size(train(300, strength=0.1)[-1]) < size(train(300)[-1]) / 2


def test_a_dropped_unit_learns_nothing_in_that_step() -> None:
    one = Network([W[..., :5] for W in NET.weights], NET.biases, NET.hidden)
    _, after = islice(
        regularised_descent(
            one,
            X[:1],
            TARGETS[:1],
            loss=binary_cross_entropy,
            learning_rate=0.3,
            steps=1,
            drop=0.5,
            seed=3,
        ),
        2,
    )
    moved = np.any(after.weights[0] != one.weights[0], axis=1)
    assert 0 < moved.sum() < 5
    assert (moved == (after.weights[1] != one.weights[1])[0]).all()
    assert after.hidden is one.hidden


def test_dropout_repeats_by_seed() -> None:
    one, same, other = (train(3, drop=0.5, seed=s)[-1].weights[0] for s in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: BiasVariance.of(np.ones((3, 2)), np.ones(3), 0.1), "do not fit"),
        (lambda: BiasVariance.of(np.ones((3, 2)), np.ones(2), -0.1), "at least 0"),
        (lambda: BiasVariance.of(np.full((3, 2), np.nan), np.ones(2), 0), "not finite"),
        (lambda: early_stopping(np.array([]), 1), "numbers"),
        (lambda: early_stopping(np.array([1, np.nan]), 1), "numbers"),
        (lambda: early_stopping(np.ones(3), 0), "patience"),
        (lambda: train(-1), "below 0"),
        (lambda: train(1, drop=1.0), "below 1"),
        (lambda: train(1, strength=-1.0), "at least 0"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
