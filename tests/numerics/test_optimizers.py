"""Optimizers against torch, and by what defines them."""

from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics import adaptive_optimizers, optimizers
from dlcv_viz.numerics.adaptive_optimizers import (
    AdaGrad,
    Adam,
    AdamW,
    RMSProp,
    uncorrected_share,
)
from dlcv_viz.numerics.descent import gradient_descent
from dlcv_viz.numerics.optimizers import (
    SGD,
    Momentum,
    Nesterov,
    Optimizer,
    State,
    path,
    replay,
    states,
)
from dlcv_viz.types import FloatArray
from frozen import frozen

REFERENCE = frozen("optimizers")
START, GRADIENTS = np.array(REFERENCE["start"]), np.array(REFERENCE["gradients"])
TIGHT = 1e-12  # relative: 25 to 40 steps of a few roundings
EVERY: list[Optimizer] = [
    SGD(0.1),
    Momentum(0.1),
    Nesterov(0.1),
    AdaGrad(0.1),
    RMSProp(0.1),
    Adam(),
    AdamW(),
]


def slope(w: FloatArray) -> FloatArray:
    return np.array([0.5, 3.0, 11.0]) * w


def rule(case: dict[str, Any]) -> Optimizer:
    home = optimizers if hasattr(optimizers, case["rule"]) else adaptive_optimizers
    found: Optimizer = getattr(home, case["rule"])(**case["arguments"])
    return found


@pytest.mark.parametrize("case", REFERENCE["rules"], ids=lambda c: f"{c['rule']}{c['arguments']}")
def test_steps_are_those_of_torch(case: dict[str, Any]) -> None:
    found = replay(rule(case), GRADIENTS, START)
    assert [s.t for s in found] == list(range(26))
    places = np.array([s.w for s in found[1:]])
    assert places == pytest.approx(np.array(case["places"]), rel=TIGHT, abs=TIGHT)


def test_nesterov_of_torch_walks_through_the_places_where_ours_looks_ahead() -> None:
    case = REFERENCE["nesterov"]
    rule = Nesterov(case["learning_rate"], case["beta"])
    h = np.array(case["h"])
    ahead = np.array(
        [
            s.w - rule.learning_rate * rule.beta * s.memory[0]
            for s in states(rule, lambda w: h * w, START, n_steps=40)
        ]
    )
    assert ahead[1:] == pytest.approx(np.array(case["places"]), rel=TIGHT, abs=TIGHT)


def test_sgd_is_gradient_descent_where_the_gradient_is_exact() -> None:
    plain = gradient_descent(slope, START, learning_rate=0.1, n_steps=8)
    assert (path(SGD(0.1), slope, START, n_steps=8) == plain).all()


@pytest.mark.parametrize("kind", [Momentum, Nesterov])
def test_momentum_without_memory_is_sgd(kind: type[Momentum]) -> None:
    assert (
        path(kind(0.1, beta=0), slope, START, n_steps=5)
        == path(SGD(0.1), slope, START, n_steps=5)
    ).all()  # fmt: skip


@pytest.mark.parametrize("optimizer", EVERY, ids=lambda o: type(o).__name__)
def test_a_rule_remembers_as_many_arrays_as_it_says_and_changes_none(optimizer: Optimizer) -> None:
    first = optimizer.start(START)
    assert len(first.memory) == optimizer.n_arrays
    kept = [array.copy() for array in (first.w, *first.memory)]
    second = optimizer.step(first, slope)
    assert len(second.memory) == optimizer.n_arrays
    assert all(array.shape == START.shape for array in second.memory)
    assert all((a == b).all() for a, b in zip(kept, (first.w, *first.memory), strict=True))


@pytest.mark.parametrize("optimizer", [AdaGrad(0.1), RMSProp(0.1), Adam(0.1)])
def test_adaptive_steps_do_not_depend_on_the_scale_of_the_gradient(optimizer: Optimizer) -> None:
    small, large = (
        np.array([s.w for s in replay(optimizer, scale * GRADIENTS, START)]) for scale in (1e3, 1e6)
    )  # so large that epsilon plays no part
    assert small == pytest.approx(large, rel=1e-6)


