"""Figures and worked examples of the module *The Perceptron*."""

from collections.abc import Iterable
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from dlcv_viz.data.blobs import separated_square, two_blobs
from dlcv_viz.data.gates import CORNERS, gate
from dlcv_viz.data.glyphs import glyph, noisy_letters
from dlcv_viz.draw import plane
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
    equal_units,
    name_axes,
    name_panel,
    panel,
    stage,
)
from dlcv_viz.draw.marks import along, arrow, line, points, ring, say
from dlcv_viz.draw.matrix import pixels, scale
from dlcv_viz.draw.theme import MARKER, diverging
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.perceptron import (
    Presentation,
    Run,
    SignedRun,
    decide,
    homogeneous,
    train_perceptron,
    train_signed,
)
from dlcv_viz.numerics.separability import (
    angle,
    cover_count,
    geometric_margin,
    max_margin_line,
    mistake_bound,
    separable_functions,
    signed_distance,
    threshold_functions,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import FloatArray, IntArray

GAMMA = "\N{GREEK SMALL LETTER GAMMA}"
SPAN = 3.5  # half the width of the plane that the clouds lie in
N_STEPS = 15  # the start and the updates of the default clouds
LEARNT, WALLED = ("AND", "OR", "NAND"), "XOR"
MARGINS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.5)
FLIPS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)
N_TRAIN, N_TEST = 100, 1000


@figure(
    alt="Two clouds of points, {n_positive} and {n_negative}, and the line the perceptron stopped "
    "at after {updates} updates: it separates them, but passes {least_distance:.2f} from the "
    "nearest point, where the widest-margin line keeps {best_distance:.2f}."
)
def boundary(*, seed: Annotated[int, Range(0, 99)] = 1) -> Drawing:
    """Draw the line that the perceptron rule stops at, its normal, and the widest-margin line.

    Parameters
    ----------
    seed : int, default 1
        Of the clouds; some seeds give clouds that no line separates. The labels are placed for the
        default: look at another one before it is shown.

    Returns
    -------
    Drawing
        A panel with an inset of the mistakes in each epoch.

    Raises
    ------
    ValueError
        If no line separates the clouds of this seed.

    See Also
    --------
    dlcv_viz.numerics.perceptron.train_signed : Computes the run.
    """
    x, y = two_blobs(seed=seed)
    try:
        best_w, best_b, _ = max_margin_line(x, y)
    except ValueError as error:
        raise ValueError(f"clouds of seed={seed}: {error}; 0, 1 and 2 can be separated") from error
    run = train_signed(homogeneous(x), y)
    w, b = run.weights[-1, :2], float(run.weights[-1, 2])
    nearest = float((y * signed_distance(x, w, b)).min())
    widest = float((y * signed_distance(x, best_w, best_b)).min())

    fig = canvas(NARROW, 330)
    ax = _plane(fig)
    plane.sides(ax, w, b)
    ends = plane.boundary(ax, best_w, best_b, "muted", width=THIN, dashed=True)
    note = f"widest margin {widest:.2f}"
    along(ax, ends[0], ends[1], note, "muted", at=0.985, ha="right", below=True)
    ends = plane.boundary(ax, w, b)
    along(ax, ends[0], ends[1], "w·x + b = 0", at=0.02, ha="left")
    along(ax, ends[0], ends[1], f"margin {nearest:.2f}", at=0.66, below=True)
    plane.normal(ax, ends, w, length=1.25, name="w")
    plane.classes(ax, x, y)
    _name_sides(ax)
    _mistakes_inset(panel(fig, 252, 52, 88, 34), run.mistakes_by_epoch())
    return Drawing(
        fig,
        facts={
            "updates": run.updates,
            "epochs": run.n_epochs,
            "presentations": run.n_epochs * len(x),
            "mistakes": run.mistakes_by_epoch(),
            "w": w.tolist(),
            "b": b,
            "n_positive": int((y > 0).sum()),
            "n_negative": int((y < 0).sum()),
            "least_distance": nearest,
            "best_distance": widest,
            "bound": mistake_bound(
                homogeneous(x), geometric_margin(np.array([*best_w, best_b]), homogeneous(x), y)
            ),
        },
    )


