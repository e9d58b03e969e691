"""Modules: the head of a page and the cards, from front matter alone."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from minisite import LINE, Built, MiniSite, mini_in, only

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


def course_in(folder: Path) -> MiniSite:
    """Make a course of two modules, b before a."""
    site = mini_in(folder)
    site.conf('dlcv_categories = ["Basics", "Rest"]\n')
    site.module(THUMBNAIL, "a")
    site.module(THUMBNAIL, "b")
    site.page(INDEX)
    site.page(module("Alpha", category="Rest", prerequisites="[b]"), "a")
    site.page(module("Beta"), "b")
    return site


@pytest.fixture
def course(tmp_path: Path) -> MiniSite:
    """Return a course to change."""
    return course_in(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Build the course once with each builder."""
    return cache(course_in(tmp_path_factory.mktemp("course")).build)


def test_cards_come_by_group_in_the_order_of_the_toctree(built: Callable[[str], Built]) -> None:
    html = built("html")
    assert (html.status, html.problems) == (0, "")
    page = html.page()
    assert [h.get_text() for h in page.find_all("h2", class_="group")] == ["Basics", "Rest"]
    cards = page.find_all("li", class_="card")
    assert [only(c.find("a", class_="internal"))["href"] for c in cards] == ["b.html", "a.html"]
    assert [only(c.find("figure"))["data-figure"] for c in cards] == ["b.thumbnail", "a.thumbnail"]
    assert all((html.out / str(img["src"])).is_file() for img in page.find_all("img"))
    assert "All of Beta" in cards[0].get_text()
    assert "20 minutes" in cards[0].get_text()


def test_a_module_tells_its_group_number_needs_and_what_it_leads_to(
    built: Callable[[str], Built],
) -> None:
    alpha, beta = built("html").page("a"), built("html").page("b")
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


WRONG: dict[str, tuple[dict[str, str], str]] = {
    "group": ({"category": "Basic"}, "category: 'Basic' is not one of 'Basics', 'Rest'"),
    "silent": ({"one-line": ""}, "front matter has no 'one-line'"),
    "endless": ({"minutes": ""}, "front matter has no 'minutes'"),
    "someday": ({"minutes": "soon"}, "minutes: 'soon' is no whole number above 0"),
    "missing": ({"prerequisites": "[bb]"}, "prerequisites: no module 'bb'; did you mean 'b'?"),
    "selfish": ({"prerequisites": "[selfish]"}, "prerequisites: a module cannot need itself"),
}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Build twice a course with a module for each mistake; `a` has no thumbnail."""
    site = course_in(tmp_path_factory.mktemp("wrong"))
    site.module(LINE, "a")
    site.page(INDEX.replace("b\na\n", "\n".join(["b", "a", *WRONG, ""])))
    for name, (said, _) in WRONG.items():
        site.module(THUMBNAIL, name)
        site.page(module(name.title(), **said), name)
    return [site.build(), site.build()]


@pytest.mark.parametrize("name", WRONG)
def test_wrong_front_matter_is_an_error_in_every_build(wrong: list[Built], name: str) -> None:
    for built in wrong:
        told = [t for t in built.problems.splitlines() if t.startswith(f"{name}.md:")]
        assert told == [f"{name}.md:1: ERROR: {WRONG[name][1]} [dlcv.figure]"]
        assert built.status == 1


def test_a_module_without_a_thumbnail_is_told_where_its_card_is(wrong: list[Built]) -> None:
    for built in wrong:
        (told,) = [t for t in built.problems.splitlines() if t.startswith("index.md:")]
        assert told.startswith("index.md:3: ERROR: no figure or example 'a.thumbnail'")


def test_text_and_latex_get_the_list_without_pictures(course: MiniSite) -> None:
    text = (course.build("text").out / "index.txt").read_text(encoding="utf-8")
    assert "All of Beta" in text
    assert course.build("latex").status == 0
    assert not course.files()
