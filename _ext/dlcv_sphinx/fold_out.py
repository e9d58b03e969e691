"""A part of a page that opens on demand; a titled block where nothing can be clicked."""

from typing import TYPE_CHECKING

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class FoldOut(nodes.container):
    """A summary and what it hides."""


class Summary(nodes.paragraph):
    """The line that is always seen."""


def fold_out(classes: list[str], summary: list[nodes.Node], body: list[nodes.Node]) -> FoldOut:
    """Make a fold-out of inline nodes and a body."""
    return FoldOut("", Summary("", "", *summary), *body, classes=classes)


def setup(app: "Sphinx") -> None:
    """Register the nodes; builders that cannot fold treat them as container and paragraph."""
    app.add_node(FoldOut, html=(_visit_fold_out, _depart_fold_out))
    app.add_node(Summary, html=(_visit_summary, _depart_summary))


def _visit_fold_out(self: "HTML5Translator", node: FoldOut) -> None:
    self.body.append(self.starttag(node, "details"))


def _depart_fold_out(self: "HTML5Translator", node: FoldOut) -> None:
    self.body.append("</div>\n</details>\n")


def _visit_summary(self: "HTML5Translator", node: Summary) -> None:
    self.body.append(self.starttag(node, "summary", ""))


def _depart_summary(self: "HTML5Translator", node: Summary) -> None:
    self.body.append('</summary>\n<div class="fold-out-body">\n')
