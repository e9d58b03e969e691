"""Graphs of what must come before what.

Nodes are numbered from 0 in an order that every edge follows: an edge is a pair of numbers, the
lower one first. So there is no cycle.
"""

from collections.abc import Iterable

Edge = tuple[int, int]


def transitive_reduction(n_nodes: int, edges: Iterable[Edge]) -> list[Edge]:
    """Return the fewest edges with which every node can be reached from the same ones as before.

    Parameters
    ----------
    n_nodes : int
        How many nodes there are.
    edges : iterable of (int, int)
        Each from a node to a later one.

    Returns
    -------
    list of (int, int)
        Those of the edges that no longer way goes around, each once, by their ends.

    Raises
    ------
    ValueError
        If an edge does not lead to a later node.

    References
    ----------
    .. [1] A. Aho, M. Garey, J. Ullman, "The transitive reduction of a directed graph", SIAM Journal
       on Computing 1(2), 1972: of a graph without cycles there is exactly one.

    Examples
    --------
    >>> transitive_reduction(3, [(0, 1), (1, 2), (0, 2)])
    [(0, 1), (1, 2)]
    """
    before = [0] * n_nodes  # bit a of before[b] is set if b can be reached from a
    kept = []
    for node, needed in enumerate(_needed(n_nodes, edges)):
        # From the latest on: one that another needs, too, is met after that one.
        for other in sorted(needed, reverse=True):
            if not before[node] >> other & 1:
                kept.append((other, node))
                before[node] |= before[other] | 1 << other
    return sorted(kept, key=lambda edge: edge[::-1])


def longest_path(n_nodes: int, edges: Iterable[Edge]) -> list[int]:
    """Return the nodes of a longest way along the edges.

    Parameters
    ----------
    n_nodes : int
        How many nodes there are.
    edges : iterable of (int, int)
        Each from a node to a later one.

    Returns
    -------
    list of int
        From its first node to its last; of several longest ways one that ends first.

    Raises
    ------
    ValueError
        If an edge does not lead to a later node.

    Examples
    --------
    >>> longest_path(4, [(0, 1), (1, 3), (0, 3), (2, 3)])
    [0, 1, 3]
    """
    ways: list[list[int]] = []
    for node, needed in enumerate(_needed(n_nodes, edges)):
        ways.append([*max((ways[other] for other in sorted(needed)), key=len, default=[]), node])
    return max(ways, key=len, default=[])


def _needed(n_nodes: int, edges: Iterable[Edge]) -> list[set[int]]:
    """Return, for each node, those with an edge to it."""
    needed: list[set[int]] = [set() for _ in range(n_nodes)]
    for start, end in edges:
        if not 0 <= start < end < n_nodes:
            raise ValueError(f"edge {(start, end)} does not lead to a later one of {n_nodes} nodes")
        needed[end].add(start)
    return needed
