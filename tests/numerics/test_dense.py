"""Dense layers: what they compute, what two of them collapse to, what they cost."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.dense import (
    collapse,
    layer_forward,
    layer_forward_batch,
    multiply_adds,
    neuron_forward,
    parameter_count,
    parameters_by_layer,
)
from frozen import frozen

REFERENCE = frozen("nn_basics")
TIGHT = 1e-13  # sums of a few products of numbers near 1


@pytest.mark.parametrize("case", REFERENCE["layers"], ids=lambda case: str(np.shape(case["w"])))
def test_a_layer_on_a_batch_is_the_linear_layer_of_torch(case: dict[str, Any]) -> None:
    x, w, b = (np.array(case[name]) for name in ("x", "w", "b"))
    assert layer_forward_batch(x, w, b) == pytest.approx(np.array(case["z"]), abs=TIGHT)


def test_a_batch_is_its_samples_and_a_layer_is_its_neurons() -> None:
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(5, 3)), rng.normal(size=(4, 3)), rng.normal(size=4)
    z = layer_forward_batch(x, w, b)
    for k, i in np.ndindex(5, 4):
        assert layer_forward(x[k], w, b)[i] == pytest.approx(z[k, i], abs=TIGHT)
        assert neuron_forward(x[k], w[i], float(b[i])) == pytest.approx(z[k, i], abs=TIGHT)


def test_leading_axes_are_layers_side_by_side() -> None:
    rng = np.random.default_rng(1)
    x, w, b = rng.normal(size=(5, 3)), rng.normal(size=(7, 4, 3)), rng.normal(size=(7, 4))
    z = layer_forward_batch(x, w, b)
    assert z.shape == (7, 5, 4)
    for own_z, own_w, own_b in zip(z, w, b, strict=True):
        assert own_z == pytest.approx(layer_forward_batch(x, own_w, own_b), abs=TIGHT)


def test_two_layers_without_an_activation_are_the_one_they_collapse_to() -> None:
    rng = np.random.default_rng(2)
    w1, b1, w2, b2 = (rng.normal(size=shape) for shape in ((6, 3), 6, (2, 6), 2))
    w, b = collapse(w1, b1, w2, b2)
    assert w.shape == (2, 3)
    for x in rng.normal(size=(10, 3)):
        twice = layer_forward(layer_forward(x, w1, b1), w2, b2)
        assert layer_forward(x, w, b) == pytest.approx(twice, abs=TIGHT)


def test_a_narrow_layer_between_costs_rank() -> None:
    rng = np.random.default_rng(3)
    w1, b1, w2, b2 = (rng.normal(size=shape) for shape in ((2, 5), 2, (4, 2), 4))
    assert np.linalg.matrix_rank(collapse(w1, b1, w2, b2)[0]) == 2


@pytest.mark.parametrize("case", REFERENCE["counts"], ids=lambda case: str(case["sizes"]))
def test_parameters_are_counted_as_torch_has_them(case: dict[str, Any]) -> None:
    assert parameter_count(case["sizes"]) == case["count"]


def test_weights_and_biases_are_counted_layer_by_layer() -> None:
    assert parameters_by_layer([784, 128, 64, 10]) == ([100_352, 8192, 640], [128, 64, 10])
    assert multiply_adds([784, 128, 64, 10]) == 109_184


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: neuron_forward(np.ones(2), np.ones(3), 0), r"\(2,\) and w \(3,\) are not vectors"),
        (lambda: neuron_forward(np.ones((2, 1)), np.ones((2, 1)), 0), "not vectors of one length"),
        (lambda: layer_forward(np.ones((1, 3)), np.ones((2, 3)), np.ones(2)), "x .* is no vector"),
        (lambda: layer_forward(np.ones(2), np.ones((2, 3)), np.ones(2)), "do not chain"),
        (lambda: layer_forward_batch(np.ones((4, 3)), np.ones((2, 3)), np.ones(3)), "not chain"),
        (lambda: layer_forward_batch(np.ones((4, 3)), np.ones(3), np.ones(1)), "do not chain"),
        (lambda: collapse(np.ones((2, 3)), np.ones(2), np.ones((1, 3)), np.ones(1)), "not chain"),
        (lambda: parameter_count([5]), r"sizes=\[5\]: at least two widths"),
        (lambda: parameters_by_layer([5, 0, 1]), r"sizes=\[5, 0, 1\]: .* each at least 1"),
    ],
    ids=["lengths", "no vectors", "a batch", "inputs", "biases", "no matrix", "hidden", "one", "0"],
)
def test_shapes_that_do_not_fit_are_named(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
