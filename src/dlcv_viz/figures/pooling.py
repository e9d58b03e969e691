"""Figures and worked examples of the module *Pooling Layers*."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.architectures.layers import DENSE, MAX_POOLING
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.vgg import vgg
from dlcv_viz.data.activations import RARE, SPREAD, smooth_maps, windows_with_feature
from dlcv_viz.data.shapes import shapes
from dlcv_viz.draw.arithmetic import equation, shape_note
from dlcv_viz.draw.canvas import (
    LINE,
    NARROW,
    SMALL,
    THIN,
    TITLE,
    WIDE,
    canvas,
    logarithmic,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.marks import arrow, line, number, points, ring, say
from dlcv_viz.draw.matrix import cells, pixels
from dlcv_viz.draw.theme import sequential
from dlcv_viz.draw.window import Grid, Window, beam, link, mark, show
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.adaptive_pooling import spatial_pyramid
from dlcv_viz.numerics.convolution_size import unseen
from dlcv_viz.numerics.dense import parameter_count
from dlcv_viz.numerics.downsampling import (
    Rule,
    blur_pool,
    max_halved,
    mean_halved,
    shift_change,
    strided,
)
from dlcv_viz.numerics.edge_detection import sobel_gradient
from dlcv_viz.numerics.pooling import (
    avg_pool2d,
    global_average_pool,
    lp_pool2d,
    max_indices2d,
    max_pool2d,
)
from dlcv_viz.numerics.pooling_gradient import avg_pool2d_backward, max_pool2d_backward, route
from dlcv_viz.numerics.pooling_size import adaptive_windows, pool_output_size
from dlcv_viz.numerics.receptive_field import receptive_field
from dlcv_viz.numerics.stochastic_pooling import expected_pool2d, probabilities
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

DELTA = "\N{GREEK SMALL LETTER DELTA}"
# The maps that the figures and worked examples share.
DEMO = np.array([[12.0, 20, 30, 0], [8, 12, 2, 0], [34, 70, 37, 4], [112, 100, 25, 12]])
TIED = np.array([[1.0, 3, 2, 1], [5, 1, 0, 2], [1, 1, 8, 2], [0, 2, 4, 1]])
UPSTREAM = np.array([[1.0, 2], [3, 4]])
SIX = np.array(
    [[1.0, 3, 0, 2, 5, 1], [4, 2, 6, 0, 1, 3], [0, 1, 2, 7, 3, 0], [5, 0, 3, 1, 4, 2],
     [2, 8, 1, 0, 6, 1], [3, 1, 4, 2, 0, 5]]
)  # fmt: skip
# Its middle wins three of four windows of 3 by 3 at stride 2. Gradients that 9 divides.
FIVE = np.array(
    [[1.0, 4, 2, 0, 3], [0, 5, 1, 2, 1], [2, 3, 7, 4, 0], [6, 1, 2, 1, 5], [0, 2, 3, 8, 1]]
)
NINES = np.array([[9.0, 18], [27, 36]])
WALKS = ((2, 2), (3, 1))  # window and stride
N_TILES, N_FRAMES = 9, 25  # places of the first walk, and of both
RULES: tuple[tuple[str, Rule, str], ...] = (
    ("stride only", strided, "accent-2"),
    ("max", max_halved, "accent-1"),
    ("mean", mean_halved, "accent-5"),
    ("max and blur", blur_pool, "accent-3"),
)
N_SIGNALS, N_SHIFTS = 20, 8
WINDOW_CELLS, N_WINDOWS = (1, 4, 9, 16, 36, 64), 600
LEVELS = (4, 2, 1)
TILES = ((0, 0), (0, 2), (2, 0), (2, 2))  # first cells of the windows of a 4 by 4 map


@dataclass(frozen=True, slots=True)
class Backward:
    """A map, what comes back to it, and where max and mean send it."""

    x: FloatArray
    delta: FloatArray
    winners: FloatArray
    by_max: FloatArray
    by_mean: FloatArray


@figure(
    alt="How strongly edges answer on {side} by {side} pixels, and three maps of {half} by {half}. "
    "Max keeps the peak of {peak:.1f}, so that outlines stay bright; the mean dilutes it to "
    "{means:.1f}; a stride alone keeps {strides:.1f} and breaks the outlines."
)
def maps() -> Drawing:
    """Draw an edge map and what three ways to shrink it keep.

    Returns
    -------
    Drawing
        Four pictures with one scale.

    See Also
    --------
    dlcv_viz.numerics.pooling.max_pool2d : Shrinks the map.
    """
    side, k = 48, 4
    across, down = sobel_gradient(shapes(side, noise=0.03)[0])
    edges = np.hypot(across, down)
    small = {
        "max": max_pool2d(edges, k),
        "mean": avg_pool2d(edges, k),
        "stride only": edges[::k, ::k],
    }
    top = float(edges.max())
    fig = canvas(WIDE, 240)
    ax = stage(fig, 0, 0, WIDE, 240)
    colours, limits = sequential(), (0, top)
    pixels(ax, edges, 14, 204, 184 / side, colours=colours, limits=limits)
    say(ax, 14, 212, "edges", bold=True, size=TITLE, ha="left", va="bottom")
    say(ax, 198, 212, shape_note(edges.shape), "muted", size=SMALL, ha="right", va="bottom")
    for place, (name, pooled) in enumerate(small.items()):
        left = 234 + 108 * place
        pixels(ax, pooled, left, 164, 96 / len(pooled), colours=colours, limits=limits)
        say(ax, left, 172, name, bold=True, size=TITLE, ha="left", va="bottom")
        for y, told in ((56, shape_note(pooled.shape)), (42, f"largest {pooled.max():.1f}")):
            say(ax, left, y, told, "muted", size=SMALL, ha="left")
    arrow(ax, (203, 116), (229, 116), "edge", width=1)
    facts = {"side": side, "k": k, "half": side // k, "peak": top}
    facts |= {"means": float(small["mean"].max()), "strides": float(small["stride only"].max())}
    return Drawing(fig, facts=facts)


@figure(
    alt="A 4 by 4 map with 2 by 2 windows, and what max, mean and L2 norm make of each. Of the "
    "window with the peak {peak:g}, max keeps {kept:g}, the mean {mean:g} and the norm {norm:.1f}. "
    "Of the whole map: {whole[0]:g}, {whole[1]:.1f} and {whole[2]:.1f}."
)
def comparison() -> Drawing:
    """Draw one map, and three rules for its windows and for the whole of it.

    Returns
    -------
    Drawing
        The map at the left; each rule is a column.

    See Also
    --------
    dlcv_viz.numerics.pooling.max_pool2d : Computes one of them.
    """
    rules = (("max", max_pool2d), ("mean", avg_pool2d), ("L2 norm", lp_pool2d))
    pooled = [rule(DEMO, 2) for _, rule in rules]
    whole = [rule(DEMO, 4) for _, rule in rules]
    fig = canvas(WIDE, 250)
    ax = stage(fig, 0, 0, WIDE, 250)
    source, limit = Grid(DEMO.shape, 14, 208, 40), 170.0
    show(ax, source, DEMO, limit=limit, name="map", note=shape_note(DEMO.shape))
    for i, j in np.ndindex(2, 2):
        mark(ax, source.box(2 * i, 2 * j, 2, 2), role="ink", width=LINE)
    mark(ax, source.box(2, 0, 2, 2))
    for place, (name, _) in enumerate(rules):
        grid = Grid((2, 2), 226 + 112 * place, 208, 50)
        show(ax, grid, pooled[place], limit=limit, name=name, form="{:.4g}")
        mark(ax, grid.box(1, 0))
        one = Grid((1, 1), grid.left, 82, 50)
        show(ax, one, whole[place], limit=limit, form="{:.4g}")
    say(ax, 226, 16, "of the whole map, as one window", "muted", size=SMALL, ha="left")
    arrow(ax, (180, 158), (218, 158), "edge", width=1)
    return Drawing(
        fig,
        facts={
            "peak": DEMO.max(),
            "kept": pooled[0][1, 0],
            "mean": pooled[1][1, 0],
            "norm": pooled[2][1, 0],
            "whole": [float(value[0, 0]) for value in whole],
            "all": DEMO.size,
            "out": pooled[0].size,
        },
    )


@figure(
    alt="A window of {k} by {k} on a 6 by 6 map at stride {s}, place {place} of {n_places}: the "
    "largest of {k2} numbers is {value:g}, ringed. It fits {n_out} times along each side, so the "
    "output is {n_out} by {n_out}; neighbours share {shared} columns.",
    sweep=Sweep("step", range(1, N_FRAMES + 1), label="step", start=5),
)
def window_sweep(*, step: Annotated[int, Range(1, N_FRAMES)] = 6) -> Drawing:
    """Draw a window at one of its places, with what is computed so far.

    Parameters
    ----------
    step : int, default 6
        1 to 9 go with windows side by side, 10 to 25 with overlapping ones.

    Returns
    -------
    Drawing
        Map and output; the map keeps its place.

    See Also
    --------
    dlcv_viz.numerics.pooling.max_indices2d : Finds the ringed cells.
    """
    overlaps = step > N_TILES
    (k, s), place = WALKS[overlaps], step - N_TILES * overlaps - 1
    y = max_pool2d(SIX, k, stride=s)
    i, j = divmod(place, len(y))
    done = np.where(np.arange(y.size).reshape(y.shape) <= place, y, np.nan)
    seen = Window(s * i, s * j, (k, k))
    winner = divmod(int(max_indices2d(SIX, k, stride=s)[i, j]), len(SIX))

    fig = canvas(NARROW, 258)
    ax = stage(fig, 0, 0, NARROW, 258)
    source, out = Grid(SIX.shape, 14, 214, 27), Grid(y.shape, 228, 202, 30)
    show(ax, source, SIX, limit=12, strong=seen.mask(source), name="map", note="6 × 6")
    show(ax, out, done, limit=12, name="max", note=shape_note(y.shape))
    frames = seen.box(source), out.box(i, j)
    link(ax, (source, out), frames)
    for box in frames:
        mark(ax, box)
    ring(ax, source.middle(*winner), size=20, width=LINE)
    say(ax, 228, 47, f"window {k} × {k}, stride {s}", size=SMALL, ha="left")
    terms = ", ".join(number(value) for value in SIX[tuple(np.array(seen.places).T)])
    equation(ax, (14, 346), 20, f"max({terms})", number(y[i, j]))
    return Drawing(
        fig,
        facts={
            "k": k,
            "k2": k * k,
            "s": s,
            "place": place + 1,
            "n_places": y.size,
            "value": y[i, j],
            "n_out": len(y),
            "shared": max(0, k - s),
            "kept": len(np.unique(max_indices2d(SIX, k, stride=s))),
        },
    )


@figure(
    alt="How often a window with a feature outranks one without, against its number of cells. If "
    "one cell of {last} is strong, max tells {rare[0]:.1%} and mean {rare[1]:.1%}; if every cell "
    "is a little stronger, mean tells {spread[1]:.1%} and max {spread[0]:.1%}."
)
def evidence() -> Drawing:
    """Draw how well max and mean tell whether a feature is in a window.

    Returns
    -------
    Drawing
        Left a rare feature, right one that is spread over the window.

    See Also
    --------
    dlcv_viz.data.activations.windows_with_feature : Draws the windows.
    """
    fig = canvas(WIDE, 250)
    told: dict[str, list[float]] = {}
    for place, (kind, title, note) in enumerate(
        (
            ("rare", "one strong cell", f"{RARE:g} added to one cell"),
            ("spread", "all a little stronger", f"{SPREAD:g} added to every cell"),
        )
    ):
        ax = panel(fig, 46 + 278 * place, 40, 194, 156)
        logarithmic(ax, x=WINDOW_CELLS)
        ax.set(xlim=(0.9, 75), ylim=(0.45, 1.03), yticks=[0.5, 0.75, 1])
        ax.set_yticklabels(["50%", "75%", "100%"])
        name_panel(ax, title, rise=23, note=note)
        name_axes(ax, "cells of the window", "feature outranks none")
        rates = np.array([_told_apart(kind, n) for n in WINDOW_CELLS])
        line(ax, np.array([0.9, 75]), np.array([0.5, 0.5]), "line", width=THIN, above=1)
        for by, (name, role) in enumerate((("max", "accent-1"), ("mean", "accent-5"))):
            line(ax, np.array(WINDOW_CELLS), rates[:, by], role)
            points(ax, np.column_stack([WINDOW_CELLS, rates[:, by]]), role)
            say(ax, 80, rates[-1, by], name, role, bold=True, ha="left")
        told[kind] = rates[-1].tolist()
    return Drawing(fig, facts={"last": WINDOW_CELLS[-1], "n": N_WINDOWS, **told})


@figure(
    alt="A map, gradients from above, and what returns. Max: {n_max} of {n_all} cells get all. "
    "Mean: every cell of a window gets the same. With overlapping windows the cell that wins "
    "{wins} of them collects {collected:g}. Both totals are {totals[0]:g} above and {totals[1]:g} "
    "below."
)
def gradient_routing() -> Drawing:
    """Draw where max and mean send gradients, without overlap and with it.

    Returns
    -------
    Drawing
        Two rows: map, gradient from above, and the gradients by the map.

    See Also
    --------
    dlcv_viz.numerics.pooling_gradient.max_pool2d_backward : Routes the first.
    dlcv_viz.numerics.pooling_gradient.avg_pool2d_backward : Shares the second.
    """
    apart, lapping = _sent_back(TIED, UPSTREAM, 2, 2), _sent_back(FIVE, NINES, 3, 2)
    fig = canvas(WIDE, 344)
    ax = stage(fig, 0, 0, WIDE, 344)
    _draw_backward(ax, apart, top=312, size=30, k=2)
    _draw_backward(ax, lapping, top=152, size=26, k=3)
    heads = ((14, "map"), (172, f"{DELTA} from above"), (270, "back through max"))
    for left, name in (*heads, (416, "back through mean")):
        say(ax, left, 322, name, bold=True, size=TITLE, ha="left", va="bottom")
    return Drawing(
        fig,
        facts={
            "n_max": int(np.count_nonzero(apart.by_max)),
            "n_all": apart.x.size,
            "wins": int((max_indices2d(FIVE, 3, stride=2) == lapping.by_max.argmax()).sum()),
            "collected": lapping.by_max.max(),
            "centre": lapping.by_mean[2, 2],
            "totals": [apart.delta.sum(), lapping.delta.sum()],
            "back": [float(b.sum()) for b in (apart.by_max, apart.by_mean)],
            "back_lapping": [float(b.sum()) for b in (lapping.by_max, lapping.by_mean)],
        },
    )


@figure(
    alt="Relative change of a halved signal against the shift of its input: zero for even shifts, "
    "for odd ones {signal[0]:.2f} by stride, {signal[1]:.2f} by max, {signal[2]:.2f} by mean and "
    "{signal[3]:.2f} by max with blur, on average over {n} signals. On maps it is alike."
)
def shift_sensitivity() -> Drawing:
    """Draw how far four ways of halving are from following a shift.

    Returns
    -------
    Drawing
        Left signals, right maps; bars reach from the least to the largest.

    See Also
    --------
    dlcv_viz.numerics.downsampling.shift_change : Measures it.
    """
    fig, shifts = canvas(WIDE, 270), np.arange(N_SHIFTS + 1.0)
    facts: dict[str, float | list[float]] = {"n": N_SIGNALS}
    shown = (("signal", 64, 1, "64 values"), ("map", 32, 2, "32 × 32 values, both ways"))
    for place, (name, side, axes, note) in enumerate(shown):
        ax = panel(fig, 40 + 277 * place, 42, 158, 174)
        ax.set(xlim=(-0.2, N_SHIFTS + 0.2), ylim=(0, 1), xticks=[0, 2, 4, 6, 8])
        ax.set_yticks([0, 0.5, 1])
        name_panel(ax, f"{name}s", rise=23, note=note)
        name_axes(ax, "shift of the input", "relative change")
        x = smooth_maps(N_SIGNALS, side, axes=axes, seed=0)
        found = np.array(
            [[shift_change(rule, x, int(s), axes=axes) for s in shifts] for _, rule, _ in RULES]
        )
        for changes, (_, _, role) in zip(found, RULES, strict=True):
            _draw_changes(ax, shifts, changes, role)
        by_one = found[:, 1]
        facts[name] = by_one.mean(axis=1).tolist()
        facts[f"{name}_times"] = float(by_one[1].mean() / by_one[3].mean())
        facts[f"{name}_blur_least"] = int((by_one.argmin(axis=0) == len(RULES) - 1).sum())
        facts[f"{name}_max_below_stride"] = int((by_one[1] < by_one[0]).sum())
        _name_rules(ax, by_one.mean(axis=1))
    return Drawing(fig, facts=facts)


@figure(alt="A map of {cells} tinted cells in four windows; beams lead to the four largest ones.")
def thumbnail() -> Drawing:
    """Draw the module's card: windows, and the one cell of each that goes on, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    source, out = Grid(TIED.shape, 14, 135, 30), Grid((2, 2), 174, 101, 26)
    cells(ax, TIED, source.left, source.top, source.size, limit=8, form="")
    cells(ax, max_pool2d(TIED, 2), out.left, out.top, out.size, limit=8, form="")
    seen, kept = source.box(2, 2, 2, 2), out.box(1, 1)
    beam(ax, seen, kept, free=(source.whole.right, out.left))
    mark(ax, seen)
    mark(ax, kept)
    ring(ax, source.middle(2, 2), size=18)
    return Drawing(fig, facts={"cells": TIED.size})


