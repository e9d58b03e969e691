"""Figures and worked examples of the module *Visualizing CNNs*."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.architectures import vgg
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.data.dead_leaves import dead_leaves
from dlcv_viz.data.signs import NAMES, SIDE, noisy_signs, sign_pairs
from dlcv_viz.draw.canvas import (
    HAIR,
    SMALL,
    STRONG,
    TITLE,
    WIDE,
    canvas,
    equal_units,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.columns import columns
from dlcv_viz.draw.contours import basin, descent
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.marks import frame, line, points, say
from dlcv_viz.draw.matrix import pixels, signed
from dlcv_viz.draw.theme import MARKER, grey, sequential
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation_maximization import (
    ascend,
    linear_optimum,
    linear_path,
    objective,
)
from dlcv_viz.numerics.attribution import (
    Gradient,
    Score,
    integrated_gradients,
    occlusion_map,
    rank_correlation,
    saliency_map,
    share_inside,
    smooth_gradient,
)
from dlcv_viz.numerics.convolution import windows2d
from dlcv_viz.numerics.convolution_gradient import input_gradient
from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.grad_cam import grad_cam_map, grad_cam_weights
from dlcv_viz.numerics.patch_features import (
    normalize_contrast,
    orientation_selectivity,
    random_patches,
    spherical_kmeans,
    zca_whitening,
)
from dlcv_viz.numerics.relu_rules import relu_backward
from dlcv_viz.numerics.small_cnn import (
    SmallCNN,
    forward,
    map_gradient,
    pixel_gradient,
    random_cnn,
)
from dlcv_viz.numerics.small_cnn_training import accuracy, epochs
from dlcv_viz.numerics.softmax import softmax
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import BoolArray, FloatArray, IntArray

N_KERNELS, KERNEL = 8, 5  # of the small network
N_TRAIN, N_TEST, N_EPOCHS = 300, 300, 25
MARGIN = KERNEL // 2  # pixels from a corner of a picture to the middle of what the first unit sees
N_SCENES = 60  # pictures with two signs over which shares are averaged
N_REDRAWN = 20  # networks with other weights
N_CHECKED, N_CHECKS = 16, 8  # pictures, and networks with other weights, of the sanity check
SCENE = 3  # a picture on which Grad-CAM does as well as on average
PATCH = 5  # side of what occlusion hides
LEAVES, N_DISCS, N_PICTURES = 96, 250, 3
N_PATCHES, PATCH_SIDE, N_FILTERS, N_ROUNDS = 4000, 8, 24, 10
N_ASCENT, ASCENT_STEP = 115, 5  # steps of ascent, and of those that are shown
STRENGTHS = (0.0, 0.003, 0.01, 0.03)
ROLES = ("accent-1", "accent-2", "accent-3", "accent-5")
PAPER_AND_INK = (-0.3, 1.3)  # limits of the grey scale: ink is 1, and noise goes beyond
N_FINE, N_FEW = 200, 5  # steps of integrated gradients
TAG = 3  # pixels along a side of the mark that gives a class away
METHODS = ("gradient", "SmoothGrad", "integrated", "occlusion", "Grad-CAM")


@figure(
    alt="Two units of a small network, each with its kernel, patches that it likes and the input "
    "that ascent finds. Beside them a picture with two signs, and three maps of which pixels "
    "speak for the {asked}: Grad-CAM has {share:.0%} of its mass on the half where it is."
)
def two_questions() -> Drawing:
    """Draw what one network is asked: what its units look for, and which pixels counted.

    Returns
    -------
    Drawing
        Two units at the left, one prediction at the right.

    See Also
    --------
    dlcv_viz.numerics.small_cnn_training.epochs : Trains the network.
    """
    net, (x, sides), (new, classes, _) = _trained(), _scene(), noisy_signs(N_TEST, seed=1)
    units = _most_selective(net)[:2]
    fig = canvas(WIDE, 246)
    page = stage(fig, 0, 0, WIDE, 246)
    say(page, 10, 232, "What makes a unit fire?", bold=True, size=TITLE, ha="left")
    for left, name in ((10, "kernel"), (90, "patches"), (170, "by ascent")):
        say(page, left, 210, name, "muted", size=SMALL, ha="left")
    gains = []
    for unit, top in zip(units, (198, 104), strict=True):
        gains.append(_draw_unit(page, net, unit, top))
    say(page, 270, 232, "Which pixels counted?", bold=True, size=TITLE, ha="left")
    found = _maps(net, x, sides[0])
    shown = {"picture": x[0], **{name: found[name] for name in ("gradient", *METHODS[3:])}}
    for place, (name, values) in enumerate(shown.items()):
        left, top = 270 + 150 * (place % 2), 198 - 94 * (place // 2)
        told = f"speaks for the {NAMES[sides[0]]}?" if name == "picture" else name
        say(page, left, top + 12, told, "muted", size=SMALL, ha="left")
        show = _show_picture if name == "picture" else _show_heat
        show(page, values, left, top, 5.4)
    return Drawing(
        fig,
        facts={
            "asked": NAMES[sides[0]],
            "other": NAMES[sides[1]],
            "share": share_inside(found["Grad-CAM"], _half(0)),
            "gradient_share": share_inside(found["gradient"], _half(0)),
            "units": units,
            "gains": gains,
            "accuracy": accuracy(net, new[:, None], classes),
            "n_kernels": N_KERNELS,
            "kernel": KERNEL,
            "side": SIDE,
            "n_parameters": net.parameters.size,
            "n_train": N_TRAIN,
            "n_epochs": N_EPOCHS,
            "seen": SIDE - KERNEL + 1,
        },
    )


@figure(
    alt="A picture of discs that hide each other. Filters learnt from patches of such pictures are "
    "edges and bars of many orientations, random ones are noise. On a scale where a clean stripe "
    "has 1, their mean selectivity is {learnt:.2f} against {random:.2f}."
)
def learned_filters(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Learn filters from computed pictures without labels, and compare them with random ones.

    Parameters
    ----------
    seed : int, default 0
        Of pictures, patches and filters.

    Returns
    -------
    Drawing
        One of the pictures, both sets of filters, and how selective each filter is.

    See Also
    --------
    dlcv_viz.numerics.patch_features.spherical_kmeans : Finds the filters.
    """
    pictures = np.stack([dead_leaves(LEAVES, N_DISCS, seed=seed + k) for k in range(N_PICTURES)])
    learnt = _learnt(pictures, seed)
    random = np.random.default_rng(seed).normal(size=learnt.shape)
    selectivity = {
        "learnt": orientation_selectivity(learnt),
        "random": orientation_selectivity(random),
    }
    fig = canvas(WIDE, 318)
    page = stage(fig, 0, 0, WIDE, 318)
    say(page, 10, 304, "what is seen", bold=True, size=TITLE, ha="left")
    pixels(page, pictures[0], 10, 290, 2.0, colours=grey(), limits=(0, 1))
    for left, name, filters in ((232, "learnt", learnt), (402, "random", random)):
        say(page, left, 304, name, bold=True, size=TITLE, ha="left")
        for place, values in enumerate(filters):
            at = left + 38 * (place % 4), 290 - 32.5 * (place // 4)
            signed(page, values, *at, 3.7)
    ax = panel(fig, 70, 38, 478, 44)
    _draw_selectivity(ax, selectivity)
    return Drawing(
        fig,
        facts={
            "learnt": selectivity["learnt"].mean(),
            "random": selectivity["random"].mean(),
            "least": selectivity["learnt"].min(),
            "most": selectivity["random"].max(),
            "times": selectivity["learnt"].mean() / selectivity["random"].mean(),
            "side": LEAVES,
            "n_discs": N_DISCS,
            "n_pictures": N_PICTURES,
            "n_patches": N_PATCHES,
            "patch": PATCH_SIDE,
            "n_filters": N_FILTERS,
            "n_rounds": N_ROUNDS,
        },
    )


@figure(
    alt="Step {step} of ascent from one picture of noise, with four penalties. The unit's response "
    "has gone from {start:.2f} to {responses[0]:.1f} without a penalty, and to {responses[3]:.1f} "
    "with the strongest; the inputs have the lengths {norms[0]:.1f} and {norms[3]:.1f}.",
    sweep=Sweep("step", range(0, N_ASCENT + 1, ASCENT_STEP), label="step"),
)
def preferred_input(*, step: Annotated[int, Range(0, N_ASCENT)] = N_ASCENT) -> Drawing:
    """Draw the input that one unit of the small network asks for, after some steps of ascent.

    Parameters
    ----------
    step : int, default 115
        How many steps were made.

    Returns
    -------
    Drawing
        Four inputs, one for each penalty, and the unit's response over all steps.

    See Also
    --------
    dlcv_viz.numerics.activation_maximization.ascend : Makes the steps.
    """
    net, unit = _trained(), _most_selective(_trained())[0]
    paths = [_ascent(unit, strength) for strength in STRENGTHS]
    responses = np.array([_responses(net, path[:, None])[:, unit] for path in paths])
    norms = np.array([np.linalg.norm(path, axis=(1, 2)) for path in paths])
    fig = canvas(WIDE, 326)
    page = stage(fig, 0, 0, WIDE, 326)
    for place, (strength, role) in enumerate(zip(STRENGTHS, ROLES, strict=True)):
        left = 12 + 138 * place
        say(page, left, 312, f"λ = {strength:g}", role, bold=True, size=TITLE, ha="left")
        signed(page, paths[place][step], left, 300, 10)
        told = f"length {norms[place, step]:.1f}"
        say(page, left, 168, told, "muted", size=SMALL, ha="left")
    ax = panel(fig, 40, 40, 440, 84)
    top = 20 * np.ceil(responses.max() / 20)
    ax.set(xlim=(-1, N_ASCENT + 2), ylim=(-0.03 * top, top))
    ax.set(xticks=[0, 50, 100], yticks=[0, top / 2, top])
    name_axes(ax, "step", "response of the unit")
    for own, strength, role in zip(responses, STRENGTHS, ROLES, strict=True):
        line(ax, np.arange(N_ASCENT + 1.0), own, role, dashed=True)
        points(ax, np.array([[step, own[step]]]), role, size=7, above=5)
        say(ax, N_ASCENT + 4, own[-1], f"λ = {strength:g}", role, bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "step": step,
            "strengths": STRENGTHS,
            "start": responses[0, 0],
            "responses": responses[:, step],
            "norms": norms[:, step],
            "ends": responses[:, -1],
            "share": responses[3, -1] / responses[0, -1],
            "is_growing": bool(np.diff(responses[0]).min() > 0),
            "side": SIDE,
        },
    )


