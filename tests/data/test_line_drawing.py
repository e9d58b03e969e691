"""The square, the plus and the stroke are where their constants say."""

import numpy as np

from dlcv_viz.data.line_drawing import ARM, PLUS, SIDE, SQUARE, STROKE, line_drawing


def test_the_drawing_is_a_square_a_plus_and_a_stroke_and_nothing_else() -> None:
    drawn = line_drawing()
    assert drawn.shape == (SIDE, SIDE)
    assert set(np.unique(drawn)) == {0, 1}
    side = SQUARE[1] - SQUARE[0] + 1
    stroke = STROKE[1][0] - STROKE[0][0] + 1
    assert drawn.sum() == 4 * (side - 1) + (4 * ARM + 1) + stroke


def test_each_part_is_at_its_place() -> None:
    drawn = line_drawing()
    first, last = SQUARE
    assert all(drawn[corner] for corner in ((first, first), (first, last), (last, first)))
    assert not drawn[first + 1 : last, first + 1 : last].any()
    row, column = PLUS
    assert drawn[row - 1 : row + 2, column - 1 : column + 2].tolist() == [
        [0, 1, 0],
        [1, 1, 1],
        [0, 1, 0],
    ]
    for end in STROKE:
        assert drawn[end]
        around = drawn[end[0] - 1 : end[0] + 2, end[1] - 1 : end[1] + 2]
        assert around.sum() == 2  # a stroke ends here
