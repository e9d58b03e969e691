"""The font of formulas: STIX Two Math, as `ziamath` ships it, cut to what LaTeX can ask for.

Systems differ in which MATH font they have, and many have none. The subset is made once and kept
in the store of figures. It comes in two files: a browser loads the second one only for a page
that shows a character of it.
"""

import hashlib
import tempfile
from importlib.metadata import distribution
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import ExtensionError

from dlcv_sphinx.session import store_of

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont
    from sphinx.application import Sphinx
    from sphinx.config import Config

FONT, RARE_FONT = "dlcv-math.woff2", "dlcv-math-rare.woff2"
LICENCE = "dlcv-math-OFL.txt"
STYLES = ("dlcv-math.css", "dlcv-math-font.css")  # the second is written beside the fonts

# The repertoire of LaTeX and amssymb. Not "the characters on the pages": a radical and a brace
# are drawn by elements that hold no text.
RANGES = (
    "20-7E A0 A8 AC AF B0 B1 B4 B7 D7 F7 131 237 2C6-2C7 2D8-2DC 300-308 30A-30C 332 338 391-3A9 "
    "3B1-3D6 3F1 3F5 2010-2016 2020-2026 2032-2034 203E 2061-2064 20D6-20D7 2102 210B-2113 2115 "
    "2118-211D 2124 212C 2130-2131 2133-2134 2190-2195 21A6 21D0-21D5 2200-220B 220F-2213 "
    "2217-221A 221D-221E 2223-222E 223C 2243 2245 2248 2260-2265 226A-226B 2282-2287 2295-2299 "
    "22A4-22A5 22C0-22C3 22C5 22EE-22F1 2308-230B 23B4-23B5 23DC-23DF 27E8-27E9 27F5-27FA "
    "2A00-2A02 1D400-1D4CF 1D538-1D56B 1D6A4-1D755 1D7CE-1D7D9"
)
# What most pages with formulas show, and all that stretches: Chromium stretches glyphs of the first
# font only, which is the one with the space.
COMMON = (
    "20-7E A0 AF B1 B7 D7 2C6-2C7 2D9 2DC 302-305 307 30C 332 2016 2022 2026 2032-2034 203E "
    "2061-2064 20D6-20D7 210E 2112-2113 211D 2190-2195 21A6 21D0-21D5 2202 2207-2208 220F-2213 "
    "2215 2217 221A 221E 2223 2225 222B-222E 223C 2248 2260 2264-2265 2299 22A4 22C0-22C3 22C5 "
    "22EF 2308-230B 23B4-23B5 23DC-23DF 27E8-27E9 27F5-27FA 2A00-2A02 393-394 398 39B 3A3 3A6 3A9 "
    "1D41A-1D467 1D6FC-1D71B 1D53C 1D7CE-1D7CF 1D7D9"
)
_FEATURES = ["ssty", "dtls", "flac"]  # small scripts, dotless and flat accents
# Chromium keeps room behind a radical for the widest of its sizes, 0.42 em behind a small one.
_RADICAL, _WIDEST = 0x221A, 880  # the small one is 794 of 1000 units wide


def setup(app: "Sphinx") -> None:
    """Serve the font to the pages of projects that render formulas as MathML."""
    app.connect("config-inited", _add, priority=900)


def _add(app: "Sphinx", config: "Config") -> None:
    if config.html_math_renderer != "mathml":
        return
    config.html_static_path.append(str(font_folder(store_of(app).folder / "fonts")))
    for style in STYLES:
        app.add_css_file(style)


