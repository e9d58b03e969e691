"""How wide words are, and where their lines break."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from statistics import fmean

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

from dlcv_viz.draw.canvas import SMALL

LEADING = 1.2  # from one line to the next, in sizes of the text
_MEASURE = TextToPath()


@lru_cache(maxsize=4096)  # words come again, each takes half a millisecond to measure
def width_of(text: str, *, size: float = SMALL, bold: bool = False) -> float:
    """Return the width of a line, in points: what figures are saved in is the widest of fonts."""
    font = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    width, _, _ = _MEASURE.get_text_width_height_descent(text, font, ismath=False)
    return float(width)


def wrapped(text: str, n_lines: int, *, size: float = SMALL, bold: bool = False) -> list[str]:
    """Break a text into lines so that the longest is as short as can be.

    Parameters
    ----------
    text : str
        Words with spaces between them.
    n_lines : int
        The most lines; fewer where more would not be shorter.
    size : float, default 9.5
        In points.
    bold : bool, default False
        Weight.

    Returns
    -------
    list of str
        At least one line.
    """
    words = text.split()
    widths = [width_of(word, size=size, bold=bold) for word in words]
    space = width_of("n n", size=size, bold=bold) - width_of("nn", size=size, bold=bold)

    def longest(cuts: Sequence[int]) -> float:
        return max(sum(widths[a:b]) + space * (b - a - 1) for a, b in pairwise(cuts))

    least, inner = min(n_lines, len(words)), range(1, len(words))
    breaks = [(0, *cuts, len(words)) for n in range(least) for cuts in combinations(inner, n)]
    best = min(breaks, key=longest, default=(0, 0))
    return [" ".join(words[a:b]) for a, b in pairwise(best)]


def filled(text: str, room: float, n_lines: int, *, size: float = SMALL) -> list[str]:
    """Break a text into lines where the room ends, as prose is.

    Parameters
    ----------
    text : str
        Words with spaces between them.
    room : float
        Width in points.
    n_lines : int
        The most lines; the last one ends in an ellipsis if there is more.
    size : float, default 9.5
        In points.

    Returns
    -------
    list of str
        None for an empty text.
    """
    lines, words = list[str](), text.split()
    while words and len(lines) < n_lines:
        n = 1
        while n < len(words) and width_of(" ".join(words[: n + 1]), size=size) <= room:
            n += 1
        is_last = len(lines) == n_lines - 1
        lines.append(shortened(" ".join(words if is_last else words[:n]), room, size=size))
        words = words[n:]
    return lines


def widest(lines: Sequence[str], *, size: float = SMALL, bold: bool = False) -> float:
    """Return the width of the longest line, in points."""
    return max(width_of(line, size=size, bold=bold) for line in lines)


def shortened(text: str, room: float, *, size: float = SMALL, bold: bool = False) -> str:
    """Cut a line that is wider than the room, with an ellipsis for the rest."""
    kept = text
    while kept and width_of(text, size=size, bold=bold) > room:
        kept = kept[:-1].rstrip()
        text = f"{kept}\N{HORIZONTAL ELLIPSIS}"
    return text


def spread(
    middles: Sequence[float], widths: Sequence[float], left: float, right: float, gap: float
) -> list[float]:
    """Move labels as little as can be, so that none covers another.

    Parameters
    ----------
    middles : sequence of n float
        Where they would be, from left to right.
    widths : sequence of n float
        How wide they are.
    left, right : float
        The room.
    gap : float
        Left free between two.

    Returns
    -------
    list of n float
        Middles in the same order, with the least sum of squared moves.

    Raises
    ------
    ValueError
        If they are wider than the room.
    """
    needed = sum(widths) + gap * (len(widths) - 1)
    if needed > right - left:
        raise ValueError(f"labels of {needed:.0f} points do not fit into {right - left:.0f}")
    steps = [0.0, *((a + b) / 2 + gap for a, b in pairwise(widths))]
    offsets = list(accumulate(steps))
    # Pool adjacent violators: what would overlap moves as one.
    pools: list[list[float]] = []
    for middle, offset in zip(middles, offsets, strict=True):
        pools.append([middle - offset])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            last = pools.pop()
            pools[-1] += last
    low, high = left + widths[0] / 2, right - widths[-1] / 2 - offsets[-1]
    starts = [min(max(fmean(pool), low), high) for pool in pools for _ in pool]
    return [start + offset for start, offset in zip(starts, offsets, strict=True)]
