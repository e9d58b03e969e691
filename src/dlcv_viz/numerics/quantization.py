"""Numbers in few bits: what is left of them when they are rounded to levels."""

import numpy as np

from dlcv_viz.types import FloatArray


def to_steps(values: FloatArray, top: float, *, bits: int = 8) -> FloatArray:
    """Round numbers to the levels that so many bits can tell apart.

    Parameters
    ----------
    values : (...) ndarray of float
        What lies outside 0 to `top` is moved to the nearer end.
    top : float
        The largest number that can be told, above 0.
    bits : int, default 8
        For each number, from 1 to 32.

    Returns
    -------
    (...) ndarray of float
        Multiples of ``top / (2**bits - 1)``.

    Raises
    ------
    ValueError
        If `top` or `bits` is out of its range.

    References
    ----------
    .. [1] B. Jacob et al., "Quantization and Training of Neural Networks for Efficient
       Integer-Arithmetic-Only Inference", CVPR 2018.
    """
    if not top > 0 or not 1 <= bits <= 32:
        raise ValueError(f"top={top} is not above 0, or bits={bits} not from 1 to 32")
    step = top / (2**bits - 1)
    levels: FloatArray = step * np.rint(np.clip(values, 0, top) / step)
    return levels
