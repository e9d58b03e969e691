"""A colour picture of two houses and a tree, with the truth about every pixel.

It is computed from outlines, so it can have any size, and what it shows is known exactly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dlcv_viz.types import BoolArray, FloatArray, IntArray

THINGS = ("sky", "sun", "grass", "tree", "small house", "large house")  # the labels 0 to 5
_FINE = 4  # points across and down that a pixel averages
_ASPECT = 1.5  # width over height
Colour = tuple[float, float, float]


@dataclass(frozen=True)
class _House:
    """Left edge and ground, width and height of its wall, in heights of the picture."""

    left: float
    ground: float
    width: float
    height: float
    wall: Colour
    roof: Colour


_SMALL = _House(1.02, 0.84, 0.30, 0.21, (0.93, 0.90, 0.82), (0.45, 0.47, 0.55))
_LARGE = _House(0.14, 0.90, 0.48, 0.33, (0.85, 0.36, 0.26), (0.47, 0.20, 0.17))


def village(rows: int = 32) -> tuple[IntArray, IntArray]:
    """Draw the village.

    Parameters
    ----------
    rows : int, default 32
        Height in pixels, even and at least 8; the width is one and a half times that.

    Returns
    -------
    rgb : (rows, columns, 3) ndarray of int
        Red, green and blue from 0 to 255.
    labels : (rows, columns) ndarray of int
        Which of `THINGS` most of a pixel shows.

    Raises
    ------
    ValueError
        If the height is odd or below 8.
    """
    if rows < 8 or rows % 2:
        raise ValueError(f"rows={rows} is not even and at least 8")
    columns = rows * 3 // 2
    y = (np.arange(rows * _FINE) + 0.5)[:, None] / (rows * _FINE)  # 0 at the top, 1 at the bottom
    x = _ASPECT * (np.arange(columns * _FINE) + 0.5)[None] / (columns * _FINE)
    colours, labels = _paint(x, y)
    blocks = colours.reshape(rows, _FINE, columns, _FINE, 3).mean(axis=(1, 3))
    votes = np.stack([labels == k for k in range(len(THINGS))]).astype(float)
    shares = votes.reshape(len(THINGS), rows, _FINE, columns, _FINE).mean(axis=(2, 4))
    return np.rint(255 * blocks).astype(int), shares.argmax(axis=0)


def _paint(x: FloatArray, y: FloatArray) -> tuple[FloatArray, IntArray]:
    """Paint from the farthest thing to the nearest."""
    down = np.broadcast_to(y, np.broadcast_shapes(x.shape, y.shape))[..., None]
    colours = (1 - down) * (0.33, 0.60, 0.90) + down * (0.98, 0.93, 0.84)
    labels = np.zeros(colours.shape[:2], int)

    def put(where: BoolArray, colour: Colour, thing: int) -> None:
        colours[where] = colour
        labels[where] = thing

    put((x - 1.27) ** 2 + (y - 0.19) ** 2 < 0.095**2, (0.99, 0.83, 0.25), 1)
    grass = y > 0.70 + 0.05 * np.sin(4.2 * x + 0.6)
    put(grass, (0.42, 0.66, 0.30), 2)
    put((abs(x - 0.80) < 0.018) & (y > 0.52) & (y < 0.80), (0.42, 0.28, 0.18), 3)
    put((x - 0.80) ** 2 / 0.75 + (y - 0.43) ** 2 < 0.125**2, (0.16, 0.45, 0.25), 3)
    for thing, house in ((4, _SMALL), (5, _LARGE)):
        for where, colour in _house(x, y, house):
            put(where, colour, thing)
    return colours, labels


def _house(x: FloatArray, y: FloatArray, house: _House) -> Iterator[tuple[BoolArray, Colour]]:
    """Yield the parts of a house, the wall first, and their colours."""
    top, middle = house.ground - house.height, house.left + house.width / 2
    aside = abs(x - middle) / house.width
    up = (house.ground - y) / house.height  # 0 on the ground, 1 at the top of the wall
    yield (aside < 0.5) & (up > 0) & (up < 1), house.wall
    yield (aside < 0.62 * (1.75 - up) / 0.75) & (y < top), house.roof
    yield (aside < 0.10) & (up > 0) & (up < 0.55), (0.30, 0.20, 0.16)
    yield (abs(aside - 0.29) < 0.09) & (abs(up - 0.58) < 0.15), (0.74, 0.88, 0.96)
