"""What functions of single numbers refuse, and how they say it."""

import pytest

from dlcv_viz.numerics.ranges import refuse_below, refuse_not_positive


def test_the_first_number_below_the_least_is_told_with_its_name() -> None:
    with pytest.raises(ValueError, match=r"^stride=0 is below 1$"):
        refuse_below(1, kernel=3, stride=0, padding=-1)


@pytest.mark.parametrize("wrong", [0, -2.5, float("inf"), float("nan")])
def test_a_number_that_is_not_above_zero_or_not_finite_is_told_with_its_name(wrong: float) -> None:
    with pytest.raises(ValueError, match=f"^top={wrong} is not finite and above 0$"):
        refuse_not_positive(first=1e-300, top=wrong)


def test_numbers_within_their_range_pass() -> None:
    refuse_below(0, padding=0, stride=2)
    refuse_not_positive(factor=1e-300, every=3)
