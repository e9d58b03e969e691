"""Figures and worked examples of the module *AlexNet*."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated, Literal, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dlcv_viz.architectures import alexnet as alexnets
from dlcv_viz.architectures.layers import (
    ACTIVATION,
    CONVOLUTION,
    DENSE,
    DROPOUT,
    FLATTEN,
    MAX_POOLING,
    SOFTMAX,
)
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import FLOAT_BYTES, INPUT, Ledger, Row
from dlcv_viz.architectures.table import shape_facts, shares_of
from dlcv_viz.data.lights import lights
from dlcv_viz.data.spiral import spiral
from dlcv_viz.data.village import village
from dlcv_viz.draw import plane
from dlcv_viz.draw.architecture import whole_network
from dlcv_viz.draw.canvas import (
    LINE,
    SMALL,
    STRONG,
    THIN,
    TITLE,
    WIDE,
    canvas,
    equal_units,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.marks import arrow, frame, line, points, ring, say
from dlcv_viz.draw.matrix import picture
from dlcv_viz.draw.shares import shares
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.backprop import steps_per_epoch
from dlcv_viz.numerics.convolution_cost import conv_parameters
from dlcv_viz.numerics.convolution_size import output_size
from dlcv_viz.numerics.local_response_normalization import (
    ALPHA,
    BETA,
    SIZE,
    K,
    local_response_norm,
    loudest_input,
)
from dlcv_viz.numerics.network import Network, forward, random_network
from dlcv_viz.numerics.optimizers import Gradient, Momentum, Optimizer, states
from dlcv_viz.numerics.principal_colours import colour_shift, principal_colours
from dlcv_viz.numerics.quadratic import heavy_ball_factor
from dlcv_viz.numerics.scaled_momentum import ScaledMomentum
from dlcv_viz.numerics.training import binary_cross_entropy, train
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

LayerName = Literal["conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7", "fc8"]
Version = Literal["paper", "one tower"]
LAYERS: tuple[LayerName, ...] = get_args(LayerName)
VERSIONS: tuple[Version, ...] = get_args(Version)
BATCH, N_TRAIN, EPOCHS, CLASSES = 128, 1_200_000, 90, 1000  # of the paper
SIDE, CROP = 256, 224  # pixels of a training picture, and of what the network gets
DRAW, VIEW_DRAW = 0.1, 0.5  # deviation of the draws that shift colours; so that one sees it
RATE, KEPT, DECAY = 0.01, 0.9, 0.0005  # of the paper's update

# Kernel, stride and padding of the layers that slide.
WINDOWS = {
    "conv1": (11, 4, 0),
    "pool1": (3, 2, 0),
    "conv2": (5, 1, 2),
    "pool2": (3, 2, 0),
    "conv3": (3, 1, 1),
    "conv4": (3, 1, 1),
    "conv5": (3, 1, 1),
    "pool5": (3, 2, 0),
}

RACERS = (
    ("relu", "ReLU", "accent-1"),
    ("tanh", "tanh", "accent-2"),
    ("sigmoid", "sigmoid", "accent-3"),
)
STEPS, EVERY = tuple(range(0, 401, 20)), 4  # of the race; its errors are measured every so often
TURNS, N_EACH, WIDTHS = 1.75, 64, (2, 32, 32, 32, 32, 1)
RACE_RATE, GOOD = 0.1, 0.25  # of the race, and the error that ends it

SMALL_SIDE, SMALL_CROP, N_LIGHTS = 64, 56, 24  # a quarter of the paper's sides
COLOURS = ("accent-1", "accent-2")  # of the two GPUs
Half = tuple[int, int]  # the number of a layer's row, and its GPU, 0 or 1


@figure(
    alt="AlexNet to scale, from left to right. The side of a map falls from {sides[0]} over "
    "{sides[1]} and {sides[3]} to {sides[7]}, their number grows from {maps[0]} over {maps[2]} to "
    "{maps[4]}; two rows of {units[0]:,} units and one of {units[2]:,} follow."
)
def to_scale() -> Drawing:
    """Draw the network of 2012 from its ledger.

    Returns
    -------
    Drawing
        Heights are sides of the maps, widths the roots of their number.

    See Also
    --------
    dlcv_viz.architectures.alexnet.paper : Describes it.
    """
    found = _network("paper")
    fig = whole_network(found, 262, has_input=False)
    return Drawing(
        fig,
        facts={
            "input": found.input_shape[1],
            "names": [row.name for row in found.rows],
            **shape_facts(row.shape for row in found.rows),
        },
    )


@figure(
    alt="Two parallel stacks of maps to scale, one a GPU. {layer} on GPU 1 reads {reads:,} of "
    "{all:,} maps or units and fetches {fetched:,} numbers from GPU 2. The stacks cross at conv3 "
    "and the dense layers only.",
    sweep=Sweep("layer", LAYERS, label="layer", start=2),
)
def two_gpu_map(*, layer: LayerName = "conv3") -> Drawing:
    """Draw the halves of the paper's network, and what one half of a layer depends on.

    Parameters
    ----------
    layer : str, default "conv3"
        Its half on GPU 1 is asked what it needs.

    Returns
    -------
    Drawing
        The two stacks with all ways between maps; those that the half needs are strong.

    See Also
    --------
    dlcv_viz.architectures.alexnet.paper : Has the groups.
    """
    rows = _network("paper").rows
    asked = _number(layer)
    needed = _needed((asked, 0))
    fig = canvas(WIDE, 330)
    ax = stage(fig, 8, 6, WIDE - 16, 318)
    _draw_stacks(ax, needed, (asked, 0))
    reads, fetched = _reads(rows[asked]), _fetched(rows[asked])
    everything = rows[asked - 1].shape[0] if asked else alexnets.PAPER_INPUT_SHAPE[0]
    unit = {"conv1": "colours", "fc7": "units", "fc8": "units"}.get(layer, "maps")
    say(ax, 90, 284, f"{layer} on GPU 1", bold=True, size=TITLE, ha="left")
    told = f"reads {reads:,} of {everything:,} {unit}, fetches {fetched:,} numbers"
    say(ax, 90, 269, told, "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "layer": layer,
            "reads": reads,
            "all": everything,
            "fetched": fetched,
            "needs_other": any(gpu for _, gpu in needed),
            "crossing": [row.name for row in rows if _crosses(row)],
        },
    )


@figure(
    alt="Two bars for each layer of AlexNet ({told}). The dense layers hold {dense_parameters:.1%} "
    "of the parameters, fc6 alone {fc6:.0%}, and do {dense_work:.1%} of the multiply-adds; the "
    "convolutions do {conv_work:.1%} with {conv_parameters:.1%} of the parameters.",
    sweep=Sweep("version", VERSIONS, label="version", start=0),
)
def params_vs_macs(*, version: Version = "paper") -> Drawing:
    """Draw which layers hold the parameters and which do the work.

    Parameters
    ----------
    version : str, default "paper"
        Of 2012, or of torchvision.

    Returns
    -------
    Drawing
        Shares of the parameters on the left, of the multiply-adds on the right.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    found = _network(version)
    names, held, done = shares_of(found, [row for row in found.rows if row.parameters])
    fig = canvas(WIDE, 262)
    ax = stage(fig, 12, 6, WIDE - 24, 250)
    shares(ax, names, held, done, heads=("Parameters", "Multiply-adds"))
    return Drawing(
        fig,
        facts={
            "told": "2012" if version == "paper" else "torchvision",
            "names": names,
            "held": held,
            "done": done,
            "fc6": held[5],
            "conv_parameters": sum(held[:5]),
            "dense_parameters": sum(held[5:]),
            "conv_work": sum(done[:5]),
            "dense_work": sum(done[5:]),
            "most_work": names[int(np.argmax(done))],
        },
    )


