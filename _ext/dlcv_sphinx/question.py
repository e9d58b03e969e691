"""The directive ``{question}``: an interview question whose answer folds out."""

from typing import TYPE_CHECKING, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from dlcv_sphinx.arguments import PageError
from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.fold_out import fold_out
from dlcv_sphinx.nodes import QuestionNode
from dlcv_sphinx.notes import Question

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec

LEVELS = ("core", "deeper")


def _level(argument: str) -> str:
    return directives.choice(argument, LEVELS)


class QuestionDirective(DlcvDirective):
    """Ask in the argument, answer in the content; ``:level:`` is ``core`` or ``deeper``."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar["OptionSpec"] = {"level": _level}

    def build(self) -> list[nodes.Node]:
        """Return the question as a fold-out."""
        if not "".join(self.content).strip():
            raise PageError(f"question {self.arguments[0]!r} has no answer")
        level = self.options.get("level", LEVELS[0])
        words = self.inline(self.arguments[0])
        asked = [
            nodes.inline("", "", *words),  # one item of the line, however many words and formulas
            nodes.Text(" "),
            nodes.inline("", level.capitalize(), classes=["level"]),
        ]
        answer = self.parse_content_to_nodes()
        question = fold_out(["question"], asked, answer, QuestionNode)
        self.set_source_info(question)
        noted = Question(self.arguments[0], level, "\n".join(self.content), self.lineno)
        self.domain.note("questions", self.env.docname, noted)
        return [question]


def setup(app: "Sphinx") -> None:
    """Register the directive."""
    app.add_directive("question", QuestionDirective)
