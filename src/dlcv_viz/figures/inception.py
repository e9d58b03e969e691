"""Figures and worked examples of the module *Inception*."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Annotated, Literal

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.architectures import alexnet as alexnets
from dlcv_viz.architectures import googlenet as googlenets
from dlcv_viz.architectures import vgg as vggs
from dlcv_viz.architectures.layers import CONCATENATION, CONVOLUTION, DENSE, chain
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import INPUT, Ledger, Stage
from dlcv_viz.data.discs import discs
from dlcv_viz.draw.architecture import architecture, whole_network
from dlcv_viz.draw.canvas import (
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
from dlcv_viz.draw.marks import frame, line, points, say
from dlcv_viz.draw.matrix import cells, pixels, signed
from dlcv_viz.draw.ribbons import Bar, bar, ribbon
from dlcv_viz.draw.theme import MARKER, grey
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.auxiliary_loss import WEIGHT, supervised_gradients, total_loss
from dlcv_viz.numerics.backprop import error_sizes
from dlcv_viz.numerics.blob_detection import blobs, difference_of_gaussians, responses
from dlcv_viz.numerics.classical_kernels import KERNELS
from dlcv_viz.numerics.convolution_size import output_size
from dlcv_viz.numerics.inception import (
    Widths,
    breakeven_width,
    factorization_saving,
    module_weights,
    naive_module_weights,
    one_by_one,
    reduced_weights,
)
from dlcv_viz.numerics.low_rank import rank_errors
from dlcv_viz.numerics.network import random_network
from dlcv_viz.numerics.pooling_size import pool_output_size
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

ModuleName = Literal["3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"]
NAMES = tuple(googlenets.MODULES)
ROLES = ("accent-1", "accent-2", "accent-5", "accent-3")  # of the four branches
# A bottleneck on the way from 256 maps of 28 by 28 to 512 by 3 by 3 kernels.
C_IN, C_OUT, KERNEL, SIDE = 256, 512, 3, 28
BOTTLENECKS = (8, *range(16, 257, 16))
SIZES = (3, 5, 7, 11)  # of kernels that look for blobs
RADII = (0.5, 1.0, 1.5, 2.0, 3.0, 4.0)
SCENE = (
    *((6, 7, 4.0), (8, 24, 0.5), (5, 38, 1.5), (16, 17, 1.0), (14, 31, 3.0), (15, 44, 0.5)),
    *((24, 6, 1.5), (26, 21, 2.0), (27, 37, 4.0), (34, 13, 3.0), (35, 27, 0.5), (24, 46, 1.0)),
)
NOISE, LEAST = 0.05, 0.75  # of the scene, and the weakest answer that counts as a blob
CUTS, WIDTH = (9, 6, 7), 32  # layers before, between and behind the auxiliary heads; their units


@figure(
    alt="GoogLeNet to scale, from left to right: a stem, {n_modules} modules that part into four "
    "branches and join again, an average and a dense layer. The side falls from {sides[0]} pixels "
    "to {sides[-1]} while the maps grow from {maps[0]} to {maps[-1]}."
)
def to_scale() -> Drawing:
    """Draw the network of the paper from its ledger.

    Returns
    -------
    Drawing
        Heights are sides of the maps, widths the roots of their number.

    See Also
    --------
    dlcv_viz.architectures.googlenet.paper : Describes it.
    """
    found = _network()
    shapes = [row.shape for row in found.rows if len(row.shape) == 3 and row.shape[1] > 1]
    fig = whole_network(found, 290, has_input=False)
    return Drawing(
        fig,
        facts={
            "n_modules": len(found.of_kind(CONCATENATION)),
            "sides": sorted({shape[1] for shape in shapes}, reverse=True),
            "maps": [shapes[0][0], shapes[-1][0]],
            "n_weight_layers": sum(row.parameters > 0 for row in found.rows),
            "depth": found.depth,
            "parameters": found.parameters,
            "multiply_adds": found.multiply_adds,
        },
    )


@figure(
    alt="Module {module} to scale: {c_in} maps enter four branches side by side, with kernels of "
    "1×1, 3×3 and 5×5 and a pooling. Narrow 1×1 layers of {reduced[0]} and {reduced[1]} maps stand "
    "before the larger kernels; {given} maps are joined to {c_out}."
)
def module_plan(*, module: ModuleName = "3a") -> Drawing:
    """Draw one module from its ledger.

    Parameters
    ----------
    module : str, default "3a"
        By its name in the paper.

    Returns
    -------
    Drawing
        Maps are as high as their side and as wide as the root of their number.

    See Also
    --------
    dlcv_viz.architectures.googlenet.inception_module : Describes it.
    """
    found, widths = _module(module), _widths(module)
    fig = canvas(WIDE, 270)
    ax = stage(fig, 12, 4, WIDE - 24, 262)
    plan = architecture(ax, found, left=0, bottom=0, width=WIDE - 24, height=262)
    for number, box in plan.boxes.items():
        row = None if number == INPUT else found.rows[number]
        told = "input" if row is None else "joined"
        if row is not None and row.layer is not None:
            told = f"{row.layer.kernel}×{row.layer.kernel}"
            told += "" if row.kind == CONVOLUTION else " max"
        n_maps = found.input_shape[0] if row is None else row.shape[0]
        middle = (box.left + box.right) / 2
        say(ax, middle, box.middle + 7, told, bold=True, halo=True)
        say(ax, middle, box.middle - 7, str(n_maps), halo=True)
    return Drawing(
        fig,
        facts={
            "module": module,
            "c_in": found.input_shape[0],
            "side": found.input_shape[1],
            "reduced": [widths.three_reduce, widths.five_reduce],
            "given": list(_given(widths)),
            "c_out": widths.output,
        },
    )


@figure(
    alt="Module {module}: {c_in} maps enter four branches, through 1×1 layers of {reduced[0]} and "
    "{reduced[1]} maps before the 3×3 and 5×5 kernels, and {given} maps are joined to {c_out}. "
    "It takes {total:.1f} million multiply-adds, {shares[1]:.0%} of them in the 3×3 branch.",
    sweep=Sweep("module", NAMES, label="module", start=0),
)
def module_ribbons(*, module: ModuleName = "3a") -> Drawing:
    """Draw the channels of a module as ribbons, with what each layer costs.

    Parameters
    ----------
    module : str, default "3a"
        By its name in the paper.

    Returns
    -------
    Drawing
        Bars are as high as their channels are many, compared with those that leave the module.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts the multiply-adds.
    """
    found, widths = _module(module), _widths(module)
    work = {row.name.removeprefix(f"{module} "): row.multiply_adds / 1e6 for row in found.rows}
    by_branch = _by_branch(work)
    total, naive = sum(work.values()), _module(module, is_naive=True).multiply_adds / 1e6
    fig = canvas(WIDE, 330)
    ax = stage(fig, 8, 6, WIDE - 16, 318)
    _draw_ribbons(ax, found.input_shape[0], widths, 306 - 24, work)
    side = found.input_shape[1]
    say(ax, 0, 310, f"Module {module}, maps of {side} × {side}", bold=True, size=TITLE, ha="left")
    told = f"{total:.0f} M multiply-adds, without 1×1 layers {naive:.0f} M"
    say(ax, WIDE - 16, 310, told, "muted", size=SMALL, ha="right")
    return Drawing(
        fig,
        facts={
            "module": module,
            "side": side,
            "c_in": found.input_shape[0],
            "reduced": [widths.three_reduce, widths.five_reduce],
            "given": list(_given(widths)),
            "c_out": widths.output,
            "work": by_branch,
            "shares": [part / total for part in by_branch],
            "total": total,
            "naive": naive,
            "ratio": naive / total,
            "five_share_naive": _module(module, is_naive=True).row(f"{module} 5×5").multiply_adds
            / 1e6
            / naive,
        },
    )


@figure(
    alt="Two bars for each of nine modules: multiply-adds without and with 1×1 layers. With them "
    "it is {least:.1f} to {most:.1f} times less; in all {total:,.0f} instead of {naive_total:,.0f} "
    "million."
)
def bottleneck_costs() -> Drawing:
    """Draw what the modules would cost without their 1×1 reductions, and what they do cost.

    Returns
    -------
    Drawing
        Millions of multiply-adds, on the maps that each module is really given.

    See Also
    --------
    dlcv_viz.numerics.inception.naive_module_weights : Counts without.
    """
    reduced = [_module(name).multiply_adds / 1e6 for name in NAMES]
    naive = [_module(name, is_naive=True).multiply_adds / 1e6 for name in NAMES]
    ratios = [a / b for a, b in zip(naive, reduced, strict=True)]
    fig = canvas(WIDE, 280)
    ax = panel(fig, 34, 38, WIDE - 46, 210)
    ax.set(xlim=(-0.6, len(NAMES) - 0.4), ylim=(0, 940), yticks=[0, 300, 600, 900])
    ax.set_xticks(range(len(NAMES)), NAMES)
    ax.tick_params(axis="x", length=0)
    name_axes(ax, "module", "million multiply-adds")
    for shift, heights, role in ((-0.2, naive, "accent-2"), (0.2, reduced, "accent-1")):
        places = [k + shift for k in range(len(NAMES))]
        ax.bar(places, heights, width=0.38, color=MARKER[role], zorder=2)
    for k, (height, ratio) in enumerate(zip(naive, ratios, strict=True)):
        say(ax, k, height + 12, f"{ratio:.1f}×", bold=True, va="bottom")
    say(ax, 1.65, 800, "without 1×1 layers", "accent-2", bold=True, ha="left")
    say(ax, 1.65, 740, "as they are", "accent-1", bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "names": list(NAMES),
            "reduced": reduced,
            "naive": naive,
            "ratios": ratios,
            "least": min(ratios),
            "most": max(ratios),
            "most_at": NAMES[ratios.index(max(ratios))],
            "total": sum(reduced),
            "naive_total": sum(naive),
            "total_ratio": sum(naive) / sum(reduced),
        },
    )


@figure(
    alt="Left, weights of a bottleneck over its width: a line that crosses the {direct:,} of the "
    "direct layer at {breakeven:.1f}; at {width} it has {weights:,}. Right, what is lost there: "
    "{flat:.0%} of independent kernels, {redundant:.0%} of redundant ones.",
    sweep=Sweep("width", BOTTLENECKS, label="maps in the bottleneck", start=4),
)
def bottleneck_width(*, width: Annotated[int, Range(1, 256)] = 64) -> Drawing:
    """Draw what a bottleneck weighs, and how well it can replace the layer it is put for.

    Parameters
    ----------
    width : int, default 64
        Maps between the 1×1 and the 3×3 layer.

    Returns
    -------
    Drawing
        Weights, and the error of the best replacement without an activation between the two, for
        two banks of kernels that are drawn at random.

    See Also
    --------
    dlcv_viz.numerics.low_rank.rank_errors : Computes the error.
    """
    direct = KERNEL**2 * C_IN * C_OUT
    weights = reduced_weights(C_IN, width, C_OUT, KERNEL)
    even = breakeven_width(C_IN, C_OUT, KERNEL)
    errors = {"independent": _bank_errors(0.0), "redundant": _bank_errors(1.0)}
    fig = canvas(WIDE, 286)
    left, right = panel(fig, 40, 40, 226, 198), panel(fig, 318, 40, 226, 198)
    _draw_weights(left, width, weights, direct, even)
    right.set(xlim=(0, 262), ylim=(0, 1.05), xticks=[0, 64, 128, 256], yticks=[0, 0.5, 1])
    right.set_yticklabels(["0", "50%", "100%"])
    name_panel(right, "what is lost", rise=22)
    name_axes(right, "maps in the bottleneck", "of the kernels")
    looks = (("independent", "accent-2", (130, 0.78)), ("redundant", "accent-1", (40, 0.24)))
    for name, role, at in looks:
        line(right, np.arange(C_IN + 1.0), errors[name], role)
        points(right, np.array([[width, errors[name][width]]]), role, size=9)
        say(right, *at, f"{name} kernels", role, bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "width": width,
            "c_in": C_IN,
            "c_out": C_OUT,
            "slope": weights // width,
            "weights": weights,
            "direct": direct,
            "breakeven": even,
            "ratio": direct / weights,
            "share": weights / direct,
            "multiply_adds": weights * SIDE**2,
            "flat": errors["independent"][width],
            "redundant": errors["redundant"][width],
        },
    )


@figure(
    alt="Left, answers of kernels of {sizes} pixels to discs of {n_radii} radii; the strongest "
    "moves from the smallest kernel to the largest as discs grow. Right, a noisy scene in which "
    "{n_right} of {n_discs} discs are found, by {n_kernels} different kernels."
)
def multi_scale(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw which size of kernel answers which size of blob.

    Parameters
    ----------
    seed : int, default 0
        Of the noise.

    Returns
    -------
    Drawing
        The answers to discs by themselves, and the strongest answers in a scene.

    See Also
    --------
    dlcv_viz.numerics.blob_detection.blobs : Finds them.
    """
    kernels = [difference_of_gaussians(size) for size in SIZES]
    answers = _answers(kernels)
    scene = discs((40, 50), SCENE, noise=NOISE, seed=seed)
    found = blobs(scene, kernels, LEAST)
    true = {(row, column): radius for row, column, radius in SCENE}
    right = [blob for blob in found if (blob.row, blob.column) in true]
    fig = canvas(WIDE, 318)
    _draw_answers(stage(fig, 8, 8, 250, 302), answers, kernels)
    ax = stage(fig, 282, 8, 270, 302)
    say(ax, 0, 290, "a scene", bold=True, size=TITLE, ha="left")
    say(ax, 0, 274, "frame: the kernel that answers most", "muted", size=SMALL, ha="left")
    pixels(ax, scene, 6, 258, 5.2, colours=grey(), limits=(-0.2, 1.2))
    for blob in found:
        _frame_blob(ax, blob.row, blob.column, SIZES[blob.kernel], ROLES[blob.kernel])
    winners = answers.argmax(axis=1)
    return Drawing(
        fig,
        facts={
            "sizes": list(SIZES),
            "radii": list(RADII),
            "n_radii": len(RADII),
            "winners": [SIZES[k] for k in winners],
            "best": answers.max(axis=1),
            "smallest": answers[0],
            "largest": answers[-1],
            "noise": NOISE,
            "least": LEAST,
            "n_discs": len(SCENE),
            "n_found": len(found),
            "n_right": len(right),
            "n_kernels": len({blob.kernel for blob in found}),
            "as_alone": sum(
                blob.kernel == winners[RADII.index(true[blob.row, blob.column])] for blob in right
            ),
        },
    )


