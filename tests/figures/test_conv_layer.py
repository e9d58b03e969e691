"""The module's figures and worked examples show what convolutional layers really do.

What is expected was computed by hand, or stands in the curriculum.
"""

import math

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from dlcv_viz.draw.canvas import STRONG
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import conv_layer as shown

MINUS = "\N{MINUS SIGN}"


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for ax in figure.axes for text in ax.texts]


def frames(ax: Axes) -> list[Rectangle]:
    """The frames that the eye should go to."""
    return [
        patch
        for patch in ax.patches
        if isinstance(patch, Rectangle)
        and patch.get_linewidth() == STRONG
        and to_hex(patch.get_edgecolor()) == MARKER["accent-2"]
    ]


# --- figures


def test_channels_add_up_to_one_number() -> None:
    drawn = shown.channels()
    facts = checked_facts(drawn.facts)
    red, green, blue = facts["parts"]
    # 9 - 1 + 8 - 1 + 6 - 0; the middle; 8 - 1 + 9 - 2 + 8 - 3
    assert (red, green, blue) == (21, 9, 19)
    assert facts["y"] == red + green + blue + facts["bias"] == 51
    assert {"21", "9", "19", "51"} <= set(texts(drawn.figure))
    assert (facts["n_weights"], facts["n_parameters"], facts["deeper"]) == (27, 28, 576)


@pytest.mark.parametrize(
    ("place", "row", "column", "products"),
    [
        (1, 1, 1, -2 + 9 - 2 * 1 + 2 * 8 - 0 + 7),
        (9, 2, 4, -8 + 1 - 2 * 9 + 2 * 1 - 9 + 3),
        (25, 5, 5, -8 + 1 - 2 * 9 + 2 * 2 - 8 + 3),
    ],
)
def test_a_window_is_framed_summed_and_written_into_its_cell(
    place: int, row: int, column: int, products: int
) -> None:
    drawn = shown.sliding_window(place=place)
    facts = checked_facts(drawn.facts)
    assert (facts["row"], facts["column"], facts["value"]) == (row, column, products)
    assert f"= {products}".replace("-", MINUS) in texts(drawn.figure)
    kernel, window, cell = frames(drawn.figure.axes[0])
    assert window.get_x() == 10 + 22 * (column - 1)
    assert window.get_width() == kernel.get_width() == 3 * 22
    assert cell.get_width() == 28
    assert cell.get_x() == 350 - 28 * (6 - column)


def test_each_row_of_the_kernel_has_its_products_and_their_sum() -> None:
    written = texts(shown.sliding_window(place=9).figure)
    rows = [f"{MINUS}1·8 + 0·3 + 1·1", f"{MINUS}2·9 + 0·5 + 2·1", f"{MINUS}1·9 + 0·7 + 1·3"]
    assert set(rows) <= set(written)
    assert {f"= {MINUS}7", f"= {MINUS}16", f"= {MINUS}6", f"= {MINUS}29"} <= set(written)
    assert f"{MINUS}7 {MINUS} 16 {MINUS} 6" in written


def test_outputs_appear_one_by_one_and_never_change() -> None:
    seen = [sorted(texts(shown.sliding_window(place=place).figure)) for place in (1, 2, 25)]
    n_numbers = [len([t for t in frame if t.strip(MINUS).isdigit()]) for frame in seen]
    assert [n - n_numbers[0] for n in n_numbers] == [0, 1, 24]


def test_a_bar_rises_at_its_left_and_falls_at_its_right() -> None:
    first_row = [checked_facts(shown.sliding_window(place=p).facts)["value"] for p in range(1, 6)]
    assert first_row == [28, 14, -19, -28, -13]


def test_a_stride_of_2_over_a_border_gives_16_places_and_false_edges() -> None:
    facts = checked_facts(shown.strided_window(place=16).facts)
    assert (facts["n_out"], facts["n_places"]) == (4, 16)
    # The bar goes on, but the right column of the window is padding.
    assert facts["value"] == -6 - 2 * 8 - 0 == -22
    assert facts["outside"] == 5
    inside = checked_facts(shown.strided_window(place=6).facts)
    assert (inside["outside"], inside["value"]) == (0, 24)


