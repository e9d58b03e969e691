"""Figures and worked examples of the module *Multi-Layer Perceptron*."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import factorial, log, prod
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlcv_viz.data.gates import CORNERS, gate
from dlcv_viz.data.rings import two_rings
from dlcv_viz.data.sensors import failing_machines
from dlcv_viz.draw import plane
from dlcv_viz.draw.canvas import (
    NARROW,
    SMALL,
    STRONG,
    THIN,
    TITLE,
    canvas,
    equal_units,
    logarithmic,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.marks import line, number, points, ring, say
from dlcv_viz.draw.network import edges, labels, layers, nodes
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import sigmoid
from dlcv_viz.numerics.dense import parameter_count, parameters_by_layer
from dlcv_viz.numerics.linear_pieces import count_pieces, region_bound, tent_network
from dlcv_viz.numerics.mlp import (
    class_probabilities,
    permuted,
    rescaled,
    widened,
    xor_relu,
    xor_sigmoid,
)
from dlcv_viz.numerics.network import Network, forward, random_network, side_by_side
from dlcv_viz.numerics.training import binary_cross_entropy, gradient_descent
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

RATE = 0.5  # of all training in this module
DEPTHS = (1, 2, 3, 4, 5, 6)
STEPS = (0, 5, 10, 20, 40, 60, 80, 100, 150, 200, 300, 400, 600, 800, 1000, 1500)
STARTED_UNITS, N_STARTS, XOR_STEPS = (1, 2, 4, 8), 20, 3000
RING_UNITS = (1, 2, 3, 4, 8)
N_RINGS, SPAN = 200, 1.85  # points, and half the width of the plane that they lie in
FLIPS = 0.05  # share of wrong labels
GRAPH = (2, 3, 3, 1)
TRANSFORMER = (512, 2048, 512)  # the feed-forward block of A. Vaswani et al., 2017
PHOTO = (224, 224, 3)  # what classifiers of photographs are usually shown


@figure(
    alt="Left, XOR with the network's boundary: two parallel lines. Right, the same corners as the "
    "hidden units see them: 01 and 10 have become one point ({h1[1]:.3f}, {h2[1]:.3f}), and a "
    "single straight line has it on one side and both others on the other."
)
def xor_hidden_space() -> Drawing:
    """Draw XOR in the plane of the inputs and in that of the hidden units.

    Returns
    -------
    Drawing
        Two panels.

    See Also
    --------
    dlcv_viz.numerics.mlp.xor_sigmoid : Builds the network.
    """
    network, y = xor_sigmoid(), gate("XOR")
    passed = forward(network, CORNERS)
    hidden = passed.activations[1]

    fig = canvas(NARROW, 244)
    ax = panel(fig, 28, 36, 146, 164)
    equal_units(ax, -0.45, 1.45, middle=0.5)
    ax.set(xticks=[0, 1], yticks=[0, 1])
    name_panel(ax, "the inputs", note="two lines are needed")
    name_axes(ax, "x₁", "x₂", among_ticks=True)
    plane.regions(ax, forward(network, plane.grid(ax, 96)).pre_activations[-1][..., 0])
    plane.classes(ax, CORNERS, y, size=9)
    for name, (x1, x2) in zip(("00", "01", "10", "11"), CORNERS, strict=True):
        role = "accent-1" if x1 != x2 else "accent-2"
        say(ax, x1 + (0.11 if x1 == 0 else -0.11), x2, name, role, bold=True,
            ha="left" if x1 == 0 else "right")  # fmt: skip

    ax = panel(fig, 210, 36, 146, 164)
    equal_units(ax, -0.45, 1.45, middle=0.5)
    ax.set(xticks=[0, 1], yticks=[0, 1])
    name_panel(ax, "the hidden units", note="one line is enough")
    name_axes(ax, "h₁", "h₂", among_ticks=True)
    w, b = network.weights[1][0], float(network.biases[1][0])
    plane.sides(ax, w, b, alpha=0.13)
    plane.boundary(ax, w, b)
    sums = np.linspace(-1, 3, 401)  # both units see x₁ + x₂ and nothing else
    curve = forward(network, np.column_stack([sums, 0 * sums])).activations[1]
    line(ax, curve[:, 0], curve[:, 1], "muted", width=THIN)
    plane.classes(ax, hidden, y, size=9)
    say(ax, hidden[0, 0], hidden[0, 1] + 0.19, "00", "accent-2", bold=True)
    say(ax, hidden[3, 0] - 0.11, hidden[3, 1] + 0.06, "11", "accent-2", bold=True, ha="right")
    say(ax, hidden[1, 0], hidden[1, 1] - 0.22, "01 = 10", "accent-1", bold=True)
    return Drawing(
        fig,
        facts={
            "h1": hidden[:, 0].tolist(),
            "h2": hidden[:, 1].tolist(),
            "y": passed.outputs[:, 0].tolist(),
            "crossings": _crossings(network),
        },
    )


@figure(
    alt="A 2-3-3-1 network drawn with its {parameters} real parameters and the activations of one "
    "input: {n_silent} of {n_hidden} hidden ReLUs are silent, so only {n_strong} of the "
    "{n_weights} weights have a say in the output {y:.2f}."
)
def mlp_graph(*, seed: Annotated[int, Range(0, 99)] = 5) -> Drawing:
    """Draw a network with its weights, and what one input makes of its units.

    Parameters
    ----------
    seed : int, default 5
        Of the weights.

    Returns
    -------
    Drawing
        A diagram with the shapes below.

    See Also
    --------
    dlcv_viz.numerics.network.forward : Computes the activations.
    """
    x = np.array([[1.0, -0.5]])
    network = random_network(GRAPH, seed=seed, gain=2, hidden="relu")
    values = [a[0] for a in forward(network, x).activations]
    alive = [values[0] != 0, *(a > 0 for a in values[1:-1]), np.array([True])]
    strong = [np.outer(a, b) for a, b in pairwise(alive)]
    weights, biases = parameters_by_layer(GRAPH)

    fig = canvas(NARROW, 290)
    page = stage(fig, 0, 0, NARROW, 290)
    places = layers(GRAPH, across=98, up=-62, start=(33, 162))
    for W, mask, (starts, ends) in zip(network.weights, strong, pairwise(places), strict=True):
        edges(page, starts, ends, W.T, limit=1.6, strong=mask)
    for spots, a, name in zip(places, values, ("input", "hidden", "hidden", "output"), strict=True):
        nodes(page, spots, a, limit=1.6, size=36)
        labels(page, spots, [number(value, ".2f") for value in a], bold=True)
        say(page, spots[0, 0], 270, name, bold=True, size=TITLE)
        say(page, spots[0, 0], 254, f"{len(a)} unit{'s' * (len(a) > 1)}", "muted", size=SMALL)
    for (n_in, n_out), w, b, spots in zip(pairwise(GRAPH), weights, biases, places, strict=False):
        middle = spots[0, 0] + 49
        say(page, middle, 52, f"W: {n_out} × {n_in}", bold=True)
        say(page, middle, 36, f"b: {n_out}", bold=True)
        say(page, middle, 18, f"{w} + {b} = {w + b}", "muted", size=SMALL)
    n_hidden = sum(GRAPH[1:-1])
    return Drawing(
        fig,
        facts={
            "x": x[0].tolist(),
            "y": float(values[-1][0]),
            "parameters": parameter_count(GRAPH),
            "n_hidden": n_hidden,
            "n_silent": n_hidden - sum(int(a.sum()) for a in alive[1:-1]),
            "n_weights": sum(weights),
            "n_strong": sum(int(mask.sum()) for mask in strong),
            "n_orders": prod(map(factorial, GRAPH[1:-1])),
        },
    )


@figure(
    alt="The tent map applied {k} times, by {k} layers of two ReLUs: {pieces} linear pieces with "
    "{units} hidden units. One hidden layer of {units} units has at most {shallow}; beside it, "
    "both counts against the number of units.",
    sweep=Sweep("k", DEPTHS, label="hidden layers", start=3),
)
def depth_vs_pieces(*, k: Annotated[int, Range(1, 10)] = 4) -> Drawing:
    """Draw a function of a deep narrow network, and count its pieces against a shallow one's.

    Parameters
    ----------
    k : int, default 4
        Hidden layers, two ReLUs each.

    Returns
    -------
    Drawing
        The function, and the two counts.

    See Also
    --------
    dlcv_viz.numerics.linear_pieces.tent_network : Builds the networks.
    """
    x = np.linspace(0, 1, 2**14 + 1)  # every bend of up to 14 tents lies on it, exactly
    tents = [forward(tent_network(depth), x[:, None]).outputs[:, 0] for depth in DEPTHS]
    y = forward(tent_network(k), x[:, None]).outputs[:, 0]
    pieces, units = count_pieces(x, y), 2 * k

    fig = canvas(NARROW, 252)
    ax = panel(fig, 28, 40, 152, 152)
    ax.set(xlim=(0, 1), ylim=(-0.02, 1.05), xticks=[0, 0.5, 1], yticks=[0, 1])
    name_axes(ax, "x")
    name_panel(ax, f"{pieces} linear pieces", note=f"{k} × 2 hidden units")
    corners = np.linspace(0, 1, 2**k + 1)
    line(ax, corners, np.interp(corners, x, y), "accent-1")

    ax = panel(fig, 222, 40, 126, 152)
    logarithmic(ax, y=[2, 4, 8, 16, 32, 64])
    ax.set(xlim=(0.5, 13), ylim=(1.5, 100), xticks=[2, 6, 10])
    name_axes(ax, "hidden units", "linear pieces")
    widths = 2 * np.array(DEPTHS)
    deep = np.array([count_pieces(x, heights) for heights in tents], float)
    wide = np.array([region_bound(int(n), 1) for n in widths], float)
    for counts, role in ((deep, "accent-1"), (wide, "accent-2")):
        line(ax, widths, counts, role, dashed=role == "accent-2")
        points(ax, np.column_stack([widths, counts]), role)
        if k in DEPTHS:
            ring(ax, (units, counts[DEPTHS.index(k)]), "ink", size=11, width=1.6)
    say(ax, 9.4, 40, "layers of two", "accent-1", bold=True, ha="right")
    say(ax, 12.8, 5.4, "one layer,\nat most", "accent-2", bold=True, ha="right", va="center")
    return Drawing(
        fig,
        facts={
            "k": k,
            "units": units,
            "pieces": pieces,
            "shallow": region_bound(units, 1),
            "needed": pieces - 1,
        },
    )


@figure(
    alt="Readings of two sensors, and machines that fail where both are off to the same side. A "
    "straight line gets {accuracy[0]:.1%} of {n_new} new machines right, hardly more than a guess; "
    "a network with 16 hidden units gets {accuracy[1]:.1%}."
)
def maintenance(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw what logistic regression and a small network make of an interaction.

    Parameters
    ----------
    seed : int, default 0
        Of the weights at the start.

    Returns
    -------
    Drawing
        A panel for each.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Trains both.
    """
    x, y = failing_machines(400, seed=0, flips=FLIPS)
    new_x, new_y = failing_machines(1000, seed=1, flips=FLIPS)
    starts = {
        "logistic regression": random_network((2, 1), seed=seed),
        "16 hidden units": random_network((2, 16, 1), seed=seed),
    }
    trained = {name: _trained(start, x, y, 1500)[0] for name, start in starts.items()}
    accuracy = [float(_accuracy(network, new_x, new_y)) for network in trained.values()]

    fig = canvas(NARROW, 244)
    for place, (name, network) in enumerate(trained.items()):
        ax = panel(fig, 30 + 180 * place, 36, 146, 164)
        equal_units(ax, -3.4, 3.4)
        ax.set(xticks=[-2, 2], yticks=[-2, 2])
        name_panel(ax, name, note=f"{accuracy[place]:.1%} of new machines right")
        name_axes(ax, "x₁", "x₂", among_ticks=True)
        plane.regions(ax, forward(network, plane.grid(ax, 72)).outputs[..., 0])
        plane.classes(ax, x, y, size=3)
        if place == 0:
            say(ax, 3.2, 3.1, "fails", "accent-1", bold=True, ha="right", va="top", halo=True)
            say(ax, -3.2, 3.1, "works", "accent-2", bold=True, ha="left", va="top", halo=True)
    return Drawing(
        fig,
        facts={
            "n_train": len(x),
            "n_new": len(new_x),
            "accuracy": accuracy,
            "gap": accuracy[1] - accuracy[0],
            "ceiling": float(((new_x.prod(axis=1) > 0) == new_y).mean()),
            "flips": FLIPS,
        },
    )