@example
def demo_matrix() -> Facts:
    """Pool one matrix by every rule.

    Returns
    -------
    Facts
        The matrix and the results, row by row.
    """
    largest, mean, norm = max_pool2d(DEMO, 2), avg_pool2d(DEMO, 2), lp_pool2d(DEMO, 2)
    window = DEMO[2:, :2].ravel()
    return {
        "x": DEMO.ravel().tolist(),
        "window": [", ".join(f"{v:g}" for v in DEMO[i : i + 2, j : j + 2].flat) for i, j in TILES],
        "max": largest.ravel().tolist(),
        "mean": mean.ravel().tolist(),
        "norm": norm.ravel().tolist(),
        "squares": " + ".join(f"{v:g}²" for v in window),
        "square_sum": float((window**2).sum()),
        "largest": float(max_pool2d(DEMO, 4)[0, 0]),
        "global_mean": float(global_average_pool(DEMO[None])[0]),
        "total": DEMO.sum(),
        "cells": DEMO.size,
        "dense": max_pool2d(DEMO, 3, stride=1).ravel().tolist(),
        "mean_of_means": float(mean.mean()),
    }


@example
def norms() -> Facts:
    """Take norms of one window, with more and more weight on its largest value.

    Returns
    -------
    Facts
        A list item for each power.
    """
    window, signed = DEMO[2:, :2], np.array([[-2.0, 1], [1, 0]])
    powers = (1.0, 2.0, 4.0, 8.0, 32.0)
    found = [float(lp_pool2d(window, 2, p)[0, 0]) for p in powers]
    return {
        "window": ", ".join(f"{v:g}" for v in window.flat),
        "p": list(powers),
        "norm": found,
        "scaled": [y / window.size ** (1 / p) for p, y in zip(powers, found, strict=True)],
        "max": window.max(),
        "mean": window.mean(),
        "signed": ", ".join(number(value) for value in signed.flat),
        "odd": float(lp_pool2d(signed, 2, 3)[0, 0]),
    }


