"""The card of a page: what other sites show beside a link to it."""

import base64
from collections.abc import Sequence
from io import BytesIO
from typing import Annotated

from matplotlib.axes import Axes
from matplotlib.image import imread
from matplotlib.patches import FancyBboxPatch, Rectangle

from dlcv_viz.draw.canvas import THIN, canvas, stage
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.theme import MARKER, group_role
from dlcv_viz.draw.wordmark import wordmark
from dlcv_viz.draw.words import LEADING, filled, shortened, widest, wrapped
from dlcv_viz.registry import Drawing, Range, figure

WIDTH, HEIGHT = 600, 315  # points: 1200 by 630 pixels
MARGIN = 36
PICTURE = (240, 150)  # of a thumbnail
GAP = 24  # between the words and what is beside and above them
SIZES = (54, 48, 42, 38, 34, 31, 28, 26, 24, 22, 20)  # of a title
LINES = 3  # of a title, at most
KICKER, LINE, MOST = 13, 15, 4  # sizes of the group's name and of the line, and its lines at most
LOGO, LARGE_LOGO = 26, 56  # heights


@figure(alt="Card with the mark of DLCV and the words: {told}")
def card(
    *,
    title: str = "The Perceptron",
    line: str = "The first learning linear classifier: its rule, its guarantee and the XOR wall",
    group: str = "Foundations",
    number: Annotated[int, Range(0)] = 2,
    picture: str = "",
    is_start: bool = False,
) -> Drawing:
    """Draw the card of a page.

    Parameters
    ----------
    title : str
        Of the page.
    line : str
        What a module teaches; empty for a page that is none.
    group : str
        The module's group; empty for a page that is none.
    number : int
        The module's; 0 for none.
    picture : str, default ""
        The module's thumbnail, as base64 of a PNG with two pixels a point.
    is_start : bool, default False
        Whether it is the page where a course begins.

    Returns
    -------
    Drawing
        600 by 315 pt.
    """
    fig = canvas(WIDTH, HEIGHT)
    ax = stage(fig, 0, 0, WIDTH, HEIGHT)
    ax.add_patch(Rectangle((0, 0), WIDTH, HEIGHT, fc=MARKER["ground"], lw=0, zorder=-1))
    logo = LARGE_LOGO if is_start else LOGO
    wordmark(ax, (MARGIN, HEIGHT - MARGIN), logo)
    top = HEIGHT - MARGIN - logo - GAP
    room = WIDTH - 2 * MARGIN
    if picture:
        room -= PICTURE[0] + GAP
        _put_picture(ax, (top + MARGIN) / 2, picture)
    below = filled(line, room, MOST, size=LINE)
    used = (2 * KICKER if group else 0) + LEADING * LINE * (len(below) + 0.5)
    size, lines = _fitted(title, room, top - MARGIN - used)
    y = (top + MARGIN + used + LEADING * size * len(lines)) / 2
    if group:
        _say_group(ax, y - KICKER / 2, group, room)
        y -= 2 * KICKER
    if number:
        x, middle = WIDTH - MARGIN, HEIGHT - MARGIN - logo / 2
        say(ax, x, middle, f"Module {number}", "muted", size=KICKER, ha="right")
    y = _say_lines(ax, y, lines, size=size, bold=True)
    _say_lines(ax, y - LINE / 2, below, size=LINE, role="muted")
    told = ": ".join(filter(None, (title, line)))
    if number:
        told = f"Module {number}, {told}"
    return Drawing(fig, facts={"told": told, "size": size, "lines": lines})


def _fitted(title: str, room: float, height: float) -> tuple[float, list[str]]:
    """Return the largest size of a title that fits, and its lines; the smallest is cut."""
    for size in SIZES:
        for n_lines in range(1, LINES + 1):
            lines = wrapped(title, n_lines, size=size, bold=True)
            if widest(lines, size=size, bold=True) <= room and LEADING * size * n_lines <= height:
                return size, lines
    return size, [shortened(line, room, size=size, bold=True) for line in lines]


def _put_picture(ax: Axes, middle: float, picture: str) -> None:
    """Lay the picture on a plate at the right."""
    width, height = PICTURE
    left, bottom = WIDTH - MARGIN - width, middle - height / 2
    plate = FancyBboxPatch(
        (left, bottom),
        width,
        height,
        "round,pad=0,rounding_size=10",
        fc=MARKER["plate"],
        ec=MARKER["line"],
        lw=THIN,
    )
    ax.add_patch(plate)
    pixels = imread(BytesIO(base64.b64decode(picture)))
    extent = (left, left + width, bottom, bottom + height)
    shown = ax.imshow(pixels, extent=extent, interpolation="nearest", aspect="auto", zorder=2)
    shown.set_clip_path(plate)
    ax.set(xlim=(0, WIDTH), ylim=(0, HEIGHT))


def _say_group(ax: Axes, middle: float, group: str, room: float) -> None:
    """Write the group in its colour, behind a dot."""
    role = group_role(group)
    ax.scatter([MARGIN + KICKER / 3], [middle], s=(0.7 * KICKER) ** 2, c=MARKER[role], lw=0)
    told = shortened(group, room - KICKER, size=KICKER, bold=True)
    at = MARGIN + KICKER, middle
    say(ax, *at, told, role, size=KICKER, bold=True, ha="left", va="center_baseline")


def _say_lines(
    ax: Axes, y: float, lines: Sequence[str], role: str = "ink", *, size: float, bold: bool = False
) -> float:
    """Write lines from a height down; return where they end."""
    for line in lines:
        say(ax, MARGIN, y - size, line, role, size=size, bold=bold, ha="left", va="baseline")
        y -= LEADING * size
    return y
