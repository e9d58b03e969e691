"""What a course holds, page by page in teaching order, and copies of it for indexes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeVar

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _

from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.notes import Link, formula_anchor

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from dlcv_sphinx.results import Results

LABELS = ("label", "number")  # kinds of links to what has a label
N = TypeVar("N", bound=nodes.Element)


class Course:
    """The pages of a site, as an index shows them.

    Parameters
    ----------
    env : BuildEnvironment
        After all pages are read.
    docname : str
        The page that shows something of the others.
    """

    def __init__(self, env: "BuildEnvironment", docname: str) -> None:
        self.env = env
        self.domain = domain_of(env)
        self.docname = docname

    def pages(self, table: str) -> Iterator[tuple[str, list[Any]]]:
        """Yield the pages that have something in a table of the domain, in teaching order."""
        noted = self.domain.data[table]
        for docname in in_order(self.env, self.env.config.root_doc):
            if noted.get(docname):
                yield docname, noted[docname]

    def found(self, docname: str, kind: type[N]) -> list[N]:
        """Return the nodes of a kind on a page, in its order."""
        # Kept for the build: each index reads every page.
        doctrees = self.domain.doctrees
        if docname not in doctrees:
            doctrees[docname] = self.env.get_doctree(docname)
        return list(doctrees[docname].findall(kind))

    def copy(self, node: N) -> N:
        """Copy a node of another page: without ids, and with links that start here."""
        copied = node.deepcopy()
        for part in copied.findall(nodes.Element):
            part["ids"], part["names"] = [], []
            if isinstance(part, addnodes.pending_xref):
                part["refdoc"] = self.docname
            if isinstance(part, nodes.math_block):
                part["label"] = part["number"] = None
        return copied

    def copies(self, node: nodes.Element) -> list[nodes.Node]:
        """Copy what stands in a node of another page."""
        return list(self.copy(node).children)

    def link(
        self, domain: str, kind: str, target: str, *shown: nodes.Node
    ) -> addnodes.pending_xref:
        """Link to an object, by its own name or by what is to be shown."""
        inner = nodes.inline("", "", *(shown or [nodes.Text(target)]))
        return addnodes.pending_xref(
            "",
            inner,
            refdomain=domain,
            reftype=kind,
            reftarget=target,
            refexplicit=bool(shown),
            refwarn=True,
            refdoc=self.docname,
        )

    def quoted(self, within: str, results: "Results") -> list[Any]:
        """Return the values of the facts that are quoted in all formulas, or in all questions."""
        return [
            [docname, quoted.quote.name, results.value(quoted.quote, quoted.request)]
            for docname, quoted in self.domain.quoted()
            if quoted.within == within
        ]

    def heading(self, docname: str, told: str = "") -> nodes.rubric:
        """Return the title of a page, as a heading that links to it."""
        title = self.link("std", "doc", f"/{docname}", *self.copies(self.env.titles[docname]))
        heading = nodes.rubric("", "", title, classes=["index-heading"])
        heading["heading-level"] = 2
        if told:
            heading += [nodes.Text(" "), nodes.inline("", told, classes=["meta"])]
        return heading

    def use(self, docname: str, link: Link) -> addnodes.pending_xref:
        """Link to what a link stands in."""
        if link.around in {"figure", "example"} and link.place:
            return self.link("std", "numref", link.place)
        if link.around == "formula":
            return self.link("dlcv", "formula", link.place.removeprefix("eq-"))
        title = self.env.titles[docname].astext()
        if link.place:
            name = link.name if docname == self.docname else f"{title}: {link.name}"
            return self.link("std", "ref", link.place, nodes.Text(name))
        return self.link("std", "doc", f"/{docname}", nodes.Text(title))


def target(env: "BuildEnvironment", link: Link) -> list[Any]:
    """Return what a link shows of its target: page, title and numbers."""
    if link.kind == "module":
        named = [(doc, m.title) for doc, m in domain_of(env).modules() if m.id == link.target]
        return list(named)
    label = link.target
    docname, anchor, title = env.domains.standard_domain.labels.get(label, ("", "", ""))
    equation = env.domains.math_domain.equations.get(label)
    if equation:
        docname, anchor = equation[0], formula_anchor(label)
    numbers = [numbered.get(anchor) for numbered in env.toc_fignumbers.get(docname, {}).values()]
    return [docname, title if link.kind == "label" else "", numbers]


def counted(n: int, one: str, many: str) -> str:
    """Say how many there are: ``"1 formula"``, ``"3 formulas"``."""
    return f"{n} {_(one) if n == 1 else _(many)}"


def in_order(env: "BuildEnvironment", docname: str) -> Iterator[str]:
    """Yield a page and all below it, in the order of the toctrees."""
    yield docname
    for child in env.toctree_includes.get(docname, []):
        if child in env.found_docs and child != docname:
            yield from in_order(env, child)


def uses(env: "BuildEnvironment", *kinds: str) -> dict[str, list[tuple[str, Link]]]:
    """Return where each target of some kinds of links is used, without itself and without repeats.

    Parameters
    ----------
    env : BuildEnvironment
        After all pages are read.
    *kinds : str
        Of links, as `Link` has them; citations are told by key.

    Returns
    -------
    dict of str to list
        Page and link by target, in teaching order.
    """
    noted = domain_of(env).data["links"]
    found: dict[str, dict[tuple[str, ...], tuple[str, Link]]] = {}
    for docname in in_order(env, env.config.root_doc):
        for link in noted.get(docname, ()):
            if link.kind not in kinds or link.place == link.target:
                continue
            for target in link.target.split(",") if link.kind == "cite" else [link.target]:
                # A question and the text around it are one place.
                places = found.setdefault(target.strip(), {})
                places.setdefault((docname, link.place), (docname, link))
    return {target: list(places.values()) for target, places in found.items()}
