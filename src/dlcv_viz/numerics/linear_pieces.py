r"""How many linear pieces networks of ReLUs can have: side by side, and one after the other."""

import math

import numpy as np

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.network import Network
from dlcv_viz.types import FloatArray


def region_bound(n_hyperplanes: int, dimension: int) -> int:
    r"""Return the most regions that hyperplanes can cut a space into.

    .. math:: R(N, d) = \sum_{j=0}^{d} \binom{N}{j}

    It is reached in general position, and is the most linear pieces of one hidden layer of N ReLUs.

    Parameters
    ----------
    n_hyperplanes, dimension : int
        N and d, at least 0.

    Returns
    -------
    int
        From 1 to ``2 ** n_hyperplanes``.

    Raises
    ------
    ValueError
        If one of them is below 0.

    References
    ----------
    .. [1] T. Zaslavsky, "Facing up to arrangements", Memoirs of the AMS 154, 1975.

    Examples
    --------
    >>> [region_bound(n, 2) for n in (0, 1, 2, 3, 4)]
    [1, 2, 4, 7, 11]
    """
    if min(n_hyperplanes, dimension) < 0:
        raise ValueError(f"n_hyperplanes={n_hyperplanes}, dimension={dimension}: at least 0")
    return sum(math.comb(n_hyperplanes, j) for j in range(dimension + 1))


def tent_network(k: int) -> Network:
    r"""Build the deep network that applies the tent map k times.

    .. math:: t(x) = 2 \max(0, x) - 4 \max(0, x - \tfrac12)

    On [0, 1] a tent rises from 0 to 1 and falls back to 0, so k of them have :math:`2^k` pieces.

    Parameters
    ----------
    k : int
        How many hidden layers of two ReLUs, at least 1.

    Returns
    -------
    Network
        1-2-...-2-1 with an identity output.

    Raises
    ------
    ValueError
        If `k` is below 1.

    References
    ----------
    .. [1] M. Telgarsky, "Benefits of depth in neural networks", COLT 2016, arXiv:1602.04485.

    Examples
    --------
    >>> from dlcv_viz.numerics.network import forward
    >>> forward(tent_network(2), np.array([[0.0], [0.25], [0.5]])).outputs[:, 0]
    array([0., 1., 0.])
    """
    if k < 1:
        raise ValueError(f"k={k} is not at least 1")
    mix, bias = np.array([[2.0, -4.0]]), np.array([0.0, -0.5])
    hidden = [np.ones((2, 1)), *([np.ones((2, 1)) @ mix] * (k - 1))]
    return Network([*hidden, mix], [*([bias] * k), np.zeros(1)], hidden=ACTIVATIONS["relu"])


def count_pieces(x: FloatArray, y: FloatArray) -> int:
    """Count the linear pieces of a curve that is known at some places.

    Parameters
    ----------
    x : (n,) ndarray of float
        Rising, and dense enough: every bend is at one of them, and a step is exact in binary, or
        rounding counts as a bend where it exceeds a part in 10⁹ of the steepest slope.
    y : (n,) ndarray of float
        The curve.

    Returns
    -------
    int
        At least 1.

    Raises
    ------
    ValueError
        If `x` and `y` are not alike, hold fewer than two places, or `x` does not rise.

    Examples
    --------
    >>> count_pieces(np.arange(5.0), np.array([0.0, 1.0, 2.0, 1.0, 0.0]))
    2
    """
    if x.ndim != 1 or x.shape != y.shape or len(x) < 2 or not (np.diff(x) > 0).all():
        raise ValueError(f"x {x.shape} and y {y.shape} are not places that rise, and their heights")
    slopes = np.diff(y) / np.diff(x)
    bends = np.abs(np.diff(slopes)) > 1e-9 * np.abs(slopes).max()  # rounding, see `x`
    return int(bends.sum()) + 1