def test_without_correction_adam_divides_by_what_its_averages_have_not_reached() -> None:
    g = np.full(30, 0.5)
    raw, corrected = (
        -np.diff([float(s.w) for s in replay(Adam(is_corrected=flag), g, np.array(0.0))])
        for flag in (False, True)
    )
    t = np.arange(1, 31)
    expected = uncorrected_share(0.9, t) / np.sqrt(uncorrected_share(0.999, t))
    assert corrected == pytest.approx(0.001, rel=1e-6)  # epsilon
    assert raw / corrected == pytest.approx(expected, rel=1e-5)  # epsilon against a small root


def test_a_fading_average_has_reached_its_share_of_a_steady_mean() -> None:
    average, found = 0.0, []
    for _ in range(20):
        average = 0.8 * average + 0.2 * 7
        found.append(average / 7)
    assert uncorrected_share(0.8, np.arange(1, 21)) == pytest.approx(found, rel=1e-13)
    assert uncorrected_share(0.8, np.array(0)) == 0


def test_adamw_decays_by_the_rate_whatever_the_gradient() -> None:
    plain, decayed = (o.step(o.start(START), slope).w for o in (Adam(0.1), AdamW(0.1, decay=0.2)))
    assert plain - decayed == pytest.approx(0.1 * 0.2 * START, rel=1e-13)
    assert (AdamW(0.1, decay=0).step(AdamW(0.1).start(START), slope).w == plain).all()


def test_rates_of_a_schedule_take_the_place_of_the_rule_s_own() -> None:
    walk = states(SGD(9.0), lambda w: np.ones(1), np.zeros(1), n_steps=3, rates=[1.0, 0.5, 0.0])
    assert [float(s.w[0]) for s in walk] == [0, -1, -1.5, -1.5]


def test_the_gradient_is_asked_once_a_step() -> None:
    for optimizer in EVERY:
        asked: list[FloatArray] = []

        def told(w: FloatArray, asked: list[FloatArray] = asked) -> FloatArray:
            asked.append(w)
            return slope(w)

        list(states(optimizer, told, START, n_steps=4))
        assert len(asked) == 4


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: SGD(-0.1), "learning_rate=-0.1"),
        (lambda: SGD(float("nan")), "learning_rate=nan"),
        (lambda: SGD(float("inf")), "learning_rate=inf"),
        (lambda: Momentum(0.1, beta=1), "beta=1"),
        (lambda: Nesterov(0.1, beta=-0.1), "beta=-0.1"),
        (lambda: AdaGrad(0.1, epsilon=0), "epsilon"),
        (lambda: RMSProp(0.1, beta=1.5), "beta=1.5"),
        (lambda: Adam(beta1=1.0), "beta1"),
        (lambda: Adam(beta2=float("nan")), "beta2"),
        (lambda: AdamW(decay=-1), "decay"),
        (lambda: AdamW(learning_rate=-1), "learning_rate=-1"),
        (lambda: SGD(0.1).start(np.array([np.nan])), "w holds nan"),
        (lambda: replay(SGD(0.1), np.ones((4, 2)), np.ones(3)), "gradients"),
        (lambda: replay(SGD(0.1), np.full((4, 3), np.inf), np.ones(3)), "gradients holds inf"),
        (lambda: list(states(SGD(0.1), slope, START, n_steps=-1)), "n_steps"),
        (lambda: list(states(SGD(0.1), slope, START, n_steps=2, rates=[1])), "1 rates"),
        (lambda: uncorrected_share(1.0, np.arange(3)), "beta=1.0"),
        (lambda: uncorrected_share(0.9, np.array([-1])), "step -1"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        wrong()


def test_a_state_counts_from_zero() -> None:
    assert SGD(0.1).start(np.ones(2)).t == State(np.ones(2)).t == 0
