"""Figures and worked examples of the module *Introduction to Neural Networks*."""

from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from dlcv_viz.data.moons import two_moons
from dlcv_viz.draw import plane
from dlcv_viz.draw.canvas import (
    HAIR,
    LINE,
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
from dlcv_viz.draw.marks import arrow, frame, line, number, points, ring, say
from dlcv_viz.draw.matrix import cells
from dlcv_viz.draw.network import edges, labels, layers, nodes
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import ACTIVATIONS, relu, sigmoid
from dlcv_viz.numerics.approximation import fit_relu, interpolation_bound, relu_interpolant
from dlcv_viz.numerics.dense import (
    collapse,
    layer_forward,
    layer_forward_batch,
    multiply_adds,
    neuron_forward,
    parameter_count,
    parameters_by_layer,
)
from dlcv_viz.numerics.network import (
    Network,
    forward,
    random_network,
    side_by_side,
)
from dlcv_viz.numerics.spiking import Membrane, lif_potential, lif_rate
from dlcv_viz.numerics.training import (
    binary_cross_entropy,
    gradient_descent,
    half_squared_error,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

BIASES = (-0.8, -0.5, -0.2, 0.1, 0.4, 0.7, 1.0)
SQUASHED: Mapping[str, Callable[[FloatArray], FloatArray]] = MappingProxyType(
    {"sigmoid": sigmoid, "tanh": np.tanh, "ReLU": relu}
)
# The layer that one worked example after the other goes on with: rows of W1 are its two neurons.
X1 = np.array([1.0, 2.0, -1.0])
W1, B1 = np.array([[0.2, -0.5, 0.1], [0.7, 0.3, -0.4]]), np.array([0.1, -0.2])
W2, B2 = np.array([[1.0, -2.0]]), np.array([0.5])
SIZES = (784, 128, 64, 10)
WIDTHS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32)
MEMBRANE = Membrane(tau=0.020, refractory=0.002)  # seconds
N_STARTS = 10


@figure(
    alt="A neuron whose contributions {parts[0]:.1f}, {parts[1]:.1f} and bias {b:.1f} add up to "
    "{z:.1f}, and the point of this sum on three curves: the sigmoid gives {a[0]:.3f}, tanh "
    "{a[1]:.3f}, the ReLU {a[2]:.1f}.",
    sweep=Sweep("b", BIASES, label="bias", start=BIASES.index(0.1)),
)
def neuron_forward_pass(
    *,
    x: tuple[float, ...] = (2.0, 3.0),
    w: tuple[float, ...] = (0.5, -0.3),
    b: Annotated[float, Range(-2, 2)] = 0.1,
) -> Drawing:
    """Draw one neuron at work: what each input contributes, their sum, and what becomes of it.

    Parameters
    ----------
    x, w : tuple of float, default (2, 3) and (0.5, -0.3)
        Inputs and weights, two or three of each.
    b : float, default 0.1
        Bias.

    Returns
    -------
    Drawing
        The neuron and a waterfall of its sum, above three activation functions.

    See Also
    --------
    dlcv_viz.numerics.dense.neuron_forward : Computes the sum.
    """
    inputs, weights = np.array(x), np.array(w)
    z = neuron_forward(inputs, weights, b)
    parts = weights * inputs
    outputs = [float(squash(np.array([z]))[0]) for squash in SQUASHED.values()]

    fig = canvas(NARROW, 350)
    _draw_neuron(stage(fig, 0, 160, 185, 190), inputs, weights, b, z)
    _draw_waterfall(panel(fig, 218, 192, 130, 124), [*parts, b], z)
    for place, (name, squash) in enumerate(SQUASHED.items()):
        ax = panel(fig, 26 + 114 * place, 34, 92, 84)
        ax.set(xlim=(-2.2, 2.2), ylim=(-1.2, 2.3), xticks=[-2, 0, 2], yticks=[-1, 0, 1])
        name_axes(ax, "z", "a")
        name_panel(ax, name, rise=19)
        at = np.linspace(-2.2, 2.2, 89)
        line(ax, at, squash(at), "accent-1")
        a = outputs[place]
        ax.plot(
            [z, z, -2.2], [-1.2, a, a], color=MARKER["muted"], lw=HAIR, ls=(0, (3, 2)), zorder=1
        )
        points(ax, np.array([[z, a]]), "accent-1", size=8)
        say(ax, -2.05, 2.2, number(a, ".3f"), bold=True, ha="left", va="top")
    return Drawing(
        fig,
        facts={
            "x": x,
            "w": w,
            "b": b,
            "parts": parts.tolist(),
            "z": z,
            "a": outputs,
        },
    )


@figure(
    alt="The network with {n} hidden ReLU units that agrees with a sine at {knots} knots: its "
    "largest error inside the interval is {error:.3f}, below the bound {bound:.3f}; outside it "
    "goes on as a straight line.",
    sweep=Sweep("n", WIDTHS, label="hidden units", start=WIDTHS.index(8)),
)
def relu_width_sweep(*, n: Annotated[int, Range(1, 64)] = 8) -> Drawing:
    """Draw a sine, a sum of ReLUs that meets it at equal steps, the terms, and the error.

    Parameters
    ----------
    n : int, default 8
        Hidden units.

    Returns
    -------
    Drawing
        The fit above; below, its terms and the largest error against the width.

    See Also
    --------
    dlcv_viz.numerics.approximation.relu_interpolant : Builds the network.
    """
    network = relu_interpolant(_wave, 0, 1, n)
    errors = [_largest_error(relu_interpolant(_wave, 0, 1, each)) for each in WIDTHS]
    bounds = [interpolation_bound(0, 1, each, 4 * np.pi**2) for each in WIDTHS]
    error = _largest_error(network)

    fig = canvas(NARROW, 350)
    _draw_fit(fig, network, n, error)
    _draw_terms(panel(fig, 30, 36, 132, 104), network)
    ax = panel(fig, 216, 36, 132, 104)
    logarithmic(ax, x=[1, 4, 16], y=[0.01, 0.1, 1])
    ax.set(xlim=(0.8, 45), ylim=(0.002, 9))
    name_axes(ax, "hidden units", "largest error")
    line(ax, np.array(WIDTHS), np.array(bounds), "accent-2", dashed=True)
    points(ax, np.column_stack([WIDTHS, errors]), "accent-1")
    ring(ax, (n, error), "ink", size=11, width=1.6)
    say(ax, 5, 1.2, "bound", "accent-2", bold=True, ha="left")
    say(ax, 1, 0.02, "measured", "accent-1", bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "n": n,
            "knots": n + 1,
            "error": error,
            "bound": interpolation_bound(0, 1, n, 4 * np.pi**2),
            "widths": WIDTHS,
            "errors": errors,
            "bounds": bounds,
            "ratio": errors[WIDTHS.index(8)] / errors[WIDTHS.index(16)],
        },
    )


