"""Descent on a function whose path is known in closed form."""

import numpy as np
import pytest

from dlcv_viz.numerics.descent import gradient_descent


def test_gradient_descent_shrinks_each_direction_of_a_quadratic_by_its_own_factor() -> None:
    curvature, start = np.array([1.0, 4.0]), np.array([3.0, -2.0])
    path = gradient_descent(lambda w: curvature * w, start, learning_rate=0.3, n_steps=12)
    steps = np.arange(13)[:, None]
    assert path == pytest.approx(start * (1 - 0.3 * curvature) ** steps)


def test_gradient_descent_leaves_its_start_as_it_was() -> None:
    start = np.array([1.0])
    gradient_descent(lambda w: w, start, learning_rate=1, n_steps=3)
    assert start.tolist() == [1]


@pytest.mark.parametrize(("rate", "steps"), [(0, 3), (np.nan, 3), (0.1, 0)])
def test_gradient_descent_refuses_to_stand_still(rate: float, steps: int) -> None:
    with pytest.raises(ValueError, match=f"learning_rate={rate} is above 0, n_steps={steps}"):
        gradient_descent(lambda w: w, np.ones(1), learning_rate=rate, n_steps=steps)