def font_folder(cache: Path) -> Path:
    """Return a folder with the subset and its licence, which is made if it isn't there.

    Parameters
    ----------
    cache : Path
        Where such folders are kept.

    Returns
    -------
    Path
        Named by a digest of all that the subset depends on.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    source = _source()
    version = distribution("fonttools").version
    depends_on = source.read_bytes() + f"{RANGES} {COMMON} {_FEATURES} {_WIDEST} {version}".encode()
    folder = cache / hashlib.sha256(depends_on).hexdigest()[:16]
    if folder.is_dir():
        return folder
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".") as draft:
        ready = Path(draft, "ready")
        ready.mkdir()
        _subset(source, ready)
        try:
            ready.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another build was first
                raise
    return folder


def _source() -> Path:
    for file in distribution("ziamath").files or ():
        if file.name == "STIXTwoMath-Regular.ttf":
            return Path(str(file.locate()))
    raise ExtensionError("the package 'ziamath' has no STIXTwoMath-Regular.ttf any more")


def _subset(source: Path, folder: Path) -> None:
    common = _characters(COMMON)
    said = _cut(source, folder / FONT, common)
    _cut(source, folder / RARE_FONT, _characters(RANGES) - common, "MATH")
    faces = [_FACE.format(FONT, _ranges(common))]
    faces.append(_FACE.format(RARE_FONT, _ranges(_characters(RANGES) - common)))
    (folder / STYLES[1]).write_text("".join(faces))
    (folder / LICENCE).write_text(
        f"{FONT} and {RARE_FONT} are subsets of STIX Two Math, its tall radicals made narrower.\n\n"
        f"{said}\n"
    )


_FACE = """\
@font-face {{
  font-family: "DLCV Math";
  src: url("{}") format("woff2");
  font-display: swap;
  unicode-range: {};
}}
"""


def _characters(ranges: str) -> set[int]:
    ends = [[int(end, 16) for end in part.split("-")] for part in ranges.split()]
    return {code for end in ends for code in range(end[0], end[-1] + 1)}


def _ranges(characters: set[int]) -> str:
    found: list[list[int]] = []
    for code in sorted(characters):
        if found and found[-1][1] == code - 1:
            found[-1][1] = code
        else:
            found.append([code, code])
    return ", ".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in found)


def _cut(source: Path, target: Path, characters: set[int], *dropped: str) -> str:
    """Write what a font has for some characters, and return what it says of its rights."""
    from fontTools import subset  # noqa: PLC0415  # only when the font is made: it takes seconds

    options = subset.Options(
        flavor="woff2",
        layout_features=_FEATURES,
        hinting=False,  # a quarter of the bytes, and few screens use it
        name_IDs=[0, 1, 2, 5, 13, 14],
        notdef_outline=True,
        drop_tables=[*subset.Options().drop_tables, *dropped],
    )
    font = subset.load_font(str(source), options)
    names = [font["name"].getDebugName(number) for number in (0, 13, 14)]
    _merge_small_sizes(font)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    if "MATH" in font:
        _narrow_radicals(font)
    font.flavor = "woff2"
    font.save(target)
    font.close()
    return "\n\n".join(name for name in names if name)


def _merge_small_sizes(font: "TTFont") -> None:
    """Let an index of an index have the shape of an index: a third of the glyphs less."""
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            for shapes in getattr(table, "alternates", {}).values():
                shapes[1:] = [shapes[0]] * (len(shapes) - 1)


def _narrow_radicals(font: "TTFont") -> None:
    variants = font["MATH"].table.MathVariants
    place = variants.VertGlyphCoverage.glyphs.index(font.getBestCmap()[_RADICAL])
    construction = variants.VertGlyphConstruction[place]
    parts = {record.glyph for record in construction.GlyphAssembly.PartRecords}
    tall = {record.VariantGlyph for record in construction.MathGlyphVariantRecord}
    glyphs, metrics = font["glyf"], font["hmtx"]
    widest = {name: metrics[name][0] for name in sorted(tall | parts)}
    shared = max(widest[name] for name in parts)  # parts stay aligned with each other
    for name, width in widest.items():
        factor = min(1, _WIDEST / (shared if name in parts else width))
        glyph = glyphs[name]
        glyph.coordinates.scale((factor, 1))
        glyph.coordinates.toInt()
        glyph.recalcBounds(glyphs)
        metrics[name] = (round(width * factor), glyph.xMin)