@figure(
    alt="Above, the membrane of a model neuron: a current of {silent:g} never reaches the "
    "threshold, one of {firing:g} fires {rates[1]:.0f} times a second. Below, its rate against the "
    "current and the ReLU that fits best: zero, then rising."
)
def lif_rate_vs_relu() -> Drawing:
    """Draw an integrate-and-fire neuron under two currents, and its rate beside a ReLU.

    Returns
    -------
    Drawing
        Membrane potential above, firing rate below.

    See Also
    --------
    dlcv_viz.numerics.spiking.lif_rate : Computes the rate.
    dlcv_viz.numerics.approximation.fit_relu : Finds the ReLU.
    """
    silent, firing = 0.9, 1.5
    current = np.linspace(0, 5, 501)
    rate = lif_rate(current, MEMBRANE)
    slope, threshold = fit_relu(current, rate)
    fitted = slope * relu(current - threshold)
    gap = np.abs(fitted - rate)

    fig = canvas(NARROW, 340)
    _draw_membrane(panel(fig, 34, 220, 258, 88), silent, firing)
    ax = panel(fig, 34, 36, 314, 134)
    ax.set(xlim=(0, 5), ylim=(0, 190), xticks=range(6), yticks=[0, 50, 100, 150])
    name_axes(ax, "current I, in units of the threshold", "spikes a second")
    line(ax, current, fitted, "accent-2", dashed=True)
    above = 1 + np.geomspace(1e-9, 4, 200)  # the rate leaves zero with an upright tangent
    drawn = np.concatenate([[0, 1], above])
    line(ax, drawn, lif_rate(drawn, MEMBRANE), "accent-1", width=STRONG)
    say(ax, 3.3, 82, "integrate and fire", "accent-1", bold=True, ha="left")
    say(ax, 4.85, 178, "best ReLU", "accent-2", bold=True, ha="right")
    told = lif_rate(np.array([1.1, firing, 2.0, 3.0, 5.0]), MEMBRANE)
    return Drawing(
        fig,
        facts={
            "silent": silent,
            "firing": firing,
            "rates": told.tolist(),
            "slope": slope,
            "threshold": threshold,
            "gap": float(gap.max()),
            "gap_at": float(current[gap.argmax()]),
            "explained": float(1 - (gap**2).sum() / ((rate - rate.mean()) ** 2).sum()),
            "ceiling": 1 / MEMBRANE.refractory,
            "tau_ms": 1000 * MEMBRANE.tau,
            "refractory_ms": 1000 * MEMBRANE.refractory,
        },
    )


