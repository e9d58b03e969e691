"""The gallery: every figure, small, with its number and the call that draws it."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from docutils import nodes

from dlcv_sphinx.config import on_screen
from dlcv_sphinx.course import Course, counted
from dlcv_sphinx.nodes import FigureNode, PendingPicture
from dlcv_viz.engine.session import Result

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from dlcv_sphinx.notes import Asked
    from dlcv_sphinx.results import Results
    from dlcv_viz.engine.session import Request


def figures(course: Course, is_screen: bool) -> list[nodes.Node]:
    """Show the figures of every page."""
    shown: list[nodes.Node] = []
    for docname, _noted in course.pages("asked"):
        asked = list(_figures(course, docname))
        if not asked:
            continue
        n = len(asked)
        shown.append(course.heading(docname, counted(n, "figure", "figures")))
        cards = nodes.bullet_list(classes=["gallery"])
        cards += [_card(course, figure, is_screen) for figure in asked]
        shown.append(cards)
    return shown


def told(course: Course, results: "Results") -> list[Any]:
    """Return what the gallery shows beside pictures."""
    env = course.env
    numbered = [
        [docname, sorted(env.toc_fignumbers.get(docname, {}).get("figure", {}).items())]
        for docname, _noted in course.pages("asked")
    ]
    calls = [
        [docname, [[a.label, *a.request] for a in _figures(course, docname)]]
        for docname, _noted in course.pages("asked")
    ]
    return [numbered, calls]


def pictures(app: "Sphinx") -> Iterator[tuple[str, "Request"]]:
    """Yield what the pages with a gallery show, as they ask for it."""
    env = app.env
    for docname, kind in Course(env, "").domain.indexes() if on_screen(app.builder) else ():
        if kind == "figure-gallery":
            course = Course(env, docname)
            for page, _noted in course.pages("asked"):
                yield from ((docname, asked.request) for asked in _figures(course, page))


def call_of(request: "Request") -> str:
    """Return the call that a request stands for: ``perceptron.boundary(seed=3)``."""
    arguments = json.loads(request.arguments)
    said = ", ".join(f"{name}={value!r}" for name, value in arguments.items())
    return f"{request.name}({said})"


def _figures(course: Course, docname: str) -> Iterator["Asked"]:
    for asked in course.domain.data["asked"].get(docname, ()):
        if asked.kind == "figure" and asked.label:
            yield asked


def _card(course: Course, asked: "Asked", is_screen: bool) -> nodes.list_item:
    card = nodes.list_item()
    if is_screen:
        picture = PendingPicture(alt=asked.alt, loading="lazy")
        request = tuple(asked.request)
        card += FigureNode("", picture, request=request, still=True, classes=["thumb"])
    link = course.link("std", "numref", asked.label)
    card += nodes.paragraph("", "", link, classes=["gallery-title"])
    result = course.domain.results.found[asked.request] if course.domain.results else None
    if isinstance(result, Result):
        card += nodes.paragraph("", result.description.summary)
    call = nodes.literal("", call_of(asked.request))
    card += nodes.paragraph("", "", call, classes=["meta"])
    return card
