r"""Residual networks as collections of paths: how long they are, and which carry the gradient.

Each of n blocks can be passed through or passed by, so there are :math:`2^n` paths; the length of a
path is the number of blocks that it passes through.
"""

import math
from itertools import combinations

import numpy as np

from dlcv_viz.types import FloatArray


def path_lengths(n_blocks: int) -> FloatArray:
    r"""Return what share of all paths has each length.

    .. math:: P(\ell) = \binom{n}{\ell} 2^{-n}

    Parameters
    ----------
    n_blocks : int
        n, at least 0.

    Returns
    -------
    (n_blocks + 1,) ndarray of float
        For the lengths 0 to n; they add up to 1.

    Raises
    ------
    ValueError
        If `n_blocks` is below 0.

    References
    ----------
    .. [1] A. Veit, M. Wilber, S. Belongie, "Residual networks behave like ensembles of relatively
       shallow networks", NeurIPS 2016, section 3.

    Examples
    --------
    >>> path_lengths(3)
    array([0.125, 0.375, 0.375, 0.125])
    """
    return gradient_by_length(n_blocks, 1.0)


def gradient_by_length(n_blocks: int, gain: float) -> FloatArray:
    r"""Return what share of a gradient comes through the paths of each length.

    A path multiplies the gradient by the gain of each block that it passes through. All paths
    together multiply it by :math:`(1 + g)^n`.

    .. math:: \frac{\binom{n}{\ell}\, g^\ell}{(1 + g)^n}

    Parameters
    ----------
    n_blocks : int
        n, at least 0.
    gain : float
        g, above 0, the same for all blocks; 1 weighs all paths alike.

    Returns
    -------
    (n_blocks + 1,) ndarray of float
        For the lengths 0 to n: a binomial distribution of mean :math:`n g / (1 + g)`.

    Raises
    ------
    ValueError
        If `n_blocks` is below 0, or `gain` not above 0 and finite.

    Examples
    --------
    >>> gradient_by_length(2, 0.5)
    array([0.44444444, 0.44444444, 0.11111111])
    """
    if n_blocks < 0 or not 0 < gain < math.inf:
        raise ValueError(f"n_blocks={n_blocks} is at least 0, gain={gain} above 0 and finite")
    whole = n_blocks * math.log1p(gain)
    lengths = range(n_blocks + 1)
    # Binomials are exact integers; logarithms keep powers from leaving the range of floats.
    logs = [math.log(math.comb(n_blocks, n)) + n * math.log(gain) - whole for n in lengths]
    shares: FloatArray = np.exp(logs)
    return shares


def unravelled(gains: FloatArray) -> list[tuple[tuple[int, ...], float]]:
    r"""Write the product of blocks as the sum over all paths.

    .. math:: \prod_{i} (1 + g_i) = \sum_{S} \prod_{i \in S} g_i

    Parameters
    ----------
    gains : (n,) ndarray of float
        Slope of the branch of each block.

    Returns
    -------
    list of (tuple of int, float)
        For each set S of blocks that a path passes through, counted from 0, the product of their
        gains; the shortest first.

    Examples
    --------
    >>> unravelled(np.array([0.5, 2.0]))
    [((), 1.0), ((0,), 0.5), ((1,), 2.0), ((0, 1), 1.0)]
    """
    passed = (s for size in range(len(gains) + 1) for s in combinations(range(len(gains)), size))
    return [(through, math.prod(gains[list(through)].tolist(), start=1.0)) for through in passed]