@example
def route_the_gradient() -> Facts:
    """Send four gradients back through max and mean.

    Returns
    -------
    Facts
        Arrays row by row; a list item for each window.
    """
    at = max_indices2d(TIED, 2)
    back, shared = max_pool2d_backward(UPSTREAM, TIED, 2), avg_pool2d_backward(UPSTREAM, (4, 4), 2)
    return {
        "x": TIED.ravel().tolist(),
        "delta": UPSTREAM.ravel().tolist(),
        "window": [", ".join(f"{v:g}" for v in TIED[i : i + 2, j : j + 2].flat) for i, j in TILES],
        "max": max_pool2d(TIED, 2).ravel().tolist(),
        "to": [_place(int(n)) for n in at.flat],
        "tie": _place(int(np.flatnonzero(TIED[:2].ravel() == TIED[0, 2])[-1])),
        "mean": avg_pool2d(TIED, 2).ravel().tolist(),
        "share": shared[::2, ::2].ravel().tolist(),
        "back": back.ravel().tolist(),
        "zeros": int((back == 0).sum()),
        "total": back.sum(),
        "shared_total": shared.sum(),
    }


def _place(n: int) -> str:
    """Write a place of a 4 by 4 map as row and column."""
    return "({}, {})".format(*divmod(n, 4))


