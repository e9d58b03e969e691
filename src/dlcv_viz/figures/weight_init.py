"""Figures and worked examples of the module *Weight Initialization*."""

import math
from dataclasses import replace
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.data.moons import two_moons
from dlcv_viz.draw.canvas import (
    LINE,
    NARROW,
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
from dlcv_viz.draw.curves import limit, zero_lines
from dlcv_viz.draw.marks import line, number, points, ring, say, scientific
from dlcv_viz.draw.ridges import ridge
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import ACTIVATIONS, normal_pdf
from dlcv_viz.numerics.initialization import (
    GAINS,
    depth_factors,
    fans,
    glorot_variance,
    he_variance,
    layer_factors,
    lecun_variance,
    linear_variance,
    prior_bias,
    relu_moments,
    uniform_bound,
)
from dlcv_viz.numerics.mean_field import wide_limit
from dlcv_viz.numerics.network import (
    Network,
    backward,
    forward,
    random_network,
    side_by_side,
)
from dlcv_viz.numerics.random_weights import CUT, draw_weights, orthogonal, truncated_std
from dlcv_viz.numerics.training import (
    binary_cross_entropy,
    gradient_descent,
    gradients,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

SQUARED, TIMES = "\N{SUPERSCRIPT TWO}", "\N{MULTIPLICATION SIGN}"
SMALL_ROLE, RIGHT_ROLE, LARGE_ROLE = "accent-5", "accent-1", "accent-2"
UNIT_ROLES = ("accent-1", "accent-2", "accent-3")
LN2 = math.log(2)

WIDTH, DEPTH = 256, 30
HE, XAVIER = math.sqrt(he_variance(WIDTH)), math.sqrt(glorot_variance(WIDTH, WIDTH))
SCALES = (  # n times variance, colour, name
    (1.0, SMALL_ROLE, "Xavier, 1/n"),
    (2.0, RIGHT_ROLE, "He, 2/n"),
    (4.0, LARGE_ROLE, "4/n"),
)
HISTOGRAMS = (  # activation, standard deviation, colour, name
    ("tanh", 0.01, SMALL_ROLE, "tanh, std 0.01"),
    ("tanh", 1.0, LARGE_ROLE, "tanh, std 1"),
    ("tanh", XAVIER, RIGHT_ROLE, "tanh, Xavier"),
    ("relu", 0.01, SMALL_ROLE, "ReLU, std 0.01"),
    ("relu", XAVIER, SMALL_ROLE, "ReLU, Xavier"),
    ("relu", HE, RIGHT_ROLE, "ReLU, He"),
)
SEEN = (1, 5, 10)  # layers
GAIN_FRAMES = (0.5, 0.7, 0.9, 1.0, 1.1, 1.2, 1.3, 1.35, math.sqrt(2), 1.5, 1.6, 1.8, 2.0)
RACERS = (  # standard deviation (None: He's), colour
    (0.01, SMALL_ROLE),
    (0.5, "accent-6"),
    (1.0, LARGE_ROLE),
    (None, RIGHT_ROLE),
)
RACE_LAYERS, RACE_RATE, RACE_TOP = (32,) * 8, 0.05, 1e5
LINEAR_WIDTH, LINEAR_DEPTH, N_DRAWS = 64, 50, 6
CLONE_STEPS, CLONE_RATE = 200, 1.0
CLONE_STARTS = (
    ("all zero", "nothing moves"),
    ("all 0.5", "three move as one"),
    ("random", "each its own way"),
)


@figure(
    alt="Activations at layers 1, 5 and 10 for six starts. Tanh: std 0.01 dies to {told[2]}, std 1 "
    "saturates with {saturated:.0%} beyond 0.99, Xavier keeps {rms[8]:.2f}. ReLU: Xavier shrinks "
    "to {rms[14]:.3f}, He keeps {rms[17]:.2f}."
)
def activation_histograms() -> Drawing:
    """Draw how the activations of random layers are distributed, for six ways to start.

    Returns
    -------
    Drawing
        Two rows of three panels: tanh and ReLU; three layers a panel.

    See Also
    --------
    dlcv_viz.numerics.network.forward : Computes the activations.
    """
    fig, sizes = canvas(WIDE, 350), list[float]()
    ranges = {
        "tanh": (np.linspace(-1.05, 1.05, 42), [-1, 0, 1]),
        "relu": (np.linspace(0, 3, 31), [0, 3]),
    }
    for place, (name, std, role, title) in enumerate(HISTOGRAMS):
        row, column = divmod(place, 3)
        ax = panel(fig, 34 + 178 * column, 206 - 168 * row, 110, 104)
        edges, ticks = ranges[name]
        ax.set(xlim=(edges[0], edges[-1]), ylim=(-0.06, 3), xticks=ticks)
        ax.set_yticks([2.3, 1.3, 0.3], [str(layer) for layer in SEEN])
        ax.tick_params(axis="y", length=0)
        name_axes(ax, "a", "layer" if column == 0 else "")
        if column:
            ax.set_yticks([])
        name_panel(ax, title, rise=20)
        passed = _signal(name, WIDTH * std**2, depth=SEEN[-1], batch=128)
        for base, layer in zip((2, 1, 0), SEEN, strict=True):
            a = passed[layer]
            sizes.append(_rms(a))
            ridge(ax, a[a > 0] if name == "relu" else a, edges, role, base=base, height=0.86)
            told = _short(sizes[-1])
            say(ax, edges[-1] + 0.06 * (edges[-1] - edges[0]), base + 0.3, told, role, ha="left")
        if name == "tanh" and role == LARGE_ROLE:
            saturated = float((np.abs(passed[-1]) > 0.99).mean())
    return Drawing(
        fig,
        facts={
            "rms": sizes,
            "told": [_short(size) for size in sizes],
            "saturated": saturated,
            "width": WIDTH,
            "he": HE,
            "xavier": XAVIER,
        },
    )


@figure(
    alt="Size of signals forward and of gradients backward through {depth} ReLU layers, log scale. "
    "Variance 2/n stays level, forward {forward[1]:.2f} of its size at the end; 1/n sinks to "
    "{told[0]} and 4/n climbs to {told[2]}, on straight lines, both ways."
)
def variance_by_depth() -> Drawing:
    """Draw the size of signals and gradients by layer, measured and as theory has them.

    Returns
    -------
    Drawing
        Two panels; bands are one standard deviation of the logarithm.

    See Also
    --------
    dlcv_viz.numerics.initialization.depth_factors : Predicts both.
    """
    fig, layers = canvas(WIDE, 300), np.arange(1.0, DEPTH + 1)
    left, right = panel(fig, 44, 40, 196, 218), panel(fig, 354, 40, 196, 218)
    for ax, title in ((left, "signals, going up"), (right, "gradients, going down")):
        _size_axis(ax, 1e-6, 1e6, [1e-6, 1e-3, 1, 1e3, 1e6])
        ax.set(xlim=(0, DEPTH + 1), xticks=[1, 10, 20, 30])
        name_axes(ax, "layer", "RMS, relative")
        name_panel(ax, title, rise=24)
    spread = np.exp(np.sqrt(5 * (layers - 1) / WIDTH) / 2)
    forth, back, predicted = list[float](), list[float](), list[float]()
    for gain, role, name in SCALES:
        signals, errors = _both_ways(gain)
        theory = np.sqrt(depth_factors([WIDTH] * (DEPTH - 1), [gain / WIDTH] * (DEPTH - 1)))
        _compare(left, signals, theory, role, spread)
        _compare(right, errors, theory[::-1], role, spread[::-1])
        say(left, DEPTH + 2, theory[-1], name, role, bold=True, ha="left")
        forth.append(float(signals[-1]))
        back.append(float(errors[0]))
        predicted.append(float(theory[-1]))
    return Drawing(
        fig,
        facts={
            "name": [name for _, _, name in SCALES],
            "forward": forth,
            "backward": back,
            "theory": predicted,
            "told": [_short(end) for end in forth],
            "told_back": [_short(end) for end in back],
            "told_theory": [_short(end) for end in predicted],
            "spread": float(np.log(spread[-1])),
            "ratio": forth[1] / predicted[1],
            "depth": DEPTH,
            "width": WIDTH,
            "batch": 64,
        },
    )


@figure(
    alt="Paths of three hidden weight vectors in {steps} steps. From equal weights all three move "
    "as one, and the loss stays at {loss[1]:.2f}; from zero nothing moves, {loss[0]:.3f}; from "
    "random weights they part, and the loss falls to {loss[2]:.2f}."
)
def symmetry_breaking() -> Drawing:
    """Draw where the weights of three hidden units go from three starts.

    Returns
    -------
    Drawing
        Three planes of weights with the paths of the units.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Makes the paths.
    """
    paths, losses, right, output_biases = _clone_paths()
    fig = canvas(WIDE, 262)
    for place, (title, said) in enumerate(CLONE_STARTS):
        ax = panel(fig, 26 + 182 * place, 38, 160, 174)
        equal_units(ax, -3.4, 3.4)
        ax.set(xticks=[-3, 3], yticks=[-3, 3])
        zero_lines(ax)
        name_axes(ax, "w₁", "", among_ticks=True)
        name_axes(ax, y="w₂", among_ticks=True)
        say(ax, -3.2, 3.1, said, "muted", ha="left", va="top")
        told = f"loss {losses[place]:.3f}, {right[place]:.0%} right"
        name_panel(ax, title, rise=6, note=told)
        for unit, role in enumerate(UNIT_ROLES):
            path = paths[:, place, unit]
            width = STRONG if place == 2 else (9.0, 5.4, 1.8)[unit]
            line(ax, path[:, 0], path[:, 1], role, width=width)
            points(ax, path[-1:], role, size=7 if place == 2 else (13, 9, 5)[unit], above=4 + unit)
            if place == 2:
                ring(ax, path[0], "ink", size=7, width=LINE)
        if place < 2:
            ring(ax, paths[0, place, 0], "ink", size=17 if place == 0 else 9, width=LINE)
    return Drawing(
        fig,
        facts={
            "loss": losses.tolist(),
            "right": right.tolist(),
            "apart": float(np.ptp(paths[-1, 1], axis=0).max()),
            "moved": float(np.abs(paths[:, 0]).max()),
            "output_bias": output_biases.tolist(),
            "steps": CLONE_STEPS,
            "rate": CLONE_RATE,
            "n_points": 80,
        },
    )


@figure(
    alt="Mean square of a normal number before and after a ReLU. Cutting the left half keeps "
    "{second_moment:.1f} of the mean square, which is a variance of {variance:.4f} and a squared "
    "mean of {mean_squared:.4f}: the variance is not halved."
)
def relu_second_moment() -> Drawing:
    """Draw what of the mean square a ReLU keeps, and what that consists of.

    Returns
    -------
    Drawing
        The density of the square, and a bar in two parts.

    See Also
    --------
    dlcv_viz.numerics.initialization.relu_moments : Computes the parts.
    """
    mean, second, variance = relu_moments(1.0)
    fig, z = canvas(NARROW, 300), np.linspace(-4, 4, 321)
    ax, bars = panel(fig, 34, 128, 312, 136), panel(fig, 34, 34, 312, 52)
    share = z**2 * normal_pdf(z)
    ax.set(xlim=(-4, 4), ylim=(0, 0.37), xticks=[-4, -2, 0, 2, 4])
    ax.set_yticks([0, 0.2], ["0", "0.2"])
    name_axes(ax, "z", f"z{SQUARED} {TIMES} density of z")
    for side, role, alpha in ((z <= 0, "muted", 0.16), (z >= 0, "accent-1", 0.3)):
        ax.fill_between(z[side], share[side], color=MARKER[role], alpha=alpha, lw=0)
        line(ax, z[side], share[side], role)
    say(ax, -2.1, 0.335, "cut off: 1/2", "muted", bold=True)
    say(ax, 2.1, 0.335, "kept: 1/2", "accent-1", bold=True)
    bars.set(xlim=(0, 1), ylim=(0, 1), yticks=[])
    bars.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    name_axes(bars, "share of E[z²]")
    for start, width, role, alpha in (
        (0.0, variance, "accent-1", 0.75),
        (variance, mean**2, "accent-3", 0.75),
        (second, 1 - second, "muted", 0.16),
    ):
        bars.barh([0.34], [width], 0.5, [start], color=MARKER[role], alpha=alpha, lw=0)
    say(bars, 0, 0.86, f"variance {variance:.3f}", "accent-1", bold=True, ha="left")
    say(bars, variance, 0.86, f"mean² {mean**2:.3f}", "accent-3", bold=True, ha="left")
    say(bars, 1, 0.86, "cut off", "muted", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "mean": mean,
            "mean_squared": mean**2,
            "second_moment": second,
            "variance": variance,
        },
    )


@figure(
    alt="With gain {gain:.2f} the signal of {depth} ReLU layers of {width} units is multiplied by "
    "{per_layer:.3f} a layer and ends at {told}. {said}",
    sweep=Sweep("gain", GAIN_FRAMES, label="gain g =", start=GAIN_FRAMES.index(1.0)),
)
def gain_sweep(*, gain: Annotated[float, Range(0.1, 4)] = 1.0) -> Drawing:
    """Draw the size of a signal by layer for one gain, and the activations of the last layer.

    Parameters
    ----------
    gain : float, default 1
        g: weights have the variance g²/n.

    Returns
    -------
    Drawing
        The profile, and at its right the distribution at its end on the same scale.

    See Also
    --------
    dlcv_viz.numerics.initialization.depth_factors : Predicts the profile.
    """
    fig, layers = canvas(NARROW, 300), np.arange(1.0, DEPTH + 1)
    ax, aside = panel(fig, 46, 40, 196, 216), panel(fig, 256, 40, 90, 216)
    for each in (ax, aside):
        _size_axis(each, 1e-15, 1e9, [1e-15, 1e-10, 1e-5, 1, 1e5])
    ax.set(xlim=(0, DEPTH + 1), xticks=[1, 10, 20, 30])
    aside.set(xlim=(0, 1.15), xticks=[], yticklabels=[])
    name_axes(ax, "layer", "RMS of a")
    name_axes(aside, y=f"a in layer {DEPTH}")
    activations = _signal("relu", gain**2, depth=DEPTH, batch=32)[1:]
    sizes = np.array([_rms(a) for a in activations])
    factors = depth_factors([WIDTH] * (DEPTH - 1), [gain**2 / WIDTH] * (DEPTH - 1))
    per_layer = gain / math.sqrt(2)
    role = SMALL_ROLE if per_layer < 0.95 else LARGE_ROLE if per_layer > 1.05 else RIGHT_ROLE
    limit(ax, per_layer)
    line(ax, layers, per_layer * np.sqrt(factors), "ink", width=THIN, above=3)
    points(ax, np.column_stack([layers, sizes]), role, size=5)
    last = activations[-1]
    ridge(aside, last[last > 0], np.geomspace(1e-15, 1e9, 97), role, height=1, sideways=True)
    told = _short(float(sizes[-1]))
    say(ax, 1.5, 1e8, f"{number(per_layer, '.3f')} a layer", role, bold=True, ha="left")
    say(ax, 1.5, 2e6, f"ends at {told}", role, bold=True, ha="left")
    head = stage(fig, 0, 274, NARROW, 26)
    say(head, 46, 13, f"g = {gain:.4g}", bold=True, size=TITLE, ha="left")
    return Drawing(
        fig,
        facts={
            "gain": gain,
            "per_layer": per_layer,
            "last": float(sizes[-1]),
            "told": told,
            "told_theory": _short(per_layer * math.sqrt(factors[-1])),
            "said": _verdict(per_layer),
            "depth": DEPTH,
            "width": WIDTH,
        },
    )


@figure(
    alt="Training loss from four starts, both axes logarithmic. Std 0.01 stays at {ends[0]:.4f}, "
    "which is log 2; std 0.5 and 1 are beyond all numbers after {broke[1]} and {broke[2]} steps; "
    "He falls to {ends[3]:.4f} in {steps}."
)
def training_race(*, steps: Annotated[int, Range(20, 400)] = 300) -> Drawing:
    """Draw the losses of one deep network from four scales of its first weights.

    Parameters
    ----------
    steps : int, default 300
        Of descent on all points.

    Returns
    -------
    Drawing
        Losses step by step; a cross where a loss leaves the scale on its way to infinity.

    See Also
    --------
    dlcv_viz.numerics.training.gradient_descent : Trains them.
    """
    losses = _race(steps)
    fig = canvas(NARROW, 310)
    ax = panel(fig, 50, 40, 292, 236)
    logarithmic(ax, x=[1, 10, 100])
    _size_axis(ax, 1e-3, RACE_TOP, [1e-2, 1, 1e2, 1e4])
    ax.set(xlim=(0.9, steps * 1.1))
    name_axes(ax, "pass (1: the start)", "loss")
    passes, broke = np.arange(1.0, steps + 2), list[int]()
    for (_, role), run in zip(RACERS, losses.T, strict=True):
        alive = np.isfinite(run)
        broke.append(-1 if alive.all() else int(np.argmin(alive)))
        line(ax, passes[alive], run[alive], role, width=STRONG if role == RIGHT_ROLE else LINE)
        if not alive.all():
            out = int(np.argmax(run > RACE_TOP))  # the first loss beyond the scale
            x = np.interp(math.log(RACE_TOP), np.log(run[: out + 1]), np.log(passes[: out + 1]))
            (cross,) = ax.plot(np.exp(x), RACE_TOP, "X", ms=10, mfc=MARKER[role])
            cross.set(zorder=8, clip_on=False, mec=MARKER["plate"], mew=0.8)
    _name_racers(ax, losses)
    limit(ax, LN2)
    return Drawing(
        fig,
        facts={
            "first": losses[0].tolist(),
            "told_first": [_short(float(loss)) for loss in losses[0]],
            "ends": [float(run[-1]) if np.isfinite(run[-1]) else -1.0 for run in losses.T],
            "broke": broke,
            "steps": steps,
            "rate": RACE_RATE,
            "factors": [(std or 0.0) * math.sqrt(RACE_LAYERS[0] / 2) for std, _ in RACERS],
            "n_points": 60,
            "n_layers": len(RACE_LAYERS),
            "n_units": RACE_LAYERS[0],
        },
    )


@figure(
    alt="Length of a vector through {depth} linear layers of {width} units. With orthogonal "
    "weights it stays {kept:.3f} in every draw; with normal weights of the same variance single "
    "draws end between {least:.2f} and {most:.2f}."
)
def orthogonal_depth() -> Drawing:
    """Draw the length of a vector through linear layers, orthogonal ones and normal ones.

    Returns
    -------
    Drawing
        One line a draw.

    See Also
    --------
    dlcv_viz.numerics.random_weights.orthogonal : Draws the weights.
    """
    fig, layers = canvas(NARROW, 280), np.arange(LINEAR_DEPTH + 1.0)
    ax, ends = panel(fig, 40, 40, 304, 206), dict[str, FloatArray]()
    logarithmic(ax, y=[0.3, 1, 3])
    ax.set(xlim=(0, LINEAR_DEPTH), ylim=(0.2, 3.5), xticks=[0, 25, 50])
    name_axes(ax, "layers", "length, against the start")
    for role, is_orthogonal in (("accent-2", False), ("accent-1", True)):
        lengths = np.array([_lengths(seed, is_orthogonal=is_orthogonal) for seed in range(N_DRAWS)])
        for each in lengths:
            line(ax, layers, each, role, width=STRONG if role == "accent-1" else THIN)
        ends[role] = lengths[:, -1]
    say(ax, 1, 1.6, "orthogonal: always 1", "accent-1", bold=True, ha="left")
    say(ax, 1, 0.25, f"normal, variance 1/n: {N_DRAWS} draws", "accent-2", bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "kept": float(ends["accent-1"].mean()),
            "off": float(np.abs(ends["accent-1"] - 1).max()),
            "least": float(ends["accent-2"].min()),
            "most": float(ends["accent-2"].max()),
            "depth": LINEAR_DEPTH,
            "width": LINEAR_WIDTH,
            "n_draws": N_DRAWS,
        },
    )


