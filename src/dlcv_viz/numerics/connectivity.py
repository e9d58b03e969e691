r"""What a linear layer may connect: everything, a window, or the same window everywhere.

The three are compared with the same inputs and the same outputs.
"""

from collections.abc import Sequence
from math import prod

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray


def dense_parameters(shape: Sequence[int], n_units: int) -> int:
    r"""Count the parameters of a dense layer that reads a whole picture.

    .. math:: (H\,W\,C)\,n + n

    Parameters
    ----------
    shape : sequence of int
        Height, width and channels of the picture, each at least 1.
    n_units : int
        At least 1.

    Returns
    -------
    int
        Weights and biases.

    Raises
    ------
    ValueError
        If a size is below 1.

    Examples
    --------
    >>> dense_parameters((28, 28, 1), 1000)
    785000
    """
    _refuse_below_one(shape=tuple(shape), n_units=n_units)
    return (prod(shape) + 1) * n_units


def ladder(
    n_inputs: int, n_outputs: int, *, window: int, n_kernels: int = 1
) -> tuple[int, int, int]:
    r"""Count the weights of three layers with the same inputs and outputs.

    .. math:: n_\text{in} n_\text{out} \ge w\,n_\text{out} \ge w\,K

    Parameters
    ----------
    n_inputs, n_outputs : int
        Numbers that come in and go out, at least 1.
    window : int
        Inputs that an output reads in the second and third layer, over all channels; what the
        border cuts off is not taken away.
    n_kernels : int, default 1
        Sets of weights that the third layer has for all places.

    Returns
    -------
    dense, local, shared : int
        Weights without biases. The second is also what the third has to multiply.

    Raises
    ------
    ValueError
        If a number is below 1, or the window or the kernels are more than there is to see.

    Examples
    --------
    >>> ladder(12, 10, window=3)
    (120, 30, 3)
    """
    _refuse_below_one(n_inputs=n_inputs, n_outputs=n_outputs, window=window, n_kernels=n_kernels)
    if window > n_inputs or n_kernels > n_outputs:
        told = f"window={window} of {n_inputs} inputs, n_kernels={n_kernels} of {n_outputs} outputs"
        raise ValueError(f"{told}: more than there are")
    return n_inputs * n_outputs, window * n_outputs, window * n_kernels


def banded_matrix(windows: FloatArray, n: int) -> FloatArray:
    """Write a local layer as a matrix: row i has its window at column i, and zeros elsewhere.

    Parameters
    ----------
    windows : (n - k + 1, k) ndarray of float
        The weights of each output.
    n : int
        Number of inputs.

    Returns
    -------
    (n - k + 1, n) ndarray of float
        What the inputs are multiplied by.

    Raises
    ------
    ValueError
        If the windows do not fit or a number is not finite.

    Examples
    --------
    >>> banded_matrix(np.array([[1.0, 2.0], [3.0, 4.0]]), 3)
    array([[1., 2., 0.],
           [0., 3., 4.]])
    """
    rows, k = np.shape(windows) if np.ndim(windows) == 2 else (0, 0)
    if k < 1 or rows != n - k + 1:
        raise ValueError(f"windows {np.shape(windows)} do not fit {n} inputs")
    refuse_not_finite(windows=windows)
    matrix = np.zeros((rows, n))
    matrix[np.arange(rows)[:, None], np.arange(rows)[:, None] + np.arange(k)] = windows
    return matrix


def toeplitz_matrix(kernel: FloatArray, n: int) -> FloatArray:
    r"""Write a cross-correlation without padding as a matrix.

    .. math:: K_{ij} = w_{j-i} \ \text{ if } 0 \le j - i < k, \quad 0 \ \text{ otherwise}

    Parameters
    ----------
    kernel : (k,) ndarray of float
        Weights of the window.
    n : int
        Number of inputs, at least k.

    Returns
    -------
    (n - k + 1, n) ndarray of float
        Constant along each diagonal.

    Raises
    ------
    ValueError
        If the kernel does not fit or a number is not finite.

    Examples
    --------
    >>> toeplitz_matrix(np.array([1.0, -1.0]), 3)
    array([[ 1., -1.,  0.],
           [ 0.,  1., -1.]])
    """
    if np.ndim(kernel) != 1 or not 1 <= np.size(kernel) <= n:
        raise ValueError(f"kernel {np.shape(kernel)} does not fit {n} inputs")
    return banded_matrix(np.tile(kernel, (n - np.size(kernel) + 1, 1)), n)


def _refuse_below_one(**sizes: int | tuple[int, ...]) -> None:
    for name, size in sizes.items():
        if np.min(size) < 1:
            raise ValueError(f"{name}={size} is below 1")
