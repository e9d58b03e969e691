"""Figures and worked examples of the module *Convolutional Layers*."""

from typing import Annotated, get_args

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from dlcv_viz.data.shapes import SQUARE, leaning_bar, shapes
from dlcv_viz.draw.arithmetic import TIMES, equation, products, shape_note, signed_sum
from dlcv_viz.draw.canvas import (
    NARROW,
    SMALL,
    THIN,
    TITLE,
    WIDE,
    canvas,
    name_axes,
    panel,
    stage,
)
from dlcv_viz.draw.marks import arrow, line, number, points, say, scientific
from dlcv_viz.draw.matrix import cells, pixels
from dlcv_viz.draw.theme import diverging, sequential
from dlcv_viz.draw.window import CELL, Box, Grid, Window, link, mark, mark_taps, show
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.classical_kernels import KERNELS, SOBEL_X
from dlcv_viz.numerics.convolution import Fill, conv2d, convolve2d, correlate2d, im2col, pad2d
from dlcv_viz.numerics.convolution_cost import conv_macs, conv_parameters
from dlcv_viz.numerics.convolution_gradient import conv2d_backward
from dlcv_viz.numerics.convolution_size import output_size, same_padding, span, unseen
from dlcv_viz.numerics.dense import parameter_count
from dlcv_viz.numerics.edge_detection import (
    best_threshold,
    outline,
    smoothed,
    sobel_gradient,
)
from dlcv_viz.numerics.gradient_check import central_difference, relative_error
from dlcv_viz.numerics.receptive_field import receptive_field
from dlcv_viz.numerics.transposed_convolution import (
    conv_transpose1d,
    conv_transpose2d,
    convolution_matrix,
)
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import BoolArray, FloatArray, IntArray

