"""Figures and worked examples of the module *Loss Functions*."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.data.blobs import two_blobs
from dlcv_viz.data.lines import line_with_outliers
from dlcv_viz.draw.canvas import (
    HAIR,
    LINE,
    NARROW,
    SMALL,
    STRONG,
    THIN,
    WIDE,
    canvas,
    logarithmic,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.contours import basin, descent
from dlcv_viz.draw.marks import along, arrow, line, points, ring, say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import sigmoid, sigmoid_derivative
from dlcv_viz.numerics.classification_loss import (
    focal,
    focal_gradient,
    focal_minimiser,
    half_squared_sigmoid,
    half_squared_sigmoid_curvature,
    half_squared_sigmoid_gradient,
    hinge,
)
from dlcv_viz.numerics.cross_entropy import (
    bce_gradient,
    bce_with_logits,
    binary_cross_entropy,
    cross_entropy_gradient,
    cross_entropy_with_logits,
    one_hot,
    smooth_labels,
    weighted_cross_entropy,
)
from dlcv_viz.numerics.descent import gradient_descent
from dlcv_viz.numerics.information import cross_entropy, kl_divergence
from dlcv_viz.numerics.metric_loss import contrastive, soft_dice, triplet
from dlcv_viz.numerics.regression_loss import (
    huber,
    huber_gradient,
    log_cosh,
    log_cosh_gradient,
    mae,
    mae_gradient,
    mse,
    mse_gradient,
    pinball,
)
from dlcv_viz.numerics.robust_regression import (
    huber_efficiency,
    huber_line,
    least_absolute_line,
    least_squares_line,
)
from dlcv_viz.numerics.softmax import entropy, log_sum_exp, softmax
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

Elementwise = Callable[[FloatArray], FloatArray]
Labelled = Callable[[FloatArray, FloatArray], FloatArray]  # of logits and labels

# Name, colour, loss and derivative of each loss of an error.
OF_ERRORS: tuple[tuple[str, str, Elementwise, Elementwise], ...] = (
    ("squared ½e²", "accent-1", lambda e: e**2 / 2, lambda e: e),
    ("absolute |e|", "accent-2", np.abs, np.sign),
    ("Huber, δ = 1", "accent-3", huber, huber_gradient),
    ("log-cosh", "accent-4", log_cosh, log_cosh_gradient),
)
SERIES = ("accent-1", "accent-2", "accent-3", "accent-4")
TRIED = (0.5, 3.0)  # errors whose pull is told
CLASSIC = 1.345  # the usual threshold for noise of deviation 1
DELTAS = (0.01, 0.1, 0.5, 1.0, CLASSIC, 2.0, 5.0, 10.0, 20.0, 30.0)
GAMMAS = tuple(0.5 * k for k in range(11))
EASY, HARD = (1000, 0.95), (10, 0.2)  # samples, and the probability that each gives to its label
DROP = 25.0  # of the outliers
SHARE = 0.9  # how often the label is 1 where predictions are compared
START, RATE, N_STEPS, EVERY = (-4.0, 6.0), 2.0, 300, 20  # of the descents on surfaces
RECOVERY_RATE = 0.5  # of those on one logit
SKEWED = np.array([1.0, 2.0, 3.0, 4.0, 100.0])


@dataclass(frozen=True, slots=True)
class Surface:
    """A loss of the answers of one weight and one bias, as a function of these two."""

    name: str
    key: str
    loss: Labelled
    gradient: Labelled
    curvature: Labelled
    levels: tuple[float, ...]

    def mean_loss(self, places: FloatArray, x: FloatArray, y: FloatArray) -> FloatArray:
        """Average over samples at (..., 2) places."""
        z = places[..., :1] * x + places[..., 1:]
        mean: FloatArray = self.loss(z, np.broadcast_to(y, z.shape)).mean(axis=-1)
        return mean

    def over(
        self, w: FloatArray, b: FloatArray, x: FloatArray, y: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Return loss and least curvature of any direction on a grid, a row for every bias."""
        places = np.stack(np.meshgrid(w, b), axis=-1)
        z = places[..., :1] * x + places[..., 1:]
        bend = self.curvature(z, np.broadcast_to(y, z.shape))
        ww, wb, bb = ((bend * x**power).mean(axis=-1) for power in (2, 1, 0))  # the Hessian
        least: FloatArray = (ww + bb) / 2 - np.hypot((ww - bb) / 2, wb)
        return self.mean_loss(places, x, y), least

    def descent(self, x: FloatArray, y: FloatArray) -> FloatArray:
        """Follow the gradient from the common start."""

        def gradient(place: FloatArray) -> FloatArray:
            pull = self.gradient(place[0] * x + place[1], y) / len(x)
            return np.array([pull @ x, pull.sum()])

        return gradient_descent(gradient, np.array(START), learning_rate=RATE, n_steps=N_STEPS)


SURFACES = (
    Surface(
        "cross-entropy",
        "bce",
        bce_with_logits,
        bce_gradient,
        lambda z, _: sigmoid_derivative(z),  # the label shifts the gradient, not its slope
        (0.4, 0.7, 1.2, 2, 3, 4.5, 6.5, 9),
    ),
    Surface(
        "squared loss",
        "mse",
        half_squared_sigmoid,
        half_squared_sigmoid_gradient,
        half_squared_sigmoid_curvature,
        (0.06, 0.09, 0.13, 0.18, 0.23, 0.26, 0.3, 0.36),
    ),
)