@figure(
    alt="A picture with a {first} and a {second}, and five maps for each when the trained network "
    "is asked for it; then for the {first} with the weights redrawn. Grad-CAM has {cam[0]:.0%} and "
    "{cam[1]:.0%} of its mass on the half asked for; after redrawing, {cam[2]:.0%}."
)
def five_maps() -> Drawing:
    """Draw what five methods say about one picture with two signs.

    Returns
    -------
    Drawing
        A row for each sign that is asked for, and one of a network with other weights.

    See Also
    --------
    dlcv_viz.numerics.attribution.integrated_gradients : One of the five.
    """
    net, (x, sides) = _trained(), _scene()
    rows = [(net, 0, ""), (net, 1, ""), (_redrawn(0), 0, "weights redrawn")]
    fig = canvas(WIDE, 302)
    page = stage(fig, 0, 0, WIDE, 302)
    _show_picture(page, x[0], 86, 294, 4.6)
    told = (f"left a {NAMES[sides[0]]},", f"right a {NAMES[sides[1]]}")
    for place, text in enumerate(told):
        say(page, 210, 274 - 16 * place, text, ha="left")
    shares = np.empty((len(rows), len(METHODS)))
    for row, (asked, half, note) in enumerate(rows):
        top = 200 - 68 * row
        say(page, 6, top - 14, f"{NAMES[sides[half]]}?", bold=True, ha="left")
        for place, text in enumerate(note.split()):
            say(page, 6, top - 28 - 12 * place, text, "muted", size=SMALL, ha="left")
        found = _maps(asked, x, sides[half])
        for column, name in enumerate(METHODS):
            left = 86 + 95 * column
            if row == 0:
                say(page, left, top + 9, name, bold=True, ha="left")
            _show_heat(page, found[name], left, top, 3.7)
            share = shares[row, column] = share_inside(found[name], _half(half))
            say(page, left, top - 53, f"{share:.0%} there", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "first": NAMES[sides[0]],
            "second": NAMES[sides[1]],
            "methods": METHODS,
            "left": shares[0],
            "right": shares[1],
            "redrawn": shares[2],
            "cam": shares[:, -1],
            "patch": PATCH,
            "fields": KERNEL,
        },
    )


