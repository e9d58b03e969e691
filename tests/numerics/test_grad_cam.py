"""Grad-CAM, its backward rules and Gram matrices against torch, and by what they promise."""

from collections.abc import Callable

import numpy as np
import pytest

from dlcv_viz.numerics.grad_cam import grad_cam_map, grad_cam_weights
from dlcv_viz.numerics.gram import gram_matrix
from dlcv_viz.numerics.relu_rules import Rule, relu_backward
from frozen import frozen

REFERENCE = frozen("viz_filters")
CASE = {name: np.array(values) for name, values in REFERENCE["network"].items()}
RNG = np.random.default_rng(0)
MAPS, SLOPES = RNG.normal(size=(2, 3, 4, 5)), RNG.normal(size=(2, 3, 4, 5))


def test_weights_and_map_are_those_of_torch() -> None:
    assert grad_cam_weights(CASE["by_maps"]) == pytest.approx(CASE["weights"], rel=1e-12)
    found = grad_cam_map(CASE["maps"], CASE["by_maps"])
    assert found == pytest.approx(CASE["grad_cam"], rel=1e-12)
    assert (found == 0).any()


def test_a_batch_is_taken_picture_by_picture() -> None:
    found = grad_cam_map(MAPS, SLOPES)
    assert found.shape == (2, 4, 5)
    assert found[1] == pytest.approx(grad_cam_map(MAPS[1], SLOPES[1]))


def test_behind_a_mean_and_a_dense_layer_it_is_the_class_activation_map() -> None:
    head = RNG.normal(size=3)
    slopes = np.broadcast_to(head[:, None, None] / 20, (3, 4, 5))
    cam = np.tensordot(head, MAPS[0], 1)
    assert grad_cam_map(MAPS[0], slopes) == pytest.approx(np.maximum(cam, 0) / 20)
    assert cam.mean() == pytest.approx(head @ MAPS[0].mean(axis=(1, 2)))


@pytest.mark.parametrize(
    ("rule", "passed"),
    [("gradient", [2, -3, 0, 0]), ("deconvnet", [2, 0, 5, 0]), ("guided", [2, 0, 0, 0])],
)
def test_each_rule_lets_through_what_it_says(rule: Rule, passed: list[float]) -> None:
    delta, z = np.array([2.0, -3.0, 5.0, -7.0]), np.array([1.0, 1.0, -1.0, 0.0])
    assert relu_backward(delta, z, rule).tolist() == passed


def test_the_gram_matrix_is_covariance_and_means_of_torch() -> None:
    case = {name: np.array(values) for name, values in REFERENCE["styles"].items()}
    expected = case["gram"] + np.outer(case["means"], case["means"])
    assert gram_matrix(case["maps"]) == pytest.approx(expected, rel=1e-12)


def test_the_gram_matrix_forgets_places_and_nothing_else() -> None:
    order = RNG.permutation(20)
    shuffled = MAPS.reshape(2, 3, 20)[..., order].reshape(MAPS.shape)
    assert gram_matrix(shuffled) == pytest.approx(gram_matrix(MAPS))
    one_moved = MAPS.copy()
    one_moved[:, 0] = shuffled[:, 0]
    assert np.abs(gram_matrix(one_moved) - gram_matrix(MAPS)).max() > 0.1


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: grad_cam_weights(np.ones((2, 2))), r"gradients \(2, 2\) are not"),
        (lambda: grad_cam_map(MAPS, SLOPES[0]), "maps .* and gradients"),
        (lambda: grad_cam_map(MAPS * np.inf, SLOPES), "maps holds"),
        (lambda: relu_backward(np.ones(2), np.ones(3)), "delta .* and z"),
        (lambda: relu_backward(np.ones(2), np.ones(2), "soft"), "'soft' is none of gradient"),  # type: ignore[arg-type]  # what is tested
        (lambda: gram_matrix(np.ones((2, 2))), r"maps \(2, 2\) are not"),
    ],
)
def test_what_does_not_fit_is_refused(call: Callable[[], object], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        call()