@figure(
    alt="Four losses of an error above their gradients. At an error of {errors[1]:g} the squared "
    "loss pulls with {pulls[1]:g}, the others with about {pulls[3]:g}; at {errors[0]:g} the "
    "absolute loss still pulls with {small[1]:g}, the others with {small[3]:.2f} to {small[0]:g}."
)
def regression_losses() -> Drawing:
    """Draw four losses of an error, each above its derivative.

    Returns
    -------
    Drawing
        Two rows of four panels on the same scales.

    See Also
    --------
    dlcv_viz.numerics.regression_loss : Computes them.
    """
    e = np.linspace(-4, 4, 161)
    fig = canvas(WIDE, 312)
    for place, (name, role, loss, gradient) in enumerate(OF_ERRORS):
        left = 34 + 134 * place
        above, below = panel(fig, left, 176, 104, 94), panel(fig, left, 36, 104, 94)
        above.set(xlim=(-4, 4), ylim=(0, 8.4), xticks=[], yticks=[0, 4, 8])
        below.set(xlim=(-4, 4), ylim=(-4.4, 4.4), xticks=[-4, 4], yticks=[-4, 0, 4])
        name_axes(below, "error e", among_ticks=True)
        below.axhline(0, color=MARKER["line"], lw=HAIR, zorder=0)
        if place:
            line(above, e, e**2 / 2, "edge", width=THIN)
            line(below, e, e, "edge", width=THIN)
            above.set_yticklabels([])
            below.set_yticklabels([])
        else:
            name_axes(above, y="loss")
            name_axes(below, y="gradient")
        name_panel(above, name, rise=22)
        at = np.array([TRIED[1]])
        for ax, curve in ((above, loss), (below, gradient)):
            _jumping(ax, e, curve(e), role)
            points(ax, np.column_stack([at, curve(at)]), role, size=6.5)
        pull = float(gradient(at)[0])
        height = pull + (-0.9 if pull > 2 else 0.9)
        say(below, TRIED[1], height, f"{pull:.3g}", role, bold=True)
    small, large = (
        [float(gradient(np.array([error]))[0]) for *_, gradient in OF_ERRORS] for error in TRIED
    )
    return Drawing(fig, facts={"errors": TRIED, "small": small, "pulls": large})


@figure(
    alt="Five losses against the margin y·z. The 0/1 loss is a step. Hinge, cross-entropy and "
    "squared loss are convex; the squared one costs {squared_right:g} even at a margin of "
    "{right:g}, the hinge nothing, and the focal loss a {focal_times:.0f}th of the cross-entropy."
)
def classification_losses() -> Drawing:
    """Draw the step that counts mistakes and four losses that stand in for it.

    Returns
    -------
    Drawing
        One panel; losses of a label +1, so that the margin is the logit.

    See Also
    --------
    dlcv_viz.numerics.classification_loss : Computes hinge and focal loss.
    """
    m = np.linspace(-3, 3, 241)
    yes = np.ones(len(m), int)
    curves = hinge(m, yes), bce_with_logits(m, yes), focal(m, yes), (1 - m) ** 2
    far = np.linspace(-10, 3, 1301)
    pulls = -focal_gradient(far, np.ones(len(far), int))
    fig = canvas(NARROW, 330)
    ax = panel(fig, 30, 38, 316, 256)
    ax.set(xlim=(-3, 3), ylim=(0, 4.3), xticks=[-3, 0, 1, 3], yticks=[0, 1, 2, 4])
    name_axes(ax, "margin y·z", "loss")
    ax.axvspan(-3, 0, color=MARKER["accent-2"], alpha=0.07, lw=0, zorder=0)
    say(ax, -2.92, 4.2, "predicted wrongly", "muted", size=SMALL, ha="left", va="top")
    say(ax, 0.08, 4.2, "predicted rightly", "muted", size=SMALL, ha="left", va="top")
    line(ax, np.array([-3.0, 0, 0, 3]), np.array([1.0, 1, 0, 0]), width=STRONG)
    say(ax, -2.92, 0.84, "0/1 loss", bold=True, ha="left")
    labels = (
        ("hinge", -2.6, -1.8, 0.0),
        ("cross-entropy", -2.9, -1.5, 0.0),
        ("focal, γ = 2", -2.75, -1.35, 0.12),
        ("squared", 1.9, 2.75, 0.0),
    )
    for role, curve, (name, start, end, lower) in zip(SERIES, curves, labels, strict=True):
        line(ax, m, curve, role, dashed=True)
        _along_curve(ax, m, curve, name, role, start=start, end=end, lower=lower)
    return Drawing(
        fig,
        facts={
            "right": float(m[-1]),
            "bce_right": float(curves[1][-1]),
            "focal_peak": float(pulls.max()),
            "focal_peak_at": float(far[pulls.argmax()]),
            "squared_right": float(curves[3][-1]),
            "focal_times": float(curves[1][-1] / curves[2][-1]),
        },
    )


