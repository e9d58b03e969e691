r"""A small fully connected network: its parameters, the forward and the backward pass.

Layer l has weights ``W`` of shape (n_out, n_in) and biases ``b`` of shape (n_out,); in a batch,
rows are samples. Arrays of parameters may have leading axes: these count networks of one shape,
which see the same samples side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from dlcv_viz.numerics.activation import ACTIVATIONS, Activation
from dlcv_viz.numerics.dense import layer_forward_batch
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class Network:
    """Parameters of a fully connected network, and its activations.

    Parameters
    ----------
    weights : sequence of (..., n_out, n_in) ndarray of float
        One matrix a layer, from the first.
    biases : sequence of (..., n_out) ndarray of float
        One vector a layer.
    hidden, output : Activation
        Of all layers but the last, and of the last.

    Raises
    ------
    ValueError
        If the shapes of neighbouring layers do not chain.
    """

    weights: Sequence[FloatArray]
    biases: Sequence[FloatArray]
    hidden: Activation
    output: Activation = ACTIVATIONS["identity"]

    def __post_init__(self) -> None:
        """Refuse shapes that do not chain."""
        shapes = [W.shape for W in self.weights], [b.shape for b in self.biases]
        widths = [W.shape[-2:-1] for W in self.weights]
        if (
            not widths
            or widths != [b.shape[-1:] for b in self.biases]
            or widths[:-1] != [W.shape[-1:] for W in self.weights[1:]]
        ):
            raise ValueError(f"weights {shapes[0]} and biases {shapes[1]} do not chain")

    def activation(self, layer: int) -> Activation:
        """Return the activation of a layer, counted from 0."""
        return self.output if layer == len(self.weights) - 1 else self.hidden


@dataclass(frozen=True, slots=True)
class Pass:
    """What a forward pass leaves for the backward one.

    Parameters
    ----------
    pre_activations : list of (..., m, n_out) ndarray of float
        Z of every layer.
    activations : list of (..., m, n) ndarray of float
        The inputs, then A of every layer: one more than `pre_activations`.
    """

    pre_activations: list[FloatArray]
    activations: list[FloatArray]

    @property
    def outputs(self) -> FloatArray:
        """Activations of the last layer."""
        return self.activations[-1]


@dataclass(frozen=True, slots=True)
class Gradients:
    """Gradients of a loss, layer by layer, each shaped as what it belongs to.

    Parameters
    ----------
    weights, biases : list of ndarray of float
        By the parameters.
    errors : list of (..., m, n_out) ndarray of float
        By the pre-activations: the deltas of backpropagation.
    """

    weights: list[FloatArray]
    biases: list[FloatArray]
    errors: list[FloatArray]


def random_network(
    sizes: Sequence[int],
    *,
    seed: int | np.random.Generator,
    gain: float = 1.0,
    hidden: str | Activation = "tanh",
    output: str | Activation = "identity",
) -> Network:
    r"""Draw a network with independent weights and without biases.

    .. math:: w^{[l]}_{ij} \sim \mathcal N(0, g / n_{l-1}), \quad b^{[l]}_i = 0

    Parameters
    ----------
    sizes : sequence of int
        Widths from input to output.
    seed : int or numpy.random.Generator
        Of the weights, drawn layer by layer from the first.
    gain : float, default 1
        g: 1 suits sigmoid and tanh, 2 a ReLU.
    hidden, output : str or Activation, default "tanh" and "identity"
        By a name of `dlcv_viz.numerics.activation.ACTIVATIONS`, or a function with its derivative.

    Returns
    -------
    Network
        Ready to be trained.
    """
    rng = np.random.default_rng(seed)
    return Network(
        [rng.normal(0, np.sqrt(gain / n_in), (n_out, n_in)) for n_in, n_out in pairwise(sizes)],
        [np.zeros(n_out) for n_out in sizes[1:]],
        _activation(hidden),
        _activation(output),
    )


def side_by_side(networks: Sequence[Network]) -> Network:
    """Stack networks of one shape, so that one pass runs them all.

    Parameters
    ----------
    networks : sequence of n Network
        With the activations of the first.

    Returns
    -------
    Network
        Parameters with a leading axis of length n.
    """
    first = networks[0]
    return Network(
        [np.stack(Ws) for Ws in zip(*(each.weights for each in networks), strict=True)],
        [np.stack(bs) for bs in zip(*(each.biases for each in networks), strict=True)],
        first.hidden,
        first.output,
    )


def forward(network: Network, X: FloatArray) -> Pass:
    r"""Run a batch through all layers and keep everything on the way.

    .. math:: Z^{[l]} = A^{[l-1]} W^{[l]\top} + \mathbf 1 \mathbf b^{[l]\top}, \quad
              A^{[l]} = \phi^{[l]}(Z^{[l]}), \quad A^{[0]} = X

    Parameters
    ----------
    network : Network
        Parameters and activations.
    X : (m, n_in) ndarray of float
        Samples in rows.

    Returns
    -------
    Pass
        Pre-activations and activations of every layer.
    """
    passed = Pass([], [X])
    for layer, (W, b) in enumerate(zip(network.weights, network.biases, strict=True)):
        Z = layer_forward_batch(passed.outputs, W, b)
        passed.pre_activations.append(Z)
        passed.activations.append(network.activation(layer).function(Z))
    return passed


def backward(network: Network, passed: Pass, output_gradient: FloatArray) -> Gradients:
    r"""Carry a gradient from the outputs back to all parameters by the chain rule.

    .. math:: \Delta^{[l]} = \frac{\partial L}{\partial A^{[l]}} \odot \phi'(Z^{[l]}), \quad
              \frac{\partial L}{\partial A^{[l-1]}} = \Delta^{[l]} W^{[l]}, \quad
              \frac{\partial L}{\partial W^{[l]}} = \Delta^{[l]\top} A^{[l-1]}, \quad
              \frac{\partial L}{\partial \mathbf b^{[l]}} = \Delta^{[l]\top} \mathbf 1

    Parameters
    ----------
    network : Network
        That made the pass.
    passed : Pass
        Of `forward`.
    output_gradient : (..., m, n_out) ndarray of float
        Of the loss by the outputs; a mean over samples carries its 1/m already.

    Returns
    -------
    Gradients
        By weights, biases and pre-activations.
    """
    found, upstream = Gradients([], [], []), output_gradient
    for layer in reversed(range(len(network.weights))):
        errors = upstream * network.activation(layer).derivative(passed.pre_activations[layer])
        found.errors.insert(0, errors)
        found.weights.insert(0, errors.mT @ passed.activations[layer])
        found.biases.insert(0, errors.sum(axis=-2))
        upstream = errors @ network.weights[layer]
    return found


def _activation(given: str | Activation) -> Activation:
    if isinstance(given, Activation):
        return given
    if given not in ACTIVATIONS:
        raise ValueError(f"{given!r} is none of {', '.join(ACTIVATIONS)}")
    return ACTIVATIONS[given]
