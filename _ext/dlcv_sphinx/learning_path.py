"""The directive ``{learning-path}``: all modules and who needs whom, drawn, with a link on each."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.domain import DlcvDomain, domain_of
from dlcv_sphinx.modules import Module, modules_of
from dlcv_sphinx.nodes import FigureNode, PendingPicture, Pictures, request_of
from dlcv_sphinx.notes import Asked
from dlcv_viz.engine.session import Request, Result

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.writers.html5 import HTML5Translator

FIGURE = "learning_path.graph"


class LearningPath(nodes.Element):
    """The place of the graph until all pages are read."""


class PathFigure(FigureNode):
    """The graph; a figure without a number."""


class LinkedPictures(nodes.Element):
    """The pictures of the graph, below ``links``: title and address of each module, and its box."""


class LearningPathDirective(DlcvDirective):
    """Show the modules of the course, each with a line to those that build on it."""

    has_content = False

    def build(self) -> list[nodes.Node]:
        """Return the place of the graph."""
        self.domain.note("paths", self.env.docname, self.lineno)
        return [LearningPath()]


class DrawPath(SphinxPostTransform):
    """Make a figure of the place of the graph."""

    default_priority = 3  # before pictures are resolved (4)

    def run(self, **_kwargs: object) -> None:
        """Resolve one page."""
        for place in list(self.document.findall(LearningPath)):
            every = list(modules_of(self.env).values())
            if domain_of(self.env).results is None or not every:
                place.parent.remove(place)
                continue
            picture = PendingPicture(alt="", loading="lazy")
            request = tuple(_request(every))
            place.replace_self(PathFigure("", picture, request=request, classes=["dlcv-figure"]))


class LinkPath(SphinxPostTransform):
    """Lay links over the pictures of the graph."""

    formats = ("html",)
    default_priority = 5  # after pictures are resolved

    def run(self, **_kwargs: object) -> None:
        """Resolve one page."""
        results = domain_of(self.env).results
        for figure in list(self.document.findall(PathFigure)):
            pictures = next(figure.findall(Pictures), None)  # none in an e-book or after a failure
            result = results.found[request_of(figure)] if results else None
            if pictures is not None and isinstance(result, Result):
                linked = LinkedPictures(links=list(self._links(result.entry.shown)))
                linked += pictures.children
                pictures.children = []
                pictures += linked

    def _links(self, facts: dict[str, Any]) -> Iterator[tuple[str, str, tuple[float, ...]]]:
        boxes = zip(*(facts[side] for side in ("left", "top", "width", "height")), strict=True)
        for module, box in zip(modules_of(self.env).values(), boxes, strict=True):
            uri = self.app.builder.get_relative_uri(self.env.docname, module.docname)
            yield module.title, uri, box


def asked(env: "BuildEnvironment", domain: DlcvDomain) -> Iterator[tuple[str, Asked]]:
    """Yield the graph as a figure, for each page that shows it."""
    every = list(modules_of(env).values())
    for docname, line in domain.paths() if every else ():
        yield docname, Asked(_request(every), "figure", "", "", "", line)


def shown_on(env: "BuildEnvironment", domain: DlcvDomain) -> dict[str, list[Any]]:
    """Return, for each page with the graph, what that shows and links to."""
    every = list(modules_of(env).values())
    told = [[module.docname for module in every], _request(every).arguments]
    return dict.fromkeys((docname for docname, _line in domain.paths()), told)


def _request(modules: list[Module]) -> Request:
    """Return the graph of some modules, in their order."""
    place = {module.id: k for k, module in enumerate(modules)}
    arguments = {
        "ids": [module.id for module in modules],
        "numbers": [module.number for module in modules],
        "groups": [module.category for module in modules],
        "titles": [module.title for module in modules],
        # What comes later or is not there has its report.
        "needs": [
            ", ".join(need for need in module.needs if place.get(need, k) < k)
            for k, module in enumerate(modules)
        ],
    }
    return Request(FIGURE, json.dumps(arguments, sort_keys=True))


def setup(app: "Sphinx") -> None:
    """Register the directive, its nodes and the transforms."""
    app.add_directive("learning-path", LearningPathDirective)
    app.add_node(LinkedPictures, html=(_visit_linked, _depart_linked))
    app.add_post_transform(DrawPath)
    app.add_post_transform(LinkPath)


def _visit_linked(self: "HTML5Translator", node: LinkedPictures) -> None:
    self.body.append('<div class="dlcv-linked">\n')


def _depart_linked(self: "HTML5Translator", node: LinkedPictures) -> None:
    self.body.append('<ul class="dlcv-links">\n')
    for title, uri, (left, top, width, height) in node["links"]:
        middle = left + width / 2
        # Where the title is anchored, which is wider than its box: it must not leave the picture.
        side = "start" if middle < 1 / 3 else "end" if middle > 2 / 3 else "middle"
        box = f"left:{left:.3%};top:{top:.3%};width:{width:.3%};height:{height:.3%}"
        self.body.append(
            f'<li class="{side}" style="{box}"><a class="reference internal" '
            f'href="{self.attval(uri)}"><span>{self.encode(title)}</span></a></li>\n'
        )
    self.body.append("</ul>\n</div>\n")
