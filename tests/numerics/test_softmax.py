"""Softmax, its Jacobian, the log of a sum of exponentials and entropy, against torch and scipy."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.softmax import entropy, log_sum_exp, softmax, softmax_jacobian
from frozen import frozen

CASES = frozen("activation")["softmax"]
CLOSE = 1e-14  # sums of at most seven numbers below 1
every_case = pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{len(case['z'])}, T={case['temperature']}"
)


@every_case
def test_softmax_is_that_of_torch(case: dict[str, Any]) -> None:
    p = softmax(np.array(case["z"]), temperature=case["temperature"])
    assert p == pytest.approx(case["p"], abs=CLOSE)


@every_case
def test_softmax_jacobian_is_that_of_torch(case: dict[str, Any]) -> None:
    jacobian = softmax_jacobian(np.array(case["z"]), temperature=case["temperature"])
    assert jacobian == pytest.approx(np.array(case["jacobian"]), abs=CLOSE)


@every_case
def test_log_sum_exp_is_that_of_scipy(case: dict[str, Any]) -> None:
    assert log_sum_exp(np.array(case["z"])) == pytest.approx(case["log_sum_exp"], abs=CLOSE)


@every_case
def test_entropy_is_that_of_scipy(case: dict[str, Any]) -> None:
    assert entropy(np.array(case["p"])) == pytest.approx(case["entropy"], abs=CLOSE)


@every_case
def test_softmax_jacobian_is_the_central_difference(case: dict[str, Any]) -> None:
    z, temperature = np.array(case["z"]), case["temperature"]
    step = 1e-6  # errors: step squared by third derivatives up to 1 / T cubed; 1e-16 / step
    columns = [
        (softmax(z + e, temperature=temperature) - softmax(z - e, temperature=temperature))
        / (2 * step)
        for e in step * np.eye(len(z))
    ]
    jacobian = softmax_jacobian(z, temperature=temperature)
    assert jacobian == pytest.approx(np.array(columns).T, abs=1e-9)


@every_case
def test_softmax_jacobian_is_symmetric_and_its_rows_sum_to_zero(case: dict[str, Any]) -> None:
    jacobian = softmax_jacobian(np.array(case["z"]), temperature=case["temperature"])
    assert jacobian == pytest.approx(jacobian.T)
    assert jacobian.sum(axis=1) == pytest.approx(0, abs=CLOSE)


@every_case
def test_softmax_is_the_gradient_of_log_sum_exp(case: dict[str, Any]) -> None:
    z, step = np.array(case["z"]), 1e-6  # as for the Jacobian
    slope = [(log_sum_exp(z + e) - log_sum_exp(z - e)) / (2 * step) for e in step * np.eye(len(z))]
    assert softmax(z) == pytest.approx(slope, abs=1e-8)


@pytest.mark.parametrize("shift", [-1e6, -3.5, 12.25, 1e6])
def test_adding_a_number_to_all_logits_changes_no_probability(shift: float) -> None:
    z = np.array([0.5, -1.25, 3.0, 2.0])  # exact in binary, with every shift
    assert softmax(z + shift) == pytest.approx(softmax(z), abs=1e-12)
    assert log_sum_exp(z + shift) - shift == pytest.approx(log_sum_exp(z), abs=1e-9)


def test_logits_that_would_overflow_are_no_trouble() -> None:
    z = np.array([1000.0, 1001.0, 1002.0])
    assert softmax(z) == pytest.approx(softmax(z - 1002.0))
    assert log_sum_exp(z) == pytest.approx(1002.4076059644443)  # and log(1 + 1/e + 1/e²)
    assert softmax(np.array([-1e308, 0.0, 1e3])).tolist() == [0, 0, 1]
    assert softmax_jacobian(1e5 * z).tolist() == np.zeros((3, 3)).tolist()


def test_temperature_goes_from_the_largest_to_a_draw() -> None:
    z = np.array([1.0, 4.0, 2.0])
    assert softmax(z, temperature=1e-3).tolist() == [0, 1, 0]
    assert softmax(z, temperature=1e9) == pytest.approx(1 / 3, abs=1e-8)
    entropies = [float(entropy(softmax(z, temperature=t))) for t in (0.2, 0.5, 1, 2, 8)]
    assert entropies == sorted(entropies)


def test_minus_infinity_masks_a_logit() -> None:
    z = np.array([1.0, -np.inf, 3.0])
    assert softmax(z)[1] == 0
    assert softmax(z)[[0, 2]] == pytest.approx(softmax(z[[0, 2]]))
    assert log_sum_exp(z) == pytest.approx(log_sum_exp(z[[0, 2]]))


def test_any_axis_may_be_the_one_that_sums_to_one() -> None:
    z = np.random.default_rng(2).normal(size=(3, 4, 5))
    for axis in (0, 1, 2, -1):
        p = softmax(z, axis=axis)
        assert p.sum(axis) == pytest.approx(1)
        assert np.moveaxis(p, axis, -1) == pytest.approx(softmax(np.moveaxis(z, axis, -1)))
        expected = log_sum_exp(np.moveaxis(z, axis, -1))
        assert log_sum_exp(z, axis=axis) == pytest.approx(expected)


def test_a_batch_has_the_jacobian_and_entropy_of_each_row() -> None:
    z = np.random.default_rng(3).normal(size=(2, 3, 4))
    jacobians, entropies = softmax_jacobian(z), entropy(softmax(z))
    assert jacobians.shape == (2, 3, 4, 4)
    for i in np.ndindex(2, 3):
        assert jacobians[i] == pytest.approx(softmax_jacobian(z[i]))
        assert entropies[i] == pytest.approx(entropy(softmax(z[i])))


def test_entropy_is_zero_for_certainty_and_the_log_of_n_for_a_draw() -> None:
    assert str(float(entropy(np.array([0.0, 1.0, 0.0])))) == "0.0"
    assert entropy(np.full(6, 1 / 6)) == pytest.approx(np.log(6))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: softmax(np.zeros(3), temperature=0), "temperature=0 is not above 0"),
        (lambda: softmax_jacobian(np.zeros(3), temperature=-2), "temperature=-2 is not above 0"),
        (lambda: softmax(np.zeros((2, 0))), r"no logits along axis -1: the shape is \(2, 0\)"),
        (lambda: softmax(np.array(1.0)), r"no logits along axis -1: the shape is \(\)"),
        (lambda: softmax(np.array([0.0, np.nan])), "none NaN or [+]infinity"),
        (lambda: log_sum_exp(np.array([0.0, np.inf])), "none NaN or [+]infinity"),
        (lambda: softmax(np.array([[0.0, 1.0], [-np.inf, -np.inf]])), "one must be finite"),
        (lambda: entropy(np.array([0.5, 0.6])), "no probabilities"),
        (lambda: entropy(np.array([-0.5, 1.5])), "no probabilities"),
        (lambda: entropy(np.array([np.nan, 1.0])), "no probabilities"),
    ],
    ids=["zero", "negative", "empty", "scalar", "nan", "inf", "masked", "sum", "sign", "nan p"],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
