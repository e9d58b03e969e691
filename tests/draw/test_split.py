"""Wholes split into parts."""

import pytest
from matplotlib.colors import to_hex

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.split import split
from dlcv_viz.draw.theme import MARKER

WHOLES = ((0.25, 0.75), (0.98, 0.02))


def test_parts_join_to_a_bar_and_say_how_large_they_are_where_that_fits() -> None:
    ax = stage(canvas(NARROW, 240), 0, 0, NARROW, 240)
    tints = [("accent-1", 0.4), ("accent-2", 0.3)]
    first, second = split(ax, (100, 50), WHOLES, tints, left=20, length=200)
    assert [bar.get_width() for bar in first] == pytest.approx([50, 196])
    assert [bar.get_x() for bar in second] == pytest.approx([70, 216])
    assert [bar.get_x() + bar.get_width() for bar in second] == pytest.approx([220, 220])
    assert {to_hex(bar.get_facecolor()) for bar in second} == {MARKER["accent-2"]}
    assert [text.get_text() for text in ax.texts] == ["25%", "98%", "75%"]
    middles = [text.get_position() for text in ax.texts]
    assert middles == [pytest.approx(at) for at in ((45, 100), (118, 50), (145, 100))]