@figure(
    alt="Update {step} of {updates}, in epoch {epoch}: {cause}; {said}",
    sweep=Sweep("step", range(N_STEPS), label="update"),
)
def training_steps(
    *, seed: Annotated[int, Range(0, 99)] = 1, step: Annotated[int, Range(0, N_STEPS - 1)] = 0
) -> Drawing:
    """Draw the state after one update: the line, the line before, the point that moved it.

    Parameters
    ----------
    seed : int, default 1
        Of the clouds.
    step : int, default 0
        How many updates were made; a run that has fewer stays at its last.

    Returns
    -------
    Drawing
        The same plane in every frame.

    See Also
    --------
    dlcv_viz.numerics.perceptron.train_signed : Computes the run.
    """
    x, y = two_blobs(seed=seed)
    run = train_signed(homogeneous(x), y, max_epochs=100)
    step = min(step, run.updates)
    state, before = run.weights[step], run.weights[max(step - 1, 0)]
    wrong = (y * (run.weights @ homogeneous(x).T) <= 0).sum(axis=1)  # in every state
    n_wrong = int(wrong[step])

    fig = canvas(NARROW, 344)
    ax = _plane(fig)
    if before.any():
        plane.boundary(ax, before[:2], float(before[2]), "muted", width=THIN, dashed=True)
    if step:
        plane.sides(ax, state[:2], float(state[2]))
        plane.boundary(ax, state[:2], float(state[2]))
    plane.classes(ax, x, y)
    if step:
        ring(ax, x[run.points[step - 1]], "ink", size=12, width=LINE)
    _step_header(fig, step, run.updates, n_wrong)
    return Drawing(
        fig,
        facts={
            "step": step,
            "updates": run.updates,
            "epoch": int(run.epochs[step - 1]) if step else 1,
            "epochs": run.n_epochs,
            "wrong": n_wrong,
            "worst": int(wrong[1:].max()),
            "worst_step": int(wrong[1:].argmax()) + 1,
            "w": state[:2].tolist(),
            "b": float(state[2]),
            "turned": angle(before[:2], state[:2]) if before.any() else 0.0,
            "said": f"{_wrong(n_wrong)}." if step else "there is no line yet.",
            "cause": _cause(run, y, step),
            "is_separated": run.is_separated,
        },
    )


@figure(
    alt="Four gates as points in the plane. AND, OR and NAND have a line, found after "
    "{updates[0]}, {updates[1]} and {updates[2]} updates; for XOR the rule walks through the same "
    "{cycle_length} states for ever."
)
def gates() -> Drawing:
    """Draw what the rule finds for AND, OR and NAND, and the cycle it falls into for XOR.

    Returns
    -------
    Drawing
        Three panels, and below them the four states of the cycle.

    See Also
    --------
    dlcv_viz.numerics.perceptron.train_perceptron : Computes the runs.
    """
    runs = {name: train_perceptron(CORNERS, gate(name)) for name in LEARNT}
    cycle = _cycle(train_perceptron(CORNERS, gate(WALLED), max_epochs=50))

    fig = canvas(NARROW, 340)
    for place, (name, run) in enumerate(runs.items()):
        ax = panel(fig, 22 + 115 * place, 211, 92, 92)
        equal_units(ax, -0.5, 1.5, middle=0.5)
        ax.set(xticks=[0, 1], yticks=[0, 1])
        name_axes(ax, "x₁", "x₂", among_ticks=True)
        name_panel(ax, name, rise=18)
        say(ax, -0.5, 1.6, f"{run.updates} updates", "muted", size=SMALL, ha="left", va="bottom")
        plane.sides(ax, run.weights, run.bias)
        plane.boundary(ax, run.weights, run.bias)
        plane.classes(ax, CORNERS, gate(name), size=8)
        if place == 0:
            for (x1, x2), label in zip(CORNERS.tolist(), gate(name), strict=True):
                role = "accent-1" if label else "accent-2"
                say(ax, x1 + 0.13, x2 + 0.14, f"{label}", role, bold=True, ha="left")
    _draw_cycle(fig, cycle)
    return Drawing(
        fig,
        facts={
            "updates": [run.updates for run in runs.values()],
            "epochs": [run.epochs for run in runs.values()],
            "cycle_length": len(cycle),
            "cycle": [_state(state) for state in cycle],
        },
    )


