"""Links back: from a formula, a source and a worked example to what uses or computes them."""

import json
import shlex
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.locale import _
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.collect import label_of
from dlcv_sphinx.config import on_screen
from dlcv_sphinx.course import LABELS, Course, target, uses
from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.fold_out import fold_out
from dlcv_sphinx.formula_index import code_anchor
from dlcv_sphinx.nodes import FormulaFoot, FormulaNode, WorkedExample, request_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from dlcv_sphinx.notes import Link
    from dlcv_sphinx.results import Results
    from dlcv_viz.engine.session import Request


class ShowUses(SphinxPostTransform):
    """Tell in the foot of each formula where it is used, and link to its code."""

    default_priority = 3  # before references are resolved (10)

    def run(self, **_kwargs: object) -> None:
        """Resolve one page, or the one tree that LaTeX makes of all."""
        every = uses(self.env, *LABELS)
        home = _home_of_code(self.env)
        course = Course(self.env, self.env.docname)
        for formula in list(self.document.findall(FormulaNode)):
            used = every.get(label_of(formula), [])
            foot = next(formula.findall(FormulaFoot), None)
            if foot is None:
                foot = FormulaFoot(classes=["formula-foot"])
                formula.append(foot)
            for name in foot.findall(nodes.literal) if home else ():
                if "implements" in name:
                    _link_code(self.app.builder, course, name, home)
            if used:
                foot.append(_told(course, _("Used in"), used))
            if not foot.children:
                formula.remove(foot)


class ShowCitations(SphinxPostTransform):
    """Tell at each source of the bibliography where it is cited."""

    default_priority = 6  # behind the transform that makes the entries (5)

    def run(self, **_kwargs: object) -> None:
        """Resolve one page, or the one tree that LaTeX makes of all."""
        if "cite" not in self.env.domains:
            return
        cited: Any = self.env.domains["cite"]
        keys = {citation.citation_id: citation.key for citation in cited.citations}
        every = uses(self.env, "cite")
        course = Course(self.env, self.env.docname)
        for entry in self.document.findall(nodes.citation):
            key = next((keys[i] for i in entry["ids"] if i in keys), "")
            # One link a page: a book is cited in most of its tabs.
            first = {docname: (docname, link) for docname, link in reversed(every.get(key, []))}
            if first:
                places = [(doc, first[doc][1]) for doc in dict.fromkeys(d for d, _ in every[key])]
                entry.append(_told(course, _("Cited in"), places, by_page=True))


class ShowCode(SphinxPostTransform):
    """Fold the code of each worked example out below it."""

    default_priority = 3

    def run(self, **_kwargs: object) -> None:
        """Resolve one page."""
        results = domain_of(self.env).results
        if results is None or not on_screen(self.app.builder):
            return  # there is no folding on paper, and the code is long
        for example in list(self.document.findall(WorkedExample)):
            request = request_of(example)
            text = results.source(request)
            if text:
                example.append(_check_it(request, text))


def shown_on(env: "BuildEnvironment", results: "Results") -> dict[str, list[Any]]:
    """Return what each page shows of those that link to it: it is written again when that changes.

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
    domain, told = domain_of(env), dict[str, list[Any]]()
    every = uses(env, *LABELS)
    for docname, formula in domain.formulas():
        places = [
            [doc, link, target(env, link._replace(kind="label", target=link.place))]
            for doc, link in every.get(formula.label, ())
        ]
        told.setdefault(docname, []).append([formula.label, places, _home_of_code(env)])
    for docname, asked in domain.asked():
        if asked.kind == "example":
            result = results.found[asked.request]
            told.setdefault(docname, []).append(getattr(result, "key", ""))
    if "cite" in env.domains:
        cited: Any = env.domains["cite"]
        cited_in = {key: [doc for doc, _ in used] for key, used in uses(env, "cite").items()}
        for citation in cited.citations:
            told.setdefault(citation.bibliography_key.docname, []).append(sorted(cited_in.items()))
    return told


def _told(
    course: Course, words: str, places: "Sequence[tuple[str, Link]]", *, by_page: bool = False
) -> nodes.paragraph:
    told = nodes.paragraph("", f"{words} ", classes=["used-in"])
    for number, (docname, link) in enumerate(places):
        told += nodes.Text(" · " if number else "")
        if by_page:
            title = course.env.titles[docname].astext()
            told += course.link("std", "doc", f"/{docname}", nodes.Text(title))
        else:
            told += course.use(docname, link)
    return told


def _home_of_code(env: "BuildEnvironment") -> str:
    """Return the page that shows the code of formulas, or empty."""
    return next((doc for doc, kind in domain_of(env).indexes() if kind == "code-index"), "")


def _link_code(builder: Any, course: Course, name: nodes.literal, home: str) -> None:
    results = course.domain.results
    if results and results.sources.defines(name["implements"]):  # else it is reported
        uri = builder.get_relative_uri(course.docname, home)
        anchor = code_anchor(name["implements"])
        link = nodes.reference("", "", name.deepcopy(), internal=True, refuri=f"{uri}#{anchor}")
        cast("nodes.Element", name.parent).replace(name, link)


def _check_it(request: "Request", text: str) -> nodes.Element:
    run = nodes.literal_block("", f"python -m dlcv_viz show {_command(request)}", language="sh")
    body = [
        nodes.paragraph("", _("The numbers above are what this function returns.")),
        nodes.literal_block(text, text, language="python"),
        nodes.paragraph("", _("Run it yourself:")),
        run,
    ]
    return fold_out(["check-it"], [nodes.Text(_("Check it: the code that computed this"))], body)


def _command(request: "Request") -> str:
    arguments = json.loads(request.arguments)
    return shlex.join([request.name, *(f"--set={k}={v!r}" for k, v in arguments.items())])


def setup(app: "Sphinx") -> None:
    """Register the transforms."""
    for transform in (ShowUses, ShowCitations, ShowCode):
        app.add_post_transform(transform)
