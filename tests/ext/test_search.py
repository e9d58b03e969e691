"""The search: what of a page is found, and that an index is made when it is needed."""

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest

from dlcv_sphinx.sections import sections
from minisite import CONF, LINE, Built, MiniSite, only

MODULE = r"""---
category: Foundations
one-line: What a margin is
minutes: 5
---

(margins)=
# Margins & `more`

Words before all tabs. {eq}`eq-line-sum`

::::{tab-set}

:::{tab-item} First
:name: tab-first

(inner)=
### Inner $x$ heading

Alpha text with $\frac{a}{b}$ in it.
:::

:::{tab-item} Second
:name: tab-second

```{formula} line-sum
:title: Weighted sum

z = \sum_i w_i x_i

$w_i$ | weight | $\mathbb R$
```

(deeper)=
### Deeper

```{formula} line-mean
:title: Mean

m = z / n
```

```{worked-example} toy.sum
:name: ex-sum
:title: A sum by hand

Beta text, signal--noise.
```
:::
::::
"""
INDEX = """# Start

```{formula} plain
:title: Outside of tabs

y = x
```

## A section

Gamma text.

:::{div} no-search
Repeated text.
:::

```{glossary}
bias
  Delta text.
```

```{toctree}
margins
hidden
```
"""
HIDDEN = """---
no-search: true
---

# Hidden

Secret text.
"""
EXAMPLE = """
@example
def sum():
    return {"n": 1}
"""


def site_in(folder: Path) -> MiniSite:
    (folder / "conf.py").write_text(CONF)
    site = MiniSite(folder)
    site.conf('extensions.append("sphinx_design")\nhtml_theme = "furo"\nauthor = "A"\n')
    site.module(LINE + EXAMPLE)
    site.page(INDEX)
    site.page(MODULE, "margins")
    site.page(HIDDEN, "hidden")
    return site


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> MiniSite:
    """A site with a module, built once."""
    return site_in(tmp_path_factory.mktemp("search"))


@pytest.fixture(scope="module")
def built(site: MiniSite) -> Built:
    """That site as HTML, without a warning."""
    built = site.build()
    assert (built.status, built.problems) == (0, "")
    return built


def found(built: Built) -> dict[str, dict[str, Any]]:
    """Return what an index leads to, by address."""
    texts = [gzip.decompress(path.read_bytes()) for path in built.out.glob("pagefind/fragment/*")]
    records = [json.loads(text.removeprefix(b"pagefind_dcd")) for text in texts]
    return {record["url"]: record for record in records}


def test_headings_formulas_terms_and_examples_are_found_each_at_its_place(built: Built) -> None:
    told = {url: (r["meta"]["title"], r["meta"]["where"]) for url, r in found(built).items()}
    assert told == {
        "/index.html#start": ("Start", ""),
        "/index.html#equation-eq-plain": ("Outside of tabs", "Formula · Start"),
        "/index.html#a-section": ("A section", "Start"),
        "/index.html#term-bias": ("bias", "Term · Start"),
        "/margins.html#margins": ("Margins & more", "Module"),
        "/margins.html#tab-first-title": ("First", "Margins & more"),
        "/margins.html#inner": ("Inner x heading", "Margins & more · First"),
        "/margins.html#tab-second-title": ("Second", "Margins & more"),
        "/margins.html#equation-eq-line-sum": (
            "Weighted sum",
            "Formula · Margins & more · Second",
        ),
        "/margins.html#deeper": ("Deeper", "Margins & more · Second"),
        "/margins.html#equation-eq-line-mean": ("Mean", "Formula · Margins & more · Second"),
        "/margins.html#ex-sum": ("A sum by hand", "Paper & Pain · Margins & more · Second"),
    }


def test_every_address_leads_to_an_element(built: Built) -> None:
    for url in found(built):
        page, _, anchor = url.removeprefix("/").partition("#")
        assert built.page(page.removesuffix(".html")).find(id=anchor), url


def test_a_section_holds_its_words_and_nothing_else(built: Built) -> None:
    records = found(built)
    assert records["/margins.html#inner"]["content"] == "Alpha text with ab in it."
    assert records["/margins.html#ex-sum"]["content"] == "Beta text, signal-noise."
    assert records["/index.html#a-section"]["content"] == "Gamma text."
    assert records["/margins.html#deeper"]["content"] == "Deeper."  # nothing but a formula below
    assert records["/index.html#term-bias"]["content"] == "Delta text."
    formula = records["/margins.html#equation-eq-line-sum"]["content"]
    assert formula.split(". ")[1:] == ["wi", "weight", "\N{DOUBLE-STRUCK CAPITAL R}."]


def test_the_names_of_modules_and_formulas_can_weigh_more(built: Built) -> None:
    metas = [record["meta"] for record in found(built).values()]
    assert [meta["module"] for meta in metas if meta.get("kind") == "ismodule"] == [
        "Margins & more"
    ]
    formulas = {meta["formula"] for meta in metas if meta.get("kind") == "isformula"}
    assert formulas == {"Outside of tabs", "Weighted sum", "Mean"}


