"""Figures and worked examples of the module *Activation Functions*."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlcv_viz.data.moons import two_moons
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
from dlcv_viz.draw.columns import columns
from dlcv_viz.draw.curves import limit, tangent, zero_lines
from dlcv_viz.draw.marks import line, number, points, ring, say, scientific
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import (
    ACTIVATIONS,
    SELU_ALPHA,
    SELU_SCALE,
    gelu,
    gelu_tanh,
    leaky_relu,
    normal_cdf,
    normal_pdf,
    sigmoid,
)
from dlcv_viz.numerics.mean_field import gradient_sizes, wide_limit
from dlcv_viz.numerics.network import Network, forward, random_network, side_by_side
from dlcv_viz.numerics.softmax import entropy, softmax, softmax_jacobian
from dlcv_viz.numerics.training import (
    binary_cross_entropy,
    gradient_descent,
    gradient_step,
    gradients,
    half_squared_error,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

SIGMA, PHI = "\N{GREEK SMALL LETTER SIGMA}", "\N{GREEK CAPITAL LETTER PHI}"
NAMES = {
    "sigmoid": "sigmoid",
    "tanh": "tanh",
    "relu": "ReLU",
    "leaky_relu": "leaky ReLU",
    "softplus": "softplus",
    "elu": "ELU",
    "selu": "SELU",
    "gelu": "GELU",
    "silu": "SiLU",
    "mish": "Mish",
}
ROLES = {
    "sigmoid": "accent-2",
    "tanh": "accent-5",
    "relu": "accent-1",
    "gelu": "accent-3",
    "silu": "accent-6",
}
SATURATING, DIPPING = ("sigmoid", "tanh"), ("gelu", "silu", "mish")
LEAK = 0.1  # of the leaky ReLU in the gallery: 0.01 could not be told from 0
LIMITS = {  # values that a curve nears
    "sigmoid": (0.0, 1.0),
    "tanh": (-1.0, 1.0),
    "softplus": (0.0,),
    "elu": (-1.0,),
    "selu": (-SELU_SCALE * SELU_ALPHA,),
}
INPUTS = tuple(k / 2 for k in range(-8, 9))
TEMPERATURES = (0.1, 0.15, 0.25, 0.35, 0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0)
LOGITS, ANIMALS = (2.0, 1.0, 0.1), ("cat", "dog", "fox")
DEPTH, WIDTH = 20, 128
SETUPS = (  # function, n times variance, colour, height of the label: a line of text apart
    ("relu", 2.0, "accent-1", 2.6),
    ("gelu", 2.0, "accent-3", 0.42),
    ("tanh", 1.0, "accent-5", 0.068),
    ("relu", 1.0, "accent-6", 1.4e-3),
    ("sigmoid", 1.0, "accent-2", 1.1e-12),
)
RACERS = (("sigmoid", 1.0), ("tanh", 1.0), ("relu", 2.0), ("leaky_relu", 2.0), ("silu", 2.0))
RATES, DEAD_STEPS = (0.1, 0.3, 1.0, 2.0, 3.0, 5.0, 10.0), 200
N_TRAIN, N_NEW, N_RACES, N_DYING = 100, 500, 3, 6
RACE, RACE_STEPS = (16,) * 5, 200  # hidden layers


@dataclass(frozen=True, slots=True)
class Trained:
    """What training made of networks side by side.

    Parameters
    ----------
    losses : (steps + 1, n) ndarray of float
        From the start.
    right : (n,) ndarray of float
        Share of new points that are right at the end.
    dead : (n,) ndarray of float
        Share of hidden units that are at most 0 before their activation, for every training point.
    """

    losses: FloatArray
    right: FloatArray
    dead: FloatArray


@figure(
    alt="Ten activation functions on the same axes. Sigmoid and tanh flatten on both sides; the "
    "other eight rise like a ReLU and differ left of zero, where GELU dips to {least[0]:.3f}, SiLU "
    "to {least[1]:.3f} and Mish to {least[2]:.3f}."
)
def gallery() -> Drawing:
    """Draw ten activation functions on the same axes, each with its limits and its minimum.

    Returns
    -------
    Drawing
        Two rows of five panels; a thin ReLU for comparison behind those that are like it.

    See Also
    --------
    dlcv_viz.numerics.activation.ACTIVATIONS : Computes the values.
    """
    fig, x = canvas(WIDE, 318), np.linspace(-5, 5, 201)
    minima = {name: _lowest(ACTIVATIONS[name].function, -3, 0) for name in DIPPING}
    for place, name in enumerate(NAMES):
        row, column = divmod(place, 5)
        ax = _small_panel(fig, 30 + 107 * column, 186 - 152 * row, has_names=column == 0)
        role = "accent-2" if name in SATURATING else "accent-1"
        y = leaky_relu(x, LEAK) if name == "leaky_relu" else ACTIVATIONS[name].function(x)
        if role == "accent-1" and name != "relu":
            line(ax, x, ACTIVATIONS["relu"].function(x), "edge", width=THIN)
        for value in LIMITS.get(name, ()):
            limit(ax, value)
        line(ax, x, y, role, width=STRONG)
        name_panel(ax, NAMES[name], rise=5)
        if name in minima:
            at, least = minima[name]
            points(ax, np.array([[at, least]]), "accent-1")
            say(ax, -4.5, -1.5, f"least {number(least, '.3f')}", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "least": [least for _, least in minima.values()],
            "leak": LEAK,
        },
    )


@figure(
    alt="Slopes of five activations at one scale. Above, the saturating ones: the sigmoid's is at "
    "most {peaks[0]:.2f}, that of tanh {peaks[1]:.0f}. Below, ReLU is 0 or 1, GELU reaches "
    "{peaks[3]:.3f} and SiLU {peaks[4]:.3f}. Both of the upper die out on both sides."
)
def derivatives() -> Drawing:
    """Draw the slopes of five activations at one scale, with central differences as a check.

    Returns
    -------
    Drawing
        Two panels: the saturating functions and the rectifying ones.

    See Also
    --------
    dlcv_viz.numerics.activation.ACTIVATIONS : Computes the slopes.
    """
    fig, x = canvas(NARROW, 350), np.linspace(-5, 5, 401)
    steep = {name: _highest(ACTIVATIONS[name].derivative, -0.5, 4) for name in ("gelu", "silu")}
    flat = {name: _highest(ACTIVATIONS[name].derivative, -2, 2) for name in SATURATING}
    peaks = {**flat, "relu": (1.0, 1.0), **steep}
    dots = np.linspace(-4.5, 4.5, 14)  # none at the kink
    for top, shown in ((194, SATURATING), (36, ("relu", "gelu", "silu"))):
        ax = panel(fig, 34, top, 312, 122)
        ax.set(xlim=(-5, 5), ylim=(-0.2, 1.3), xticks=[-4, -2, 0, 2, 4])
        ax.set_yticks([0, 0.25, 1], ["0", "0.25", "1"])
        zero_lines(ax)
        name_axes(ax, "z", "slope")
        for name in shown:
            slope = ACTIVATIONS[name].derivative
            for part in (x[x <= 0], x[x > 0]) if name == "relu" else (x,):
                line(ax, part, slope(part), ROLES[name])
            checks = _central_difference(ACTIVATIONS[name].function, dots)
            points(ax, np.column_stack([dots, checks]), ROLES[name], size=5)
        _name_slopes(ax, shown, peaks)
    return Drawing(
        fig,
        facts={
            "functions": [NAMES[name] for name in peaks],
            "peaks": [peak for _, peak in peaks.values()],
            "peaks_at": [at for at, _ in peaks.values()],
            "flat_from": _flat_from(0.05),
            "flat_below": 0.05,
        },
    )


@figure(
    alt="Three gates and what they make of their input. The ReLU's is a step, GELU's the normal "
    "distribution function, SiLU's the sigmoid. At {at:g} they pass {passed[0]:.0%}, "
    "{passed[1]:.1%} and {passed[2]:.1%} of the input, so only GELU and SiLU stay a little "
    "below zero there."
)
def gates() -> Drawing:
    """Draw three gates between 0 and 1, and below them input times gate.

    Returns
    -------
    Drawing
        Two panels above each other.

    See Also
    --------
    dlcv_viz.numerics.activation.normal_cdf : The gate of GELU.
    """
    fig, x, at = canvas(NARROW, 350), np.linspace(-4, 4, 321), -1.0
    shown: dict[str, Callable[[FloatArray], FloatArray]] = {
        "relu": ACTIVATIONS["relu"].derivative,
        "gelu": normal_cdf,
        "silu": sigmoid,
    }
    upper, lower = panel(fig, 34, 204, 312, 116), panel(fig, 34, 36, 312, 130)
    upper.set(ylim=(-0.08, 1.12), yticks=[0, 0.5, 1], xticklabels=[])
    lower.set(ylim=(-0.55, 2.1), yticks=[0, 1, 2])
    for ax in (upper, lower):
        ax.set(xlim=(-4, 4), xticks=[-4, -2, 0, 2, 4])
        zero_lines(ax)
    name_axes(upper, y="gate")
    name_axes(lower, "z", "z times gate")
    for name, gate in shown.items():
        for part in (x[x <= 0], x[x > 0]) if name == "relu" else (x,):
            line(upper, part, gate(part), ROLES[name], dashed=name != "relu")
        line(lower, x, x * gate(x), ROLES[name], dashed=name != "relu")
    say(upper, -0.2, 0.93, "ReLU: a step", ROLES["relu"], bold=True, ha="right")
    say(upper, 0.75, 0.58, f"GELU: {PHI}(z)", ROLES["gelu"], bold=True, ha="left")
    say(upper, -2.0, 0.3, f"SiLU: {SIGMA}(z)", ROLES["silu"], bold=True, ha="right")
    say(lower, -3.9, -0.44, "a little gets through", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "at": at,
            "passed": [float(gate(np.array(at))) for gate in shown.values()],
        },
    )


@figure(
    alt="Four curves with their tangents at z = {z:g}. The slope is {slopes[0]:.3f} for sigmoid, "
    "{slopes[1]:.3f} for tanh, {slopes[2]:.0f} for ReLU and {slopes[3]:.3f} for GELU: "
    "{said}",
    sweep=Sweep("z", INPUTS, label="z =", start=INPUTS.index(2.0)),
)
def input_sweep(*, z: Annotated[float, Range(-4, 4)] = 2.0) -> Drawing:
    """Draw four activations, the point that belongs to an input, and the tangent there.

    Parameters
    ----------
    z : float, default 2
        The input.

    Returns
    -------
    Drawing
        Two by two panels, each row at one scale.

    See Also
    --------
    dlcv_viz.numerics.activation.ACTIVATIONS : Computes values and slopes.
    """
    fig, x, at = canvas(NARROW, 350), np.linspace(-4.4, 4.4, 177), np.array(z)
    values, slopes = list[float](), list[float]()
    for place, name in enumerate(("sigmoid", "tanh", "relu", "gelu")):
        row, column = divmod(place, 2)
        ax = panel(fig, 28 + 172 * column, 204 - 168 * row, 146, 96)
        low, high, ticks = ((-1.35, 1.35, [-1, 1]), (-1.2, 4.8, [0, 4]))[row]
        ax.set(xlim=(-4.4, 4.4), ylim=(low, high), xticks=[-4, 4], yticks=ticks)
        zero_lines(ax)
        name_axes(ax, "z", among_ticks=True)
        name_axes(ax, y="a", among_ticks=True)
        values.append(float(ACTIVATIONS[name].function(at)))
        slopes.append(float(ACTIVATIONS[name].derivative(at)))
        line(ax, x, ACTIVATIONS[name].function(x), ROLES[name])
        tangent(ax, (z, values[-1]), slopes[-1], length=64)
        points(ax, np.array([[z, values[-1]]]), ROLES[name], size=7, above=6)
        told = f"value {number(values[-1], '.3f')}, slope {number(slopes[-1], '.3f')}"
        name_panel(ax, NAMES[name], rise=4, note=told)
    return Drawing(
        fig, facts={"z": z, "values": values, "slopes": slopes, "said": _said(z, slopes)}
    )


@figure(
    alt="Size of a gradient on its way back through {n_steps} random layers. What is left: "
    "{told[0]} with ReLU and variance 2/n, {told[3]} with ReLU and 1/n, "
    "{told[2]} with tanh, {told[4]} with sigmoid. Theory predicts each."
)
def gradient_by_depth(*, n_seeds: Annotated[int, Range(2, 20)] = 8) -> Drawing:
    """Draw how the size of a gradient changes on its way back through random layers.

    Parameters
    ----------
    n_seeds : int, default 8
        Networks for every setup.

    Returns
    -------
    Drawing
        Geometric mean and range of the measured sizes, and the limit of wide layers, dashed.

    See Also
    --------
    dlcv_viz.numerics.mean_field.gradient_sizes : Measures them.
    dlcv_viz.numerics.mean_field.wide_limit : Predicts them.
    """
    fig, back = canvas(NARROW, 340), np.arange(float(DEPTH))
    ax = panel(fig, 44, 40, 222, 270)
    ax.set(xlim=(0, DEPTH - 1), ylim=(1e-13, 20), yscale="log", xticks=[0, 5, 10, 15, 19])
    ax.set_yticks([1e-12, 1e-9, 1e-6, 1e-3, 1], ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"])
    ax.minorticks_off()
    name_axes(ax, "layers back", "gradient, against the top layer")
    kept, predicted = list[FloatArray](), list[float]()
    for name, gain, role, high in SETUPS:
        sizes = _relative_sizes(name, gain, n_seeds)
        factors = wide_limit(ACTIVATIONS[name], gain, depth=DEPTH).factors[:-1]
        theory = np.sqrt(np.cumprod(np.append(1, factors[::-1])))
        low, most = sizes.min(axis=0), sizes.max(axis=0)
        ax.fill_between(back, low, most, color=MARKER[role], alpha=0.25, lw=0)
        line(ax, back, np.exp(np.log(sizes).mean(axis=0)), role)
        line(ax, back, theory, "ink", width=THIN, dashed=True, above=3)
        told = f"{NAMES[name]}, {gain:g}/n"
        say(ax, DEPTH - 0.5, high, told, role, size=SMALL, bold=True, ha="left")
        kept.append(sizes[:, -1])
        predicted.append(float(theory[-1]))
    note = f"dashed: predicted\nband: {n_seeds} networks"
    say(ax, 0.6, 1e-12, note, "muted", size=SMALL, ha="left")
    return Drawing(fig, facts=_depth_facts(kept, predicted, n_seeds))


@figure(
    alt="Training loss with five hidden layers. With sigmoids it sinks to {stuck:.3f}, the loss of "
    "a coin flip, and stays; with tanh, ReLU, leaky ReLU and SiLU it is at most {worst:.3f} after "
    "{steps} steps, and {least_right:.0%} or more of new points are right."
)
def training_race(*, steps: Annotated[int, Range(50, 400)] = RACE_STEPS) -> Drawing:
    """Draw the losses of deep narrow networks that differ in their hidden activation.

    Parameters
    ----------
    steps : int, default 200
        Of descent on all training points.

    Returns
    -------
    Drawing
        Losses step by step, and accuracies at the end, three networks an activation.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Trains them.
    """
    fig = canvas(WIDE, 270)
    ax, right = panel(fig, 34, 40, 292, 196), panel(fig, 432, 40, 114, 196)
    ax.set(xlim=(0, steps), ylim=(0, 1), yticks=[0, 0.5, 1], xticks=[0, steps // 2, steps])
    right.set(xlim=(0, 1.05), ylim=(-0.6, 4.6), yticks=[])
    right.set_xticks([0, 0.5, 1], ["0%", "50%", "100%"])
    name_axes(ax, "step", "loss")
    name_axes(right, "right on new points")
    limit(ax, math.log(2))
    right.axvline(0.5, color=MARKER["line"], lw=HAIR, zorder=0)
    starts = [_moons_networks(name, gain, RACE, N_RACES) for name, gain in RACERS]
    races = [_trained(start, rate=0.1, steps=steps) for start in starts]
    for place, ((name, _), race) in enumerate(zip(RACERS, races, strict=True)):
        role = "accent-2" if name == "sigmoid" else "accent-1"
        for losses in race.losses.T:
            line(ax, np.arange(steps + 1.0), losses, role, width=THIN if place else LINE)
        row = np.full(len(race.right), 4.0 - place)
        points(right, np.column_stack([race.right, row]), role)
        say(right, -0.08, 4 - place, NAMES[name], role, bold=True, ha="right")
    others = "tanh, ReLU,\nleaky ReLU, SiLU"
    say(ax, steps * 0.5, 0.85, "sigmoid", "accent-2", bold=True)
    say(ax, steps * 0.72, 0.46, others, "accent-1", bold=True)
    coin = math.log(2) - 0.02
    say(ax, steps, coin, "log 2: a coin flip", "muted", size=SMALL, ha="right", va="top")
    return Drawing(fig, facts=_race_facts(races, starts, steps))


@figure(
    alt="The same three logits through a softmax and through three sigmoids. When the second logit "
    "rises by {rise:g}, softmax takes from the others, and the sum stays {sums[1]:.0f}; with "
    "sigmoids the others stay where they are, and the sum goes from {sums[2]:.2f} to {sums[3]:.2f}."
)
def output_heads(*, rise: Annotated[float, Range(0, 3)] = 1.5) -> Drawing:
    """Draw what one logit does to three probabilities under a softmax and under sigmoids.

    Parameters
    ----------
    rise : float, default 1.5
        Added to the second logit.

    Returns
    -------
    Drawing
        Two panels of columns; strokes mark where they were before.

    See Also
    --------
    dlcv_viz.numerics.softmax.softmax : Computes the left ones.
    """
    before, after = np.array(LOGITS), np.array(LOGITS)
    after[1] += rise
    shares = [softmax(before), softmax(after)]
    answers = [sigmoid(before), sigmoid(after)]
    fig = canvas(NARROW, 300)
    head = stage(fig, 0, 276, NARROW, 24)
    risen = f"the logit of {ANIMALS[1]} rises from {before[1]:g} to {after[1]:g}"
    say(head, 350, 12, risen, "muted", size=SMALL, ha="right")
    for left, name, (old, new), role in (
        (54, "softmax", shares, "accent-1"),
        (220, "three sigmoids", answers, "accent-2"),
    ):
        ax = panel(fig, left, 84, 130, 140)
        ax.set(ylim=(0, 1.05), yticks=[0, 1])
        columns(ax, new.tolist(), ANIMALS, role, form="")
        _before_and_after(ax, old, new, role, is_first=left == 54)
        name_axes(ax, "class")
        name_axes(ax, y="p", among_ticks=True)
        sums = f"sum {old.sum():.2f} \N{RIGHTWARDS ARROW} {new.sum():.2f}"
        name_panel(ax, name, rise=4, note=sums)
    return Drawing(
        fig,
        facts={
            "rise": rise,
            "z": LOGITS,
            "before": shares[0].tolist(),
            "after": shares[1].tolist(),
            "yes_before": answers[0].tolist(),
            "yes_after": answers[1].tolist(),
            "sums": [float(p.sum()) for p in (*shares, *answers)],
        },
    )


@figure(
    alt="Softmax of three logits at temperature {temperature:g}: {p[0]:.3f}, {p[1]:.3f} and "
    "{p[2]:.3f}, with an entropy of {entropy:.4f} of at most {most:.4f} nats. {said}",
    sweep=Sweep("temperature", TEMPERATURES, label="T =", start=TEMPERATURES.index(1.0)),
)
def temperature_sweep(*, temperature: Annotated[float, Range(0.05, 20)] = 1.0) -> Drawing:
    """Draw the probabilities of a softmax at one temperature, and their entropy at all.

    Parameters
    ----------
    temperature : float, default 1
        T, which the logits are divided by.

    Returns
    -------
    Drawing
        Columns, and the curve of the entropy with the temperature on it.

    See Also
    --------
    dlcv_viz.numerics.softmax.softmax : Computes the probabilities.
    """
    z, temperatures = np.array(LOGITS), np.geomspace(0.08, 12.5, 121)
    p = softmax(z, temperature=temperature)
    curve = np.array([float(entropy(softmax(z, temperature=t))) for t in temperatures])
    most, now = math.log(len(z)), float(entropy(p))
    fig = canvas(NARROW, 250)
    ax, right = panel(fig, 30, 46, 138, 160), panel(fig, 214, 46, 132, 160)
    ax.set(ylim=(0, 1.12), yticks=[0, 0.5, 1])
    columns(ax, p.tolist(), [f"{logit:g}" for logit in LOGITS])
    name_axes(ax, "logit", "p")
    logarithmic(right, x=[0.1, 1, 10])
    right.set(xlim=(0.08, 12.5), ylim=(0, 1.25), yticks=[0, 0.5, 1])
    name_axes(right, "T", "entropy, nats")
    limit(right, most)
    say(right, 0.09, most + 0.03, "log 3: all alike", "muted", size=SMALL, ha="left", va="bottom")
    line(right, temperatures, curve, "accent-3")
    ring(right, (temperature, now), "ink", size=11, width=LINE)
    say(right, 12, 0.06, f"{now:.4f}", "accent-3", bold=True, ha="right", va="bottom")
    head = stage(fig, 0, 226, NARROW, 24)
    say(head, 30, 12, f"T = {temperature:g}", bold=True, size=TITLE, ha="left")
    return Drawing(
        fig,
        facts={
            "z": LOGITS,
            "temperature": temperature,
            "p": p.tolist(),
            "entropy": now,
            "most": most,
            "said": _warmth(float(p.max())),
        },
    )


@figure(
    alt="Share of hidden ReLUs that are off for every training point, against the learning rate, "
    "log scale: {dead[0]:.0%} at {rates[0]:g}, {dead[4]:.0%} at {rates[4]:g}, {dead[6]:.0%} at "
    "{rates[6]:g}. Where most are dead, new points are guessed: {right[6]:.0%} right."
)
def dead_units() -> Drawing:
    """Draw how many ReLUs are dead after training with different learning rates.

    Returns
    -------
    Drawing
        The dead share of six networks for each rate, and below it their accuracy.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Trains them.
    """
    start, ends = _dead_after_training(RATES)
    dead, right = (np.array([getattr(end, part) for end in ends]) for part in ("dead", "right"))
    fig = canvas(NARROW, 330)
    upper, lower = panel(fig, 44, 186, 302, 114), panel(fig, 44, 40, 302, 100)
    for ax, values, role in ((upper, dead, "accent-2"), (lower, right, "accent-1")):
        logarithmic(ax, x=[0.1, 1, 10])
        ax.set(xlim=(0.08, 13), ylim=(-0.04, 1.06))
        ax.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
        rates = np.repeat(RATES, values.shape[1])
        points(ax, np.column_stack([rates, values.ravel()]), role, size=4.5)
        line(ax, np.array(RATES), values.mean(axis=1), role)
    upper.set_xticklabels([])
    name_axes(upper, y="hidden ReLUs that are dead")
    name_axes(lower, "learning rate", "new points that are right")
    limit(upper, start)
    limit(lower, 0.5)
    say(upper, 12.5, start + 0.03, "before training", "muted", size=SMALL, ha="right", va="bottom")
    say(lower, 0.085, 0.47, "a guess", "muted", size=SMALL, ha="left", va="top")
    return Drawing(
        fig,
        facts={
            "rates": RATES,
            "dead": dead.mean(axis=1).tolist(),
            "right": right.mean(axis=1).tolist(),
            "at_start": start,
            "n_networks": dead.shape[1],
            "steps": DEAD_STEPS,
        },
    )


@figure(alt="Tanh flattens on both sides; ReLU and GELU go on rising with a slope of {slope:g}.")
def thumbnail() -> Drawing:
    """Draw the module's card: a curve that flattens and one that does not, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig, x = canvas(240, 150), np.linspace(-4, 4, 161)
    ax = stage(fig, 0, 0, 240, 150)
    ax.set(xlim=(-3.5, 3.5), ylim=(-1.4, 2.97))
    zero_lines(ax)
    for name in ("tanh", "gelu", "relu"):
        line(ax, x, ACTIVATIONS[name].function(x), ROLES[name], width=3)
    return Drawing(fig, facts={"slope": float(ACTIVATIONS["relu"].derivative(np.array(1.0)))})


