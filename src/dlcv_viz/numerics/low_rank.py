"""How well a matrix is approximated by a product of two narrow ones."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray


def rank_errors(matrix: FloatArray) -> FloatArray:
    r"""Return how far the best approximation of each rank is from a matrix.

    .. math:: \min_{\operatorname{rank} B \le r} \frac{\lVert A - B \rVert_F}{\lVert A \rVert_F}
              = \sqrt{\frac{\sum_{i > r} s_i^2}{\sum_i s_i^2}}

    Parameters
    ----------
    matrix : (m, n) ndarray of float
        A, not all zero.

    Returns
    -------
    (min(m, n) + 1,) ndarray of float
        For the ranks 0, 1, …: from 1 down to 0.

    Raises
    ------
    ValueError
        If it is no matrix, all zero, or holds a number that is not finite.

    References
    ----------
    .. [1] C. Eckart, G. Young, "The approximation of one matrix by another of lower rank",
       Psychometrika 1, 1936.

    Examples
    --------
    >>> rank_errors(np.diag([4.0, 3.0])).tolist()
    [1.0, 0.6, 0.0]
    """
    if matrix.ndim != 2:
        raise ValueError(f"matrix {matrix.shape} has not two axes")
    refuse_not_finite(matrix=matrix)
    values = np.linalg.svd(matrix, compute_uv=False)
    if not values[0]:
        raise ValueError("matrix is all zero")
    shares = (values / values[0]) ** 2  # squares of small numbers would vanish
    left = np.append(np.cumsum(shares[::-1])[::-1], 0.0)
    errors: FloatArray = np.sqrt(left / left[0])
    return errors
