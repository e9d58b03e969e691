"""Clipping by the global norm, against torch and by what defines it."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.clipping import clip_by_norm
from frozen import frozen


@pytest.mark.parametrize("case", frozen("optimizers")["clipped"], ids=lambda c: f"{c['limit']}")
def test_clipping_is_that_of_torch(case: dict[str, Any]) -> None:
    # torch divides by the norm plus 1e-6
    assert clip_by_norm(np.array(case["g"]), case["limit"]) == pytest.approx(
        case["clipped"], rel=1e-5
    )


@pytest.mark.parametrize("scale", [1e-300, 1.0, 1e300])
def test_direction_stays_and_length_is_at_most_the_limit(scale: float) -> None:
    g = np.array([[3.0, 0.0], [0.0, -4.0]])
    clipped = clip_by_norm(scale * g, limit=2.0)
    assert np.linalg.norm(clipped) == pytest.approx(min(5 * scale, 2.0), rel=1e-14)
    assert clipped / np.abs(clipped).max() == pytest.approx(g / 4, rel=1e-14)


def test_a_gradient_of_zero_stays() -> None:
    assert (clip_by_norm(np.zeros(3), 1.0) == 0).all()


@pytest.mark.parametrize(
    ("g", "limit", "said"), [(1.0, 0.0, "limit"), (1.0, np.nan, "limit"), (np.nan, 1.0, "g holds")]
)
def test_what_makes_no_sense_is_refused(g: float, limit: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        clip_by_norm(np.array([g]), limit)