@example
def extremes() -> Facts:
    """Find where GELU, SiLU and Mish are lowest and where they are steepest.

    Returns
    -------
    Facts
        Four lists, in this order of the functions; and the limit and the largest slope of SELU.
    """
    lowest = [_lowest(ACTIVATIONS[name].function, -3, 0) for name in DIPPING]
    steepest = [_highest(ACTIVATIONS[name].derivative, 0, 5) for name in DIPPING]
    return {
        "function": [NAMES[name] for name in DIPPING],
        "least_at": [at for at, _ in lowest],
        "least": [value for _, value in lowest],
        "steepest_at": [at for at, _ in steepest],
        "steepest": [value for _, value in steepest],
        "selu_limit": LIMITS["selu"][0],
        "selu_steepest": -LIMITS["selu"][0],
        "selu_scale": SELU_SCALE,
        "selu_alpha": SELU_ALPHA,
    }


@example
def slopes_by_hand() -> Facts:
    """Take values and slopes at 2, with what is needed on the way.

    Returns
    -------
    Facts
        Each number by its name.
    """
    z = np.array(2.0)
    facts = {"z": float(z), "exp": math.exp(-2), "cdf": float(normal_cdf(z))}
    for name in ("sigmoid", "tanh", "relu", "gelu", "silu"):
        facts[name] = float(ACTIVATIONS[name].function(z))
        facts[f"{name}_slope"] = float(ACTIVATIONS[name].derivative(z))
    sigma = facts["sigmoid"]
    wrong = sigma * (1 - facts["z"])  # as who puts z for the output
    return {**facts, "rest": 1 - sigma, "wrong": wrong, "pdf": float(normal_pdf(z))}


