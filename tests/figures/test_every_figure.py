"""Every registered figure and example keeps to the rules; they are found by themselves."""

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pytest
from matplotlib.figure import Figure

from dlcv_viz.draw.canvas import NARROW, canvas, name_axes, panel, stage
from dlcv_viz.draw.marks import line, points, say
from dlcv_viz.draw.svg import themed
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import checked_facts
from dlcv_viz.registry import Drawing
from drawings import EXAMPLES, FIGURES, FOUND, built, drawings
from figure_rules import RULES, Sheet
from unchanged import unchanged

# Rules that a figure may break: (figure, rule) and the reason. What is not needed fails.
EXEMPT: dict[tuple[str, str], str] = {
    ("social_card.card", "size_is_one_of_the_two"): "other sites show it, in their size",
}


@cache
def sheet(name: str) -> Sheet:
    """Save a figure once for all rules."""
    return Sheet.of(name, FOUND[name].alt, drawings(name))


def test_figures_and_examples_are_found() -> None:
    assert {"perceptron.boundary", "perceptron.training_steps"} <= set(FIGURES)
    assert "perceptron.and_gate" in EXAMPLES


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_keeps_the_rule(name: str, rule: str) -> None:
    wrong = list(RULES[rule](sheet(name)))
    if (name, rule) in EXEMPT:
        assert wrong, "the exemption is no longer needed"
    else:
        assert wrong == []


def test_every_exemption_has_a_reason_and_is_of_a_figure_and_a_rule() -> None:
    for (name, rule), reason in EXEMPT.items():
        assert name in FIGURES
        assert rule in RULES
        assert reason


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_is_the_same_as_in_the_build(name: str) -> None:
    assert tuple(themed(svg, "light") for svg in sheet(name).svgs) == built(name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_every_example_gives_facts_that_are_json_and_the_same_twice(name: str) -> None:
    with unchanged():
        facts, again = (checked_facts(FOUND[name].function()) for _ in range(2))
    assert facts
    assert json.loads(json.dumps(facts, allow_nan=False)) == facts == again


# --- the rules themselves: a figure that keeps them all, and one that breaks each


def good() -> tuple[Figure, dict[str, Any]]:
    figure = canvas(NARROW, 240)
    ax = panel(figure, 40, 40, 280, 160)
    ax.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[-1, 1], yticks=[-1, 1])
    name_axes(ax, "x", "y")
    line(ax, np.array([-1.0, 1.0]), np.array([0.5, 0.5]))
    points(ax, np.array([[0.0, 0.0]]), "accent-1")
    say(ax, 0, 0.8, "a line, \N{MINUS SIGN}1 to 1")
    return figure, {"n": 1, "alt": "One line and {n} point on a plane, both in quiet colours."}


def broken(spoil: Callable[[Figure, dict[str, Any]], None]) -> Sheet:
    drawings = []
    for _ in range(2):
        figure, facts = good()
        drawings.append(Drawing(figure, facts))
    spoil(figure, facts)  # the second frame
    alt = facts.pop("alt")
    drawings[0].facts.pop("alt")  # type: ignore[attr-defined]  # a dict
    return Sheet.of(facts.pop("name", "tests.good"), alt, tuple(drawings))


def spoil_axes_names(figure: Figure, facts: dict[str, Any]) -> None:
    figure.axes[0].texts[1].remove()


def spoil_facts(figure: Figure, facts: dict[str, Any]) -> None:
    del facts["n"]


