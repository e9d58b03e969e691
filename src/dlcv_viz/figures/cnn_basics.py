"""Figures and worked examples of the module *CNN Architecture*."""

from collections.abc import Sequence
from dataclasses import replace
from math import ceil, log, log10, prod
from typing import Annotated, Literal, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dlcv_viz.architectures import reference as references
from dlcv_viz.architectures import resnet as resnets
from dlcv_viz.architectures import vgg as vggs
from dlcv_viz.architectures.floor_plan import floor_plan
from dlcv_viz.architectures.layers import CONVOLUTION, DENSE, GLOBAL_POOLING, MAX_POOLING
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import FLOAT_BYTES, INPUT, Ledger, Row
from dlcv_viz.architectures.table import shape_facts
from dlcv_viz.data.line_drawing import PLUS, line_drawing
from dlcv_viz.data.signs import NAMES, noisy_signs
from dlcv_viz.draw.architecture import architecture, look_of, whole_network
from dlcv_viz.draw.canvas import SMALL, STRONG, TITLE, WIDE, canvas, name_axes, panel, stage
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.marks import arrow, frame, line, say
from dlcv_viz.draw.matrix import cells, pixels
from dlcv_viz.draw.theme import MARKER, diverging, grey, sequential
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import relu
from dlcv_viz.numerics.classification_metrics import confusion_matrix
from dlcv_viz.numerics.convolution import conv2d
from dlcv_viz.numerics.convolution_cost import conv_macs, conv_parameters
from dlcv_viz.numerics.convolution_gradient import input_gradient
from dlcv_viz.numerics.convolution_size import output_size
from dlcv_viz.numerics.cross_entropy import (
    cross_entropy_gradient,
    cross_entropy_with_logits,
    one_hot,
)
from dlcv_viz.numerics.dense import parameter_count
from dlcv_viz.numerics.field_centre import field_centres
from dlcv_viz.numerics.gradient_check import central_difference, relative_error
from dlcv_viz.numerics.pooling import max_pool2d
from dlcv_viz.numerics.pooling_gradient import avg_pool2d_backward
from dlcv_viz.numerics.receptive_field import receptive_field as fields_of
from dlcv_viz.numerics.small_cnn import SmallCNN, forward, parameter_gradient, random_cnn
from dlcv_viz.numerics.small_cnn_training import epochs, loss
from dlcv_viz.numerics.softmax import softmax
from dlcv_viz.numerics.stage_cost import cost_ratio
from dlcv_viz.numerics.stroke_kernels import ANGLES, arrangement_kernels, stroke_kernels
from dlcv_viz.numerics.training import softmax_cross_entropy
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

LayerName = Literal[
    "input", "conv1", "pool1", "conv2", "pool2", "conv3", "pool3", "conv4", "pool4", "fc1"
]
LAYERS: tuple[LayerName, ...] = get_args(LayerName)
CONV, POOL = (3, 1, 1), (2, 2, 1)  # kernel, stride and dilation in the reference network
SIDE = references.INPUT_SHAPE[1]
PAPER_AND_INK = (0.0, 1.0)
N_TRAIN, N_TEST, N_EPOCHS, N_KERNELS, KERNEL = 240, 200, 20, 6, 5
NOISE = 0.25  # of the signs, whose lines are 1 and whose ground is 0
FAINT = 0.2  # first kernels are so much smaller than He's, so that what is learned can be seen
DOT, TOP, PITCH = 2.2, 303.0, 75.0  # points a pixel, of the first row, from row to row
# Where each stage begins, how many maps stand beside each other, and points between their edges.
STAGES = {
    "input": (0.0, 1, 0.0),
    "conv 1": (126.0, 1, 0.0),
    "pool 1": (240.0, 1, 0.0),
    "conv 2": (330.0, 2, 48.0),
    "pool 2": (458.0, 2, 44.0),
}
Segment = tuple[tuple[float, float], tuple[float, float]]
STROKES: list[list[Segment]] = [
    [((-np.cos(a), -np.sin(a)), (np.cos(a), np.sin(a)))] for a in np.deg2rad(ANGLES)
]
ARMS: dict[str, Segment] = {
    "right": ((0, 0), (1, 0)),
    "left": ((-1, 0), (0, 0)),
    "down": ((0, -1), (0, 0)),
    "up": ((0, 0), (0, 1)),
    "slant": ((-0.8, -0.8), (0.8, 0.8)),
}
MEETINGS = [
    [ARMS[arm] for arm in arms.split()]
    for arms in (
        *("right down", "left down", "right up", "left up"),
        *("left right up down", "left right", "up down", "slant"),
    )
]
SPAN = 62  # pixels of the field of fc1, the largest that is drawn