@example
def values_at(*, z: Annotated[float, Range(-20, 20)] = -1.0) -> Facts:
    """Take the value and the slope of every function at one place.

    Parameters
    ----------
    z : float, default -1
        The place.

    Returns
    -------
    Facts
        A list a column, one item a function, and GELU by its approximation.
    """
    at = np.array(z)
    return {
        "z": z,
        "function": list(NAMES.values()),
        "value": [float(ACTIVATIONS[name].function(at)) for name in NAMES],
        "slope": [float(ACTIVATIONS[name].derivative(at)) for name in NAMES],
        "gelu_tanh": float(gelu_tanh(at)),
    }


@example
def sigmoid_chain() -> Facts:
    """Multiply the largest slope of the sigmoid with itself, once a layer.

    Returns
    -------
    Facts
        Layers and products; the slope, and the weight that would make up for it.
    """
    slope = float(ACTIVATIONS["sigmoid"].derivative(np.array(0.0)))
    layers = (5, 10, 20)
    return {
        "slope": slope,
        "layers": layers,
        "product": [slope**n for n in layers],
        "told": [scientific(slope**n, 3) for n in layers],
        "weight": 1 / slope,
    }


@example
def softmax_by_hand() -> Facts:
    """Turn three logits into probabilities, at three temperatures and by three sigmoids.

    Returns
    -------
    Facts
        The steps at temperature 1, a table of the temperatures, and the sigmoids.
    """
    z, temperatures = np.array(LOGITS), (0.5, 1.0, 2.0)
    p = np.array([softmax(z, temperature=t) for t in temperatures])
    yes = sigmoid(z)
    return {
        "z": LOGITS,
        "exps": np.exp(z).tolist(),
        "total": float(np.exp(z).sum()),
        "p": p[1].tolist(),
        "temperature": temperatures,
        "p1": p[:, 0].tolist(),
        "p2": p[:, 1].tolist(),
        "p3": p[:, 2].tolist(),
        "entropy": entropy(p).tolist(),
        "most": math.log(len(z)),
        "yes": yes.tolist(),
        "yes_total": float(yes.sum()),
    }


