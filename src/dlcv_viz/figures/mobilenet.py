"""Figures and worked examples of the module *MobileNet*."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import Annotated, Literal, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.colors import to_rgba
from matplotlib.patches import Rectangle

from dlcv_viz.architectures import mobilenet as mobilenets
from dlcv_viz.architectures import resnet as resnets
from dlcv_viz.architectures import vgg as vggs
from dlcv_viz.architectures.layers import DENSE
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import FLOAT_BYTES, INPUT, Ledger, Row
from dlcv_viz.data.village import village
from dlcv_viz.draw.architecture import whole_network
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
    equal_units,
    logarithmic,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.marks import Place, arrow, frame, line, points, ring, say, scientific
from dlcv_viz.draw.matrix import cells, picture, pixels
from dlcv_viz.draw.shares import percent
from dlcv_viz.draw.theme import MARKER, diverging, grey, sequential
from dlcv_viz.draw.words import width_of
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import relu
from dlcv_viz.numerics.classical_kernels import KERNELS, SOBEL_X, SOBEL_Y
from dlcv_viz.numerics.clipped_activation import TOP, relu6
from dlcv_viz.numerics.compound_scaling import DEPTH, SIDE, WIDTH, compound_scale
from dlcv_viz.numerics.convolution import conv2d, pad2d
from dlcv_viz.numerics.convolution_cost import conv_macs, conv_parameters
from dlcv_viz.numerics.quantization import to_steps
from dlcv_viz.numerics.rectified_directions import lost_share, recovered
from dlcv_viz.numerics.roofline import arithmetic_intensity, roofline_time
from dlcv_viz.numerics.separable_convolution import (
    composed_kernels,
    fitted_pointwise,
    separable_conv2d,
    separable_errors,
)
from dlcv_viz.numerics.separable_cost import (
    inverted_residual_macs,
    inverted_residual_weights,
    scaled_separable_macs,
    separable_macs,
    separable_ratio,
    separable_weights,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

# As `dlcv_viz.draw.architecture` colours them, and a full convolution.
DEPTHWISE, POINTWISE, FULL = "accent-5", "accent-1", "accent-2"
NEGATIVE = "accent-2"  # of weights, as in `dlcv_viz.draw.matrix.cells`
Width = Literal["1", "0.75", "0.5", "0.25"]
Side = Literal[128, 160, 192, 224]
WIDTHS, SIDES = tuple(map(float, get_args(Width))), get_args(Side)
BUDGET = 150e6  # multiply-adds
# Top-1 accuracy in percent of the networks of these widths and sides that the authors' group
# published in February 2018: tensorflow/models, research/slim/nets/mobilenet_v1.md.
ACCURACY = {
    1.0: (65.2, 68.0, 70.0, 70.9),
    0.75: (62.1, 65.3, 67.2, 68.4),
    0.5: (56.3, 59.1, 61.7, 63.3),
    0.25: (41.5, 45.5, 47.7, 49.8),
}
CHANNELS = (2, 3, 4, 5, 6, 8, 10, 15)
BALANCE = 32.0  # multiply-adds while a number is moved, of a device that is assumed
# Of the scene's red, green and blue: which way each is differentiated, and four ways to mix them.
FILTERS = np.stack([SOBEL_X, SOBEL_Y, KERNELS["Laplacian"]])[:, None]
MIXES = np.array([[1, 1, 0.5], [1, -1, 0.5], [-1, 0.5, 1], [0.5, 1, -1]])
ANGLES = np.arange(8) * np.pi / 4
KINDS = (("depthwise", DEPTHWISE), ("pointwise", POINTWISE), ("first layer", FULL), ("fc", "edge"))
ANSWERS = -2.5, 2.5  # limits of the colours of filtered maps


@figure(
    alt="MobileNet v1 to scale. Sides fall from {sides[0]} pixels to {sides[12]}, maps grow in "
    "number from {maps[0]} to {maps[12]}; {n_pairs} times a depthwise convolution is followed by a "
    "pointwise one, and a dense layer of {units} units ends it."
)
def to_scale() -> Drawing:
    """Draw version 1 from its ledger.

    Returns
    -------
    Drawing
        Heights are sides of the maps, widths the roots of their number.

    See Also
    --------
    dlcv_viz.architectures.mobilenet.v1 : Describes it.
    """
    found = _v1()
    fig = whole_network(found, 256, has_input=False)
    pairs = _pairs(found)
    return Drawing(
        fig,
        facts={
            "sides": [pointwise.shape[1] for _, pointwise in pairs],
            "maps": [pointwise.shape[0] for _, pointwise in pairs],
            "n_pairs": len(pairs),
            "units": found.row("fc").shape[0],
            "field": found.row("conv14 pointwise").receptive_field[0],
        },
    )


@figure(
    alt="Red, green and blue of a scene, each filtered by a kernel of its own: {depthwise} "
    "weights. Then each of {n_out} maps mixes the three, {pointwise} weights on lines from all to "
    "all. Full kernels would have {full}."
)
def two_steps() -> Drawing:
    """Draw a depthwise and a pointwise convolution of a colour picture.

    Returns
    -------
    Drawing
        Channels, a kernel for each, what they find, and four mixtures of it.

    See Also
    --------
    dlcv_viz.numerics.separable_convolution.separable_conv2d : Computes the maps.
    """
    rgb, maps, made = _two_steps()
    fig = canvas(WIDE, 316)
    ax = stage(fig, 8, 8, WIDE - 16, 300)
    starts, ends = [238.0 - 70 * k for k in range(3)], [274.0 - 70 * k for k in range(4)]
    _draw_filtered(ax, rgb[0], maps[0], starts)
    _draw_mixed(ax, made[0], starts, ends)
    for x, told, role in (
        (62, "channels", "muted"),
        (172, f"depthwise: {FILTERS.size} weights", DEPTHWISE),
        (330, f"pointwise: {MIXES.size} weights", POINTWISE),
        (460, "maps", "muted"),
    ):
        say(ax, x, 292, told, role, bold=True)
    full = composed_kernels(FILTERS, MIXES, 3)
    return Drawing(
        fig,
        facts={
            "depthwise": FILTERS.size,
            "pointwise": MIXES.size,
            "separable": FILTERS.size + MIXES.size,
            "full": full.size,
            "ratio": (FILTERS.size + MIXES.size) / full.size,
            "n_out": len(MIXES),
            "difference": float(np.abs(conv2d(_bordered(rgb), full) - made).max()),
        },
    )


@figure(
    alt="Bars for each layer of MobileNet v1, multiply-adds up and parameters down. Pointwise "
    "layers do {work[1]:.1%} and hold {held[1]:.1%}, depthwise ones {work[0]:.1%} and "
    "{held[0]:.1%}, the last layer {work[3]:.1%} and {held[3]:.1%}."
)
def separable_blocks() -> Drawing:
    """Draw what each layer of version 1 costs: work upwards, parameters downwards.

    Returns
    -------
    Drawing
        Thin depthwise bars beside tall pointwise ones.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    found = _v1()
    rows = [row for row in found.rows if row.multiply_adds]
    fig = canvas(WIDE, 336)
    ax = stage(fig, 8, 8, WIDE - 16, 320)
    _draw_costs(ax, rows)
    work, held = [0.0] * 4, [0.0] * 4
    for row in rows:
        work[_kind(row)] += row.multiply_adds / found.multiply_adds
        held[_kind(row)] += row.parameters / found.parameters
    _tell_shares(ax, 310, "Multiply-adds", work)
    _tell_shares(ax, 8, "Parameters", held)
    pairs = _pairs(found)
    most = max(pointwise.multiply_adds for _, pointwise in pairs)
    return Drawing(
        fig,
        facts={
            "work": work,
            "held": held,
            "most_work": most,
            "n_most_work": sum(pointwise.multiply_adds == most for _, pointwise in pairs),
            "n_half_work": sum(2 * pointwise.multiply_adds == most for _, pointwise in pairs),
            "least_work": min(depthwise.multiply_adds for depthwise, _ in pairs),
            "first_held": pairs[0][1].parameters,
            "last_held": pairs[-1][1].parameters,
            "dense_held": found.row("fc").parameters,
        },
    )


