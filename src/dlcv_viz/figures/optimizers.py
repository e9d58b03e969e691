"""Figures and worked examples of the module *Optimizers*."""

from itertools import product
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.data.features import SCALES, badly_scaled
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
from dlcv_viz.draw.contours import basin, descent
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.marks import line, number, points, say
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.adaptive_optimizers import (
    AdaGrad,
    Adam,
    AdamW,
    RMSProp,
    uncorrected_share,
)
from dlcv_viz.numerics.clipping import clip_by_norm
from dlcv_viz.numerics.learning_rate import (
    cosine_schedule,
    inverse_decay,
    step_decay,
    warmed_up_cosine,
)
from dlcv_viz.numerics.logistic_regression import (
    fit_logistic,
    logistic_gradient,
    logistic_hessian,
    logistic_loss,
)
from dlcv_viz.numerics.optimizers import (
    SGD,
    Gradient,
    Momentum,
    Nesterov,
    Optimizer,
    State,
    path,
    replay,
    states,
)
from dlcv_viz.numerics.quadratic import (
    best_momentum,
    best_rate,
    bowl,
    bowl_gradient,
    heavy_ball_factor,
    noise_floor,
    stability_limit,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

RAVINE = np.array([1.0, 25.0])  # the two curvatures
START = np.array([-8.0, 2.0])
EVERY = 10  # steps between marks
GOAL = 0.01  # a height of the ravine that counts as arrived
N_PATH, N_SWEEP, N_RACE, N_NOISE = 100, 60, 200, 3000
# Name, colour and rule of the six that walk down the ravine.
WALKERS: tuple[tuple[str, str, Optimizer], ...] = (
    ("gradient descent", "accent-1", SGD(0.07)),
    ("momentum", "accent-2", Momentum(0.03)),
    ("Nesterov", "accent-3", Nesterov(0.03)),
    ("AdaGrad", "accent-4", AdaGrad(1.0)),
    ("RMSprop", "accent-5", RMSProp(0.3)),
    ("Adam", "accent-6", Adam(0.5)),
)
RATES = (
    0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07,
    0.0769, 0.078, 0.079, 0.08, 0.0805, 0.081, 0.082, 0.084,
)  # fmt: skip
# Name and rule of the six that fit one model.
RACERS: tuple[tuple[str, Optimizer], ...] = (
    ("GD", SGD(0.1)),
    ("momentum", Momentum(0.03)),
    ("Nesterov", Nesterov(0.03)),
    ("AdaGrad", AdaGrad(1.0)),
    ("RMSprop", RMSProp(0.1)),
    ("Adam", Adam(0.3)),
)
N_CONSTANT, LOUD, QUIET = 60, 1.0, 0.1  # steps shown, and the two sizes of the gradient
N_SCHEDULE, N_WARM, MOST = 100, 10, 0.1


def ravine_gradient(w: FloatArray) -> FloatArray:
    """Return the gradient of the long valley that most figures walk through."""
    return bowl_gradient(w, RAVINE)


@figure(
    alt="Six optimizers in one ravine for {n_steps} steps. They first pass a height of {goal:g} at "
    "step {first[0]} (gradient descent), {first[1]} (momentum), {first[2]} (Nesterov), {first[3]} "
    "(AdaGrad), {first[4]} (RMSprop) and {first[5]} (Adam); RMSprop keeps jumping."
)
def optimizer_paths() -> Drawing:
    """Draw the paths of six optimizers down a ravine, and their heights.

    Returns
    -------
    Drawing
        Six cells of a path above the height at every step.

    See Also
    --------
    dlcv_viz.numerics.optimizers.path : Computes the paths.
    """
    fig = canvas(WIDE, 350)
    first, last, highest = [], [], []
    for place, (name, role, rule) in enumerate(WALKERS):
        walked = path(rule, ravine_gradient, START, n_steps=N_PATH)
        height = bowl(walked, RAVINE)
        arrived = int((height < GOAL).argmax())
        first.append(arrived)
        last.append(float(height[-1]))
        highest.append(float(height[arrived:].max()))
        left, bottom = 38 + 178 * (place % 3), 192 - 172 * (place // 3)
        above = panel(fig, left, bottom + 74, 153, 59)
        name_panel(above, f"{name}, α = {rule.learning_rate:g}", rise=3)
        _ravine(above)
        descent(above, walked, role, every=EVERY)
        _heights(panel(fig, left, bottom, 153, 54), height, arrived, role, is_named=not place % 3)
    return Drawing(
        fig,
        facts={
            "n_steps": N_PATH,
            "goal": GOAL,
            "first": first,
            "last": last,
            "highest": highest,
            "rates": [rule.learning_rate for *_, rule in WALKERS],
            "turned": [_arrival_when_turned(rule) for *_, rule in WALKERS],
            "every": EVERY,
            "start": START,
            "height": float(bowl(START, RAVINE)),
            "curvatures": RAVINE,
            "kappa": RAVINE.max() / RAVINE.min(),
        },
    )


@figure(
    alt="Gradient descent down a ravine with rate {rate:g}: {said}. Each step multiplies the error "
    "along the flat direction by {flat:.3f} and along the steep one by {steep:.3f}; the limit is "
    "{limit:g}.",
    sweep=Sweep("rate", RATES, label="learning rate α", start=8),
)
def learning_rate_sweep(*, rate: Annotated[float, Range(0.001, 0.1)] = 0.0769) -> Drawing:
    """Draw gradient descent with one learning rate, and the heights for all rates of the sweep.

    Parameters
    ----------
    rate : float, default 0.0769
        The learning rate.

    Returns
    -------
    Drawing
        The path on the left, the heights on the right.

    See Also
    --------
    dlcv_viz.numerics.quadratic.stability_limit : The rate from which it no longer settles.
    """
    walked = path(SGD(rate), ravine_gradient, START, n_steps=N_SWEEP)
    height = bowl(walked, RAVINE)
    flat, steep = 1 - rate * RAVINE
    limit_rate = stability_limit(RAVINE)
    fig = canvas(WIDE, 300)
    left, right = panel(fig, 26, 38, 236, 224), panel(fig, 326, 38, 220, 224)
    equal_units(left, -9.5, 1.5)
    grid_x, grid_y = np.linspace(-9.5, 1.5, 111), np.linspace(*left.get_ylim(), 111)
    values = bowl(np.stack(np.meshgrid(grid_x, grid_y), axis=-1), RAVINE)
    basin(left, grid_x, grid_y, values, np.array([1.0, 5, 15, 40, 100, 200]), role="accent-3")
    left.set(xticks=[-8, -4, 0], yticks=[-4, 0, 4])
    name_axes(left, "w₁", "w₂")
    _until_it_leaves(left, walked)
    logarithmic(right, y=(1e-6, 1e-3, 1, 1e3, 1e6))
    right.set(xlim=(0, N_SWEEP), ylim=(1e-6, 1e7), xticks=[0, 20, 40, 60])
    right.set_yticks([1e-6, 1e-3, 1, 1e3, 1e6], ["10⁻⁶", "10⁻³", "1", "10³", "10⁶"])
    name_axes(right, "step", "height")
    steps = np.arange(N_SWEEP + 1.0)
    every = [bowl(path(SGD(a), ravine_gradient, START, n_steps=N_SWEEP), RAVINE) for a in RATES]
    for curve in every:
        line(right, steps, curve, "edge", width=HAIR)
    role = "accent-1" if rate < limit_rate else "accent-2"
    line(right, steps, height, role, width=STRONG, above=5)
    say(right, 2, 2e6, f"α > {limit_rate:g}: it grows", "muted", size=SMALL, ha="left")
    say(right, 2, 1e-3, f"α = {rate:g}", role, bold=True, ha="left")
    say(right, 2, 1e-4, f"steep: × {number(steep, '.3f')} a step", bold=True, ha="left")
    say(right, 2, 1e-5, f"flat: × {number(flat, '.3f')} a step", bold=True, ha="left")
    return Drawing(
        fig,
        facts={
            "rate": rate,
            "said": _fate(rate, limit_rate),
            "flat": flat,
            "steep": steep,
            "limit": limit_rate,
            "curvature": RAVINE[1],
            "best": best_rate(RAVINE)[0],
            "rates": RATES,
            "ends": [float(curve[-1]) for curve in every],
            "n_steps": N_SWEEP,
            "height": float(height[-1]),
        },
    )


@figure(
    alt="Left, Adam's two averages of a steady gradient start at zero: after {n} steps the first "
    "has {m_share:.1%} of its mean, the second {s_share:.1%}. Right, without correction the steps "
    "are {first:.2f} times too long at step 1, {most:.2f} times at {most_at}, {end:.2f} at {n}."
)
def adam_bias_correction() -> Drawing:
    """Draw how far Adam's averages have come from zero, and how long its steps are.

    Returns
    -------
    Drawing
        Averages over their true means on the left, sizes of steps on the right.

    See Also
    --------
    dlcv_viz.numerics.adaptive_optimizers.uncorrected_share : What the averages have reached.
    """
    g, rate = 0.5, Adam().learning_rate
    t = np.arange(1.0, N_CONSTANT + 1)
    gradients, start = np.full(N_CONSTANT, g), np.array(0.0)
    raw, corrected = (
        -np.diff([float(s.w) for s in replay(Adam(is_corrected=flag), gradients, start)])
        for flag in (False, True)
    )
    found = replay(Adam(), gradients, start)[1:]
    m, s = (np.array([float(state.memory[k]) for state in found]) for k in (0, 1))
    corrected_m, corrected_s = Adam().corrected(m, s, t)
    fig = canvas(WIDE, 276)
    left, right = panel(fig, 34, 38, 220, 200), panel(fig, 330, 38, 216, 200)
    _averages(left, t, (corrected_m / g, corrected_s / g**2), (m / g, s / g**2))
    right.set(xlim=(0, N_CONSTANT), ylim=(0, 7.6), xticks=[1, 20, 40, 60], yticks=[1, 3, 5, 7])
    name_axes(right, "step t", "length of the step, in α")
    line(right, t, raw / rate, "accent-2", width=STRONG, dashed=True)
    line(right, t, corrected / rate, "accent-1", width=STRONG)
    peak = int(raw.argmax())
    points(right, np.array([[t[peak], raw[peak] / rate]]), "accent-2", size=7.5, above=6)
    say(right, t[peak], 7.2, f"{raw[peak] / rate:.2f} at t = {peak + 1}", "accent-2", bold=True)
    say(right, 59, 5.9, "uncorrected", "accent-2", bold=True, ha="right")
    say(right, 59, 1.5, "corrected: always α", "accent-1", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "g": g,
            "n": N_CONSTANT,
            "rate": rate,
            "m_share": float(m[-1] / g),
            "s_share": float(s[-1] / g**2),
            "corrected": float(corrected[0]),
            "spread": float(np.ptp(corrected)),
            "first": float(raw[0] / rate),
            "most": float(raw[peak] / rate),
            "most_at": peak + 1,
            "end": float(raw[-1] / rate),
        },
    )


@figure(
    alt="The gradient falls from {loud:g} to {quiet:g} after {half} steps. RMSprop's rate recovers "
    "to {rmsprop_end:.2f} times α within the next {half}; AdaGrad's was {adagrad_half:.3f} and "
    "goes on falling, to {adagrad_end:.4f}."
)
def adagrad_vs_rmsprop_lr() -> Drawing:
    """Draw the rates that AdaGrad and RMSprop give one weight whose gradient gets small.

    Returns
    -------
    Drawing
        The gradient above, the effective rates below.

    See Also
    --------
    dlcv_viz.numerics.adaptive_optimizers.AdaGrad : Never forgets.
    """
    half = 100
    g = np.repeat([LOUD, QUIET], half)
    t = np.arange(1.0, 2 * half + 1)
    rates = {}
    for role, rule in (("accent-4", AdaGrad(1.0)), ("accent-5", RMSProp(1.0))):
        moved = -np.diff([float(s.w) for s in replay(rule, g, np.array(0.0))])
        rates[role] = moved / g
    fig = canvas(NARROW, 320)
    above, below = panel(fig, 36, 238, 306, 50), panel(fig, 36, 38, 306, 158)
    for ax in (above, below):
        ax.set(xlim=(0, 2 * half))
        ax.axvline(half + 0.5, color=MARKER["line"], lw=THIN, zorder=0)
    _two_sizes(above, t, g)
    logarithmic(below, y=(0.1, 1, 10))
    below.set(ylim=(0.06, 30), xticks=[1, half, 2 * half])
    name_axes(below, "step", "rate of this weight, in α")
    for role, curve in rates.items():
        line(below, t, curve, role, width=STRONG, dashed=True)
    adagrad, rmsprop = rates["accent-4"], rates["accent-5"]
    say(below, 30, 0.5, "AdaGrad: 1/√t", "accent-4", bold=True, ha="left")
    say(
        below,
        198,
        0.16,
        f"still falling: {adagrad[-1]:.4f}",
        "accent-4",
        bold=True,
        ha="right",
    )
    say(below, 198, 17, f"RMSprop: back up to {rmsprop[-1]:.1f}", "accent-5", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "loud": LOUD,
            "quiet": QUIET,
            "half": half,
            "beta": RMSProp(1.0).beta,
            "adagrad_half": float(adagrad[half - 1]),
            "adagrad_end": float(adagrad[-1]),
            "rmsprop_first": float(rmsprop[0]),
            "rmsprop_half": float(rmsprop[half - 1]),
            "rmsprop_end": float(rmsprop[-1]),
        },
    )


