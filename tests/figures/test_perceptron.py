"""The module's figures and worked examples show what the perceptron really does.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, Rectangle

from dlcv_viz.data.glyphs import noisy_letters
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import perceptron as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray
from drawings import drawings

Points = list[tuple[float, float]]


def unbroken(text: str) -> str:
    """Return coordinates as a line of text does not break them."""
    return text.replace(", ", ",\N{NO-BREAK SPACE}")


def clouds(seed: int) -> tuple[Points, list[int]]:
    """Draw the two clouds of the curriculum, in their shuffled order."""
    rng = np.random.default_rng(seed)
    cloud = np.concatenate([rng.normal(1.2, 0.8, (20, 2)), rng.normal(-1.2, 0.8, (20, 2))])
    order = np.random.default_rng(seed).permutation(40).tolist()
    return [(cloud[i, 0], cloud[i, 1]) for i in order], [1 if i < 20 else -1 for i in order]


def learn(points: Points, labels: list[int]) -> tuple[list[list[float]], list[int], list[int]]:
    """Run the rule; states (w1, w2, b), the point of each update, mistakes of each epoch."""
    states, culprits, mistakes = [[0.0, 0.0, 0.0]], list[int](), list[int]()
    while not mistakes or mistakes[-1]:
        mistakes.append(0)
        for i, ((x1, x2), label) in enumerate(zip(points, labels, strict=True)):
            w1, w2, b = states[-1]
            if label * (w1 * x1 + w2 * x2 + b) <= 0:
                states.append([w1 + label * x1, w2 + label * x2, b + label])
                culprits.append(i)
                mistakes[-1] += 1
    return states, culprits, mistakes


def lines(ax: Axes, *, dashed: bool) -> list[FloatArray]:
    """Ends of the straight lines of a panel."""
    drawn = [line for line in ax.lines if line.get_marker() == "None"]
    paths = [np.asarray(line.get_xydata()) for line in drawn if line.is_dashed() == dashed]
    return [path for path in paths if len(path) == 2]


def offsets(ax: Axes, role: str) -> FloatArray:
    """Places of the points that have the colour of a series."""
    found = [
        np.asarray(c.get_offsets())
        for c in ax.collections
        if isinstance(c, PathCollection)
        and to_hex(np.asarray(c.get_facecolor())[0]) == MARKER[role]
    ]
    return np.concatenate(found)


def rings(ax: Axes) -> list[list[float]]:
    drawn = [line for line in ax.lines if line.get_marker() == "o"]
    return [np.asarray(line.get_xydata())[0].tolist() for line in drawn]


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for ax in figure.axes for t in ax.texts]


def is_on_line(ends: FloatArray, state: list[float]) -> bool:
    return bool(np.allclose(ends @ state[:2] + state[2], 0, atol=1e-9))


@pytest.fixture
def boundary() -> Drawing:
    return drawings("perceptron.boundary")[0]


@pytest.fixture
def steps() -> tuple[Drawing, ...]:
    return drawings("perceptron.training_steps")


@pytest.fixture
def gates() -> Drawing:
    return drawings("perceptron.gates")[0]


@pytest.fixture
def bounds() -> Drawing:
    return drawings("perceptron.mistake_bounds")[0]


@pytest.fixture
def glyphs() -> Drawing:
    return drawings("perceptron.glyphs")[0]


# --- boundary


def test_boundary_tells_the_run_of_the_curriculum(boundary: Drawing) -> None:
    facts = boundary.facts
    assert (facts["updates"], facts["epochs"], facts["b"]) == (14, 8, 2.0)
    assert facts["presentations"] == 8 * 40
    assert facts["w"] == pytest.approx([0.686, 3.326], abs=5e-4)
    assert (facts["n_positive"], facts["n_negative"]) == (20, 20)


def test_boundary_draws_the_line_where_the_run_ended(boundary: Drawing) -> None:
    states, _, _ = learn(*clouds(1))
    (drawn,) = lines(boundary.figure.axes[0], dashed=False)
    assert is_on_line(drawn, states[-1])


def test_boundary_draws_every_point_in_the_colour_of_its_class(boundary: Drawing) -> None:
    points, labels = clouds(1)
    for label, role in ((1, "accent-1"), (-1, "accent-2")):
        own = [p for p, q in zip(points, labels, strict=True) if q == label]
        assert np.allclose(sorted(own), sorted(offsets(boundary.figure.axes[0], role).tolist()))


def test_boundary_shows_w_as_the_normal_that_points_to_plus_one(boundary: Drawing) -> None:
    w = np.array(boundary.facts["w"])
    (drawn,) = (p for p in boundary.figure.axes[0].patches if isinstance(p, FancyArrowPatch))
    way = np.subtract(*drawn._posA_posB[::-1])  # type: ignore[attr-defined]  # no getter
    assert way @ w == pytest.approx(np.linalg.norm(way) * np.linalg.norm(w))


def test_boundary_has_bars_as_high_as_the_mistakes_of_each_epoch(boundary: Drawing) -> None:
    _, _, mistakes = learn(*clouds(1))
    bars = [p.get_height() for p in boundary.figure.axes[1].patches if isinstance(p, Rectangle)]
    assert bars == mistakes == [3, 2, 2, 1, 2, 2, 2, 0]


def test_boundary_shows_that_the_line_found_is_not_the_middle_one(boundary: Drawing) -> None:
    """Both classes are equally far from the dashed line, and it is farther from its nearest."""
    points, labels = np.array(clouds(1)[0]), np.array(clouds(1)[1])
    (middle,), (found,) = (lines(boundary.figure.axes[0], dashed=d) for d in (True, False))
    nearest = []
    for start, end in (middle, found):
        normal = np.array([start[1] - end[1], end[0] - start[0]]) / np.linalg.norm(end - start)
        distances = np.abs((points - start) @ normal)
        nearest.append([distances[labels == label].min() for label in (1, -1)])
    assert nearest[0][0] == pytest.approx(nearest[0][1])
    assert nearest[0][0] == pytest.approx(boundary.facts["best_distance"])
    assert min(nearest[1]) == pytest.approx(boundary.facts["least_distance"])
    assert nearest[0][0] > 2 * min(nearest[1])
    assert {"widest margin 0.09", "margin 0.03"} <= set(texts(boundary.figure))


def test_boundary_bounds_its_own_updates(boundary: Drawing) -> None:
    facts = checked_facts(boundary.facts)
    assert facts["bound"] >= facts["updates"]


def test_boundary_says_which_clouds_no_line_separates() -> None:
    with pytest.raises(ValueError, match=r"seed=8: no line separates .*; 0, 1 and 2 can be"):
        shown.boundary(seed=8)


@pytest.mark.parametrize(("seed", "updates"), [(0, 7), (1, 14), (2, 21)])
def test_boundary_finds_a_line_for_the_other_seeds_too(seed: int, updates: int) -> None:
    drawing = shown.boundary(seed=seed)
    assert drawing.facts["updates"] == updates
    assert is_on_line(lines(drawing.figure.axes[0], dashed=False)[0], learn(*clouds(seed))[0][-1])


# --- training_steps


def test_training_steps_draws_the_line_of_its_state_and_of_the_one_before(
    steps: tuple[Drawing, ...],
) -> None:
    states, _, _ = learn(*clouds(1))
    assert len(states) == len(steps)
    for step, drawing in enumerate(steps):
        ax = drawing.figure.axes[0]
        now, before = lines(ax, dashed=False), lines(ax, dashed=True)
        assert [is_on_line(ends, states[step]) for ends in now] == [True] * (step > 0)
        assert [is_on_line(ends, states[step - 1]) for ends in before] == [True] * (step > 1)


def test_training_steps_rings_the_point_that_was_wrong(steps: tuple[Drawing, ...]) -> None:
    points, labels = clouds(1)
    states, culprits, _ = learn(points, labels)
    assert rings(steps[0].figure.axes[0]) == []
    for step, drawing in enumerate(steps[1:], 1):
        (ringed,) = rings(drawing.figure.axes[0])
        culprit = culprits[step - 1]
        assert ringed == pytest.approx(points[culprit])
        w1, w2, b = states[step - 1]
        assert labels[culprit] * (w1 * ringed[0] + w2 * ringed[1] + b) <= 0


def test_training_steps_counts_the_points_on_the_wrong_side(steps: tuple[Drawing, ...]) -> None:
    points, labels = clouds(1)
    for (w1, w2, b), drawing in zip(learn(points, labels)[0], steps, strict=True):
        wrong = sum(
            y * (w1 * x1 + w2 * x2 + b) <= 0 for (x1, x2), y in zip(points, labels, strict=True)
        )
        assert drawing.facts["wrong"] == wrong
    assert steps[-1].facts["wrong"] == 0
    every = [checked_facts(drawing.facts) for drawing in steps]
    counts = [facts["wrong"] for facts in every[1:]]  # at the start there is no line
    for facts in every:
        assert facts["worst"] == max(counts) > counts[0]
        assert facts["worst_step"] == counts.index(facts["worst"]) + 1
    assert "update 14 of 14: no point is on the wrong side" in texts(steps[-1].figure)


def test_training_steps_tells_epoch_state_and_turn_of_its_update(
    steps: tuple[Drawing, ...],
) -> None:
    states, _, mistakes = learn(*clouds(1))
    epochs = [1, *(epoch for epoch, n in enumerate(mistakes, 1) for _ in range(n))]
    for step, drawing in enumerate(steps):
        facts = checked_facts(drawing.facts)
        assert (facts["step"], facts["updates"], facts["epoch"]) == (step, 14, epochs[step])
        assert [*facts["w"], facts["b"]] == pytest.approx(states[step])
        if step > 1:
            (a, b), (c, d) = states[step - 1][:2], states[step][:2]
            turn = abs(np.degrees(np.arctan2(a * d - b * c, a * c + b * d)))
            assert facts["turned"] == pytest.approx(turn)
            assert f"turned the line by {turn:.0f}°" in str(facts["cause"])


def test_training_steps_says_that_it_starts_without_a_line(steps: tuple[Drawing, ...]) -> None:
    assert steps[0].facts["said"] == "there is no line yet."
    assert "40 points" in str(steps[0].facts["cause"])
    assert steps[0].facts["wrong"] == 40


def test_training_steps_stays_at_the_end_of_a_shorter_run() -> None:
    assert shown.training_steps(seed=0, step=14).facts["step"] == 7


def test_training_steps_says_that_a_run_goes_on_for_ever() -> None:
    facts = shown.training_steps(seed=8, step=14).facts
    assert (facts["step"], facts["is_separated"]) == (14, False)


# --- gates


def test_gates_counts_the_updates_of_the_curriculum(gates: Drawing) -> None:
    assert gates.facts["updates"] == [11, 5, 10]
    assert gates.facts["epochs"] == [6, 4, 6]
    assert {"11 updates", "5 updates", "10 updates"} <= set(texts(gates.figure))


def test_gates_draws_the_lines_of_the_curriculum(gates: Drawing) -> None:
    ends_of_gates = [[2.0, 1, -3], [1.0, 1, -1], [-2.0, -1, 2]]
    for ax, state in zip(gates.figure.axes[:3], ends_of_gates, strict=True):
        (drawn,) = lines(ax, dashed=False)
        assert is_on_line(drawn, state)


def test_gates_colours_every_corner_by_the_output(gates: Drawing) -> None:
    ones = [{(1, 1)}, {(0, 1), (1, 0), (1, 1)}, {(0, 0), (0, 1), (1, 0)}]
    corners = {(0, 0), (0, 1), (1, 0), (1, 1)}
    for ax, yes in zip(gates.figure.axes[:3], ones, strict=True):
        assert {tuple(p) for p in offsets(ax, "accent-1")} == yes
        assert {tuple(p) for p in offsets(ax, "accent-2")} == corners - yes


def test_gates_walks_xor_through_its_four_states_in_order(gates: Drawing) -> None:
    cycle = [[-1.0, 0, 0], [-1.0, 0, -1], [-1.0, 1, 0], [0.0, 1, 1]]
    said = list(map(unbroken, ("(−1, 0, 0)", "(−1, 0, −1)", "(−1, 1, 0)", "(0, 1, 1)")))
    assert gates.facts["cycle"] == said
    assert gates.facts["cycle_length"] == 4
    page = gates.figure.axes[3]
    places = {t.get_text(): t.get_position()[0] for t in page.texts}
    assert sorted(said, key=places.__getitem__) == said
    for ax, state in zip(gates.figure.axes[4:], cycle, strict=True):
        (drawn,) = lines(ax, dashed=False)
        assert is_on_line(drawn, state)
        assert ax.get_position().x0 * 360 < places[said[cycle.index(state)]]


def test_gates_rings_the_corner_that_moves_xor_to_its_next_state(gates: Drawing) -> None:
    cycle = [[-1.0, 0, 0], [-1.0, 0, -1], [-1.0, 1, 0], [0.0, 1, 1]]
    for place, ax in enumerate(gates.figure.axes[4:]):
        ((x1, x2),) = rings(ax)
        w1, w2, b = cycle[place]
        error = int(x1 != x2) - int(w1 * x1 + w2 * x2 + b >= 0)
        assert error != 0
        moved = [w1 + error * x1, w2 + error * x2, b + error]
        assert moved == cycle[(place + 1) % 4]


# --- mistake_bounds


def test_mistake_bounds_draws_means_below_bounds(bounds: Drawing) -> None:
    dashed, solid = (
        next(line for line in bounds.figure.axes[0].lines if line.is_dashed() == d)
        for d in (True, False)
    )
    assert solid.get_xdata() == pytest.approx([0.02, 0.05, 0.1, 0.2, 0.3, 0.5])
    assert solid.get_ydata() == pytest.approx([12, 7.4, 4.8, 2.6, 1.7, 1.2])
    assert dashed.get_ydata() == pytest.approx([2211, 416, 146, 33, 16.5, 6.4], rel=0.02)
    assert bounds.facts["means"] == pytest.approx(solid.get_ydata())
    assert bounds.facts["bounds"] == pytest.approx(dashed.get_ydata())


def test_mistake_bounds_has_both_axes_logarithmic(bounds: Drawing) -> None:
    ax = bounds.figure.axes[0]
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")


def test_mistake_bounds_keeps_every_run_below_the_bound_of_its_points(bounds: Drawing) -> None:
    u = np.array([np.cos(0.6), np.sin(0.6)])
    most = []
    for margin in (0.02, 0.05, 0.1, 0.2, 0.3, 0.5):
        counts = []
        for seed in range(10):
            rng, kept = np.random.default_rng(seed), list[FloatArray]()
            while len(kept) < 100:
                point = rng.uniform(-1, 1, 2)
                if abs(point @ u) >= margin:
                    kept.append(point)
            w, count, is_done = np.zeros(2), 0, False
            while not is_done:
                is_done = True
                for point in kept:
                    label = np.sign(point @ u)
                    if label * (w @ point) <= 0:
                        w, count, is_done = w + label * point, count + 1, False
            radius2 = max(float(p @ p) for p in kept)
            assert count <= radius2 / min(abs(float(p @ u)) for p in kept) ** 2
            counts.append(count)
        most.append(max(counts))
    assert bounds.facts["most"] == most
    assert bounds.facts["is_below"] is True


def test_mistake_bounds_draws_the_range_of_the_runs(bounds: Drawing) -> None:
    ax = bounds.figure.axes[0]
    (ranges,) = (c for c in ax.collections if isinstance(c, LineCollection))
    tops = [segment[:, 1].max() for segment in ranges.get_segments()]
    assert tops == bounds.facts["most"]


def test_mistake_bounds_says_how_pessimistic_the_theorem_is(bounds: Drawing) -> None:
    assert bounds.facts["ratio"] == pytest.approx(2211.5 / 12, rel=1e-3)
    assert "184 times\nthe mean" in texts(bounds.figure)


# --- glyphs


def test_glyphs_reads_nearly_all_letters_up_to_fifteen_percent(glyphs: Drawing) -> None:
    facts = checked_facts(glyphs.facts)
    of = dict(zip(facts["flips"], facts["accuracy"], strict=True))
    assert min(of[flip] for flip in (0.05, 0.1, 0.15)) >= 0.97
    assert max(of[flip] for flip in (0.05, 0.1, 0.15)) > of[0.2] > of[0.25] > of[0.3] > of[0.4]
    assert of[0.5] == pytest.approx(0.5, abs=0.05)  # three standard deviations of 1000 guesses


@pytest.mark.parametrize("place", [2, 5])
def test_glyphs_counts_the_right_answers_on_letters_it_has_not_seen(
    glyphs: Drawing, place: int
) -> None:
    facts = checked_facts(glyphs.facts)
    x, y = noisy_letters(100, facts["flips"][place], seed=0)
    w, b, is_done = np.zeros(35), 0, False
    while not is_done:
        is_done = True
        for pixels, label in zip(x, y.tolist(), strict=True):
            if label * (w @ pixels + b) <= 0:
                w, b, is_done = w + label * pixels, b + label, False
    new, answers = noisy_letters(1000, facts["flips"][place], seed=1)
    right = sum(
        (w @ pixels + b >= 0) == (label > 0) for pixels, label in zip(new, answers, strict=True)
    )
    assert facts["accuracy"][place] == right / 1000


def test_glyphs_draws_accuracy_on_an_axis_that_holds_a_guess(glyphs: Drawing) -> None:
    ax = glyphs.figure.axes[1]
    curve = ax.lines[1]
    assert curve.get_xdata() == pytest.approx(glyphs.facts["flips"])
    assert curve.get_ydata() == pytest.approx(glyphs.facts["accuracy"])
    low, high = ax.get_ylim()
    assert low <= 0.5
    assert high >= 1
    assert rings(ax) == [[0.1, 1.0]]


def test_glyphs_shows_letters_of_both_kinds_with_their_noise(glyphs: Drawing) -> None:
    samples = [np.asarray(image.get_array()) for image in glyphs.figure.axes[0].images[:6]]
    t, el = -np.ones((7, 5)), -np.ones((7, 5))
    t[0], t[:, 2], el[-1], el[:, 0] = 1, 1, 1, 1
    for sample, clean in zip(samples, [t, t, t, el, el, el], strict=True):
        assert set(np.unique(sample)) == {-1, 1}
        assert (sample != clean).sum() <= 10  # 35 pixels, each flipped in 10%


def test_glyphs_shows_the_weights_as_a_template_of_t_against_l(glyphs: Drawing) -> None:
    template = np.asarray(glyphs.figure.axes[0].images[6].get_array())
    t, el = -np.ones((7, 5)), -np.ones((7, 5))
    t[0], t[:, 2], el[-1], el[:, 0] = 1, 1, 1, 1
    assert template[(t > 0) & (el < 0)].mean() > 0 > template[(el > 0) & (t < 0)].mean()
    assert (template * t).sum() > 0 > (template * el).sum()
    low, high = glyphs.figure.axes[0].images[6].get_clim()
    assert -low == high == np.abs(template).max()


def test_glyphs_counts_the_pixels_in_which_the_letters_differ(glyphs: Drawing) -> None:
    assert (glyphs.facts["n_differ"], glyphs.facts["n_pixels"]) == (18, 35)


def test_glyphs_shows_the_noise_it_is_asked_for() -> None:
    drawing = shown.glyphs(flip=0.3)
    assert "30% of the pixels flipped" in texts(drawing.figure)
    assert rings(drawing.figure.axes[1])[0][0] == 0.3


# --- thumbnail


def test_thumbnail_shows_every_point_and_the_line_of_the_run() -> None:
    figure = shown.thumbnail().figure
    (ax,) = figure.axes
    points = np.concatenate([offsets(ax, "accent-1"), offsets(ax, "accent-2")])
    assert len(points) == 40
    assert is_on_line(lines(ax, dashed=False)[0], learn(*clouds(1))[0][-1])


# --- worked examples


def test_two_points_takes_three_updates() -> None:
    facts = checked_facts(shown.two_points())
    assert facts["z"] == [0, 0, -1, 0, 1, -1]
    assert facts["said"] == [1, 1, 0, 1, 1, 0]
    assert facts["wrong"] == [False, True, True, True, False, False]
    assert facts["w1"] == facts["w2"] == [0, 0, 1, 1, 1, 1]
    assert facts["b_after"] == [0, -1, 0, -1, -1, -1]
    assert (facts["updates"], facts["epochs"], facts["w"], facts["b"]) == (3, 3, [1, 1], -1)
    assert facts["point"] == [1, 2] * 3
    assert facts["epoch"] == [1, 1, 2, 2, 3, 3]
    assert facts["label"] == [1, 0] * 3


def test_and_gate_ends_every_epoch_in_the_state_of_the_curriculum() -> None:
    facts = checked_facts(shown.and_gate())
    states = list(zip(facts["end_w1"], facts["end_w2"], facts["end_b"], strict=True))
    assert states == [(1, 1, 0), (2, 1, -1), (2, 1, -2), (2, 2, -2), (2, 1, -3), (2, 1, -3)]
    assert facts["end_epoch"] == [1, 2, 3, 4, 5, 6]
    assert sum(facts["end_mistakes"]) == facts["updates"] == 11
    assert facts["end_mistakes"][-1] == 0
    assert (facts["w"], facts["b"], facts["check_z"]) == ([2, 1], -3, [-3, -2, -1, 0])


def test_other_gates_end_where_the_curriculum_says() -> None:
    facts = checked_facts(shown.other_gates())
    names = ("gate", "w1", "w2", "b", "updates", "epochs")
    rows = list(zip(*(facts[name] for name in names), strict=True))
    assert rows == [
        ("OR", 1, 1, -1, 5, 4),
        ("NAND", -2, -1, 2, 10, 6),
        ("NOR", -1, -1, 0, 4, 4),
    ]


def test_xor_cycle_returns_to_its_start_in_every_epoch() -> None:
    facts = checked_facts(shown.xor_cycle())
    after = list(zip(facts["w1"], facts["w2"], facts["b_after"], strict=True))
    assert after == [(-1, 0, -1), (-1, 1, 0), (0, 1, 1), (-1, 0, 0)]
    assert facts["wrong"] == [True] * 4
    assert facts["mistakes"] == [3, 3, 4, 4]
    assert facts["start"] == facts["end_second"] == unbroken("(−1, 0, 0)")
    assert facts["end_first"] == unbroken("(−1, 0, −1)")
    assert facts["is_same"] is True
    assert (facts["best_right"], facts["any_right"]) == (2, 3)


def test_bound_by_hand_allows_two_updates_and_needs_one() -> None:
    facts = checked_facts(shown.bound_by_hand())
    assert facts["r2"] == 5
    assert facts["margin"] == pytest.approx(1.4142, abs=5e-5)
    assert facts["margin2"] == pytest.approx(2)
    assert facts["bound"] == pytest.approx(2.5)
    assert (facts["at_most"], facts["updates"], facts["w"]) == (2, 1, [2, 1])
    assert facts["scores"] == [5, 4, 3, 4]


def test_boolean_functions_counts_what_one_unit_computes() -> None:
    facts = checked_facts(shown.boolean_functions())
    assert facts["functions"] == [4, 16, 256, 65536]
    assert facts["separable"] == [4, 14, 104, 1882]
    assert facts["cover"] == [4, 14, 128, 3882]
    assert facts["corners"] == [2, 4, 8, 16]
    assert (facts["capacity"], facts["capacity_all"]) == (32, 64)


@pytest.mark.parametrize("rate", [0.5, 0.125, 3.0])
def test_learning_rate_that_binary_holds_only_scales_the_end(rate: float) -> None:
    facts = checked_facts(shown.learning_rate(rate=rate))
    assert facts["is_same"] is True
    assert facts["updates"] == facts["other_updates"] == 11
    assert facts["other_w"] == [2 * rate, rate]
    assert facts["other_b"] == -3 * rate
    assert (facts["parts_epoch"], facts["parts_input"]) == (0, "")


def test_learning_rate_of_a_tenth_parts_where_the_sum_should_be_zero() -> None:
    facts = checked_facts(shown.learning_rate(rate=0.1))
    assert facts["is_same"] is False
    assert facts["z_paper"] == 0
    assert -1e-15 < facts["z_computer"] < 0
    w1, w2, b, parted = 0.0, 0.0, 0.0, None
    for epoch in range(1, 7):
        for x1, x2, label in ((0, 0, 0), (0, 1, 0), (1, 0, 0), (1, 1, 1)):
            z = w1 * x1 + w2 * x2 + b
            if parted is None and z != 0 and abs(z) < 1e-9:
                parted = (epoch, f"({x1},\N{NO-BREAK SPACE}{x2})")
            error = label - (z >= 0)
            w1, w2, b = w1 + 0.1 * error * x1, w2 + 0.1 * error * x2, b + 0.1 * error
    assert (facts["parts_epoch"], facts["parts_input"]) == parted
    assert (facts["other_w"], facts["other_b"]) == ([w1, w2], b)
    assert facts["other_updates"] == 8


def test_order_matters_for_the_line_and_for_the_count() -> None:
    facts = checked_facts(shown.order_matters())
    assert (facts["updates"], facts["w"], facts["b"]) == (11, [2, 1], -3)
    assert (facts["back_updates"], facts["back_w"], facts["back_b"]) == (15, [1, 2], -3)
