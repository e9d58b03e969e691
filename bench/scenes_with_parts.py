"""The four scenes drawn with the parts of `dlcv_viz.draw`: same data, same labels, our looks."""

from itertools import pairwise

import numpy as np
from matplotlib.figure import Figure
from scenes import boundary as moons
from scenes import heatmap as confusion
from scenes import network as net

from dlcv_viz.draw.canvas import NARROW, SMALL, WIDE, canvas, name_axes, name_panel, panel, stage
from dlcv_viz.draw.marks import line, points, say
from dlcv_viz.draw.matrix import cells
from dlcv_viz.draw.network import edges, layers, nodes
from dlcv_viz.draw.theme import MARKER, diverging

ROLES = ("accent-1", "accent-2", "accent-3", "accent-4", "accent-5", "accent-6")
SUBSCRIPTS = "₀₁₂₃₄₅₆"
GRID, LEVELS = 60, 10  # a field needs no more: half the SVG's bytes, a third of the CPU


def curves(k: int) -> Figure:
    """Draw six activation functions and their derivatives."""
    x = np.linspace(-5, 5, 400)
    scale = 1 + 0.01 * k
    functions = {
        "sigmoid": 1 / (1 + np.exp(-scale * x)),
        "tanh": np.tanh(scale * x),
        "ReLU": np.maximum(0, scale * x),
        "leaky ReLU": np.where(x > 0, scale * x, 0.1 * x),
        "GELU": 0.5 * x * (1 + np.tanh(0.79788 * (x + 0.044715 * x**3))),
        "softplus": np.log1p(np.exp(scale * x)),
    }
    figure = canvas(WIDE, 250)
    left = panel(figure, 26, 34, 240, 180)
    right = panel(figure, 306, 34, 240, 180)
    for row, (role, (name, y)) in enumerate(zip(ROLES, functions.items(), strict=True)):
        for ax, values in ((left, y), (right, np.gradient(y, x))):
            line(ax, x, values, role, dashed=True)
        say(left, -4.8, 4.6 - 0.6 * row, name, role, bold=True, ha="left")
    left.set(xlim=(-5, 5), ylim=(-1.5, 5), xticks=[-4, 0, 4], yticks=[0, 2, 4])
    right.set(xlim=(-5, 5), ylim=(-0.2, 1.3), xticks=[-4, 0, 4], yticks=[0, 1])
    name_axes(left, "x")
    name_axes(right, "x")
    name_panel(left, f"activations {k}")
    name_panel(right, "derivatives")
    return figure


def heatmap(k: int) -> Figure:
    """Draw a confusion matrix with its numbers."""
    figure = canvas(NARROW, 360)
    ax = stage(figure, 0, 0, NARROW, 360)
    cells(ax, confusion.matrix(k), 36, 320, 30, limit=1, form="{:.2f}", text=SMALL)
    for i in range(10):
        say(ax, 51 + 30 * i, 330, str(i), "muted")
        say(ax, 26, 305 - 30 * i, str(i), "muted")
    say(ax, 186, 348, f"predicted, confusion matrix {k}")
    say(ax, 10, 170, "true", turn=90)
    return figure


def boundary(k: int) -> Figure:
    """Draw two moons and the decision function of a kernel machine."""
    upper, lower = moons.moons(k)
    x, y, z = moons.field(upper, lower, GRID)
    figure = canvas(NARROW, 300)
    ax = panel(figure, 26, 34, 322, 236)
    ax.contourf(x, y, z, levels=LEVELS, cmap=diverging(), alpha=0.7)
    ax.contour(x, y, z, levels=[-1, 0, 1], colors=MARKER["ink"], linewidths=1)
    points(ax, upper, "accent-1")
    points(ax, lower, "accent-2")
    ax.set(xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
    say(ax, 0, 1.6, "class +1", "accent-1", bold=True)
    say(ax, 1, -1.4, "class \N{MINUS SIGN}1", "accent-2", bold=True)
    name_panel(ax, f"kernel machine {k}")
    return figure


def network(k: int) -> Figure:
    """Draw a network of four layers with all its weights."""
    figure = canvas(WIDE, 330)
    ax = stage(figure, 0, 0, WIDE, 330)
    ax.set(xlim=(-0.8, 6.8), ylim=(-4.2, 4.6))
    places = layers(net.UNITS, across=2, up=1)
    for layer, (starts, ends) in enumerate(pairwise(places)):
        weights = [
            [net.weight(layer, i, j, k) for j in range(len(ends))] for i in range(len(starts))
        ]
        edges(ax, starts, ends, np.array(weights), limit=1)
    for layer, units in enumerate(places):
        nodes(ax, units, np.zeros(len(units)), limit=1, size=22)
        for i, (x, y) in enumerate(units):
            say(ax, x, y, f"h{SUBSCRIPTS[i]}", size=SMALL, italic=True)
        say(ax, 2.0 * layer, 4.1, net.NAMES[layer], "muted")
    say(ax, -0.7, 4.5, f"multilayer perceptron {k}", bold=True, ha="left")
    return figure