@figure(
    alt="Logistic regression on features of scale 1, 10 and 0.1. After {n_steps} steps gradient "
    "descent is {end[0]:.3f} above the least loss, momentum {end[1]:.3f}, AdaGrad {end[3]:.5f}. On "
    "standardized features gradient descent is within {even_goal:.6f} at step {even_first}."
)
def optimizer_training_race() -> Drawing:
    """Draw the loss of one problem with badly scaled and with standardized features.

    Returns
    -------
    Drawing
        Loss above the least one: six optimizers on the left, gradient descent on the right.

    See Also
    --------
    dlcv_viz.numerics.logistic_regression.fit_logistic : Finds the least loss.
    """
    x, y = badly_scaled(400, seed=0)
    even = x / x.std(axis=0)  # the features are centred
    best, least = _logistic_goal(x, y)
    excess = {name: _race(rule, x, y) - least for name, rule in RACERS}
    fig = canvas(WIDE, 300)
    left, right = panel(fig, 40, 38, 230, 212), panel(fig, 346, 38, 200, 212)
    _race_axes(left, f"features of scale {', '.join(f'{scale:g}' for scale in SCALES)}")
    _race_axes(right, "the same, standardized")
    _racers(left, excess)
    even_rate = 8.0
    curve = _race(SGD(even_rate), even, y) - least
    line(right, np.arange(N_RACE + 1.0), np.maximum(curve, 1e-9), "accent-1", width=STRONG)
    say(right, 26, 3e-4, f"GD, α = {even_rate:g}", "accent-1", bold=True, ha="left")
    goal = 1e-6
    limits = [stability_limit(_curvatures(w, x)) for w in (np.zeros(3), best)]
    fast = _race(SGD(0.3), x, y) - least
    return Drawing(
        fig,
        facts={
            "n": len(x),
            "n_steps": N_RACE,
            "scales": SCALES,
            "best": best,
            "least": least,
            "names": [name for name, _ in RACERS],
            "rates": [rule.learning_rate for _, rule in RACERS],
            "end": [float(curve[-1]) for curve in excess.values()],
            "limit_start": limits[0],
            "limit_best": limits[1],
            "kappa": float(np.divide(*_curvatures(best, x)[[-1, 0]])),
            "even_kappa": float(np.divide(*_curvatures(fit_logistic(even, y), even)[[-1, 0]])),
            "fast_rate": 0.3,
            "fast_least": float(fast[100:].min()),
            "fast_most": float(fast[100:].max()),
            "even_rate": even_rate,
            "even_goal": goal,
            "even_first": int((curve < goal).argmax()),
        },
    )


