"""Modules: the head of a page, the dashboard and the side bar, from front matter alone."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from minisite import LINE, Built, MiniSite, mini_in, only

THUMBNAIL = LINE.replace("def line", "def thumbnail")
INDEX = """# Course

```{course-start}
Or [something else](other.md).
```

```{module-cards}
```

```{toctree}
:numbered: 1
b
a
```

```{toctree}
:caption: More
other
```
"""
TABS = """
:::::{tab-set}
::::{tab-item} First
:name: NAME-tab-first
### A heading
Text.
::::
::::{tab-item} Last
:name: NAME-tab-last
Text.
::::
:::::
"""


def module(title: str, **said: str) -> str:
    said = {"category": "Basics", "one-line": f"All of {title}", "minutes": "20"} | said
    front = "\n".join(f"{name}: {value}" for name, value in said.items() if value)
    return f"---\n{front}\n---\n\n# {title}\n\nText.\n"


def course_in(folder: Path) -> MiniSite:
    """Write a course of two modules, b before a."""
    site = mini_in(folder)
    site.conf('dlcv_categories = ["Basics", "Rest"]\nextensions.append("sphinx_design")\n')
    site.module(THUMBNAIL, "a")
    site.module(THUMBNAIL, "b")
    site.page(INDEX)
    site.page("# Other\n\nText.\n", "other")
    site.page(
        module("Alpha <1>", category="Rest", prerequisites="[b]") + TABS.replace("NAME", "a"), "a"
    )
    site.page(module("Beta") + TABS.replace("NAME", "b"), "b")
    return site


@pytest.fixture
def course(tmp_path: Path) -> MiniSite:
    """A course that a test may change."""
    return course_in(tmp_path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same course, built once."""
    built = course_in(tmp_path_factory.mktemp("course")).build()
    assert (built.status, built.problems) == (0, "")
    return built


def text_of(tag: object) -> str:
    return " ".join(only(tag).get_text().split())


def test_cards_come_by_group_in_the_order_of_the_toctree(built: Built) -> None:
    page = built.page()
    headings = page.find_all("h2", class_="group")
    assert [text_of(h) for h in headings] == ["Basics 1 module", "Rest 1 module"]
    cards = page.find_all("li", class_="card")
    assert [only(c.find("a"))["href"] for c in cards] == ["b.html", "a.html"]
    assert [text_of(c.find("h3")) for c in cards] == ["Beta", "Alpha <1>"]
    assert [only(c.find("figure"))["data-figure"] for c in cards] == ["b.thumbnail", "a.thumbnail"]
    assert all((built.out / str(img["src"])).is_file() for img in page.find_all("img"))
    assert "All of Beta" in cards[0].get_text()
    told = [text_of(c.find(class_="meta")) for c in cards]
    assert told == ["20 min · needs nothing", "20 min · needs 1 module"]


def test_the_picture_of_a_card_repeats_nothing_to_a_screen_reader(built: Built) -> None:
    assert {str(img["alt"]) for img in built.page().find_all("img")} == {""}


def test_the_path_leads_to_each_group(built: Built) -> None:
    page = built.page()
    stations = only(page.find(class_="path")).find_all("a")
    assert [text_of(a) for a in stations] == ["Basics1 module", "Rest1 module"]
    for station in stations:
        heading = only(page.find(id=str(station["href"]).removeprefix("#")))
        assert text_of(heading).startswith(str(station.contents[0]))


def test_a_reader_begins_at_the_first_module_or_at_a_link_of_the_page(built: Built) -> None:
    links = only(built.page().find(class_="actions")).find_all("a")
    assert [(text_of(a), a["href"]) for a in links] == [
        ("Start: Beta", "b.html"),
        ("something else", "other.html"),
    ]


def test_what_needs_a_script_is_hidden_until_there_is_one(built: Built) -> None:
    hidden = {"filter", "progress", "progress-tools", "tab-end"}
    for name in ("index", "a", "b"):
        for tag in built.page(name).find_all(class_=list(hidden)):
            assert tag.has_attr("hidden"), tag
    assert built.page().find(class_="filter") is not None


def test_a_chip_of_the_filter_names_its_group_and_counts_it(built: Built) -> None:
    page = built.page()
    chips = only(page.find("fieldset")).find_all("label")
    assert [text_of(chip) for chip in chips] == ["All 2", "Basics 1", "Rest 1"]
    values = [str(only(chip.find("input"))["value"]) for chip in chips]
    assert values == ["", *(str(h["id"]) for h in page.find_all("h2", class_="group"))]


def test_a_module_has_a_segment_for_each_tab(built: Built) -> None:
    card = only(built.page().find("li", class_="card"))
    segments = [(i["data-tab"], i["title"]) for i in card.find_all("i")]
    assert segments == [("b-tab-first", "First"), ("b-tab-last", "Last")]


