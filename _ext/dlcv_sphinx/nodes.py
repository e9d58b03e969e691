"""Nodes of the doctree that hold requests and quotes until the build has resolved them.

Each is a kind of standard node, so that a builder we do not know still writes something.
"""

from docutils import nodes

from dlcv_viz.engine.session import Request


class FigureNode(nodes.figure):
    """A numbered figure; ``request`` says what it shows."""


class PictureNode(nodes.image):
    """One image of a figure, of one theme."""


class Pictures(nodes.container):
    """The images of a figure, one a theme."""


class PendingPicture(nodes.Element):
    """The place of a figure's images until they are drawn."""


class WorkedExample(nodes.container):
    """A worked example; ``request`` says what computed it."""


class FactNode(nodes.inline):
    """A fact quoted in prose."""


class FactTable(nodes.Element):
    """A table whose rows are the items of list facts; its children are the headings."""


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
