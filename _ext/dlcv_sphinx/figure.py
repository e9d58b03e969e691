"""The directive ``{dlcv-figure}``: a numbered figure that a function draws."""

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.nodes import clean_astext

from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.nodes import FigureNode, PendingPicture, PictureNode, Pictures
from dlcv_sphinx.notes import Asked

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator


def _align(argument: str) -> str:
    return directives.choice(argument, ("left", "center", "right"))


def _loading(argument: str) -> str:
    return directives.choice(argument, ("lazy", "eager"))


class DlcvFigure(DlcvDirective):
    """Ask for a figure and say what it shows.

    Nothing is imported or drawn here. The tree is::

        <FigureNode request=(name, arguments)>
            <PendingPicture alt loading>
            <caption>
            <legend>
    """

    required_arguments = 1
    option_spec: ClassVar["OptionSpec"] = {
        "name": directives.unchanged,
        "args": directives.unchanged,
        "alt": directives.unchanged,
        "figclass": directives.class_option,
        "width": directives.length_or_percentage_or_unitless,
        "align": _align,
        "loading": _loading,
    }

    def build(self) -> list[nodes.Node]:
        """Return the figure, with its request noted in the domain."""
        request = self.request()
        alt = " ".join(self.options.get("alt", "").split())
        figure = FigureNode(request=tuple(request), classes=["dlcv-figure"])
        self.set_source_info(figure)
        figure["classes"] += self.options.get("figclass", [])
        for option in ("width", "align"):
            if option in self.options:
                figure[option] = self.options[option]
        figure += PendingPicture(alt=alt, loading=self.options.get("loading", "lazy"))
        self._add_caption(figure)
        caption = next(figure.findall(nodes.caption), None)
        title = clean_astext(caption) if caption is not None else ""
        label = nodes.fully_normalize_name(self.options.get("name", ""))
        self.add_name(figure)  # takes the name out of the options
        asked = Asked(request, "figure", label, title, alt, self.lineno)
        self.domain.note("asked", self.env.docname, asked)
        return [figure]

    def _add_caption(self, figure: FigureNode) -> None:
        content = self.parse_content_to_nodes()
        first = content[0] if content else None
        if isinstance(first, nodes.paragraph):
            del content[0]
            caption = nodes.caption(first.rawsource, "", *first.children)  # for translators
            caption.source, caption.line = first.source, first.line
            figure += caption
        if content:
            figure += nodes.legend("", *content)


def setup(app: "Sphinx") -> None:
    """Register the directive and its nodes."""
    app.add_directive("dlcv-figure", DlcvFigure)
    app.add_enumerable_node(FigureNode, "figure", html=(_visit_figure, _depart_figure))
    app.add_node(Pictures, html=(_visit_pictures, _depart_pictures))
    app.add_node(PictureNode, html=(_visit_picture, _depart_picture))
    app.add_node(PendingPicture, **dict.fromkeys(_BUILDERS, (_skip, _depart_picture)))  # type: ignore[arg-type]  # one pair a builder


_BUILDERS = ("html", "latex", "text", "man", "texinfo", "gettext")


def _visit_figure(self: "HTML5Translator", node: FigureNode) -> None:
    attributes = {"data-figure": node["request"][0]}
    if node.get("frames"):
        attributes["data-frames"] = str(node["frames"])
    if "width" in node:
        attributes["style"] = f"width: {node['width']}"
    classes = [f"align-{node['align']}"] if "align" in node else []
    self.body.append(self.starttag(node, "figure", CLASS=" ".join(classes), **attributes))


def _depart_figure(self: "HTML5Translator", node: FigureNode) -> None:
    has_text = any(isinstance(child, nodes.caption | nodes.legend) for child in node)
    self.body.append("</figcaption>\n</figure>\n" if has_text else "</figure>\n")


def _visit_pictures(self: "HTML5Translator", node: Pictures) -> None:
    self.body.append('<div class="dlcv-picture">\n')


def _depart_pictures(self: "HTML5Translator", node: Pictures) -> None:
    self.body.append("</div>\n")


def _visit_picture(self: "HTML5Translator", node: PictureNode) -> None:
    images = self.builder.images
    uri = f"{self.builder.imgpath}/{images[node['uri']]}"
    # "width" and "height" as attributes of the node would make Sphinx wrap it in a link.
    attributes: dict[str, str] = dict(
        zip(("width", "height"), node.get("pixels", ()), strict=False)
    )
    attributes.update(alt=node["alt"], loading=node["loading"], decoding="async")
    if "stack" in node:
        attributes["data-stack"] = f"{self.builder.imgpath}/{images[node['stack']]}"
    self.body.append(self.emptytag(node, "img", "\n", src=uri, **attributes))


def _depart_picture(self: "HTML5Translator", node: nodes.Element) -> None:
    pass


def _skip(self: "HTML5Translator", node: PendingPicture) -> None:
    raise nodes.SkipNode
