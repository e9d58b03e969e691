"""The directive ``{worked-example}``: *Paper & Pain*, whose numbers a function computes."""

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from dlcv_sphinx.arguments import parse_arguments
from dlcv_sphinx.domain import Asked, Problem, domain_of
from dlcv_sphinx.figure import tuple_of
from dlcv_sphinx.nodes import WorkedExample
from dlcv_viz.engine.session import Request
from dlcv_viz.registry import ArgumentError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

KIND = "Paper & Pain"


class WorkedExampleDirective(SphinxDirective):
    """Tell a calculation that a reader can follow with a pencil.

    The tree is::

        <WorkedExample request=(name, arguments)>
            <paragraph classes="worked-example-title">
            body, which quotes the example's facts
    """

    required_arguments = 1
    has_content = True
    option_spec: ClassVar["OptionSpec"] = {
        "name": directives.unchanged_required,
        "title": directives.unchanged_required,
        "args": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Return the example, with its request noted in the domain."""
        domain, docname = domain_of(self.env), self.env.docname
        missing = [option for option in ("name", "title") if option not in self.options]
        try:
            if missing:
                raise ArgumentError(f"a worked example needs :{missing[0]}:")
            arguments = parse_arguments(self.options.get("args", ""))
        except ArgumentError as error:
            domain.note("problems", docname, Problem(str(error), self.lineno))
            return []
        request = Request(self.arguments[0], arguments)
        example = WorkedExample(request=tuple_of(request), classes=["worked-example"])
        self.set_source_info(example)
        title = self.options["title"]
        heading = nodes.paragraph("", "", nodes.strong("", "", *self.parse_inline(title)[0]))
        heading["classes"].append("worked-example-title")
        self.set_source_info(heading)
        example += [heading, *self.parse_content_to_nodes()]
        label = nodes.fully_normalize_name(self.options["name"])
        self.add_name(example)  # takes the name out of the options
        asked = Asked(request, "example", label, heading.astext(), "", self.lineno)
        domain.note("asked", docname, asked)
        return [example]


def setup(app: "Sphinx") -> None:
    """Register the directive and its node."""
    app.add_directive("worked-example", WorkedExampleDirective)
    app.add_enumerable_node(
        WorkedExample,
        "example",
        _title,
        html=(_visit_html, _depart_html),
        latex=(_visit_latex, _pass),
        text=(_pass, _pass),
        man=(_pass, _pass),
        texinfo=(_pass, _pass),
    )


def _title(node: nodes.Node) -> str:
    return next(node.findall(nodes.paragraph)).astext()


def _visit_html(self: "HTML5Translator", node: WorkedExample) -> None:
    self.body.append(self.starttag(node, "div", role="group"))
    number = self.builder.fignumbers.get("example", {}).get(node["ids"][0], ())
    place = ".".join(map(str, number))
    self.body.append(f'<p class="worked-example-kind">{self.encode(KIND)} {place}</p>\n')


def _depart_html(self: "HTML5Translator", node: WorkedExample) -> None:
    self.body.append("</div>\n")


def _visit_latex(self: "LaTeXTranslator", node: WorkedExample) -> None:
    self.body.append(self.hypertarget_to(node))


def _pass(self: object, node: WorkedExample) -> None:
    pass
