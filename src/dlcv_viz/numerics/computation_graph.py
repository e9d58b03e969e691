"""A computation as a graph of scalar operations, and its derivatives in both directions.

Each node keeps what it was computed of and its own derivatives, one an input: no node knows the
whole. ``+``, ``*`` and ``**`` make nodes of nodes.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.numerics.activation import Activation


@dataclass(frozen=True, slots=True, eq=False)
class Node:
    """A number, and how it was computed.

    Parameters
    ----------
    value : float
        The number.
    inputs : tuple of Node, default ()
        What it was computed of; none for a variable. One that is used twice stands here twice.
    slopes : tuple of float, default ()
        Local derivatives: of this number by each of its inputs.
    """

    value: float
    inputs: tuple["Node", ...] = ()
    slopes: tuple[float, ...] = ()

    def __add__(self, other: "Node") -> "Node":
        """Add: both slopes are 1."""
        return Node(self.value + other.value, (self, other), (1.0, 1.0))

    def __mul__(self, other: "Node") -> "Node":
        """Multiply: the slope by one factor is the other."""
        return Node(self.value * other.value, (self, other), (other.value, self.value))

    def __pow__(self, exponent: int) -> "Node":
        """Raise to a power of at least 1."""
        slope = exponent * self.value ** (exponent - 1)
        return Node(self.value**exponent, (self,), (slope,))


def larger(a: Node, b: Node) -> Node:
    """Return the larger of two: its slope is 1, that of the other 0; of equals the first wins."""
    wins = a.value >= b.value
    return Node(max(a.value, b.value), (a, b), (float(wins), float(not wins)))


def apply(activation: Activation, a: Node) -> Node:
    """Return an activation of a node."""
    z = np.array(a.value)
    return Node(float(activation.function(z)), (a,), (float(activation.derivative(z)),))


def gradients(output: Node) -> dict[Node, float]:
    r"""Differentiate one output by every node, in one sweep from the output back.

    .. math:: \frac{\partial f}{\partial u} = \sum_{v \text{ uses } u}
              \frac{\partial f}{\partial v} \frac{\partial v}{\partial u}

    Parameters
    ----------
    output : Node
        f.

    Returns
    -------
    dict of Node to float
        Of all nodes that `output` depends on, itself included.

    References
    ----------
    .. [1] A. Baydin, B. Pearlmutter, A. Radul, J. Siskind, "Automatic differentiation in machine
       learning: a survey", JMLR 18, 2018, section 3.2.

    Examples
    --------
    >>> x, y = Node(3.0), Node(5.0)
    >>> found = gradients(x * y + x)
    >>> found[x], found[y]
    (6.0, 3.0)
    """
    order = _inputs_first(output)
    found = dict.fromkeys(order, 0.0)
    found[output] = 1.0
    for node in reversed(order):  # all that use a node come before it
        for source, slope in zip(node.inputs, node.slopes, strict=True):
            found[source] += found[node] * slope
    return found


def tangents(output: Node, variable: Node) -> dict[Node, float]:
    r"""Differentiate every node by one variable, in one sweep along the computation.

    .. math:: \frac{\partial v}{\partial x} = \sum_{u \text{ used by } v}
              \frac{\partial v}{\partial u} \frac{\partial u}{\partial x}

    Parameters
    ----------
    output : Node
        Where the computation ends.
    variable : Node
        x.

    Returns
    -------
    dict of Node to float
        Of all nodes that `output` depends on, itself included; 0 where x plays no part.

    References
    ----------
    .. [1] A. Baydin, B. Pearlmutter, A. Radul, J. Siskind, "Automatic differentiation in machine
       learning: a survey", JMLR 18, 2018, section 3.1.
    """
    found = dict[Node, float]()
    for node in _inputs_first(output):
        terms = zip(node.inputs, node.slopes, strict=True)
        found[node] = float(node is variable) + sum(found[u] * slope for u, slope in terms)
    return found


def _inputs_first(output: Node) -> list[Node]:
    """Return all nodes of a graph, each behind its inputs."""
    order, seen = list[Node](), set[Node]()
    waiting: list[tuple[Node, bool]] = [(output, False)]
    while waiting:  # no recursion: a chain may be longer than Python's stack
        node, is_done = waiting.pop()
        if is_done:
            order.append(node)
        elif node not in seen:
            seen.add(node)
            waiting.append((node, True))
            waiting += [(source, False) for source in node.inputs]
    return order
