"""Boxes of a page: questions that fold out or are to be answered before looking, and callouts."""

from collections.abc import Callable
from functools import cache

import pytest

from minisite import Built, MiniSite, only, put_together

QUESTION = """# T

:::{question} Why is $n$ *that*?
:level: deeper
Because it is {fact}`toy.line.n`.
:::
"""
PREDICT = """# T

:::{predict} How many points has it, $n$?
- two
- *five*, or so

**Five.** It is {fact}`toy.line.n`.
:::

:::{predict} Another?
- yes
- no

No.
:::
"""
CALLOUTS = """# T

:::{key-idea}
Draw {fact}`toy.line.n` points.
:::

:::{insight}
A grid of 2 × 3, or of {fact}`toy.line.n` × {fact}`toy.line.n`, but `2 × 3`.
:::
"""


KEPT = "A grid of 2~×~3, or of 5~×~5, but 2 × 3.".replace("~", "\N{NO-BREAK SPACE}")
FILES = {"text": "index.txt", "latex": "mini.tex", "epub": "index.xhtml"}


@pytest.fixture(scope="module")
def built(shared: MiniSite) -> Callable[[str], Built]:
    """Build the question, the predictions and the callouts, once with each builder."""
    shared.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    shared.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    shared.page(QUESTION + (PREDICT + CALLOUTS).replace("# T", ""))
    return cache(shared.build)


def test_a_question_folds_its_answer(built: Callable[[str], Built]) -> None:
    html = built("html")
    assert (html.status, html.problems) == (0, "")
    details = only(html.page().find("details", class_="question"))
    summary = only(details.find("summary"))
    assert summary.find("math")
    assert only(summary.find("em")).get_text() == "that"
    assert only(summary.find(class_="level")).get_text() == "Deeper"
    assert only(details.find(class_="fold-out-body")).get_text().strip() == "Because it is 5."
    assert not details.has_attr("open")


def test_a_prediction_is_a_group_of_choices_and_an_answer(built: Callable[[str], Built]) -> None:
    first, second = built("html").page().find_all("div", class_="predict")
    choices = only(first.find("fieldset", class_="choices"))
    assert [label.get_text() for label in choices.find_all("label")] == ["two", "five, or so"]
    assert only(first.find(class_="answer")).get_text().split() == ["Five.", "It", "is", "5."]
    names = {str(r["name"]) for r in first.find_all("input")}
    assert len(names) == 1
    assert names.isdisjoint(str(r["name"]) for r in second.find_all("input"))


def test_a_callout_is_an_admonition_with_a_title_of_its_own(built: Callable[[str], Built]) -> None:
    said = [
        (box["class"], [p.get_text() for p in box.find_all("p")])
        for box in built("html").page().find_all("div", class_="admonition")
    ]
    assert said == [
        (["key-idea", "admonition"], ["Key idea", "Draw 5 points."]),
        (["insight", "admonition"], ["Insight", KEPT]),
    ]


@pytest.mark.parametrize("builder", FILES)
def test_other_builders_get_every_part_in_order(
    built: Callable[[str], Built], builder: str
) -> None:
    assert (built(builder).status, built(builder).problems) == (0, "")
    text = (built(builder).out / FILES[builder]).read_text(encoding="utf-8")
    parts = [
        "Because it is 5",
        "How many points",
        "two",
        "Five.",
        "Another",
        "Key idea",
        "Draw 5",
        "Insight",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


WRONG = {
    "no answer": (":::{question} Why?\n:::", "question 'Why?' has no answer"),
    "no list": (
        ":::{predict} Why?\nBecause.\n:::",
        "{predict} holds a list of choices, then the answer",
    ),
    "no idea": (":::{key-idea}\n:::", "{key-idea} is empty"),
    "no text": (
        ":::{predict} Why?\n- a\n- b\n:::",
        "{predict} holds a list of choices, then the answer",
    ),
}


def test_a_box_without_its_parts_is_refused(mini: MiniSite) -> None:
    put_together(mini, {name: text for name, (text, _) in WRONG.items()})
    for _ in range(2):
        built = mini.build()
        told = [
            f"{n.replace(' ', '-')}.md:3: ERROR: {m} [dlcv.figure]" for n, (_, m) in WRONG.items()
        ]
        assert sorted(built.problems.splitlines()) == sorted(told)
        assert built.status == 1
