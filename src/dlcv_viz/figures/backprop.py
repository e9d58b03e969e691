"""Figures and worked examples of the module *Forward and Backpropagation*."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.data.spiral import spiral
from dlcv_viz.draw import network as net
from dlcv_viz.draw import plane
from dlcv_viz.draw.canvas import (
    LINE,
    NARROW,
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
from dlcv_viz.draw.graph import carried, operation, wire
from dlcv_viz.draw.marks import arrow, line, number, points, ring, say, scientific
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.backprop import (
    error_bound,
    error_sizes,
    layer_jacobians,
    steps_per_epoch,
    training_work,
)
from dlcv_viz.numerics.computation_graph import Node, apply, gradients, larger, tangents
from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.dense import parameter_count
from dlcv_viz.numerics.from_scratch import train_epoch
from dlcv_viz.numerics.gradient_check import (
    central_difference,
    check_network,
    forward_difference,
    relative_error,
)
from dlcv_viz.numerics.network import Gradients, Network, Pass, backward, forward, random_network
from dlcv_viz.numerics.softmax import softmax
from dlcv_viz.numerics.training import (
    binary_cross_entropy,
    gradient_descent,
    gradient_step,
    half_squared_error,
    softmax_cross_entropy,
)
from dlcv_viz.numerics.training import gradients as network_gradients
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

DOT, TIMES, HALF_SQUARE = "\N{MIDDLE DOT}", "\N{MULTIPLICATION SIGN}", "½e²"
SIGMA, DELTA = "\N{GREEK SMALL LETTER SIGMA}", "\N{GREEK SMALL LETTER DELTA}"
LOSS, SLOPE = "\N{SCRIPT SMALL L}", SIGMA + "\N{PRIME}"
UNIT = {"w": 1.0, "x": 1.5, "b": 0.5, "y": 1.0}
TERMS = {"x": 2.0, "y": -3.0, "z": 10.0}
CLASSES = ("accent-1", "accent-2", "accent-3")
STEPS = (0.1, 1e-2, 1e-3, 1e-5, 1e-8, 1e-12)  # of differences
RATE = 0.5
N_STEPS = 12  # of the two passes, an update, and a look at what it did
DEEP, DEEP_STEPS, DEEP_RATE = (2, *(24,) * 9, 3), 200, 0.1
SETUPS = (("sigmoid", 1.0, "accent-2"), ("tanh", 1.0, "accent-5"), ("relu", 2.0, "accent-1"))
EPOCHS = 200
SIZES = (784, 128, 64, 10)


@dataclass(frozen=True, slots=True)
class Unit:
    """The graph of one neuron and its loss."""

    w: Node
    x: Node
    b: Node
    product: Node
    z: Node
    a: Node
    error: Node
    loss: Node


@dataclass(frozen=True, slots=True)
class Worked:
    """A step of gradient descent on one sample, with all that was computed on the way."""

    network: Network
    passed: Pass
    loss: float
    by_output: float
    found: Gradients
    after: Network
    new_output: float
    new_loss: float


@figure(
    alt="Two computations as graphs. Values run forward, gradients back: each is the local slope "
    "times what comes from behind. For (xy + z) squared the gradients are {by_x:g}, {by_y:g} and "
    "{by_z:g}; for the neuron {by_w:.4f} by the weight and {by_b:.4f} by the bias."
)
def computation_graph() -> Drawing:
    """Draw two computations as graphs, with values above the wires and gradients below.

    Returns
    -------
    Drawing
        Three operations, and a neuron with its loss.

    See Also
    --------
    dlcv_viz.numerics.computation_graph.gradients : Computes the gradients.
    """
    fig = canvas(WIDE, 350)
    ax = stage(fig, 0, 0, WIDE, 350)
    say(ax, 548, 337, "values \N{RIGHTWARDS ARROW}", "accent-1", bold=True, ha="right")
    said = "\N{LEFTWARDS ARROW} gradients: local slope times the one behind"
    say(ax, 484, 337, said, "accent-2", bold=True, ha="right")
    by_terms = _draw_terms(ax)
    by_unit = _draw_unit(ax)
    return Drawing(fig, facts={**by_terms, **by_unit})


@figure(
    alt="Four gates with an error of {upstream:g} coming back. Add hands it on: {add[0]:g} and "
    "{add[1]:g}. Multiply swaps the inputs: {multiply[0]:g} and {multiply[1]:g}. Max sends all to "
    "the larger: {max[0]:g} and {max[1]:g}. A copy adds what its uses send: {copy:g}."
)
def gates() -> Drawing:
    """Draw what four kinds of nodes do to a gradient on its way back.

    Returns
    -------
    Drawing
        Two by two small graphs, values above the wires and gradients below.

    See Also
    --------
    dlcv_viz.numerics.computation_graph.gradients : Computes the gradients.
    """
    fig, upstream, other = canvas(NARROW, 320), 2.0, -5.0
    facts: dict[str, float | list[float]] = {"upstream": upstream, "other": other}
    shown: tuple[tuple[str, str, str, Callable[[Node, Node], Node]], ...] = (
        ("add", "hands on", "+", lambda a, b: a + b),
        ("multiply", "swaps", TIMES, lambda a, b: a * b),
        ("max", "routes", "max", larger),
    )
    for place, (name, does, symbol, gate) in enumerate(shown):
        row, column = divmod(place, 2)
        ax = stage(fig, 8 + 178 * column, 166 - 160 * row, 166, 124)
        name_panel(ax, f"{name}: {does}", rise=4)
        a, b = Node(3.0), Node(-2.0)
        out = gate(a, b)
        found = gradients(out * Node(upstream))
        facts[name] = [found[a], found[b]]
        for y, node in ((96, a), (36, b)):
            wire(ax, [(4, y), (56, y), (77, 66 + (y - 66) * 0.4)])
            carried(ax, (28, y), number(node.value), number(found[node]))
        wire(ax, [(103, 66), (162, 66)])
        operation(ax, (90, 66), symbol)
        carried(ax, (134, 66), number(out.value), number(found[out]))
    ax = stage(fig, 186, 6, 166, 124)
    name_panel(ax, "copy: adds", rise=4)
    value = Node(3.0)
    found = gradients(value * Node(upstream) + value * Node(other))
    facts["copy"] = found[value]
    wire(ax, [(4, 66), (72, 66)])
    carried(ax, (34, 66), number(value.value), number(found[value]))
    for y, back in ((96, upstream), (36, other)):
        wire(ax, [(90, 66), (108, y), (162, y)])
        carried(ax, (136, y), number(value.value), number(back))
    operation(ax, (84, 66), "", size=14)
    return Drawing(fig, facts=facts)


@figure(
    alt="Step {step} of {n_steps} through a small network, {direction}: {said}",
    sweep=Sweep("step", range(1, N_STEPS + 1), label="step", start=9),  # all is computed
)
def backprop_steps(*, step: Annotated[int, Range(1, N_STEPS)] = N_STEPS) -> Drawing:
    """Draw the state of a 2-2-1 network after one step of its passes.

    Parameters
    ----------
    step : int, default 12
        1 to 5 go forward, 6 to 10 back, 11 updates, 12 goes forward again.

    Returns
    -------
    Drawing
        Numbers appear where and when they are computed.

    See Also
    --------
    dlcv_viz.numerics.network.forward : Goes forward.
    dlcv_viz.numerics.network.backward : Goes back.
    """
    worked = _two_layers()
    direction, head, said = _told(worked, step)
    fig = canvas(WIDE, 270)
    ax = stage(fig, 0, 0, WIDE, 270)
    role = {"forward": "accent-1", "backward": "accent-2"}.get(direction, "ink")
    arrows = {"forward": "forward \N{RIGHTWARDS ARROW}", "backward": "\N{LEFTWARDS ARROW} backward"}
    say(ax, 14, 254, arrows.get(direction, direction), role, bold=True, size=TITLE, ha="left")
    say(ax, 128, 254, head, bold=True, ha="left")
    _draw_weights(ax, worked, step, role)
    _draw_units(ax, worked, step)
    _draw_loss(ax, worked, step)
    return Drawing(
        fig,
        facts={
            "step": step,
            "n_steps": N_STEPS,
            "direction": direction,
            "said": said,
            "loss": worked.loss,
            "new_loss": worked.new_loss,
            "drop": 1 - worked.new_loss / worked.loss,
        },
    )


@figure(
    alt="Relative error of a derivative by differences against the step h, both axes logarithmic. "
    "Going down, the error first shrinks, then grows again by rounding. One-sided differences are "
    "best near {best_h[0]:.0e}, central ones near {best_h[1]:.0e}, {times:,.0f} times as exact."
)
def gradient_check_curve() -> Drawing:
    """Draw the error of two kinds of differences for steps from 0.1 down to 1e-14.

    Returns
    -------
    Drawing
        Both axes logarithmic; rings mark the best steps.

    See Also
    --------
    dlcv_viz.numerics.gradient_check.central_difference : Computes the better one.
    """
    h = np.logspace(-1, -14, 53)
    errors = np.array([_difference_errors(step) for step in h])
    best = errors.argmin(axis=0)
    fig = canvas(NARROW, 330)
    ax = panel(fig, 50, 42, 296, 256)
    ax.set(xscale="log", yscale="log", xlim=(1e-14, 0.2), ylim=(1e-12, 3))
    ax.set_xticks([1e-12, 1e-9, 1e-6, 1e-3], ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³"])
    ax.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1], ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"])
    ax.minorticks_off()
    name_axes(ax, "step h", "relative error")
    for kind, role in enumerate(("accent-2", "accent-1")):
        line(ax, h, errors[:, kind], role)
        ring(ax, (h[best[kind]], errors[best[kind], kind]), role, size=11, width=LINE)
    say(ax, 2e-6, 2e-4, "one side,\nslope 1", "accent-2", bold=True, ha="right")
    say(ax, 0.15, 3e-10, "both sides,\nslope 2", "accent-1", bold=True, ha="right")
    say(ax, 6e-13, 3e-7, "rounding", "muted", ha="left")
    least = errors[best, (0, 1)]
    return Drawing(
        fig,
        facts={
            "best_h": h[best].tolist(),
            "least": least.tolist(),
            "least_told": [scientific(error) for error in least],
            "times": float(least[0] / least[1]),
            "rule": [float(np.finfo(float).eps ** power) for power in (1 / 2, 1 / 3)],
            "rule_told": [scientific(np.finfo(float).eps ** power) for power in (1 / 2, 1 / 3)],
            "epsilon": scientific(np.finfo(float).eps),
        },
    )


@figure(
    alt="Size of the error in each of {n_layers} layers against that of the last. With sigmoids "
    "the first gets {told[0]} before training and {told[3]} after, and the loss stays at "
    "{losses[0]:.2f}; with tanh and ReLU errors stay within a factor of {worst:.0f}."
)
def delta_norms_by_layer() -> Drawing:
    """Draw how large errors are in each layer of a deep network, before and after training.

    Returns
    -------
    Drawing
        Two panels at one scale.

    See Also
    --------
    dlcv_viz.numerics.backprop.error_sizes : Measures them.
    """
    layers = np.arange(1.0, len(DEEP))
    fig, losses = canvas(NARROW, 300), list[float]()
    before, after = list[FloatArray](), list[FloatArray]()
    for name, gain, _ in SETUPS:
        sizes, loss = _sizes_in_training(name, gain)
        before.append(sizes[0])
        after.append(sizes[1])
        losses.append(loss)
    for left, title, shown in ((48, "before", before), (212, f"after {DEEP_STEPS} steps", after)):
        ax = panel(fig, left, 42, 136, 222)
        ax.set(yscale="log", ylim=(1e-7, 40), xlim=(0.7, 10.3), xticks=[1, 10])
        ax.set_yticks([1e-6, 1e-3, 1], ["10⁻⁶", "10⁻³", "1"] if left == 48 else ["", "", ""])
        ax.minorticks_off()
        name_axes(ax, "layer", among_ticks=True)
        limit(ax, 1)
        for (_, _, role), heights in zip(SETUPS, shown, strict=True):
            line(ax, layers, heights, role, dashed=True)
            points(ax, np.column_stack([layers, heights]), role, size=4.5)
        name_panel(ax, title, rise=18)
        if left == 48:
            name_axes(ax, y="error, against the last layer's")
    _name_setups(fig.axes[0], before)
    first = [sizes[0] for sizes in (*before, *after)]
    return Drawing(
        fig,
        facts={
            "first": first,
            "told": [scientific(size) if size < 0.01 else f"{size:.2f}" for size in first],
            "worst": max(max(size, 1 / size) for size in (*first[1:3], *first[4:])),
            "losses": losses,
            "guess": math.log(3),
            "n_layers": len(DEEP) - 1,
            "width": DEEP[1],
            "steps": DEEP_STEPS,
            "rate": DEEP_RATE,
        },
    )


@figure(
    alt="Three spiral arms of {n} points. Over {epochs} epochs the loss falls to {loss:.3f} and "
    "{right:.0%} of the points become right, where straight lines reach {linear:.0%}. The regions "
    "of the network wind along the arms."
)
def train_from_scratch(*, epochs: Annotated[int, Range(20, 300)] = EPOCHS) -> Drawing:
    """Draw the training of a small network by twenty lines of numpy, and what it learnt.

    Parameters
    ----------
    epochs : int, default 200
        Passes through the data.

    Returns
    -------
    Drawing
        Loss and accuracy by epoch, and the regions at the end.

    See Also
    --------
    dlcv_viz.numerics.from_scratch.train_epoch : Trains it.
    """
    x, labels = spiral(3, n_each=100, seed=0)
    network, losses, right = _from_scratch(x, labels, epochs)
    straight = _linear_accuracy(x, labels)
    fig = canvas(WIDE, 300)
    upper, lower = panel(fig, 40, 172, 210, 96), panel(fig, 40, 36, 210, 96)
    at = np.arange(epochs + 1.0)
    for ax, values, role in ((upper, losses, "accent-2"), (lower, right, "accent-1")):
        ax.set(xlim=(0, epochs), xticks=[0, epochs // 2, epochs])
        line(ax, at, np.array(values), role)
    upper.set(ylim=(0, 1.5), yticks=[0, 1], xticklabels=[])
    lower.set(ylim=(0, 1.05))
    lower.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
    name_axes(upper, y="loss")
    name_axes(lower, "epoch", "points that are right")
    limit(lower, straight)
    say(lower, epochs, straight - 0.04, "straight lines", "muted", size=SMALL, ha="right", va="top")
    ax = stage(fig, 296, 24, 252, 252)
    equal_units(ax, -1.1, 1.1)
    places = plane.grid(ax, 111)
    scores = forward(network, places.reshape(-1, 2)).outputs
    plane.winners(ax, scores.reshape(*places.shape[:2], 3), CLASSES)
    for k, role in enumerate(CLASSES):
        points(ax, x[labels == k], role, size=4.5)
    seen = [epoch for epoch in (1, 10, 50, 100, 200) if epoch <= epochs]
    return Drawing(
        fig,
        facts={
            "n": len(x),
            "epochs": epochs,
            "updates": epochs * steps_per_epoch(len(x), 50),
            "batch_size": 50,
            "hidden": 32,
            "rate": RATE,
            "loss": losses[-1],
            "right": right[-1],
            "linear": straight,
            "epoch": seen,
            "right_at": [right[epoch] for epoch in seen],
            "loss_at": [losses[epoch] for epoch in seen],
        },
    )


@figure(alt="A small network: thin blue lines go forward, orange arrows carry {n} errors back.")
def thumbnail() -> Drawing:
    """Draw the module's card: a network, and what flows back through it, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig, worked = canvas(240, 150), _two_layers()
    ax = stage(fig, 0, 0, 240, 150)
    columns = net.layers([2, 2, 1], across=92, up=-72, start=(28, 75))
    sent = [abs(J * e[0]) for J, e in zip(_weights_back(worked), worked.found.errors, strict=True)]
    for starts, ends, sizes in zip(columns, columns[1:], sent, strict=False):
        for (i, start), (j, end) in ((s, e) for s in enumerate(starts) for e in enumerate(ends)):
            _join(ax, start, end, "accent-1", width=1.2)
            width = 1.5 + 3.5 * sizes[i, j] / sizes.max()
            arrow(ax, end, start, "accent-2", width=width, bend=0.16, head=9, gap=17)
    for places in columns:
        net.nodes(ax, places, np.ones(len(places)), limit=2, size=30)
    return Drawing(fig, facts={"n": sum(sizes.size for sizes in sent)})