@figure(
    alt="Three lines leave one point: one climbs by {factor:.2f} a step, one is level, one falls."
)
def thumbnail() -> Drawing:
    """Draw the module's card: signals that grow, stay and die, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig, layers = canvas(240, 150), np.arange(13.0)
    ax = stage(fig, 0, 0, 240, 150)
    ax.set(xlim=(-0.9, 11.4), ylim=(-7.7, 7.7))
    for gain, role, _ in SCALES:
        sizes = np.log2(depth_factors([WIDTH] * 12, [gain / WIDTH] * 12)) / 2
        line(ax, layers, sizes, role, width=4 if role == RIGHT_ROLE else 3)
        points(ax, np.column_stack([layers, sizes])[1:12], role, size=8)
    ring(ax, (0, 0), "ink", size=11)
    forward_factor, _ = layer_factors(WIDTH, WIDTH, 4 / WIDTH, kept=0.5)
    return Drawing(fig, facts={"factor": math.sqrt(forward_factor)})


@example
def he_by_hand() -> Facts:
    """Take He's standard deviation and uniform bound for three fan-ins.

    Returns
    -------
    Facts
        The steps for 256 inputs, and a table.
    """
    n = [256, 512, 784]
    variance = [he_variance(each) for each in n]
    return {
        "n": n,
        "variance": variance,
        "std": [math.sqrt(each) for each in variance],
        "bound": [uniform_bound(each) for each in variance],
        "six": [6 / each for each in n],
        "kept": layer_factors(n[0], n[0], variance[0], kept=0.5)[0],
        "wrong": math.sqrt(2) / n[0],  # as who takes no root of n
        "too_small": math.sqrt(variance[0]) * n[0] / math.sqrt(2),
    }


@example
def wrong_scale() -> Facts:
    """Multiply the factor of a ReLU layer with itself, for three standard deviations.

    Returns
    -------
    Facts
        A list a column.
    """
    n, layers = 256, 10
    stds = [1.0, 0.01, math.sqrt(he_variance(n))]
    factors = [layer_factors(n, n, std**2, kept=0.5)[0] for std in stds]
    return {
        "n": n,
        "layers": layers,
        "start": ["std 1", "std 0.01", "He"],
        "std": [f"{std:.6g}" for std in stds],
        "power": factors,
        "factor": [math.sqrt(each) for each in factors],
        "told": [_short(math.sqrt(each) ** layers, 3) for each in factors],
        "close": 0.9,
        "compound": 0.9**50,
    }


@example
def second_moment_trap() -> Facts:
    """Put the variance after a ReLU where the mean square belongs, and see what comes of it.

    Returns
    -------
    Facts
        Moments, both prescriptions for 256 inputs, and their effect on one layer and on 30.
    """
    n, layers = 256, 30
    mean, second, variance = relu_moments(1.0)
    wrong = 1 / (variance * n)
    return {
        "n": n,
        "layers": layers,
        "mean": mean,
        "mean_squared": mean**2,
        "second_moment": second,
        "variance": variance,
        "right_next": linear_variance(n, he_variance(n), second),
        "wrong_gain": n * wrong,
        "wrong_next": linear_variance(n, wrong, second),
        "wrong_end": math.sqrt(linear_variance(n, wrong, second)) ** layers,
    }


@example
def xavier_by_hand() -> Facts:
    """Take Xavier's standard deviation and uniform bound for two layers.

    Returns
    -------
    Facts
        One item a layer, and how far signals and gradients are from being kept.
    """
    layers = [(784, 128), (256, 128)]
    variance = [glorot_variance(*each) for each in layers]
    factors = [layer_factors(*each, v) for each, v in zip(layers, variance, strict=True)]
    return {
        "n_in": [n_in for n_in, _ in layers],
        "n_out": [n_out for _, n_out in layers],
        "total": [n_in + n_out for n_in, n_out in layers],
        "variance": variance,
        "std": [math.sqrt(each) for each in variance],
        "bound": [uniform_bound(each) for each in variance],
        "forward": [each for each, _ in factors],
        "backward": [each for _, each in factors],
    }


@example
def xavier_with_relu() -> Facts:
    """Follow a mean square through ReLU layers with Xavier's variance.

    Returns
    -------
    Facts
        A list a column.
    """
    layers = [1, 10, 20, 30]
    powers = depth_factors([WIDTH] * 30, [glorot_variance(WIDTH, WIDTH)] * 30)
    return {
        "layers": layers,
        "power": [float(powers[layer]) for layer in layers],
        "told_power": [_short(float(powers[layer]), 3) for layer in layers],
        "told": [_short(math.sqrt(powers[layer]), 3) for layer in layers],
        "kept": float(powers[1]),
    }


@example
def conv_fan() -> Facts:
    """Count the fans of a convolution and take He's standard deviation.

    Returns
    -------
    Facts
        Shape, fans and standard deviation, and what the channels alone would give.
    """
    c_out, c_in, height, width = shape = (128, 64, 3, 3)
    fan_in, fan_out = fans(shape)
    wrong = he_variance(c_in)
    return {
        "c_in": c_in,
        "c_out": c_out,
        "side": height,
        "taps": height * width,
        "fan_in": fan_in,
        "fan_out": fan_out,
        "std": math.sqrt(he_variance(fan_in)),
        "wrong": math.sqrt(wrong),
        "wrong_factor": layer_factors(fan_in, fan_out, wrong, kept=0.5)[0],
    }


@example
def clone_units() -> Facts:
    """Take gradients of a small network with equal weights, and with none but zeros.

    Returns
    -------
    Facts
        Forward pass and gradients of one sample, and how far the rows are apart after training.
    """
    x, target = np.array([[1.0, 2.0]]), np.array([[1.0]])
    clones, zeros = _small(0.5), _small(0.0)
    passed = forward(clones, x)
    _, found = gradients(clones, x, target, binary_cross_entropy)
    _, nothing = gradients(zeros, x, target, binary_cross_entropy)
    paths, *_ = _clone_paths()
    return {
        "x": x[0].tolist(),
        "target": float(target[0, 0]),
        "weight": 0.5,
        "z": float(passed.pre_activations[0][0, 0]),
        "a": float(passed.activations[1][0, 0]),
        "logit": float(passed.outputs[0, 0]),
        "p": float(ACTIVATIONS["sigmoid"].function(passed.outputs)[0, 0]),
        "error": float(found.errors[1][0, 0]),
        "slope": float(ACTIVATIONS["tanh"].derivative(passed.pre_activations[0])[0, 0]),
        "delta": float(found.errors[0][0, 0]),
        "unit": [1, 2, 3],
        "by_w1": found.weights[0][:, 0].tolist(),
        "by_w2": found.weights[0][:, 1].tolist(),
        "by_v": found.weights[1][0].tolist(),
        "zero_hidden": float(np.abs(nothing.weights[0]).max()),
        "zero_output": float(np.abs(nothing.weights[1]).max()),
        "zero_bias": float(nothing.biases[1][0]),
        "steps": CLONE_STEPS,
        "apart": float(np.ptp(paths[-1, 1], axis=0).max()),
    }


@example
def first_loss() -> Facts:
    """Take the loss of a network that knows nothing, and the bias of one that knows a share.

    Returns
    -------
    Facts
        log C for three numbers of classes; bias and loss for a rare class.
    """
    classes, share = [2, 10, 1000], 0.01
    bias = prior_bias(share)
    told, even = (
        float(binary_cross_entropy(np.full((100, 1), b), np.eye(100, 1))[0]) for b in (bias, 0.0)
    )
    return {
        "classes": classes,
        "loss": [math.log(each) for each in classes],
        "share": share,
        "odds": (1 - share) / share,
        "bias": bias,
        "with_bias": told,
        "without": even,
    }


@example
def other_rates() -> Facts:
    """Train the starts of `training_race` that fail there with other learning rates.

    Returns
    -------
    Facts
        Rates, and the loss after 300 steps: of the two large starts with steps that suit each, of
        the small one with the longest.
    """
    rates, steps = [1e-3, 1e-4, 1.0], 300
    half, one, small = (_race(steps, rate)[-1, k] for rate, k in zip(rates, (1, 2, 0), strict=True))
    return {
        "rates": rates,
        "told": [scientific(rate, 0) for rate in rates],
        "steps": steps,
        "half": float(half),
        "one": float(one),
        "small": float(small),
    }


@example
def rules() -> Facts:
    """Collect factors and moments that the text quotes.

    Returns
    -------
    Facts
        Gains, moments, and what the defaults of libraries do.
    """
    n, slope, near = WIDTH, 0.2, 1.3
    mean, second, variance = relu_moments(1.0)
    default = 1 / (3 * n)  # of numbers uniform between plus and minus 1/sqrt(n)
    limits = {
        name: wide_limit(ACTIVATIONS[name], gain, depth=50)
        for name, gain in (("sigmoid", 1.0), ("tanh", GAINS["tanh"] ** 2))
    }
    return {
        "n": n,
        "std": HE,
        "as_variance": HE / he_variance(n),
        "fitting": 2 / 0.01**2,  # fan-in for which He has a standard deviation of 0.01
        "small_factor": 0.01 * math.sqrt(n),
        "near": near,
        "near_factor": near / math.sqrt(2),
        "near_end": (near / math.sqrt(2)) ** DEPTH,
        "tanh_gain": GAINS["tanh"],
        "relu_gain": GAINS["relu"],
        "selu_gain": GAINS["selu"],
        "leak": slope,
        "leaky_gain": math.sqrt(he_variance(1, slope)),
        "mean": mean,
        "second_moment": second,
        "variance": variance,
        "truncated": truncated_std(),
        "cut": CUT,
        "torch_factor": math.sqrt(layer_factors(n, n, default, kept=0.5)[0]),
        "sigmoid_back": math.sqrt(limits["sigmoid"].factors[-1]),
        "tanh_kept": math.sqrt(limits["tanh"].second_moments[-1]),
        "tanh_back": math.sqrt(limits["tanh"].factors[-1]),
    }


def _signal(name: str, gain: float, *, depth: int, batch: int) -> list[FloatArray]:
    """Return a normal input and what random layers make of it, one array a layer."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(batch, WIDTH))
    network = random_network([WIDTH] * (depth + 1), seed=rng, gain=gain, hidden=name, output=name)
    return forward(network, X).activations