@figure(
    alt="Two networks to scale. VGG-16 narrows by {classic_pools} poolings and ends in "
    "{classic_dense} dense layers, with {classic_dense_share:.0%} of its parameters. ResNet-18 "
    "narrows by strides, has shortcuts, averages each map and ends in {modern_dense} dense layer "
    "with {modern_dense_share:.0%}."
)
def templates() -> Drawing:
    """Draw a network of the classic form and one of the modern form, from their ledgers.

    Returns
    -------
    Drawing
        VGG-16 above ResNet-18, each to a scale of its own.

    See Also
    --------
    dlcv_viz.architectures.vgg.vgg, dlcv_viz.architectures.resnet.resnet : Describe them.
    """
    fig = canvas(WIDE, 350)
    classic, modern = _classic(), _modern()
    for bottom, found, told in (
        (178, classic, "classic: VGG-16"),
        (0, modern, "modern: ResNet-18"),
    ):
        ax = stage(fig, 12, bottom, WIDE - 24, 172)
        say(ax, 0, 164, told, size=TITLE, bold=True, ha="left")
        architecture(ax, found, left=0, bottom=0, width=WIDE - 24, height=152)
    return Drawing(fig, facts={**_form("classic", classic), **_form("modern", modern)})


@figure(
    alt="The reference network to scale. The side of its maps falls from {sides[0]} pixels over "
    "{sides[2]}, {sides[4]} and {sides[6]} to {sides[8]}, while the maps grow from {maps[0]} over "
    "{maps[1]}, {maps[3]} and {maps[5]} to {maps[7]}; {units[0]} and {units[1]} units follow."
)
def funnel() -> Drawing:
    """Draw the reference network from its ledger.

    Returns
    -------
    Drawing
        Heights are sides of the maps, widths the roots of their number.

    See Also
    --------
    dlcv_viz.architectures.reference.reference : Describes it.
    """
    found = _reference()
    shapes = [found.input_shape, *(row.shape for row in found.rows)]
    fig = whole_network(found, 252)
    return Drawing(
        fig,
        facts=shape_facts(shapes),
    )


