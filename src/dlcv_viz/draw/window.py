"""Windows over grids: where a window lies, what it is multiplied by, where its result goes.

One engine for convolution, pooling, dilated and transposed convolution. A `Grid` is a place for an
array; `show` writes the array there, with its border of padding; `mark` and `mark_taps` frame what
belongs together, `link` joins it by beams. `dlcv_viz.draw.arithmetic` writes what is computed.

Rows and columns count from the first cell of the array itself, so the border has negative ones.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.patches import Rectangle

from dlcv_viz.draw.canvas import HAIR, SMALL, STRONG, TEXT, THIN, TITLE
from dlcv_viz.draw.marks import frame, line, say
from dlcv_viz.draw.matrix import cells
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.types import BoolArray, FloatArray

CELL = 26  # points


@dataclass(frozen=True, slots=True)
class Box:
    """Some cells: a rectangle in the units of the axes, by its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Where it ends across."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Where it ends in height."""
        return self.top - self.height


@dataclass(frozen=True, slots=True)
class Grid:
    """A place for an array on a stage.

    Parameters
    ----------
    shape : (int, int)
        Rows and columns of the array.
    left, top : float
        Corner of its first cell, in the units of the axes.
    size : float, default 26
        Side of a cell.
    border : int, default 0
        Cells of padding around the array, at the other side of `left` and `top`.
    """

    shape: tuple[int, int]
    left: float
    top: float
    size: float = CELL
    border: int = 0

    def box(self, row: int, column: int, rows: int = 1, columns: int = 1) -> Box:
        """Return where some cells lie, those of the border with negative indices."""
        return Box(
            self.left + column * self.size,
            self.top - row * self.size,
            columns * self.size,
            rows * self.size,
        )

    @property
    def whole(self) -> Box:
        """The array with its border."""
        rows, columns = self.shape
        around = 2 * self.border
        return self.box(-self.border, -self.border, rows + around, columns + around)

    def middle(self, row: int, column: int) -> tuple[float, float]:
        """Return the middle of a cell."""
        return self.left + (column + 0.5) * self.size, self.top - (row + 0.5) * self.size


@dataclass(frozen=True, slots=True)
class Window:
    """Cells that are looked at together.

    Parameters
    ----------
    row, column : int
        Its first tap, in a border with negative numbers.
    taps : (int, int)
        Rows and columns of taps.
    dilation : int, default 1
        Cells from one tap to the next.
    """

    row: int
    column: int
    taps: tuple[int, int]
    dilation: int = 1

    @property
    def places(self) -> list[tuple[int, int]]:
        """Row and column of every tap, row by row."""
        return [
            (self.row + self.dilation * m, self.column + self.dilation * n)
            for m, n in np.ndindex(*self.taps)
        ]

    def mask(self, grid: Grid) -> BoolArray:
        """Return which cells of an array are taps; those in its border are none."""
        rows, columns = grid.shape
        found = np.zeros(grid.shape, bool)
        for i, j in self.places:
            if 0 <= i < rows and 0 <= j < columns:
                found[i, j] = True
        return found

    def box(self, grid: Grid) -> Box:
        """Return where the window lies, from its first tap to its last."""
        rows, columns = ((taps - 1) * self.dilation + 1 for taps in self.taps)
        return grid.box(self.row, self.column, rows, columns)


def show(
    ax: Axes,
    grid: Grid,
    values: FloatArray,
    *,
    limit: float,
    form: str = "{:g}",
    strong: BoolArray | None = None,
    name: str = "",
    note: str = "",
    fill: str = "0",
    text: float = TEXT,
) -> PolyCollection:
    """Write an array into its place, with a quiet border and a name above.

    Parameters
    ----------
    ax : Axes
        A stage: one unit is a point.
    grid : Grid
        The place.
    values : (rows, columns) ndarray of float
        Of the grid's shape; NaN is a cell that is not computed yet.
    limit : float
        Absolute value that has the full tint; above 0.
    form : str, default "{:g}"
        Of a number; empty for none.
    strong : (rows, columns) ndarray of bool, optional
        Cells whose numbers are bold.
    name, note : str, default ""
        Above at the left, bold, and at the right, such as the shape.
    fill : str, default "0"
        What stands in the cells of the border.
    text : float, default 10
        Size of the numbers in points.

    Returns
    -------
    PolyCollection
        The cells of the array.

    Raises
    ------
    ValueError
        If the values are not of the grid's shape.
    """
    if values.shape != grid.shape:
        raise ValueError(f"values {values.shape} are not of the grid's shape {grid.shape}")
    if grid.border:
        _border(ax, grid, fill, text)
    whole = grid.whole
    if name:
        say(ax, whole.left, whole.top + 8, name, bold=True, size=TITLE, ha="left", va="bottom")
    if note:
        say(ax, whole.right, whole.top + 8, note, "muted", size=SMALL, ha="right", va="bottom")
    return cells(
        ax, values, grid.left, grid.top, grid.size, limit=limit, form=form, strong=strong, text=text
    )