@figure(
    alt="After {step} steps: {right} of {n} points of a disc and a ring around it are right, the "
    "loss is {loss:.3f}. At the end the lines of the three hidden units enclose the disc, and "
    "{end:.1%} are right.",
    sweep=Sweep("step", STEPS, label="step"),
)
def training_boundary(
    *,
    step: Annotated[int, Range(0, 5000)] = STEPS[-1],
    units: Annotated[int, Range(1, 16)] = 3,
    seed: Annotated[int, Range(0, 99)] = 0,
) -> Drawing:
    """Draw the regions of a network and the lines of its hidden units while it learns.

    Parameters
    ----------
    step : int, default 1500
        How many steps were made.
    units : int, default 3
        Hidden units.
    seed : int, default 0
        Of the weights at the start.

    Returns
    -------
    Drawing
        The plane, and the loss so far.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Trains the network.
    """
    x, y = two_rings(N_RINGS, seed=0)
    start = random_network((2, units, 1), seed=seed)
    states = list(_walk(start, x, y, max(step, STEPS[-1])))
    losses = np.array([loss for _, loss in states])
    network, loss = states[step][0], float(losses[step])
    right = round(float(_accuracy(network, x, y)) * len(x))

    fig = canvas(NARROW, 296)
    ax = panel(fig, 26, 34, 226, 226)
    equal_units(ax, -SPAN, SPAN)
    ax.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    name_axes(ax, "x₁", "x₂")
    plane.regions(ax, forward(network, plane.grid(ax, 72)).outputs[..., 0])
    for w, b in zip(network.weights[0], network.biases[0], strict=True):
        plane.boundary(ax, w, float(b), "accent-5", width=THIN, dashed=True)
    plane.classes(ax, x, y, size=4.2)
    _draw_loss_so_far(fig, losses, step)
    page = stage(fig, 262, 190, 98, 96)
    say(page, 90, 82, f"step {step:,}", bold=True, size=TITLE, ha="right")
    say(page, 90, 62, f"{right} of {len(x)} right", ha="right")
    say(page, 90, 38, "dashed: the lines", "accent-5", size=SMALL, ha="right")
    say(page, 90, 24, "of hidden units", "accent-5", size=SMALL, ha="right")
    return Drawing(
        fig,
        facts={
            "step": step,
            "units": units,
            "n": len(x),
            "right": right,
            "loss": loss,
            "end": float(_accuracy(states[STEPS[-1]][0], x, y)),
            "end_loss": float(losses[STEPS[-1]]),
            "first_loss": float(losses[0]),
        },
    )


