"""Pooling to a given size: against torch, and by promises."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.adaptive_pooling import (
    adaptive_avg_pool2d,
    adaptive_max_pool2d,
    spatial_pyramid,
)
from dlcv_viz.numerics.pooling_size import adaptive_windows
from frozen import frozen

REFERENCE = frozen("pooling")
TIGHT = 1e-11  # the reference keeps twelve decimals of sums of a few numbers near 1


@pytest.mark.parametrize("case", REFERENCE["adaptive"], ids=lambda case: str(case["output"]))
def test_pooling_to_a_given_size_is_that_of_torch(case: dict[str, Any]) -> None:
    x, output = np.array(case["x"]), tuple(case["output"])
    assert adaptive_avg_pool2d(x, output) == pytest.approx(np.array(case["mean"]), abs=TIGHT)
    assert adaptive_max_pool2d(x, output).tolist() == case["max"]


def test_windows_to_a_given_size_cover_every_pixel_and_are_even_where_they_can_be() -> None:
    for n_in, n_out in ((12, 4), (13, 6), (7, 7), (3, 5)):
        found = adaptive_windows(n_in, n_out)
        assert len(found) == n_out
        assert set().union(*(range(*window) for window in found)) == set(range(n_in))
    assert adaptive_windows(12, 4) == [(0, 3), (3, 6), (6, 9), (9, 12)]


def test_a_pyramid_is_as_long_for_every_size() -> None:
    lengths = {len(spatial_pyramid(np.ones((3, *size)), (4, 2, 1))) for size in ((13, 9), (4, 30))}
    assert lengths == {3 * (16 + 4 + 1)}


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: adaptive_max_pool2d(np.ones(3), 2), r"x \(3,\) has no two axes"),
        (lambda: adaptive_avg_pool2d(np.array([[np.nan]]), 1), "x holds nan"),
        (lambda: adaptive_windows(4, 0), "n_out=0 is below 1"),
    ],
)
def test_what_cannot_be_pooled_is_refused(call: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        call()