@figure(
    alt="Landscape of a linear unit with a penalty on the input, and paths of ascent. With λ = "
    "{strengths[1]:g} and {strengths[2]:g} they end at lengths {ends[1]:g} and {ends[2]:g}; "
    "without a penalty the path leaves the frame and is at length {walked[0]:.0f} after "
    "{n_steps} steps."
)
def ascent_paths() -> Drawing:
    """Draw gradient ascent on an input of two pixels, with and without a penalty.

    Returns
    -------
    Drawing
        Paths over the landscape of the strongest penalty, and the length of the input by step.

    See Also
    --------
    dlcv_viz.numerics.activation_maximization.linear_path : Gives the closed form.
    """
    w, rate, strengths, n_steps = np.array([3.0, -4.0]), 0.1, (0.0, 0.25, 0.5), 40
    begin = np.array([-7.0, -2.0])
    fig = canvas(WIDE, 292)
    ax, right = panel(fig, 34, 40, 270, 212), panel(fig, 368, 40, 124, 212)
    equal_units(ax, -9, 13, middle=-5)
    _draw_landscape(ax, w, strengths[-1])
    right.set(xlim=(-0.5, n_steps + 1), ylim=(-0.3, 21), xticks=[0, 20, 40], yticks=[0, 5, 10, 20])
    name_axes(right, "step", "length of x, from 0")
    walked = []
    for strength, role in zip(strengths, ROLES, strict=False):
        path = ascend(lambda _: w, begin, rate=rate, strength=strength, n_steps=n_steps)
        n_inside = int((path[:, 1] > ax.get_ylim()[0]).sum())
        descent(ax, path[: n_inside + 1], role, every=n_steps)  # as far as the frame
        own = ascend(lambda _: w, 0 * w, rate=rate, strength=strength, n_steps=n_steps)
        length = np.linalg.norm(own, axis=1)
        walked.append(length[-1])
        line(right, np.arange(n_steps + 1.0), length, role, dashed=True)
        steps = np.arange(0, n_steps + 1, 8)
        closed = np.linalg.norm(linear_path(w, steps, rate=rate, strength=strength), axis=1)
        points(right, np.column_stack([steps, closed])[closed < 20.6], role)
        at = min(length[-1], 20)
        say(right, n_steps + 3, at, f"λ = {strength:g}", role, bold=True, ha="left")
    ends = [float(np.linalg.norm(linear_optimum(w, s))) if s else np.inf for s in strengths]
    return Drawing(
        fig,
        facts={
            "w": w,
            "rate": rate,
            "strengths": strengths,
            "n_steps": n_steps,
            "walked": walked,
            "ends": [0, *ends[1:]],  # without a penalty there is none
            "begin": begin,
        },
    )


@figure(
    alt="A picture grows out of an empty one. The probability of its class goes from {start:.2f} "
    "to {end:.2f} and flattens: its slope is {steepest:.2f} on the way, and {last:.2f} at the end. "
    "The area below the slope is {area:.3f}, just what the probability has gained."
)
def brightening() -> Drawing:
    """Follow the straight way from an empty picture to a full one, as integrated gradients do.

    Returns
    -------
    Drawing
        The pictures on the way, the probability, and its slope along the way.

    See Also
    --------
    dlcv_viz.numerics.attribution.integrated_gradients : Adds up the slopes.
    """
    net, (x, c) = _trained(), _single()
    u = np.linspace(0, 1, 201)
    way = np.multiply.outer(u, x)
    p = softmax(forward(net, way).logits)[:, c]
    slope = (_probability_gradient(net, c)(way) * x).sum(axis=(1, 2, 3))
    shares, few = (
        integrated_gradients(_probability_gradient(net, c), x, 0 * x, n_steps=n)
        for n in (N_FINE, N_FEW)
    )
    fig = canvas(WIDE, 288)
    page = stage(fig, 0, 0, WIDE, 288)
    for place, amount in enumerate((0.0, 0.25, 0.5, 0.75, 1.0)):
        left = 40 + 105 * place
        _show_picture(page, amount * x[0], left, 252, 6)
        say(page, left, 262, f"u = {amount:g}", "muted", size=SMALL, ha="left")
    _draw_way(panel(fig, 40, 42, 200, 96), u, p, f"probability of {NAMES[c]}", top=1)
    right = panel(fig, 312, 42, 200, 96)
    _draw_way(right, u, slope, "its slope along the way", top=float(np.ceil(slope.max())))
    right.fill_between(u, 0, slope, color=MARKER["accent-1"], alpha=0.13, lw=0, zorder=0)
    return Drawing(
        fig,
        facts={
            "asked": NAMES[c],
            "start": p[0],
            "end": p[-1],
            "gain": p[-1] - p[0],
            "last": slope[-1],
            "steepest": slope.max(),
            "steepest_at": u[slope.argmax()],
            "area": shares.sum(),
            "n_steps": N_FINE,
            "n_few": N_FEW,
            "coarse": few.sum(),
        },
    )


