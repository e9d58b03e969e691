"""The learning path: legible with one module and with forty, and true to who needs whom."""

import re
from functools import cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Circle

from curriculum import course
from dlcv_viz.draw.canvas import NARROW, WIDE
from dlcv_viz.draw.theme import MARKER, group_role
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures.learning_path import graph
from dlcv_viz.registry import Drawing
from figure_rules import RULES, Sheet, size_is_one_of_the_two

ALT = graph.dlcv.alt  # type: ignore[attr-defined]  # what the decorator said
SIZES = (1, 2, 10, 25, 40)


@cache
def drawn(n_modules: int) -> Drawing:
    return graph(**course(n_modules))


def facts(n_modules: int) -> dict[str, Any]:
    return checked_facts(drawn(n_modules).facts)


@pytest.mark.parametrize(
    "rule", [name for name in RULES if name != size_is_one_of_the_two.__name__]
)
@pytest.mark.parametrize("n_modules", SIZES)
def test_a_path_of_any_length_keeps_the_rules_of_all_figures(n_modules: int, rule: str) -> None:
    """All but the height: a row a group is as high as there are groups, and no less legible."""
    sheet = Sheet.of("learning_path.graph", ALT, (drawn(n_modules),))
    assert list(RULES[rule](sheet)) == []


@pytest.mark.parametrize(("n_modules", "width"), [(1, NARROW), (2, NARROW), (10, WIDE), (40, WIDE)])
def test_the_width_is_one_of_the_two_and_the_height_is_what_the_rows_need(
    n_modules: int, width: float
) -> None:
    across, up = 72 * drawn(n_modules).figure.get_size_inches()
    assert across == width
    assert up <= 75 * len(set(course(n_modules)["groups"]))


@pytest.mark.parametrize("n_modules", SIZES)
def test_the_facts_tell_the_box_of_each_station_and_its_name(n_modules: int) -> None:
    figure, told = drawn(n_modules).figure, facts(n_modules)
    width, height = 72 * figure.get_size_inches()
    boxes = np.array([told[side] for side in ("left", "top", "width", "height")]).T
    left, top = boxes.T[:2]
    right, bottom = boxes.T[:2] + boxes.T[2:]
    assert boxes.shape == (n_modules, 4)
    assert boxes.min() > 0
    assert max(right.max(), bottom.max()) < 1
    for a, b in combinations(range(n_modules), 2):
        apart = right[a] < left[b] or right[b] < left[a] or bottom[a] < top[b] or bottom[b] < top[a]
        assert apart, (a, b)
    rings = [patch for patch in figure.axes[0].patches if isinstance(patch, Circle)]
    for k, ring in enumerate(rings):
        x, y = ring.center[0] / width, 1 - ring.center[1] / height
        assert x == pytest.approx((left[k] + right[k]) / 2, abs=1e-4)
        assert top[k] < y < bottom[k]
        assert to_hex(ring.get_edgecolor()) == MARKER[group_role(course()["groups"][k])]
        names = [t for t in figure.axes[0].texts if t.get_position()[0] == ring.center[0]]
        own = [t for t in names if top[k] < 1 - t.get_position()[1] / height < bottom[k]]
        title = re.sub(r" \(.*", "", course()["titles"][k])
        assert [own[0].get_text(), " ".join(t.get_text() for t in own[1:])] == [str(k + 1), title]


def test_the_path_tells_how_much_there_is_and_its_longest_chain() -> None:
    """Counted from the prerequisites by hand: each module of the chain needs the one before it."""
    told, given = facts(40), course()
    assert (told["modules"], told["groups"], told["links"]) == (40, 10, 53)
    chain = [
        "nn-basics", "perceptron", "mlp", "activation", "loss", "backprop", "optimizers",
        "regularization", "cv-intro", "conv-layer", "pooling", "cnn-basics", "lenet", "alexnet",
        "vgg", "resnet", "mobilenet", "transfer-learning", "localization", "rcnn", "yolo", "ssd",
    ]  # fmt: skip
    needs = dict(zip(given["ids"], given["needs"], strict=True))
    assert all(before in needs[after].split(", ") for before, after in pairwise(chain))
    assert told["longest"] == len(chain)
    assert told["chain"].endswith(
        "through 22 of them, from Introduction to Neural Networks "
        "to SSD (Single Shot MultiBox Detector)"
    )


def test_a_course_of_one_module_is_told_in_the_singular() -> None:
    assert (facts(1)["course"], facts(1)["chain"]) == (
        "1 module in 1 group",
        "no module needs another",
    )


def test_a_group_that_comes_again_has_a_row_again_and_a_long_one_two() -> None:
    def labels(groups: list[str]) -> list[tuple[str, float]]:
        n = len(groups)
        found = graph(
            ids=[f"m{k}" for k in range(n)],
            numbers=list(range(n)),
            groups=groups,
            titles=["Normalization"] * n,
            needs=[""] * n,
        )
        texts = found.figure.axes[0].texts
        return [(t.get_text(), t.get_position()[1]) for t in texts if t.get_text() in {"A", "B"}]

    again = labels(["A", "B", "A"])
    assert [name for name, _ in again] == ["A", "B", "A"]
    assert again[0][1] > again[1][1] > again[2][1]
    (first, start), (second, after) = labels([*["A"] * 9, "B"])
    assert (first, second) == ("A", "B")
    assert start - after > 1.8 * (again[0][1] - again[1][1])


def test_names_that_are_too_long_are_cut_and_groups_without_a_colour_are_muted() -> None:
    long = "Supercalifragilisticexpialidocious" * 3
    drawing = graph(ids=["a"], numbers=[0], groups=[long], titles=[long], needs=[""])
    figure = drawing.figure
    label, name = sorted((t for t in figure.axes[0].texts), key=lambda t: t.get_position()[0])
    for text in (label, name):
        assert text.get_text().endswith("\N{HORIZONTAL ELLIPSIS}")
        assert len(text.get_text()) > 10
    assert label.get_color() == MARKER["muted"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"numbers": [1]}, r"lists of \[1, 3\] items: all have one a module, at most 100"),
        ({"ids": ["a", "b", "a"]}, r"ids=\['a', 'b', 'a'\]: one comes twice"),
        ({"needs": ["", "x", ""]}, r"needs='x' of 'b': not all are before it"),
        ({"needs": ["", "b", ""]}, r"needs='b' of 'b': not all are before it"),
        ({"needs": ["", "a, c", ""]}, r"needs='a, c' of 'b': not all are before it"),
    ],
)
def test_lists_that_do_not_fit_together_are_refused(changed: dict[str, Any], message: str) -> None:
    given: dict[str, Any] = {"ids": ["a", "b", "c"], "numbers": [1, 2, 3], "groups": ["G"] * 3}
    given |= {"titles": ["A", "B", "C"], "needs": ["", "a", "b"]} | changed
    with pytest.raises(ValueError, match=message):
        graph(**given)
