"""The directive ``{predict}``: a question to answer before looking; a choice shows the answer."""

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.arguments import PageError
from dlcv_sphinx.directive import DlcvDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator


class Predict(nodes.container):
    """A question, choices and an answer; ``number`` counts them on the page."""


class Choices(nodes.bullet_list):
    """What a reader may choose from."""


class Choice(nodes.list_item):
    """One choice."""


class ChoiceText(nodes.paragraph):
    """The words of a choice."""


class Answer(nodes.container):
    """What is shown after a choice."""


class PredictDirective(DlcvDirective):
    """Ask in the argument; the content is a list of choices, then the answer.

    It needs no script: the style sheet shows the answer once a choice is made. The tree is::

        <Predict number>
            <paragraph classes="predict-title">
            <paragraph classes="predict-question">
            <Choices>
                <Choice><ChoiceText>...
            <Answer>
    """

    required_arguments = 1
    final_argument_whitespace = True

    def build(self) -> list[nodes.Node]:
        """Return the question with its choices."""
        content = self.parse_content_to_nodes()
        if len(content) < 2 or not isinstance(content[0], nodes.bullet_list):
            raise PageError("{predict} holds a list of choices, then the answer")
        number = self.env.new_serialno("dlcv-predict") + 1
        predict = Predict(number=number, classes=["predict"])
        self.set_source_info(predict)
        question = self.inline(self.arguments[0])
        choices = Choices(bullet="*", number=number)
        for item in content[0].children:
            words = [node for part in item.children for node in part.children]
            choices += Choice("", ChoiceText("", "", *words), number=number)
        predict += [
            nodes.paragraph("", _("Predict first"), classes=["predict-title"]),
            nodes.paragraph(
                "", "", *question, ids=[_question_id(number)], classes=["predict-question"]
            ),
            choices,
            Answer("", *content[1:], classes=["answer"]),
        ]
        return [predict]


class PlainChoices(SphinxPostTransform):
    """Make a list of the choices in e-books, which are no forms."""

    formats = ("html",)
    default_priority = 190

    def run(self, **_kwargs: object) -> None:
        """Replace the nodes by the standard ones that they are kinds of."""
        if self.app.builder.name != "epub":
            return
        for kind, plain in (
            (Choices, nodes.bullet_list),
            (Choice, nodes.list_item),
            (ChoiceText, nodes.paragraph),
        ):
            for node in list(self.document.findall(kind)):
                node.replace_self(plain("", *node.children))  # type: ignore[arg-type]  # no source


def setup(app: "Sphinx") -> None:
    """Register the directive and its nodes."""
    app.add_post_transform(PlainChoices)
    app.add_directive("predict", PredictDirective)
    app.add_node(Predict, html=(_visit_predict, _depart_block))
    app.add_node(Choices, html=(_visit_choices, _depart_choices))
    app.add_node(Choice, html=(_visit_choice, _depart_choice))
    app.add_node(ChoiceText, html=(_visit_words, _depart_words))
    app.add_node(Answer, html=(_visit_answer, _depart_block))


def _question_id(number: int) -> str:
    return f"predict-{number}-question"


def _visit_predict(self: "HTML5Translator", node: Predict) -> None:
    self.body.append(self.starttag(node, "div"))


def _visit_answer(self: "HTML5Translator", node: Answer) -> None:
    self.body.append(self.starttag(node, "div", role="status"))


def _depart_block(self: "HTML5Translator", node: nodes.Element) -> None:
    self.body.append("</div>\n")


def _visit_choices(self: "HTML5Translator", node: Choices) -> None:
    name: dict[str, Any] = {"aria-labelledby": _question_id(node["number"])}
    self.body.append(self.starttag(node, "fieldset", CLASS="choices", **name))


def _depart_choices(self: "HTML5Translator", node: Choices) -> None:
    self.body.append("</fieldset>\n")


def _visit_choice(self: "HTML5Translator", node: Choice) -> None:
    self.body.append(f'<label><input type="radio" name="predict-{node["number"]}" />')


def _depart_choice(self: "HTML5Translator", node: Choice) -> None:
    self.body.append("</label>\n")


def _visit_words(self: "HTML5Translator", node: ChoiceText) -> None:
    self.body.append("<span>")


def _depart_words(self: "HTML5Translator", node: ChoiceText) -> None:
    self.body.append("</span>")