@figure(
    alt="Three blocks on maps of {side} by {side}. ResNet: {channels[0]} channels, {channels[1]} "
    "in the middle, {weights[0]:,} weights. MobileNet v1: {channels[4]} throughout, "
    "{weights[1]:,}. MobileNet v2: {channels[7]} at the ends, {channels[8]} in the middle, "
    "{weights[2]:,}, and a linear end."
)
def block_shapes() -> Drawing:
    """Draw how wide three blocks are from layer to layer.

    Returns
    -------
    Drawing
        ResNet's bottleneck, a pair of version 1 and the inverted residual of version 2; heights
        are channels.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    blocks = _blocks()
    fig = canvas(WIDE, 300)
    ax = stage(fig, 8, 8, WIDE - 16, 284)
    for block, left in zip(blocks, (10.0, 196.0, 346.0), strict=True):
        _draw_block(ax, block, left, 146)
    return Drawing(
        fig,
        facts={
            "side": blocks[0].side,
            "channels": [n for block in blocks for n in block.channels],
            "weights": [block.weights for block in blocks],
            "work": [block.work for block in blocks],
            "times": blocks[0].weights / blocks[2].weights,
        },
    )


@figure(
    alt="Points on a spiral, told by {channels} directions and a ReLU. {kept} of {n_points} can be "
    "found again, {lost} are lost. On average over directions {expected:.1%} are lost with "
    "{channels}, {all_expected[0]:.0%} with {all_channels[0]} and {all_expected[7]:.2%} with "
    "{all_channels[7]}.",
    sweep=Sweep("channels", CHANNELS, label="channels", start=1),
)
def thin_relu(*, channels: Annotated[int, Range(2, 40)] = 3) -> Drawing:
    """Draw what a ReLU in few or many channels leaves of points in a plane.

    Parameters
    ----------
    channels : int, default 3
        Directions whose positive parts are all that is told of a point.

    Returns
    -------
    Drawing
        The points with the directions, what is found of them, and how many are lost.

    See Also
    --------
    dlcv_viz.numerics.rectified_directions.recovered : Finds them again.
    """
    x = _spiral()
    found, is_kept = recovered(x, _directions(channels))
    fig = canvas(WIDE, 270)
    left, middle = panel(fig, 12, 22, 184, 200), panel(fig, 206, 22, 184, 200)
    for ax, shown in ((left, x), (middle, found)):
        equal_units(ax, -1.15, 1.15)
        ax.axis("off")
        line(ax, x[:, 0], x[:, 1], "line", width=HAIR, above=1)
        points(ax, shown[~is_kept], "accent-2", size=4.5)
        points(ax, shown[is_kept], "accent-1", size=4.5)
    for way in _directions(channels) * 1.12:
        line(left, np.array([0, way[0]]), np.array([0, way[1]]), "muted", width=THIN, above=2)
    name_panel(left, "Points, directions", rise=16)
    name_panel(middle, "Found again", rise=16)
    lost = [int((~recovered(x, _directions(n))[1]).sum()) for n in CHANNELS]
    expected = [lost_share(n, 2) for n in CHANNELS]
    _draw_lost(panel(fig, 428, 40, 120, 176), np.array(lost) / len(x), channels)
    return Drawing(
        fig,
        facts={
            "channels": channels,
            "n_points": len(x),
            "kept": int(is_kept.sum()),
            "lost": int((~is_kept).sum()),
            "expected": lost_share(channels, 2),
            "all_channels": CHANNELS,
            "all_lost": lost,
            "all_expected": expected,
            "farthest": float(np.abs(found - x)[is_kept].max()) if is_kept.any() else 0.0,
        },
    )


@figure(
    alt="Cost of a separable convolution as a share of the full one, against channels out, for "
    "kernels of 3, 5 and 7. The curves fall to {limits[0]:.3f}, {limits[1]:.3f} and "
    "{limits[2]:.3f}; the {n_layers} layers of MobileNet v1 lie from {most:.3f} to {least:.3f}."
)
def separable_cost_ratio() -> Drawing:
    """Draw what is saved against the number of channels out.

    Returns
    -------
    Drawing
        A curve for each side of kernels, its limit dashed, and the layers of version 1.

    See Also
    --------
    dlcv_viz.numerics.separable_cost.separable_ratio : Computes it.
    """
    c_out, kernels = np.geomspace(1, 1024, 120), (3, 5, 7)
    ratios = _measured_ratios()
    fig = canvas(NARROW, 280)
    ax = panel(fig, 44, 42, 300, 204)
    logarithmic(ax, x=[1, 4, 16, 64, 256, 1024], y=[0.02, 0.05, 0.1, 0.2, 0.5, 1])
    ax.set(xlim=(0.9, 1500), ylim=(0.017, 1.35))
    name_axes(ax, "channels out", "separable ÷ full")
    looks = ("accent-1", 24), ("accent-3", 90), ("accent-6", 150)
    for kernel, (role, at) in zip(kernels, looks, strict=True):
        line(ax, c_out, separable_ratio(c_out, kernel), role, dashed=True)
        limit(ax, kernel**-2)
        say(ax, 1.1, 1.13 * kernel**-2, f"1/{kernel**2}", "muted", size=SMALL, ha="left")
        ratio = float(separable_ratio(at, kernel))
        say(ax, at, 1.17 * ratio, f"{kernel} × {kernel}", role, bold=True, ha="left")
    points(ax, ratios, "accent-2", size=6)
    return Drawing(
        fig,
        facts={
            "limits": [kernel**-2 for kernel in kernels],
            "n_layers": len(ratios),
            "most": ratios[:, 1].max(),
            "least": ratios[:, 1].min(),
            "most_times": 1 / ratios[:, 1].min(),
            "least_times": 1 / ratios[:, 1].max(),
            "at_one": float(separable_ratio(1, 3)),
            "at_eight": float(separable_ratio(8, 3)),
        },
    )


@figure(
    alt="Edges of a scene by {n_out} oriented kernels for each of 3 channels. With one depthwise "
    "filter a channel, level edges are missing: the kernels differ by {errors[0]:.3f}. With two, "
    "they are the same, at {work[2]} for {work[0]} multiply-adds a pixel."
)
def separable_approximation() -> Drawing:
    """Draw what separable convolutions make of a bank of edge finders.

    Returns
    -------
    Drawing
        The scene, edges by full kernels and with one and two filters a channel, what is missed,
        and the least error by filters a channel for three banks.

    See Also
    --------
    dlcv_viz.numerics.separable_convolution.fitted_pointwise : Mixes the filters.
    """
    scene = village(32)[0] / 255
    x, bank = scene.transpose(2, 0, 1)[None], _oriented_bank()
    filters = [np.repeat(np.stack([SOBEL_X, SOBEL_Y])[None, :m], 3, axis=0) for m in (1, 2)]
    depthwise = [some.reshape(-1, 1, 3, 3) for some in filters]
    thin = [separable_conv2d(_bordered(x), d, fitted_pointwise(bank, d)) for d in depthwise]
    made = [conv2d(_bordered(x), bank), *thin]
    fig = canvas(WIDE, 324)
    _draw_edges(stage(fig, 8, 8, WIDE - 16, 308), scene, made)
    errors = {name: separable_errors(some) for name, some in _banks().items()}
    _draw_errors(panel(fig, 40, 40, 206, 100), errors)
    missed = [float(np.linalg.norm(some - made[0]) / np.linalg.norm(made[0])) for some in made]
    return Drawing(
        fig,
        facts={
            "n_out": len(bank),
            "errors": errors["oriented"][:2],
            "isotropic": errors["isotropic"][0],
            "random": errors["random"],
            "missed": missed,
            "work": [bank.size, *(len(some) * (9 + len(bank)) for some in depthwise)],
        },
    )


@figure(
    alt="Multiply-adds of {n_networks} MobileNets by width and side, and their accuracy. Width "
    "{width:g} at {side} pixels: {work:.0f} million, {accuracy:.1f}%. A line marks {budget:.0f} "
    "million; the most accurate within it is width {best_width:g} at {best_side} pixels.",
    sweep=(
        Sweep("width", get_args(Width), label="width multiplier α", start=0),
        Sweep("side", SIDES, label="pixels a side", start=3),
    ),
)
def width_resolution(*, width: Width = "1", side: Side = 224) -> Drawing:
    """Draw what thinner networks on smaller pictures cost, and how accurate they are.

    Parameters
    ----------
    width : str, default "1"
        The width multiplier.
    side : int, default 224
        Of the pictures.

    Returns
    -------
    Drawing
        The table of multiply-adds with the budget, and accuracy over multiply-adds.

    See Also
    --------
    dlcv_viz.architectures.mobilenet.v1 : Describes the networks.
    """
    work = np.array([[_v1(w, s).multiply_adds for s in SIDES] for w in WIDTHS])
    accuracy = np.array([ACCURACY[w] for w in WIDTHS])
    at = WIDTHS.index(float(width)), SIDES.index(side)
    fig = canvas(WIDE, 296)
    _draw_grid(stage(fig, 8, 8, 246, 280), work / 1e6, at)
    _draw_accuracy(panel(fig, 304, 42, 244, 210), work / 1e6, accuracy, at)
    best = np.unravel_index(np.where(work <= BUDGET, accuracy, 0).argmax(), work.shape)
    return Drawing(
        fig,
        facts={
            "n_networks": work.size,
            "width": float(width),
            "side": side,
            "work": work[at] / 1e6,
            "share": work[at] / work.max(),
            "squares": (float(width) * side / max(SIDES)) ** 2,
            "parameters": _v1(float(width), side).parameters,
            "accuracy": accuracy[at],
            "budget": BUDGET / 1e6,
            "best_width": WIDTHS[best[0]],
            "best_side": SIDES[best[1]],
            "best_accuracy": accuracy[best],
            "best_work": work[best] / 1e6,
        },
    )


@figure(
    alt="Multiply-adds for each number moved: depthwise layers of MobileNet v1 have {thin[0]:.1f} "
    "to {thin[1]:.1f}, pointwise ones {thick[0]:.0f} to {thick[1]:.0f}. On a device that does "
    "{balance:.0f} while one number is moved, {times:.1f} times faster is left of {work_times:.2f} "
    "times less work."
)
def moved_numbers() -> Drawing:
    """Draw how much the layers of version 1 multiply for each number they move.

    Returns
    -------
    Drawing
        The ratio for each layer, and how many times faster than with full convolutions the network
        would be, by what a device can do while it moves a number.

    See Also
    --------
    dlcv_viz.numerics.roofline.roofline_time : The model of the device.
    """
    thin, full = _v1(), _v1(is_separable=False)
    fig = canvas(WIDE, 286)
    intensities = _draw_intensities(panel(fig, 40, 42, 236, 200), thin)
    right = panel(fig, 330, 42, 214, 200)
    balances = np.geomspace(1, 256, 60)
    times = np.array([_time(full, b) / _time(thin, b) for b in balances])
    logarithmic(right, x=[1, 4, 16, 64, 256])
    right.set(xlim=(0.9, 300), ylim=(0, 10), yticks=[0, 5, 10])
    name_axes(right, "multiply-adds a number moved", "times faster")
    work_times = full.multiply_adds / thin.multiply_adds
    limit(right, work_times)
    line(right, balances, times, FULL)
    here = _time(full, BALANCE) / _time(thin, BALANCE)
    points(right, np.array([[BALANCE, here]]), FULL, size=7)
    say(right, 280, work_times + 0.5, "times less work", "muted", size=SMALL, ha="right")
    say(right, BALANCE * 1.2, here + 0.3, f"{here:.1f}", FULL, bold=True, ha="left")
    slow = sum(_row_time(thin, row, BALANCE) for row, _ in _pairs(thin)) / _time(thin, BALANCE)
    return Drawing(
        fig,
        facts={
            "balance": BALANCE,
            "thin": [intensities[0].min(), intensities[0].max()],
            "thick": [intensities[1].min(), intensities[1].max()],
            "work_times": work_times,
            "times": here,
            "slow_share": slow,
            "work_share": sum(row.multiply_adds for row, _ in _pairs(thin)) / thin.multiply_adds,
            "slowest_times": times[-1],
        },
    )


@figure(
    alt="Three channels of a scene are filtered, each by itself along {n_filters} lines, and then "
    "mixed along {n_mixes} lines into new maps."
)
def thumbnail() -> Drawing:
    """Draw the module's card: filter each channel, then mix.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    rgb, maps, made = _two_steps()
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    tops = (144.0, 96.0, 48.0)
    coarse = np.s_[::2, ::2]  # a card is small, and every card is loaded on the dashboard
    for channel, found, y in zip(rgb[0], maps[0], tops, strict=True):
        pixels(ax, channel[coarse], 4, y, 2.6, colours=grey(), limits=(0, 1))
        pixels(ax, found[coarse], 84, y, 2.6, colours=diverging(), limits=ANSWERS)
        _wire(ax, (66.4, y - 21), (84, y - 21), DEPTHWISE, 3)
    for mixed, y in zip(made[0], tops, strict=False):
        pixels(ax, mixed[coarse], 174, y, 2.6, colours=diverging(), limits=ANSWERS)
        for start in tops:
            _wire(ax, (146.4, start - 21), (174, y - 21), POINTWISE, LINE)
    return Drawing(fig, facts={"n_filters": len(tops), "n_mixes": len(tops) ** 2})


