r"""A small convolutional network: one convolution, ReLU, pooling, one dense layer.

.. math:: A = \operatorname{ReLU}(X \star K + \mathbf b), \quad
          \mathbf f = \operatorname{pool}(A), \quad \mathbf z = V \mathbf f + \mathbf c

Pictures are (N, C, H, W), as in `dlcv_viz.numerics.convolution`. A gradient is always that of one
number, such as a loss or the logit of a class, summed over the batch.
"""

from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from dlcv_viz.numerics.activation import relu, relu_derivative
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.convolution_gradient import bias_gradient, input_gradient, weight_gradient
from dlcv_viz.numerics.dense import layer_forward_batch
from dlcv_viz.numerics.initialization import he_variance, lecun_variance
from dlcv_viz.numerics.pooling import global_average_pool, max_pool2d
from dlcv_viz.numerics.pooling_gradient import global_average_pool_backward, max_pool2d_backward
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.types import FloatArray

Pooling = Literal["max", "average"]
POOL = 2  # side and stride of the window of max pooling


@dataclass(frozen=True, slots=True)
class SmallCNN:
    r"""The parameters of a network, or what belongs to each: its gradient.

    Parameters
    ----------
    kernels : (F, C, k, k) ndarray of float
        K.
    kernel_biases : (F,) ndarray of float
        :math:`\mathbf b`.
    weights : (classes, n) ndarray of float
        V of the dense layer.
    biases : (classes,) ndarray of float
        :math:`\mathbf c`.
    pooling : {"max", "average"}
        How maps become the n features: the largest value of every 2 by 2 units, flattened, which
        fixes the size of pictures; or the average of each map, for pictures of any size.

    Raises
    ------
    ValueError
        If there is no such pooling or the shapes do not chain.
    """

    kernels: FloatArray
    kernel_biases: FloatArray
    weights: FloatArray
    biases: FloatArray
    pooling: Pooling

    def __post_init__(self) -> None:
        """Refuse what would not run."""
        if self.pooling not in get_args(Pooling):
            raise ValueError(f"pooling={self.pooling!r} is neither 'max' nor 'average'")
        shapes = [array.shape for array in self._arrays]
        n_maps = self.kernels.shape[:1]
        features = self.weights.shape[1:]
        if (
            (self.kernels.ndim, self.weights.ndim) != (4, 2)
            or self.kernel_biases.shape != n_maps
            or self.biases.shape != self.weights.shape[:1]
            or (features[0] % n_maps[0] if self.pooling == "max" else features != n_maps)
        ):
            raise ValueError(f"shapes {shapes} do not chain through the pooling {self.pooling!r}")

    @property
    def parameters(self) -> FloatArray:
        """All numbers as one vector."""
        return np.concatenate([array.ravel() for array in self._arrays])

    def with_parameters(self, theta: FloatArray) -> "SmallCNN":
        """Return a network of the same shape with other numbers, ordered as `parameters`."""
        ends = np.cumsum([array.size for array in self._arrays])
        if theta.shape != (ends[-1],):
            raise ValueError(f"theta {theta.shape} does not hold {ends[-1]} parameters")
        parts = zip(np.split(theta, ends[:-1]), self._arrays, strict=True)
        kernels, kernel_biases, weights, biases = (part.reshape(like.shape) for part, like in parts)
        return SmallCNN(kernels, kernel_biases, weights, biases, self.pooling)

    @property
    def _arrays(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        return self.kernels, self.kernel_biases, self.weights, self.biases


@dataclass(frozen=True, slots=True)
class Pass:
    """What a forward pass leaves for the backward one.

    Parameters
    ----------
    x : (N, C, H, W) ndarray of float
        The pictures.
    pre_activations, maps : (N, F, H', W') ndarray of float
        Before and after ReLU.
    features : (N, n) ndarray of float
        What the dense layer reads.
    logits : (N, classes) ndarray of float
        What it gives; there is no softmax.
    """

    x: FloatArray
    pre_activations: FloatArray
    maps: FloatArray
    features: FloatArray
    logits: FloatArray


def random_cnn(
    picture: tuple[int, int, int],
    *,
    n_kernels: int,
    side: int,
    n_classes: int,
    pooling: Pooling,
    seed: int | np.random.Generator,
) -> SmallCNN:
    r"""Draw a network: He's variance for the kernels, LeCun's for the dense layer, no biases.

    Parameters
    ----------
    picture : (int, int, int)
        Channels, height and width of what is to be read.
    n_kernels, side : int
        F, and k, which fits on the picture.
    n_classes : int
        At least 2.
    pooling : {"max", "average"}
        See `SmallCNN`.
    seed : int or numpy.random.Generator
        Of the numbers; kernels are drawn first.

    Returns
    -------
    SmallCNN
        Untrained.

    Raises
    ------
    ValueError
        If a number is too small, the maps would have no unit, or there is no such pooling.
    """
    channels, height, width = picture
    rows, columns = height - side + 1, width - side + 1
    refuse_below(1, channels=channels, n_kernels=n_kernels, side=side)
    refuse_below(2, n_classes=n_classes)
    refuse_below(POOL if pooling == "max" else 1, rows=rows, columns=columns)
    n_features = n_kernels * ((rows // POOL) * (columns // POOL) if pooling == "max" else 1)
    rng, fan_in = np.random.default_rng(seed), channels * side**2
    kernels = rng.normal(0, np.sqrt(he_variance(fan_in)), (n_kernels, channels, side, side))
    weights = rng.normal(0, np.sqrt(lecun_variance(n_features)), (n_classes, n_features))
    return SmallCNN(kernels, np.zeros(n_kernels), weights, np.zeros(n_classes), pooling)


def forward(net: SmallCNN, x: FloatArray) -> Pass:
    """Run pictures through the network and keep everything on the way.

    Parameters
    ----------
    net : SmallCNN
        Any.
    x : (N, C, H, W) ndarray of float
        Pictures.

    Returns
    -------
    Pass
        Maps, features and logits.

    Raises
    ------
    ValueError
        If the pictures have other channels or, for max pooling, another size than the network
        reads, or a number is not finite.
    """
    pre_activations = conv2d(x, net.kernels, net.kernel_biases)
    maps = relu(pre_activations)
    if net.pooling == "max":
        features = max_pool2d(maps, POOL).reshape(len(x), -1)
    else:
        features = global_average_pool(maps)
    logits = layer_forward_batch(features, net.weights, net.biases)
    return Pass(x, pre_activations, maps, features, logits)


def map_gradient(net: SmallCNN, passed: Pass, delta: FloatArray) -> FloatArray:
    r"""Carry a gradient from the logits back to the feature maps.

    Parameters
    ----------
    net : SmallCNN
        That made the pass.
    passed : Pass
        Of `forward`.
    delta : (N, classes) ndarray of float
        By the logits: a row with one 1 for the logit of a class itself.

    Returns
    -------
    (N, F, H', W') ndarray of float
        By the maps after ReLU.

    Raises
    ------
    ValueError
        If `delta` is not shaped as the logits.
    """
    if delta.shape != passed.logits.shape:
        raise ValueError(f"delta {delta.shape} is not shaped as logits {passed.logits.shape}")
    by_features = delta @ net.weights
    height, width = passed.maps.shape[-2:]
    if net.pooling == "average":
        return global_average_pool_backward(by_features, (height, width))
    pooled = *passed.maps.shape[:2], height // POOL, width // POOL
    return max_pool2d_backward(by_features.reshape(pooled), passed.maps, POOL)


def pixel_gradient(net: SmallCNN, passed: Pass, by_maps: FloatArray) -> FloatArray:
    """Carry a gradient from the feature maps back to the pictures.

    Parameters
    ----------
    net : SmallCNN
        That made the pass.
    passed : Pass
        Of `forward`.
    by_maps : (N, F, H', W') ndarray of float
        By the maps after ReLU: that of `map_gradient`, or of a number that is made of maps alone.

    Returns
    -------
    (N, C, H, W) ndarray of float
        By the pixels.

    Raises
    ------
    ValueError
        If `by_maps` is not shaped as the maps.
    """
    return input_gradient(_before_relu(passed, by_maps), net.kernels, passed.x.shape[-2:])


def parameter_gradient(net: SmallCNN, passed: Pass, delta: FloatArray) -> SmallCNN:
    """Carry a gradient from the logits back to all parameters.

    Parameters
    ----------
    net : SmallCNN
        That made the pass.
    passed : Pass
        Of `forward`.
    delta : (N, classes) ndarray of float
        By the logits; a mean over pictures carries its 1/N already.

    Returns
    -------
    SmallCNN
        Gradients in the places of what they belong to.

    Raises
    ------
    ValueError
        If `delta` is not shaped as the logits.
    """
    behind = _before_relu(passed, map_gradient(net, passed, delta))
    return replace(
        net,
        kernels=weight_gradient(behind, passed.x, net.kernels.shape[-2:]),
        kernel_biases=bias_gradient(behind),
        weights=delta.T @ passed.features,
        biases=delta.sum(axis=0),
    )


def _before_relu(passed: Pass, by_maps: FloatArray) -> FloatArray:
    if by_maps.shape != passed.maps.shape:
        raise ValueError(f"by_maps {by_maps.shape} is not shaped as maps {passed.maps.shape}")
    return by_maps * relu_derivative(passed.pre_activations)
