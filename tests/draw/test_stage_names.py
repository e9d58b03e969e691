"""Names below the parts of a drawing: all to be read, each with a line to its part."""

from itertools import pairwise

import numpy as np
import pytest

from dlcv_viz.draw.stage_names import Label, arranged, height_of


def labels(n: int, width: float) -> list[Label]:
    edges = np.linspace(10, 10 + width, n + 1)
    return [Label((f"stage {k}", "112²×64"), a, b) for k, (a, b) in enumerate(pairwise(edges))]


def test_names_with_room_stand_in_one_row_below_their_parts() -> None:
    given = labels(4, 400)
    places = arranged(given, 10, 410)
    assert [(place.row, place.x) for place in places] == [(0, label.middle) for label in given]


@pytest.mark.parametrize("width", [120, 300, 500])
def test_names_without_room_take_turns_and_lines_pass_between_them(width: float) -> None:
    given = labels(12, width)
    places = arranged(given, 10, 510)
    assert [place.row for place in places] == [0, 1] * 6
    upper = [
        (place.x - label.width / 2, place.x + label.width / 2)
        for label, place in zip(given, places, strict=True)
        if place.row == 0
    ]
    ways = [place.way for place in places if place.row == 1]
    assert ways == sorted(ways)
    assert not any(low < way < high for way in ways for low, high in upper)


def test_two_rows_are_higher_than_one() -> None:
    one, two = arranged(labels(2, 400), 0, 420), arranged(labels(12, 400), 0, 500)
    assert height_of(two) > height_of(one)


def test_names_that_fit_in_no_two_rows_are_refused() -> None:
    with pytest.raises(ValueError, match="do not fit into 300"):
        arranged(labels(20, 300), 0, 300)
