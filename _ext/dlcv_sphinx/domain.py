"""What pages hold, ask for and quote: plain data by page, collected while pages are read.

A read may happen in another process, so nothing is looked up here: figures are found, arguments
checked and facts resolved once for the whole build (`dlcv_sphinx.build`).
"""

from collections.abc import Iterator, Set
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import _
from sphinx.util.nodes import make_refnode

from dlcv_sphinx.notes import (
    Asked,
    Formula,
    Link,
    Named,
    Problem,
    Question,
    Quoted,
    Tab,
    Tabled,
    formula_anchor,
)
from dlcv_sphinx.roles import ObjectRole

if TYPE_CHECKING:
    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from dlcv_sphinx.modules import Module
    from dlcv_sphinx.results import Results
    from dlcv_viz.engine.shown import Page

_TABLES = (
    "asked",
    "quoted",
    "tabled",
    "formulas",
    "questions",
    "modules",
    "tabs",
    "headings",
    "cards",
    "paths",
    "indexes",
    "problems",
    "links",
)


class DlcvDomain(Domain):
    """Modules, formulas, figures, worked examples, questions and the facts that are quoted."""

    name = "dlcv"
    label = "DLCV"
    data_version = 4
    object_types: ClassVar[dict[str, ObjType]] = {
        "module": ObjType(_("module"), "module", searchprio=-1),
        "formula": ObjType(_("formula"), "formula", searchprio=1),
        "example": ObjType(_("worked example"), searchprio=1),
        "heading": ObjType(_("heading"), searchprio=3),
    }
    roles: ClassVar[dict[str, Any]] = {
        "module": ObjectRole(warn_dangling=True),
        "formula": ObjectRole(warn_dangling=True),
    }
    dangling_warnings: ClassVar[dict[str, str]] = {
        "module": "no module %(target)r",
        "formula": "no formula %(target)r",
    }
    initial_data: ClassVar[dict[str, Any]] = {table: {} for table in _TABLES}

    # Known in one build only; an environment that is read again starts without.
    results: "Results | None" = None
    pages: "dict[str, Page] | None" = None
    course: "dict[str, Module] | None" = None
    has_drawn = False

    def __init__(self, env: "BuildEnvironment") -> None:
        super().__init__(env)
        self.doctrees: dict[str, nodes.document] = {}  # of one build's write phase

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

    def questions(self) -> Iterator[tuple[str, Question]]:
        """Yield every interview question with its page."""
        yield from self._items("questions")

    def modules(self) -> Iterator[tuple[str, Named]]:
        """Yield the name of every module with its page."""
        yield from self._items("modules")

    def tabs(self) -> Iterator[tuple[str, Tab]]:
        """Yield every tab with its page."""
        yield from self._items("tabs")

    def cards(self) -> Iterator[tuple[str, int]]:
        """Yield every page that shows cards of modules, with the directive's line."""
        yield from self._items("cards")

    def paths(self) -> Iterator[tuple[str, int]]:
        """Yield every page that shows the learning path, with the directive's line."""
        yield from self._items("paths")

    def indexes(self) -> Iterator[tuple[str, str]]:
        """Yield every page that shows an index, with the kind of that."""
        yield from self._items("indexes")

    def problems(self) -> Iterator[tuple[str, Problem]]:
        """Yield every error that reading found, with its page."""
        yield from self._items("problems")

    def links(self) -> Iterator[tuple[str, Link]]:
        """Yield every link with the page it stands on."""
        yield from self._items("links")

    def _items(self, table: str) -> Iterator[tuple[str, Any]]:
        for docname in sorted(self.data[table]):
            for item in self.data[table][docname]:
                yield docname, item

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        for table in _TABLES:
            self.data[table].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process read."""
        for name in _TABLES:
            table = otherdata[name]
            self.data[name].update({doc: table[doc] for doc in docnames & table.keys()})

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Yield what other projects and the search can name."""
        for docname, module in self.modules():
            yield module.id, module.title, "module", docname, "", -1  # the search has its title
        for docname, formula in self.formulas():
            yield formula.id, formula.name, "formula", docname, formula_anchor(formula.label), 1
        for docname, asked in self.asked():
            if asked.kind == "example":
                anchor = nodes.make_id(asked.label)
                yield asked.label, asked.caption, "example", docname, anchor, 1
        for docname, heading in self._items("headings"):
            # Sphinx's search knows the titles of sections only, and ranks by the last number.
            text = heading.text.replace("&", "and")  # it would escape it twice
            yield text, text, "heading", docname, heading.anchor, 3

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, ARG002  # Domain's own
        """Return the name of a kind, as results of a search show it."""
        return str(type.lname)

    def resolve_xref(  # noqa: PLR0917  # Sphinx calls it so
        self,
        env: "BuildEnvironment",  # noqa: ARG002
        fromdocname: str,
        builder: "Builder",
        typ: str,
        target: str,
        node: "pending_xref",
        contnode: "Element",
    ) -> nodes.reference | None:
        """Link to a module by its title, to a formula by its number, or by the page's own words."""
        found = self._place(typ, target)
        if found is None:
            return None
        docname, anchor, text = found
        shown = contnode if node["refexplicit"] else nodes.Text(text)
        return make_refnode(builder, fromdocname, docname, anchor, shown)

    def resolve_any_xref(  # noqa: PLR0917
        self,
        env: "BuildEnvironment",
        fromdocname: str,
        builder: "Builder",
        target: str,
        node: "pending_xref",
        contnode: "Element",
    ) -> list[tuple[str, nodes.reference]]:
        """Find what ``{any}`` may mean."""
        found = []
        for typ in self.roles:
            link = self.resolve_xref(env, fromdocname, builder, typ, target, node, contnode)
            if link is not None:
                found.append((f"dlcv:{typ}", link))
        return found

    def _place(self, typ: str, target: str) -> tuple[str, str, str] | None:
        """Return page, anchor and text of an object."""
        if typ == "module":
            for docname, module in self.modules():
                if module.id == target:
                    return docname, "", module.title
            return None
        label = f"eq-{target}"
        for docname, formula in self.formulas():
            if formula.label == label:
                number = self.env.config.math_eqref_format or "({number})"
                text = number.format(number=equation_number(self.env, docname, label))
                return docname, formula_anchor(label), text
        return None


def equation_number(env: "BuildEnvironment", docname: str, label: str) -> str:
    """Return the number of an equation, as the page shows it.

    Parameters
    ----------
    env : BuildEnvironment
        After numbers were given.
    docname, label : str
        The equation's page and label.

    Returns
    -------
    str
        Such as ``"2.3"``; empty for a page without numbers.
    """
    if env.config.math_numfig and env.config.numfig:
        numbered = env.toc_fignumbers.get(docname, {}).get("displaymath", {})
        number = numbered.get(formula_anchor(label), ())
        separator = str(env.config.math_numsep)
        return separator.join(".".join(map(str, number)).rsplit(".", 1))
    return str(env.domains.math_domain.get_equation_number_for(label))


def domain_of(env: "BuildEnvironment") -> DlcvDomain:
    """Return the domain of an environment."""
    return cast("DlcvDomain", env.domains["dlcv"])
