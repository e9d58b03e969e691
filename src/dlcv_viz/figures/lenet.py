"""Figures and worked examples of the module *LeNet-5*."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Annotated, Literal

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dlcv_viz.architectures import alexnet as alexnets
from dlcv_viz.architectures import lenet as lenets
from dlcv_viz.architectures.layers import chain
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import Ledger
from dlcv_viz.architectures.table import shape_facts, shares_of
from dlcv_viz.data.digits import FIELD, digit_strip, placed_digits
from dlcv_viz.draw.architecture import whole_network
from dlcv_viz.draw.canvas import (
    SMALL,
    STRONG,
    THIN,
    TITLE,
    WIDE,
    canvas,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.curves import limit, zero_lines
from dlcv_viz.draw.marks import frame, line, points, say
from dlcv_viz.draw.matrix import cells, pixels
from dlcv_viz.draw.shares import shares
from dlcv_viz.draw.theme import MARKER, diverging, grey
from dlcv_viz.draw.window import Box, beam
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.convolution_size import output_size
from dlcv_viz.numerics.lenet import (
    AMPLITUDE,
    feature_maps,
    map_criterion,
    scaled_tanh,
    scaled_tanh_derivative,
    squared_distances,
    table_parameters,
    trainable_subsampling,
)
from dlcv_viz.numerics.receptive_field import receptive_field as fields_of
from dlcv_viz.numerics.rejection import (
    RidgeReader,
    errors_after_rejection,
    fit_ridge_reader,
    margins,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

PIXEL = 7.5  # points, of the digit whose receptive fields are shown
Kernels = tuple[FloatArray, FloatArray]  # of C1 and of C3
LAYERS = ("input", "C1", "S2", "C3", "S4", "C5", "F6", "output")
LayerName = Literal["input", "C1", "S2", "C3", "S4", "C5", "F6", "output"]
SHIFT, NOISE, STRENGTH = 3, 0.3, 30.0  # of digits, and of the penalty on the reader's weights
N_TRAIN, N_TEST = 400, 300
REFUSED = 0.3  # share of answers that the figure looks at
STRIP, PITCH, SURE = (1, 9, 9, 8), 24, 0.8  # a year, pixels between digits, least margin
PAPER_AND_INK = (-0.3, 1.3)  # limits of the grey scale: ink is 1, and noise goes beyond


@figure(
    alt="LeNet-5 to scale, from left to right. The side of a map falls from {sides[0]} pixels "
    "over {sides[1]}, {sides[2]}, {sides[3]} and {sides[4]} to {sides[5]}, while the maps grow "
    "from {maps[0]} over {maps[1]} and {maps[3]} to {maps[5]}; {units[0]} and {units[1]} units "
    "follow."
)
def to_scale() -> Drawing:
    """Draw the network of 1998 from its ledger.

    Returns
    -------
    Drawing
        Heights are sides of the maps, widths the roots of their number.

    See Also
    --------
    dlcv_viz.architectures.lenet.paper : Describes it.
    """
    found = _paper()
    shapes = [found.input_shape, *(row.shape for row in found.rows)]
    fig = whole_network(found, 256)
    return Drawing(
        fig,
        facts=shape_facts(shapes),
    )


@figure(
    alt="Two bars for each layer of the remake. C5 holds {parameters[2]:.0%} of the parameters and "
    "does {multiply_adds[2]:.0%} of the multiply-adds; C1 and C3 hold {early_parameters:.0%} and "
    "do {early_multiply_adds:.0%}."
)
def who_spends() -> Drawing:
    """Draw which layers hold the parameters and which do the work.

    Returns
    -------
    Drawing
        Shares of the remake's parameters on the left, of its multiply-adds on the right.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    found = _remake()
    names, held, done = shares_of(found, [row for row in found.rows if row.parameters])
    fig = canvas(WIDE, 240)
    ax = stage(fig, 12, 6, WIDE - 24, 228)
    shares(ax, names, held, done, heads=("Parameters", "Multiply-adds"))
    return Drawing(
        fig,
        facts={
            "names": names,
            "parameters": held,
            "multiply_adds": done,
            "early_parameters": sum(held[:2]),
            "early_multiply_adds": sum(done[:2]),
        },
    )