@figure(
    alt="Training errors on two spirals, and the regions of two networks. After {step} steps the "
    "error with ReLUs is {errors[0]:.0%}, with tanh {errors[1]:.0%}, with sigmoids "
    "{errors[2]:.0%}. ReLUs are below {good:.0%} from step {first[0]} on, tanh from {first[1]}.",
    sweep=Sweep("step", STEPS, label="step"),
)
def relu_vs_tanh_race(
    *, step: Annotated[int, Range(0, STEPS[-1])] = STEPS[-1], seed: Annotated[int, Range(0, 99)] = 2
) -> Drawing:
    """Train the same network with three activations on two spirals.

    Parameters
    ----------
    step : int, default 400
        How many steps were made.
    seed : int, default 2
        Of the weights; for tanh it is one of the middling ones.

    Returns
    -------
    Drawing
        The errors so far, and the regions with ReLU and with tanh.

    See Also
    --------
    dlcv_viz.numerics.training.train : Trains them.
    """
    runs = [_run(name, seed)[1] for name, _, _ in RACERS]
    fig = canvas(WIDE, 274)
    ax = panel(fig, 30, 40, 176, 176)
    _draw_race(ax, runs, step)
    for place in (0, 1):
        below = panel(fig, 246 + 166 * place, 40, 138, 138)
        _draw_regions(below, _run(RACERS[place][0], seed)[0][step], place)
    return Drawing(
        fig,
        facts={
            "step": step,
            "n_steps": STEPS[-1],
            "n": 2 * N_EACH,
            "turns": TURNS,
            "width": WIDTHS[1],
            "hidden": len(WIDTHS) - 2,
            "rate": RACE_RATE,
            "good": GOOD,
            "errors": [_at(errors, step) for errors in runs],
            "ends": [float(errors[-1]) for errors in runs],
            "first": [_told_first(errors) for errors in runs],
        },
    )