def test_only_the_search_page_asks_for_its_files_and_offers_the_kinds_there_are(
    built: Built,
) -> None:
    page = built.page("search")
    assert "Search" in only(page.find("title")).get_text()
    assert page.find("script", src=re.compile("dlcv-search")) is not None
    assert built.page("margins").find("script", src=re.compile("dlcv-search")) is None
    assert page.find("script", src=re.compile("searchindex|searchtools")) is None
    chips = [label.get_text().strip() for label in only(page.find("fieldset")).find_all("label")]
    assert chips == ["All", "Modules", "Formulas", "Terms", "Paper & Pain"]
    browse = only(page.find(id="dlcv-search-else")).find_all("a")
    assert [(a["href"], a.get_text()) for a in browse] == [
        ("index.html", "Start"),
        ("hidden.html", "Hidden"),
        ("genindex.html", "Index"),
    ]


def test_the_interfaces_of_pagefind_are_left_out(built: Built) -> None:
    scripts = {path.name for path in built.out.glob("pagefind/*.js")}
    assert scripts == {"pagefind.js", "pagefind-worker.js"}


def test_names_are_objects_of_sphinx_own_index(built: Built) -> None:
    text = (built.out / "searchindex.js").read_text(encoding="utf-8")
    index = json.loads(text.removeprefix("Search.setIndex(").removesuffix(")"))
    pages = index["docnames"]
    kinds = {number: name for number, (_, _, name) in index["objnames"].items()}
    named = {
        (name, kinds[str(kind)], f"{pages[page]}#{anchor}")
        for page, kind, _, anchor, name in index["objects"][""]
        if kinds[str(kind)] in {"formula", "heading"}
    }
    assert named == {
        ("Outside of tabs", "formula", "index#equation-eq-plain"),
        ("Weighted sum", "formula", "margins#equation-eq-line-sum"),
        ("Mean", "formula", "margins#equation-eq-line-mean"),
        ("First", "heading", "margins#tab-first-title"),
        ("Second", "heading", "margins#tab-second-title"),
        ("Inner x heading", "heading", "margins#inner"),
        ("Deeper", "heading", "margins#deeper"),
    }


def test_formulas_are_headings_one_level_below_the_heading_around(built: Built) -> None:
    for page, name, level in (
        ("index", "eq-plain", "h2"),
        ("margins", "eq-line-sum", "h3"),
        ("margins", "eq-line-mean", "h4"),
    ):
        title = only(built.page(page).find(id=f"{name}-title"))
        assert (title.name, title["class"]) == (level, ["formula-title"])
    contents = only(built.page("margins").find(class_="toc-tree")).get_text()
    assert "Deeper" in contents
    assert "Weighted sum" not in contents


def test_an_index_is_made_anew_only_after_a_page_was_written(site: MiniSite, built: Built) -> None:
    entry = built.out / "pagefind/pagefind-entry.json"
    made = entry.stat().st_mtime_ns
    assert site.build().status == 0
    assert entry.stat().st_mtime_ns == made
    site.page(MODULE.replace("Beta", "Epsilon"), "margins")
    again = site.build()
    assert found(again)["/margins.html#ex-sum"]["content"] == "Epsilon text, signal-noise."
    assert len(found(again)) == len(found(built))


def test_pages_that_are_folders_are_found_in_them(site: MiniSite) -> None:
    built = site.build("dirhtml")
    assert (built.status, built.problems) == (0, "")
    assert {"/#start", "/margins/#inner"} <= found(built).keys()


def test_an_e_book_has_neither_index_nor_headings_of_formulas(site: MiniSite) -> None:
    out = site.build("epub", strict=False).out
    assert not (out / "pagefind").exists()
    assert '<p class="formula-title">Mean</p>' in (out / "margins.xhtml").read_text("utf-8")


def test_a_failing_pagefind_is_one_warning_in_every_build(mini: MiniSite) -> None:
    mini.page("# Title\n\nText.\n")
    mini.environment["PAGEFIND_BINARY_PATH"] = "/nowhere/pagefind"
    for _ in range(2):
        built = mini.build()
        assert built.status == 1
        (line,) = built.problems.splitlines()
        assert line.startswith("WARNING: Pagefind made no index, so the search is Sphinx's: ")
        assert "FileNotFoundError" in line
        assert not (built.out / "pagefind").exists()


def test_without_the_package_the_search_is_that_of_the_theme(mini: MiniSite) -> None:
    mini.conf('import sys\nsys.modules["pagefind"] = None\n')
    mini.page("# Title\n\nText.\n")
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    assert not (built.out / "pagefind").exists()
    page = built.page("search")
    assert page.find(id="dlcv-search") is None
    assert page.find("script", src=re.compile("searchtools")) is not None


def test_a_heading_without_an_address_begins_no_section() -> None:
    page = (
        '<body><h1 id="logo">Theme</h1><div role="main"><h1>Bare</h1><p>One.</p>'
        '<h1>Title<a class="headerlink" href="#caf%C3%A9">¶</a></h1><p>Two.</p><h2>No link</h2>'
        "<p>Three.</p></div></body>"
    )
    (section,) = sections(page)
    assert (section.anchor, section.title, section.kind) == ("café", "Title", "page")
    assert "Two." in section.html
    assert "Three." in section.html
    assert "One." not in section.html
    assert list(sections("<body><p>Nothing but text.</p></body>")) == []
