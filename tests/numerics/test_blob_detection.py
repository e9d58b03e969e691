"""Kernels that find blobs against scipy, and what they find."""

import numpy as np
import pytest

from dlcv_viz.data.discs import discs
from dlcv_viz.numerics.blob_detection import blobs, difference_of_gaussians, responses
from frozen import frozen

KERNELS = [difference_of_gaussians(side) for side in (3, 9)]


@pytest.mark.parametrize("case", frozen("inception")["gaussians"], ids=lambda case: case["side"])
def test_a_kernel_is_the_difference_of_two_blurs(case: dict[str, list[list[float]]]) -> None:
    kernel = difference_of_gaussians(int(str(case["side"])))
    assert kernel == pytest.approx(np.array(case["kernel"]), rel=1e-10, abs=1e-14)


@pytest.mark.parametrize("side", [3, 5, 7, 11])
def test_a_kernel_has_no_mean_and_unit_norm(side: int) -> None:
    kernel = difference_of_gaussians(side)
    assert kernel.shape == (side, side)
    assert kernel.sum() == pytest.approx(0, abs=1e-14)
    assert np.linalg.norm(kernel) == pytest.approx(1)
    assert kernel.argmax() == side * side // 2


def test_a_flat_picture_gets_no_answer_up_to_its_border() -> None:
    assert responses(np.full((12, 12), 0.7), KERNELS) == pytest.approx(0, abs=1e-14)


def test_answers_keep_the_size_and_follow_a_shift() -> None:
    here, there = (responses(discs((30, 20), [(row, 9, 2)]), KERNELS) for row in (12, 15))
    assert here.shape == (2, 30, 20)
    assert there[:, 3:] == pytest.approx(here[:, :-3])


def test_blobs_are_found_where_they_are_by_kernels_of_their_size() -> None:
    picture = discs((30, 40), [(8, 8, 0.5), (17, 28, 3.5)])
    found = blobs(picture, KERNELS, 0.7)
    assert [(b.row, b.column, b.kernel) for b in found] == [(17, 28, 1), (8, 8, 0)]
    assert found[0].response == pytest.approx(responses(picture, KERNELS).max())


def test_no_blob_is_found_where_none_is_strong_enough() -> None:
    assert blobs(discs((20, 20), [(10, 10, 2)]), KERNELS, 100) == []


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="odd"):
        difference_of_gaussians(4)
    with pytest.raises(ValueError, match="no middle"):
        responses(np.zeros((9, 9)), [np.ones((2, 2))])
    with pytest.raises(ValueError, match="not finite"):
        responses(np.full((9, 9), np.nan), KERNELS)
    with pytest.raises(ValueError, match="least=0"):
        blobs(np.zeros((9, 9)), KERNELS, 0)
