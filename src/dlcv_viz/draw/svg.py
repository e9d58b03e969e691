"""From a figure in marker colours to the bytes of a theme.

Saving reads matplotlib's global settings; `_SAVING` is laid over them for the moment of saving, and
is the only place of the library where they are touched.
"""

import base64
import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Any

from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.collections import Collection
from matplotlib.colors import to_rgb, to_rgba_array
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from PIL import Image

from dlcv_viz.draw.theme import FONT_STACK, MARKER, PALETTE

_SAVING: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "dlcv",  # one salt for all: it is global, so a salt a figure is not thread-safe
    "pdf.fonttype": 42,  # whole fonts, in which a reader can search
    "font.family": "DejaVu Sans",  # comes with matplotlib; wide, so what fits in it fits anywhere
    "lines.solid_capstyle": "round",
    "lines.dash_capstyle": "round",
}
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_UNSEEN = re.compile(r"<metadata>.*?</metadata>|<!--.*?-->", re.DOTALL)
_CONTENT = re.compile(r">[^<]*[^<\s][^<]*<")
_PLACE = ">\0<"  # stands for the content of an element
# What goes from the rest. Patterns begin with a letter where they can and no replacement looks at
# its match: a contour has ten thousands of numbers, and a function call for each costs more than
# everything here.
_SHORTER = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=\.\d\d)\d+", ""),  # two decimals: a hundredth of a point is nothing to the eye
        (r"\.00(?!\d)", ""),
        (r"(?<=\.[1-9])0(?!\d)", ""),
        (r"-0(?<![\w.]-0)(?![\w.])", "0"),
        # Every text names a list of fonts and a turn by nothing; the font is the reader's, once.
        (r"font-family: [^;\"]*; ", ""),
        (r' transform="rotate\(0 [^"]*"', ""),
        (r' id="image[0-9a-f]+"', ""),  # nothing asks for it, and equal pictures have the same
        (r" \n", "\n"),
        (r"\n *", "\n"),
        (r"\n(?=[MLQCZz])", ""),  # path data on one line
        (r">\n<", "><"),
        (r"<path(?![^>]* d=)[^>]*/>", ""),  # a level without a contour: no valid path
    )
]
# matplotlib embeds pictures as PNG. From some hundred characters on, WebP is a third as long.
_PNG = re.compile(r"data:image/png;base64,\s*([\w+/=\s]{4000,})")
_ROLE = {marker: role for role, marker in MARKER.items()}
_MARKER = re.compile("|".join(_ROLE))
_PX = 96 / 72
PNG_DPI = 144  # two pixels a point
HALO = 0.8  # opacity of the outline in the colour of the plate


def svg_text(figure: Figure) -> str:
    """Save a figure as SVG, in the colours it was drawn in.

    Parameters
    ----------
    figure : Figure
        Drawn in marker colours.

    Returns
    -------
    str
        An ``<svg>`` element without prolog, DOCTYPE, metadata or comments, with lengths cut to two
        decimals. The same figure gives the same text.
    """
    buffer = StringIO()
    with rc_context(_SAVING):
        figure.savefig(buffer, format="svg", transparent=True, metadata=_NO_METADATA)
    return _minified(_PNG.sub(_as_webp, buffer.getvalue()))


def themed(svg: str, theme: str) -> str:
    """Replace the marker colours by those of a theme.

    Parameters
    ----------
    svg : str
        As `svg_text` gave it.
    theme : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    str
        The same drawing. Text in a group whose id begins with ``halo`` gets an outline in the
        colour of the plate.
    """
    palette = PALETTE[theme]
    svg = _MARKER.sub(lambda found: palette[_ROLE[found[0]]], svg)
    if '"halo' not in svg:
        return svg
    halo = (
        f'[id^="halo"] text,.halo text{{paint-order:stroke;stroke:{palette["plate"]};'
        f"stroke-width:3px;stroke-opacity:{HALO};stroke-linejoin:round}}"
    )
    return svg.replace("</style>", f"{halo}</style>", 1)


def size(svg: str) -> tuple[float, float]:
    """Return width and height of an SVG in CSS px."""
    width, height = re.findall(r'\b(?:width|height)="([\d.]+)pt"', svg[: svg.index(">")])
    return round(_PX * float(width), 2), round(_PX * float(height), 2)


def pdf_bytes(figure: Figure, theme: str) -> bytes:
    """Save a figure as PDF.

    Parameters
    ----------
    figure : Figure
        Drawn in marker colours; afterwards it is in those of the theme.
    theme : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    bytes
        The same for the same figure: no dates.
    """
    return _saved_as("pdf", recoloured(figure, theme), ("CreationDate", "Producer", "Creator"))


def png_bytes(figure: Figure, theme: str) -> bytes:
    """Save a figure as PNG, two pixels a point, transparent where nothing is drawn.

    Parameters
    ----------
    figure : Figure
        Drawn in marker colours; afterwards it is in those of the theme.
    theme : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    bytes
        The same for the same figure: no name of what wrote it.
    """
    return _saved_as("png", recoloured(figure, theme), ("Software",), dpi=PNG_DPI)


def recoloured(figure: Figure, theme: str) -> Figure:
    """Replace the marker colours of a figure's artists by those of a theme.

    For outputs whose bytes cannot be searched: PDF, and pictures in a notebook.

    Parameters
    ----------
    figure : Figure
        Drawn in marker colours; changed in place.
    theme : str
        ``"light"`` or ``"dark"``.

    Returns
    -------
    Figure
        The same one.
    """
    real = {to_rgb(marker): to_rgb(PALETTE[theme][role]) for role, marker in MARKER.items()}
    for artist in figure.findobj():
        for name in _colour_names(artist):
            colours = to_rgba_array(getattr(artist, f"get_{name}")())
            swapped = [(*real.get(tuple(rgba[:3]), rgba[:3]), rgba[3]) for rgba in colours]
            if swapped:
                many = isinstance(artist, Collection)
                getattr(artist, f"set_{name}")(swapped if many else swapped[0])
    return figure


def _saved_as(form: str, figure: Figure, unsaid: Sequence[str], **how: Any) -> bytes:
    buffer = BytesIO()
    with rc_context(_SAVING):
        metadata = dict.fromkeys(unsaid)
        figure.savefig(buffer, format=form, transparent=True, metadata=metadata, **how)
    return buffer.getvalue()


def _colour_names(artist: Artist) -> tuple[str, ...]:
    if isinstance(artist, Collection | Patch):
        return ("facecolor", "edgecolor")
    if isinstance(artist, Line2D):
        return ("color", "markerfacecolor", "markeredgecolor")
    return ("color",) if isinstance(artist, Text) else ()


def _as_webp(found: re.Match[str]) -> str:
    buffer = BytesIO()
    with Image.open(BytesIO(base64.b64decode(found[1]))) as picture:
        # Without loss; a slower method saves five parts in a hundred and takes half as long again.
        picture.save(buffer, "webp", lossless=True, quality=50, method=2)
    return f"data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode()}"


def _minified(svg: str) -> str:
    svg = svg[svg.index("<svg") :]
    svg = _UNSEEN.sub("", svg)
    texts = _CONTENT.findall(svg)  # stay as they are: a label may be a number
    svg = _CONTENT.sub(_PLACE, svg)
    for pattern, replacement in _SHORTER:
        svg = pattern.sub(replacement, svg)
    pieces = svg.split(_PLACE)
    svg = pieces[0] + "".join(t + piece for t, piece in zip(texts, pieces[1:], strict=True))
    return svg.replace("*{", f"text{{font-family: {FONT_STACK}}}*{{", 1)
