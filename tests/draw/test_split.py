"""Wholes split into parts, and the key of the parts."""

import pytest
from matplotlib.colors import to_hex, to_rgba
from matplotlib.patches import Rectangle

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.split import key, split
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


def test_the_key_names_each_part_beside_its_tint_in_the_order_of_the_bars() -> None:
    ax = stage(canvas(NARROW, 240), 0, 0, NARROW, 240)
    tints = [("accent-1", 0.4), ("accent-2", 0.3)]
    key(ax, ("many", "few"), tints, 200, left=20, length=100)
    swatches = [patch for patch in ax.patches if isinstance(patch, Rectangle)]
    assert [to_rgba(box.get_facecolor()) for box in swatches] == [
        to_rgba(MARKER[role], tint) for role, tint in tints
    ]
    assert [box.get_x() for box in swatches] == [20, 70]
    for text, name, box in zip(ax.texts, ("many", "few"), swatches, strict=True):
        assert text.get_text() == name
        x, y = text.get_position()
        assert y == 200 == box.get_y() + box.get_height() / 2
        assert box.get_x() + box.get_width() < x < box.get_x() + 50