def _both_ways(gain: float) -> tuple[FloatArray, FloatArray]:
    """Return sizes of signals by the first layer's, and of gradients by the last one's."""
    rng = np.random.default_rng(0)
    X, back = rng.normal(size=(2, 64, WIDTH))
    network = random_network([WIDTH] * (DEPTH + 1), seed=rng, gain=gain, hidden="relu")
    passed = forward(network, X)
    errors = np.array([_rms(error) for error in backward(network, passed, back).errors])
    signals = np.array([_rms(z) for z in passed.pre_activations])
    return signals / signals[0], errors / errors[-1]


def _compare(
    ax: Axes, measured: FloatArray, theory: FloatArray, role: str, spread: FloatArray
) -> None:
    """Draw sizes by layer as points on the line of theory, and by how much one draw scatters."""
    layers = np.arange(1.0, DEPTH + 1)
    low, high = theory / spread, theory * spread
    ax.fill_between(layers, low, high, color=MARKER[role], alpha=0.2, lw=0)
    line(ax, layers, theory, role, width=THIN)
    points(ax, np.column_stack([layers, measured]), role, size=4.5)


def _small(weight: float) -> Network:
    """Return a network of 2, 3 and 1 units with equal weights."""
    hidden, output = np.full((3, 2), weight), np.full((1, 3), weight)
    return Network([hidden, output], [np.zeros(3), np.zeros(1)], ACTIVATIONS["tanh"])


