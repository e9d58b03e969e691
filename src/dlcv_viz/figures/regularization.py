"""Figures and worked examples of the module *Regularization*."""

from functools import cache
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle
from numpy.polynomial.legendre import legvander

from dlcv_viz.data.moons import two_moons
from dlcv_viz.draw.canvas import (
    HAIR,
    LINE,
    NARROW,
    SMALL,
    STRONG,
    THIN,
    WIDE,
    canvas,
    equal_units,
    logarithmic,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.contours import basin
from dlcv_viz.draw.curves import limit, zero_lines
from dlcv_viz.draw.marks import line, number, points, ring, say, scientific
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.dropout import (
    all_masks,
    classic_dropout,
    geometric_mean,
    inverted_dropout,
    mixup,
)
from dlcv_viz.numerics.generalization import BiasVariance, early_stopping, regularised_descent
from dlcv_viz.numerics.network import Network, forward, random_network
from dlcv_viz.numerics.penalized_regression import (
    descent_factors,
    lasso,
    penalized_minimum,
    ridge,
    shrinkage_factors,
)
from dlcv_viz.numerics.regularization import (
    gaussian_penalty,
    l1_penalty,
    l2_penalty,
    laplace_penalty,
    soft_threshold,
    weight_decay_step,
)
from dlcv_viz.numerics.softmax import softmax
from dlcv_viz.numerics.training import binary_cross_entropy
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

N_POINTS, DEGREE, NOISE = 15, 12, 0.25  # of the curve that is fitted
STRENGTHS = (0.0, *(float(f"{10 ** (k / 2):.2g}") for k in range(-16, 5)))
ZERO_AT = -10.0  # where 0 stands on an axis of powers of ten
POWERS = ((ZERO_AT, "0"), (-8, "10⁻⁸"), (-4, "10⁻⁴"), (0, "1"), (2, "100"))
HESSIAN, CENTRE = np.array([[1.0, 0.3], [0.3, 1.0]]), np.array([1.5, 0.4])
THREE = (0.2, 0.5, 0.8)  # strengths whose solutions are marked
TRUE = np.array([3.0, -2.0, 1.5, 0, 0, 0, 0, 0])
CHOSEN = 0.3  # strength at which both paths are read
LAYER, DROP = np.array([1.0, 2.0, 0.5, 1.5]), 0.5
RATE, N_STEPS, EVERY = 0.5, 600, 5  # of the network that overfits
DECAY = 0.003
PATIENCE = 60  # steps
SERIES = ("accent-1", "accent-2", "accent-3")


@figure(
    alt="The same {n} points fitted three times by a polynomial of degree {degree}. Without a "
    "penalty the curve hits the points and shoots off between them, test error {test[0]:.0f}; with "
    "{strengths[1]:g} it follows the sine, {test[1]:.3f}; with {strengths[2]:g} it is too flat, "
    "{test[2]:.2f}."
)
def overfit_vs_ridge() -> Drawing:
    """Draw one polynomial fitted with no penalty, a little and too much.

    Returns
    -------
    Drawing
        Three panels on the same scales; the fits are cut off at the frame.

    See Also
    --------
    dlcv_viz.numerics.penalized_regression.ridge : Fits them.
    """
    strengths = (0.0, 0.01, 10.0)
    fits = [_fit(strength) for strength in strengths]
    fig = canvas(WIDE, 244)
    for place, (strength, fit) in enumerate(zip(strengths, fits, strict=True)):
        ax = panel(fig, 30 + 182 * place, 38, 152, 148)
        _curve_axes(ax, fit, SERIES[place])
        name_axes(ax, "x", "" if place else "y")
        if place:
            ax.set_yticklabels([])
        name_panel(
            ax,
            f"λ = {strength:g}",
            rise=22,
            note=f"train {fit.train:.2g}, test {fit.test:.3g}",
        )
    return Drawing(
        fig,
        facts={
            "n": N_POINTS,
            "degree": DEGREE,
            "noise": NOISE,
            "strengths": strengths,
            "train": [fit.train for fit in fits],
            "test": [fit.test for fit in fits],
            "size": [float(np.linalg.norm(fit.w)) for fit in fits],
            "df": [fit.df for fit in fits],
            "best_of_all": min(_fit(strength).test for strength in STRENGTHS),
        },
    )


@figure(
    alt="With λ = {told} the training error is {train:.2g} and the test error {test:.3g}. The "
    "training error rises with λ throughout; the test error falls from {test_first:.0f} to "
    "{test_best:.3f}, and rises again.",
    sweep=Sweep("strength", STRENGTHS, "strength λ", start=13),
)
def ridge_lambda_sweep(*, strength: Annotated[float, Range(0, 100)] = 0.01) -> Drawing:
    """Draw a fit, its weights and its place on the curve of errors.

    Parameters
    ----------
    strength : float, default 0.01
        Of the penalty, beside the sum of squared errors.

    Returns
    -------
    Drawing
        Three panels; the weights on a scale that is linear within 0.1 and logarithmic beyond.

    See Also
    --------
    dlcv_viz.numerics.penalized_regression.ridge : Fits them.
    """
    fit, every = _fit(strength), [_fit(each) for each in STRENGTHS]
    train, test = (np.array([getattr(f, name) for f in every]) for name in ("train", "test"))
    fig = canvas(WIDE, 262)
    left, middle, right = (
        panel(fig, x, 40, w, 168) for x, w in ((26, 148), (214, 118), (380, 166))
    )
    _curve_axes(left, fit, "accent-1")
    name_axes(left, "x", "y")
    name_panel(left, f"λ = {_told(strength)}", rise=24, note="fit to the points")
    middle.set_yscale("symlog", linthresh=0.1)
    middle.set(xlim=(0.2, DEGREE + 0.8), ylim=(-30, 30), xticks=[1, 6, 12])
    middle.set_yticks([-10, -1, 0, 1, 10], ["−10", "−1", "0", "1", "10"])
    middle.minorticks_off()
    middle.axhline(0, color=MARKER["line"], lw=HAIR, zorder=0)
    middle.bar(range(1, DEGREE + 1), fit.w, width=0.66, color=MARKER["accent-1"], zorder=2)
    name_axes(middle, "degree", "weight")
    name_panel(middle, "its weights", rise=24, note=f"{fit.df:.1f} effective parameters")
    _power_axis(right)
    logarithmic(right, y=(0.01, 1, 100))
    right.set(ylim=(0.001, 400))
    name_axes(right, "strength λ", "mean squared error")
    at = np.array([_power(each) for each in STRENGTHS])
    line(right, at, train, "accent-2", dashed=True)
    line(right, at, test, "accent-3", width=STRONG)
    say(right, -9.8, 0.006, "training", "accent-2", bold=True, ha="left")
    name_panel(right, "all strengths", rise=24, note="the line is where you are")
    say(right, -9.8, 35, "test", "accent-3", bold=True, ha="left")
    for errors, role in ((fit.train, "accent-2"), (fit.test, "accent-3")):
        points(right, np.array([[_power(strength), errors]]), role, size=8, above=6)
    right.axvline(_power(strength), color=MARKER["edge"], lw=THIN, zorder=1)
    best = int(test.argmin())
    return Drawing(
        fig,
        facts={
            "strength": strength,
            "told": _told(strength),
            "train": fit.train,
            "test": fit.test,
            "df": fit.df,
            "size": float(np.linalg.norm(fit.w)),
            "n_weights": DEGREE,
            "train_all": train.tolist(),
            "test_all": test.tolist(),
            "test_first": float(test[0]),
            "test_last": float(test[-1]),
            "test_best": float(test[best]),
            "best": STRENGTHS[best],
        },
    )


@figure(
    alt="Contours of a loss with the solutions under both penalties. With L1 the second weight "
    "falls to {l1_second[1]:.3f} and then to exactly {l1_second[2]:g}, a corner of the diamond; "
    "with L2 it is still {l2_second[2]:.2f}, on the disc."
)
def l1_l2_geometry() -> Drawing:
    """Draw where two penalties lead on one loss of two weights.

    Returns
    -------
    Drawing
        L1 on the left, L2 on the right, each with its solutions for three strengths and the set
        of weights whose penalty is that of the last.

    See Also
    --------
    dlcv_viz.numerics.penalized_regression.penalized_minimum : Finds them.
    """
    w = np.linspace(-1.3, 2.4, 120)
    offset = np.stack(np.meshgrid(w, w), axis=-1) - CENTRE
    loss = np.einsum("...i,ij,...j", offset, HESSIAN, offset) / 2
    found = {}
    fig = canvas(WIDE, 300)
    for place, (kind, name) in enumerate((("l1", "L1: a corner"), ("l2", "L2: no corner"))):
        role = SERIES[place]
        ax = panel(fig, 24 + 282 * place, 38, 242, 222)
        equal_units(ax, -0.95, 2.15, middle=0.2)
        ax.set(xticks=[0, 1, 2], yticks=[-1, 0, 1])
        name_axes(ax, "w₁", "w₂")
        name_panel(ax, name, rise=22)
        zero_lines(ax)
        basin(ax, w, w, loss, np.array([0.05, 0.15, 0.31, 0.55, 0.9, 1.4]), role="accent-4")
        path = np.array([_solution(kind, s) for s in np.geomspace(0.002, 300, 200)])
        line(ax, path[:, 0], path[:, 1], role)
        marked = np.array([_solution(kind, s) for s in THREE])
        reach = float(np.abs(marked[-1]).sum() if kind == "l1" else np.linalg.norm(marked[-1]))
        if kind == "l1":
            diamond = np.array([[reach, 0], [0, reach], [-reach, 0], [0, -reach]])
            ax.fill(*diamond.T, color=MARKER[role], alpha=0.2, lw=0, zorder=1)
            x, y = np.vstack([diamond, diamond[:1]]).T
            line(ax, x, y, role, width=THIN)
        else:
            ax.add_patch(Circle((0, 0), reach, color=MARKER[role], alpha=0.2, lw=0, zorder=1))
            turn = np.linspace(0, 2 * np.pi, 121)
            line(ax, reach * np.cos(turn), reach * np.sin(turn), role, width=THIN)
        points(ax, marked, role, size=8, above=6)
        ring(ax, CENTRE, "ink", size=8, width=LINE)
        say(ax, CENTRE[0] + 0.1, CENTRE[1] + 0.1, "λ = 0", ha="left", va="bottom", halo=True)
        end = marked[-1]
        say(
            ax,
            end[0] + 0.06,
            end[1] - 0.14,
            f"λ = {THREE[-1]:g}",
            role,
            bold=True,
            ha="left",
            halo=True,
        )
        found[kind] = marked
    return Drawing(
        fig,
        facts={
            "strengths": THREE,
            "centre": CENTRE.tolist(),
            "l1_first": found["l1"][:, 0].tolist(),
            "l1_second": found["l1"][:, 1].tolist(),
            "l2_first": found["l2"][:, 0].tolist(),
            "l2_second": found["l2"][:, 1].tolist(),
        },
    )


@figure(
    alt="Eight weights against the strength of a penalty. At {chosen:g} the lasso has kept "
    "{n_lasso} weights, the {n_true} that matter, and set {n_zero} to exactly 0; ridge has kept "
    "all {n_ridge}, the least of them {least:.3f}."
)
def lasso_ridge_paths() -> Drawing:
    """Draw all weights of two penalized fits as the penalty grows.

    Returns
    -------
    Drawing
        Lasso on the left, ridge on the right; both strengths beside half the mean squared error.

    See Also
    --------
    dlcv_viz.numerics.penalized_regression.lasso : Computes the left panel.
    """
    X, y = _eight_columns()
    at, fig = {}, canvas(WIDE, 286)
    for place, (name, fit, times) in enumerate((("lasso", lasso, 1), ("ridge", ridge, len(y)))):
        ax = panel(fig, 30 + 276 * place, 38, 240, 196)
        logarithmic(ax, x=(0.01, 0.1, 1, 10))
        ax.set(xlim=(0.01, 10), ylim=(-2.6, 3.6), yticks=[-2, 0, 2])
        name_axes(ax, "strength λ", "weight")
        name_panel(ax, name, rise=24)
        ax.axhline(0, color=MARKER["line"], lw=HAIR, zorder=0)
        strengths = np.geomspace(0.01, 10, 70)
        path = np.array([fit(X, y, times * s) for s in strengths])
        for column in range(len(TRUE))[::-1]:
            matters = TRUE[column] != 0
            role = SERIES[column] if matters else "edge"
            width = STRONG if matters else THIN
            line(ax, strengths, path[:, column], role, width=width, dashed=matters)
        ax.axvline(CHOSEN, color=MARKER["edge"], lw=THIN, ls=(0, (4, 3)), zorder=1)
        say(ax, CHOSEN * 1.12, 3.4, f"λ = {CHOSEN:g}", "muted", size=SMALL, ha="left", va="top")
        for column, height in enumerate((2.6, -1.7, 1.15)):
            name_of = f"w{'₁₂₃'[column]}"
            say(ax, 0.012, height, name_of, SERIES[column], bold=True, ha="left", va="center")
        say(ax, 0.012, 0.5, "five that do not matter", "muted", size=SMALL, ha="left")
        at[name] = fit(X, y, times * CHOSEN)
    return Drawing(
        fig,
        facts={
            "n": len(y),
            "chosen": CHOSEN,
            "truth": TRUE.tolist(),
            "n_true": int(np.count_nonzero(TRUE)),
            "lasso": at["lasso"].tolist(),
            "ridge": at["ridge"].tolist(),
            "n_lasso": int(np.count_nonzero(at["lasso"])),
            "n_zero": int((at["lasso"] == 0).sum()),
            "n_ridge": int(np.count_nonzero(at["ridge"])),
            "least": float(np.abs(at["ridge"]).min()),
        },
    )


@figure(
    alt="All {n_masks} masks of a layer of {n} units, each above the total that it lets through, "
    "from {least:g} to {most:g}. Their mean is {mean:g}, the total without dropout; the standard "
    "deviation is {deviation:.2f}."
)
def dropout_masks() -> Drawing:
    """Draw every mask of four units above the total output that it gives.

    Returns
    -------
    Drawing
        Inverted dropout with p = 0.5; a square a unit, with what it sends on.

    See Also
    --------
    dlcv_viz.numerics.dropout.inverted_dropout : Computes them.
    """
    masks = all_masks(len(LAYER))
    outputs = inverted_dropout(LAYER, DROP, masks)
    totals = outputs.sum(axis=1)
    mean, deviation = float(totals.mean()), float(totals.std())
    fig = canvas(WIDE, 244)
    ax = panel(fig, 12, 38, 536, 156)
    step, side = 536 / 11.6, 20.0
    ax.set(xlim=(-0.8, 10.8), ylim=(-44, 112), xticks=[0, 5, 10], yticks=[])
    ax.spines["left"].set_visible(False)
    name_axes(ax, "total output of the layer")
    name_panel(
        ax,
        f"{len(masks)} masks of {len(LAYER)} units",
        note="a filled unit is kept, and sends on twice its activation",
    )
    seen: dict[float, int] = {}
    for sent, total in zip(outputs, totals, strict=True):
        floor = 6 + 50 * seen.get(float(total), 0)
        seen[float(total)] = seen.get(float(total), 0) + 1
        for unit, value in enumerate(sent):
            x = total + (unit % 2 - 1) * (side + 1) / step
            y = floor + (1 - unit // 2) * (side + 1)
            _cell(ax, (x, y), side / step, float(value))
    ends = np.array([mean - deviation, mean + deviation])
    line(ax, ends, np.full(2, -22.0), "accent-2", width=STRONG)
    points(ax, np.array([[mean, -22.0]]), "accent-2", size=9, above=6)
    say(
        ax, ends[1] + 0.2, -22, f"mean {mean:g} ± {deviation:.2f}", "accent-2", bold=True, ha="left"
    )
    return Drawing(
        fig,
        facts={
            "a": LAYER.tolist(),
            "n": len(LAYER),
            "drop": DROP,
            "n_masks": len(masks),
            "least": float(totals.min()),
            "most": float(totals.max()),
            "mean": mean,
            "deviation": deviation,
            "variance": deviation**2,
            "squares": float((LAYER**2).sum()),
        },
    )


@figure(
    alt="Losses of a network while it trains. Validation is best at step {best}, with "
    "{best_loss:.3f}, and ends at {end_loss:.3f}, while the training loss falls to "
    "{end_train:.3f}. With weight decay it ends at {decay_loss:.3f}, with dropout at "
    "{drop_loss:.3f}."
)
def early_stopping_curve() -> Drawing:
    """Draw the losses of a network that overfits, and of two that are held back.

    Returns
    -------
    Drawing
        Training and validation on the left, three validation losses on the right.

    See Also
    --------
    dlcv_viz.numerics.generalization.early_stopping : Finds the step to keep.
    """
    plain, decayed, dropped = _run(), _run(strength=DECAY), _run(drop=DROP)
    steps = np.arange(0.0, N_STEPS + 1, EVERY)
    best, stop = early_stopping(plain[1], PATIENCE // EVERY)
    fig = canvas(WIDE, 280)
    left, right = panel(fig, 32, 38, 230, 196), panel(fig, 314, 38, 230, 196)
    for ax, name in ((left, "one network, two losses"), (right, "three networks, validation")):
        ax.set(xlim=(0, N_STEPS), ylim=(0, 0.75), xticks=[0, 300, 600], yticks=[0, 0.25, 0.5, 0.75])
        name_axes(ax, "step", "loss")
        name_panel(ax, name, rise=22)
    line(left, steps, plain[0], "accent-2", dashed=True)
    line(left, steps, plain[1], "accent-1", width=STRONG)
    left.axvline(steps[stop], color=MARKER["edge"], lw=THIN, ls=(0, (4, 3)), zorder=1)
    points(left, np.array([[steps[best], plain[1][best]]]), "accent-3", size=10, above=6)
    say(
        left,
        steps[stop] - 30,
        0.42,
        f"keep step {steps[best]:g}",
        "accent-3",
        bold=True,
        ha="right",
    )
    say(left, steps[stop] + 16, 0.7, "patience is over", "muted", size=SMALL, ha="left", va="top")
    say(left, 590, 0.55, "validation", "accent-1", bold=True, ha="right")
    say(left, 590, 0.045, "training", "accent-2", bold=True, ha="right")
    line(right, steps, plain[1], "accent-1", width=STRONG)
    line(right, steps, decayed[1], "accent-3", dashed=True)
    line(right, steps, dropped[1], "accent-4", dashed=True)
    say(right, 590, 0.55, "neither", "accent-1", bold=True, ha="right")
    say(right, 590, 0.37, "dropout", "accent-4", bold=True, ha="right")
    say(right, 590, 0.24, "weight decay", "accent-3", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "n": 30,
            "n_validation": 400,
            "n_hidden": 64,
            "n_steps": N_STEPS,
            "patience": PATIENCE,
            "rate": RATE,
            "decay": DECAY,
            "drop": DROP,
            "best": int(steps[best]),
            "stop": int(steps[stop]),
            "best_loss": float(plain[1][best]),
            "end_loss": float(plain[1][-1]),
            "end_train": float(plain[0][-1]),
            "best_right": float(plain[2][best]),
            "end_right": float(plain[2][-1]),
            "decay_loss": float(decayed[1][-1]),
            "drop_loss": float(dropped[1][-1]),
        },
    )


@figure(
    alt="Bias, variance and their sum over {n_sets} training sets. From λ = {low:g} to {high:g} "
    "the variance falls from {variance_first:.3f} to {variance_last:.3f}, the squared bias "
    "rises from {bias_first:.4f} to {bias_last:.2f}; the sum is least at {best:g}."
)
def bias_variance() -> Drawing:
    """Draw the two parts of the error against the strength of a ridge penalty.

    Returns
    -------
    Drawing
        One panel with logarithmic axes; many sets of targets at the same places.

    See Also
    --------
    dlcv_viz.numerics.generalization.BiasVariance : Takes the error apart.
    """
    strengths, rng, n_sets = STRENGTHS[9:], np.random.default_rng(1), 300
    x, _ = _points()
    truth, grid = np.sin(np.pi * x), np.linspace(x[0], x[-1], 200)
    noise = rng.normal(0, NOISE, (n_sets // 2, len(x)))
    targets = truth + np.concatenate([noise, -noise])  # in pairs, so that the mean fit is exact
    parts = []
    for strength in strengths:
        units = [_Fit(x, unit, strength).at(grid) for unit in np.eye(len(x))]
        spread = targets @ np.array(units)  # a ridge fit is linear in the targets
        parts.append(BiasVariance.of(spread, np.sin(np.pi * grid), NOISE**2))
    bias, variance = (
        np.array([getattr(p, n) for p in parts]) for n in ("bias_squared", "variance")
    )
    both, at = bias + variance, np.log10(strengths)
    best = int(both.argmin())
    fig = canvas(NARROW, 300)
    ax = panel(fig, 38, 38, 306, 222)
    ax.set(xlim=(-4, 2), xticks=[-4, -2, 0, 2])
    ax.set_xticklabels(["10⁻⁴", "0.01", "1", "100"])
    logarithmic(ax, y=(0.001, 0.01, 0.1, 1, 10))
    ax.set(ylim=(0.0008, 40))
    name_axes(ax, "strength λ", "mean squared error")
    line(ax, at, bias, "accent-1")
    line(ax, at, variance, "accent-2", dashed=True)
    line(ax, at, both, width=STRONG)
    limit(ax, NOISE**2)
    say(ax, -2.7, 6, "the sum", bold=True, ha="left")
    say(ax, -2.6, 0.005, "bias²", "accent-1", bold=True, ha="left")
    say(ax, 1.9, 0.009, "variance", "accent-2", bold=True, ha="right")
    say(ax, -3.9, NOISE**2 * 1.18, "noise", "muted", size=SMALL, ha="left", va="bottom")
    points(ax, np.array([[at[best], both[best]]]), "accent-3", size=10, above=6)
    return Drawing(
        fig,
        facts={
            "n_sets": n_sets,
            "low": strengths[0],
            "high": strengths[-1],
            "best": strengths[best],
            "noise": NOISE**2,
            "variance_first": float(variance[0]),
            "variance_last": float(variance[-1]),
            "bias_first": float(bias[0]),
            "bias_last": float(bias[-1]),
            "bias_best": float(bias[best]),
            "variance_best": float(variance[best]),
        },
    )


@figure(alt="A wild curve through all of {n} points, and a calm one that misses most of them.")
def thumbnail() -> Drawing:
    """Draw the module's card: a fit that was left alone, and one that was held back.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    ax.set(xlim=(-1.08, 1.0), ylim=(-1.9, 1.9))
    x = np.linspace(-1, 0.95, 400)
    for strength, role, width in ((1e-4, "accent-2", LINE), (0.01, "accent-1", 4.0)):
        line(ax, x, _fit(strength).at(x), role, width=width)
    points(ax, np.column_stack(_points()), "accent-4", size=9, above=6)
    return Drawing(fig, facts={"n": N_POINTS})


@example
def l2_step() -> Facts:
    """Take one step on a weight, without a penalty and with three.

    Returns
    -------
    Facts
        The weight after each, and what is left of a weight that only decays.
    """
    w, gradient, rate, strength = np.array([5.0]), np.array([0.1]), 0.1, 0.01
    few, many = 100, 1000

    def after(by: float) -> float:
        return float(weight_decay_step(w, gradient, learning_rate=rate, strength=by)[0])

    factor = 1 - 2 * rate * strength
    return {
        "w": w[0],
        "gradient": gradient[0],
        "rate": rate,
        "strength": strength,
        "factor": factor,
        "none": after(0),
        "l2": after(strength),
        "half": after(strength / 2),
        "l1": float((w - rate * (gradient + l1_penalty(w, strength)[1]))[0]),
        "l2_pull": l2_penalty(w, strength)[1][0],
        "few": few,
        "many": many,
        "left_few": factor**few,
        "left_many": factor**many,
    }


@example
def shrinkage_compare() -> Facts:
    """Shrink four numbers by three penalties.

    Returns
    -------
    Facts
        A list a column.
    """
    rho, strength, l1, l2 = np.array([3.0, -1.2, 0.4, -0.1]), 0.5, 0.3, 0.2
    return {
        "rho": rho,
        "strength": strength,
        "l1": l1,
        "l2": l2,
        "divisor": 1 + strength,
        "elastic_divisor": 1 + l2,
        "lasso": soft_threshold(rho, strength) + 0.0,  # no minus zero
        "ridge": rho / (1 + strength),
        "elastic": soft_threshold(rho, l1) / (1 + l2) + 0.0,
    }


@example
def corner() -> Facts:
    """Find the least point of a quadratic of two weights under growing penalties.

    Returns
    -------
    Facts
        Solutions, and the pull on the second weight where it is 0.
    """
    solutions = np.array([_solution("l1", strength) for strength in THREE])
    last = solutions[-1]
    return {
        "h": HESSIAN[0, 1],
        "centre": CENTRE,
        "strengths": THREE,
        "b": HESSIAN @ CENTRE,
        "first_weight": solutions[:, 0],
        "second_weight": solutions[:, 1],
        "last": last,
        "pull": float((HESSIAN @ (CENTRE - last))[1]),
        "ridge": _solution("l2", THREE[-1]),
    }


@example
def dropout_four() -> Facts:
    """Drop two of four units in two ways, and average over every mask.

    Returns
    -------
    Facts
        What the next layer gets in training and at test time, mean and variance over all masks.
    """
    mask, every = np.array([1.0, 0, 1, 0]), all_masks(len(LAYER))
    outputs = inverted_dropout(LAYER, DROP, every)
    return {
        "a": LAYER,
        "drop": DROP,
        "keep": 1 - DROP,
        "mask": mask,
        "classic_train": classic_dropout(LAYER, DROP, mask),
        "classic_test": classic_dropout(LAYER, DROP),
        "inverted_train": inverted_dropout(LAYER, DROP, mask),
        "inverted_test": inverted_dropout(LAYER, DROP),
        "n_masks": len(every),
        "mean": outputs.mean(axis=0),
        "variance": outputs.sum(axis=1).var(),
        "ratio": DROP / (1 - DROP),
        "squares": (LAYER**2).sum(),
    }


@example
def dropout_ensemble() -> Facts:
    """Compare one scaled network with two averages over all subnets.

    Returns
    -------
    Facts
        Three distributions over two classes.
    """
    weights = np.array([[1.0, -1.0, 0.5, 0.0], [0.0, 0.5, 1.0, -1.0]])
    subnets = softmax(classic_dropout(LAYER, DROP, all_masks(len(LAYER))) @ weights.T)
    return {
        "a": LAYER,
        "first": weights[0],
        "second": weights[1],
        "n_masks": len(subnets),
        "logits": weights @ classic_dropout(LAYER, DROP),
        "scaled": softmax(weights @ classic_dropout(LAYER, DROP)),
        "geometric": geometric_mean(subnets),
        "arithmetic": subnets.mean(axis=0),
    }


@example
def two_priors() -> Facts:
    """Ask two priors which of two vectors of equal length they find likelier.

    Returns
    -------
    Facts
        Costs of a spread vector and of one with a zero.
    """
    spread, sparse, deviation, scale = np.array([1.0, 1.0]), np.array([2**0.5, 0.0]), 0.5, 0.5
    return {
        "first_weight": [spread[0], sparse[0]],
        "second_weight": [spread[1], sparse[1]],
        "deviation": deviation,
        "scale": scale,
        "l2_strength": 0.5 / deviation**2,
        "l1_strength": 1 / scale,
        "gaussian": [gaussian_penalty(w, deviation) for w in (spread, sparse)],
        "laplace": [laplace_penalty(w, scale) for w in (spread, sparse)],
    }


@example
def steps_as_l2() -> Facts:
    """Compare stopping early with a penalty, in three directions of a quadratic.

    Returns
    -------
    Facts
        A list a column.
    """
    curvature, rate, strength = np.array([2.0, 0.5, 0.02]), 0.1, 0.05
    n_steps = round(1 / (rate * strength))
    return {
        "curvature": curvature,
        "rate": rate,
        "strength": strength,
        "n_steps": n_steps,
        "stopped": descent_factors(curvature, learning_rate=rate, n_steps=n_steps),
        "penalized": curvature / (curvature + strength),
    }


@example
def one_ridge() -> Facts:
    """Write the strength of one and the same fit in four conventions.

    Returns
    -------
    Facts
        The numbers to give, the first weight, and what it is when one is taken for another.
    """
    X, y = _eight_columns()
    mean = CHOSEN
    w = ridge(X, y, len(y) * mean)
    return {
        "n": len(y),
        "sum": len(y) * mean,
        "mean": mean,
        "half_mean": mean,
        "torch": 2 * mean,
        "w": w[0],
        "mistaken": ridge(X, y, mean)[0],
        "free": ridge(X, y, 0)[0],
        "slope": float(np.abs(X.T @ (X @ w - y) / len(y) + mean * w).max()),
    }


@example
def mixup_two() -> Facts:
    """Mix two samples and their targets.

    Returns
    -------
    Facts
        Both, the share of the first, and the mixture.
    """
    x, other, share = np.array([2.0, 0.0]), np.array([0.0, 4.0]), 0.7
    y, other_y = np.eye(2)
    return {
        "x": x,
        "other": other,
        "y": y,
        "other_y": other_y,
        "share": share,
        "mixed": mixup(x, other, share),
        "mixed_y": mixup(y, other_y, share),
    }


class _Fit:
    """A polynomial in Legendre's basis, fitted by ridge with a constant that is left alone."""

    def __init__(self, x: FloatArray, y: FloatArray, strength: float) -> None:
        X = legvander(x, DEGREE)[:, 1:]
        self.middle, self.height = X.mean(axis=0), float(y.mean())
        self.w = ridge(X - self.middle, y - self.height, strength)
        self.df = 1 + float(shrinkage_factors(X - self.middle, strength).sum())
        grid = np.linspace(-1, 1, 400)
        self.train = float(((self.at(x) - y) ** 2).mean())
        self.test = float(((self.at(grid) - np.sin(np.pi * grid)) ** 2).mean())

    def at(self, x: FloatArray) -> FloatArray:
        """Return the polynomial at some places."""
        found: FloatArray = self.height + (legvander(x, DEGREE)[:, 1:] - self.middle) @ self.w
        return found


def _points() -> tuple[FloatArray, FloatArray]:
    """Draw the noisy points of a sine that all fits share."""
    rng = np.random.default_rng(0)
    x = np.sort(rng.uniform(-1, 1, N_POINTS))
    return x, np.sin(np.pi * x) + rng.normal(0, NOISE, N_POINTS)


@cache
def _fit(strength: float) -> _Fit:
    return _Fit(*_points(), strength)


def _curve_axes(ax: Axes, fit: _Fit, role: str) -> None:
    """Draw the points, the sine they come from, and a fit."""
    x = np.linspace(-1, 1, 400)
    ax.set(xlim=(-1.05, 1.05), ylim=(-1.9, 1.9), xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    line(ax, x, np.sin(np.pi * x), "edge", width=LINE, dashed=True)
    line(ax, x, fit.at(x), role, width=STRONG)
    points(ax, np.column_stack(_points()), "accent-4", above=6)


def _told(strength: float) -> str:
    return scientific(strength) if 0 < strength < 0.001 else number(strength)


def _power(strength: float) -> float:
    return float(np.log10(strength)) if strength else ZERO_AT


def _power_axis(ax: Axes) -> None:
    ax.set(xlim=(ZERO_AT - 0.4, 2.4))
    ax.set_xticks([at for at, _ in POWERS], [text for _, text in POWERS])


def _cell(ax: Axes, corner: tuple[float, float], width: float, value: float) -> None:
    """Draw a unit of a layer, filled if it sends something on."""
    side = 20.0
    role = "accent-1" if value else "sunken"
    ax.add_patch(Rectangle(corner, width, side, fc=MARKER[role], ec=MARKER["edge"], lw=HAIR))
    if value:
        x, y = corner[0] + width / 2, corner[1] + side / 2
        say(ax, x, y, f"{value:g}", "on-accent", size=SMALL, bold=True)


def _solution(kind: str, strength: float) -> FloatArray:
    """Return the least point of the loss of two weights under one penalty."""
    b = HESSIAN @ CENTRE
    if kind == "l1":
        return penalized_minimum(HESSIAN, b, l1=strength)
    return penalized_minimum(HESSIAN, b, l2=strength)


def _eight_columns() -> tuple[FloatArray, FloatArray]:
    """Draw standardized inputs, of which only three matter, and noisy targets."""
    rng = np.random.default_rng(0)
    X = rng.normal(size=(60, len(TRUE)))
    X = (X - X.mean(axis=0)) / X.std(axis=0)
    return X, X @ TRUE + rng.normal(size=60)


def _run(*, strength: float = 0.0, drop: float = 0.0) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Train on few points; return training loss, validation loss and validation accuracy."""
    x, y = _moons(30, 5)
    looks = two_moons(400, noise=0.35, seed=105)
    states = regularised_descent(
        random_network([2, 64, 1], seed=0),
        x,
        y,
        loss=binary_cross_entropy,
        learning_rate=RATE,
        steps=N_STEPS,
        strength=strength,
        drop=drop,
    )
    told = [
        (*_judged(state, x, y), *_judged(state, looks[0], looks[1][:, None].astype(float)))
        for step, state in enumerate(states)
        if step % EVERY == 0
    ]
    train, _, validation, right = np.array(told).T
    return train, validation, right


def _moons(n: int, seed: int) -> tuple[FloatArray, FloatArray]:
    x, y = two_moons(n, noise=0.35, seed=seed)
    return x, y[:, None].astype(float)


def _judged(network: Network, x: FloatArray, y: FloatArray) -> tuple[float, float]:
    """Return loss and share of right answers."""
    logits = forward(network, x).outputs
    return float(binary_cross_entropy(logits, y)[0]), float(((logits > 0) == (y > 0)).mean())
