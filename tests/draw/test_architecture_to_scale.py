"""Networks drawn from their ledgers, and shares: both keep the rules of every figure."""

from functools import cache

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba_array

from dlcv_viz.architectures.layers import CONVOLUTION, DENSE, SUM
from dlcv_viz.draw.architecture import LOOKS, architecture, shape_text, whole_network
from dlcv_viz.draw.canvas import WIDE, canvas, stage
from dlcv_viz.draw.shares import percent, shares
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.registry import Drawing
from figure_rules import RULES, Sheet
from published import DRAWN, published

ALT = "{network} from left to right: maps to scale, and below them the names of its stages."
HEIGHT = 260


@cache
def drawn(name: str, *, has_input: bool = True) -> Drawing:
    figure = canvas(WIDE, HEIGHT)
    ax = stage(figure, 0, 0, WIDE, HEIGHT)
    found = published(name).condensed()
    width, height = WIDE - 24, HEIGHT - 12
    architecture(ax, found, left=12, bottom=6, width=width, height=height, has_input=has_input)
    return Drawing(figure, {"network": found.network})


@cache
def shared(name: str) -> Drawing:
    figure = canvas(WIDE, HEIGHT)
    found = published(name).condensed()
    stages = [part for part in found.stages if part.parameters]
    shares(
        stage(figure, 12, 6, WIDE - 24, HEIGHT - 12),
        [part.name for part in stages],
        [part.parameters / found.parameters for part in stages],
        [part.multiply_adds / found.multiply_adds for part in stages],
        heads=("Parameters", "Multiply-adds"),
    )
    return Drawing(figure, {"network": found.network})


def test_a_network_by_itself_fills_a_wide_figure_of_the_height_that_was_asked_for() -> None:
    figure = whole_network(published("resnet18"), HEIGHT)
    assert (figure.get_size_inches() * 72).tolist() == [WIDE, HEIGHT]
    (ax,) = figure.axes
    assert (ax.get_xlim(), ax.get_ylim()) == ((0, WIDE - 24), (0, HEIGHT - 8))
    with_input, without = (
        [
            text.get_text()
            for text in whole_network(published("resnet18"), HEIGHT, **how).axes[0].texts
        ]
        for how in ({}, {"has_input": False})
    )
    assert {"input", "conv1", "head"} <= set(with_input)
    assert "input" not in without


@pytest.mark.parametrize("name", DRAWN)
def test_a_network_keeps_the_rules_of_figures(name: str) -> None:
    sheets = [
        Sheet.of("architecture", ALT, (drawn(name),)),
        Sheet.of("architecture", ALT, (drawn(name, has_input=False),)),
        Sheet.of("shares", ALT, (shared(name),)),
    ]
    wrong = [f"{rule}: {told}" for s in sheets for rule in RULES for told in RULES[rule](s)]
    assert wrong == []


def maps(drawing: Drawing, role: str, alpha: float) -> int:
    """Count the maps of a look, those of the key among them."""
    (ax,) = drawing.figure.axes
    edge, face = to_rgba_array(MARKER[role]), to_rgba_array(MARKER[role], alpha)
    return sum(
        len(part.get_paths())
        for part in ax.collections
        if isinstance(part, PolyCollection)
        and np.array_equal(to_rgba_array(part.get_edgecolor()), edge)
        and np.array_equal(to_rgba_array(part.get_facecolor()), face)
    )


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("kind", [CONVOLUTION, DENSE])
def test_every_layer_is_a_map(name: str, kind: str) -> None:
    rows = [row for row in published(name).rows if row.kind == kind]
    plain = [row for row in rows if row.layer is not None and row.layer.groups == 1]
    if kind == DENSE and name == "LeNet-5, paper":
        plain.append(published(name).row("output"))  # its distances look like a dense layer
    look = LOOKS[kind]
    assert maps(drawn(name), look.role, look.fill) == len(plain) + 1  # and the key's


@pytest.mark.parametrize("name", DRAWN)
def test_every_sum_has_a_shortcut(name: str) -> None:
    (ax,) = drawn(name).figure.axes
    n_shortcuts = sum(
        len(part.get_segments())
        for part in ax.collections
        if isinstance(part, LineCollection)
        and np.array_equal(to_rgba_array(part.get_color()), to_rgba_array(MARKER["ink"]))
    )
    assert n_shortcuts == sum(row.kind == SUM for row in published(name).rows)


@pytest.mark.parametrize("name", DRAWN)
def test_every_stage_has_its_name_and_a_new_shape_is_told(name: str) -> None:
    (ax,) = drawn(name).figure.axes
    said = [text.get_text() for text in ax.texts]
    stages = published(name).condensed().stages
    assert {stage.name for stage in stages} <= set(said)
    assert {shape_text(stage.rows[-1].shape) for stage in stages} <= set(said)


def test_shapes_are_written_as_in_papers() -> None:
    shapes = [(64, 56, 56), (8, 4, 16), (4096,)]
    assert [shape_text(shape) for shape in shapes] == ["56²×64", "4×16×8", "4096"]


def test_bars_of_both_sides_are_on_one_scale() -> None:
    ax = stage(canvas(WIDE, HEIGHT), 0, 0, WIDE, HEIGHT)
    left, right = shares(ax, ["a", "b"], [0.9, 0.1], [0.3, 0.7], heads=("Left", "Right"))
    widths = [abs(bar.get_width()) for bar in (*left, *right)]
    assert [w / widths[0] for w in widths] == pytest.approx([1, 1 / 9, 1 / 3, 7 / 9])
    assert max(bar.get_x() + bar.get_width() for bar in left) < min(bar.get_x() for bar in right)


def test_a_small_share_is_not_told_as_nothing() -> None:
    told = [percent(share) for share in (0, 0.0002, 0.0005, 0.619, 1)]
    assert told == ["0.0 %", "< 0.1 %", "0.1 %", "61.9 %", "100.0 %"]
