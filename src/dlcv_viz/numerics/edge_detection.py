"""Edges by fixed kernels: smooth, differentiate, threshold; and how well they match an outline."""

import numpy as np

from dlcv_viz.numerics.classical_kernels import SOBEL_X, SOBEL_Y, gaussian1d
from dlcv_viz.numerics.convolution import correlate2d, pad2d
from dlcv_viz.types import BoolArray, FloatArray, IntArray


def smoothed(x: FloatArray, deviation: float) -> FloatArray:
    """Blur pictures by a Gaussian, one axis after the other.

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures; their outermost pixels are repeated outside.
    deviation : float
        Of the Gaussian, in pixels; 0 leaves the pictures as they are.

    Returns
    -------
    (..., H, W) ndarray of float
        Of the same size.
    """
    if deviation == 0:
        return x
    kernel = gaussian1d(deviation)
    around = pad2d(x, len(kernel) // 2, "replicate")
    return correlate2d(correlate2d(around, kernel[None]), kernel[:, None])


def sobel_gradient(x: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Estimate how fast brightness rises across and down.

    Parameters
    ----------
    x : (..., H, W) ndarray of float
        Pictures; their outermost pixels are repeated outside.

    Returns
    -------
    across, down : (..., H, W) ndarray of float
        Eight times the slope a pixel.
    """
    around = pad2d(x, 1, "replicate")
    return correlate2d(around, SOBEL_X), correlate2d(around, SOBEL_Y)


def outline(parts: IntArray) -> BoolArray:
    """Find the pixels that have a neighbour of another part, left, right, above or below.

    Parameters
    ----------
    parts : (H, W) ndarray of int
        Which part each pixel belongs to.

    Returns
    -------
    (H, W) ndarray of bool
        A line of two pixels, one at each side of every border.
    """
    found = np.zeros(parts.shape, bool)
    for axis in (0, 1):
        differs = np.diff(parts, axis=axis) != 0
        low, high = [slice(None)] * 2, [slice(None)] * 2
        low[axis], high[axis] = slice(None, -1), slice(1, None)
        found[tuple(low)] |= differs
        found[tuple(high)] |= differs
    return found


def near(marked: BoolArray) -> BoolArray:
    """Return the marked pixels and their eight neighbours, in pictures (..., H, W)."""
    found = marked.copy()
    found[..., 1:, :] |= marked[..., :-1, :]
    found[..., :-1, :] |= marked[..., 1:, :]
    wide = found.copy()
    wide[..., 1:] |= found[..., :-1]
    wide[..., :-1] |= found[..., 1:]
    return wide


def f1_score(found: BoolArray, truth: BoolArray) -> FloatArray:
    r"""Compare what was found with what is there, where one pixel aside counts as right.

    .. math:: F_1 = \frac{2 P R}{P + R}

    Parameters
    ----------
    found : (..., H, W) ndarray of bool
        Answers.
    truth : (H, W) ndarray of bool
        What is there, at least one pixel.

    Returns
    -------
    (...) ndarray of float
        The harmonic mean of precision P, the share of what was found that is true, and recall R,
        the share of what is true that was found; 0 where nothing is right.

    Raises
    ------
    ValueError
        If nothing is there to be found.
    """
    if not truth.any():
        raise ValueError("the truth has no pixel to be found")
    pixels = (-2, -1)
    right, n_found = (found & near(truth)).sum(axis=pixels), found.sum(axis=pixels)
    precision = right / np.maximum(n_found, 1)
    recall = (truth & near(found)).sum(axis=pixels) / truth.sum()
    score: FloatArray = 2 * precision * recall / np.maximum(precision + recall, 1e-300)
    return score


def best_threshold(
    magnitude: FloatArray, truth: BoolArray, thresholds: FloatArray
) -> tuple[float, float]:
    """Try thresholds and keep the one with the best score.

    Parameters
    ----------
    magnitude : (H, W) ndarray of float
        What is compared with a threshold.
    truth : (H, W) ndarray of bool
        What should be found.
    thresholds : (n,) ndarray of float
        To try.

    Returns
    -------
    threshold, score : float
        The first of the best.
    """
    scores = f1_score(magnitude > thresholds[:, None, None], truth)
    best = int(scores.argmax())
    return float(thresholds[best]), float(scores[best])
