"""Activations with an end are those of torch."""

import numpy as np
import pytest

from dlcv_viz.numerics.activation import silu
from dlcv_viz.numerics.clipped_activation import hard_swish, relu6
from frozen import frozen

CASE = {name: np.array(values) for name, values in frozen("mobilenet")["activations"].items()}


def test_they_are_those_of_torch() -> None:
    assert relu6(CASE["z"]) == pytest.approx(CASE["relu6"])
    assert hard_swish(CASE["z"]) == pytest.approx(CASE["hard_swish"])


def test_hard_swish_is_near_swish_and_exact_far_out() -> None:
    z = np.linspace(-8, 8, 1601)
    assert np.abs(hard_swish(z) - silu(z)).max() < 0.15
    assert hard_swish(np.array([-3.0, 3.0, 1e300])).tolist() == [0, 3, 1e300]
    assert hard_swish(z).min() == pytest.approx(-0.375)
