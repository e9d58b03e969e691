"""Formulas as MathML Core, made while the site is built: no script, no third party.

Converted by `math-core`; this file holds the rewriting it needs before and after. Chosen by
``html_math_renderer = "mathml"``.
"""

import re
from functools import cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from docutils import nodes
from math_core import LatexError, LatexToMathML
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from dlcv_sphinx.nodes import FormulaNode
from dlcv_sphinx.predict import ChoiceText

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

logger = logging.getLogger(__name__)

# What math-core does not know, in terms of what it knows.
_MACROS = {
    "substack": r"{\scriptstyle\begin{matrix}#1\end{matrix}}",
    "smash": "#1",
    "mathclap": "#1",
    "hdots": r"\ldots",
}
_ALIGNED = re.compile(r"\\(begin|end)\{(?:align|split|eqnarray)\*?\}")
_EQUATION = re.compile(r"\\(?:begin|end)\{equation\*?\}")
_ROW_SPACE = re.compile(r"(\\\\)\s*\[-?[\d.]+\s*(?:ex|em|pt|mm|cm)\]")  # would be printed
_ENTITY = re.compile(r"&(?!(?:lt|gt|amp|quot|#\w+);)\w+;")  # XHTML knows no others
_SUBSTACK = re.compile(
    r'(<mrow displaystyle="false" scriptlevel="1"><mtable) displaystyle="false" scriptlevel="0"'
)
_ANNOTATION = re.compile("<annotation.*?</annotation>", re.DOTALL)
_SIGN = re.compile(r">\s*([^<>\s][^<>]*?)\s*<")
_LINE_OF_A_PHONE = 16  # signs that 320 px hold, with wide spacing too
# Attributes that MathML 3, which EPUB checkers know, has not at these places.
_CORE_ONLY = re.compile(r' (?:displaystyle|scriptlevel)="[^"]*"|(?<=<mtd) style="[^"]*"')
# What belongs to a formula within a line: brackets that open before it, signs that follow it.
_BEFORE, _AFTER = re.compile(r"[(\[“‘±−]+$"), re.compile(r"[^\w\s—–]+")


def to_mathml(tex: str, *, display: bool, xml: bool = False) -> str:
    """Convert LaTeX to a ``<math>`` element.

    Parameters
    ----------
    tex : str
        Without dollars; several rows may be separated by a double backslash.
    display : bool
        Whether it stands on a line of its own.
    xml : bool, default False
        Whether it goes into XHTML, as in EPUB.

    Returns
    -------
    str
        With the TeX as annotation, which is what a reader copies.

    Raises
    ------
    LatexError
        If the LaTeX is wrong or not known.
    """
    source = _EQUATION.sub("", _ALIGNED.sub(r"\\\1{aligned}", tex))
    source = _ROW_SPACE.sub(r"\1", source)
    if display and r"\\" in source and r"\begin{" not in source:
        source = rf"\begin{{aligned}}{source}\end{{aligned}}"
    mathml = _converter(xml=xml).convert_with_local_state(source, displaystyle=display)
    mathml = _ENTITY.sub(lambda found: unescape(found[0]), mathml)
    # Chromium sets the combining forms beside the letter, not above it.
    mathml = mathml.replace("\u20d7</mo>", "\u2192</mo>")
    mathml = mathml.replace('<mo stretchy="true">\u0332</mo>', '<mo stretchy="true">\u203e</mo>')
    mathml = _SUBSTACK.sub(r'\1 class="substack"', mathml)
    return _CORE_ONLY.sub("", mathml) if xml else mathml


@cache
def _converter(*, xml: bool) -> LatexToMathML:
    return LatexToMathML(
        macros=_MACROS,
        annotation=True,
        xml_namespace=xml,
        allow_unreliable_rendering=True,
        fancy_error=False,
    )


