"""Compound scaling is what EfficientNet's equation says."""

import pytest

from dlcv_viz.numerics.compound_scaling import compound_scale


def test_one_step_costs_a_little_less_than_twice() -> None:
    scale = compound_scale(1)
    assert (scale.depth, scale.width, scale.side) == (1.2, 1.1, 1.15)
    assert scale.cost == pytest.approx(1.92027)


def test_steps_multiply() -> None:
    three, one = compound_scale(3), compound_scale(1)
    assert three.cost == pytest.approx(one.cost**3)
    assert compound_scale(1.5).width ** 2 == pytest.approx(three.width)
    assert compound_scale(0).cost == 1


def test_width_and_side_count_twice_and_depth_once() -> None:
    assert compound_scale(1, depth=2, width=1, side=1).cost == 2
    assert compound_scale(1, depth=1, width=2, side=1).cost == 4
    assert compound_scale(1, depth=1, width=1, side=2).cost == 4


@pytest.mark.parametrize("arguments", [{"steps": -1}, {"steps": 1, "side": 0.9}])
def test_what_would_shrink_is_refused(arguments: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="below"):
        compound_scale(**arguments)