@example
def single_neuron() -> Facts:
    """Differentiate the loss of one neuron link by link.

    Returns
    -------
    Facts
        Values and slopes on the way, the gradients, and the error under the cross-entropy.
    """
    unit = _unit()
    found = gradients(unit.loss)
    by_logit = float(binary_cross_entropy(np.array([[unit.z.value]]), np.ones((1, 1)))[1][0, 0])
    rough = round(unit.a.value, 2)  # as who rounds before going on
    rough_delta = (rough - UNIT["y"]) * rough * (1 - rough)
    return {
        **UNIT,
        "z": unit.z.value,
        "a": unit.a.value,
        "loss": unit.loss.value,
        "by_a": found[unit.a],
        "slope": unit.a.slopes[0],
        "delta": found[unit.z],
        "by_w": found[unit.w],
        "by_b": found[unit.b],
        "by_x": found[unit.x],
        "bce_delta": by_logit,
        "times": by_logit / found[unit.z],
        "twice": found[unit.z] * unit.a.slopes[0],
        "rough_a": rough,
        "rough_slope": rough * (1 - rough),
        "rough_delta": rough_delta,
        "rough_off": rough_delta / found[unit.z] - 1,
    }


@example
def three_operations() -> Facts:
    """Differentiate (xy + z)² by its three inputs, in both directions.

    Returns
    -------
    Facts
        Values, gradients, and the columns of a table of forward sweeps.
    """
    nodes = {name: Node(value) for name, value in TERMS.items()}
    q = nodes["x"] * nodes["y"]
    s = q + nodes["z"]
    f = s**2
    found = gradients(f)
    ahead = [tangents(f, node) for node in nodes.values()]
    return {
        **TERMS,
        "q": q.value,
        "s": s.value,
        "f": f.value,
        "by_s": found[s],
        "by_q": found[q],
        **{f"by_{name}": found[node] for name, node in nodes.items()},
        "of": list(nodes),
        "q_by": [sweep[q] for sweep in ahead],
        "s_by": [sweep[s] for sweep in ahead],
        "f_by": [sweep[f] for sweep in ahead],
    }