class KeepTogether(SphinxPostTransform):
    """Keep a formula within a line on the line of its brackets and of the sign that follows it.

    Browsers take `<math>` for a picture: a line may end before it and after it.
    """

    default_priority = 900
    formats = ("html",)

    def run(self, **_kwargs: object) -> None:
        """Wrap the formulas of one page, each with its signs."""
        for formula in list(self.document.findall(nodes.math)):
            siblings, place = formula.parent, formula.parent.index(formula)
            kept: list[nodes.Node] = [formula]
            before = siblings[place - 1] if place else None
            after = siblings[place + 1] if place + 1 < len(siblings) else None
            if isinstance(before, nodes.Text) and (found := _BEFORE.search(before)):
                siblings[place - 1] = nodes.Text(before[: found.start()])
                kept.insert(0, nodes.Text(found[0]))
            if isinstance(after, nodes.Text) and (found := _AFTER.match(after)):
                siblings[place + 1] = nodes.Text(after[found.end() :])
                kept.append(nodes.Text(found[0]))
            if len(kept) > 1:
                siblings[place] = nodes.inline("", "", *kept, classes=["keep"])


def setup(app: "Sphinx") -> None:
    """Register the renderer under the name ``mathml``."""
    app.add_post_transform(KeepTogether)
    app.add_html_math_renderer(
        "mathml", inline_renderers=(_visit_inline, None), block_renderers=(_visit_block, None)
    )


def _converted(self: "HTML5Translator", node: nodes.Element, *, display: bool) -> str:
    tex = node.astext()
    try:
        return to_mathml(tex, display=display, xml=self.builder.name == "epub")
    except LatexError as error:
        logger.error("formula %r: %s", tex, error, location=node, type="dlcv", subtype="math")
        return f'<code class="dlcv-error">{escape(tex)}</code>'


def _visit_inline(self: "HTML5Translator", node: nodes.math) -> None:
    formula = _converted(self, node, display=False)
    signs = _signs(formula)
    if _names_something(node):
        # ARIA takes no name of a formula from what is in it, so a checker would hear nothing.
        # Screen readers that know MathML go on reading the formula itself.
        name = " ".join(signs).replace('"', "&quot;")
        attribute = "alttext" if self.builder.name == "epub" else "aria-label"  # as MathML 3 has it
        formula = formula.replace("<math", f'<math {attribute}="{name}"', 1)
    is_long = " is-long" if len("".join(signs)) > _LINE_OF_A_PHONE else ""
    self.body.append(
        self.starttag(node, "span", "", CLASS=f"math notranslate nohighlight{is_long}")
    )
    self.body.append(formula + "</span>")
    raise nodes.SkipNode


def _names_something(node: nodes.math) -> bool:
    """Whether a formula is all that a heading of a table or a choice says."""
    around = node.parent
    heads = isinstance(around.parent, nodes.entry) and isinstance(
        around.parent.parent.parent, nodes.thead
    )
    return (heads or isinstance(around, ChoiceText)) and around.astext() == node.astext()


def _signs(mathml: str) -> list[str]:
    """Return the signs of a formula in a row, as a browser reads out what holds it."""
    return _SIGN.findall(_ANNOTATION.sub("", mathml))


def _visit_block(self: "HTML5Translator", node: nodes.math_block) -> None:
    # Sphinx finds the number by the node's ids: ask before they are taken away.
    is_named = isinstance(node.parent, FormulaNode)  # which shows number and permalink itself
    number = get_node_equation_number(self, node) if node["number"] else ""
    attributes: dict[str, Any] = {}
    if self.builder.name != "epub":  # a wide formula scrolls, and the keyboard stops at it
        name = _("Equation %s") % number if number else _("Formula")
        attributes = {"role": "group", "aria-label": name}
    ids = node["ids"]
    # Our frame, or furo's wrapper, has the id already.
    if is_named or "math-wrapper" in node.parent.get("classes", ()):
        node["ids"] = []
    self.body.append(self.starttag(node, "div", CLASS="math notranslate nohighlight", **attributes))
    node["ids"] = ids
    self.body.append(_converted(self, node, display=True))
    if number and not is_named:
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _("Link to this equation"))
        self.body.append("</span>")
    self.body.append("</div>\n")
    raise nodes.SkipNode