@figure(
    alt="Grad-CAM of one picture for two classes, from the trained network and from one with other "
    "weights. Over {n_scenes} pictures the trained one puts {trained:.0%} of the map on the half "
    "asked for. With weights redrawn {n_redrawn} times it is {lowest:.0%} to {highest:.0%}."
)
def gradcam_two_objects() -> Drawing:
    """Ask Grad-CAM for either of two signs, and put it to the test of other weights.

    Returns
    -------
    Drawing
        Maps of one picture, and the share of the map on what was asked for, a mark a network.

    See Also
    --------
    dlcv_viz.numerics.grad_cam.grad_cam_map : Computes the maps.
    """
    net, (x, sides) = _trained(), _scene()
    single = {
        "trained": [_cam_shares(net)],
        "new head": [_cam_shares(_redrawn(k, only_head=True)) for k in range(N_REDRAWN)],
        "all new": [_cam_shares(_redrawn(k)) for k in range(N_REDRAWN)],
    }
    groups = {name: [float(shares.mean()) for shares in found] for name, found in single.items()}
    every = np.concatenate(single["all new"])
    fig = canvas(WIDE, 300)
    page = stage(fig, 0, 0, WIDE, 300)
    _show_picture(page, x[0], 74, 290, 5.2)
    for row, (asked, name) in enumerate(((net, "trained"), (_redrawn(0), "redrawn"))):
        top = 188 - 90 * row
        say(page, 8, top - 30, name, bold=True, ha="left")
        for half in (0, 1):
            left = 74 + 134 * half
            heat = _maps(asked, x, sides[half], only="Grad-CAM")["Grad-CAM"]
            _show_heat(page, heat, left, top, 5.2)
            told = f"for the {NAMES[sides[half]]}"
            say(page, left, top + 10, told, "muted", size=SMALL, ha="left")
    ax = panel(fig, 384, 40, 166, 214)
    _draw_groups(ax, groups)
    return Drawing(
        fig,
        facts={
            "n_scenes": N_SCENES,
            "n_redrawn": N_REDRAWN,
            "trained": groups["trained"][0],
            "head_mean": np.mean(groups["new head"]),
            "head_highest": max(groups["new head"]),
            "mean": np.mean(groups["all new"]),
            "lowest": min(groups["all new"]),
            "highest": max(groups["all new"]),
            "convincing": np.mean(every >= groups["trained"][0]),
            "n_single": len(every),
            "first": NAMES[sides[0]],
            "second": NAMES[sides[1]],
        },
    )


@figure(
    alt="A network learns from pictures in which every {given_away} carries a mark in its corner. "
    "It gets {with_mark:.0%} of new ones like these, {without:.0%} without the mark. Asked why a "
    "{fooled} with the mark is a {given_away}, its map points at the corner: {share:.0%}."
)
def shortcut() -> Drawing:
    """Train on pictures that give a class away, and find it out by a map.

    Returns
    -------
    Drawing
        What was learnt from, a picture that fools the network with the map of why, and accuracies.

    See Also
    --------
    dlcv_viz.numerics.attribution.occlusion_map : Finds the mark.
    """
    net = _trained(is_marked=True)
    x, y, _ = noisy_signs(N_TEST, seed=1)
    marked = _with_mark(x, y == 0)
    right = [accuracy(net, pictures[:, None], y) for pictures in (marked, x)]
    fooling = _with_mark(x, y == 1)[y == 1][:, None]
    fooled = accuracy(net, fooling, np.zeros(len(fooling), int))
    picture = fooling[0]
    heat = np.maximum(occlusion_map(_logit(net, 0), picture, PATCH), 0)
    corner = np.zeros((SIDE, SIDE), bool)
    corner[: TAG + MARGIN, : TAG + MARGIN] = True  # where a patch covers a part of the mark
    fig = canvas(WIDE, 286)
    page = stage(fig, 0, 0, WIDE, 286)
    _draw_learnt_from(page, marked, y)
    told = f"a {NAMES[1]} with the mark: why {NAMES[0]}?"
    say(page, 10, 134, told, bold=True, size=TITLE, ha="left")
    _show_picture(page, picture[0], 10, 120, 7)
    _show_heat(page, heat, 108, 120, 7)
    for left, told in ((10, "picture"), (108, "drop when hidden")):
        say(page, left, 26, told, "muted", size=SMALL, ha="left")
    frame(page, 108, 120, 7 * (TAG + MARGIN), 7 * (TAG + MARGIN), width_pt=STRONG)
    recall = accuracy(net, x[y == 0][:, None], y[y == 0])
    _draw_accuracies(panel(fig, 352, 44, 196, 190), [*right, recall])
    return Drawing(
        fig,
        facts={
            "given_away": NAMES[0],
            "fooled": NAMES[1],
            "with_mark": right[0],
            "without": right[1],
            "recall": recall,
            "taken_in": fooled,
            "share": share_inside(heat, corner),
            "area": corner.mean(),
            "n_test": N_TEST,
            "n_train": N_TRAIN,
            "tag": TAG,
        },
    )


