r"""Networks with a hidden layer: two for XOR by hand, class probabilities, and their symmetries."""

import numpy as np

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.network import Network, forward
from dlcv_viz.numerics.softmax import softmax
from dlcv_viz.types import FloatArray, IntArray


def xor_sigmoid() -> Network:
    r"""Build a network of three sigmoids that computes XOR: OR, and not AND.

    .. math:: h_1 = \sigma(10 x_1 + 10 x_2 - 5), \quad h_2 = \sigma(10 x_1 + 10 x_2 - 15), \quad
              \hat y = \sigma(20 h_1 - 20 h_2 - 10)

    Returns
    -------
    Network
        2-2-1. It rounds to XOR; no sigmoid is exactly 0 or 1.

    Examples
    --------
    >>> forward(xor_sigmoid(), np.array([[0.0, 1.0], [1.0, 1.0]])).outputs.round(3)
    array([[1.],
           [0.]])
    """
    return Network(
        [np.full((2, 2), 10.0), np.array([[20.0, -20.0]])],
        [np.array([-5.0, -15.0]), np.array([-10.0])],
        hidden=ACTIVATIONS["sigmoid"],
        output=ACTIVATIONS["sigmoid"],
    )


def xor_relu() -> Network:
    r"""Build a network of two ReLUs that computes XOR exactly.

    .. math:: \hat y = \max(0, x_1 + x_2) - 2 \max(0, x_1 + x_2 - 1)

    Returns
    -------
    Network
        2-2-1 with an identity output.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 6.1.

    Examples
    --------
    >>> forward(xor_relu(), np.array([[0.0, 1.0], [1.0, 1.0]])).outputs
    array([[1.],
           [0.]])
    """
    return Network(
        [np.ones((2, 2)), np.array([[1.0, -2.0]])],
        [np.array([0.0, -1.0]), np.zeros(1)],
        hidden=ACTIVATIONS["relu"],
    )


def class_probabilities(network: Network, X: FloatArray) -> FloatArray:
    r"""Return what a network of logits says about each class.

    .. math:: \hat{\mathbf y} = \operatorname{softmax}(W^{[L]} \mathbf a^{[L-1]} + \mathbf b^{[L]})

    Parameters
    ----------
    network : Network
        With an identity output: its outputs are the logits.
    X : (m, n_in) ndarray of float
        Samples in rows.

    Returns
    -------
    (..., m, n_out) ndarray of float
        Rows of probabilities.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 6.2.2.3.

    Examples
    --------
    >>> even = Network([np.zeros((4, 2))], [np.zeros(4)], hidden=ACTIVATIONS["relu"])
    >>> class_probabilities(even, np.ones((1, 2)))
    array([[0.25, 0.25, 0.25, 0.25]])
    """
    return softmax(forward(network, X).outputs)


def permuted(network: Network, layer: int, order: IntArray) -> Network:
    r"""Return the network with the units of a hidden layer in another order: the same function.

    .. math:: V\, \phi(W \mathbf x + \mathbf b)
              = V P^\top\, \phi(P W \mathbf x + P \mathbf b)

    Parameters
    ----------
    network : Network
        One network, without leading axes.
    layer : int
        Hidden layer, counted from 0.
    order : (n,) ndarray of int
        Where each new unit comes from: a permutation.

    Returns
    -------
    Network
        Rows of one layer and columns of the next are exchanged.

    Raises
    ------
    ValueError
        If there is no such hidden layer, or `order` is no permutation of its units.
    """
    width = _hidden_width(network, layer)
    if sorted(order.tolist()) != list(range(width)):
        raise ValueError(f"order={order.tolist()} is no permutation of the {width} units")
    weights, biases = list(network.weights), list(network.biases)
    weights[layer], biases[layer] = weights[layer][order], biases[layer][order]
    weights[layer + 1] = weights[layer + 1][:, order]
    return Network(weights, biases, network.hidden, network.output)


def rescaled(network: Network, layer: int, factors: FloatArray) -> Network:
    r"""Scale what enters hidden ReLUs, and undo it behind them: the same function.

    .. math:: v \max(0, z) = \frac{v}{c} \max(0, c z), \quad c > 0

    Parameters
    ----------
    network : Network
        One network of ReLUs, without leading axes. With other activations the function changes.
    layer : int
        Hidden layer, counted from 0.
    factors : (n,) ndarray of float
        One for each unit, above 0.

    Returns
    -------
    Network
        With the weights and biases of the layer scaled, and those of the next divided.

    Raises
    ------
    ValueError
        If there is no such hidden layer, or `factors` are not one number above 0 a unit.
    """
    width = _hidden_width(network, layer)
    if factors.shape != (width,) or not (np.isfinite(factors) & (factors > 0)).all():
        raise ValueError(f"factors={factors.tolist()}: one finite number above 0 for {width} units")
    weights, biases = list(network.weights), list(network.biases)
    weights[layer], biases[layer] = factors[:, None] * weights[layer], factors * biases[layer]
    weights[layer + 1] = weights[layer + 1] / factors
    return Network(weights, biases, network.hidden, network.output)


def widened(network: Network, width: int) -> Network:
    """Give a hidden layer units without weights: the same function.

    With tanh they have no gradient either, so networks of several widths can be trained side by
    side, each as if it were alone.

    Parameters
    ----------
    network : Network
        With one hidden layer; one network, without leading axes.
    width : int
        Units of the result, at least those there are.

    Returns
    -------
    Network
        The units that came last have weights and biases of 0, in and out.

    Raises
    ------
    ValueError
        If there is not one hidden layer, or it is wider already.
    """
    more = width - len(network.biases[0])
    if len(network.weights) != 2 or more < 0:
        raise ValueError(f"width={width}: at least {width - more} units, in one hidden layer")
    (W1, W2), (b1, b2) = network.weights, network.biases
    weights = [np.pad(W1, ((0, more), (0, 0))), np.pad(W2, ((0, 0), (0, more)))]
    return Network(weights, [np.pad(b1, (0, more)), b2], network.hidden, network.output)


def _hidden_width(network: Network, layer: int) -> int:
    hidden = len(network.weights) - 1
    if not 0 <= layer < hidden:
        raise ValueError(f"layer={layer}: there are {hidden} hidden layers, counted from 0")
    return len(network.biases[layer])