@example
def padding_of_average() -> Facts:
    """Average with a border of zeros that counts, and with one that does not.

    Returns
    -------
    Facts
        A list item for each window.
    """
    counted, without = (
        avg_pool2d(TIED, 3, stride=2, padding=1, count_include_pad=counts).ravel()
        for counts in (True, False)
    )
    sums = counted * 9
    return {
        "place": ["upper left", "upper right", "lower left", "lower right"],
        "sum": sums.tolist(),
        "cells": (sums / without).tolist(),
        "counted": counted.tolist(),
        "without": without.tolist(),
        "x": TIED.ravel().tolist(),
    }


@example
def gap_saves() -> Facts:
    """Count the parameters of a dense head, and of one behind global average pooling.

    Returns
    -------
    Facts
        Of VGG-16 as published, and with a mean over each of its last maps.
    """
    rows = ledger(vgg(), (3, 224, 224)).rows
    maps, side, _ = next(row.shape for row in reversed(rows) if row.kind == MAX_POOLING)
    head = [row for row in rows if row.kind == DENSE]
    widths = [maps * side * side, *(row.shape[0] for row in head)]
    dense, gap = parameter_count(widths), parameter_count((maps, widths[-1]))
    return {
        "widths": widths,
        "side": side,
        "maps": maps,
        "classes": widths[-1],
        "layers": [row.parameters for row in head],
        "dense": dense,
        "gap": gap,
        "times": dense / gap,
    }


