"""Figures and worked examples of the module *VGG*."""

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Circle

from dlcv_viz.architectures import alexnet as alexnets
from dlcv_viz.architectures import resnet as resnets
from dlcv_viz.architectures import vgg as vggs
from dlcv_viz.architectures.layers import CONVOLUTION, DENSE
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import FLOAT_BYTES, Ledger, Row, Stage
from dlcv_viz.architectures.table import shares_of
from dlcv_viz.data.textures import TEXTURES, textures
from dlcv_viz.draw.architecture import whole_network
from dlcv_viz.draw.canvas import (
    NARROW,
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
from dlcv_viz.draw.marks import frame, line, points, say, scientific
from dlcv_viz.draw.matrix import TINT, cells, pixels
from dlcv_viz.draw.shares import shares
from dlcv_viz.draw.theme import MARKER, grey, sequential
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import relu
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.convolution_cost import conv_parameters
from dlcv_viz.numerics.convolution_size import output_size
from dlcv_viz.numerics.dense import parameter_count
from dlcv_viz.numerics.effective_field import (
    effective_width,
    path_counts,
    random_stack_shares,
    spread,
)
from dlcv_viz.numerics.gram import gram_matrix
from dlcv_viz.numerics.initialization import depth_factors, glorot_variance, he_variance
from dlcv_viz.numerics.kernel_stack import (
    SMALL_KERNEL,
    single_weights,
    stack_field,
    stack_saving,
    stack_weights,
)
from dlcv_viz.numerics.nearest_neighbour import (
    has_kin_nearest,
    mean_squared_distances,
    nearest_other,
)
from dlcv_viz.numerics.receptive_field import receptive_field
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import BoolArray, FloatArray

LETTERS = tuple(vggs.CONFIGURATIONS)
CHANNELS = 256  # of the worked examples
COLUMN = 84.0  # points, of a configuration that is drawn
DEEPEST = 12  # layers of the swept stack
RING = 2  # effective widths from the middle
N_EACH, SIDE, NOISE, FEATURES = 3, 48, 0.05, (16, 24)  # of the textures and what reads them


@figure(
    alt="VGG-16 to scale: five groups of maps whose sides halve from {sides[0]} to {sides[4]} "
    "pixels while their number grows from {maps[0]} to {maps[4]}, then three dense layers of "
    "{units[0]:,}, {units[1]:,} and {units[2]:,} units."
)
def to_scale() -> Drawing:
    """Draw configuration D from its ledger.

    Returns
    -------
    Drawing
        Heights are sides of the maps, widths the roots of their number.

    See Also
    --------
    dlcv_viz.architectures.vgg.vgg : Describes it.
    """
    found = _network("D")
    blocks = [part.rows[0].shape for part in found.stages[:-1]]
    fig = whole_network(found, 256)
    return Drawing(
        fig,
        facts={
            "sides": [side for _, side, _ in blocks],
            "maps": [channels for channels, _, _ in blocks],
            "units": [row.shape[0] for row in found.of_kind(DENSE)],
            "last_side": found.row("pool5").shape[1],
            "convolutions": len(found.of_kind(CONVOLUTION)),
        },
    )


@figure(
    alt="Five columns of layers, A to E, in the same five blocks with the same head. From "
    "{layers[0]} to {layers[4]} weight layers the columns fill up; the totals go from "
    "{millions[0]:.0f} to {millions[4]:.0f} million parameters, as the head alone has "
    "{head_millions:.0f} million."
)
def configurations() -> Drawing:
    """Draw the five configurations side by side, a cell for each layer with weights.

    Returns
    -------
    Drawing
        Blocks at one height in all columns; the parameters of each layer in its cell.

    See Also
    --------
    dlcv_viz.architectures.vgg.vgg : Describes them.
    """
    found = [_network(letter) for letter in LETTERS]
    fig = canvas(WIDE, 346)
    ax = stage(fig, 8, 4, WIDE - 16, 338)
    left, pitch, row = 88.0, 91.5, 12.8
    tops = _block_tops(306, row, 4.5)
    for name, top in tops.items():
        say(ax, 0, top - row / 2, name, "muted", size=SMALL, ha="left")
    for column, (letter, network) in enumerate(zip(LETTERS, found, strict=True)):
        x = left + pitch * column
        _draw_column(ax, network, found[max(column - 1, 0)], left=x, tops=tops, row=row)
        middle = x + COLUMN / 2
        say(ax, middle, 331, letter, bold=True, size=TITLE)
        say(ax, middle, 316, f"{network.depth} layers", "muted", size=SMALL)
        say(ax, middle, 24, f"{network.parameters / 1e6:.1f} M", bold=True)
        say(ax, middle, 8, f"{network.multiply_adds / 1e9:.1f} G", "accent-1", bold=True)
    say(ax, 0, 24, "parameters", bold=True, size=SMALL, ha="left")
    say(ax, 0, 8, "multiply-adds", "accent-1", bold=True, size=SMALL, ha="left")
    head = found[0].stages[-1].parameters
    return Drawing(
        fig,
        facts={
            "layers": [network.depth for network in found],
            "parameters": [network.parameters for network in found],
            "millions": [network.parameters / 1e6 for network in found],
            "giga": [network.multiply_adds / 1e9 for network in found],
            "head_millions": head / 1e6,
            "head_shares": [head / network.parameters for network in found],
            "work_times": found[4].multiply_adds / found[0].multiply_adds,
        },
    )


@figure(
    alt="Two bars for each part of VGG-16. fc6 holds {parameters[5]:.0%} of the parameters and "
    "does {multiply_adds[5]:.1%} of the multiply-adds; the five blocks hold "
    "{block_parameters:.0%} and do {block_multiply_adds:.0%}."
)
def who_spends() -> Drawing:
    """Draw which parts of VGG-16 hold the parameters and which do the work.

    Returns
    -------
    Drawing
        Shares of the parameters on the left, of the multiply-adds on the right.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    found = _network("D")
    *blocks, head = found.stages
    parts = [*blocks, *(Stage(row.name, (row,)) for row in head.rows)]
    names, held, done = shares_of(found, parts)
    fig = canvas(WIDE, 268)
    ax = stage(fig, 12, 6, WIDE - 24, 256)
    shares(ax, names, held, done, heads=("Parameters", "Multiply-adds"))
    return Drawing(
        fig,
        facts={
            "names": names,
            "parameters": held,
            "multiply_adds": done,
            "block_parameters": sum(held[:5]),
            "block_multiply_adds": sum(done[:5]),
        },
    )


@figure(
    alt="Three layers of three taps, drawn as a cone: one unit at the top, below it {widths[2]}, "
    "{widths[1]} and {widths[0]}. {paths} paths lead down to {widths[0]} pixels, {counts[3]} to "
    "the one in the middle and {counts[0]} to each at the rim."
)
def paths() -> Drawing:
    """Draw what a unit behind three layers sees along one axis, and by how many paths.

    Returns
    -------
    Drawing
        A row of units for each layer, with the number of paths to the top in each.

    See Also
    --------
    dlcv_viz.numerics.effective_field.path_counts : Counts them.
    """
    counts = _cone()
    fig = canvas(NARROW, 250)
    ax = stage(fig, 8, 6, NARROW - 16, 238)
    size, pitch, low = 32.0, 60.0, 22.0
    _draw_cone(ax, counts, middle=220, low=low, size=size, pitch=pitch, has_numbers=True)
    names = ("input", "after layer 1", "after layer 2", "after layer 3")
    for level, name in enumerate(names):
        say(ax, 0, low + pitch * level + size / 2, name, "muted", size=SMALL, ha="left")
    say(ax, 220, 6, f"{len(counts[0])} pixels in reach", "accent-2", bold=True, size=SMALL)
    return Drawing(
        fig,
        facts={
            "counts": counts[0].astype(int),
            "widths": [len(row) for row in counts],
            "paths": int(counts[0].sum()),
            "rim_share": counts[0][0] / counts[0].sum(),
            "middle_share": counts[0][3] / counts[0].sum(),
            "corner": int(counts[0][0] ** 2),
            "centre": int(counts[0][3] ** 2),
        },
    )


@figure(
    alt="How much each pixel counts behind {n} layers of 3 by 3, with equal taps and with random "
    "ones. The field is {field} pixels wide; a ring of radius {radius:.1f} covers {ring_area:.0%} "
    "of it and holds {ring_share:.0%} and {random_share:.0%} of the total.",
    sweep=Sweep("n", range(1, DEEPEST + 1), label="layers"),
)
def effective_field(*, n: Annotated[int, Range(1, DEEPEST)] = DEEPEST) -> Drawing:
    """Draw how much each pixel of the receptive field of a stack counts.

    Parameters
    ----------
    n : int, default 12
        Layers of 3 by 3, at stride 1.

    Returns
    -------
    Drawing
        Paths with equal taps on the left, squared gradients of random ReLU stacks on the right.

    See Also
    --------
    dlcv_viz.numerics.effective_field.random_stack_shares : Computes those of random stacks.
    """
    stack = [(SMALL_KERNEL, 1, 1)] * n
    field, width = stack_field(n), effective_width(stack)
    along = path_counts(stack) / 3.0**n
    equal, random = np.outer(along, along), random_stack_shares(n, seed=0)
    fig = canvas(WIDE, 300)
    ax = stage(fig, 8, 4, WIDE - 16, 292)
    names = ("equal taps: paths", "random taps, ReLU: squared gradient")
    for values, left, name in zip((equal, random), (0.0, 294.0), names, strict=True):
        say(ax, left, 284, name, bold=True, size=TITLE, ha="left")
        _draw_field(ax, values, left, 272, RING * width)
    inside = _inside(field, RING * width)
    say(ax, 0, 8, f"field {field} × {field}", bold=True, ha="left")
    say(ax, 106, 8, f"ring: {RING}ω = {RING * width:.2f}", "accent-2", bold=True, ha="left")
    told = f"a pair of channels: {stack_weights(n)} weights, in one layer {single_weights(n)}"
    say(ax, WIDE - 16, 8, told, "muted", size=SMALL, ha="right")
    return Drawing(
        fig,
        facts={
            "n": n,
            "field": field,
            "width": width,
            "radius": RING * width,
            "ring_area": math.pi * (RING * width) ** 2 / field**2,
            "ring_share": equal[inside].sum(),
            "random_share": random[inside].sum(),
            "random_width": spread(random),
            "centre": equal.max(),
            "corner": scientific(float(equal[0, 0])),
            "weights": stack_weights(n),
            "single": single_weights(n),
        },
    )


@figure(
    alt="Weights for a pair of channels against the side of the field, 3 to {fields[6]} pixels. "
    "One kernel rises to {single[6]}, a stack of 3 by 3 to {stack[6]}. The stack saves "
    "{saved[1]:.0%} at 5 pixels, {saved[2]:.0%} at 7 and {saved[6]:.0%} at {fields[6]}."
)
def small_kernels() -> Drawing:
    """Draw what one large kernel costs and what a stack of small ones does.

    Returns
    -------
    Drawing
        Weights for each pair of channels on the left, the share that is saved on the right.

    See Also
    --------
    dlcv_viz.numerics.kernel_stack.stack_saving : Computes the share.
    """
    layers = range(1, 8)
    fields = [stack_field(n) for n in layers]
    stack, single = [stack_weights(n) for n in layers], [single_weights(n) for n in layers]
    saved = [stack_saving(n) for n in layers]
    fig = canvas(WIDE, 280)
    left, right = panel(fig, 34, 44, 232, 186), panel(fig, 330, 44, 206, 186)
    _draw_costs(left, fields, stack, single)
    right.set(xlim=(2, 16.6), ylim=(0, 0.9), xticks=fields, yticks=[0, 0.25, 0.5, 0.75])
    right.set_yticklabels(["0", "25%", "50%", "75%"])
    name_panel(right, "what the stack saves", rise=22)
    name_axes(right, "side of the field, pixels", "of the weights")
    xy = np.column_stack([fields, saved])
    line(right, xy[:, 0], xy[:, 1], "accent-1")
    points(right, xy, "accent-1")
    for x, y in xy[1:]:
        say(right, x + 0.35, y - 0.02, f"{y:.0%}", "accent-1", bold=True, ha="left", va="top")
    return Drawing(
        fig,
        facts={"fields": fields, "stack": stack, "single": single, "saved": saved},
    )


@figure(
    alt="Three samples each of five textures, and how far every two are apart. By Gram matrices "
    "the nearest other sample is of the same texture for {gram:.0%}, by pixels for {pixel:.0%}: "
    "blocks on the diagonal in one matrix, none in the other."
)
def texture_distances(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Compare textures by Gram matrices of random feature maps, and by pixels.

    Parameters
    ----------
    seed : int, default 0
        Of the kernels.

    Returns
    -------
    Drawing
        The samples, and the distances of every two in both ways.

    See Also
    --------
    dlcv_viz.numerics.gram.gram_matrix : Computes the statistic.
    """
    x, y = textures(N_EACH, SIDE, noise=NOISE, seed=1)
    distances = [mean_squared_distances(_gram_matrices(x, seed)), mean_squared_distances(x)]
    right = [has_kin_nearest(apart, y) for apart in distances]
    fig = canvas(WIDE, 262)
    ax = stage(fig, 8, 6, WIDE - 16, 250)
    _draw_samples(ax, x, top=224)
    heads = ("by Gram matrix", "by pixels")
    for apart, is_right, head, left in zip(distances, right, heads, (196.0, 378.0), strict=True):
        say(ax, left, 242, head, bold=True, size=TITLE, ha="left")
        _draw_distances(ax, apart / apart.max(), left, 224, 166)
        told = f"nearest is kin: {is_right.sum()} of {len(y)}"
        say(ax, left, 42, told, "accent-2", bold=True, ha="left")
    say(ax, 196, 26, "dark: near, bright: far; a row is a sample", "muted", size=SMALL, ha="left")
    say(ax, 196, 11, "squares: the nearest other sample", "muted", size=SMALL, ha="left")
    kin = y[:, None] == y
    other = kin & ~np.eye(len(y), dtype=bool)
    return Drawing(
        fig,
        facts={
            "names": list(TEXTURES),
            "n": len(y),
            "n_each": N_EACH,
            "side": SIDE,
            "noise": NOISE,
            "first": FEATURES[0],
            "second": FEATURES[1],
            "n_pairs": FEATURES[1] ** 2,
            "gram": right[0].mean(),
            "pixel": right[1].mean(),
            "n_gram": int(right[0].sum()),
            "n_pixel": int(right[1].sum()),
            "times": distances[0][~kin].mean() / distances[0][other].mean(),
            "pixel_times": distances[1][~kin].mean() / distances[1][other].mean(),
        },
    )


@figure(
    alt="A cone of small squares: {widths[0]} at the bottom, {widths[1]} and {widths[2]} above, "
    "one at the top, darkest in the middle where most paths lead down."
)
def thumbnail() -> Drawing:
    """Draw the module's card: three small layers that see far.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    counts = _cone()
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    _draw_cone(ax, counts, middle=120, low=9, size=24, pitch=36, has_numbers=False)
    return Drawing(fig, facts={"widths": [len(row) for row in counts]})


@example
def five_networks() -> Facts:
    """Count the five configurations.

    Returns
    -------
    Facts
        Convolutions in each block, weight layers, parameters and multiply-adds of each.
    """
    found = [_network(letter) for letter in LETTERS]
    kernels = [vggs.CONFIGURATIONS[letter] for letter in LETTERS]
    head = found[0].stages[-1].parameters
    return {
        "letters": LETTERS,
        "names": [vggs.NAMES.get(letter, "none") for letter in LETTERS],
        "convs": ["-".join(str(len(block)) for block in blocks) for blocks in kernels],
        "layers": [network.depth for network in found],
        "parameters": [network.parameters for network in found],
        "work": [network.multiply_adds / 1e9 for network in found],
        "head": head,
        "head_shares": [head / network.parameters for network in found],
        "more_parameters": found[4].parameters / found[0].parameters - 1,
        "more_work": found[4].multiply_adds / found[0].multiply_adds,
        "more_convolutions": _held(found[4], CONVOLUTION) / _held(found[0], CONVOLUTION),
    }


@example
def budget() -> Facts:
    """Say where VGG-16 holds its parameters, does its work and keeps its activations.

    Returns
    -------
    Facts
        Counts and shares; activations are those of convolutions and dense layers.
    """
    found = _network("D")
    alexnet = ledger(alexnets.paper(), alexnets.PAPER_INPUT_SHAPE)
    resnet = ledger(resnets.resnet(50), vggs.INPUT_SHAPE)
    convolutions = found.of_kind(CONVOLUTION)
    work = [row.multiply_adds for row in convolutions]
    kept = [row.activations for row in (*convolutions, *found.of_kind(DENSE))]
    fc6 = found.row("fc6")
    return {
        "convolutions": _held(found, CONVOLUTION),
        "convolutions_share": _held(found, CONVOLUTION) / found.parameters,
        "head": _held(found, DENSE),
        "head_share": _held(found, DENSE) / found.parameters,
        "fc6": fc6.parameters,
        "fc6_share": fc6.parameters / found.parameters,
        "fc6_work_share": fc6.multiply_adds / found.multiply_adds,
        "work_share": sum(work) / found.multiply_adds,
        "giga": found.multiply_adds / 1e9,
        "megabytes": FLOAT_BYTES * found.parameters / 1e6,
        "most": max(work),
        "n_most": work.count(max(work)),
        "n_half": work.count(max(work) // 2),
        "n_quarter": work.count(max(work) // 4),
        "first_work_share": work[0] / found.multiply_adds,
        "block_giga": [part.multiply_adds / 1e9 for part in found.stages[:-1]],
        "activations": sum(kept),
        "activation_megabytes": FLOAT_BYTES * sum(kept) / 1e6,
        "first_block_share": sum(kept[:2]) / sum(kept),
        "alexnet_times": found.parameters / alexnet.parameters,
        "alexnet_work_times": found.multiply_adds / alexnet.multiply_adds,
        "resnet_part": resnet.parameters / found.parameters,
        "resnet_work_part": resnet.multiply_adds / found.multiply_adds,
        "first_places": math.prod(convolutions[0].shape[1:]),
    }


@example
def five_by_five() -> Facts:
    """Replace a kernel of 5 by 5 by two of 3 by 3."""
    return _replaced(2)


@example
def seven_by_seven() -> Facts:
    """Replace a kernel of 7 by 7 by three of 3 by 3."""
    return _replaced(3)


@example
def first_pairs() -> Facts:
    """Compare the pairs of configuration B with the kernels of 5 by 5 that see as far.

    Returns
    -------
    Facts
        Channels, weights and multiply-adds block by block, and their sums.
    """
    found = [
        ledger(network, vggs.INPUT_SHAPE).condensed() for network in (vggs.vgg("B"), vggs.shallow())
    ]
    deep, wide = ([_convolutions(part.rows) for part in net.stages[:-1]] for net in found)
    stacks, singles = ([sum(row.weights for row in rows) for rows in net] for net in (deep, wide))
    work = [sum(row.multiply_adds for rows in net for row in rows) for net in (deep, wide)]
    widths = (3, *vggs.WIDTHS)
    return {
        "blocks": [1, 2, 3, 4, 5],
        "channels": [f"{a} → {b}" for a, b in pairwise(widths)],
        "stacks": stacks,
        "singles": singles,
        "times": [a / b for a, b in zip(stacks, singles, strict=True)],
        "stack_total": sum(stacks),
        "single_total": sum(singles),
        "saved": 1 - sum(stacks) / sum(singles),
        "stack_giga": work[0] / 1e9,
        "single_giga": work[1] / 1e9,
        "more_work": work[0] / work[1] - 1,
        "doubling_stack": SMALL_KERNEL**2 * (1 * 2 + 2 * 2),
        "doubling_single": stack_field(2) ** 2 * 1 * 2,
    }


@example
def block3() -> Facts:
    """Count the third block of VGG-16.

    Returns
    -------
    Facts
        Channels in, parameters and multiply-adds of each layer, and their sums.
    """
    rows = _convolutions(_network("D").stages[2].rows)
    channels, side, _ = rows[0].shape
    read = [row.weights // (SMALL_KERNEL**2 * channels) for row in rows]
    return {
        "names": [row.name for row in rows],
        "read": read,
        "channels": channels,
        "side": side,
        "places": side**2,
        "counts": [row.parameters for row in rows],
        "work": [row.multiply_adds for row in rows],
        "total": sum(row.parameters for row in rows),
        "total_work": sum(row.multiply_adds for row in rows),
        "weights": rows[0].weights,
        "without_depth": conv_parameters(1, channels, SMALL_KERNEL),
    }


@example
def head_swap() -> Facts:
    """Give VGG-16 a global average and one dense layer for its head.

    Returns
    -------
    Facts
        Parameters before and after.
    """
    found = _network("D")
    maps, side, _ = found.row("pool5").shape
    classes = found.row("fc8").shape[0]
    convolutions, new_head = _held(found, CONVOLUTION), parameter_count((maps, classes))
    total = convolutions + new_head
    return {
        "maps": maps,
        "side": side,
        "classes": classes,
        "inputs": maps * side**2,
        "units": found.row("fc6").shape[0],
        "fc6": found.row("fc6").parameters,
        "convolutions": convolutions,
        "old_head": _held(found, DENSE),
        "old_total": found.parameters,
        "new_head": new_head,
        "total": total,
        "saved": 1 - total / found.parameters,
        "saved_work": _held_work(found, DENSE) / found.multiply_adds,
    }


@example
def field_walk() -> Facts:
    """Follow the receptive field through the blocks of VGG-16.

    Returns
    -------
    Facts
        Jump, convolutions, and what these and the pooling add, block by block.
    """
    blocks = [len(block) for block in vggs.CONFIGURATIONS["D"]]
    fields = receptive_field(_layers("D"))
    ends = np.cumsum([n + 1 for n in blocks]) - 1  # the poolings
    after = [fields[end].size for end in ends]
    middle = [fields[end - 1].size for end in ends]
    before = [1, *after[:-1]]
    return {
        "blocks": list(range(1, 6)),
        "jumps": [1, *(fields[end].jump for end in ends[:-1])],
        "before": before,
        "n_convolutions": blocks,
        "added": [b - a for a, b in zip(before, middle, strict=True)],
        "middle": middle,
        "pooled": [b - a for a, b in zip(middle, after, strict=True)],
        "after": after,
        "last_jump": fields[-1].jump,
        "input": vggs.INPUT_SHAPE[1],
        "fc6": fields[-1].through(7).size,
        "strideless": stack_field(sum(blocks)),
    }


@example
def effective() -> Facts:
    """Compare receptive fields with their effective widths.

    Returns
    -------
    Facts
        Of stacks of 3 by 3 layers, and of the five blocks of VGG-16.
    """
    depths = (2, 3, 9, 36)
    widths = [effective_width([(SMALL_KERNEL, 1, 1)] * n) for n in depths]
    fields = [stack_field(n) for n in depths]
    layers = _layers("D")
    deep, deep_field = effective_width(layers), receptive_field(layers)[-1].size
    return {
        "depths": depths,
        "fields": fields,
        "widths": widths,
        "spans": [2 * RING * width for width in widths],
        "parts": [2 * RING * w / field for w, field in zip(widths, fields, strict=True)],
        "wider": widths[3] / widths[2],
        "further": fields[3] / fields[2],
        "added": depths[2] * effective_width([(SMALL_KERNEL, 1, 1)]),
        "deep_width": deep,
        "deep_field": deep_field,
        "deep_span": 2 * RING * deep,
        "deep_part": 2 * RING * deep / deep_field,
    }


@example
def dense_pass() -> Facts:
    """Run VGG-16 on a picture larger than 224 pixels, as a convolution all through.

    Returns
    -------
    Facts
        Sides, places of the head, and multiply-adds at once and crop by crop.
    """
    network, side = vggs.vgg("D"), 384
    crop = _network("D")
    blocks = vggs.vgg("D").parts[:-1]
    large = ledger(type(network)("blocks of VGG-16", blocks), (3, side, side))
    map_side = large.rows[-1].shape[1]
    kernel = crop.row("pool5").shape[1]
    places = output_size(map_side, kernel)
    once = large.multiply_adds + places**2 * _held_work(crop, DENSE)
    return {
        "side": side,
        "crop": vggs.INPUT_SHAPE[1],
        "map_side": map_side,
        "kernel": kernel,
        "places": places,
        "n_places": places**2,
        "jump": crop.row("pool5").jump[0],
        "once": once / 1e9,
        "each": places**2 * crop.multiply_adds / 1e9,
        "times": places**2 * crop.multiply_adds / once,
    }


@example
def start() -> Facts:
    """Follow the size of a signal through the convolutions of A and E, from three starts.

    Returns
    -------
    Facts
        Ratio of the last pre-activation's size to the first one's, by the theory of He.
    """
    fans = [_fans(letter) for letter in ("A", "E")]
    small, literal = 0.01, 0.1  # what is common, and the root of the variance that is printed
    fixed = [
        [_kept(fan, [deviation**2] * (len(fan) - 1)) for fan in fans]
        for deviation in (small, literal)
    ]
    glorot = [_kept(fan, [glorot_variance(*pair) for pair in fan[1:]]) for fan in fans]
    widest = max(n_in for n_in, _ in fans[1])
    wanted = math.sqrt(he_variance(widest))
    return {
        "networks": ["A", "E"],
        "convolutions": [len(fan) for fan in fans],
        "small": [scientific(kept) for kept in fixed[0]],
        "literal": [scientific(kept) for kept in fixed[1]],
        "times_less": fixed[0][0] / fixed[0][1],
        "glorot": [scientific(kept) for kept in glorot],
        "small_deviation": small,
        "literal_deviation": literal,
        "fan_in": widest,
        "he_deviation": wanted,
        "factor": small / wanted,
        "equal_factor": math.sqrt(glorot_variance(widest, widest) / he_variance(widest)),
    }


def _network(configuration: str) -> Ledger:
    return ledger(vggs.vgg(configuration), vggs.INPUT_SHAPE).condensed()


def _convolutions(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row.kind == CONVOLUTION]


def _held(network: Ledger, kind: str) -> int:
    """Return the parameters of all layers of a kind."""
    return sum(row.parameters for row in network.of_kind(kind))


def _held_work(network: Ledger, kind: str) -> int:
    """Return the multiply-adds of all layers of a kind."""
    return sum(row.multiply_adds for row in network.of_kind(kind))


def _layers(configuration: str) -> list[tuple[int, int, int]]:
    """Return kernel, stride and dilation of all that slides."""
    found = []
    for block in vggs.CONFIGURATIONS[configuration]:
        found += [(kernel, 1, 1) for kernel in block] + [(2, 2, 1)]
    return found


def _fans(configuration: str) -> list[tuple[int, int]]:
    """Return fan-in and fan-out of each convolution."""
    rows = _network(configuration).of_kind(CONVOLUTION)
    fan_ins = [row.weights // row.shape[0] for row in rows]
    return [(n, SMALL_KERNEL**2 * row.shape[0]) for n, row in zip(fan_ins, rows, strict=True)]


def _kept(fans: Sequence[tuple[int, int]], variances: Sequence[float]) -> float:
    """Return by what the size of a signal is multiplied from the first layer to the last."""
    fan_ins = [n_in for n_in, _ in fans[1:]]
    return math.sqrt(depth_factors(fan_ins, variances)[-1])


def _replaced(n: int) -> Facts:
    """Compare n layers of 3 by 3 with the one layer that sees as far."""
    one, many = single_weights(n, CHANNELS), stack_weights(n, CHANNELS)
    return {
        "n": n,
        "field": stack_field(n),
        "channels": CHANNELS,
        "one_each": single_weights(n),
        "many_each": stack_weights(n),
        "one": one,
        "many": many,
        "saved": stack_saving(n),
        "more": one / many - 1,
        "free": stack_weights(n) - (n - 1),
    }


def _block_tops(top: float, row: float, gap: float) -> dict[str, float]:
    """Return the tops of the blocks, with room for the most layers of any column, and of fc6 on."""
    most = [max(len(blocks[b]) for blocks in vggs.CONFIGURATIONS.values()) for b in range(5)]
    tops = {}
    for number, (n, width) in enumerate(zip(most, vggs.WIDTHS, strict=True), 1):
        tops[f"block {number}: {width}"] = top
        top -= n * row + gap
    return tops | {f"fc{6 + k}": top - k * row for k in range(3)}


def _draw_column(
    ax: Axes,
    network: Ledger,
    before: Ledger,
    *,
    left: float,
    tops: dict[str, float],
    row: float,
) -> None:
    """Draw the layers with weights of a network; bold is what the one before it does not have."""
    places = list(tops.values())
    placed = [
        (layer, places[b] - row * k)
        for b, part in enumerate(network.stages[:-1])
        for k, layer in enumerate(_convolutions(part.rows))
    ]
    placed += zip(network.stages[-1].rows, places[5:], strict=True)
    known = {(layer.name, layer.weights) for layer in before.rows}
    boxes, tints = [], []
    for layer, top in placed:
        right, low = left + COLUMN, top - row
        boxes.append([(left, low), (right, low), (right, top), (left, top)])
        tints.append(_tint(layer))
        is_new = (layer.name, layer.weights) not in known
        is_point = layer.layer is not None and layer.kind == CONVOLUTION and layer.layer.kernel == 1
        told = f"1×1: {_short(layer.parameters)}" if is_point else _short(layer.parameters)
        say(ax, left + COLUMN / 2, top - row / 2, told, bold=is_new, size=SMALL)
    drawn = PolyCollection(
        boxes, facecolors=tints, edgecolors=MARKER["edge"], linewidths=THIN, zorder=1
    )
    ax.add_collection(drawn, autolim=False)


def _tint(layer: Row) -> tuple[float, float, float, float]:
    """Tint a convolution by its width, from 64 to 512, and a dense layer like none of these."""
    if layer.kind == DENSE:
        return to_rgba(MARKER["accent-2"], 0.3)
    return to_rgba(MARKER["accent-1"], TINT * (math.log2(layer.shape[0] / 64) + 1) / 4)


def _short(count: int) -> str:
    """Write a count with three digits."""
    return f"{count / 1e6:.3g} M" if count >= 1e6 else f"{count / 1e3:.3g} k"


def _cone() -> list[FloatArray]:
    """Count the paths to one unit from the units below it, the input first, along one axis."""
    return [path_counts([(SMALL_KERNEL, 1, 1)] * n) for n in (3, 2, 1, 0)]


def _draw_cone(
    ax: Axes,
    counts: Sequence[FloatArray],
    *,
    middle: float,
    low: float,
    size: float,
    pitch: float,
    has_numbers: bool,
) -> None:
    """Draw a row of cells for each layer, linked to the three cells that each reads."""
    ways = []
    for level, row in enumerate(counts):
        left, top = middle - size * len(row) / 2, low + pitch * level + size
        limit = float(row.max())
        cells(ax, row[None], left, top, size, limit=limit, form="{:g}" if has_numbers else "")
        if not level:
            continue
        below = low + pitch * (level - 1) + size
        for k in range(len(row)):
            x = left + size * (k + 0.5)
            ways += [[(x, top - size), (x + size * step, below)] for step in (-1, 0, 1)]
    links = LineCollection(ways, colors=MARKER["edge"], linewidths=THIN, zorder=0)
    ax.add_collection(links, autolim=False)
    width = size * len(counts[0])
    frame(ax, middle - width / 2, low + size, width, size)


def _inside(field: int, radius: float) -> BoolArray:
    """Return which pixels of a field have their middle within a ring around its middle."""
    away = np.arange(field) - field // 2
    return np.hypot(away[:, None], away) <= radius


def _draw_field(ax: Axes, values: FloatArray, left: float, top: float, radius: float) -> None:
    """Draw shares in the middle of the largest field, with a ring around most of them."""
    whole = 250.0
    size = whole / stack_field(DEEPEST)
    middle = left + whole / 2, top - whole / 2
    frame(ax, left, top, whole, whole, role="line", width_pt=THIN, above=0)
    half = size * len(values) / 2
    limits = 0.0, float(values.max())
    corner = middle[0] - half, middle[1] + half
    pixels(ax, values, *corner, size, colours=sequential(), limits=limits)
    for role, width in (("plate", 2 * STRONG), ("accent-2", STRONG)):
        ax.add_patch(Circle(middle, size * radius, fill=False, ec=MARKER[role], lw=width, zorder=6))


def _draw_costs(
    ax: Axes, fields: Sequence[int], stack: Sequence[int], single: Sequence[int]
) -> None:
    """Draw weights over the side of the field, and the layers of each stack."""
    ax.set(xlim=(2, 16.6), ylim=(0, 240), xticks=list(fields), yticks=[0, 100, 200])
    name_panel(ax, "weights of a pair of channels", rise=22)
    name_axes(ax, "side of the field, pixels", "weights")
    for values, role, told, place in (
        (single, "accent-2", "one kernel", (11.4, 166)),
        (stack, "accent-1", "3 × 3 stack", (15.4, 94)),
    ):
        xy = np.column_stack([fields, values])
        line(ax, xy[:, 0], xy[:, 1], role, dashed=True)
        points(ax, xy, role)
        say(ax, *place, told, role, bold=True, ha="right")
        say(ax, 15.4, values[-1], f"{values[-1]}", role, bold=True, ha="left")
    for x, y, n in zip(fields[1:], stack[1:], range(2, 8), strict=True):
        say(ax, x, y - 5, f"{n}", "accent-1", size=SMALL, va="top")


@cache
def _kernels(seed: int) -> tuple[FloatArray, ...]:
    """Draw two layers of kernels by He's rule."""
    rng = np.random.default_rng(seed)
    shapes = [(b, a, 3, 3) for a, b in pairwise((1, *FEATURES))]
    return tuple(rng.normal(0, math.sqrt(he_variance(math.prod(s[1:]))), s) for s in shapes)


def _gram_matrices(x: FloatArray, seed: int) -> FloatArray:
    """Return the Gram matrices of the second layer's maps, of centred pictures."""
    maps = x[:, None] - x.mean(axis=(-2, -1))[:, None, None, None]
    for w in _kernels(seed):
        maps = relu(conv2d(maps, w))
    return gram_matrix(maps)


def _draw_samples(ax: Axes, x: FloatArray, *, top: float) -> None:
    """Draw the samples, a row for each texture with its name."""
    say(ax, 0, top + 18, f"{len(x)} samples", bold=True, size=TITLE, ha="left")
    size, pitch = 0.75, 42.0  # a pixel of the picture is one of the screen
    for number, picture in enumerate(x):
        row, column = divmod(number, N_EACH)
        corner = 54 + pitch * column, top - pitch * row
        pixels(ax, picture, *corner, size, colours=grey(), limits=(0, 1))
    for row, name in enumerate(TEXTURES):
        say(ax, 0, top - pitch * row - 18, name, "muted", size=SMALL, ha="left")


def _draw_distances(ax: Axes, apart: FloatArray, left: float, top: float, side: float) -> None:
    """Draw distances of every two samples; blocks are framed, and the nearest marked."""
    size = side / len(apart)
    pixels(ax, apart, left, top, size, colours=sequential(), limits=(0, 1))
    block = size * N_EACH
    for k in range(len(TEXTURES)):
        frame(ax, left + block * k, top - block * k, block, block, role="plate", width_pt=THIN)
    nearest = nearest_other(apart)
    xy = np.column_stack(
        [left + size * (nearest + 0.5), top - size * (np.arange(len(apart)) + 0.5)]
    )
    points(ax, xy, "accent-2", size=5.5, above=9)
