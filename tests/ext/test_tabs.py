"""Tabs: real headings, entries in the contents, and sections where nothing can be clicked."""

import re
import textwrap

import pytest
from bs4 import BeautifulSoup

from minisite import MiniSite, only

PAGE = """# Title

::::{tab-set}
:sync-group: module

:::{tab-item} First
:name: tab-first
:sync: first

(inner)=
### Inner heading

Alpha text.

#### Deeper

More.
:::

:::{tab-item} Second
:name: tab-second
:sync: second

Beta text with $x$.
:::
::::

After. See {ref}`inner` and {ref}`the tab <tab-second>`.
"""


@pytest.fixture
def tabbed(mini: MiniSite) -> MiniSite:
    mini.conf('extensions.append("sphinx_design")\nhtml_theme = "furo"\n')
    mini.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    mini.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    mini.page(PAGE)
    return mini


def test_headings_in_tabs_are_headings_of_the_right_level(tabbed: MiniSite) -> None:
    built = tabbed.build()
    assert (built.status, built.problems) == (0, "")
    headings = built.page().find_all(["h1", "h2", "h3", "h4", "h5"])
    told = [(h.name, h.get_text().rstrip("\N{PILCROW SIGN}")) for h in headings]
    assert told == [
        ("h1", "Title"),
        ("h2", "First"),
        ("h3", "Inner heading"),
        ("h4", "Deeper"),
        ("h2", "Second"),
    ]


def test_the_contents_of_the_page_list_tabs_and_their_headings(tabbed: MiniSite) -> None:
    contents = only(tabbed.build().page().find(class_="toc-tree"))
    links = [(a.get_text(), a["href"]) for a in contents.find_all("a")]
    assert [text for text, _ in links] == ["Title", "First", "Inner heading", "Deeper", "Second"]
    ids = {str(tag["id"]) for tag in tabbed.build().page().find_all(id=True)}
    assert {str(href).removeprefix("#") for _, href in links[1:]} <= ids


def test_a_link_to_a_heading_in_a_tab_shows_its_title(tabbed: MiniSite) -> None:
    page = tabbed.build().page()
    assert only(page.find("a", class_="internal", href="#inner")).get_text() == "Inner heading"
    assert page.find(id="inner")


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_other_builders_get_the_tabs_one_below_the_other(tabbed: MiniSite, builder: str) -> None:
    built = tabbed.build(builder)
    assert (built.status, built.problems) == (0, "")
    name = {"text": "index.txt", "latex": "mini.tex", "epub": "index.xhtml"}[builder]
    text = (built.out / name).read_text(encoding="utf-8")
    places = [text.index(part) for part in ("Inner heading", "Alpha text", "Beta text", "After.")]
    assert places == sorted(places)
    assert text.count("First") >= 1
    assert "<input" not in text


def test_tabs_and_their_headings_are_sections_of_a_book(tabbed: MiniSite) -> None:
    tex = (tabbed.build("latex").out / "mini.tex").read_text(encoding="utf-8")
    headings = re.findall(r"^\\(chapter|(?:sub)*section)(\*?)\{(.*)\}$", tex, re.MULTILINE)
    assert headings == [
        ("chapter", "", "First"),  # the title of the only page is the title of the book
        ("section", "", "Inner heading"),
        ("subsection", "", "Deeper"),
        ("chapter", "", "Second"),
    ]
    assert r"\label{\detokenize{index:tab-first}}" in tex
    assert r"\label{\detokenize{index:inner}}" in tex


def test_links_of_an_e_book_reach_tabs_and_the_headings_in_them(tabbed: MiniSite) -> None:
    out = tabbed.build("epub").out
    page = BeautifulSoup((out / "index.xhtml").read_text(encoding="utf-8"), "html.parser")
    for anchor, name in (("inner", "h3"), ("tab-second", "h2")):
        assert only(page.find("a", href=f"#{anchor}")).get_text()
        section = only(page.find("section", id=anchor))
        assert only(section.find(name))
    assert [h.get_text() for h in page.find_all("h2")] == ["First", "Second"]


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "man"])
def test_tabs_in_a_list_are_no_sections(tabbed: MiniSite, builder: str) -> None:
    tabs = PAGE.partition("::::{tab-set}")
    inner = "".join(tabs[1:]).partition("After.")[0]
    tabbed.conf('man_pages = [("index", "mini", "", "", 1)]\n')
    tabbed.page("# T\n\n- item\n\n" + textwrap.indent(inner, "  "))
    built = tabbed.build(builder)
    assert (built.status, built.problems) == (0, "")


def test_a_page_without_tabs_is_left_alone(tabbed: MiniSite) -> None:
    tabbed.page("# T\n\n```{rubric} A bare rubric\n```\n\nText.\n")
    page = tabbed.build().page()
    assert only(page.find(class_="rubric")).name == "p"