@example
def layer_512() -> Facts:
    """Count a layer from 512 to 512 channels on maps of 14 by 14, full and separable.

    Returns
    -------
    Facts
        Weights and multiply-adds of both, and their ratio.
    """
    channels, side = 512, 14
    size = side, side
    full = conv_parameters(channels, channels, 3, bias=False)
    return {
        "channels": channels,
        "side": side,
        "places": side * side,
        "full_weights": full,
        "full_work": conv_macs(channels, channels, 3, size),
        "thin_weights": conv_parameters(channels, channels, 3, groups=channels, bias=False),
        "thin_work": conv_macs(channels, channels, 3, size, groups=channels),
        "mix_weights": conv_parameters(channels, channels, 1, bias=False),
        "mix_work": conv_macs(channels, channels, 1, size),
        "weights": separable_weights(channels, channels, 3),
        "work": separable_macs(channels, channels, 3, size),
        "times": full / separable_weights(channels, channels, 3),
        "share": float(separable_ratio(channels, 3)),
    }


@example
def ratio_table() -> Facts:
    """Compare full and separable layers with more and more channels out.

    Returns
    -------
    Facts
        Multiply-adds of both for five layers of version 1, and their ratios.
    """
    layers = [(32, 64, 112), (64, 128, 56), (256, 256, 28), (512, 512, 14), (1024, 1024, 7)]
    full = [conv_macs(c_in, c_out, 3, (side, side)) for c_in, c_out, side in layers]
    thin = [separable_macs(c_in, c_out, 3, (side, side)) for c_in, c_out, side in layers]
    return {
        "c_in": [c_in for c_in, _, _ in layers],
        "c_out": [c_out for _, c_out, _ in layers],
        "side": [side for _, _, side in layers],
        "full": full,
        "thin": thin,
        "times": [a / b for a, b in zip(full, thin, strict=True)],
        "by_formula": [1 / float(separable_ratio(c_out, 3)) for _, c_out, _ in layers],
        "limit": 3**2,
    }