@example
def jacobian_by_hand() -> Facts:
    """Differentiate the softmax of three logits.

    Returns
    -------
    Facts
        The probabilities, the rows of the matrix and their sums.
    """
    z = np.array(LOGITS)
    jacobian = softmax_jacobian(z)
    return {
        "p": softmax(z).tolist(),
        "of": ["p₁", "p₂", "p₃"],
        "by_z1": jacobian[:, 0].tolist(),
        "by_z2": jacobian[:, 1].tolist(),
        "by_z3": jacobian[:, 2].tolist(),
        "sums": np.abs(jacobian.sum(axis=1)).round(12).tolist(),
    }


@example
def stable_softmax() -> Facts:
    """Take the softmax of logits whose exponentials no computer can hold.

    Returns
    -------
    Facts
        How large they would be, what is left after the shift, and the probabilities.
    """
    z = np.array([1000.0, 1001.0, 1002.0])
    shifted = z - z.max()
    return {
        "z": z.tolist(),
        "digits": float(z.max() / math.log(10)),
        "digits_held": math.log10(np.finfo(float).max),
        "shifted": shifted.tolist(),
        "exps": np.exp(shifted).tolist(),
        "total": float(np.exp(shifted).sum()),
        "p": softmax(z).tolist(),
    }


@example
def dying_relu() -> Facts:
    """Take one step of descent that is too long for a ReLU, and see what the next ones can do.

    Returns
    -------
    Facts
        The state before and after, for a small and a large step, and how a leaky ReLU fares.
    """
    X, targets = np.array([[1.0], [2.0]]), np.array([[0.5], [0.5]])
    rates = (0.1, 1.0)
    start = _unit("relu", 1.0, 0.0)
    _, found = gradients(start, X, targets, half_squared_error)
    small, large = (gradient_step(start, found, rate) for rate in rates)
    _, stuck = gradients(large, X, targets, half_squared_error)
    leaky = _unit("leaky_relu", *_state(large))
    steps = gradient_descent(
        leaky, X, targets, loss=half_squared_error, learning_rate=rates[1], steps=1000
    )
    alive = (k for k, (unit, _) in enumerate(steps) if _sums(unit, X).max() > 0)
    _, pull = gradients(leaky, X, targets, half_squared_error)
    return {
        "start": _state(start),
        "rates": rates,
        "x": X[:, 0].tolist(),
        "target": targets[:, 0].tolist(),
        "a": _sums(start, X).tolist(),
        "error": (_sums(start, X) - targets[:, 0]).tolist(),
        "by_w": float(found.weights[0][0, 0]),
        "by_b": float(found.biases[0][0]),
        "small": _state(small),
        "small_z": _sums(small, X).tolist(),
        "large": _state(large),
        "large_z": _sums(large, X).tolist(),
        "stuck": float(np.abs(stuck.weights[0]).max()),
        "leak": float(ACTIVATIONS["leaky_relu"].derivative(np.array(-1.0))),
        "leaky_by_w": float(pull.weights[0][0, 0]),
        "leaky_by_b": float(pull.biases[0][0]),
        "revived_after": next(alive),
    }