@example
def two_paths() -> Facts:
    """Differentiate x(x + 1), in which x is used twice.

    Returns
    -------
    Facts
        What comes back along each path, and the sum.
    """
    x, one = Node(3.0), Node(1.0)
    y = x + one
    f = x * y
    found = gradients(f)
    return {
        "x": x.value,
        "y": y.value,
        "f": f.value,
        "direct": f.slopes[0],
        "through": found[y] * y.slopes[0],
        "by_x": found[x],
    }


@example
def two_layers() -> Facts:
    """Take one step of gradient descent on a 2-2-1 network of sigmoids, number by number.

    Returns
    -------
    Facts
        Inputs, both passes, the update, and the bound on the error of the first layer.
    """
    worked = _two_layers()
    start, passed, found, after = worked.network, worked.passed, worked.found, worked.after
    x = passed.activations[0][0]
    jacobian = layer_jacobians(start, x)[0]
    lengths = [float(np.linalg.norm(errors)) for errors in found.errors]
    return {
        "x": x.tolist(),
        "y": 1.0,
        "rate": RATE,
        "w1": start.weights[0].ravel().tolist(),
        "b1": start.biases[0].tolist(),
        "w2": start.weights[1].ravel().tolist(),
        "b2": float(start.biases[1][0]),
        "z1": (passed.pre_activations[0][0] + 0.0).tolist(),
        "a1": passed.activations[1][0].tolist(),
        "z2": float(passed.pre_activations[1][0, 0]),
        "a2": float(passed.outputs[0, 0]),
        "loss": worked.loss,
        "by_a2": worked.by_output,
        "slope2": float(start.output.derivative(passed.pre_activations[1])[0, 0]),
        "slope1": start.hidden.derivative(passed.pre_activations[0])[0].tolist(),
        "delta2": float(found.errors[1][0, 0]),
        "dw2": found.weights[1].ravel().tolist(),
        "sent": (start.weights[1].ravel() * found.errors[1][0, 0]).tolist(),
        "delta1": found.errors[0][0].tolist(),
        "dw1": found.weights[0].ravel().tolist(),
        "new_w1": after.weights[0].ravel().tolist(),
        "new_b1": after.biases[0].tolist(),
        "new_w2": after.weights[1].ravel().tolist(),
        "new_b2": float(after.biases[1][0]),
        "new_a2": worked.new_output,
        "new_loss": worked.new_loss,
        "drop": 1 - worked.new_loss / worked.loss,
        "too_early": float((after.weights[1].ravel() * found.errors[1][0, 0])[0]),
        "jacobian": jacobian.ravel().tolist(),
        "ratio": lengths[0] / lengths[1],
        "bound": error_bound(start, x),
        "n_parameters": sum(W.size for W in (*start.weights, *start.biases)),
    }