def test_dilation_widens_the_span_keeps_the_weights_and_leaves_holes() -> None:
    facts = [checked_facts(shown.dilated(dilation=d).facts) for d in (1, 2, 3)]
    assert [f["span"] for f in facts] == [3, 5, 7]
    assert [f["n_out"] for f in facts] == [5, 3, 1]
    assert [f["field"] for f in facts] == [7, 13, 19]
    assert {f["seen"] for f in facts} == {49}
    assert [f["share"] for f in facts] == pytest.approx([1, 49 / 169, 49 / 361])
    assert (facts[0]["mixed_field"], facts[0]["mixed_share"]) == (13, 1)


def test_a_frame_around_each_tap_shows_the_gaps() -> None:
    assert len(frames(shown.dilated(dilation=1).figure.axes[0])) == 1
    taps = frames(shown.dilated(dilation=3).figure.axes[0])
    assert sorted({tap.get_x() for tap in taps}) == [12, 12 + 3 * 22, 12 + 6 * 22]


def test_only_zeros_darken_the_border() -> None:
    drawn = shown.border()
    facts = checked_facts(drawn.facts)
    assert (facts["corner"], facts["edge"], facts["inside"]) == pytest.approx((4 / 9, 6 / 9, 1))
    assert facts["flat"] == ["reflect", "replicate", "circular"]
    written = texts(drawn.figure)
    assert (written.count("0.44"), written.count("0.67"), written.count("1")) == (4, 16, 16 + 36)


@pytest.mark.parametrize(("k", "inside"), [(2, {1}), (3, {1, 2}), (4, {2}), (5, {2, 3})])
def test_stamps_are_even_where_the_stride_divides_the_kernel(k: int, inside: set[int]) -> None:
    facts = checked_facts(shown.stamps(k=k).facts)
    assert facts["n_out"] == 3 * 2 + k
    assert {facts["least"], facts["most"]} == inside
    assert facts["is_even"] == (k % 2 == 0)
    assert sum(facts["y"]) == 4 * k


def test_kernels_are_shown_with_sums_of_1_or_0_and_answer_to_their_edges() -> None:
    drawn = shown.kernel_gallery()
    facts = checked_facts(drawn.facts)
    assert facts["sums"] == [1, 1, 1, 1, 0, 0, 0]
    assert facts["ratio"] > 5
    pictures = [np.asarray(image.get_array()) for image in drawn.figure.axes[0].images]
    scene, box, gaussian, sharpened, across, down, laplacian = pictures
    assert scene.shape == (64, 64)
    flat = (slice(44, 60), slice(6, 20))  # of the ground
    for kept in (box, gaussian, sharpened):
        assert kept[flat].mean() == pytest.approx(scene[flat].mean(), abs=0.01)
    for edge in (across, down, laplacian):
        assert abs(edge[flat].mean()) < 0.05
    assert box[flat].std() < scene[flat].std() < sharpened[flat].std()


def test_the_matrix_holds_the_kernel_in_every_row_and_its_transpose_goes_back() -> None:
    drawn = shown.as_matrix()
    facts = checked_facts(drawn.facts)
    assert (facts["rows"], facts["columns"], facts["n_nonzero"]) == (4, 9, 4 * 3)  # one tap is 0
    written = texts(drawn.figure)
    assert {"K", "Kᵀ", "x", "y"} <= set(written)
    assert 0 < facts["error"] < 1e-9  # rounding, divided by a step of 1e-5


def test_a_blur_pays_with_noise_and_a_wide_one_costs_without() -> None:
    facts = checked_facts(shown.edges().facts)
    plain, blurred, wide = (facts[name] for name in ("plain", "blurred", "wide"))
    assert min(plain[0], blurred[0]) > 0.99 > wide[0]
    assert plain[2] < wide[2] < blurred[2]
    assert plain[4] < blurred[4] < wide[4]
    assert plain == sorted(plain, reverse=True)


def test_edges_found_with_a_blur_lie_on_the_outlines() -> None:
    drawn = shown.edges(noise=0.2)
    images = [np.asarray(image.get_array()) for image in drawn.figure.axes[0].images]
    assert len(images) == 6
    noisy, blurred = images[2], images[5]
    corner = (slice(0, 10), slice(70, 96))  # far from both shapes
    assert noisy[corner].sum() > blurred[corner].sum()


