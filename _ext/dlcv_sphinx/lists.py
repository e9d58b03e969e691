"""Lists of all worked examples and of all interview questions."""

from typing import TYPE_CHECKING, Any, cast

from docutils import nodes

from dlcv_sphinx.course import Course, counted, target
from dlcv_sphinx.fold_out import Summary
from dlcv_sphinx.gallery import call_of
from dlcv_sphinx.nodes import QuestionNode, WorkedExample, request_of

if TYPE_CHECKING:
    from dlcv_sphinx.results import Results


def examples(course: Course, is_screen: bool) -> list[nodes.Node]:
    """List the worked examples of every page by number, with what computes them."""
    shown: list[nodes.Node] = []
    for docname, _noted in course.pages("asked"):
        found = course.found(docname, WorkedExample)
        rows = nodes.bullet_list(classes=["example-index"])
        for node in found:
            title = cast("nodes.Element", node.children[0])
            strong = next(title.findall(nodes.strong))
            row = nodes.paragraph("", "", course.link("std", "numref", node["names"][0]))
            row += [nodes.Text(" "), *course.copies(strong), nodes.Text(" ")]
            call = nodes.literal("", call_of(request_of(node)))
            row += nodes.inline("", "", call, classes=["meta"])
            rows += nodes.list_item("", row)
        if found:
            shown += [course.heading(docname), rows]
    return shown


def told_examples(course: Course, results: "Results") -> list[Any]:
    """Return what the list of examples shows."""
    numbers = course.env.toc_fignumbers
    return [
        [
            docname,
            asked.label,
            asked.caption,
            *asked.request,
            numbers.get(docname, {}).get("example"),
        ]
        for docname, asked in course.domain.asked()
        if asked.kind == "example"
    ]


def questions(course: Course, is_screen: bool) -> list[nodes.Node]:
    """Show the questions of every page; with their answers where these can be folded away."""
    shown: list[nodes.Node] = []
    for docname, noted in course.pages("questions"):
        n = len(noted)
        shown.append(course.heading(docname, counted(n, "question", "questions")))
        found = course.found(docname, QuestionNode)
        if is_screen:
            shown += [course.copy(question) for question in found]
            continue
        rows = nodes.bullet_list()
        for question in found:
            asked = course.copies(next(question.findall(Summary)))
            rows += nodes.list_item("", nodes.paragraph("", "", *asked))
        shown.append(rows)
    return shown


def told_questions(course: Course, results: "Results") -> list[Any]:
    """Return what the bank of questions shows."""
    noted = [[docname, q._replace(line=0)] for docname, q in course.domain.questions()]
    links = [
        [docname, target(course.env, link)]
        for docname, link in course.domain.links()
        if link.around == "question"
    ]
    return [noted, links, course.quoted("question", results)]