def _border(ax: Axes, grid: Grid, fill: str, text: float) -> None:
    whole, (rows, columns) = grid.whole, grid.shape
    across = whole.left + grid.size * np.arange(columns + 2 * grid.border + 1)
    down = whole.top - grid.size * np.arange(rows + 2 * grid.border + 1)
    grounds = [[(x, whole.top), (x, whole.bottom)] for x in across]
    grounds += [[(whole.left, y), (whole.right, y)] for y in down]
    lines = LineCollection(grounds, colors=MARKER["line"], linewidths=THIN, zorder=0)
    lines.set_linestyle((0, (3, 2)))
    ax.add_collection(lines, autolim=False)
    for i, j in np.ndindex(rows + 2 * grid.border, columns + 2 * grid.border):
        row, column = i - grid.border, j - grid.border
        if fill and not (0 <= row < rows and 0 <= column < columns):
            x, y = grid.middle(row, column)
            say(ax, x, y, fill, "muted", size=text, va="center_baseline")


def mark(ax: Axes, box: Box, *, role: str = "accent-2", width: float = STRONG) -> Rectangle:
    """Frame some cells; the width of the line is in points."""
    return frame(ax, box.left, box.top, box.width, box.height, role=role, width_pt=width)


def mark_taps(ax: Axes, grid: Grid, window: Window, *, role: str = "accent-2") -> list[Rectangle]:
    """Frame a window, and where it has gaps each of its taps.

    Parameters
    ----------
    ax : Axes
        A stage.
    grid : Grid
        What the window lies on.
    window : Window
        The taps.
    role : str, default "accent-2"
        Colour.

    Returns
    -------
    list of Rectangle
        The frame of the window first; without gaps only this one.
    """
    if window.dilation == 1:
        return [mark(ax, window.box(grid), role=role)]
    around = mark(ax, window.box(grid), role=role, width=THIN)
    return [around, *(mark(ax, grid.box(i, j), role=role) for i, j in window.places)]


def beam(
    ax: Axes, near: Box, far: Box, *, free: tuple[float, float], role: str = "accent-2"
) -> PolyCollection:
    """Join the right side of a box to the left side of another.

    Parameters
    ----------
    ax : Axes
        A stage.
    near, far : Box
        From left to right.
    free : (float, float)
        Between which places nothing else is drawn; elsewhere only hair lines are seen.
    role : str, default "accent-2"
        Colour.

    Returns
    -------
    PolyCollection
        The tint of the beam.
    """
    ends = np.array([near.right, far.left])
    shown = np.clip(np.asarray(free), *ends)
    sides = ((near.top, far.top), (near.bottom, far.bottom))
    upper, lower = (np.interp(shown, ends, side) for side in sides)
    tint = ax.fill_between(shown, lower, upper, color=MARKER[role], alpha=0.1, lw=0, zorder=0)
    for level, side in zip((upper, lower), sides, strict=True):
        line(ax, shown, level, role, width=THIN, above=4)
        line(ax, ends, np.array(side), role, width=HAIR, above=3).set_alpha(0.5)
    return tint


def link(ax: Axes, grids: Sequence[Grid], boxes: Sequence[Box]) -> None:
    """Join what is framed on neighbouring grids by beams, from left to right.

    Parameters
    ----------
    ax : Axes
        A stage.
    grids : sequence of n Grid
        From left to right, such as input, kernel and output.
    boxes : sequence of n Box
        What is framed on each.
    """
    steps = zip(grids[:-1], grids[1:], boxes[:-1], boxes[1:], strict=True)
    for before, after, near, far in steps:
        beam(ax, near, far, free=(before.whole.right, after.whole.left))