@figure(
    alt="Updates against the margin, both on logarithmic axes: at margin {margins[0]:g} the rule "
    "needs {means[0]:.0f} on average and the theorem allows {bounds[0]:.0f}; at {margins[5]:g}, "
    "{means[5]:.1f} and {bounds[5]:.1f}. {is_below:Every|Not every} run stays below the bound."
)
def mistake_bounds(*, n_seeds: Annotated[int, Range(2, 50)] = 10) -> Drawing:
    """Draw measured numbers of updates under the bound of the convergence theorem.

    Parameters
    ----------
    n_seeds : int, default 10
        Runs for every margin.

    Returns
    -------
    Drawing
        Range and mean of the updates for six margins, and the least bound of the runs.

    See Also
    --------
    dlcv_viz.numerics.separability.mistake_bound : Computes the bound.
    """
    counts, bounds = _counts_and_bounds(n_seeds)
    margins, means, least = np.array(MARGINS), counts.mean(axis=1), bounds.min(axis=1)
    fewest, most, ratio = counts.min(axis=1), counts.max(axis=1), float(least[0] / means[0])

    fig = canvas(NARROW, 300)
    ax = panel(fig, 40, 40, 304, 228)
    ax.set(xscale="log", yscale="log", xlim=(0.016, 0.65), ylim=(0.8, 5000))
    ax.set_xticks([0.02, 0.1, 0.5], ["0.02", "0.1", "0.5"])
    ax.set_yticks([1, 10, 100, 1000], ["1", "10", "100", "1000"])
    ax.minorticks_off()
    name_axes(ax, f"margin {GAMMA}", "updates")
    ranges = [[(m, a), (m, z)] for m, a, z in zip(margins, fewest, most, strict=True)]
    bars = LineCollection(ranges, colors=MARKER["accent-1"], linewidths=STRONG * 2, alpha=0.35)
    ax.add_collection(bars)
    line(ax, margins, least, "accent-2", dashed=True)
    line(ax, margins, means, "accent-1")
    points(ax, np.column_stack([margins, means]), "accent-1")
    arrow(ax, (0.02, means[0]), (0.02, least[0]), "muted", width=THIN, head=4, gap=5)
    say(ax, 0.022, 230, f"{ratio:.0f} times\nthe mean", "muted", size=SMALL, ha="left")
    say(ax, 0.036, 1150, f"bound (R/{GAMMA})²", "accent-2", bold=True, ha="left")
    say(ax, 0.054, 33, "measured", "accent-1", bold=True, ha="left")
    note = f"mean and range\nof {n_seeds} runs"
    say(ax, 0.054, 17, note, "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "margins": MARGINS,
            "means": means.tolist(),
            "most": most.astype(int).tolist(),
            "bounds": least.tolist(),
            "ratio": ratio,
            "is_below": bool((counts <= bounds).all()),
            "n_runs": n_seeds,
            "n_points": 100,
        },
    )


