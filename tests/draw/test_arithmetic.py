"""Products, sums and shapes as on paper."""

import numpy as np
import pytest
from matplotlib.axes import Axes

from dlcv_viz.draw.arithmetic import equation, products, shape_note
from dlcv_viz.draw.canvas import WIDE, canvas, stage

MINUS = "\N{MINUS SIGN}"


@pytest.fixture
def ax() -> Axes:
    return stage(canvas(WIDE, 300), 0, 0, WIDE, 300)


def test_products_are_written_as_on_paper() -> None:
    weights, values = np.array([[-1.0, 0, 2], [1.5, -2, 0]]), np.array([[4.0, 7, 9], [2, -3, 1]])
    assert products(weights, values) == f"{MINUS}1·4 + 0·7 + 2·9 + 1.5·2 {MINUS} 2·({MINUS}3) + 0·1"
    short = f"{MINUS}1·4 + 2·9 + 1.5·2 {MINUS} 2·({MINUS}3)"
    assert products(weights, values, zeros=False) == short
    assert products(np.zeros(3), np.ones(3), zeros=False) == "0"


def test_an_equation_has_its_terms_left_and_its_result_right(ax: Axes) -> None:
    terms, result = equation(ax, (10, 200), 30, "1·2 + 3·4", "14")
    assert (terms.get_text(), terms.get_position()) == ("1·2 + 3·4", (10, 30))
    assert (result.get_text(), result.get_position()) == ("= 14", (200, 30))
    assert result.get_horizontalalignment() == "right"


def test_a_shape_is_written_with_times() -> None:
    assert shape_note((3, 224, 224)) == "3 × 224 × 224"
