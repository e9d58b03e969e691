"""Graphs: the fewest edges, and the longest way."""

from itertools import pairwise

import numpy as np
import pytest

from dlcv_viz.numerics.layered_graph import Edge, longest_path, transitive_reduction
from dlcv_viz.types import BoolArray


def random_edges(seed: int, n_nodes: int, share: float) -> list[Edge]:
    rng = np.random.default_rng(seed)
    return [
        (a, b) for b in range(n_nodes) for a in range(b) if rng.random() < share
    ]  # each leads to a later node


def powers(n_nodes: int, edges: list[Edge]) -> list[BoolArray]:
    """Who is reached by ways of 1, 2, … edges, by multiplying the matrix of the graph."""
    one = np.zeros((n_nodes, n_nodes), int)
    for edge in edges:
        one[edge] = 1
    found = [one]
    while found[-1].any():
        found.append(np.minimum(found[-1] @ one, 1))
    return [power.astype(bool) for power in found[:-1]]


def reached(n_nodes: int, edges: list[Edge]) -> set[Edge]:
    together = np.any([np.zeros((n_nodes, n_nodes), bool), *powers(n_nodes, edges)], axis=0)
    return {(int(a), int(b)) for a, b in np.argwhere(together)}


GRAPHS = [
    pytest.param(n_nodes, random_edges(seed, n_nodes, share), id=f"{n_nodes} nodes, {share:g}")
    for seed, (n_nodes, share) in enumerate(
        [(1, 0), (6, 0), (8, 0.3), (12, 0.5), (14, 1), (30, 0.1)]
    )
]


@pytest.mark.parametrize(("n_nodes", "edges"), GRAPHS)
def test_the_reduction_reaches_what_the_graph_reaches_and_needs_all_its_edges(
    n_nodes: int, edges: list[Edge]
) -> None:
    kept = transitive_reduction(n_nodes, edges)
    assert set(kept) <= set(edges)
    whole = reached(n_nodes, edges)
    assert reached(n_nodes, kept) == whole
    for edge in kept:
        assert edge not in reached(n_nodes, [other for other in kept if other != edge])


def test_the_reduction_of_a_full_graph_is_a_chain() -> None:
    assert transitive_reduction(9, random_edges(0, 9, 1)) == list(pairwise(range(9)))


def test_an_edge_that_comes_twice_is_kept_once() -> None:
    assert transitive_reduction(2, [(0, 1), (0, 1)]) == [(0, 1)]


@pytest.mark.parametrize(("n_nodes", "edges"), GRAPHS)
def test_the_longest_path_follows_edges_and_no_power_of_the_matrix_goes_further(
    n_nodes: int, edges: list[Edge]
) -> None:
    path = longest_path(n_nodes, edges)
    assert set(pairwise(path)) <= set(edges)
    assert len(path) == len(powers(n_nodes, edges)) + 1


def test_no_nodes_have_no_path() -> None:
    assert longest_path(0, []) == []


@pytest.mark.parametrize("edge", [(1, 1), (2, 1), (0, 3), (-1, 0)])
def test_an_edge_that_does_not_lead_to_a_later_node_is_refused(edge: Edge) -> None:
    for function in (transitive_reduction, longest_path):
        with pytest.raises(ValueError, match=r"does not lead to a later one of 3 nodes"):
            function(3, [(0, 1), edge])