@figure(
    alt="Noisy bitmaps of T and L, the weights a perceptron learnt from {n_train} of them, which "
    "show a T against an L, and its accuracy on {n_test} others: {accuracy[0]:.1%} at "
    "{flips[0]:.0%} flipped pixels, {accuracy[5]:.1%} at {flips[5]:.0%}, a guess at {flips[7]:.0%}."
)
def glyphs(*, flip: Annotated[float, Range(0, 0.5)] = 0.1) -> Drawing:
    """Draw letters with noise, the weights learnt from them, and accuracy against noise.

    Parameters
    ----------
    flip : float, default 0.1
        Probability that a pixel is flipped, for the letters and weights shown.

    Returns
    -------
    Drawing
        Three parts side by side.

    See Also
    --------
    dlcv_viz.numerics.perceptron.train_signed : Learns the weights.
    """
    accuracy, epochs = zip(*(_letter_run(noise)[:2] for noise in FLIPS), strict=True)
    shown_accuracy, _, run = _letter_run(flip)

    fig = canvas(WIDE, 256)
    page = stage(fig, 0, 0, WIDE, 256)
    for x, name, note in (
        (14, "noisy letters", f"{flip:.0%} of the pixels flipped"),
        (216, "learnt weights", f"after {run.updates} updates"),
        (390, "accuracy", ""),
    ):
        say(page, x, 234, name, bold=True, size=TITLE, ha="left")
        say(page, x, 217, note, "muted", size=SMALL, ha="left")
    _noisy_samples(page, *noisy_letters(N_TRAIN, flip, seed=0))
    _template(page, run.weights[-1, :-1].reshape(7, 5))

    ax = panel(fig, 393, 66, 152, 140)
    ax.set(xlim=(0, 0.53), ylim=(0.4, 1.03))
    ax.set_xticks([0, 0.25, 0.5], ["0%", "25%", "50%"])
    ax.set_yticks([0.5, 0.75, 1.0], ["50%", "75%", "100%"])
    name_axes(ax, "pixels flipped", "right on new letters")
    ax.axhline(0.5, color=MARKER["line"], lw=HAIR, zorder=0)
    say(ax, 0.01, 0.49, "a guess", "muted", size=SMALL, ha="left", va="top")
    line(ax, np.array(FLIPS), np.array(accuracy), "accent-1")
    points(ax, np.column_stack([FLIPS, accuracy]), "accent-1")
    ring(ax, (flip, shown_accuracy), "ink", size=11, width=1.6)
    say(ax, flip, shown_accuracy - 0.07, "shown left", size=SMALL, va="top")
    return Drawing(
        fig,
        facts={
            "flips": FLIPS,
            "accuracy": accuracy,
            "epochs": epochs,
            "flip": flip,
            "updates": run.updates,
            "n_train": N_TRAIN,
            "n_test": N_TEST,
            "n_differ": int((glyph("T") != glyph("L")).sum()),
            "n_pixels": glyph("T").size,
        },
    )


