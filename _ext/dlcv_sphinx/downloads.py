"""Files for teachers: every formula of the course, as JSON and as LaTeX."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util.math import wrap_displaymath

from dlcv_sphinx.course import Course
from dlcv_sphinx.domain import equation_number
from dlcv_sphinx.notes import formula_anchor
from dlcv_viz.facts import FactError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

FILES = ("formulas.json", "formulas.tex")
_CITATION = re.compile(r"\{cite:\w+\}`([^`]*)`")
_SPECIAL = re.compile(r"[&%#_]")
_HEAD = r"""% Every formula of {title}, in teaching order. Compiles with XeLaTeX.
\documentclass{{article}}
\usepackage{{amsmath,unicode-math}}
\setmathfont{{texgyretermes-math.otf}}
\begin{{document}}
"""


def setup(app: "Sphinx") -> None:
    """Write the files behind each build of pages."""
    app.connect("build-finished", _write)


def _write(app: "Sphinx", exception: Exception | None) -> None:
    kinds = {kind for _, kind in Course(app.env, "").domain.indexes()} if not exception else ()
    if "formula-index" not in kinds or app.builder.name not in {"html", "dirhtml"}:
        return
    listed = list(_formulas(app))
    texts = json.dumps(listed, indent=1, ensure_ascii=False) + "\n", _latex(app, listed)
    for name, text in zip(FILES, texts, strict=True):
        path = Path(app.outdir, name)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def _formulas(app: "Sphinx") -> Any:
    course = Course(app.env, app.config.root_doc)
    results = course.domain.results
    for docname, noted in course.pages("formulas"):
        for formula in noted:
            try:
                tex = results.write(formula.tex, None, tex=True) if results else formula.tex
            except FactError:
                tex = formula.tex  # reported at its line
            uri = app.builder.get_target_uri(docname)
            yield {
                "id": formula.id,
                "number": equation_number(app.env, docname, formula.label),
                "title": formula.title,
                "page": app.env.titles[docname].astext(),
                "url": f"{uri}#{formula_anchor(formula.label)}",
                "tex": tex,
                "symbols": [symbol._asdict() for symbol in formula.symbols],
                "conditions": formula.conditions,
                "source": _CITATION.sub(r"\1", formula.source),  # the key alone
                "implements": formula.implements,
            }


def _latex(app: "Sphinx", listed: list[dict[str, Any]]) -> str:
    parts = [_HEAD.format(title=app.config.project)]
    page = ""
    for formula in listed:
        if formula["page"] != page:
            page = formula["page"]
            parts.append(f"\\section*{{{_escaped(page)}}}\n")
        parts.append(f"\\paragraph{{{formula['number']} {_escaped(formula['title'])}}}")
        parts.append(wrap_displaymath(formula["tex"], None, False))
    return "\n".join([*parts, r"\end{document}", ""])


def _escaped(text: str) -> str:
    """Escape the words of a title, not its formulas."""
    pieces = text.split("$")
    pieces[::2] = [_SPECIAL.sub(r"\\\g<0>", piece.replace("*", "")) for piece in pieces[::2]]
    return "$".join(pieces)
