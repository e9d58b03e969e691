"""The directive ``{formula}``: a formula with a name, its symbols, its source and its code."""

import re
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.math import get_node_equation_number

from dlcv_sphinx.arguments import PageError
from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.fold_out import fold_out
from dlcv_sphinx.nodes import FormulaFoot, FormulaNode, FormulaTitle
from dlcv_sphinx.notes import Formula, Symbol, formula_anchor

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator

_HEADINGS = ("Symbol", "Meaning", "Values")
_BAR = re.compile(r"\s\|\s(?=(?:[^$]*\$[^$]*\$)*[^$]*$)")  # not a bar within a symbol


class FormulaDirective(DlcvDirective):
    """Name a formula, so that pages can refer to it by ``{formula}`` and its id.

    Lines of the content that begin with a dollar tell symbols, ``$symbol$ | meaning | values``; the
    others are the formula. The tree is::

        <FormulaNode>
            <FormulaTitle>
            <math_block label number>
            <FormulaFoot>
                <paragraph> conditions
                <FoldOut> table of symbols
                <paragraph classes="formula-source">
    """

    required_arguments = 1
    option_spec: ClassVar["OptionSpec"] = {
        "title": directives.unchanged_required,
        "source": directives.unchanged_required,
        "conditions": directives.unchanged_required,
        "implements": directives.unchanged_required,
    }

    def build(self) -> list[nodes.Node]:
        """Return the formula, noted in the domains."""
        lines = [line.strip() for line in self.content]
        tex = "\n".join(line for line in lines if line and not line.startswith("$"))
        cells = [
            [cell.strip() for cell in _BAR.split(line)] for line in lines if line.startswith("$")
        ]
        self._check(tex, cells)
        symbols = tuple(Symbol(*row) for row in cells)
        title = FormulaTitle("", "", *self.inline(self.options["title"]), classes=["formula-title"])
        formula = FormulaNode("", title, classes=["formula"])
        self.set_source_info(formula)
        formula += self._equation(tex)
        foot = self._foot(symbols)
        if foot.children:
            formula += foot
        self._note(title.astext(), tex, symbols)
        return [formula]

    def _note(self, name: str, tex: str, symbols: tuple[Symbol, ...]) -> None:
        noted = Formula(
            label=f"eq-{self.arguments[0]}",
            title=self.options["title"],
            name=name,
            tex=tex,
            symbols=symbols,
            source=self.options.get("source", ""),
            conditions=self.options.get("conditions", ""),
            implements=self.options.get("implements", ""),
            line=self.lineno,
        )
        self.domain.note("formulas", self.env.docname, noted)

    def _check(self, tex: str, symbols: list[list[str]]) -> None:
        name = self.arguments[0]
        if name != nodes.make_id(name):
            raise PageError(f"{name!r} is no id of a formula: small letters, digits and hyphens")
        if "title" not in self.options:
            raise PageError(f"formula {name!r} needs :title:")
        if not tex:
            raise PageError(f"formula {name!r} is empty")
        for cells in symbols:
            if len(cells) != len(_HEADINGS):
                said = " | ".join(cells)
                raise PageError(f"a symbol is '$symbol$ | meaning | values', not {said!r}")

    def _equation(self, tex: str) -> nodes.math_block:
        docname, label = self.env.docname, f"eq-{self.arguments[0]}"
        equation = nodes.math_block(tex, tex, label=label, docname=docname)
        equation["ids"], equation["names"] = [formula_anchor(label)], [label]
        self.set_source_info(equation)
        self.state.document.note_explicit_target(equation)
        math = self.env.domains.math_domain
        math.note_equation(docname, label, location=equation)
        equation["number"] = math.get_equation_number_for(label)
        return equation

    def _foot(self, symbols: tuple[Symbol, ...]) -> FormulaFoot:
        foot = FormulaFoot(classes=["formula-foot"])
        if "conditions" in self.options:
            said = self.inline(self.options["conditions"])
            foot += nodes.paragraph("", "", *said, classes=["formula-conditions"])
        if symbols:
            foot += fold_out(["symbols"], [nodes.Text(_("Symbols"))], [self._table(symbols)])
        origin: list[nodes.Node] = []
        if "source" in self.options:
            origin += [nodes.Text(_("Source: "))]
            origin += self.inline(self.options["source"])
        if "implements" in self.options:
            origin += [nodes.Text(" · " if origin else ""), nodes.Text(_("computed by "))]
            name = self.options["implements"]
            shown = name.partition("numerics.")[2] or name
            origin += [nodes.literal("", shown, implements=name)]
        if origin:
            foot += nodes.paragraph("", "", *origin, classes=["formula-source"])
        return foot

    def _table(self, symbols: tuple[Symbol, ...]) -> nodes.table:
        def row(cells: list[list[nodes.Node]]) -> nodes.row:
            return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *c)) for c in cells))

        columns = [nodes.colspec(colwidth=width) for width in (1, 3, 2)]
        head = nodes.thead("", row([[nodes.Text(_(heading))] for heading in _HEADINGS]))
        parsed = [[self.inline(cell) for cell in cells] for cells in symbols]
        body = nodes.tbody("", *map(row, parsed))
        group = nodes.tgroup("", *columns, head, body, cols=len(columns))
        return nodes.table("", group, classes=["colwidths-auto"])