SPOILED: list[tuple[str, Callable[[Figure, dict[str, Any]], object]]] = [
    ("size_is_one_of_the_two", lambda f, _: f.set_size_inches(5.5, 4)),
    ("size_is_one_of_the_two", lambda f, _: f.set_size_inches(5, 5)),
    ("size_is_one_of_the_two", lambda f, facts: facts.update(name="tests.thumbnail")),
    ("facts_are_json", spoil_facts),
    ("alt_text_says_something_with_facts", lambda f, facts: facts.update(alt="Without. " * 9)),
    ("alt_text_says_something_with_facts", lambda f, facts: facts.update(alt="Too short, {n}.")),
    ("alt_text_says_something_with_facts", lambda f, facts: facts.update(alt="{n} { " * 20)),
    ("text_is_large_enough", lambda f, _: f.axes[0].texts[0].set_fontsize(9)),
    ("text_is_large_enough", lambda f, _: f.axes[0].tick_params(labelsize=8)),
    ("a_thumbnail_has_no_text", lambda f, facts: facts.update(name="tests.thumbnail")),
    ("text_lies_inside_the_figure", lambda f, _: say(f.axes[0], 1, 0, "w" * 20)),
    ("no_text_covers_another", lambda f, _: say(f.axes[0], 0.2, 0.8, "on top")),
    ("no_text_covers_another", lambda f, _: say(f.axes[0], -1.05, -1, "on a tick")),
    ("axes_with_ticks_have_names", spoil_axes_names),
    ("colours_are_roles", lambda f, _: f.axes[0].text(0, -0.5, "black")),
    ("colours_are_roles", lambda f, _: f.axes[0].plot([0, 1], [0, 1])),
    ("colours_are_roles", lambda f, _: f.axes[0].scatter([0], [0.2])),
    ("colours_are_roles", lambda f, _: f.axes[0].bar([0], [0.2])),
    ("colours_are_roles", lambda f, _: f.axes[0].tick_params(labelcolor="black")),
    ("text_can_be_read", lambda f, _: f.axes[0].axhspan(0.6, 1, color=MARKER["ink"], zorder=0)),
    ("text_is_level_or_along_a_line", lambda f, _: say(f.axes[0], 0, -0.5, "up", turn=45)),
    ("signs_are_plain_and_minus_is_true", lambda f, _: say(f.axes[0], 0, -0.5, "b = -1")),
    ("signs_are_plain_and_minus_is_true", lambda f, _: say(f.axes[0], 0, -0.5, "$b$")),
    (
        "points_lie_on_the_canvas",
        lambda f, _: points(f.axes[0], np.array([[0, 0], [0, 9]]), "accent-1"),
    ),
    (
        "svg_is_themed_and_self_contained",
        lambda f, _: f.axes[0].axhline(0, color="#123456"),
    ),
    (
        "svg_is_themed_and_self_contained",
        lambda f, _: f.axes[0].texts[0].set_url("https://example.org"),
    ),
    ("frames_keep_their_places", lambda f, _: f.axes[0].set_xlim(-2, 2)),
    ("frames_keep_their_places", lambda f, _: stage(f, 0, 0, 10, 10)),
]


def test_a_good_figure_breaks_no_rule() -> None:
    sheet = broken(lambda figure, facts: None)
    assert [list(rule(sheet)) for rule in RULES.values()] == [[]] * len(RULES)


def test_every_rule_is_shown_to_catch_something() -> None:
    assert {rule for rule, _ in SPOILED} == set(RULES)


@pytest.mark.parametrize(
    ("rule", "spoil"), SPOILED, ids=[f"{rule}-{i}" for i, (rule, _) in enumerate(SPOILED)]
)
def test_a_rule_catches_what_breaks_it(
    rule: str, spoil: Callable[[Figure, dict[str, Any]], None]
) -> None:
    assert list(RULES[rule](broken(spoil)))


def test_black_and_white_are_for_numbers_on_a_heat_map() -> None:
    def on_a_map(figure: Figure, facts: dict[str, Any]) -> None:
        figure.axes[0].imshow(np.eye(2), extent=(-1, 1, -1, 1), aspect="auto")
        figure.axes[0].text(0.5, -0.5, "1", color="black", size=10)

    assert list(RULES["colours_are_roles"](broken(on_a_map))) == []
    assert MARKER["ink"] != "#000000"
