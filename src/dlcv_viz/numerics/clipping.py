"""Gradients that are kept from being too long."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.types import FloatArray


def clip_by_norm(g: FloatArray, limit: float) -> FloatArray:
    r"""Shorten a gradient that is longer than a limit; its direction stays.

    .. math:: \mathbf g \min\left(1, \frac{c}{\lVert \mathbf g \rVert}\right)

    Parameters
    ----------
    g : (...) ndarray of float
        All gradients of a model together: one length is taken over all.
    limit : float
        c, above 0.

    Returns
    -------
    (...) ndarray of float
        At most `limit` long.

    Raises
    ------
    ValueError
        If `limit` is not above 0, or a number is not finite.
    """
    if not limit > 0:
        raise ValueError(f"limit={limit} is not above 0")
    refuse_not_finite(g=g)
    largest = float(np.max(np.abs(g), initial=0.0))
    if largest == 0:
        return np.asarray(g, float)
    norm = largest * float(np.sqrt(np.sum((g / largest) ** 2)))  # squares would overflow
    clipped: FloatArray = g * min(1.0, limit / norm)
    return clipped