class UnwrapEquations(SphinxPostTransform):
    """Take away the wrapper with a second copy of the ids that furo puts around equations."""

    formats = ("html",)
    default_priority = 600  # furo wraps at 500

    def run(self, **_kwargs: object) -> None:
        """Make the equation a child of its frame again."""
        for formula in self.document.findall(FormulaNode):
            equation = equation_of(formula)
            if equation.parent is not formula:
                equation.parent.replace_self(equation)


def setup(app: "Sphinx") -> None:
    """Register the directive and its nodes."""
    app.add_directive("formula", FormulaDirective)
    app.add_post_transform(UnwrapEquations)
    app.add_node(FormulaNode, html=(_visit_formula, _depart_formula))
    app.add_node(FormulaTitle, html=(_visit_title, _depart_title))
    app.add_node(FormulaFoot, html=(_visit_foot, _depart_foot))
    app.add_js_file("dlcv-formula.js", loading_method="defer")
    # Sphinx has given the labels by now, but knows titles of sections, figures and tables only.
    app.connect("doctree-read", _title_labels)


def _title_labels(app: "Sphinx", doctree: nodes.document) -> None:
    standard = app.env.domains.standard_domain
    for formula in doctree.findall(FormulaNode):
        title, equation = formula.children[:2]
        anchor = cast("nodes.Element", equation)["ids"][0]
        label = cast("nodes.Element", equation)["label"]
        standard.labels[label] = app.env.docname, anchor, title.astext()


def equation_of(formula: FormulaNode) -> nodes.math_block:
    """Return the equation of a formula."""
    return next(formula.findall(nodes.math_block))


def _visit_formula(self: "HTML5Translator", node: FormulaNode) -> None:
    equation = equation_of(node)
    # Another renderer than ours would write the id a second time.
    ids = equation["ids"] if self.builder.math_renderer_name == "mathml" else []
    attributes: dict[str, Any] = {"ids": ids, "data-tex": equation.astext()}
    self.body.append(self.starttag(node, "div", role="group", **attributes))


def _depart_formula(self: "HTML5Translator", node: FormulaNode) -> None:
    self.body.append("</div>\n")


def _visit_title(self: "HTML5Translator", node: FormulaTitle) -> None:
    equation = equation_of(cast("FormulaNode", node.parent))
    number = get_node_equation_number(self, equation)
    self.body.append(f'<div class="formula-head"><span class="formula-number">{number}</span>\n')
    # A page has its formulas among its headings; an e-book does not.
    is_page = self.builder.name != "epub"
    tag = node["tag"] = f"h{_heading_level(self, node)}" if is_page else "p"
    ids = [f"{equation['label']}-title"] if is_page else []
    self.body.append(self.starttag(node, tag, "", ids=ids))


def _depart_title(self: "HTML5Translator", node: FormulaTitle) -> None:
    self.body.append(f"</{node['tag']}>")
    self.add_permalink_ref(equation_of(cast("FormulaNode", node.parent)), _("Link to this formula"))
    self.body.append("</div>\n")


def _heading_level(self: "HTML5Translator", node: nodes.Element) -> int:
    """Return the level below the heading around: one in a tab is a rubric before the formula."""
    around = node
    while around.parent is not None and not isinstance(around, nodes.section):
        siblings = around.parent.children
        for before in reversed(siblings[: siblings.index(around)]):
            if isinstance(before, nodes.rubric) and "heading-level" in before:
                return min(6, cast("int", before["heading-level"]) + 1)
        around = around.parent
    return min(6, self.section_level + 1)


def _visit_foot(self: "HTML5Translator", node: FormulaFoot) -> None:
    self.body.append(self.starttag(node, "div"))


def _depart_foot(self: "HTML5Translator", node: FormulaFoot) -> None:
    self.body.append("</div>\n")
