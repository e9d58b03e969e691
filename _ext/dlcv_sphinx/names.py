"""Names of the headings in tabs, for the search that Sphinx itself brings.

It knows the titles of sections only. What a domain lists as an object, it finds by any part of the
name, shows above text, and links by anchor.
"""

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Set

    from sphinx.application import Sphinx

_PRIORITY = 3  # Sphinx's script ranks by it: titles of pages first, then formulas, headings, text


class NamesDomain(Domain):
    """What pages name: by page a list of name and anchor."""

    name = "dlcv-name"
    label = "Names"
    object_types = {"heading": ObjType(_("heading"))}  # noqa: RUF012  # Domain's own form
    initial_data = {"names": {}}  # noqa: RUF012

    def get_objects(self) -> "Iterator[tuple[str, str, str, str, str, int]]":
        """Yield every name with its page and anchor."""
        for docname, names in sorted(self.data["names"].items()):
            for name, anchor in names:
                shown = name.replace("&", "and")  # Sphinx would escape it twice
                yield shown, shown, "heading", docname, anchor, _PRIORITY

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
    names = [
        (node.astext(), node["ids"][-1])
        for node in doctree.findall(nodes.rubric)
        if "heading-level" in node and node["ids"]
    ]
    if names:
        app.env.domains[NamesDomain.name].data["names"][app.env.docname] = names
