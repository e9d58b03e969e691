"""The role ``{fact}``: a fact quoted in prose."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.docutils import SphinxRole

from dlcv_sphinx.nodes import FactNode

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class FactRole(SphinxRole):
    """Quote a fact: ``perceptron.boundary.updates`` or ``fig-boundary.loss:.2f``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the quote; its value is known when the figures are."""
        node = FactNode(self.rawtext, "{" + self.text + "}", expression=self.text)
        self.set_source_info(node)
        return [node], []


def setup(app: "Sphinx") -> None:
    """Register the role."""
    app.add_role("fact", FactRole())
    # A fact in a heading is an error, but its copy in the contents must not end the build.
    builders = dict.fromkeys(("html", "latex", "text", "man", "texinfo"), (_pass, _pass))
    app.add_node(FactNode, **builders)  # type: ignore[arg-type]  # one pair a builder


def _pass(self: "HTML5Translator", node: FactNode) -> None:
    pass