@figure(
    alt="A layer as a product of matrices and as a network. Neuron {neuron} is row {neuron} of W: "
    "its sum is {own_z:.1f}, and the ReLU makes {own_a:.1f} of it.",
    sweep=Sweep("neuron", (1, 2), label="neuron"),
)
def layer_as_matrix(*, neuron: Annotated[int, Range(1, 2)] = 2) -> Drawing:
    """Draw a layer twice, as matrices and as a network, and mark one neuron in both.

    Parameters
    ----------
    neuron : int, default 2
        Row that is marked, from 1.

    Returns
    -------
    Drawing
        Matrices above, the network below.

    See Also
    --------
    dlcv_viz.numerics.dense.layer_forward : Computes the layer.
    """
    z = layer_forward(X1, W1, B1)
    a = relu(z)
    fig = canvas(NARROW, 314)
    page = stage(fig, 0, 0, NARROW, 314)
    _draw_product(page, z, a, neuron - 1)
    _draw_layer(page, z, neuron - 1)
    return Drawing(
        fig,
        facts={
            "neuron": neuron,
            "z": z.tolist(),
            "a": a.tolist(),
            "row": W1[neuron - 1].tolist(),
            "x": X1.tolist(),
            "b": float(B1[neuron - 1]),
            "own_z": float(z[neuron - 1]),
            "own_a": float(a[neuron - 1]),
        },
    )


@figure(
    alt="Parameters of a 784-128-64-10 network by layer: {by_layer[0]:,}, {by_layer[1]:,} and "
    "{by_layer[2]:,}; the first layer owns {share:.0%} of {total:,}. Each unit more in the first "
    "hidden layer costs {first_cost}, in the second {second_cost}."
)
def parameter_growth() -> Drawing:
    """Draw the parameters of each layer, and how the total grows with two widths.

    Returns
    -------
    Drawing
        Bars above, two lines below.

    See Also
    --------
    dlcv_viz.numerics.dense.parameter_count : Counts.
    """
    weights, biases = parameters_by_layer(SIZES)
    by_layer = [w + b for w, b in zip(weights, biases, strict=True)]
    total = parameter_count(SIZES)

    fig = canvas(NARROW, 340)
    _draw_bars(stage(fig, 0, 190, NARROW, 150), weights, biases, total)
    ax = panel(fig, 42, 36, 306, 116)
    widths = np.array([16, 64, 128, 256, 512])
    first = np.array([parameter_count((784, int(n), 64, 10)) for n in widths])
    second = np.array([parameter_count((784, 128, int(n), 10)) for n in widths])
    ax.set(xlim=(0, 530), ylim=(0, 460_000), xticks=[128, 256, 512], yticks=[0, 200_000, 400_000])
    ax.set_yticks([0, 200_000, 400_000], ["0", "200k", "400k"])
    name_axes(ax, "units in that layer", "all parameters")
    ax.plot([0, 128], [total, total], color=MARKER["line"], lw=THIN, zorder=0)
    for role, totals, n in (("accent-1", first, 128), ("accent-2", second, 64)):
        line(ax, widths, totals, role, dashed=role == "accent-2")
        points(ax, np.array([[n, total]]), role, size=7)
    say(ax, 320, 320_000, "first hidden layer grows", "accent-1", bold=True, ha="right")
    say(ax, 525, 105_000, "second hidden layer grows", "accent-2", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "sizes": SIZES,
            "weights": weights,
            "biases": biases,
            "by_layer": by_layer,
            "total": total,
            "share": by_layer[0] / total,
            "multiply_adds": multiply_adds(SIZES),
            "first_cost": parameter_count((784, 129, 64, 10)) - total,
            "second_cost": parameter_count((784, 128, 65, 10)) - total,
            "sides": (28, 224),
            "photo": parameters_by_layer((3 * 224**2, SIZES[1]))[0][0],
        },
    )


