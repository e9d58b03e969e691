r"""A fully connected ReLU network with batch normalization before every activation.

A hidden layer is linear without a bias, normalization, ReLU; the last layer is linear with one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.activation import relu, relu_derivative
from dlcv_viz.numerics.dense import layer_forward_batch
from dlcv_viz.numerics.network import Network
from dlcv_viz.numerics.normalization_layer import (
    BatchNormPass,
    batch_norm_backward,
    batch_norm_forward,
)
from dlcv_viz.numerics.training import Loss
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class NormalizedNetwork:
    """Parameters, or gradients by them.

    Parameters
    ----------
    weights : sequence of (n_out, n_in) ndarray of float
        One matrix a layer, from the first.
    gammas, betas : sequence of (n_out,) ndarray of float
        Scale and shift of every hidden layer.
    bias : (n_out,) ndarray of float
        Of the last layer.
    """

    weights: Sequence[FloatArray]
    gammas: Sequence[FloatArray]
    betas: Sequence[FloatArray]
    bias: FloatArray

    def stepped(self, found: "NormalizedNetwork", learning_rate: float) -> "NormalizedNetwork":
        """Return the network after one step down its gradients."""

        def step(ours: Sequence[FloatArray], theirs: Sequence[FloatArray]) -> list[FloatArray]:
            return [v - learning_rate * g for v, g in zip(ours, theirs, strict=True)]

        return NormalizedNetwork(
            step(self.weights, found.weights),
            step(self.gammas, found.gammas),
            step(self.betas, found.betas),
            self.bias - learning_rate * found.bias,
        )


def normalized(network: Network) -> NormalizedNetwork:
    """Return a network with the same weights and a fresh normalization in every hidden layer."""
    widths = [len(W) for W in network.weights[:-1]]
    return NormalizedNetwork(
        network.weights,
        [np.ones(n) for n in widths],
        [np.zeros(n) for n in widths],
        np.zeros(len(network.weights[-1])),
    )


def gradients(
    network: NormalizedNetwork, X: FloatArray, targets: FloatArray, loss: Loss
) -> tuple[FloatArray, NormalizedNetwork, list[FloatArray]]:
    """Return the loss on a batch in training, and its gradients.

    Parameters
    ----------
    network : NormalizedNetwork
        The parameters.
    X : (m, n_in) ndarray of float
        Samples in rows, at least two.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        From outputs and targets to the loss and its gradient by the outputs.

    Returns
    -------
    loss : ndarray of float
        One number.
    found : NormalizedNetwork
        Gradients by the parameters.
    errors : list of (m, n_out) ndarray of float
        Gradients by the outputs of the linear parts, from the first layer.
    """
    activations, passes = [X], list[BatchNormPass]()
    for W, gamma, beta in zip(network.weights[:-1], network.gammas, network.betas, strict=True):
        linear = layer_forward_batch(activations[-1], W, np.zeros(len(W)))
        passes.append(batch_norm_forward(linear, gamma, beta))
        activations.append(relu(passes[-1].outputs))
    outputs = layer_forward_batch(activations[-1], network.weights[-1], network.bias)
    value, error = loss(outputs, targets)
    errors, by_gamma, by_beta = [error], list[FloatArray](), list[FloatArray]()
    for passed, W in zip(reversed(passes), reversed(network.weights[1:]), strict=True):
        upstream = errors[0] @ W * relu_derivative(passed.outputs)
        error, dgamma, dbeta = batch_norm_backward(passed, upstream)
        errors.insert(0, error)
        by_gamma.insert(0, dgamma)
        by_beta.insert(0, dbeta)
    by_weights = [each.T @ A for each, A in zip(errors, activations, strict=True)]
    return value, NormalizedNetwork(by_weights, by_gamma, by_beta, errors[-1].sum(axis=0)), errors
