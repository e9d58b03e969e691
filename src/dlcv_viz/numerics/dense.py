r"""Dense layers: one neuron, one layer, a batch; what they collapse to, and what they cost.

``W`` has shape (n_out, n_in): row i holds the weights of neuron i. In a batch, rows are samples.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from dlcv_viz.types import FloatArray


def neuron_forward(x: FloatArray, w: FloatArray, b: float) -> float:
    r"""Return the pre-activation of one neuron.

    .. math:: z = \mathbf w^\top \mathbf x + b

    Parameters
    ----------
    x : (n,) ndarray of float
        Input.
    w : (n,) ndarray of float
        Weights.
    b : float
        Bias.

    Returns
    -------
    float
        Before the activation function.

    Raises
    ------
    ValueError
        If `x` and `w` are not vectors of one length.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, chapter 6.

    Examples
    --------
    >>> neuron_forward(np.array([1.0, 2.0]), np.array([3.0, -1.0]), 0.5)
    1.5
    """
    if x.ndim != 1 or x.shape != w.shape:
        raise ValueError(f"x {x.shape} and w {w.shape} are not vectors of one length")
    return float(w @ x + b)


def layer_forward(x: FloatArray, W: FloatArray, b: FloatArray) -> FloatArray:
    r"""Return the pre-activations of a layer for one sample.

    .. math:: \mathbf z = W \mathbf x + \mathbf b

    Parameters
    ----------
    x : (n_in,) ndarray of float
        Input.
    W : (n_out, n_in) ndarray of float
        Weights.
    b : (n_out,) ndarray of float
        Biases.

    Returns
    -------
    (n_out,) ndarray of float
        One number a neuron.

    Raises
    ------
    ValueError
        If the shapes do not chain.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, chapter 6.

    Examples
    --------
    >>> W = np.array([[1.0, 0.0], [2.0, -1.0], [0.0, 3.0]])
    >>> layer_forward(np.array([2.0, 1.0]), W, np.zeros(3))
    array([2., 3., 3.])
    """
    if x.ndim != 1:
        raise ValueError(f"x {x.shape} is no vector; a batch goes to layer_forward_batch")
    z: FloatArray = layer_forward_batch(x[None], W, b)[0]
    return z


def layer_forward_batch(X: FloatArray, W: FloatArray, b: FloatArray) -> FloatArray:
    r"""Return the pre-activations of a layer for a batch.

    .. math:: Z = X W^\top + \mathbf 1 \mathbf b^\top

    Leading axes, where there are any, count layers side by side; they broadcast.

    Parameters
    ----------
    X : (..., m, n_in) ndarray of float
        Samples in rows.
    W : (..., n_out, n_in) ndarray of float
        Weights.
    b : (..., n_out) ndarray of float
        Biases, added to every row.

    Returns
    -------
    (..., m, n_out) ndarray of float
        Row k belongs to sample k, column i to neuron i.

    Raises
    ------
    ValueError
        If the shapes do not chain.

    References
    ----------
    .. [1] A. Zhang, Z. Lipton, M. Li, A. Smola, "Dive into Deep Learning", 2023, chapter 3.

    Examples
    --------
    >>> X, W = np.array([[1.0, 2.0], [0.0, 1.0]]), np.array([[3.0, -1.0]])
    >>> layer_forward_batch(X, W, np.array([0.5]))
    array([[ 1.5],
           [-0.5]])
    """
    if X.ndim < 2 or W.ndim < 2 or X.shape[-1:] != W.shape[-1:] or b.shape[-1:] != W.shape[-2:-1]:
        raise ValueError(
            f"X {X.shape}, W {W.shape}, b {b.shape} do not chain as (m, n_in), (n_out, n_in), "
            "(n_out,)"
        )
    Z: FloatArray = X @ W.mT + b[..., None, :]
    return Z


def collapse(
    W1: FloatArray, b1: FloatArray, W2: FloatArray, b2: FloatArray
) -> tuple[FloatArray, FloatArray]:
    r"""Return the one layer that two layers without an activation between them are.

    .. math:: W_2 (W_1 \mathbf x + \mathbf b_1) + \mathbf b_2
              = (W_2 W_1) \mathbf x + (W_2 \mathbf b_1 + \mathbf b_2)

    Parameters
    ----------
    W1, b1 : (n_hidden, n_in) and (n_hidden,) ndarray of float
        First layer.
    W2, b2 : (n_out, n_hidden) and (n_out,) ndarray of float
        Second layer.

    Returns
    -------
    W : (n_out, n_in) ndarray of float
        Its weights.
    b : (n_out,) ndarray of float
        Its biases.

    Raises
    ------
    ValueError
        If the shapes do not chain.

    Examples
    --------
    >>> W1, W2 = np.array([[2.0], [1.0]]), np.array([[1.0, -1.0]])
    >>> collapse(W1, np.array([0.0, 3.0]), W2, np.array([1.0]))
    (array([[1.]]), array([-2.]))
    """
    return layer_forward_batch(W1.T, W2, np.zeros(len(W2))).T, layer_forward(b1, W2, b2)


def parameters_by_layer(sizes: Sequence[int]) -> tuple[list[int], list[int]]:
    r"""Count weights and biases of every layer of a dense network.

    .. math:: n_{l-1} n_l \text{ weights and } n_l \text{ biases}

    Parameters
    ----------
    sizes : sequence of int
        Widths from input to output, at least two, each at least 1.

    Returns
    -------
    weights, biases : list of int
        One number a layer of weights.

    Raises
    ------
    ValueError
        If there is no layer, or one without units.

    Examples
    --------
    >>> parameters_by_layer([3, 2, 1])
    ([6, 2], [2, 1])
    """
    if len(sizes) < 2 or min(sizes) < 1:
        raise ValueError(f"sizes={list(sizes)}: at least two widths, each at least 1")
    return [a * b for a, b in pairwise(sizes)], list(sizes[1:])


def parameter_count(sizes: Sequence[int]) -> int:
    r"""Count all parameters of a dense network.

    .. math:: P = \sum_{l=1}^{L} (n_{l-1} + 1)\, n_l

    Parameters
    ----------
    sizes : sequence of int
        Widths from input to output, at least two, each at least 1.

    Returns
    -------
    int
        Weights and biases.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, chapter 6.

    Examples
    --------
    >>> parameter_count([3, 2, 1])
    11
    """
    weights, biases = parameters_by_layer(sizes)
    return sum(weights) + sum(biases)


def multiply_adds(sizes: Sequence[int]) -> int:
    """Count the multiply-adds of one forward pass of one sample: each weight is used once."""
    return sum(parameters_by_layer(sizes)[0])
