"""Pictures as arrays: places in memory, grey values, standardization."""

from typing import Any

import numpy as np
import pytest
from PIL import Image

from dlcv_viz.numerics.image import (
    channel_statistics,
    flat_index,
    luma,
    pixel_correlation,
    standardize_channels,
)
from frozen import frozen

SHAPE = (4, 7, 3)


@pytest.fixture(scope="module")
def scaled() -> dict[str, Any]:
    return {name: np.array(values) for name, values in frozen("cv_intro")["standardized"].items()}


def test_flat_index_is_where_a_raveled_picture_has_the_value() -> None:
    picture = np.random.default_rng(0).permutation(84).reshape(SHAPE)
    first = np.moveaxis(picture, 2, 0)
    for place in np.ndindex(*SHAPE):
        assert picture.ravel()[flat_index(place, SHAPE)] == picture[place]
        at = flat_index(place, SHAPE, is_channels_first=True)
        assert first.ravel()[at] == picture[place]


@pytest.mark.parametrize("place", [(4, 0, 0), (0, 7, 0), (0, 0, 3), (-1, 0, 0), (0, 0)])
def test_flat_index_refuses_a_place_beyond_the_picture(place: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"is not in a picture|need three numbers"):
        flat_index(place, SHAPE)


def test_luma_is_that_of_pillow_which_rounds() -> None:
    rgb = np.random.default_rng(31).integers(0, 256, (20, 30, 3))
    grey = np.asarray(Image.fromarray(rgb.astype(np.uint8)).convert("L"))
    # Half a grey value by rounding, and a little since Pillow counts in 65536ths.
    assert luma(rgb) == pytest.approx(grey.astype(float), abs=0.505)


def test_luma_keeps_a_grey_as_it_is() -> None:
    assert luma(np.full((2, 3), 0.3)) == pytest.approx(np.full(2, 0.3), rel=1e-15)


def test_channel_statistics_and_standardization_are_those_of_scikit_learn(
    scaled: dict[str, Any],
) -> None:
    mean, deviation = channel_statistics(scaled["train"])
    assert mean == pytest.approx(scaled["mean"], rel=1e-12)
    assert deviation == pytest.approx(scaled["deviation"], rel=1e-12)
    result = standardize_channels(scaled["test"], mean, deviation)
    assert result == pytest.approx(scaled["standardized"], rel=1e-11)


def test_a_training_set_standardized_by_its_own_statistics_has_mean_0_and_deviation_1(
    scaled: dict[str, Any],
) -> None:
    result = standardize_channels(scaled["train"], *channel_statistics(scaled["train"]))
    mean, deviation = channel_statistics(result)
    assert mean == pytest.approx(np.zeros(3), abs=1e-14)
    assert deviation == pytest.approx(np.ones(3), rel=1e-14)


def test_colours_and_pictures_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match=r"rgb \(2, 4\) has not three channels"):
        luma(np.zeros((2, 4)))
    with pytest.raises(ValueError, match="rgb holds nan"):
        luma(np.array([np.nan, 0, 0]))
    with pytest.raises(ValueError, match=r"images \(0, 3\) hold no pixel"):
        channel_statistics(np.zeros((0, 3)))
    with pytest.raises(ValueError, match="images holds inf"):
        channel_statistics(np.array([[np.inf]]))


@pytest.mark.parametrize(
    ("image", "deviation", "message"),
    [
        (np.zeros((2, 3)), np.ones(2), "do not fit"),
        (np.zeros((2, 2)), np.array([1.0, 0.0]), r"deviation 0\.0 is not above 0"),
        (np.full((2, 2), np.nan), np.ones(2), "image holds nan"),
    ],
)
def test_standardization_refuses_what_it_cannot_divide_by(
    image: Any, deviation: Any, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        standardize_channels(image, np.zeros(2), deviation)


@pytest.mark.parametrize("distance", [0, 1, 4])
def test_pixel_correlation_is_that_of_numpy_over_all_pairs(distance: int) -> None:
    grey = np.random.default_rng(6).normal(size=(7, 9)).cumsum(axis=1)
    pairs = [(grey[i, j], grey[i, j + distance]) for i in range(7) for j in range(9 - distance)]
    expected = np.corrcoef(np.array(pairs).T)[0, 1]
    assert pixel_correlation(grey, distance) == pytest.approx(expected, abs=1e-13)


def test_stripes_of_one_pixel_are_opposite_to_their_neighbours() -> None:
    stripes = np.tile([0.0, 1.0], (4, 5))
    assert pixel_correlation(stripes, 1) == pytest.approx(-1)
    assert pixel_correlation(stripes, 2) == pytest.approx(1)


@pytest.mark.parametrize(
    ("grey", "distance", "message"),
    [
        (np.zeros(4), 1, r"grey \(4,\) is not \(H, W\)"),
        (np.eye(4), 4, "distance=4 is not from 0 to 3"),
        (np.eye(4), -1, "distance=-1 is not from 0 to 3"),
        (np.ones((4, 4)), 1, "all pixels are equal"),
        (np.full((4, 4), np.inf), 1, "grey holds inf"),
    ],
)
def test_pixel_correlation_refuses_what_has_none(grey: Any, distance: int, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        pixel_correlation(grey, distance)
