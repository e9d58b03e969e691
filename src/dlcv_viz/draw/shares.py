"""Two shares of the same parts, as bars away from their names: who spends what where."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.container import BarContainer

from dlcv_viz.draw.canvas import SMALL, TITLE
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.words import width_of

NUMBER = "100.0 %"  # the widest that is written beside a bar
GAP = 5.0  # between a name, a bar and its number


def percent(share: float) -> str:
    """Write a share with one digit; what is more than nothing is never told as nothing."""
    told = f"{share:.1%}" if not 0 < share < 0.0005 else "< 0.1%"
    return told.replace("%", " %")


def shares(
    ax: Axes,
    names: Sequence[str],
    left: Sequence[float],
    right: Sequence[float],
    *,
    heads: tuple[str, str],
    roles: tuple[str, str] = ("accent-2", "accent-1"),
) -> tuple[BarContainer, BarContainer]:
    """Draw two bars for each part, to the left and to the right of its name, on one scale.

    Parameters
    ----------
    ax : Axes
        A `dlcv_viz.draw.canvas.stage`; the first part is on top, below the heads.
    names : sequence of n str
        Of the parts.
    left, right : sequence of n float
        Shares, from 0 to 1.
    heads : (str, str)
        What is shared on each side.
    roles : (str, str), default ("accent-2", "accent-1")
        Colours.

    Returns
    -------
    (BarContainer, BarContainer)
        The bars of the two sides.
    """
    width, height = ax.get_xlim()[1], ax.get_ylim()[1]
    row = (height - 20) / len(names)
    middles = [height - 20 - row * (k + 0.5) for k in range(len(names))]
    half = max(width_of(name) for name in names) / 2 + GAP
    room = width / 2 - half - GAP - width_of(NUMBER, bold=True)
    scale = room / max(*left, *right)
    drawn = []
    for sign, values, head, role in zip((-1, 1), (left, right), heads, roles, strict=True):
        start, ha = width / 2 + sign * half, "right" if sign < 0 else "left"
        lengths = [sign * scale * value for value in values]
        drawn.append(
            ax.barh(
                middles,
                lengths,
                height=min(0.66 * row, 18),
                left=start,
                color=MARKER[role],
                zorder=2,
            )
        )
        say(ax, start, height - 8, head, role, size=TITLE, bold=True, ha=ha)
        for y, length, value in zip(middles, lengths, values, strict=True):
            say(ax, start + length + sign * GAP, y, percent(value), size=SMALL, ha=ha)
    for name, y in zip(names, middles, strict=True):
        say(ax, width / 2, y, name, "muted", size=SMALL)
    return drawn[0], drawn[1]