@example
def aliasing() -> Facts:
    """Halve a signal and its shifted copy.

    Returns
    -------
    Facts
        Signals as lists, and how many outputs change.
    """
    x = np.array([0.0, 0, 1, 1, 0, 0, 1, 1])
    moved = np.roll(x, 1)
    y, y_moved = max_halved(x), max_halved(moved)
    return {
        "x": " ".join(f"{v:g}" for v in x),
        "moved": " ".join(f"{v:g}" for v in moved),
        "y": " ".join(f"{v:g}" for v in y),
        "y_moved": " ".join(f"{v:g}" for v in y_moved),
        "changed": int((y != y_moved).sum()),
        "outputs": y.size,
        "by_two": " ".join(f"{v:g}" for v in max_halved(np.roll(x, 2))),
        "blurred": " ".join(f"{v:g}" for v in blur_pool(x)),
        "blurred_moved": " ".join(f"{v:g}" for v in blur_pool(moved)),
        "largest": float(np.abs(y - y_moved).max()),
        "largest_blurred": float(np.abs(blur_pool(x) - blur_pool(moved)).max()),
    }


@example
def sizes() -> Facts:
    """Compute sizes of pooling layers, rounded down and up.

    Returns
    -------
    Facts
        A list item for each layer.
    """
    where = {
        "AlexNet, first": (55, 3, 2, 0),
        "AlexNet, last": (13, 3, 2, 0),
        "VGG, first": (224, 2, 2, 0),
        "ResNet, stem": (112, 3, 2, 1),
        "GoogLeNet, first": (112, 3, 2, 0),
        "a trap": (3, 2, 2, 1),
    }
    rows = list(where.values())
    down, up = (
        [pool_output_size(n, k, stride=s, padding=p, ceil_mode=ceil) for n, k, s, p in rows]
        for ceil in (False, True)
    )
    n, k, s, p = (list(column) for column in zip(*rows, strict=True))
    return {
        "where": list(where),
        "n": n,
        "k": k,
        "s": s,
        "p": p,
        "left": [unseen(n, k, stride=s, padding=p) for n, k, s, p in rows],
        "down": down,
        "up": up,
        "starts": s[-1] * up[-1],
        "map_ends": n[-1] + p[-1] - 1,
    }