@example
def whole_net() -> Facts:
    """Compare version 1 with the same network of full convolutions, and with VGG-16.

    Returns
    -------
    Facts
        Parameters and multiply-adds, and how many times as many.
    """
    thin, full = _v1(), _v1(is_separable=False)
    vgg = ledger(vggs.vgg("D"), vggs.INPUT_SHAPE)
    return {
        "parameters": thin.parameters,
        "work": thin.multiply_adds,
        "full_parameters": full.parameters,
        "full_work": full.multiply_adds,
        "times": full.multiply_adds / thin.multiply_adds,
        "parameter_times": full.parameters / thin.parameters,
        "vgg_work": vgg.multiply_adds,
        "vgg_times": vgg.multiply_adds / thin.multiply_adds,
        "vgg_parameter_times": vgg.parameters / thin.parameters,
        "megabytes": FLOAT_BYTES * thin.parameters / 1e6,
        "half_parameters": _v1(0.5).parameters,
        "half_share": _v1(0.5).parameters / thin.parameters,
        "same_work": [thin.row(n).multiply_adds for n in ("conv1 3×3", "fc")],
    }


@example
def by_hand() -> Facts:
    """Compute a separable convolution of two channels with a pencil.

    Returns
    -------
    Facts
        Channels, kernels, what they find, mixtures, and the kernels of the one full convolution.
    """
    x = np.array([[[1.0, 2, 0], [0, 1, 3], [2, 1, 1]], [[0.0, 1, 1], [2, 0, 1], [1, 1, 0]]])[None]
    depthwise = np.array([[[1.0, 0], [0, 1]], [[1.0, -1], [0, 0]]])[:, None]
    pointwise = np.array([[1.0, 2], [1.0, -1]])
    found = conv2d(x, depthwise, groups=2)
    mixed = separable_conv2d(x, depthwise, pointwise)
    full = composed_kernels(depthwise, pointwise, 2)
    return {
        "x1": x[0, 0].ravel(),
        "x2": x[0, 1].ravel(),
        "d1": depthwise[0].ravel(),
        "d2": depthwise[1].ravel(),
        "p1": pointwise[0],
        "p2": pointwise[1],
        "z1": found[0, 0].ravel(),
        "z2": found[0, 1].ravel(),
        "y1": mixed[0, 0].ravel(),
        "y2": mixed[0, 1].ravel(),
        "k1": full[0, 1].ravel(),
        "k2": full[1, 1].ravel(),
        "n_thin": depthwise.size + pointwise.size,
        "n_full": full.size,
        "at_once": conv2d(x, full)[0, 0].ravel(),
    }


