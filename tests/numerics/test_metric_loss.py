"""Losses of pairs, triplets and masks, against torch and scipy."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from dlcv_viz.numerics.metric_loss import (
    contrastive,
    contrastive_gradient,
    soft_dice,
    soft_dice_gradient,
    triplet,
    triplet_gradient,
)
from frozen import frozen

REFERENCE = frozen("loss")["metric"]
TIGHT = 1e-13  # relative: sums of a dozen numbers


@pytest.mark.parametrize("case", REFERENCE["triplet"], ids=lambda case: f"{case['margin']}")
def test_triplet_and_its_gradients_are_those_of_torch(case: dict[str, Any]) -> None:
    points = [np.array(case[name]) for name in ("anchor", "positive", "negative")]
    loss = triplet(*points, margin=case["margin"])
    assert loss == pytest.approx(case["loss"], rel=TIGHT)
    names = ("gradient", "positive_gradient", "negative_gradient")
    for name, gradient in zip(names, triplet_gradient(*points, margin=case["margin"]), strict=True):
        assert gradient == pytest.approx(np.array(case[name]), rel=TIGHT)
    assert {bool(one) for one in loss} == {True, False}  # both kinds are among the cases


@pytest.mark.parametrize("case", REFERENCE["contrastive"], ids=lambda case: f"{case['margin']}")
def test_contrastive_and_its_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    d, different = np.array(case["d"]), np.array(case["different"])
    assert contrastive(d, different, margin=case["margin"]) == pytest.approx(case["loss"])
    gradient = contrastive_gradient(d, different, margin=case["margin"])
    assert gradient == pytest.approx(case["gradient"], rel=TIGHT)


@pytest.mark.parametrize("case", REFERENCE["dice"], ids=["plain", "squared"])
def test_soft_dice_and_its_gradient_are_those_of_torch(case: dict[str, Any]) -> None:
    p, g = np.array(case["p"]), np.array(case["g"])
    assert soft_dice(p, g, is_squared=case["is_squared"]) == pytest.approx(case["loss"], rel=TIGHT)
    gradient = soft_dice_gradient(p, g, is_squared=case["is_squared"])
    assert gradient == pytest.approx(np.array(case["gradient"]), rel=TIGHT)


@pytest.mark.parametrize("is_squared", [False, True])
def test_soft_dice_of_hard_masks_is_the_dissimilarity_of_scipy(is_squared: bool) -> None:
    case = REFERENCE["hard_dice"]
    p, g = np.array(case["p"], float), np.array(case["g"], float)
    assert soft_dice(p, g, is_squared=is_squared) == pytest.approx(case["loss"], rel=TIGHT)


def test_soft_dice_is_zero_for_the_mask_itself_and_one_without_overlap() -> None:
    g = np.array([1.0, 0, 1, 0])
    assert (soft_dice(g, g), soft_dice(1 - g, g)) == (0, 1)


def test_contrastive_lets_a_dissimilar_pair_be_once_it_is_apart() -> None:
    d, different = np.array([1.5, 2.0, 9.0]), np.ones(3, int)
    assert contrastive(d, different, margin=1.5).tolist() == [0, 0, 0]
    assert contrastive_gradient(d, different, margin=1.5).tolist() == [0, 0, 0]


FLAT, PAIR = np.zeros((1, 2)), np.array([1])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: soft_dice(FLAT, FLAT), "both masks are empty"),
        (lambda: soft_dice(FLAT + 2, FLAT), "from 0 to 1"),
        (lambda: soft_dice_gradient(FLAT, FLAT[0]), r"p \(1, 2\) and g \(2,\) differ"),
        (lambda: contrastive(np.array([-1.0]), PAIR), "at least 0"),
        (lambda: contrastive(np.ones(1), PAIR + 1), "is 0 or 1"),
        (lambda: contrastive_gradient(np.ones(1), PAIR, margin=0), "margin=0 is not above 0"),
        (lambda: triplet(FLAT, FLAT, FLAT[0]), "differ in shape"),
        (lambda: triplet(FLAT, FLAT, FLAT + np.nan), "negative holds nan"),
        (lambda: triplet_gradient(FLAT, FLAT, FLAT, margin=-1), "margin=-1 is below 0"),
    ],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
