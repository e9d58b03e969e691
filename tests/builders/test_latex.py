"""The book: its parts, and what LaTeX makes of them."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from forms import Forms
from minisite import only

MODULE = "modules/perceptron"


def headings(tex: str, level: str) -> list[str]:
    return re.findall(rf"^\\{level}\{{(.*)\}}$", tex, re.MULTILINE)


def labels(root: Path, kind: str) -> list[str]:
    source = (root / f"{MODULE}.md").read_text(encoding="utf-8")
    return re.findall(rf"^:name: ({kind}-.*)$", source, re.MULTILINE)


def test_modules_are_the_chapters_between_a_preface_and_the_references(forms: Forms) -> None:
    tex = forms.tex
    assert headings(tex, "chapter") == [
        "How does a machine learn to see?",
        "The Perceptron",
        "Learning path",
        "References",
    ]
    order = [
        r"\frontmatter",
        r"\chapter{How does",
        r"\section{How to read a module}",
        r"\mainmatter",
        r"\chapter{The Perceptron}",
        r"\backmatter",
        r"\chapter{Learning path}",
        r"\chapter{References}",
        r"\begin{sphinxthebibliography}",
    ]
    places = [tex.index(part) for part in order]
    assert places == sorted(places)


def test_tabs_are_the_sections_of_a_chapter(forms: Forms, tabs: list[str]) -> None:
    chapter = forms.tex.partition(r"\chapter{The Perceptron}")[2].partition(r"\backmatter")[0]
    assert headings(chapter, "section") == tabs
    assert "What it is" in headings(chapter, "subsection")
    assert r"\label{\detokenize{modules/perceptron:perceptron-tab-math}}" in chapter


def test_the_head_of_a_module_tells_what_it_is_about(forms: Forms) -> None:
    head = forms.tex.partition(r"\chapter{The Perceptron}")[2].partition(r"\section")[0]
    assert r"\DUrole{lead}{The first learning linear classifier" in head
    assert r"\DUrole{strip}{Foundations · 45 minutes}" in head


def test_every_figure_is_a_vector_graphic_at_its_place(forms: Forms, root: Path) -> None:
    tex = forms.tex
    shown = re.findall(r"\\sphinxincludegraphics(?:\[.*?\])?\{\{(.*?)\}(\.\w+)\}", tex)
    assert {suffix for _, suffix in shown} == {".pdf"}
    for name, suffix in shown:
        assert (forms.latex / f"{name}{suffix}").read_bytes().startswith(b"%PDF-")
    n_figures = len(labels(root, "fig")) + 1  # the learning path has no label
    assert tex.count(r"\begin{figure}[H]") == tex.count(r"\begin{figure}") == n_figures


@pytest.mark.parametrize("kind", ["fig", "ex"])
def test_what_can_be_linked_has_its_label(forms: Forms, root: Path, kind: str) -> None:
    wanted = labels(root, kind)
    assert wanted
    for label in wanted:
        assert rf"\label{{\detokenize{{{MODULE}:{label}}}}}" in forms.tex


def numbers_of_the_book(aux: str) -> dict[str, str]:
    return dict(re.findall(rf"\\newlabel\{{(?:equation:)?{MODULE}:(\S+?)\}}\{{\{{(.*?)\}}", aux))


@pytest.mark.slow
def test_numbers_in_the_pdf_are_those_of_the_pages(
    pdf: Path, pages: dict[str, BeautifulSoup]
) -> None:
    page = pages[f"{MODULE}.xhtml"]
    told = {
        str(only(number.find_parent(id=True))["id"]).removeprefix("equation-"): number.get_text()
        for number in page.select(".caption-number, .formula-number, .worked-example-kind")
    }
    assert len(told) > 10
    in_book = numbers_of_the_book(pdf.with_suffix(".aux").read_text(encoding="utf-8"))
    for label, said in told.items():
        assert in_book[label] == said.split()[-1], label


@pytest.mark.slow
def test_nothing_is_lost_or_cut_off_in_the_pdf(pdf: Path) -> None:
    log = pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert re.findall(r"LaTeX Warning: (?:Reference|Citation) .*", log) == []
    too_wide = [float(points) for points in re.findall(r"Overfull \\hbox \((.*?)pt too wide", log)]
    assert [points for points in too_wide if points > 20] == []
    pages = re.search(r"Output written on dlcv\.xdv \((\d+) pages", log)
    assert pages is not None
    assert 10 < int(pages[1]) < 60


@pytest.mark.slow
def test_the_pdf_has_bookmarks_for_modules_tabs_and_headings(pdf: Path, tabs: list[str]) -> None:
    marks = []
    out = pdf.with_suffix(".out").read_text(encoding="utf-8")
    for level, code in re.findall(
        r"^\\BOOKMARK \[(\d)\]\[-\]\{.*?\}\{(.*?)\}\{", out, re.MULTILINE
    ):
        octal = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), code)
        title = re.sub(r"\\(.)", r"\1", octal).encode("latin-1").decode("utf-16")
        marks.append((int(level), title))
    assert (0, "The Perceptron") in marks
    chapter = marks[marks.index((0, "The Perceptron")) + 1 : marks.index((0, "References"))]
    assert [title for level, title in chapter if level == 1] == tabs
    assert (2, "Why XOR is impossible") in chapter
