r"""Residual blocks of two weight matrices, and how sums of many random branches grow.

A branch is :math:`F(\mathbf x) = W_2 \operatorname{relu}(W_1 \mathbf x)`; a block adds what it was
given.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np

from dlcv_viz.numerics.activation import relu, relu_derivative
from dlcv_viz.types import FloatArray


def residual_branch(x: FloatArray, W1: FloatArray, W2: FloatArray) -> FloatArray:
    r"""Return what a branch adds to its input: a linear layer, a ReLU, a linear layer.

    .. math:: F(\mathbf x) = W_2 \operatorname{relu}(W_1 \mathbf x)

    Parameters
    ----------
    x : (n_in,) ndarray of float
        Input.
    W1 : (n_hidden, n_in) ndarray of float
        Weights of the first layer.
    W2 : (n_out, n_hidden) ndarray of float
        Weights of the second layer.

    Returns
    -------
    (n_out,) ndarray of float
        Without the shortcut.

    Raises
    ------
    ValueError
        If the shapes do not chain.
    """
    if x.ndim != 1 or W1.shape[1:] != x.shape or W2.shape[1:] != W1.shape[:1]:
        raise ValueError(f"x {x.shape}, W1 {W1.shape}, W2 {W2.shape} do not chain")
    return W2 @ relu(W1 @ x)


def residual_block(
    x: FloatArray, W1: FloatArray, W2: FloatArray, *, projection: FloatArray | None = None
) -> FloatArray:
    r"""Return the output of a block: its branch plus its input.

    .. math:: \mathbf y = F(\mathbf x) + \mathbf x \quad\text{or}\quad
              \mathbf y = F(\mathbf x) + W_s \mathbf x

    Parameters
    ----------
    x, W1, W2
        As for `residual_branch`.
    projection : (n_out, n_in) ndarray of float, optional
        Weights of the shortcut where the output has another length than the input.

    Returns
    -------
    (n_out,) ndarray of float
        Before any activation behind the sum.

    Raises
    ------
    ValueError
        If the shapes do not chain, or branch and shortcut differ in length.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Deep residual learning for image recognition", CVPR
       2016, equations 1 and 2.

    Examples
    --------
    >>> residual_block(np.array([1.0, -2.0]), np.eye(2), np.zeros((2, 2)))
    array([ 1., -2.])
    """
    branch = residual_branch(x, W1, W2)
    shortcut = _shortcut(len(x), len(branch), projection) @ x
    y: FloatArray = branch + shortcut
    return y


def residual_jacobian(
    x: FloatArray, W1: FloatArray, W2: FloatArray, *, projection: FloatArray | None = None
) -> FloatArray:
    r"""Return the Jacobian of a block: that of its branch plus the identity matrix.

    .. math:: \frac{\partial \mathbf y}{\partial \mathbf x}
              = I + W_2 \operatorname{diag}(\operatorname{relu}'(W_1 \mathbf x))\, W_1

    Parameters
    ----------
    x, W1, W2, projection
        As for `residual_block`; a projection stands in the place of I.

    Returns
    -------
    (n_out, n_in) ndarray of float
        Row i: the slopes of output i.

    Raises
    ------
    ValueError
        As for `residual_block`.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Identity mappings in deep residual networks", ECCV
       2016, section 2.
    """
    branch = residual_branch(x, W1, W2)
    slopes = relu_derivative(W1 @ x)
    J: FloatArray = _shortcut(len(x), len(branch), projection) + (W2 * slopes) @ W1
    return J


def residual_stream(
    x: FloatArray, branches: Sequence[Callable[[FloatArray], FloatArray]]
) -> FloatArray:
    r"""Return what passes between blocks with identity shortcuts: the input plus all branches.

    .. math:: \mathbf x_{i+1} = \mathbf x_i + F_i(\mathbf x_i)

    Parameters
    ----------
    x : (n,) ndarray of float
        Input of the first block.
    branches : sequence of L callables
        Each from the input of its block to an array of the same shape.

    Returns
    -------
    (L + 1, n) ndarray of float
        The input, then the output of each block.

    Raises
    ------
    ValueError
        If a branch changes the shape: broadcasting would hide it.

    References
    ----------
    .. [1] K. He, X. Zhang, S. Ren, J. Sun, "Identity mappings in deep residual networks", ECCV
       2016, equation 4.

    Examples
    --------
    >>> residual_stream(np.array([1.0]), [lambda x: 0.5 * x, lambda x: -x])
    array([[1. ],
           [1.5],
           [0. ]])
    """
    states = [x]
    for number, branch in enumerate(branches):
        added = branch(states[-1])
        if added.shape != x.shape:
            raise ValueError(f"branch {number} gives {added.shape}, its input is {x.shape}")
        states.append(states[-1] + added)
    return np.stack(states)


def residual_growth(
    n_blocks: int, *, gain: float = 2.0, scale: float = 1.0, is_normalized: bool = False
) -> FloatArray:
    r"""Return the mean square of a signal behind each of many random residual blocks.

    A block adds :math:`s\, W_2 \operatorname{relu}(W_1 \operatorname{relu}(\mathbf x))` with
    independent weights of mean 0 and variance :math:`g / n`.

    .. math:: q_{i+1} = \left(1 + s^2 \frac{g^2}{4}\right) q_i, \quad q_0 = 1

    Parameters
    ----------
    n_blocks : int
        At least 0.
    gain : float, default 2
        g, at least 0; 2 are He's weights.
    scale : float, default 1
        s, by which each branch is multiplied.
    is_normalized : bool, default False
        Whether a branch normalizes before each ReLU. It then adds the same to every signal:
        :math:`q_{i+1} = q_i + s^2 g / 2`.

    Returns
    -------
    (n_blocks + 1,) ndarray of float
        From the input, which has 1. In wide layers without normalization, the mean square of a
        gradient grows likewise on its way back.

    Raises
    ------
    ValueError
        If `n_blocks` or `gain` is below 0, or a number is not finite.

    References
    ----------
    .. [1] S. De, S. Smith, "Batch normalization biases residual blocks towards the identity
       function in deep networks", NeurIPS 2020, section 3.

    Examples
    --------
    >>> residual_growth(3), residual_growth(3, is_normalized=True)
    (array([1., 2., 4., 8.]), array([1., 2., 3., 4.]))
    """
    if n_blocks < 0 or not 0 <= gain < math.inf or not math.isfinite(scale):
        raise ValueError(
            f"n_blocks={n_blocks} and gain={gain} are at least 0, scale={scale} is finite"
        )
    blocks = np.arange(n_blocks + 1.0)
    if is_normalized:
        return 1 + scale**2 * gain / 2 * blocks
    grown: FloatArray = (1 + (scale * gain / 2) ** 2) ** blocks
    return grown


def _shortcut(n_in: int, n_out: int, projection: FloatArray | None) -> FloatArray:
    """Return the matrix that the input passes on its way around the branch."""
    W = np.eye(n_in) if projection is None else projection
    if W.shape != (n_out, n_in):
        raise ValueError(f"the shortcut {W.shape} does not lead from {n_in} numbers to {n_out}")
    return W
