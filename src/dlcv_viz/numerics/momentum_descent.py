"""Training of a small network on all samples, with momentum."""

from collections.abc import Iterator

import numpy as np

from dlcv_viz.numerics.network import Gradients, Network
from dlcv_viz.numerics.optimizers import refuse_not_fading
from dlcv_viz.numerics.training import Loss, gradient_step, gradients
from dlcv_viz.types import FloatArray


def momentum_descent(
    network: Network,
    X: FloatArray,
    targets: FloatArray,
    *,
    loss: Loss,
    learning_rate: float,
    beta: float = 0.9,
    steps: int,
) -> Iterator[Network]:
    r"""Walk along a fading sum of gradients, and show every state.

    .. math:: V \leftarrow \beta V + \frac{\partial L}{\partial W}, \quad
              W \leftarrow W - \alpha V, \quad \text{and so for } \mathbf b

    Parameters
    ----------
    network : Network
        The start; it is not changed.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        As for `dlcv_viz.numerics.training.gradients`.
    learning_rate : float
        :math:`\alpha`, above 0.
    beta : float, default 0.9
        :math:`\beta`, what is kept of the velocity, from 0 to below 1.
    steps : int
        How many, at least 0.

    Yields
    ------
    Network
        The start, then the network after every step: ``steps + 1`` states.

    Raises
    ------
    ValueError
        If a number is out of its range.
    """
    if not learning_rate > 0 or steps < 0:
        raise ValueError(f"learning_rate={learning_rate} is above 0, steps={steps} at least 0")
    refuse_not_fading(beta=beta)
    velocity = Gradients(
        [np.zeros_like(W) for W in network.weights], [np.zeros_like(b) for b in network.biases], []
    )
    yield network
    for _ in range(steps):
        _, found = gradients(network, X, targets, loss)
        velocity = Gradients(
            [beta * v + g for v, g in zip(velocity.weights, found.weights, strict=True)],
            [beta * v + g for v, g in zip(velocity.biases, found.biases, strict=True)],
            [],
        )
        network = gradient_step(network, velocity, learning_rate)
        yield network
