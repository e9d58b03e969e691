"""What a page holds, asks for, quotes and links to: noted in the domain when it has been read."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.nodes import clean_astext

from dlcv_sphinx.domain import DlcvDomain, domain_of
from dlcv_sphinx.nodes import (
    FactNode,
    FactTable,
    FigureNode,
    FormulaNode,
    LedgerNode,
    PendingPicture,
    QuestionNode,
    WorkedExample,
    request_around,
)
from dlcv_sphinx.notes import LEDGER, Link, Named, Problem, Quoted, Tab, Tabled
from dlcv_sphinx.tabs import parts, tabs_in
from dlcv_viz.facts import FactError, Quote, quotes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_TITLED = frozenset({"ref", "numref"})
_ADDED = re.compile(r"\{[^{}]*\}")  # text before or behind a citation
_AROUND: tuple[tuple[type[nodes.Element], str], ...] = (
    (FigureNode, "figure"),
    (WorkedExample, "example"),
    (FormulaNode, "formula"),
    (QuestionNode, "question"),
)


def setup(app: "Sphinx") -> None:
    """Connect to the reading of pages."""
    app.add_domain(DlcvDomain)
    app.connect("doctree-read", _collect)


def _collect(app: "Sphinx", doctree: nodes.document) -> None:
    domain, docname = domain_of(app.env), app.env.docname
    _note_module(app.env, domain, docname)
    _take_translations(domain, docname, doctree)
    for link in doctree.findall(addnodes.pending_xref):
        target = _target(link)
        if target:
            domain.note("links", docname, Link(*target, *_around(link)))
    _note_quotes(domain, docname, doctree)
    for _tab, label, content in tabs_in(doctree):
        is_empty = all(isinstance(n, nodes.comment | nodes.target) for n in content.children)
        anchor = next(iter(label["ids"]), "")
        tab = Tab(anchor, label.astext().strip(), is_empty, line_of(label))
        domain.note("tabs", docname, tab)


def _note_module(env: "BuildEnvironment", domain: DlcvDomain, docname: str) -> None:
    if "category" in env.metadata.get(docname, {}):
        module = Named(docname.rpartition("/")[2], env.titles[docname].astext())
        domain.note("modules", docname, module)


def _note_quotes(domain: DlcvDomain, docname: str, doctree: nodes.document) -> None:
    for node, text, is_tex in quoting(doctree):
        line, around = line_of(node), _around(node)[0]
        within = around if around in {"formula", "question"} else ""
        try:
            found = [Quote.parse(text)] if isinstance(node, FactNode) else quotes(text, tex=is_tex)
            for quote in found:
                quoted = Quoted(quote, request_around(node), line, is_tex, within)
                domain.note("quoted", docname, quoted)
        except FactError as error:
            domain.note("problems", docname, Problem(str(error), line))
    for table in doctree.findall(FactTable):
        tabled = Tabled(table["cells"], table["wrong"], request_around(table), line_of(table))
        domain.note("tabled", docname, tabled)
    for fact in doctree.findall(FactNode):
        if _is_in_heading(fact):
            message = "a fact in a heading would change its anchor; quote it in the text below"
            domain.note("problems", docname, Problem(message, line_of(fact)))


def _take_translations(domain: DlcvDomain, docname: str, doctree: nodes.document) -> None:
    """Note captions and alternative texts as they are now: directives noted the original ones."""
    figures = {figure.line: figure for figure in doctree.findall(FigureNode)}
    ledgers = {ledger.line: ledger for ledger in doctree.findall(LedgerNode)}
    noted = domain.data["asked"].get(docname, [])
    for place, asked in enumerate(noted):
        figure = figures.get(asked.line)
        if figure is not None and asked.kind == "figure":
            caption = next(figure.findall(nodes.caption), None)
            noted[place] = asked._replace(
                caption=clean_astext(caption) if caption is not None else "",
                alt=next(figure.findall(PendingPicture))["alt"],
            )
        elif asked.kind == LEDGER and asked.line in ledgers:
            title = next(ledgers[asked.line].findall(nodes.title))
            noted[place] = asked._replace(caption=clean_astext(title))


def _target(link: addnodes.pending_xref) -> tuple[str, str] | None:
    """Return kind and target of a link to one of our objects, a label or a citation."""
    domain, typ, target = link.get("refdomain"), link.get("reftype"), link["reftarget"]
    if domain == "dlcv":
        return ("module", target) if typ == "module" else ("number", f"eq-{target}")
    if domain == "cite":
        return "cite", _ADDED.sub("", target)
    if typ == "eq":
        return "number", target
    return ("label", target) if typ in _TITLED else None


def _around(node: nodes.Node) -> tuple[str, str, str]:
    """Return what a node stands in: kind, label and name, as `Link` has them."""
    around, place, name = "", "", ""
    inner: nodes.Node | None = node.parent
    while isinstance(inner, nodes.Element):
        if not around:
            around = next((told for kind, told in _AROUND if isinstance(inner, kind)), "")
            if around and around != "question":
                return around, label_of(inner), ""
        if inner.get("design_component") == "tab-item":
            label, _content = parts(inner)
            place, name = label_of(inner) or label_of(label), label.astext().strip()
        inner = inner.parent
    return around or "text", place, name


def label_of(node: nodes.Element) -> str:
    """Return the label that an author gave a node, or empty."""
    if isinstance(node, FormulaNode):
        return str(next(node.findall(nodes.math_block))["label"])
    return str(node["names"][0]) if node["names"] else ""


def quoting(tree: nodes.Element) -> Iterator[tuple[nodes.Node, str, bool]]:
    r"""Yield what may quote facts in a tree.

    Braces quote in the text of a figure or worked example, ``\fact{}`` in every formula; code is
    left alone.

    Parameters
    ----------
    tree : Element
        A whole page, or all of them.

    Yields
    ------
    tuple of Node, str and bool
        The node, its text, and whether that is TeX.
    """
    for node in list(tree.findall()):
        if isinstance(node, FactNode):
            yield node, node["expression"], False
        elif isinstance(node, nodes.math | nodes.math_block):
            yield node, node.astext(), True
        elif isinstance(node, FactTable):
            yield from ((node, cell, False) for cell in node["cells"])
        elif isinstance(node, nodes.Text) and _is_prose(node) and request_around(node):
            yield node, str(node), False


def _is_prose(node: nodes.Text) -> bool:
    code = nodes.math | nodes.math_block | nodes.literal | nodes.literal_block | FactNode
    return not isinstance(node.parent, code)


def _is_in_heading(node: nodes.Node | None) -> bool:
    while node is not None:
        if isinstance(node, nodes.title | nodes.rubric):
            return True
        node = node.parent
    return False


def line_of(node: nodes.Node | None) -> int:
    """Return the line of a node, or of what it stands in."""
    while node is not None:
        if node.line:
            return node.line
        node = node.parent
    return 1
