"""The colours: readable, told apart by every eye, and the same in figures and style sheet."""

import re
import runpy
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from colour import VISION, contrast, de2000, lab_of, over, rgb
from dlcv_viz.draw.matrix import TINT
from dlcv_viz.draw.theme import (
    DASH,
    MARK,
    MARKER,
    PALETTE,
    THEMES,
    diverging,
    group_role,
    sequential,
)

GROUNDS = ("ground", "surface", "plate")
GROUPS = [role for role in MARKER if role.startswith("group-")]
ACCENTS = [f"accent-{i}" for i in range(1, 7)]
TEXTS = [
    *("ink", "muted", "accent-1-text", "accent-4-text", "good", "bad"),
    *(accent for accent in ACCENTS if accent != "accent-4"),
    *GROUPS,
]

# Table 1 of Sharma, Wu, Dalal (2005): two colours in CIELAB and their difference.
SHARMA = """
50 2.6772 -79.7751  50 0 -82.7485  2.0425
50 3.1571 -77.2803  50 0 -82.7485  2.8615
50 2.8361 -74.0200  50 0 -82.7485  3.4412
50 -1.3802 -84.2814  50 0 -82.7485  1.0000
50 -1.1848 -84.8006  50 0 -82.7485  1.0000
50 -0.9009 -85.5211  50 0 -82.7485  1.0000
50 0 0  50 -1 2  2.3669
50 -1 2  50 0 0  2.3669
50 2.4900 -0.0010  50 -2.4900 0.0009  7.1792
50 2.4900 -0.0010  50 -2.4900 0.0010  7.1792
50 2.4900 -0.0010  50 -2.4900 0.0011  7.2195
50 2.4900 -0.0010  50 -2.4900 0.0012  7.2195
50 -0.0010 2.4900  50 0.0009 -2.4900  4.8045
50 -0.0010 2.4900  50 0.0010 -2.4900  4.8045
50 -0.0010 2.4900  50 0.0011 -2.4900  4.7461
50 2.5 0  50 0 -2.5  4.3065
50 2.5 0  73 25 -18  27.1492
50 2.5 0  61 -5 29  22.8977
50 2.5 0  56 -27 -3  31.9030
50 2.5 0  58 24 15  19.4535
50 2.5 0  50 3.1736 0.5854  1.0000
50 2.5 0  50 3.2972 0  1.0000
50 2.5 0  50 1.8634 0.5757  1.0000
50 2.5 0  50 3.2592 0.3350  1.0000
60.2574 -34.0099 36.2677  60.4626 -34.1751 39.4387  1.2644
63.0109 -31.0961 -5.8663  62.8187 -29.7946 -4.0864  1.2630
61.2901 3.7196 -5.3901  61.4292 2.2480 -4.9620  1.8731
35.0831 -44.1164 3.7933  35.0232 -40.0716 1.5901  1.8645
22.7233 20.0904 -46.6940  23.0331 14.9730 -42.5619  2.0373
36.4612 47.8580 18.3852  36.2715 50.5065 21.2231  1.4146
90.8027 -2.0831 1.4410  91.1528 -1.6435 0.0447  1.4441
90.9257 -0.5406 -0.9208  88.6381 -0.8985 -0.7239  1.5381
6.7747 -0.2908 -2.4247  5.8714 -0.0985 -2.2286  0.6377
2.0776 0.0795 -1.1350  0.9033 -0.0636 -0.5514  0.9082
"""


def nearest(colours: list[str], vision: str) -> float:
    lab = [lab_of(rgb(colour), vision) for colour in colours]
    return min(float(de2000(a, b)) for a, b in combinations(lab, 2))


def tokens(css: str, selector: str) -> dict[str, str]:
    block = css.split(f"{selector} {{")[1].split("}", maxsplit=1)[0]
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", block))


@pytest.fixture(scope="module")
def css(root: Path) -> str:
    return (root / "_static/tokens.css").read_text(encoding="utf-8")


def test_the_arithmetic_gives_the_published_differences() -> None:
    pairs = np.array(SHARMA.split(), float).reshape(34, 7)
    assert de2000(pairs[:, :3], pairs[:, 3:6]) == pytest.approx(pairs[:, 6], abs=5e-5)