@figure(
    alt="Mean loss of one prediction for {n} values, {first:g} to {last:g}, each curve on its own "
    "scale. The absolute loss is least at the median {median:g}, the squared at the mean "
    "{mean:g}, the pinball loss of 0.9 at the quantile {quantile:g}."
)
def best_constant() -> Drawing:
    """Draw what each loss says about one prediction for skewed data.

    Returns
    -------
    Drawing
        Three curves over a logarithmic axis of predictions, and the data below them.

    See Also
    --------
    dlcv_viz.numerics.regression_loss.pinball : The loss whose minimum is a quantile.
    """
    c = np.linspace(-20, 120, 281)
    errors = c[:, None] - SKEWED
    every = errors**2, np.abs(errors), pinball(errors, 0.9)
    best = [float(SKEWED.mean()), float(np.median(SKEWED)), float(SKEWED.max())]
    fig = canvas(NARROW, 300)
    ax = panel(fig, 22, 38, 316, 226)
    ax.set(xlim=(-20, 120), ylim=(-0.32, 0.85), xticks=[0, 50, 100], yticks=[])
    name_axes(ax, "prediction, the same for all", "mean loss, each on its own scale")
    points(ax, np.column_stack([SKEWED, np.full(5, -0.24)]), "accent-4", size=7)
    say(ax, 52, -0.24, "the data", "accent-4", bold=True)
    say(ax, 9, -0.1, f"median {best[1]:g}", "accent-2", bold=True, ha="right")
    say(ax, 16, -0.1, f"mean {best[0]:g}", "accent-1", bold=True, ha="left")
    say(ax, 84, 0.36, "squared", "accent-1", bold=True, ha="left")
    say(ax, -4, 0.62, "pinball 0.9", "accent-3", bold=True, ha="left")
    say(ax, 80, 0.66, "absolute", "accent-2", bold=True, ha="right")
    say(ax, best[2], -0.1, f"quantile {best[2]:g}", "accent-3", bold=True)
    for role, losses, at in zip(SERIES, every, best, strict=False):
        curve = losses.mean(axis=1)
        curve = (curve - curve.min()) / np.ptp(curve)
        line(ax, c, curve, role, dashed=True)
        points(ax, np.array([[at, np.interp(at, c, curve)]]), role, size=7.5, above=6)
    return Drawing(
        fig,
        facts={
            "data": SKEWED.tolist(),
            "n": len(SKEWED),
            "first": SKEWED[0],
            "last": SKEWED[-1],
            "mean": best[0],
            "median": best[1],
            "quantile": best[2],
            "median_loss_at_mean": float(np.abs(SKEWED - best[0]).mean()),
            "median_loss": float(np.abs(SKEWED - best[1]).mean()),
        },
    )


@figure(
    alt="Left, the pull on a logit for the label 1: the cross-entropy's rises to 1 where the model "
    "is wrong, the squared loss's falls back to 0. Right, from a chance of {start:.1%} the "
    "first needs {bce_steps} steps to 50%, the second {mse_steps:,}."
)
def bce_vs_mse_gradient(*, start: Annotated[float, Range(-7, 0)] = -7.0) -> Drawing:
    """Draw the pull of two losses on the logit of a sigmoid, and two recoveries from an error.

    Parameters
    ----------
    start : float, default -7
        Logit at the start of both descents; the label is 1.

    Returns
    -------
    Drawing
        Gradients on the left, descents on the right, their steps on a logarithmic axis.

    See Also
    --------
    dlcv_viz.numerics.classification_loss.half_squared_sigmoid_gradient : The one that vanishes.
    """
    z, yes = np.linspace(-8, 8, 161), np.ones(161)
    pulls = [-gradient(z, yes) for gradient in (bce_gradient, half_squared_sigmoid_gradient)]
    chances = [
        _recovery(gradient, start) for gradient in (bce_gradient, half_squared_sigmoid_gradient)
    ]
    needed = [int((p < 0.5).sum()) for p in chances]
    fig = canvas(WIDE, 276)
    left, right = panel(fig, 32, 38, 222, 200), panel(fig, 322, 38, 222, 200)
    left.set(xlim=(-8, 8), ylim=(0, 1.1), xticks=[-8, 0, 8], yticks=[0, 0.5, 1])
    name_axes(left, "logit z", "pull towards the label")
    left.axvspan(-8, 0, color=MARKER["accent-2"], alpha=0.07, lw=0, zorder=0)
    say(left, -7.7, 0.56, "predicted\nwrongly", "muted", size=SMALL, ha="left")
    logarithmic(right, x=(1, 10, 100, 1000))
    right.set(xlim=(1, 4000), ylim=(0, 1.05), yticks=[0, 0.5, 1])
    name_axes(right, "steps", "probability of the label")
    right.axhline(0.5, color=MARKER["line"], lw=HAIR, zorder=0)
    for role, pull, p, steps in zip(SERIES, pulls, chances, needed, strict=False):
        line(left, z, pull, role, dashed=True)
        line(right, np.arange(1.0, len(p)), p[1:], role, dashed=True)
        points(right, np.array([[steps, p[steps]]]), role, size=7, above=6)
    say(left, 0.6, 0.86, "cross-entropy", "accent-1", bold=True, ha="left")
    say(left, -1.6, 0.22, "squared", "accent-2", bold=True, ha="right")
    say(right, needed[0] * 0.8, 0.6, f"{needed[0]} steps", "accent-1", bold=True, ha="right")
    say(right, needed[1] * 0.8, 0.6, f"{needed[1]:,} steps", "accent-2", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "start": float(sigmoid(np.array(start))),
            "z": start,
            "rate": RECOVERY_RATE,
            "bce_steps": needed[0],
            "mse_steps": needed[1],
            "times": needed[1] / needed[0],
            "bce_pull": -float(bce_gradient(np.array(start), np.array(1))),
            "mse_pull": -float(half_squared_sigmoid_gradient(np.array(start), np.array(1))),
            "mse_most": float(pulls[1].max()),
        },
    )


