"""The module's figures and worked examples show what they say about pictures.

What is expected was computed here, in plain Python, or stands in the curriculum.
"""

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.patches import PathPatch, Rectangle

from dlcv_viz.data.crosses import cross
from dlcv_viz.data.village import village
from dlcv_viz.draw.canvas import WIDE
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import cv_intro as shown
from dlcv_viz.numerics.translation import shifted
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray

SEEDS = (1, 2, 3)  # besides the one that is shown


@pytest.fixture(scope="module")
def frames() -> list[Drawing]:
    return [shown.equivariance_slider(shift=shift) for shift in range(shown.N_SHIFTS)]


def curve(ax: Axes, role: str) -> FloatArray:
    """Return the line of a colour, (n, 2)."""
    own = [np.asarray(d.get_xydata()) for d in ax.lines if d.get_color() == MARKER[role]]
    return max(own, key=len)


def numbers(drawing: Drawing) -> list[int]:
    """Return all whole numbers that are written in black on a figure's cells."""
    texts = [t for ax in drawing.figure.axes for t in ax.texts if t.get_text().isdigit()]
    return [int(t.get_text()) for t in texts]


def test_tasks_have_a_box_around_each_thing_and_one_colour_for_both_houses() -> None:
    drawing = shown.tasks()
    (page,) = drawing.figure.axes
    orange = [
        patch
        for patch in page.patches
        if isinstance(patch, Rectangle) and to_hex(patch.get_edgecolor()) == MARKER["accent-2"]
    ]
    assert len(orange) == 1 + 3  # localization and detection
    masks = [patch for patch in page.patches if isinstance(patch, PathPatch)]
    roles = [to_hex(patch.get_edgecolor()) for patch in masks]
    assert len(masks) == 5 + 3
    assert len(set(roles[:5])) == 5
    assert len(set(roles[5:])) == 3
    left, top, width, height = checked_facts(drawing.facts)["house_box"]
    inside = village()[1] == 5
    assert inside[top : top + height, left : left + width].sum() == inside.sum()


def test_every_cat_is_farther_from_the_cat_than_the_bear() -> None:
    facts = checked_facts(shown.semantic_gap().facts)
    assert facts["n_nearer"] == 0
    assert facts["least"] > 3 * facts["bear"] > 0
    assert len(facts["away"]) == facts["n_cats"] == 7


def test_the_numbers_of_the_window_are_those_of_the_picture() -> None:
    drawing = shown.image_as_tensor()
    seen = village()[0][13:18, 4:9]
    planes = [int(value) for plane in range(3) for value in seen[..., plane].ravel()]
    assert numbers(drawing)[:75] == planes
    assert numbers(drawing)[75:84] == seen[0].ravel()[:9].tolist()  # pixel by pixel
    assert numbers(drawing)[84:89] == seen[0, :, 0].tolist()  # all of red first
    facts = drawing.facts
    assert (facts["below_last"], facts["below_first"]) == (48 * 3, 48)
    assert (facts["green_last"], facts["green_first"]) == (1, 32 * 48)


def test_the_peak_follows_the_cross_and_its_height_stays(frames: list[Drawing]) -> None:
    facts = [checked_facts(frame.facts) for frame in frames]
    assert [f["peak"] for f in facts] == [5 + shift for shift in range(13)]
    assert [f["largest"] for f in facts] == pytest.approx([1] * 13)
    strided = [f["strided"] for f in facts]
    assert strided[::4] == pytest.approx([1] * 4)
    assert max(np.delete(strided, [0, 4, 8, 12])) < 0.3
    dense = np.array([f["dense"] for f in facts])
    assert dense.std() > 0.5


def test_every_frame_shows_its_own_shift(frames: list[Drawing]) -> None:
    for shift, frame in enumerate(frames):
        page, *panels = frame.figure.axes
        bright = np.argwhere(np.asarray(page.images[0].get_array()) == 1)
        assert bright.min(axis=0).tolist() == [5, 3 + shift]
        every = [np.asarray(drawn.get_xydata()) for ax in panels for drawn in ax.lines]
        assert {xy[0, 0] for xy in every if len(xy) == 1} == {shift}  # the rings
        assert curve(panels[0], "accent-1")[:, 1].tolist() == frames[0].facts["peaks"]


@pytest.mark.parametrize("seed", [0, *SEEDS])
def test_a_dense_model_does_not_notice_a_permutation_and_filters_do(seed: int) -> None:
    facts = checked_facts(shown.scrambled_pixels(seed=seed).facts)
    assert facts["dense"][0] == facts["dense"][1] > 0.9
    assert facts["filters"][0] > 0.98
    assert facts["filters"][1] < 0.75


def test_the_ladder_shows_a_full_matrix_a_band_and_a_repeated_band() -> None:
    drawing = shown.connectivity_ladder()
    facts = checked_facts(drawing.facts)
    assert (facts["dense"], facts["local"], facts["shared"]) == (120, 30, 3)
    assert facts["is_constant"]
    costs = drawing.figure.axes[-1]
    flat, local, dense = (curve(costs, f"accent-{k}")[:, 1] for k in (1, 3, 2))
    assert set(flat) == {1728}
    assert facts["photo_local"] == 86_704_128
    sides = np.array(facts["sides"], float)
    assert local / local[0] == pytest.approx((sides / 8) ** 2)
    assert dense / dense[0] == pytest.approx((sides / 8) ** 4)


