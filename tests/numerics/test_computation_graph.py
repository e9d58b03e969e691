"""Derivatives of a graph of scalar operations, in both directions."""

import math

import pytest

from dlcv_viz.numerics.activation import ACTIVATIONS
from dlcv_viz.numerics.computation_graph import Node, apply, gradients, larger, tangents
from frozen import frozen

TORCH = frozen("backprop")["graph"]
ROUNDING = 1e-13  # a dozen operations


def expression(x: Node, y: Node, z: Node) -> Node:
    """Use every operation, and some values twice."""
    u = apply(ACTIVATIONS["tanh"], x * y + z)
    return larger(u * x, y) ** 3 + u * u * z + x


def test_a_sweep_back_gives_the_gradients_of_torch() -> None:
    variables = [Node(value) for value in TORCH["at"]]
    f = expression(*variables)
    found = gradients(f)
    assert f.value == pytest.approx(TORCH["value"], abs=ROUNDING)
    assert [found[v] for v in variables] == pytest.approx(TORCH["gradient"], abs=ROUNDING)


def test_sweeps_ahead_give_what_one_sweep_back_gives() -> None:
    variables = [Node(value) for value in (-0.4, 1.1, 0.3)]
    f = expression(*variables)
    back = gradients(f)
    assert [tangents(f, v)[f] for v in variables] == pytest.approx(
        [back[v] for v in variables], abs=ROUNDING
    )


def test_what_comes_back_along_several_paths_is_added() -> None:
    x = Node(3.0)
    assert gradients(x * x + x)[x] == 7
    assert gradients(x + x + x)[x] == 3


def test_a_gradient_with_respect_to_itself_is_1_and_other_variables_have_no_part() -> None:
    x, other = Node(2.0), Node(5.0)
    f = x**2
    assert gradients(f)[f] == 1
    assert other not in gradients(f)
    assert tangents(f, other)[f] == 0


def test_of_two_the_larger_gets_all_and_of_equals_the_first() -> None:
    for values, expected in (((1, 4), (0, 1)), ((4, 1), (1, 0)), ((2, 2), (1, 0))):
        a, b = (Node(float(value)) for value in values)
        found = gradients(larger(a, b))
        assert (found[a], found[b]) == expected


def test_a_chain_may_be_longer_than_the_stack_of_python() -> None:
    x = Node(1.0)
    node = x
    for _ in range(5000):
        node = node * Node(1.001)
    assert gradients(node)[x] == pytest.approx(math.exp(5000 * math.log(1.001)))
