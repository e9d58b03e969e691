"""Networks: units where they were put, lines as wide as their weights."""

import numpy as np
import pytest
from matplotlib.colors import to_hex

from dlcv_viz.draw.canvas import WIDE, canvas, stage
from dlcv_viz.draw.matrix import TINT
from dlcv_viz.draw.network import LEAST, MOST, edges, labels, layers, nodes
from dlcv_viz.draw.theme import MARKER


def hexes(colours: object) -> list[str]:
    return [to_hex(tuple(colour)) for colour in np.asarray(colours).tolist()]


def test_layers_stand_side_by_side_and_are_centred() -> None:
    first, second = layers([3, 2], across=10, up=4)
    assert first.tolist() == [[0, -4], [0, 0], [0, 4]]
    assert second.tolist() == [[10, -2], [10, 2]]


def test_layers_can_start_anywhere_and_go_down() -> None:
    first, second = layers([2, 1], across=10, up=-4, start=(100, 50))
    assert first.tolist() == [[100, 52], [100, 48]]
    assert second.tolist() == [[110, 50]]


def test_edges_join_every_pair_in_the_colour_and_width_of_its_weight() -> None:
    ax = stage(canvas(WIDE, 240), 0, 0, WIDE, 240)
    starts, ends = layers([2, 3], across=10, up=4)
    drawn = edges(ax, starts, ends, np.array([[1.0, -2.0, 0.0], [0.5, 3.0, -0.5]]), limit=2)
    segments = [np.asarray(s).tolist() for s in drawn.get_segments()]
    assert segments == [[list(a), list(b)] for a in starts.tolist() for b in ends.tolist()]
    half, quarter = LEAST + (MOST - LEAST) / 2, LEAST + (MOST - LEAST) / 4
    assert drawn.get_linewidth() == pytest.approx([half, MOST, LEAST, quarter, MOST, quarter])
    colours = hexes(drawn.get_edgecolor())
    one, two = MARKER["accent-1"], MARKER["accent-2"]
    assert colours == [one, two, two, one, one, two]


def test_edges_that_matter_are_stronger_than_the_others() -> None:
    ax = stage(canvas(WIDE, 240), 0, 0, WIDE, 240)
    starts, ends = layers([2, 2], across=10, up=4)
    strong = np.array([[True, False], [False, True]])
    drawn = edges(ax, starts, ends, np.ones((2, 2)), limit=2, strong=strong)
    alphas = np.asarray(drawn.get_edgecolor())[:, 3].reshape(2, 2)
    assert alphas[strong].min() > 2 * alphas[~strong].max()


def test_labels_are_written_at_their_places_and_may_be_shifted() -> None:
    ax = stage(canvas(WIDE, 240), 0, 0, WIDE, 240)
    (places,) = layers([2], across=1, up=50, start=(20, 100))
    drawn = labels(ax, places, ["x₁", "x₂"], "muted", shift=(-5, 10), italic=True)
    assert [text.get_text() for text in drawn] == ["x₁", "x₂"]
    assert [text.get_position() for text in drawn] == [(15, 85), (15, 135)]
    assert {text.get_color() for text in drawn} == {MARKER["muted"]}


def test_nodes_are_tinted_by_their_values_and_hide_the_lines() -> None:
    ax = stage(canvas(WIDE, 240), 0, 0, WIDE, 240)
    (places,) = layers([3], across=1, up=50)
    drawn = nodes(ax, places, np.array([2.0, 0.0, -1.0]), limit=2, size=30)
    plate = ax.collections[0]
    assert hexes(plate.get_facecolor()) == [MARKER["plate"]]
    assert plate.get_zorder() < drawn.get_zorder()
    assert np.asarray(drawn.get_offsets()).tolist() == places.tolist()
    assert np.asarray(drawn.get_sizes()).tolist() == [900]
    faces = np.asarray(drawn.get_facecolor())
    assert faces[:, 3] == pytest.approx([TINT, 0, TINT / 2])
    assert hexes(faces[[0, 2]]) == [MARKER["accent-1"], MARKER["accent-2"]]
