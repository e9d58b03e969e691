"""Zero lines, limits and tangents."""

import numpy as np
import pytest
from matplotlib.axes import Axes

from dlcv_viz.draw.canvas import NARROW, canvas, panel
from dlcv_viz.draw.curves import limit, tangent, zero_lines
from dlcv_viz.draw.theme import MARKER


@pytest.fixture
def ax() -> Axes:
    made = panel(canvas(NARROW, 300), 30, 30, 300, 200)
    made.set(xlim=(-3, 3), ylim=(-1, 4))
    return made


def test_zero_lines_cross_where_both_axes_are_zero(ax: Axes) -> None:
    zero_lines(ax)
    level, upright = (np.asarray(drawn.get_xydata()) for drawn in ax.lines)
    assert set(level[:, 1]) == {0}
    assert set(upright[:, 0]) == {0}
    assert ax.get_xlim() == (-3, 3)
    assert ax.get_ylim() == (-1, 4)


def test_limit_is_level_and_dashed(ax: Axes) -> None:
    drawn = limit(ax, 1.5, "accent-2")
    assert set(np.asarray(drawn.get_ydata(), float)) == {1.5}
    assert drawn.is_dashed()
    assert drawn.get_color() == MARKER["accent-2"]


@pytest.mark.parametrize("slope", [-40.0, -0.5, 0.0, 1.0, 12.0])
def test_tangent_has_its_slope_its_middle_and_its_length_on_paper(ax: Axes, slope: float) -> None:
    drawn = tangent(ax, (0.5, 2.0), slope, length=50)
    ends = np.asarray(drawn.get_xydata())
    assert ends.mean(axis=0) == pytest.approx([0.5, 2.0])
    (across, up) = ends[1] - ends[0]
    assert across > 0
    assert up / across == pytest.approx(slope)
    on_paper = np.diff(ax.transData.transform(ends), axis=0)[0]
    assert np.linalg.norm(on_paper) * 72 / ax.figure.dpi == pytest.approx(50)