@example
def saturation() -> Facts:
    """Measure how flat saturating functions are, how many ReLUs are off, and an approximation.

    Returns
    -------
    Facts
        Slopes at 4, the share of rectifiers that are off in a random layer, and where the
        approximation of GELU by tanh is worst, and by how much.
    """
    at, rng = np.array(4.0), np.random.default_rng(0)
    n_units, n_inputs = 256, 64
    z = rng.normal(size=(n_inputs, 128)) @ rng.normal(size=(128, n_units))
    worst_at, worst = _highest(lambda x: np.abs(gelu_tanh(x) - gelu(x)), 1, 4)
    return {
        "z": float(at),
        "sigmoid_slope": float(ACTIVATIONS["sigmoid"].derivative(at)),
        "tanh_slope": float(ACTIVATIONS["tanh"].derivative(at)),
        "off": float((z <= 0).mean()),
        "n_units": n_units,
        "n_inputs": n_inputs,
        "approximation_at": worst_at,
        "approximation_error": worst,
        "approximation_told": scientific(worst, 2),
    }


@example
def sigmoid_gain() -> Facts:
    """Find the weights that let gradients pass through many sigmoid layers unchanged.

    Returns
    -------
    Facts
        Width times variance, the spread of the pre-activations that this causes, the share of them
        where the slope is below a tenth of its largest, and how the networks of `training_race`
        fare with it: the worst loss, and the share of new points that are right.
    """
    gain = _gain_that_keeps_gradients()
    spread = math.sqrt(wide_limit(ACTIVATIONS["sigmoid"], gain, depth=30).second_moments[-1])
    flat = _flat_from(0.1 / 4)
    race = _trained(_moons_networks("sigmoid", gain, RACE, N_RACES), rate=0.1, steps=RACE_STEPS)
    return {
        "gain": gain,
        "spread": spread,
        "flat": 2 * float(normal_cdf(np.array(-flat / spread))),
        "flat_from": flat,
        "worst": float(race.losses[-1].max()),
        "right": float(race.right.mean()),
    }


