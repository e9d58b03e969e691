"""Indexes of formulas, of their symbols, and of the code that computes them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.locale import _

from dlcv_sphinx.course import LABELS, Course, counted, uses
from dlcv_sphinx.domain import equation_number
from dlcv_sphinx.downloads import FILES
from dlcv_sphinx.nodes import FormulaNode, FormulaTitle

if TYPE_CHECKING:
    from dlcv_sphinx.notes import Formula
    from dlcv_sphinx.results import Results

Row = tuple[list[nodes.Node], list[nodes.Node]]  # cells of a symbol; links to its formulas


def formulas(course: Course, is_screen: bool) -> list[nodes.Node]:
    """List every formula with number, name, what it says, and in how many places it is used."""
    used = uses(course.env, *LABELS)
    shown: list[nodes.Node] = []
    for docname, noted in course.pages("formulas"):
        n = len(noted)
        shown.append(course.heading(docname, counted(n, "formula", "formulas")))
        rows = nodes.bullet_list(classes=["formula-index"])
        for formula, node in _pairs(course, docname):
            number = equation_number(course.env, docname, formula.label)
            title = course.copies(next(node.findall(FormulaTitle)))
            name = nodes.paragraph("", "", nodes.inline("", number, classes=["formula-number"]))
            name += [nodes.Text(" "), course.link("dlcv", "formula", formula.id, *title)]
            n = len(used.get(formula.label, ()))
            equation = course.copy(next(node.findall(nodes.math_block)))
            row = nodes.list_item("", name, equation, classes=["formula-row"])
            if is_screen:
                told = counted(n, "use", "uses") if n else ""
                row += nodes.paragraph("", told, classes=["meta"])
            rows += row
        shown.append(rows)
    if is_screen and shown:
        # A place for the field that the script makes, so that nothing moves when it comes.
        shown = [nodes.container(classes=["index-bar"]), *shown, _downloads(course.docname)]
    return shown


def symbols(course: Course, is_screen: bool) -> list[nodes.Node]:
    """List every symbol with its meaning, its values and the formulas that have it."""
    shown: list[nodes.Node] = []
    for docname, _noted in course.pages("formulas"):
        rows: dict[tuple[str, ...], Row] = {}
        for formula, node in _pairs(course, docname):
            body = next(node.findall(nodes.tbody), None)
            for symbol, row in zip(formula.symbols, body.children if body else (), strict=True):
                cells = course.copies(cast("nodes.Element", row))
                links = rows.setdefault(tuple(symbol), (cells, []))[1]
                links += [nodes.Text(", " if links else ""), _number(course, docname, formula)]
        if rows:
            shown += [course.heading(docname), _table(rows.values())]
    return shown


def code(course: Course, is_screen: bool) -> list[nodes.Node]:
    """Show every function that computes a formula."""
    shown: list[nodes.Node] = []
    results = course.domain.results
    for name, found in _implementations(course).items():
        shown_name = name.partition("numerics.")[2] or name
        heading = nodes.rubric("", "", nodes.literal("", shown_name), ids=[code_anchor(name)])
        heading["heading-level"] = 2
        computes = nodes.paragraph("", _("Computes") + " ", classes=["meta"])
        for place, formula in enumerate(found):
            computes += [nodes.Text(", " if place else "")]
            computes += course.link("dlcv", "formula", formula.id)
        text = results.sources.function(name) if results else ""
        shown += [heading, computes, nodes.literal_block(text, text, language="python")]
    return shown


def told_formulas(course: Course, results: "Results") -> list[Any]:
    """Return what an index of formulas shows."""
    used = uses(course.env, *LABELS)
    told: list[Any] = []
    for docname, formula in course.domain.formulas():
        number = equation_number(course.env, docname, formula.label)
        told.append([docname, number, formula._replace(line=0), len(used.get(formula.label, ()))])
    return [told, course.quoted("formula", results)]


def told_code(course: Course, results: "Results") -> list[Any]:
    """Return what the index of code shows."""
    pages = {formula.label: docname for docname, formula in course.domain.formulas()}
    return [
        [
            name,
            results.sources.digest(name.rpartition(".")[0]),
            [equation_number(course.env, pages[f.label], f.label) for f in found],
        ]
        for name, found in _implementations(course).items()
    ]


def code_anchor(name: str) -> str:
    """Return the anchor of a function in the index of code."""
    return nodes.make_id(f"code-{name}")


def _implementations(course: Course) -> dict[str, list["Formula"]]:
    """Return the formulas that each function computes, in teaching order."""
    found: dict[str, list[Formula]] = {}
    results = course.domain.results
    for _docname, noted in course.pages("formulas"):
        for formula in noted:
            name = formula.implements
            if name and results and results.sources.defines(name):  # else it is reported
                found.setdefault(name, []).append(formula)
    return found


def _pairs(course: Course, docname: str) -> list[tuple["Formula", FormulaNode]]:
    noted = course.domain.data["formulas"][docname]
    return list(zip(noted, course.found(docname, FormulaNode), strict=True))


def _downloads(docname: str) -> nodes.paragraph:
    up = "../" * docname.count("/")
    told = nodes.paragraph("", _("All formulas for your own course: "), classes=["meta"])
    for number, name in enumerate(FILES):
        told += [nodes.Text(" · " if number else ""), nodes.reference("", name, refuri=up + name)]
    return told


def _number(course: Course, docname: str, formula: "Formula") -> nodes.Node:
    number = equation_number(course.env, docname, formula.label)
    return course.link("dlcv", "formula", formula.id, nodes.Text(number or formula.name))


def _table(rows: Iterable[Row]) -> nodes.table:
    heads = [_("Symbol"), _("Meaning"), _("Values"), _("Formulas")]
    columns = [nodes.colspec(colwidth=width) for width in (1, 4, 2, 1)]
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", text)) for text in heads))
    body = nodes.tbody()
    for cells, links in rows:
        body += nodes.row("", *cells, nodes.entry("", nodes.paragraph("", "", *links)))
    group = nodes.tgroup("", *columns, nodes.thead("", head), body, cols=len(columns))
    return nodes.table("", group, classes=["symbol-index", "colwidths-auto"])
