"""The training that the page shows whole is that of the library."""

import numpy as np
import pytest

from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.from_scratch import train_epoch
from dlcv_viz.numerics.network import random_network
from dlcv_viz.numerics.training import gradient_step, gradients, softmax_cross_entropy


def test_an_epoch_does_what_steps_of_the_library_do() -> None:
    rng = np.random.default_rng(1)
    x, y = rng.normal(size=(23, 4)), one_hot(rng.integers(0, 3, 23), 3)
    network = random_network([4, 6, 3], seed=2, gain=2, hidden="relu")
    parameters = [
        a.copy() for pair in zip(network.weights, network.biases, strict=True) for a in pair
    ]
    w1, b1, w2, b2 = parameters
    train_epoch(x, y, (w1, b1, w2, b2), rate=0.3, batch_size=5, rng=np.random.default_rng(9))
    order = np.random.default_rng(9).permutation(23)
    for start in range(0, 23, 5):  # the last batch holds 3
        batch = order[start : start + 5]
        found = gradients(network, x[batch], y[batch], softmax_cross_entropy)[1]
        network = gradient_step(network, found, 0.3)
    expected = [*network.weights, *network.biases]
    for one, other in zip((w1, w2, b1, b2), expected, strict=True):
        assert one == pytest.approx(other, abs=1e-13)  # five steps of sums


def test_logits_of_any_size_do_not_overflow() -> None:
    x, y = np.array([[1e4, -1e4]]), np.array([[1.0, 0.0]])
    arrays = np.eye(2), np.zeros(2), np.eye(2), np.zeros(2)
    with np.errstate(all="raise", under="ignore"):
        train_epoch(x, y, arrays, rate=0.1, batch_size=1, rng=np.random.default_rng(0))
    assert all(np.isfinite(array).all() for array in arrays)