def _small_panel(fig: Figure, left: float, bottom: float, *, has_names: bool) -> Axes:
    ax = panel(fig, left, bottom, 86, 104)
    ax.set(xlim=(-5, 5), ylim=(-2, 5), xticks=[-4, 4], yticks=[0, 4])
    zero_lines(ax)
    name_axes(ax, "z", among_ticks=True)
    if has_names:
        name_axes(ax, y="a", among_ticks=True)
    else:
        ax.set_yticklabels([])
    return ax


def _name_slopes(ax: Axes, shown: tuple[str, ...], peaks: dict[str, tuple[float, float]]) -> None:
    """Write the largest slopes where they are."""
    if shown == SATURATING:
        say(ax, 0.55, 1.03, f"tanh, at most {peaks['tanh'][1]:g}", "accent-5", bold=True, ha="left")
        told = f"sigmoid, at most {peaks['sigmoid'][1]:g}"
        say(ax, 1.3, 0.3, told, "accent-2", bold=True, ha="left")
        return
    say(ax, -0.25, 0.9, "ReLU, 0 or 1", "accent-1", bold=True, ha="right")
    for name, x, y, ha in (("gelu", 1.0, 1.19, "left"), ("silu", 4.95, 0.88, "right")):
        told = f"{NAMES[name]}, at most {peaks[name][1]:.3f}"
        say(ax, x, y, told, ROLES[name], bold=True, ha=ha)