@figure(
    alt="Left, one map at {loud:g} among neighbours at {near:g}: normalized it is {loud_out:.1f}, "
    "a neighbour {near_out:.1f}, and a map at {near:g} that stands alone {lone_out:.1f}. Right, "
    "the result rises with the activation up to {peaks[0]:g}, then falls."
)
def loud_neighbours() -> Drawing:
    """Draw what local response normalization does to twelve maps at one place, and to one alone.

    Returns
    -------
    Drawing
        Activations before and after; and the result over the activation, for three
        neighbourhoods.

    See Also
    --------
    dlcv_viz.numerics.local_response_normalization.local_response_norm : Computes both.
    """
    loud, near = 250.0, 90.0
    before = np.zeros(12)
    before[[2, 6, 8]], before[7] = near, loud
    after = local_response_norm(before[:, None, None]).ravel()
    fig = canvas(WIDE, 290)
    _draw_twelve(fig, before, after)
    ax = panel(fig, 326, 40, 220, 196)
    a = np.linspace(0, 600, 301)
    ax.set(xlim=(0, 600), ylim=(0, 60), xticks=[0, 200, 400, 600], yticks=[0, 20, 40, 60])
    name_axes(ax, "activation", "normalized")
    curves = {
        "accent-1": _normalized(a, np.zeros_like(a)),
        "accent-2": _normalized(a, np.full_like(a, 100.0)),
        "accent-3": _normalized(a, a),
    }
    for role, heights in curves.items():
        line(ax, a, heights, role, dashed=True)
    peaks = [loudest_input(n) for n in (1, SIZE)]
    for peak, role in zip(peaks, ("accent-1", "accent-3"), strict=True):
        height = np.interp(peak, a, curves[role])
        points(ax, np.array([[peak, height]]), role, size=8, above=6)
    say(ax, 330, 54, "neighbours silent", "accent-1", bold=True, ha="left")
    say(ax, 598, 27, "neighbours at 100", "accent-2", bold=True, ha="right")
    say(ax, 598, 6, "neighbours as loud", "accent-3", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "size": SIZE,
            "alpha": ALPHA,
            "beta": BETA,
            "k": K,
            "loud": loud,
            "near": near,
            "loud_out": after[7],
            "near_out": after[6],
            "lone_out": after[2],
            "ratio": loud / near,
            "ratio_out": after[7] / after[2],
            "peaks": peaks,
            "highest": float(_normalized(peaks[:1], np.zeros(1))[0]),
            "at_600": float(curves["accent-1"][-1]),
        },
    )


