"""Tabs: real headings, entries in the contents, and sections where nothing can be clicked."""

import re
import textwrap
from collections.abc import Callable
from functools import cache

import pytest
from bs4 import BeautifulSoup

from minisite import Built, MiniSite, only

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


TAB_SET = "::::{tab-set}" + PAGE.partition("::::{tab-set}")[2].partition("After.")[0]
IN_LIST = TAB_SET.replace("(inner)=", "(within)=").replace(":name: tab", ":name: item")
FILES = {"text": "index.txt", "latex": "index.tex", "epub": "index.xhtml"}


@pytest.fixture(scope="module")
def built(shared: MiniSite) -> Callable[[str], Built]:
    """Build once with each builder: the page, one with tabs in a list, and one without tabs."""
    shared.conf('extensions.append("sphinx_design")\nhtml_theme = "furo"\n')
    shared.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    shared.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    names = ["index", "list", "plain"]
    shared.conf(f"latex_documents = [(n, n + '.tex', n, 'A', 'manual') for n in {names}]\n")
    shared.conf(f"man_pages = [(n, n, '', '', 1) for n in {names}]\n")
    shared.page(PAGE)
    head = "---\norphan: true\n---\n\n# T\n\n"
    shared.page(f"{head}- item\n\n" + textwrap.indent(IN_LIST, "  "), "list")
    shared.page(f"{head}```{{rubric}} A bare rubric\n```\n\nText.\n", "plain")
    return cache(shared.build)


@pytest.mark.parametrize("builder", ["html", "text", "latex", "epub", "man"])
def test_no_builder_complains_also_not_of_tabs_in_a_list(
    built: Callable[[str], Built], builder: str
) -> None:
    assert (built(builder).status, built(builder).problems) == (0, "")


def test_headings_in_tabs_are_headings_of_the_right_level(built: Callable[[str], Built]) -> None:
    headings = built("html").page().find_all(["h1", "h2", "h3", "h4", "h5"])
    told = [(h.name, h.get_text().rstrip("\N{PILCROW SIGN}")) for h in headings]
    assert told == [
        ("h1", "Title"),
        ("h2", "First"),
        ("h3", "Inner heading"),
        ("h4", "Deeper"),
        ("h2", "Second"),
    ]


def test_the_contents_of_the_page_list_tabs_and_their_headings(
    built: Callable[[str], Built],
) -> None:
    page = built("html").page()
    links = [(a.get_text(), a["href"]) for a in only(page.find(class_="toc-tree")).find_all("a")]
    assert [text for text, _ in links] == ["Title", "First", "Inner heading", "Deeper", "Second"]
    ids = {str(tag["id"]) for tag in page.find_all(id=True)}
    assert {str(href).removeprefix("#") for _, href in links[1:]} <= ids


def test_a_link_to_a_heading_in_a_tab_shows_its_title(built: Callable[[str], Built]) -> None:
    page = built("html").page()
    assert only(page.find("a", class_="internal", href="#inner")).get_text() == "Inner heading"
    assert page.find(id="inner")


@pytest.mark.parametrize("builder", FILES)
def test_other_builders_get_the_tabs_one_below_the_other(
    built: Callable[[str], Built], builder: str
) -> None:
    text = (built(builder).out / FILES[builder]).read_text(encoding="utf-8")
    places = [text.index(part) for part in ("Inner heading", "Alpha text", "Beta text", "After.")]
    assert places == sorted(places)
    assert text.count("First") >= 1
    assert "<input" not in text


def test_tabs_and_their_headings_are_sections_of_a_book(built: Callable[[str], Built]) -> None:
    tex = (built("latex").out / "index.tex").read_text(encoding="utf-8")
    headings = re.findall(r"^\\(chapter|(?:sub)*section)(\*?)\{(.*)\}$", tex, re.MULTILINE)
    assert headings == [
        ("chapter", "", "First"),  # the title of the only page is the title of the book
        ("section", "", "Inner heading"),
        ("subsection", "", "Deeper"),
        ("chapter", "", "Second"),
    ]
    assert r"\label{\detokenize{index:tab-first}}" in tex
    assert r"\label{\detokenize{index:inner}}" in tex


@pytest.mark.parametrize("builder", ["text", "latex", "epub"])
def test_tabs_in_a_list_stay_in_their_item(built: Callable[[str], Built], builder: str) -> None:
    name = FILES[builder].replace("index", "list")
    text = (built(builder).out / name).read_text(encoding="utf-8")
    places = [text.index(part) for part in ("item", "First", "Alpha text", "Beta text")]
    assert places == sorted(places)


def test_links_of_an_e_book_reach_tabs_and_the_headings_in_them(
    built: Callable[[str], Built],
) -> None:
    out = built("epub").out
    page = BeautifulSoup((out / "index.xhtml").read_text(encoding="utf-8"), "html.parser")
    for anchor, name in (("inner", "h3"), ("tab-second", "h2")):
        assert only(page.find("a", href=f"#{anchor}")).get_text()
        section = only(page.find("section", id=anchor))
        assert only(section.find(name))
    assert [h.get_text() for h in page.find_all("h2")] == ["First", "Second"]


def test_a_page_without_tabs_is_left_alone(built: Callable[[str], Built]) -> None:
    assert only(built("html").page("plain").find(class_="rubric")).name == "p"
