"""Functions made of ReLUs: an interpolant with its bound, and a least-squares fit."""

from collections.abc import Callable

import numpy as np

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.network import Network
from dlcv_viz.types import FloatArray


def relu_interpolant(
    f: Callable[[FloatArray], FloatArray], left: float, right: float, n_units: int
) -> Network:
    r"""Build the network with one hidden layer that agrees with a function at equal steps.

    .. math:: \hat f_N(x) = f(k_0) + \sum_{i=0}^{N-1} v_i \max(0, x - k_i), \quad
              k_i = a + i h, \quad h = (b - a) / N

    Each unit bends the line at its knot: :math:`v_i` is the slope of piece i less that of the piece
    before it.

    Parameters
    ----------
    f : callable
        From (n,) places to (n,) values.
    left, right : float
        The interval [a, b].
    n_units : int
        N, the number of units and of pieces, at least 1.

    Returns
    -------
    Network
        1-N-1 with ReLU and an identity output: piecewise linear, and equal to `f` at the N + 1
        knots.

    Raises
    ------
    ValueError
        If the interval is empty or `n_units` below 1.
    """
    if not left < right or n_units < 1:
        raise ValueError(f"left={left}, right={right}, n_units={n_units}: no interval, or no unit")
    knots = np.linspace(left, right, n_units + 1)
    heights = np.asarray(f(knots), float)
    bends = np.diff(np.diff(heights) / np.diff(knots), prepend=0)
    return Network(
        [np.ones((n_units, 1)), bends[None]],
        [-knots[:-1], heights[:1]],
        hidden=ACTIVATIONS["relu"],
    )


def interpolation_bound(left: float, right: float, n_pieces: int, curvature: float) -> float:
    r"""Bound how far a piecewise linear interpolant is from its function.

    .. math:: \lVert f - \hat f_N \rVert_\infty \le \frac{(b - a)^2}{8 N^2} \max |f''|

    Parameters
    ----------
    left, right : float
        The interval [a, b].
    n_pieces : int
        N equal pieces.
    curvature : float
        Largest absolute second derivative on the interval.

    Returns
    -------
    float
        In the units of the function.

    Raises
    ------
    ValueError
        If the interval is empty, `n_pieces` below 1 or `curvature` below 0.

    References
    ----------
    .. [1] E. Süli, D. Mayers, "An Introduction to Numerical Analysis", 2003, section 11.2.

    Examples
    --------
    >>> interpolation_bound(0.0, 1.0, 2, 32.0)
    1.0
    """
    if not left < right or n_pieces < 1 or not curvature >= 0:
        raise ValueError(
            f"left={left}, right={right}, n_pieces={n_pieces}, curvature={curvature}: no interval, "
            "no piece, or a curvature below 0"
        )
    return (right - left) ** 2 / (8 * n_pieces**2) * curvature


def fit_relu(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    r"""Fit a scaled and shifted ReLU, :math:`s \max(0, x - \theta)`, by least squares.

    For a given threshold the best slope has a closed form; every place but the last is tried as
    the threshold.

    Parameters
    ----------
    x : (n,) ndarray of float
        Places, increasing.
    y : (n,) ndarray of float
        Values.

    Returns
    -------
    slope : float
        s.
    threshold : float
        :math:`\theta`, one of the places but the last.

    Raises
    ------
    ValueError
        If the places do not increase, or are fewer than two.
    """
    if len(x) < 2 or not (np.diff(x) > 0).all():
        raise ValueError("x has less than two places, or they do not increase")
    bent = np.maximum(0, x - x[:-1, None])
    slopes = bent @ y / (bent**2).sum(axis=1)
    best = int(((slopes[:, None] * bent - y) ** 2).sum(axis=1).argmin())
    return float(slopes[best]), float(x[best])
