"""Training of networks of blocks by any optimizer, on all samples at once."""

from collections.abc import Iterator
from dataclasses import replace

from dlcv_viz.numerics.optimizers import Optimizer, step_by
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.numerics.residual_network import BlockParameters, ResidualNetwork, backward, forward
from dlcv_viz.numerics.training import Loss
from dlcv_viz.types import FloatArray


def train(
    network: ResidualNetwork,
    X: FloatArray,
    targets: FloatArray,
    *,
    loss: Loss,
    optimizer: Optimizer,
    n_steps: int,
) -> Iterator[tuple[ResidualNetwork, FloatArray]]:
    """Train on all samples, and show every state.

    Parameters
    ----------
    network : ResidualNetwork
        The start; it is not changed.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        From outputs and targets to the loss and its gradient by the outputs.
    optimizer : Optimizer
        One that acts on each number by itself.
    n_steps : int
        How many, at least 0.

    Yields
    ------
    network : ResidualNetwork
        The start, then the network after every step: ``n_steps + 1`` states.
    loss : (...) ndarray of float
        Of this state.

    Raises
    ------
    ValueError
        If `n_steps` is below 0.
    """
    refuse_below(0, n_steps=n_steps)
    states = [optimizer.start(array) for array in network.parameters.arrays]
    for step in range(n_steps + 1):
        passed = forward(network, X)
        value, upstream = loss(passed.outputs, targets)
        yield network, value
        if step < n_steps:
            found, _ = backward(network, passed, upstream)
            states = [
                step_by(optimizer, state, gradient)
                for state, gradient in zip(states, found.arrays, strict=True)
            ]
            network = replace(network, parameters=BlockParameters(*(state.w for state in states)))
