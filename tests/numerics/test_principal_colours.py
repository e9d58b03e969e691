"""Principal colours against scikit-learn, and by what they promise."""

from collections.abc import Callable
from itertools import count

import numpy as np
import pytest

from dlcv_viz.numerics.principal_colours import colour_shift, principal_colours
from frozen import frozen

REFERENCE = frozen("alexnet")["colours"]
PIXELS = np.array(REFERENCE["pixels"])
VARIANCES, DIRECTIONS = principal_colours(PIXELS)


def test_variances_and_directions_are_those_of_scikit_learn_up_to_the_sign() -> None:
    variances, _ = principal_colours(PIXELS)
    assert variances == pytest.approx(REFERENCE["variances"], rel=1e-10)
    theirs = np.array(REFERENCE["directions"])
    assert np.abs(np.sum(DIRECTIONS.T * theirs, axis=1)) == pytest.approx(1)


def test_directions_are_a_frame_with_a_fixed_sign() -> None:
    products = DIRECTIONS.T @ DIRECTIONS
    assert products == pytest.approx(np.eye(3))
    assert (DIRECTIONS.max(axis=0) >= -DIRECTIONS.min(axis=0)).all()


def test_pictures_and_their_pixels_in_a_row_have_the_same_components() -> None:
    as_pictures = principal_colours(PIXELS.reshape(2, 4, 5, 3))
    assert as_pictures[0] == pytest.approx(VARIANCES)
    assert as_pictures[1] == pytest.approx(DIRECTIONS)


def test_grey_pictures_vary_along_grey_alone() -> None:
    grey = np.repeat(np.linspace(0, 1, 50)[:, None], 3, axis=1)
    variances, directions = principal_colours(grey)
    assert variances == pytest.approx([3 * grey[:, 0].var(), 0, 0], abs=1e-15)
    assert directions[:, 0] == pytest.approx(np.full(3, 3**-0.5))


def test_shifts_of_many_pictures_vary_as_the_paper_says() -> None:
    draws = np.random.default_rng(0).normal(0, 0.1, (50_000, 3))
    shifts = colour_shift(VARIANCES, DIRECTIONS, draws)
    along = shifts @ DIRECTIONS
    # The deviation of an estimate from 50,000 draws is about 1/300.
    assert along.std(axis=0) == pytest.approx(0.1 * VARIANCES, rel=0.015)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: principal_colours(PIXELS[:, :2]), "three channels"),
        (lambda: principal_colours(PIXELS[:0]), "three channels"),
        (lambda: principal_colours(PIXELS[0]), "three channels"),
        (lambda: principal_colours(PIXELS * np.nan), "not finite"),
        (lambda: colour_shift(VARIANCES[:2], DIRECTIONS, np.ones(3)), "three channels"),
        (lambda: colour_shift(VARIANCES, DIRECTIONS, np.ones((3, 1))), "three channels"),
        (lambda: colour_shift(VARIANCES, DIRECTIONS, np.full(3, np.inf)), "not finite"),
    ],
    ids=count(),
)
def test_what_makes_no_sense_is_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