@example
def inverted_block() -> Facts:
    """Count a block of version 2, from 24 channels over 144 to 24.

    Returns
    -------
    Facts
        Weights of the three layers, their sum and its multiply-adds.
    """
    thin, expansion, side = 24, 6, 56
    wide = thin * expansion
    inner = conv_macs(wide, wide, 3, (side, side))
    return {
        "thin": thin,
        "expansion": expansion,
        "wide": wide,
        "side": side,
        "places": side * side,
        "widen": conv_parameters(thin, wide, 1, bias=False),
        "filter": conv_parameters(wide, wide, 3, groups=wide, bias=False),
        "narrow": conv_parameters(wide, thin, 1, bias=False),
        "weights": inverted_residual_weights(thin, thin, expansion),
        "work": inverted_residual_macs(thin, thin, expansion, (side, side)),
        "full_middle": inner,
        "full_times": inner / inverted_residual_macs(thin, thin, expansion, (side, side)),
        "kept": thin * side**2,
        "inside": wide * side**2,
    }


@example
def thin_space() -> Facts:
    """Tell how many points a ReLU loses, by channels.

    Returns
    -------
    Facts
        Shares of points of two coordinates, and of 24 in 24 and in 144 channels.
    """
    channels = [2, 3, 4, 6, 10, 15]
    return {
        "channels": channels,
        "none": [2.0**-n for n in channels],
        "one": [n * 2.0**-n for n in channels],
        "lost": [lost_share(n, 2) for n in channels],
        "thin_kept": 1 - lost_share(24, 24),
        "one_in": 1 / (1 - lost_share(24, 24)),
        "wide_lost": lost_share(144, 24),
        "wide_told": scientific(lost_share(144, 24), 0),
    }


@example
def one_layer_scaled() -> Facts:
    """Make a layer of version 1 half as wide, and its picture smaller.

    Returns
    -------
    Facts
        Multiply-adds at full size, at half width, and at half width on 160 pixels.
    """
    layer = 512, 512, 3, (14, 14)
    width, side, whole = 0.5, 160, 224
    full = scaled_separable_macs(*layer, width=1, resolution=1)
    half = scaled_separable_macs(*layer, width=width, resolution=1)
    both = scaled_separable_macs(*layer, width=width, resolution=side / whole)
    return {
        "width": width,
        "side": side,
        "whole": whole,
        "resolution": side / whole,
        "thin": conv_macs(512, 512, 3, (14, 14), groups=512),
        "mix": conv_macs(512, 512, 1, (14, 14)),
        "full": full,
        "half": half,
        "both": both,
        "half_share": half / full,
        "both_share": both / full,
        "squares": width**2,
        "both_squares": (width * side / whole) ** 2,
    }


@example
def compound_step() -> Facts:
    """Scale a network by EfficientNet's steps.

    Returns
    -------
    Facts
        Factors of 0 to 7 steps, and how many steps lead from B0 to B7 by their multiply-adds.
    """
    steps = list(range(8))
    scales = [compound_scale(n) for n in steps]
    b0, b7 = 0.386, 37.75  # 10⁹ multiply-adds, as torchvision counts them
    return {
        "a": DEPTH,
        "b": WIDTH,
        "c": SIDE,
        "steps": steps,
        "depth": [scale.depth for scale in scales],
        "width": [scale.width for scale in scales],
        "side": [scale.side for scale in scales],
        "cost": [scale.cost for scale in scales],
        "one": scales[1].cost,
        "b0": b0,
        "b7": b7,
        "times": b7 / b0,
        "n_steps": np.log(b7 / b0) / np.log(scales[1].cost),
    }


@example
def bank_ranks() -> Facts:
    """Tell how far the best separable kernels are from three banks of kernels.

    Returns
    -------
    Facts
        Relative errors with 1 to 4 filters a channel.
    """
    errors = {name: separable_errors(bank) for name, bank in _banks().items()}
    return {
        "filters": [1, 2, 3, 4],
        "gain_x": np.round(np.cos(ANGLES), 3),
        "gain_y": np.round(np.sin(ANGLES), 3),
        "angles": np.degrees(ANGLES),
        "squares": float((np.cos(ANGLES) ** 2).sum()),
        "n_out": len(ANGLES),
        "isotropic": errors["isotropic"][:4],
        "oriented": errors["oriented"][:4],
        "random": errors["random"][:4],
    }


@example
def traffic() -> Facts:
    """Count what a depthwise and a pointwise layer of version 1 move.

    Returns
    -------
    Facts
        Numbers read and written, multiply-adds, and their ratios.
    """
    found = _v1()
    rows = [found.row("conv8 depthwise"), found.row("conv8 pointwise")]
    moved = [_moved(found, row) for row in rows]
    return {
        "names": ["depthwise", "pointwise"],
        "reads": [found.rows[row.sources[0]].activations for row in rows],
        "weights": [_convolution_weights(row) for row in rows],
        "writes": [row.activations for row in rows],
        "moved": moved,
        "work": [row.multiply_adds for row in rows],
        "intensity": [
            arithmetic_intensity(row.multiply_adds, n) for row, n in zip(rows, moved, strict=True)
        ],
        "balance": BALANCE,
        "time": [
            roofline_time(row.multiply_adds, n, BALANCE) for row, n in zip(rows, moved, strict=True)
        ],
        "work_times": rows[1].multiply_adds / rows[0].multiply_adds,
        "time_times": roofline_time(rows[1].multiply_adds, moved[1], BALANCE)
        / roofline_time(rows[0].multiply_adds, moved[0], BALANCE),
    }


@example
def eight_bits() -> Facts:
    """Store activations in 8 bits, with and without a limit of 6.

    Returns
    -------
    Facts
        Activations, what each way makes of them, and the steps.
    """
    z = np.array([-0.7, 0.05, 0.3, 1.4, 5.2, 48.0])
    plain, cut = relu(z), relu6(z)
    top, levels = float(plain.max()), 2**8 - 1
    return {
        "z": z,
        "plain": to_steps(plain, top),
        "cut": to_steps(cut, TOP),
        "top": top,
        "levels": levels,
        "step": top / levels,
        "cut_step": TOP / levels,
        "finer": top / TOP,
    }


def _v1(width: float = 1.0, side: int = 224, *, is_separable: bool = True) -> Ledger:
    network = mobilenets.v1(width, is_separable=is_separable)
    return ledger(network, (3, side, side)).condensed()


def _pairs(found: Ledger) -> list[tuple[Row, Row]]:
    """Return the depthwise and the pointwise layer of each pair."""
    thin = [row for row in found.rows if row.name.endswith("depthwise")]
    mixing = [row for row in found.rows if row.name.endswith("pointwise")]
    return list(zip(thin, mixing, strict=True))