@figure(
    alt="The cross-entropy and the squared loss over weight and bias. From the same start the "
    "first descent reaches the minimum; the second ends on a plateau at a loss of {mse_end:.3f}, "
    "against {mse_best:.3f} in its basin. {mse_concave:.0%} of the second surface curves downwards."
)
def loss_surface() -> Drawing:
    """Draw the two losses of one weight and one bias as surfaces, with the same descent on both.

    Returns
    -------
    Drawing
        Two basins with their contours and paths.

    See Also
    --------
    dlcv_viz.numerics.descent.gradient_descent : Computes the paths.
    """
    cloud, labels = two_blobs(seed=0, n_each=15, centre=1.0, spread=1.0)
    x, y = cloud[:, 0], (labels > 0).astype(float)
    w, b = np.linspace(-6, 6, 61), np.linspace(-8, 8, 65)
    fig = canvas(WIDE, 318)
    facts: dict[str, float] = {"steps": N_STEPS, "rate": RATE, "n": len(x), "every": EVERY}
    for place, surface in enumerate(SURFACES):
        values, bends = surface.over(w, b, x, y)
        path = surface.descent(x, y)
        end, loss = path[-1], surface.mean_loss(path, x, y)
        ax = panel(fig, 28 + 280 * place, 38, 244, 236)
        ax.set(xlim=(-6, 6), ylim=(-8, 8), xticks=[-5, 0, 5], yticks=[-5, 0, 5])
        name_axes(ax, "weight w", "bias b")
        name_panel(ax, surface.name, rise=20)
        basin(ax, w, b, values, np.array(surface.levels), role="accent-3")
        descent(ax, path, SERIES[place], every=EVERY)
        is_yes = end[0] * x + end[1] >= 0
        right = float((is_yes == y).mean())
        note = f"loss {loss[-1]:.2f}\n{right:.0%} right"
        say(
            ax,
            end[0] + 0.5,
            end[1] - 0.8,
            note,
            SERIES[place],
            bold=True,
            ha="left",
            va="top",
            halo=True,
        )
        facts |= {
            f"{surface.key}_start": float(loss[0]),
            f"{surface.key}_end": float(loss[-1]),
            f"{surface.key}_best": float(values.min()),
            f"{surface.key}_w": float(end[0]),
            f"{surface.key}_b": float(end[1]),
            f"{surface.key}_right": right,
            f"{surface.key}_yes": float(is_yes.mean()),
            f"{surface.key}_concave": float((bends < -1e-12).mean()),  # rounding
        }
    return Drawing(fig, facts=facts)


@figure(
    alt="Focal loss with γ = {gamma:g} against the probability given to the label, and the share "
    "of the total loss that {n_easy:,} easy samples have against {n_hard} hard ones: "
    "{share:.1%} here, {share_first:.0%} for the cross-entropy.",
    sweep=Sweep("gamma", GAMMAS, label="focusing parameter γ", start=4),
)
def focal_gamma_sweep(*, gamma: Annotated[float, Range(0, 5)] = 2.0) -> Drawing:
    """Draw the focal loss and what share of a total easy samples have.

    Parameters
    ----------
    gamma : float, default 2
        The focusing parameter.

    Returns
    -------
    Drawing
        The loss over the label's probability, and the share over the parameter.

    See Also
    --------
    dlcv_viz.numerics.classification_loss.focal : Computes the loss.
    """
    p = np.linspace(0.02, 0.99, 195)
    gammas = np.linspace(0, 5, 101)
    totals = np.array([_totals(float(g)) for g in gammas])
    easy, hard = _totals(gamma)
    share = easy / (easy + hard)
    fig = canvas(WIDE, 276)
    left, right = panel(fig, 28, 38, 224, 200), panel(fig, 322, 38, 222, 200)
    left.set(xlim=(0, 1), ylim=(0, 3.6), xticks=[0, 0.5, 1], yticks=[0, 1, 2, 3])
    name_axes(left, "probability of the label", "loss")
    right.set(xlim=(0, 5), ylim=(0, 1.02), xticks=[0, 1, 2, 3, 4, 5])
    right.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
    name_axes(right, "γ", f"loss from the {EASY[0]:,} easy samples")
    line(left, p, _focal_of(p, 0), "muted", width=THIN)
    line(left, p, _focal_of(p, gamma), "accent-1", width=STRONG)
    for role, (n, at), name, y in (("accent-2", HARD, "hard", 3.35), ("accent-3", EASY, "easy", 2)):
        height = _focal_of(np.array([at]), gamma)[0]
        left.axvline(at, color=MARKER["line"], lw=THIN, zorder=0)
        points(left, np.array([[at, height]]), role, size=8, above=6)
        ha, gap = ("left", 0.03) if at < 0.5 else ("right", -0.03)
        say(left, at + gap, y, f"{n:,} {name}", role, bold=True, ha=ha)
    say(left, 0.37, 1.3, "γ = 0: cross-entropy", "muted", size=SMALL, ha="left")
    line(right, gammas, totals[:, 0] / totals.sum(axis=1), "accent-3")
    ring(right, (gamma, share), "ink", size=11, width=LINE)
    say(right, 4.9, 0.72, f"γ = {gamma:g}", bold=True, ha="right")
    say(right, 4.9, 0.6, f"easy: {easy:.3g} in all", "accent-3", bold=True, ha="right")
    say(right, 4.9, 0.48, f"hard: {hard:.3g} in all", "accent-2", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "gamma": gamma,
            "n_easy": EASY[0],
            "p_easy": EASY[1],
            "n_hard": HARD[0],
            "p_hard": HARD[1],
            "easy": easy,
            "hard": hard,
            "share": share,
            "share_first": float(totals[0, 0] / totals[0].sum()),
            "easy_less": float((1 - EASY[1]) ** -gamma),
            "hard_less": float((1 - HARD[1]) ** -gamma),
        },
    )


