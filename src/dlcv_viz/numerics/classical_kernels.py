"""Kernels that were designed, not learnt: to blur, to sharpen, and to find edges.

All are meant for cross-correlation (`dlcv_viz.numerics.convolution.correlate2d`).
"""

from types import MappingProxyType

import numpy as np

from dlcv_viz.types import FloatArray

DERIVATIVE, SMOOTH = np.array([-1.0, 0.0, 1.0]), np.array([1.0, 2.0, 1.0])


def gaussian1d(deviation: float, radius: int | None = None) -> FloatArray:
    r"""Sample a Gaussian and scale the samples so that their sum is 1.

    .. math:: g_i \propto e^{-i^2 / 2 \sigma^2}, \quad -r \le i \le r

    Parameters
    ----------
    deviation : float
        σ in pixels, above 0.
    radius : int, optional
        r; by default three deviations, rounded up.

    Returns
    -------
    (2 r + 1,) ndarray of float
        Symmetric.

    Raises
    ------
    ValueError
        If the deviation is not above 0 or the radius below 0.
    """
    if not deviation > 0:
        raise ValueError(f"deviation={deviation} is not above 0")
    reach = int(np.ceil(3 * deviation)) if radius is None else radius
    if reach < 0:
        raise ValueError(f"radius={radius} is below 0")
    samples = np.exp(-(np.arange(-reach, reach + 1.0) ** 2) / (2 * deviation**2))
    kernel: FloatArray = samples / samples.sum()
    return kernel


def gaussian2d(deviation: float, radius: int | None = None) -> FloatArray:
    """Return the outer product of two samples of a Gaussian, whose sum is 1."""
    row = gaussian1d(deviation, radius)
    return np.outer(row, row)


SOBEL_X = np.outer(SMOOTH, DERIVATIVE)
SOBEL_Y = SOBEL_X.T
KERNELS = MappingProxyType(
    {
        "identity": np.array([[0.0, 0, 0], [0, 1, 0], [0, 0, 0]]),
        "box": np.full((3, 3), 1 / 9),
        "Gaussian": gaussian2d(1.0, 2),
        "sharpen": np.array([[0.0, -1, 0], [-1, 5, -1], [0, -1, 0]]),
        "Sobel x": SOBEL_X,
        "Sobel y": SOBEL_Y,
        "Laplacian": np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]]),
    }
)
