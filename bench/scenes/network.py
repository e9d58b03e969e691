"""A network of 5, 7, 7 and 3 units: 22 circles, 105 edges weighted by colour, labels."""

from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

SIZE = (6.4, 3.8)  # inches
MARK = "v1"
UNITS = (5, 7, 7, 3)
NAMES = ("input", "hidden 1", "hidden 2", "output")


def weight(layer: int, i: int, j: int, k: int) -> float:
    """Return the weight from unit i of a layer to unit j of the next, from -1 to 1."""
    return ((i * 7 + j * 3 + layer + k) % 11 - 5) / 5


def draw(k: int, fig: Figure) -> None:
    """Draw variant `k` on an empty figure."""
    ax = fig.subplots()
    places = [[(2.0 * c, i - (n - 1) / 2) for i in range(n)] for c, n in enumerate(UNITS)]
    for layer in range(3):
        for i, start in enumerate(places[layer]):
            for j, end in enumerate(places[layer + 1]):
                w = weight(layer, i, j, k)
                edge = FancyArrowPatch(start, end, arrowstyle="-", shrinkA=9, shrinkB=9)
                edge.set(linewidth=0.4 + abs(w), color="C0" if w > 0 else "C3", alpha=0.5)
                ax.add_patch(edge)
    for layer, column in enumerate(places):
        box = FancyBboxPatch((2.0 * layer - 0.35, -3.7), 0.7, 7.4, boxstyle="round,pad=0.1")
        box.set(facecolor="0.9", edgecolor="0.6", linewidth=0.8, zorder=0)
        ax.add_patch(box)
        for i, center in enumerate(column):
            ax.add_patch(Circle(center, 0.3, fc="white", ec="k", lw=1, zorder=3))
            ax.text(*center, f"$h_{{{i}}}$", ha="center", va="center", fontsize=8, zorder=4)
        ax.text(2.0 * layer, 4.1, NAMES[layer], ha="center", fontsize=9)
    ax.set_title(f"multilayer perceptron {k} {MARK}", pad=16)
    ax.set_xlim(-0.8, 6.8)
    ax.set_ylim(-4.2, 4.6)
    ax.axis("off")
