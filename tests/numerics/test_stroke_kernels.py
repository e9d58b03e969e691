"""Hand-set kernels find what they are named for, and nothing else."""

import numpy as np
import pytest

from dlcv_viz.data.line_drawing import PLUS, SQUARE, line_drawing
from dlcv_viz.numerics.activation import relu
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.pooling import max_pool2d
from dlcv_viz.numerics.stroke_kernels import (
    ANGLES,
    ARRANGEMENTS,
    arrangement_kernels,
    stroke_kernels,
)
from dlcv_viz.types import FloatArray

LINES = {
    0: np.eye(3)[[1, 1, 1]].T,
    45: np.eye(3)[::-1],
    90: np.eye(3)[[1, 1, 1]],
    135: np.eye(3),
}


@pytest.fixture(scope="module")
def maps() -> FloatArray:
    strokes = relu(conv2d(line_drawing()[None, None], stroke_kernels(), padding=1))
    found: FloatArray = relu(conv2d(max_pool2d(strokes, 2), *arrangement_kernels(), padding=1))[0]
    return found


@pytest.mark.parametrize("angle", ANGLES)
def test_a_stroke_kernel_answers_one_to_its_line_and_nothing_to_others(angle: int) -> None:
    kernel = stroke_kernels()[ANGLES.index(angle), 0]
    answers = {other: float((kernel * line).sum()) for other, line in LINES.items()}
    assert answers == pytest.approx({other: float(other == angle) for other in LINES})
    assert kernel.sum() == pytest.approx(0)


def test_each_corner_of_the_square_is_found_by_its_own_kernel(maps: FloatArray) -> None:
    first, last = (edge // 2 for edge in SQUARE)
    corners = [(first, first), (first, last), (last, first), (last, last)]
    found = [np.argwhere(maps[n] > 0.5).tolist() for n in range(4)]
    assert found == [[list(corner)] for corner in corners]


def test_only_the_middle_of_the_plus_is_a_crossing(maps: FloatArray) -> None:
    crossing = maps[ARRANGEMENTS.index("crossing")]
    assert np.argwhere(crossing > 0).tolist() == [[PLUS[0] // 2, PLUS[1] // 2]]


def test_lines_are_found_where_they_run(maps: FloatArray) -> None:
    level, upright, slanted = maps[5:]
    assert set(np.argwhere(level > 0.5)[:, 0].tolist()) == {SQUARE[0] // 2, SQUARE[1] // 2, 11}
    assert set(np.argwhere(upright > 0.5)[:, 1].tolist()) == {SQUARE[0] // 2, SQUARE[1] // 2, 4}
    at = np.argwhere(slanted > 0.5)
    assert len(at) > 3
    assert set(at.sum(axis=1).tolist()) == {17}