@pytest.mark.parametrize("seed", [*SEEDS, 4])
def test_only_shared_filters_know_on_the_right_what_they_learnt_on_the_left(seed: int) -> None:
    facts = checked_facts(shown.position_generalization(seed=seed).facts)
    training, left, right = facts["pixel"]
    assert training > left > right
    assert left > 0.65
    assert right == pytest.approx(0.5, abs=0.1)  # a guess: 4 deviations of 400 answers
    assert min(facts["shared"]) > 0.99
    assert facts["n_shared"] == 4 * 25 + 4 + 4 + 1
    assert facts["n_weights"] == 16 * 16 + 1


def test_the_two_strong_filters_look_for_the_two_crosses() -> None:
    drawing = shown.position_generalization()
    strong = [np.asarray(image.get_array()) for image in drawing.figure.axes[0].images[5:7]]
    slanted, upright = cross(is_slanted=True), cross(is_slanted=False)

    def likeness(kernel: FloatArray, shape: FloatArray) -> float:
        """Return the best correlation of a kernel with a shape that may be cut by its edges."""
        moved = [shifted(shape, (i, j)) for i in (-1, 0, 1, 2) for j in (-1, 0, 1)]
        return max(float(np.corrcoef(kernel.ravel(), m.ravel())[0, 1]) for m in moved)

    assert [likeness(strong[0], s) > 0.8 for s in (slanted, upright)] == [True, False]
    assert [likeness(strong[1], s) > 0.8 for s in (slanted, upright)] == [False, True]


def test_the_thumbnail_leads_three_windows_to_one_kernel() -> None:
    (page,) = shown.thumbnail().figure.axes
    frames = [p for p in page.patches if to_hex(p.get_edgecolor()) == MARKER["accent-2"]]
    assert len(frames) == 4
    assert page.get_window_extent().width < WIDE


def test_a_dense_layer_on_a_photograph() -> None:
    facts = checked_facts(shown.dense_on_photo())
    assert facts["n_inputs"] == 150_528
    assert facts["weights"] == 150_528_000
    assert facts["parameters"] == 150_529_000
    assert facts["megabytes"] == pytest.approx(602.116)
    assert facts["mebibytes"] == pytest.approx(574.2, abs=0.05)
    assert facts["training"] == pytest.approx(2.408464)


def test_growth_is_that_of_the_curriculum() -> None:
    facts = checked_facts(shown.growth())
    assert facts["parameters"] == [
        "785,000", "3,073,000", "12,289,000", "150,529,000", "786,433,000", "3,145,729,000",
    ]  # fmt: skip
    assert facts["ratio"] == pytest.approx(150_529 / 12_289)


def test_neighbours_tell_each_other_until_they_are_scrambled() -> None:
    facts = checked_facts(shown.neighbours())
    seen = [float(value) for value in facts["seen"]]
    assert seen == sorted(seen, reverse=True)
    assert seen[0] > 0.8
    assert all(abs(float(v.replace("\N{MINUS SIGN}", "-"))) < 0.1 for v in facts["scrambled"])


def test_the_fair_ladder_and_the_unfair_ratio() -> None:
    facts = checked_facts(shown.fair_ladder())
    assert facts["n_outputs"] == 3_211_264
    assert (facts["dense"], facts["local"], facts["shared"]) == (483_385_147_392, 86_704_128, 1728)
    assert facts["with_biases"] == 1792
    assert facts["by_locality"] == pytest.approx(5575.1, abs=0.05)
    assert facts["by_sharing"] == facts["places"] == 224**2
    unfair = checked_facts(shown.unfair_ratio())
    assert unfair["ratio"] == pytest.approx(87_111, abs=0.5)
    assert unfair["ratio_biases"] == pytest.approx(84_000.6, abs=0.05)


def test_shifts_by_hand() -> None:
    facts = checked_facts(shown.shift_by_two())
    assert facts["map"] == "0, −1, −1, 2, 0, 0, 0"
    assert facts["moved_map"] == "0, 0, 0, −1, −1, 2, 0"
    assert facts["largest"] == facts["moved_largest"] == 2
    assert (facts["dense"], facts["moved_dense"]) == (11, 17)
    assert facts["equivariance"] == facts["invariance"] == 0


def test_a_stride_follows_its_own_multiples_only() -> None:
    facts = checked_facts(shown.stride_of_two())
    assert facts["map"] == ["0, −1, 0, 0", "0, −1, 2, 0", "0, 0, −1, 0"]
    assert facts["largest"] == [0, 2, 0]


def test_padding_breaks_equivariance_where_the_signal_touches_the_border() -> None:
    facts = checked_facts(shown.at_the_border())
    assert facts["shift_first"] == "2, −1, 4, −2, 3, 0"
    assert facts["filter_first"] == "0, −1, 4, −2, 3, 0"
    assert facts["apart"] == 2
    assert facts["inside"] == 0


def test_a_grey_value_and_a_standardized_one() -> None:
    facts = checked_facts(shown.grey_and_standardized())
    assert facts["shares"] == pytest.approx([59.8, 58.7, 5.7])
    assert facts["luma"] == pytest.approx(124.2, abs=1e-12)
    assert facts["plain"] == pytest.approx(350 / 3)
    assert facts["standardized"] == pytest.approx(0.0655, abs=5e-5)


def test_one_guess_and_five() -> None:
    facts = checked_facts(shown.top_k())
    assert facts["rank"] == [1, 3, 7, 1, 6]
    assert (facts["error_one"], facts["error_five"]) == (0.6, 0.4)