@figure(
    alt="Four schedules over {n_steps} steps, all with a peak of {most:g}: constant, two drops "
    "to a tenth, a cosine, and one after {n_warm} steps of warm-up. The last two end at zero."
)
def schedules() -> Drawing:
    """Draw four schedules of the learning rate.

    Returns
    -------
    Drawing
        Two by two panels on the same scales.

    See Also
    --------
    dlcv_viz.numerics.learning_rate.cosine_schedule : Computes the third.
    """
    t = np.arange(N_SCHEDULE + 1)
    every = {
        "constant": np.full(len(t), MOST),
        "steps": step_decay(t, first=MOST, factor=0.1, every=40),
        "cosine": cosine_schedule(t, n_steps=N_SCHEDULE, most=MOST),
        "warm-up, cosine": warmed_up_cosine(t, n_steps=N_SCHEDULE, n_warm=N_WARM, most=MOST),
    }
    fig = canvas(NARROW, 300)
    for place, (name, rates) in enumerate(every.items()):
        ax = panel(fig, 36 + 168 * (place % 2), 186 - 148 * (place // 2), 140, 84)
        ax.set(xlim=(0, N_SCHEDULE), ylim=(0, MOST * 1.12), xticks=[0, 50, 100])
        ax.set_yticks([0, MOST], ["0", f"{MOST:g}"])
        name_panel(ax, name)
        ax.fill_between(t, rates, color=MARKER["accent-1"], alpha=0.12, lw=0, zorder=0)
        line(ax, t.astype(float), rates, "accent-1", width=STRONG)
        name_axes(ax, "step")
        name_axes(ax, y="α", among_ticks=True)
    return Drawing(
        fig,
        facts={
            "n_steps": N_SCHEDULE,
            "n_warm": N_WARM,
            "most": MOST,
            "last": [float(rates[-1]) for rates in every.values()],
            "means": [float(rates.mean() / MOST) for rates in every.values()],
        },
    )


@figure(
    alt="Noisy descent on a parabola. With rate {rates[0]:g} the error stays near {floors[0]:.3f}, "
    "with {rates[1]:g} near {floors[1]:.4f}; with rates that fall like 1/t it goes on falling, "
    "to {decayed:.4f} after {n_steps:,} steps."
)
def noise_ball() -> Drawing:
    """Draw the error of noisy descent with constant and with falling rates.

    Returns
    -------
    Drawing
        Mean squares over many runs; both axes are logarithmic.

    See Also
    --------
    dlcv_viz.numerics.quadratic.noise_floor : Where constant rates stay.
    """
    n_runs, rates, first = 400, (0.3, 0.01), 1.0
    t = np.arange(1, N_NOISE + 1)
    falling = inverse_decay(t, first=first)
    curves = [_noisy(np.full(N_NOISE, rate), n_runs) for rate in rates] + [_noisy(falling, n_runs)]
    floors = [noise_floor(1.0, learning_rate=rate, spread=1.0) for rate in rates]
    fig = canvas(NARROW, 300)
    ax = panel(fig, 46, 38, 298, 226)
    logarithmic(ax, x=(1, 10, 100, 1000), y=(0.001, 0.01, 0.1, 1, 10))
    ax.set(xlim=(1, N_NOISE), ylim=(2e-4, 12))
    name_axes(ax, "step", "mean square of the error")
    for role, curve in zip(("accent-2", "accent-1", "accent-3"), curves, strict=True):
        line(ax, t.astype(float), curve[1:], role, dashed=True)
    for floor in floors:
        limit(ax, floor)
    say(ax, 2800, 0.36, f"α = {rates[0]:g}", "accent-2", bold=True, ha="right")
    say(ax, 2800, 0.0105, f"α = {rates[1]:g}", "accent-1", bold=True, ha="right")
    say(ax, 2.2, 0.06, "α = 1/t", "accent-3", bold=True)
    say(ax, 1.2, 0.0065, "floor of a constant rate", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "rates": rates,
            "first": first,
            "floors": floors,
            "n_runs": n_runs,
            "n_steps": N_NOISE,
            "start": float(curves[0][0]),
            "ends": [float(curve[-500:].mean()) for curve in curves],
            "decayed": float(curves[2][-1]),
        },
    )


@figure(alt="Two paths down a long valley: one zigzags for {plain} steps, one rolls for {rolled}.")
def thumbnail() -> Drawing:
    """Draw the module's card: gradient descent and Nesterov momentum in one valley.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    plain = path(SGD(0.074), ravine_gradient, START, n_steps=40)
    rolled = path(Nesterov(0.03), ravine_gradient, START, n_steps=13)
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    ax.set(xlim=(-9, 2.4), ylim=(-3, 3))
    x, y = np.linspace(-9, 2.4, 96), np.linspace(-3, 3, 81)
    values = bowl(np.stack(np.meshgrid(x, y), axis=-1), RAVINE)
    basin(ax, x, y, values, np.array([0.6, 3.0, 9, 20, 40, 70, 110]), role="accent-3")
    descent(ax, plain, "accent-1", every=50)
    descent(ax, rolled, "accent-2", every=50)
    return Drawing(fig, facts={"plain": len(plain) - 1, "rolled": len(rolled) - 1})


@example
def sgd_step() -> Facts:
    """Make one step of stochastic gradient descent.

    Returns
    -------
    Facts
        Weight, gradient, rate, step and the weight after it.
    """
    w, g, rate = 2.0, 0.5, 0.1
    after = float(SGD(rate).step(SGD(rate).start(np.array(w)), lambda _: np.array(g)).w)
    return {"w": w, "g": g, "rate": rate, "step": rate * g, "after": after, "wrong": w + rate * g}


@example
def batch_noise() -> Facts:
    """List all batches that can be drawn, with replacement, of four samples.

    Returns
    -------
    Facts
        Gradients of the samples; batch size, number of batches, their mean and variance.
    """
    g = np.array([1.0, 2.0, 4.0, 9.0])
    sizes = (1, 2, 4)
    means = [np.array([np.mean(batch) for batch in product(g, repeat=n)]) for n in sizes]
    return {
        "g": g,
        "full": g.mean(),
        "size": sizes,
        "batches": [len(m) for m in means],
        "mean": [m.mean() for m in means],
        "variance": [m.var() for m in means],
        "deviation": [m.std() for m in means],
    }


@example
def momentum_step() -> Facts:
    """Make a step with a velocity, three steps from rest, and a step by the other convention.

    Returns
    -------
    Facts
        Velocities, steps and weights.
    """
    w, v, g, rate, beta = 2.0, 0.3, 0.5, 0.1, 0.9
    rule = Momentum(rate, beta)
    one = rule.step(State(np.array(w), (np.array(v),)), lambda _: np.array(g))
    rest = replay(rule, np.full(3, g), np.array(w))
    return {
        "w": w,
        "v": v,
        "g": g,
        "rate": rate,
        "beta": beta,
        "kept": beta * v,
        "v_after": float(one.memory[0]),
        "step": w - float(one.w),
        "w_after": float(one.w),
        "plain": rate * g,
        "t": [state.t for state in rest],
        "rest_v": [float(state.memory[0]) for state in rest],
        "rest_w": [float(state.w) for state in rest],
        "gain": 1 / (1 - beta),
        "end_v": g / (1 - beta),
        "average": beta * v + (1 - beta) * g,
        "share": 1 - beta,
    }


@example
def nesterov_step() -> Facts:
    """Make one step of both kinds of momentum on a parabola that the old velocity overshoots.

    Returns
    -------
    Facts
        Where each asks for the gradient, what it is told, and where it ends.
    """
    h, w, v, rate, beta = 1.0, 1.0, 12.0, 0.1, 0.9
    state = State(np.array(w), (np.array(v),))
    ends = [
        kind(rate, beta).step(state, lambda place: bowl_gradient(place[None], np.array([h]))[0])
        for kind in (Momentum, Nesterov)
    ]
    return {
        "w": w,
        "v": v,
        "rate": rate,
        "beta": beta,
        "ahead": w - rate * beta * v,
        "g": h * w,
        "g_ahead": h * (w - rate * beta * v),
        "v_after": [float(end.memory[0]) for end in ends],
        "w_after": [float(end.w) for end in ends],
        "overshoot": [-float(end.w) for end in ends],
    }


@example
def adagrad_steps() -> Facts:
    """Make three steps of AdaGrad with one gradient, and the sizes of later ones.

    Returns
    -------
    Facts
        Sums, rates and weights, a list a column.
    """
    w, g, rate = 2.0, 0.5, 0.1
    found = replay(AdaGrad(rate), np.full(100, g), np.array(w))
    total = np.array([float(state.memory[0]) for state in found[1:]])
    steps = -np.diff([float(state.w) for state in found])
    return {
        "w": w,
        "g": g,
        "rate": rate,
        "t": [1, 2, 3],
        "total": total[:3],
        "effective": rate / np.sqrt(total[:3]),
        "after": [float(state.w) for state in found[1:4]],
        "later_t": [1, 4, 100],
        "later": steps[[0, 3, 99]],
    }


@example
def rmsprop_steps() -> Facts:
    """Make three steps of RMSprop with one gradient.

    Returns
    -------
    Facts
        Averages, roots and weights, a list a column.
    """
    w, g, rate, beta = 2.0, 0.5, 0.01, 0.9
    found = replay(RMSProp(rate, beta), np.full(3, g), np.array(w))
    s = np.array([float(state.memory[0]) for state in found[1:]])
    after = np.array([float(state.w) for state in found])
    return {
        "w": w,
        "g": g,
        "rate": rate,
        "beta": beta,
        "t": [1, 2, 3],
        "s": s,
        "root": np.sqrt(s),
        "step": -np.diff(after),
        "after": after[1:],
        "first_times": 1 / np.sqrt(1 - beta),
    }


@example
def adam_two_steps() -> Facts:
    """Make two steps of Adam with one gradient.

    Returns
    -------
    Facts
        Averages, their corrections and steps, and what cutting digits early does to one of them.
    """
    g, rule = 0.5, Adam()
    found = replay(rule, np.full(2, g), np.array(0.0))
    m, s = (np.array([float(state.memory[k]) for state in found[1:]]) for k in (0, 1))
    steps = np.array([1, 2])
    shares = [uncorrected_share(beta, steps) for beta in (rule.beta1, rule.beta2)]
    return {
        "g": g,
        "rate": rule.learning_rate,
        "beta1": rule.beta1,
        "beta2": rule.beta2,
        "g2": g**2,
        "m": m,
        "s": s,
        "m_share": shares[0],
        "s_share": shares[1],
        "m_hat": m / shares[0],
        "s_hat": s / shares[1],
        "step": -np.diff([float(state.w) for state in found]),
        "cut_s": np.floor(s[1] * 1e6) / 1e6,
        "cut_share": np.round(shares[1][1], 3),
        "cut_s_hat": np.floor(s[1] * 1e6) / 1e6 / np.round(shares[1][1], 3),
    }


@example
def adam_without_correction() -> Facts:
    """Compare Adam's steps with and without correction, for a steady gradient.

    Returns
    -------
    Facts
        Sizes of steps, and by how much they are too long.
    """
    t = np.array([1, 2, 12, 60, 199])
    raw, corrected = (
        -np.diff(
            [float(s.w) for s in replay(Adam(is_corrected=flag), np.full(400, 0.5), np.array(0.0))]
        )
        for flag in (False, True)
    )
    rule = Adam()
    m, s = (uncorrected_share(beta, t) for beta in (rule.beta1, rule.beta2))
    return {
        "t": t,
        "m_share": m,
        "s_root": np.sqrt(s),
        "ratio": m / np.sqrt(s),
        "raw": raw[t - 1],
        "corrected": corrected[t - 1],
        "most_at": int(raw.argmax()) + 1,
        "most": float(raw.max() / corrected.max()),
    }


@example
def adam_three_gradients() -> Facts:
    """Make three steps of Adam with gradients that change their sign.

    Returns
    -------
    Facts
        A list a column.
    """
    g, w, rule = np.array([0.5, -0.2, 0.3]), 1.0, Adam(0.1)
    found = replay(rule, g, np.array(w))
    m, s = (np.array([float(state.memory[k]) for state in found[1:]]) for k in (0, 1))
    t = np.array([1, 2, 3])
    after = np.array([float(state.w) for state in found])
    return {
        "w": w,
        "rate": rule.learning_rate,
        "t": t,
        "g": g,
        "m": m,
        "s": s,
        "m_hat": m / uncorrected_share(rule.beta1, t),
        "s_hat": s / uncorrected_share(rule.beta2, t),
        "after": after[1:],
        "step": -np.diff(after),
    }


@example
def lr_stability() -> Facts:
    """Follow gradient descent on half a square with several rates.

    Returns
    -------
    Facts
        Rate, factor of a step, and what is left after ten, a list a column.
    """
    rates, n = np.array([0.1, 0.5, 1.0, 1.5, 1.9, 2.0, 2.1]), 10
    ends = [float(path(SGD(rate), lambda w: w, np.array(1.0), n_steps=n)[-1]) for rate in rates]
    return {"rate": rates, "n": n, "factor": 1 - rates, "left": np.abs(ends)}


@example
def l2_vs_adamw() -> Facts:
    """Decay one weight through the gradient and directly, for a small and a large gradient.

    Returns
    -------
    Facts
        The weight after one step, by gradient.
    """
    w, rate, decay = np.array(1.0), 0.1, 0.1
    g = np.array([0.1, 10.0])
    plain, decoupled, sgd = Adam(rate), AdamW(rate, decay=decay), SGD(rate)

    def after(rule: Optimizer, size: float, penalty: float) -> float:
        return float(rule.step(rule.start(w), lambda here: size + penalty * here).w)

    return {
        "w": float(w),
        "rate": rate,
        "decay": decay,
        "g": g,
        "with_penalty": g + decay * float(w),
        "plain": [after(plain, size, 0) for size in g],
        "l2": [after(plain, size, decay) for size in g],
        "adamw": [after(decoupled, size, 0) for size in g],
        "shrink": rate * decay * float(w),
        "sgd": [after(sgd, size, 0) for size in g],
        "sgd_l2": [after(sgd, size, decay) for size in g],
    }


@example
def momentum_speed() -> Facts:
    """Walk down the ravine with the best rates, without and with momentum.

    Returns
    -------
    Facts
        Rates, factors and the steps each needs.
    """
    rate, factor = best_rate(RAVINE)
    ball_rate, beta, ball_factor = best_momentum(RAVINE)
    rules: tuple[Optimizer, ...] = SGD(rate), Momentum(ball_rate, beta)
    needed = [
        int((bowl(path(rule, ravine_gradient, START, n_steps=200), RAVINE) < GOAL).argmax())
        for rule in rules
    ]
    worst = heavy_ball_factor(RAVINE, learning_rate=0.03, beta=0.9)
    return {
        "h": RAVINE,
        "kappa": RAVINE.max() / RAVINE.min(),
        "root_kappa": np.sqrt(RAVINE.max() / RAVINE.min()),
        "start": START,
        "goal": GOAL,
        "rate": rate,
        "factor": factor,
        "ball_rate": ball_rate,
        "beta": beta,
        "ball_factor": ball_factor,
        "steps": needed[0],
        "ball_steps": needed[1],
        "limit": stability_limit(RAVINE),
        "usual": 0.9,
        "usual_limit": stability_limit(RAVINE, beta=0.9),
        "usual_factor": float(worst.max()),
    }


@example
def clipping() -> Facts:
    """Clip a gradient of length 5 to length 1, as a whole and number by number.

    Returns
    -------
    Facts
        Gradient, norm, and both results.
    """
    g, c = np.array([3.0, 4.0]), 1.0
    return {
        "g": g,
        "c": c,
        "norm": float(np.linalg.norm(g)),
        "clipped": clip_by_norm(g, c),
        "short": clip_by_norm(g / 10, c),
        "by_value": np.clip(g, -c, c),
        "ratio": g[1] / g[0],
    }


@example
def cosine_points() -> Facts:
    """Compute the cosine schedule at five points of training.

    Returns
    -------
    Facts
        A list a column.
    """
    t = np.array([0, 25, 50, 75, 100])
    return {
        "done": t / 100,
        "cosine": np.cos(np.pi * t / 100),
        "rate": cosine_schedule(t, n_steps=100, most=MOST),
        "most": MOST,
    }


@example
def memory() -> Facts:
    """Count what optimizers remember, for a network of 25 million weights.

    Returns
    -------
    Facts
        Numbers a weight for each rule, and megabytes.
    """
    rules = (SGD, Momentum, Nesterov, AdaGrad, RMSProp, Adam, AdamW)
    n, size = 25_000_000, 4  # weights, and bytes of a number in single precision
    arrays = [rule.n_arrays for rule in rules]
    return {
        "millions": n // 1_000_000,
        "size": size,
        "rule": [rule.__name__ for rule in rules],
        "arrays": arrays,
        "megabytes": [a * n * size // 1_000_000 for a in arrays],
        "weights": n * size // 1_000_000,
    }


def _averages(
    ax: Axes,
    t: FloatArray,
    corrected: tuple[FloatArray, FloatArray],
    raw: tuple[FloatArray, FloatArray],
) -> None:
    """Draw Adam's averages of gradients and of squares as shares of their true means."""
    ax.set(xlim=(0, N_CONSTANT), ylim=(0, 1.12), xticks=[1, 20, 40, 60])
    ax.set_yticks([0, 0.5, 1], ["0%", "50%", "100%"])
    name_axes(ax, "step t", "average, of its true mean")
    for share in corrected:
        line(ax, t, share, "muted", width=THIN)
    for role, share in zip(("accent-1", "accent-2"), raw, strict=True):
        line(ax, t, share, role, width=STRONG, dashed=True)
    say(ax, 59, 1.06, "both, corrected", "muted", size=SMALL, ha="right")
    say(ax, 59, 0.86, "m: of gradients", "accent-1", bold=True, ha="right")
    say(ax, 59, 0.15, "s: of squares", "accent-2", bold=True, ha="right")


def _two_sizes(ax: Axes, t: FloatArray, g: FloatArray) -> None:
    """Draw a gradient that gets small."""
    ax.set(ylim=(0, 1.15), xticks=[], yticks=[0, 1])
    name_axes(ax, y="gradient")
    ax.step(t, g, where="mid", color=MARKER["ink"], lw=LINE)
    say(ax, 50, 0.72, f"{LOUD:g}", bold=True)
    say(ax, 150, 0.42, f"{QUIET:g}", bold=True)


def _ravine(ax: Axes) -> None:
    x, y = np.linspace(-9, 7, 65), np.linspace(-2.7, 2.7, 55)
    ax.set(xlim=(-9, 7), ylim=(-2.7, 2.7), xticks=[], yticks=[])
    values = bowl(np.stack(np.meshgrid(x, y), axis=-1), RAVINE)
    basin(ax, x, y, values, np.array([1.0, 5, 15, 35, 65, 100]), role="muted", alpha=0.07)


def _heights(ax: Axes, height: FloatArray, arrived: int, role: str, *, is_named: bool) -> None:
    """Draw the height at every step, and where it first is low enough."""
    logarithmic(ax, y=(1e-4, GOAL, 1, 100))
    ax.set(xlim=(0, N_PATH), ylim=(1e-5, 900), xticks=[0, 100])
    ax.set_yticks([1e-4, GOAL, 1, 100], ["10⁻⁴", "0.01", "1", "100"] if is_named else [""] * 4)
    ax.axhline(GOAL, color=MARKER["line"], lw=HAIR, zorder=0)
    name_axes(ax, "step", among_ticks=True)
    line(ax, np.arange(float(len(height))), height, role)
    points(ax, np.array([[arrived, height[arrived]]]), role, size=6.5, above=6)
    say(ax, 98, 80, f"below 0.01: {arrived}", role, bold=True, ha="right")
    if is_named:
        name_axes(ax, y="height")


def _arrival_when_turned(rule: Optimizer) -> int:
    """Return the step at which a rule arrives if the ravine is turned by 45 degrees."""
    turn = np.array([[1.0, -1.0], [1.0, 1.0]]) / np.sqrt(2)
    walked = path(
        rule, lambda w: turn @ ravine_gradient(turn.T @ w), turn @ START, n_steps=4 * N_PATH
    )
    return int((bowl(walked @ turn, RAVINE) < GOAL).argmax())


def _until_it_leaves(ax: Axes, walked: FloatArray) -> None:
    """Draw a path as far as the panel reaches: points beyond would be drawn at its edge."""
    (left, right), (low, high) = ax.get_xlim(), ax.get_ylim()
    x, y = walked.T
    inside = (x >= left) & (x <= right) & (y >= low) & (y <= high)
    n = len(walked) if inside.all() else int((~inside).argmax())
    role = "accent-1" if n == len(walked) else "accent-2"
    if n < len(walked):
        line(ax, x[n - 1 : n + 1], y[n - 1 : n + 1], role, above=5)
        say(ax, left + 0.3, high - 0.6, f"leaves at step {n}", role, bold=True, ha="left")
    descent(ax, walked[:n], role)


def _fate(rate: float, limit_rate: float) -> str:
    """Say what becomes of the descent, by the factor along the steep direction."""
    if np.isclose(rate, limit_rate, rtol=1e-9):
        return "it bounces between the walls for ever"
    if rate > limit_rate:
        return "it diverges"
    return "it zigzags" if rate > limit_rate / 2 else "it slides down one wall and creeps along"


def _logistic_gradient(x: FloatArray, y: IntArray) -> Gradient:
    return lambda w: logistic_gradient(w, x, y)


def _logistic_goal(x: FloatArray, y: IntArray) -> tuple[FloatArray, float]:
    best = fit_logistic(x, y)
    return best, float(logistic_loss(best, x, y))


def _race(rule: Optimizer, x: FloatArray, y: IntArray) -> FloatArray:
    """Return the loss at every step from zero weights."""
    walked = path(rule, _logistic_gradient(x, y), np.zeros(x.shape[1]), n_steps=N_RACE)
    return logistic_loss(walked, x, y)


def _race_axes(ax: Axes, name: str) -> None:
    logarithmic(ax, y=(1e-6, 1e-4, 1e-2, 1))
    ax.set(xlim=(0, N_RACE), ylim=(3e-7, 3), xticks=[0, 100, 200])
    ax.set_yticks([1e-6, 1e-4, 1e-2, 1], ["10⁻⁶", "10⁻⁴", "10⁻²", "1"])
    name_axes(ax, "step", "loss above the least")
    name_panel(ax, name, rise=22)


def _racers(ax: Axes, excess: dict[str, FloatArray]) -> None:
    """Draw rules with one rate for all weights in one colour, the others in another."""
    for name, curve in excess.items():
        is_single = name in {"GD", "momentum", "Nesterov"}
        role, width = ("accent-1", STRONG) if is_single else ("accent-2", LINE)
        line(ax, np.arange(N_RACE + 1.0), np.maximum(curve, 1e-9), role, width=width, dashed=True)
    for name, at, height in (("RMSprop", 196, 5e-3), ("AdaGrad", 196, 3e-4), ("Adam", 72, 2e-6)):
        say(ax, at, height, name, "accent-2", bold=True, ha="right")
    say(ax, 196, 0.45, "GD, momentum, Nesterov", "accent-1", bold=True, ha="right")


def _curvatures(w: FloatArray, x: FloatArray) -> FloatArray:
    """Return the eigenvalues of the Hessian, rising."""
    return np.asarray(np.linalg.eigvalsh(logistic_hessian(w, x)), float)


def _noisy(rates: FloatArray, n_runs: int) -> FloatArray:
    """Return the mean square of the error on a parabola, at the start and after every step."""
    rng = np.random.default_rng(0)

    def gradient(w: FloatArray) -> FloatArray:
        return w + rng.normal(size=w.shape)

    walk = states(SGD(0), gradient, np.full(n_runs, 3.0), n_steps=len(rates), rates=rates)
    return np.array([float((s.w**2).mean()) for s in walk])
