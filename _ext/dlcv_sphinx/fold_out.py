"""A part of a page that opens on demand; a titled block where nothing can be clicked."""

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.config import on_screen
from dlcv_sphinx.nodes import FoldOut, QuestionNode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class Summary(nodes.paragraph):
    """The line that is always seen."""


def fold_out(
    classes: list[str],
    summary: "Iterable[nodes.Node]",
    body: "Iterable[nodes.Node]",
    kind: type[FoldOut] = FoldOut,
) -> FoldOut:
    """Make a fold-out of inline nodes and a body."""
    return kind("", Summary("", "", *summary), *body, classes=classes)


class PlainDropdowns(SphinxPostTransform):
    """Make fold-outs of the dropdowns of sphinx-design, whose icons e-books must not hold."""

    default_priority = 190  # before sphinx-design makes HTML of them at 199

    def run(self, **_kwargs: object) -> None:
        """Replace every dropdown with a title."""
        if on_screen(self.app.builder):
            return
        for dropdown in list(self.document.findall(nodes.container)):
            if dropdown.get("design_component") == "dropdown" and dropdown["has_title"]:
                title, *body = cast("list[nodes.Element]", dropdown.children)
                fold = fold_out(["dropdown"], title.children, body)
                fold["ids"] = [*dropdown["ids"], *title["ids"]]
                dropdown.replace_self(fold)


def setup(app: "Sphinx") -> None:
    """Register the nodes; builders that cannot fold treat them as container and paragraph."""
    app.add_post_transform(PlainDropdowns)
    for kind in (FoldOut, QuestionNode):
        app.add_node(kind, html=(_visit_fold_out, _depart_fold_out))
    app.add_node(Summary, html=(_visit_summary, _depart_summary))


def _visit_fold_out(self: "HTML5Translator", node: FoldOut) -> None:
    # An e-book reader may have no way to open one.
    is_open: dict[str, Any] = {"open": "open"} if self.builder.name == "epub" else {}
    self.body.append(self.starttag(node, "details", **is_open))


def _depart_fold_out(self: "HTML5Translator", node: FoldOut) -> None:
    self.body.append("</div>\n</details>\n")


def _visit_summary(self: "HTML5Translator", node: Summary) -> None:
    self.body.append(self.starttag(node, "summary", ""))


def _depart_summary(self: "HTML5Translator", node: Summary) -> None:
    self.body.append('</summary>\n<div class="fold-out-body">\n')