DELTA, PARTIAL = "\N{GREEK SMALL LETTER DELTA}", "\N{PARTIAL DIFFERENTIAL}"
GREY = LinearSegmentedColormap.from_list("grey", ["#000000", "#ffffff"])
# The picture, the two kernels and the gradient that the worked examples share.
X = np.array([[1.0, 2, 0], [0, 1, 1], [1, 0, 2]])
DIAGONAL, LOPSIDED = np.array([[1.0, 0], [0, 1]]), np.array([[1.0, 2], [0, -1]])
UPSTREAM = np.array([[1.0, -1], [2, 0]])
COLOURS = ("red", "green", "blue")
# Looks for an edge where red rises and blue falls; green is asked for its middle.
COLOUR_KERNEL = np.array(
    [[[-1.0, 0, 1], [-1, 0, 1], [-1, 0, 1]], [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
     [[1, 0, -1], [1, 0, -1], [1, 0, -1]]]
)  # fmt: skip
N_PLACES, N_STRIDED = 25, 16  # of a 3 by 3 window on 7 by 7 pixels, and at stride 2 with padding 1
NOISES, DEVIATIONS = (0.0, 0.1, 0.2, 0.3, 0.4), (0, 1, 2)
N_SEEDS, N_THRESHOLDS = 3, 25


@figure(
    alt="Three channels of a window, each times its own slice of one kernel: {parts[0]:g}, "
    "{parts[1]:g} and {parts[2]:g}. Their sum and the bias make one number, {y:g}: a 3 by 3 filter "
    "on a colour picture has {n_weights} weights."
)
def channels() -> Drawing:
    """Draw one output number of a layer with three input channels.

    Returns
    -------
    Drawing
        A row for each channel, and their sum at the right.

    See Also
    --------
    dlcv_viz.numerics.convolution.conv2d : Computes the number.
    """
    window, bias = _colour_window(), 2.0
    parts = (window * COLOUR_KERNEL).sum(axis=(1, 2))
    y = float(conv2d(window[None], COLOUR_KERNEL[None], np.array([bias]))[0, 0, 0, 0])

    fig = canvas(NARROW, 316)
    page = stage(fig, 0, 0, NARROW, 316)
    for x, name in ((48, "window"), (148, "kernel")):
        say(page, x, 298, name, bold=True, size=TITLE, ha="left", va="bottom")
    out = Grid((1, 1), 318, 170, 30)
    for c, colour in enumerate(COLOURS):
        top = 290 - 92 * c
        seen = Grid((3, 3), 48, top, 24)
        weights = Grid((3, 3), 148, top, 24)
        part = Grid((1, 1), 252, top - 22, 28)
        show(page, seen, window[c], limit=9)
        show(page, weights, COLOUR_KERNEL[c], limit=2)
        show(page, part, parts[[c], None], limit=30)
        say(page, 42, top - 36, colour, "muted", size=SMALL, ha="right")
        say(page, 134, top - 36, "\N{MIDDLE DOT}", size=TITLE, bold=True)
        say(page, 236, top - 36, "=", "muted")
        arrow(page, (282, top - 36), (316, 155 + 9 * (1 - c)), "edge", width=1)
    show(page, out, np.array([[y]]), limit=30, strong=np.array([[True]]))
    mark(page, out.whole)
    say(page, 333, 128, f"+ bias {bias:g}", "muted", size=SMALL)
    note = f"{COLOUR_KERNEL.size} products, {COLOUR_KERNEL.size} weights, one bias, one number"
    say(page, 180, 16, note, "muted", size=SMALL)
    return Drawing(
        fig,
        facts={
            "parts": parts.tolist(),
            "bias": bias,
            "y": y,
            "n_weights": COLOUR_KERNEL.size,
            "n_parameters": conv_parameters(3, 1, 3),
            "deeper": conv_parameters(64, 1, 3, bias=False),
        },
    )


@figure(
    alt="A 3 by 3 window on 7 by 7 pixels, place {place} of {n_places}: {terms} = {value:g} goes "
    "to row {row}, column {column} of the output, which has {n_out} by {n_out} numbers.",
    sweep=Sweep("place", range(1, N_PLACES + 1), label="place"),
)
def sliding_window(*, place: Annotated[int, Range(1, N_PLACES)] = 8) -> Drawing:
    """Draw a window at one of its places, with its products and what is computed so far.

    Parameters
    ----------
    place : int, default 8
        Which place, counted row by row.

    Returns
    -------
    Drawing
        Picture, kernel and output; the same places in every frame.

    See Also
    --------
    dlcv_viz.numerics.convolution.correlate2d : Computes the output.
    """
    return _slide(place, stride=1, padding=0)


@figure(
    alt="The same window at stride {stride} over a border of zeros, place {place} of {n_places}: "
    "{terms} = {value:g}. It fits {n_out} times along each side, so the output is {n_out} by "
    "{n_out}.",
    sweep=Sweep("place", range(1, N_STRIDED + 1), label="place"),
)
def strided_window(*, place: Annotated[int, Range(1, N_STRIDED)] = 5) -> Drawing:
    """Draw a window that goes two pixels at a time, over a picture with a border of zeros.

    Parameters
    ----------
    place : int, default 5
        Which place, counted row by row.

    Returns
    -------
    Drawing
        Picture, kernel and output; the same places in every frame.

    See Also
    --------
    dlcv_viz.numerics.convolution.correlate2d : Computes the output.
    """
    return _slide(place, stride=2, padding=1)


@figure(
    alt="A 3 by 3 kernel with dilation {dilation}: {n_weights} taps that span {span} pixels. Three "
    "such layers reach over {field} by {field} pixels and see {seen} of them, {share:.0%}.",
    sweep=Sweep("dilation", (1, 2, 3), label="dilation", start=1),
)
def dilated(*, dilation: Annotated[int, Range(1, 3)] = 2) -> Drawing:
    """Draw the taps of a dilated kernel, and the pixels that three such layers see.

    Parameters
    ----------
    dilation : int, default 2
        Pixels from one tap to the next.

    Returns
    -------
    Drawing
        Two parts side by side.

    See Also
    --------
    dlcv_viz.numerics.convolution_size.span : Counts the pixels.
    """
    image, reach = leaning_bar(7, 7), span(3, dilation)
    n_out = output_size(7, 3, dilation=dilation)
    paths, mixed = _paths((dilation,) * 3), _paths((1, 2, 3))

    fig = canvas(NARROW, 252)
    page = stage(fig, 0, 0, NARROW, 252)
    source, window = Grid((7, 7), 12, 206, 22), Window(0, 0, (3, 3), dilation)
    name = f"dilation {dilation}"
    show(page, source, image, limit=9, strong=window.mask(source), name=name, text=SMALL)
    mark_taps(page, source, window)
    say(page, 12, 34, f"{SOBEL_X.size} weights, span {reach}", size=SMALL, ha="left")
    say(page, 12, 18, f"output {n_out} {TIMES} {n_out}", "muted", size=SMALL, ha="left")

    cell, middle = 8.0, (268.0, 129.0)
    left, top = middle[0] - len(paths) * cell / 2, middle[1] + len(paths) * cell / 2
    # The fourth root: one path is still seen where the middle has forty-nine.
    cells(page, (paths / paths.max()) ** 0.25, left, top, cell, limit=0.6, form="")
    field = Box(middle[0] - 76, middle[1] + 77, 152, 154)
    name = "three such layers see"
    say(page, field.left, 214, name, bold=True, size=TITLE, ha="left", va="bottom")
    told = f"{int((paths > 0).sum())} of {paths.size} pixels"
    say(page, field.left, 34, told, size=SMALL, ha="left")
    say(page, field.left, 18, "stronger: by more paths", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "dilation": dilation,
            "n_weights": SOBEL_X.size,
            "span": reach,
            "n_out": n_out,
            "padding": same_padding(3, dilation),
            "field": len(paths),
            "seen": int((paths > 0).sum()),
            "share": float((paths > 0).mean()),
            "mixed_field": len(mixed),
            "mixed_share": float((mixed > 0).mean()),
        },
    )


