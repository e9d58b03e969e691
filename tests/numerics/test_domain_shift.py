"""Corrections for shifts against counting, and a bound that no threshold breaks."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.numerics.domain_shift import (
    Domain,
    estimated_priors,
    importance_weighted_risk,
    importance_weights,
    label_shift_posterior,
    threshold_bound,
)
from dlcv_viz.types import FloatArray

HALF = np.array([0.5, 0.5])
THREE = np.array([0.2, 0.3, 0.5])


def joint(priors: FloatArray, given: FloatArray) -> FloatArray:
    """Return p(x, y), rows of places, from p(y) and columns p(x | y)."""
    return given * priors


def test_weighted_losses_of_the_source_give_the_risk_of_the_target() -> None:
    rng = np.random.default_rng(0)
    source, target = rng.dirichlet(np.ones(7), size=2)
    losses = rng.exponential(size=7)
    assert importance_weighted_risk(losses, source, target) == pytest.approx(target @ losses)
    assert source @ importance_weights(source, target) == pytest.approx(1)


def test_a_point_that_neither_shows_has_no_weight() -> None:
    p, q = np.array([0.5, 0.5, 0]), np.array([0.2, 0.8, 0])
    assert importance_weights(p, q) == pytest.approx([0.4, 1.6, 0])


def test_the_corrected_posterior_is_that_of_the_target_by_bayes_rule() -> None:
    rng = np.random.default_rng(1)
    given = rng.dirichlet(np.ones(6), size=3).T  # p(x | y)
    source, target = rng.dirichlet(np.ones(3), size=2)
    ours, theirs = (joint(priors, given) for priors in (source, target))
    posterior, wanted = (p / p.sum(axis=1, keepdims=True) for p in (ours, theirs))
    assert label_shift_posterior(posterior, source, target) == pytest.approx(wanted)
    assert label_shift_posterior(posterior, source, source) == pytest.approx(posterior)


def test_priors_are_found_from_what_a_model_says() -> None:
    rng = np.random.default_rng(2)
    confusion = (0.6 * np.eye(3) + 0.4 * rng.dirichlet(np.ones(3), size=3)).T
    assert estimated_priors(confusion, confusion @ THREE) == pytest.approx(THREE)


def test_errors_of_thresholds_are_counted_from_all_to_none() -> None:
    domain = Domain(np.array([0.1, 0.2, 0.7]), np.array([0.0, 1, 1]))
    assert domain.errors() == pytest.approx([0.1, 0, 0.2, 0.9])


@pytest.mark.parametrize("seed", range(20))
def test_no_threshold_is_worse_in_the_target_than_its_bound(seed: int) -> None:
    rng = np.random.default_rng(seed)
    source, target = (Domain(rng.dirichlet(np.ones(6)), rng.random(6)) for _ in range(2))
    errors = target.errors()
    for threshold, error in enumerate(errors):
        # Rounding of sums of six numbers.
        assert error <= threshold_bound(source, target, threshold).total + 1e-12


def test_the_divergence_is_the_largest_difference_over_pairs_of_thresholds() -> None:
    rng = np.random.default_rng(9)
    p, q = rng.dirichlet(np.ones(5), size=2)
    labels = np.zeros(5)
    differences = [abs((q - p)[a:b].sum()) for a in range(6) for b in range(a, 6)]
    found = threshold_bound(Domain(p, labels), Domain(q, labels), 0)
    assert found.divergence == pytest.approx(2 * max(differences))


def test_equal_domains_leave_the_error_and_what_no_rule_can_do() -> None:
    domain = Domain(THREE, np.array([0.0, 1, 0]))
    found = threshold_bound(domain, domain, 1)
    assert found.source_error == pytest.approx(0.5)
    assert found.divergence == 0
    assert found.joint_error == pytest.approx(2 * domain.errors().min())


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: importance_weights(HALF, THREE), "differ in shape"),
        (lambda: importance_weights(np.array([1.0, 0]), HALF), "never does"),
        (lambda: importance_weights(2 * HALF, HALF), "source is no distribution"),
        (lambda: importance_weighted_risk(HALF * np.nan, HALF, HALF), "not finite"),
        (lambda: importance_weighted_risk(THREE, HALF, HALF), "differ in shape"),
        (lambda: label_shift_posterior(THREE, HALF, HALF), "the same classes"),
        (lambda: label_shift_posterior(HALF, np.array([1.0, 0]), HALF), "lacks a class"),
        (
            lambda: label_shift_posterior(np.array([1.0, 0]), HALF, np.array([0, 1.0])),
            "that the target lacks",
        ),
        (lambda: estimated_priors(np.full((2, 2), 0.5), HALF), "tell all classes apart"),
        (lambda: estimated_priors(np.eye(3), HALF), "not square"),
        (lambda: estimated_priors(np.array([[0.9, 0.9], [0.2, 0.1]]), HALF), "confusion is no"),
        (lambda: Domain(HALF, THREE), "differ in shape"),
        (lambda: Domain(HALF, 3 * HALF), "labels are not from 0 to 1"),
        (
            lambda: threshold_bound(Domain(HALF, HALF), Domain(HALF, HALF), 3),
            "threshold=3 is not from 0 to 2",
        ),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
