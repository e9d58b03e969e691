"""The directive and the role: what a page gets, builder by builder."""

import re
from collections.abc import Callable
from functools import cache

import pytest

from minisite import LINE, Built, MiniSite, mini_in, only

PAGE = r"""# Title

```{dlcv-figure} toy.line
:name: fig-a
:args: n=7
:figclass: special
:width: 50%
:align: center
:loading: eager
A line of {n} points, $x = \fact{low:.2f}$, **{top}** at {low}, [a link](https://example.org).

A legend, {n} again.
```

See {numref}`fig-a` and {ref}`fig-a`.
It has {fact}`fig-a.n` points, by default {fact}`toy.line.n`; {fact}`toy.line.is_up:up|down`,
{fact}`fig-a.names[1]` of {fact}`fig-a.names` and $\fact{toy.line.low}$.
Code keeps `{n}` as it is.
"""


GATE = """
@example
def gate(*, rate: float = 1.0) -> dict:
    '''A gate.'''
    return {"z": [0, -1], "wrong": [True, False], "b": -1.0, "n": 3}
"""
OWN = """# T

```{dlcv-figure} toy.line
:alt: Own "b" <b> & {n}
```
"""
EXAMPLE = r"""# T

:::{worked-example} toy.gate
:name: ex-a
:title: A gate
After {n}, $b=\fact{b}$.

```{fact-table}
:wrong: wrong
$|z|$ | {z}
Verdict | {wrong:✗ wrong|✓ right}
Count | {n}
```
:::

{numref}`ex-a`, {ref}`ex-a`, {fact}`ex-a.n`.
"""