@example
def relu_softmax() -> Facts:
    """Go forward and back through a ReLU layer and a softmax, with one ReLU that is off.

    Returns
    -------
    Facts
        Values, errors and gradients; matrices row by row.
    """
    network = Network(
        [np.array([[1.0, -1.0], [0.5, 0.5]]), np.array([[1.0, -1.0], [0.0, 1.0], [-1.0, 0.5]])],
        [np.zeros(2), np.zeros(3)],
        ACTIVATIONS["relu"],
    )
    x, target = np.array([[1.0, 2.0]]), one_hot(np.array([1]), 3)
    passed = forward(network, x)
    loss, found = network_gradients(network, x, target, softmax_cross_entropy)
    return {
        "x": x[0].tolist(),
        "y": target[0].tolist(),
        "w1": network.weights[0].ravel().tolist(),
        "w2": network.weights[1].ravel().tolist(),
        "z1": passed.pre_activations[0][0].tolist(),
        "h": passed.activations[1][0].tolist(),
        "scores": passed.outputs[0].tolist(),
        "p": softmax(passed.outputs[0]).tolist(),
        "loss": float(loss),
        "delta2": found.errors[1][0].tolist(),
        "dw2": found.weights[1].ravel().tolist(),
        "sent": (found.errors[1] @ network.weights[1])[0].tolist(),
        "delta1": found.errors[0][0].tolist(),
        "dw1": found.weights[0].ravel().tolist(),
    }


