"""Figures and worked examples of the module *ResNet*."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Annotated, Literal, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from dlcv_viz.architectures import resnet as resnets
from dlcv_viz.architectures.layers import SUM
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import Ledger, Row
from dlcv_viz.data.waves import waves
from dlcv_viz.draw.architecture import shape_text, whole_network
from dlcv_viz.draw.arithmetic import MINUS
from dlcv_viz.draw.canvas import (
    HAIR,
    LINE,
    NARROW,
    SMALL,
    STRONG,
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
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.graph import wire
from dlcv_viz.draw.layer_boxes import PLUS, bypass, layer_column
from dlcv_viz.draw.marks import line, number, points, say, scientific
from dlcv_viz.draw.stage_names import Label, arranged, draw_names
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.draw.words import spread
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.adaptive_optimizers import Adam
from dlcv_viz.numerics.residual import (
    residual_block,
    residual_branch,
    residual_growth,
    residual_jacobian,
)
from dlcv_viz.numerics.residual_cost import basic_block_weights, bottleneck_weights
from dlcv_viz.numerics.residual_network import (
    ResidualNetwork,
    backward,
    forward,
    random_blocks,
    side_by_side,
    silenced,
)
from dlcv_viz.numerics.residual_paths import gradient_by_length, path_lengths, unravelled
from dlcv_viz.numerics.residual_training import train
from dlcv_viz.numerics.training import half_squared_error
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

Depth = Literal[18, 34, 50, 101, 152]
DEPTHS: tuple[Depth, ...] = get_args(Depth)
N_BLOCKS = 27  # of two layers each: those of the network of 56 layers for CIFAR-10
PATHS = (3, 9, 18, 27, 36, 45, 54)  # blocks; 54 are those of 110 layers
GAINS = (0.1, 0.5, 1.0)
UNRAVELLED = (0.5, 0.2, -0.3)  # slopes of three branches
TRAINED, STEPS, RATE = (1, 8, 32), 100, 0.005  # blocks, and steps of Adam
KINDS = ("accent-2", "plain"), ("accent-1", "residual"), ("accent-3", "bare start")
N_UNITS, N_SAMPLES = 16, 64  # of these networks
CUT = 8  # blocks of the networks of which one is taken out
N_WIDE = 64  # units of the networks that are not trained
TOP_PARAMETERS = 60.2e6  # what the highest bar stands for: the largest network


@figure(
    alt="Four blocks, read from top to bottom. The plain one has {plain:,} parameters, with a "
    "shortcut around it no more. A bottleneck of {channels} channels has {bottleneck:,}. In the "
    "last one, no ReLU stands behind the sum."
)
def blocks() -> Drawing:
    """Draw a plain block, and three kinds of residual blocks.

    Returns
    -------
    Drawing
        Layers as boxes, and shortcuts as lines around them.

    See Also
    --------
    dlcv_viz.architectures.resnet.resnet : Describes them.
    """
    conv, down, up, both = "3 × 3, 64", "1 × 1, 64", "1 × 1, 256", "BN, ReLU"
    basic, deep = (_part(depth, "conv2_2").parameters for depth in (18, 50))
    columns = (
        ("plain", (conv, both, conv, "BN", "ReLU"), 64, basic),
        ("residual", (conv, both, conv, "BN", PLUS, "ReLU"), 64, basic),
        ("bottleneck", (down, both, conv, both, up, "BN", PLUS, "ReLU"), 256, deep),
        ("pre-activation", (both, conv, both, conv, PLUS), 64, basic),
    )
    fig = canvas(WIDE, 316)
    ax = stage(fig, 0, 0, WIDE, 316)
    for place, (name, layers, channels, count) in enumerate(columns):
        x = 66 + 140 * place
        say(ax, x, 304, name, bold=True, size=TITLE)
        column = layer_column(ax, x, 288, layers, weighted=(conv, down, up))
        if PLUS in layers:
            far, middle = bypass(ax, column, layers.index(PLUS))
            say(ax, far + 5, middle, "x", "accent-2", italic=True, bold=True, ha="left")
        say(ax, x, 26, f"{channels} channels", "muted", size=SMALL)
        say(ax, x, 12, f"{count:,} parameters", size=SMALL)
    return Drawing(fig, facts={"plain": basic, "bottleneck": deep, "channels": 256})


@figure(
    alt="ResNet-18 to scale, from left to right: {n_blocks} blocks, each with a shortcut over it. "
    "The side of the maps falls from {sides[0]} pixels to {sides[3]}, their number grows from "
    "{maps[0]} to {maps[3]}. A pooling and one dense layer end it."
)
def to_scale() -> Drawing:
    """Draw ResNet-18 from its ledger.

    Returns
    -------
    Drawing
        Heights are sides of the maps, widths the roots of their number.

    See Also
    --------
    dlcv_viz.architectures.resnet.resnet : Describes it.
    """
    found = _network(18)
    shapes = [part.rows[-1].shape for part in found.stages if part.name not in {"conv1", "head"}]
    fig = whole_network(found, 250, has_input=False)
    return Drawing(
        fig,
        facts={
            "n_blocks": len(found.of_kind(SUM)),
            "sides": [shape[1] for shape in shapes],
            "maps": [shape[0] for shape in shapes],
            "fields": [part.rows[-1].receptive_field[0] for part in found.stages],
            "stem_side": found.row("conv1_1").shape[1],
        },
    )


@figure(
    alt="ResNet-{depth} as a line of {n_blocks} blocks. {n_identity} have a solid arc over them, "
    "an identity, and {n_projections} a dashed one, a projection, each where a stage begins. Bars "
    "below add up the parameters to {millions:.1f} million, {last_share:.0%} of them in conv5.",
    sweep=Sweep("depth", DEPTHS, label="layers", start=0),
)
def stage_arcs(*, depth: Depth = 18) -> Drawing:
    """Draw the blocks of a ResNet with their shortcuts, and how its parameters add up.

    Parameters
    ----------
    depth : int, default 18
        Of the network.

    Returns
    -------
    Drawing
        Blocks on a line, arcs over them, and bars below.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    found = _network(depth)
    parts = _parts(found)
    totals = list(accumulate(part.parameters for part in parts))
    fig = canvas(WIDE, 320)
    ax = stage(fig, 14, 0, WIDE - 28, 320)
    pitch = (WIDE - 28) / len(parts)
    middles = [pitch * (k + 0.5) for k in range(len(parts))]
    _draw_parts(ax, parts, middles, pitch, 252)
    _name_stages(ax, parts, middles, pitch)
    _draw_totals(ax, totals, middles, pitch)
    kinds = [part.shortcut for part in parts]
    n_identity, n_projections = (kinds.count(kind) for kind in ("identity", "projection"))
    say(ax, 0, 310, f"ResNet-{depth}", bold=True, size=TITLE, ha="left")
    told = f"{n_identity} identities (solid)"
    say(ax, 300, 310, told, bold=True, size=SMALL, ha="right")
    told = f"{n_projections} projections (dashed)"
    say(ax, WIDE - 28, 310, told, "accent-2", bold=True, size=SMALL, ha="right")
    last = [part.parameters for part in parts if part.stage == "conv5"]
    return Drawing(
        fig,
        facts={
            "depth": depth,
            "n_blocks": len(parts) - 2,
            "n_identity": n_identity,
            "n_projections": n_projections,
            "total": found.parameters,
            "millions": found.parameters / 1e6,
            "last_share": sum(last) / found.parameters,
            "stages": [part.name for part in found.stages],
            "stage_parameters": [part.parameters for part in found.stages],
        },
    )


