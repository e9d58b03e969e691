"""The rule in both conventions of labels, and its criterion."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.perceptron import (
    Presentation,
    criterion_subgradient,
    decide,
    homogeneous,
    perceptron_criterion,
    train_perceptron,
    train_signed,
)
from dlcv_viz.types import FloatArray, IntArray
from frozen import frozen

REFERENCE = frozen("perceptron")
TIGHT = 1e-12  # the same sums in the same order
CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
AND, XOR = np.array([0, 0, 0, 1]), np.array([0, 1, 1, 0])


def state(shown: Presentation) -> tuple[float, ...]:
    return (*shown.weights.tolist(), shown.bias)


def separable(seed: int, dimensions: int = 3) -> tuple[FloatArray, IntArray, FloatArray]:
    """Points with labels by a random unit vector, none on its boundary; and that vector."""
    rng = np.random.default_rng(seed)
    u = rng.normal(size=dimensions)
    u /= np.linalg.norm(u)
    x = rng.normal(size=(40, dimensions)) * rng.uniform(0.2, 5)
    x = x[np.abs(x @ u) > 0.05]
    return x, np.where(x @ u > 0, 1, -1), u


@pytest.mark.parametrize("case", REFERENCE["perceptron"], ids=lambda case: case["name"])
def test_train_signed_ends_where_scikit_learn_does(case: dict[str, Any]) -> None:
    run = train_signed(homogeneous(np.array(case["x"])), np.array(case["y"]))
    assert run.is_separated is case["is_separated"] is True
    assert run.weights[-1] == pytest.approx([*case["w"], case["b"]], abs=TIGHT)


def test_train_signed_needs_two_updates_for_the_points_of_the_curriculum() -> None:
    case = REFERENCE["perceptron"][0]
    assert train_signed(homogeneous(np.array(case["x"])), np.array(case["y"])).updates == 2


@pytest.mark.parametrize("case", REFERENCE["criterion"], ids=lambda case: f"{case['loss']:.2f}")
def test_perceptron_criterion_is_the_shifted_hinge_loss_of_scikit_learn(
    case: dict[str, Any],
) -> None:
    x, y, w = (np.array(case[name]) for name in "xyw")
    assert perceptron_criterion(w, homogeneous(x), y) == pytest.approx(case["loss"], abs=TIGHT)


def test_decide_says_yes_on_the_boundary() -> None:
    answers = decide(np.array([[1.0], [1.0 - 1e-9], [1.0 + 1e-9]]), np.array([2.0]), -2.0)
    assert answers.tolist() == [1, 0, 1]


def test_train_perceptron_learns_and_as_the_curriculum_does() -> None:
    run = train_perceptron(CORNERS, AND)
    ends = [state(shown) for shown in run.ends_of_epochs()]
    assert ends == [(1, 1, 0), (2, 1, -1), (2, 1, -2), (2, 2, -2), (2, 1, -3), (2, 1, -3)]
    assert (run.updates, run.epochs, run.is_separated) == (11, 6, True)
    assert decide(CORNERS, run.weights, run.bias).tolist() == AND.tolist()


def test_train_perceptron_cycles_on_xor_for_ever() -> None:
    run = train_perceptron(CORNERS, XOR, max_epochs=40)
    assert (run.is_separated, run.epochs) == (False, 40)
    ends = [state(shown) for shown in run.ends_of_epochs()]
    assert ends == [(-1, 0, -1), *[(-1, 0, 0)] * 39]
    for epoch in range(3, 41):
        walk = [state(shown) for shown in run.trace if shown.epoch == epoch]
        assert walk == [(-1, 0, -1), (-1, 1, 0), (0, 1, 1), (-1, 0, 0)]


def test_train_perceptron_changes_the_state_by_its_rule_and_only_by_mistakes() -> None:
    x, signs, _ = separable(3, dimensions=2)
    labels = (signs + 1) // 2
    run = train_perceptron(x, labels, learning_rate=0.5)
    before: tuple[FloatArray, float] = np.zeros(2), 0.0
    for shown in run.trace:
        w, b = before
        assert shown.z == pytest.approx(w @ x[shown.point] + b)
        assert shown.answer == (shown.z >= 0)
        error = labels[shown.point] - shown.answer
        assert shown.is_wrong == (error != 0)
        assert shown.weights == pytest.approx(w + 0.5 * error * x[shown.point])
        assert shown.bias == pytest.approx(b + 0.5 * error)
        before = shown.weights, shown.bias
    assert not any(shown.is_wrong for shown in run.trace[-len(x) :])


@pytest.mark.parametrize("rate", [0.125, 0.5, 3.0])  # exact in binary: z = 0 stays 0
@pytest.mark.parametrize("labels", [AND, XOR], ids=["and", "xor"])
def test_learning_rate_only_scales_a_run_from_a_zero_start(rate: float, labels: IntArray) -> None:
    one = train_perceptron(CORNERS, labels, max_epochs=20)
    other = train_perceptron(CORNERS, labels, max_epochs=20, learning_rate=rate)
    assert [s.answer for s in one.trace] == [s.answer for s in other.trace]
    for a, b in zip(one.trace, other.trace, strict=True):
        assert [*b.weights, b.bias] == pytest.approx([rate * v for v in (*a.weights, a.bias)])


@pytest.mark.parametrize("seed", range(6))
def test_both_conventions_of_labels_agree_but_for_the_first_point(seed: int) -> None:
    """They differ at z = 0 alone: that is yes for 0 and 1, and a mistake for -1 and +1."""
    x, y, _ = separable(seed)
    first = int(np.flatnonzero(y < 0)[0])  # a no at z = 0 is a mistake in both
    order = [first, *(i for i in range(len(x)) if i != first)]
    x, y = x[order], y[order]
    signed, run = train_signed(homogeneous(x), y), train_perceptron(x, (y + 1) // 2)
    assert signed.updates == run.updates
    assert [s.point for s in run.trace if s.is_wrong] == signed.points.tolist()
    assert signed.weights[-1] == pytest.approx([*run.weights, run.bias])


def test_order_changes_the_line_and_the_count() -> None:
    there, back = train_perceptron(CORNERS, AND), train_perceptron(CORNERS[::-1], AND[::-1])
    assert (there.updates, state(there.trace[-1])) == (11, (2, 1, -3))
    assert (back.updates, state(back.trace[-1])) == (15, (1, 2, -3))


@pytest.mark.parametrize("seed", range(20))
def test_every_run_obeys_both_lines_of_the_convergence_proof(seed: int) -> None:
    x, y, u = separable(seed, dimensions=2 + seed % 4)
    run = train_signed(x, y)
    gamma, radius = float((y * (x @ u)).min()), float(np.linalg.norm(x, axis=1).max())
    assert run.is_separated
    assert run.updates > 0
    for k, w in enumerate(run.weights):
        assert w @ u >= k * gamma - 1e-9  # rounding of up to 100 sums
        assert w @ w <= k * radius**2 + 1e-9
    assert run.updates <= (radius / gamma) ** 2


def test_train_signed_counts_the_mistakes_of_every_epoch() -> None:
    x, y, _ = separable(4)
    run = train_signed(x, y)
    mistakes = run.mistakes_by_epoch()
    assert len(mistakes) == run.n_epochs
    assert (sum(mistakes), mistakes[-1]) == (run.updates, 0)
    assert all(mistakes[:-1])
    steps = [b - a for a, b in pairwise(run.weights)]
    assert np.allclose(steps, y[run.points, None] * x[run.points])


def test_train_signed_stops_at_its_last_epoch_if_no_line_separates() -> None:
    run = train_signed(homogeneous(CORNERS), 2 * XOR - 1, max_epochs=7)
    assert (run.is_separated, run.n_epochs) == (False, 7)
    assert min(run.mistakes_by_epoch()) > 0


def test_train_signed_knows_a_success_in_the_last_epoch_allowed() -> None:
    x, y, _ = separable(4)
    needed = train_signed(x, y).n_epochs
    assert train_signed(x, y, max_epochs=needed).is_separated
    assert not train_signed(x, y, max_epochs=needed - 1).is_separated


@pytest.mark.parametrize("seed", range(5))
def test_criterion_subgradient_is_the_slope_away_from_kinks(seed: int) -> None:
    rng = np.random.default_rng(seed)
    x, y, w = homogeneous(rng.normal(size=(12, 2))), rng.choice([-1, 1], 12), rng.normal(size=3)
    step = 1e-6
    assert np.abs(x @ w).min() > 10 * step  # no kink within reach
    slope = [
        (perceptron_criterion(w + e, x, y) - perceptron_criterion(w - e, x, y)) / (2 * step)
        for e in step * np.eye(3)
    ]
    assert criterion_subgradient(w, x, y) == pytest.approx(slope, abs=1e-7)


def test_a_step_down_the_subgradient_of_one_point_is_the_rule() -> None:
    x, y, _ = separable(1)
    run = train_signed(x, y)
    for k, i in enumerate(run.points):
        down = -criterion_subgradient(run.weights[k], x[[i]], y[[i]])
        assert run.weights[k] + down == pytest.approx(run.weights[k + 1])


def test_perceptron_criterion_is_zero_if_and_only_if_no_point_is_wrong() -> None:
    x, y, u = separable(2)
    assert perceptron_criterion(u, x, y) == 0
    assert perceptron_criterion(-u, x, y) > 0


def test_homogeneous_appends_a_one_to_every_row() -> None:
    assert homogeneous(np.array([[2.0, 3.0], [4.0, 5.0]])).tolist() == [[2, 3, 1], [4, 5, 1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: train_perceptron(CORNERS, np.array([0, 1, 2, -1])), r"0 or 1, not \[-1, 2\]"),
        (lambda: train_perceptron(CORNERS, AND, learning_rate=0), "learning_rate=0 is not above 0"),
        (lambda: train_perceptron(CORNERS, AND, max_epochs=0), "max_epochs=0 is below 1"),
        (lambda: train_signed(CORNERS, AND), r"-1 or \+1, not \[0\]"),
        (lambda: train_signed(CORNERS, 2 * AND - 1, max_epochs=0), "max_epochs=0 is below 1"),
    ],
    ids=["labels", "rate", "epochs", "signs", "signed epochs"],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