@figure(
    alt="A digit of {side} by {side} pixels, and beside it the maps of a layer. One unit of {name} "
    "is framed, and on the digit the {field} by {field} pixels that it sees. Through the layers "
    "the square grows from {fields[0]} over {fields[3]} to {fields[5]}.",
    sweep=Sweep("layer", LAYERS, label="layer", start=3),
)
def receptive_field(*, layer: LayerName = "C3") -> Drawing:
    """Draw how much of a digit one unit of a layer sees.

    Parameters
    ----------
    layer : str, default "C3"
        ``input`` or the name of a layer.

    Returns
    -------
    Drawing
        The digit, what is outside the field veiled, and the maps of the layer, to the same scale
        down to S4. Kernels are random.

    See Also
    --------
    dlcv_viz.numerics.lenet.feature_maps : Computes the maps.
    """
    place = _Unit.of(layer)
    fig = canvas(WIDE, 306)
    ax = stage(fig, 8, 8, WIDE - 16, 290)
    size, top = PIXEL, 264.0
    _show_paper(ax, _digit(), 0, top, size)
    _veil(ax, place, size, top)
    box = size * place.low, top - size * place.low, size * place.field, size * place.field
    frame(ax, *box, role="plate", width_pt=5.5, above=8)  # lost on black strokes without
    frame(ax, *box, width_pt=3, above=9)
    say(ax, 0, 278, f"{FIELD} × {FIELD} pixels", "muted", size=SMALL, ha="left")
    who = {"input": "a pixel", "output": "a unit of the output"}.get(layer, f"a unit of {layer}")
    told = f"{who} sees {place.field} × {place.field}"
    say(ax, 286, 278, told, "accent-2", bold=True, size=TITLE, ha="left")
    last = place.low + place.field - 1
    told = f"pixels {place.low} to {last}" if place.field > 1 else f"pixel {place.low}"
    say(ax, 0, 10, f"{told}, down and across", "muted", size=SMALL, ha="left")
    say(ax, 286, 10, place.told, "muted", size=SMALL, ha="left")
    _show_maps(ax, layer, place, 286, top)
    return Drawing(
        fig,
        facts={
            "name": layer,
            "side": FIELD,
            "field": place.field,
            "jump": place.jump,
            "low": place.low,
            "high": place.low + place.field - 1,
            "maps": place.n_maps,
            "map_side": place.map_side,
            "fields": [_Unit.of(name).field for name in LAYERS],
            "jumps": [_Unit.of(name).jump for name in LAYERS],
        },
    )


@figure(
    alt="Table of {n_in} maps of S2 by {n_out} maps of C3 with {links} of {all_links} links "
    "marked: three a column, then four, then all six. C3 has {c3[0]:,} parameters with the table, "
    "{c3[1]:,} without; C5 has {c5:,} either way."
)
def c3_table() -> Drawing:
    """Draw which maps of S2 each map of C3 sees, and what it saves.

    Returns
    -------
    Drawing
        The table with the parameters of its columns, and the parameters of all layers of paper
        and remake.

    See Also
    --------
    dlcv_viz.numerics.lenet.table_parameters : Counts them.
    """
    table = np.zeros((6, 16))
    for made, seen in enumerate(lenets.C3_LINKS):
        table[list(seen), made] = 1
    columns = [table_parameters([seen], 5) for seen in lenets.C3_LINKS]
    fig = canvas(WIDE, 300)
    ax = stage(fig, 8, 8, 310, 284)
    _draw_table(ax, table, columns)
    paper, remake = _paper(), _remake()
    names = [row.name for row in paper.rows]
    pairs = [(paper.row(name).parameters, remake.row(name).parameters) for name in names]
    _draw_pairs(stage(fig, 336, 8, 216, 284), names, pairs)
    return Drawing(
        fig,
        facts={
            "n_in": table.shape[0],
            "n_out": table.shape[1],
            "links": int(table.sum()),
            "all_links": table.size,
            "share": table.mean(),
            "columns": columns,
            "fan": table.sum(axis=1).astype(int),
            "c3": pairs[names.index("C3")],
            "c5": pairs[names.index("C5")][0],
            "c5_share": pairs[names.index("C5")][0] / paper.parameters,
            "saved": remake.row("C3").weights - paper.row("C3").weights,
            "saved_share": (remake.row("C3").weights - paper.row("C3").weights) / remake.parameters,
            "saved_work": 1 - paper.multiply_adds / remake.multiply_adds,
            "total": (paper.parameters, remake.parameters),
        },
    )


