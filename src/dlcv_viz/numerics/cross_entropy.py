r"""The cross-entropy of two classes and of several, its targets, and its gradients.

From logits z, what a model says before a sigmoid or a softmax, it is exact for every finite input;
the logarithm of a computed probability is not. Gradients are by the logits. Labels of two classes
are 0 and 1; those of several are rows of probabilities, see `one_hot`.
"""

import numpy as np

from dlcv_viz.numerics.activation import sigmoid
from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.numerics.softmax import log_sum_exp, softmax
from dlcv_viz.types import FloatArray, IntArray


def binary_cross_entropy(y_hat: FloatArray, y: FloatArray) -> FloatArray:
    r"""Return the binary cross-entropy of each sample, of its probability.

    .. math:: \ell = -\left[y \log \hat y + (1 - y) \log(1 - \hat y)\right]

    Parameters
    ----------
    y_hat : (...) ndarray of float
        Probability of the class 1, between 0 and 1. From logits use `bce_with_logits`.
    y : (...) ndarray of float
        Target, from 0 to 1.

    Returns
    -------
    (...) ndarray of float
        At least 0, in nats.

    Raises
    ------
    ValueError
        If the shapes differ, a probability is not strictly between 0 and 1 (the loss may be
        infinite there), or a target not from 0 to 1.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, equation 4.90.
    """
    _check_binary(y_hat, y)
    if not ((y_hat > 0) & (y_hat < 1)).all():
        raise ValueError("y_hat holds a probability that is not strictly between 0 and 1")
    return -(y * np.log(y_hat) + (1 - y) * np.log1p(-y_hat))


def bce_with_logits(z: FloatArray, y: FloatArray | IntArray) -> FloatArray:
    r"""Return the binary cross-entropy of each sample, of its logit.

    .. math:: \ell(z, y) = \max(z, 0) - y z + \log\left(1 + e^{-|z|}\right)

    Parameters
    ----------
    z : (...) ndarray of float
        Logits of any size.
    y : (...) ndarray of float
        Target, from 0 to 1.

    Returns
    -------
    (...) ndarray of float
        At least 0, in nats.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or a target not from 0 to 1.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 6.2.2.2.

    Examples
    --------
    >>> bce_with_logits(np.array([-1000.0, 1000.0]), np.array([1.0, 1.0]))
    array([1000.,    0.])
    """
    _check_binary(z, y)
    return np.maximum(z, 0) - y * z + np.log1p(np.exp(-np.abs(z)))


def bce_gradient(z: FloatArray, y: FloatArray | IntArray) -> FloatArray:
    r"""Return :math:`\sigma(z) - y`, the derivative of `bce_with_logits` by the logit."""
    _check_binary(z, y)
    return sigmoid(z) - y


def cross_entropy_with_logits(z: FloatArray, y: FloatArray) -> FloatArray:
    r"""Return the categorical cross-entropy of each sample, of its logits.

    .. math:: \ell = -\sum_c y_c \log p_c = \log\sum_j e^{z_j} - \sum_c y_c z_c, \quad
              \mathbf p = \operatorname{softmax}(\mathbf z)

    Parameters
    ----------
    z : (..., C) ndarray of float
        Logits of any size.
    y : (..., C) ndarray of float
        Target probabilities: rows of at least 0 that add up to 1.

    Returns
    -------
    (...) ndarray of float
        At least 0, in nats.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or a row of `y` is no distribution.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, equation 4.108.

    Examples
    --------
    >>> cross_entropy_with_logits(np.array([[0.0, 1000.0]]), np.array([[1.0, 0.0]]))
    array([1000.])
    """
    _check_distribution(z, y)
    shifted = z - z.max(axis=-1, keepdims=True)  # what cancels does so before anything is rounded
    loss: FloatArray = log_sum_exp(shifted) - (y * shifted).sum(axis=-1)
    return loss


def cross_entropy_gradient(z: FloatArray, y: FloatArray) -> FloatArray:
    r"""Return :math:`\mathbf p - \mathbf y`, the gradient of `cross_entropy_with_logits`."""
    _check_distribution(z, y)
    return softmax(z) - y


