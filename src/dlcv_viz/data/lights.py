"""The same colours under many lights: brighter and dimmer, warmer and colder."""

import numpy as np

from dlcv_viz.types import FloatArray

BRIGHTNESS, WARMTH = 0.6, 0.12  # standard deviations of logarithms


def lights(n: int, *, seed: int) -> FloatArray:
    """Draw colours of light, by which the colours of a picture are multiplied.

    Parameters
    ----------
    n : int
        How many, at least 1.
    seed : int
        Of brightness and warmth.

    Returns
    -------
    (n, 3) ndarray of float
        Red, green and blue, above 0. A warm light has more red and less blue; the logarithms of
        all three are normal around 0.

    Raises
    ------
    ValueError
        If there is no light.
    """
    if n < 1:
        raise ValueError(f"n={n} is not at least 1")
    brightness, warmth = np.random.default_rng(seed).normal(size=(2, n))
    found: FloatArray = np.exp(
        BRIGHTNESS * brightness[:, None] + WARMTH * warmth[:, None] * np.array([1.0, 0.0, -1.0])
    )
    return found
