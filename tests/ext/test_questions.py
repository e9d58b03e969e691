"""Questions: those that fold out, and those to answer before looking."""

import pytest

from minisite import MiniSite, only

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


def test_a_question_folds_its_answer(mini: MiniSite) -> None:
    mini.page(QUESTION)
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    details = only(built.page().find("details", class_="question"))
    summary = only(details.find("summary"))
    assert summary.find("math")
    assert only(summary.find("em")).get_text() == "that"
    assert only(summary.find(class_="level")).get_text() == "Deeper"
    assert only(details.find(class_="fold-out-body")).get_text().strip() == "Because it is 5."
    assert not details.has_attr("open")


def test_a_prediction_is_a_group_of_choices_and_an_answer(mini: MiniSite) -> None:
    mini.page(PREDICT)
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    first, second = built.page().find_all("div", class_="predict")
    choices = only(first.find("fieldset", class_="choices"))
    assert [label.get_text() for label in choices.find_all("label")] == ["two", "five, or so"]
    assert only(first.find(class_="answer")).get_text().split() == ["Five.", "It", "is", "5."]
    names = {str(r["name"]) for r in first.find_all("input")}
    assert len(names) == 1
    assert names.isdisjoint(str(r["name"]) for r in second.find_all("input"))


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_other_builders_get_question_choices_and_answer_in_order(
    mini: MiniSite, builder: str
) -> None:
    mini.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    mini.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    mini.page(QUESTION + PREDICT.removeprefix("# T"))
    built = mini.build(builder)
    assert (built.status, built.problems) == (0, "")
    name = {"text": "index.txt", "latex": "mini.tex", "epub": "index.xhtml"}[builder]
    text = (built.out / name).read_text(encoding="utf-8")
    parts = ["Because it is 5", "How many points", "two", "Five.", "Another"]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (":::{question} Why?\n:::", "question 'Why?' has no answer"),
        (":::{predict} Why?\nBecause.\n:::", "{predict} holds a list of choices, then the answer"),
        (":::{predict} Why?\n- a\n- b\n:::", "{predict} holds a list of choices, then the answer"),
    ],
)
def test_a_question_without_an_answer_is_refused(mini: MiniSite, source: str, message: str) -> None:
    mini.page(f"# T\n\n{source}\n")
    for _ in range(2):
        built = mini.build()
        assert built.problems == f"index.md:3: ERROR: {message} [dlcv.figure]\n"
        assert built.status == 1