def weighted_cross_entropy(z: FloatArray, labels: IntArray, weights: FloatArray) -> float:
    r"""Return the mean of the categorical cross-entropy in which classes weigh differently.

    .. math:: \mathcal L = \frac{\sum_i \omega_{k_i} (-\log p_{i, k_i})}{\sum_i \omega_{k_i}}

    Parameters
    ----------
    z : (m, C) ndarray of float
        Logits of any size.
    labels : (m,) ndarray of int
        Index of each sample's class: :math:`k_i`.
    weights : (C,) ndarray of float
        One weight a class, at least 0: :math:`\omega`.

    Returns
    -------
    float
        Divided by the weights of the samples, not by their number, as torch's mean is.

    Raises
    ------
    ValueError
        If there is not one finite weight a class and one label a sample, a weight is below 0, or
        the samples weigh nothing.

    References
    ----------
    .. [1] The documentation of ``torch.nn.CrossEntropyLoss``.
    """
    own = _class_weights(z, labels, weights)
    return float(own @ cross_entropy_with_logits(z, one_hot(labels, z.shape[-1])))


def weighted_cross_entropy_gradient(
    z: FloatArray, labels: IntArray, weights: FloatArray
) -> FloatArray:
    """Return the (m, C) gradient of `weighted_cross_entropy` by the logits."""
    own = _class_weights(z, labels, weights)
    return own[:, None] * cross_entropy_gradient(z, one_hot(labels, z.shape[-1]))


def one_hot(labels: IntArray, n_classes: int) -> FloatArray:
    """Write class indices as rows with one 1.

    Parameters
    ----------
    labels : (...) ndarray of int
        From 0 to ``n_classes - 1``.
    n_classes : int
        C, at least 2.

    Returns
    -------
    (..., C) ndarray of float
        All the probability on the class of the label.

    Raises
    ------
    ValueError
        If a label is no class.

    Examples
    --------
    >>> one_hot(np.array([2, 0]), 3)
    array([[0., 0., 1.],
           [1., 0., 0.]])
    """
    if n_classes < 2 or not ((labels >= 0) & (labels < n_classes)).all():
        raise ValueError(f"labels {sorted(set(np.ravel(labels).tolist()))} of {n_classes} classes")
    return np.eye(n_classes)[labels]


def smooth_labels(y: FloatArray, epsilon: float) -> FloatArray:
    r"""Share a little of the target's probability among all classes.

    .. math:: \tilde y_c = (1 - \epsilon) y_c + \epsilon / C

    Parameters
    ----------
    y : (..., C) ndarray of float
        Target probabilities, rows that add up to 1.
    epsilon : float
        The share, from 0 to 1.

    Returns
    -------
    (..., C) ndarray of float
        Rows that add up to 1.

    Raises
    ------
    ValueError
        If `epsilon` is not from 0 to 1.

    References
    ----------
    .. [1] C. Szegedy et al., "Rethinking the Inception architecture for computer vision", CVPR
       2016, section 7.

    Examples
    --------
    >>> smooth_labels(np.array([0.0, 1.0]), 0.2)
    array([0.1, 0.9])
    """
    if not 0 <= epsilon <= 1:
        raise ValueError(f"epsilon={epsilon} is not from 0 to 1")
    smoothed: FloatArray = (1 - epsilon) * y + epsilon / y.shape[-1]
    return smoothed


def _class_weights(z: FloatArray, labels: IntArray, weights: FloatArray) -> FloatArray:
    """Return what each sample counts for in the mean; they add up to 1."""
    refuse_unlike(labels=labels, samples=z[:, 0])
    refuse_unlike(weights=weights, classes=z[0])
    refuse_not_finite(weights=weights)
    own = weights[labels]
    if (weights < 0).any() or not own.any():
        raise ValueError(f"weights {weights.tolist()} are at least 0, and above it for a sample")
    shares: FloatArray = own / own.sum()
    return shares


def _check_binary(z: FloatArray, y: FloatArray | IntArray) -> None:
    refuse_unlike(z=z, y=y)
    refuse_not_finite(z=z, y=y)
    if ((y < 0) | (y > 1)).any():
        raise ValueError("y holds a target that is not from 0 to 1")


def _check_distribution(z: FloatArray, y: FloatArray) -> None:
    refuse_unlike(z=z, y=y)
    refuse_not_finite(z=z, y=y)
    if (y < 0).any() or not np.allclose(y.sum(axis=-1), 1):
        raise ValueError("y holds a row that is no distribution: at least 0, adding up to 1")