@pytest.fixture(scope="module")
def html(shared: MiniSite) -> Built:
    """Build the page, one with an alternative text of its own, and one with an example."""
    shared.module(LINE + GATE)
    shared.page(PAGE + "\n```{toctree}\nown\nexample\n```\n")
    shared.page(OWN, "own")
    shared.page(EXAMPLE, "example")
    return shared.build()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Build once with each builder what all can: numref is HTML's and LaTeX's."""
    site = mini_in(tmp_path_factory.mktemp("built"))
    site.page(PAGE.replace("{numref}`fig-a` and ", ""))
    site.conf('author = copyright = "A"\nversion = "1"\nepub_show_urls = "no"\n')
    site.conf('man_pages = [("index", "mini", "", "", 1)]\n')
    site.conf('suppress_warnings = ["epub.unknown_project_files"]\n')
    return cache(site.build)


def test_html_gets_one_figure_with_a_light_and_a_dark_image(html: Built) -> None:
    assert (html.status, html.problems) == (0, "")
    (figure,) = html.page().find_all("figure")
    assert figure["id"] == "fig-a"
    assert figure["data-figure"] == "toy.line"
    assert figure["class"] == ["dlcv-figure", "special", "align-center"]
    assert figure["style"] == "width: 50%"
    light, dark = figure.find_all("img")
    assert (light["class"], dark["class"]) == (["dlcv-light"], ["dlcv-dark"])
    for image in (light, dark):
        assert image["alt"] == "A line of 7 points up to 6."
        assert (image["width"], image["height"], image["loading"]) == ("480", "384", "eager")
        assert re.fullmatch(r"_images/toy-line-[0-9a-f]{12}-(light|dark)\.svg", str(image["src"]))
        assert (html.out / str(image["src"])).is_file()
    assert figure.find("a", class_="image-reference") is None


def test_facts_stand_in_caption_legend_prose_and_formulas(html: Built) -> None:
    page = html.page()
    caption = only(page.find("figcaption"))
    assert caption.find("strong", string="6")
    assert caption.find("a", href="https://example.org")
    text = " ".join(caption.get_text().split())
    assert text.startswith("Fig. 1 A line of 7 points,")
    assert "\N{MINUS SIGN}1.5" in text
    assert "A legend, 7 again." in text
    assert "-1.50" in str(caption.find("math"))
    prose = " ".join(page.get_text().split())
    assert "It has 7 points, by default 5; up, b of a, b and" in prose
    assert "Code keeps {n} as it is." in prose


def test_a_link_shows_the_number_and_the_caption_with_facts(html: Built) -> None:
    page = html.page()
    number, caption = (only(link) for link in page.find_all("a", class_="internal", href="#fig-a"))
    assert number.get_text() == "Fig. 1"
    assert caption.get_text().startswith("A line of 7 points")


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "man", "dummy", "xml"])
def test_every_builder_gets_facts_and_no_open_template(
    built: Callable[[str], Built], builder: str
) -> None:
    made = built(builder)
    assert (made.status, made.problems) == (0, "")
    files = [p for p in made.out.rglob("*") if p.suffix in {".txt", ".tex", ".xhtml", ".1", ".xml"}]
    if builder != "dummy":
        text = " ".join(" ".join(p.read_text(encoding="utf-8") for p in files).split())
        assert re.search(r"has 7\s+points, by default 5", text)
        assert "{top}" not in text
        assert "fact{" not in text


def test_latex_gets_a_pdf_and_text_the_alternative_text(built: Callable[[str], Built]) -> None:
    pictures = built("latex").out.glob("toy-line-*.pdf")
    assert [p.read_bytes()[:5] for p in pictures] == [b"%PDF-"]
    text = built("text").out / "index.txt"
    assert "[A line of 7 points up to 6.]" in text.read_text(encoding="utf-8")


def test_translators_get_the_caption_as_it_was_written(mini: MiniSite) -> None:
    mini.page(PAGE)
    built = mini.build("gettext")
    assert built.status == 0
    catalogue = (built.out / "index.pot").read_text(encoding="utf-8")
    assert r"A line of {n} points, $x = \\fact{low:.2f}$" in catalogue
    assert not mini.files()


def test_a_page_may_say_its_own_alternative_text(html: Built) -> None:
    assert {image["alt"] for image in html.page("own").find_all("img")} == {'Own "b" <b> & 5'}


def test_a_worked_example_tells_facts_in_prose_formulas_and_rows(html: Built) -> None:
    page = html.page("example")
    box = only(page.find("div", class_="worked-example"))
    assert box["id"] == "ex-a"
    assert only(box.find(class_="worked-example-kind")).get_text() == "Paper & Pain 1"
    rows = [[cell.get_text().strip() for cell in row.find_all("td")] for row in box.find_all("tr")]
    assert rows[1:] == [["0", "✗ wrong", "3"], ["\N{MINUS SIGN}1", "✓ right", "3"]]
    assert ["is-wrong" in row["class"] for row in box.find_all("tr")] == [False, True, False]
    assert "Example 1, A gate, 3." in page.get_text()


def test_a_figure_whose_facts_are_tabled_below_it_is_drawn_all_the_same(mini: MiniSite) -> None:
    table = "```{fact-table} toy.line\nName | {names}\n```\n"
    mini.page(f"# T\n\n```{{dlcv-figure}} toy.line\n:name: fig-a\nCaption.\n```\n\n{table}")
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    assert len(built.page().find_all("img", class_=["dlcv-light", "dlcv-dark"])) == 2


def test_a_link_by_number_reads_no_other_page(mini: MiniSite) -> None:
    mini.conf(
        "from sphinx.domains.std import StandardDomain\n"
        "def refuse(*_): raise AssertionError('the page was read')\n"
        "StandardDomain._resolve_numref_xref = refuse\n"
    )
    mini.page("# T\n\n```{dlcv-figure} toy.line\n:name: fig-a\nUp.\n```\n\n```{toctree}\nb\n```\n")
    mini.page("# B\n\nSee {numref}`fig-a`.\n", "b")
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    link = only(built.page("b").find("a", href="index.html#fig-a"))
    assert link.get_text() == "Fig. 1"
