"""The picture on the dashboard tells the truth."""

import numpy as np
import pytest
from matplotlib.collections import LineCollection, PathCollection, PolyCollection
from matplotlib.colors import to_hex

from dlcv_viz.data.digits import noisy_digits
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures.hero import digit_reader
from dlcv_viz.registry import Drawing
from dlcv_viz.types import FloatArray


def learn() -> FloatArray:
    """Ten rows of weights, the bias last, by the rule written out again."""
    x, y = noisy_digits(300, 0.3, seed=0)
    weights = np.zeros((10, x.shape[1] + 1))
    for n, w in enumerate(weights):
        is_done = False
        while not is_done:
            is_done = True
            for picture, label in zip(x, y.tolist(), strict=True):
                sign = 1 if label == n else -1
                if sign * (w[:-1] @ picture + w[-1]) <= 0:
                    w[:-1] += sign * picture
                    w[-1] += sign
                    is_done = False
    return weights


def picture_of(n: int) -> FloatArray:
    x, y = noisy_digits(1000, 0.3, seed=1)
    found: FloatArray = x[(y == n).argmax()]
    return found


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    return digit_reader()


def test_the_answer_is_the_unit_with_the_largest_sum(drawing: Drawing) -> None:
    facts = checked_facts(drawing.facts)
    weights = learn()
    sums = weights[:, :-1] @ picture_of(3) + weights[:, -1]
    assert facts["sums"] == pytest.approx(sums)
    assert facts["answer"] == sums.argmax() == facts["shown"] == 3
    x, y = noisy_digits(1000, 0.3, seed=1)
    right = (x @ weights[:, :-1].T + weights[:, -1]).argmax(axis=1) == y
    assert facts["accuracy"] == right.mean()


@pytest.mark.parametrize("n", range(10))
def test_every_digit_is_read_right(n: int) -> None:
    facts = checked_facts(digit_reader(shown=n).facts)
    assert (facts["shown"], facts["answer"]) == (n, n)


def test_a_pixel_is_as_dark_as_its_ink(drawing: Drawing) -> None:
    (ax,) = drawing.figure.axes
    (pixels,) = (c for c in ax.collections if isinstance(c, PolyCollection))
    shades = np.asarray(pixels.get_facecolor())[:, 3]
    slope, rest = np.polyfit(picture_of(3), shades, 1)
    assert shades == pytest.approx(slope * picture_of(3) + rest)
    assert slope > 0.8  # of full opacity, between paper and ink


def test_a_line_to_the_answer_is_as_wide_as_what_its_pixel_adds(drawing: Drawing) -> None:
    (ax,) = drawing.figure.axes
    lines = [c for c in ax.collections if isinstance(c, LineCollection)]
    to_answer = lines[3]
    added = picture_of(3) * learn()[3, :-1]
    widths = np.asarray(to_answer.get_linewidth())
    assert widths / widths.max() == pytest.approx(np.abs(added) / np.abs(added).max())
    colours = np.asarray(to_answer.get_color())
    signs = [to_hex(colour) == MARKER["accent-1"] for colour in colours]
    assert signs == (added > 0).tolist()


def test_only_units_that_say_yes_are_tinted(drawing: Drawing) -> None:
    (ax,) = drawing.figure.axes
    units = [c for c in ax.collections if isinstance(c, PathCollection)][1]
    tints = np.asarray(units.get_facecolor())[:, 3]
    sums = np.array(checked_facts(drawing.facts)["sums"])
    assert (tints > 0).tolist() == (sums > 0).tolist()
