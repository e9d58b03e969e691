"""What the directives share: how they ask for figures, and refuse what is wrong."""

from abc import abstractmethod
from typing import final

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from dlcv_sphinx.arguments import PageError, parse_arguments
from dlcv_sphinx.domain import DlcvDomain, domain_of
from dlcv_sphinx.notes import Problem
from dlcv_viz.engine.session import Request


class DlcvDirective(SphinxDirective):
    """A directive that says in every build what is wrong with it, until that is mended."""

    has_content = True

    @property
    def domain(self) -> DlcvDomain:
        """Where requests and problems are noted."""
        return domain_of(self.env)

    @abstractmethod
    def build(self) -> list[nodes.Node]:
        """Return the nodes; a `PageError` is reported at the directive's line, without any."""

    @final
    def run(self) -> list[nodes.Node]:
        """Return the nodes, or note why there are none."""
        try:
            return self.build()
        except PageError as error:
            self.domain.note("problems", self.env.docname, Problem(str(error), self.lineno))
            return []

    def request(self) -> Request:
        """Return what the argument and the option ``:args:`` ask for."""
        return Request(self.arguments[0], parse_arguments(self.options.get("args", "")))

    def inline(self, text: str) -> list[nodes.Node]:
        """Parse a line of the page's own markup."""
        return self.parse_inline(text, lineno=self.lineno)[0]
