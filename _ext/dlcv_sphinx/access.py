"""What markup of others lacks for who hears a page or reads it by the keyboard.

`templates/page.html` does the same for the frame of the theme.
"""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: "Sphinx") -> None:
    """Replace visitors of standard nodes, and give every page the script for what scrolls."""
    app.add_node(
        nodes.citation, override=True, html=(_visit_citation, HTML5Translator.depart_citation)
    )
    app.add_node(nodes.entry, override=True, html=(_visit_entry, HTML5Translator.depart_entry))
    app.add_js_file("dlcv-scroll.js", loading_method="defer")


def _visit_citation(self: HTML5Translator, node: nodes.citation) -> None:
    HTML5Translator.visit_citation(self, node)
    # docutils has the role of DPUB-ARIA 1.0, which 1.1 gave up: a list lost its items by it.
    self.body[-1] = self.body[-1].replace('role="doc-biblioentry"', 'role="listitem"')


def _visit_entry(self: HTML5Translator, node: nodes.entry) -> None:
    HTML5Translator.visit_entry(self, node)
    if isinstance(node.parent.parent, nodes.thead) and not _says_something(node):
        # The empty corner of a table is no heading.
        self.body[-1] = self.body[-1].replace("<th", "<td", 1)
        self.context[-1] = self.context[-1].replace("</th", "</td")


def _says_something(node: nodes.Element) -> bool:
    return bool(node.astext().strip()) or any(True for _ in node.findall(nodes.image))