def _kind(row: Row) -> int:
    """Return which of `KINDS` a row is."""
    if row.kind == DENSE or row.layer is None:
        return 3
    if row.layer.groups > 1:
        return 0
    return 1 if row.layer.kernel == 1 else 2


def _convolution_weights(row: Row) -> int:
    """Return the weights of a row without its normalization: each is used once a place."""
    return row.multiply_adds // prod(row.shape[1:])


def _moved(found: Ledger, row: Row) -> int:
    """Return how many numbers a row reads and writes."""
    source = row.sources[0]
    read = prod(found.input_shape) if source == INPUT else found.rows[source].activations
    return read + _convolution_weights(row) + row.activations


def _row_time(found: Ledger, row: Row, balance: float) -> float:
    return roofline_time(row.multiply_adds, _moved(found, row), balance)


def _time(found: Ledger, balance: float) -> float:
    return sum(_row_time(found, row, balance) for row in found.rows if row.multiply_adds)


def _measured_ratios() -> FloatArray:
    """Return channels out and separable over full multiply-adds of each pair of version 1."""
    full = _v1(is_separable=False)
    rows = [
        (mix.shape[0], (thin.multiply_adds + mix.multiply_adds) / full.row(mix.stage).multiply_adds)
        for thin, mix in _pairs(_v1())
    ]
    return np.array(rows, float)


def _bordered(x: FloatArray) -> FloatArray:
    return pad2d(x, 1, "replicate")


