"""Points along a line with a few that were lowered."""

import numpy as np
import pytest

from dlcv_viz.data.lines import line_with_outliers
from unchanged import unchanged


def test_line_with_outliers_is_the_recipe_of_the_curriculum() -> None:
    x, y, is_dropped = line_with_outliers(seed=3)
    clean = 2 * np.linspace(0, 10, 30) + 1 + np.random.default_rng(3).normal(0, 1, 30)
    assert x.tolist() == np.linspace(0, 10, 30).tolist()
    assert np.flatnonzero(is_dropped).tolist() == [26, 27, 28]
    assert y[~is_dropped] == pytest.approx(clean[~is_dropped])
    assert y[is_dropped] == pytest.approx(clean[is_dropped] - 25)


def test_line_with_outliers_may_have_none() -> None:
    _, _, is_dropped = line_with_outliers(seed=0, dropped=range(0))
    assert not is_dropped.any()


@pytest.mark.parametrize("dropped", [range(28, 31), range(-1, 2)])
def test_line_with_outliers_names_points_that_are_not_there(dropped: range) -> None:
    with pytest.raises(ValueError, match="is not within the 30 points"):
        line_with_outliers(seed=0, dropped=dropped)


def test_a_seed_gives_the_same_points_and_no_global_state_is_touched() -> None:
    with unchanged():
        one, same, other = (line_with_outliers(seed=seed)[1] for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()
