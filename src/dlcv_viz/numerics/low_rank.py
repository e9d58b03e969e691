"""How well matrices are approximated by products of two narrow ones."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray


def rank_errors(matrices: FloatArray) -> FloatArray:
    r"""Return how far the best approximation of each rank is from a matrix, or from several.

    .. math:: \min_{\operatorname{rank} B_k \le r}
              \sqrt{\frac{\sum_k \lVert A_k - B_k \rVert_F^2}{\sum_k \lVert A_k \rVert_F^2}}
              = \sqrt{\frac{\sum_k \sum_{i > r} s_{ki}^2}{\sum_k \sum_i s_{ki}^2}}

    Parameters
    ----------
    matrices : (..., m, n) ndarray of float
        :math:`A_k`, not all zero; :math:`s_{ki}` are their singular values.

    Returns
    -------
    (min(m, n) + 1,) ndarray of float
        For the ranks 0, 1, …: from 1 down to 0. Of several matrices, each has this rank.

    Raises
    ------
    ValueError
        If there is no matrix, all is zero, or a number is not finite.

    References
    ----------
    .. [1] C. Eckart, G. Young, "The approximation of one matrix by another of lower rank",
       Psychometrika 1, 1936.

    Examples
    --------
    >>> rank_errors(np.diag([4.0, 3.0])).tolist()
    [1.0, 0.6, 0.0]
    """
    if matrices.ndim < 2:
        raise ValueError(f"matrices {matrices.shape} do not have two axes")
    refuse_not_finite(matrices=matrices)
    values = np.linalg.svd(matrices, compute_uv=False)
    if not values.any():
        raise ValueError("the matrices are all zero")
    squares = (values / values.max()) ** 2  # those of small numbers would vanish
    by_rank = squares.reshape(-1, squares.shape[-1]).sum(axis=0)
    left = np.append(np.cumsum(by_rank[::-1])[::-1], 0.0)
    errors: FloatArray = np.sqrt(left / left[0])
    return errors
