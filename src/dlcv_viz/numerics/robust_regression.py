r"""Lines through points of the plane by three losses: squared, absolute, Huber.

A line is its slope and its intercept.
"""

from itertools import combinations

import numpy as np

from dlcv_viz.numerics.activation import normal_cdf, normal_pdf
from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray


def least_squares_line(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Find the line with the least sum of squared errors.

    Parameters
    ----------
    x, y : (N,) ndarray of float
        Points, at two places of x at least.

    Returns
    -------
    slope, intercept : float
        The only such line.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, or all x are equal.
    """
    _check(x, y)
    return _weighted_line(x, y, np.ones_like(x))


def least_absolute_line(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Find a line with the least sum of absolute errors.

    One of the best lines passes through two of the points: the sum is a polyhedral function, and
    its least value is taken at a corner. All pairs are tried; for the tens of points of a figure
    that is exact and quick.

    Parameters
    ----------
    x, y : (N,) ndarray of float
        Points, at two places of x at least.

    Returns
    -------
    slope, intercept : float
        The best through two points.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, or all x are equal.

    References
    ----------
    .. [1] R. Koenker, G. Bassett, "Regression quantiles", Econometrica 46(1), 1978, theorem 3.1.
    """
    _check(x, y)
    i, j = np.array(list(combinations(range(len(x)), 2))).T
    i, j = i[x[i] != x[j]], j[x[i] != x[j]]
    slopes = (y[j] - y[i]) / (x[j] - x[i])
    intercepts = y[i] - slopes * x[i]
    sums = np.abs(slopes[:, None] * x + intercepts[:, None] - y).sum(axis=1)
    best = int(sums.argmin())
    return float(slopes[best]), float(intercepts[best])


def huber_line(
    x: FloatArray, y: FloatArray, *, delta: float = 1.0, max_rounds: int = 500
) -> tuple[float, float]:
    r"""Find the line with the least sum of Huber losses, by reweighted least squares.

    An error beyond the threshold gets the weight :math:`\delta / |e|`, which makes the gradient of
    its square that of its Huber loss; then the weighted line is found, and so on.

    Parameters
    ----------
    x, y : (N,) ndarray of float
        Points, at two places of x at least.
    delta : float, default 1
        The threshold, above 0, in the unit of `y`.
    max_rounds : int, default 500
        When to give up.

    Returns
    -------
    slope, intercept : float
        Moved by less than 1e-10 in the last round.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, all x are equal, `delta` is not above 0, or
        the line still moves after the last round.

    References
    ----------
    .. [1] P. Holland, R. Welsch, "Robust regression using iteratively reweighted least-squares",
       Communications in Statistics A 6(9), 1977.
    """
    _check(x, y)
    _check_threshold(delta)
    line = least_squares_line(x, y)
    for _ in range(max_rounds):
        errors = np.abs(line[0] * x + line[1] - y)
        before, line = line, _weighted_line(x, y, delta / np.maximum(errors, delta))
        if max(abs(line[0] - before[0]), abs(line[1] - before[1])) < 1e-10:
            return line
    raise ValueError(f"delta={delta}: the line still moves after {max_rounds} rounds")


def huber_efficiency(delta: float) -> float:
    r"""Return how efficient Huber's loss is for normal errors of deviation 1.

    .. math:: \frac{\left(E\,\psi'(Z)\right)^2}{E\,\psi(Z)^2}, \quad
              \psi(e) = \max(-\delta, \min(\delta, e)), \quad Z \sim \mathcal N(0, 1)

    Parameters
    ----------
    delta : float
        The threshold, above 0.

    Returns
    -------
    float
        From 2/pi, the efficiency of the median, to 1, that of the mean: with many points, the
        share of them from which the mean would be as exact.

    Raises
    ------
    ValueError
        If `delta` is not above 0.

    References
    ----------
    .. [1] P. Huber, "Robust estimation of a location parameter", Annals of Mathematical Statistics
       35(1), 1964.
    """
    _check_threshold(delta)
    z = np.array(delta)
    within = float(2 * normal_cdf(z) - 1)
    tail = float(normal_cdf(-z))
    return within**2 / (within - 2 * delta * float(normal_pdf(z)) + 2 * delta**2 * tail)


def _weighted_line(x: FloatArray, y: FloatArray, weights: FloatArray) -> tuple[float, float]:
    x_mean, y_mean = np.average(x, weights=weights), np.average(y, weights=weights)
    slope = (weights * (x - x_mean)) @ (y - y_mean) / ((weights * (x - x_mean)) @ (x - x_mean))
    return float(slope), float(y_mean - slope * x_mean)


def _check_threshold(delta: float) -> None:
    if not delta > 0:
        raise ValueError(f"delta={delta} is not above 0")


def _check(x: FloatArray, y: FloatArray) -> None:
    refuse_unlike(x=x, y=y)
    refuse_not_finite(x=x, y=y)
    if not np.ptp(x):
        raise ValueError(f"all points are at x={x.flat[0]:g}: no line is the best")