@figure(
    alt="Left, the scaled tanh crosses the line of equal input and output at 0 and near "
    "{rest:.3f}. Right, applied {n_steps} times it brings a start at {starts[0]:g} up to "
    "{ends[0]:.2f}, where tanh brings it down to {plain_ends[0]:.2f}."
)
def squashing() -> Drawing:
    """Draw the squashing function of LeNet-5 and what many layers of it would do.

    Returns
    -------
    Drawing
        The function beside tanh, and both applied to their own outputs.

    See Also
    --------
    dlcv_viz.numerics.lenet.scaled_tanh : The function.
    """
    a, starts, n_steps = np.linspace(-3, 3, 241), np.array([0.25, 0.6, 1.6]), 20
    fig = canvas(WIDE, 286)
    left, right = panel(fig, 30, 40, 236, 206), panel(fig, 312, 40, 236, 206)
    left.set(xlim=(-3, 3), ylim=(-2, 2), xticks=[-3, -1, 1, 3], yticks=[-1, 0, 1])
    name_axes(left, "a", "output")
    zero_lines(left)
    line(left, np.array([-2.0, 2.0]), np.array([-2.0, 2.0]), "edge", width=THIN)
    line(left, a, scaled_tanh(a), "accent-1", width=STRONG)
    line(left, a, np.tanh(a), "accent-2", dashed=True)
    points(left, np.array([[-1.0, -1.0], [1.0, 1.0]]), "accent-1", size=7)
    say(left, -0.2, 1.62, "1.7159·tanh(2a/3)", "accent-1", bold=True, ha="right")
    say(left, 2.95, 0.72, "tanh a", "accent-2", bold=True, ha="right")
    right.set(xlim=(0, n_steps), ylim=(0, 1.7), xticks=[0, 10, 20], yticks=[0, 1])
    name_axes(right, "times applied", "value")
    limit(right, 1)
    ends = []
    for function, role in ((scaled_tanh, "accent-1"), (np.tanh, "accent-2")):
        paths = _iterated(function, starts, n_steps)
        for path in paths.T:
            line(right, np.arange(n_steps + 1.0), path, role, dashed=True)
        ends.append(paths[-1])
    say(right, 19.5, 1.12, "scaled", "accent-1", bold=True, ha="right")
    say(right, 19.5, 0.38, "plain tanh", "accent-2", bold=True, ha="right")
    one = np.ones(1)
    return Drawing(
        fig,
        facts={
            "at_one": scaled_tanh(one)[0],
            "tanh_at_one": np.tanh(1.0),
            "slope_at_zero": scaled_tanh_derivative(0 * one)[0],
            "slope_at_one": scaled_tanh_derivative(one)[0],
            "limit": AMPLITUDE,
            "most_bent": 1.5 * np.arctanh(3**-0.5),  # where t(1 − t²) of t = tanh(2a/3) is largest
            "rest": _iterated(scaled_tanh, one, 200)[-1, 0],
            "starts": starts,
            "n_steps": n_steps,
            "ends": ends[0],
            "plain_ends": ends[1],
        },
    )