def test_the_arithmetic_gives_known_contrasts_and_lab_values() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=5e-3)
    assert lab_of(rgb("#ff0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.01)
    assert over("#000000", 0.5, "#ffffff") == "#808080"


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", TEXTS)
def test_every_text_colour_is_readable_on_every_ground(role: str, theme: str) -> None:
    palette = PALETTE[theme]
    assert min(contrast(palette[role], palette[ground]) for ground in GROUNDS) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("role", ["accent-4", "edge"])
def test_colours_of_shapes_can_be_seen_on_every_ground(role: str, theme: str) -> None:
    palette = PALETTE[theme]
    assert min(contrast(palette[role], palette[ground]) for ground in GROUNDS) >= 3


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_any_two_accents_differ_for_every_eye(theme: str, vision: str) -> None:
    assert nearest([PALETTE[theme][role] for role in ACCENTS], vision) >= 12


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("theme", THEMES)
def test_good_and_bad_differ_for_every_eye(theme: str, vision: str) -> None:
    assert nearest([PALETTE[theme][role] for role in ("good", "bad")], vision) >= 12


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("accent", ["accent-1", "accent-2"])
def test_numbers_are_readable_on_the_darkest_tint_of_a_cell(accent: str, theme: str) -> None:
    palette = PALETTE[theme]
    tinted = [over(palette[accent], TINT, palette[ground]) for ground in GROUNDS]
    assert min(contrast(palette["ink"], ground) for ground in tinted) >= 4.5


@pytest.mark.parametrize("vision", VISION)
def test_the_sequential_map_gets_lighter_all_the_way_for_every_eye(vision: str) -> None:
    lightness = lab_of(sequential()(np.linspace(0, 1, 256))[:, :3], vision)[:, 0]
    assert (np.diff(lightness) > 0).all()
    assert lightness[-1] - lightness[0] > 80


@pytest.mark.parametrize("vision", VISION)
def test_the_diverging_map_gets_darker_alike_on_both_sides_of_zero(vision: str) -> None:
    lab = lab_of(diverging()(np.linspace(0, 1, 256))[:, :3], vision)
    below, above = lab[127::-1, 0], lab[128:, 0]
    assert (np.diff(below) < 0).all()
    assert (np.diff(above) < 0).all()
    assert below[0] > 94
    assert np.abs(below - above).max() < 12  # of 70; equal values look equally strong


def test_every_role_has_a_marker_colour_of_its_own_that_no_palette_holds() -> None:
    real = {colour for theme in THEMES for colour in PALETTE[theme].values()}
    maps = {
        "#" + "".join(f"{round(255 * v):02x}" for v in colour[:3])
        for colours in (sequential(), diverging())
        for colour in colours(np.linspace(0, 1, 256))
    }
    assert len(set(MARKER.values())) == len(MARKER)
    assert not set(MARKER.values()) & (real | maps | {"#000000", "#ffffff"})
    assert MARKER.keys() == PALETTE["light"].keys() == PALETTE["dark"].keys()


def test_every_series_has_a_mark_and_a_dash_of_its_own() -> None:
    for styles in (MARK, DASH):
        assert list(styles) == ACCENTS
        assert len(set(styles.values())) == len(ACCENTS)


@pytest.mark.parametrize("theme", THEMES)
def test_figures_and_style_sheet_have_the_same_colours(theme: str, css: str) -> None:
    site = tokens(css, f'body[data-theme="{theme}"]')
    figures = dict(PALETTE[theme])
    assert figures.pop("on-accent") == site["on-brand"]  # under another name
    assert figures == {role: site.get(role) for role in figures}


def test_every_group_of_the_course_has_a_colour_and_others_are_muted(root: Path) -> None:
    groups = runpy.run_path(str(root / "conf.py"))["dlcv_categories"]
    assert sorted(group_role(name) for name in groups) == sorted(GROUPS)
    assert group_role("Something else") == "muted"


def test_the_system_setting_gives_the_same_dark_theme_as_the_switch(css: str) -> None:
    switched = tokens(css, 'body[data-theme="dark"]')
    assert switched == tokens(css, 'body:not([data-theme="light"])')
    assert switched.keys() == tokens(css, 'body[data-theme="light"]').keys()
    assert len(switched) > 20
