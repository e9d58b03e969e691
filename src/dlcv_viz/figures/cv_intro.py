"""Figures and worked examples of the module *CV Fundamentals*."""

from dataclasses import replace
from math import prod
from typing import Annotated

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dlcv_viz.data.crosses import SIDE, cross, noisy_crosses
from dlcv_viz.data.faces import BEAR, CAT, face
from dlcv_viz.data.village import THINGS, village
from dlcv_viz.draw.canvas import (
    HAIR,
    LINE,
    NARROW,
    SMALL,
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
from dlcv_viz.draw.marks import frame, line, number, points, ring, say, scientific
from dlcv_viz.draw.masks import mask
from dlcv_viz.draw.matrix import cells, picture, pixels, scale
from dlcv_viz.draw.theme import MARKER, diverging, grey
from dlcv_viz.facts import Facts
from dlcv_viz.numerics.classification_metrics import top_k_error, true_class_ranks
from dlcv_viz.numerics.connectivity import (
    banded_matrix,
    dense_parameters,
    ladder,
    toeplitz_matrix,
)
from dlcv_viz.numerics.convolution import correlate1d, correlate2d
from dlcv_viz.numerics.descent import gradient_descent
from dlcv_viz.numerics.image import (
    LUMA,
    flat_index,
    luma,
    pixel_correlation,
    standardize_channels,
)
from dlcv_viz.numerics.logistic_regression import logistic_gradient
from dlcv_viz.numerics.perceptron import homogeneous
from dlcv_viz.numerics.shared_filters import FilterNet, scores, start, train_filters
from dlcv_viz.numerics.translation import equivariance_error, invariance_error, shifted
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure
from dlcv_viz.types import BoolArray, FloatArray, IntArray

DELTA = "\N{GREEK SMALL LETTER DELTA}"
PHOTO, UNITS, KERNELS, KERNEL = (224, 224, 3), 1000, 64, 3
SIDES = (8, 16, 32, 64, 128, 224, 512, 1024)
N_SHIFTS, STRIDE = 13, 4
ROWS, ACROSS, TOP, FIRST = 16, 24, 5, 3  # the canvas of the slider, and where its cross starts
LEFT, RIGHT, MIDDLE = (0, 1, 2, 3), (8, 9, 10, 11), (5, 6)  # columns of the crosses
N_TRAIN, N_TEST = 200, 400
VARIANTS = {
    "viewpoint": replace(CAT, turn=0.7),
    "scale": replace(CAT, scale=0.55),
    "pose": replace(CAT, tilt=0.6),
    "illumination": replace(CAT, light=0.85, slope=0.85),
    "occlusion": replace(CAT, is_hidden=True),
    "clutter": replace(CAT, is_cluttered=True),
    "another cat": replace(CAT, fur=0.25, ears=0.7),
}


@figure(
    alt="One picture of a village, {rows} by {columns} pixels, and five questions about it: a word "
    "for all, one box, {n_boxes} boxes, a class for each of the {n_pixels:,} pixels, and a mask "
    "for each of the {n_boxes} things."
)
def tasks() -> Drawing:
    """Draw a picture and the answers that five tasks of computer vision want.

    Returns
    -------
    Drawing
        The picture and five answers, computed from the outlines that it was made of.

    See Also
    --------
    dlcv_viz.data.village.village : Knows the truth about every pixel.
    """
    rgb, labels = village()
    things = {name: labels == THINGS.index(name) for name in THINGS}
    boxes = {name: _box(things[name]) for name in ("large house", "tree", "small house")}

    fig = canvas(WIDE, 336)
    page = stage(fig, 0, 0, WIDE, 336)
    notes = (
        ("the picture", f"{rgb.size:,} numbers"),
        ("classification", "a word for the picture"),
        ("localization", "a word and a box"),
        ("detection", "all boxes, with words"),
        ("semantic segmentation", "a word a pixel"),
        ("instance segmentation", "a mask a thing"),
    )
    for place, (name, note) in enumerate(notes):
        left, top = 10 + 186 * (place % 3), 300 - 166 * (place // 3)
        say(page, left, top + 22, name, bold=True, size=TITLE, ha="left")
        say(page, left, top + 8, note, "muted", size=SMALL, ha="left")
        if place < 4:
            picture(page, rgb / 255, left, top, 3.5)
        else:
            frame(page, left, top, 168, 112, role="edge", width_pt=THIN, above=2)
        if place == 1:
            say(page, left + 84, top - 28, "village", bold=True, size=TITLE, halo=True)
        elif place in {2, 3}:
            _draw_boxes(page, dict(list(boxes.items())[: 1 if place == 2 else 3]), left, top)
    _draw_classes(page, things, 196, 134)
    _draw_instances(page, things, 382, 134)
    return Drawing(
        fig,
        facts={
            "rows": rgb.shape[0],
            "columns": rgb.shape[1],
            "n_numbers": rgb.size,
            "n_pixels": labels.size,
            "n_boxes": len(boxes),
            "n_classes": 5,
            "house_box": boxes["large house"],
        },
    )


@figure(
    alt="A cat, {n_cats} other pictures of cats, and a bear. The cats are {least:.0f} to "
    "{most:.0f} grey values of 255 away from the first. The bear in its place is only {bear:.0f} "
    "away: nearest in numbers, another animal in meaning."
)
def semantic_gap() -> Drawing:
    """Draw a cat, seven pictures of cats, and a bear, with their distances in pixels.

    Returns
    -------
    Drawing
        Nine pictures. A distance is the root of the mean squared difference to the first.

    See Also
    --------
    dlcv_viz.data.faces.face : Draws the heads.
    """
    looks = {**VARIANTS, "a bear": BEAR}
    reference = face(CAT)
    away = [255 * float(np.sqrt(np.mean((face(look) - reference) ** 2))) for look in looks.values()]

    fig = canvas(WIDE, 276)
    page = stage(fig, 0, 0, WIDE, 276)
    say(page, 12, 230, "a cat", bold=True, size=TITLE, ha="left")
    pixels(page, reference, 12, 219, 2.75, colours=grey(), limits=(0, 1))
    note = "each number: how far\na picture is from this\none, in grey values"
    say(page, 12, 78, note, "muted", size=SMALL, ha="left", va="top")
    for place, (name, look) in enumerate(looks.items()):
        left, top = 170 + 98 * (place % 4), 250 - 130 * (place // 4)
        is_bear = look.kind == "bear"
        role = "accent-2" if is_bear else "ink"
        say(page, left, top + 9, name, role, bold=is_bear, ha="left", va="center")
        pixels(page, face(look), left, top, 1.75, colours=grey(), limits=(0, 1))
        say(page, left + 42, top - 95, f"{away[place]:.0f}", role, bold=True)
        if is_bear:
            frame(page, left, top, 84, 84)
    return Drawing(
        fig,
        facts={
            "names": list(VARIANTS),
            "n_cats": len(VARIANTS),
            "away": away[:-1],
            "bear": away[-1],
            "least": min(away[:-1]),
            "most": max(away[:-1]),
            "n_nearer": sum(d < away[-1] for d in away[:-1]),
            "n_pixels": reference.size,
        },
    )


@figure(
    alt="A picture of a house, a window of {window} by {window} pixels, and its red, green and "
    "blue values from 0 to 255. In the long list in memory the pixel below is {below_last} or "
    "{below_first} places away."
)
def image_as_tensor() -> Drawing:
    """Draw a colour picture, the numbers of a window of it, and their order in memory.

    Returns
    -------
    Drawing
        The picture and three planes of numbers; below, the start of the list in two layouts.

    See Also
    --------
    dlcv_viz.numerics.image.flat_index : Says where a value lies.
    """
    rgb, _ = village()
    row, column, window = 13, 4, 5
    seen = rgb[row : row + window, column : column + window]

    fig = canvas(WIDE, 290)
    page = stage(fig, 0, 0, WIDE, 290)
    say(page, 10, 268, "what we see", bold=True, size=TITLE, ha="left")
    picture(page, rgb / 255, 10, 256, 3.5)
    frame(page, 10 + 3.5 * column, 256 - 3.5 * row, 3.5 * window, 3.5 * window)
    for plane, name in enumerate(("red", "green", "blue")):
        left = 194 + 122 * plane
        say(page, left, 268, name, bold=True, size=TITLE, ha="left")
        values = seen[..., plane].astype(float)
        cells(page, values, left, 256, 22.8, limit=255, form="{:.0f}", text=SMALL)
        frame(page, left, 256, 114, 114, width_pt=LINE)
    say(
        page,
        552,
        130,
        "what the network gets: the window in numbers",
        "muted",
        size=SMALL,
        ha="right",
    )
    last = _steps(rgb.shape, row, column, is_channels_first=False)
    first = _steps(rgb.shape, row, column, is_channels_first=True)
    at = flat_index((row, column, 0), rgb.shape)
    _draw_list(page, rgb.ravel()[at:], 10, "channels last: H × W × C", last)
    at = flat_index((row, column, 0), rgb.shape, is_channels_first=True)
    planes = np.moveaxis(rgb, 2, 0).ravel()[at:]
    _draw_list(page, planes, 300, "channels first: C × H × W", first)
    return Drawing(
        fig,
        facts={
            "height": rgb.shape[0],
            "width": rgb.shape[1],
            "n_numbers": rgb.size,
            "window": window,
            "below_last": last["below"],
            "green_last": last["green"],
            "below_first": first["below"],
            "green_first": first["green"],
        },
    )


@figure(
    alt="A cross at shift {shift}, and the response of a matched filter. The peak moves with the "
    "cross, one column a pixel. The largest response is {largest:.2f} throughout; over every "
    "{stride}th place it is {strided:.2f}, and a dense unit says {dense:.2f}.",
    sweep=Sweep("shift", range(N_SHIFTS), label="shift", start=6),
)
def equivariance_slider(*, shift: Annotated[int, Range(0, N_SHIFTS - 1)] = 6) -> Drawing:
    """Draw a cross that moves, a feature map that follows it, and three numbers of the picture.

    Parameters
    ----------
    shift : int, default 6
        How far the cross has moved to the right, in pixels.

    Returns
    -------
    Drawing
        Picture and feature map, and beside them three curves against the shift.

    See Also
    --------
    dlcv_viz.numerics.convolution.correlate2d : Computes the feature map.
    """
    still = np.zeros((ROWS, ACROSS))
    still[TOP : TOP + SIDE, FIRST : FIRST + SIDE] = cross(is_slanted=False)
    kernel = _matched_filter()
    x = np.stack([shifted(still, (0, delta)) for delta in range(N_SHIFTS)])
    maps = correlate2d(x, kernel, padding=SIDE // 2)
    unit = np.random.default_rng(0).normal(0, 1 / 3, still.shape)  # 3: root of the bright pixels
    curves = {
        "peak": maps.max(axis=1).argmax(axis=1).astype(float),
        "largest": maps.max(axis=(1, 2)),
        "strided": maps[:, 3::STRIDE, 1::STRIDE].max(axis=(1, 2)),
        "dense": (x * unit).sum(axis=(1, 2)),
    }
    fig = canvas(WIDE, 330)
    page = stage(fig, 0, 0, WIDE, 330)
    say(page, 12, 317, "picture", bold=True, size=TITLE, ha="left")
    pixels(page, x[shift], 12, 306, 8, colours=grey(), limits=(0, 1))
    frame(page, 12 + 8 * (FIRST + shift), 306 - 8 * TOP, 8 * SIDE, 8 * SIDE, width_pt=LINE)
    say(page, 12, 161, "feature map", bold=True, size=TITLE, ha="left")
    pixels(page, maps[shift], 12, 150, 8, colours=diverging(), limits=(-1, 1))
    peak = int(curves["peak"][shift])
    ring(page, (12 + 8 * (peak + 0.5), 150 - 8 * (TOP + 2.5)), "accent-2", size=17)
    _draw_curves(fig, curves, shift)
    facts = {name: float(values[shift]) for name, values in curves.items()}
    return Drawing(
        fig,
        facts={
            **facts,
            "shift": shift,
            "peak": peak,
            "stride": STRIDE,
            "peaks": curves["peak"].astype(int).tolist(),
            "largest_all": curves["largest"].tolist(),
            "strided_all": curves["strided"].tolist(),
            "dense_all": curves["dense"].tolist(),
            "strided_least": float(curves["strided"].min()),
            "dense_least": float(curves["dense"].min()),
            "dense_most": float(curves["dense"].max()),
        },
    )


@figure(
    alt="A cross, and the same pixels in a scrambled order. With the order scrambled in every "
    "picture a dense model still gets {dense[1]:.1%} of new pictures right, as before; shared "
    "filters fall from {filters[0]:.1%} to {filters[1]:.1%}."
)
def scrambled_pixels(*, seed: Annotated[int, Range(0, 99)] = 0) -> Drawing:
    """Draw what a fixed permutation of the pixels does to a dense model and to shared filters.

    Parameters
    ----------
    seed : int, default 0
        Of pictures and filters.

    Returns
    -------
    Drawing
        One picture in both orders, and the accuracy of both models on new ones.

    See Also
    --------
    dlcv_viz.numerics.shared_filters.train_filters : Trains the filters.
    """
    x, y = noisy_crosses(N_TRAIN, MIDDLE, seed=seed)
    new, truth = noisy_crosses(N_TEST, MIDDLE, seed=seed + 100)
    order = np.random.default_rng(7).permutation(x[0].size)
    dense, filters = list[float](), list[float]()
    for seen, asked in ((x, new), (_reordered(x, order), _reordered(new, order))):
        dense.append(_share((_pixel_scores(_fit_pixels(seen, y), asked) > 0) == truth))
        net = train_filters(start(4, SIDE, seed=seed), seen, y, n_steps=60)  # more change little
        filters.append(_share((scores(net, asked) > 0) == truth))

    fig = canvas(NARROW, 300)
    page = stage(fig, 0, 0, NARROW, 300)
    for left, name, shown in (
        (12, "as it is", x[0]),
        (12, "scrambled", _reordered(x[:1], order)[0]),
    ):
        top = 268 if name == "as it is" else 128
        say(page, left, top + 11, name, bold=True, size=TITLE, ha="left")
        pixels(page, shown, left, top, 7, colours=grey(), limits=(-0.2, 1.2))
    for bottom, name, role, shares in (
        (172, "dense: a weight a pixel", "accent-1", dense),
        (32, "shared filters", "accent-2", filters),
    ):
        ax = panel(fig, 184, bottom, 164, 92)
        ax.set(ylim=(0, 1.22), yticks=[])
        ax.spines["left"].set_visible(False)
        columns(ax, shares, ["as it is", "scrambled"], role, form="{:.1%}", width=0.55)
        name_axes(ax, "order of the pixels")
        name_panel(ax, name, rise=4)
        _guess_line(ax)
    return Drawing(
        fig,
        facts={
            "dense": dense,
            "filters": filters,
            "n_train": N_TRAIN,
            "n_test": N_TEST,
            "n_pixels": x[0].size,
        },
    )


@figure(
    alt="Weight matrices of three layers from {n} inputs to {n_out} outputs: full with {dense} "
    "weights, a band with {local}, the same {shared} along the band. Below, what they cost on "
    "pictures: at {side} pixels a side {photo_dense} weights, {photo_local:,}, {photo_shared:,}."
)
def connectivity_ladder() -> Drawing:
    """Draw three layers as matrices, and what they cost for pictures of growing size.

    Returns
    -------
    Drawing
        Three matrices above, lines on logarithmic axes below.

    See Also
    --------
    dlcv_viz.numerics.connectivity.ladder : Counts.
    """
    n, k = 12, KERNEL
    rng = np.random.default_rng(4)
    full, windows = (
        rng.uniform(0.35, 1, (n - k + 1, columns)) * rng.choice([-1, 1], (n - k + 1, columns))
        for columns in (n, k)
    )
    kernel = np.array([0.9, -0.7, 0.4])
    matrices = (full, banded_matrix(windows, n), toeplitz_matrix(kernel, n))
    counts = ladder(n, n - k + 1, window=k)

    fig = canvas(WIDE, 346)
    page = stage(fig, 0, 0, WIDE, 346)
    for place, (name, note) in enumerate(
        (
            ("dense", "every output reads every input"),
            ("local", "a window each, weights of its own"),
            ("shared", "the same weights in every window"),
        )
    ):
        left = 10 + 184 * place
        say(page, left, 334, f"{name}: {counts[place]} weights", bold=True, size=TITLE, ha="left")
        say(page, left, 319, note, "muted", size=SMALL, ha="left")
        cells(page, matrices[place], left, 308, 13, limit=1, form="")
    _draw_costs(panel(fig, 46, 36, 386, 108))
    photo = [_photo_ladder(side) for side in SIDES]
    at = SIDES.index(PHOTO[0])
    return Drawing(
        fig,
        facts={
            "n": n,
            "n_out": n - k + 1,
            "dense": counts[0],
            "local": counts[1],
            "shared": counts[2],
            "is_constant": bool(np.unique(matrices[2]).size == k + 1),
            "side": PHOTO[0],
            "sides": SIDES,
            "photo_dense": scientific(photo[at][0], 2),
            "photo_local": photo[at][1],
            "photo_shared": photo[at][2],
            "all_dense": [row[0] for row in photo],
            "all_local": [row[1] for row in photo],
            "all_shared": [row[2] for row in photo],
        },
    )


@figure(
    alt="Trained on crosses at the left, a model with a weight a pixel gets {pixel[1]:.1%} of new "
    "ones there and {pixel[2]:.1%} at the right, where a guess gets half. One with four shared "
    "filters gets {shared[1]:.0%} and {shared[2]:.0%}; two of its filters show the crosses."
)
def position_generalization(*, seed: Annotated[int, Range(0, 99)] = 1) -> Drawing:
    """Draw two models that learn from crosses at the left and are asked about the right.

    Parameters
    ----------
    seed : int, default 1
        Of pictures and filters.

    Returns
    -------
    Drawing
        Pictures, the accuracy of both models on three sets, and what each has learnt.

    See Also
    --------
    dlcv_viz.numerics.shared_filters.train_filters : Trains the filters.
    """
    x, y = noisy_crosses(N_TRAIN, LEFT, seed=seed)
    sets = [(x, y), *(noisy_crosses(N_TEST, c, seed=seed + 100) for c in (LEFT, RIGHT))]
    weights, net = _fit_pixels(x, y), train_filters(start(4, SIDE, seed=seed), x, y)
    pixel = [_share((_pixel_scores(weights, seen) > 0) == truth) for seen, truth in sets]
    shared = [_share((scores(net, seen) > 0) == truth) for seen, truth in sets]

    fig = canvas(WIDE, 320)
    page = stage(fig, 0, 0, WIDE, 320)
    for top, name, (seen, truth) in ((276, "learnt from", sets[0]), (128, "asked about", sets[2])):
        say(page, 12, top + 24, name, bold=True, size=TITLE, ha="left")
        for place, label in enumerate((0, 1)):
            shown = seen[int((truth == label).argmax())]
            left = 12 + 82 * place
            say(page, left, top + 8, ("upright", "slanted")[place], "muted", size=SMALL, ha="left")
            pixels(page, shown, left, top, 4.5, colours=grey(), limits=(-0.2, 1.2))
    for bottom, name, role, shares in (
        (190, "a weight a pixel", "accent-1", pixel),
        (42, "four shared filters", "accent-2", shared),
    ):
        ax = panel(fig, 222, bottom, 180, 86)
        ax.set(ylim=(0, 1.25), yticks=[])
        ax.spines["left"].set_visible(False)
        columns(ax, shares, ["training", "new, left", "new, right"], role, form="{:.1%}")
        name_axes(ax, "pictures")
        name_panel(ax, name, rise=10)
        _guess_line(ax)
    _draw_learnt(page, weights, net)
    return Drawing(
        fig,
        facts={
            "pixel": pixel,
            "shared": shared,
            "n_train": N_TRAIN,
            "n_test": N_TEST,
            "n_weights": weights.size,
            "n_shared": net.filters.size + 2 * len(net.filters) + 1,
            "n_filters": len(net.filters),
            "bright": int(cross(is_slanted=True).sum()),
            "used": _used(net).tolist(),
        },
    )


@figure(alt="A village of {n_pixels} pixels, and three windows that share one kernel of 3 by 3.")
def thumbnail() -> Drawing:
    """Draw the module's card: windows of a picture that lead to one kernel, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    rgb, _ = village(16)
    fig = canvas(240, 150)
    page = stage(fig, 0, 0, 240, 150)
    size, left, top = 6.5, 8, 127
    picture(page, rgb / 255, left, top, size)
    kernel = np.array([[1.0, 0.2, -0.9], [1.0, 0.3, -1.0], [0.9, -0.1, -1.0]])
    cells(page, kernel, 184, 99, 16, limit=1, form="")
    for row, column in ((2, 18), (6, 3), (10, 12)):
        x, y = left + size * column, top - size * row
        for a, b in ((y, 99), (y - 3 * size, 51)):
            line(page, np.array([x + 3 * size, 184]), np.array([a, b]), "accent-2", width=HAIR)
        frame(page, x, y, 3 * size, 3 * size, width_pt=LINE)
    frame(page, 184, 99, 48, 48)
    return Drawing(fig, facts={"n_pixels": rgb.shape[0] * rgb.shape[1]})


@example
def dense_on_photo() -> Facts:
    """Count the numbers of a colour photograph, and the parameters of a dense layer on it.

    Returns
    -------
    Facts
        Counts, and memory in single precision: of the layer, and of a training with Adam.
    """
    parameters = dense_parameters(PHOTO, UNITS)
    return {
        "side": PHOTO[0],
        "channels": PHOTO[2],
        "units": UNITS,
        "n_inputs": prod(PHOTO),
        "weights": parameters - UNITS,
        "parameters": parameters,
        "bytes": 4,
        "megabytes": 4 * parameters / 1e6,
        "mebibytes": 4 * parameters / 2**20,
        "copies": 4,
        "training": 4 * 4 * parameters / 1e9,
        "images": 1_281_167,
        "per_image": parameters / 1_281_167,
    }


@example
def growth() -> Facts:
    """Count the parameters of a dense layer on pictures of several sizes.

    Returns
    -------
    Facts
        A list a column, one item a size.
    """
    shapes = [(28, 28, 1), *((side, side, 3) for side in (32, 64, 224, 512, 1024))]
    return {
        "shape": [" × ".join(map(str, shape)) for shape in shapes],
        "n_inputs": [f"{prod(shape):,}" for shape in shapes],
        "parameters": [f"{dense_parameters(shape, UNITS):,}" for shape in shapes],
        "units": UNITS,
        "ratio": dense_parameters(shapes[3], UNITS) / dense_parameters(shapes[2], UNITS),
        "sides": 224 / 64,
    }


@example
def neighbours() -> Facts:
    """Correlate the pixels of the village with others in the same row.

    Returns
    -------
    Facts
        By distance, in the picture and after its pixels were scrambled.
    """
    view = luma(village()[0])
    order = np.random.default_rng(7).permutation(view.size)
    distances = (1, 2, 4, 8, 16)
    return {
        "distance": distances,
        "seen": [f"{pixel_correlation(view, d):.2f}" for d in distances],
        "scrambled": [
            number(pixel_correlation(_reordered(view[None], order)[0], d), ".2f") for d in distances
        ],
    }


@example
def fair_ladder() -> Facts:
    """Count the weights of three layers with the same 64 maps as their output.

    Returns
    -------
    Facts
        Weights, and by how much locality and sharing reduce them.
    """
    dense, local, shared = _photo_ladder(PHOTO[0])
    return {
        "side": PHOTO[0],
        "n_inputs": prod(PHOTO),
        "n_outputs": PHOTO[0] * PHOTO[1] * KERNELS,
        "kernels": KERNELS,
        "window": KERNEL**2 * PHOTO[2],
        "dense": dense,
        "local": local,
        "shared": shared,
        "with_biases": shared + KERNELS,
        "by_locality": dense / local,
        "by_sharing": local // shared,
        "places": PHOTO[0] * PHOTO[1],
    }


@example
def unfair_ratio() -> Facts:
    """Divide the weights of two layers that do not compute the same number of outputs.

    Returns
    -------
    Facts
        The ratio with and without biases, and how many outputs each layer has.
    """
    parameters, kernels = dense_parameters(PHOTO, UNITS), _photo_ladder(PHOTO[0])[2]
    return {
        "dense": parameters - UNITS,
        "dense_biases": parameters,
        "shared": kernels,
        "shared_biases": kernels + KERNELS,
        "ratio": (parameters - UNITS) / kernels,
        "ratio_biases": parameters / (kernels + KERNELS),
        "dense_outputs": UNITS,
        "shared_outputs": PHOTO[0] * PHOTO[1] * KERNELS,
    }


@example
def shift_by_two() -> Facts:
    """Shift a signal by two, and look at a feature map, its maximum, and a dense unit.

    Returns
    -------
    Facts
        All three before and after.
    """
    x, kernel, unit = _signal(), np.array([1.0, -1.0]), np.arange(1.0, 9.0)
    moved = shifted(x, [2])
    before, after = correlate1d(x, kernel), correlate1d(moved, kernel)
    return {
        "x": _told(x),
        "moved": _told(moved),
        "kernel": _told(kernel),
        "map": _told(before),
        "moved_map": _told(after),
        "largest": float(before.max()),
        "moved_largest": float(after.max()),
        "dense": float(unit @ x),
        "moved_dense": float(unit @ moved),
        "equivariance": equivariance_error(lambda s: correlate1d(s, kernel), x, [2]),
        "invariance": invariance_error(lambda s: correlate1d(s, kernel).max(), x, [2]),
    }


@example
def stride_of_two() -> Facts:
    """Shift the same signal by one and by two, and keep every second response only.

    Returns
    -------
    Facts
        The maps and their maxima.
    """
    x, kernel = _signal(), np.array([1.0, -1.0])
    maps = [correlate1d(shifted(x, [by]), kernel, stride=2) for by in (0, 1, 2)]
    return {
        "shift": [0, 1, 2],
        "map": [_told(row) for row in maps],
        "largest": [float(row.max()) for row in maps],
    }


@example
def at_the_border() -> Facts:
    """Compare shifting and filtering in both orders, with a border of zeros.

    Returns
    -------
    Facts
        The two results, and how far they are apart, for a signal that reaches the border.
    """
    x, kernel = np.array([2.0, 1.0, 3.0, 0.0, 0.0, 0.0]), np.array([1.0, -1.0, 1.0])

    def padded(signal: FloatArray) -> FloatArray:
        return correlate1d(signal, kernel, padding=1)

    return {
        "x": _told(x),
        "kernel": _told(kernel),
        "shift_first": _told(padded(shifted(x, [1]))),
        "filter_first": _told(shifted(padded(x), [1])),
        "apart": float(np.abs(padded(shifted(x, [1])) - shifted(padded(x), [1])).max()),
        "inside": equivariance_error(lambda s: correlate1d(s, kernel), x, [1]),
    }


@example
def grey_and_standardized() -> Facts:
    """Turn a colour into a grey value, and standardize a channel.

    Returns
    -------
    Facts
        Shares and sums.
    """
    rgb = np.array([200.0, 100.0, 50.0])
    red, mean, deviation = 0.5, 0.485, 0.229
    statistics = np.array([mean]), np.array([deviation])
    return {
        "rgb": rgb.tolist(),
        "luma_weights": LUMA,
        "shares": (rgb * LUMA).tolist(),
        "luma": float(luma(rgb)),
        "plain": float(rgb.mean()),
        "red": red,
        "mean": mean,
        "deviation": deviation,
        "standardized": float(standardize_channels(np.array([red]), *statistics)[0]),
    }


@example
def top_k() -> Facts:
    """Grade the scores of five pictures.

    Returns
    -------
    Facts
        Ranks of the right class, and the error with one and with five guesses.
    """
    labels = np.array([0, 1, 2, 3, 4])
    wanted = (1, 3, 7, 1, 6)
    table = np.array(
        [_scores_with_rank(rank, label) for rank, label in zip(wanted, labels, strict=True)]
    )
    ranks = true_class_ranks(table, labels)
    return {
        "picture": [1, 2, 3, 4, 5],
        "rank": ranks.tolist(),
        "in_one": [bool(rank > 1) for rank in ranks],
        "in_five": [bool(rank > 5) for rank in ranks],
        "n": len(labels),
        "wrong_one": int((ranks > 1).sum()),
        "wrong_five": int((ranks > 5).sum()),
        "error_one": top_k_error(table, labels, 1),
        "error_five": top_k_error(table, labels, 5),
    }


def _box(inside: BoolArray) -> tuple[int, int, int, int]:
    """Return left and top edge, width and height of a region, in pixels."""
    rows, columns = np.nonzero(inside)
    top, left = int(rows.min()), int(columns.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


def _draw_boxes(
    page: Axes, boxes: dict[str, tuple[int, int, int, int]], left: float, top: float
) -> None:
    for name, (x, y, width, height) in boxes.items():
        corner = left + 3.5 * x, top - 3.5 * y
        frame(page, *corner, 3.5 * width, 3.5 * height, width_pt=LINE)
        word = name.split()[-1]
        say(page, corner[0] + 1.75 * width, corner[1] + 8, word, bold=True, halo=True)


def _draw_classes(page: Axes, things: dict[str, BoolArray], left: float, top: float) -> None:
    """Draw what each pixel belongs to; both houses are one class."""
    house = things["small house"] | things["large house"]
    for name, inside, role, x, y in (
        ("sky", things["sky"], "accent-5", 30, 12),
        ("sun", things["sun"], "accent-2", 116, 21),
        ("grass", things["grass"], "accent-4", 140, 102),
        ("tree", things["tree"], "accent-3", 89, 48),
        ("house", house, "accent-1", 42, 70),
    ):
        mask(page, inside, left, top, 3.5, role=role, alpha=0.25, width=THIN)
        say(page, left + x, top - y, name, size=SMALL)
    say(page, left + 132, top - 81, "house", size=SMALL)


def _draw_instances(page: Axes, things: dict[str, BoolArray], left: float, top: float) -> None:
    for name, inside, role, x, y in (
        ("tree 1", things["tree"], "accent-3", 89, 23),
        ("house 1", things["large house"], "accent-1", 42, 70),
        ("house 2", things["small house"], "accent-2", 132, 45),
    ):
        mask(page, inside, left, top, 3.5, role=role, width=THIN)
        say(page, left + x, top - y, name, size=SMALL)


def _steps(
    shape: tuple[int, ...], row: int, column: int, *, is_channels_first: bool
) -> dict[str, int]:
    """Tell how much further in the list the neighbours of a red value lie."""

    def place(*at: int) -> int:
        return flat_index(at, shape, is_channels_first=is_channels_first)

    here = place(row, column, 0)
    return {
        "right": place(row, column + 1, 0) - here,
        "below": place(row + 1, column, 0) - here,
        "green": place(row, column, 1) - here,
    }


def _draw_list(page: Axes, values: IntArray, left: float, name: str, steps: dict[str, int]) -> None:
    """Draw the first numbers of the window as they follow one another, and what is how far."""
    say(page, left, 100, name, bold=True, size=TITLE, ha="left")
    shown = values[None, :9].astype(float)
    cells(page, shown, left, 86, 24, limit=255, form="{:.0f}", text=SMALL)
    frame(page, left, 86, 24, 24)
    say(page, left + 9 * 24 + 6, 72, "\N{HORIZONTAL ELLIPSIS}", "muted", ha="left")
    note = (
        f"from the first red: right neighbour {steps['right']:,} on,\n"
        f"pixel below {steps['below']:,} on, green {steps['green']:,} on"
    )
    say(page, left, 53, note, "muted", size=SMALL, ha="left", va="top")


def _matched_filter() -> FloatArray:
    """Return a cross without its mean, scaled so that it answers a cross with 1."""
    centred = cross(is_slanted=False) - cross(is_slanted=False).mean()
    matched: FloatArray = centred / (centred**2).sum()
    return matched


def _draw_curves(fig: Figure, curves: dict[str, FloatArray], shift: int) -> None:
    """Draw three panels against the shift, and mark where it is."""
    shifts = np.arange(N_SHIFTS, dtype=float)
    axes = [panel(fig, 262, bottom, 286, 58) for bottom in (242, 142, 42)]
    kinds: list[tuple[str, float, float, list[float]]] = [
        ("column of the peak", 0, 19, [0, 9, 18]),
        ("largest response", 0, 1.4, [0, 0.5, 1]),
        ("one dense unit", -2, 2, [-1, 0, 1]),
    ]
    for ax, (name, low, high, marks) in zip(axes, kinds, strict=True):
        ax.set(xlim=(-0.4, N_SHIFTS - 0.6), ylim=(low, high))
        ax.set_xticks([0, 4, 8, 12], ["0", "4", "8", "12"] if ax is axes[-1] else [""] * 4)
        ax.set_yticks(marks, [number(mark) for mark in marks])
        name_axes(ax, f"shift {DELTA} in pixels" if ax is axes[-1] else "", name)
    for ax, name, role in (
        (axes[0], "peak", "accent-1"),
        (axes[1], "strided", "accent-2"),
        (axes[1], "largest", "accent-1"),
        (axes[2], "dense", "accent-3"),
    ):
        line(ax, shifts, curves[name], role, dashed=role == "accent-2")
        points(ax, np.column_stack([shifts, curves[name]]), role)
        ring(ax, (shift, curves[name][shift]), "ink", size=10, width=1.4)
    say(axes[1], 12.3, 1.22, "over every place", "accent-1", size=SMALL, bold=True, ha="right")
    note = f"over every {STRIDE}th place"
    say(axes[1], 0, 1.22, note, "accent-2", size=SMALL, bold=True, ha="left")


def _reordered(x: FloatArray, order: IntArray) -> FloatArray:
    return x.reshape(len(x), -1)[:, order].reshape(x.shape)


def _fit_pixels(x: FloatArray, y: IntArray) -> FloatArray:
    """Fit logistic regression on the pixels by gradient descent from zero."""
    rows = homogeneous(x.reshape(len(x), -1))
    zero = np.zeros(rows.shape[1])
    path = gradient_descent(
        lambda w: logistic_gradient(w, rows, y), zero, learning_rate=0.5, n_steps=200
    )
    fitted: FloatArray = path[-1]
    return fitted


def _pixel_scores(weights: FloatArray, x: FloatArray) -> FloatArray:
    z: FloatArray = homogeneous(x.reshape(len(x), -1)) @ weights
    return z


def _share(right: BoolArray) -> float:
    return float(np.mean(right))


def _guess_line(ax: Axes) -> None:
    """Draw the accuracy of a guess, and name it at the left of the panel."""
    ax.axhline(0.5, color=MARKER["ink"], lw=THIN, ls=(0, (4, 3)), zorder=4)
    at = ax.get_xlim()[0]
    say(ax, at - 0.05, 0.5, "a guess", "muted", size=SMALL, ha="right")


def _photo_ladder(side: int) -> tuple[int, int, int]:
    """Count the weights of three layers from RGB to 64 maps of the same side."""
    return ladder(
        side * side * PHOTO[2],
        side * side * KERNELS,
        window=KERNEL**2 * PHOTO[2],
        n_kernels=KERNELS,
    )


def _draw_costs(ax: Axes) -> None:
    """Draw the weights of the three layers against the side of a picture."""
    logarithmic(ax, x=(8, 32, 128, 512), y=(1e3, 1e9, 1e15))
    ax.set_yticks([1e3, 1e9, 1e15], ["10³", "10⁹", "10¹⁵"])
    ax.set(xlim=(7, 1200), ylim=(2e2, 2e15))
    name_axes(ax, "side of the picture in pixels", "weights, 3 channels to 64 maps")
    sides = np.array(SIDES, float)
    rows = np.array([_photo_ladder(side) for side in SIDES], float)
    thousand = np.array([dense_parameters((s, s, 3), UNITS) for s in SIDES], float)
    for counts, role, name, rise in (
        (rows[:, 0], "accent-2", "dense, same output", 1),
        (thousand, "accent-4", "dense, 1,000 units", 6),  # the two end within one line of text
        (rows[:, 1], "accent-3", "local, same output", 1 / 6),
        (rows[:, 2], "accent-1", f"shared: {int(rows[0, 2]):,}", 1),
    ):
        line(ax, sides, counts, role, dashed=role != "accent-1")
        text = "accent-4-text" if role == "accent-4" else role
        say(ax, 1300, rise * counts[-1], name, text, size=SMALL, bold=True, ha="left")


def _used(net: FilterNet) -> IntArray:
    """Return the filters in the order of how much they matter."""
    size = np.abs(net.weights) * np.linalg.norm(net.filters, axis=(1, 2))
    order: IntArray = np.argsort(-size)
    return order


def _draw_learnt(page: Axes, weights: FloatArray, net: FilterNet) -> None:
    """Draw the weights of the pixels, and each filter with what it speaks for."""
    template = weights[:-1].reshape(16, 16)
    limit = float(np.abs(template).max())
    say(page, 434, 300, "learnt", bold=True, size=TITLE, ha="left")
    say(page, 434, 284, "a weight a pixel", "muted", size=SMALL, ha="left")
    pixels(page, template, 434, 276, 5, colours=diverging(), limits=(-limit, limit))
    limit = float(np.abs(net.filters).max())
    say(page, 434, 168, "filters for + and ×", "muted", size=SMALL, ha="left")
    for place, index in enumerate(_used(net)):
        left, top = 434 + 60 * (place % 2), 160 - 58 * (place // 2)
        kernel = net.filters[index]
        pixels(page, kernel, left, top, 8.4, colours=diverging(), limits=(-limit, limit))
        speaks = "×" if net.weights[index] > 0 else "+"
        say(page, left + 46, top - 21, speaks, bold=True, ha="left")
    ends = (f"{number(-limit, '.1f')}", f"+{limit:.1f}")
    scale(page, 434, 38, 102, colours=diverging(), ends=ends)


def _signal() -> FloatArray:
    return np.array([0.0, 0, 1, 2, 0, 0, 0, 0])


def _told(values: FloatArray) -> str:
    return ", ".join(number(value) for value in values)


def _scores_with_rank(rank: int, label: int) -> FloatArray:
    """Return ten scores in which a class has a given rank."""
    table = np.linspace(0.9, 0.0, 10)
    table[[label, rank - 1]] = table[[rank - 1, label]]
    return table
