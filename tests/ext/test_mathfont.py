"""The font of formulas: made once, with what LaTeX asks for, and served by the site itself."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from dlcv_sphinx import mathfont
from minisite import MiniSite


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return mathfont.font_folder(tmp_path_factory.mktemp("fonts"))


@pytest.mark.slow
def test_the_subset_has_letters_symbols_and_what_stretches(folder: Path) -> None:
    font = TTFont(folder / mathfont.FONT)
    characters = set(font.getBestCmap())
    needed = "xw\N{MATHEMATICAL ITALIC SMALL THETA}\N{N-ARY SUMMATION}"
    assert {ord(c) for c in needed} <= characters
    assert {0x1D430, 0x1D465, 0x1D7D9} <= characters, "bold w, italic x, double-struck 1"
    assert {0x221A, ord("("), ord("{"), ord("\N{DOUBLE VERTICAL LINE}")} <= characters
    constructions = font["MATH"].table.MathVariants.VertGlyphConstruction
    cmap = font.getBestCmap()
    names = set(font["MATH"].table.MathVariants.VertGlyphCoverage.glyphs)
    assert {cmap[0x221A], cmap[ord("(")], cmap[ord("{")]} <= names
    assert len(constructions) == len(names)


@pytest.mark.slow
def test_theta_and_phi_have_their_classic_shapes(folder: Path) -> None:
    r"""`\theta` is closed, not the script variant; `\phi` is the stroked one of mathematics.

    A closed theta has three contours (outline and two counters), an open one has two.
    """
    font = TTFont(folder / mathfont.FONT)
    cmap, glyphs = font.getBestCmap(), font["glyf"]
    theta, vartheta = (glyphs[cmap[code]].numberOfContours for code in (0x1D703, 0x1D717))
    assert theta == 3
    assert vartheta != theta


@pytest.mark.slow
def test_a_radical_of_any_height_is_hardly_wider_than_a_low_one(folder: Path) -> None:
    """Chromium keeps the width of the widest one free behind each."""
    font = TTFont(folder / mathfont.FONT)
    radical = font.getBestCmap()[0x221A]
    variants = font["MATH"].table.MathVariants
    built = variants.VertGlyphConstruction[variants.VertGlyphCoverage.glyphs.index(radical)]
    tall = {record.VariantGlyph for record in built.MathGlyphVariantRecord}
    tall |= {record.glyph for record in built.GlyphAssembly.PartRecords}
    width = font["hmtx"][radical][0]
    for name in tall:
        assert font["hmtx"][name][0] <= 1.12 * width
        over_the_bar = font["glyf"][name].xMax - font["hmtx"][name][0]
        assert over_the_bar < 0.05 * width, "it joins its bar"


def said_to_hold(folder: Path) -> dict[str, set[int]]:
    """Return what the style sheet says of each file."""
    sheet = (folder / mathfont.STYLES[1]).read_text()
    held = {}
    for name, ranges in re.findall(r'url\("(.+?)"\).*?unicode-range: (.+?);', sheet, re.DOTALL):
        ends = [[int(e, 16) for e in part[2:].split("-")] for part in ranges.split(", ")]
        held[name] = {code for end in ends for code in range(end[0], end[-1] + 1)}
    return held


@pytest.mark.slow
def test_every_character_is_in_the_file_that_a_browser_loads_for_it(folder: Path) -> None:
    held = said_to_hold(folder)
    assert held.keys() == {mathfont.FONT, mathfont.RARE_FONT}
    common, rare = held[mathfont.FONT], held[mathfont.RARE_FONT]
    assert common.isdisjoint(rare)
    source = set(TTFont(mathfont._source()).getBestCmap())
    for name, codes in held.items():
        assert codes & source <= set(TTFont(folder / name).getBestCmap())


@pytest.mark.slow
def test_all_that_stretches_is_in_the_first_file_where_chromium_looks(folder: Path) -> None:
    source = TTFont(mathfont._source())
    variants = source["MATH"].table.MathVariants
    stretching = {*variants.VertGlyphCoverage.glyphs, *variants.HorizGlyphCoverage.glyphs}
    held = said_to_hold(folder)
    names = source.getBestCmap()
    assert {ord("("), 0x221A, 0x2211} <= {c for c in names if names[c] in stretching}
    assert [hex(c) for c in held[mathfont.RARE_FONT] if names.get(c) in stretching] == []


@pytest.mark.slow
def test_it_is_small_and_made_once(folder: Path) -> None:
    file = folder / mathfont.FONT
    assert 20_000 < file.stat().st_size < 60_000
    assert 20_000 < (folder / mathfont.RARE_FONT).stat().st_size < 60_000
    before = file.stat().st_mtime_ns
    assert mathfont.font_folder(folder.parent) == folder
    assert file.stat().st_mtime_ns == before
    assert "SIL Open Font License" in (folder / mathfont.LICENCE).read_text()


# Makes half of the font, says so, and stays.
HALF = """
import pathlib, sys
from dlcv_sphinx import mathfont

def half(_source, folder):
    (folder / mathfont.FONT).write_bytes(b"half")
    print("half", flush=True)
    sys.stdin.read()

mathfont._subset = half
mathfont.font_folder(pathlib.Path(sys.argv[1]))
"""


@pytest.mark.slow
def test_when_its_making_is_killed_the_next_makes_it_whole(
    root: Path, folder: Path, tmp_path: Path
) -> None:
    sources = os.pathsep.join(str(root / part) for part in ("src", "_ext"))
    with subprocess.Popen(
        [sys.executable, "-c", HALF, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": sources},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as making:
        assert making.stdout is not None
        assert making.stdout.readline() == b"half\n"
        making.kill()
    assert list(tmp_path.rglob(mathfont.FONT)), "it was killed in the middle"
    made = mathfont.font_folder(tmp_path)
    assert made.name == folder.name
    for path in folder.iterdir():
        assert (made / path.name).read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_the_site_serves_it_with_its_licence(mini: MiniSite) -> None:
    mini.page("# T\n\n$x$\n")
    built = mini.build()
    assert (built.out / "_static" / mathfont.FONT).is_file()
    assert (built.out / "_static" / mathfont.LICENCE).is_file()
    assert 'url("dlcv-math.woff2")' in (built.out / "_static/dlcv-math-font.css").read_text()
    assert (built.out / "_static" / mathfont.RARE_FONT).is_file()


def test_a_project_with_another_renderer_gets_no_font(mini: MiniSite) -> None:
    mini.conf('html_math_renderer = "mathjax"\nextensions.append("sphinx.ext.mathjax")\n')
    mini.page("# T\n\nText.\n")
    built = mini.build()
    assert built.status == 0
    assert not (built.out / "_static" / mathfont.FONT).exists()