@example
def sizes_by_window() -> Facts:
    """Compute sizes on six pixels for every window, at three strides.

    Returns
    -------
    Facts
        A list item for each window.
    """
    n, windows = len(SIX), range(1, len(SIX) + 1)
    return {
        "n": n,
        "k": list(windows),
        "by_one": [pool_output_size(n, k, stride=1) for k in windows],
        "by_two": [pool_output_size(n, k, stride=2) for k in windows],
        "by_window": [pool_output_size(n, k) for k in windows],
        "shared": [max(0, k - 2) for k in windows],
    }


@example
def reach() -> Facts:
    """Compare what a unit sees with a pooling layer between two convolutions, and without.

    Returns
    -------
    Facts
        Receptive fields, in pixels along a side.
    """
    conv, pool = (3, 1, 1), (2, 2, 1)
    return {
        "without": receptive_field([conv, conv])[-1].size,
        "with_pool": receptive_field([conv, pool, conv])[-1].size,
    }


@example
def lottery() -> Facts:
    """Weigh one window by the chances of its cells.

    Returns
    -------
    Facts
        Chances row by row, and what max, mean and lottery make of the window.
    """
    window = np.array([[1.0, 0], [5, 4]])
    return {
        "window": ", ".join(f"{v:g}" for v in window.flat),
        "chances": ", ".join(f"{v:.0%}" for v in probabilities(window, 2).flat),
        "expected": float(expected_pool2d(window, 2)[0, 0]),
        "mean": window.mean(),
        "max": window.max(),
    }


