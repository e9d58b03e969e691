"""Modules: the head of a page and the cards, from front matter alone."""

import pytest

from minisite import LINE, MiniSite, only

THUMBNAIL = LINE.replace("def line", "def thumbnail")
INDEX = """# Course

```{module-cards}
```

```{toctree}
:numbered: 1
b
a
```
"""


def module(title: str, **said: str) -> str:
    said = {"category": "Basics", "one-line": f"All of {title}", "minutes": "20"} | said
    front = "\n".join(f"{name}: {value}" for name, value in said.items() if value)
    return f"---\n{front}\n---\n\n# {title}\n\nText.\n"


@pytest.fixture
def course(mini: MiniSite) -> MiniSite:
    """A course of two modules, b before a."""
    mini.conf('dlcv_categories = ["Basics", "Rest"]\n')
    mini.module(THUMBNAIL, "a")
    mini.module(THUMBNAIL, "b")
    mini.page(INDEX)
    mini.page(module("Alpha", category="Rest", prerequisites="[b]"), "a")
    mini.page(module("Beta"), "b")
    return mini


def test_cards_come_by_group_in_the_order_of_the_toctree(course: MiniSite) -> None:
    built = course.build()
    assert (built.status, built.problems) == (0, "")
    page = built.page()
    assert [h.get_text() for h in page.find_all("h2", class_="group")] == ["Basics", "Rest"]
    cards = page.find_all("li", class_="card")
    assert [only(c.find("a", class_="internal"))["href"] for c in cards] == ["b.html", "a.html"]
    assert [only(c.find("figure"))["data-figure"] for c in cards] == ["b.thumbnail", "a.thumbnail"]
    assert all((built.out / str(img["src"])).is_file() for img in page.find_all("img"))
    assert "All of Beta" in cards[0].get_text()
    assert "20 minutes" in cards[0].get_text()


def test_a_module_tells_its_group_number_needs_and_what_it_leads_to(course: MiniSite) -> None:
    built = course.build()
    alpha, beta = built.page("a"), built.page("b")
    assert only(alpha.find(class_="kicker")).get_text() == "Rest · Module 2"
    assert only(beta.find(class_="kicker")).get_text() == "Basics · Module 1"
    assert only(alpha.find(class_="lead")).get_text() == "All of Alpha"
    told = [
        (term.get_text(), " ".join(d.get_text().split()))
        for term, d in zip(beta.find_all("dt"), beta.find_all("dd"), strict=True)
    ]
    assert told == [("Time", "20 minutes"), ("Leads to", "Alpha")]
    assert only(alpha.find("dd", string=None)).get_text().strip() == "20 minutes"
    assert only(only(alpha.find("dl", class_="strip")).find("a"))["href"] == "b.html"


def test_a_page_is_written_again_when_a_module_it_names_changes(course: MiniSite) -> None:
    course.build()
    before = {p: p.stat().st_mtime_ns for p in (course.folder / "_build/html").glob("*.html")}
    course.page(module("Renamed", category="Rest", prerequisites="[b]"), "a")
    built = course.build()
    assert "Renamed" in built.page("b").get_text()
    assert "Renamed" in built.page().get_text()
    course.page(module("Renamed", category="Rest", prerequisites="[b]") + "\nMore.\n", "a")
    times = {p: p.stat().st_mtime_ns for p in before}
    course.build()
    changed = {p.name for p, t in times.items() if p.stat().st_mtime_ns != t}
    assert "a.html" in changed
    assert "b.html" not in changed


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"category": "Basic"}, "category: 'Basic' is not one of 'Basics', 'Rest'"),
        ({"one-line": ""}, "front matter has no 'one-line'"),
        ({"minutes": ""}, "front matter has no 'minutes'"),
        ({"minutes": "soon"}, "minutes: 'soon' is no whole number above 0"),
        ({"prerequisites": "[bb]"}, "prerequisites: no module 'bb'; did you mean 'b'?"),
        ({"prerequisites": "[a]"}, "prerequisites: a module cannot need itself"),
    ],
)
def test_wrong_front_matter_is_an_error_in_every_build(
    course: MiniSite, said: dict[str, str], message: str
) -> None:
    course.page(module("Alpha", **said), "a")
    for _ in range(2):
        built = course.build()
        assert f"a.md:1: ERROR: {message}" in built.problems
        assert built.status == 1


def test_a_module_without_a_thumbnail_is_told_where_its_card_is(course: MiniSite) -> None:
    course.module(LINE, "a")
    built = course.build()
    assert built.problems.startswith("index.md:3: ERROR: no figure or example 'a.thumbnail'")
    assert built.status == 1


def test_text_and_latex_get_the_list_without_pictures(course: MiniSite) -> None:
    text = (course.build("text").out / "index.txt").read_text(encoding="utf-8")
    assert "All of Beta" in text
    assert course.build("latex").status == 0
    assert not course.files()
