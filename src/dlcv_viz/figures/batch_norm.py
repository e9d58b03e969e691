"""Figures and worked examples of the module *Batch Normalization*."""

from typing import Annotated

import numpy as np
from matplotlib.axes import Axes

from dlcv_viz.data.spiral import spiral
from dlcv_viz.draw.canvas import (
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
from dlcv_viz.draw.curves import limit
from dlcv_viz.draw.marks import arrow, frame, line, number, points, ring, say
from dlcv_viz.draw.matrix import pixels
from dlcv_viz.draw.theme import MARKER, diverging
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.activation import ACTIVATIONS, normal_pdf
from dlcv_viz.numerics.mean_field import gradient_sizes
from dlcv_viz.numerics.network import Network, random_network
from dlcv_viz.numerics.normalization import (
    EPSILON,
    Statistics,
    batch_mean,
    batch_norm,
    batch_norm_inference,
    batch_statistics,
    batch_variance,
    normalize,
    scale_shift,
    undoing,
    updated,
)
from dlcv_viz.numerics.normalization_layer import batch_norm_backward, batch_norm_forward, fold
from dlcv_viz.numerics.normalized_network import gradients as normalized_gradients
from dlcv_viz.numerics.normalized_network import normalized
from dlcv_viz.numerics.sample_normalization import group_norm, instance_norm, layer_norm, rms_norm
from dlcv_viz.numerics.training import binary_cross_entropy, gradient_step, gradients
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray

SERIES = ("accent-1", "accent-2", "accent-3")
SIZES = (2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256)
N_BATCHES = 2000  # drawn of every size
MEAN, SD, SAMPLE = 3.0, 2.0, 5.0  # of the population, and the sample that is followed
SHARES = (0.5, 0.1, 0.01)  # of a batch in the running statistics
LAYERS, SMALL_SD = (2, 32, 32, 32, 32, 1), 0.05  # of the networks that race, and weights too small
N_STEPS, BATCH, LAST = 90, 50, 20  # of the race; the losses of the last steps are averaged
ONE, ZERO = np.ones(1), np.zeros(1)
FOUR = np.array([[2.0], [4.0], [6.0], [8.0]])


@figure(
    alt="Histograms of three features of {n} samples. Means {raw_mean[0]:.1f}, {raw_mean[1]:.1f} "
    "and {raw_mean[2]:.1f} all become 0 and deviations 1, but the skewed one stays skewed and "
    "reaches {largest:.1f}. Scale and shift then place each anew."
)
def before_after() -> Drawing:
    """Draw three features before and after the two halves of batch normalization.

    Returns
    -------
    Drawing
        A row for every feature; raw, normalized, and scaled and shifted values side by side.

    See Also
    --------
    dlcv_viz.numerics.normalization.batch_norm : Computes it.
    """
    rng, n = np.random.default_rng(0), 256
    raw = np.column_stack([rng.normal(0, 0.5, n), rng.normal(5, 3, n), rng.exponential(10, n) - 12])
    gamma, beta = np.array([1.0, 2.0, 0.5]), np.array([0.0, 1.0, -1.0])
    x_hat = normalize(raw, batch_statistics(raw))
    stages = raw, x_hat, scale_shift(x_hat, gamma, beta)
    fig = canvas(WIDE, 336)
    for column, (values, name, ends, ticks) in enumerate(
        zip(
            stages,
            ("as they come", "normalized", "scaled and shifted"),
            ((-16, 28), (-4.5, 4.5), (-7, 9)),
            ([-10, 0, 20], [-4, 0, 4], [-5, 0, 5]),
            strict=True,
        )
    ):
        for row, role in enumerate(SERIES):
            ax = panel(fig, 22 + 182 * column, 218 - 90 * row, 160, 72)
            ax.set(xlim=ends, ylim=(0, 1.3), yticks=[], xticks=ticks)
            ax.axvline(0, color=MARKER["line"], lw=THIN, zorder=0)
            _heap(ax, values[:, row], np.linspace(*ends, 46), role)
            told = f"mean {number(values[:, row].mean(), '.1f')}, sd {values[:, row].std():.1f}"
            say(ax, ends[1], 1.2, told, role, size=SMALL, bold=True, ha="right")
            if row == 0:
                name_panel(ax, name, rise=10)
            if row == 2:
                name_axes(ax, "value")
            else:
                ax.set_xticklabels([])
    return Drawing(
        fig,
        facts={
            "n": n,
            "raw_mean": raw.mean(axis=0),
            "raw_sd": raw.std(axis=0),
            "mean": x_hat.mean(axis=0),
            "sd": x_hat.std(axis=0),
            "largest": x_hat.max(),
            "smallest": x_hat[:, 2].min(),
            "gamma": gamma,
            "beta": beta,
            "last_mean": stages[2].mean(axis=0),
            "last_sd": stages[2].std(axis=0),
        },
    )


@figure(
    alt="Batches of {m} drawn {n_batches:,} times. The batch mean scatters with deviation "
    "{mean_sd:.2f}; the normalized value of one fixed sample is {x_hat_mean:.2f} on average and "
    "scatters by {x_hat_sd:.2f}. Both fall as one over the root of the batch size.",
    sweep=Sweep("m", SIZES, label="batch size m", start=4),
)
def batch_size_sweep(*, m: Annotated[int, Range(2, 256)] = 8) -> Drawing:
    """Draw how the batch mean and one normalized sample scatter from batch to batch.

    Parameters
    ----------
    m : int, default 8
        Batch size.

    Returns
    -------
    Drawing
        Two histograms, and both deviations over the batch size.

    See Also
    --------
    dlcv_viz.numerics.normalization.normalize : Computes the normalized sample.
    """
    spreads = {size: _of_many_batches(size) for size in (*SIZES, m)}
    means, x_hat = spreads[m]
    fig = canvas(WIDE, 262)
    left, middle, right = (
        panel(fig, x, 40, w, 168) for x, w in ((16, 158), (200, 158), (404, 142))
    )
    left.set(xlim=(-1, 7), ylim=(0, 1.1), yticks=[], xticks=[-1, 3, 7])
    name_axes(left, "batch mean")
    name_panel(left, "mean of the batch", note=f"scatter {means.std():.2f}", rise=8)
    _heap(left, means, np.linspace(-1, 7, 65), "accent-1")
    middle.set(xlim=(-2.05, 4.05), ylim=(0, 1.1), yticks=[], xticks=[-2, 0, 1, 4])
    name_axes(middle, "normalized value")
    name_panel(middle, f"the sample x = {SAMPLE:g}", note=f"scatter {x_hat.std():.2f}", rise=8)
    middle.axvline((SAMPLE - MEAN) / SD, color=MARKER["edge"], lw=THIN, zorder=0)
    _heap(middle, x_hat, np.linspace(-2.05, 4.05, 62), "accent-2")
    logarithmic(right, x=(2, 16, 256), y=(0.1, 0.3, 1))
    right.set(xlim=(1.7, 300), ylim=(0.06, 2))
    name_axes(right, "batch size m", "scatter")
    sizes = np.array(SIZES, float)
    line(right, sizes, SD / np.sqrt(sizes), "muted", width=THIN)
    for role, which in (("accent-1", 0), ("accent-2", 1)):
        scatter = np.array([spreads[size][which].std() for size in SIZES])
        points(right, np.column_stack([sizes, scatter]), role, size=5)
        ring(right, (m, float(spreads[m][which].std())), "ink", size=11, width=LINE)
    say(right, 30, 0.62, "mean", "accent-1", bold=True, ha="left")
    say(right, 12, 0.13, "sample", "accent-2", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "m": m,
            "n_batches": N_BATCHES,
            "mean_sd": means.std(),
            "expected_sd": SD / np.sqrt(m),
            "x_hat_mean": x_hat.mean(),
            "x_hat_sd": x_hat.std(),
            "x_hat_most": np.abs(x_hat).max(),
            "bound": np.sqrt(m - 1),
            "sizes": SIZES,
            "every_mean_sd": [float(spreads[size][0].std()) for size in SIZES],
            "every_x_hat_sd": [float(spreads[size][1].std()) for size in SIZES],
            "population": MEAN,
            "sd": SD,
            "sample": SAMPLE,
        },
    )