def _before_and_after(
    ax: Axes, old: FloatArray, new: FloatArray, role: str, *, is_first: bool
) -> None:
    """Draw where the columns were, and write both heights in two rows below their names."""
    rows = (("before", old, -0.35, "muted"), ("after", new, -0.46, role))
    for place, was in enumerate(old):
        line(ax, place + np.array([-0.42, 0.42]), np.array([was, was]), width=STRONG)
    for word, heights, y, colour in rows:
        if is_first:
            say(ax, -0.75, y, word, "muted", size=SMALL, ha="right")
        for place, height in enumerate(heights):
            say(ax, place, y, f"{height:.2f}", colour, size=SMALL, bold=word == "after")


def _said(z: float, slopes: list[float]) -> str:
    sigmoid_slope, tanh_slope, relu_slope, _ = slopes
    if z == 0:
        return "the ReLU has a kink here, and its slope is 0 by convention."
    if z < 0:
        return "left of zero a ReLU lets no gradient through."
    if tanh_slope < 0.1:
        return "both saturating functions are nearly flat here, the rectifying ones are not."
    return f"the ReLU passes {relu_slope / sigmoid_slope:.0f} times as much as the sigmoid."


def _warmth(largest: float) -> str:
    if largest > 0.98:
        return "Cold: nearly everything goes to the largest logit."
    return "Warm: all three are nearly alike." if largest < 0.4 else "The order stays the same."


def _relative_sizes(name: str, gain: float, n_seeds: int) -> FloatArray:
    """Return sizes of a gradient on its way back, (seeds, layers), against the top layer."""
    setup = {"width": WIDTH, "depth": DEPTH, "batch": 16}
    sizes = np.array(
        [gradient_sizes(ACTIVATIONS[name], gain, **setup, seed=seed) for seed in range(n_seeds)]
    )[:, ::-1]
    against_top: FloatArray = sizes / sizes[:, :1]
    return against_top


def _depth_facts(kept: list[FloatArray], predicted: list[float], n_seeds: int) -> Facts:
    steps = DEPTH - 1
    measured = [float(np.exp(np.log(ratios).mean())) for ratios in kept]
    return {
        "setup": [f"{NAMES[name]}, {gain:g}/n" for name, gain, _, _ in SETUPS],
        "measured": measured,
        "told": [scientific(ratio) if ratio < 0.01 else f"{ratio:.2f}" for ratio in measured],
        "fewest": [float(ratios.min()) for ratios in kept],
        "most": [float(ratios.max()) for ratios in kept],
        "predicted": predicted,
        "per_layer": [ratio ** (1 / steps) for ratio in measured],
        "per_layer_predicted": [ratio ** (1 / steps) for ratio in predicted],
        "miss": max(
            abs((ratio / limit) ** (1 / steps) - 1)
            for (name, *_), ratio, limit in zip(SETUPS, measured, predicted, strict=True)
            if name != "gelu"
        ),
        "n_steps": steps,
        "depth": DEPTH,
        "width": WIDTH,
        "n_seeds": n_seeds,
    }


