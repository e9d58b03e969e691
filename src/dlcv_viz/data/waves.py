"""A wavy surface over a square, known at random places."""

import numpy as np

from dlcv_viz.types import FloatArray

REACH = 1.5  # of the square, on both sides of 0


def waves(n: int, *, seed: int) -> tuple[FloatArray, FloatArray]:
    r"""Draw places on the square, and look up the surface there.

    .. math:: y = \sin(2 x_1) \cos(2 x_2)

    Parameters
    ----------
    n : int
        How many places, at least 1.
    seed : int
        Of the places.

    Returns
    -------
    x : (n, 2) ndarray of float
        Places, from -1.5 to 1.5.
    y : (n, 1) ndarray of float
        Heights, from -1 to 1.

    Raises
    ------
    ValueError
        If there is no place.
    """
    if n < 1:
        raise ValueError(f"n={n} is not at least 1")
    x = np.random.default_rng(seed).uniform(-REACH, REACH, (n, 2))
    return x, (np.sin(2 * x[:, 0]) * np.cos(2 * x[:, 1]))[:, None]
