"""What pages ask for and quote: plain data by page, collected while pages are read.

A read may happen in another process, so nothing is looked up here: figures are found, arguments
checked and facts resolved once for the whole build (`dlcv_sphinx.build`).
"""

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.domains import Domain
from sphinx.util.nodes import clean_astext

from dlcv_sphinx.nodes import FactNode, FactTable, FigureNode, PendingPicture, request_around
from dlcv_viz.engine.session import Request
from dlcv_viz.facts import FactError, Quote, quotes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from dlcv_sphinx.modules import Module
    from dlcv_sphinx.results import Results
    from dlcv_viz.engine.shown import Page

LINKS = frozenset({"ref", "numref", "eq"})


class Asked(NamedTuple):
    """A figure or worked example on a page.

    Parameters
    ----------
    request : Request
        What is asked for.
    kind : str
        ``"figure"`` or ``"example"``.
    label : str
        ``:name:``, or empty.
    caption : str
        Its text with the quotes in it, as `{ref}` shows it.
    alt : str
        The page's own alternative text, or empty.
    line : int
        Of the directive.
    """

    request: Request
    kind: str
    label: str
    caption: str
    alt: str
    line: int


class Quoted(NamedTuple):
    """A fact quoted on a page; `request` is the figure or example around it."""

    quote: Quote
    request: Request | None
    line: int
    is_tex: bool


class Tabled(NamedTuple):
    """A table of facts: cell templates, the fact that marks rows, what is around it."""

    cells: list[str]
    wrong: str
    request: Request | None
    line: int


class Formula(NamedTuple):
    """A formula on a page.

    Parameters
    ----------
    label : str
        ``eq-`` and its id.
    title : str
        As the page wrote it.
    implements : str
        Full name of the function that computes it, or empty.
    line : int
        Of the directive.
    """

    label: str
    title: str
    implements: str
    line: int


class Problem(NamedTuple):
    """An error found while reading, reported in every build until it is mended."""

    message: str
    line: int


class DlcvDomain(Domain):
    """Figures, worked examples and the facts that are quoted of them."""

    name = "dlcv"
    label = "DLCV"
    data_version = 1
    initial_data = {  # noqa: RUF012  # Domain's own form
        "asked": {},
        "quoted": {},
        "tabled": {},
        "formulas": {},
        "cards": {},
        "problems": {},
        "links": {},
    }

    # Known in one build only; an environment that is read again starts without.
    results: "Results | None" = None
    pages: "dict[str, Page] | None" = None
    modules: "dict[str, Module] | None" = None
    has_drawn = False

    def note(self, table: str, docname: str, item: object) -> None:
        """Add an item to the list that a page has in a table."""
        self.data[table].setdefault(docname, []).append(item)

    def asked(self) -> Iterator[tuple[str, Asked]]:
        """Yield every figure and example with its page, in the order of page names."""
        yield from self._items("asked")

    def quoted(self) -> Iterator[tuple[str, Quoted]]:
        """Yield every quoted fact with its page."""
        yield from self._items("quoted")

    def tabled(self) -> Iterator[tuple[str, Tabled]]:
        """Yield every table of facts with its page."""
        yield from self._items("tabled")

    def formulas(self) -> Iterator[tuple[str, Formula]]:
        """Yield every formula with its page."""
        yield from self._items("formulas")

    def cards(self) -> Iterator[tuple[str, int]]:
        """Yield every page that shows cards of modules, with the directive's line."""
        yield from self._items("cards")

    def problems(self) -> Iterator[tuple[str, Problem]]:
        """Yield every error that reading found, with its page."""
        yield from self._items("problems")

    def links(self, docname: str) -> list[str]:
        """Return the labels that a page links to."""
        return cast("list[str]", self.data["links"].get(docname, []))

    def _items(self, table: str) -> Iterator[tuple[str, Any]]:
        for docname in sorted(self.data[table]):
            for item in self.data[table][docname]:
                yield docname, item

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for table in self.data.values():
            if isinstance(table, dict):  # the other value is the version of the data
                table.pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process read."""
        for name, table in otherdata.items():
            if isinstance(table, dict):
                self.data[name].update({doc: table[doc] for doc in docnames & table.keys()})


def domain_of(env: "BuildEnvironment") -> DlcvDomain:
    """Return the domain of an environment."""
    return cast("DlcvDomain", env.domains["dlcv"])


def setup(app: "Sphinx") -> None:
    """Register the domain."""
    app.add_domain(DlcvDomain)
    app.connect("doctree-read", _collect)


def _collect(app: "Sphinx", doctree: nodes.document) -> None:
    domain, docname = domain_of(app.env), app.env.docname
    _take_translations(domain, docname, doctree)
    for link in doctree.findall(addnodes.pending_xref):
        if link.get("reftype") in LINKS:
            domain.note("links", docname, link["reftarget"])
    for node, text, is_tex in quoting(doctree):
        line = _line(node)
        try:
            found = [Quote.parse(text)] if isinstance(node, FactNode) else quotes(text, tex=is_tex)
            for quote in found:
                domain.note("quoted", docname, Quoted(quote, request_around(node), line, is_tex))
        except FactError as error:
            domain.note("problems", docname, Problem(str(error), line))
    for table in doctree.findall(FactTable):
        tabled = Tabled(table["cells"], table["wrong"], request_around(table), _line(table))
        domain.note("tabled", docname, tabled)
    for fact in doctree.findall(FactNode):
        if _is_in_heading(fact):
            message = "a fact in a heading would change its anchor; quote it in the text below"
            domain.note("problems", docname, Problem(message, _line(fact)))


def _take_translations(domain: DlcvDomain, docname: str, doctree: nodes.document) -> None:
    """Note captions and alternative texts as they are now: directives noted the original ones."""
    figures = {figure.line: figure for figure in doctree.findall(FigureNode)}
    noted = domain.data["asked"].get(docname, [])
    for place, asked in enumerate(noted):
        figure = figures.get(asked.line)
        if figure is not None and asked.kind == "figure":
            caption = next(figure.findall(nodes.caption), None)
            noted[place] = asked._replace(
                caption=clean_astext(caption) if caption is not None else "",
                alt=next(figure.findall(PendingPicture))["alt"],
            )


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


def _line(node: nodes.Node | None) -> int:
    while node is not None:
        if node.line:
            return node.line
        node = node.parent
    return 1