@figure(
    alt="A drawing of {side} by {side} pixels passes two rounds of convolution and pooling. "
    "{maps[0]} maps show its strokes by direction, {maps[2]} smaller ones how strokes meet: each "
    "corner of the square in a map of its own, the plus in another."
)
def forward_maps() -> Drawing:
    """Draw all maps of a forward pass through two layers whose kernels are set by hand.

    Returns
    -------
    Drawing
        Drawing, maps of strokes, the same pooled, maps of arrangements, the same pooled, to one
        scale. What the unit of the crossing sees is framed.

    See Also
    --------
    dlcv_viz.numerics.stroke_kernels : The kernels.
    """
    passed = _passed()
    fig = canvas(WIDE, 350)
    ax = stage(fig, 10, 6, WIDE - 20, 338)
    _draw_maps(ax, passed)
    row, column = (place // 4 for place in PLUS)
    field = fields_of([CONV, POOL] * 2)[-1]
    centre = field_centres([(3, 1, 1, 1), (2, 2, 1, 0)] * 2)[-1]
    low = [int(centre + field.jump * place - (field.size - 1) / 2) for place in (row, column)]
    _frame_unit(ax, (row, column), low, field.size)
    stages = list(passed.values())
    return Drawing(
        fig,
        facts={
            "side": passed["input"].shape[1],
            "sides": [values.shape[1] for values in stages[1:]],
            "maps": [len(values) for values in stages[1:]],
            "numbers": [values.size for values in stages],
            "field": field.size,
            "jump": field.jump,
            "crossing": [row, column],
            "strongest": [int(n) for n in passed["pool 2"].reshape(8, -1).argmax(axis=1)],
            "is_on": [int((values > 0.5).sum()) for values in passed["pool 2"]],
        },
    )


@figure(
    alt="A picture of {side} by {side} pixels and the square that one unit of {name} sees, {field} "
    "pixels wide; most of its gradient comes from the middle. Beside it the fields of all layers, "
    "up to {fields[9]}; without strides they would end at {plain[9]}.",
    sweep=Sweep("layer", LAYERS, label="layer", start=5),
)
def receptive_field(*, layer: LayerName = "conv3") -> Drawing:
    """Draw which pixels one unit of the reference network sees, and how much each counts.

    Parameters
    ----------
    layer : str, default "conv3"
        ``input`` or a layer up to fc1.

    Returns
    -------
    Drawing
        The field on the picture, tinted by the gradient of the unit if all kernels average, and
        the fields of all layers beside those of a stack without strides.

    See Also
    --------
    dlcv_viz.numerics.receptive_field.receptive_field : Computes the fields.
    """
    place = LAYERS.index(layer)
    fields, jumps, lows = _views()
    reached = _reached(place)
    field, low = fields[place], lows[place]
    fig = canvas(WIDE, 318)
    _draw_field(stage(fig, 8, 8, 286, 302), reached, field, low)
    plain = [1 + 2 * depth for depth in range(len(LAYERS))]
    _draw_fields(stage(fig, 312, 8, 242, 302), fields, plain, place)
    inner = _inner(field)
    first = low + (field - inner) // 2
    middle = slice(max(first, 0), first + inner)
    return Drawing(
        fig,
        facts={
            "name": layer,
            "side": SIDE,
            "field": field,
            "jump": jumps[place],
            "low": low,
            "high": low + field - 1,
            "fields": fields,
            "plain": plain,
            "gains": [fields[n] - fields[n - 1] for n in (1, 3, 5, 7)],  # of the convolutions
            "inner": inner,
            "inner_area": (inner / field) ** 2,
            "inner_share": reached[middle, middle].sum() / reached.sum(),
        },
    )


@figure(
    alt="Bars for each layer of the reference network. Parameters pile up late: conv4 and fc1 hold "
    "{late:.0%}. Activations are early: conv1 and pool1 give {early:.0%}. Multiply-adds are level "
    "from conv2 to conv4. The receptive field grows to {fields[8]}."
)
def layer_budget() -> Drawing:
    """Draw what each layer of the reference network holds, does, gives and sees.

    Returns
    -------
    Drawing
        A row a layer; each column has a scale of its own.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts.
    """
    found = _reference()
    rows = found.rows
    held, done = [row.parameters for row in rows], [row.multiply_adds for row in rows]
    given, fields = [row.activations for row in rows], [row.receptive_field[0] for row in rows]
    fig = canvas(WIDE, 300)
    ax = stage(fig, 8, 6, WIDE - 16, 288)
    names = [row.name for row in rows]
    for k, name in enumerate(names):
        say(ax, 0, _level(k), name, "muted", size=SMALL, ha="left")
    columns = (
        ("parameters", held, f"{sum(held):,} in all", "accent-2"),
        ("multiply-adds", done, f"{sum(done):,} in all", "accent-1"),
        ("activations", given, f"{sum(given):,} in all", "accent-3"),
        ("receptive field", fields, f"picture: {SIDE}", "accent-5"),
    )
    for left, width, (head, values, note, role) in zip(
        (46, 182, 322, 452), (72, 76, 72, 62), columns, strict=True
    ):
        _draw_column(ax, values, left=left, width=width, told=(head, note), role=role)
    late = found.row("conv4").parameters + found.row("fc1").parameters
    return Drawing(
        fig,
        facts={
            "names": names,
            "parameters": held,
            "multiply_adds": done,
            "activations": given,
            "fields": fields,
            "late": late / found.parameters,
            "early": sum(given[:2]) / found.activations,
            "conv1_share": given[0] / found.activations,
            "conv_work": sum(done[:8]) / found.multiply_adds,
            "pool4": given[7],
        },
    )


@figure(
    alt="Loss and test accuracy over {n_epochs} epochs, {n_kernels} learned kernels, and a "
    "confusion matrix. The accuracy rises from {accuracy[0]:.0%} before training to "
    "{accuracy[20]:.0%} on {n_test} pictures of three noisy signs."
)
def tiny_training(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Train a small convolutional network on three noisy signs, from random weights to the end.

    Parameters
    ----------
    seed : int, default 0
        Of the first weights and of the order of pictures.

    Returns
    -------
    Drawing
        Some pictures, loss and accuracy by epoch, the learned kernels, the confusion matrix.

    See Also
    --------
    dlcv_viz.numerics.small_cnn_training.epochs : Trains it.
    """
    x, y, unseen, classes = _sign_data()
    every = list(epochs(_untrained(seed), x, y, n_epochs=N_EPOCHS, seed=seed))
    losses = [loss(net, x, y) for net in every]
    answers = [forward(net, unseen).logits.argmax(axis=1) for net in every]
    accuracy = [float((found == classes).mean()) for found in answers]
    confusion = confusion_matrix(classes, answers[-1], len(NAMES)).astype(float)
    fig = canvas(WIDE, 320)
    _draw_samples(stage(fig, 8, 8, 96, 304), x, y)
    _draw_progress(fig, losses, accuracy)
    _draw_learned(stage(fig, 348, 8, 204, 304), (every[0], every[-1]), confusion)
    return Drawing(
        fig,
        facts={
            "n_train": N_TRAIN,
            "n_test": N_TEST,
            "n_epochs": N_EPOCHS,
            "n_kernels": N_KERNELS,
            "kernel": KERNEL,
            "parameters": len(every[0].parameters),
            "losses": losses,
            "accuracy": accuracy,
            "chance": log(len(NAMES)),
            "n_wrong": int(N_TEST - np.trace(confusion)),
            "noise": NOISE,
            "agreement": [_agreement(every[0]), _agreement(every[-1])],
            "passed": next(n for n, share in enumerate(accuracy) if share >= 0.9),
        },
    )


@figure(
    alt="The reference network as plates: {n} of them, from a tall thin one to low wide ones, and "
    "at the end a row of answers, one of which is lit."
)
def thumbnail() -> Drawing:
    """Draw the module's card: maps that shrink and grow in number.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    found = _reference()
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    plan = floor_plan(found, left=12, right=214, bottom=14, top=136)
    for number, box in plan.boxes.items():
        row = None if number == INPUT else found.rows[number]
        if number == len(found.rows) - 1:
            continue  # the answers
        look = look_of(row)
        plate = Rectangle((box.left, box.bottom), box.right - box.left, box.height)
        plate.set(facecolor=to_rgba(MARKER[look.role], max(look.fill, 0.12)), lw=1.2)
        plate.set_edgecolor(MARKER[look.role])
        ax.add_patch(plate)
    for k in range(10):
        role = "accent-2" if k == 3 else "line"
        ax.add_patch(Rectangle((222, 17 + 11.8 * k), 9, 9, color=MARKER[role], lw=0))
    return Drawing(fig, facts={"n": len(found.rows)})


@example
def first_layer() -> Facts:
    """Count a first layer on a picture of 224 by 224 in three colours.

    Returns
    -------
    Facts
        Size, parameters, multiply-adds, operations, memory, and a common wrong number.
    """
    side, filters, channels, kernel = 224, 64, 3, 3
    out = output_size(side, kernel, padding=1)
    taps = kernel**2 * channels
    parameters = conv_parameters(channels, filters, kernel)
    macs = conv_macs(channels, filters, kernel, (out, out))
    outputs = out * out * filters
    each = taps + (taps - 1) + 1  # products, sums of them, and the bias
    return {
        "side": side,
        "channels": channels,
        "filters": filters,
        "kernel": kernel,
        "out": out,
        "taps": taps,
        "parameters": parameters,
        "macs": macs,
        "outputs": outputs,
        "each": each,
        "flops": each * outputs,
        "megabytes": FLOAT_BYTES * outputs / 1e6,
        "mebibytes": FLOAT_BYTES * outputs / 2**20,
        "wrong": out * out * parameters,
    }


@example
def every_row() -> Facts:
    """Derive the rows of the reference network from formulas, without its ledger.

    Returns
    -------
    Facts
        What each layer reads and gives, its parameters and multiply-adds, and their sums.
    """
    side, before = SIDE, references.INPUT_SHAPE[0]
    sides, held, done = [], [], []
    for width in references.WIDTHS:
        side = output_size(side, 3, padding=1)
        sides.append(side)
        held.append(conv_parameters(before, width, 3))
        done.append(conv_macs(before, width, 3, (side, side)))
        side, before = output_size(side, 2, stride=2), width
    flat, units, n_classes = before * side**2, 128, 10
    dense = [parameter_count([flat, units]), parameter_count([units, n_classes])]
    dense_work = [flat * units, units * n_classes]
    return {
        "names": ["conv1", "conv2", "conv3", "conv4"],
        "reads": [references.INPUT_SHAPE[0], *references.WIDTHS[:-1]],
        "gives": list(references.WIDTHS),
        "sides": sides,
        "parameters": held,
        "macs": done,
        "last_side": side,
        "flat": flat,
        "dense": dense,
        "dense_macs": dense_work,
        "total": sum(held) + sum(dense),
        "total_macs": sum(done) + sum(dense_work),
        "without_depth": conv_parameters(1, references.WIDTHS[1], 3),
        "gap": parameter_count([before, n_classes]),
        "head": sum(dense),
    }


@example
def field_walk() -> Facts:
    """Follow receptive field, jump and centre through the reference network.

    Returns
    -------
    Facts
        Kernel, stride, padding, and field, jump and centre before and after each layer.
    """
    windows = [(3, 1, 1, 1), (2, 2, 1, 0)] * 4
    fields = fields_of([(k, s, d) for k, s, d, _ in windows])
    jumps = [field.jump for field in fields]
    return {
        "names": list(LAYERS[1:9]),
        "kernels": [k for k, *_ in windows],
        "strides": [s for _, s, *_ in windows],
        "paddings": [p for *_, p in windows],
        "before": [1, *(field.size for field in fields[:-1])],
        "jumps_before": [1, *jumps[:-1]],
        "fields": [field.size for field in fields],
        "jumps": jumps,
        "centres": field_centres(windows),
        "three": fields_of([CONV] * 3)[-1].size,
        "plain": fields_of([CONV] * 8)[-1].size,
        "wrong": 3 + jumps[1],
        "second": field_centres(windows)[-1] + jumps[-1],
        "dense": fields_of([CONV, POOL] * 4 + [(2, 1, 1)])[-1].size,
    }


@example
def softmax_step() -> Facts:
    """Take the loss of three logits and its gradient.

    Returns
    -------
    Facts
        Probabilities, loss for the first class, gradient; and what a shift of all logits does.
    """
    z, y = np.array([[2.0, 1.0, 0.1]]), one_hot(np.array([0]), 3)
    return {
        "classes": ["0", "1", "2"],
        "z": z[0],
        "exponentials": np.exp(z[0]),
        "p": softmax(z)[0],
        "y": y[0],
        "loss": cross_entropy_with_logits(z, y)[0],
        "gradient": cross_entropy_gradient(z, y)[0],
        "large": 1000.0,
        "large_loss": cross_entropy_with_logits(z + 1000, y)[0],
    }


@example
def widening() -> Facts:
    """Compare stages whose maps are halved, with three rules for their channels.

    Returns
    -------
    Facts
        Side and channels of four stages, and millions of multiply-adds of a 3 by 3 layer in each.
    """
    sides = [32, 16, 8, 4]
    rules = {"same": 1, "double": 2, "fourfold": 4}
    widths = {name: [64 * q**n for n in range(4)] for name, q in rules.items()}
    return {
        "sides": sides,
        **widths,
        **{
            f"{name}_millions": [
                conv_macs(width, width, 3, (side, side)) / 1e6
                for side, width in zip(sides, every, strict=True)
            ]
            for name, every in widths.items()
        },
        "ratios": [cost_ratio(q, 2) for q in rules.values()],
    }


@example
def real_stages() -> Facts:
    """Look up what the stages of ResNet-18 cost.

    Returns
    -------
    Facts
        Side, channels and multiply-adds of each stage, in millions, and total strides.
    """
    found = _modern()
    stages = found.stages[1:5]
    last = [stage.rows[-1] for stage in stages]
    reducing = [
        row
        for row in found.of_kind(CONVOLUTION, MAX_POOLING)
        if row.layer is not None and row.layer.stride == 2 and "projection" not in row.name
    ]
    return {
        "names": [stage.name for stage in stages],
        "sides": [row.shape[1] for row in last],
        "channels": [row.shape[0] for row in last],
        "millions": [stage.multiply_adds / 1e6 for stage in stages],
        "parameters": [stage.parameters for stage in stages],
        "walk": [found.input_shape[1], *(row.shape[1] for row in reducing)],
        "total_stride": last[-1].jump[0],
        "field": last[-1].receptive_field[0],
    }


@example
def memory() -> Facts:
    """Count the numbers that training the reference network keeps.

    Returns
    -------
    Facts
        Activations of one picture, and what weights, gradients and Adam's averages take.
    """
    found = _reference()
    given = [row.activations for row in found.rows]
    batch, copies = 128, 4  # weights, gradients, two averages
    state = copies * FLOAT_BYTES * found.parameters
    each = FLOAT_BYTES * sum(given)
    return {
        "total": sum(given),
        "kilobytes": each / 1e3,
        "parameters": found.parameters,
        "copies": copies,
        "state": state / 1e6,
        "batch": batch,
        "batch_megabytes": batch * each / 1e6,
        "equal": state / each,
        "early": sum(given[:2]) / sum(given),
    }


@example
def first_run() -> Facts:
    """Test a small network before it is trained, as one should.

    Returns
    -------
    Facts
        Shapes, the loss of an untrained network, of one batch that is learnt by heart, and the
        error of a gradient check.
    """
    x, y, _, _ = _sign_data()
    net, n, n_checked = _untrained(0), 20, 5
    passed = forward(net, x[:n_checked])
    few = list(epochs(net, x[:n], y[:n], n_epochs=100, seed=0))  # one batch, one step an epoch
    _, delta = softmax_cross_entropy(passed.logits, one_hot(y[:n_checked], len(NAMES)))
    derived = parameter_gradient(net, passed, delta).parameters
    numeric = central_difference(
        lambda theta: loss(net.with_parameters(theta), x[:n_checked], y[:n_checked]),
        net.parameters,
        1e-6,
    )
    return {
        "n": n,
        "n_checked": n_checked,
        "maps": _told(passed.maps.shape[1:]),
        "features": passed.features.shape[1],
        "logits": passed.logits.shape[1],
        "parameters": len(net.parameters),
        "initial": loss(net, x, y),
        "expected": log(len(NAMES)),
        "expected_ten": log(10),
        "steps": len(few) - 1,
        "by_heart": loss(few[-1], x[:n], y[:n]),
        "exponent": ceil(log10(relative_error(derived, numeric))),
    }


def _reference() -> Ledger:
    return ledger(references.reference(), references.INPUT_SHAPE).condensed()


def _classic() -> Ledger:
    return ledger(vggs.vgg("D"), vggs.INPUT_SHAPE).condensed()


def _modern() -> Ledger:
    return ledger(resnets.resnet(18), resnets.INPUT_SHAPE).condensed()


def _told(shape: Sequence[int]) -> str:
    """Write height, width and channels of maps (C, H, W)."""
    return " × ".join(map(str, (*shape[1:], shape[0])))


def _form(name: str, found: Ledger) -> Facts:
    """Return what tells the form of a network, each fact with its name in front."""
    dense = found.of_kind(DENSE)
    last = [row for row in found.rows if row.kind not in {DENSE, GLOBAL_POOLING}][-1]
    has_average = bool(found.of_kind(GLOBAL_POOLING))
    facts: dict[str, float] = {
        "parameters": found.parameters,
        "multiply_adds": found.multiply_adds,
        "pools": len(found.of_kind(MAX_POOLING)),
        "strided": sum(_is_strided(row) for row in found.rows),
        "dense": len(dense),
        "dense_share": sum(row.parameters for row in dense) / found.parameters,
        "reads": last.shape[0] if has_average else prod(last.shape),
    }
    return {f"{name}_{key}": value for key, value in facts.items()}


def _is_strided(row: Row) -> bool:
    """Tell whether a convolution narrows its maps; projections beside one do not count."""
    if row.layer is None or row.kind != CONVOLUTION or "projection" in row.name:
        return False
    return row.layer.stride == 2


def _passed() -> dict[str, FloatArray]:
    """Pass the drawing through both layers; keep all maps, (C, H, W)."""
    x = line_drawing()[None, None]
    strokes = relu(conv2d(x, stroke_kernels(), padding=1))
    pooled = max_pool2d(strokes, 2)
    meetings = relu(conv2d(pooled, *arrangement_kernels(), padding=1))
    stages = {"input": x, "conv 1": strokes, "pool 1": pooled, "conv 2": meetings}
    stages["pool 2"] = max_pool2d(meetings, 2)
    return {name: values[0] for name, values in stages.items()}


def _place(name: str, n: int, side: int) -> tuple[float, float]:
    """Return the upper left corner of a map; each stands at the middle of its row."""
    left, columns, pitch = STAGES[name]
    row = 1.5 if name == "input" else n // columns
    middle = TOP - DOT * SIDE / 2 - PITCH * row
    return left + pitch * (n % columns), middle + DOT * side / 2


def _draw_maps(ax: Axes, passed: dict[str, FloatArray]) -> None:
    """Draw every map at its place, with signs for what it looks for."""
    for name, values in passed.items():
        side = values.shape[1]
        left, columns, pitch = STAGES[name]
        middle = left + (pitch * (columns - 1) + DOT * side) / 2
        say(ax, max(middle, 30), 330, name, bold=True, size=TITLE)
        many = f"{len(values)} of " if len(values) > 1 else ""
        say(ax, max(middle, 30), 316, f"{many}{side} × {side}", "muted", size=SMALL)
        for n, each in enumerate(values):
            corner = _place(name, n, side)
            colours = grey().reversed() if name == "input" else sequential()
            pixels(ax, each, *corner, DOT, colours=colours, limits=PAPER_AND_INK)
            signs = {"conv 1": STROKES, "pool 2": MEETINGS}.get(name)
            if signs:
                at = corner[0] - 12, corner[1] - DOT * side / 2
                _draw_sign(ax, at, signs[n])
    for tail, head in ((76, 104), (202, 234), (282, 324), (418, 438)):
        arrow(ax, (tail, TOP - 150), (head, TOP - 150), "edge", width=1, head=5)


def _draw_sign(ax: Axes, at: tuple[float, float], segments: Sequence[Segment]) -> None:
    """Draw what a map looks for as a sign of 10 points."""
    placed = 5 * np.array(segments) + np.array(at)
    ax.add_collection(
        LineCollection(list(placed), colors=MARKER["ink"], linewidths=1.4, capstyle="round"),
        autolim=False,
    )


def _frame_unit(ax: Axes, unit: tuple[int, int], low: Sequence[int], field: int) -> None:
    """Frame what a unit of the crossing sees, and where the unit is."""
    left, top = _place("input", 0, SIDE)
    seen = left + DOT * low[1], top - DOT * low[0], DOT * field, DOT * field
    frame(ax, *seen)
    left, top = _place("pool 2", 4, SIDE // 4)
    frame(ax, left + DOT * unit[1] - 1.5, top - DOT * unit[0] + 1.5, DOT + 3, DOT + 3)


def _views() -> tuple[list[int], list[int], list[int]]:
    """Return field, jump and first pixel of a unit in the middle of each layer."""
    found = _reference()
    fields, jumps, lows = [1], [1], [SIDE // 2]
    for name in LAYERS[1:]:
        row = found.row(name)
        side = row.shape[1] if len(row.shape) == 3 else 1
        middle = row.start[0] + side // 2 * row.jump[0]
        fields.append(row.receptive_field[0])
        jumps.append(row.jump[0])
        lows.append(int(middle - (row.receptive_field[0] - 1) / 2))
    return fields, jumps, lows


def _reached(place: int) -> FloatArray:
    """Return the gradient of that unit by the pixels, (32, 32), if all kernels average."""
    found = _reference()
    names = [name for name in LAYERS[1 : place + 1] if name != "fc1"]
    side = found.row(names[-1]).shape[1] if names else SIDE
    delta = np.zeros((1, 1, side, side))
    if LAYERS[place] == "fc1":
        delta += 1 / delta.size
    else:
        delta[..., side // 2, side // 2] = 1
    average = np.full((1, 1, 3, 3), 1 / 9)
    for name in reversed(names):
        size = delta.shape[-2], delta.shape[-1]
        if name.startswith("conv"):
            delta = input_gradient(delta, average, size, padding=1)
        else:
            delta = avg_pool2d_backward(delta, (2 * size[0], 2 * size[1]), 2)
    reached: FloatArray = delta[0, 0]
    return reached


def _inner(field: int) -> int:
    """Return about half of a field, so that as many pixels are left over on both sides."""
    half = field // 2
    return half + (field - half) % 2


def _draw_field(ax: Axes, reached: FloatArray, field: int, low: int) -> None:
    """Draw the field around or on the picture, tinted by what each pixel counts."""
    size = 270 / SPAN
    margin = size * (SPAN - SIDE) / 2
    left, top = 4 + margin, 280 - margin
    ground = Rectangle((left, top - size * SIDE), size * SIDE, size * SIDE)
    ground.set(facecolor=MARKER["sunken"], lw=0, zorder=0)
    ax.add_patch(ground)
    first, last = max(low, 0), min(low + field, SIDE)
    seen = reached[first:last, first:last]
    corner = left + size * first, top - size * first
    limits = 0.0, float(seen.max())
    pixels(ax, seen, *corner, size, colours=sequential(), limits=limits)
    frame(ax, left, top, size * SIDE, size * SIDE, role="ink", width_pt=1.2)
    whole = left + size * low, top - size * low, size * field, size * field
    frame(ax, *whole, above=9)
    say(ax, left, top + 8, f"picture, {SIDE} × {SIDE}", "muted", size=SMALL, ha="left")
    told = f"sees {field} × {field} pixels" if field > 1 else "one pixel"
    say(ax, 0, 295, told, "accent-2", bold=True, size=TITLE, ha="left")


def _draw_fields(ax: Axes, fields: Sequence[int], plain: Sequence[int], place: int) -> None:
    """Draw the field of each layer as a bar, with the one that no stride would give."""
    say(ax, 0, 295, "side of the field, pixels", bold=True, size=TITLE, ha="left")
    start, scale, step = 44.0, 158 / max(fields), 23.0
    for k, (name, field, other) in enumerate(zip(LAYERS, fields, plain, strict=True)):
        y, is_here = 264 - step * k, k == place
        say(ax, 0, y, name, "accent-2" if is_here else "muted", size=SMALL, bold=is_here, ha="left")
        role = "accent-2" if is_here else "accent-1"
        ax.barh([y], [scale * field], 12, [start], color=MARKER[role], zorder=2)
        end = start + scale * max(field, other) + 7
        say(ax, end, y, f"{field}", role, bold=True, ha="left")
        x = start + scale * other
        ax.plot([x, x], [y - 9, y + 9], color=MARKER["ink"], lw=1.6, zorder=4)
    ax.plot([2, 2], [6, 24], color=MARKER["ink"], lw=1.6)
    told = f"with 3 × 3 convolutions alone, no stride: {plain[place]}"
    say(ax, 9, 15, told, size=SMALL, ha="left")


def _level(k: int) -> float:
    """Return the height of the row of a layer."""
    return 232 - 24.0 * k


def _draw_column(
    ax: Axes, values: Sequence[int], *, left: float, width: float, told: tuple[str, str], role: str
) -> None:
    """Draw one number of all layers as bars to a scale of their own."""
    say(ax, left, 276, told[0], role, bold=True, size=TITLE, ha="left")
    say(ax, left, 260, told[1], "muted", size=SMALL, ha="left")
    scale = width / max(values)
    levels = [_level(k) for k in range(len(values))]
    lengths = [scale * value for value in values]
    ax.barh(levels, lengths, 15, left, color=to_rgba(MARKER[role], 0.35), zorder=2)
    for y, value in zip(levels, values, strict=True):
        say(ax, left + 3, y, f"{value:,}", "ink" if value else "muted", size=SMALL, ha="left")


def _sign_data() -> tuple[FloatArray, IntArray, FloatArray, IntArray]:
    """Return pictures (N, 1, 12, 12) and classes, to train and to test."""
    x, y, _ = noisy_signs(N_TRAIN, seed=0, noise=NOISE)
    unseen, classes, _ = noisy_signs(N_TEST, seed=1, noise=NOISE)
    return x[:, None], y, unseen[:, None], classes


def _untrained(seed: int) -> SmallCNN:
    shape = {"n_kernels": N_KERNELS, "side": KERNEL, "n_classes": len(NAMES)}
    net = random_cnn((1, 12, 12), **shape, pooling="max", seed=seed)
    return replace(net, kernels=FAINT * net.kernels)


def _agreement(net: SmallCNN) -> float:
    """Return the correlation of neighbours along the direction of the diagonal sign."""
    kernels = net.kernels[:, 0]
    return float(np.corrcoef(kernels[:, 1:, :-1].ravel(), kernels[:, :-1, 1:].ravel())[0, 1])


def _draw_samples(ax: Axes, x: FloatArray, y: IntArray) -> None:
    say(ax, 0, 292, f"three of {len(x)}", bold=True, size=TITLE, ha="left")
    for n, name in enumerate(NAMES):
        first = int((y == n).argmax())
        top = 280 - 94 * n
        colours = grey().reversed()
        pixels(ax, x[first, 0], 0, top, 6, colours=colours, limits=(-0.4, 1.3))
        say(ax, 0, top - 81, name, "muted", size=SMALL, ha="left")


def _draw_progress(fig: Figure, losses: Sequence[float], accuracy: Sequence[float]) -> None:
    """Draw loss and accuracy by epoch."""
    at = np.arange(len(losses))
    above, below = panel(fig, 140, 192, 176, 88), panel(fig, 140, 40, 176, 88)
    for ax, values, role, name in (
        (above, losses, "accent-1", "loss"),
        (below, accuracy, "accent-2", "right, of the test set"),
    ):
        ax.set(xlim=(0, len(losses) - 1), xticks=[0, 10, 20])
        line(ax, at.astype(float), np.array(values), role, width=STRONG)
        name_axes(ax, "epoch", name)
    above.set(ylim=(0, 1.3), yticks=[0, 1])
    limit(above, log(len(NAMES)))
    below.set(ylim=(0, 1.05), yticks=[0, 1 / 3, 1])
    below.set_yticklabels(["0", "⅓", "1"])
    limit(below, 1 / 3)


def _draw_learned(ax: Axes, nets: Sequence[SmallCNN], confusion: FloatArray) -> None:
    """Draw the kernels before and after training, and how often each sign was taken for which."""
    reach = float(np.abs(nets[-1].kernels).max())
    heads = f"{N_KERNELS} kernels before training", f"after {N_EPOCHS} epochs"
    for head, net, level in zip(heads, nets, (280.0, 222.0), strict=True):
        say(ax, 0, level + 10, head, bold=True, size=TITLE, ha="left")
        for n, kernel in enumerate(net.kernels[:, 0]):
            pixels(ax, kernel, 34 * n, level, 6, colours=diverging(), limits=(-reach, reach))
    say(ax, 0, 160, "sign down, answer across", bold=True, size=TITLE, ha="left")
    left, top, size = 58.0, 130.0, 38.0
    off = ~np.eye(len(NAMES), dtype=bool) & (confusion > 0)
    cells(ax, confusion, left, top, size, limit=float(confusion.max()), strong=off)
    for n, name in enumerate(NAMES):
        say(ax, left - 6, top - size * (n + 0.5), name, "muted", size=SMALL, ha="right")
        say(ax, left + size * (n + 0.5), top + 9, name[:4], "muted", size=SMALL)
