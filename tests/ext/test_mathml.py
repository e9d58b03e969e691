"""LaTeX to MathML Core: what the converter needs before and after, and errors at their line."""

import pytest
from bs4 import BeautifulSoup
from math_core import LatexError

from dlcv_sphinx.mathml import to_mathml
from minisite import MiniSite, only


def parts(tex: str, *, display: bool = True, xml: bool = False) -> BeautifulSoup:
    return BeautifulSoup(to_mathml(tex, display=display, xml=xml), "html.parser")


@pytest.mark.parametrize("environment", ["aligned", "align", "align*", "split", "eqnarray"])
def test_rows_of_every_environment_become_a_table(environment: str) -> None:
    tex = rf"\begin{{{environment}}} a &= b \\[1ex] c &= d \end{{{environment}}}"
    found = parts(tex)
    assert len(found.find_all("mtr")) == 2
    found.annotation.decompose()  # type: ignore[union-attr]  # there is one
    assert "1ex" not in found.get_text()


def test_bare_rows_of_a_displayed_formula_are_aligned() -> None:
    assert len(parts(r"a &= b \\ c &= d").find_all("mtr")) == 2


def test_the_annotation_is_what_a_reader_copies() -> None:
    annotation = parts(r"\frac{1}{2}").find("annotation")
    assert annotation is not None
    assert annotation.get_text() == r"\frac{1}{2}"


def test_arrows_and_bars_stand_above_their_letter_in_chromium() -> None:
    """As combining marks they would stand beside it."""
    for tex in (r"\vec v", r"\overline{ab}"):
        text = to_mathml(tex, display=False)
        assert "\N{COMBINING RIGHT ARROW ABOVE}" not in text
        assert "\N{COMBINING LOW LINE}" not in text
        assert "<mover" in text


@pytest.mark.parametrize("tex", [r"f(x)\sin x", r"\log_2 n", r"\max_i x_i", r"a \, b"])
def test_xml_holds_no_entity_but_its_own(tex: str) -> None:
    text = to_mathml(tex, display=True, xml=True)
    entities = {part.partition(";")[0] for part in text.split("&")[1:]}
    assert entities <= {"lt", "gt", "amp", "quot"}
    assert "displaystyle" not in text


def test_macros_stand_in_for_what_the_converter_does_not_know() -> None:
    found = parts(r"\sum_{\substack{i < n \\ i \ne j}} a_i \hdots")
    assert found.find("mtable") is not None


def test_one_formula_defines_no_macro_for_the_next() -> None:
    to_mathml(r"\newcommand{\own}{x} \own", display=False)
    with pytest.raises(LatexError):
        to_mathml(r"\own", display=False)


def test_numbers_are_linked_and_stand_beside_their_formula(mini: MiniSite) -> None:
    mini.page("# T\n\n$$\na = b\n$$ (eq-a)\n\nSee {eq}`eq-a` and $c < d$.\n")
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    page = built.page()
    number = page.find("span", class_="eqno")
    assert number is not None
    assert number.get_text().startswith("(1)")
    assert page.find("a", href="#equation-eq-a", class_="internal") is not None
    assert len(page.find_all(id="equation-eq-a")) == 1
    block = page.find("div", class_="math")
    assert block is not None
    assert (block["role"], block["aria-label"]) == ("group", "Equation 1")
    assert page.find("script", src=lambda s: bool(s) and "mathjax" in str(s).lower()) is None


def test_a_formula_that_alone_names_a_column_or_a_choice_has_its_signs_as_a_name(
    mini: MiniSite,
) -> None:
    table = "| | $x_i$ | of $y$ |\n|---|---|---|\n| first | $z$ | 1 |\n"
    predict = "```{predict} Which?\n- $a < b$\n- none\n\nThe first.\n```\n"
    mini.page(f"# T\n\n{table}\n{predict}")
    built = mini.build()
    assert (built.status, built.problems) == (0, "")
    named = [str(math["aria-label"]) for math in built.page().select("math[aria-label]")]
    assert named == ["x i", "a < b"]
    corner = only(built.page().select_one("thead td"))
    assert corner.get_text() == ""
    assert len(built.page().select("thead th")) == 2


def test_a_formula_stays_on_the_line_of_its_brackets_and_of_the_sign_behind_it(
    mini: MiniSite,
) -> None:
    mini.page("# T\n\nOne ($a$), two $b$. Three “$c$” and $d$ alone, ±$e$\n")
    built = mini.build()
    page = built.page()
    for math in page.find_all("math"):
        math.replace_with(only(math.find("annotation")).get_text())
    assert [span.get_text() for span in page.select(".keep")] == ["(a),", "b.", "“c”", "±e"]
    assert only(page.find("p")).get_text() == "One (a), two b. Three “c” and d alone, ±e"


def test_wrong_latex_is_an_error_at_its_line_in_every_build(mini: MiniSite) -> None:
    mini.page("# T\n\nText $\\nonsense{x}$.\n\n$$\n\\frac{1\n$$\n")
    for _ in range(2):
        built = mini.build()
        assert built.status == 1
        first, second = built.problems.splitlines()
        assert first.startswith("index.md:3: ERROR: formula '\\\\nonsense{x}'")
        assert second.startswith("index.md:5: ERROR: formula")
        shown = [e.get_text() for e in built.page().find_all(class_="dlcv-error")]
        assert shown == ["\\nonsense{x}", "\\frac{1"]