@example
def batch_by_hand() -> Facts:
    """Average the gradient of a logistic unit over two samples.

    Returns
    -------
    Facts
        Inputs, errors, the gradient of each sample, and of the batch.
    """
    x, y = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.0], [0.0]])
    unit = Network([np.zeros((1, 2))], [np.zeros(1)], ACTIVATIONS["identity"])
    alone = [network_gradients(unit, x[[k]], y[[k]], binary_cross_entropy)[1] for k in (0, 1)]
    found = network_gradients(unit, x, y, binary_cross_entropy)[1]
    return {
        "x1": x[0].tolist(),
        "x2": x[1].tolist(),
        "y": y[:, 0].tolist(),
        "deltas": [float(each.errors[0][0, 0]) for each in alone],
        "first": alone[0].weights[0][0].tolist(),
        "second": alone[1].weights[0][0].tolist(),
        "by_w": found.weights[0][0].tolist(),
        "by_b": float(found.biases[0][0]),
        "m": len(x),
    }


@example
def gradient_check() -> Facts:
    """Compare the derivative of the single neuron with differences, and that of a whole network.

    Returns
    -------
    Facts
        Errors of both kinds for several steps, and the error of a check of a 3-5-4-2 network.
    """
    errors = [_difference_errors(step) for step in STEPS]
    unit, h = _unit(), 1e-5
    up, down = (_unit_loss(np.array([UNIT["w"] + side])) for side in (h, -h))
    rng = np.random.default_rng(0)
    sizes = (3, 5, 4, 2)
    network = random_network(sizes, seed=rng)
    x, y = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    return {
        "h_told": scientific(h, 0),
        "up": up,
        "down": down,
        "difference": (up - down) / (2 * h),
        "by_w": gradients(unit.loss)[unit.w],
        "error": scientific(_difference_errors(h)[1]),
        "step": [scientific(step, 0) for step in STEPS],
        "one_side": [scientific(one) for one, _ in errors],
        "both_sides": [scientific(both) for _, both in errors],
        "network_error": scientific(check_network(network, x, y, loss=half_squared_error)),
        "network_parameters": parameter_count(sizes),
    }


@example
def kink() -> Facts:
    """Check the slope of a ReLU with a step that crosses its kink.

    Returns
    -------
    Facts
        The slope, the difference, and their relative error; and with a step that does not cross.
    """
    at, relu = np.array([1e-6]), ACTIVATIONS["relu"]
    slope, steps = relu.derivative(at), (1e-5, 1e-7)
    found = [central_difference(lambda z: float(relu.function(z)[0]), at, h) for h in steps]
    return {
        "z": scientific(float(at[0]), 0),
        "h": [scientific(h, 0) for h in steps],
        "slope": float(slope[0]),
        "difference": [float(each[0]) for each in found],
        "error": [relative_error(slope, each) for each in found],
    }


@example
def batches() -> Facts:
    """Count the updates of an epoch for several data sets and batch sizes.

    Returns
    -------
    Facts
        The columns of a table, and the example of the vocabulary.
    """
    cases = ((1000, 100), (1000, 128), (50_000, 128), (60_000, 64))
    return {
        "n": [n for n, _ in cases],
        "size": [size for _, size in cases],
        "steps": [steps_per_epoch(n, size) for n, size in cases],
        "last": [n - size * (steps_per_epoch(n, size) - 1) for n, size in cases],
        "dropped": [steps_per_epoch(n, size, drop_last=True) for n, size in cases],
        "exact": cases[1][0] / cases[1][1],
    }


@example
def costs() -> Facts:
    """Count the work of a training step, of finite differences, and the numbers that are kept.

    Returns
    -------
    Facts
        For a 784-128-64-10 network, for one with ten equal layers, and for a checkpointed chain.
    """
    work, equal = training_work(SIZES), training_work((512,) * 11)
    count = parameter_count(SIZES)
    kept = sum(SIZES[:-1]) + sum(SIZES[1:])  # inputs of every layer, and its sums
    chain = 100
    return {
        "sizes": list(SIZES),
        "parameters": count,
        "one_side": count + 1,
        "both_sides": 2 * count,
        "forward": work.forward,
        "backward": work.backward,
        "ratio": work.backward / work.forward,
        "passes": 1 + work.backward / work.forward,
        "equal_layers": 10,
        "equal_ratio": equal.backward / equal.forward,
        "saved": count / (work.backward / work.forward),
        "kept": kept,
        "batch": math.ceil(count / kept),
        "chain": chain,
        "segments": math.isqrt(chain),
        "chain_kept": 2 * math.isqrt(chain),
    }