@figure(
    alt="Expected loss against the predicted probability where the label is 1 in {share:.0%} of "
    "cases. Cross-entropy and Brier score are least at {log_best:.2f}, the focal loss with "
    "γ = {gamma:g} at {focal_best:.3f}: it ranks rightly, but its probabilities are too low."
)
def expected_losses(*, gamma: Annotated[float, Range(0, 5)] = 2.0) -> Drawing:
    """Draw which prediction three losses reward for a label that is not certain.

    Parameters
    ----------
    gamma : float, default 2
        Focusing parameter of the focal loss.

    Returns
    -------
    Drawing
        Expected losses above their minima, each divided by its value for a prediction of a half.

    See Also
    --------
    dlcv_viz.numerics.classification_loss.focal_minimiser : Computes the third minimum.
    """
    q = np.linspace(0.3, 0.995, 140)
    best = {"cross-entropy": SHARE, "Brier score": SHARE, "focal": focal_minimiser(SHARE, gamma)}
    losses: dict[str, Elementwise] = {
        "cross-entropy": lambda p: -np.log(p),
        "Brier score": lambda p: (1 - p) ** 2,
        "focal": lambda p: _focal_of(p, gamma),
    }
    fig = canvas(NARROW, 300)
    ax = panel(fig, 30, 38, 314, 226)
    ax.set(xlim=(0.3, 1), ylim=(-0.14, 1.5), xticks=[0.3, 0.5, 0.7, 0.9], yticks=[0, 1])
    name_axes(ax, "predicted probability", "expected loss above the least")
    line(ax, np.array([SHARE, SHARE]), np.array([0, 1.5]), "edge", width=THIN, above=0)
    say(ax, 0.89, 1.42, f"true: {SHARE:g}", "muted", size=SMALL, ha="right")
    for role, (name, loss) in zip(SERIES, losses.items(), strict=False):
        every = np.append(q, [best[name], 0.5])
        expected = SHARE * loss(every) + (1 - SHARE) * loss(1 - every)
        above = (expected - expected[-2]) / (expected[-1] - expected[-2])
        line(ax, q, above[:-2], role, dashed=True)
        if name == "cross-entropy":
            _along_curve(ax, q, above[:-2], name, role, start=0.54, end=0.76)
        points(ax, np.array([[best[name], 0.0]]), role, size=7.5, above=6)
    say(ax, 1, -0.09, "Brier score", "accent-2", bold=True, ha="right")
    say(ax, best["focal"], -0.09, f"focal: {best['focal']:.2f}", "accent-3", bold=True)
    return Drawing(
        fig,
        facts={
            "share": SHARE,
            "gamma": gamma,
            "log_best": focal_minimiser(SHARE, 0),
            "focal_best": best["focal"],
            "gammas": [1.0, 2.0, 5.0],
            "minimisers": [focal_minimiser(SHARE, g) for g in (1.0, 2.0, 5.0)],
        },
    )


@figure(
    alt="Thirty points along a line, {n_dropped} of them lowered. They cut the slope of the least-"
    "squares line from {clean:.2f} to {squares:.2f}, {kept:.0%} of it; the lines by absolute and "
    "by Huber loss keep {absolute:.2f} and {huber:.2f}."
)
def outlier_regression() -> Drawing:
    """Draw lines by three losses through points with outliers, and one without these.

    Returns
    -------
    Drawing
        One panel.

    See Also
    --------
    dlcv_viz.numerics.robust_regression : Computes the lines.
    """
    x, y, is_dropped = line_with_outliers(seed=3, drop=DROP)
    clean = least_squares_line(x, y + DROP * is_dropped)
    squares, absolute = least_squares_line(x, y), least_absolute_line(x, y)
    robust = huber_line(x, y, delta=1)
    fig = canvas(NARROW, 300)
    ax = panel(fig, 30, 38, 314, 226)
    _outlier_axes(ax)
    for (slope, intercept), role, width, dashed in (
        (clean, "muted", THIN, True),
        (squares, "accent-2", STRONG, True),
        (robust, "accent-1", STRONG, False),
        (absolute, "accent-3", LINE, True),
    ):
        _fitted(ax, slope, intercept, role, width=width, dashed=dashed)
    points(ax, np.column_stack([x, y])[~is_dropped], "accent-4")
    points(ax, np.column_stack([x, y])[is_dropped], "accent-4", size=7)
    say(ax, 8.6, -5, f"lowered by {DROP:g}", "accent-4", ha="right")
    say(ax, 0, 23, "slopes", "muted", size=SMALL, ha="left")
    told = (
        (f"{clean[0]:.2f}  without the lowered", "muted"),
        (f"{robust[0]:.2f}  Huber", "accent-1"),
        (f"{absolute[0]:.2f}  absolute", "accent-3"),
        (f"{squares[0]:.2f}  squared", "accent-2"),
    )
    for row, (text, role) in enumerate(told):
        say(ax, 0, 20.9 - 2.1 * row, text, role, bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "n": len(x),
            "n_dropped": int(is_dropped.sum()),
            "drop": DROP,
            "clean": clean[0],
            "clean_intercept": clean[1],
            "squares": squares[0],
            "squares_intercept": squares[1],
            "absolute": absolute[0],
            "absolute_intercept": absolute[1],
            "huber": robust[0],
            "huber_intercept": robust[1],
            "kept": squares[0] / clean[0],
        },
    )