@figure(
    alt="Kernels of a trained network, a picture with two signs, and below it a map that glows on "
    "the one that was asked for: {share:.0%} of its mass."
)
def thumbnail() -> Drawing:
    """Draw the module's card: kernels, a picture, and what counted in it.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    net, (x, sides) = _trained(), _scene()
    fig = canvas(240, 150)
    page = stage(fig, 0, 0, 240, 150)
    for place, kernel in enumerate(net.kernels[_most_selective(net)[:6], 0]):
        signed(page, kernel, 4 + 44 * (place % 2), 148 - 52 * (place // 2), 8)
    heat = _maps(net, x, sides[0], only="Grad-CAM")["Grad-CAM"]
    _show_picture(page, x[0], 94, 148, 6)
    _show_heat(page, heat, 94, 74, 6)
    return Drawing(fig, facts={"share": share_inside(heat, _half(0))})


@example
def ascent_two_pixels() -> Facts:
    """Climb on an input of two pixels, with and without a penalty.

    Returns
    -------
    Facts
        Inputs, activations and objectives after some steps, a list a column.
    """
    w, strength, rate, t = np.array([3.0, -4.0]), 0.5, 0.1, [0, 1, 2, 10, 100]
    path = ascend(lambda _: w, 0 * w, rate=rate, strength=strength, n_steps=100)
    free = ascend(lambda _: w, 0 * w, rate=rate, strength=0, n_steps=100)
    best = linear_optimum(w, strength)
    return {
        "w": w,
        "strength": strength,
        "rate": rate,
        "t": t,
        "x1": path[t, 0],
        "x2": path[t, 1],
        "objective": [objective(float(w @ path[k]), path[k], strength) for k in t],
        "free_1": free[t, 0],
        "free_2": free[t, 1],
        "best": best,
        "most": objective(float(w @ best), best, strength),
        "activation": float(w @ best),
        "factor": 1 - 2 * strength * rate,
        "share": 1 - (1 - 2 * strength * rate) ** 10,
        "highest_rate": 1 / strength,
        "wrong": path[1] + rate * w,
    }


@example
def saliency_relu() -> Facts:
    """Carry the gradient of a score back through one hidden layer to three pixels.

    Returns
    -------
    Facts
        Pre-activations, mask, gradient and saliency, and the score after one pixel has grown.
    """
    W, v = np.array([[1.0, -1.0, 0.0], [0.0, 2.0, 1.0]]), np.array([2.0, -1.0])
    x, step = np.array([1.0, 0.5, -2.0]), 3.0
    z = W @ x
    gradient = W.T @ relu_backward(v, z)
    grown = x + step * np.array([0.0, 0.0, 1.0])
    return {
        "x": x,
        "v": v,
        "w1": W[0],
        "w2": W[1],
        "z": z,
        "mask": (z > 0).astype(int),
        "score": v @ np.maximum(z, 0),
        "gradient": gradient,
        "saliency": saliency_map(gradient[None, None]).ravel(),
        "linear": W.T @ v,
        "step": step,
        "grown": grown,
        "grown_z": (W @ grown)[1],
        "grown_score": v @ np.maximum(W @ grown, 0),
    }


@example
def three_masks() -> Facts:
    """Send one signal back through a ReLU by three rules.

    Returns
    -------
    Facts
        What goes in, what comes from behind, and what each rule lets through.
    """
    z, delta = np.array([2.0, 1.0, -1.0, -3.0]), np.array([0.5, -0.4, 0.7, -0.2])
    passed = {
        "gradient": relu_backward(delta, z),
        "deconvnet": relu_backward(delta, z, "deconvnet"),
        "guided": relu_backward(delta, z, "guided"),
    }
    return {"unit": [1, 2, 3, 4], "z": z, "delta": delta, **passed}


@example
def ig_product() -> Facts:
    """Attribute a product of two numbers to them, on the way from zero.

    Returns
    -------
    Facts
        Gradient, integrated gradients, their sum, and what gradient times input gives.
    """
    x, n_steps = np.array([3.0, 2.0]), 4
    shares = integrated_gradients(_product_gradient, x, 0 * x, n_steps=n_steps)
    gradient = _product_gradient(x[None])[0]
    t = (np.arange(n_steps) + 0.5) / n_steps
    along, away = _product_gradient(np.outer(t, x)), np.array([1.0, 0.0])
    return {
        "x": x,
        "t": t,
        "n_steps": n_steps,
        "along": along[:, 0],
        "mean": along.mean(axis=0),
        "shares": shares,
        "sum": shares.sum(),
        "score": x.prod(),
        "gradient": gradient,
        "times_input": gradient * x,
        "times_input_sum": (gradient * x).sum(),
        "away": away,
        "away_shares": integrated_gradients(_product_gradient, x, away, n_steps=n_steps),
    }


@example
def grad_cam_by_hand() -> Facts:
    """Compute Grad-CAM of two maps of 2 by 2 units.

    Returns
    -------
    Facts
        Maps, gradients, weights, their weighted sum and what ReLU leaves, row by row.
    """
    maps = np.array([[[1.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [1.0, 1.0]]])
    gradients = np.array([[[0.4, 0.2], [0.0, 0.6]], [[-0.2, 0.0], [-0.4, 0.2]]])
    weights = grad_cam_weights(gradients)
    found = grad_cam_map(maps, gradients)
    return {
        "a1": maps[0].ravel(),
        "a2": maps[1].ravel(),
        "g1": gradients[0].ravel(),
        "g2": gradients[1].ravel(),
        "weights": weights,
        "sum": np.einsum("k,khw->hw", weights, maps).ravel(),
        "map": found.ravel(),
        "n_places": found.size,
        "wrong": np.maximum(weights[:, None, None] * maps, 0).sum(axis=0).ravel(),
    }


@example
def cam_by_hand() -> Facts:
    """Compute the class activation map of the same two maps under a linear head.

    Returns
    -------
    Facts
        Weights of the head, the gradients that follow, features, score and map.
    """
    maps = np.array([[[1.0, 2.0], [0.0, 3.0]], [[2.0, 0.0], [1.0, 1.0]]])
    head = np.array([1.2, -0.4])
    n_places = maps[0].size
    gradients = np.repeat(head, n_places).reshape(maps.shape) / n_places
    cam = np.einsum("k,khw->hw", head, maps)
    features = maps.mean(axis=(1, 2))
    return {
        "head": head,
        "features": features,
        "score": head @ features,
        "slopes": gradients[:, 0, 0],
        "weights": grad_cam_weights(gradients),
        "cam": cam.ravel(),
        "mean": cam.mean(),
        "map": grad_cam_map(maps, gradients).ravel(),
        "n_places": n_places,
    }


@example
def grad_cam_shapes() -> Facts:
    """Follow the shapes of Grad-CAM in VGG-16.

    Returns
    -------
    Facts
        Maps of the last convolution, and by how much the map has to grow.
    """
    found = ledger(vgg.vgg("D"), vgg.INPUT_SHAPE)
    rows = {row.name: row for row in found.rows}
    maps, height, width = rows["conv5_3"].shape
    side = vgg.INPUT_SHAPE[1]
    return {
        "maps": maps,
        "height": height,
        "width": width,
        "numbers": maps * height * width,
        "weights": maps,
        "places": height * width,
        "side": side,
        "times": side // height,
        "pooled": rows["pool5"].shape[1],
        "field": rows["conv5_3"].receptive_field[0],
    }


@example
def sanity_check() -> Facts:
    """Compare the maps of pictures before and after weights are drawn anew.

    Returns
    -------
    Facts
        Mean rank correlations, a list a column, for other heads and for other networks.
    """
    x, y, _ = noisy_signs(N_CHECKED, seed=5)
    before = _checked_maps(_trained(), x[:, None], y)
    means = []
    for only_head in (True, False):
        others = [
            _checked_maps(_redrawn(k, only_head=only_head), x[:, None], y) for k in range(N_CHECKS)
        ]
        means.append(
            [_mean_agreement(maps, [o[name] for o in others]) for name, maps in before.items()]
        )
    return {
        "method": list(before),
        "head": means[0],
        "every": means[1],
        "n_pictures": N_CHECKED,
        "n_networks": N_CHECKS,
    }


@cache
def _trained(*, is_marked: bool = False) -> SmallCNN:
    """Train the small network on pictures with one sign, or on such that give a class away."""
    x, y, _ = noisy_signs(N_TRAIN, seed=0)
    pictures = _with_mark(x, y == 0) if is_marked else x
    net = _new(0)
    steps = epochs(net, pictures[:, None], y, n_epochs=N_EPOCHS, seed=0)
    return deque(steps, maxlen=1).pop()


def _new(seed: int) -> SmallCNN:
    return random_cnn(
        (1, SIDE, SIDE),
        n_kernels=N_KERNELS,
        side=KERNEL,
        n_classes=len(NAMES),
        pooling="average",
        seed=seed,
    )


def _redrawn(seed: int, *, only_head: bool = False) -> SmallCNN:
    """Return the trained network with other weights in its head, or in all of it."""
    net, other = _trained(), _new(1000 + seed)  # far from the seed of the trained one
    if not only_head:
        return other
    return SmallCNN(net.kernels, net.kernel_biases, other.weights, other.biases, net.pooling)


def _with_mark(x: FloatArray, which: BoolArray) -> FloatArray:
    """Put a small mark, darker than ink, into the first corner of some pictures."""
    marked = x.copy()
    marked[which, :TAG, :TAG] = 2
    return marked


def _single() -> tuple[FloatArray, int]:
    """Return a picture with one sign, (1, H, W), and its class."""
    x, y, _ = noisy_signs(1, seed=38)  # a ring, for which nothing speaks in an empty picture
    return x, int(y[0])


def _scene() -> tuple[FloatArray, list[int]]:
    """Return a picture with a ring at the left and a plus at the right, (1, H, W)."""
    x, y = sign_pairs(N_SCENES, seed=3)
    return x[SCENE][None], y[SCENE].tolist()


def _half(which: int) -> BoolArray:
    """Return the pixels of the left half, 0, or of the right one, 1."""
    return np.repeat(np.arange(2) == which, SIDE)[None].repeat(SIDE, axis=0)


def _logit(net: SmallCNN, c: int) -> Score:
    return lambda batch: forward(net, batch).logits[:, c]


def _logit_gradient(net: SmallCNN, c: int) -> Gradient:
    def gradient(batch: FloatArray) -> FloatArray:
        passed = forward(net, batch)
        return pixel_gradient(net, passed, map_gradient(net, passed, _asked(net, len(batch), c)))

    return gradient


def _probability_gradient(net: SmallCNN, c: int) -> Gradient:
    """Return the gradient of a probability: that of the logit, mixed with those of all others."""

    def gradient(batch: FloatArray) -> FloatArray:
        passed = forward(net, batch)
        p = softmax(passed.logits)
        delta = p[:, [c]] * (_asked(net, len(batch), c) - p)
        return pixel_gradient(net, passed, map_gradient(net, passed, delta))

    return gradient


def _asked(net: SmallCNN, n: int, c: int) -> FloatArray:
    return one_hot(np.full(n, c), len(net.biases))


def _unit_gradient(net: SmallCNN, unit: int) -> Callable[[FloatArray], FloatArray]:
    """Return the gradient of a map's mean by one picture, (H, W)."""

    def gradient(x: FloatArray) -> FloatArray:
        passed = forward(net, x[None, None])
        by_maps = np.zeros_like(passed.maps)
        by_maps[:, unit] = 1 / by_maps[0, 0].size
        found: FloatArray = pixel_gradient(net, passed, by_maps)[0, 0]
        return found

    return gradient