@figure(
    alt="One tensor of {n} samples and {c} channels under six views. Batch norm removes the "
    "columns and leaves rows {rows_left:.1f} apart; layer norm removes the rows and leaves columns "
    "{columns_left:.1f} apart. Frames show groups of {sizes[0]}, {sizes[1]}, {sizes[2]} and "
    "{sizes[3]} values."
)
def norm_axes() -> Drawing:
    """Draw a tensor whose samples and channels differ, and what each normalization makes of it.

    Returns
    -------
    Drawing
        Six pictures: samples are rows of blocks, channels are columns, a block holds the places.

    See Also
    --------
    dlcv_viz.numerics.sample_normalization : Computes those without a batch.
    """
    raw = _tensor()
    (n, c, _, _), ones, zeros = raw.shape, np.ones(raw.shape[1]), np.zeros(raw.shape[1])
    layered = group_norm(raw, ones, zeros, n_groups=1)
    flat = raw.reshape(n, -1)
    views = (  # with rows and columns of blocks that share their statistics
        ("as it comes", raw, (0, 0)),
        ("batch norm", batch_norm(raw, ones, zeros), (n, 1)),
        ("layer norm", layered, (1, c)),
        ("instance norm", instance_norm(raw, ones, zeros), (1, 1)),
        ("group norm, 2 groups", group_norm(raw, ones, zeros, n_groups=2), (1, c // 2)),
        ("RMS norm", rms_norm(flat, np.ones(flat.shape[1])).reshape(raw.shape), (1, c)),
    )
    sizes = [9 * rows * columns for _, _, (rows, columns) in views[1:5]]
    fig = canvas(WIDE, 318)
    for place, (name, values, group) in enumerate(views):
        ax = stage(fig, 26 + 184 * (place % 3), 166 - 158 * (place // 3), 160, 146)
        say(ax, 0, 138, name, bold=True, ha="left")
        _blocks(ax, values, group)
        told = (
            f"{9 * group[0] * group[1]} values a group"
            if place
            else "rows are samples, columns channels"
        )
        say(ax, 0, 12, told, "muted", size=SMALL, ha="left")
    batched = views[1][1]
    return Drawing(
        fig,
        facts={
            "n": n,
            "c": c,
            "places": raw.shape[2] * raw.shape[3],
            "sizes": sizes,
            "rows_left": np.ptp(batched.mean(axis=(1, 2, 3))),
            "columns_left": np.ptp(layered.mean(axis=(0, 2, 3))),
            "batch_means": np.abs(batched.mean(axis=(0, 2, 3))).max(),
            "layer_means": np.abs(layered.mean(axis=(1, 2, 3))).max(),
            "rms_means": np.abs(views[5][1].mean(axis=(1, 2, 3))).max(),
        },
    )


@figure(
    alt="Running mean and variance over {n_steps} batches of {m}. A share of {shares[1]:g} a batch "
    "reaches the population's {mean:g} and {variance:g} and stays near; {shares[0]:g} keeps "
    "jumping, {shares[2]:g} has a mean of only {last_mean[2]:.2f} at the end."
)
def running_stats() -> Drawing:
    """Draw how running statistics near those of the population, for three momenta.

    Returns
    -------
    Drawing
        The mean on the left, the variance on the right.

    See Also
    --------
    dlcv_viz.numerics.normalization.updated : One step.
    """
    m, n_steps = 16, 80
    batches = np.random.default_rng(0).normal(MEAN, SD, (n_steps, m, 1))
    paths = [_running(batches, share) for share in SHARES]
    fig = canvas(WIDE, 276)
    panels = panel(fig, 26, 40, 240, 196), panel(fig, 308, 40, 240, 196)
    for ax, name, goal, top in zip(
        panels, ("mean", "variance"), (MEAN, SD**2), (4.2, 8), strict=True
    ):
        ax.set(xlim=(0, n_steps), ylim=(0, top), xticks=[0, 40, 80], yticks=[0, int(goal)])
        name_axes(ax, "batches seen", f"running {name}")
        limit(ax, goal)
    for role, path in zip(SERIES, paths, strict=True):
        for column, ax in enumerate(panels):
            line(ax, np.arange(n_steps + 1.0), path[:, column], role, width=LINE)
    say(panels[0], 10, 3.9, "ρ = 0.5", SERIES[0], bold=True, ha="left")
    say(panels[0], 15, 2.1, "ρ = 0.1", SERIES[1], bold=True, ha="left")
    say(panels[0], 46, 0.7, "ρ = 0.01", SERIES[2], bold=True, ha="left")
    last = np.array([path[-1] for path in paths])
    sample, right = np.array([[SAMPLE]]), (SAMPLE - MEAN) / SD
    calibrated = [float(normalize(sample, Statistics(row[:1], row[1:]))[0, 0]) for row in last]
    settled = np.array([path[41:] for path in paths])
    return Drawing(
        fig,
        facts={
            "m": m,
            "n_steps": n_steps,
            "shares": SHARES,
            "mean": MEAN,
            "variance": SD**2,
            "last_mean": last[:, 0],
            "last_variance": last[:, 1],
            "scatter": settled[:, :, 0].std(axis=1),
            "sample": SAMPLE,
            "right": right,
            "inferred": calibrated,
        },
    )


@figure(
    alt="Mean square of the gradient in a random network of {depth} layers. Without normalization "
    "it stays level, {plain_times:.1f} times in all; with batch norm it grows backwards by "
    "{ratio:.2f} a layer, {times:.0f} times in all."
)
def gradient_growth() -> Drawing:
    """Draw how large gradients are in a deep random ReLU network, with and without batch norm.

    Returns
    -------
    Drawing
        Both over the layers, on a logarithmic axis, and the line of the theory.

    See Also
    --------
    dlcv_viz.numerics.normalized_network.gradients : Computes them.
    """
    depth, width, rng = 15, 160, np.random.default_rng(0)
    relu = ACTIVATIONS["relu"]
    plain = gradient_sizes(relu, 2.0, width=width, depth=depth, batch=width, seed=0) ** 2
    network = normalized(random_network([width] * (depth + 1), seed=rng, hidden=relu))
    X, top = rng.normal(size=(2, width, width))
    _, _, errors = normalized_gradients(network, X, top, lambda _, signal: (ZERO, signal))
    # The first layer has inputs of another kind, the last no normalization behind it.
    sizes, plain = np.array([np.mean(error**2) for error in errors])[1:-1], plain[1:-1]
    sizes, plain = sizes / sizes[-1], plain / plain[-1]
    theory, layers = np.pi / (np.pi - 1), np.arange(2.0, depth)
    fig = canvas(NARROW, 290)
    ax = panel(fig, 34, 40, 312, 212)
    logarithmic(ax, y=(1, 10, 100))
    ax.set(xlim=(1.6, depth - 0.6), ylim=(0.4, 300), xticks=[2, 8, 14])
    name_axes(ax, "hidden layer", "mean square of the gradient, last = 1")
    line(ax, layers, theory ** (depth - 1 - layers), "muted", width=THIN)
    for role, values in (("accent-1", sizes), ("accent-2", plain)):
        line(ax, layers, values, role, dashed=True)
        points(ax, np.column_stack([layers, values]), role)
    say(ax, 7, 26, "with batch norm", "accent-1", bold=True, ha="left")
    say(ax, 2, 2.4, "without, He weights", "accent-2", bold=True, ha="left")
    say(ax, 3.2, 160, "theory: π/(π − 1) a layer", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "depth": depth,
            "width": width,
            "theory": theory,
            "ratio": (sizes[0] / sizes[-1]) ** (1 / (len(sizes) - 1)),
            "times": sizes[0],
            "plain_times": plain[0],
        },
    )


@figure(
    alt="Loss over {n_steps} steps with and without batch norm. Tiny steps: {normed[0]:.2f} "
    "against {plain[0]:.2f}. Good ones: {normed[1]:.3f} against {plain[1]:.3f}. Huge ones: "
    "{normed[2]:.2f} against {plain[2]:.2f}. Weights too small: {normed[3]:.2f} against "
    "{plain[3]:.2f}."
)
def training_race() -> Drawing:
    """Train one network in four settings, with and without batch normalization.

    Returns
    -------
    Drawing
        The loss of the batches over the steps, in four panels.

    See Also
    --------
    dlcv_viz.numerics.normalized_network : The normalized network.
    """
    settings = (  # learning rate, standard deviation of the weights if not He's
        ("steps too small", 0.01, None),
        ("steps just right", 0.5, None),
        ("steps too large", 3.0, None),
        ("weights too small", 0.1, SMALL_SD),
    )
    fig, ends = canvas(WIDE, 262), list[tuple[float, float]]()
    for place, (name, rate, sd) in enumerate(settings):
        ax = panel(fig, 28 + 136 * place, 40, 112, 158)
        ax.set(xlim=(0, N_STEPS), ylim=(0, 1.1), xticks=[0, N_STEPS], yticks=[0, 0.5, 1])
        name_axes(ax, "steps", among_ticks=True)
        note = f"rate {rate:g}" + ("" if sd is None else f", sd {sd:g}")
        name_panel(ax, name, note=note, rise=20)
        limit(ax, float(np.log(2)))
        plain, normed = _losses(rate, sd, batch_normed=False), _losses(rate, sd, batch_normed=True)
        for role, losses in (("accent-2", plain), ("accent-1", normed)):
            smooth = np.convolve(losses, np.ones(5) / 5, mode="valid")
            line(ax, np.arange(5.0, N_STEPS + 1), smooth, role, dashed=True)
        ends.append((float(plain[-LAST:].mean()), float(normed[-LAST:].mean())))
        if place:
            ax.set_yticklabels([])
        else:
            name_axes(ax, y="loss")
            say(ax, 88, 0.86, "without", "accent-2", bold=True, ha="right")
            say(ax, 46, 0.2, "with", "accent-1", bold=True, ha="right")
    return Drawing(
        fig,
        facts={
            "n_steps": N_STEPS,
            "batch": BATCH,
            "last": LAST,
            "hidden": len(LAYERS) - 2,
            "width": LAYERS[1],
            "rates": [rate for _, rate, _ in settings],
            "small_sd": SMALL_SD,
            "plain": [plain for plain, _ in ends],
            "normed": [normed for _, normed in ends],
            "log_2": np.log(2),
        },
    )


@figure(
    alt="{n} different bell curves above, and the one standard bell curve they all become below."
)
def thumbnail() -> Drawing:
    """Draw the module's card: features of all sizes become one.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    bells = ((-3.2, 0.45), (-0.4, 1.5), (3.0, 0.8))
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    ax.set(xlim=(-5, 5), ylim=(0, 150))
    x = np.linspace(-5, 5, 241)
    for role, (mean, sd) in zip(SERIES, bells, strict=True):
        height = normal_pdf((x - mean) / sd) / sd
        line(ax, x, 92 + 56 * height, role, width=STRONG)
        arrow(ax, (mean, 84), (0.35 * mean, 64), role, width=2.2, head=8)
    ax.axhline(90, color=MARKER["line"], lw=THIN, zorder=0)
    ax.axhline(10, color=MARKER["line"], lw=THIN, zorder=0)
    ax.fill_between(x, 10, 10 + 118 * normal_pdf(x), color=MARKER["accent-1"], alpha=0.2, lw=0)
    line(ax, x, 10 + 118 * normal_pdf(x), "ink", width=STRONG)
    return Drawing(fig, facts={"n": len(bells)})


@example
def five_values() -> Facts:
    """Normalize five values, then scale and shift.

    Returns
    -------
    Facts
        Every step.
    """
    return _steps(np.arange(1.0, 6)[:, None], 2.0, 0.5)


@example
def four_values() -> Facts:
    """Normalize four values, then scale and shift, and undo it.

    Returns
    -------
    Facts
        Every step, and the scale and shift that give the values back.
    """
    gamma, beta = undoing(FOUR)
    back = batch_norm(FOUR, gamma, beta)
    doubled = batch_norm(2 * FOUR, gamma, beta)
    return {
        **_steps(FOUR, 1.5, 1.0),
        "undo_gamma": gamma[0],
        "undo_beta": beta[0],
        "back": back.ravel(),
        "doubled": 2 * FOUR.ravel(),
        "doubled_back": doubled.ravel(),
    }


@example
def one_update() -> Facts:
    """Follow running statistics from their start over identical batches.

    Returns
    -------
    Facts
        After one batch with what inference makes of a value, and after several.
    """
    start = running = Statistics(ZERO, ONE)
    x, after = np.array([[6.0]]), dict[int, Statistics]()
    for k in range(1, 45):
        running = updated(running, FOUR)
        after[k] = running
    shown = (1, 10, 22, 44)
    batch = batch_statistics(FOUR)
    return {
        "share": 0.1,
        "start_mean": start.mean[0],
        "start_variance": start.variance[0],
        "batch_mean": batch.mean[0],
        "unbiased": FOUR.var(ddof=1),
        "mean": after[1].mean[0],
        "variance": after[1].variance[0],
        "wrong_variance": 0.9 + 0.1 * batch.variance[0],
        "x": 6,
        "inferred": batch_norm_inference(x, ONE, ZERO, after[1])[0, 0],
        "trained": normalize(FOUR, batch)[2, 0],
        "steps": shown,
        "means": [after[k].mean[0] for k in shown],
        "variances": [after[k].variance[0] for k in shown],
        "outputs": [batch_norm_inference(x, ONE, ZERO, after[k])[0, 0] for k in shown],
        "left": 0.9**44,
    }


@example
def backward() -> Facts:
    """Carry a gradient on one of four samples back.

    Returns
    -------
    Facts
        Sums, gradients, and the checks that they pass.
    """
    gamma, upstream = np.array([1.5]), np.array([[1.0], [0.0], [0.0], [0.0]])
    passed = batch_norm_forward(FOUR, gamma, ZERO)
    inputs, by_gamma, by_beta = batch_norm_backward(passed, upstream)
    return {
        "x": FOUR.ravel(),
        "gamma": gamma[0],
        "upstream": upstream.ravel(),
        "x_hat": passed.x_hat.ravel(),
        "factor": passed.factor[0],
        "inner": inputs.ravel() / passed.factor[0],
        "inputs": inputs.ravel(),
        "sum": abs(inputs.sum()),
        "along": abs((inputs * passed.x_hat).sum()),
        "by_gamma": by_gamma[0],
        "by_beta": by_beta[0],
    }


@example
def bn_vs_ln() -> Facts:
    """Normalize one matrix by columns and by rows, and a row by its root mean square.

    Returns
    -------
    Facts
        Columns of every matrix.
    """
    matrix = np.array([[1.0, 2.0, 3.0], [4.0, 0.0, -4.0], [2.0, 2.0, 5.0]])
    ones, zeros = np.ones(3), np.zeros(3)
    by_batch, by_layer = batch_norm(matrix, ones, zeros), layer_norm(matrix, ones, zeros)
    tables = {"raw": matrix, "batch": by_batch, "layer": by_layer}
    columns = {f"{name}_{k}": table[:, k] for name, table in tables.items() for k in range(3)}
    return {"sample": [1, 2, 3], **columns, "rms": rms_norm(matrix[:1], ones)[0]}


@example
def fold_one() -> Facts:
    """Fold a normalization into a layer of one weight.

    Returns
    -------
    Facts
        What both have, the one layer, and an output computed both ways.
    """
    w, b, x = np.array([[2.0]]), np.array([0.5]), np.array([[3.0]])
    gamma, beta, running = np.array([1.5]), np.array([1.0]), Statistics(3 * ONE, 4 * ONE)
    folded_w, folded_b = fold(w, b, gamma, beta, running)
    z = x @ w + b
    return {
        "w": w[0, 0],
        "b": b[0],
        "gamma": gamma[0],
        "beta": beta[0],
        "mean": running.mean[0],
        "variance": running.variance[0],
        "folded_w": folded_w[0, 0],
        "folded_b": folded_b[0],
        "x": x[0, 0],
        "z": z[0, 0],
        "two_steps": batch_norm_inference(z, gamma, beta, running)[0, 0],
        "one_step": folded_w[0, 0] * x[0, 0] + folded_b[0],
    }


@example
def parameters() -> Facts:
    """Count the numbers that a normalization of some channels keeps.

    Returns
    -------
    Facts
        Learnt ones, buffers, and the weights of a convolution before it.
    """
    channels, kernel = 64, 3
    weights = channels * channels * kernel**2
    return {
        "channels": channels,
        "learnt": 2 * channels,
        "buffers": 2 * channels,
        "kernel": kernel,
        "weights": weights,
        "share": 2 * channels / weights,
        "images": 32,
        "side": 28,
        "values": 32 * 28**2,
    }


def _steps(x: FloatArray, gamma: float, beta: float) -> Facts:
    """Return every step for one feature."""
    x_hat = normalize(x, batch_statistics(x))
    y = scale_shift(x_hat, gamma * ONE, beta * ONE)
    return {
        "x": x.ravel(),
        "m": len(x),
        "mean": batch_mean(x)[0],
        "centred": (x - batch_mean(x)).ravel(),
        "squares": ((x - batch_mean(x)) ** 2).ravel(),
        "variance": batch_variance(x)[0],
        "unbiased": x.var(ddof=1),
        "epsilon": EPSILON,
        "x_hat": x_hat.ravel(),
        "variance_after": batch_variance(x_hat)[0],
        "gamma": gamma,
        "beta": beta,
        "y": y.ravel(),
    }


def _heap(ax: Axes, values: FloatArray, edges: FloatArray, role: str) -> None:
    """Draw a histogram whose highest column has height 1."""
    counts, _ = np.histogram(values, edges)
    ax.stairs(counts / counts.max(), edges, fill=True, color=MARKER[role], lw=0, zorder=2)


def _of_many_batches(m: int) -> tuple[FloatArray, FloatArray]:
    """Return means of many batches that hold one sample, and what the sample becomes in each."""
    batches = np.random.default_rng(m).normal(MEAN, SD, (m, N_BATCHES))
    means = batch_mean(batches)
    batches[0] = SAMPLE
    return means, normalize(batches, batch_statistics(batches))[0]


def _tensor() -> FloatArray:
    """Return pictures whose samples and channels differ in brightness."""
    rng = np.random.default_rng(3)
    samples, channels = rng.normal(0, 1, (4, 1, 1, 1)), rng.normal(0, 1, (1, 6, 1, 1))
    return samples + channels + rng.normal(0, 0.4, (4, 6, 3, 3))


def _blocks(ax: Axes, values: FloatArray, group: tuple[int, int]) -> None:
    """Draw a tensor block by block, and a frame around the first group."""
    n, c, height, width = values.shape
    side, top = 8.0, 128.0
    picture = values.transpose(0, 2, 1, 3).reshape(n * height, c * width)
    pixels(ax, picture, 0, top, side, colours=diverging(), limits=(-2.5, 2.5))
    for row in range(1, n):
        ax.plot([0, side * c * width], [top - 3 * side * row] * 2, c=MARKER["plate"], lw=STRONG)
    for column in range(1, c):
        ax.plot(
            [3 * side * column] * 2, [top, top - side * n * height], c=MARKER["plate"], lw=STRONG
        )
    if any(group):
        box = (0, top, 3 * side * group[1], 3 * side * group[0])
        frame(ax, *box, role="plate", width_pt=6, above=7)  # ink alone is lost on some cells
        frame(ax, *box, role="ink", width_pt=3)


def _running(batches: FloatArray, share: float) -> FloatArray:
    """Return running mean and variance, a row after every batch, from 0 and 1."""
    running = Statistics(ZERO, ONE)
    rows = [(0.0, 1.0)]
    for batch in batches:
        running = updated(running, batch, momentum=share)
        rows.append((float(running.mean[0]), float(running.variance[0])))
    return np.array(rows)


def _losses(rate: float, sd: float | None, *, batch_normed: bool) -> FloatArray:
    """Train on two spirals and return the loss of every batch."""
    x, arm = spiral(2, n_each=100, noise=0.05, seed=0)
    y, rng = arm[:, None].astype(float), np.random.default_rng(0)
    plain = random_network(LAYERS, seed=rng, gain=2.0, hidden="relu")
    if sd is not None:
        small = [rng.normal(0, sd, W.shape) for W in plain.weights]
        plain = Network(small, plain.biases, plain.hidden, plain.output)
    normed, losses = normalized(plain), list[float]()
    for _ in range(N_STEPS):
        drawn = rng.choice(len(x), BATCH, replace=False)
        if batch_normed:
            value, by, _ = normalized_gradients(normed, x[drawn], y[drawn], binary_cross_entropy)
            normed = normed.stepped(by, rate)
        else:
            value, found = gradients(plain, x[drawn], y[drawn], binary_cross_entropy)
            plain = gradient_step(plain, found, rate)
        losses.append(float(value))
    return np.array(losses)