@figure(
    alt="One picture of a village, nine views of it that are cut, mirrored and recoloured, and "
    "its colours in the plane of the first two principal directions, of which the first has "
    "{share:.0%} of the variance. Each window has {windows} places and a mirror image."
)
def augmentation(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw what one labelled picture becomes in training.

    Parameters
    ----------
    seed : int, default 0
        Of the nine views.

    Returns
    -------
    Drawing
        The picture, views of it, the plane of its colours, and shifts along each direction.

    See Also
    --------
    dlcv_viz.numerics.principal_colours.colour_shift : Shifts the colours.
    """
    rgb = _square()
    variances, directions = _colours()
    roots = np.sqrt(variances)
    fig = canvas(WIDE, 346)
    ax = stage(fig, 8, 8, WIDE - 16, 330)
    say(ax, 0, 321, "one labelled picture", bold=True, size=TITLE, ha="left")
    picture(ax, rgb, 0, 308, 2)
    rng = np.random.default_rng(seed)
    say(ax, 152, 321, "nine views of it", bold=True, size=TITLE, ha="left")
    for n in range(9):
        view, corner, is_mirrored = _view(rgb, rng, roots, directions)
        left, top = 152 + 61 * (n % 3), 308 - 61 * (n // 3)
        picture(ax, view, left, top, 57 / SMALL_CROP)
        if n == 0:
            _show_window(ax, corner, is_mirrored=is_mirrored)
    _draw_directions(ax, rgb, roots, directions)
    _draw_colours(panel(fig, 396, 172, 152, 134), directions, roots)
    places = (SMALL_SIDE - SMALL_CROP + 1) ** 2
    return Drawing(
        fig,
        facts={
            "side": SMALL_SIDE,
            "crop": SMALL_CROP,
            "windows": places,
            "views": 2 * places,
            "n_lights": N_LIGHTS,
            "variances": variances,
            "roots": roots,
            "share": variances[0] / variances.sum(),
            "first": directions[:, 0],
            "second": directions[:, 1],
            "third": directions[:, 2],
            "view_draw": VIEW_DRAW,
        },
    )


@figure(
    alt="Two stacks of maps side by side, joined by {links} crossing lines: in the middle, and at "
    "the end."
)
def thumbnail() -> Drawing:
    """Draw the module's card: two streams that cross.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    plan = _Plan.fitted(left=8, right=232, gap=13, unit=1.15, middles=(112, 38))
    needed = _needed((_number("fc8"), 0))
    n_links = plan.draw_links(ax, needed)
    plan.draw_maps(ax, needed)
    return Drawing(fig, facts={"links": n_links})


@example
def easy_spirals() -> Facts:
    """Let ReLU and tanh race on spirals that wind once.

    Returns
    -------
    Facts
        The first measured steps at which their errors are low.
    """
    runs = [_run(name, 2, turns=1.0, steps=80)[1] for name, _, _ in RACERS[:2]]
    return {"turns": 1.0, "first": [_told_first(errors) for errors in runs]}


@example
def counts() -> Facts:
    """Count both versions by kind of layer.

    Returns
    -------
    Facts
        Lists have the paper's number first, then torchvision's.
    """
    both = [_network(version) for version in VERSIONS]
    convolutions = [found.of_kind(CONVOLUTION) for found in both]
    held = [sum(row.parameters for row in rows) for rows in convolutions]
    done = [sum(row.multiply_adds for row in rows) for rows in convolutions]
    paper = both[0]
    learned = [row for row in paper.rows if row.parameters]
    return {
        "totals": [found.parameters for found in both],
        "work": [found.multiply_adds for found in both],
        "conv": held,
        "conv_share": [n / found.parameters for n, found in zip(held, both, strict=True)],
        "dense": [found.parameters - n for n, found in zip(held, both, strict=True)],
        "dense_share": [1 - n / found.parameters for n, found in zip(held, both, strict=True)],
        "conv_work": [n / found.multiply_adds for n, found in zip(done, both, strict=True)],
        "dense_work": [1 - n / found.multiply_adds for n, found in zip(done, both, strict=True)],
        "units": sum(row.activations for row in learned),
        "n_learned": len(learned),
        "conv3_share": paper.row("conv3").parameters / paper.parameters,
        "conv4_share": paper.row("conv4").parameters / paper.parameters,
        "conv1_units": paper.row("conv1").activations,
        "field": paper.row("pool5").receptive_field[0],
        "whole": paper.row("fc6").receptive_field[0],
        "megabytes": FLOAT_BYTES * paper.parameters / 1e6,
    }


@example
def sizes() -> Facts:
    """Follow the side of the maps from the picture to pool5.

    Returns
    -------
    Facts
        Window, stride, padding and side of each layer; and what 224 pixels would give.
    """
    sides = [alexnets.PAPER_INPUT_SHAPE[1]]
    for kernel, stride, padding in WINDOWS.values():
        sides.append(output_size(sides[-1], kernel, stride=stride, padding=padding))
    kernel, stride, _ = WINDOWS["conv1"]
    return {
        "names": list(WINDOWS),
        "kernels": [window[0] for window in WINDOWS.values()],
        "strides": [window[1] for window in WINDOWS.values()],
        "paddings": [window[2] for window in WINDOWS.values()],
        "before": sides[:-1],
        "after": sides[1:],
        "start": sides[0],
        "told": CROP,
        "steps": (CROP - kernel) / stride,
        "rounded": output_size(CROP, kernel, stride=stride),
        "padded": output_size(CROP, kernel, stride=stride, padding=2),
    }


@example
def fc6() -> Facts:
    """Count the largest layer.

    Returns
    -------
    Facts
        Its inputs, weights and biases, and its share of the network.
    """
    found = _network("paper")
    row, before = found.row("fc6"), found.row("pool5")
    rest = [found.row(name).parameters for name in ("fc7", "fc8")]
    return {
        "side": before.shape[1],
        "maps": before.shape[0],
        "inputs": before.activations,
        "units": row.shape[0],
        "weights": row.weights,
        "biases": row.biases,
        "total": row.parameters,
        "rest": rest,
        "dense": row.parameters + sum(rest),
        "network": found.parameters,
        "share": row.parameters / found.parameters,
        "dense_share": (row.parameters + sum(rest)) / found.parameters,
    }


@example
def groups() -> Facts:
    """Count conv2 with and without groups.

    Returns
    -------
    Facts
        Parameters and multiply-adds of both.
    """
    found = _network("paper")
    row, before = found.row("conv2"), found.row("pool1")
    maps, n_in, places = row.shape[0], before.shape[0], row.shape[1] * row.shape[2]
    one, two = (conv_parameters(n_in, maps, 5, groups=g) for g in (1, 2))
    return {
        "maps": maps,
        "n_in": n_in,
        "half": n_in // 2,
        "side": row.shape[1],
        "one": one,
        "two": two,
        "saved": one - two,
        "work_one": (one - maps) * places,
        "work_two": row.multiply_adds,
    }


@example
def pooled_head() -> Facts:
    """Replace the dense layers by global average pooling and one dense layer.

    Returns
    -------
    Facts
        Lists have the paper's number first, then torchvision's.
    """
    both = [_network(version) for version in VERSIONS]
    head = (both[0].row("pool5").shape[0] + 1) * CLASSES
    kept = [sum(row.parameters for row in found.of_kind(CONVOLUTION)) for found in both]
    new = [n + head for n in kept]
    return {
        "maps": both[0].row("pool5").shape[0],
        "classes": CLASSES,
        "head": head,
        "kept": kept,
        "new": new,
        "old": [found.parameters for found in both],
        "saved": [1 - n / found.parameters for n, found in zip(new, both, strict=True)],
    }


@example
def five_maps() -> Facts:
    """Normalize the middle of five neighbouring maps.

    Returns
    -------
    Facts
        Activations, their squares, and the steps of the formula; and of small activations.
    """
    a = np.array([50.0, 100.0, 150.0, 200.0, 250.0])
    middle, tiny = (local_response_norm(scale * a[:, None, None]).ravel()[2] for scale in (1, 0.01))
    total = float((a**2).sum())
    return {
        "a": a,
        "squares": a**2,
        "total": total,
        "k": K,
        "alpha": ALPHA,
        "beta": BETA,
        "bracket": K + ALPHA * total,
        "divisor": (K + ALPHA * total) ** BETA,
        "middle": middle,
        "torch_alpha": SIZE * ALPHA,
        "mistaken": float(local_response_norm(a[:, None, None], alpha=ALPHA / SIZE)[2, 0, 0]),
        "tiny": tiny,
        "tiny_in": 0.01 * a[2],
        "tiny_bracket": K + ALPHA * total * 1e-4,
        "tiny_divisor": 0.01 * a[2] / tiny,
        "quiet": K**BETA,
    }


@example
def views() -> Facts:
    """Count the windows of 224 pixels in 256, and their mirror images.

    Returns
    -------
    Facts
        As the paper counts them, as one counts places, and the ten of a test.
    """
    free = SIDE - CROP
    return {
        "side": SIDE,
        "crop": CROP,
        "free": free,
        "paper": 2 * free**2,
        "places": free + 1,
        "counted": 2 * (free + 1) ** 2,
        "ten": 2 * (4 + 1),
        "area": (CROP / SIDE) ** 2,
    }


@example
def colour_units() -> Facts:
    """Shift colours by a typical draw along the first direction, in three readings.

    Returns
    -------
    Facts
        Levels of 255 by which the most shifted channel changes.
    """
    variances, directions = _colours()
    draw = np.array([DRAW, 0.0, 0.0])
    readings = {
        "unit": 255 * colour_shift(variances, directions, draw),
        "levels": colour_shift(255**2 * variances, directions, draw),
        "root": 255 * colour_shift(np.sqrt(variances), directions, draw),
    }
    return {
        "draw": DRAW,
        "variance": variances[0],
        "variance_levels": 255**2 * variances[0],
        "root_variance": np.sqrt(variances[0]),
        "largest": directions[:, 0].max(),
        **{name: float(np.abs(shift).max()) for name, shift in readings.items()},
    }


@example
def one_update() -> Facts:
    """Follow the paper's update over a fall of the learning rate, and the usual form beside it.

    Returns
    -------
    Facts
        Velocity and weight after each step; what decay alone does.
    """
    slope, start = 2.0, 0.5
    rates = [RATE, RATE, RATE, RATE / 10, RATE / 10]
    rules: tuple[Optimizer, ...] = ScaledMomentum(RATE, KEPT, DECAY), Momentum(RATE, KEPT)
    gradients: tuple[Gradient, ...] = (
        lambda w: np.full_like(w, slope),
        lambda w: slope + DECAY * w,
    )
    ours, usual = (
        [float(s.w[0]) for s in states(rule, g, np.array([start]), n_steps=len(rates), rates=rates)]
        for rule, g in zip(rules, gradients, strict=True)
    )
    moves = [b - a for a, b in pairwise(ours)]
    factor = float(heavy_ball_factor(np.array(DECAY), learning_rate=RATE, beta=KEPT))
    half_life = np.log(0.5) / np.log(factor)
    epoch = steps_per_epoch(N_TRAIN, BATCH)
    return {
        "slope": slope,
        "start": start,
        "rate": RATE,
        "kept": KEPT,
        "decay": DECAY,
        "batch": BATCH,
        "step": list(range(1, len(rates) + 1)),
        "rates": rates,
        "moves": moves,
        "w": ours[1:],
        "usual_moves": [b - a for a, b in pairwise(usual)],
        "times": moves[3] / (usual[4] - usual[3]),
        "first": RATE * (slope + DECAY * start),
        "steady": RATE * slope / (1 - KEPT),
        "half_life": float(half_life),
        "epoch": epoch,
        "half_life_epochs": float(half_life) / epoch,
    }


@example
def traffic() -> Facts:
    """Count the numbers that a GPU fetches from the other for one picture.

    Returns
    -------
    Facts
        Layer by layer as the paper has it, and if no layer were in groups.
    """
    rows = _network("paper").of_kind(CONVOLUTION, DENSE)
    fetched = [_fetched(row) for row in rows[1:]]
    always = [_source(row).activations // 2 for row in rows[1:]]
    return {
        "names": [row.name for row in rows[1:]],
        "fetched": fetched,
        "always": always,
        "total": sum(fetched),
        "total_always": sum(always),
        "saved": 1 - sum(fetched) / sum(always),
        "pool2": [*_source(rows[2]).shape[1:], _source(rows[2]).shape[0] // 2],
    }


@example
def training_bill() -> Facts:
    """Add up what ninety passes through the training set cost.

    Returns
    -------
    Facts
        Multiply-adds for a picture, in all, and what that asks of the GPUs.
    """
    found = _network("paper")
    once, first = found.multiply_adds, found.row("conv1").multiply_adds
    each = 3 * once - first
    operations = 2 * each * N_TRAIN * EPOCHS
    return {
        "once": once,
        "first": first,
        "each": each,
        "pictures": N_TRAIN,
        "epochs": EPOCHS,
        "exponent": int(np.log10(operations)),
        "mantissa": operations / 10 ** int(np.log10(operations)),
        "days": [5, 6],
        "tera": [operations / (days * 86_400) / 1e12 for days in (5, 6)],
        "updates": EPOCHS * steps_per_epoch(N_TRAIN, BATCH),
        "per_update": 5.5 * 86_400 / (EPOCHS * steps_per_epoch(N_TRAIN, BATCH)),
    }


@example
def memory() -> Facts:
    """Add up the numbers that training has to keep, from below.

    Returns
    -------
    Facts
        Bytes of parameters and of activations, for the batch of the paper.
    """
    whole = ledger(alexnets.paper(), alexnets.PAPER_INPUT_SHAPE)
    in_place = {ACTIVATION, DROPOUT, FLATTEN, SOFTMAX}
    kept = sum(row.activations for row in whole.rows if row.kind not in in_place)
    weights = 3 * FLOAT_BYTES * whole.parameters
    activations = 2 * FLOAT_BYTES * BATCH * kept
    return {
        "parameters": whole.parameters,
        "batch": BATCH,
        "kept": kept,
        "weights": weights / 1e9,
        "activations": activations / 1e9,
        "total": (weights + activations) / 1e9,
        "each": 2 * FLOAT_BYTES * kept / 1e6,
        "room": 3,
    }


@cache
def _network(version: Version) -> Ledger:
    if version == "paper":
        return ledger(alexnets.paper(), alexnets.PAPER_INPUT_SHAPE).condensed()
    return ledger(alexnets.one_tower(), alexnets.ONE_TOWER_INPUT_SHAPE).condensed()


def _number(name: str) -> int:
    return [row.name for row in _network("paper").rows].index(name)


def _source(row: Row) -> Row:
    return _network("paper").rows[row.sources[0]]


def _crosses(row: Row) -> bool:
    """Return whether a half of a layer reads what the other GPU has made."""
    is_whole = row.kind == CONVOLUTION and row.layer is not None and row.layer.groups == 1
    return row.kind == DENSE or (is_whole and row.sources != (INPUT,))


def _reads(row: Row) -> int:
    """Return how many channels a half of a layer reads."""
    if row.sources == (INPUT,):
        return alexnets.PAPER_INPUT_SHAPE[0]
    return _source(row).shape[0] // (1 if _crosses(row) else 2)


def _fetched(row: Row) -> int:
    """Return how many numbers a GPU gets from the other for a layer and one picture."""
    return _source(row).activations // 2 if _crosses(row) else 0


def _links() -> list[tuple[int, int, int]]:
    """List all ways between maps: the row that reads, the GPU that reads, and the one it reads."""
    # A pooling layer stands beside what it reads, and needs no line.
    return [
        (number, gpu, other)
        for number, row in enumerate(_network("paper").rows)
        if row.kind != MAX_POOLING and row.sources != (INPUT,)
        for gpu in (0, 1)
        for other in (0, 1)
        if gpu == other or _crosses(row)
    ]


def _needed(half: Half) -> set[Half]:
    """Return all halves of layers that one of them depends on, and itself."""
    found, open_ = set[Half](), [half]
    while open_:
        number, gpu = open_.pop()
        if number == INPUT or (number, gpu) in found:
            continue
        found.add((number, gpu))
        row = _network("paper").rows[number]
        gpus = (0, 1) if _crosses(row) else (gpu,)
        open_ += [(row.sources[0], other) for other in gpus]
    return found


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where the halves of the layers are: to scale, the same in both stacks."""

    lefts: list[float]
    widths: list[float]
    heights: list[float]
    middles: tuple[float, float]

    @classmethod
    def fitted(
        cls, *, left: float, right: float, gap: float, unit: float, middles: tuple[float, float]
    ) -> "_Plan":
        """Fill the width; a pooled map stands close to the one it was made from."""
        rows = _network("paper").rows
        gaps = [3.0 if row.kind == MAX_POOLING else gap for row in rows]
        roots = [(row.shape[0] / 2) ** 0.5 for row in rows]
        per_root = (right - left - sum(gaps[1:])) / sum(roots)
        widths = [per_root * root for root in roots]
        lefts = [left]
        for width, space in zip(widths, gaps[1:], strict=False):
            lefts.append(lefts[-1] + width + space)
        heights = [unit * row.shape[1] if len(row.shape) == 3 else 4.0 for row in rows]
        return cls(lefts, widths, heights, middles)

    def draw_links(self, ax: Axes, needed: set[Half]) -> int:
        """Draw the ways between layers, and return how many go from GPU to GPU."""
        for number, gpu, other in _links():
            source = _network("paper").rows[number].sources[0]
            is_needed = (number, gpu) in needed
            line(
                ax,
                np.array([self.lefts[source] + self.widths[source], self.lefts[number]]),
                np.array([self.middles[other], self.middles[gpu]]),
                COLOURS[other] if is_needed else "edge",
                width=LINE if is_needed else THIN,
                above=2.5 if is_needed else 2,
            )
        return sum(gpu != other for _, gpu, other in _links())

    def draw_maps(self, ax: Axes, needed: set[Half], asked: Half | None = None) -> None:
        """Draw the maps, those that are needed in the colour of their GPU."""
        for number in range(len(self.lefts)):
            for gpu, middle in enumerate(self.middles):
                half = number, gpu
                role = COLOURS[gpu] if half in needed else "edge"
                corner = self.lefts[number], middle - self.heights[number] / 2
                size = self.widths[number], self.heights[number]
                ground = Rectangle(corner, *size, fc=MARKER["plate"], lw=0, zorder=3)
                tint = Rectangle(corner, *size, fc=MARKER[role], lw=0, zorder=3.2)
                tint.set_alpha(0.55 if half in needed else 0.16)
                edge = Rectangle(corner, *size, fill=False, ec=MARKER[role], lw=THIN, zorder=3.4)
                for patch in (ground, tint, edge):
                    ax.add_patch(patch)
                if half == asked:
                    left, top = corner[0] - 2, corner[1] + size[1] + 2
                    frame(ax, left, top, size[0] + 4, size[1] + 4, role="ink", width_pt=STRONG)


def _draw_stacks(ax: Axes, needed: set[Half], asked: Half) -> None:
    plan = _Plan.fitted(left=66, right=542, gap=24, unit=1.9, middles=(206, 92))
    plan.draw_links(ax, needed)
    plan.draw_maps(ax, needed, asked)
    for gpu, middle in enumerate(plan.middles):
        on = (0, gpu) in needed
        role = COLOURS[gpu] if on else "edge"
        ends = np.array([42.0, plan.lefts[0]]), np.array([149.0, middle])
        line(ax, *ends, role, width=LINE if on else THIN)
        say(ax, 0, middle, f"GPU {gpu + 1}", role if on else "muted", bold=True, ha="left")
    say(ax, 0, 149, "picture", ha="left")
    rows = _network("paper").rows
    for text, y in (("side", 28), ("maps", 15), ("groups", 2)):
        say(ax, 0, y, text, "muted", size=SMALL, ha="left")
    for row, left, width in zip(rows, plan.lefts, plan.widths, strict=True):
        if row.kind == MAX_POOLING:
            continue
        x = left + width / 2
        is_asked = row.name == rows[asked[0]].name
        say(ax, x, 308, row.name, size=SMALL, bold=is_asked)
        side = f"{row.shape[1]}²" if len(row.shape) == 3 else "units"
        say(ax, x, 28, side, "muted", size=SMALL)
        say(ax, x, 15, f"{row.shape[0] // 2:,}", "muted", size=SMALL)
        if row.kind == CONVOLUTION and row.layer is not None:
            say(ax, x, 2, str(row.layer.groups), "muted", size=SMALL, bold=row.layer.groups > 1)


@cache
def _spirals(turns: float = TURNS) -> tuple[FloatArray, IntArray]:
    return spiral(2, n_each=N_EACH, noise=0.05, seed=0, turn=2 * np.pi * turns)


@cache
def _run(
    name: str, seed: int, turns: float = TURNS, steps: int = STEPS[-1]
) -> tuple[list[Network], FloatArray]:
    """Return the networks of all steps with one activation, and some of their errors."""
    x, y = _spirals(turns)
    start = random_network(WIDTHS, seed=seed, gain=2 if name == "relu" else 1, hidden=name)
    targets, rules = y[:, None].astype(float), [Momentum(RACE_RATE)] * len(start.weights)
    walk = train(start, x, targets, loss=binary_cross_entropy, optimizers=rules, n_steps=steps)
    networks = [network for network, _ in walk]
    outputs = [forward(net, x).outputs[:, 0] for net in networks[::EVERY]]
    return networks, np.array([((z > 0) != y).mean() for z in outputs])


def _at(errors: FloatArray, step: int) -> float:
    """Return the error that was measured last."""
    return float(errors[step // EVERY])


def _told_first(errors: FloatArray) -> str:
    """Return the first measured step at which the error is low, or that there is none."""
    low = np.flatnonzero(errors < GOOD)
    return str(EVERY * low[0]) if len(low) else "none"


def _draw_race(ax: Axes, runs: Sequence[FloatArray], step: int) -> None:
    ax.set(
        xlim=(0, STEPS[-1] + 12), ylim=(-0.02, 0.62), xticks=[0, 200, 400], yticks=[0, GOOD, 0.5]
    )
    ax.set_yticklabels(["0", "25%", "50%"])
    name_axes(ax, "step", "wrong in training")
    name_panel(ax, f"step {step}", rise=26)
    limit(ax, GOOD)
    at = EVERY * np.arange(float(len(runs[0])))
    for errors, (_, _, role) in zip(runs, RACERS, strict=True):
        line(ax, at, errors, "line", width=LINE, above=1)
        done = at <= step
        line(ax, at[done], errors[done], role, dashed=True)
        points(ax, np.array([[at[done][-1], errors[done][-1]]]), role, size=7, above=6)
    for (_, told, role), place in zip(RACERS, ((160, 0.05), (250, 0.13), (400, 0.56)), strict=True):
        ha = "right" if told == "sigmoid" else "left"
        say(ax, *place, told, role, bold=True, ha=ha, halo=True)


def _draw_regions(ax: Axes, network: Network, place: int) -> None:
    x, y = _spirals()
    wrong = ((forward(network, x).outputs[:, 0] > 0) != y).mean()
    equal_units(ax, -1.15, 1.15)
    ax.set(xticks=[-1, 1], yticks=[-1, 1])
    name_axes(ax, "x₁", "x₂", among_ticks=True)
    name_panel(ax, RACERS[place][1], note=f"{wrong:.0%} wrong", rise=6)
    plane.regions(ax, forward(network, plane.grid(ax, 40)).outputs[..., 0], alpha=0.2)
    plane.classes(ax, x, y, size=4)


def _normalized(a: FloatArray | list[float], neighbour: FloatArray) -> FloatArray:
    """Normalize activations, each among four neighbours that are alike."""
    five = np.stack([neighbour, neighbour, np.asarray(a), neighbour, neighbour])
    middle: FloatArray = local_response_norm(five[:, None])[2, 0]
    return middle


def _draw_twelve(fig: Figure, before: FloatArray, after: FloatArray) -> None:
    """Draw one bar a map, before and after."""
    at = np.arange(1, len(before) + 1)
    for values, bottom, top, told, role in (
        (before, 168, 300, "before", "accent-5"),
        (after, 40, 60, "after", "accent-1"),
    ):
        ax = panel(fig, 34, bottom, 236, 78)
        ax.set(xlim=(0.3, 12.7), ylim=(0, top), xticks=[], yticks=[0, top])
        name_axes(ax, "twelve maps at one place" if bottom == 40 else "", f"activation {told}")
        ax.bar(at, values, width=0.7, color=MARKER[role], zorder=2)
        for place, value in zip(at, values, strict=True):
            if value:
                say(ax, float(place), value + 0.09 * top, f"{value:.0f}", size=SMALL)


@cache
def _square() -> FloatArray:
    """Return the middle of the village as a square, red, green and blue from 0 to 1."""
    rgb = village(SMALL_SIDE)[0] / 255
    left = (rgb.shape[1] - SMALL_SIDE) // 2
    return rgb[:, left : left + SMALL_SIDE]


@cache
def _colours() -> tuple[FloatArray, FloatArray]:
    """Return variances and directions of the colours of the village under many lights."""
    seen = _square() * lights(N_LIGHTS, seed=0)[:, None, None]
    return principal_colours(np.minimum(seen, 1))


def _view(
    rgb: FloatArray, rng: np.random.Generator, scales: FloatArray, directions: FloatArray
) -> tuple[FloatArray, tuple[int, int], bool]:
    """Cut a window at random, mirror it or not, and shift its colours."""
    row, column = rng.integers(SMALL_SIDE - SMALL_CROP + 1, size=2)
    is_mirrored = bool(rng.random() < 0.5)
    cut = rgb[row : row + SMALL_CROP, column : column + SMALL_CROP]
    shift = colour_shift(scales, directions, rng.normal(0, VIEW_DRAW, 3))
    view = np.clip((cut[:, ::-1] if is_mirrored else cut) + shift, 0, 1)
    return view, (int(row), int(column)), is_mirrored


def _show_window(ax: Axes, corner: tuple[int, int], *, is_mirrored: bool) -> None:
    """Frame on the picture where the first view was cut."""
    side = 2.0 * SMALL_CROP
    frame(ax, 2.0 * corner[1], 308 - 2.0 * corner[0], side, side)
    frame(ax, 152, 308, 57, 57)
    arrow(ax, (132, 276), (148, 276), "accent-2", head=5)
    told = "framed: cut and mirrored" if is_mirrored else "framed: the first view"
    say(ax, 0, 170, told, "accent-2", size=SMALL, ha="left")


def _draw_directions(ax: Axes, rgb: FloatArray, roots: FloatArray, directions: FloatArray) -> None:
    """Draw the picture shifted both ways along each direction."""
    say(ax, 0, 112, "one deviation along", bold=True, size=TITLE, ha="left")
    for k in range(3):
        for place, sign in enumerate((-1, 1)):
            draws = sign * np.eye(3)[k]
            shifted = np.clip(rgb + colour_shift(roots, directions, draws), 0, 1)
            left = 190 * k + 80 * place
            picture(ax, shifted, left, 100, 76 / SMALL_SIDE)
            say(ax, left + 38, 12, f"{'−+'[place]}p{'₁₂₃'[k]}", "muted", size=SMALL)


def _draw_colours(ax: Axes, directions: FloatArray, roots: FloatArray) -> None:
    """Draw the colours of the picture in the plane of the first two directions."""
    pixels = _square()[::3, ::3].reshape(-1, 3)
    at = (pixels - pixels.mean(axis=0)) @ directions[:, :2]
    equal_units(ax, -0.8, 0.8)
    ax.set(xticks=[-0.5, 0, 0.5], yticks=[-0.5, 0, 0.5])
    name_panel(ax, "its colours", rise=22)
    ax.scatter(at[:, 0], at[:, 1], s=14, c=MARKER["accent-1"], linewidths=0, alpha=0.35, zorder=3)
    for k, tip in enumerate(np.diag(roots[:2])):
        arrow(ax, (0, 0), tip, "accent-2")
        x, y = tip + (0.1, 0.16)[k]
        say(ax, x, y, f"p{'₁₂'[k]}", "accent-2", bold=True, halo=True)
    ring(ax, (0, 0), "ink", size=6, width=LINE)
    name_axes(ax, "along p₁", "along p₂")