def _responses(net: SmallCNN, x: FloatArray) -> FloatArray:
    """Return the mean of every map for pictures (N, C, H, W)."""
    return forward(net, x).features


def _noise() -> FloatArray:
    return np.random.default_rng(0).normal(0, 0.1, (SIDE, SIDE))


def _most_selective(net: SmallCNN) -> list[int]:
    """Return the units in the order of how much their kernels have one orientation."""
    order = np.argsort(-orientation_selectivity(net.kernels[:, 0]))
    return [int(unit) for unit in order]


@cache
def _ascent(unit: int, strength: float) -> FloatArray:
    gradient = _unit_gradient(_trained(), unit)
    return ascend(gradient, _noise(), rate=1.0, strength=strength, n_steps=N_ASCENT)


def _product_gradient(batch: FloatArray) -> FloatArray:
    """Return the gradient of the product of two numbers, a row each."""
    return batch[:, ::-1]


def _maps(net: SmallCNN, x: FloatArray, c: int, *, only: str = "") -> dict[str, FloatArray]:
    """Return what the five methods say about class c in a picture (1, H, W)."""
    gradient = _logit_gradient(net, c)
    ways: dict[str, Callable[[], FloatArray]] = {
        "gradient": lambda: saliency_map(gradient(x[None])[0]),
        "SmoothGrad": lambda: saliency_map(smooth_gradient(gradient, x, noise=0.3, n=40, seed=0)),
        "integrated": lambda: saliency_map(integrated_gradients(gradient, x, 0 * x, n_steps=40)),
        "occlusion": lambda: np.maximum(occlusion_map(_logit(net, c), x, PATCH), 0),
        "Grad-CAM": lambda: _placed(_cam(net, x[None], c)[0]),
    }
    return {name: way() for name, way in ways.items() if only in {"", name}}


