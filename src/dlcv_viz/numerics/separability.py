"""What a line, a plane or a hyperplane can separate: margins, bounds, counts.

Labels are -1 and +1. A direction `u` or `w` is normal to what it separates by.
"""

from itertools import combinations, product
from math import comb

import numpy as np

from dlcv_viz.types import BoolArray, FloatArray, IntArray


def geometric_margin(u: FloatArray, x: FloatArray, y: IntArray) -> float:
    r"""Return the least signed distance of a point from the boundary of a direction.

    .. math:: \gamma = \min_i y_i\, \mathbf u^\top \mathbf x_i, \quad \lVert \mathbf u \rVert = 1

    Parameters
    ----------
    u : (d,) ndarray of float
        Direction; it is normalized.
    x : (N, d) ndarray of float
        Inputs.
    y : (N,) ndarray of int
        Labels, -1 or +1.

    Returns
    -------
    float
        Above 0 if the direction separates.
    """
    return float((y * (x @ u)).min() / np.linalg.norm(u))


def mistake_bound(x: FloatArray, margin: float) -> float:
    r"""Return the most updates that the rule can make.

    .. math:: k \le (R / \gamma)^2, \quad R = \max_i \lVert \mathbf x_i \rVert

    Parameters
    ----------
    x : (N, d) ndarray of float
        Inputs, homogeneous where there is a bias.
    margin : float
        :math:`\gamma` of some unit vector, above 0.

    Returns
    -------
    float
        Not rounded: the count is at most its floor.

    Raises
    ------
    ValueError
        If the margin is not above 0: the theorem then says nothing.

    References
    ----------
    .. [1] A. Novikoff, "On convergence proofs for perceptrons", 1962.
    """
    if margin <= 0:
        raise ValueError(f"margin={margin} is not above 0: the points are not separated by it")
    return float((np.linalg.norm(x, axis=1).max() / margin) ** 2)


def signed_distance(x: FloatArray, w: FloatArray, b: float = 0.0) -> FloatArray:
    r"""Return how far points are from a boundary, positive on the side of the normal.

    .. math:: d(\mathbf x) = (\mathbf w^\top \mathbf x + b) / \lVert \mathbf w \rVert

    Parameters
    ----------
    x : (..., n) ndarray of float
        Points.
    w : (n,) ndarray of float
        Normal, not zero.
    b : float, default 0
        Bias.

    Returns
    -------
    (...) ndarray of float
        In the units of `x`.

    Examples
    --------
    >>> float(signed_distance(np.array([3.0, 4.0]), np.array([3.0, 4.0]), -10.0))
    3.0
    """
    distance: FloatArray = (x @ w + b) / np.linalg.norm(w)
    return distance


def angle(u: FloatArray, v: FloatArray) -> float:
    """Return the angle between two directions, in degrees from 0 to 180.

    Parameters
    ----------
    u, v : (n,) ndarray of float
        Directions, neither of them zero.

    Returns
    -------
    float
        0 if they point the same way.

    Examples
    --------
    >>> round(angle(np.array([1.0, 0.0]), np.array([-2.0, 2.0])), 6)
    135.0
    """
    cosine = u @ v / (np.linalg.norm(u) * np.linalg.norm(v))
    return float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))  # rounding may leave [-1, 1]


def cover_count(n_points: int, n_weights: int) -> int:
    r"""Count the labellings of points in general position that a unit can separate.

    .. math:: C(N, d) = 2 \sum_{k=0}^{d-1} \binom{N-1}{k}

    Parameters
    ----------
    n_points : int
        N, at least 1.
    n_weights : int
        d, the bias counted as one; at least 1.

    Returns
    -------
    int
        At most 2 to the power N.

    Raises
    ------
    ValueError
        If a number is below 1.

    References
    ----------
    .. [1] T. Cover, "Geometrical and statistical properties of systems of linear inequalities",
       IEEE Trans. Electronic Computers EC-14(3), 1965, theorem 1.

    Examples
    --------
    >>> cover_count(4, 3), cover_count(6, 3), 2**6
    (14, 32, 64)
    """
    if min(n_points, n_weights) < 1:
        raise ValueError(f"n_points={n_points}, n_weights={n_weights}: both are at least 1")
    return 2 * sum(comb(n_points - 1, k) for k in range(n_weights))


def separable_functions(n_inputs: int) -> int:
    """Count the Boolean functions of 1 to 4 inputs that one threshold unit computes."""
    return len(threshold_functions(n_inputs))


def threshold_functions(n_inputs: int) -> IntArray:
    """List the Boolean functions of some inputs that one threshold unit computes.

    Every threshold function of up to 4 inputs has integer weights of at most 3 in absolute value
    and a threshold between two integers, so trying these finds all (Muroga, 1971).

    Parameters
    ----------
    n_inputs : int
        1 to 4.

    Returns
    -------
    (n, 2**n_inputs) ndarray of int
        Outputs of each function, 0 or 1, for the inputs 0…00, 0…01, 0…10 and so on.

    Raises
    ------
    ValueError
        If there are more inputs: larger weights would be needed.
    """
    if not 1 <= n_inputs <= 4:
        raise ValueError(f"n_inputs={n_inputs} is not from 1 to 4")
    corners = np.array(list(product((0, 1), repeat=n_inputs)))
    weights = np.array(list(product(range(-3, 4), repeat=n_inputs)))
    most = 3 * n_inputs
    thresholds = np.arange(-most, most + 2) - 0.5  # the first and last give the constants
    answers = (weights @ corners.T)[:, None, :] >= thresholds[:, None]
    return np.unique(answers.reshape(-1, len(corners)), axis=0).astype(np.int64)


def max_margin_line(x: FloatArray, y: IntArray) -> tuple[FloatArray, float, BoolArray]:
    """Find the line in the plane that is farthest from both classes.

    The widest empty strip between two convex sets touches them in two or three points: either its
    sides go through one point of each class and are normal to the way between them, or one side
    holds two points of a class. All such strips are tried; for the tens of points of a figure that
    is exact and quick.

    Parameters
    ----------
    x : (N, 2) ndarray of float
        Points.
    y : (N,) ndarray of int
        Labels, -1 or +1, both present.

    Returns
    -------
    w : (2,) ndarray of float
        Unit normal, towards the class +1.
    b : float
        Bias: the line is where ``w @ x + b`` is 0.
    is_support : (N,) ndarray of bool
        Points on the sides of the strip.

    Raises
    ------
    ValueError
        If no line separates the classes.

    References
    ----------
    .. [1] K. Bennett, E. Bredensteiner, "Duality and geometry in SVM classifiers", ICML 2000.
    """
    ways = [q - p for p in x[y < 0] for q in x[y > 0]]
    for side in (x[y > 0], x[y < 0]):
        for p, q in combinations(side, 2):
            across = np.array([p[1] - q[1], q[0] - p[0]])
            ways += [across, -across]
    normals = np.array([way / np.linalg.norm(way) for way in ways if way.any()])
    along = normals @ x.T
    nearest, farthest = along[:, y > 0].min(axis=1), along[:, y < 0].max(axis=1)
    best = int((nearest - farthest).argmax())
    if nearest[best] <= farthest[best]:
        raise ValueError("no line separates the classes")
    w, b = normals[best], -(nearest[best] + farthest[best]) / 2
    half = (nearest[best] - farthest[best]) / 2
    return w, float(b), np.isclose(np.abs(x @ w + b), half)
