"""Activation functions and their derivatives, against torch, and what must hold of them."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics import activation
from dlcv_viz.numerics.activation import (
    ACTIVATIONS,
    SELU_ALPHA,
    SELU_SCALE,
    Activation,
    elu,
    elu_derivative,
    gelu,
    gelu_tanh,
    leaky_relu,
    leaky_relu_derivative,
    normal_cdf,
    normal_pdf,
    relu,
    sigmoid,
    silu,
    silu_derivative,
    softplus,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("activation")
POINTS = np.array(REFERENCE["points"])
CLOSE = 1e-14  # a few roundings of numbers up to 30
NAMES = sorted(ACTIVATIONS.keys() - {"identity"})
SMOOTH = sorted(ACTIVATIONS.keys() - {"relu", "leaky_relu", "elu", "selu"})
DIPPING = sorted(REFERENCE["extremes"])
OTHERS: dict[str, Activation] = {
    "leaky_relu 0.2": Activation(
        lambda z: leaky_relu(z, 0.2), lambda z: leaky_relu_derivative(z, 0.2)
    ),
    "elu 0.7": Activation(lambda z: elu(z, 0.7), lambda z: elu_derivative(z, 0.7)),
    "silu 1.7": Activation(lambda z: silu(z, 1.7), lambda z: silu_derivative(z, 1.7)),
}


@pytest.mark.parametrize("name", [*NAMES, *OTHERS])
def test_function_and_derivative_are_those_of_torch(name: str) -> None:
    function, expected = {**ACTIVATIONS, **OTHERS}[name], REFERENCE["curves"][name]
    assert function.function(POINTS) == pytest.approx(expected["value"], abs=CLOSE)
    assert function.derivative(POINTS) == pytest.approx(expected["slope"], abs=CLOSE)


def test_gelu_tanh_is_the_approximation_of_torch() -> None:
    assert gelu_tanh(POINTS) == pytest.approx(REFERENCE["curves"]["gelu_tanh"]["value"], abs=CLOSE)


def test_normal_cdf_is_exact_far_out_in_the_tail() -> None:
    assert normal_cdf(POINTS) == pytest.approx(REFERENCE["normal_cdf"], rel=1e-13)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_derivative_is_the_central_difference_of_the_function(name: str) -> None:
    z = np.linspace(-6, 6, 240)  # no point within 0.02 of a kink
    step = 1e-5  # errors: step squared by the third derivative, and 1e-16 / step by rounding
    value, slope = ACTIVATIONS[name].function, ACTIVATIONS[name].derivative
    difference = (value(z + step) - value(z - step)) / (2 * step)
    assert slope(z) == pytest.approx(difference, abs=1e-9)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_no_finite_number_gives_a_warning_or_anything_else_than_a_number(name: str) -> None:
    z = np.array([-1000.0, -745.2, -40.0, -0.0, 0.0, 40.0, 745.2, 1000.0])
    for part in (ACTIVATIONS[name].function, ACTIVATIONS[name].derivative):
        assert np.isfinite(part(z)).all()


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_arrays_keep_their_shape_and_are_not_changed(name: str) -> None:
    z = np.linspace(-2, 2, 24).reshape(2, 3, 4)
    before = z.copy()
    for part in (ACTIVATIONS[name].function, ACTIVATIONS[name].derivative):
        assert part(z).shape == z.shape
        assert part(z).dtype == np.float64
        assert part(z)[1, 2, 3] == pytest.approx(part(z[1, 2, 3:])[0], abs=CLOSE)
    assert (z == before).all()


def test_far_out_sigmoid_is_exactly_zero_and_one() -> None:
    assert sigmoid(np.array([-1000.0, 1000.0])).tolist() == [0, 1]


@pytest.mark.parametrize("name", ["sigmoid", "tanh"])
def test_small_slopes_keep_all_their_digits(name: str) -> None:
    scale, steep = {"sigmoid": (1, 1), "tanh": (4, 2)}[name]
    slope = ACTIVATIONS[name].derivative(np.array([-100.0, 100.0]))
    assert slope == pytest.approx(scale * np.exp(-100.0 * steep), rel=1e-13)


@pytest.mark.parametrize("name", DIPPING)
def test_minimum_and_steepest_point_are_where_an_optimizer_finds_them(name: str) -> None:
    found, function = REFERENCE["extremes"][name], ACTIVATIONS[name]
    at = np.array([found["at"], found["steepest_at"]])
    assert function.function(at)[0] == pytest.approx(found["least"], abs=1e-12)
    assert function.derivative(at) == pytest.approx([0, found["steepest"]], abs=1e-12)
    z = np.linspace(-20, 20, 40001)
    assert function.function(z).min() >= found["least"]
    assert function.derivative(z).max() <= found["steepest"] + 1e-12  # the optimizer's own error


@pytest.mark.parametrize("name", SMOOTH)
def test_smooth_functions_have_no_kink_at_zero(name: str) -> None:
    before, after = ACTIVATIONS[name].derivative(np.array([-1e-9, 1e-9]))
    assert before == pytest.approx(after, abs=1e-8)


def test_at_a_kink_the_slope_is_the_one_from_below() -> None:
    kinks = {name: ACTIVATIONS[name].derivative(np.zeros(1))[0] for name in ("relu", "leaky_relu")}
    assert kinks == {"relu": 0, "leaky_relu": 0.01}
    assert ACTIVATIONS["selu"].derivative(np.zeros(1))[0] == pytest.approx(SELU_SCALE * SELU_ALPHA)


def test_selu_keeps_mean_zero_and_variance_one() -> None:
    z = np.linspace(-12, 12, 120_000)  # an even number, so the kink is between two
    weights = normal_pdf(z) * (z[1] - z[0])
    value = ACTIVATIONS["selu"].function(z)
    assert weights @ value == pytest.approx(0, abs=1e-8)  # cells of 2e-4: an error of 5e-10
    assert weights @ value**2 == pytest.approx(1, abs=1e-8)


def test_swish_goes_from_a_line_to_the_rectifier() -> None:
    z = np.linspace(-5, 5, 101)
    assert silu(z, 0.0) == pytest.approx(z / 2)
    assert silu(z, 1e4) == pytest.approx(relu(z), abs=3e-5)  # 0.278 / beta at its lowest


def test_functions_are_tied_as_the_textbooks_say() -> None:
    z = np.linspace(-8, 8, 65)
    assert np.tanh(z) == pytest.approx(2 * sigmoid(2 * z) - 1, abs=CLOSE)
    assert softplus(z) - softplus(-z) == pytest.approx(z, abs=CLOSE)
    assert gelu(z) - gelu(-z) == pytest.approx(z, abs=CLOSE)
    assert silu(z) - silu(-z) == pytest.approx(z, abs=CLOSE)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda z: leaky_relu(z, 1.0), "alpha=1.0 is not from 0 to below 1"),
        (lambda z: leaky_relu_derivative(z, -0.1), "alpha=-0.1 is not from 0 to below 1"),
        (lambda z: elu(z, 0.0), "alpha=0.0 is not above 0"),
        (lambda z: elu_derivative(z, float("nan")), "alpha=nan is not above 0"),
        (lambda z: silu(z, -1.0), "beta=-1.0 is below 0"),
        (lambda z: silu_derivative(z, float("nan")), "beta=nan is below 0"),
    ],
    ids=["leaky", "leaky slope", "elu", "elu slope", "silu", "silu slope"],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(
    call: Callable[[FloatArray], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call(POINTS)


def test_every_function_with_a_derivative_is_in_the_table() -> None:
    ends = "_derivative"
    have = {name.removesuffix(ends) for name in dir(activation) if name.endswith(ends)}
    assert have <= ACTIVATIONS.keys()
