r"""A deep network of blocks, with shortcuts or without: its parameters, forward and backward.

A linear stem, then blocks :math:`\mathbf h \leftarrow c\,\mathbf h + s\, (W_2 \operatorname{relu}(
W_1 \operatorname{relu}(\mathbf h) + \mathbf b_1) + \mathbf b_2)`, then ReLU and a linear head. With
c = 1 the blocks are residual (in the order of "pre-activation"); with c = 0 the same layers make a
plain network. In a batch, rows are samples. Parameters may have leading axes: these count networks
of one shape, which see the same samples side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from dlcv_viz.numerics.activation import relu, relu_derivative
from dlcv_viz.numerics.dense import layer_forward_batch
from dlcv_viz.numerics.normalization_layer import (
    BatchNormPass,
    batch_norm_backward,
    batch_norm_forward,
)
from dlcv_viz.numerics.random_weights import draw_weights
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class BlockParameters:
    """What is trained, or gradients by it.

    Parameters
    ----------
    stem : (..., width, n_in) ndarray of float
        Weights of the first layer.
    stem_bias : (..., width) ndarray of float
        Its biases.
    weights : (n_blocks, 2, ..., width, width) ndarray of float
        W1 and W2 of each block.
    biases : (n_blocks, 2, ..., width) ndarray of float
        b1 and b2 of each block.
    head : (..., n_out, width) ndarray of float
        Weights of the last layer.
    head_bias : (..., n_out) ndarray of float
        Its biases.
    """

    stem: FloatArray
    stem_bias: FloatArray
    weights: FloatArray
    biases: FloatArray
    head: FloatArray
    head_bias: FloatArray

    @property
    def arrays(self) -> tuple[FloatArray, ...]:
        """All of them, in order."""
        return self.stem, self.stem_bias, self.weights, self.biases, self.head, self.head_bias


@dataclass(frozen=True, slots=True)
class ResidualNetwork:
    """Blocks with a stem and a head, and how they are put together.

    Parameters
    ----------
    parameters : BlockParameters
        What is trained.
    shortcut : float or ndarray of float, default 1
        c: 1 for residual blocks, 0 for plain ones; an array tells it for networks side by side,
        shaped to broadcast with (..., m, width).
    scale : float, default 1
        s, by which each branch is multiplied.
    is_normalized : bool, default False
        Whether each ReLU of a branch has a batch normalization before it, without scale and shift
        of its own; not for networks side by side.
    """

    parameters: BlockParameters
    shortcut: float | FloatArray = 1.0
    scale: float = 1.0
    is_normalized: bool = False

    @property
    def n_blocks(self) -> int:
        """How many blocks there are."""
        return len(self.parameters.weights)

    def without(self, block: int) -> "ResidualNetwork":
        """Return the network with one block, counted from 0, taken out."""
        if not 0 <= block < self.n_blocks:
            raise ValueError(f"block {block} is none of {self.n_blocks}")
        ours = self.parameters
        weights, biases = (np.delete(each, block, axis=0) for each in (ours.weights, ours.biases))
        return replace(self, parameters=replace(ours, weights=weights, biases=biases))


@dataclass(frozen=True, slots=True)
class _Activated:
    """A ReLU, be it behind a normalization, and what its backward pass needs."""

    outputs: FloatArray
    normalization: BatchNormPass | None

    def back(self, upstream: FloatArray) -> FloatArray:
        """Carry a gradient by the outputs back to the inputs."""
        error = np.where(self.outputs > 0, upstream, 0.0)  # where the slope is 1
        if self.normalization is None:
            return error
        return batch_norm_backward(self.normalization, error)[0]


@dataclass(frozen=True, slots=True)
class Pass:
    """What a forward pass leaves for the backward one.

    Parameters
    ----------
    inputs : (m, n_in) ndarray of float
        The batch.
    stream : list of (..., m, width) ndarray of float
        What comes into each block, and what comes out of the last: n_blocks + 1.
    activated : list of pairs
        Both ReLUs of each block.
    outputs : (..., m, n_out) ndarray of float
        Of the head.
    """

    inputs: FloatArray
    stream: list[FloatArray]
    activated: list[tuple[_Activated, _Activated]]
    outputs: FloatArray


def random_blocks(
    n_blocks: int,
    *,
    width: int,
    n_in: int,
    n_out: int,
    seed: int | np.random.Generator,
    gain: float = 2.0,
) -> BlockParameters:
    r"""Draw independent weights of variance :math:`g / n`, where n is the fan-in; biases are 0.

    Parameters
    ----------
    n_blocks, width, n_in, n_out : int
        Of the network.
    seed : int or numpy.random.Generator
        Of stem, blocks and head, drawn in this order.
    gain : float, default 2
        g of the blocks and the head; that of the stem, which no ReLU comes before, is 1.

    Returns
    -------
    BlockParameters
        Of one network.
    """
    rng = np.random.default_rng(seed)
    return BlockParameters(
        draw_weights((width, n_in), 1 / n_in, seed=rng),
        np.zeros(width),
        draw_weights((n_blocks, 2, width, width), gain / width, seed=rng),
        np.zeros((n_blocks, 2, width)),
        draw_weights((n_out, width), gain / width, seed=rng),
        np.zeros(n_out),
    )


def silenced(parameters: BlockParameters) -> BlockParameters:
    """Return the same with the last weights of every branch 0: a residual block then copies."""
    weights = parameters.weights.copy()
    weights[:, 1] = 0
    return replace(parameters, weights=weights)


def side_by_side(each: Sequence[BlockParameters]) -> BlockParameters:
    """Stack parameters of one shape, so that one pass runs all the networks."""
    stems, stem_biases, weights, biases, heads, head_biases = zip(
        *(parameters.arrays for parameters in each), strict=True
    )
    return BlockParameters(
        np.stack(stems),
        np.stack(stem_biases),
        np.stack(weights, axis=2),
        np.stack(biases, axis=2),
        np.stack(heads),
        np.stack(head_biases),
    )


def forward(network: ResidualNetwork, X: FloatArray) -> Pass:
    """Run a batch through stem, blocks and head.

    Parameters
    ----------
    network : ResidualNetwork
        The network.
    X : (m, n_in) ndarray of float
        Samples in rows.

    Returns
    -------
    Pass
        With the outputs.
    """
    ours = network.parameters
    passed = Pass(X, [layer_forward_batch(X, ours.stem, ours.stem_bias)], [], X)
    for (W1, W2), (b1, b2) in zip(ours.weights, ours.biases, strict=True):
        before = passed.stream[-1]
        first = _activate(before, network)
        second = _activate(layer_forward_batch(first.outputs, W1, b1), network)
        branch = layer_forward_batch(second.outputs, W2, b2)
        passed.activated.append((first, second))
        passed.stream.append(network.shortcut * before + network.scale * branch)
    outputs = layer_forward_batch(relu(passed.stream[-1]), ours.head, ours.head_bias)
    return replace(passed, outputs=outputs)


def backward(
    network: ResidualNetwork, passed: Pass, upstream: FloatArray
) -> tuple[BlockParameters, list[FloatArray]]:
    r"""Carry a gradient from the outputs back to all parameters, along the stream.

    .. math:: \frac{\partial \mathcal L}{\partial \mathbf x_i}
              = \frac{\partial \mathcal L}{\partial \mathbf x_{i+1}}
                \left(c\, I + s\, \frac{\partial F_i}{\partial \mathbf x_i}\right)

    Parameters
    ----------
    network : ResidualNetwork
        That made the pass.
    passed : Pass
        Of `forward`.
    upstream : (..., m, n_out) ndarray of float
        Gradient of the loss by the outputs.

    Returns
    -------
    found : BlockParameters
        Gradients by the parameters.
    stream : list of (..., m, width) ndarray of float
        Gradients by what passes between blocks, from the input of the first.
    """
    ours, last = network.parameters, passed.stream[-1]
    weights, biases = np.empty_like(ours.weights), np.empty_like(ours.biases)
    error = upstream @ ours.head * relu_derivative(last)
    stream = [error]
    for block in reversed(range(network.n_blocks)):
        first, second = passed.activated[block]
        (W1, W2), behind = ours.weights[block], network.scale * error
        weights[block, 1], biases[block, 1] = _by_layer(behind, second.outputs)
        between = second.back(behind @ W2)
        weights[block, 0], biases[block, 0] = _by_layer(between, first.outputs)
        error = network.shortcut * error + first.back(between @ W1)
        stream.insert(0, error)
    by_stem, by_head = _by_layer(error, passed.inputs), _by_layer(upstream, relu(last))
    return BlockParameters(*by_stem, weights, biases, *by_head), stream


def _activate(signal: FloatArray, network: ResidualNetwork) -> _Activated:
    if not network.is_normalized:
        return _Activated(relu(signal), None)
    width = signal.shape[-1]
    passed = batch_norm_forward(signal, np.ones(width), np.zeros(width))
    return _Activated(relu(passed.outputs), passed)


def _by_layer(errors: FloatArray, inputs: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the gradients by the weights and the biases of a linear layer."""
    return errors.mT @ inputs, errors.sum(axis=-2)