@figure(
    alt="The average of 3 by 3 pixels over a picture of ones. With zeros outside, corners fall to "
    "{corner:.2f} and edges to {edge:.2f}; with the edge repeated every pixel stays {repeated:g}."
)
def border() -> Drawing:
    """Draw what two kinds of padding make of a picture that is 1 everywhere.

    Returns
    -------
    Drawing
        Two panels.

    See Also
    --------
    dlcv_viz.numerics.convolution.pad2d : Fills the border.
    """
    ones, fills = np.ones((6, 6)), get_args(Fill)
    averaged = {fill: _averaged(ones, fill) for fill in fills}
    zero, repeated = averaged["zero"], averaged["replicate"]

    fig = canvas(NARROW, 240)
    page = stage(fig, 0, 0, NARROW, 240)
    panels = ((zero, 12, "zeros outside"), (repeated, 192, "edge repeated"))
    for values, left, name in panels:
        grid = Grid((6, 6), left, 196, 26)
        show(page, grid, np.round(values, 2), limit=1, name=name, text=SMALL)
    say(page, 12, 20, "a picture of ones, averaged over 3 × 3", "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "corner": float(zero[0, 0]),
            "edge": float(zero[0, 2]),
            "inside": float(zero[2, 2]),
            "repeated": float(np.round(repeated, 12).min()),
            "flat": [fill for fill in fills if np.allclose(averaged[fill], 1)],
        },
    )


@figure(
    alt="Four ones, each stamped as a kernel of {k} ones, {stride} places apart. In the middle "
    "the stamps add up to {told}: the stride {is_even:divides|does not divide} the kernel.",
    sweep=Sweep("k", (2, 3, 4, 5), label="kernel size", start=1),
)
def stamps(*, k: Annotated[int, Range(2, 5)] = 3) -> Drawing:
    """Draw the stamps of a transposed convolution, and their sum.

    Parameters
    ----------
    k : int, default 3
        Length of the kernel of ones.

    Returns
    -------
    Drawing
        Input, stamps and sum below each other.

    See Also
    --------
    dlcv_viz.numerics.transposed_convolution.conv_transpose1d : Computes the sum.
    """
    x, stride = np.ones(4), 2
    y = conv_transpose1d(x, np.ones(k), stride=stride)
    inside = y[k - 1 : len(y) - k + 1]

    fig = canvas(NARROW, 300)
    page = stage(fig, 0, 0, NARROW, 300)
    left = 37
    show(page, Grid((1, 4), left, 268), x[None], limit=3, name="input")
    for i in range(4):
        grid = Grid((1, k), left + CELL * stride * i, 212 - 32 * i)
        show(
            page, grid, np.ones((1, k)), limit=3, name="" if i else f"stamps, {stride} places apart"
        )
    out = Grid((1, len(y)), left, 62)
    high = np.isin(np.arange(len(y)), np.arange(k - 1, len(y) - k + 1))
    show(page, out, y[None], limit=3, name="their sum", strong=high[None])
    mark(page, out.box(0, k - 1, 1, len(inside)))
    note = "all alike" if inside.min() == inside.max() else "up and down"
    say(page, left, 14, f"in the middle: {note}", "accent-2", size=SMALL, ha="left", bold=True)
    return Drawing(
        fig,
        facts={
            "k": k,
            "stride": stride,
            "n_out": len(y),
            "y": y.tolist(),
            "least": float(inside.min()),
            "most": float(inside.max()),
            "told": _range_words(inside),
            "is_even": bool(inside.min() == inside.max()),
        },
    )