@figure(
    alt="A line by Huber loss with δ = {delta:g}: slope {slope:.2f}, the errors of {n_clipped} of "
    "{n} points clipped. Small δ give {first:.2f}, as the absolute loss; large ones "
    "{last:.2f}, as least squares.",
    sweep=Sweep("delta", DELTAS, label="threshold δ", start=3),
)
def huber_delta_sweep(*, delta: Annotated[float, Range(0.01, 30)] = 1.0) -> Drawing:
    """Draw the line by Huber loss with its band of quadratic errors, and the slope over δ.

    Parameters
    ----------
    delta : float, default 1
        The threshold.

    Returns
    -------
    Drawing
        Points with line and band, and the slopes for all thresholds of the sweep.

    See Also
    --------
    dlcv_viz.numerics.robust_regression.huber_line : Computes the lines.
    """
    x, y, _ = line_with_outliers(seed=3, drop=DROP)
    slope, intercept = huber_line(x, y, delta=delta)
    slopes = np.array([huber_line(x, y, delta=d)[0] for d in DELTAS])
    is_clipped = np.abs(slope * x + intercept - y) > delta
    fig = canvas(WIDE, 290)
    left, right = panel(fig, 30, 38, 244, 214), panel(fig, 336, 38, 208, 214)
    _outlier_axes(left)
    ends = np.array([-0.3, 10.3])
    middle = slope * ends + intercept
    left.fill_between(
        ends, middle - delta, middle + delta, color=MARKER["accent-1"], alpha=0.14, lw=0, zorder=0
    )
    _fitted(left, slope, intercept, "accent-1", width=STRONG)
    xy = np.column_stack([x, y])
    points(left, xy[~is_clipped], "accent-1")
    points(left, xy[is_clipped], "accent-2")
    say(left, 0, 24.2, "within δ: pull = error", "accent-1", bold=True, ha="left", va="top")
    say(left, 0, 21.9, "beyond: pull = ±δ", "accent-2", bold=True, ha="left", va="top")
    logarithmic(right, x=(0.01, 0.1, 1, 10))
    right.set(xlim=(0.007, 45), ylim=(0.7, 2.3), yticks=[1, 1.5, 2])
    name_axes(right, "threshold δ", "slope")
    line(right, np.array(DELTAS), slopes, "accent-1")
    points(right, np.column_stack([DELTAS, slopes]), "accent-1")
    ring(right, (delta, slope), "ink", size=11, width=LINE)
    say(right, 0.01, 1.9, "as by the\nabsolute loss", "muted", size=SMALL, ha="left", va="top")
    say(right, 8, 0.88, "as by least squares", "muted", size=SMALL, ha="right")
    say(right, 0.01, 1.2, f"δ = {delta:g}", bold=True, ha="left")
    say(right, 0.01, 1.07, f"slope {slope:.2f}", bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "delta": delta,
            "slope": slope,
            "intercept": intercept,
            "n": len(x),
            "n_clipped": int(is_clipped.sum()),
            "n_within": int((~is_clipped).sum()),
            "deltas": DELTAS,
            "slopes": slopes.tolist(),
            "first": float(slopes[0]),
            "last": float(slopes[-1]),
            "classic": CLASSIC,
            "efficiency": huber_efficiency(CLASSIC),
        },
    )