def test_a_module_tells_its_group_number_needs_and_what_it_leads_to(built: Built) -> None:
    alpha, beta = built.page("a"), built.page("b")
    assert text_of(alpha.find(class_="kicker")) == "Rest · Module 2 of 2"
    assert text_of(beta.find(class_="kicker")) == "Basics · Module 1 of 2"
    group = only(only(alpha.find(class_="kicker")).find("a"))
    assert group["href"] == "index.html#group-rest"
    assert text_of(alpha.find(class_="lead")) == "All of Alpha <1>"
    told = [
        (term.get_text(), text_of(d))
        for term, d in zip(beta.find_all("dt"), beta.find_all("dd"), strict=True)
    ]
    assert told == [("Time", "20 minutes"), ("Leads to", "Alpha <1>")]
    assert only(only(alpha.find("dl", class_="strip")).find("a"))["href"] == "b.html"


def ends(page: BeautifulSoup) -> list[list[tuple[str, str]]]:
    """Links at the end of each tab."""
    found = page.find_all("nav", class_="tab-end")
    return [[(text_of(a), str(a["href"])) for a in end.find_all("a")] for end in found]


def test_a_tab_ends_with_the_ones_before_and_after_it(built: Built) -> None:
    first, last = ends(built.page("b"))
    assert first == [("Last →", "#b-tab-last")]
    assert last == [("← First", "#b-tab-first"), ("Alpha <1> →", "a.html")]
    page = built.page("b")
    assert [end.parent for end in page.find_all(class_="tab-end")] == page.find_all(
        class_="sd-tab-content"
    )


def test_the_last_module_leads_back_to_all_of_them(built: Built) -> None:
    assert ends(built.page("a"))[-1][-1] == ("All modules →", "index.html")


def side_bar(page: BeautifulSoup) -> Tag:
    """Return what the theme made of the contents of the site."""
    return only(page.find(class_="sphinxsidebar"))


@pytest.mark.parametrize(("name", "is_open"), [("b", [True, False]), ("other", [False, False])])
def test_the_side_bar_folds_modules_into_groups_and_opens_the_one_at_hand(
    built: Built, name: str, is_open: list[bool]
) -> None:
    bar = side_bar(built.page(name))
    folds = bar.find_all("details")
    assert [text_of(f.find("summary")) for f in folds] == ["Basics1", "Rest1"]
    assert [fold.has_attr("open") for fold in folds] == is_open
    links = [only(only(fold.find("ol")).find("a")) for fold in folds]
    assert [text_of(link) for link in links] == ["Beta", "Alpha <1>"]
    assert [only(link.find(class_="ring"))["data-module"] for link in links] == ["b", "a"]


def test_the_side_bar_leaves_other_pages_as_they_are(built: Built) -> None:
    bar = side_bar(built.page("b"))
    other = only(bar.find("a", string="Other"))
    assert other.find_parent("details") is None
    assert other["href"] == "other.html"
    assert bar.find(string="More") is not None


def test_only_the_dashboard_loads_the_script_of_the_dashboard(built: Built) -> None:
    def scripts(name: str) -> list[str]:
        sources = [str(s["src"]) for s in built.page(name).find_all("script", src=True)]
        return [src.partition("?")[0].rpartition("/")[2] for src in sources if "dlcv-" in src]

    ours = {"dlcv-progress.js", "dlcv-dashboard.js"}
    assert [s for s in scripts("index") if s in ours] == ["dlcv-progress.js", "dlcv-dashboard.js"]
    assert [s for s in scripts("other") if s in ours] == ["dlcv-progress.js"]


def test_one_module_alone_needs_no_filter(course: MiniSite) -> None:
    course.page(INDEX.replace("\na\n", "\n"))
    course.page("---\norphan: true\n---\n\n# Alpha\n\nText.\n", "a")
    page = course.build().page()
    assert len(page.find_all(class_="card")) == 1
    assert page.find(class_="filter") is None


def test_without_cards_a_module_names_its_group_without_a_link(course: MiniSite) -> None:
    course.page(INDEX.replace("```{module-cards}\n```", ""))
    page = course.build().page("b")
    assert text_of(page.find(class_="kicker")) == "Basics · Module 1 of 2"
    assert only(page.find(class_="kicker")).find("a") is None


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
        assert told.startswith("index.md:7: ERROR: no figure or example 'a.thumbnail'")


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    """Return the course for builders of text and books."""
    site = course_in(tmp_path_factory.mktemp("paper"))
    site.conf('version = author = copyright = "1"\nepub_uid = epub_identifier = "mini"\n')
    site.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    return site


@pytest.mark.parametrize("builder", ["text", "epub", "latex"])
def test_only_the_site_shows_progress_buttons_and_a_filter(paper: MiniSite, builder: str) -> None:
    built = paper.build(builder)
    assert (built.status, built.problems) == (0, "")
    name = {"text": "index.txt", "epub": "index.xhtml", "latex": "mini.tex"}[builder]
    told = (built.out / name).read_text(encoding="utf-8")
    assert "All of Beta" in told
    assert "20 minutes" in told
    for word in ("Start:", "something else", "Learning path", "Find a module", "Mark as done"):
        assert word not in told
    pictures = list(built.out.rglob("*-thumbnail-*"))
    assert bool(pictures) == (builder == "epub")  # there are none on a plain list
