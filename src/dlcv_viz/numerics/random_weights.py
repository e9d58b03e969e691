r"""Random weights of a given variance: normal, uniform, cut off, and orthogonal."""

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np

from dlcv_viz.numerics.activation import normal_cdf, normal_pdf
from dlcv_viz.numerics.initialization import uniform_bound
from dlcv_viz.types import FloatArray

CUT = 2.0  # standard deviations, as TensorFlow and JAX cut


def truncated_std(cut: float = CUT) -> float:
    r"""Return the standard deviation that is left of a standard normal number cut on both sides.

    .. math:: \sqrt{1 - \frac{2 c\, \varphi(c)}{2 \Phi(c) - 1}}

    Parameters
    ----------
    cut : float, default 2
        c, above 0.

    Returns
    -------
    float
        Below 1. Divide by it before the cut to have the variance that was asked for.

    Raises
    ------
    ValueError
        If `cut` is not above 0.

    References
    ----------
    .. [1] N. Johnson, S. Kotz, N. Balakrishnan, "Continuous univariate distributions", volume 1,
       1994, section 13.10.1.
    """
    if not cut > 0:
        raise ValueError(f"cut={cut} is not above 0")
    at = np.array(cut)
    inside = 2 * float(normal_cdf(at)) - 1
    return math.sqrt(1 - 2 * cut * float(normal_pdf(at)) / inside)


def draw_weights(
    shape: Sequence[int],
    variance: float,
    *,
    kind: Literal["normal", "uniform", "truncated"] = "normal",
    seed: int | np.random.Generator,
) -> FloatArray:
    """Draw independent weights with mean 0 and a given variance.

    Parameters
    ----------
    shape : sequence of int
        Of the weights.
    variance : float
        At least 0; of what is drawn, also where the normal distribution is cut.
    kind : {"normal", "uniform", "truncated"}, default "normal"
        Truncated is a normal distribution without what lies beyond two standard deviations.
    seed : int or numpy.random.Generator
        Of the numbers.

    Returns
    -------
    (*shape,) ndarray of float
        Weights.

    Raises
    ------
    ValueError
        If `variance` is not at least 0 or `kind` is unknown.
    """
    bound, rng = uniform_bound(variance), np.random.default_rng(seed)
    if kind == "uniform":
        return rng.uniform(-bound, bound, shape)
    standard = rng.normal(size=shape)
    if kind == "normal":
        return math.sqrt(variance) * standard
    if kind == "truncated":
        while (beyond := np.abs(standard) > CUT).any():
            standard[beyond] = rng.normal(size=beyond.sum())
        return math.sqrt(variance) / truncated_std() * standard
    raise ValueError(f"kind={kind!r} is none of normal, uniform, truncated")


def orthogonal(
    n_out: int, n_in: int, *, gain: float = 1.0, seed: int | np.random.Generator
) -> FloatArray:
    r"""Draw a matrix with orthonormal rows or columns, whichever fit, evenly over all of them.

    .. math:: W = g\,Q, \quad A = QR, \quad A_{ij} \sim \mathcal N(0, 1), \quad
              Q \leftarrow Q \operatorname{sign}(\operatorname{diag} R)

    Parameters
    ----------
    n_out, n_in : int
        Rows and columns, at least 1.
    gain : float, default 1
        g.
    seed : int or numpy.random.Generator
        Of A.

    Returns
    -------
    (n_out, n_in) ndarray of float
        Multiplies the length of every vector by g if it has at least as many rows as columns.

    Raises
    ------
    ValueError
        If a size is below 1 or `gain` is not finite.

    References
    ----------
    .. [1] A. Saxe, J. McClelland, S. Ganguli, "Exact solutions to the nonlinear dynamics of
       learning in deep linear neural networks", ICLR 2014.
    .. [2] F. Mezzadri, "How to generate random matrices from the classical compact groups",
       Notices of the AMS 54, 2007: why the signs.
    """
    if min(n_out, n_in) < 1 or not math.isfinite(gain):
        raise ValueError(f"n_out={n_out}, n_in={n_in} are at least 1, gain={gain} is finite")
    rng = np.random.default_rng(seed)
    Q, R = np.linalg.qr(rng.normal(size=(max(n_out, n_in), min(n_out, n_in))))
    Q = Q * np.where(np.diag(R) < 0, -1.0, 1.0)
    W: FloatArray = gain * (Q if n_out >= n_in else Q.T)
    return W