def _unit() -> Unit:
    """Compute the neuron of the page as a graph."""
    w, x, b, y = (Node(value) for value in UNIT.values())
    product = w * x
    z = product + b
    a = apply(ACTIVATIONS["sigmoid"], z)
    error = a + Node(-y.value)
    return Unit(w, x, b, product, z, a, error, Node(0.5) * error**2)


def _unit_loss(w: FloatArray) -> float:
    z = w * UNIT["x"] + UNIT["b"]
    a = ACTIVATIONS["sigmoid"].function(z)
    return float(half_squared_error(a[:, None], np.array([[UNIT["y"]]]))[0])


def _difference_errors(step: float) -> list[float]:
    """Return the relative errors of the unit's derivative by w, from one side and from both."""
    unit, w = _unit(), np.array([UNIT["w"]])
    exact = np.array([gradients(unit.loss)[unit.w]])
    kinds = forward_difference, central_difference
    return [relative_error(exact, kind(_unit_loss, w, step)) for kind in kinds]


def _two_layers() -> Worked:
    """Take one step on the 2-2-1 network of the page."""
    network = Network(
        [np.array([[0.1, 0.2], [0.3, -0.4]]), np.array([[0.5, -0.6]])],
        [np.array([0.1, -0.1]), np.array([0.2])],
        ACTIVATIONS["sigmoid"],
        ACTIVATIONS["sigmoid"],
    )
    x, y = np.array([[1.0, 0.5]]), np.array([[1.0]])
    passed = forward(network, x)
    loss, by_output = half_squared_error(passed.outputs, y)
    found = backward(network, passed, by_output)
    after = gradient_step(network, found, RATE)
    new = forward(after, x).outputs
    return Worked(
        network=network,
        passed=passed,
        loss=float(loss),
        by_output=float(by_output[0, 0]),
        found=found,
        after=after,
        new_output=float(new[0, 0]),
        new_loss=float(half_squared_error(new, y)[0]),
    )


def _weights_back(worked: Worked) -> list[FloatArray]:
    """Return the weights with a row for each unit that an error goes to."""
    return [W.T for W in worked.network.weights]


def _back(local: float, behind: float, form: str = ".4g") -> str:
    """Write a product of a local slope and a gradient in two lines."""
    told = [number(each, form) for each in (local, behind, local * behind)]
    return f"{told[0]} {DOT} {told[1]}\n= {told[2]}"


def _draw_terms(ax: Axes) -> dict[str, float]:
    """Draw (xy + z)² and its gradients."""
    x, y, z = (Node(value) for value in TERMS.values())
    q = x * y
    s = q + z
    f = s**2
    found = gradients(f)
    say(ax, 14, 314, "(xy + z)²", bold=True, size=TITLE, ha="left")
    for high, name, node, slope in ((284, "x", x, q.slopes[0]), (228, "y", y, q.slopes[1])):
        wire(ax, [(14, high), (124, high), (151, 256 + (high - 256) * 0.3)])
        said = f"{name} = {number(node.value)}"
        carried(ax, (66, high), said, _back(slope, found[q]))
    wire(ax, [(181, 256), (280, 256)])
    carried(ax, (229, 256), f"q = {number(q.value)}", _back(s.slopes[0], found[s]))
    wire(ax, [(181, 200), (262, 200), (287, 242)])
    carried(ax, (222, 200), f"z = {number(z.value)}", _back(s.slopes[1], found[s]))
    wire(ax, [(310, 256), (409, 256)])
    carried(ax, (358, 256), f"s = {number(s.value)}", _back(f.slopes[0], found[f]))
    wire(ax, [(440, 256), (548, 256)])
    carried(ax, (494, 256), f"f = {number(f.value)}", number(found[f]))
    for across, symbol in ((166, TIMES), (295, "+"), (425, "s²")):
        operation(ax, (across, 256), symbol)
    return {"by_x": found[x], "by_y": found[y], "by_z": found[z]}


def _draw_unit(ax: Axes) -> dict[str, float]:
    """Draw a neuron with its loss, and the gradients."""
    unit = _unit()
    found = gradients(unit.loss)
    say(ax, 14, 168, "a neuron and its loss", bold=True, size=TITLE, ha="left")
    form, behind = ".3g", found[unit.product]
    for high, name, node, slope in (
        (138, "w", unit.w, unit.product.slopes[0]),
        (78, "x", unit.x, unit.product.slopes[1]),
    ):
        wire(ax, [(14, high), (100, high), (119, 108 + (high - 108) * 0.3)])
        told = f"{name} = {number(node.value)}"
        carried(ax, (56, high), told, _back(slope, behind, form))
    wire(ax, [(149, 108), (226, 108)])
    told = _back(unit.z.slopes[0], found[unit.z], form)
    carried(ax, (187, 108), number(unit.product.value), told)
    wire(ax, [(149, 44), (212, 44), (233, 93)])
    told = _back(unit.z.slopes[1], found[unit.z], form)
    carried(ax, (182, 44), f"b = {number(unit.b.value)}", told)
    wire(ax, [(256, 108), (345, 108)])
    told = _back(unit.a.slopes[0], found[unit.a], form)
    carried(ax, (300, 108), f"z = {number(unit.z.value)}", told)
    wire(ax, [(375, 108), (455, 108)])
    told = _back(found[unit.a], found[unit.loss], form)
    carried(ax, (414, 108), f"a = {number(unit.a.value, form)}", told)
    wire(ax, [(485, 108), (552, 108)])
    told = f"{LOSS} = {number(unit.loss.value, form)}"
    carried(ax, (520, 108), told, number(found[unit.loss]))
    for across, symbol in ((134, TIMES), (241, "+"), (360, SIGMA), (470, HALF_SQUARE)):
        operation(ax, (across, 108), symbol)
    return {"by_w": found[unit.w], "by_b": found[unit.b], "delta": found[unit.z]}


