"""Nodes of the doctree that hold requests and quotes until the build has resolved them.

Each is a kind of standard node, so that a builder we do not know still writes something.
"""

from docutils import nodes
from sphinx import addnodes

from dlcv_viz.engine.session import Request


class FigureNode(nodes.figure):
    """A numbered figure; ``request`` says what it shows."""


class PictureNode(nodes.image):
    """One image of a figure, of one theme."""


class Pictures(nodes.container):
    """The images of a figure, one a theme."""


class PendingPicture(addnodes.translatable, nodes.Element):
    """The place of a figure's images until they are drawn; a page's own ``alt`` is translated."""

    def preserve_original_messages(self) -> None:
        """Keep what the page says, and where."""
        self["original"] = self["alt"]
        if self.parent is not None:
            self.source, self.line = self.parent.source, self.parent.line

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Take the translation."""
        if self["alt"] == original_message:
            self["alt"] = translated_message

    def extract_original_messages(self) -> list[str]:
        """Return what is to be translated; a figure's own text is no part of the page."""
        return [self["original"]] if self["original"] else []


class WorkedExample(nodes.container):
    """A worked example; ``request`` says what computed it."""


class FormulaNode(nodes.container):
    """A formula in its frame; the equation in it carries label and number."""


class FormulaTitle(nodes.paragraph):
    """The name of a formula."""


class FormulaFoot(nodes.container):
    """Conditions, symbols, source and code of a formula."""


class FoldOut(nodes.container):
    """A summary and what it hides."""


class QuestionNode(FoldOut):
    """An interview question whose answer folds out."""


class FactNode(nodes.inline):
    """A fact quoted in prose."""


class FactTable(nodes.Element):
    """A table whose rows are the items of list facts; its children are the headings."""


class LedgerNode(nodes.table):
    """A numbered table until its rows are known; ``request`` says what it shows."""


def request_of(node: nodes.Element) -> Request:
    """Return what a figure or worked example asks for."""
    return Request(*node["request"])


def request_around(node: nodes.Node) -> Request | None:
    """Return the request of the nearest figure, worked example or table around a node."""
    inner: nodes.Node | None = node
    while inner is not None:
        if isinstance(inner, nodes.Element) and inner.get("request"):
            return request_of(inner)
        inner = inner.parent
    return None
