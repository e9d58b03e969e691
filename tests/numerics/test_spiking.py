"""The integrate-and-fire neuron, beside a numerical integration."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.spiking import Membrane, lif_potential, lif_rate
from frozen import frozen

REFERENCE = frozen("nn_basics")["spiking"]
NAMES = ("tau", "refractory", "resistance", "threshold")
MEMBRANE = Membrane(tau=0.02, refractory=0.002)


@pytest.mark.parametrize("case", REFERENCE, ids=lambda case: f"I = {case['current']}")
def test_the_rate_is_that_of_a_numerical_integration(case: dict[str, Any]) -> None:
    membrane = Membrane(**{name: case[name] for name in NAMES})
    rate = lif_rate(np.array([case["current"]]), membrane)
    assert rate == pytest.approx([case["rate"]], rel=1e-8)  # the tolerance of the integration


@pytest.mark.parametrize("case", REFERENCE, ids=lambda case: f"I = {case['current']}")
def test_the_potential_reaches_the_threshold_at_every_spike_and_is_reset(
    case: dict[str, Any],
) -> None:
    membrane = Membrane(**{name: case[name] for name in NAMES})
    just = 1e-6 * membrane.tau
    for spike in case["spikes"]:
        before, after = lif_potential(
            np.array([spike - just, spike + just]), case["current"], membrane
        )
        assert before == pytest.approx(membrane.threshold, rel=1e-4)
        assert after < 1e-4 * membrane.threshold


def test_the_potential_obeys_its_equation_between_spikes() -> None:
    times, step = np.array([0.003, 0.011, 0.03, 0.04]), 1e-7
    middle, before, after = (
        lif_potential(times + shift, 1.5, MEMBRANE) for shift in (0, -step, step)
    )
    slope = (after - before) / (2 * step)
    # Rounding of order 1e-16 / step; none of the times is a spike or in the refractory time.
    assert MEMBRANE.tau * slope == pytest.approx(1.5 - middle, abs=1e-8)


def test_rates_are_those_of_the_curriculum() -> None:
    rates = lif_rate(np.array([1.1, 1.5, 2, 3, 5]), MEMBRANE)
    assert rates == pytest.approx([20.017, 41.715, 63.040, 98.919, 154.730], abs=5e-4)


@pytest.mark.parametrize("current", [-3.0, 0.0, 1.0])
def test_a_current_that_does_not_pass_the_threshold_makes_no_spike(current: float) -> None:
    assert lif_rate(np.array([current]), MEMBRANE) == 0
    assert lif_potential(np.linspace(0, 9, 99), current, MEMBRANE).max() <= max(current, 0)


def test_the_rate_rises_and_has_the_refractory_time_as_its_ceiling() -> None:
    rates = lif_rate(np.array([1.0001, 2, 10, 1e3, 1e9]), MEMBRANE)
    assert (np.diff(rates) > 0).all()
    assert rates[-1] == pytest.approx(1 / MEMBRANE.refractory, rel=1e-6)


@pytest.mark.parametrize(
    "constants",
    [{"tau": 0}, {"refractory": -1}, {"resistance": -2}, {"threshold": float("nan")}],
    ids=str,
)
def test_constants_that_no_membrane_has_are_refused(constants: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="all are above 0, the refractory time at least 0"):
        Membrane(**{"tau": 1.0, "refractory": 0.0} | constants)


def test_a_time_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match=r"times begin at -1\.0"):
        lif_potential(np.array([-1.0, 2.0]), 2.0, MEMBRANE)
