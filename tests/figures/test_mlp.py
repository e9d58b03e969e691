"""The module's figures and worked examples show what multi-layer perceptrons really do.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import math

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.contour import QuadContourSet
from matplotlib.figure import Figure

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import mlp as shown
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray


def offsets(ax: Axes, role: str) -> FloatArray:
    """Places of the points that have the colour of a series."""
    found = [
        np.asarray(c.get_offsets())
        for c in ax.collections
        if isinstance(c, PathCollection)
        and to_hex(np.asarray(c.get_facecolor())[0]) == MARKER[role]
    ]
    return np.concatenate(found)


def straight(ax: Axes, role: str) -> list[FloatArray]:
    """Ends of the straight lines of a colour."""
    paths = [np.asarray(line.get_xydata()) for line in ax.lines if line.get_color() == MARKER[role]]
    return [path for path in paths if len(path) == 2]


def texts(figure: Figure) -> list[str]:
    return [t.get_text() for ax in figure.axes for t in ax.texts]


def curves(ax: Axes) -> list[FloatArray]:
    """The boundary that `regions` drew, part by part, within the axes."""
    drawn = [c for c in ax.collections if isinstance(c, QuadContourSet) and not c.filled]
    (boundary,) = (path for contour in drawn for path in contour.get_paths())
    return [np.asarray(part) for part in boundary.to_polygons(closed_only=False)]


def is_closed(path: FloatArray) -> bool:
    return bool(np.allclose(path[0], path[-1]))


@pytest.fixture(scope="module")
def starts() -> Drawing:
    return shown.xor_starts()


@pytest.fixture(scope="module")
def units() -> Drawing:
    return shown.enough_units()


@pytest.fixture(scope="module")
def machines() -> Drawing:
    return shown.maintenance()


def test_xor_hidden_space_needs_two_lines_before_and_one_line_behind_the_hidden_layer() -> None:
    drawing = shown.xor_hidden_space()
    before, behind = drawing.figure.axes
    lines = curves(before)
    assert len(lines) == 2
    sums = sorted(float(np.median(line.sum(axis=1))) for line in lines)
    assert sums == pytest.approx([0.5, 1.5], abs=0.02)  # contours are cut from a grid
    assert drawing.facts["crossings"] == pytest.approx([0.5, 1.5], abs=0.002)  # steps of 0.0001
    (ends,) = straight(behind, "ink")
    assert 20 * ends[:, 0] - 20 * ends[:, 1] == pytest.approx(10)


def test_xor_hidden_space_makes_one_point_of_the_two_corners_that_say_yes() -> None:
    drawing = shown.xor_hidden_space()
    before, behind = drawing.figure.axes
    assert sorted(offsets(before, "accent-1").tolist()) == [[0, 1], [1, 0]]
    one, other = offsets(behind, "accent-1")
    assert one.tolist() == other.tolist() == pytest.approx([0.993307, 0.006693], abs=1e-6)


def test_mlp_graph_is_strong_where_both_ends_of_a_weight_are_alive() -> None:
    drawing = shown.mlp_graph()
    facts = checked_facts(drawing.facts)
    assert facts["parameters"] == 9 + 12 + 4
    edges = [c for c in drawing.figure.axes[0].collections if isinstance(c, LineCollection)]
    opacities = np.concatenate([np.asarray(c.get_colors())[:, 3] for c in edges])
    assert len(opacities) == facts["n_weights"] == 18
    assert (opacities == opacities.max()).sum() == facts["n_strong"] == 6
    values = [t for t in texts(drawing.figure) if t == "0.00"]
    assert len(values) == facts["n_silent"] == 3
    assert facts["n_orders"] == 36


def test_mlp_graph_writes_the_shapes_of_the_matrices_below_the_picture() -> None:
    said = texts(shown.mlp_graph().figure)
    assert {"W: 3 × 2", "W: 3 × 3", "W: 1 × 3", "6 + 3 = 9", "9 + 3 = 12", "3 + 1 = 4"} <= set(said)


@pytest.mark.parametrize("k", range(1, 7))
def test_depth_vs_pieces_doubles_while_one_layer_only_adds(k: int) -> None:
    drawing = shown.depth_vs_pieces(k=k)
    facts = drawing.facts
    assert (facts["pieces"], facts["units"]) == (2**k, 2 * k)
    assert (facts["shallow"], facts["needed"]) == (2 * k + 1, 2**k - 1)
    (curve,) = (np.asarray(line.get_xydata()) for line in drawing.figure.axes[0].lines)
    slopes = np.diff(curve[:, 1]) / np.diff(curve[:, 0])
    assert slopes == pytest.approx([2**k * (-1) ** i for i in range(2**k)])
    right = drawing.figure.axes[1]
    assert offsets(right, "accent-1")[:, 1].tolist() == [2, 4, 8, 16, 32, 64]
    assert offsets(right, "accent-2")[:, 1].tolist() == [3, 5, 7, 9, 11, 13]


def test_maintenance_shows_an_interaction_that_a_linear_model_cannot_see(
    machines: Drawing,
) -> None:
    facts = checked_facts(machines.facts)
    linear, network = facts["accuracy"]
    assert network - linear >= 0.25
    assert linear == pytest.approx(0.5, abs=0.06)
    assert network <= facts["ceiling"] == pytest.approx(0.95, abs=0.02)


def test_maintenance_divides_by_one_straight_line_on_the_left(machines: Drawing) -> None:
    (line,) = curves(machines.figure.axes[0])
    assert np.linalg.matrix_rank(line - line.mean(axis=0), tol=1e-3) == 1
    assert len(curves(machines.figure.axes[1])) > 1


def test_enough_units_encloses_the_disc_from_three_units_on(units: Drawing) -> None:
    for place, ax in enumerate(units.figure.axes[:5]):
        assert any(map(is_closed, curves(ax))) is (place >= 2)


def test_enough_units_has_the_accuracies_of_the_curriculum(units: Drawing) -> None:
    accuracy = checked_facts(units.facts)["accuracy"]
    assert max(accuracy[:2]) < 0.92
    assert min(accuracy[2:]) >= 0.97
    assert accuracy[0] < accuracy[1]
    assert offsets(units.figure.axes[5], "accent-1")[:, 1] == pytest.approx(accuracy)


def test_training_boundary_starts_with_lines_through_the_origin_and_ends_with_a_triangle() -> None:
    first, last = shown.training_boundary(step=0), shown.training_boundary(step=1500)
    for start, end in straight(first.figure.axes[0], "accent-5"):
        assert start[0] * end[1] == pytest.approx(start[1] * end[0])
    assert len(straight(last.figure.axes[0], "accent-5")) == 3
    (boundary,) = curves(last.figure.axes[0])
    assert is_closed(boundary)
    assert not any(map(is_closed, curves(first.figure.axes[0])))


def test_training_boundary_gets_better_slowly_at_first() -> None:
    facts = [checked_facts(shown.training_boundary(step=s).facts) for s in (0, 100, 300, 1500)]
    losses = [each["loss"] for each in facts]
    assert losses == sorted(losses, reverse=True)
    assert (losses[0] - losses[1]) / 100 < (losses[1] - losses[2]) / 200
    right = [each["right"] for each in facts]
    assert right == sorted(right)
    assert right[0] < 0.6 * facts[0]["n"] < 0.98 * facts[0]["n"] < right[-1]
    assert all(each["end"] == facts[-1]["right"] / facts[-1]["n"] for each in facts)


def test_training_boundary_rings_the_loss_of_its_step() -> None:
    drawing = shown.training_boundary(step=40)
    (ringed,) = (line for line in drawing.figure.axes[1].lines if line.get_marker() == "o")
    assert np.asarray(ringed.get_xydata())[0].tolist() == [40, drawing.facts["loss"]]


def test_xor_starts_solves_more_the_more_units_there_are(starts: Drawing) -> None:
    solved = checked_facts(starts.facts)["solved"]
    assert solved[0] == 0
    assert solved == sorted(solved)
    assert 0 < solved[1] < 20
    assert solved[3] == 20
    ax = starts.figure.axes[0]
    assert len(offsets(ax, "accent-1")) == sum(solved)
    assert len(offsets(ax, "accent-2")) == 80 - sum(solved)


def test_xor_starts_leaves_what_is_not_solved_near_one_of_three_plateaus(starts: Drawing) -> None:
    third = -(2 / 3 * math.log(2 / 3) + 1 / 3 * math.log(1 / 3))  # entropy of 1/3 against 2/3
    plateaus = [math.log(2), 0.75 * third, 0.5 * math.log(2)]
    assert starts.facts["plateaus"] == pytest.approx(plateaus)
    stuck = offsets(starts.figure.axes[0], "accent-2")[:, 1]
    nearest = np.abs(stuck[:, None] - plateaus).argmin(axis=1)
    # A run nears its plateau and is never quite there.
    assert stuck == pytest.approx(np.array(plateaus)[nearest], abs=0.002)
    assert set(nearest) == {0, 1, 2}
    assert offsets(starts.figure.axes[0], "accent-1")[:, 1].max() < 0.01


def test_thumbnail_encloses_the_disc() -> None:
    drawing = shown.thumbnail()
    assert any(map(is_closed, curves(drawing.figure.axes[0])))
    assert checked_facts(drawing.facts)["accuracy"] >= 0.97


# --- worked examples


def test_xor_by_hand_tells_every_row_of_the_curriculum() -> None:
    facts = shown.xor_by_hand()
    assert facts["z1"] == [-5, 5, 5, 15]
    assert facts["z2"] == [-15, -5, -5, 5]
    assert facts["h1"] == ["0.006693", "0.993307", "0.993307", "1.000000"]
    assert facts["h2"] == ["0.000000", "0.006693", "0.006693", "0.993307"]
    assert facts["z"] == ["−9.8661", "9.7323", "9.7323", "−9.8661"]
    assert facts["y"] == ["0.000052", "0.999941", "0.999941", "0.000052"]
    assert facts["rounded"] == [0, 1, 1, 0]
    first = 20 / (1 + math.exp(5)) - 20 / (1 + math.exp(15))
    assert facts["forgotten"] == pytest.approx(1 / (1 + math.exp(-first)))


def test_xor_exactly_is_exact_and_its_best_line_says_one_half() -> None:
    facts = shown.xor_exactly()
    assert (facts["h1"], facts["h2"]) == ([0, 1, 1, 2], [0, 0, 0, 1])
    assert facts["y"] == [0, 1, 1, 0]
    assert facts["fit_w"] == [0, 0]
    assert facts["fit_b"] == pytest.approx(0.5)
    assert facts["fit_y"] == [0.5] * 4


def test_shape_audit_follows_the_shapes_of_the_curriculum() -> None:
    facts = checked_facts(shown.shape_audit())
    told = [facts["X"], *facts["W"], *facts["Wt"], *facts["Z"], facts["P"]]
    shapes = [text.replace("\N{NO-BREAK SPACE}", "") for text in told]
    assert shapes == ["32×4", "8×4", "3×8", "4×8", "8×3", "32×8", "32×3", "32×3"]
    assert (facts["by_layer"], facts["parameters"]) == ([40, 27], 67)


def test_count_parameters_counts_those_of_the_curriculum() -> None:
    facts = shown.count_parameters()
    assert facts["sum"] == ["200,960", "32,896", "1,290"]
    assert (facts["total"], facts["graph"], facts["xor"]) == (235_146, 25, 9)
    assert facts["without"] == 235_146 - 256 - 128 - 10
    assert facts["photo"] == 224 * 224 * 3 * 1000 + 1000
    assert facts["ffn"] == 512 * 2048 + 2048 + 2048 * 512 + 512


def test_regions_counts_those_of_the_curriculum() -> None:
    facts = shown.regions()
    assert facts["regions"] == [4, 7, 11, 37, 137]
    assert facts["pieces"] == [2, 4, 8, 16, 32, 64]
    assert facts["needed"] == [1, 3, 7, 15, 31, 63]
    assert facts["shallow"] == [3, 5, 7, 9, 11, 13]


def test_symmetry_changes_the_parameters_and_not_the_answers() -> None:
    facts = checked_facts(shown.symmetry())
    assert facts["y"] == ["0, 1, 1, 0"] * 3
    assert facts["b"] == ["(0, −1)", "(−1, 0)", "(0, −4)"]
    assert facts["v"] == ["(1, −2)", "(−2, 1)", "(1, −0.5)"]
    assert 10 ** (facts["digits"] - 1) <= math.factorial(facts["width"]) < 10 ** facts["digits"]
