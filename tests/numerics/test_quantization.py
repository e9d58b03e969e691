"""Numbers in few bits are those of torch, and never far off."""

import numpy as np
import pytest

from dlcv_viz.numerics.quantization import to_steps
from frozen import frozen


def test_eight_bits_are_those_of_torch() -> None:
    case = frozen("mobilenet")["rounding"]
    rounded = to_steps(np.array(case["values"]), case["top"])
    assert rounded == pytest.approx(case["rounded"], abs=1e-6)  # theirs are single precision


@pytest.mark.parametrize("bits", [1, 3, 8])
def test_so_many_levels_each_at_most_half_a_step_away(bits: int) -> None:
    values = np.linspace(0, 6, 4001)
    rounded = to_steps(values, 6, bits=bits)
    step = 6 / (2**bits - 1)
    assert len(np.unique(np.rint(rounded / step))) == 2**bits
    assert np.abs(rounded - values).max() <= step / 2 + 1e-12


@pytest.mark.parametrize("arguments", [{"top": 0.0}, {"top": 1.0, "bits": 0}])
def test_no_levels_are_refused(arguments: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"not above 0, or bits"):
        to_steps(np.ones(2), **arguments)