@figure(
    alt="A disc in a ring, after training with 1, 2, 3, 4 and 8 hidden units: a line gets "
    "{accuracy[0]:.1%} right, a strip {accuracy[1]:.1%}, and from three units on, which can "
    "enclose a region, it is {accuracy[2]:.1%} or more."
)
def enough_units(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw what networks with few and with many hidden units make of a disc in a ring.

    Parameters
    ----------
    seed : int, default 0
        Of the weights at the start.

    Returns
    -------
    Drawing
        A panel for every width, and the accuracies.

    See Also
    --------
    dlcv_viz.numerics.mlp.widened : Lets all widths be trained at once.
    """
    x, y = two_rings(N_RINGS, seed=0)
    trained, _ = _trained(_of_widths(RING_UNITS, [seed]), x, y, STEPS[-1])
    accuracy = _accuracy(trained, x, y)

    fig = canvas(NARROW, 300)
    for place, units in enumerate(RING_UNITS):
        left, bottom = 12 + 118 * (place % 3), 168 - 146 * (place // 3)
        ax = panel(fig, left, bottom, 100, 100)
        equal_units(ax, -SPAN, SPAN)
        ax.set(xticks=[], yticks=[])
        ax.spines[["left", "bottom"]].set_visible(False)
        name_panel(ax, f"{units} unit{'s' * (units > 1)}", rise=2)
        heights = forward(trained, plane.grid(ax, 60).reshape(-1, 2)).outputs[place, :, 0]
        plane.regions(ax, heights.reshape(60, 60))
        plane.classes(ax, x, y, size=2.6)
    ax = panel(fig, 278, 40, 70, 78)
    ax.set(xlim=(0, 9), ylim=(0.6, 1.04), xticks=[1, 3, 8])
    ax.set_yticks([0.6, 0.8, 1.0], ["60%", "80%", "100%"])
    name_axes(ax, "units", "points right")
    places = np.column_stack([RING_UNITS, accuracy])
    line(ax, places[:, 0], places[:, 1], "accent-1")
    points(ax, places, "accent-1")
    return Drawing(
        fig,
        facts={"units": RING_UNITS, "accuracy": accuracy.tolist(), "n": len(x), "steps": STEPS[-1]},
    )


@figure(
    alt="The losses of {n_starts} networks that learnt XOR from random starts, for 1, 2, 4 and 8 "
    "hidden units. {solved[0]}, {solved[1]}, {solved[2]} and {solved[3]} of {n_starts} solve it; "
    "the others wait on three plateaus."
)
def xor_starts(*, steps: Annotated[int, Range(1, 10_000)] = XOR_STEPS) -> Drawing:
    """Draw the losses at which gradient descent on XOR ends, start by start.

    Parameters
    ----------
    steps : int, default 3000
        Of gradient descent.

    Returns
    -------
    Drawing
        A column of points for every width.

    See Also
    --------
    dlcv_viz.numerics.mlp.widened : Lets all widths be trained at once.
    """
    starts = _of_widths(STARTED_UNITS, range(N_STARTS))
    trained, losses = _trained(starts, CORNERS, gate("XOR"), steps)
    is_right = _accuracy(trained, CORNERS, gate("XOR")) == 1
    shape = len(STARTED_UNITS), N_STARTS
    losses, solved = losses.reshape(shape), is_right.reshape(shape)
    plateaus = {
        "all four at ½": log(2),
        "three at ⅓ or ⅔": 0.75 * (log(3) - 2 / 3 * log(2)),
        "two at ½": log(2) / 2,
    }

    fig = canvas(NARROW, 270)
    ax = panel(fig, 42, 40, 204, 196)
    logarithmic(ax, y=[0.001, 0.01, 0.1, 1])
    ax.set(xlim=(-0.5, 3.5), ylim=(4e-4, 1))
    ax.set_xticks(range(4), [str(units) for units in STARTED_UNITS])
    name_axes(ax, "hidden units", f"loss after {steps:,} steps")
    for height in plateaus.values():
        limit(ax, height)
    for place, (own, done) in enumerate(zip(losses, solved, strict=True)):
        across = place + np.linspace(-0.34, 0.34, N_STARTS)
        at = np.column_stack([across, own])
        points(ax, at[done], "accent-1", size=5)
        points(ax, at[~done], "accent-2", size=5)
        say(ax, place, 0.042, f"{done.sum()}", "accent-1", bold=True, size=TITLE)
        say(ax, place, 0.02, f"of {N_STARTS}", "muted", size=SMALL)
    _draw_plateaus(fig, ax, plateaus)
    return Drawing(
        fig,
        facts={
            "units": STARTED_UNITS,
            "n_starts": N_STARTS,
            "steps": steps,
            "rate": RATE,
            "solved": solved.sum(axis=1).tolist(),
            "stuck": float(losses[1][~solved[1]].min()),
            "plateaus": list(plateaus.values()),
            "done": float(losses[1][solved[1]].max()),
        },
    )


@figure(alt="A ring of points and a disc inside it, enclosed by a curve: {accuracy:.1%} are right.")
def thumbnail() -> Drawing:
    """Draw the module's card: a disc that three hidden units enclose, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    x, y = two_rings(N_RINGS, seed=0)
    network, _ = _trained(random_network((2, 3, 1), seed=0), x, y, STEPS[-1])
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    equal_units(ax, -2.65, 2.65)
    plane.regions(ax, forward(network, plane.grid(ax, 97)).outputs[..., 0], alpha=0.18)
    for w, b in zip(network.weights[0], network.biases[0], strict=True):
        plane.boundary(ax, w, float(b), "accent-5", width=THIN, dashed=True)
    plane.classes(ax, x, y, size=4)
    return Drawing(fig, facts={"accuracy": float(_accuracy(network, x, y))})


@example
def xor_by_hand() -> Facts:
    """Run the four corners through the sigmoid network for XOR.

    Returns
    -------
    Facts
        A list a column, one item a corner.
    """
    passed = forward(xor_sigmoid(), CORNERS)
    first, last = passed.pre_activations
    return {
        "input": [f"{x1:g}{x2:g}" for x1, x2 in CORNERS],
        "z1": first[:, 0].tolist(),
        "z2": first[:, 1].tolist(),
        "h1": [f"{h:.6f}" for h in passed.activations[1][:, 0]],
        "h2": [f"{h:.6f}" for h in passed.activations[1][:, 1]],
        "z": [number(z, ".4f") for z in last[:, 0]],
        "y": [f"{y:.6f}" for y in passed.outputs[:, 0]],
        "rounded": passed.outputs[:, 0].round().astype(int).tolist(),
        "forgotten": float(sigmoid(last + 10)[0, 0]),
    }


@example
def xor_exactly() -> Facts:
    """Run the four corners through the ReLU network for XOR, and fit a line to them.

    Returns
    -------
    Facts
        A list a column, and the weights and the bias of the least-squares fit.
    """
    passed = forward(xor_relu(), CORNERS)
    inputs = np.column_stack([CORNERS, np.ones(len(CORNERS))])
    fit = np.linalg.lstsq(inputs, gate("XOR").astype(float), rcond=None)[0]
    return {
        "input": [f"{x1:g}{x2:g}" for x1, x2 in CORNERS],
        "h1": passed.activations[1][:, 0].tolist(),
        "h2": passed.activations[1][:, 1].tolist(),
        "y": passed.outputs[:, 0].tolist(),
        "fit_w": np.abs(fit[:2]).round(12).tolist(),
        "fit_b": float(fit[2]),
        "fit_y": (inputs @ fit).round(12).tolist(),
    }


@example
def shape_audit() -> Facts:
    """Follow the shapes of a batch through a network.

    Returns
    -------
    Facts
        Shapes as text, and the parameters.
    """
    m, sizes = 32, (4, 8, 3)
    network = random_network(sizes, seed=0, hidden="relu")
    X = np.random.default_rng(1).normal(size=(m, sizes[0]))
    passed = forward(network, X)
    weights, biases = parameters_by_layer(sizes)
    return {
        "m": m,
        "sizes": sizes,
        "X": _shape(X),
        "W": [_shape(W) for W in network.weights],
        "Wt": [_shape(W.T) for W in network.weights],
        "b": [f"{len(b)}" for b in network.biases],
        "Z": [_shape(Z) for Z in passed.pre_activations],
        "P": _shape(class_probabilities(network, X)),
        "by_layer": [w + b for w, b in zip(weights, biases, strict=True)],
        "parameters": parameter_count(sizes),
    }


@example
def count_parameters() -> Facts:
    """Count the parameters of four networks.

    Returns
    -------
    Facts
        By layer and in all.
    """
    digits, photo = (784, 256, 128, 10), (prod(PHOTO), 1000)
    weights, biases = parameters_by_layer(digits)
    return {
        "layer": [f"{a} → {b}" for a, b in pairwise(digits)],
        "weights": [f"{w:,}" for w in weights],
        "biases": biases,
        "sum": [f"{w + b:,}" for w, b in zip(weights, biases, strict=True)],
        "sizes": digits,
        "total": parameter_count(digits),
        "without": sum(weights),
        "graph": parameter_count(GRAPH),
        "graph_layers": [parameter_count(pair) for pair in pairwise(GRAPH)],
        "xor": parameter_count((2, 2, 1)),
        "side": PHOTO[0],
        "inputs": photo[0],
        "units": photo[1],
        "photo": parameter_count(photo),
        "ffn": parameter_count(TRANSFORMER),
    }


@example
def regions() -> Facts:
    """Count regions of lines in the plane, and pieces of tents.

    Returns
    -------
    Facts
        A list a column.
    """
    lines = (2, 3, 4, 8, 16)
    x = np.linspace(0, 1, 2**14 + 1)
    heights = [forward(tent_network(k), x[:, None]).outputs[:, 0] for k in DEPTHS]
    pieces = [count_pieces(x, y) for y in heights]
    return {
        "lines": lines,
        "regions": [region_bound(n, 2) for n in lines],
        "all": [2**n for n in lines],
        "k": DEPTHS,
        "units": [2 * k for k in DEPTHS],
        "pieces": pieces,
        "shallow": [region_bound(2 * k, 1) for k in DEPTHS],
        "needed": [n - 1 for n in pieces],
    }


@example
def symmetry() -> Facts:
    """Swap the hidden units of the ReLU network for XOR, and scale one of them.

    Returns
    -------
    Facts
        Parameters and outputs of the three networks.
    """
    plain, scale = xor_relu(), 4.0  # a power of two: nothing is rounded
    swapped = permuted(plain, 0, np.array([1, 0]))
    scaled = rescaled(plain, 0, np.array([1.0, scale]))
    outputs = [forward(each, CORNERS).outputs[:, 0] for each in (plain, swapped, scaled)]
    wide = 256
    return {
        "network": ["as it was", "units swapped", f"second unit × {scale:g}"],
        "scale": scale,
        "b": [_pair(each.biases[0]) for each in (plain, swapped, scaled)],
        "w": [_pair(each.weights[0][:, 0]) for each in (plain, swapped, scaled)],
        "v": [_pair(each.weights[1][0]) for each in (plain, swapped, scaled)],
        "y": [", ".join(f"{y:g}" for y in each) for each in outputs],
        "width": wide,
        "digits": len(str(factorial(wide))),
    }


def _walk(
    start: Network, x: FloatArray, y: IntArray, steps: int
) -> Iterator[tuple[Network, FloatArray]]:
    return gradient_descent(
        start,
        x,
        y[:, None].astype(float),
        loss=binary_cross_entropy,
        learning_rate=RATE,
        steps=steps,
    )


def _trained(start: Network, x: FloatArray, y: IntArray, steps: int) -> tuple[Network, FloatArray]:
    """Return the network after so many steps, and its loss."""
    *_, end = _walk(start, x, y, steps)
    return end


def _accuracy(network: Network, x: FloatArray, y: IntArray) -> FloatArray:
    """Return the share of points on the right side, for each network side by side."""
    share: FloatArray = ((forward(network, x).outputs[..., 0] > 0) == y).mean(axis=-1)
    return share


def _of_widths(widths: Sequence[int], seeds: Sequence[int]) -> Network:
    """Put 2-h-1 networks side by side, width by width; the spare units of narrow ones stay idle."""
    most = max(widths)
    return side_by_side(
        [widened(random_network((2, h, 1), seed=seed), most) for h in widths for seed in seeds]
    )


def _crossings(network: Network) -> list[float]:
    """Return the sums of the inputs at which the output passes 1/2."""
    sums = np.linspace(-1, 3, 40_001)
    z = forward(network, np.column_stack([sums, 0 * sums])).pre_activations[-1][:, 0]
    found: list[float] = sums[:-1][np.diff(np.sign(z)) != 0].round(3).tolist()
    return found


def _draw_loss_so_far(fig: Figure, losses: FloatArray, step: int) -> None:
    ax = panel(fig, 282, 50, 62, 90)
    ax.set(xlim=(0, len(losses)), ylim=(0, 0.8), xticks=[0, len(losses) - 1], yticks=[0, 0.4, 0.8])
    name_axes(ax, "step", "loss")
    at = np.arange(float(len(losses)))
    line(ax, at, losses, "line", width=STRONG)
    line(ax, at[: step + 1], losses[: step + 1], "accent-1")
    ring(ax, (step, losses[step]), "ink", size=8, width=1.6)


def _draw_plateaus(fig: Figure, ax: Axes, plateaus: dict[str, float]) -> None:
    """Write beside the plot what the corners are told on each plateau."""
    page = stage(fig, 0, 0, NARROW, 270)
    low, high = np.log(ax.get_ylim())
    for place, (name, height) in enumerate(plateaus.items()):
        y = 40 + 196 * (log(height) - low) / (high - low)
        row = 238 - 22 * place
        say(page, 272, row, name, "muted", size=SMALL, ha="left")
        line(page, np.array([247.0, 268]), np.array([y, row]), "muted", width=THIN)
    say(page, 252, 72, "solved", "accent-1", bold=True, ha="left")
    say(page, 272, 172, "not solved", "accent-2", bold=True, ha="left")


def _shape(array: FloatArray) -> str:
    return "\N{NO-BREAK SPACE}×\N{NO-BREAK SPACE}".join(map(str, array.shape))


def _pair(values: FloatArray) -> str:
    return f"({', '.join(number(v) for v in values)})"