# --- worked examples


def test_all_four_windows_are_summed() -> None:
    facts = checked_facts(shown.manual_correlation())
    assert facts["y"] == [2, 3, 0, 3]
    assert facts["window"] == ["1 2; 0 1", "2 0; 1 1", "0 1; 1 0", "1 1; 0 2"]
    assert facts["terms"][3] == "1·1 + 0·1 + 0·0 + 1·2"


def test_a_turn_matters_for_a_lopsided_kernel() -> None:
    facts = checked_facts(shown.flip_matters())
    assert facts["turned"] == [-1, 0, 2, 1]
    assert facts["correlated"] == [4, 1, 2, 1]
    assert facts["convolved"] == [0, 1, 2, 1]


def test_two_channels_and_a_bias_make_one_map() -> None:
    facts = checked_facts(shown.two_channels())
    assert facts["first"] == [2, 3, 0, 3]
    assert facts["second"] == [3, 1, 1, 2]
    assert facts["y"] == [5.5, 4.5, 1.5, 5.5]


def test_gradients_of_the_worked_example() -> None:
    facts = checked_facts(shown.backward())
    assert facts["dk"] == [-1, 4, 1, 0]
    assert facts["dx"] == [1, 1, -2, 2, 3, 1, 0, -2, 0]
    assert (facts["db"], facts["n_checked"]) == (2, 13)
    assert facts["middle"] == f"{MINUS}1·1 + 0·({MINUS}1) + 2·2 + 1·0"
    assert facts["unturned"][0] != facts["dx"][0]
    assert facts["unturned"][4] != facts["dx"][4]


def test_sizes_of_eight_layers() -> None:
    facts = checked_facts(shown.geometry_table())
    assert facts["out"] == [4, 28, 112, 24, 28, 55, 55, 2]
    assert facts["unseen"][-1] == 1


def test_two_stamps_add_up() -> None:
    facts = checked_facts(shown.transposed())
    assert facts["stamps"] == ["(1, 2, 3, 0, 0)", "(0, 0, 2, 4, 6)"]
    assert (facts["y"], facts["n_out"]) == ("(1, 2, 5, 4, 6)", 5)
    assert facts["uneven"] == "(1, 1, 2, 1, 2, 1, 1)"
    assert facts["even"] == "(1, 1, 2, 2, 2, 2, 1, 1)"


def test_the_columns_of_a_picture_are_nine_times_the_picture() -> None:
    facts = checked_facts(shown.columns_of_224())
    assert (facts["rows"], facts["places"]) == (27, 50_176)
    assert (facts["entries"], facts["picture"], facts["factor"]) == (1_354_752, 150_528, 9)


def test_a_layer_against_a_dense_one() -> None:
    facts = checked_facts(shown.against_dense())
    assert (facts["dense_weights"], facts["dense"]) == (150_528_000, 150_529_000)
    assert (facts["weights"], facts["parameters"]) == (1728, 1792)
    assert math.floor(facts["ratio"]) == 87_111
    assert facts["ratio_with_biases"] == pytest.approx(84_000.6, abs=0.05)
    assert (facts["outputs"], facts["macs"]) == (3_211_264, 86_704_128)


def test_kinds_of_layers_cost_what_their_formula_says() -> None:
    facts = checked_facts(shown.variants())
    assert facts["weights"] == [64 * 64 * 9, 64 * 64, 64 * 16 * 9, 64 * 9, 64 * 64 * 9]
    assert facts["factor"] == [1, 9, 4, 64, 1]
    assert facts["macs"] == [56 * 56 * weights for weights in facts["weights"]]
    assert (facts["asked"], facts["asked_weights"]) == (73_856, 73_728)


def test_two_kernels_without_an_activation_are_one() -> None:
    facts = checked_facts(shown.stacked())
    assert (facts["side"], facts["weights_two"], facts["weights_one"]) == (5, 18, 25)
    assert 0 < facts["apart"] < 1e-13
    assert (facts["fields"], facts["strided"]) == ([3, 5, 7], [3, 7, 15])
    assert (facts["at_once"], facts["one_after_the_other"]) == (25, 10)