@figure(
    alt="Two interlocking half moons of points. A straight line gets {accuracy[0]:.1%} of new "
    "points right, a network with 8 linear units draws the same line and gets {accuracy[1]:.1%}, "
    "one with 8 tanh units bends its boundary and gets {accuracy[2]:.1%}."
)
def moons_network_vs_line(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw what three networks make of two moons: no hidden layer, a linear one, one with tanh.

    Parameters
    ----------
    seed : int, default 0
        Of the weights at the start.

    Returns
    -------
    Drawing
        A panel for each, and one for the loss on the way.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Trains them.
    """
    x, y = two_moons(200, noise=0.2, seed=0)
    new_x, new_y = two_moons(500, noise=0.2, seed=1)
    starts = {
        "no hidden layer": random_network((2, 1), seed=seed),
        "8 linear units": random_network((2, 8, 1), seed=seed, hidden="identity"),
        "8 tanh units": random_network((2, 8, 1), seed=seed, hidden="tanh"),
    }
    runs = {name: _trained(start, x, y) for name, start in starts.items()}
    accuracy = [_accuracy(network, new_x, new_y) for network, _ in runs.values()]
    curves = [losses for _, losses in runs.values()]

    fig = canvas(NARROW, 350)
    for place, (name, (network, _)) in enumerate(runs.items()):
        ax = panel(fig, 26 + 180 * (place % 2), 204 - 176 * (place // 2), 142, 106)
        equal_units(ax, -1.7, 2.7, middle=0.25)
        ax.set(xticks=[-1, 0, 1, 2], yticks=[-1, 0, 1])
        name_panel(ax, name, rise=4, note=f"{accuracy[place]:.1%} of new patients right")
        plane.regions(ax, forward(network, plane.grid(ax, 72)).outputs[..., 0])
        plane.classes(ax, x, y, size=3.6)
        name_axes(ax, "x₁", "x₂", among_ticks=True)
    _draw_losses(panel(fig, 206, 28, 142, 106), curves)
    return Drawing(
        fig,
        facts={
            "n_train": len(x),
            "n_new": len(new_x),
            "steps": len(curves[0]) - 1,
            "accuracy": accuracy,
            "trained_accuracy": [_accuracy(network, x, y) for network, _ in runs.values()],
            "loss": [losses[-1] for losses in curves],
            "gain": accuracy[2] - accuracy[0],
            "passes": int((curves[2] < curves[0]).argmax()),
        },
    )


@figure(
    alt="A sine, and the best and the worst of {n_starts} networks with {n} ReLU units that "
    "gradient descent found from random starts, with largest errors {errors[0]:.2f} and "
    "{errors[9]:.2f}; one whose units are placed by hand has {built:.2f}."
)
def found_or_built(*, steps: Annotated[int, Range(0, 10_000)] = 4000) -> Drawing:
    """Draw what gradient descent finds where a good network is known to exist.

    Parameters
    ----------
    steps : int, default 4000
        Of gradient descent.

    Returns
    -------
    Drawing
        The best and the worst of ten networks, and the errors of all.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Trains them, side by side.
    """
    n = 8
    at = np.linspace(0, 1, 401)
    found = forward(_learnt_waves(n, steps), at[:, None]).outputs[..., 0]
    errors = np.abs(found - _wave(at)).max(axis=1)
    order = errors.argsort()
    built = _largest_error(relu_interpolant(_wave, 0, 1, n))

    fig = canvas(NARROW, 270)
    ax = panel(fig, 30, 36, 196, 200)
    ax.set(xlim=(0, 1), ylim=(-1.5, 1.5), xticks=[0, 0.5, 1], yticks=[-1, 0, 1])
    name_axes(ax, "x", "f(x)")
    line(ax, at, _wave(at), "muted", dashed=True)
    line(ax, at, found[order[-1]], "accent-2", width=STRONG)
    line(ax, at, found[order[0]], "accent-1", width=STRONG)
    say(ax, 0.62, 1.2, "best start", "accent-1", bold=True, ha="left")
    say(ax, 0.38, -1.2, "worst start", "accent-2", bold=True, ha="right")
    _draw_errors(panel(fig, 272, 36, 76, 200), errors[order], built)
    return Drawing(
        fig,
        facts={
            "n": n,
            "n_starts": N_STARTS,
            "steps": steps,
            "errors": errors[order].tolist(),
            "built": built,
            "n_better": int((errors < built).sum()),
        },
    )


@figure(alt="A small network of {n_units} units in four layers, drawn with its real activations.")
def thumbnail() -> Drawing:
    """Draw the module's card: a network at work, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    network = random_network((3, 5, 4, 2), seed=4)
    passed = forward(network, np.array([[1.0, 0.6, -0.8]]))
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    sizes = [a.shape[1] for a in passed.activations]
    places = layers(sizes, across=64, up=30, start=(24, 75))
    for W, (starts, ends) in zip(network.weights, pairwise(places), strict=True):
        edges(ax, starts, ends, W.T, limit=1.5)
    for spot, a in zip(places, passed.activations, strict=True):
        nodes(ax, spot, a[0], limit=1, size=22)
    return Drawing(fig, facts={"n_units": sum(len(spot) for spot in places)})


@example
def single_neuron() -> Facts:
    """Compute a neuron with two inputs and pass its sum through three activations.

    Returns
    -------
    Facts
        Inputs, contributions, sum, outputs, and the steps of the sigmoid.
    """
    x, w, b = np.array([2.0, 3.0]), np.array([0.5, -0.3]), 0.1
    z = neuron_forward(x, w, b)
    return {
        "x": x,
        "w": w,
        "b": b,
        "parts": w * x,
        "z": z,
        "no_bias": neuron_forward(x, w, 0.0),
        "exponential": np.exp(-z),
        "denominator": 1 + np.exp(-z),
        "sigmoid": sigmoid(np.array(z)),
        "tanh": np.tanh(z),
        "relu": relu(np.array(z)),
    }


@example
def layer_by_hand() -> Facts:
    """Compute a layer of two neurons for one sample.

    Returns
    -------
    Facts
        Weights row by row, contributions of each neuron, sums and outputs.
    """
    z = layer_forward(X1, W1, B1)
    return {
        "x": X1,
        "row_1": W1[0],
        "row_2": W1[1],
        "b": B1,
        "parts_1": W1[0] * X1,
        "parts_2": W1[1] * X1,
        "z": z,
        "relu": relu(z),
        "sigmoid": sigmoid(z),
    }


@example
def second_layer() -> Facts:
    """Go on from `layer_by_hand` to one output, with the ReLU between the layers and without.

    Returns
    -------
    Facts
        The hidden values, the output before and after the sigmoid, and the one layer that the two
        are without the ReLU.
    """
    h = relu(layer_forward(X1, W1, B1))
    z = layer_forward(h, W2, B2)
    W, b = collapse(W1, B1, W2, B2)
    return {
        "h": h,
        "w": W2[0],
        "b": B2[0],
        "z": z[0],
        "out": sigmoid(z)[0],
        "linear_z": layer_forward(layer_forward(X1, W1, B1), W2, B2)[0],
        "hidden_z": layer_forward(X1, W1, B1),
        "one_w": W[0],
        "one_b": b[0],
        "one_parts": W[0] * X1,
        "one_z": layer_forward(X1, W, b)[0],
    }


@example
def batch_by_hand() -> Facts:
    """Run two samples through the layer of `layer_by_hand` at once.

    Returns
    -------
    Facts
        A row of inputs, sums and outputs for each sample.
    """
    X = np.array([X1, [0.0, 1.0, 3.0]])
    Z = layer_forward_batch(X, W1, B1)
    A = relu(Z)
    return {
        "x_1": X[0], "x_2": X[1], "z_1": Z[0], "z_2": Z[1], "a_1": A[0], "a_2": A[1],
        "parts_1": W1[0] * X[1], "parts_2": W1[1] * X[1], "b": B1, "m": len(X),
    }  # fmt: skip


@example
def count_parameters() -> Facts:
    """Count the parameters of three networks.

    Returns
    -------
    Facts
        Layer by layer for the first, totals for the others.
    """
    weights, biases = parameters_by_layer(SIZES)
    small = (4, 8, 3)
    small_weights, small_biases = parameters_by_layer(small)
    return {
        "layer": [f"{a} \N{RIGHTWARDS ARROW} {b}" for a, b in pairwise(SIZES)],
        "weights": weights,
        "biases": biases,
        "both": [w + b for w, b in zip(weights, biases, strict=True)],
        "total": parameter_count(SIZES),
        "multiply_adds": multiply_adds(SIZES),
        "small": small,
        "small_layers": [w + b for w, b in zip(small_weights, small_biases, strict=True)],
        "small_total": parameter_count(small),
        "wide": (784, 300, 100, 10),
        "wide_total": parameter_count((784, 300, 100, 10)),
    }


def _draw_neuron(ax: Axes, x: FloatArray, w: FloatArray, b: float, z: float) -> None:
    """Draw inputs, weighted edges, bias and sum, from left to right."""
    up = -100 / max(len(x) - 1, 1)
    spots, body = layers([len(x), 1], across=112, up=up, start=(28, 90))
    edges(ax, spots, body, w[:, None], limit=1)
    nodes(ax, spots, x, limit=6, size=32)
    nodes(ax, body, np.array([z]), limit=2, size=44)
    labels(ax, spots, [number(value) for value in x], bold=True)
    labels(ax, spots, _named("x", len(x)), "muted", shift=(0, 24), italic=True)
    for place, weight, name in zip(spots, w, _named("w", len(x)), strict=True):
        near = 0.68 * place + 0.32 * body[0]
        up = 14 if place[1] > 90 else -14
        role = "accent-1" if weight > 0 else "accent-2"
        told = f"{name} = {number(weight)}"
        say(ax, near[0], near[1] + up, told, role, bold=True, ha="left", halo=True)
    say(ax, 140, 90, number(z, ".1f"), bold=True, size=TITLE)
    arrow(ax, (140, 148), (140, 114), "edge", width=1)
    say(ax, 140, 157, f"b = {number(b, '.1f')}", bold=True)
    arrow(ax, (140, 66), (140, 30), "accent-1")
    say(ax, 150, 46, "a = φ(z)", "accent-1", bold=True, ha="left")
    say(ax, 14, 182, "the neuron", bold=True, size=TITLE, ha="left")


def _named(letter: str, n: int) -> list[str]:
    """Return x₁, x₂ and so on."""
    return [letter + sub for sub in "₁₂₃"[:n]]


def _draw_waterfall(ax: Axes, parts: list[float], z: float) -> None:
    """Draw contributions one on the other, and the sum beside them."""
    n = len(parts)
    ends = np.concatenate([[0], np.cumsum(parts)])
    # The last part is the bias, which the frames change: the limits hold all of them.
    reach = [*ends[:-1], ends[-2] + min(BIASES), ends[-2] + max(BIASES)]
    low, room = min(reach), 0.2 * (max(reach) - min(reach))
    ax.set(xlim=(-0.6, n + 0.6), ylim=(low - room, max(reach) + room), xticks=[], yticks=[0, 1])
    ax.spines["bottom"].set_visible(False)
    ax.axhline(0, color=MARKER["line"], lw=HAIR, zorder=0)
    name_axes(ax, y="running sum")
    places, starts, heights = np.arange(n + 1), np.array([*ends[:-1], 0]), np.array([*parts, z])
    roles = ["accent-1" if part > 0 else "accent-2" for part in parts] + ["ink"]
    ax.bar(places, heights, 0.62, bottom=starts, color=[MARKER[role] for role in roles])
    steps = [[(i + 0.31, end), (i + 0.69, end)] for i, end in enumerate(ends[1:])]
    ax.add_collection(LineCollection(steps, colors=MARKER["edge"], linewidths=HAIR))
    for place, end, height in zip(places, starts + heights, heights, strict=True):
        gap, va = (0.12 * room, "bottom") if height > 0 else (-0.12 * room, "top")
        say(ax, float(place), end + gap, number(height, ".1f"), bold=True, va=va, halo=True)
    products = zip(_named("w", n - 1), _named("x", n - 1), strict=True)
    below = np.column_stack([places, np.full(n + 1, low - 1.15 * room)])
    labels(ax, below, [*map("".join, products), "b", "z"], "muted", size=SMALL, va="top")


def _wave(x: FloatArray) -> FloatArray:
    wave: FloatArray = np.sin(2 * np.pi * x)
    return wave


def _largest_error(network: Network) -> float:
    at = np.linspace(0, 1, 4001)
    return float(np.abs(forward(network, at[:, None]).outputs[:, 0] - _wave(at)).max())


def _draw_fit(fig: Figure, network: Network, n: int, error: float) -> None:
    ax = panel(fig, 30, 196, 318, 122)
    ax.set(xlim=(-0.2, 1.2), ylim=(-1.6, 1.6), xticks=[0, 0.5, 1], yticks=[-1, 0, 1])
    name_axes(ax, "x", "f(x)")
    for left, right in ((-0.2, 0), (1, 1.2)):
        ax.axvspan(left, right, color=MARKER["muted"], alpha=0.1, lw=0, zorder=0)
    at = np.linspace(-0.2, 1.2, 281)
    knots = np.linspace(0, 1, n + 1)
    line(ax, at, _wave(at), "accent-2", dashed=True)
    bent = np.array([-0.2, *knots, 1.2])
    heights = forward(network, bent[:, None]).outputs[:, 0]
    line(ax, bent[1:-1], heights[1:-1], "accent-1", width=STRONG)
    for end in (slice(0, 2), slice(-2, None)):
        line(ax, bent[end], heights[end], "accent-1", width=THIN)
    points(ax, np.column_stack([knots, heights[1:-1]]), "accent-1", size=4.5)
    say(ax, 0.37, 1.0, "sin 2πx", "accent-2", bold=True, ha="left")
    units = "1 unit" if n == 1 else f"{n} units"
    head = f"{units}: largest error {error:.3f}"
    ax.annotate(
        head,
        (1, 1),
        (0, 12),
        "axes fraction",
        "offset points",
        ha="right",
        va="bottom",
        weight="bold",
        color=MARKER["accent-1"],
    )


def _draw_terms(ax: Axes, network: Network) -> None:
    """Draw each unit's own contribution, and leave out what it adds nothing to."""
    ax.set(xlim=(-0.2, 1.2), ylim=(-8.5, 8.5), xticks=[0, 0.5, 1], yticks=[-5, 0, 5])
    name_axes(ax, "x", "what each unit adds")
    ax.axhline(0, color=MARKER["line"], lw=HAIR, zorder=0)
    ends = np.array([[-0.2], [1.2]])
    knots, bends = -network.biases[0], network.weights[1][0]
    right = (forward(network, ends).activations[1] * bends)[1]
    terms = [[(knot, 0.0), (1.2, height)] for knot, height in zip(knots, right, strict=True)]
    colours = [MARKER["accent-1" if bend > 0 else "accent-2"] for bend in bends]
    ax.add_collection(LineCollection(terms, colors=colours, linewidths=1.2), autolim=False)


def _draw_membrane(ax: Axes, silent: float, firing: float) -> None:
    times = np.linspace(0, 0.12, 961)
    ax.set(xlim=(0, 120), ylim=(0, 1.75), xticks=[0, 40, 80, 120], yticks=[0, 1])
    name_axes(ax, "time in ms", "membrane potential")
    ax.axhline(1, color=MARKER["edge"], lw=THIN, ls=(0, (4, 3)), zorder=0)
    line(ax, 1000 * times, lif_potential(times, silent, MEMBRANE), "accent-5", width=LINE)
    line(ax, 1000 * times, lif_potential(times, firing, MEMBRANE), "accent-1", width=LINE)
    period = float(MEMBRANE.period(np.array(firing)))
    spikes = np.arange(period - MEMBRANE.refractory, 0.12, period)
    for spike in 1000 * spikes:
        line(ax, np.array([spike, spike]), np.array([1.0, 1.55]), "accent-1", width=LINE)
    say(ax, 123, 1.3, f"I = {firing:g}", "accent-1", bold=True, ha="left")
    say(ax, 123, 0.9, f"I = {silent:g}", "accent-5", bold=True, ha="left")


def _draw_product(page: Axes, z: FloatArray, a: FloatArray, row: int) -> None:
    """Draw W x + b = z and the ReLU, and frame a row in all of them."""
    size, top = 30, 266
    middle = top - size
    matrices = {"W": W1, "x": X1[:, None], "b": B1[:, None], "z": z[:, None], "a": a[:, None]}
    for (name, values), left in zip(matrices.items(), (14, 126, 178, 232, 312), strict=True):
        rows, columns = values.shape
        high, across = middle + size * rows / 2, size * columns
        strong = np.zeros(values.shape, bool)
        strong[row if rows == 2 else slice(None)] = True
        cells(page, values, left, high, size, limit=2, form="{:.1f}", strong=strong, text=SMALL)
        say(page, left + across / 2, high + 20, name, bold=True, italic=True)
        say(page, left + across / 2, high + 8, f"{rows} × {columns}", "muted", size=SMALL)
        if rows == 2:
            frame(page, left, top - size * row, across, size)
    for sign, x in (("·", 115), ("+", 167), ("=", 220)):
        say(page, x, middle, sign, size=TITLE)
    arrow(page, (267, middle), (307, middle), "edge", width=1)
    say(page, 286, middle + 10, "ReLU", size=SMALL)


def _draw_layer(page: Axes, z: FloatArray, row: int) -> None:
    """Draw the same layer as a network, the weights of one neuron strong."""
    inputs, units = layers([3, 2], across=150, up=-58, start=(96, 92))
    strong = np.broadcast_to(np.arange(2) == row, (3, 2))
    edges(page, inputs, units, W1.T, limit=1, strong=strong)
    nodes(page, inputs, X1, limit=4, size=32)
    nodes(page, units, z, limit=4, size=32)
    labels(page, inputs, [number(x) for x in X1], bold=True)
    labels(page, inputs, _named("x", 3), "muted", shift=(-28, 0), italic=True)
    labels(page, units, [number(value, ".1f") for value in z], bold=True)
    labels(page, units, _named("z", 2), "muted", shift=(28, 0), italic=True)
    ring(page, units[row], size=36)
    for place, weight in zip(inputs, W1[row], strict=True):
        spot = place + 0.3 * (units[row] - place)
        role = "accent-1" if weight > 0 else "accent-2"
        say(page, spot[0], spot[1] + 8, number(weight, ".1f"), role, bold=True, halo=True)


def _draw_bars(page: Axes, weights: list[int], biases: list[int], total: int) -> None:
    say(page, 14, 138, f"{total:,} parameters, layer by layer", bold=True, size=TITLE, ha="left")
    for place, (pair, w, b) in enumerate(zip(pairwise(SIZES), weights, biases, strict=True)):
        top = 116 - 40 * place
        name = f"{pair[0]} \N{RIGHTWARDS ARROW} {pair[1]}"
        say(page, 14, top, name, bold=True, ha="left")
        say(page, 96, top, f"{w:,} weights + {b} biases", "muted", size=SMALL, ha="left")
        length = 270 * (w + b) / total
        page.bar(14, 12, length, bottom=top - 22, align="edge", color=MARKER["accent-1"], lw=0)
        say(page, 20 + length, top - 16, f"{(w + b) / total:.1%}", bold=True, ha="left")


def _trained(start: Network, x: FloatArray, y: IntArray) -> tuple[Network, FloatArray]:
    """Return the network after 2000 steps, and the loss of every state."""
    walk = gradient_descent(
        start,
        x,
        y[:, None].astype(float),
        loss=binary_cross_entropy,
        learning_rate=0.5,
        steps=2000,
    )
    states = list(walk)
    return states[-1][0], np.array([loss for _, loss in states])


def _accuracy(network: Network, x: FloatArray, y: IntArray) -> float:
    return float(((forward(network, x).outputs[:, 0] > 0) == y).mean())


def _draw_losses(ax: Axes, losses: list[FloatArray]) -> None:
    logarithmic(ax, x=[1, 10, 100, 1000])
    ax.set(xlim=(1, 2500), ylim=(0, 0.9), yticks=[0, 0.4, 0.8])
    name_panel(ax, "loss", rise=4, note="on the training patients")
    name_axes(ax, "step")
    at = np.arange(1.0, len(losses[0]))
    for values, role in zip(losses, ("accent-3", "accent-4", "accent-5"), strict=True):
        line(ax, at, values[1:], role, dashed=role == "accent-4")
    say(ax, 1.3, 0.3, "8 linear", "accent-4", bold=True, ha="left")
    say(ax, 2400, 0.34, "no hidden", "accent-3", bold=True, ha="right", va="bottom")
    say(ax, 500, 0.12, "8 tanh", "accent-5", bold=True, ha="right")


def _learnt_waves(n: int, steps: int) -> Network:
    """Train networks of one hidden layer on the wave, from knots anywhere in the interval."""
    starts = []
    for seed in range(N_STARTS):
        rng = np.random.default_rng(seed)
        w, knots = rng.choice([-1.0, 1.0], (n, 1)), rng.uniform(0, 1, n)
        v = rng.normal(0, np.sqrt(2 / n), (1, n))
        starts.append(Network([w, v], [-w[:, 0] * knots, np.zeros(1)], hidden=ACTIVATIONS["relu"]))
    x = np.linspace(0, 1, 51)[:, None]
    walk = gradient_descent(
        side_by_side(starts),
        x,
        _wave(x),
        loss=half_squared_error,
        learning_rate=0.2,
        steps=steps,
    )
    *_, (network, _) = walk
    return network


def _draw_errors(ax: Axes, errors: FloatArray, built: float) -> None:
    logarithmic(ax, y=[0.1, 1])
    ax.set(xlim=(0, len(errors) + 1), ylim=(0.03, 1.5), xticks=[1, len(errors)])
    name_axes(ax, "start", "largest error")
    ax.axhline(built, color=MARKER["accent-3"], lw=LINE, ls=(0, (1, 1.8)), zorder=1)
    say(ax, len(errors) + 0.9, built * 0.86, "by hand", "accent-3", bold=True, ha="right", va="top")
    at = np.arange(1, len(errors) + 1)
    points(ax, np.column_stack([at, errors])[1:-1], "accent-1")
    points(ax, np.array([[1, errors[0]]]), "accent-1", size=7)
    points(ax, np.array([[len(errors), errors[-1]]]), "accent-2", size=7)
