"""Indexes of what a course holds: formulas, symbols, figures, examples, questions, code.

A directive notes the place; what stands there is copied from the other pages when all are read.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx import formula_index, gallery, lists
from dlcv_sphinx.config import on_screen
from dlcv_sphinx.course import Course
from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.domain import domain_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from dlcv_sphinx.results import Results

# Name of the directive; what makes its nodes, given whether they are for a screen; what it shows.
KINDS: dict[
    str, tuple[Callable[[Course, bool], list[nodes.Node]], Callable[[Course, "Results"], Any]]
] = {
    "formula-index": (formula_index.formulas, formula_index.told_formulas),
    "symbol-index": (formula_index.symbols, formula_index.told_formulas),
    "code-index": (formula_index.code, formula_index.told_code),
    "figure-gallery": (gallery.figures, gallery.told),
    "example-index": (lists.examples, lists.told_examples),
    "question-bank": (lists.questions, lists.told_questions),
}


class IndexNode(nodes.Element):
    """The place of an index until all pages are read."""


class IndexDirective(DlcvDirective):
    """Show an index; its kind is the directive's name."""

    has_content = False

    def build(self) -> list[nodes.Node]:
        """Return the place of the index."""
        self.domain.note("indexes", self.env.docname, self.name)
        return [IndexNode(kind=self.name)]


class ShowIndexes(SphinxPostTransform):
    """Fill the indexes."""

    default_priority = 2  # before pictures and facts (4) and references (10) are resolved

    def run(self, **_kwargs: object) -> None:
        """Resolve one page, or the one tree that LaTeX makes of all."""
        course = Course(self.env, self.env.docname)
        is_screen = on_screen(self.app.builder)
        for place in list(self.document.findall(IndexNode)):
            make, _told = KINDS[place["kind"]]
            made = make(course, is_screen)
            nothing = nodes.paragraph("", _("There is nothing to list yet."))
            place.replace_self(made or [nothing])


def shown_on(env: "BuildEnvironment", results: "Results") -> dict[str, list[Any]]:
    """Return what each page with an index shows of other pages: JSON that changes when that does.

    Parameters
    ----------
    env : BuildEnvironment
        After figures have their numbers.
    results : Results
        Of this build.

    Returns
    -------
    dict of str to list
        By page.
    """
    told: dict[str, list[Any]] = {}
    for docname, kind in domain_of(env).indexes():
        _make, tell = KINDS[kind]
        titles = [env.titles[doc].astext() for doc in sorted(env.titles)]
        told.setdefault(docname, []).append([kind, titles, tell(Course(env, docname), results)])
    return told


def setup(app: "Sphinx") -> None:
    """Register the directives and the transform."""
    for kind in KINDS:
        app.add_directive(kind, IndexDirective)
    app.add_post_transform(ShowIndexes)
    app.connect("html-page-context", _add_script)
    app.connect("build-finished", _forget)


def _add_script(app: "Sphinx", docname: str, *_page: object) -> None:
    if "formula-index" in domain_of(app.env).data["indexes"].get(docname, ()):
        app.add_js_file("dlcv-index.js", loading_method="defer")


def _forget(app: "Sphinx", exception: Exception | None) -> None:
    if exception is None:
        domain_of(app.env).doctrees.clear()