@figure(
    alt="Noisy digits, the confusion matrix of a reader of {n_test} of them, and its error against "
    "the share it refuses. {accuracy:.0%} are right; without the least sure {refused:.0%} it is "
    "{accuracy_after:.1%}. From raw pixels: {raw_accuracy:.0%} and {raw_accuracy_after:.1%}."
)
def digit_rejector(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Read digits through fixed random kernels, and refuse those that are least sure.

    Parameters
    ----------
    seed : int, default 0
        Of the kernels.

    Returns
    -------
    Drawing
        Some of the digits, the confusion matrix, and errors over the share that is refused, from
        S4 and from raw pixels.

    See Also
    --------
    dlcv_viz.numerics.rejection.errors_after_rejection : Computes the curve.
    """
    x, y = placed_digits(N_TEST, shift=SHIFT, noise=NOISE, seed=1)
    scores = [
        _taught(SHIFT, kernels).scores(_features(x, kernels)) for kernels in (_kernels(seed), None)
    ]
    errors = [errors_after_rejection(margins(s), s.argmax(axis=1) == y) for s in scores]
    confusion = np.zeros((10, 10))
    np.add.at(confusion, (y, scores[0].argmax(axis=1)), 1)
    fig = canvas(WIDE, 306)
    _draw_samples(stage(fig, 8, 8, 112, 290), x, y)
    _draw_confusion(stage(fig, 134, 8, 216, 290), confusion)
    _draw_errors(panel(fig, 398, 40, 146, 222), errors, REFUSED)
    first = round(REFUSED * N_TEST)
    off = confusion - np.diag(np.diag(confusion))
    worst = np.unravel_index(off.argmax(), off.shape)
    return Drawing(
        fig,
        facts={
            "n_train": N_TRAIN,
            "n_test": N_TEST,
            "shift": SHIFT,
            "noise": NOISE,
            "strength": STRENGTH,
            "refused": REFUSED,
            "accuracy": 1 - errors[0][0],
            "accuracy_after": 1 - errors[0][first],
            "raw_accuracy": 1 - errors[1][0],
            "raw_accuracy_after": 1 - errors[1][first],
            "n_wrong": int(off.sum()),
            "n_wrong_after": round(errors[0][first] * (N_TEST - first)),
            "n_kept": N_TEST - first,
            "n_refused": first,
            "n_refused_wrong": int(off.sum()) - round(errors[0][first] * (N_TEST - first)),
            "worst": [int(n) for n in worst],
            "n_worst": int(off.max()),
            "n_features": 400,
            "n_pixels": FIELD**2,
        },
    )


@figure(
    alt="A strip of {width} by {height} pixels with the digits {written}. The reader slides over "
    "it in steps of {jump} pixels; its margin is above {sure:g} at {n_sure} of {n_windows} places, "
    "which read {read}. One pass takes {times:.1f} times fewer multiply-adds than {n_windows}."
)
def sliding() -> Drawing:
    """Slide the reader of one digit over a strip of several.

    Returns
    -------
    Drawing
        The strip, and below each window how sure the answer is.

    See Also
    --------
    dlcv_viz.numerics.convolution.conv2d : Slides it.
    """
    strip = digit_strip(STRIP, PITCH, noise=NOISE, seed=1)
    scores = _slid(strip)
    sure, answers = margins(scores), scores.argmax(axis=1)
    jump, size = _paper().row("C5").jump[1], 5.0
    middles = FIELD / 2 + jump * np.arange(len(scores))
    width = size * strip.shape[1]
    fig = canvas(WIDE, 318)
    ax = stage(fig, 26, 142, width, 172)
    _show_paper(ax, strip, 0, 164, size)
    frame(ax, 0, 164, size * FIELD, size * FIELD)
    below = panel(fig, 26, 36, width, 84)
    below.set(xlim=(0, strip.shape[1]), ylim=(0, 2.6), yticks=[0, 1, 2], xticks=[16, 40, 64, 88])
    name_axes(below, "middle of the window, pixel", "margin")
    limit(below, SURE)
    for middle, margin, answer in zip(middles, sure, answers, strict=True):
        is_sure = margin >= SURE
        role = "accent-2" if is_sure else "edge"
        below.bar([middle], [margin], width=2.6, color=MARKER[role], zorder=2)
        told = "accent-2" if is_sure else "muted"
        say(below, middle, 2.25, f"{answer}", told, bold=is_sure)
    once, each = (_work(width) for width in (strip.shape[1], FIELD))
    return Drawing(
        fig,
        facts={
            "written": "".join(map(str, STRIP)),
            "read": "".join(str(n) for n in answers[sure >= SURE]),
            "height": strip.shape[0],
            "width": strip.shape[1],
            "jump": jump,
            "sure": SURE,
            "n_sure": int((sure >= SURE).sum()),
            "n_windows": len(scores),
            "least_sure": sure[sure >= SURE].min(),
            "most_unsure": sure[sure < SURE].max(),
            "once": once,
            "one_by_one": len(scores) * each,
            "times": len(scores) * each / once,
        },
    )


@figure(
    alt="A noisy digit turns into {maps[0]} maps, these into {maps[1]} smaller ones, and these "
    "into ten answers, of which one lights up."
)
def thumbnail() -> Drawing:
    """Draw the module's card: a digit, its maps, its answer.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    maps = _maps_of_digit()
    _show_paper(ax, _digit(), 7, 114, 2.45)
    for left, top, size, step, name in ((94, 112, 1.8, 5.0, "C1"), (163, 107, 3.0, 1.9, "C3")):
        for k, values in enumerate(maps[name]):
            seen = values.copy()
            if k < len(maps[name]) - 1:  # the next map lies on the rest, which need not be loaded
                covered = int(np.ceil(step / size))
                seen[covered:, covered:] = 0
            _show_map(ax, seen, left + step * k, top - step * k, size)
    for k in range(10):
        role = "accent-2" if k == 3 else "line"
        ax.add_patch(Rectangle((227, 16 + 12 * k), 9, 9, color=MARKER[role], lw=0))
    return Drawing(fig, facts={"maps": [len(maps["C1"]), len(maps["C3"])]})


@example
def dimension_walk() -> Facts:
    """Follow the side of the maps from the input to C5.

    Returns
    -------
    Facts
        Kernel, stride and side of each layer, from the formula; the ledger has the same.
    """
    names, kernels, strides = ("C1", "S2", "C3", "S4", "C5"), (5, 2, 5, 2, 5), (1, 2, 1, 2, 1)
    sides = [FIELD]
    for kernel, stride in zip(kernels, strides, strict=True):
        sides.append(output_size(sides[-1], kernel, stride=stride))
    return {
        "names": names,
        "kernels": kernels,
        "strides": strides,
        "before": sides[:-1],
        "after": sides[1:],
        "start": FIELD,
        "small": output_size(28, 5),
    }


@example
def modern_count() -> Facts:
    """Count the parameters of the remake.

    Returns
    -------
    Facts
        Parameters and multiply-adds of each layer that has some, and their sums.
    """
    found = _remake()
    rows = [row for row in found.rows if row.parameters]
    counts = [row.parameters for row in rows]
    return {
        "names": [row.name for row in rows],
        "counts": counts,
        "work": [row.multiply_adds for row in rows],
        "convolutions": sum(counts[:3]),
        "dense": sum(counts[3:]),
        "total": found.parameters,
        "total_work": found.multiply_adds,
        "c5_share": counts[2] / found.parameters,
        "c3_work_share": rows[1].multiply_adds / found.multiply_adds,
    }


@example
def paper_count() -> Facts:
    """Count the parameters of the paper's network.

    Returns
    -------
    Facts
        Those of each layer, how many maps of C3 see how many of S2, and their sums.
    """
    found = _paper()
    rows = [row for row in found.rows if row.parameters]
    seen = [len(links) for links in lenets.C3_LINKS]
    sizes = sorted(set(seen))
    return {
        "names": [row.name for row in rows],
        "counts": [row.parameters for row in rows],
        "total": found.parameters,
        "sizes": sizes,
        "how_many": [seen.count(size) for size in sizes],
        "links": sum(seen),
        "all_links": 6 * len(seen),
        "c3": found.row("C3").parameters,
        "c3_full": _remake().row("C3").parameters,
        "fixed": found.row("output").buffers,
        "c3_saved": _remake().row("C3").parameters - found.row("C3").parameters,
        "output": _remake().row("output").parameters,
        "c5_share": found.row("C5").parameters / found.parameters,
        "difference": _remake().parameters - found.parameters,
    }


@example
def connections() -> Facts:
    """Count connections as the paper does: what each unit reads, its bias among it.

    Returns
    -------
    Facts
        Units of each layer, what each reads on average, and the products.
    """
    found = _paper()
    units = [row.activations for row in found.rows]
    # A row alone is a network of one layer to the count, which looks at no neighbours.
    counts = [
        lenets.connections(Ledger(found.network, found.input_shape, (row,))) for row in found.rows
    ]
    total = lenets.connections(found)
    return {
        "names": [row.name for row in found.rows],
        "units": units,
        "reads": [count / unit for count, unit in zip(counts, units, strict=True)],
        "counts": counts,
        "total": total,
        "without_output": total - counts[-1],
        "parameters": found.parameters,
        "per_weight": total / found.parameters,
    }


@example
def field_walk() -> Facts:
    """Follow the receptive field from layer to layer.

    Returns
    -------
    Facts
        Kernel, stride, jump before and field after each layer, and where C3's middles lie.
    """
    windows = ((5, 1, 1), (2, 2, 1), (5, 1, 1), (2, 2, 1), (5, 1, 1))
    found = fields_of(windows)
    c3 = _paper().row("C3")
    return {
        "names": ["C1", "S2", "C3", "S4", "C5"],
        "kernels": [kernel for kernel, _, _ in windows],
        "jumps_before": [1, *(field.jump for field in found[:-1])],
        "before": [1, *(field.size for field in found[:-1])],
        "fields": [field.size for field in found],
        "jumps": [field.jump for field in found],
        "c3_first": c3.start[0],
        "c3_last": c3.start[0] + (c3.shape[1] - 1) * c3.jump[0],
        "c3_step": c3.jump[0],
    }


@example
def one_window() -> Facts:
    """Subsample windows with none to four of their units on, in three settings.

    Returns
    -------
    Facts
        Units that are on, the sum, and the output of each setting.
    """
    on = np.arange(5)
    x = np.where(np.arange(4) < on[:, None], 1.0, -1.0).reshape(5, 1, 2, 2)
    settings = {"blur": (0.25, 0.0), "or": (2.0, 6.0), "and": (2.0, -6.0)}
    outputs = {
        name: trainable_subsampling(x, np.array([w]), np.array([b])).ravel()
        for name, (w, b) in settings.items()
    }
    return {
        "on": on,
        "sums": x.sum(axis=(1, 2, 3)),
        **outputs,
        **{f"w_{name}": w for name, (w, _) in settings.items()},
        **{f"b_{name}": b for name, (_, b) in settings.items()},
    }


@example
def nearest_code() -> Facts:
    """Compare four activations with the codes of three classes.

    Returns
    -------
    Facts
        Distances, the answer, its loss with and without the other classes, and the margin.
    """
    codes = np.array([[1.0, 1.0, -1.0, -1.0], [1.0, -1.0, 1.0, -1.0], [-1.0, 1.0, 1.0, 1.0]])
    x, rubbish = np.array([0.8, 0.5, -0.9, -1.0]), 5.0
    distances = squared_distances(x, codes)
    losses = [map_criterion(distances, label, rubbish) for label in range(3)]
    ordered = np.sort(distances)
    return {
        "x": x,
        "classes": ["A", "B", "C"],
        **{f"code_{place + 1}": column for place, column in enumerate(codes.T)},
        "distances": distances,
        "losses": losses,
        "rubbish": rubbish,
        "answer": "ABC"[int(distances.argmin())],
        "margin": ordered[1] - ordered[0],
        "shares": np.exp(-np.array(losses)),
        "rubbish_share": 1 - np.exp(-np.array(losses)).sum(),
    }


@example
def refuse_some() -> Facts:
    """Refuse the least sure of ten answers, one after another.

    Returns
    -------
    Facts
        Margins and whether each answer is right, surest first, and errors by how many are refused.
    """
    sure = np.array([1.9, 1.7, 1.6, 1.4, 1.2, 0.9, 0.6, 0.4, 0.3, 0.1])
    is_right = np.array([True, True, True, True, True, False, True, True, False, False])
    errors = errors_after_rejection(sure, is_right)
    return {
        "place": np.arange(1, len(sure) + 1),
        "margins": sure,
        "right": ["yes" if right else "no" for right in is_right],
        "kept_errors": errors[::-1],
        "n": len(sure),
        "n_wrong": int((~is_right).sum()),
        "error": errors[0],
        "after_two": errors[2],
        "after_five": errors[5],
    }


@example
def successors() -> Facts:
    """Compare LeNet-5 with AlexNet.

    Returns
    -------
    Facts
        Parameters of both, and how many times as many.
    """
    alexnet = ledger(alexnets.paper(), alexnets.PAPER_INPUT_SHAPE)
    small = _remake()
    return {
        "alexnet": alexnet.parameters,
        "lenet": small.parameters,
        "times": alexnet.parameters / small.parameters,
        "work_times": alexnet.multiply_adds / small.multiply_adds,
        "megabytes": 4 * small.parameters / 1e6,
    }


def _paper() -> Ledger:
    return ledger(lenets.paper(), lenets.INPUT_SHAPE).condensed()


def _remake() -> Ledger:
    return ledger(lenets.remake(), lenets.INPUT_SHAPE).condensed()


def _work(width: int) -> int:
    """Return the multiply-adds of the convolutions on a strip, C5's among them."""
    convolutions = takewhile(lambda part: part.name != "flatten", lenets.paper().parts)
    return ledger(chain("up to C5", convolutions), (1, FIELD, width)).multiply_adds


def _kernels(seed: int = 0) -> Kernels:
    """Draw kernels of C1 and C3 whose sums have about the variance of what they read."""
    rng = np.random.default_rng(seed)
    n_seen = np.array([len(seen) for seen in lenets.C3_LINKS])
    c1 = rng.normal(size=(6, 1, 5, 5)) / 5
    return c1, rng.normal(size=(16, 6, 5, 5)) / (5 * np.sqrt(n_seen))[:, None, None, None]


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit in the middle of a layer's map, and the pixels that it sees; squares only."""

    n_maps: int
    map_side: int
    index: int
    field: int
    jump: int
    low: int

    @classmethod
    def of(cls, layer: str) -> "_Unit":
        """Find it in the ledger of the paper."""
        if layer == "input":
            return cls(1, FIELD, FIELD // 2, 1, 1, FIELD // 2)
        row = _paper().row(layer)
        side = row.shape[1] if len(row.shape) == 3 else 1
        (field, _), (jump, _), (start, _) = row.receptive_field, row.jump, row.start
        low = start + side // 2 * jump - (field - 1) / 2
        return cls(row.shape[0], side, side // 2, field, jump, int(low))

    @property
    def told(self) -> str:
        """What the maps are, and how far on the next unit sees."""
        if self.map_side == 1:
            return f"{self.n_maps} units in a row, all see the same"
        maps = f"{self.n_maps} maps" if self.n_maps > 1 else "one map"
        step = f"{self.jump} pixels" if self.jump > 1 else "one pixel"
        return f"{maps} of {self.map_side} × {self.map_side}; the next unit: {step} on"


def _digit() -> FloatArray:
    return digit_strip([3], PITCH, noise=NOISE, seed=0)


def _maps_of_digit() -> dict[str, FloatArray]:
    """Return the maps of all layers for one digit, from random weights."""
    maps = {"input": _digit()[None]}
    found = feature_maps(maps["input"][None], *_kernels(), lenets.C3_LINKS)
    maps |= {name: values[0] for name, values in found.items()}
    rng, signal = np.random.default_rng(1), maps["S4"].ravel()
    for name, n_units in (("C5", 120), ("F6", 84), ("output", 10)):
        signal = scaled_tanh(rng.normal(size=(n_units, len(signal))) @ signal / len(signal) ** 0.5)
        maps[name] = signal
    return maps


def _show_paper(ax: Axes, values: FloatArray, left: float, top: float, size: float) -> None:
    pixels(ax, values, left, top, size, colours=grey().reversed(), limits=PAPER_AND_INK)


def _show_map(ax: Axes, values: FloatArray, left: float, top: float, size: float) -> None:
    limits = -AMPLITUDE, AMPLITUDE
    pixels(ax, values, left, top, size, colours=diverging(), limits=limits)


# Columns of maps or units, points a unit, points from one map to the next.
_LAYOUT = {
    "input": (1, PIXEL, 0.0),
    "C1": (3, 2.75, 84.0),
    "S2": (3, 5.5, 84.0),
    "C3": (4, 5.5, 62.0),
    "S4": (4, 11.0, 62.0),
    "C5": (12, 20.0, 0.0),
    "F6": (7, 18.0, 0.0),
    "output": (2, 40.0, 0.0),
}


def _show_maps(ax: Axes, layer: str, place: _Unit, left: float, top: float) -> None:
    """Draw the maps of a layer, and link one of their units to its field."""
    values = _maps_of_digit()[layer]
    columns, size, pitch = _LAYOUT[layer]
    show = _show_paper if layer == "input" else _show_map
    if values.ndim == 1:
        show(ax, values.reshape(-1, columns), left, top, size)
    else:
        for k, each in enumerate(values):
            show(ax, each, left + pitch * (k % columns), top - pitch * (k // columns), size)
    unit = Box(left + size * place.index, top - size * place.index, size, size)
    around = Box(unit.left - 1.5, unit.top + 1.5, unit.width + 3, unit.height + 3)
    corners = around.left, around.top, around.width, around.height
    frame(ax, *corners, role="plate", width_pt=2 * STRONG, above=7)  # maps are orange, too
    frame(ax, *corners)
    field = PIXEL * place.field
    seen = Box(PIXEL * place.low, top - PIXEL * place.low, field, field)
    beam(ax, seen, around, free=(PIXEL * FIELD, left))


def _veil(ax: Axes, place: _Unit, size: float, top: float) -> None:
    """Cover what a unit does not see."""
    whole, low, high = size * FIELD, size * place.low, size * (place.low + place.field)
    for left, above, width, height in (
        (0, top, whole, low),
        (0, top - high, whole, whole - high),
        (0, top - low, low, high - low),
        (high, top - low, whole - high, high - low),
    ):
        veil = Rectangle((left, above - height), width, height, color=MARKER["plate"], lw=0)
        veil.set(alpha=0.6, zorder=3)
        ax.add_patch(veil)


def _draw_table(ax: Axes, table: FloatArray, columns: Sequence[int]) -> None:
    """Draw the links, and below each column its parameters."""
    left, top, size = 30.0, 232.0, 17.0
    say(ax, 0, 276, "S2 maps that each C3 map sees", bold=True, size=TITLE, ha="left")
    say(ax, 0, 260, "a column is a map of C3, a row one of S2", "muted", size=SMALL, ha="left")
    cells(ax, table, left, top, size, limit=1, form="")
    for made in range(table.shape[1]):
        say(ax, left + size * (made + 0.5), top + 9, str(made), "muted", size=SMALL)
    for seen in range(table.shape[0]):
        say(ax, left - 9, top - size * (seen + 0.5), str(seen), "muted", size=SMALL)
    foot = 24.0
    say(ax, 0, 108, "parameters of each map", "muted", size=SMALL, ha="left")
    middles = [left + size * (made + 0.5) for made in range(len(columns))]
    heights = [0.42 * count for count in columns]
    ax.bar(middles, heights, width=12, bottom=foot, color=MARKER["accent-1"], zorder=2)
    for count in dict.fromkeys(columns):
        among = [x for x, each in zip(middles, columns, strict=True) if each == count]
        x = (among[0] + among[-1]) / 2
        say(ax, x, foot + 0.42 * count + 8, f"{count}", "accent-1", bold=True)
        told = f"{len(among)} maps" if len(among) > 1 else "1"
        say(ax, x, foot - 10, told, "muted", size=SMALL)


def _draw_pairs(ax: Axes, names: Sequence[str], pairs: Sequence[tuple[int, int]]) -> None:
    """Draw the parameters of each layer as two bars, those of the paper above."""
    start, room, step = 46.0, 118.0, 34.0
    largest = max(max(pair) for pair in pairs)
    totals = (sum(pair[k] for pair in pairs) for k in (0, 1))
    looks = ("accent-1", "accent-2")
    for k, (told, total, role) in enumerate(zip(("paper", "remake"), totals, looks, strict=True)):
        say(ax, 0, 276 - 16 * k, f"{told}: {total:,}", role, bold=True, size=TITLE, ha="left")
    for row, (name, pair) in enumerate(zip(names, pairs, strict=True)):
        middle = 226 - step * row
        say(ax, 0, middle, name, "muted", size=SMALL, ha="left")
        for count, role, rise in zip(pair, looks, (6.5, -6.5), strict=True):
            length = room * count / largest
            ax.barh([middle + rise], [length], 9, [start], color=MARKER[role], zorder=2)
            say(ax, start + length + 4, middle + rise, f"{count:,}", size=SMALL, ha="left")


def _iterated(
    function: Callable[[FloatArray], FloatArray], starts: FloatArray, n_steps: int
) -> FloatArray:
    """Return the starts and what each application makes of them, a row each."""
    rows = [starts]
    for _ in range(n_steps):
        rows.append(function(rows[-1]))
    return np.array(rows)


def _features(x: FloatArray, kernels: Kernels | None) -> FloatArray:
    """Return the maps of S4 of fields as rows; without kernels the pixels."""
    if kernels:
        x = feature_maps(x[:, None], *kernels, lenets.C3_LINKS)["S4"]
    return x.reshape(len(x), -1)


def _taught(shift: int, kernels: Kernels | None) -> RidgeReader:
    x, y = placed_digits(N_TRAIN, shift=shift, noise=NOISE, seed=0)
    return fit_ridge_reader(_features(x, kernels), y, STRENGTH, n_classes=10)


def _slid(strip: FloatArray) -> FloatArray:
    """Return the scores of all windows of a strip: the reader as a convolution over S4."""
    reader = _taught(SHIFT - 1, _kernels())
    maps = feature_maps(strip[None, None], *_kernels(), lenets.C3_LINKS)["S4"]
    kernels = reader.weights.T.reshape(10, 16, 5, 5)
    biases = reader.offsets - reader.mean @ reader.weights
    return conv2d(maps, kernels, biases)[0, :, 0].T


def _draw_samples(ax: Axes, x: FloatArray, y: IntArray) -> None:
    say(ax, 0, 282, f"ten of {len(x)}", bold=True, size=TITLE, ha="left")
    for n in range(10):
        first = int((y == n).argmax())
        left, top = 54 * (n % 2), 270 - 54 * (n // 2)
        _show_paper(ax, x[first], left, top, 1.5)


def _draw_confusion(ax: Axes, confusion: FloatArray) -> None:
    """Draw how often each digit was read as which; mistakes are bold."""
    left, top, size = 22.0, 252.0, 19.0
    say(ax, 0, 282, "true digit down, read as across", bold=True, size=TITLE, ha="left")
    shown = np.where(confusion, confusion, np.nan)
    wrong = ~np.eye(10, dtype=bool)
    cells(ax, shown, left, top, size, limit=float(confusion.max()), strong=wrong, text=SMALL)
    for n in range(10):
        say(ax, left + size * (n + 0.5), top + 10, str(n), "muted", size=SMALL)
        say(ax, left - 10, top - size * (n + 0.5), str(n), "muted", size=SMALL)


def _draw_errors(ax: Axes, errors: Sequence[FloatArray], marked: float) -> None:
    """Draw errors over the share that is refused, and mark one share."""
    ax.set(xlim=(0, 0.6), ylim=(0, 0.36), xticks=[0, 0.3, 0.6], yticks=[0, 0.1, 0.2, 0.3])
    ax.set_xticklabels(["0", "30%", "60%"])
    ax.set_yticklabels(["0", "10%", "20%", "30%"])
    name_panel(ax, "of those answered", rise=22)
    name_axes(ax, "refused", "wrong")
    looks = (("accent-1", "from S4", (0.03, 0.03)), ("accent-2", "from pixels", (0.22, 0.26)))
    for error, (role, told, at) in zip(errors, looks, strict=True):
        share = np.arange(len(error)) / len(error)
        line(ax, share[share <= 0.6], error[share <= 0.6], role, dashed=True)
        points(ax, np.array([[marked, error[round(marked * len(error))]]]), role, size=7)
        say(ax, *at, told, role, bold=True, ha="left")
