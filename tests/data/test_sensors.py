"""Failing machines: seeded, with the interaction and the noise promised."""

import numpy as np
import pytest

from dlcv_viz.data.sensors import failing_machines
from unchanged import unchanged


def test_without_flips_a_machine_fails_where_both_readings_have_one_sign() -> None:
    x, y = failing_machines(300, seed=2, flips=0)
    assert y.tolist() == [int((a > 0) == (b > 0)) for a, b in x]


def test_the_promised_share_of_labels_is_wrong() -> None:
    x, y = failing_machines(20_000, seed=7, flips=0.2)
    assert ((x.prod(axis=1) > 0) != y).mean() == pytest.approx(0.2, abs=0.015)  # 5 standard errors


def test_neither_reading_tells_anything_by_itself() -> None:
    x, y = failing_machines(20_000, seed=7)
    for reading in x.T:
        assert abs(np.corrcoef(reading, y)[0, 1]) < 0.036  # 5 standard errors


def test_readings_are_standardized() -> None:
    x, _ = failing_machines(20_000, seed=8)
    assert x.mean(axis=0) == pytest.approx(np.zeros(2), abs=0.036)  # 5 standard errors
    assert x.std(axis=0) == pytest.approx(np.ones(2), abs=0.025)  # 5 standard errors


def test_a_seed_gives_the_same_machines_and_another_seed_others() -> None:
    with unchanged():
        one, same, other = (failing_machines(20, seed=seed)[0] for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.parametrize(("n", "flips"), [(0, 0.1), (5, -0.1), (5, 1.1), (5, float("nan"))])
def test_a_wrong_argument_is_named_with_what_is_allowed(n: int, flips: float) -> None:
    with pytest.raises(ValueError, match=f"n={n}, flips={flips}: at least one machine"):
        failing_machines(n, seed=0, flips=flips)