def _two_steps() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return the channels of a scene, what the filters find in them, and mixtures of it."""
    rgb = (village(32)[0] / 255).transpose(2, 0, 1)[None]
    found = conv2d(_bordered(rgb), FILTERS, groups=3)
    return rgb, found, separable_conv2d(_bordered(rgb), FILTERS, MIXES)


def _draw_filtered(ax: Axes, rgb: FloatArray, maps: FloatArray, tops: Sequence[float]) -> None:
    """Draw each channel, its kernel and what that finds, on a line of their own."""
    for name, channel, kernel, found, top in zip("RGB", rgb, FILTERS, maps, tops, strict=True):
        middle = top - channel.shape[0]
        pixels(ax, channel, 14, top, 2, colours=grey(), limits=(0, 1))
        say(ax, 5, middle, name, "muted", bold=True)
        cells(ax, kernel[0], 122, middle + 25.5, 17, limit=4, text=SMALL)
        _wire(ax, (110, middle), (122, middle), DEPTHWISE, STRONG)
        _wire(ax, (173, middle), (190, middle), DEPTHWISE, STRONG)
        pixels(ax, found, 190, top, 2, colours=diverging(), limits=ANSWERS)


def _draw_mixed(ax: Axes, made: FloatArray, starts: Sequence[float], ends: Sequence[float]) -> None:
    """Draw the mixtures, with a line from each map that was filtered, as wide as its weight."""
    half = made.shape[1]  # of the height of a map: a pixel takes 2 points
    for weights, mixed, top in zip(MIXES, made, ends, strict=True):
        pixels(ax, mixed, 372, top, 2, colours=diverging(), limits=ANSWERS)
        say(ax, 472, top - half, _mixture(weights), "muted", size=SMALL, ha="left")
        for weight, start in zip(weights, starts, strict=True):
            role = POINTWISE if weight > 0 else NEGATIVE
            _wire(ax, (286, start - half), (372, top - half), role, STRONG * abs(weight))


def _mixture(weights: FloatArray) -> str:
    """Write weights of red, green and blue as a sum."""
    terms = [
        f"{'−' if weight < 0 else '+'} {'½ ' if abs(weight) == 0.5 else ''}{name}"
        for weight, name in zip(weights, "RGB", strict=True)
    ]
    return " ".join(terms).removeprefix("+ ").replace("− R", "−R")


def _wire(ax: Axes, start: Place, end: Place, role: str, width: float) -> None:
    (x0, y0), (x1, y1) = start, end
    line(ax, np.array([x0, x1]), np.array([y0, y1]), role, width=width, above=1)


def _draw_costs(ax: Axes, rows: Sequence[Row]) -> None:
    """Draw for each row its multiply-adds upwards and its parameters downwards."""
    floor, ceiling, wide, gap = 146.0, 166.0, 15.2, 5.0
    left, middles, edges = 44.0, list[float](), dict[str, list[float]]()
    for row in rows:
        left += wide + (0 if row.stage in edges else gap)
        middles.append(left - wide / 2)
        edges.setdefault(row.stage, []).append(left - wide / 2)
    up, down = 128 / max(r.multiply_adds for r in rows), 110 / max(r.parameters for r in rows)
    for value, y in ((25e6, ceiling + 25e6 * up), (50e6, ceiling + 50e6 * up)):
        _draw_scale(ax, y, f"{value / 1e6:.0f} M", left)
    for value, y in ((0.5e6, floor - 0.5e6 * down), (1e6, floor - 1e6 * down)):
        _draw_scale(ax, y, f"{value / 1e6:g} M", left)
    for kind, (_, role) in enumerate(KINDS):
        among = [k for k, row in enumerate(rows) if _kind(row) == kind]
        places, colour = [middles[k] for k in among], MARKER[role]
        work = [up * rows[k].multiply_adds for k in among]
        held = [-down * rows[k].parameters for k in among]
        ax.bar(places, work, wide - 1.5, ceiling, color=colour, zorder=2)
        ax.bar(places, held, wide - 1.5, floor, color=colour, zorder=2)
    for stage_name, places in edges.items():
        told = "fc" if stage_name == "head" else stage_name.removeprefix("conv")
        say(ax, sum(places) / len(places), (floor + ceiling) / 2, told, "muted", size=SMALL)


def _draw_scale(ax: Axes, y: float, told: str, right: float) -> None:
    line(ax, np.array([40, right]), np.array([y, y]), "line", width=HAIR, above=0)
    say(ax, 36, y, told, "muted", size=SMALL, ha="right")


def _tell_shares(ax: Axes, y: float, head: str, shares: Sequence[float]) -> None:
    """Write what share each of `KINDS` has, in its colour."""
    say(ax, 0, y, head, bold=True, size=TITLE, ha="left")
    x = 100.0
    for (name, role), share in zip(KINDS, shares, strict=True):
        told = f"{name} {percent(share)}"
        say(ax, x, y, told, "muted" if role == "edge" else role, bold=True, size=SMALL, ha="left")
        x += width_of(told, bold=True) + 16


@dataclass(frozen=True, slots=True)
class _Block:
    """Layers one behind another, as a picture needs them."""

    name: str
    side: int
    channels: list[int]
    kinds: list[int]
    kernels: list[int]
    weights: int
    work: int
    told: tuple[str, ...]
    has_shortcut: bool

    @classmethod
    def of(
        cls, name: str, found: Ledger, layers: Sequence[str], told: tuple[str, ...], *, adds: bool
    ) -> "_Block":
        """Take layers from a ledger that is not condensed."""
        rows = [found.row(layer) for layer in layers]
        first = found.rows[rows[0].sources[0]]
        kernels = [row.layer.kernel for row in rows if row.layer]
        return cls(
            name=name,
            side=rows[-1].shape[1],
            channels=[first.shape[0], *(row.shape[0] for row in rows)],
            kinds=[_kind(row) for row in rows],
            kernels=[kernel for kernel in kernels if isinstance(kernel, int)],
            weights=sum(row.weights for row in rows),
            work=sum(row.multiply_adds for row in rows),
            told=told,
            has_shortcut=adds,
        )


def _blocks() -> list[_Block]:
    """Return the bottleneck of ResNet-50 and the blocks of both MobileNets on maps of 56 by 56."""
    resnet = ledger(resnets.resnet(50), resnets.INPUT_SHAPE)
    v1, v2 = (ledger(net, mobilenets.INPUT_SHAPE) for net in (mobilenets.v1(), mobilenets.v2()))
    bottleneck = [f"conv2_2{letter}" for letter in "abc"]
    pair = ["conv4 depthwise", "conv4 pointwise"]
    inverted = [f"stage2_2 {part}" for part in ("expand", "depthwise", "project")]
    ends = ("ReLU", "ReLU", "+, ReLU"), ("ReLU", "ReLU"), ("ReLU6", "ReLU6", "linear, +")
    return [
        _Block.of("ResNet bottleneck", resnet, bottleneck, ends[0], adds=True),
        _Block.of("MobileNet v1", v1, pair, ends[1], adds=False),
        _Block.of("MobileNet v2", v2, inverted, ends[2], adds=True),
    ]


def _draw_block(ax: Axes, block: _Block, left: float, middle: float) -> None:
    """Draw maps as bars as high as they have channels, and the layers between them."""
    tall, wide = [0.6 * n for n in block.channels], 9.0
    lefts, x = [left], left
    for kind in block.kinds:
        x += wide + (56 if kind == 0 else 41)
        lefts.append(x)
    for place, (kind, kernel) in enumerate(zip(block.kinds, block.kernels, strict=True)):
        role = KINDS[kind][1]
        x0, x1 = lefts[place] + wide, lefts[place + 1]
        h0, h1 = tall[place] / 2, tall[place + 1] / 2
        corners = [(x0, middle - h0), (x1, middle - h1), (x1, middle + h1), (x0, middle + h0)]
        drawn = PolyCollection([corners], facecolors=to_rgba(MARKER[role], 0.3), zorder=1)
        ax.add_collection(drawn, autolim=False)
        say(ax, (x0 + x1) / 2, middle, f"{kernel} × {kernel}", size=SMALL)
        if kind == 0:
            say(ax, (x0 + x1) / 2, middle - 13, KINDS[0][0], size=SMALL)
    for x, height, channels in zip(lefts, tall, block.channels, strict=True):
        bar = Rectangle((x, middle - height / 2), wide, height, color=MARKER["muted"], lw=0)
        ax.add_patch(bar)
        say(ax, x + wide / 2, middle - height / 2 - 9, f"{channels}", bold=True)
    for x, told in zip(lefts[1:], block.told, strict=True):
        is_linear = told.startswith("linear")
        role = "accent-2" if is_linear else "muted"
        say(ax, x + wide / 2, 42, told, role, bold=is_linear, size=SMALL)
    centre = (left + lefts[-1] + wide) / 2
    say(ax, centre, 274, block.name, bold=True, size=TITLE)
    say(ax, centre, 22, f"{block.weights:,} weights", size=SMALL)
    say(ax, centre, 8, f"{block.work / 1e6:.0f} M multiply-adds", "muted", size=SMALL)
    if block.has_shortcut:
        start, end, level = left + wide / 2, lefts[-1] + wide / 2, middle + 98
        way = np.array([(start, middle + tall[0] / 2), (start, level), (end, level)])
        line(ax, way[:, 0], way[:, 1], "ink", width=THIN)
        arrow(ax, (end, level), (end, middle + tall[-1] / 2), "ink", width=THIN, head=5)


def _spiral() -> FloatArray:
    t = np.linspace(0.16, 1, 150)
    turn = 4.6 * np.pi * t
    spiral: FloatArray = 1.05 * t[:, None] * np.stack([np.cos(turn), np.sin(turn)], axis=1)
    return spiral


def _directions(n: int) -> FloatArray:
    """Return the first n of forty random directions: more channels keep those of fewer."""
    # A draw that loses about as many points as the average of all does.
    drawn = np.random.default_rng(279).normal(size=(40, 2))[:n]
    ways: FloatArray = drawn / np.linalg.norm(drawn, axis=1, keepdims=True)
    return ways


def _draw_lost(ax: Axes, shares: FloatArray, channels: int) -> None:
    """Draw the share of points that are lost, here and on average, by channels."""
    every = np.arange(2, CHANNELS[-1] + 1)
    ax.set(xlim=(1, 16), ylim=(-0.03, 1), xticks=[2, 5, 10, 15], yticks=[0, 0.5, 1])
    ax.set_yticklabels(["0", "50%", "100%"])
    name_axes(ax, "channels", "points lost")
    expected = np.array([lost_share(int(n), 2) for n in every])
    line(ax, every.astype(float), expected, "edge")
    points(ax, np.stack([np.array(CHANNELS, float), shares], axis=1), "accent-2", size=5)
    if channels in CHANNELS:
        ring(ax, (channels, shares[CHANNELS.index(channels)]), "ink", size=12, width=LINE)
    say(ax, 15.8, 0.24, "line: on average", "muted", size=SMALL, ha="right")


def _oriented_bank() -> FloatArray:
    """Return slopes in eight directions, the same for each of three channels."""
    slopes = np.cos(ANGLES)[:, None, None] * SOBEL_X + np.sin(ANGLES)[:, None, None] * SOBEL_Y
    return np.repeat(slopes[:, None], 3, axis=1) / 3


def _banks() -> dict[str, FloatArray]:
    """Return kernels that are multiples of one, that turn, and that have nothing in common."""
    gains = np.linspace(-1, 1, 24).reshape(8, 3, 1, 1)
    return {
        "isotropic": gains * KERNELS["Laplacian"],
        "oriented": _oriented_bank(),
        "random": np.random.default_rng(0).normal(size=(16, 8, 3, 3)),
    }


def _draw_edges(ax: Axes, scene: FloatArray, made: Sequence[FloatArray]) -> None:
    """Draw the scene, how strong its edges are by each way, and what two ways miss."""
    size, lefts, tops = 2.4, (0.0, 141.0, 282.0, 423.0), (282.0, 146.0)
    strength = [np.sqrt((some[0] ** 2).sum(axis=0)) for some in made]
    limits = 0.0, float(strength[0].max())
    heads = "scene", "full kernels", "one filter a channel", "two filters"
    for x, head in zip(lefts, heads, strict=True):
        say(ax, x, 296, head, bold=True, ha="left")
    picture(ax, scene, lefts[0], tops[0], size)
    for x, values in zip(lefts[1:], strength, strict=True):
        pixels(ax, values, x, tops[0], size, colours=sequential(), limits=limits)
    for x, some in zip(lefts[2:], made[1:], strict=True):
        missed = np.sqrt(((some - made[0])[0] ** 2).sum(axis=0))
        say(ax, x, tops[1] + 14, "missed", "muted", ha="left")
        pixels(ax, missed, x, tops[1], size, colours=sequential(), limits=limits)
        share = np.linalg.norm(missed) / np.linalg.norm(strength[0])
        say(ax, x, tops[1] - 32 * size - 12, f"{share:.0%}", "accent-2", bold=True, ha="left")
    costs = (
        f"{made[0].shape[1] * 27} multiply-adds a pixel",
        *(f"{3 * m * (9 + made[0].shape[1])}" for m in (1, 2)),
    )
    for x, told in zip(lefts[1:], costs, strict=True):
        say(ax, x, tops[0] - 32 * size - 11, told, "muted", size=SMALL, ha="left")


def _draw_errors(ax: Axes, errors: dict[str, FloatArray]) -> None:
    """Draw the least error of separable kernels, by filters a channel."""
    ax.set(xlim=(0.7, 9.3), ylim=(-0.05, 1), xticks=[1, 3, 5, 7, 9], yticks=[0, 0.5, 1])
    name_panel(ax, "best separable kernels", rise=22)
    name_axes(ax, "filters a channel", "error")
    looks = {
        "isotropic": ("accent-3", (2.3, 0.10), "multiples of one"),
        "oriented": ("accent-2", (1.75, 0.32), "directions"),
        "random": ("accent-1", (3.6, 0.60), "random"),
    }
    for name, values in errors.items():
        role, place, told = looks[name]
        filters = np.arange(1.0, len(values) + 1)
        line(ax, filters, values, role, width=THIN)
        points(ax, np.stack([filters, values], axis=1), role, size=5)
        say(ax, *place, told, role, bold=True, ha="left")


def _draw_grid(ax: Axes, work: FloatArray, at: tuple[int, int]) -> None:
    """Draw the multiply-adds of all widths and sides, and the edge of the budget."""
    left, top, size = 46.0, 216.0, 48.0
    say(ax, 0, 272, "Million multiply-adds", bold=True, size=TITLE, ha="left")
    say(ax, left + 2 * size, 250, "pixels a side", "muted", size=SMALL)
    say(ax, 0, top + 12, "width α", "muted", size=SMALL, ha="left")
    chosen = np.zeros(work.shape, bool)
    chosen[at] = True
    cells(ax, work, left, top, size, limit=float(work.max()), form="{:.0f}", strong=chosen)
    for place, (width, side) in enumerate(zip(WIDTHS, SIDES, strict=True)):
        along = size * (place + 0.5)
        say(ax, left - 10, top - along, f"{width:g}", "muted", size=SMALL, ha="right")
        say(ax, left + along, top + 12, f"{side}", "muted", size=SMALL)
    within = left + size * (work <= BUDGET / 1e6).sum(axis=1)
    x = np.repeat(within, 2)
    y: FloatArray = top - size * np.repeat(np.arange(5.0), 2)[1:-1]
    line(ax, x, y, "accent-3", width=STRONG, above=6)
    say(ax, left, top - 4 * size - 12, "left of the line: within 150 M", "accent-3", ha="left")
    frame(ax, left + size * at[1], top - size * at[0], size, size)


def _draw_accuracy(ax: Axes, work: FloatArray, accuracy: FloatArray, at: tuple[int, int]) -> None:
    """Draw accuracy over multiply-adds, a line for each width."""
    logarithmic(ax, x=[10, 30, 100, 300])
    ax.set(xlim=(9, 900), ylim=(38, 75), yticks=[40, 50, 60, 70])
    name_axes(ax, "million multiply-adds", "top-1 accuracy, %")
    for width, costs, rights in zip(WIDTHS, work, accuracy, strict=True):
        line(ax, costs, rights, "accent-1", width=THIN)
        points(ax, np.stack([costs, rights], axis=1), "accent-1", size=5.5)
        x, rise, ha = (1.1, -1.8, "left") if width in {0.25, 1} else (0.9, 1.4, "right")
        say(ax, x * costs[0], rights[0] + rise, f"α = {width:g}", "accent-1", ha=ha)
    ax.axvline(BUDGET / 1e6, color=MARKER["accent-3"], lw=STRONG, zorder=1)
    ring(ax, (work[at], accuracy[at]))


def _draw_intensities(ax: Axes, found: Ledger) -> tuple[FloatArray, FloatArray]:
    """Draw the multiply-adds a number moved of each layer; return them by kind."""
    pairs = _pairs(found)
    every = np.arange(2.0, 2 + len(pairs))
    logarithmic(ax, y=[1, 10, 100])
    ax.set(xlim=(1.4, 14.6), ylim=(1, 300), xticks=[2, 6, 10, 14])
    name_axes(ax, "conv", "multiply-adds a number moved")
    limit(ax, BALANCE)
    drawn = []
    for kind, (told, role) in enumerate(KINDS[:2]):
        rows = [pair[kind] for pair in pairs]
        values = np.array(
            [arithmetic_intensity(row.multiply_adds, _moved(found, row)) for row in rows]
        )
        line(ax, every, values, role, width=THIN)
        points(ax, np.stack([every, values], axis=1), role, size=6)
        say(
            ax,
            14,
            values[4:].max() * (1.5 if kind == 0 else 1.35),
            told,
            role,
            bold=True,
            ha="right",
        )
        drawn.append(values)
    say(ax, 14.4, 0.8 * BALANCE, f"{BALANCE:.0f}, a device", "muted", size=SMALL, ha="right")
    return drawn[0], drawn[1]