@example
def pyramid() -> Facts:
    """Pool maps of two sizes to vectors.

    Returns
    -------
    Facts
        Their lengths.
    """
    sizes = ((13, 13), (9, 17))
    lengths = [len(spatial_pyramid(np.ones((1, *size)), LEVELS)) for size in sizes]
    return {
        "cut": ", ".join(f"{i} to {j - 1}" for i, j in adaptive_windows(sizes[0][0], LEVELS[0])),
        "rows": sizes[0][0],
        "sizes": [shape_note(size) for size in sizes],
        "levels": list(LEVELS),
        "cells": [level**2 for level in LEVELS],
        "lengths": lengths,
    }


def _told_apart(kind: str, cells: int) -> tuple[float, float]:
    """Return how often a window with the feature has the larger maximum, and the larger mean."""
    absent = windows_with_feature(N_WINDOWS, cells, evidence="none", seed=1)
    present = windows_with_feature(N_WINDOWS, cells, evidence=kind, seed=2)
    by_max, by_mean = (
        _outranks(rule(present, axis=1), rule(absent, axis=1)) for rule in (np.max, np.mean)
    )
    return by_max, by_mean


def _outranks(some: FloatArray, others: FloatArray) -> float:
    """Return the share of pairs in which the first is larger; equal ones count half."""
    above, equal = some[:, None] > others, some[:, None] == others
    return float(above.mean() + equal.mean() / 2)


def _sent_back(x: FloatArray, delta: FloatArray, k: int, s: int) -> Backward:
    winners = route(np.ones_like(delta), max_indices2d(x, k, stride=s), (len(x), len(x)))
    by_max = max_pool2d_backward(delta, x, k, stride=s)
    by_mean = avg_pool2d_backward(delta, (len(x), len(x)), k, stride=s)
    return Backward(x, delta, winners, by_max, by_mean)


def _draw_backward(ax: Axes, back: Backward, *, top: float, size: float, k: int) -> None:
    """Draw one row of the figure; zeros of gradients are left out."""
    most = float(back.delta.max())
    source, sent = Grid(back.x.shape, 14, top, size), Grid((2, 2), 172, top - size, 32)
    show(ax, source, back.x, limit=18, strong=back.winners > 0)
    for row, column in np.argwhere(back.winners):
        ring(ax, source.middle(int(row), int(column)), size=19, width=LINE)
    show(ax, sent, back.delta, limit=most)
    for left, got in ((270, back.by_max), (416, back.by_mean)):
        grid = Grid(got.shape, left, top, size)
        show(ax, grid, np.where(got == 0, np.nan, got), limit=most, strong=got == got.max())
        if 2 * k == len(got):  # overlapping windows would be a tangle of frames
            for i, j in np.ndindex(2, 2):
                mark(ax, grid.box(k * i, k * j, k, k), role="ink", width=THIN)
    said = f"windows {k} × {k}, stride 2"
    say(ax, 14, source.whole.bottom - 9, said, "muted", size=SMALL, ha="left")


def _draw_changes(ax: Axes, shifts: FloatArray, found: FloatArray, role: str) -> None:
    line(ax, shifts, found.mean(axis=1), role, dashed=role == "accent-5")
    for shift, changes in zip(shifts[1::2], found[1::2], strict=True):
        ends = np.array([changes.min(), changes.max()])
        line(ax, np.array([shift, shift]), ends, role, width=THIN)


def _name_rules(ax: Axes, heights: FloatArray) -> None:
    """Name the lines at the right, those of max and mean a line apart."""
    middle = heights[1:3].mean()
    places = (heights[0], middle + 0.04, middle - 0.04, heights[3])
    for (title, _, role), y in zip(RULES, places, strict=True):
        say(ax, N_SHIFTS + 0.4, y, title, role, bold=True, size=SMALL, ha="left")
