r"""Reusing a trained network: a new head, layers that are frozen, and a pull to the start."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from dlcv_viz.numerics.adaptive_optimizers import Adam
from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.numerics.network import Network, forward
from dlcv_viz.numerics.regularization import l2_penalty
from dlcv_viz.numerics.training import softmax_cross_entropy, train
from dlcv_viz.types import FloatArray, IntArray


def with_new_head(network: Network, n_classes: int) -> Network:
    """Replace the last layer by one of zeros, which calls all classes equally likely.

    Parameters
    ----------
    network : Network
        Trained on another task; it is not changed.
    n_classes : int
        Outputs of the new head, at least 1.

    Returns
    -------
    Network
        The old layers, which are the body, and the new head.

    Raises
    ------
    ValueError
        If `n_classes` is below 1.
    """
    if n_classes < 1:
        raise ValueError(f"n_classes={n_classes} is below 1")
    *body, head = network.weights
    lead, width = head.shape[:-2], head.shape[-1]
    return replace(
        network,
        weights=[*body, np.zeros((*lead, n_classes, width))],
        biases=[*network.biases[:-1], np.zeros((*lead, n_classes))],
    )


def fine_tuned(
    network: Network, X: FloatArray, targets: FloatArray, *, rates: Sequence[float], n_steps: int
) -> Network:
    """Train a classifier by Adam on all samples, each layer at a rate of its own.

    Parameters
    ----------
    network : Network
        The start, with an identity output; it is not changed.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, C) ndarray of float
        Rows of probabilities.
    rates : sequence of float
        A learning rate for each layer, from the first; at 0 it is frozen.
    n_steps : int
        How many, at least 0.

    Returns
    -------
    Network
        Layers below the first that is trained are run only once.

    Raises
    ------
    ValueError
        If there is not one rate of at least 0 for each layer, `n_steps` is below 0, or targets
        are not shaped as outputs.
    """
    if len(rates) != len(network.weights):
        raise ValueError(f"{len(rates)} rates for {len(network.weights)} layers")
    first = next((layer for layer, rate in enumerate(rates) if rate), len(rates) - 1)
    seen = forward(network, X).activations[first]
    top = replace(network, weights=network.weights[first:], biases=network.biases[first:])
    rules = [Adam(rate) for rate in rates[first:]]
    walk = train(top, seen, targets, loss=softmax_cross_entropy, optimizers=rules, n_steps=n_steps)
    for trained, _ in walk:
        top = trained
    return replace(
        network,
        weights=[*network.weights[:first], *top.weights],
        biases=[*network.biases[:first], *top.biases],
    )


def linear_probe(
    network: Network, X: FloatArray, targets: FloatArray, *, rate: float, n_steps: int
) -> Network:
    r"""Give a network a new head and train nothing but that.

    .. math:: \min_{W, \mathbf b} \frac1m \sum_i \ell(W \phi(\mathbf x_i) + \mathbf b, \mathbf y_i)

    Parameters
    ----------
    network : Network
        Trained on another task.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, C) ndarray of float
        Rows of probabilities.
    rate : float
        Of Adam, above 0.
    n_steps : int
        How many, at least 0.

    Returns
    -------
    Network
        The old body and a head that began at zero; with steps enough it is at a minimum, since
        the loss is convex in the head.

    Raises
    ------
    ValueError
        If `rate` is not above 0, or as `fine_tuned`.
    """
    if not rate > 0:
        raise ValueError(f"rate={rate} is not above 0")
    frozen = [0.0] * (len(network.weights) - 1)
    start = with_new_head(network, targets.shape[-1])
    return fine_tuned(start, X, targets, rates=[*frozen, rate], n_steps=n_steps)


def accuracy(network: Network, X: FloatArray, labels: IntArray) -> float:
    """Return the share of samples whose largest output is that of their class, counted from 0."""
    return float((forward(network, X).outputs.argmax(axis=-1) == labels).mean())


def l2_sp_penalty(
    body: FloatArray, start: FloatArray, head: FloatArray, *, pull: float, decay: float
) -> tuple[float, FloatArray, FloatArray]:
    r"""Return a penalty on how far the body has moved, and on the size of the new head.

    .. math:: \Omega = \frac\alpha2 \lVert \mathbf w_S - \mathbf w_S^0 \rVert^2
              + \frac\beta2 \lVert \mathbf w_{\bar S} \rVert^2

    Parameters
    ----------
    body, start : (...) ndarray of float
        Weights of the body as they are, and as they came from the source.
    head : (...) ndarray of float
        Weights of the new head.
    pull, decay : float
        :math:`\alpha` and :math:`\beta`, at least 0.

    Returns
    -------
    penalty : float
        At least 0.
    body_gradient, head_gradient : ndarray of float
        By the weights of both.

    Raises
    ------
    ValueError
        If the bodies differ in shape, a number is not finite, or a strength is below 0.

    References
    ----------
    .. [1] X. Li, Y. Grandvalet, F. Davoine, "Explicit Inductive Bias for Transfer Learning with
       Convolutional Networks", ICML 2018, section 3.
    """
    refuse_unlike(body=body, start=start)
    refuse_not_finite(body=body, start=start)
    moved, back = l2_penalty(body - start, pull / 2)
    size, shrink = l2_penalty(head, decay / 2)
    return moved + size, back, shrink
