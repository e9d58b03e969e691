"""Figures and worked examples of the module *Transfer Learning*."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from dlcv_viz.architectures import mobilenet, resnet, vgg
from dlcv_viz.architectures.layers import Chain
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import Stage
from dlcv_viz.data.strokes import SIDE, Class, stroke_classes, stroke_pictures, strokes
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
from dlcv_viz.draw.marks import arrow, line, points, say
from dlcv_viz.draw.matrix import pixels, signed
from dlcv_viz.draw.theme import MARKER, grey
from dlcv_viz.draw.window import Box
from dlcv_viz.draw.words import spread
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import sigmoid
from dlcv_viz.numerics.adaptive_optimizers import uncorrected_share
from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.distillation import distillation_loss, soft_target_loss
from dlcv_viz.numerics.domain_shift import (
    Domain,
    estimated_priors,
    importance_weighted_risk,
    importance_weights,
    label_shift_posterior,
    threshold_bound,
)
from dlcv_viz.numerics.fine_tuning import (
    accuracy,
    fine_tuned,
    l2_sp_penalty,
    linear_probe,
)
from dlcv_viz.numerics.learning_rate import layer_rates, slanted_triangular
from dlcv_viz.numerics.network import Network, random_network
from dlcv_viz.numerics.softmax import softmax
from dlcv_viz.numerics.training import gradients, softmax_cross_entropy
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

N_CLASSES = 10  # of the target in all counts
IMAGE_NET_IMAGES, IMAGE_NET_CLASSES = 1_281_167, 1_000
INPUT_SHAPE = (3, 224, 224)
STRATEGIES = ("head only", "last stage on", "everything")
SERIES = ("accent-1", "accent-2", "accent-3")
WAYS = ("scratch", "frozen", "fine-tuned")
LOOKS = dict(zip(WAYS, ("accent-2", "accent-1", "accent-3"), strict=True))

N_HIDDEN, NOISE = 32, 1.0  # of the small networks, and of the pictures that they read
START = 0.05  # gain of random weights: small ones are soon outweighed by what is learnt
SIZES = (2, 5, 10, 25, 50, 100)  # pictures of each target class
N_SOURCE_EACH, N_TEST_EACH = 300, 300
N_SHOWN = 18  # hidden units
SHIFTS = tuple(k / 10 for k in range(11))
SHIFT_SIZE = 10  # pictures of each class when the domain shifts

FACTORS = (1.0, 0.9, 0.7, 1 / 2.6)
N_LAYERS, N_STEPS, N_RISE = 10, 200, 20
GRID = np.linspace(-4, 4, 320)  # even: at 0, where classes are equally likely, no rule is best
TEMPERATURES = tuple(np.geomspace(0.5, 20, 80))
TEACHER, STUDENT = np.array([4.0, 1.0, 0.0]), np.array([2.0, 1.0, 0.0])


@figure(
    alt="Two networks in rows. The {body:,} parameters of the body are copied from the one of "
    "{old_classes:,} classes to the one of {classes}; its head of {old_head:,} is left behind, and "
    "a new one of {head:,} is put in its place."
)
def swap_head() -> Drawing:
    """Draw what is kept and what is new.

    Returns
    -------
    Drawing
        ResNet-50 for the source above, for the target below.

    See Also
    --------
    dlcv_viz.architectures.resnet.resnet : Describes both.
    """
    old, new = (_parts(resnet.resnet(50, n_classes=n)) for n in (IMAGE_NET_CLASSES, N_CLASSES))
    body = sum(part.parameters for part in new[:-1])
    fig = canvas(WIDE, 240)
    ax = stage(fig, 8, 6, WIDE - 16, 228)
    rows = (
        ("source", f"{IMAGE_NET_IMAGES:,}", "labelled photographs", 146.0),
        ("target", "a few hundred", "pictures of yours", 36.0),
    )
    for (name, many, what, floor), parts, role in zip(
        rows, (old, new), ("edge", "accent-2"), strict=True
    ):
        say(ax, 0, floor + 40, name, bold=True, size=TITLE, ha="left")
        say(ax, 0, floor + 22, many, size=SMALL, ha="left")
        say(ax, 0, floor + 8, what, "muted", size=SMALL, ha="left")
        for k, part in enumerate(parts[:-1]):
            _block(ax, Box(134 + 52 * k, floor + 48, 46, 48), "accent-1", 0.14)
            say(ax, 157 + 52 * k, floor + 24, part.name, size=SMALL)
        _block(ax, Box(424, floor + 48, 46, 48), role, 0.14 if role == "accent-2" else 0)
        say(ax, 447, floor + 24, "head", size=SMALL, bold=role == "accent-2")
        arrow(ax, (394, floor + 24), (422, floor + 24), "edge", width=THIN)
    say(ax, 478, 178, f"{old[-1].parameters:,}", "muted", size=SMALL, ha="left")
    say(ax, 478, 162, "left behind", "muted", size=SMALL, ha="left")
    say(ax, 478, 68, f"{new[-1].parameters:,}", "accent-2", size=SMALL, bold=True, ha="left")
    say(ax, 478, 52, "new", "accent-2", size=SMALL, bold=True, ha="left")
    arrow(ax, (262, 142), (262, 88), "accent-1")
    say(ax, 272, 121, f"copied: {body:,}", "accent-1", bold=True, ha="left")
    say(ax, 272, 106, "parameters of the body", "accent-1", size=SMALL, ha="left")
    say(ax, 447, 208, f"{IMAGE_NET_CLASSES:,} classes", "muted", size=SMALL)
    say(ax, 447, 20, f"{N_CLASSES} classes", "accent-2", size=SMALL, bold=True)
    return Drawing(
        fig,
        facts={
            "images": IMAGE_NET_IMAGES,
            "old_classes": IMAGE_NET_CLASSES,
            "classes": N_CLASSES,
            "body": body,
            "old_head": old[-1].parameters,
            "head": new[-1].parameters,
            "total": body + new[-1].parameters,
        },
    )


@figure(
    alt="Parts of three networks, filled where they are trained, and how many parameters that is. "
    "The head alone is {resnet_shares[0]:.2%} of ResNet-50, {vgg_shares[0]:.2%} of VGG-16, "
    "{mobilenet_shares[0]:.1%} of MobileNet v2; with the last stage {resnet_shares[1]:.0%}, "
    "{vgg_shares[1]:.0%} and {mobilenet_shares[1]:.0%}."
)
def freeze_budget_map() -> Drawing:
    """Draw how much is trained in three networks and three strategies.

    Returns
    -------
    Drawing
        A row a strategy; counts on a logarithmic scale.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    backbones = (
        ("resnet", "ResNet-50", resnet.resnet(50, n_classes=N_CLASSES), "1 2 3 4 5 fc", 2),
        ("vgg", "VGG-16", vgg.vgg("D", n_classes=N_CLASSES), "1 2 3 4 5 fc6 fc7 fc8", 4),
        ("mobilenet", "MobileNet v2", mobilenet.v2(n_classes=N_CLASSES), "c 1 2 3 4 5 6 7 c fc", 3),
    )
    facts: dict[str, float | list[int] | list[float] | list[str]] = {}
    fig = canvas(WIDE, 350)
    ax = stage(fig, 8, 36, WIDE - 16, 314)
    scale = panel(fig, 324, 36, 148, 300)
    scale.set(xlim=(4, 8.2), ylim=(0, 300), xticks=[4, 5, 6, 7, 8], yticks=[])
    scale.set_xticklabels(["10⁴", "10⁵", "10⁶", "10⁷", "10⁸"])
    scale.spines["left"].set_visible(False)
    name_axes(scale, "trained parameters", among_ticks=False)
    for power in range(4, 9):
        scale.axvline(power, color=MARKER["line"], lw=HAIR, zorder=0)
    top = 308.0
    for key, title, network, names, n_last in backbones:
        counts = [part.parameters for part in _parts(network)]
        n_trained = (1, n_last, len(counts))
        trained = [sum(counts[-n:]) for n in n_trained]
        told = list(zip(n_trained, trained, strict=True))
        say(ax, 0, top - 6, title, bold=True, size=TITLE, ha="left")
        _draw_budgets(ax, scale, names.split(), told, top)
        facts |= {
            key: trained,
            f"{key}_shares": [n / sum(counts) for n in trained],
            f"{key}_parts": [part.name for part in _parts(network)],
            f"{key}_jump": trained[1] / trained[0],
        }
        top -= 103
    return Drawing(fig, facts={**facts, "classes": N_CLASSES, "strategies": list(STRATEGIES)})