@figure(alt="A line between two clouds of points, with its normal: {updates} updates found it.")
def thumbnail() -> Drawing:
    """Draw the module's card: clouds, line and normal, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    x, y = two_blobs(seed=1)
    run = train_signed(homogeneous(x), y)
    w, b = run.weights[-1, :2], float(run.weights[-1, 2])
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    equal_units(ax, -4.6, 4.6, middle=0.22)
    plane.sides(ax, w, b, alpha=0.13)
    plane.normal(ax, plane.boundary(ax, w, b), w, length=1.5)
    plane.classes(ax, x, y)
    return Drawing(fig, facts={"updates": run.updates})


@example
def two_points() -> Facts:
    """Train on (1, 1) with label 1 and (0, 0) with label 0.

    Returns
    -------
    Facts
        The trace, a list a column, and the end.
    """
    x = np.array([[1.0, 1.0], [0.0, 0.0]])
    return _told(train_perceptron(x, np.array([1, 0])), x)


@example
def and_gate() -> Facts:
    """Learn AND, the corners in the order 00, 01, 10, 11.

    Returns
    -------
    Facts
        The trace, the state after each epoch, and the weighted sums at the end.
    """
    run = train_perceptron(CORNERS, gate("AND"))
    ends = run.ends_of_epochs()
    wrong = [sum(s.is_wrong for s in run.trace if s.epoch == end.epoch) for end in ends]
    return {
        **_told(run, CORNERS),
        "end_epoch": [end.epoch for end in ends],
        "end_w1": [end.weights[0] for end in ends],
        "end_w2": [end.weights[1] for end in ends],
        "end_b": [end.bias for end in ends],
        "end_mistakes": wrong,
        "check_z": (CORNERS @ run.weights + run.bias).tolist(),
    }


@example
def other_gates() -> Facts:
    """Learn OR, NAND and NOR like AND.

    Returns
    -------
    Facts
        A list a column, one item a gate.
    """
    names = ["OR", "NAND", "NOR"]
    runs = [train_perceptron(CORNERS, gate(name)) for name in names]
    return {
        "gate": names,
        "w1": [run.weights[0] for run in runs],
        "w2": [run.weights[1] for run in runs],
        "b": [run.bias for run in runs],
        "updates": [run.updates for run in runs],
        "epochs": [run.epochs for run in runs],
    }


@example
def xor_cycle() -> Facts:
    """Try to learn XOR.

    Returns
    -------
    Facts
        The third epoch, which starts and ends in the same state, mistakes by epoch, and how many
        corners are right: at best in the cycle, and at best for any unit.
    """
    run = train_perceptron(CORNERS, gate("XOR"), max_epochs=50)
    third = Run(tuple(shown for shown in run.trace if shown.epoch == 3), is_separated=False)
    ends = run.ends_of_epochs()
    right = [decide(CORNERS, s.weights, s.bias) == gate("XOR") for s in _cycle(run)]
    return {
        **_told(third, CORNERS),
        "start": _state(ends[1]),
        "end_first": _state(ends[0]),
        "end_second": _state(ends[1]),
        "mistakes": [sum(s.is_wrong for s in run.trace if s.epoch == e) for e in (1, 2, 3, 4)],
        "n_epochs": run.epochs,
        "is_same": all((e.weights == ends[1].weights).all() for e in ends[1:]),
        "best_right": max(int(answers.sum()) for answers in right),
        "any_right": int((threshold_functions(2) == gate("XOR")).sum(axis=1).max()),
    }


@example
def bound_by_hand() -> Facts:
    """Bound the mistakes on four points without a bias, and count them.

    Returns
    -------
    Facts
        Radius, margin, bound, and what the rule does.
    """
    x = np.array([[2.0, 1.0], [1.0, 2.0], [-1.0, -1.0], [-2.0, 0.0]])
    y = np.array([1, 1, -1, -1])
    margin = geometric_margin(np.array([1.0, 1.0]), x, y)
    run = train_signed(x, y)
    bound = mistake_bound(x, margin)
    return {
        "r2": float((x**2).sum(axis=1).max()),
        "margin": margin,
        "margin2": margin**2,
        "bound": bound,
        "at_most": int(np.floor(bound + 1e-9)),  # 2.5 may be a rounding below
        "updates": run.updates,
        "w": run.weights[-1].tolist(),
        "scores": (y * (x @ run.weights[-1])).tolist(),
    }


@example
def boolean_functions() -> Facts:
    """Count the Boolean functions that one unit computes.

    Returns
    -------
    Facts
        By number of inputs: all, separable ones, and Cover's count for as many points.
    """
    inputs = (1, 2, 3, 4)
    return {
        "inputs": inputs,
        "corners": [2**n for n in inputs],
        "functions": [2**2**n for n in inputs],
        "separable": [separable_functions(n) for n in inputs],
        "cover": [cover_count(2**n, n + 1) for n in inputs],
        "capacity_points": 6,
        "capacity_weights": 3,
        "capacity": cover_count(6, 3),
        "capacity_all": 2**6,
    }


@example
def learning_rate(*, rate: Annotated[float, Range(0.001, 1000)] = 0.5) -> Facts:
    """Learn AND with another learning rate, from the same zero start.

    Parameters
    ----------
    rate : float, default 0.5
        To compare with 1.

    Returns
    -------
    Facts
        Both ends, whether every answer was the same, and if not, where the runs part: epoch
        (else 0) and input, and the sum there without and with rounding.
    """
    one = train_perceptron(CORNERS, gate("AND"))
    other = train_perceptron(CORNERS, gate("AND"), learning_rate=rate)
    pairs = zip(one.trace, other.trace, strict=False)  # after the parting one may be longer
    parting = next(((a, b) for a, b in pairs if a.answer != b.answer), None)
    return {
        "rate": rate,
        "updates": one.updates,
        "other_updates": other.updates,
        "w": one.weights.tolist(),
        "b": one.bias,
        "other_w": other.weights.tolist(),
        "other_b": other.bias,
        "is_same": parting is None,
        "parts_epoch": parting[0].epoch if parting else 0,
        "parts_input": _coordinates(CORNERS[parting[0].point]) if parting else "",
        "z_paper": rate * parting[0].z if parting else 0.0,
        "z_computer": parting[1].z if parting else 0.0,
    }


@example
def order_matters() -> Facts:
    """Learn AND with the corners in the order 11, 10, 01, 00.

    Returns
    -------
    Facts
        The end for both orders.
    """
    there = train_perceptron(CORNERS, gate("AND"))
    back = train_perceptron(CORNERS[::-1], gate("AND")[::-1])
    return {
        "updates": there.updates,
        "w": there.weights.tolist(),
        "b": there.bias,
        "back_updates": back.updates,
        "back_w": back.weights.tolist(),
        "back_b": back.bias,
    }


def _plane(fig: Figure) -> Axes:
    ax = panel(fig, 26, 34, 322, 272)
    equal_units(ax, -SPAN, SPAN)
    ax.set(xticks=[-2, 0, 2], yticks=[-2, 0, 2])
    name_axes(ax, "x₁", "x₂")
    return ax


def _name_sides(ax: Axes) -> None:
    right, high = SPAN - 0.12, ax.get_ylim()[1] - 0.12
    yes, no = "predicted +1", "predicted \N{MINUS SIGN}1"
    say(ax, right, high, yes, "accent-1", bold=True, ha="right", va="top")
    say(ax, -right, -high, no, "accent-2", bold=True, ha="left", va="bottom")


def _mistakes_inset(ax: Axes, mistakes: list[int]) -> None:
    ax.bar(range(1, len(mistakes) + 1), mistakes, width=0.62, color=MARKER["muted"])
    ax.spines["left"].set_visible(False)
    ax.set(xticks=[1, len(mistakes)], yticks=[], ylim=(0, max(mistakes) * 1.25))
    ax.tick_params(length=0, pad=6)
    name_axes(ax, y="mistakes")
    name_axes(ax, "epoch", among_ticks=True)
    for epoch in {int(np.argmax(mistakes)) + 1, len(mistakes)}:
        count = mistakes[epoch - 1]
        say(ax, epoch, count + 0.15, f"{count}", size=SMALL, va="bottom")


def _step_header(fig: Figure, step: int, updates: int, n_wrong: int) -> None:
    ax = stage(fig, 0, 306, NARROW, 38)
    if not step:
        say(ax, 348, 27, "start: w = 0, no line yet", bold=True, ha="right")
        return
    say(ax, 348, 27, f"update {step} of {updates}: {_wrong(n_wrong)}", bold=True, ha="right")
    note = "ringed: the mistake" + ("; dashed: the line before it" if step > 1 else "")
    say(ax, 348, 11, note, "muted", size=SMALL, ha="right")


def _wrong(n: int) -> str:
    points_are = {0: "no point is", 1: "1 point is"}.get(n, f"{n} points are")
    return f"{points_are} on the wrong side"


def _cause(run: SignedRun, y: IntArray, step: int) -> str:
    if not step:
        return f"all weights are zero and every one of the {len(y)} points counts as a mistake"
    label = "+1" if y[run.points[step - 1]] > 0 else "−1"
    if step == 1:
        return f"the first point, of class {label}, gave the line its direction"
    turned = angle(run.weights[step - 1, :2], run.weights[step, :2])
    return f"a point of class {label} was on the wrong side and turned the line by {turned:.0f}°"


def _draw_cycle(fig: Figure, cycle: tuple[Presentation, ...]) -> None:
    """Draw the states in a row, each with the corner that moves it on."""
    page = stage(fig, 0, 0, NARROW, 340)
    say(page, 180, 182, "A corner on the line has z = 0 and counts as 1.", "muted", size=SMALL)
    say(page, 15, 148, WALLED, bold=True, size=TITLE, ha="left")
    say(page, 345, 148, "cycles: every corner is a mistake", "muted", size=SMALL, ha="right")
    for i, state in enumerate(cycle):
        left = 15 + 88 * i
        ax = stage(fig, left, 70, 66, 66)
        equal_units(ax, -1.4, 1.6, middle=0.1)
        plane.sides(ax, state.weights, state.bias)
        plane.boundary(ax, state.weights, state.bias)
        plane.classes(ax, CORNERS, gate(WALLED))
        ring(ax, CORNERS[i], "ink", size=11, width=1.6)
        say(page, left + 33, 59, _state(state), size=SMALL)
        if i:
            arrow(page, (left - 20, 103), (left - 2, 103), "edge", width=1)
    line(page, np.array([312.0, 312, 48]), np.array([49.0, 36, 36]), "edge", width=1)
    arrow(page, (48, 36), (48, 51), "edge", width=1)
    note = "(w₁, w₂, b), and ringed the corner that is the next mistake"
    say(page, 180, 20, note, "muted", size=SMALL)


def _cycle(run: Run) -> tuple[Presentation, ...]:
    """Return the states in which the last epoch meets each corner, in their order."""
    return run.trace[-len(CORNERS) - 1 : -1]


def _state(after: Presentation) -> str:
    return _coordinates((*after.weights, after.bias))


def _coordinates(numbers: Iterable[float]) -> str:
    told = ",\N{NO-BREAK SPACE}".join(f"{number:g}" for number in numbers)
    return f"({told})".replace("-", "\N{MINUS SIGN}")


def _letter_run(flip: float) -> tuple[float, int, SignedRun]:
    x, y = noisy_letters(N_TRAIN, flip, seed=0)
    run = train_signed(homogeneous(x), y, max_epochs=50)  # the noisiest are not separable
    new_x, new_y = noisy_letters(N_TEST, flip, seed=1)
    said = np.where(homogeneous(new_x) @ run.weights[-1] >= 0, 1, -1)
    return float((said == new_y).mean()), run.n_epochs, run


def _noisy_samples(page: Axes, x: FloatArray, y: IntArray) -> None:
    paper = LinearSegmentedColormap.from_list("paper", ["#ffffff", "#000000"])
    for top, name, label in ((206, "T", 1), (115, "L", -1)):
        say(page, 14, top - 31, name, bold=True, ha="left")
        for column, index in enumerate(np.flatnonzero(y == label)[:3]):
            sample = x[index].reshape(7, 5)
            pixels(page, sample, 30 + 54 * column, top, 9, colours=paper, limits=(-1, 1))


def _template(page: Axes, weights: FloatArray) -> None:
    limit = float(np.abs(weights).max())
    pixels(page, weights, 216, 206, 22, colours=diverging(), limits=(-limit, limit))
    ends = (f"\N{MINUS SIGN}{limit:g}: for L", f"+{limit:g}: for T")
    scale(page, 216, 45, 110, colours=diverging(), ends=ends)


def _counts_and_bounds(n_seeds: int) -> tuple[FloatArray, FloatArray]:
    """Return updates and bounds, (margins, seeds) each."""
    planted = np.array([np.cos(0.6), np.sin(0.6)])  # the normal that `separated_square` plants
    counts, bounds = np.empty((2, len(MARGINS), n_seeds))
    for i, seed in np.ndindex(counts.shape):
        x, y = separated_square(seed=seed, margin=MARGINS[i])
        counts[i, seed] = train_signed(x, y).updates
        bounds[i, seed] = mistake_bound(x, geometric_margin(planted, x, y))
    return counts, bounds


def _told(run: Run, x: FloatArray) -> Facts:
    """Return a trace as facts, a list a column, and how it ended."""
    return {
        "epoch": [shown.epoch for shown in run.trace],
        "point": [shown.point + 1 for shown in run.trace],
        "input": [_coordinates(x[shown.point]) for shown in run.trace],
        "z": [shown.z for shown in run.trace],
        "said": [shown.answer for shown in run.trace],
        "label": [shown.label for shown in run.trace],
        "wrong": [shown.is_wrong for shown in run.trace],
        "w1": [shown.weights[0] for shown in run.trace],
        "w2": [shown.weights[1] for shown in run.trace],
        "b_after": [shown.bias for shown in run.trace],
        "updates": run.updates,
        "epochs": run.epochs,
        "w": run.weights.tolist(),
        "b": run.bias,
    }
