"""What every figure must keep to, as functions that name what is wrong with one.

The rules are those of the brand's guide. `tests/figures/test_every_figure.py` asks them all.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection, PathCollection
from matplotlib.colors import to_hex, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

from dlcv_viz.draw.canvas import NARROW, SMALL, WIDE
from dlcv_viz.draw.svg import svg_text, themed
from dlcv_viz.draw.theme import MARKER, PALETTE, THEMES
from dlcv_viz.facts import checked_facts, fill, quotes
from dlcv_viz.registry import Drawing
from legibility import hard_to_read

SLACK = 1.0  # px of 100 dpi: boxes of text hold some white


@dataclass(frozen=True)
class Sheet:
    """A registered figure with all its frames."""

    name: str
    alt: str
    drawings: tuple[Drawing, ...]
    svgs: tuple[str, ...]

    @classmethod
    def of(cls, name: str, alt: str, drawings: tuple[Drawing, ...]) -> "Sheet":
        """Save the drawings too."""
        return cls(name, alt, drawings, tuple(svg_text(d.figure) for d in drawings))

    @cached_property
    def boxes(self) -> list[list[tuple[str, Bbox]]]:
        """Where the texts of each frame are, in pixels."""
        return [boxes(drawing.figure) for drawing in self.drawings]

    @property
    def is_thumbnail(self) -> bool:
        """Whether it is a card's picture, which has rules of its own."""
        return self.name.endswith(".thumbnail")


def ticks(ax: Axes) -> Iterator[tuple[str, Text]]:
    """Labels of the ticks that are drawn, with the letter of their axis."""
    if ax.axison:
        for axis in (ax.xaxis, ax.yaxis):
            for tick in axis._update_ticks():  # type: ignore[union-attr]  # no public name
                if tick.label1.get_visible() and tick.label1.get_text():
                    yield axis.axis_name, tick.label1


