"""Grey pictures of a cat's or a bear's head, and what light, place and neighbours do to them."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from dlcv_viz.types import BoolArray, FloatArray

_FINE = 3  # points across and down that a pixel averages


@dataclass(frozen=True)
class Look:
    """How a head is seen; its width is about 1.5 before it is scaled.

    Attributes
    ----------
    kind : {"cat", "bear"}
        The ears are all that tells the two apart.
    scale, tilt, turn : float
        Size; radians in the plane of the picture; how far the head looks to the side, 0 to 1.
    fur, ears, light, slope : float
        Grey value of the fur, length of the ears, brightness of the scene, and how much that falls
        off from the left to the right, 0 to 1.
    is_hidden, is_cluttered : bool
        Whether a fence stands before the head, and whether leaves are behind it.
    """

    kind: Literal["cat", "bear"] = "cat"
    scale: float = 1.0
    tilt: float = 0.0
    turn: float = 0.0
    fur: float = 0.62
    ears: float = 1.0
    light: float = 1.0
    slope: float = 0.0
    is_hidden: bool = False
    is_cluttered: bool = False


CAT = Look()
BEAR = replace(CAT, kind="bear")


def face(look: Look = CAT, *, side: int = 48) -> FloatArray:
    """Draw a head.

    Parameters
    ----------
    look : Look, default a cat from the front
        What is drawn.
    side : int, default 48
        Of the picture, at least 8.

    Returns
    -------
    (side, side) ndarray of float
        Grey values, 0 (black) to 1 (white).

    Raises
    ------
    ValueError
        If the side is below 8 or the scale not above 0.
    """
    if side < 8 or not look.scale > 0:
        raise ValueError(f"side={side} is at least 8, scale={look.scale} above 0")
    across = (np.arange(side * _FINE) + 0.5) / (side * _FINE) * 2 - 1
    x, y = np.meshgrid(across, -across)  # -1 to 1, y upwards
    grey = np.full(x.shape, 0.88)
    if look.is_cluttered:
        grey = 0.5 + 0.4 * np.sin(13 * x + 3 * np.sin(5 * y)) * np.sin(11 * y + 2 * x)
    cos, sin = np.cos(look.tilt), np.sin(look.tilt)
    u, v = (cos * x + sin * y) / look.scale, (cos * y - sin * x) / look.scale
    _head(grey, u / (1 - 0.35 * look.turn), v + 0.12, look)
    if look.is_hidden:
        grey[(np.abs((y - 0.02) % 0.5 - 0.25) < 0.11) | (np.abs(x % 1.0 - 0.5) < 0.09)] = 0.30
    grey *= look.light * (1 - look.slope * (x + 1) / 2)
    averaged: FloatArray = grey.reshape(side, _FINE, side, _FINE).mean(axis=(1, 3))
    return averaged


def _head(grey: FloatArray, u: FloatArray, v: FloatArray, look: Look) -> None:
    """Paint ears, head and features over what is there."""
    nearer = 0.38 * look.turn  # how far what stands out moves to the side

    def disc(x: float, y: float, wide: float, high: float) -> BoolArray:
        inside: BoolArray = ((u - x) / wide) ** 2 + ((v - y) / high) ** 2 < 1
        return inside

    for side in (-1, 1):
        if look.kind == "bear":
            grey[disc(0.50 * side, 0.52, 0.24, 0.24)] = look.fur
            grey[disc(0.50 * side, 0.52, 0.12, 0.12)] = 0.6 * look.fur
        else:
            height = 0.90 * look.ears + 0.10
            for share, shade in ((1.0, 1.0), (0.65, 0.6)):
                ear = (v > 0.2) & (v - 0.2 < share * (height - 0.2))
                ear &= np.abs(u - 0.47 * side) < 0.28 * share * (
                    1 - (v - 0.2) / (share * (height - 0.2))
                )
                grey[ear] = shade * look.fur
    grey[disc(0, 0, 0.75, 0.62)] = look.fur
    grey[disc(nearer, -0.24, 0.32, 0.24)] = min(1.0, look.fur + 0.22)  # the muzzle
    for side in (-1, 1):
        grey[disc(0.30 * side + 0.8 * nearer, 0.12, 0.11, 0.13)] = 0.97
        grey[disc(0.30 * side + nearer, 0.12, 0.06, 0.10)] = 0.08
    grey[disc(1.15 * nearer, -0.13, 0.09, 0.07)] = 0.15
    mouth = np.abs(np.abs(u - 1.1 * nearer) - 0.10) ** 2 + (v + 0.25) ** 2
    grey[(np.abs(np.sqrt(mouth) - 0.10) < 0.022) & (v < -0.25)] = 0.15
