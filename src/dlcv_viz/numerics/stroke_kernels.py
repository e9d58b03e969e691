r"""Kernels of two layers, set by hand: the first finds strokes, the second how strokes meet.

They are meant for `dlcv_viz.numerics.convolution.conv2d` with padding 1 and ReLU behind. What a
network learns is seldom so clean; that two layers *can* do this is the point.
"""

import numpy as np

from dlcv_viz.types import FloatArray

ANGLES = (0, 45, 90, 135)  # of strokes, in degrees, counter-clockwise from a level one
ARRANGEMENTS = (
    *("corner, open to the lower right", "corner, open to the lower left"),
    *("corner, open to the upper right", "corner, open to the upper left"),
    *("crossing", "level line", "upright line", "slanted line"),
)

_LEVEL, _SLANTED, _UPRIGHT = 0, 1, 2  # channels of the strokes


def stroke_kernels() -> FloatArray:
    r"""Return four kernels that find a line of one pixel's width.

    .. math:: k_{\theta}(x, y) = \tfrac16 \begin{cases}
                  2 & \text{if } |x \sin\theta - y \cos\theta| < \tfrac12 \\
                  -1 & \text{else} \end{cases}

    Returns
    -------
    (4, 1, 3, 3) ndarray of float
        For each of `ANGLES`, with y upwards. The sum of each is 0: an even ground gives nothing.
    """
    x, y = np.meshgrid([-1, 0, 1], [1, 0, -1])
    theta = np.deg2rad(ANGLES)[:, None, None]
    is_line = np.abs(x * np.sin(theta) - y * np.cos(theta)) < 0.5
    return np.where(is_line, 2.0, -1.0)[:, None] / 6


def arrangement_kernels() -> tuple[FloatArray, FloatArray]:
    """Return kernels that read the maps of `stroke_kernels`, with their biases.

    Each weighs strokes beside a unit: by +1 where its figure has one and, for corners, by -1 where
    it has none. The bias asks for nearly all of them at once.

    Returns
    -------
    w : (8, 4, 3, 3) ndarray of float
        One kernel for each of `ARRANGEMENTS`.
    b : (8,) ndarray of float
        Below 0.
    """
    w, b = np.zeros((len(ARRANGEMENTS), len(ANGLES), 3, 3)), np.zeros(len(ARRANGEMENTS))
    for n, (down, across) in enumerate(((1, 1), (1, -1), (-1, 1), (-1, -1))):
        w[n, _LEVEL, 1, 1 + across], w[n, _LEVEL, 1, 1 - across] = 1, -1
        w[n, _UPRIGHT, 1 + down, 1], w[n, _UPRIGHT, 1 - down, 1] = 1, -1
        b[n] = -1
    w[4, _LEVEL, 1, ::2] = w[4, _UPRIGHT, ::2, 1] = 1
    b[4] = -3
    w[5, _LEVEL, 1] = w[6, _UPRIGHT, :, 1] = 1
    w[7, _SLANTED] = np.eye(3)[::-1]
    b[5:] = -2
    return w, b
