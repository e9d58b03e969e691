"""The book: its parts, and what LaTeX makes of them."""

import re
from itertools import takewhile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from forms import Forms
from minisite import only

MODULE = "modules/perceptron"


def headings(tex: str, level: str) -> list[str]:
    return re.findall(rf"^\\{level}\{{(.*)\}}$", tex, re.MULTILINE)


def labels(page: Path, kind: str) -> list[str]:
    return re.findall(rf"^:name: ({kind}-.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)


def modules(root: Path) -> list[Path]:
    """Pages of the modules in teaching order."""
    index = (root / "index.md").read_text(encoding="utf-8")
    return [root / f"{name}.md" for name in re.findall(r"^modules/.*$", index, re.MULTILINE)]


def title(page: Path) -> str:
    """Return the heading of a page, as LaTeX writes it."""
    found = re.search(r"^# (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert found is not None
    return found[1].replace("&", r"\&").replace("-", r"\sphinxhyphen{}")


def chapter(tex: str) -> str:
    """Return the text of the perceptron's chapter."""
    after = tex.partition(r"\chapter{The Perceptron}")[2]
    return re.split(r"\\chapter\{|\\backmatter", after)[0]


def test_modules_are_the_chapters_between_a_preface_and_the_references(
    forms: Forms, root: Path
) -> None:
    tex, titles = forms.tex, [title(page) for page in modules(root)]
    chapters = headings(tex, "chapter")
    assert chapters[: len(titles) + 1] == ["How does a machine learn to see?", *titles]
    assert chapters[-1] == "References"
    order = [
        r"\frontmatter",
        r"\chapter{How does",
        r"\section{How to read a module}",
        r"\mainmatter",
        *(rf"\chapter{{{title}}}" for title in titles),
        r"\backmatter",
        r"\chapter{Learning path}",
        r"\chapter{References}",
        r"\begin{sphinxthebibliography}",
    ]
    places = [tex.index(part) for part in order]
    assert places == sorted(places)


def test_tabs_are_the_sections_of_a_chapter(forms: Forms, tabs: list[str]) -> None:
    text = chapter(forms.tex)
    assert headings(text, "section") == tabs
    assert "What it is" in headings(text, "subsection")
    assert r"\label{\detokenize{modules/perceptron:perceptron-tab-math}}" in text


def test_the_head_of_a_module_tells_what_it_is_about(forms: Forms) -> None:
    head = chapter(forms.tex).partition(r"\section")[0]
    assert r"\DUrole{lead}{The first learning linear classifier" in head
    assert r"\DUrole{strip}{Foundations · 45 minutes · Needs: " in head
    assert "Introduction to Neural Networks" in head


def test_every_figure_is_a_vector_graphic_at_its_place(forms: Forms, root: Path) -> None:
    tex = forms.tex
    shown = re.findall(r"\\sphinxincludegraphics(?:\[.*?\])?\{\{(.*?)\}(\.\w+)\}", tex)
    assert {suffix for _, suffix in shown} == {".pdf"}
    for name, suffix in shown:
        assert (forms.latex / f"{name}{suffix}").read_bytes().startswith(b"%PDF-")
    pages = [*modules(root), *root.glob("reference/*.md")]
    wanted = sum(len(labels(page, "fig")) for page in pages) + 1  # the learning path
    assert tex.count(r"\begin{figure}[H]") == tex.count(r"\begin{figure}") == wanted


@pytest.mark.parametrize("kind", ["fig", "ex"])
def test_what_can_be_linked_has_its_label(forms: Forms, root: Path, kind: str) -> None:
    wanted = labels(root / f"{MODULE}.md", kind)
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
def test_nothing_is_lost_or_cut_off_in_the_pdf(pdf: Path, root: Path) -> None:
    log = pdf.with_suffix(".log").read_text(encoding="utf-8", errors="replace")
    assert "Missing character" not in log
    assert re.findall(r"LaTeX Warning: (?:Reference|Citation) .*", log) == []
    too_wide = [float(points) for points in re.findall(r"Overfull \\hbox \((.*?)pt too wide", log)]
    assert [points for points in too_wide if points > 20] == []
    pages = re.search(r"Output written on dlcv\.xdv \((\d+) pages", log)
    assert pages is not None
    assert 10 < int(pages[1]) / len(modules(root)) < 60


@pytest.mark.slow
def test_the_pdf_has_bookmarks_for_modules_tabs_and_headings(pdf: Path, tabs: list[str]) -> None:
    marks = []
    out = pdf.with_suffix(".out").read_text(encoding="utf-8")
    for level, code in re.findall(
        r"^\\BOOKMARK \[(\d)\]\[-\]\{.*?\}\{(.*?)\}\{", out, re.MULTILINE
    ):
        octal = re.sub(r"\\(\d{3})", lambda found: chr(int(found[1], 8)), code)
        name = re.sub(r"\\(.)", r"\1", octal).encode("latin-1").decode("utf-16")
        marks.append((int(level), name))
    assert (0, "The Perceptron") in marks
    after = marks[marks.index((0, "The Perceptron")) + 1 :]
    inside = list(takewhile(lambda mark: mark[0] > 0, after))
    assert [name for level, name in inside if level == 1] == tabs
    assert (2, "Why XOR is impossible") in inside
