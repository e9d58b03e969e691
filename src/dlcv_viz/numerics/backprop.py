"""What backpropagation does to sizes, and what it costs: Jacobians, norms, work, steps.

The two passes themselves are in `dlcv_viz.numerics.network`.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.dense import multiply_adds
from dlcv_viz.numerics.network import Gradients, Network, forward
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class Work:
    """Multiply-adds of one training step for one sample, in matrix products only.

    Parameters
    ----------
    forward : int
        One a weight.
    by_weights : int
        For the gradients of the weights: one a weight.
    by_inputs : int
        To carry errors back: one for each weight behind the first layer.
    """

    forward: int
    by_weights: int
    by_inputs: int

    @property
    def backward(self) -> int:
        """Of the whole backward pass."""
        return self.by_weights + self.by_inputs


def training_work(sizes: Sequence[int]) -> Work:
    r"""Count the multiply-adds of a forward and a backward pass through dense layers.

    .. math:: M_\text{fwd} = \sum_{l=1}^{L} n_{l-1} n_l, \quad
              M_\text{bwd} = 2 M_\text{fwd} - n_0 n_1

    Nobody asks for the gradient by the inputs, so the first layer carries no error back.

    Parameters
    ----------
    sizes : sequence of int
        Widths from input to output, at least two, each at least 1.

    Returns
    -------
    Work
        For one sample.

    Raises
    ------
    ValueError
        If there is no layer, or one without units.

    Examples
    --------
    >>> work = training_work([3, 2, 1])
    >>> work.forward, work.backward
    (8, 10)
    """
    once = multiply_adds(sizes)
    return Work(forward=once, by_weights=once, by_inputs=once - sizes[0] * sizes[1])


def steps_per_epoch(n_samples: int, batch_size: int, *, drop_last: bool = False) -> int:
    r"""Count the updates of one pass through the data.

    .. math:: S = \lceil N / B \rceil, \quad \text{or } \lfloor N / B \rfloor
              \text{ where a last, smaller batch is dropped}

    Parameters
    ----------
    n_samples : int
        N, at least 1.
    batch_size : int
        B, at least 1.
    drop_last : bool, default False
        Whether a last batch that is not full is left out.

    Returns
    -------
    int
        Updates; 0 if the only batch is not full and dropped.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] A. Zhang, Z. Lipton, M. Li, A. Smola, "Dive into Deep Learning", 2023, section 12.5.

    Examples
    --------
    >>> steps_per_epoch(1000, 128), steps_per_epoch(1000, 128, drop_last=True)
    (8, 7)
    """
    if n_samples < 1 or batch_size < 1:
        raise ValueError(f"n_samples={n_samples}, batch_size={batch_size}: both are at least 1")
    full, rest = divmod(n_samples, batch_size)
    return full + bool(rest and not drop_last)


def layer_jacobians(network: Network, x: FloatArray) -> list[FloatArray]:
    r"""Return the matrices that carry the error of each layer to the one before it.

    .. math:: \delta^{[l]} = J^{[l]} \delta^{[l+1]}, \quad
              J^{[l]} = \operatorname{diag}(\phi'(\mathbf z^{[l]}))\, W^{[l+1]\top}

    Parameters
    ----------
    network : Network
        Without leading axes.
    x : (n_in,) ndarray of float
        One sample.

    Returns
    -------
    list of (n_l, n_{l+1}) ndarray of float
        From the first layer; one fewer than layers.

    Raises
    ------
    ValueError
        If `x` is no vector of the input's width.

    References
    ----------
    .. [1] R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural
       networks", ICML 2013, equation 5.
    """
    if x.ndim != 1:
        raise ValueError(f"x {x.shape} is no vector")
    hidden = forward(network, x[None]).pre_activations[:-1]
    slopes = [network.hidden.derivative(z[0]) for z in hidden]
    return [d[:, None] * W.T for d, W in zip(slopes, network.weights[1:], strict=True)]


def error_bound(network: Network, x: FloatArray) -> float:
    r"""Bound by how much an error can grow from the last layer to the first.

    .. math:: \lVert \delta^{[1]} \rVert \le \prod_{l=1}^{L-1}
              \lVert D^{[l]} \rVert\, \lVert W^{[l+1]} \rVert\; \lVert \delta^{[L]} \rVert

    Parameters
    ----------
    network : Network
        Without leading axes.
    x : (n_in,) ndarray of float
        One sample.

    Returns
    -------
    float
        The product, of spectral norms; 1 for one layer.

    Raises
    ------
    ValueError
        If `x` is no vector of the input's width.
    """
    if x.ndim != 1:
        raise ValueError(f"x {x.shape} is no vector")
    hidden = forward(network, x[None]).pre_activations[:-1]
    steepest = [float(np.abs(network.hidden.derivative(z)).max()) for z in hidden]
    longest = [float(np.linalg.norm(W, ord=2)) for W in network.weights[1:]]
    return math.prod(steepest) * math.prod(longest)


def error_sizes(found: Gradients) -> FloatArray:
    """Return the root mean square of the errors, layer by layer.

    Parameters
    ----------
    found : Gradients
        Of `dlcv_viz.numerics.network.backward`.

    Returns
    -------
    (..., L) ndarray of float
        From the first layer, over the samples and units of each.
    """
    return np.stack([np.sqrt((errors**2).mean(axis=(-2, -1))) for errors in found.errors], axis=-1)