def _told(worked: Worked, step: int) -> tuple[str, str, str]:
    """Return the direction of a step, what is computed, and what came out, in words."""
    if step <= 5:
        return "forward", *_told_forward(worked, step)
    if step <= 10:
        return "backward", *_told_backward(worked, step)
    new = worked.after.weights[1][0]
    if step < N_STEPS:
        head = f"every weight: old \N{MINUS SIGN} {RATE:g} {DOT} gradient"
        return "update", head, f"the weights of the output are {_list(new)} now."
    output, loss = number(worked.new_output, ".3f"), number(worked.new_loss, ".4f")
    said = f"the output is {output}, and the loss fell to {loss}."
    return "forward", "again, with the new weights", said


def _told_forward(worked: Worked, step: int) -> tuple[str, str]:
    passed = worked.passed
    output = number(float(passed.outputs[0, 0]), ".3f")
    return (
        ("sums of the hidden layer", f"its sums are {_list(passed.pre_activations[0][0])}."),
        (f"hidden layer: a = {SIGMA}(z)", f"its values are {_list(passed.activations[1][0])}."),
        ("sum of the output", f"the sum is {_list(passed.pre_activations[1][0])}."),
        (f"output: a = {SIGMA}(z)", f"the output is {output}, and it should be 1."),
        ("loss: ½(a \N{MINUS SIGN} y)²", f"the loss is {number(worked.loss, '.4f')}."),
    )[step - 1]


def _told_backward(worked: Worked, step: int) -> tuple[str, str]:
    found, z = worked.found, worked.passed.pre_activations[1]
    error, slope = float(found.errors[1][0, 0]), float(worked.network.output.derivative(z)[0, 0])
    by_output = number(worked.by_output, ".3f")
    rule = "error times input"
    return (
        (
            "slope of the loss by the output: a \N{MINUS SIGN} y",
            f"the slope of the loss by the output is {by_output}: a higher output is better.",
        ),
        (
            f"error of the output: (a \N{MINUS SIGN} y) {DOT} {SLOPE}(z)",
            f"times the slope {slope:.3f} of the sigmoid, the error is {number(error, '.3f')}.",
        ),
        (
            f"gradients of the last layer: {rule}",
            f"the gradients of its weights are {_list(found.weights[1][0])}.",
        ),
        (
            f"errors of the hidden layer: weight {DOT} error {DOT} {SLOPE}(z)",
            f"back through the same weights, the errors are {_list(found.errors[0][0], '.4f')}.",
        ),
        (
            f"gradients of the first layer: {rule}",
            "every weight has its gradient now, and none has moved.",
        ),
    )[step - 6]


def _list(values: Sequence[float] | FloatArray, form: str = ".3f") -> str:
    return " and ".join(number(float(value), form) for value in values)


def _places() -> list[FloatArray]:
    return net.layers([2, 2, 1], across=176, up=-136, start=(42, 124))


def _draw_weights(ax: Axes, worked: Worked, step: int, role: str) -> None:
    """Draw the wires, the ones in use strong, with weights and, once they are known, gradients."""
    places = _places()
    used = {0: {1, 10, 11, 12}, 1: {3, 8, 9, 11, 12}}
    shown = worked.after if step >= 11 else worked.network
    for layer, since in ((0, 10), (1, 8)):
        active = step in used[layer]
        for j, end in enumerate(places[layer + 1]):
            for i, start in enumerate(places[layer]):
                width = STRONG if active else THIN
                _join(ax, start, end, role if active else "edge", width=width)
                at, rise = start + 0.34 * (end - start), float(end[1] - start[1])
                weight = number(float(shown.weights[layer][j, i]), ".3f" if step >= 11 else "g")
                _beside(ax, at, rise, weight, high=True, bold=step >= 11)
                if since <= step < N_STEPS:
                    slope = number(float(worked.found.weights[layer][j, i]), ".4f")
                    _beside(ax, at, rise, slope, "accent-2", high=False)


def _beside(
    ax: Axes,
    at: FloatArray,
    rise: float,
    text: str,
    role: str = "ink",
    *,
    high: bool,
    bold: bool = False,
) -> None:
    """Write the upper or lower line of a wire's label: around a level wire, else right of it."""
    x, y, up = *at, 1 if high else -1
    if rise:
        middle = y - math.copysign(14, rise)
        say(ax, x + 5, middle + 6 * up, text, role, size=SMALL, ha="left", bold=bold)
    else:
        va = "bottom" if high else "top"
        say(ax, x, y + 3 * up, text, role, size=SMALL, va=va, bold=bold)