@figure(
    alt="Size of the gradient by layer in networks of {n_layers} layers, with and without two "
    "auxiliary heads. From a poor start the heads make it {poor_gain:.0f} times larger in the "
    "first layer, from a good start {good_gain:.1f} times."
)
def auxiliary_gradients(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw what auxiliary heads add to the gradients of a deep network before training.

    Parameters
    ----------
    seed : int, default 0
        Of the weights and the samples.

    Returns
    -------
    Drawing
        Left from weights that are too small for ReLUs, right from He's.

    See Also
    --------
    dlcv_viz.numerics.auxiliary_loss.supervised_gradients : Computes them.
    """
    n_layers = sum(CUTS)
    fig = canvas(WIDE, 290)
    facts: dict[str, float | list[float]] = {}
    starts = (("poor", 1.0, "half of He's variance"), ("good", 2.0, "He's variance"))
    for left, (name, gain, told) in zip((40, 318), starts, strict=True):
        ax = panel(fig, left, 40, 226, 200)
        logarithmic(ax, y=(1e-6, 1e-4, 1e-2))
        ax.set_yticklabels(["10⁻⁶", "10⁻⁴", "10⁻²"])
        ax.set(xlim=(0.4, n_layers + 0.6), ylim=(1e-7, 2e-2), xticks=[1, 9, 15, n_layers])
        name_panel(ax, told, rise=22)
        name_axes(ax, "layer", "size of the gradient")
        plain, aided = _error_sizes(gain, 0.0, seed), _error_sizes(gain, WEIGHT, seed)
        layers = np.arange(1.0, n_layers + 1)
        for head in np.cumsum(CUTS)[:-1]:
            ax.axvline(head, color=MARKER["line"], lw=THIN, zorder=0)
        line(ax, layers, aided, "accent-1", width=STRONG)
        line(ax, layers, plain, "accent-2", dashed=True)
        facts[f"{name}_first"] = [plain[0], aided[0]]
        facts[f"{name}_gain"] = aided[0] / plain[0]
        facts[f"{name}_fall"] = plain[-1] / plain[0]
    left_panel = fig.axes[0]
    say(left_panel, 1.2, 1e-3, "with heads", "accent-1", bold=True, ha="left")
    say(left_panel, 10.5, 1.2e-6, "without", "accent-2", bold=True, ha="left")
    heads = [int(n) for n in np.cumsum(CUTS)[:-1]]
    return Drawing(
        fig, facts={"n_layers": n_layers, "heads": heads, "weight": WEIGHT, "units": WIDTH, **facts}
    )


@figure(
    alt="Four ribbons of different width leave one bar, two of them through a narrow place, and "
    "join again to another: the {c_in} maps of module 3a become {c_out}."
)
def thumbnail() -> Drawing:
    """Draw the module's card: side by side, through bottlenecks, together.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    c_in, widths = _module("3a").input_shape[0], _widths("3a")
    across = 14, 100, 168, 219
    bars = _bars(c_in, widths, across, middle=75, scale=96 / widths.output, gap=9)
    _draw_bands(ax, bars)
    return Drawing(fig, facts={"c_in": c_in, "c_out": widths.output})


@example
def modules() -> Facts:
    """Count the nine modules, layer by layer.

    Returns
    -------
    Facts
        Channels, parameters, multiply-adds and receptive fields; and sums.
    """
    inputs = [_module(name).input_shape for name in NAMES]
    every = [_widths(name) for name in NAMES]
    counted = [_module(name) for name in NAMES]
    parameters = [found.parameters for found in counted]
    naive = [_module(name, is_naive=True) for name in NAMES]
    return {
        "names": list(NAMES),
        "c_in": [shape[0] for shape in inputs],
        "sides": [shape[1] for shape in inputs],
        **{field: [widths[k] for widths in every] for k, field in enumerate(Widths._fields)},
        "c_out": [widths.output for widths in every],
        "large_shares": [(widths.three + widths.five) / widths.output for widths in every],
        "parameters": parameters,
        "multiply_adds": [found.multiply_adds for found in counted],
        "naive": [found.multiply_adds for found in naive],
        "fields": [_network().row(name).receptive_field[0] for name in NAMES],
        "total": sum(parameters),
        "n_layers": sum(row.parameters > 0 for found in counted for row in found.rows),
        "per_module": len(Widths._fields),
    }


@example
def one_pixel() -> Facts:
    """Map the three channels of two pixels to two, by one matrix.

    Returns
    -------
    Facts
        Weights, biases, pixels and what becomes of them, before and after a ReLU.
    """
    W, b = np.array([[1.0, -1.0, 2.0], [0.5, 0.0, -1.0]]), np.array([1.0, 0.0])
    x = np.array([[3.0, 0.0], [1.0, 2.0], [2.0, 4.0]]).reshape(3, 1, 2)  # channels, 1 by 2 pixels
    y = one_by_one(x, W, b)[:, 0]
    return {
        "first_row": W[0],
        "second_row": W[1],
        "b": b,
        "left": x[:, 0, 0],
        "right": x[:, 0, 1],
        "y_left": y[:, 0],
        "y_right": y[:, 1],
        "rectified_right": np.maximum(y[:, 1], 0),
        "parameters": W.size + b.size,
        "as_three": 9 * W.size + b.size,
    }


@example
def compression() -> Facts:
    """Put a 1×1 layer before a 3×3 one.

    Returns
    -------
    Facts
        Weights and multiply-adds with it and without.
    """
    width = 64
    direct = KERNEL**2 * C_IN * C_OUT
    both = reduced_weights(C_IN, width, C_OUT, KERNEL)
    return {
        "c_in": C_IN,
        "c_out": C_OUT,
        "side": SIDE,
        "places": SIDE**2,
        "width": width,
        "direct": direct,
        "reduce": C_IN * width,
        "expand": KERNEL**2 * width * C_OUT,
        "both": both,
        "ratio": direct / both,
        "direct_work": direct * SIDE**2,
        "both_work": both * SIDE**2,
        "as_often_said": direct / (KERNEL**2 * width * C_OUT),
    }


@example
def breakeven() -> Facts:
    """Widen the bottleneck until it costs as much as what it replaces.

    Returns
    -------
    Facts
        Weights of some widths, and the width at which nothing is saved.
    """
    widths = (64, 128, 192, 242, 243, 256)
    direct = KERNEL**2 * C_IN * C_OUT
    weights = [reduced_weights(C_IN, width, C_OUT, KERNEL) for width in widths]
    return {
        "widths": widths,
        "weights": weights,
        "ratios": [direct / each for each in weights],
        "slope": C_IN + KERNEL**2 * C_OUT,
        "direct": direct,
        "width": breakeven_width(C_IN, C_OUT, KERNEL),
        "five": breakeven_width(C_IN, C_OUT, 5),
    }


@example
def module_3a() -> Facts:
    """Count the first module by hand, with its 1×1 layers and without.

    Returns
    -------
    Facts
        The three terms of the formula, biases, multiply-adds, and the naive module.
    """
    found, widths = _module("3a"), _widths("3a")
    c_in, side, _ = found.input_shape
    weights, naive = module_weights(c_in, widths), naive_module_weights(c_in, widths)
    pointwise = widths.one, widths.three_reduce, widths.five_reduce, widths.projection
    return {
        **widths._asdict(),
        "c_in": c_in,
        "side": side,
        "places": side**2,
        "pointwise": c_in * sum(pointwise),
        "large_three": 9 * widths.three_reduce * widths.three,
        "large_five": 25 * widths.five_reduce * widths.five,
        "weights": weights,
        "biases": found.biases,
        "parameters": found.parameters,
        "multiply_adds": found.multiply_adds,
        "c_out": widths.output,
        "naive": naive,
        "naive_nine": 9 * widths.three,
        "naive_twenty_five": 25 * widths.five,
        "naive_out": widths.one + widths.three + widths.five + c_in,
        "ratio": naive / weights,
        "naive_work": naive * side**2,
        "as_chain": 25 * widths.three * widths.five,
    }


@example
def total() -> Facts:
    """Add up the network.

    Returns
    -------
    Facts
        Parameters and multiply-adds of its parts, the head it does not have, and naive modules.
    """
    found = _network()
    parts = {part.name: part for part in found.stages}
    in_modules = [parts[name] for name in NAMES]
    naive = ledger(googlenets.naive(), googlenets.INPUT_SHAPE).condensed()
    head, last = parts["head"], found.row(NAMES[-1]).shape
    vgg = ledger(vggs.vgg("D"), vggs.INPUT_SHAPE).condensed()
    vgg_head = sum(row.parameters for row in vgg.of_kind(DENSE))
    return {
        "parts": ["stem", "nine modules", "head"],
        "parameters": [parts["stem"].parameters, _sum(in_modules)[0], head.parameters],
        "multiply_adds": [parts["stem"].multiply_adds, _sum(in_modules)[1], head.multiply_adds],
        "stem": [row.parameters for row in parts["stem"].rows if row.parameters],
        "stem_work": [row.multiply_adds for row in parts["stem"].rows if row.parameters],
        "total": found.parameters,
        "total_work": found.multiply_adds,
        "dense_head": last[0] * last[1] * last[2] * 4096 + 4096,
        "head_inputs": last[0],
        "vgg_head": vgg_head,
        "vgg_head_times": vgg_head / head.parameters,
        "naive_widths": [naive.row(name).shape[0] for name in NAMES],
        "naive_work": naive.multiply_adds,
        "naive_times": naive.multiply_adds / found.multiply_adds,
    }


@example
def rounding() -> Facts:
    """Follow the side of the maps through the network, rounded up and down.

    Returns
    -------
    Facts
        Sides behind the first convolution and the four poolings.
    """
    first = output_size(224, 7, stride=2, padding=3)
    up, down = [first], [first]
    for sides, rounds_up in ((up, True), (down, False)):
        for _ in range(4):
            sides.append(pool_output_size(sides[-1], 3, stride=2, ceil_mode=rounds_up))
    return {"names": ["conv1", "pool1", "pool2", "pool3", "pool4"], "up": up, "down": down}


@example
def auxiliary() -> Facts:
    """Count the auxiliary heads, and add up a loss.

    Returns
    -------
    Facts
        Sizes and parameters of the heads, and a sum of three losses.
    """
    trained = ledger(googlenets.paper(auxiliary=True), googlenets.INPUT_SHAPE).condensed()
    heads = [part for part in trained.stages if part.name.startswith("auxiliary")]
    pool, conv, first, last = heads[0].rows
    main, losses = 2.1, [2.9, 2.5]
    return {
        "after": list(googlenets.AUXILIARY_AFTER),
        "parameters": [head.parameters for head in heads],
        "share": sum(head.parameters for head in heads) / trained.parameters,
        "total": trained.parameters,
        "side": trained.row(googlenets.AUXILIARY_AFTER[0]).shape[1],
        "pooled": pool.shape[1],
        "conv": [row.parameters for head in heads for row in head.rows[1:2]],
        "n_maps": conv.shape[0],
        "inputs": conv.activations,
        "dense": [first.parameters, last.parameters],
        "main": main,
        "losses": losses,
        "weight": WEIGHT,
        "loss": total_loss(main, losses),
    }


@example
def factorization() -> Facts:
    """Count what is saved by kernels of one row and one column, and ask which kernels allow it.

    Returns
    -------
    Facts
        Weights for each pair of maps, and the ranks of well-known kernels.
    """
    sides = (3, 5, 7)
    names = ("box", "Sobel x", "identity", "Laplacian", "sharpen")
    return {
        "sides": sides,
        "square": [side**2 for side in sides],
        "crossed": [2 * side for side in sides],
        "saved": [factorization_saving(side) for side in sides],
        "stack": [9 * (side // 2) for side in sides],
        "names": names,
        "ranks": [int(np.linalg.matrix_rank(KERNELS[name])) for name in names],
    }


@example
def budget() -> Facts:
    """Compare what the winners of three contests hold and cost.

    Returns
    -------
    Facts
        Parameters in millions, billions of multiply-adds, and the quotients.
    """
    alexnet = ledger(alexnets.paper(), alexnets.PAPER_INPUT_SHAPE)
    vgg, google = ledger(vggs.vgg("D"), vggs.INPUT_SHAPE), _network()
    every = (alexnet, vgg, google)
    return {
        "names": ["AlexNet", "VGG-16", "GoogLeNet"],
        "parameters": [found.parameters / 1e6 for found in every],
        "multiply_adds": [found.multiply_adds / 1e9 for found in every],
        "alexnet_times": alexnet.parameters / google.parameters,
        "alexnet_work_times": google.multiply_adds / alexnet.multiply_adds,
        "vgg_times": vgg.parameters / google.parameters,
        "vgg_work_times": vgg.multiply_adds / google.multiply_adds,
        "alexnet": alexnet.parameters,
        "google": google.parameters,
    }


@example
def port() -> Facts:
    """Count torchvision's network.

    Returns
    -------
    Facts
        Parameters without and with auxiliary heads, and multiply-adds.
    """
    plain, trained = (
        ledger(googlenets.torchvision(auxiliary=auxiliary), googlenets.INPUT_SHAPE)
        for auxiliary in (False, True)
    )
    return {
        "parameters": plain.parameters,
        "with_heads": trained.parameters,
        "multiply_adds": plain.multiply_adds,
    }


@cache
def _network() -> Ledger:
    return ledger(googlenets.paper(), googlenets.INPUT_SHAPE).condensed()


@cache
def _module(name: str, *, is_naive: bool = False) -> Ledger:
    """Compute the ledger of one module, given the maps that it gets in the paper's network."""
    first = _network().row(f"{name} 1×1")
    channels, rows, columns = _network().rows[first.sources[0]].shape
    module = googlenets.inception_module(name, is_naive=is_naive)
    network = chain("module", chain(f"module {name}", module))
    return ledger(network, (channels, rows, columns)).condensed()


def _widths(name: str) -> Widths:
    return Widths(*googlenets.MODULES[name])


def _given(widths: Widths) -> tuple[int, int, int, int]:
    """Return the channels of the four branches."""
    return widths.one, widths.three, widths.five, widths.projection


def _sum(stages: Sequence[Stage]) -> tuple[int, int]:
    return sum(s.parameters for s in stages), sum(s.multiply_adds for s in stages)


def _by_branch(work: dict[str, float]) -> list[float]:
    """Return the multiply-adds of the four branches, reductions included."""
    return [
        work["1×1"],
        work["3×3 reduce"] + work["3×3"],
        work["5×5 reduce"] + work["5×5"],
        work["pool projection"],
    ]


@dataclass(frozen=True, slots=True)
class _Bars:
    """Where the channels of a module are drawn."""

    input: Bar
    reduced: tuple[Bar, Bar]
    ends: tuple[Bar, Bar, Bar, Bar]
    output: Bar


def _bars(
    c_in: int,
    widths: Widths,
    across: Sequence[float],
    *,
    middle: float,
    scale: float,
    gap: float,
) -> _Bars:
    """Place the bars of a module in four columns, the first branch on top."""
    given = _given(widths)
    top = middle + (scale * widths.output + 3 * gap) / 2
    ends = []
    for n_maps in given:
        ends.append(Bar(across[2], top - scale * n_maps, scale * n_maps))
        top = ends[-1].bottom - gap

    def centred(left: float, n_maps: int, at: float) -> Bar:
        return Bar(left, at - scale * n_maps / 2, scale * n_maps)

    reduced = (
        centred(across[1], widths.three_reduce, ends[1].middle),
        centred(across[1], widths.five_reduce, ends[2].middle),
    )
    output = centred(across[3], widths.output, middle)
    return _Bars(
        centred(across[0], c_in, middle), reduced, (ends[0], ends[1], ends[2], ends[3]), output
    )


def _draw_bands(ax: Axes, bars: _Bars) -> None:
    """Draw the bars, and the ribbons between them: a layer reads all that it starts at."""
    three, five = bars.reduced
    for first, role in zip((bars.ends[0], three, five, bars.ends[3]), ROLES, strict=True):
        ribbon(ax, bars.input, first, role, fill=0.16)
    ribbon(ax, three, bars.ends[1], ROLES[1], fill=0.3)
    ribbon(ax, five, bars.ends[2], ROLES[2], fill=0.3)
    left = bars.output.height
    for end, role in zip(bars.ends, ROLES, strict=True):
        left -= end.height
        joined = bars.output.part(left, end.height)
        ribbon(ax, end, joined, role, fill=0.5)
        bar(ax, end, role)
        bar(ax, joined, role)
    bar(ax, three, ROLES[1])
    bar(ax, five, ROLES[2])
    bar(ax, bars.input, "edge")


def _draw_ribbons(
    ax: Axes, c_in: int, widths: Widths, height: float, work: dict[str, float]
) -> None:
    gap = 15.0
    scale = (height - 3 * gap - 20) / widths.output
    across = 34, 210, 388, 500
    bars = _bars(c_in, widths, across, middle=height / 2 - 4, scale=scale, gap=gap)
    _draw_bands(ax, bars)
    say(ax, 29, bars.input.middle, str(c_in), bold=True, ha="right")
    say(ax, 512, bars.output.middle, str(widths.output), bold=True, ha="left")
    for end, n_maps, role in zip(bars.ends, _given(widths), ROLES, strict=True):
        say(ax, end.right + 4, end.middle, str(n_maps), role, bold=True, ha="left", halo=True)
    reductions = (widths.three_reduce, widths.five_reduce)
    for at, n_maps, role in zip(bars.reduced, reductions, ROLES[1:3], strict=True):
        say(ax, at.right + 4, at.middle, str(n_maps), role, bold=True, ha="left", halo=True)
    three, five = bars.reduced
    told = (
        (bars.ends[0], "1×1", "1×1"),
        (three, "1×1", "3×3 reduce"),
        (five, "1×1", "5×5 reduce"),
        (bars.ends[1], "3×3", "3×3"),
        (bars.ends[2], "5×5", "5×5"),
        (bars.ends[3], "pool, 1×1", "pool projection"),
    )
    for at, words, layer in told:
        text = f"{words}: {work[layer]:.1f} M"
        say(ax, at.left - 5, at.middle, text, size=SMALL, ha="right", halo=True)


def _draw_weights(ax: Axes, width: int, weights: int, direct: int, even: float) -> None:
    """Draw the weights of a bottleneck over its width, in thousands."""
    ax.set(xlim=(0, 262), ylim=(0, 1400), xticks=[0, 64, 128, 256], yticks=[0, 500, 1000])
    name_panel(ax, "what it weighs", rise=22)
    name_axes(ax, "maps in the bottleneck", "thousand weights")
    limit(ax, direct / 1e3)
    say(ax, 6, direct / 1e3 + 60, f"direct: {direct / 1e3:,.0f}", "muted", ha="left")
    ends = np.array([0.0, 256.0])
    line(ax, ends, ends * weights / width / 1e3, "accent-1")
    ax.axvline(even, ymax=direct / 1e3 / 1400, color=MARKER["line"], lw=THIN, zorder=0)
    say(ax, even - 4, 90, f"even: {even:.1f}", "muted", ha="right")
    points(ax, np.array([[width, weights / 1e3]]), "accent-1", size=9)
    left = width > 110
    told = f"{width} maps: {weights / 1e3:,.0f}"
    shift = -12 if left else 12
    say(
        ax,
        width + shift,
        weights / 1e3 + (70 if left else -30),
        told,
        "accent-1",
        bold=True,
        ha="right" if left else "left",
    )


@cache
def _bank_errors(decay: float) -> FloatArray:
    """Return what is lost of a random bank of kernels by a bottleneck, over its width."""
    # A row holds what one tap of one kernel weighs the maps by; to mix the maps by a rotation would
    # change no error.
    strengths = np.arange(1.0, C_IN + 1) ** -decay
    return rank_errors(np.random.default_rng(0).normal(size=(KERNEL**2 * C_OUT, C_IN)) * strengths)


def _answers(kernels: Sequence[FloatArray]) -> FloatArray:
    """Return the strongest answer of each kernel to a disc by itself, a row a radius."""
    pictures = [discs((31, 31), [(15, 15, radius)]) for radius in RADII]
    found = [np.abs(responses(picture, kernels)).max(axis=(1, 2)) for picture in pictures]
    return np.array(found)


def _draw_answers(ax: Axes, answers: FloatArray, kernels: Sequence[FloatArray]) -> None:
    """Draw discs beside the rows, kernels above the columns, and the answers."""
    left, top, size = 62.0, 212.0, 33.0
    say(ax, 0, 290, "answers", bold=True, size=TITLE, ha="left")
    say(ax, 0, 274, "kernel across, radius of a disc down", "muted", size=SMALL, ha="left")
    best = answers == answers.max(axis=1, keepdims=True)
    shown = answers / answers.max(axis=1, keepdims=True)
    cells(ax, shown, left, top, size, limit=1.0, form="")
    for (i, j), value in np.ndenumerate(answers):
        at = left + size * (j + 0.5), top - size * (i + 0.5)
        say(ax, *at, f"{value:.2f}".replace("-", "\N{MINUS SIGN}"), bold=bool(best[i, j]))
        if best[i, j]:
            frame(ax, left + size * j, top - size * i, size, size, role=ROLES[j])
    for j, kernel in enumerate(kernels):
        pixel, n = 2.4, len(kernel)
        corner = left + size * (j + 0.5) - pixel * n / 2, 238 + pixel * n / 2
        signed(ax, kernel, *corner, pixel)
        say(ax, left + size * (j + 0.5), 219, f"{n}×{n}", ROLES[j], size=SMALL)
    for i, radius in enumerate(RADII):
        middle = top - size * (i + 0.5)
        pixels(
            ax, discs((9, 9), [(4, 4, radius)]), 30, middle + 13.5, 3, colours=grey(), limits=(0, 1)
        )
        say(ax, 25, middle, f"{radius:g}", "muted", size=SMALL, ha="right")


def _frame_blob(ax: Axes, row: int, column: int, size: int, role: str) -> None:
    """Frame the window of the kernel that found a blob."""
    pixel, half = 5.2, size // 2
    corner = 6 + pixel * (column - half), 258 - pixel * (row - half)
    box = *corner, pixel * size, pixel * size
    frame(ax, *box, role="plate", width_pt=4.5, above=7)  # lost on a dark picture without
    frame(ax, *box, role=role, width_pt=2)


@cache
def _error_sizes(gain: float, weight: float, seed: int) -> FloatArray:
    """Return the size of the errors of each layer, with auxiliary heads of some weight."""
    rng = np.random.default_rng(seed)
    n_classes, sizes = 10, [WIDTH] * (sum(CUTS) - 1)
    depths = np.cumsum((0, *CUTS))
    layers = [WIDTH, *sizes, n_classes]
    parts = [
        random_network(
            layers[start : end + 1],
            seed=rng,
            gain=gain,
            hidden="relu",
            output="identity" if end == depths[-1] else "relu",
        )
        for start, end in pairwise(depths)
    ]
    heads = [
        random_network([WIDTH, WIDTH, n_classes], seed=rng, gain=gain, hidden="relu")
        for _ in CUTS[1:]
    ]
    X, labels = rng.normal(size=(200, WIDTH)), rng.integers(n_classes, size=200)
    _, found = supervised_gradients(parts, heads, X, np.eye(n_classes)[labels], weight)
    return np.concatenate([error_sizes(part) for part in found])
