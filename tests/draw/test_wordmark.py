"""The wordmark that is drawn is the one that the pages show."""

import re
from pathlib import Path as File

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Circle, Polygon

from dlcv_viz.draw.canvas import NARROW, canvas, stage
from dlcv_viz.draw.theme import MARKER, PALETTE
from dlcv_viz.draw.wordmark import HEIGHT, wordmark

ROLES = ("edge", "accent-1", "accent-2", "ink")


@pytest.fixture
def ax() -> Axes:
    """Return a panel with the wordmark in the units of its file, from (0, 100) down."""
    made = stage(canvas(NARROW, 240), 0, 0, NARROW, 240)
    wordmark(made, (0, 100), HEIGHT)
    return made


@pytest.fixture
def file(root: File) -> str:
    return (root / "_static/wordmark-dark.svg").read_text(encoding="utf-8")


def test_it_has_the_pixels_and_the_unit_of_the_file(ax: Axes, file: str) -> None:
    corners = [[float(n) for n in c] for c in re.findall(r"M([\d.]+) ([\d.]+)h7v7", file)]
    drawn = [c for c in ax.collections if isinstance(c, PolyCollection)][-1]
    first = np.array([np.asarray(path.vertices)[0] for path in drawn.get_paths()])
    assert first - first[0] == pytest.approx(np.array(corners) - corners[0])
    shades = [1.0, *(float(f"0{n}") for n in re.findall(r'opacity="(.\d+)"', file))]
    assert np.asarray(drawn.get_facecolor())[:, 3] == pytest.approx(shades)
    (unit,) = (p for p in ax.patches if isinstance(p, Circle))
    x, y, radius = map(float, re.findall(r'cx="(.+?)" cy="(.+?)" r="(.+?)"', file)[0])
    assert np.array(unit.center) - first[0] == pytest.approx([x - corners[0][0], y - corners[0][1]])
    assert unit.radius == radius


def test_it_has_the_colours_of_the_file(ax: Axes, file: str) -> None:
    known = {PALETTE["dark"][role] for role in ROLES}
    assert set(re.findall(r"#[0-9a-f]{6}", file)) == known
    drawn = {to_hex(p.get_edgecolor()) for p in ax.patches if p.get_linewidth()}
    drawn |= {to_hex(p.get_facecolor()) for p in ax.patches if not p.get_linewidth()}
    assert drawn == {MARKER[role] for role in ("accent-1", "accent-2", "ink")}


def test_it_begins_at_its_place_and_is_as_high_as_it_was_asked_to_be(ax: Axes, file: str) -> None:
    (v,) = (p for p in ax.patches if isinstance(p, Polygon))
    box = v.get_path().get_extents(v.get_transform() - ax.transData)
    start = float(re.findall(r"M([\d.]+) 6h3.7", file)[0])
    assert box.x0 == pytest.approx(start - 5), "the ground at the left is left out"
    assert (box.y1, box.y0) == pytest.approx((94, 74))
