"""Named formulas: what a page gets, how links show them, and what is refused."""

import pytest

from minisite import MiniSite, only

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


def test_a_formula_has_a_number_a_name_and_its_symbols(mini: MiniSite) -> None:
    mini.page(GOOD)
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    page = built.page()
    box = only(page.find(class_="formula"))
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


def test_a_formula_has_one_id_and_one_number(mini: MiniSite) -> None:
    mini.page(GOOD)
    page = mini.build().page()
    ids = [str(tag["id"]) for tag in page.find_all(id=True)]
    assert ids.count("equation-eq-line-sum") == 1
    assert len(ids) == len(set(ids))
    assert only(page.find(id="equation-eq-line-sum"))["class"] == ["formula"]
    assert page.find(class_="eqno") is None


def test_links_show_the_number_or_the_name(mini: MiniSite) -> None:
    mini.page(GOOD)
    links = mini.build().page().find_all("a", class_="internal", href="#equation-eq-line-sum")
    assert [link.get_text() for link in links] == ["(1)", "Weighted sum"]


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_a_theme_that_wraps_formulas_makes_no_second_id(mini: MiniSite, theme: str) -> None:
    mini.conf(f"html_theme = {theme!r}\n")
    mini.page(GOOD)
    page = mini.build().page()
    assert len(page.find_all(id="equation-eq-line-sum")) == 1
    assert page.find(class_="eqno") is None


def test_text_and_latex_get_the_formula_and_its_symbols(mini: MiniSite) -> None:
    mini.page(GOOD)
    text = (mini.build("text").out / "index.txt").read_text(encoding="utf-8")
    assert "Weighted *sum*" in text
    assert "For n \\ge 1 inputs." in text
    (tex,) = mini.build("latex").out.glob("mini.tex")
    assert r"\label{equation:index:eq-line-sum}" in tex.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (PAGE, "a symbol is '$symbol$ | meaning | values', not '$P(a \\\\mid b)$ | a chance | of"),
        (GOOD.replace("line-sum", "Line_Sum"), "'Line_Sum' is no id of a formula: small letters"),
        (GOOD.replace(":title: Weighted *sum*\n", ""), "formula 'line-sum' needs :title:"),
        (":::{formula} x\n:title: T\n\n$x$ | a | b\n:::", "formula 'x' is empty"),
        (
            GOOD.replace("toy.line\n", "toy.lime\n"),
            "'eq-line-sum' implements 'toyfigures.toy.lime'",
        ),
        (GOOD.replace(r"\sum_i", r"\nonsense"), "Unknown command"),
    ],
)
def test_a_wrong_formula_is_an_error_at_its_line_in_every_build(
    mini: MiniSite, source: str, message: str
) -> None:
    mini.page(source.partition("\nSee")[0])
    for _ in range(2):
        built = mini.build()
        assert built.status == 1
        errors = [line for line in built.problems.splitlines() if ": ERROR: " in line]
        assert len(errors) == 1, built.problems
        assert message in errors[0]
        assert errors[0].startswith("index.md:")


def test_a_label_that_is_used_twice_is_told(mini: MiniSite) -> None:
    mini.page("# T\n\n" + 2 * ":::{formula} a\n:title: T\n\nx\n:::\n\n")
    assert "duplicate label of equation eq-a" in mini.build().problems
