"""The directive ``{worked-example}``: *Paper & Pain*, whose numbers a function computes."""

import re
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from dlcv_sphinx.arguments import PageError
from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.nodes import WorkedExample
from dlcv_sphinx.notes import Asked
from dlcv_viz.facts import quotes

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator
    from sphinx.writers.latex import LaTeXTranslator

KIND = "Paper & Pain"
_MATH = re.compile(r"\$.*?\$")  # its braces are TeX's


class WorkedExampleDirective(DlcvDirective):
    """Tell a calculation that a reader can follow with a pencil.

    The tree is::

        <WorkedExample request=(name, arguments)>
            <paragraph classes="worked-example-title">
            body, which quotes the example's facts
    """

    required_arguments = 1
    option_spec: ClassVar["OptionSpec"] = {
        "name": directives.unchanged_required,
        "title": directives.unchanged_required,
        "args": directives.unchanged,
    }

    def build(self) -> list[nodes.Node]:
        """Return the example, with its request noted in the domain."""
        for option in ("name", "title"):
            if option not in self.options:
                raise PageError(f"a worked example needs :{option}:")
        if any(quotes(_MATH.sub("", self.options["title"]))):
            raise PageError("a title quotes no facts: it is listed where they are not known")
        request = self.request()
        example = WorkedExample(request=tuple(request), classes=["worked-example"])
        self.set_source_info(example)
        title = nodes.strong("", "", *self.inline(self.options["title"]))
        heading = nodes.paragraph("", "", title, classes=["worked-example-title"])
        self.set_source_info(heading)
        example += [heading, *self.parse_content_to_nodes()]
        label = nodes.fully_normalize_name(self.options["name"])
        self.add_name(example)  # takes the name out of the options
        asked = Asked(request, "example", label, heading.astext(), "", self.lineno)
        self.domain.note("asked", self.env.docname, asked)
        return [example]


def setup(app: "Sphinx") -> None:
    """Register the directive and its node."""
    app.add_directive("worked-example", WorkedExampleDirective)
    app.add_enumerable_node(
        WorkedExample,
        "example",
        _title,
        html=(_visit_html, _depart_html),
        latex=(_visit_latex, _depart_latex),
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
    numbers = self.builder.env.toc_fignumbers.get(self.curfilestack[-1], {}).get("example", {})
    place = ".".join(map(str, numbers.get(node["ids"][0], ())))
    self.body.append("\n\\begin{sphinxuseclass}{worked-example}")
    labels = self.hypertarget_to(node)
    self.body.append(rf"\dlcvexample{{{self.escape(KIND)}}}{{{place}}}{{{labels}}}")


def _depart_latex(self: "LaTeXTranslator", node: WorkedExample) -> None:
    self.body.append("\n\\end{sphinxuseclass}\n")


def _pass(self: object, node: WorkedExample) -> None:
    pass
