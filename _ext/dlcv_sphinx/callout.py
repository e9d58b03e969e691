"""Callouts: the directives ``{key-idea}`` and ``{insight}``, beside ``{caution}`` of docutils."""

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import _

from dlcv_sphinx.arguments import PageError
from dlcv_sphinx.directive import DlcvDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# The title is looked up when a page is read: only then is the language of the site known.
_TITLES = {
    # What a reader should still know in a year; one on a page.
    "key-idea": lambda: _("Key idea"),
    # What is easily missed in what was just read or seen.
    "insight": lambda: _("Insight"),
}


class CalloutDirective(DlcvDirective):
    """An admonition with a title of ours, so that every builder and theme can show it."""

    def build(self) -> list[nodes.Node]:
        """Return the admonition."""
        content = self.parse_content_to_nodes()
        if not content:
            raise PageError(f"{{{self.name}}} is empty")
        title = nodes.title("", _TITLES[self.name]())
        callout = nodes.admonition("", title, *content, classes=[self.name])
        self.set_source_info(callout)
        return [callout]


def setup(app: "Sphinx") -> None:
    """Register the directives."""
    for name in _TITLES:
        app.add_directive(name, CalloutDirective)