def _moons_networks(name: str, gain: float, hidden: tuple[int, ...], n: int) -> Network:
    """Draw networks side by side that tell two moons apart."""
    return side_by_side(
        [
            random_network((2, *hidden, 1), seed=seed, gain=gain, hidden=ACTIVATIONS[name])
            for seed in range(n)
        ]
    )


def _moons() -> tuple[FloatArray, FloatArray]:
    x, y = two_moons(N_TRAIN, noise=0.2, seed=0)
    return x, y[:, None].astype(float)


def _trained(network: Network, *, rate: float, steps: int) -> Trained:
    """Train networks side by side on two moons."""
    x, y = _moons()
    new_x, new_y = two_moons(N_NEW, noise=0.2, seed=1)
    walk = gradient_descent(
        network, x, y, loss=binary_cross_entropy, learning_rate=rate, steps=steps
    )
    states, losses = zip(*walk, strict=True)
    passed = forward(states[-1], x)
    off = [(z <= 0).all(axis=-2) for z in passed.pre_activations[:-1]]
    answers = forward(states[-1], new_x).outputs[..., 0] > 0
    right = (answers == (new_y > 0)).mean(axis=-1)
    return Trained(np.array(losses), right, np.concatenate(off, axis=-1).mean(axis=-1))


def _starved(network: Network) -> float:
    """Return how many times larger a gradient is in the last layer than in the first."""
    _, found = gradients(network, *_moons(), binary_cross_entropy)
    first, last = (math.sqrt(np.mean(found.errors[layer] ** 2)) for layer in (0, -1))
    return last / first


def _race_facts(races: list[Trained], starts: list[Network], steps: int) -> Facts:
    ends = np.array([race.losses[-1] for race in races])
    right = np.array([race.right for race in races])
    return {
        "function": [NAMES[name] for name, _ in RACERS],
        "loss": ends.mean(axis=1).tolist(),
        "right": right.mean(axis=1).tolist(),
        "stuck": float(ends[0].mean()),
        "least_stuck": float(ends[0].min()),
        "worst": float(ends[1:].max()),
        "least_right": float(right[1:].min()),
        "starved": [_starved(start) for start in starts],
        "steps": steps,
        "n_layers": len(RACE),
        "n_units": RACE[0],
        "n_networks": N_RACES,
        "n_train": N_TRAIN,
        "n_new": N_NEW,
    }


def _dead_after_training(rates: tuple[float, ...]) -> tuple[float, list[Trained]]:
    """Return the share of units that are dead before training, and the training with each rate."""
    network = _moons_networks("relu", 2.0, (16, 16), N_DYING)
    before, *ends = (
        _trained(network, rate=rate, steps=steps)
        for rate, steps in [(1.0, 0), *((rate, DEAD_STEPS) for rate in rates)]
    )
    return float(before.dead.mean()), ends


def _unit(name: str, w: float, b: float) -> Network:
    """Return a network of one unit."""
    function = ACTIVATIONS[name]
    return Network([np.array([[w]])], [np.array([b])], function, function)


def _state(unit: Network) -> list[float]:
    return [float(unit.weights[0][0, 0]), float(unit.biases[0][0])]


def _sums(unit: Network, X: FloatArray) -> FloatArray:
    return forward(unit, X).pre_activations[0][:, 0]


def _central_difference(
    function: Callable[[FloatArray], FloatArray], z: FloatArray, step: float = 1e-5
) -> FloatArray:
    return (function(z + step) - function(z - step)) / (2 * step)


def _lowest(
    function: Callable[[FloatArray], FloatArray], low: float, high: float
) -> tuple[float, float]:
    """Find the lowest point of a function that has one between two places, by finer grids."""
    while high - low > 1e-9:  # finer than that, rounding decides which point is lowest
        z = np.linspace(low, high, 41)
        k = int(np.argmin(function(z)))
        low, high = float(z[max(k - 1, 0)]), float(z[min(k + 1, 40)])
    at = (low + high) / 2
    return at, float(function(np.array([at]))[0])


def _highest(
    function: Callable[[FloatArray], FloatArray], low: float, high: float
) -> tuple[float, float]:
    at, least = _lowest(lambda z: -function(z), low, high)
    return at, -least


def _gain_that_keeps_gradients() -> float:
    """Return the width times variance at which the factor of a deep sigmoid layer is 1."""
    low, high = 1.0, 1000.0
    for _ in range(40):
        middle = (low + high) / 2
        passed = wide_limit(ACTIVATIONS["sigmoid"], middle, depth=30).factors[-1]
        low, high = (middle, high) if passed < 1 else (low, middle)
    return high


def _flat_from(slope: float) -> float:
    """Return where the slope of the sigmoid falls to a value: s(1 - s) = slope, for s above 1/2."""
    s = (1 + math.sqrt(1 - 4 * slope)) / 2
    return math.log(s / (1 - s))
