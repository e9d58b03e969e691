"""Transit maps: stations with number and name, and lines with round corners."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, PathPatch
from matplotlib.path import Path

from dlcv_viz.draw.canvas import LINE, SMALL
from dlcv_viz.draw.marks import Place, say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.words import LEADING
from dlcv_viz.types import FloatArray

GAP = 3  # points from a station to its name
CASING = 1.5  # points of plate at each side of a line, where it passes over another


def rounded(corners: FloatArray, radius: float) -> Path:
    """Make a path of straight pieces whose corners are round.

    Parameters
    ----------
    corners : (n, 2) ndarray of float
        Where the pieces meet, with the two ends; neighbours differ.
    radius : float
        Of the corners; less where a piece is shorter than two of them.

    Returns
    -------
    Path
        Straight pieces and quadratic curves.
    """
    steps = np.diff(corners, axis=0)
    lengths = np.linalg.norm(steps, axis=1)
    # An outer piece can be used up by its one corner.
    halves = lengths / 2
    halves[[0, -1]] = lengths[[0, -1]]
    radii = np.minimum(radius, np.minimum(halves[:-1], halves[1:]))
    shift = steps / lengths[:, None]
    before = corners[1:-1] - radii[:, None] * shift[:-1]
    after = corners[1:-1] + radii[:, None] * shift[1:]
    bends = np.stack([before, corners[1:-1], after], axis=1).reshape(-1, 2)
    codes = [Path.MOVETO, *[Path.LINETO, Path.CURVE3, Path.CURVE3] * len(radii), Path.LINETO]
    return Path(np.concatenate([corners[:1], bends, corners[-1:]]), codes)


def branches(
    ax: Axes,
    paths: Sequence[FloatArray],
    role: str,
    *,
    widths: Sequence[float],
    radius: float = 5,
    above: float = 2,
) -> list[PathPatch]:
    """Draw lines that are one line with branches, with a casing that parts it from others.

    Parameters
    ----------
    ax : Axes
        Where to.
    paths : sequence of (n, 2) ndarray of float
        Corners of each branch, from where all begin.
    role : str
        Colour.
    widths : sequence of float
        Of each branch, in points.
    radius : float, default 5
        Of the corners, in the units of the axes.
    above : float, default 2
        What the line lies above.

    Returns
    -------
    list of PathPatch
        One for all branches of a width, from the thinnest on, without their casings.
    """
    drawn = []
    for width in sorted(set(widths)):
        alike = [rounded(p, radius) for p, w in zip(paths, widths, strict=True) if w == width]
        # As one path: where its parts lie on each other, it is no darker.
        whole = Path.make_compound_path(*alike)
        ax.add_patch(_stroke(whole, "plate", width + 2 * CASING, above))
        drawn.append(_stroke(whole, role, width, above))
    for patch in drawn:  # on the casings of all
        ax.add_patch(patch)
    return drawn


def _stroke(path: Path, role: str, width: float, above: float) -> PathPatch:
    return PathPatch(path, fill=False, ec=MARKER[role], lw=width, capstyle="butt", zorder=above)


def name_height(n_lines: float, size: float = SMALL) -> float:
    """Return how far a name of some lines reaches below what it stands under, in points."""
    return GAP + LEADING * size * n_lines


def station(
    ax: Axes, at: Place, radius: float, name: Sequence[str], role: str, *, number: str = ""
) -> Circle:
    """Draw a station: a ring with its number, and its name below.

    Parameters
    ----------
    ax : Axes
        With points for units.
    at : (2,) sequence of float
        Middle of the ring.
    radius : float
        Of the ring.
    name : sequence of str
        Lines of the name.
    role : str
        Colour of the ring and the number.
    number : str, default ""
        Stands in the ring.

    Returns
    -------
    Circle
        The ring.
    """
    ring = Circle((at[0], at[1]), radius, fc=MARKER["plate"], ec=MARKER[role], lw=LINE, zorder=8)
    ax.add_patch(ring)
    if number:
        say(ax, at[0], at[1], number, role, size=SMALL, bold=True, va="center_baseline")
    for k, line in enumerate(name):
        # Letters hang a fifth of their size below their line.
        y = at[1] - radius - name_height(k + 1) + 0.2 * SMALL
        say(ax, at[0], y, line, size=SMALL, va="baseline")
    return ring