@figure(
    alt="The eight strokes, and what the {n_hidden} hidden units look for as small pictures. "
    "Trained on the source they look like strokes: {share:.0%} of their weights lies in the space "
    "of the strokes. Trained on {n_few} target pictures alone: {scratch_share:.0%}."
)
def learned_strokes() -> Drawing:
    """Draw the weights of hidden units, trained on the source and on few pictures of the target.

    Returns
    -------
    Drawing
        Each map on a scale of its own, of the units with the longest weights.

    See Also
    --------
    dlcv_viz.numerics.fine_tuning.fine_tuned : Trains them.
    """
    body, few = _source(0), _scratch(0, SHIFT_SIZE)
    fig = canvas(WIDE, 268)
    ax = stage(fig, 8, 6, WIDE - 16, 256)
    say(ax, 0, 246, "eight strokes, of which a class has three", bold=True, size=TITLE, ha="left")
    for k, stroke in enumerate(strokes()):
        _show_picture(ax, stroke, (68 * k, 232), 4.4, noise=0)
    shares = []
    for left, network, told in (
        (0, body, f"trained on {N_SOURCE_EACH * len(_classes(0)[0]):,} source pictures"),
        (280, few, f"trained on {SHIFT_SIZE * len(_classes(0)[1])} target pictures only"),
    ):
        maps = np.asarray(network.weights[0])
        shares.append(_share_in_strokes(maps))
        say(ax, left, 166, told, bold=True, size=TITLE, ha="left")
        say(ax, left, 150, f"{shares[-1]:.0%} within the strokes", "muted", size=SMALL, ha="left")
        order = np.argsort(-np.linalg.norm(maps, axis=1))
        for place, unit in enumerate(order[:N_SHOWN]):
            weights = maps[unit].reshape(SIDE, SIDE)
            signed(ax, weights, left + 44.5 * (place % 6), 138 - 44.5 * (place // 6), 4)
    return Drawing(
        fig,
        facts={
            "n_hidden": N_HIDDEN,
            "n_shown": N_SHOWN,
            "n_strokes": len(strokes()),
            "n_source": N_SOURCE_EACH * len(_classes(0)[0]),
            "n_few": SHIFT_SIZE * len(_classes(0)[1]),
            "share": shares[0],
            "scratch_share": shares[1],
            "chance": len(strokes()) / SIDE**2,
        },
    )


@figure(
    alt="Accuracy against pictures of each class. With {sizes[0]}, training from scratch reaches "
    "{scratch[0]:.0%}, a frozen body {frozen[0]:.0%}; with {sizes[5]}, scratch {scratch[5]:.0%}, "
    "frozen {frozen[5]:.0%}, fine-tuned {tuned[5]:.0%}."
)
def few_shot_transfer_curve(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Train on few and on many pictures of a target, with and without a source.

    Parameters
    ----------
    seed : int, default 0
        Of classes, pictures and weights.

    Returns
    -------
    Drawing
        Pictures of both tasks, and accuracy over the number of pictures of each class.

    See Also
    --------
    dlcv_viz.numerics.fine_tuning.linear_probe : Trains the new head.
    """
    found = {way: [_accuracies(seed, n)[way] for n in SIZES] for way in WAYS}
    source, target = _classes(seed)
    fig = canvas(WIDE, 286)
    _draw_tasks(stage(fig, 8, 8, 190, 270), seed)
    curves = panel(fig, 250, 40, 240, 200)
    logarithmic(curves, x=SIZES)
    curves.set(xlim=(1.8, 110), ylim=(0.4, 1))
    curves.set_yticks([0.4, 0.6, 0.8, 1], ["40%", "60%", "80%", "100%"])
    name_axes(curves, "pictures of each class", "right on new pictures")
    for way, values in found.items():
        line(curves, np.array(SIZES, float), np.array(values), LOOKS[way], dashed=True)
        points(curves, np.column_stack([SIZES, values]), LOOKS[way], size=7)
    ends = _apart([found[way][-1] for way in WAYS], 0.055)
    for way, end in zip(WAYS, ends, strict=True):
        say(curves, 122, end, way, LOOKS[way], bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "sizes": SIZES,
            "scratch": found["scratch"],
            "frozen": found["frozen"],
            "tuned": found["fine-tuned"],
            "n_source_classes": len(source),
            "n_target_classes": len(target),
            "n_source": N_SOURCE_EACH * len(source),
            "n_test": N_TEST_EACH * len(target),
            "n_pixels": SIDE**2,
            "n_hidden": N_HIDDEN,
            "noise": NOISE,
            "gain_points": [
                100 * (there - here)
                for there, here in zip(found["frozen"], found["scratch"], strict=True)
            ],
        },
    )


@figure(
    alt="At a shift of {shift:.1f}, training from scratch is right on {scratch:.0%}, the frozen "
    "body on {frozen:.0%}, fine-tuned {tuned:.0%}. Without shift they have {scratch_all[0]:.0%}, "
    "{frozen_all[0]:.0%}, {tuned_all[0]:.0%}; at 1 {scratch_all[10]:.0%}, {frozen_all[10]:.0%}, "
    "{tuned_all[10]:.0%}.",
    sweep=Sweep("shift", SHIFTS, label="shift", start=0),
)
def domain_shift_slider(
    *, shift: Annotated[float, Range(0, 1)] = 0.0, seed: Annotated[int, Range(0, 99)] = 0
) -> Drawing:
    """Draw what becomes of transfer as the target moves away from the source.

    Parameters
    ----------
    shift : float, default 0
        Share of disorder in the target's pictures.
    seed : int, default 0
        Of classes, pictures and weights.

    Returns
    -------
    Drawing
        Pictures of the target at this shift, and accuracies at all.

    See Also
    --------
    dlcv_viz.data.strokes.stroke_pictures : Mixes a copy in whose pixels are in another order.
    """
    every = {way: [_accuracies(seed, SHIFT_SIZE, s)[way] for s in SHIFTS] for way in WAYS}
    here = _accuracies(seed, SHIFT_SIZE, shift)
    fig = canvas(WIDE, 286)
    ax = stage(fig, 8, 8, 190, 270)
    say(ax, 0, 262, f"target at shift {shift:.1f}", bold=True, size=TITLE, ha="left")
    say(ax, 0, 247, "without its noise; below, with it", "muted", size=SMALL, ha="left")
    for top, noise in ((236.0, 0.0), (122.0, NOISE)):
        shown, _ = stroke_pictures(_classes(seed)[1], 1, noise=noise, seed=seed + 7, disorder=shift)
        for k, picture in enumerate(shown.reshape(-1, SIDE, SIDE)):
            corner = 60 * (k % 3), top - 52 * (k // 3)
            _show_picture(ax, picture, corner, 4.4, noise=noise)
    curves = panel(fig, 250, 40, 200, 200)
    curves.set(
        xlim=(-0.02, 1.02), ylim=(0.2, 1), xticks=[0, 0.5, 1], yticks=[0.2, 0.4, 0.6, 0.8, 1]
    )
    curves.set_yticklabels(["20%", "40%", "60%", "80%", "100%"])
    name_axes(curves, "shift", "right on new pictures")
    curves.axvline(shift, color=MARKER["edge"], lw=THIN, zorder=1)
    ends = _apart([every[way][-1] for way in WAYS], 0.07)
    for way, end in zip(WAYS, ends, strict=True):
        line(curves, np.array(SHIFTS), np.array(every[way]), LOOKS[way], dashed=True)
        points(curves, np.array([[shift, here[way]]]), LOOKS[way], size=8, above=6)
        say(curves, 1.05, end, f"{way} {here[way]:.0%}", LOOKS[way], bold=True, ha="left")
    lead = np.array(every["scratch"]) - np.array(every["frozen"])
    return Drawing(
        fig,
        facts={
            "shift": shift,
            "scratch": here["scratch"],
            "frozen": here["frozen"],
            "tuned": here["fine-tuned"],
            "n_each": SHIFT_SIZE,
            "scratch_all": every["scratch"],
            "frozen_all": every["frozen"],
            "tuned_all": every["fine-tuned"],
            "turns_at": SHIFTS[int((lead > 0).argmax())],
        },
    )


@figure(
    alt="Left, rates of {n_layers} layers as shares of the top one: with a factor of "
    "{factors[1]:g} the first layer has {first[1]:.2f}, with {factors[2]:g} {first[2]:.3f}, with "
    "1/2.6 {first[3]:.5f}. Right, a schedule of {n_steps} steps rises to step {n_rise} and falls "
    "after it."
)
def layer_learning_rates() -> Drawing:
    """Draw how the rate differs from layer to layer, and from step to step.

    Returns
    -------
    Drawing
        Discriminative rates, and the slanted triangle.

    See Also
    --------
    dlcv_viz.numerics.learning_rate.layer_rates : Computes the left panel.
    """
    layers, steps = np.arange(1, N_LAYERS + 1), np.arange(N_STEPS + 1)
    rates = [layer_rates(N_LAYERS, top=1.0, factor=factor) for factor in FACTORS]
    schedule = slanted_triangular(steps, n_steps=N_STEPS, n_rise=N_RISE, most=1.0)
    fig = canvas(WIDE, 270)
    left, right = panel(fig, 44, 40, 220, 184), panel(fig, 330, 40, 214, 184)
    logarithmic(left, y=(0.0001, 0.001, 0.01, 0.1, 1))
    left.set(xlim=(0.6, 10.4), ylim=(0.0001, 2), xticks=[1, 4, 7, 10])
    name_axes(left, "layer", "share of the top rate")
    name_panel(left, "from layer to layer", rise=22)
    for factor, shares, role in zip(FACTORS, rates, ("edge", *SERIES), strict=True):
        line(left, layers.astype(float), shares, role, dashed=role != "edge")
        if role != "edge":
            points(left, np.column_stack([layers, shares]), role)
        told = f"γ = {factor:g}" if factor > 0.5 else "γ = 1/2.6"
        rise = {"edge": 1.45, "accent-1": 0.6, "accent-2": 0.4, "accent-3": 0.5}[role]
        place = 1 if role != "accent-3" else 3.4
        height = float(np.interp(place, layers, shares)) * rise
        say(left, place, height, told, "muted" if role == "edge" else role, bold=True, ha="left")
    right.set(xlim=(0, N_STEPS), ylim=(0, 1.08), xticks=[0, 100, 200], yticks=[0, 0.5, 1])
    name_axes(right, "step", "share of the highest rate")
    name_panel(right, "from step to step", rise=22)
    line(right, steps.astype(float), schedule, "accent-1", width=STRONG)
    say(right, N_RISE + 6, 1.02, f"step {N_RISE}", "accent-1", bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "n_layers": N_LAYERS,
            "factors": FACTORS,
            "first": [shares[0] for shares in rates],
            "n_steps": N_STEPS,
            "n_rise": N_RISE,
            "ratio": schedule.max() / schedule.min(),
            "mean": schedule.mean(),
        },
    )


@figure(
    alt="Two classes along a line in the source and under three shifts. The source's rule is wrong "
    "on {errors[0]:.1%}, then {errors[1]:.1%}, {errors[2]:.1%} and {errors[3]:.1%}; the best rule "
    "there on {best[1]:.1%}, {best[2]:.1%} and {best[3]:.1%}."
)
def three_shifts() -> Drawing:
    """Draw the same two classes with another p(x), p(y) and p(y | x).

    Returns
    -------
    Drawing
        Areas are how often a class occurs at a place; the lines are rules that say 1 to the right.

    See Also
    --------
    dlcv_viz.numerics.domain_shift.Domain : Computes the errors of all rules.
    """
    shifts = _shifts()
    source, labelled = shifts[0].domain, shifts[2].domain
    rule = int(source.errors().argmin())
    fig = canvas(WIDE, 262)
    for k, shift in enumerate(shifts):
        ax, below = panel(fig, 14 + 137 * k, 78, 121, 118), stage(fig, 14 + 137 * k, 8, 130, 44)
        name_panel(ax, shift.name, rise=18, note=shift.note)
        _draw_domain(ax, shift.domain, rule)
        wrong = shift.domain.errors()
        told = f"best rule {wrong.min():.1%}"
        say(below, 0, 22, f"source's rule {wrong[rule]:.1%}", size=SMALL, ha="left")
        say(below, 0, 6, told, "accent-3", size=SMALL, bold=True, ha="left")
        if not k:
            say(ax, -3.9, 0.25, "class 0", "accent-1", bold=True, ha="left")
            say(ax, 3.9, 0.25, "class 1", "accent-2", bold=True, ha="right")
    confusion, called = _called(source, rule), _called(labelled, rule)
    priors = estimated_priors(confusion / confusion.sum(axis=0), called.sum(axis=1))
    return Drawing(
        fig,
        facts={
            "errors": [shift.domain.errors()[rule] for shift in shifts],
            "best": [shift.domain.errors().min() for shift in shifts],
            "rules": [_edge(int(shift.domain.errors().argmin())) for shift in shifts],
            "prior": labelled.p @ labelled.labels,
            "estimated_prior": priors[1],
            "called": called[1].sum(),
        },
    )


@figure(
    alt="Size of the gradient against the temperature. Without the factor T² it falls from "
    "{plain_at_one:.2f} at T = 1 to {plain_last:.4f} at {last:g}; with it, from {at_one:.2f} to "
    "{at_last:.2f}, near the limit {limit:.2f}."
)
def distillation_gradient() -> Drawing:
    """Draw how large the pull of a teacher is at each temperature.

    Returns
    -------
    Drawing
        With and without the factor, on logarithmic scales.

    See Also
    --------
    dlcv_viz.numerics.distillation.soft_target_loss : Computes it.
    """
    temperatures = np.array(TEMPERATURES)
    sizes = np.array([_pull(t) for t in temperatures])
    apart = STUDENT - TEACHER
    end = float(np.linalg.norm(apart - apart.mean())) / len(apart)
    fig = canvas(NARROW, 270)
    ax = panel(fig, 46, 40, 292, 196)
    logarithmic(ax, x=(0.5, 1, 2, 5, 10, 20), y=(0.001, 0.01, 0.1, 1))
    ax.set(xlim=(0.5, 20), ylim=(0.001, 1.5))
    name_axes(ax, "temperature T", "size of the gradient")
    limit(ax, end)
    line(ax, temperatures, sizes, "accent-1", width=STRONG)
    line(ax, temperatures, sizes / temperatures**2, "accent-2", dashed=True)
    say(ax, 2.6, 0.9, "with T²", "accent-1", bold=True, ha="left")
    say(ax, 4.2, 0.05, "without", "accent-2", bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "at_one": _pull(1.0),
            "plain_at_one": _pull(1.0),
            "at_last": sizes[-1],
            "plain_last": sizes[-1] / temperatures[-1] ** 2,
            "last": temperatures[-1],
            "limit": end,
            "drop": temperatures[-1] ** 2,
        },
    )


@figure(
    alt="A chain of {n_body} blocks that stays, an old last block that is taken off, and a new one "
    "of another colour that takes its place."
)
def thumbnail() -> Drawing:
    """Draw the module's card: the body stays, the head is exchanged.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    for k in range(4):
        height = 84 - 12 * k
        place = Box(14 + 40 * k, 66 + height / 2, 32, height)
        _block(ax, place, "accent-1", 0.2 + 0.15 * k)
    _block(ax, Box(194, 136, 32, 44), "edge", 0, dashed=True)
    _block(ax, Box(182, 88, 32, 44), "accent-2", 1)
    line(ax, np.array([166.0, 182.0]), np.full(2, 66.0), "edge")
    return Drawing(fig, facts={"n_body": 4})


@example
def rates_by_layer() -> Facts:
    """Compute the rates of layers for two factors.

    Returns
    -------
    Facts
        Some layers of ten, and all of four.
    """
    top, factor, shown = 1e-3, 0.9, (1, 5, 9, 10)
    long, short = layer_rates(10, top=top, factor=factor), layer_rates(4, top=top, factor=1 / 2.6)
    return {
        "top": top,
        "factor": factor,
        "divisor": 2.6,
        "layers": shown,
        "powers": [10 - layer for layer in shown],
        "rates": [1e3 * long[layer - 1] for layer in shown],
        "short_layers": [1, 2, 3, 4],
        "short_rates": [1e3 * rate for rate in short],
        "gap": short[-1] / short[0],
        "wrong": 1e3 * top * factor**10,
    }


@example
def head_counts() -> Facts:
    """Count new heads for ten classes, and what they are part of.

    Returns
    -------
    Facts
        Features, parameters of the head and of the network, and the share.
    """
    names = ("ResNet-18", "ResNet-50", "VGG-16", "MobileNet v2")
    networks = (
        resnet.resnet(18, n_classes=N_CLASSES),
        resnet.resnet(50, n_classes=N_CLASSES),
        vgg.vgg("D", n_classes=N_CLASSES),
        mobilenet.v2(n_classes=N_CLASSES),
    )
    heads = [_parts(network)[-1].parameters for network in networks]
    totals = [sum(part.parameters for part in _parts(network)) for network in networks]
    return {
        "names": names,
        "classes": N_CLASSES,
        "features": [head // N_CLASSES - 1 for head in heads],
        "heads": heads,
        "totals": totals,
        "shares": [100 * head / total for head, total in zip(heads, totals, strict=True)],
        "old_total": ledger(resnet.resnet(50), INPUT_SHAPE).parameters,
    }


@example
def label_shift() -> Facts:
    """Correct a posterior for classes that are as frequent as in the target.

    Returns
    -------
    Facts
        The two products and their shares.
    """
    source, target, posterior = np.array([0.5, 0.5]), np.array([0.1, 0.9]), np.array([0.8, 0.2])
    products = posterior * target / source
    corrected = label_shift_posterior(posterior, source, target)
    return {
        "source": source,
        "target": target,
        "posterior": posterior,
        "ratios": target / source,
        "products": products,
        "total": products.sum(),
        "corrected": corrected,
        "twice": label_shift_posterior(corrected, source, target),
    }


@example
def importance() -> Facts:
    """Estimate the risk on a target from losses on the source.

    Returns
    -------
    Facts
        Weights, weighed losses and the two risks.
    """
    source, target = np.array([0.5, 0.3, 0.2]), np.array([0.2, 0.3, 0.5])
    losses = np.array([0.1, 0.4, 0.9])
    weights = importance_weights(source, target)
    return {
        "places": ["A", "B", "C"],
        "source": source,
        "target": target,
        "losses": losses,
        "weights": weights,
        "terms": source * weights * losses,
        "source_risk": float(source @ losses),
        "risk": importance_weighted_risk(losses, source, target),
        "effective": 1 / float(source @ weights**2),
        "worth": 1000 / float(source @ weights**2),
    }


@example
def domain_gap() -> Facts:
    """Bound the error in the target where only places move, and where labels change, too.

    Returns
    -------
    Facts
        The parts of both bounds, and the true errors.
    """
    p_source, p_target = np.array([0.3, 0.3, 0.2, 0.1, 0.1]), np.array([0.1, 0.2, 0.2, 0.2, 0.3])
    labels, changed = np.array([0.0, 0, 1, 1, 1]), np.array([0.0, 1, 1, 1, 0])
    threshold = 2
    source = Domain(p_source, labels)
    targets = Domain(p_target, labels), Domain(p_target, changed)
    bounds = [threshold_bound(source, target, threshold) for target in targets]
    return {
        "points": [1, 2, 3, 4, 5],
        "source": p_source,
        "target": p_target,
        "difference": p_target - p_source,
        "labels": labels.astype(int),
        "changed": changed.astype(int),
        "first": threshold + 1,
        "source_error": bounds[0].source_error,
        "half": bounds[0].divergence / 2,
        "joint": [bound.joint_error for bound in bounds],
        "bound": [bound.total for bound in bounds],
        "error": [target.errors()[threshold] for target in targets],
    }


@example
def low_rank() -> Facts:
    """Count a low-rank change of a square layer.

    Returns
    -------
    Facts
        Parameters of the layer, of the two factors, and their share.
    """
    width, rank = 768, 8
    return {
        "width": width,
        "rank": rank,
        "full": width**2,
        "added": rank * 2 * width,
        "share": 2 * rank / width,
        "break_even": width // 2,
    }


@example
def distil() -> Facts:
    """Compare a student with a teacher at a temperature.

    Returns
    -------
    Facts
        Softened probabilities, divergence and gradient; and the loss with labels.
    """
    temperature, share = 2.0, 0.5
    soft, pull = soft_target_loss(STUDENT, TEACHER, temperature)
    label = one_hot(np.array(0), 3)
    both, gradient = distillation_loss(
        STUDENT, TEACHER, label, temperature=temperature, share=share
    )
    return {
        "classes": ["cat", "dog", "truck"],
        "teacher": TEACHER,
        "student": STUDENT,
        "temperature": temperature,
        "lambda": share,
        "teacher_hard": softmax(TEACHER),
        "teacher_soft": softmax(TEACHER, temperature=temperature),
        "student_soft": softmax(STUDENT, temperature=temperature),
        "divergence": float(soft) / temperature**2,
        "soft": float(soft),
        "gradient": pull,
        "sum": pull.sum(),
        "hard": (float(both) - share * float(soft)) / (1 - share),
        "both": float(both),
        "both_gradient": gradient,
    }


@example
def images_per_weight() -> Facts:
    """Divide what is trained by the number of pictures.

    Returns
    -------
    Facts
        For the head alone and for the whole network.
    """
    parts, n_images = _parts(resnet.resnet(50, n_classes=N_CLASSES)), 1000
    total = sum(part.parameters for part in parts)
    return {
        "images": n_images,
        "head": parts[-1].parameters,
        "total": total,
        "head_each": parts[-1].parameters / n_images,
        "total_each": total / n_images,
    }


@example
def pull_back() -> Facts:
    """Compare a pull to the start with a pull to zero.

    Returns
    -------
    Facts
        The penalty, its parts and both gradients.
    """
    start, body, head = (
        np.array([1.0, -2.0, 0.5]),
        np.array([1.2, -1.5, 0.5]),
        np.array([0.3, -0.4]),
    )
    pull, decay = 0.1, 0.01
    penalty, back, shrink = l2_sp_penalty(body, start, head, pull=pull, decay=decay)
    _, to_zero, _ = l2_sp_penalty(body, np.zeros(3), head, pull=pull, decay=decay)
    return {
        "names": ["w₁", "w₂", "w₃"],
        "start": start,
        "body": body,
        "head": head,
        "pull": pull,
        "decay": decay,
        "moved": float(((body - start) ** 2).sum()),
        "size": float((head**2).sum()),
        "penalty": penalty,
        "back": back,
        "to_zero": to_zero,
        "shrink": shrink,
    }


@example
def head_start() -> Facts:
    """Measure what a random head and a fitted one send into the features.

    Returns
    -------
    Facts
        Mean lengths of the gradient by the features of one picture, and their ratio.
    """
    x, _, targets = _target(0, SHIFT_SIZE, 0.0)
    fitted = linear_probe(_source(0), x, targets, rate=0.02, n_steps=60)
    head = random_network((N_HIDDEN, targets.shape[1]), seed=1)
    drawn = replace(
        fitted,
        weights=[*fitted.weights[:-1], *head.weights],
        biases=[*fitted.biases[:-1], *head.biases],
    )
    lengths = []
    for network in (drawn, fitted):
        _, found = gradients(network, x, targets, softmax_cross_entropy)
        sent = len(x) * found.errors[-1] @ network.weights[-1]
        lengths.append(float(np.linalg.norm(sent, axis=1).mean()))
    return {"random": lengths[0], "fitted": lengths[1], "ratio": lengths[0] / lengths[1]}


@example
def fading_statistics() -> Facts:
    """Count how many batches overwrite the running statistics of a frozen network.

    Returns
    -------
    Facts
        Batches, and what is left of the old mean.
    """
    kept, batches = 0.9, (1, 10, 50)
    return {
        "kept": kept,
        "batches": batches,
        "left": 1 - uncorrected_share(kept, np.array(batches)),
    }


def _parts(network: Chain) -> list[Stage]:
    """Return the stages, and the layers of the head one by one."""
    parts = []
    for found in ledger(network, INPUT_SHAPE).condensed().stages:
        if found.name == "head":
            parts += [Stage(row.name, (row,)) for row in found.rows if row.parameters]
        else:
            parts.append(found)
    return parts


def _block(ax: Axes, place: Box, role: str, fill: float, *, dashed: bool = False) -> None:
    """Draw a part of a network, as full as is said."""
    corner, width, height = (place.left, place.top - place.height), place.width, place.height
    edge = Rectangle(corner, width, height, fill=False, ec=MARKER[role], zorder=3)
    edge.set(linewidth=LINE if fill else THIN, linestyle=(0, (3, 2)) if dashed else "-")
    ax.add_patch(edge)
    if fill:
        inside = Rectangle(corner, width, height, color=MARKER[role], lw=0, alpha=fill, zorder=3)
        ax.add_patch(inside)


def _draw_tasks(ax: Axes, seed: int) -> None:
    """Draw six pictures each of the source and of the target."""
    source, target = _classes(seed)
    n_source = N_SOURCE_EACH * len(source)
    for top, name, classes, told in (
        (262, "source", source, f"{len(source)} classes, {n_source:,} pictures"),
        (124, "target", target, f"{len(target)} other classes"),
    ):
        say(ax, 0, top, name, bold=True, size=TITLE, ha="left")
        say(ax, 0, top - 15, told, "muted", size=SMALL, ha="left")
        x, _ = stroke_pictures(classes[:6], 1, noise=NOISE, seed=seed + 7)
        for k, picture in enumerate(x.reshape(-1, SIDE, SIDE)):
            _show_picture(ax, picture, (60 * (k % 3), top - 26 - 48 * (k // 3)), 4.2)


def _draw_budgets(
    ax: Axes,
    scale: Axes,
    names: Sequence[str],
    trained: Sequence[tuple[int, int]],
    top: float,
) -> None:
    """Draw the three strategies for one network: its parts, and what is trained."""
    left, room = 96.0, 206.0
    pitch = room / len(names)
    for k, name in enumerate(names):
        say(ax, left + pitch * (k + 0.5), top - 6, name, "muted", size=SMALL)
    for row, (strategy, (n, count)) in enumerate(zip(STRATEGIES, trained, strict=True)):
        y = top - 28 - 25 * row
        say(ax, 0, y, strategy, size=SMALL, ha="left")
        for k in range(len(names)):
            is_trained = k >= len(names) - n
            role, fill = ("accent-2", 0.85) if is_trained else ("edge", 0)
            _block(ax, Box(left + pitch * k + 1.5, y + 8, pitch - 3, 16), role, fill)
        power = np.log10(count)
        line(scale, np.array([4, power]), np.full(2, y), "accent-2", width=THIN)
        points(scale, np.array([[power, y]]), "accent-2", size=7)
        say(scale, power + 0.18, y, f"{count:,}", size=SMALL, ha="left")


def _show_picture(
    ax: Axes, values: FloatArray, corner: tuple[float, float], size: float, *, noise: float = NOISE
) -> None:
    """Show ink on paper; noise goes beyond both."""
    pixels(
        ax, values, *corner, size, colours=grey().reversed(), limits=(-1.2 * noise, 1 + 1.2 * noise)
    )


@cache
def _classes(seed: int) -> tuple[list[Class], list[Class]]:
    return stroke_classes(seed=seed)


@cache
def _source(seed: int) -> Network:
    """Train a network on the source."""
    # Here and below, hundreds keep the streams of random numbers of all seeds apart.
    classes = _classes(seed)[0]
    x, y = stroke_pictures(classes, N_SOURCE_EACH, noise=NOISE, seed=100 + seed)
    start = random_network((SIDE**2, N_HIDDEN, len(classes)), seed=seed, gain=START, hidden="relu")
    targets = one_hot(y, len(classes))
    return fine_tuned(start, x, targets, rates=(0.01, 0.01), n_steps=30)


def _target(seed: int, n_each: int, shift: float) -> tuple[FloatArray, IntArray, FloatArray]:
    classes = _classes(seed)[1]
    x, y = stroke_pictures(classes, n_each, noise=NOISE, seed=200 + seed, disorder=shift)
    return x, y, one_hot(y, len(classes))


@cache
def _scratch(seed: int, n_each: int, shift: float = 0.0) -> Network:
    """Train a network on the target alone."""
    x, _, targets = _target(seed, n_each, shift)
    sizes = SIDE**2, N_HIDDEN, targets.shape[1]
    start = random_network(sizes, seed=300 + seed, gain=START, hidden="relu")
    return fine_tuned(start, x, targets, rates=(0.01, 0.01), n_steps=80)


@cache
def _accuracies(seed: int, n_each: int, shift: float = 0.0) -> dict[str, float]:
    """Return how often each way is right on new pictures."""
    x, _, targets = _target(seed, n_each, shift)
    probed = linear_probe(_source(seed), x, targets, rate=0.02, n_steps=60)
    tuned = fine_tuned(probed, x, targets, rates=(0.002, 0.002), n_steps=40)
    networks = _scratch(seed, n_each, shift), probed, tuned
    classes = _classes(seed)[1]
    new, y = stroke_pictures(classes, N_TEST_EACH, noise=NOISE, seed=400 + seed, disorder=shift)
    return {way: accuracy(net, new, y) for way, net in zip(WAYS, networks, strict=True)}


def _share_in_strokes(maps: FloatArray) -> float:
    """Return how much of the squared weights lies in the space that the strokes span."""
    basis, _ = np.linalg.qr(strokes().reshape(len(strokes()), -1).T)
    return float(((maps @ basis) ** 2).sum() / (maps**2).sum())


def _apart(heights: Sequence[float], gap: float) -> list[float]:
    """Return where labels of lines with these ends stand, at least a gap apart."""
    order = sorted(range(len(heights)), key=lambda k: heights[k])
    placed = spread([heights[k] for k in order], [gap] * len(heights), 0, 1, 0)
    return [placed[order.index(k)] for k in range(len(heights))]


@dataclass(frozen=True, slots=True)
class _Shift:
    """What has changed from the source, and what came of it."""

    name: str
    note: str
    domain: Domain


def _shifts() -> list[_Shift]:
    """Return the source, of two normal classes at -1 and 1, and three shifts of it."""

    def normal(mean: float, deviation: float = 1.0) -> FloatArray:
        p: FloatArray = np.exp(-(((GRID - mean) / deviation) ** 2) / 2) / deviation
        return p

    def domain(mass: FloatArray, labels: FloatArray) -> Domain:
        return Domain(mass / mass.sum(), labels)

    both, posterior = normal(-1) + normal(1), sigmoid(2 * GRID)
    few, many = 0.1 * normal(-1), 0.9 * normal(1)
    return [
        _Shift("source", "two classes", domain(both, posterior)),
        _Shift("covariate shift", "p(x) changes", domain(normal(1, 0.8), posterior)),
        _Shift("label shift", "p(y) changes", domain(few + many, many / (few + many))),
        _Shift("concept shift", "p(y | x) changes", domain(both, sigmoid(2 * GRID - 2))),
    ]


def _edge(threshold: int) -> float:
    """Return where a rule begins to say 1."""
    return float(GRID[threshold] + GRID[threshold - 1]) / 2


def _draw_domain(ax: Axes, domain: Domain, rule: int) -> None:
    """Draw how often both classes occur, a rule, and the best one where that is another."""
    ax.set(xlim=(-4, 4), ylim=(0, 0.45), xticks=[-2, 0, 2], yticks=[])
    ax.spines["left"].set_visible(False)
    name_axes(ax, "x")
    density = domain.p / (GRID[1] - GRID[0])
    for share, role in ((1 - domain.labels, "accent-1"), (domain.labels, "accent-2")):
        x, y = GRID[::4], (share * density)[::4]  # the eye sees no more
        ax.fill_between(x, y, color=MARKER[role], alpha=0.16, lw=0, zorder=1)
        line(ax, x, y, role, dashed=True)
    best = int(domain.errors().argmin())
    for threshold, role in ((rule, "ink"), (best, "accent-3"))[: 1 + (best != rule)]:
        x, y = np.full(2, _edge(threshold)), np.array([0, 0.38])
        line(ax, x, y, role, width=LINE, dashed=role != "ink", above=4)


def _called(domain: Domain, threshold: int) -> FloatArray:
    """Return how often each class is called each: a row is what the rule says."""
    says = np.arange(len(GRID)) >= threshold
    joint = np.stack([1 - domain.labels, domain.labels]) * domain.p
    return np.stack([joint[:, ~says].sum(axis=1), joint[:, says].sum(axis=1)])


def _pull(temperature: float) -> float:
    _, gradient = soft_target_loss(STUDENT, TEACHER, temperature)
    return float(np.linalg.norm(gradient))
