"""Activation functions, stable for every finite input."""

import numpy as np

from dlcv_viz.types import FloatArray


def sigmoid(z: FloatArray) -> FloatArray:
    """Return the logistic sigmoid.

    Parameters
    ----------
    z : (...) array of float
        Pre-activations.

    Returns
    -------
    (...) array of float
        Between 0 and 1; no exponential overflows, for ``exp`` sees no positive number.
    """
    small = np.exp(-np.abs(z))
    return np.where(z >= 0, 1.0, small) / (1.0 + small)


def relu(z: FloatArray) -> FloatArray:
    """Return the rectified linear unit, ``max(0, z)``.

    Parameters
    ----------
    z : (...) array of float
        Pre-activations.

    Returns
    -------
    (...) array of float
        At least 0.
    """
    return np.maximum(z, 0.0)
