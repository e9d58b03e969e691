"""What functions of arrays refuse, and how they say it."""

import numpy as np
import pytest

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike


@pytest.mark.parametrize("wrong", [np.nan, np.inf, -np.inf])
def test_a_number_that_is_not_finite_is_told_with_the_name_of_its_array(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"^y holds {wrong}, which is not finite$"):
        refuse_not_finite(x=np.zeros(3), y=np.array([[0.0, wrong], [1.0, np.nan]]))


def test_shapes_that_would_broadcast_are_told_apart() -> None:
    with pytest.raises(ValueError, match=r"^x \(3,\) and y \(3, 1\) differ in shape$"):
        refuse_unlike(x=np.zeros(3), y=np.zeros((3, 1)))


def test_finite_arrays_of_one_shape_pass() -> None:
    refuse_not_finite(x=np.array([1e300, -0.0]), n=np.array([3]), empty=np.empty(0))
    refuse_unlike(x=np.zeros((2, 3)), labels=np.zeros((2, 3), int))