def _join(ax: Axes, start: FloatArray, end: FloatArray, role: str, *, width: float) -> None:
    x, y = np.array([start, end]).T
    line(ax, x, y, role, width=width)


def _draw_units(ax: Axes, worked: Worked, step: int) -> None:
    """Draw the units with what is known of them: bias and sum above, error below."""
    places, passed = _places(), worked.passed
    net.nodes(ax, places[0], passed.activations[0][0], limit=2)
    net.labels(ax, places[0], [number(v) for v in passed.activations[0][0]], bold=True)
    net.labels(ax, places[0], ["x₁", "x₂"], "muted", shift=(0, 28), italic=True)
    shown = worked.after if step >= 11 else worked.network
    again = forward(worked.after, passed.activations[0]) if step == N_STEPS else passed
    for layer, (sums_at, values_at, errors_at) in ((0, (1, 2, 9)), (1, (3, 4, 7))):
        values = again.activations[layer + 1][0] if step >= values_at else np.zeros(1)
        net.nodes(ax, places[layer + 1], np.resize(values, len(places[layer + 1])), limit=2)
        for k, (x, y) in enumerate(places[layer + 1]):
            bias = number(float(shown.biases[layer][k]), ".3f" if step >= 11 else "g")
            right = x + 16 * (layer < k)  # of the wire that comes from above
            say(ax, right, y + 37, f"b = {bias}", size=SMALL, bold=step >= 11)
            if step >= sums_at:
                z = number(float(again.pre_activations[layer][0, k]), ".3f")
                say(ax, right, y + 25, f"z = {z}", "accent-1", size=SMALL)
            if step >= values_at:
                a = number(float(again.activations[layer + 1][0, k]), ".3f")
                say(ax, x, y, a, "accent-1", size=SMALL, bold=True)
            if errors_at <= step < N_STEPS:
                error = number(float(worked.found.errors[layer][0, k]), ".4f")
                aside, down = (28, 36) if layer == k == 0 else (0, 26)  # clear of the wires
                told = f"{DELTA} = {error}"
                say(ax, x + aside, y - down, told, "accent-2", size=SMALL, bold=True)


def _draw_loss(ax: Axes, worked: Worked, step: int) -> None:
    """Draw the loss behind the output."""
    (x, y), right = _places()[2][0], 508.0
    active = {5: "accent-1", 6: "accent-2", 12: "accent-1"}.get(step)
    line(
        ax,
        np.array([x, right]),
        np.array([y, y]),
        active or "edge",
        width=STRONG if active else THIN,
    )
    net.nodes(ax, np.array([[right, y]]), np.zeros(1), limit=1, size=48)
    say(ax, right, y + 32, "loss", "muted", italic=True)
    if step >= 5:
        loss = worked.new_loss if step == N_STEPS else worked.loss
        say(ax, right, y, number(loss, ".4f"), "accent-1", size=SMALL, bold=True)
    if 6 <= step < N_STEPS:
        told = f"∂{LOSS}/∂a = {number(worked.by_output, '.3f')}"
        say(ax, right, y - 34, told, "accent-2", size=SMALL, bold=True)


def _sizes_in_training(name: str, gain: float) -> tuple[list[FloatArray], float]:
    """Return relative sizes of errors before and after training, and the loss at the end."""
    x, labels = spiral(3, n_each=25, seed=0)
    start = random_network(DEEP, seed=0, gain=gain, hidden=name)
    walk = gradient_descent(
        start,
        x,
        one_hot(labels, 3),
        loss=softmax_cross_entropy,
        learning_rate=DEEP_RATE,
        steps=DEEP_STEPS,
    )
    states = list(walk)
    sizes = []
    for state, _ in (states[0], states[-1]):
        found = network_gradients(state, x, one_hot(labels, 3), softmax_cross_entropy)[1]
        sizes.append(error_sizes(found) / error_sizes(found)[-1])
    return sizes, float(states[-1][1])


def _name_setups(ax: Axes, before: list[FloatArray]) -> None:
    say(ax, 4.4, before[0][3] * 4, "sigmoid", "accent-2", bold=True, ha="right")
    say(ax, 5.5, 0.05, "tanh", "accent-5", bold=True)
    say(ax, 5.5, 4, "ReLU", "accent-1", bold=True)


def _from_scratch(
    x: FloatArray, labels: IntArray, epochs: int
) -> tuple[Network, list[float], list[float]]:
    """Train on the spiral; return the network, its losses and accuracies, from the start."""
    y, rng = one_hot(labels, 3), np.random.default_rng(0)
    network = random_network((2, 32, 3), seed=0, gain=2, hidden="relu")
    (w1, w2), (b1, b2) = network.weights, network.biases
    losses, right = list[float](), list[float]()
    for epoch in range(epochs + 1):
        if epoch:
            train_epoch(x, y, (w1, b1, w2, b2), rate=RATE, batch_size=50, rng=rng)
        outputs = forward(network, x).outputs
        losses.append(float(softmax_cross_entropy(outputs, y)[0]))
        right.append(float((outputs.argmax(axis=1) == labels).mean()))
    return network, losses, right


def _linear_accuracy(x: FloatArray, labels: IntArray) -> float:
    """Return the share of points that a softmax on the coordinates gets right."""
    y, network = one_hot(labels, 3), random_network((2, 3), seed=0)
    walk = gradient_descent(
        network, x, y, loss=softmax_cross_entropy, learning_rate=RATE, steps=300
    )
    *_, (network, _) = walk
    return float((forward(network, x).outputs.argmax(axis=1) == labels).mean())
