"""Training of the network of `dlcv_viz.numerics.small_cnn` by cross-entropy, batch by batch."""

from collections.abc import Iterator

import numpy as np

from dlcv_viz.numerics.adaptive_optimizers import Adam
from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.optimizers import Gradient, Optimizer
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.numerics.small_cnn import SmallCNN, forward, parameter_gradient
from dlcv_viz.numerics.training import softmax_cross_entropy
from dlcv_viz.types import FloatArray, IntArray

ADAM = Adam(0.01)


def loss(net: SmallCNN, x: FloatArray, y: IntArray) -> float:
    """Return the mean cross-entropy of pictures (N, C, H, W) with the classes (N,)."""
    return float(softmax_cross_entropy(forward(net, x).logits, one_hot(y, len(net.biases)))[0])


def accuracy(net: SmallCNN, x: FloatArray, y: IntArray) -> float:
    """Return the share of pictures (N, C, H, W) whose largest logit is that of their class."""
    return float((forward(net, x).logits.argmax(axis=1) == y).mean())


def epochs(
    net: SmallCNN,
    x: FloatArray,
    y: IntArray,
    *,
    n_epochs: int,
    seed: int,
    batch_size: int = 40,
    optimizer: Optimizer = ADAM,
) -> Iterator[SmallCNN]:
    """Train by steps on batches, and show the network after every epoch.

    Parameters
    ----------
    net : SmallCNN
        The start; it is not changed.
    x : (N, C, H, W) ndarray of float
        Pictures.
    y : (N,) ndarray of int
        Their classes.
    n_epochs : int
        How often all pictures are seen, at least 0.
    seed : int
        Of their order, which is another in every epoch.
    batch_size : int, default 40
        At least 1; what is left at the end of an epoch is a smaller batch.
    optimizer : Optimizer, default Adam(0.01)
        The rule for steps.

    Yields
    ------
    SmallCNN
        ``n_epochs + 1`` of them, the start first.

    Raises
    ------
    ValueError
        If there is not one class for each picture, or a number is out of its range.
    """
    refuse_below(0, n_epochs=n_epochs)
    refuse_below(1, batch_size=batch_size)
    if y.shape != x.shape[:1]:
        raise ValueError(f"{len(x)} pictures and y {y.shape} do not fit")
    targets = one_hot(y, len(net.biases))
    rng, state = np.random.default_rng(seed), optimizer.start(net.parameters)
    yield net
    for _ in range(n_epochs):
        order = rng.permutation(len(x))
        for first in range(0, len(x), batch_size):
            batch = order[first : first + batch_size]
            state = optimizer.step(state, _loss_gradient(net, x[batch], targets[batch]))
        yield net.with_parameters(state.w)


def _loss_gradient(net: SmallCNN, x: FloatArray, targets: FloatArray) -> Gradient:
    """Return the function that gives the gradient of the loss at any parameters."""

    def gradient(theta: FloatArray) -> FloatArray:
        here = net.with_parameters(theta)
        passed = forward(here, x)
        _, delta = softmax_cross_entropy(passed.logits, targets)
        return parameter_gradient(here, passed, delta).parameters

    return gradient
