"""Names of formulas and of headings in tabs, for the search that Sphinx itself brings.

It knows the titles of sections only. What a domain lists as an object, it finds by any part of the
name, shows above text, and links by anchor.
"""

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import _

from dlcv_sphinx.formula import FormulaNode

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx

# Sphinx's script ranks an object by this: titles of pages first, then formulas, headings and text.
_PRIORITY = {"formula": 1, "heading": 3}


class NamesDomain(Domain):
    """What pages name: by page a list of kind, name and anchor."""

    name = "dlcv-name"
    label = "Names"
    object_types = {  # noqa: RUF012  # Domain's own form
        "formula": ObjType(_("formula")),
        "heading": ObjType(_("heading")),
    }
    initial_data = {"names": {}}  # noqa: RUF012

    def get_objects(self) -> "Iterator[tuple[str, str, str, str, str, int]]":
        """Yield every name with its page and anchor."""
        for docname, names in sorted(self.data["names"].items()):
            for kind, name, anchor in names:
                shown = name.replace("&", "and")  # Sphinx would escape it twice
                yield shown, shown, kind, docname, anchor, _PRIORITY[kind]

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:  # noqa: A002, ARG002  # Domain's own
        """Return the name of a kind, as results show it."""
        return type.lname

    def clear_doc(self, docname: str) -> None:
        """Forget a page."""
        self.data["names"].pop(docname, None)

    def merge_domaindata(self, docnames: "Set[str]", otherdata: dict[str, Any]) -> None:
        """Take over the pages that another process read."""
        names = otherdata["names"]
        self.data["names"].update({doc: names[doc] for doc in docnames & names.keys()})


def setup(app: "Sphinx") -> None:
    """Register the domain."""
    app.add_domain(NamesDomain)
    app.connect("doctree-read", _collect, priority=950)  # after rubrics in tabs became headings


def _collect(app: "Sphinx", doctree: nodes.document) -> None:
    names = []
    for node in doctree.findall(nodes.Element):
        if isinstance(node, FormulaNode):
            title, equation = cast("list[nodes.Element]", node.children[:2])
            names.append(("formula", title.astext(), equation["ids"][0]))
        elif isinstance(node, nodes.rubric) and "heading-level" in node and node["ids"]:
            names.append(("heading", node.astext(), node["ids"][-1]))
    if names:
        app.env.domains[NamesDomain.name].data["names"][app.env.docname] = names