@figure(alt="A steep loss and a flat one of the same error, {error:g}, each with its slope there.")
def thumbnail() -> Drawing:
    """Draw the module's card: two losses, and how hard each pulls at the same error.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    e, at = np.linspace(-3.4, 3.4, 171), 2.4
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    ax.set(xlim=(-3.4, 3.4), ylim=(-0.5, 4.2))
    ax.axhline(0, color=MARKER["line"], lw=THIN, zorder=0)
    for role, loss, gradient in (
        ("accent-1", lambda v: v**2 / 2, lambda v: v),
        ("accent-2", huber, huber_gradient),
    ):
        place = np.array([at])
        here, slope = float(loss(place)[0]), float(gradient(place)[0])
        line(ax, e, loss(e), role, width=STRONG)
        arrow(ax, (at, here), (at - slope, here), role, width=3, head=10)
        points(ax, np.array([[at, here]]), role, size=10, above=8)
    return Drawing(fig, facts={"error": at})


@example
def regression_four() -> Facts:
    """Compute three regression losses of four predictions.

    Returns
    -------
    Facts
        Errors and terms, a list a column, the means, and what squaring the mean error would give.
    """
    y, y_hat = np.array([3.0, -0.5, 2.0, 7.0]), np.array([2.5, 0.0, 2.0, 8.0])
    e = y_hat - y
    return {
        "y": y,
        "y_hat": y_hat,
        "e": e,
        "squared": e**2,
        "absolute": np.abs(e),
        "huber_terms": huber(e),
        "mse": mse(y, y_hat),
        "rmse": np.sqrt(mse(y, y_hat)),
        "mae": mae(y, y_hat),
        "huber": huber(e).mean(),
        "narrow": 0.75,
        "huber_narrow": huber(e, 0.75).mean(),
        "mse_gradient": mse_gradient(y, y_hat),
        "mae_gradient": mae_gradient(y, y_hat),
        "mean_error": e.mean(),
        "mean_error_squared": e.mean() ** 2,
        "unhalved": np.where(np.abs(e) <= 1, e**2, np.abs(e) - 0.5).mean(),
    }


@example
def one_error() -> Facts:
    """Compare three losses of one growing error.

    Returns
    -------
    Facts
        A list a column.
    """
    e = np.array([0.5, 1.0, 2.0, 4.0, 10.0])
    return {"e": e, "half_squared": e**2 / 2, "absolute": np.abs(e), "huber": huber(e)}


@example
def mean_and_median() -> Facts:
    """Judge two predictions for five skewed values by two losses.

    Returns
    -------
    Facts
        Sums of squares and of absolute errors at the mean and at the median.
    """
    mean, median = float(SKEWED.mean()), float(np.median(SKEWED))
    return {
        "data": SKEWED,
        "mean": mean,
        "median": median,
        "squares_at_mean": ((mean - SKEWED) ** 2).sum(),
        "squares_at_median": ((median - SKEWED) ** 2).sum(),
        "absolute_at_mean": np.abs(mean - SKEWED).sum(),
        "absolute_at_median": np.abs(median - SKEWED).sum(),
        "n_below": int((median > SKEWED).sum()),
        "n_above": int((median < SKEWED).sum()),
        "below_mean": int((mean > SKEWED).sum()),
        "above_mean": int((mean < SKEWED).sum()),
    }


@example
def order_quantity() -> Facts:
    """Choose how much to order when a missing unit costs more than a spare one.

    Returns
    -------
    Facts
        Demands in order, the quantile, and the mean cost of ordering it and of ordering the mean.
    """
    demand = np.array([9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 18.0, 20.0])
    missing, spare = 3.0, 1.0
    tau = missing / (missing + spare)
    best = float(np.quantile(demand, tau, method="inverted_cdf"))

    def cost(order: float) -> float:
        return float((missing + spare) * pinball(order - demand, tau).mean())

    return {
        "demand": demand,
        "n": len(demand),
        "missing": missing,
        "spare": spare,
        "tau": tau,
        "best": best,
        "mean": demand.mean(),
        "cost_best": cost(best),
        "cost_mean": cost(float(demand.mean())),
        "cost_less": cost(best - 1),
        "cost_more": cost(best + 1),
        "n_enough": int((demand <= best).sum()),
    }


@example
def bce_ladder() -> Facts:
    """Compute the cross-entropy of falling probabilities of the label.

    Returns
    -------
    Facts
        A list a column, and the loss at 0.1 by a wrong logarithm.
    """
    p = np.array([0.9, 0.6, 0.5, 0.1, 0.01, 0.001])
    return {
        "p": p,
        "loss": binary_cross_entropy(p, np.ones(6)),
        "step": float(np.log(10)),
        "decimal": -np.log10(p[3]),
        "squared": (1 - p) ** 2,
    }


@example
def saturated_neuron() -> Facts:
    """Compare the pulls of two losses on a sigmoid that is sure and wrong.

    Returns
    -------
    Facts
        Logit, slope, both gradients and their ratio, and two descents from a like start.
    """
    p, yes, few, many = 0.001, np.array(1), 20, 300
    z, start = np.log(p) - np.log1p(-p), -7.0
    squared = float(half_squared_sigmoid_gradient(z, yes))
    plain = float(bce_gradient(z, yes))
    lifted = _recovery(bce_gradient, start, many)
    stuck = _recovery(half_squared_sigmoid_gradient, start, many)
    return {
        "p": p,
        "z": z,
        "error": p - 1,
        "slope": float(sigmoid_derivative(z)),
        "squared": squared,
        "bce": plain,
        "ratio": plain / squared,
        "start": start,
        "rate": RECOVERY_RATE,
        "few": few,
        "many": many,
        "bce_20": lifted[few],
        "bce_300": lifted[many],
        "mse_20": stuck[few],
        "mse_300": stuck[many],
    }


@example
def softmax_three() -> Facts:
    """Compute loss and gradient of three logits for two different labels, and with smoothing.

    Returns
    -------
    Facts
        Every step, from exponentials to gradients.
    """
    z, epsilon = np.array([2.0, 1.0, 0.1]), 0.1
    first, last = one_hot(np.array([0, 2]), 3)
    soft = smooth_labels(first, epsilon)
    return {
        "index": [0, 1, 2],
        "z": z,
        "exp": np.exp(z),
        "total": np.exp(z).sum(),
        "log_total": float(log_sum_exp(z)),
        "p": softmax(z),
        "loss_first": float(cross_entropy_with_logits(z, first)),
        "loss_last": float(cross_entropy_with_logits(z, last)),
        "gradient_first": cross_entropy_gradient(z, first),
        "gradient_last": cross_entropy_gradient(z, last),
        "epsilon": epsilon,
        "soft": soft,
        "loss_soft": float(cross_entropy_with_logits(z, soft)),
        "gradient_soft": cross_entropy_gradient(z, soft),
        "log_3": np.log(3),
        "twice": float(cross_entropy_with_logits(softmax(z), first)),
    }


@example
def overflow() -> Facts:
    """Compute the cross-entropy of a sure and wrong logit in two ways.

    Returns
    -------
    Facts
        Loss from the logit, and what is left of the probability that a logarithm would be taken of.
    """
    z, no = np.array(100.0), np.array(0)
    return {"z": float(z), "loss": float(bce_with_logits(z, no)), "left": 1 - float(sigmoid(z))}


@example
def untrained() -> Facts:
    """Compute the loss of a classifier that finds all classes equally likely.

    Returns
    -------
    Facts
        A list a column.
    """
    classes = [2, 10, 100, 1000]
    losses = [
        float(cross_entropy_with_logits(np.zeros(n), one_hot(np.array(0), n))) for n in classes
    ]
    return {"classes": classes, "loss": losses}


@example
def weighted_two() -> Facts:
    """Average the losses of two samples whose classes weigh differently.

    Returns
    -------
    Facts
        Both losses, their weighted mean, and two other averages.
    """
    z, labels = np.array([[2.0, 1.0, 0.1]] * 2), np.array([0, 2])
    weights = np.array([1.0, 1.0, 3.0])
    losses = cross_entropy_with_logits(z, one_hot(labels, 3))
    return {
        "losses": losses,
        "weights": weights[labels],
        "total": weights[labels].sum(),
        "mean": weighted_cross_entropy(z, labels, weights),
        "plain": losses.mean(),
        "by_count": weights[labels] @ losses / 2,
        "times": weights[labels].sum() / 2,
    }


@example
def surprise() -> Facts:
    """Take the cross-entropy of two distributions apart.

    Returns
    -------
    Facts
        Entropy, cross-entropy and divergence, and the divergence the other way round.
    """
    y, p = np.array([0.5, 0.3, 0.2]), np.array([0.4, 0.4, 0.2])
    return {
        "y": y,
        "p": p,
        "entropy": float(entropy(y)),
        "cross_entropy": cross_entropy(y, p),
        "kl": kl_divergence(y, p),
        "back": kl_divergence(p, y),
    }


@example
def hinge_four() -> Facts:
    """Compute the hinge loss of four scores.

    Returns
    -------
    Facts
        A list a column.
    """
    y, z = np.array([1, 1, 1, -1]), np.array([2.0, 0.5, -1.0, 0.3])
    return {"y": y, "z": z, "margin": y * z, "loss": hinge(z, y)}


@example
def focal_table() -> Facts:
    """Compare the focal loss with the cross-entropy, from easy samples to hard ones.

    Returns
    -------
    Facts
        A list a column.
    """
    p = np.array([0.9, 0.6, 0.5, 0.1])
    plain, focused = _focal_of(p, 0), _focal_of(p, 2)
    return {"p": p, "plain": plain, "focal": focused, "ratio": plain / focused}


@example
def dice_six() -> Facts:
    """Compute the soft Dice loss of six pixels, with both denominators.

    Returns
    -------
    Facts
        Masks, sums, coefficients and losses.
    """
    p, g = np.array([0.9, 0.8, 0.3, 0.2, 0.1, 0.0]), np.array([1.0, 1.0, 1.0, 0.0, 0.0, 0.0])
    return {
        "p": p,
        "g": g,
        "product": p * g,
        "overlap": p @ g,
        "sum_p": p.sum(),
        "sum_g": g.sum(),
        "sum_p2": p @ p,
        "loss": soft_dice(p, g),
        "coefficient": 1 - soft_dice(p, g),
        "loss_squared": soft_dice(p, g, is_squared=True),
        "coefficient_squared": 1 - soft_dice(p, g, is_squared=True),
    }


@example
def embeddings() -> Facts:
    """Compute a triplet loss for two negatives, and a contrastive loss of both kinds.

    Returns
    -------
    Facts
        Squared distances and losses.
    """
    anchor, positive = np.zeros(2), np.array([0.6, 0.8])
    far, near = np.array([0.9, 1.2]), np.array([0.6, 0.9])
    margin, wide, d = 0.2, 1.0, np.array([0.5, 0.5])
    pair = contrastive(d, np.array([0, 1]), margin=wide)
    return {
        "positive": positive,
        "far": far,
        "near": near,
        "d2_positive": positive @ positive,
        "d2_far": far @ far,
        "d2_near": near @ near,
        "margin": margin,
        "loss_far": float(triplet(anchor, positive, far, margin=margin)),
        "loss_near": float(triplet(anchor, positive, near, margin=margin)),
        "short": positive @ positive - near @ near + margin,
        "long": positive @ positive - far @ far + margin,
        "wide": wide,
        "d": float(d[0]),
        "similar": float(pair[0]),
        "dissimilar": float(pair[1]),
    }


def _along_curve(
    ax: Axes,
    x: FloatArray,
    y: FloatArray,
    name: str,
    role: str,
    *,
    start: float,
    end: float,
    lower: float = 0.0,
) -> None:
    """Name a curve along its chord; below a curve that bends up the name has to be lower."""
    ends = np.array([start, end])
    here, there = np.column_stack([ends, np.interp(ends, x, y) - lower])
    along(ax, here, there, name, role, below=lower > 0)


def _outlier_axes(ax: Axes) -> None:
    ax.set(xlim=(-0.3, 10.3), ylim=(-8, 24.5), xticks=[0, 5, 10], yticks=[0, 10, 20])
    name_axes(ax, "x", "y")


def _fitted(
    ax: Axes, slope: float, intercept: float, role: str, *, width: float, dashed: bool = False
) -> None:
    x = np.array([-0.3, 10.3])
    line(ax, x, slope * x + intercept, role, width=width, dashed=dashed)


def _focal_of(p: FloatArray, gamma: float) -> FloatArray:
    """Return the focal loss of the probabilities given to the label."""
    return focal(np.log(p) - np.log1p(-p), np.ones(len(p), int), gamma=gamma)


def _totals(gamma: float) -> tuple[float, float]:
    """Return the focal losses of all easy and of all hard samples."""
    easy, hard = _focal_of(np.array([EASY[1], HARD[1]]), gamma)
    return EASY[0] * float(easy), HARD[0] * float(hard)


def _jumping(ax: Axes, x: FloatArray, y: FloatArray, role: str) -> None:
    """Draw a curve that may jump; a line between the two sides would not be part of it."""
    jumps = np.flatnonzero(np.abs(np.diff(y)) > 0.5)
    for part_x, part_y in zip(np.split(x, jumps + 1), np.split(y, jumps + 1), strict=True):
        line(ax, part_x, part_y, role, width=STRONG)


def _recovery(
    gradient: Callable[[FloatArray, FloatArray], FloatArray], start: float, n_steps: int = 3000
) -> FloatArray:
    """Return the probability of the label 1 at the start and after every step."""
    yes = np.array(1.0)
    path = gradient_descent(
        lambda z: gradient(z, yes), np.array(start), learning_rate=RECOVERY_RATE, n_steps=n_steps
    )
    return sigmoid(path)
