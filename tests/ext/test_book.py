"""A course as a book: its parts, and figures where LaTeX lets nothing float."""

import os
import re
import subprocess
from collections.abc import Callable
from functools import cache

import pytest

from minisite import LINE, Built, MiniSite

EXAMPLE = """
@example
def gate(*, rate: float = 1.0) -> dict:
    '''A gate.'''
    return {"n": 3, "k": [1, 2, 3]}
"""
FIGURE = "```{dlcv-figure} toy.line\n:name: NAME\nA line of {n} points.\n```\n"
INDEX = """# Course

Welcome.

```{module-cards}
```

## How to read

Slowly.

```{toctree}
:numbered: 1
a
b
```

```{toctree}
about
```
"""
EVERYWHERE = f"""
:::::{{dropdown}} More

{FIGURE.replace("NAME", "fig-dropdown")}
:::::

:::::{{question}} Why?
{FIGURE.replace("NAME", "fig-question")}
:::::

- An item

  {FIGURE.replace("NAME", "fig-item").replace(chr(10), chr(10) + "  ")}
1. Another

   {FIGURE.replace("NAME", "fig-number").replace(chr(10), chr(10) + "   ")}
:::::{{worked-example}} toy.gate
:name: ex-a
:title: A gate, ✓ or ✗

{FIGURE.replace("NAME", "fig-example")}
```{{fact-table}}
n | {{k}}
```
:::::

:::::{{note}}
{FIGURE.replace("NAME", "fig-note")}
:::::

:::::{{predict}} How many?
- one
- two

{FIGURE.replace("NAME", "fig-predict")}
:::::

:::::{{formula}} line
:title: A line
:conditions: For $n > 1$.

y &= \\mathbb 1[a x] \\\\
z &= \\fact{{toy.line.n}}

$x$ | input | $\\mathbb R$
:::::

{{numref}}`fig-dropdown`, {{numref}}`fig-number`, {{numref}}`ex-a`, {{eq}}`eq-line`.
"""


def module(title: str, text: str = "") -> str:
    head = f'---\ncategory: Basics\none-line: "All of {title}"\nminutes: 20\n---\n'
    return f"{head}\n# {title}\n\n{text}\n"


@pytest.fixture(scope="module")
def built(shared: MiniSite) -> Callable[[str], Built]:
    """Build the course once with each builder."""
    shared.conf('extensions.append("sphinx_design")\nlatex_engine = "xelatex"\n')
    shared.conf('latex_docclass = {"manual": "book"}\nnumfig_secnum_depth = 1\n')
    shared.conf('latex_elements = {"figure_align": "H"}\n')
    shared.module(LINE + EXAMPLE)
    shared.page(INDEX)
    shared.page(module("Alpha", "## Part\n\nText."), "a")
    shared.page(module("Beta", EVERYWHERE), "b")
    shared.page("# About\n\nThe end.\n", "about")
    return cache(shared.build)


@pytest.fixture(scope="module")
def tex(built: Callable[[str], Built]) -> str:
    """Return the course as LaTeX gets it."""
    return tex_of(built("latex"))


def tex_of(built: Built) -> str:
    assert (built.status, built.problems) == (0, "")
    return (built.out / "mini.tex").read_text(encoding="utf-8")


def test_the_start_page_is_the_preface_of_the_chapters_it_lists(tex: str) -> None:
    outline = re.findall(
        r"\\ifdefined\\(\w+matter)\\|^\\((?:chapter|section)\{.*\})$", tex, re.MULTILINE
    )
    assert [part or heading for part, heading in outline] == [
        "frontmatter",
        "chapter{Course}",
        "section{How to read}",
        "mainmatter",
        "chapter{Alpha}",
        "section{Part}",
        "chapter{Beta}",
        "backmatter",
        "chapter{About}",
    ]


def test_a_project_without_modules_keeps_the_order_of_sphinx(mini: MiniSite) -> None:
    mini.page("# T\n\n## First\n\n```{toctree}\na\n```\n")
    mini.page("# A\n\nText.\n", "a")
    tex = tex_of(mini.build("latex"))
    assert r"\chapter{First}" in tex
    assert r"\section{A}" in tex
    assert "frontmatter" not in tex


def test_every_module_has_its_head(built: Callable[[str], Built], tex: str) -> None:
    assert tex.index(r"\chapter{Alpha}") < tex.index("{All of Alpha}") < tex.index("{Part}")
    assert tex.index(r"\chapter{Beta}") < tex.index("{All of Beta}")
    assert tex.count("Basics · 20 minutes") == 2
    text = (built("text").out / "a.txt").read_text(encoding="utf-8")
    assert "All of Alpha" in text
    assert "Basics · 20 minutes" in text


def test_a_worked_example_has_the_number_that_links_to_it_show(tex: str) -> None:
    assert r"\dlcvexample{Paper \& Pain}{2.1}{\label{\detokenize{b:ex-a}}}" in tex
    assert r"\hyperref[\detokenize{b:ex-a}]{Example \ref{\detokenize{b:ex-a}}}" in tex


def test_print_is_told_what_a_paragraph_is(tex: str) -> None:
    for said in (
        r"\DUrole{predict-title}{Predict first}",
        r"\DUrole{formula-title}{A line}",
        r"\DUrole{summary}{More}",
        r"\DUrole{summary}{Why? \DUrole{level}{Core}}",
        r"\DUrole{formula-conditions}{For ",
    ):
        assert said in tex
    assert "{Symbols}" not in tex


@pytest.mark.slow
def test_figures_may_stand_anywhere(
    built: Callable[[str], Built], tex: str, latexmk: list[str]
) -> None:
    folder = built("latex").out
    made = subprocess.run(
        [*latexmk, "mini.tex"],
        cwd=folder,
        env={**os.environ, "LATEXOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout[-3000:]
    log = (folder / "mini.log").read_text(encoding="utf-8", errors="replace")
    assert "LaTeX Warning: Reference" not in log
    aux = (folder / "mini.aux").read_text(encoding="utf-8")
    numbers = dict(re.findall(r"\\newlabel\{b:((?:fig|ex)-\w+)\}\{\{(.*?)\}", aux))
    names = ["dropdown", "question", "item", "number", "example", "note", "predict"]
    wanted = {f"fig-{name}": f"2.{place}" for place, name in enumerate(names, 1)}
    assert numbers == {**wanted, "ex-a": "2.1"}
