"""The loss of a student against torch, and why it has the square of the temperature."""

from collections.abc import Callable
from itertools import count
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.cross_entropy import one_hot
from dlcv_viz.numerics.distillation import distillation_loss, soft_target_loss
from frozen import frozen

CASES = frozen("transfer_learning")["distilled"]
STUDENT, TEACHER = np.array([2.0, -1.0, 0.5]), np.array([0.3, 1.0, -2.0])
LABEL = one_hot(np.array(0), 3)


@pytest.mark.parametrize("case", CASES, ids=count())
def test_loss_and_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    student, teacher = np.array(case["student"]), np.array(case["teacher"])
    loss, gradient = distillation_loss(
        student,
        teacher,
        one_hot(np.array(case["labels"]), 5),
        temperature=case["temperature"],
        share=case["share"],
    )
    assert loss == pytest.approx(case["losses"], rel=1e-12)
    assert gradient == pytest.approx(np.array(case["gradient"]), abs=1e-13)


def test_a_student_that_says_the_same_pays_nothing_and_a_constant_changes_nothing() -> None:
    for constant in (0.0, 7.0):
        loss, gradient = soft_target_loss(TEACHER + constant, TEACHER, 3.0)
        assert loss == pytest.approx(0, abs=1e-14)
        assert gradient == pytest.approx(np.zeros(3), abs=1e-14)


def test_the_gradient_adds_up_to_zero_and_nears_matched_logits_when_it_is_hot() -> None:
    _, gradient = soft_target_loss(STUDENT, TEACHER, 1e4)
    assert gradient.sum() == pytest.approx(0, abs=1e-10)
    apart = STUDENT - TEACHER
    # The next term of the expansion is one part in a thousand or less of ten thousand degrees.
    assert gradient == pytest.approx((apart - apart.mean()) / 3, abs=1e-3)


def test_logits_of_any_size_give_a_finite_loss() -> None:
    loss, gradient = soft_target_loss(1e4 * STUDENT, 1e4 * TEACHER, 1.0)
    assert loss == pytest.approx(1e4 * 3.0)  # what the student gives the teacher's class
    assert np.isfinite(gradient).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: soft_target_loss(STUDENT, TEACHER[:2], 1.0), "differ in shape"),
        (lambda: soft_target_loss(STUDENT, TEACHER, 0.0), "temperature=0"),
        (lambda: soft_target_loss(STUDENT * np.nan, TEACHER, 1.0), "not finite"),
        (
            lambda: distillation_loss(STUDENT, TEACHER, LABEL, temperature=1, share=2),
            "share=2",
        ),
        (
            lambda: distillation_loss(STUDENT, TEACHER, TEACHER, temperature=1, share=0.5),
            "no distribution",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
