"""The picture on the dashboard: pixels into neurons."""

from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from dlcv_viz.data.digits import SHAPE, noisy_digits
from dlcv_viz.draw.canvas import HAIR, LINE, NARROW, SMALL, STRONG, THIN, canvas, stage
from dlcv_viz.draw.marks import say
from dlcv_viz.draw.matrix import TINT
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.numerics.perceptron import homogeneous, train_signed
from dlcv_viz.registry import Drawing, Range, figure
from dlcv_viz.types import FloatArray

NOISE = 0.3
N_TRAIN, N_TEST = 300, 1000
HEIGHT = 250  # of the picture; this and what follows in points
PIXEL, PITCH = 24, 26.5  # side of a pixel, and from one to the next
UNIT, UNIT_PITCH = 19, 24.2  # diameter of a unit, and from one to the next
ANSWER = 46  # diameter
LEFT, MIDDLE, RIGHT = 4, 226, 332  # of the pixels, the units and the answer


@figure(
    alt="A noisy picture of a {shown}, {n_pixels} pixels, feeds ten units. Each was taught one "
    "digit by the perceptron rule, and the unit for {answer} has the largest sum. They read "
    "{accuracy:.1%} of {n_test} new pictures."
)
def digit_reader(*, shown: Annotated[int, Range(0, 9)] = 3) -> Drawing:
    """Draw how ten perceptrons read a digit.

    Parameters
    ----------
    shown : int, default 3
        The digit.

    Returns
    -------
    Drawing
        Pixels, units and the answer. What a pixel adds to a sum is the width of its line to the
        unit that answers, and the strength of its lines to the others.

    See Also
    --------
    dlcv_viz.numerics.perceptron.train_signed : Teaches the units.
    """
    x, y = noisy_digits(N_TRAIN, NOISE, seed=0)
    runs = [train_signed(homogeneous(x), np.where(y == n, 1, -1)) for n in range(10)]
    weights = np.array([run.weights[-1] for run in runs])
    new, labels = noisy_digits(N_TEST, NOISE, seed=1)
    sums = homogeneous(new) @ weights.T
    place = int((labels == shown).argmax())  # the first picture of that digit
    answer = int(sums[place].argmax())

    fig = canvas(NARROW, HEIGHT)
    ax = stage(fig, 0, 0, NARROW, HEIGHT)
    units = np.column_stack([np.full(10, MIDDLE), HEIGHT / 2 - UNIT_PITCH * (np.arange(10) - 4.5)])
    pixels = _draw_pixels(ax, new[place])
    _draw_sums(ax, pixels, units, new[place][:, None] * weights[:, :-1].T, answer)
    _draw_units(ax, units, sums[place], answer)
    return Drawing(
        fig,
        facts={
            "shown": shown,
            "answer": answer,
            "sums": sums[place].tolist(),
            "n_pixels": new.shape[1],
            "n_train": N_TRAIN,
            "n_test": N_TEST,
            "updates": [run.updates for run in runs],
            "accuracy": float((sums.argmax(axis=1) == labels).mean()),
        },
    )


def _draw_pixels(ax: Axes, picture: FloatArray) -> FloatArray:
    """Draw the picture on a ground that hides the lines below it; return the pixels' middles."""
    rows, columns = np.indices(SHAPE).reshape(2, -1)
    top = (HEIGHT + PITCH * SHAPE[0]) / 2
    corners = np.column_stack([LEFT + PITCH * columns, top - PITCH * rows])
    squares = corners[:, None] + PIXEL * np.array([(0, 0), (1, 0), (1, -1), (0, -1)])
    size = PITCH * SHAPE[1], -PITCH * SHAPE[0]
    ax.add_patch(Rectangle((LEFT, top), *size, fc=MARKER["ground"], lw=0, zorder=2))
    tints = [to_rgba(MARKER["accent-1"], 0.06 + 0.9 * float(ink)) for ink in picture]
    drawn = PolyCollection(list(squares), facecolors=tints, linewidths=0, zorder=3)
    ax.add_collection(drawn, autolim=False)
    return np.asarray(squares.mean(axis=1))


def _draw_sums(
    ax: Axes, pixels: FloatArray, units: FloatArray, added: FloatArray, answer: int
) -> None:
    """Draw what each pixel adds to each sum, in colour for the unit that answers."""
    size = np.abs(added) / np.abs(added).max()
    for n, unit in enumerate(units):
        ways = [(pixel, unit) for pixel in pixels]
        signs = ["accent-1" if part > 0 else "accent-2" for part in added[:, n]]
        if n == answer:
            colours = [to_rgba(MARKER[sign], 0.6) for sign in signs]
            drawn = LineCollection(ways, colors=colours, linewidths=3 * size[:, n], zorder=1)
        else:
            colours = [to_rgba(MARKER["edge"], 0.6 * part) for part in size[:, n].tolist()]
            drawn = LineCollection(ways, colors=colours, linewidths=HAIR, zorder=0)
        ax.add_collection(drawn, autolim=False)


def _draw_units(ax: Axes, units: FloatArray, sums: FloatArray, answer: int) -> None:
    """Draw the units, tinted where the sum is above zero, and the answer."""
    end = (RIGHT, HEIGHT / 2)
    is_answer = np.arange(10) == answer
    roles = np.where(is_answer, "accent-2", "edge")
    ways = LineCollection(
        [(unit, end) for unit in units],
        colors=[MARKER[role] for role in roles],
        linewidths=np.where(is_answer, STRONG, HAIR),
        zorder=1,
    )
    ax.add_collection(ways, autolim=False)
    share = np.maximum(sums, 0) / np.abs(sums).max()
    tints = [to_rgba(MARKER["accent-1"], TINT * part) for part in share.tolist()]
    edges = [MARKER["accent-1" if is_it else "edge"] for is_it in is_answer]
    widths = [LINE if is_it else THIN for is_it in is_answer]
    x, y = units.T
    ax.scatter(x, y, s=UNIT**2, c=MARKER["ground"], linewidths=0, zorder=4)
    ax.scatter(x, y, s=UNIT**2, c=tints, edgecolors=edges, linewidths=widths, zorder=5)
    for n in range(10):
        role = "ink" if n == answer else "muted"
        say(ax, x[n], y[n], f"{n}", role, size=SMALL, bold=n == answer)
    ax.scatter([RIGHT], [HEIGHT / 2], s=ANSWER**2, c=MARKER["accent-2"], linewidths=0, zorder=4)
    say(ax, *end, f"{answer}", "on-accent", size=26, bold=True, va="center_baseline")
