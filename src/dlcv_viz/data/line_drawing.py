"""A drawing of thin lines: a square, a plus and a slanted stroke, of pixels that are 0 or 1."""

import numpy as np

from dlcv_viz.types import FloatArray

SIDE = 32
SQUARE = (3, 13)  # first and last row, and column, of its outline
PLUS = (22, 9)  # row and column of its middle
ARM = 5  # pixels of the plus on each side of the middle
STROKE = ((5, 30), (19, 16))  # row and column of its upper and of its lower end


def line_drawing() -> FloatArray:
    """Return the drawing, (32, 32); lines are one pixel wide."""
    drawn = np.zeros((SIDE, SIDE))
    first, last = SQUARE
    for edge in SQUARE:
        drawn[edge, first : last + 1] = drawn[first : last + 1, edge] = 1
    row, column = PLUS
    drawn[row, column - ARM : column + ARM + 1] = 1
    drawn[row - ARM : row + ARM + 1, column] = 1
    (top, right), (bottom, left) = STROKE
    drawn[np.arange(top, bottom + 1), np.arange(right, left - 1, -1)] = 1
    return drawn