@figure(
    alt="Three blocks in a row with arcs over them, and beside them their {n_paths} paths: one "
    "through no block, {by_length[1]} through one, {by_length[2]} through two, one through all. "
    "What they multiply a gradient by adds up to {total:.2f}."
)
def three_blocks() -> Drawing:
    """Draw three residual blocks, and the eight paths through them.

    Returns
    -------
    Drawing
        The blocks, and a row for each path with its factor.

    See Also
    --------
    dlcv_viz.numerics.residual_paths.unravelled : Lists the paths.
    """
    paths = unravelled(np.array(UNRAVELLED))
    fig = canvas(WIDE, 288)
    _draw_chain(stage(fig, 12, 0, 232, 288))
    ax = stage(fig, 270, 0, 278, 288)
    say(ax, 0, 274, f"{len(paths)} paths", bold=True, size=TITLE, ha="left")
    for x, told in ((178, "length"), (278, "factor")):
        say(ax, x, 274, told, "muted", size=SMALL, ha="right")
    for row, (through, factor) in enumerate(paths):
        y = 248 - 26 * row
        _draw_path(ax, y, through)
        say(ax, 166, y, str(len(through)), "muted", size=SMALL, ha="right")
        say(ax, 278, y, number(factor, ".2f"), ha="right")
    line(ax, np.array([200.0, 278.0]), np.array([50.0, 50.0]), "edge", width=HAIR)
    total = sum(factor for _, factor in paths)
    say(ax, 278, 34, f"sum {number(total, '.2f')}", "accent-2", bold=True, size=TITLE, ha="right")
    lengths = [len(through) for through, _ in paths]
    return Drawing(
        fig,
        facts={
            "n_paths": len(paths),
            "by_length": [lengths.count(n) for n in range(4)],
            "gains": UNRAVELLED,
            "total": total,
            "direct": paths[0][1],
            "longest": paths[-1][1],
        },
    )


