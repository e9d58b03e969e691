"""Cross-entropy and divergence, against scipy."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.information import cross_entropy, kl_divergence
from dlcv_viz.numerics.softmax import entropy
from frozen import frozen

CLOSE = 1e-14  # sums of at most six numbers


@pytest.mark.parametrize("case", frozen("loss")["divergences"], ids=lambda c: f"{len(c['p'])}")
def test_cross_entropy_and_divergence_are_those_of_scipy(case: dict[str, Any]) -> None:
    p, q = np.array(case["p"]), np.array(case["q"])
    assert cross_entropy(p, q) == pytest.approx(case["cross_entropy"], abs=CLOSE)
    assert kl_divergence(p, q) == pytest.approx(case["kl"], abs=CLOSE)


def test_no_belief_is_better_than_the_truth() -> None:
    rng = np.random.default_rng(12)
    p = rng.dirichlet(np.ones(5))
    assert kl_divergence(p, p) == 0
    assert min(kl_divergence(p, rng.dirichlet(np.ones(5))) for _ in range(100)) > 0


def test_a_certain_truth_leaves_the_surprise_at_one_class() -> None:
    p, q = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.25, 0.75])
    assert entropy(p) == 0
    assert cross_entropy(p, q) == kl_divergence(p, q) == pytest.approx(np.log(4))


@pytest.mark.parametrize(
    ("p", "q", "message"),
    [
        ([0.5, 0.5], [1.0, 0.0], "q is 0 where p is not"),
        ([0.5, 0.6], [0.5, 0.5], r"p=\[0.5, 0.6\] is no distribution"),
        ([0.5, 0.5], [1.5, -0.5], r"q=\[1.5, -0.5\] is no distribution"),
        ([1.0], [0.5, 0.5], r"p \(1,\) and q \(2,\) differ"),
    ],
)
def test_what_is_no_pair_of_distributions_is_refused(
    p: list[float], q: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        cross_entropy(np.array(p), np.array(q))