def _cam(net: SmallCNN, x: FloatArray, c: int) -> FloatArray:
    passed = forward(net, x)
    return grad_cam_map(passed.maps, map_gradient(net, passed, _asked(net, len(x), c)))


def _placed(heat: FloatArray) -> FloatArray:
    """Put each unit's number on the pixel in the middle of what the unit sees."""
    return np.pad(heat, MARGIN)


def _cam_shares(net: SmallCNN) -> FloatArray:
    """Return the share of Grad-CAM on each half of many pictures when its sign is asked for."""
    x, y = sign_pairs(N_SCENES, seed=3)
    passed, shares = forward(net, x[:, None]), list[float]()
    for half in (0, 1):
        asked = one_hot(y[:, half], len(NAMES))
        heats = grad_cam_map(passed.maps, map_gradient(net, passed, asked))
        # A map without anything has no place.
        shares += [share_inside(_placed(heat), _half(half)) for heat in heats if heat.any()]
    return np.array(shares)


def _checked_maps(net: SmallCNN, x: FloatArray, y: IntArray) -> dict[str, FloatArray]:
    """Return maps of pictures (N, 1, H, W), each for its own class, by five methods."""

    def gradient(way: FloatArray) -> FloatArray:  # all pictures at every step of a way
        pictures = way.reshape(-1, *x.shape[1:])
        passed, asked = forward(net, pictures), one_hot(np.resize(y, len(pictures)), len(NAMES))
        by_pixels = pixel_gradient(net, passed, map_gradient(net, passed, asked))
        return by_pixels.reshape(way.shape)

    passed = forward(net, x)
    by_maps = map_gradient(net, passed, one_hot(y, len(NAMES)))
    guided = relu_backward(by_maps, passed.pre_activations, "guided")
    plain = gradient(x)
    return {
        "Grad-CAM": grad_cam_map(passed.maps, by_maps),
        "gradient": np.abs(plain),
        "guided backpropagation": np.abs(input_gradient(guided, net.kernels, x.shape[-2:])),
        "gradient times input": np.abs(plain * x),
        "integrated gradients": np.abs(integrated_gradients(gradient, x, 0 * x, n_steps=10)),
    }


def _mean_agreement(before: FloatArray, others: Sequence[FloatArray]) -> float:
    """Return the mean rank correlation of maps with those of other networks."""
    pairs = [pair for other in others for pair in zip(before, other, strict=True) if pair[1].any()]
    return float(np.mean([rank_correlation(first, second) for first, second in pairs]))


def _best_patches(unit: int) -> FloatArray:
    """Return the four patches of new pictures to which a unit responds most, one a picture."""
    net, (x, _, _) = _trained(), noisy_signs(N_TEST, seed=1)
    maps = forward(net, x[:, None]).maps[:, unit].reshape(len(x), -1)
    patches = windows2d(x, KERNEL).reshape(len(x), -1, KERNEL, KERNEL)
    best = np.argsort(-maps.max(axis=1))[:4]
    found: FloatArray = patches[best, maps[best].argmax(axis=1)]
    return found