def texts(figure: Figure) -> list[Text]:
    """All texts that a reader sees."""
    found = list(figure.texts)
    for ax in figure.axes:
        named = [ax.title, ax.xaxis.label, ax.yaxis.label] if ax.axison else []
        found += [*ax.texts, *named, *(label for _, label in ticks(ax))]
    return [text for text in found if text.get_visible() and text.get_text()]


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Where the texts are, in pixels."""
    renderer = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]  # theirs
    return [(text.get_text(), text.get_window_extent(renderer)) for text in texts(figure)]


def size_is_one_of_the_two(sheet: Sheet) -> Iterator[str]:
    for drawing in sheet.drawings:
        width, height = (round(float(72 * side), 2) for side in drawing.figure.get_size_inches())
        if sheet.is_thumbnail:
            if (width, height) != (240, 150):
                yield f"{width} x {height} pt, not 240 x 150"
        elif width not in {NARROW, WIDE} or not 240 <= height <= 350:
            yield f"{width} x {height} pt"


def facts_are_json(sheet: Sheet) -> Iterator[str]:
    for drawing in sheet.drawings:
        facts = checked_facts(drawing.facts)
        if not facts or json.loads(json.dumps(facts, allow_nan=False)) != facts:
            yield f"{facts}"


def alt_text_says_something_with_facts(sheet: Sheet) -> Iterator[str]:
    if not list(quotes(sheet.alt)):
        yield f"quotes no fact: {sheet.alt}"
    for drawing in sheet.drawings:
        facts = {**checked_facts(drawing.facts), "frames": len(sheet.drawings)}
        said = fill(sheet.alt, facts)
        if not 40 <= len(said) <= 300 or re.search("[{}]", said):
            yield f"{len(said)} characters: {said}"


def text_is_large_enough(sheet: Sheet) -> Iterator[str]:
    for drawing in sheet.drawings:
        small = [t for t in texts(drawing.figure) if float(t.get_fontsize()) < SMALL]
        yield from (f"{t.get_text()!r} has {t.get_fontsize()} pt" for t in small)


def a_thumbnail_has_no_text(sheet: Sheet) -> Iterator[str]:
    for drawing in sheet.drawings if sheet.is_thumbnail else ():
        yield from (t.get_text() for t in texts(drawing.figure))


def text_lies_inside_the_figure(sheet: Sheet) -> Iterator[str]:
    for drawing, found in zip(sheet.drawings, sheet.boxes, strict=True):
        room = drawing.figure.bbox
        for text, box in found:
            if box.x0 < 0 or box.y0 < 0 or box.x1 > room.width or box.y1 > room.height:
                yield f"{text!r} is cut off"


def no_text_covers_another(sheet: Sheet) -> Iterator[str]:
    for found in sheet.boxes:
        for (one, a), (other, b) in combinations(found, 2):
            across = min(a.x1, b.x1) - max(a.x0, b.x0)
            up = min(a.y1, b.y1) - max(a.y0, b.y0)
            if across > SLACK and up > SLACK:
                yield f"{one!r} and {other!r} overlap"


def axes_with_ticks_have_names(sheet: Sheet) -> Iterator[str]:
    ends: dict[object, set[tuple[float, float]]]
    ends = {"x": {(1, 0), (0.5, 0)}, "y": {(0, 1), (0, 0.5)}}
    for drawing in sheet.drawings:
        for ax in drawing.figure.axes:
            named = {
                text.xy
                for text in ax.texts
                if isinstance(text, Annotation)
                and text.xycoords == "axes fraction"
                and text.get_color() == MARKER["muted"]
            }
            for axis in sorted({axis for axis, _ in ticks(ax)}):
                if not named & ends[axis]:
                    yield f"the {axis} axis at {ax.get_position().bounds} has no name"


def _colours(artist: Artist) -> Iterator[str]:
    """Colours in which an artist is really drawn; those of a colour map are data."""
    names: tuple[str, ...] = ()
    if isinstance(artist, Collection):
        if artist.get_array() is not None:
            return
        names = ("facecolor", "edgecolor") if np.any(artist.get_linewidth()) else ("facecolor",)
    elif isinstance(artist, Patch):
        names = ("facecolor", "edgecolor") if artist.get_linewidth() else ("facecolor",)
    elif isinstance(artist, Line2D):
        if artist.get_linestyle() != "None":
            yield to_hex(artist.get_color())
        if artist.get_marker() not in {"None", ""}:
            names = ("markerfacecolor", "markeredgecolor")
    elif isinstance(artist, Text):
        names = ("color",)
    for name in names:
        colours = to_rgba_array(getattr(artist, f"get_{name}")())
        yield from (to_hex(rgba) for rgba in colours if rgba[3])


def _drawn(ax: Axes) -> Iterator[Artist]:
    yield from (*ax.lines, *ax.collections, *ax.patches, *ax.texts, *ax.artists)
    if ax.axison:
        yield from (spine for spine in ax.spines.values() if spine.get_visible())
        yield from (label for _, label in ticks(ax))
    yield ax.patch


def colours_are_roles(sheet: Sheet) -> Iterator[str]:
    """Black and white are for numbers on a heat map and for pictures."""
    for drawing in sheet.drawings:
        for ax in drawing.figure.axes:
            has_map = bool(ax.images) or any(c.get_array() is not None for c in ax.collections)
            allowed = {*MARKER.values(), *(("#000000", "#ffffff") if has_map else ())}
            for artist in filter(Artist.get_visible, _drawn(ax)):
                wrong = set(_colours(artist)) - allowed
                yield from (f"{artist} is {colour}" for colour in sorted(wrong))


def text_can_be_read(sheet: Sheet) -> Iterator[str]:
    for place in {0, len(sheet.drawings) - 1}:
        yield from hard_to_read(sheet.drawings[place].figure, texts)


def text_is_level_or_along_a_line(sheet: Sheet) -> Iterator[str]:
    for drawing in sheet.drawings:
        for ax in drawing.figure.axes:
            turns = {0.0}
            for line in ax.lines:
                path = ax.transData.transform(np.asarray(line.get_xydata()))
                turns |= {float(np.degrees(np.arctan2(y, x))) for x, y in np.diff(path, axis=0)}
            for text in ax.texts:
                apart = [abs((text.get_rotation() - turn + 90) % 180 - 90) for turn in turns]
                if min(apart) > 1:
                    yield f"{text.get_text()!r} is turned by {text.get_rotation():.0f} degrees"


def signs_are_plain_and_minus_is_true(sheet: Sheet) -> Iterator[str]:
    for drawing in sheet.drawings:
        for text in texts(drawing.figure):
            if "$" in text.get_text():
                yield f"{text.get_text()!r} is mathtext"
            if re.search(r"(?<!\w)-\s?[\d.]", text.get_text()):
                yield f"{text.get_text()!r} has a hyphen for a minus"


def points_lie_on_the_canvas(sheet: Sheet) -> Iterator[str]:
    """For one beyond it matplotlib's SVG shows points at the edge that nobody drew.

    It clips the way from point to point as if it were a line, and marks the ends of what is left.
    """
    for drawing in sheet.drawings:
        for ax in drawing.figure.axes:
            for cloud in (c for c in ax.collections if isinstance(c, PathCollection)):
                xy = cloud.get_offset_transform().transform(np.asarray(cloud.get_offsets()))
                beyond = (xy < 0).any(axis=1) | (xy > drawing.figure.bbox.max).any(axis=1)
                yield from (f"a point at {place}" for place in xy[beyond].round())


def svg_is_themed_and_self_contained(sheet: Sheet) -> Iterator[str]:
    for svg in sheet.svgs:
        ids = Counter(re.findall(r' id="([^"]*)"', svg))
        yield from (f"{name!r} is {n} ids" for name, n in ids.items() if n > 1)
        for theme in THEMES:
            text = themed(svg, theme)
            known = {*PALETTE[theme].values(), "#000000", "#ffffff"}
            for colour in set(re.findall(r"#[0-9a-f]{6}\b", text)) - known:
                yield f"{colour} in the {theme} theme"
            yield from re.findall(r"<!DOCTYPE|<script|\bon\w+=|@import", text)
            yield from re.findall(r'(?<!xmlns=")(?<!xmlns:xlink=")https?:[^"]*', text)
            yield from re.findall(r'href="(?!#|data:image/)[^"]*', text)


def frames_keep_their_places(sheet: Sheet) -> Iterator[str]:
    def layout(figure: Figure) -> list[tuple[float, ...]]:
        places = [(*ax.get_position().bounds, *ax.get_xlim(), *ax.get_ylim()) for ax in figure.axes]
        return [tuple(figure.get_size_inches()), *places]

    first = layout(sheet.drawings[0].figure)
    for number, drawing in enumerate(sheet.drawings):
        if layout(drawing.figure) != first:
            yield f"frame {number} has other sizes or limits than frame 0"


RULES: dict[str, Callable[[Sheet], Iterator[str]]] = {
    rule.__name__: rule
    for rule in (
        size_is_one_of_the_two,
        facts_are_json,
        alt_text_says_something_with_facts,
        text_is_large_enough,
        a_thumbnail_has_no_text,
        text_lies_inside_the_figure,
        no_text_covers_another,
        axes_with_ticks_have_names,
        colours_are_roles,
        text_can_be_read,
        text_is_level_or_along_a_line,
        signs_are_plain_and_minus_is_true,
        points_lie_on_the_canvas,
        svg_is_themed_and_self_contained,
        frames_keep_their_places,
    )
}