def _quadrants() -> tuple[FloatArray, FloatArray]:
    """Draw points that belong together where their coordinates have the same sign."""
    signs = np.tile([[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]], (20, 1))
    x = signs * np.random.default_rng(0).uniform(0.1, 1, (80, 2))
    return x, (x.prod(axis=1, keepdims=True) > 0).astype(float)


def _clone_paths() -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Train from zero, equal and random weights.

    Returns
    -------
    paths : (steps + 1, 3, 3, 2) ndarray of float
        Start, unit, weight.
    losses, right, output_biases : (3,) ndarray of float
        At the end.
    """
    x, y = _quadrants()
    random = random_network((2, 3, 1), seed=3, hidden="tanh")
    walk = gradient_descent(
        side_by_side([_small(0.0), _small(0.5), random]),
        x,
        y,
        loss=binary_cross_entropy,
        learning_rate=CLONE_RATE,
        steps=CLONE_STEPS,
    )
    states, losses = zip(*walk, strict=True)
    answers = forward(states[-1], x).outputs > 0
    right = (answers == (y > 0)).mean(axis=(-2, -1))
    paths = np.array([state.weights[0] for state in states])
    return paths, losses[-1], right, states[-1].biases[1][:, 0]


def _race(steps: int, rate: float = RACE_RATE) -> FloatArray:
    """Return the losses of four starts, (steps + 1, 4); not finite where they have diverged."""
    x, y = two_moons(60, noise=0.1, seed=0)
    he = random_network((2, *RACE_LAYERS, 1), seed=0, gain=2, hidden="relu")
    starts = [
        he
        if std is None
        else replace(he, weights=[W * std / math.sqrt(he_variance(W.shape[1])) for W in he.weights])
        for std, _ in RACERS
    ]
    with np.errstate(over="ignore", invalid="ignore"):  # some are meant to diverge
        walk = gradient_descent(
            side_by_side(starts),
            x,
            y[:, None].astype(float),
            loss=binary_cross_entropy,
            learning_rate=rate,
            steps=steps,
        )
        return np.array([loss for _, loss in walk])


def _lengths(seed: int, *, is_orthogonal: bool) -> FloatArray:
    """Return the length of a vector after each linear layer, against the start."""
    n, rng = LINEAR_WIDTH, np.random.default_rng(seed)
    vectors = [rng.normal(size=n)]
    for _ in range(LINEAR_DEPTH):
        W = (
            orthogonal(n, n, seed=rng)
            if is_orthogonal
            else draw_weights((n, n), lecun_variance(n), seed=rng)
        )
        vectors.append(W @ vectors[-1])
    lengths = np.array([np.linalg.norm(vector) for vector in vectors])
    against_start: FloatArray = lengths / lengths[0]
    return against_start


def _rms(values: FloatArray) -> float:
    return float(np.sqrt(np.mean(values**2)))


def _short(value: float, digits: int = 1) -> str:
    """Write a number with a power of ten where it is far from 1."""
    if value and not 1e-2 <= value < 1e3:
        return scientific(value, digits)
    return number(value, "#.3g" if digits == 1 else ".4f")


def _verdict(per_layer: float) -> str:
    if per_layer < 0.95:
        return "The signal dies."
    if per_layer > 1.05:
        return "The signal explodes."
    return "The signal lives." if abs(per_layer - 1) < 1e-9 else "Close, and it drifts away slowly."


def _size_axis(ax: Axes, low: float, high: float, ticks: list[float]) -> None:
    """Make the vertical axis one of sizes, with powers of ten at its ticks."""
    ax.set(yscale="log", ylim=(low, high))
    powers = [scientific(tick, 0).split("\N{NO-BREAK SPACE}")[-1] for tick in ticks]
    names = ["1" if tick == 1 else power for tick, power in zip(ticks, powers, strict=True)]
    ax.set_yticks(ticks, names)
    ax.minorticks_off()


def _name_racers(ax: Axes, losses: FloatArray) -> None:
    say(ax, 0.98, 1.6e3, "std 1", LARGE_ROLE, bold=True, ha="left")
    say(ax, 2.9, 1e3, "std 0.5", "accent-6", bold=True, ha="left")
    say(ax, 20, 0.95, "std 0.01: stays at log 2", SMALL_ROLE, bold=True, ha="left", va="bottom")
    say(ax, 40, float(losses[40, -1]) * 0.6, "He", RIGHT_ROLE, bold=True, va="top")