def _learnt(pictures: FloatArray, seed: int) -> FloatArray:
    """Learn filters from patches of pictures, without labels: the most selective ones first."""
    patches = random_patches(pictures, PATCH_SIDE, N_PATCHES, seed=seed)
    normal = normalize_contrast(patches, least=0.01)
    white = zca_whitening(normal, epsilon=0.1)(normal)
    found = spherical_kmeans(white, N_FILTERS, n_rounds=N_ROUNDS, seed=seed)
    filters = found.reshape(-1, PATCH_SIDE, PATCH_SIDE)
    return filters[np.argsort(-orientation_selectivity(filters))]


def _show_picture(ax: Axes, values: FloatArray, left: float, top: float, size: float) -> None:
    pixels(ax, values, left, top, size, colours=grey().reversed(), limits=PAPER_AND_INK)


def _show_heat(ax: Axes, values: FloatArray, left: float, top: float, size: float) -> None:
    """Draw a map of amounts, each on a scale of its own."""
    most = float(values.max()) or 1.0
    pixels(ax, values, left, top, size, colours=sequential(), limits=(0, most))


def _draw_unit(page: Axes, net: SmallCNN, unit: int, top: float) -> float:
    """Draw a unit's kernel, its best patches and its own input; return how its response grew."""
    side = 64.0
    signed(page, net.kernels[unit, 0], 10, top, side / KERNEL)
    for place, patch in enumerate(_best_patches(unit)):
        left, above = 90 + 34 * (place % 2), top - 34 * (place // 2)
        _show_picture(page, patch, left, above, 30 / KERNEL)
    path = _ascent(unit, STRENGTHS[-1])
    signed(page, path[-1], 170, top, side / SIDE)
    before, after = _responses(net, path[[0, -1], None])[:, unit]
    return float(after / before)


def _draw_selectivity(ax: Axes, found: dict[str, FloatArray]) -> None:
    """Draw a mark for every filter on a scale from 0 to 1, a row for each set."""
    ax.set(xlim=(0, 1), ylim=(-0.6, 1.6), yticks=[])
    ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    ax.spines["left"].set_visible(False)
    name_axes(ax, "how much of a filter has one orientation")
    for row, role, (name, values) in zip((1, 0), ROLES, found.items(), strict=False):
        points(ax, np.column_stack([values, np.full(len(values), row)]), role)
        mean = float(values.mean())
        line(ax, np.array([mean, mean]), np.array([row - 0.42, row + 0.42]), role, width=STRONG)
        say(ax, -0.02, row, name, role, bold=True, ha="right")


def _draw_landscape(ax: Axes, w: FloatArray, strength: float) -> None:
    """Draw where the objective is high: tints that pile up towards its maximum."""
    x, y = np.linspace(*ax.get_xlim(), 80), np.linspace(*ax.get_ylim(), 80)
    across, up = np.meshgrid(x, y)
    height = w[0] * across + w[1] * up - strength * (across**2 + up**2)
    basin(ax, x, y, -height, np.array([-10.0, 0.0, 20.0, 50.0, 90.0]))
    ax.set(xticks=[-5, 0, 5, 10], yticks=[-10, -5, 0])
    name_axes(ax, "pixel 1", "pixel 2")
    name_panel(ax, f"a(x) − λ‖x‖² for λ = {strength:g}", rise=22)


def _draw_way(ax: Axes, u: FloatArray, values: FloatArray, name: str, *, top: float) -> None:
    """Draw a quantity on the way from an empty picture to a full one."""
    ax.set(xlim=(0, 1), ylim=(min(float(values.min()), 0), top), yticks=[0, top])
    ax.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    name_axes(ax, "u", name)
    ax.axhline(0, color=MARKER["line"], lw=HAIR, zorder=0)
    line(ax, u, values, "accent-1", width=STRONG)


def _draw_groups(ax: Axes, groups: Mapping[str, Sequence[float]]) -> None:
    """Draw a mark for every network, a column for each group."""
    ax.set(xlim=(-0.5, 2.5), ylim=(0.25, 0.85), yticks=[0.25, 0.5, 0.75])
    ax.set_yticklabels(["25%", "50%", "75%"])
    ax.set_xticks(range(len(groups)), list(groups))
    name_axes(ax, "weights", "of the map, where asked for")
    limit(ax, 0.5)
    for place, (role, values) in enumerate(zip(ROLES, groups.values(), strict=False)):
        spread = np.linspace(-0.24, 0.24, len(values)) if len(values) > 1 else np.zeros(1)
        points(ax, np.column_stack([place + spread, values]), role, size=6)


def _draw_learnt_from(page: Axes, x: FloatArray, y: IntArray) -> None:
    """Draw a picture of each class."""
    say(page, 10, 270, "learnt from", bold=True, size=TITLE, ha="left")
    for n, name in enumerate(NAMES):
        left = 10 + 98 * n
        _show_picture(page, x[y == n][1], left, 246, 7)
        say(page, left, 254, name, "muted", size=SMALL, ha="left")


def _draw_accuracies(ax: Axes, shares: Sequence[float]) -> None:
    ax.set(ylim=(0, 1.12), yticks=[])
    ax.spines["left"].set_visible(False)
    columns(ax, shares, ["like these", "no mark", "rings, bare"], form="{:.0%}")
    name_axes(ax, "new pictures")
    name_panel(ax, "right answers", rise=8)
