r"""Training of a small network: losses with their gradients, and steps on all samples.

A loss is averaged over samples. Networks side by side (see `dlcv_viz.numerics.network`) are trained
together, each by its own loss. Unlike those of `dlcv_viz.numerics.cross_entropy`, which agree with
them, these losses let infinities pass: that a network diverges is something to show.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from dlcv_viz.numerics.activation import sigmoid, softplus
from dlcv_viz.numerics.network import Gradients, Network, backward, forward
from dlcv_viz.numerics.optimizers import SGD, Optimizer, State, step_by
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.numerics.softmax import log_sum_exp
from dlcv_viz.types import FloatArray

# From outputs and targets to the loss and its gradient by the outputs.
Loss = Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]


def half_squared_error(outputs: FloatArray, targets: FloatArray) -> tuple[FloatArray, FloatArray]:
    r"""Return half the squared error, averaged over samples, and its gradient.

    .. math:: L = \frac{1}{2m} \lVert A - Y \rVert^2, \quad
              \frac{\partial L}{\partial A} = \frac{1}{m} (A - Y)

    Parameters
    ----------
    outputs : (..., m, n) ndarray of float
        A.
    targets : (m, n) ndarray of float
        Y.

    Returns
    -------
    loss : (...) ndarray of float
        One number a network.
    gradient : (..., m, n) ndarray of float
        By the outputs.

    Raises
    ------
    ValueError
        If `targets` are not shaped as the outputs of a network.
    """
    gradient = (outputs - _checked(targets, outputs)) / len(targets)
    return 0.5 * len(targets) * (gradient**2).sum(axis=(-2, -1)), gradient


def binary_cross_entropy(logits: FloatArray, targets: FloatArray) -> tuple[FloatArray, FloatArray]:
    r"""Return the cross-entropy of independent yes-or-no answers, given as logits.

    .. math:: L = \frac1m \sum \log(1 + e^{z}) - y z, \quad
              \frac{\partial L}{\partial z} = \frac1m (\sigma(z) - y)

    Parameters
    ----------
    logits : (..., m, n) ndarray of float
        z, before the sigmoid.
    targets : (m, n) ndarray of float
        y, from 0 to 1.

    Returns
    -------
    loss : (...) ndarray of float
        One number a network: summed over outputs, averaged over samples.
    gradient : (..., m, n) ndarray of float
        By the logits.

    Raises
    ------
    ValueError
        If `targets` are not shaped as the logits of a network.
    """
    terms = softplus(logits) - _checked(targets, logits) * logits
    return terms.sum(axis=(-2, -1)) / len(targets), (sigmoid(logits) - targets) / len(targets)


def softmax_cross_entropy(logits: FloatArray, targets: FloatArray) -> tuple[FloatArray, FloatArray]:
    r"""Return the cross-entropy of one answer among several, given as logits.

    .. math:: L = -\frac1m \sum_{k,c} y_{kc} \log p_{kc}, \quad
              \mathbf p_k = \operatorname{softmax}(\mathbf z_k), \quad
              \frac{\partial L}{\partial Z} = \frac1m (P - Y)

    Parameters
    ----------
    logits : (..., m, n) ndarray of float
        Z, before the softmax.
    targets : (m, n) ndarray of float
        Y: rows of probabilities, one 1 among zeros where the class is known.

    Returns
    -------
    loss : (...) ndarray of float
        One number a network.
    gradient : (..., m, n) ndarray of float
        By the logits.

    Raises
    ------
    ValueError
        If `targets` are not shaped as the logits of a network, or a sample has no finite logit, or
        one that is NaN or plus infinity.
    """
    log_p = logits - log_sum_exp(logits)[..., None]
    loss = -(_checked(targets, logits) * log_p).sum(axis=(-2, -1)) / len(targets)
    return loss, (np.exp(log_p) - targets) / len(targets)


def gradients(
    network: Network, X: FloatArray, targets: FloatArray, loss: Loss
) -> tuple[FloatArray, Gradients]:
    """Return the loss of a network on a batch, and its gradients.

    Parameters
    ----------
    network : Network
        Parameters and activations.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        `half_squared_error`, or a cross-entropy on the logits of an identity output.

    Returns
    -------
    loss : (...) ndarray of float
        One number a network.
    gradients : Gradients
        By weights, biases and pre-activations.
    """
    passed = forward(network, X)
    value, output_gradient = loss(passed.outputs, targets)
    return value, backward(network, passed, output_gradient)


def gradient_descent(
    network: Network,
    X: FloatArray,
    targets: FloatArray,
    *,
    loss: Loss,
    learning_rate: float,
    steps: int,
) -> Iterator[tuple[Network, FloatArray]]:
    r"""Walk down the gradient of the loss on all samples, and show every state.

    .. math:: W \leftarrow W - \alpha \frac{\partial L}{\partial W}, \quad
              \mathbf b \leftarrow \mathbf b - \alpha \frac{\partial L}{\partial \mathbf b}

    Parameters
    ----------
    network : Network
        The start; it is not changed.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        As for `gradients`.
    learning_rate : float
        :math:`\alpha`, above 0.
    steps : int
        How many, at least 0.

    Yields
    ------
    network : Network
        The start, then the network after every step: ``steps + 1`` states.
    loss : (...) ndarray of float
        Of this state.

    Raises
    ------
    ValueError
        If `learning_rate` is not above 0, or `steps` below 0.
    """
    if not learning_rate > 0 or steps < 0:
        raise ValueError(f"learning_rate={learning_rate} is above 0, steps={steps} at least 0")
    optimizers = [SGD(learning_rate)] * len(network.weights)
    yield from train(network, X, targets, loss=loss, optimizers=optimizers, n_steps=steps)


def train(
    network: Network,
    X: FloatArray,
    targets: FloatArray,
    *,
    loss: Loss,
    optimizers: Sequence[Optimizer],
    n_steps: int,
) -> Iterator[tuple[Network, FloatArray]]:
    """Train on all samples, each layer by a rule of its own, and show every state.

    Parameters
    ----------
    network : Network
        The start; it is not changed.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        As for `gradients`.
    optimizers : sequence of Optimizer
        One for each layer, from the first, of its weights and its biases. They ask for a gradient
        where the parameters are: a look ahead, as Nesterov's, is not made.
    n_steps : int
        How many, at least 0.

    Yields
    ------
    network : Network
        The start, then the network after every step: ``n_steps + 1`` states.
    loss : (...) ndarray of float
        Of this state.

    Raises
    ------
    ValueError
        If there is not one optimizer for each layer, or `n_steps` is below 0.
    """
    refuse_below(0, n_steps=n_steps)
    if len(optimizers) != len(network.weights):
        raise ValueError(f"{len(optimizers)} optimizers for {len(network.weights)} layers")
    weights = [rule.start(W) for rule, W in zip(optimizers, network.weights, strict=True)]
    biases = [rule.start(b) for rule, b in zip(optimizers, network.biases, strict=True)]
    for step in range(n_steps + 1):
        value, found = gradients(network, X, targets, loss)
        yield network, value
        if step < n_steps:
            weights = _stepped(optimizers, weights, found.weights)
            biases = _stepped(optimizers, biases, found.biases)
            network = replace(network, weights=[s.w for s in weights], biases=[s.w for s in biases])


def gradient_step(network: Network, found: Gradients, learning_rate: float) -> Network:
    """Return the network after one step down its gradients."""
    return Network(
        [W - learning_rate * dW for W, dW in zip(network.weights, found.weights, strict=True)],
        [b - learning_rate * db for b, db in zip(network.biases, found.biases, strict=True)],
        network.hidden,
        network.output,
    )


def _stepped(
    optimizers: Sequence[Optimizer], states: Sequence[State], slopes: Sequence[FloatArray]
) -> list[State]:
    each = zip(optimizers, states, slopes, strict=True)
    return [step_by(rule, state, g) for rule, state, g in each]


def _checked(targets: FloatArray, outputs: FloatArray) -> FloatArray:
    """Refuse targets that would broadcast: (m,) against (m, 1) makes (m, m) without a word."""
    if targets.shape != outputs.shape[-2:]:
        raise ValueError(f"targets {targets.shape} are not shaped as outputs {outputs.shape[-2:]}")
    return targets
