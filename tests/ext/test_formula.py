"""Named formulas: what a page gets, how links show them, and what is refused."""

from collections.abc import Callable
from functools import cache

import pytest

from minisite import Built, MiniSite, mini_in, only, put_together

PAGE = r"""# Title

:::{formula} line-sum
:title: Weighted *sum*
:source: A book
:conditions: For $n \ge 1$ inputs.
:implements: toyfigures.toy.line

z = \sum_i w_i x_i
  + \fact{toy.line.low:.1f}

$w_i$        | weight             | $\mathbb R$
$P(a \mid b)$ | a chance | of two | from 0 to 1
:::

See {eq}`eq-line-sum` and {ref}`eq-line-sum`.
"""
GOOD = PAGE.replace("a chance | of two", "a chance of two")


@pytest.fixture(scope="module")
def built(shared: MiniSite) -> Callable[..., Built]:
    """Build the page, once with each builder and options."""
    shared.page(GOOD)
    return cache(shared.build)


def test_a_formula_has_a_number_a_name_and_its_symbols(built: Callable[..., Built]) -> None:
    html = built("html")
    assert (html.status, html.problems) == (0, "")
    box = only(html.page().find(class_="formula"))
    assert box["data-tex"] == "z = \\sum_i w_i x_i + -1.5"
    assert only(box.find(class_="formula-number")).get_text() == "1"
    assert only(only(box.find(class_="formula-title")).find("em")).get_text() == "sum"
    assert only(box.find(class_="formula-conditions")).find("math")
    for annotation in box.find_all("annotation"):
        annotation.decompose()
    rows = [[c.get_text() for c in row.find_all("td")] for row in box.find_all("tr")]
    assert [row[1:] for row in rows[1:]] == [
        ["weight", "\N{DOUBLE-STRUCK CAPITAL R}"],
        ["a chance of two", "from 0 to 1"],
    ]
    assert only(box.find("details"))["class"] == ["symbols"]
    assert (
        only(box.find(class_="formula-source")).get_text()
        == "Source: A book · computed by toyfigures.toy.line"
    )


def test_links_show_the_number_or_the_name(built: Callable[..., Built]) -> None:
    links = built("html").page().find_all("a", class_="internal", href="#equation-eq-line-sum")
    assert [link.get_text() for link in links] == ["(1)", "Weighted sum"]


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_a_formula_has_one_id_and_one_number_whatever_a_theme_wraps_around_it(
    built: Callable[..., Built], theme: str
) -> None:
    page = built("html", "-D", f"html_theme={theme}", out=theme).page()
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert ids.count("equation-eq-line-sum") == 1
    assert len(ids) == len(set(ids))
    assert only(page.find(id="equation-eq-line-sum"))["class"] == ["formula"]
    assert page.find(class_="eqno") is None


def test_text_and_latex_get_the_formula_and_its_symbols(built: Callable[..., Built]) -> None:
    text = (built("text").out / "index.txt").read_text(encoding="utf-8")
    assert "Weighted *sum*" in text
    assert "For n \\ge 1 inputs." in text
    (tex,) = built("latex").out.glob("mini.tex")
    assert r"\label{equation:index:eq-line-sum}" in tex.read_text(encoding="utf-8")


# By the id of the formula: what a page says, and the error.
WRONG = {
    "bar": (
        PAGE,
        "a symbol is '$symbol$ | meaning | values', not '$P(a \\\\mid b)$ | a chance | of",
    ),
    "Line_Sum": (GOOD, "'Line_Sum' is no id of a formula: small letters"),
    "title": (GOOD.replace(":title: Weighted *sum*\n", ""), "formula 'title' needs :title:"),
    "empty": (":::{formula} empty\n:title: T\n\n$x$ | a | b\n:::", "formula 'empty' is empty"),
    "lime": (
        GOOD.replace("toy.line\n", "toy.lime\n"),
        "'eq-lime' implements 'toyfigures.toy.lime'",
    ),
    "tex": (GOOD.replace(r"\sum_i", r"\nonsense"), "Unknown command"),
}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> list[Built]:
    """Build twice a site with a page for each wrong formula."""
    site = mini_in(tmp_path_factory.mktemp("wrong"))
    texts = {name: text.replace("line-sum", name) for name, (text, _) in WRONG.items()}
    pages = {name: text.removeprefix("# Title\n\n") for name, text in texts.items()}
    put_together(site, {name: text.partition("\nSee")[0] for name, text in pages.items()})
    return [site.build(), site.build()]


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_formula_is_an_error_at_its_line_in_every_build(
    wrong: list[Built], name: str
) -> None:
    for built in wrong:
        errors = [line for line in built.problems.splitlines() if line.startswith(f"{name}.md:")]
        assert len(errors) == 1, built.problems
        assert ": ERROR: " in errors[0]
        assert WRONG[name][1] in errors[0]
        assert built.status == 1


def test_a_label_that_is_used_twice_is_told(mini: MiniSite) -> None:
    mini.page("# T\n\n" + 2 * ":::{formula} a\n:title: T\n\nx\n:::\n\n")
    assert "duplicate label of equation eq-a" in mini.build().problems
