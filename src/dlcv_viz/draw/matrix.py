"""Matrices: tinted cells with numbers, and pictures of many cells, grey or in colour."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import Colormap, to_rgba
from matplotlib.image import AxesImage

from dlcv_viz.draw.canvas import SMALL, TEXT, THIN
from dlcv_viz.draw.marks import frame, say
from dlcv_viz.draw.theme import MARKER, diverging
from dlcv_viz.types import BoolArray, FloatArray

TINT = 0.45  # the most opaque tint on which ink still has 4.5 : 1 in both themes


def cells(
    ax: Axes,
    values: FloatArray,
    left: float,
    top: float,
    size: float,
    *,
    limit: float,
    form: str = "{:g}",
    strong: BoolArray | None = None,
    text: float = TEXT,
) -> PolyCollection:
    """Draw a matrix as tinted cells with numbers: accent-1 above zero, accent-2 below.

    Parameters
    ----------
    ax : Axes
        With equal units.
    values : (rows, columns) ndarray of float
        What the cells hold; NaN leaves a cell empty.
    left, top, size : float
        Corner of the matrix and side of a cell, in the units of the axes.
    limit : float
        Absolute value that has the full tint; above 0.
    form : str, default "{:g}"
        Format of a number; empty for no numbers.
    strong : (rows, columns) ndarray of bool, optional
        Cells whose numbers are bold.
    text : float, default 10
        Size of the numbers in points.

    Returns
    -------
    PolyCollection
        The squares, row by row.
    """
    rows, columns = values.shape
    across, down = left + size * np.arange(columns + 1), top - size * np.arange(rows + 1)
    squares = [
        [(across[j], down[i + 1]), (across[j + 1], down[i + 1]), (across[j + 1], down[i]),
         (across[j], down[i])]
        for i in range(rows)
        for j in range(columns)
    ]  # fmt: skip
    tints = [
        to_rgba(MARKER["accent-1" if v > 0 else "accent-2"], TINT * min(abs(float(v)) / limit, 1))
        for v in np.nan_to_num(values).flat
    ]
    drawn = PolyCollection(squares, facecolors=tints, linewidths=0, zorder=1)
    ax.add_collection(drawn, autolim=False)
    grid = [[(across[0], y), (across[-1], y)] for y in down[1:-1]]
    grid += [[(x, down[0]), (x, down[-1])] for x in across[1:-1]]
    lines = LineCollection(grid, colors=MARKER["line"], linewidths=THIN, zorder=2)
    ax.add_collection(lines, autolim=False)
    frame(ax, left, top, columns * size, rows * size, role="edge", width_pt=THIN, above=2)
    for (i, j), value in np.ndenumerate(values) if form else ():
        if np.isnan(value):
            continue
        ax.text(
            left + (j + 0.5) * size,
            top - (i + 0.5) * size,
            form.format(value).replace("-", "\N{MINUS SIGN}"),
            color=MARKER["ink"],
            size=text,
            weight="bold" if strong is not None and strong[i, j] else "normal",
            ha="center",
            va="center_baseline",
            zorder=5,
        )
    return drawn


def pixels(
    ax: Axes,
    values: FloatArray,
    left: float,
    top: float,
    size: float,
    *,
    colours: Colormap,
    limits: tuple[float, float],
) -> AxesImage:
    """Draw an image pixel by pixel, with a thin line around.

    Parameters
    ----------
    ax : Axes
        With equal units.
    values : (rows, columns) ndarray of float
        Brightness or weight of the pixels.
    left, top, size : float
        Corner of the image and side of a pixel, in the units of the axes.
    colours : Colormap
        Grey, or one of the two maps of `dlcv_viz.draw.theme`.
    limits : (float, float)
        Values at the ends of the map.

    Returns
    -------
    AxesImage
        Not smoothed.
    """
    rows, columns = values.shape
    drawn = ax.imshow(
        values,
        cmap=colours,
        vmin=limits[0],
        vmax=limits[1],
        extent=(left, left + columns * size, top - rows * size, top),
        interpolation="none",  # "nearest" would be sampled at 72 dpi: cells of unequal width
        aspect=ax.get_aspect(),
        zorder=1,
    )
    frame(ax, left, top, columns * size, rows * size, role="edge", width_pt=THIN, above=2)
    return drawn


def signed(ax: Axes, values: FloatArray, left: float, top: float, size: float) -> AxesImage:
    """Draw weights pixel by pixel on a scale of their own, on which zero is in the middle.

    Parameters
    ----------
    ax, left, top, size
        As for `pixels`.
    values : (rows, columns) ndarray of float
        Not all zero.

    Returns
    -------
    AxesImage
        The weight of the largest size has the full colour of its sign.
    """
    most = float(np.abs(values).max())
    return pixels(ax, values, left, top, size, colours=diverging(), limits=(-most, most))


def picture(ax: Axes, rgb: FloatArray, left: float, top: float, size: float) -> AxesImage:
    """Draw a colour picture pixel by pixel, with a thin line around.

    Parameters
    ----------
    ax : Axes
        With equal units.
    rgb : (rows, columns, 3) ndarray of float
        Red, green and blue, 0 to 1.
    left, top, size : float
        Corner of the picture and side of a pixel, in the units of the axes.

    Returns
    -------
    AxesImage
        Not smoothed, and the same in both themes.
    """
    rows, columns, _ = rgb.shape
    drawn = ax.imshow(
        rgb,
        extent=(left, left + columns * size, top - rows * size, top),
        interpolation="none",
        aspect=ax.get_aspect(),
        zorder=1,
    )
    frame(ax, left, top, columns * size, rows * size, role="edge", width_pt=THIN, above=2)
    return drawn


def scale(
    ax: Axes,
    left: float,
    top: float,
    width: float,
    *,
    colours: Colormap,
    ends: tuple[str, str],
) -> AxesImage:
    """Draw the scale of a colour map, with what its two ends mean below them.

    Parameters
    ----------
    ax : Axes
        A stage: one unit is a point.
    left, top, width : float
        Place of the bar, which is 7 pt high.
    colours : Colormap
        The map.
    ends : (str, str)
        Below the left end and below the right one.

    Returns
    -------
    AxesImage
        The bar.
    """
    drawn = ax.imshow(
        np.linspace(0, 1, 64)[None],
        cmap=colours,
        extent=(left, left + width, top - 7, top),
        interpolation="none",
        aspect=ax.get_aspect(),
        zorder=1,
    )
    for text, x, ha in ((ends[0], left, "left"), (ends[1], left + width, "right")):
        say(ax, x, top - 11, text, "muted", size=SMALL, ha=ha, va="top")
    return drawn
