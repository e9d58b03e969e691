"""The e-book: valid, complete, and readable where nothing can be clicked."""

import json
import posixpath
import re
import subprocess
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

from bs4 import BeautifulSoup

from forms import Forms
from minisite import only

MODULE = "modules/perceptron.xhtml"
Pages = dict[str, BeautifulSoup]


def test_the_checker_finds_nothing(forms: Forms, epubcheck: list[str], tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    subprocess.run(
        [*epubcheck, forms.epub, "--json", report, "--quiet"], capture_output=True, check=False
    )
    told = json.loads(report.read_text(encoding="utf-8"))
    found = [
        f"{m['severity']} {m['ID']}: {m['message']} {m['locations'][:1]}" for m in told["messages"]
    ]
    assert told["checker"]["checkerVersion"]
    assert found == []


def test_tabs_are_sections_in_their_order(pages: Pages, tabs: list[str]) -> None:
    page = pages[MODULE]
    assert [heading.get_text() for heading in page.find_all("h2")] == tabs
    levels = [int(h.name[1]) for h in page.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1
    assert max(after - before for before, after in pairwise(levels)) == 1


def test_the_contents_of_the_book_list_the_tabs(pages: Pages, tabs: list[str]) -> None:
    links = pages["nav.xhtml"].find_all("a")
    assert [a.get_text() for a in links if f"{MODULE}#perceptron-tab-" in str(a["href"])] == tabs


def test_no_page_needs_a_click_or_a_script(pages: Pages) -> None:
    for name, page in pages.items():
        assert page.find(["input", "script", "button", "svg", "form", "fieldset"]) is None, name
        assert all(details.has_attr("open") for details in page.find_all("details")), name


def test_answers_follow_their_questions(pages: Pages, root: Path) -> None:
    page = pages[MODULE]
    source = (root / "modules/perceptron.md").read_text(encoding="utf-8")
    predictions = page.find_all("div", class_="predict")
    assert len(predictions) == source.count(":::{predict}") > 0
    for box in predictions:
        assert len(only(box.find("ul")).find_all("li")) > 1
        assert only(box.find(class_="answer")).get_text().strip()
    assert len(page.find_all("details", class_="question")) == source.count(":::{question}") > 0


def test_pages_with_formulas_are_declared_and_no_others(forms: Forms, pages: Pages) -> None:
    with ZipFile(forms.epub) as book:
        manifest = book.read("content.opf").decode()
    declared = set(re.findall(r'<item [^>]*href="(\S+)" [^>]*properties="mathml"', manifest))
    assert declared == {name for name, page in pages.items() if page.find("math")}
    assert MODULE in declared


def test_every_page_says_its_language(pages: Pages) -> None:
    for name, page in pages.items():
        html = only(page.find("html"))
        assert (html["lang"], html["xml:lang"]) == ("en", "en"), name


def test_the_book_holds_what_its_pages_link_and_little_else(forms: Forms, pages: Pages) -> None:
    with ZipFile(forms.epub) as book:
        held = {name for name in book.namelist() if not name.endswith("/")}
        sheets = {name: book.read(name).decode() for name in held if name.endswith(".css")}
    linked = {
        posixpath.normpath(posixpath.join(posixpath.dirname(name), str(tag[attribute])))
        for name, page in pages.items()
        for kind, attribute in (("img", "src"), ("link", "href"))
        for tag in page.find_all(kind)
    }
    assert linked <= held
    for name in held - linked:
        if name.startswith(("_static/", "_images/")):
            assert any(posixpath.basename(name) in text for text in sheets.values()), name
    assert "_static/dlcv-math.woff2" in held


def test_every_figure_is_there_with_its_alternative_text(pages: Pages, root: Path) -> None:
    source = (root / "modules/perceptron.md").read_text(encoding="utf-8")
    figures = pages[MODULE].find_all("figure", class_="dlcv-figure")
    assert len(figures) == source.count("```{dlcv-figure}") > 0
    for figure in figures:
        assert all(str(image["alt"]).strip() for image in figure.find_all("img")), figure["id"]
        assert figure.find("img")
