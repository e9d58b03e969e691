"""The page of the site's health: what it tells, when it is written, and what warns."""

import re

import pytest

from dlcv_sphinx.weight import Scale
from minisite import Built, MiniSite, kept, mini_in, only

CONF = """
extensions.append("sphinxcontrib.bibtex")
bibtex_bibfiles = ["books.bib"]
"""
BUDGET = """
dlcv_budget = {"first-view": 500, "in-all": 900, "script": 80, "frame": 60}
"""
FIGURES = """
@figure(alt="{n}.", sweep=Sweep("n", [2, 4, 8], label="n"))
def steps(*, n: int = 2) -> Drawing:
    '''Draw more and more points.'''
    return Drawing(picture(n), facts={"n": n})


@figure(alt="{n}.")
def still(*, n: int = 2) -> Drawing:
    '''Draw two points.'''
    return Drawing(picture(n), facts={"n": n})


@example
def add():
    '''Add.'''
    return {"n": 2}
"""
MODULE = """---
category: Basics
one-line: All of it
minutes: 20
---

# Alpha <1>

```{dlcv-figure} alpha.steps
:name: fig-steps
{n} points.
```

```{dlcv-figure} alpha.still
:name: fig-still
{n} points.
```

```{worked-example} alpha.add
:name: ex-add
:title: Add
It gives {n}.
```

$x$ as in {cite:p}`one`.

```{question} Why?
So.
```
"""
INDEX = """# Start

{ref}`site-health`

```{toctree}
alpha
terms
```
"""
TERMS = """# Terms

```{glossary}
one
  A term.

two
  A term.
```

```{bibliography}
```
"""
BOOKS = "@book{one, title={One}, author={A. Author}, year={2001}, publisher={P}}\n"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build a course of one module with budgets that it keeps, and keep it beside the site."""
    folder = tmp_path_factory.mktemp("first")
    site = mini_in(folder / "site")
    site.conf(CONF + BUDGET)
    (site.folder / "books.bib").write_text(BOOKS)
    site.module(FIGURES, "alpha")
    site.page(INDEX)
    site.page(MODULE, "alpha")
    site.page(TERMS, "terms")
    built = site.build()
    assert (built.status, built.problems) == (0, "")
    site.keep()
    return built


@pytest.fixture
def site(first: Built) -> MiniSite:
    """Return the site as the first build left it."""
    return kept(first)


def rows(built: Built, heading: str) -> list[list[str]]:
    """Return the table behind a heading, without its head."""
    page = built.page("health")
    start = only(page.find(re.compile("h[23]|summary"), string=heading))
    found = only(start.find_next("tbody")).find_all("tr")
    return [[cell.get_text().strip() for cell in row.find_all("td")] for row in found]


def test_it_counts_what_the_site_holds(first: Built) -> None:
    told = only(first.page("health").find(class_="lead")).find_next("p")
    assert only(told).get_text() == (
        "3 pages · 1 module · 0 formulas · 2 figures · 4 frames · 1 worked example · "
        "1 question · 2 terms · 1 source"
    )


def test_it_tells_what_each_page_weighs_and_links_to_it(first: Built) -> None:
    found = {row[0]: row[1:] for row in rows(first, "Pages")}
    assert found.keys() == {"Start", "Alpha <1>", "Terms"}
    weight = Scale(first.out).weigh(first.out / "alpha.html")
    sizes = (weight.html, weight.gzipped, weight.first_view, weight.in_all, weight.whole)
    html, sent, *others = (f"{size / 1000:.0f}" for size in sizes)
    assert found["Alpha <1>"] == [f"{html}, {sent}", *others]
    links = {str(a["href"]) for a in only(first.page("health").find("table")).find_all("a")}
    assert links == {"index.html", "alpha.html", "terms.html"}


def test_it_tells_what_the_figures_of_each_module_took(first: Built) -> None:
    (module,) = rows(first, "Figures")
    assert module[:3] == ["Alpha <1>", "2", "4"]
    slowest = rows(first, "The slowest for a frame")
    assert {row[0]: row[1] for row in slowest} == {"alpha.steps": "3", "alpha.still": "1"}
    assert [float(row[3]) for row in slowest] == sorted(
        (float(row[3]) for row in slowest), reverse=True
    )
    for _, frames, seconds, a_frame in slowest:
        assert float(a_frame) == pytest.approx(float(seconds) / int(frames), abs=0.01)
    assert float(module[3]) == pytest.approx(sum(float(row[2]) for row in slowest), abs=0.06)


def test_it_is_linked_by_a_label_and_neither_found_nor_indexed(first: Built) -> None:
    link = only(first.page().find("a", string="Site health"))
    assert link["href"] == "health.html"
    assert '"docnames":["alpha","index","terms"]' in (first.out / "searchindex.js").read_text()
    robots = only(first.page("health").find("meta", attrs={"name": "robots"}))
    assert robots["content"] == "noindex"


def test_it_is_written_again_only_when_a_page_is(site: MiniSite, first: Built) -> None:
    page = first.out / "health.html"
    before = page.stat().st_mtime_ns
    assert site.build().status == 0
    assert page.stat().st_mtime_ns == before
    site.page(TERMS.replace("two", "three"), "terms")
    assert site.build().status == 0
    assert page.stat().st_mtime_ns > before


def test_bytes_above_a_budget_warn_in_every_build_and_seconds_never(site: MiniSite) -> None:
    site.conf("dlcv_budget = {'first-view': 2, 'frame': 0.001}\n")
    for _ in range(2):
        built = site.build()
        (problem,) = built.problems.splitlines()
        assert built.status == 1
        told = r"alpha.md: WARNING: budget 'first-view': [\d.]+ KB, 2 KB are allowed; "
        assert re.match(told + r"most at first view are (\S+ [\d.]+ KB(, )?){3} ", problem)
        assert problem.endswith("[dlcv.budget]")
    marked = [li.get_text() for li in only(built.page("health").find("ul")).find_all("li")]
    assert [text[0] for text in marked] == ["✗", "✗"]
    assert "(Alpha <1>)" in marked[0]
    assert all(row[3].startswith("✗") for row in rows(built, "The slowest for a frame"))
    site.conf("suppress_warnings = ['dlcv.budget']\n")
    assert site.build().status == 0


def test_without_budgets_there_is_no_page_and_no_label(site: MiniSite) -> None:
    (site.folder / "_build/html/health.html").unlink()
    site.conf("dlcv_budget = {}\n")
    site.page(INDEX + "\nMore.\n")
    built = site.build(strict=False)
    assert "undefined label: 'site-health'" in built.problems
    assert not (built.out / "health.html").exists()


@pytest.mark.parametrize("budget", ["{'page': 3}", "{'script': 0}", "{'frame': 'long'}"])
def test_a_budget_that_nobody_can_keep_is_refused(site: MiniSite, budget: str) -> None:
    site.conf(f"dlcv_budget = {budget}\n")
    built = site.build()
    assert built.status == 2
    assert "limit above 0 of first-view, frame, in-all, script" in built.problems + built.output