@figure(
    alt="Two bells over the length of a path through {n_blocks} blocks. Blue, all paths: {mean:g} "
    "blocks long on average. Orange, where the gradient comes through if a block has gain "
    "{gain:g}: {gradient_mean:.1f}.",
    sweep=(
        Sweep("n_blocks", PATHS, label="blocks"),
        Sweep("gain", GAINS, label="gain", start=1),
    ),
)
def lengths(
    *, n_blocks: Annotated[int, Range(1, 54)] = 54, gain: Annotated[float, Range(0.01, 1)] = 0.5
) -> Drawing:
    """Draw how long paths are, and through which of them a gradient comes.

    Parameters
    ----------
    n_blocks : int, default 54
        Residual blocks.
    gain : float, default 0.5
        By which a branch multiplies a gradient.

    Returns
    -------
    Drawing
        Both distributions, each against its own peak.

    See Also
    --------
    dlcv_viz.numerics.residual_paths.gradient_by_length : Computes them.
    """
    paths, shares = path_lengths(n_blocks), gradient_by_length(n_blocks, gain)
    at = np.arange(n_blocks + 1)
    fig = canvas(NARROW, 280)
    ax = panel(fig, 20, 38, 326, 190)
    ax.set(xlim=(-0.8, 54.8), ylim=(0, 1.06), xticks=[0, 9, 18, 27, 36, 45, 54], yticks=[])
    name_axes(ax, "blocks that a path passes through")
    ax.spines["left"].set_visible(False)
    ax.bar(at, paths / paths.max(), 0.8, color=to_rgba(MARKER["accent-1"], 0.4), zorder=2)
    edges = np.arange(-0.5, n_blocks + 1)
    ax.stairs(shares / shares.max(), edges, color=MARKER["accent-2"], lw=LINE, zorder=3)
    mean, gradient_mean = (float(at @ each) for each in (paths, shares))
    page = stage(fig, 20, 232, 326, 48)
    say(page, 326, 34, f"paths: {mean:g} blocks", "accent-1", bold=True, ha="right")
    told = f"gradient: {gradient_mean:.1f}"
    say(page, 0, 34, told, "accent-2", bold=True, ha="left")
    say(page, 0, 17, "means; heights against each peak", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "n_blocks": n_blocks,
            "gain": gain,
            "mean": mean,
            "gradient_mean": gradient_mean,
            "in_short_half": float(shares[: n_blocks // 2 + 1].sum()),
        },
    )


@figure(
    alt="Root mean square of a gradient over {n_blocks} blocks, logarithmic. Plain: with small "
    "weights {told[0]} is left at the first, with He weights {told[1]}. Residual: with bare sums "
    "it grows to {told[2]}, normalized to {told[3]}, scaled to {told[4]}."
)
def gradient_norm_by_depth(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw how large a gradient is in front of each block of random networks.

    Parameters
    ----------
    seed : int, default 0
        Of samples, weights and the gradient at the end.

    Returns
    -------
    Drawing
        Plain networks on the left, residual ones on the right.

    See Also
    --------
    dlcv_viz.numerics.residual_network.backward : Carries the gradients back.
    """
    scale = N_BLOCKS**-0.5
    curves = [
        _gradients(0.0, seed, gain=1.0),
        _gradients(0.0, seed),
        _gradients(1.0, seed),
        _gradients(1.0, seed, is_normalized=True),
        _gradients(1.0, seed, scale=scale),
    ]
    fig = canvas(WIDE, 300)
    left, right = panel(fig, 40, 40, 222, 206), panel(fig, 320, 40, 222, 206)
    for ax, told in ((left, "plain"), (right, "residual")):
        logarithmic(ax, y=(1e-8, 1e-4, 1, 1e4))
        ax.set_yticks([1e-8, 1e-4, 1, 1e4], ["10⁻⁸", "10⁻⁴", "1", "10⁴"])
        ax.set(xlim=(-0.5, N_BLOCKS + 0.5), ylim=(2e-10, 2e6), xticks=[0, 9, 18, 27])
        name_panel(ax, told, rise=22)
        name_axes(ax, "blocks in front", "gradient, last = 1")
        limit(ax, 1)
    for k, (ax, role, told, at, ha) in enumerate(
        (
            (left, "accent-2", "weights too small", (9, 1e-7), "left"),
            (left, "accent-1", "He weights", (27, 8.0), "right"),
            (right, "accent-2", "bare sums", (9, 4e3), "left"),
            (right, "accent-3", "normalized branches", (27, 0.05), "right"),
            (right, "accent-1", f"branches times 1/√{N_BLOCKS}", (27, 2e-3), "right"),
        )
    ):
        line(ax, np.arange(N_BLOCKS + 1.0), curves[k], role, dashed=True)
        say(ax, *at, told, role, bold=True, ha=ha)
    ends = [float(curve[0]) for curve in curves]
    return Drawing(
        fig,
        facts={
            "n_blocks": N_BLOCKS,
            "n_layers": 2 * N_BLOCKS,
            "width": N_WIDE,
            "ends": ends,
            "told": [f"{end:.1f}" if 0.05 < end < 1e3 else scientific(end) for end in ends],
            "bare_theory": float(residual_growth(N_BLOCKS)[-1] ** 0.5),
            "scaled_theory": float(residual_growth(N_BLOCKS, scale=scale)[-1] ** 0.5),
        },
    )


@figure(
    alt="Training errors of networks of {depths[0]} to {depths[2]} blocks, at the end and step by "
    "step. With {depths[2]} blocks a plain one ends at {plain[2]:.3f}, and a residual one with a "
    "silent start at {residual[2]:.4f}; without that start it begins at {bare_start} and ends at "
    "{bare[2]:.2f}.",
    sweep=Sweep("seed", (0, 1, 2), label="start", start=0),
)
def degradation_experiment(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Train plain and residual networks of several depths on the same samples.

    Parameters
    ----------
    seed : int, default 0
        Of samples and weights.

    Returns
    -------
    Drawing
        Training errors at the end over the depth, and those of the deepest over the steps.

    See Also
    --------
    dlcv_viz.numerics.residual_training.train : Trains them.
    """
    runs = [_trained(n_blocks, seed)[1] for n_blocks in TRAINED]
    ends, deepest = np.array([errors[-1] for errors in runs]), runs[-1]
    variance = float(waves(N_SAMPLES, seed=seed)[1].var())
    fig = canvas(WIDE, 310)
    left, right = panel(fig, 40, 40, 190, 216), panel(fig, 350, 40, 196, 216)
    _draw_ends(left, ends)
    logarithmic(right, y=(1e-4, 1e-2, 1, 1e2, 1e4, 1e6))
    right.set_yticks([1e-4, 1e-2, 1, 1e2, 1e4, 1e6], ["10⁻⁴", "0.01", "1", "100", "10⁴", "10⁶"])
    right.set(xlim=(0, STEPS), ylim=(1e-4, 1e9), xticks=[0, 50, STEPS])
    name_panel(right, f"{TRAINED[-1]} blocks", rise=22)
    name_axes(right, "steps", "training error")
    for kind, (role, _) in enumerate(KINDS):
        line(right, np.arange(STEPS + 1.0), deepest[:, kind], role, dashed=True)
    for ax in (left, right):
        limit(ax, variance)
    say(left, 1, 0.7 * variance, "guess the mean", "muted", size=SMALL, ha="left", va="top")
    return Drawing(
        fig,
        facts={
            "seed": seed,
            "steps": STEPS,
            "rate": RATE,
            "width": N_UNITS,
            "n_samples": N_SAMPLES,
            "depths": TRAINED,
            **{name: ends[:, kind] for kind, name in enumerate(("plain", "residual", "bare"))},
            "bare_start": scientific(float(deepest[0, 2]), 0),
            "starts": deepest[0],
            "times": float(ends[-1, 0] / ends[-1, 1]),
            "variance": variance,
        },
    )


@figure(
    alt="Errors of two trained networks of {n_blocks} blocks with one block taken out, a bar for "
    "each. In the middle of all cases the plain network goes from {plain:.3f} to "
    "{plain_middle:.2f}, the residual one from {residual:.4f} to {residual_middle:.4f}."
)
def one_block_less(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Take one block after another out of trained networks, and measure the error.

    Parameters
    ----------
    seed : int, default 0
        Of samples and weights.

    Returns
    -------
    Drawing
        A bar for each block, of a plain network on the left and of a residual one on the right.

    See Also
    --------
    dlcv_viz.numerics.residual_network.ResidualNetwork.without : Takes it out.
    """
    x, y = waves(N_SAMPLES, seed=seed)
    network, errors = _trained(CUT, seed)
    cut = np.array([_errors(network.without(block), x, y) for block in range(CUT)])
    variance = float(y.var())
    fig = canvas(WIDE, 294)
    for kind, (role, told) in enumerate(KINDS[:2]):
        ax = panel(fig, 44 + 280 * kind, 40, 218, 190)
        logarithmic(ax, y=(1e-4, 1e-3, 1e-2, 0.1, 1))
        ax.set(xlim=(0.2, CUT + 0.8), ylim=(1e-4, 4), xticks=[1, CUT // 2, CUT])
        name_panel(ax, told, rise=22, note=f"line: with all {CUT} blocks")
        name_axes(ax, "block taken out", "error")
        limit(ax, variance)
        ax.bar(np.arange(1, CUT + 1), cut[:, kind], 0.7, color=MARKER[role], zorder=2)
        line(ax, np.array([0.2, CUT + 0.8]), np.full(2, errors[-1, kind]), width=THIN, above=4)
    return Drawing(
        fig,
        facts={
            "n_blocks": CUT,
            "plain": errors[-1, 0],
            "residual": errors[-1, 1],
            "plain_middle": float(np.median(cut[:, 0])),
            "residual_middle": float(np.median(cut[:, 1])),
            "plain_best": cut[:, 0].min(),
            "residual_worst": cut[:, 1].max(),
            "variance": variance,
        },
    )


@figure(
    alt="A row of {n_blocks} blocks that get smaller from stage to stage, with an arc over each: "
    "solid within a stage, dashed where a stage begins."
)
def thumbnail() -> Drawing:
    """Draw the module's card: blocks with shortcuts over them.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    parts = _parts(_network(18))[1:-1]
    pitch = 240 / len(parts)
    _draw_parts(ax, parts, [pitch * (k + 0.5) for k in range(len(parts))], pitch, 66, tall=84)
    return Drawing(fig, facts={"n_blocks": len(parts)})


@example
def depths() -> Facts:
    """Count the five ResNets.

    Returns
    -------
    Facts
        Layers, parameters and multiply-adds of each, and of the paper's ResNet-50.
    """
    found = [_network(depth) for depth in DEPTHS]
    fifty = ledger(resnets.resnet(50, strides_first=True), resnets.INPUT_SHAPE)
    return {
        "depths": DEPTHS,
        "n_blocks": [sum(resnets.BLOCKS[depth]) for depth in DEPTHS],
        "parameters": [each.parameters for each in found],
        "millions": [each.parameters / 1e6 for each in found],
        "billions": [each.multiply_adds / 1e9 for each in found],
        "paper_billions": fifty.multiply_adds / 1e9,
        "field": found[2].row("conv5_3").receptive_field[0],
        "field_18": found[0].row("conv5_2").receptive_field[0],
    }


@example
def descendants() -> Facts:
    """Count the wide and the grouped ResNet-50.

    Returns
    -------
    Facts
        Parameters and multiply-adds of each.
    """
    wide, grouped = (
        ledger(resnets.resnet(50, widening=2, groups=groups), resnets.INPUT_SHAPE)
        for groups in (1, 32)
    )
    return {
        "names": ["wide", "grouped"],
        "parameters": [wide.parameters, grouped.parameters],
        "billions": [wide.multiply_adds / 1e9, grouped.multiply_adds / 1e9],
    }


@example
def tiny_block() -> Facts:
    """Compute a residual block of two units, forward and backward.

    Returns
    -------
    Facts
        Inputs, every step, the Jacobian, and gradients with and without the shortcut.
    """
    W1, W2 = np.array([[0.5, -0.2], [0.1, 0.3]]), np.array([[0.2, 0.4], [-0.3, 0.1]])
    x, upstream = np.array([1.0, 2.0]), np.array([1.0, -1.0])
    J = residual_jacobian(x, W1, W2)
    return {
        "x": x,
        "w1": W1.ravel(),
        "w2": W2.ravel(),
        "z": W1 @ x,
        "f": residual_branch(x, W1, W2),
        "y": residual_block(x, W1, W2),
        "j": J.ravel(),
        "branch_j": (J - np.eye(2)).ravel(),
        "upstream": upstream,
        "back": upstream @ J,
        "plain_back": upstream @ (J - np.eye(2)),
    }


@example
def two_copies() -> Facts:
    """Make a plain block and a residual block copy their input.

    Returns
    -------
    Facts
        Two inputs, and what both blocks make of them.
    """
    nothing, identity = np.zeros((2, 2)), np.eye(2)
    inputs = {"after": np.array([2.0, 1.0]), "signed": np.array([2.0, -1.0])}
    plain = {f"{name}_plain": residual_branch(x, identity, identity) for name, x in inputs.items()}
    with_shortcut = {
        f"{name}_residual": residual_block(x, identity, nothing) for name, x in inputs.items()
    }
    return {**inputs, **plain, **with_shortcut, "n_exact": 2 * identity.size}


@example
def product_of_gains() -> Facts:
    """Multiply the gains of many layers and of many blocks.

    Returns
    -------
    Facts
        Gains, counts and products.
    """
    layer, branch, small = 0.9, 0.1, 0.01
    n_layers, n_blocks = 50, 152
    return {
        "layer": layer,
        "n_layers": n_layers,
        "plain": layer**n_layers,
        "branch": branch,
        "block": 1 + branch,
        "residual": (1 + branch) ** n_layers,
        "small": small,
        "small_block": 1 + small,
        "n_blocks": n_blocks,
        "small_residual": (1 + small) ** n_blocks,
        "shrinking": 1 - layer,
        "shrunk": layer**n_layers,
    }


@example
def growth() -> Facts:
    """Follow the mean square of a signal through random residual blocks.

    Returns
    -------
    Facts
        Behind some of the blocks: of bare sums, normalized branches, and branches scaled down.
    """
    at = np.array([0, 1, 2, 3, 9, 27])
    scale = N_BLOCKS**-0.5
    bare, normalized, scaled = (
        residual_growth(N_BLOCKS),
        residual_growth(N_BLOCKS, is_normalized=True),
        residual_growth(N_BLOCKS, scale=scale),
    )
    return {
        "n_blocks": N_BLOCKS,
        "blocks": at,
        "bare": bare[at],
        "normalized": normalized[at],
        "scaled": scaled[at],
        "bare_times": bare[-1] ** 0.5,
        "limit": float(np.e),
    }


@example
def path_count() -> Facts:
    """Count the paths through the network of 110 layers.

    Returns
    -------
    Facts
        How many there are, how long they are, and how short those are that carry the gradient.
    """
    n_blocks, low, high, gain = 54, 19, 35, 0.5
    paths, shares = path_lengths(n_blocks), gradient_by_length(n_blocks, gain)
    at = np.arange(n_blocks + 1)
    return {
        "n_blocks": n_blocks,
        "n_paths": float(2**n_blocks),
        "paths_told": scientific(2**n_blocks),
        "whole_told": scientific(float(paths[-1])),
        "mean": float(at @ paths),
        "std": n_blocks**0.5 / 2,
        "low": low,
        "high": high,
        "within": float(paths[low : high + 1].sum()),
        "gain": gain,
        "share": gain / (1 + gain),
        "gradient_mean": float(at @ shares),
        "below_mean": float(shares[: n_blocks // 2].sum()),
        "small_gain": GAINS[0],
        "small_mean": float(at @ gradient_by_length(n_blocks, GAINS[0])),
    }


@example
def unravel() -> Facts:
    """Multiply out three blocks with slopes of their own.

    Returns
    -------
    Facts
        The eight paths with their lengths and factors, and the sum.
    """
    paths = unravelled(np.array(UNRAVELLED))
    return {
        "gains": UNRAVELLED,
        "paths": ["".join(str(k + 1) for k in through) or "none" for through, _ in paths],
        "lengths": [len(through) for through, _ in paths],
        "factors": [factor for _, factor in paths],
        "blocks": [1 + gain for gain in UNRAVELLED],
        "total": float(np.prod(1 + np.array(UNRAVELLED))),
        "plain": float(np.prod(UNRAVELLED)),
    }


@example
def bottleneck_256() -> Facts:
    """Count the weights of a bottleneck of 256 channels.

    Returns
    -------
    Facts
        Those of each convolution, and of two 3 by 3 convolutions at 256 and at 64 channels.
    """
    channels = 256
    each, basic = bottleneck_weights(channels), basic_block_weights(channels)
    return {
        "channels": channels,
        "inner": channels // 4,
        "each": each,
        "total": sum(each),
        "basic": basic,
        "times": basic / sum(each),
        "small": basic_block_weights(channels // 4),
        "first_block": [row.parameters for row in _part(50, "conv2_1").rows if row.parameters],
    }


@example
def count_18() -> Facts:
    """Count the parameters of ResNet-18, stage by stage.

    Returns
    -------
    Facts
        First and later 3 by 3 convolutions, projection and sum of each stage, and the total.
    """
    found = _network(18)
    inner = [part for part in found.stages if part.name not in {"conv1", "head"}]
    held = [[row for row in part.rows if row.parameters] for part in inner]
    projections = [[row.parameters for row in rows if "projection" in row.name] for rows in held]
    kernels = [[row.parameters for row in rows if "projection" not in row.name] for rows in held]
    return {
        "names": [part.name for part in inner],
        "first": [counts[0] for counts in kernels],
        "later": [counts[1] for counts in kernels],
        "n_later": [len(counts) - 1 for counts in kernels],
        "projections": [sum(counts) for counts in projections],
        "sums": [part.parameters for part in inner],
        "stem": found.row("conv1_1").parameters,
        "head": found.row("fc").parameters,
        "total": found.parameters,
    }


@dataclass(frozen=True, slots=True)
class _Part:
    """The stem, a block or the head of a network: what its rows hold together."""

    name: str
    stage: str
    rows: tuple[Row, ...]

    @property
    def parameters(self) -> int:
        """Of all rows."""
        return sum(row.parameters for row in self.rows)

    @property
    def side(self) -> int:
        """Of the maps that come out; 1 for units."""
        shape = self.rows[-1].shape
        return shape[1] if len(shape) == 3 else 1

    @property
    def shortcut(self) -> str:
        """Its kind; empty where there is none."""
        if self.rows[-1].kind != SUM:
            return ""
        return "projection" if any("projection" in row.name for row in self.rows) else "identity"


def _network(depth: Depth) -> Ledger:
    return ledger(resnets.resnet(depth), resnets.INPUT_SHAPE).condensed()


def _parts(found: Ledger) -> list[_Part]:
    """Return the stem, the blocks and the head of a condensed ledger."""

    def whole(row: Row) -> str:
        is_block = row.stage not in {"conv1", "head"}
        return row.name.split()[0].rstrip("abc") if is_block else row.stage

    grouped = ((name, tuple(rows)) for name, rows in groupby(found.rows, key=whole))
    return [_Part(name, rows[0].stage, rows) for name, rows in grouped]


def _part(depth: Depth, name: str) -> _Part:
    return next(part for part in _parts(_network(depth)) if part.name == name)


def _draw_parts(
    ax: Axes,
    parts: Sequence[_Part],
    middles: Sequence[float],
    pitch: float,
    level: float,
    *,
    tall: float = 46,
) -> None:
    """Draw parts as boxes on a line, as high as the side of their maps, and their shortcuts."""
    ends = np.array([middles[0] - pitch / 2, middles[-1] + pitch / 2])
    line(ax, ends, np.array([level, level]), "edge", width=1)
    across = np.array(middles)
    heights = np.array([max(3.0, tall * part.side / 56) for part in parts])
    is_block = np.array([bool(part.shortcut) for part in parts])
    width = min(0.6 * pitch, 24)
    for chosen, role in ((is_block, "accent-1"), (~is_block, "accent-3")):
        x, tops = across[chosen], heights[chosen]
        ax.bar(x, tops, width, level - tops / 2, color=MARKER["plate"], lw=0, zorder=3)
        boxes = ax.bar(x, tops, width, level - tops / 2, color=to_rgba(MARKER[role], 0.5), zorder=3)
        for box in boxes:
            box.set(ec=MARKER[role], lw=THIN)
    for kind, role, style in (("identity", "ink", "-"), ("projection", "accent-2", (0, (2, 1)))):
        ways = [
            _arc(x, level, pitch, height / 2 + 0.3 * tall)
            for part, x, height in zip(parts, middles, heights, strict=True)
            if part.shortcut == kind
        ]
        drawn = LineCollection(ways, colors=MARKER[role], linewidths=1.4, linestyles=[style])
        ax.add_collection(drawn, autolim=False)


def _arc(x: float, level: float, width: float, rise: float) -> FloatArray:
    """Return half an ellipse over a place on a line."""
    turn = np.linspace(np.pi, 0, 17)
    return np.column_stack([x + width / 2 * np.cos(turn), level + rise * np.sin(turn)])


def _name_stages(ax: Axes, parts: Sequence[_Part], middles: Sequence[float], pitch: float) -> None:
    """Write below the boxes which stage they belong to, and the shape of its maps."""
    labels = []
    for name, members in groupby(zip(parts, middles, strict=True), key=lambda each: each[0].stage):
        pairs = list(members)
        shape = pairs[-1][0].rows[-1].shape
        edges = pairs[0][1] - 0.4 * pitch, pairs[-1][1] + 0.4 * pitch
        labels.append(Label((name, shape_text(shape)), *edges))
    places = arranged(labels, 0, ax.get_xlim()[1])
    draw_names(ax, labels, places, 218)


def _draw_totals(ax: Axes, totals: Sequence[int], middles: Sequence[float], pitch: float) -> None:
    """Draw the parameters so far below each part."""
    foot, room = 12.0, 128.0
    heights = [room * total / TOP_PARAMETERS for total in totals]
    ax.bar(middles, heights, 0.6 * pitch, bottom=foot, color=MARKER["accent-1"], zorder=2)
    say(ax, 0, foot + room + 12, "parameters so far", "muted", size=SMALL, ha="left")
    told = f"{totals[-1]:,}"
    say(ax, ax.get_xlim()[1], foot + heights[-1] + 9, told, "accent-1", bold=True, ha="right")


def _draw_chain(ax: Axes) -> None:
    """Draw three blocks in a row with their slopes and arcs over them."""
    level, pitch = 150.0, 72.0
    wire(ax, [(0, level), (232, level)])
    for k, gain in enumerate(UNRAVELLED):
        x = 44 + pitch * k
        _draw_block(ax, x, level, 40, 30)
        say(ax, x, level, number(gain), bold=True)
        say(ax, x, level - 28, f"block {k + 1}", "muted", size=SMALL)
        arc = _arc(x, level, pitch - 12, 46)
        line(ax, arc[:, 0], arc[:, 1], "accent-2", width=STRONG)
        say(ax, x, level + 58, "1", "accent-2", bold=True)
    say(ax, 0, 274, "three blocks, their slopes", bold=True, size=TITLE, ha="left")
    product = " · ".join(f"(1 {'+' if gain > 0 else MINUS} {abs(gain):g})" for gain in UNRAVELLED)
    say(ax, 0, 60, product, ha="left")
    told = number(float(np.prod(1 + np.array(UNRAVELLED))), ".2f")
    say(ax, 0, 40, f"= {told}", "accent-2", bold=True, size=TITLE, ha="left")


def _draw_block(ax: Axes, x: float, y: float, width: float, height: float) -> None:
    """Draw the box of a block on the line that leads through it."""
    box = Rectangle((x - width / 2, y - height / 2), width, height)
    box.set(fc=MARKER["plate"], ec=MARKER["accent-1"], lw=LINE, zorder=8)
    ax.add_patch(box)


def _draw_path(ax: Axes, y: float, through: Sequence[int]) -> None:
    """Draw one path: boxes that it passes through, and arcs over those that it passes by."""
    pitch = 44.0
    for k, gain in enumerate(UNRAVELLED):
        x = 22 + pitch * k
        if k in through:
            line(ax, np.array([x - 22, x + 22]), np.array([y, y]), "edge", width=1)
            _draw_block(ax, x, y, 30, 16)
            say(ax, x, y, number(gain), size=SMALL)
        else:
            arc = _arc(x, y, pitch, 9)
            line(ax, arc[:, 0], arc[:, 1], "accent-2", width=LINE)


def _gradients(
    shortcut: float,
    seed: int,
    *,
    gain: float = 2.0,
    scale: float = 1.0,
    is_normalized: bool = False,
) -> FloatArray:
    """Return the size of a gradient in front of each block and behind the last, which has 1."""
    rng = np.random.default_rng(seed)
    drawn = random_blocks(N_BLOCKS, width=N_WIDE, n_in=N_WIDE, n_out=N_WIDE, seed=rng, gain=gain)
    network = ResidualNetwork(drawn, shortcut, scale, is_normalized)
    x, upstream = rng.normal(size=(2, N_WIDE, N_WIDE))
    _, stream = backward(network, forward(network, x), upstream)
    sizes = np.array([np.sqrt(np.mean(error**2)) for error in stream])
    sizes /= sizes[-1]
    return sizes


def _errors(network: ResidualNetwork, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return the mean squared error of networks side by side."""
    return 2 * half_squared_error(forward(network, x).outputs, y)[0]


def _draw_ends(ax: Axes, ends: FloatArray) -> None:
    """Draw the errors after training over the number of blocks."""
    logarithmic(ax, x=TRAINED, y=(1e-4, 1e-3, 1e-2, 0.1, 1, 10))
    ax.set_yticks([1e-4, 1e-3, 1e-2, 0.1, 1, 10], ["10⁻⁴", "0.001", "0.01", "0.1", "1", "10"])
    ax.set(xlim=(0.85, 38), ylim=(3e-5, 20))
    name_panel(ax, f"after {STEPS} steps", rise=22)
    name_axes(ax, "blocks of two layers", "training error")
    for kind, (role, _) in enumerate(KINDS):
        line(ax, np.array(TRAINED, float), ends[:, kind], role, dashed=True)
        points(ax, np.column_stack([TRAINED, ends[:, kind]]), role)
    order = ends[-1].argsort()
    levels = spread(np.log10(ends[-1, order]).tolist(), [0.3] * len(KINDS), -4.5, 1.3, 0.02)
    for kind, level in zip(order, levels, strict=True):
        role, told = KINDS[kind]
        say(ax, 41, 10**level, told, role, bold=True, ha="left")


def _trained(n_blocks: int, seed: int) -> tuple[ResidualNetwork, FloatArray]:
    """Train networks of the `KINDS` side by side; return them, and their errors over the steps."""
    drawn = random_blocks(n_blocks, width=N_UNITS, n_in=2, n_out=1, seed=seed)
    shortcuts = np.array([0.0, 1.0, 1.0])[:, None, None]
    network = ResidualNetwork(side_by_side([drawn, silenced(drawn), drawn]), shortcuts)
    losses = []
    for state in train(
        network,
        *waves(N_SAMPLES, seed=seed),
        loss=half_squared_error,
        optimizer=Adam(RATE),
        n_steps=STEPS,
    ):
        network, loss = state
        losses.append(2 * loss)
    return network, np.array(losses)