@figure(
    alt="One scene through seven kernels. Those that sum to 1 keep its brightness; those that sum "
    "to {edge_sum:g} show only change: Sobel x answers {ratio:.0f} times as strongly to the "
    "left side of the square as to its upper side."
)
def kernel_gallery(*, noise: Annotated[float, Range(0, 0.3)] = 0.03) -> Drawing:
    """Draw a scene after each of the classical kernels, with the kernel below.

    Parameters
    ----------
    noise : float, default 0.03
        Standard deviation of the scene's noise.

    Returns
    -------
    Drawing
        Seven pictures; the first is the scene itself.

    See Also
    --------
    dlcv_viz.numerics.classical_kernels : Has the kernels.
    """
    scene, parts = shapes(64, ramp=0.25, noise=noise)
    answers = {
        name: correlate2d(pad2d(scene, len(k) // 2, "replicate"), k) for name, k in KERNELS.items()
    }
    upright, level = _sides(parts)
    strength = np.abs(answers["Sobel x"])

    fig = canvas(WIDE, 350)
    page = stage(fig, 0, 0, WIDE, 350)
    for i, (name, kernel) in enumerate(KERNELS.items()):
        left, top = 12 + 138 * (i % 4), 333 - 177 * (i // 4)
        _filtered(page, (left, top), name, kernel, answers[name])
    left, top = 12 + 138 * 3, 333 - 177
    notes = (
        "sum 1:",
        "brightness stays",
        "sum 0:",
        "flat parts vanish",
        "blue above 0,",
        "orange below",
    )
    for row, told in enumerate(notes):
        role = "muted" if row > 3 else "ink"
        say(page, left, top - 10 - 16 * row, told, role, size=SMALL, ha="left", bold=row in (0, 2))
    return Drawing(
        fig,
        facts={
            "names": list(KERNELS),
            "sums": [round(float(kernel.sum()), 12) for kernel in KERNELS.values()],
            "edge_sum": float(SOBEL_X.sum()),
            "upright": float(strength[upright].mean()),
            "level": float(strength[level].mean()),
            "ratio": float(strength[upright].mean() / strength[level].mean()),
            "noise": noise,
            "side": 64,
        },
    )


@figure(
    alt="A kernel as a matrix of {rows} by {columns}, of which {n_nonzero} entries are not zero: "
    "times the picture it gives the output, and transposed, times the gradient by the output, the "
    "gradient by the picture. Differences agree to {agreement}."
)
def as_matrix() -> Drawing:
    """Draw a convolution as a matrix product, its transpose going back, and the kernel's gradient.

    Returns
    -------
    Drawing
        Forward at the left, backward at the right, the kernel's gradient below.

    See Also
    --------
    dlcv_viz.numerics.transposed_convolution.convolution_matrix : Makes the matrix.
    """
    matrix = convolution_matrix(LOPSIDED, (3, 3))
    y = matrix @ X.ravel()
    found = conv2d_backward(UPSTREAM[None, None], X[None, None], LOPSIDED[None, None])

    fig = canvas(WIDE, 306)
    page = stage(fig, 0, 0, WIDE, 306)
    cell, top = 25, 266
    _product(page, (14, top), cell, (matrix, "K"), (X.ravel(), "x"), (y, "y"))
    back = (matrix.T, "Kᵀ"), (UPSTREAM.ravel(), DELTA), (found.x.ravel(), f"{PARTIAL}L/{PARTIAL}x")
    _product(page, (356, top), cell, *back)
    say(page, 14, 294, "forward", "accent-1", bold=True, size=SMALL, ha="left")
    say(page, 356, 294, "backward", "accent-2", bold=True, size=SMALL, ha="left")

    level = 108
    show(page, Grid((3, 3), 14, level, cell), X, limit=3)
    show(page, Grid((2, 2), 108, level, cell), UPSTREAM, limit=3)
    show(page, Grid((2, 2), 186, level, cell), found.w[0, 0], limit=5)
    say(page, 14, level + 8, "X", bold=True, size=TITLE, ha="left", va="bottom")
    say(page, 108, level + 8, DELTA, bold=True, size=TITLE, ha="left", va="bottom")
    name = f"{PARTIAL}L/{PARTIAL}k"
    say(page, 186, level + 8, name, bold=True, size=TITLE, ha="left", va="bottom")
    say(page, 98.5, level - 25, "⋆", "muted")
    say(page, 172, level - 25, "=", "muted")
    error = _difference_error()
    told = f"⋆: {DELTA} slides over X; differences agree to {scientific(error)}"
    say(page, 14, 14, told, "muted", size=SMALL, ha="left")
    return Drawing(
        fig,
        facts={
            "rows": matrix.shape[0],
            "columns": matrix.shape[1],
            "n_nonzero": int((matrix != 0).sum()),
            "n_entries": matrix.size,
            "n_weights": LOPSIDED.size,
            "error": error,
            "agreement": scientific(error),
        },
    )


@figure(
    alt="Edges of a noisy scene by Sobel kernels, without and with a blur before. F1 against "
    "noise: at deviation {noises[2]:g}, {plain[2]:.2f} without a blur and {blurred[2]:.2f} with "
    "one; at {noises[4]:g}, {plain[4]:.2f} and {blurred[4]:.2f}."
)
def edges(*, noise: Annotated[float, Range(0, 0.4)] = 0.2) -> Drawing:
    """Draw edges that fixed kernels find, with and without a blur, and scores against noise.

    Parameters
    ----------
    noise : float, default 0.2
        Standard deviation of the noise in the pictures shown.

    Returns
    -------
    Drawing
        Two rows of three pictures, and a panel with curves.

    See Also
    --------
    dlcv_viz.numerics.edge_detection.sobel_gradient : Computes the slopes.
    """
    scores = np.array(
        [
            [np.mean([_edges(s, sd, seed)[-1] for seed in range(N_SEEDS)]) for s in NOISES]
            for sd in DEVIATIONS
        ]
    )
    fig = canvas(WIDE, 290)
    page = stage(fig, 0, 0, WIDE, 290)
    for row, deviation in enumerate((0, 1)):
        _edge_row(page, 258 - 134 * row, noise, deviation)

    ax = panel(fig, 398, 84, 100, 150)
    ax.set(
        xlim=(-0.015, 0.415), ylim=(0.35, 1.03), xticks=[0, 0.2, 0.4], yticks=[0.4, 0.6, 0.8, 1.0]
    )
    name_axes(ax, "noise", "F₁, best threshold")
    for role, told, curve in zip(
        ("accent-2", "accent-1", "accent-3"), ("no blur", "blur 1", "blur 2"), scores, strict=True
    ):
        line(ax, np.array(NOISES), curve, role, dashed=role == "accent-3")
        points(ax, np.column_stack([NOISES, curve]), role, size=4.5)
        say(ax, 0.43, float(curve[-1]), told, role, size=SMALL, ha="left", bold=True)
    return Drawing(
        fig,
        facts={
            "noises": list(NOISES),
            "plain": scores[0].tolist(),
            "blurred": scores[1].tolist(),
            "wide": scores[2].tolist(),
            "noise": noise,
            "n_seeds": N_SEEDS,
            "side": 96,
        },
    )


@figure(alt="A window of {side} by {side} cells over a grid, joined by a beam to one output cell.")
def thumbnail() -> Drawing:
    """Draw the module's card: a window, and the cell it leads to, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    image, k = leaning_bar(7, 7), SOBEL_X
    y = correlate2d(image, k)
    fig = canvas(240, 150)
    page = stage(fig, 0, 0, 240, 150)
    grids = Grid((7, 7), 12, 138, 18), Grid((5, 5), 156, 111, 14.4)
    show(page, grids[0], image, limit=9, form="")
    show(page, grids[1], y, limit=float(np.abs(y).max()), form="")
    boxes = [grids[0].box(1, 2, 3, 3), grids[1].box(1, 2)]
    link(page, grids, boxes)
    for box in boxes:
        mark(page, box)
    return Drawing(fig, facts={"side": len(k)})


@example
def manual_correlation() -> Facts:
    """Slide a kernel over a picture of 3 by 3, all four places.

    Returns
    -------
    Facts
        Picture, kernel and output, row by row, and the terms of each sum.
    """
    seen = im2col(X[None], (2, 2)).T
    y = correlate2d(X, DIAGONAL)
    return {
        "x": X.ravel().tolist(),
        "k": DIAGONAL.ravel().tolist(),
        "place": [f"({i}, {j})" for i, j in np.ndindex(2, 2)],
        "window": [_matrix_words(window.reshape(2, 2)) for window in seen],
        "terms": [products(DIAGONAL, window) for window in seen],
        "y": y.ravel().tolist(),
    }


@example
def flip_matters() -> Facts:
    """Compare correlation with true convolution, for a kernel that a half turn changes.

    Returns
    -------
    Facts
        Both outputs, and those of a kernel that a half turn leaves as it is.
    """
    correlated, convolved = correlate2d(X, LOPSIDED), convolve2d(X, LOPSIDED)
    return {
        "k": LOPSIDED.ravel().tolist(),
        "turned": np.flip(LOPSIDED).ravel().tolist(),
        "correlated": correlated.ravel().tolist(),
        "convolved": convolved.ravel().tolist(),
        "terms": products(LOPSIDED, X[:2, :2]),
        "turned_terms": products(np.flip(LOPSIDED) + 0.0, X[:2, :2]),
    }


@example
def two_channels() -> Facts:
    """Add what two channels give, and a bias.

    Returns
    -------
    Facts
        The maps of both channels and their sum, row by row.
    """
    other = np.array([[0.0, 1, 1], [2, 0, 1], [1, 1, 0]])
    w, bias = np.stack([DIAGONAL, np.fliplr(DIAGONAL)]), 0.5
    y = conv2d(np.stack([X, other])[None], w[None], np.array([bias]))[0, 0]
    return {
        "x1": X.ravel().tolist(),
        "x2": other.ravel().tolist(),
        "w1": w[0].ravel().tolist(),
        "w2": w[1].ravel().tolist(),
        "b": bias,
        "first": correlate2d(X, w[0]).ravel().tolist(),
        "second": correlate2d(other, w[1]).ravel().tolist(),
        "y": y.ravel().tolist(),
        "n_weights": w.size,
    }


@example
def backward() -> Facts:
    """Carry a gradient back through a layer of one kernel.

    Returns
    -------
    Facts
        Gradients by kernel, picture and bias, row by row, and the terms of the first ones.
    """
    found = conv2d_backward(UPSTREAM[None, None], X[None, None], LOPSIDED[None, None])
    windows = im2col(X[None], (2, 2)).T
    corners = np.pad(UPSTREAM, 1)
    turned = np.flip(LOPSIDED) + 0.0
    return {
        "x": X.ravel().tolist(),
        "k": LOPSIDED.ravel().tolist(),
        "turned": turned.ravel().tolist(),
        "delta": UPSTREAM.ravel().tolist(),
        "tap": [f"({m}, {n})" for m, n in np.ndindex(2, 2)],
        "terms": [products(UPSTREAM, window) for window in windows],
        "dk": found.w.ravel().tolist(),
        "dx": found.x.ravel().tolist(),
        "db": float(found.b[0]),
        "corner": products(turned, corners[:2, :2]),
        "middle": products(turned, corners[1:3, 1:3]),
        "unturned": correlate2d(UPSTREAM, LOPSIDED, padding=1).ravel().tolist(),
        "n_checked": X.size + LOPSIDED.size,
        "agreement": scientific(_difference_error()),
    }


@example
def geometry_table() -> Facts:
    """Apply the size formula to eight layers.

    Returns
    -------
    Facts
        A list a column.
    """
    rows = ((7, 3, 2, 1, 1), (32, 5, 1, 0, 1), (224, 7, 2, 3, 1), (28, 3, 1, 0, 2),
            (28, 3, 1, 2, 2), (227, 11, 4, 0, 1), (224, 11, 4, 2, 1), (6, 3, 2, 0, 1))  # fmt: skip
    n, k, s, p, d = (list(column) for column in zip(*rows, strict=True))
    geometry = [
        {"stride": stride, "padding": padding, "dilation": gap}
        for _, _, stride, padding, gap in rows
    ]
    return {
        "n": n,
        "k": k,
        "s": s,
        "p": p,
        "d": d,
        "span": [span(row[1], row[4]) for row in rows],
        "out": [output_size(a[0], a[1], **g) for a, g in zip(rows, geometry, strict=True)],
        "unseen": [unseen(a[0], a[1], **g) for a, g in zip(rows, geometry, strict=True)],
    }


@example
def transposed() -> Facts:
    """Stamp a kernel for two numbers, two places apart.

    Returns
    -------
    Facts
        Both stamps and their sum.
    """
    x, k, stride = np.array([1.0, 2]), np.array([1.0, 2, 3]), 2
    y = conv_transpose1d(x, k, stride=stride)
    each = [conv_transpose1d(part, k, stride=stride) for part in np.diag(x)]
    ones = [conv_transpose1d(np.ones(3), np.ones(n), stride=stride) for n in (3, 4)]
    return {
        "x": x.tolist(),
        "k": k.tolist(),
        "s": stride,
        "taps": len(k),
        "n_in": len(x),
        "stamps": [_list_words(stamp) for stamp in each],
        "y": _list_words(y),
        "n_out": len(y),
        "uneven": _list_words(ones[0]),
        "even": _list_words(ones[1]),
    }


@example
def columns_of_224() -> Facts:
    """Count the numbers of a picture's windows.

    Returns
    -------
    Facts
        Rows, columns and all entries of the matrix, against the picture.
    """
    side, channels, k = 224, 3, 3
    places = output_size(side, k, padding=same_padding(k)) ** 2
    rows = channels * k * k
    return {
        "side": side,
        "channels": channels,
        "k": k,
        "rows": rows,
        "places": places,
        "entries": rows * places,
        "picture": channels * side * side,
        "factor": rows * places / (channels * side * side),
    }


@example
def against_dense() -> Facts:
    """Compare a layer on a colour picture with a dense one.

    Returns
    -------
    Facts
        Weights, parameters and outputs of both.
    """
    side, units, filters = 224, 1000, 64
    pixels = 3 * side * side
    weights = conv_parameters(3, filters, 3, bias=False)
    parameters = conv_parameters(3, filters, 3)
    return {
        "side": side,
        "units": units,
        "filters": filters,
        "pixels": pixels,
        "dense_weights": pixels * units,
        "dense": parameter_count([pixels, units]),
        "weights": weights,
        "parameters": parameters,
        "ratio": pixels * units / weights,
        "ratio_with_biases": parameter_count([pixels, units]) / parameters,
        "outputs": filters * side * side,
        "macs": conv_macs(3, filters, 3, (side, side)),
    }


@example
def variants() -> Facts:
    """Count weights and multiply-adds of the kinds of layers, from 64 to 64 channels.

    Returns
    -------
    Facts
        A list a column, and what questions quote.
    """
    channels, side = 64, 56
    kinds = (
        ("standard", (3, 3), 1),
        ("pointwise", (1, 1), 1),
        ("grouped", (3, 3), 4),
        ("depthwise", (3, 3), channels),
        ("dilated", (3, 3), 1),
    )
    weights = [conv_parameters(channels, channels, k, groups=g, bias=False) for _, k, g in kinds]
    return {
        "channels": channels,
        "side": side,
        "kind": [kind for kind, _, _ in kinds],
        "kernel": [shape_note(k) for _, k, _ in kinds],
        "groups": [g for _, _, g in kinds],
        "weights": weights,
        "macs": [conv_macs(channels, channels, k, (side, side), groups=g) for _, k, g in kinds],
        "factor": [weights[0] / each for each in weights],
        "asked": conv_parameters(64, 128, 3),
        "asked_weights": conv_parameters(64, 128, 3, bias=False),
    }


@example
def stacked() -> Facts:
    """Put layers on each other: two small kernels as one large, blur and slope as separable.

    Returns
    -------
    Facts
        Sizes, weights, and how far the results are apart.
    """
    rng = np.random.default_rng(0)
    x, first, second = rng.normal(size=(9, 9)), rng.normal(size=(3, 3)), rng.normal(size=(3, 3))
    # Correlating twice is correlating once with the full convolution of the two kernels.
    both = convolve2d(first, second, padding=2)
    apart = correlate2d(correlate2d(x, first), second) - correlate2d(x, both)
    gaussian = KERNELS["Gaussian"]
    return {
        "side": len(both),
        "weights_two": first.size + second.size,
        "weights_one": both.size,
        "apart": float(np.abs(apart).max()),
        "rounding": scientific(float(np.abs(apart).max())),
        "fields": [field.size for field in receptive_field([(3, 1, 1)] * 3)],
        "strided": [field.size for field in receptive_field([(3, 2, 1)] * 3)],
        "taps": len(gaussian),
        "at_once": gaussian.size,
        "one_after_the_other": 2 * len(gaussian),
    }


def _slide(place: int, *, stride: int, padding: int) -> Drawing:
    """Draw one place of a Sobel window on the bar, and all outputs up to it."""
    image, kernel = leaning_bar(7, 7), SOBEL_X
    y = correlate2d(image, kernel, stride=stride, padding=padding)
    row, column = map(int, np.unravel_index(place - 1, y.shape))
    window = Window(row * stride - padding, column * stride - padding, (3, 3))
    seen = im2col(image[None], 3, stride=stride, padding=padding)[:, place - 1].reshape(3, 3)
    order = np.arange(1, y.size + 1).reshape(y.shape)
    value, limit = float(y[row, column]), float(np.abs(y).max())

    cell, size = (20, 30) if padding else (22, 28)  # so that all fits into a narrow figure
    height = 170.0 + cell * (7 + 2 * padding)
    fig = canvas(NARROW, height)
    page = stage(fig, 0, 0, NARROW, height)
    source = Grid((7, 7), 10 + cell * padding, height - 34 - cell * padding, cell, padding)
    middle = source.top - 3.5 * cell
    out = Grid(y.shape, 350 - size * len(y), middle + size * len(y) / 2, size)
    note, text = shape_note(image.shape), SMALL
    strong = window.mask(source)
    show(page, source, image, limit=9, strong=strong, name="picture", note=note, text=text)
    done, note = np.where(order <= place, y, np.nan), shape_note(y.shape)
    show(page, out, done, limit=limit, strong=order == place, name="output", note=note, text=text)
    boxes = [window.box(source), out.box(row, column)]
    link(page, (source, out), boxes)
    _products_by_row(page, source.whole.bottom - 32, kernel, seen)
    equation(page, (10, 350), 14, signed_sum((kernel * seen).sum(axis=1)), number(value))
    for box in boxes:
        mark(page, box)
    return Drawing(
        fig,
        facts={
            "place": place,
            "n_places": y.size,
            "row": row + 1,
            "column": column + 1,
            "terms": products(kernel, seen, zeros=False),
            "value": value,
            "n_out": len(y),
            "stride": stride,
            "padding": padding,
            "outside": int(9 - window.mask(source).sum()),
        },
    )


def _products_by_row(page: Axes, top: float, kernel: FloatArray, seen: FloatArray) -> None:
    """Draw the kernel, and beside each of its rows the products and their sum."""
    weights = Grid((3, 3), 10, top, 22)
    show(page, weights, kernel, limit=4, name="kernel", text=SMALL)
    mark(page, weights.whole)
    sums = (kernel * seen).sum(axis=1)
    for i, total in enumerate(sums.tolist()):
        _, y = weights.middle(i, 0)
        say(page, 94, y, products(kernel[i], seen[i]), ha="left")
        say(page, 350, y, f"= {number(total)}", ha="right")


def _matrix_words(values: FloatArray) -> str:
    """Write a matrix in a line, its rows parted by semicolons."""
    return "; ".join(" ".join(number(v) for v in row) for row in values.tolist())


def _list_words(values: FloatArray) -> str:
    return f"({', '.join(number(value) for value in values.tolist())})"


def _range_words(values: FloatArray) -> str:
    low, high = float(values.min()), float(values.max())
    return f"{low:g} everywhere" if low == high else f"{low:g} here and {high:g} there"


def _colour_window() -> FloatArray:
    """Return a window in which red rises, green peaks and blue falls from left to right."""
    return np.stack([leaning_bar(3, 3, middle=middle) for middle in (2.2, 0.6, -0.4)])


def _paths(dilations: tuple[int, ...]) -> FloatArray:
    """Count the paths from each pixel of the field to one output of a stack of 3 by 3 layers."""
    paths, ones = np.ones((1, 1, 1, 1)), np.ones((1, 1, 3, 3))
    for gap in dilations:
        paths = conv_transpose2d(paths, ones, dilation=gap)
    field: FloatArray = paths[0, 0]
    return field


def _averaged(x: FloatArray, fill: Fill) -> FloatArray:
    return correlate2d(pad2d(x, 1, fill), KERNELS["box"])


def _difference_error() -> float:
    """Compare the gradients of the worked example with central differences."""
    found = conv2d_backward(UPSTREAM[None, None], X[None, None], LOPSIDED[None, None])

    def loss(theta: FloatArray) -> float:
        x, k = theta[: X.size].reshape(X.shape), theta[X.size :].reshape(LOPSIDED.shape)
        return float((UPSTREAM * correlate2d(x, k)).sum())

    theta = np.concatenate([X.ravel(), LOPSIDED.ravel()])
    derived = np.concatenate([found.x.ravel(), found.w.ravel()])
    return relative_error(derived, central_difference(loss, theta, 1e-5))


def _product(
    page: Axes,
    corner: tuple[float, float],
    cell: float,
    *named: tuple[FloatArray, str],
) -> None:
    """Draw matrix times vector is vector, each with its name above."""
    (left, top), signs = corner, ("\N{MIDDLE DOT}", "=", "")
    for (values, name), sign in zip(named, signs, strict=True):
        table = values if values.ndim == 2 else values[:, None]
        grid = Grid(table.shape, left, top, cell)
        show(page, grid, table, limit=3)
        middle = grid.whole.left + grid.whole.width / 2
        say(page, middle, top + 6, name, bold=True, size=TITLE, va="bottom")
        left = grid.whole.right + 18
        if sign:
            say(page, left - 9, top - 2 * cell, sign, "muted")


def _filtered(
    page: Axes, corner: tuple[float, float], name: str, kernel: FloatArray, answer: FloatArray
) -> None:
    """Draw a filtered picture, its name above and its kernel below."""
    left, top = corner
    is_edge = abs(kernel.sum()) < 1e-9
    limit = float(np.abs(answer).max())
    colours, limits = (diverging(), (-limit, limit)) if is_edge else (GREY, (0.0, 1.0))
    say(page, left, top + 4, name, bold=True, ha="left", va="bottom")
    pixels(page, answer, left, top, 1.5, colours=colours, limits=limits)
    # Ninths would be too wide for the cells, and 25 numbers too small to read.
    shown = kernel * kernel.size if name == "box" else kernel
    notes = {"box": f"÷ {kernel.size}", "Gaussian": f"{shape_note(kernel.shape)},\nsd 1"}
    size, form = 48 / len(kernel), "{:g}" if len(kernel) == 3 else ""
    limit = float(np.abs(shown).max())
    cells(page, shown, left, top - 102, size, limit=limit, form=form, text=SMALL)
    say(page, left + 54, top - 114, notes.get(name, ""), "muted", size=SMALL, ha="left")
    total = number(round(float(kernel.sum()), 9))
    say(page, left + 54, top - 142, f"sum {total}", size=SMALL, ha="left")


def _sides(parts: IntArray) -> tuple[BoolArray, BoolArray]:
    """Return where the left and the upper side of the square are, without their ends."""
    rows, columns = np.nonzero(parts == SQUARE)
    upright, level = np.zeros(parts.shape, bool), np.zeros(parts.shape, bool)
    inner_rows = slice(rows.min() + 4, rows.max() - 3)
    inner_columns = slice(columns.min() + 4, columns.max() - 3)
    upright[inner_rows, columns.min()] = True
    level[rows.min(), inner_columns] = True
    return upright, level


def _edge_row(page: Axes, top: float, noise: float, deviation: float) -> None:
    """Draw a scene, its slopes and the edges found, side by side."""
    blurred, across, down, threshold, _ = _edges(noise, deviation, 0)
    magnitude = np.hypot(across, down)
    found = (magnitude > threshold).astype(float)
    maps = (
        (blurred, GREY, (0.0, 1.0), f"blur {deviation}" if deviation else "no blur"),
        (magnitude, sequential(), (0.0, float(magnitude.max())), "slope"),
        (found, GREY.reversed(), (0.0, 1.0), "edges found"),
    )
    for i, (values, colours, limits, name) in enumerate(maps):
        left = 12 + 122 * i
        say(page, left, top + 5, name, bold=True, ha="left", va="bottom")
        pixels(page, values, left, top, 1.17, colours=colours, limits=limits)
    # Arrows from dark to bright at some of the edges found.
    inner = np.argwhere(found[10:-10, 10:-10]) + 10
    for i, j in inner[:: max(len(inner) // 14, 1)] if deviation else ():
        way = np.array([across[i, j], -down[i, j]]) / magnitude[i, j]
        at = np.array([134 + (j + 0.5) * 1.17, top - (i + 0.5) * 1.17])
        arrow(page, at - 8 * way, at + 8 * way, "accent-2", width=THIN, head=3)


def _edges(
    noise: float, deviation: float, seed: int
) -> tuple[FloatArray, FloatArray, FloatArray, float, float]:
    """Return a smoothed scene, slopes across and down, the best threshold and its score."""
    scene, parts = shapes(96, noise=noise, seed=seed)
    blurred = smoothed(scene, deviation)
    across, down = sobel_gradient(blurred)
    magnitude = np.hypot(across, down)
    thresholds = np.linspace(0.02, 0.98, N_THRESHOLDS) * magnitude.max()
    threshold, score = best_threshold(magnitude, outline(parts), thresholds)
    return blurred, across, down, threshold, score
