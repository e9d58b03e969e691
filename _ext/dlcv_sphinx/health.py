"""The page ``health.html``: what pages weigh and how long figures took, against the budgets.

It is no page of the course. What it tells is known when all others are written, so it is written
last; and no two builds write the same one, since seconds differ.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from sphinx.locale import _
from sphinx.util import logging

from dlcv_sphinx.course import counted
from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.modules import modules_of
from dlcv_sphinx.session import store_of
from dlcv_sphinx.weight import Scale, Weight
from dlcv_viz.engine.session import SECONDS, Result

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

PAGE, LABEL = "health", "site-health"
KB = 1000
_SLOWEST = 10  # figures that are not folded in
_HEAVIEST = 3  # files that a warning names

Budgets = Mapping[str, float]


class Page(NamedTuple):
    """A page, what it weighs, and the bytes that budgets limit, by their names."""

    docname: str
    title: str
    weight: Weight
    limited: Mapping[str, int]

    def above(self, budgets: Budgets) -> list[str]:
        """Name the budgets that it exceeds."""
        return [n for n, size in self.limited.items() if size > KB * budgets.get(n, size)]


class Time(NamedTuple):
    """What a figure took when it was last drawn, all its frames together."""

    figure: str
    frames: int
    seconds: float

    @property
    def a_frame(self) -> float:
        """Seconds for one frame."""
        return self.seconds / self.frames


def setup(app: "Sphinx") -> None:
    """Write the page behind each build of pages."""
    app.connect("builder-inited", _add_label)
    app.connect("build-finished", _write)


def _add_label(app: "Sphinx") -> None:
    """Let pages link to it as to others, also those that only some builders show."""
    labels = app.env.domains.standard_domain.labels
    if app.config.dlcv_budget:
        labels[LABEL] = PAGE, "", _("Site health")
    elif labels.get(LABEL, ("",))[0] == PAGE:
        del labels[LABEL]


def _write(app: "Sphinx", exception: Exception | None) -> None:
    budgets: Budgets = app.config.dlcv_budget
    if exception is not None or not budgets or app.builder.name not in {"html", "dirhtml"}:
        return
    builder = cast("StandaloneHTMLBuilder", app.builder)
    if PAGE in app.env.found_docs:
        message = "a page of this name leaves no place for that of the site's health"
        logger.warning(message, location=PAGE, type="dlcv", subtype="budget")
        return
    files = {doc: Path(builder.get_outfilename(doc)) for doc in sorted(app.env.found_docs)}
    files = {doc: path for doc, path in files.items() if path.exists()}  # some may be built alone
    target = Path(builder.get_outfilename(PAGE))
    kept = f"<!-- kept: {sorted(budgets.items())} -->"
    if _is_newer(target, files.values()) and kept.encode() in target.read_bytes():
        return
    pages = sorted(_pages(app, files), key=lambda page: -page.weight.first_view)
    above = [page for page in pages if page.above(budgets)]
    for page in above:
        _warn(page, budgets)
    times = sorted(_times(app), key=lambda time: -time.a_frame)
    told = {
        "link": lambda docname: builder.get_relative_uri(PAGE, docname),
        "counts": _counts(app),
        "limits": budgets,
        "budgets": list(_budgets(budgets, pages, times)),
        "pages": pages,
        "modules": _by_module(app.env, times),
        "slowest": times[:_SLOWEST],
        "others": times[_SLOWEST:],
    }
    # Without the mark the next build comes here again, and what exceeds a budget is told again.
    body = ("" if above else kept) + builder.templates.render("dlcv-health.html", told)
    robots = '<meta name="robots" content="noindex">'
    builder.handle_page(PAGE, {"title": _("Site health"), "body": body, "metatags": robots})


def _is_newer(target: Path, pages: Iterable[Path]) -> bool:
    """Say whether the page was written behind all others."""
    if not target.exists():
        return False
    made = target.stat().st_mtime_ns
    return all(page.stat().st_mtime_ns <= made for page in pages)


def _pages(app: "Sphinx", files: Mapping[str, Path]) -> Iterator[Page]:
    scale = Scale(Path(app.outdir))
    modules = {module.docname for module in modules_of(app.env).values()}
    for docname, file in files.items():
        weight = scale.weigh(file)
        limited = {"script": weight.script}
        if docname in modules:
            limited |= {"first-view": weight.first_view, "in-all": weight.in_all}
        yield Page(docname, app.env.titles[docname].astext(), weight, limited)


def _budgets(
    budgets: Budgets, pages: Iterable[Page], times: Iterable[Time]
) -> Iterator[tuple[str, str, float, float, str]]:
    """Yield what each budget limits, in which unit, the limit, the worst there is, and where."""
    words = {
        "first-view": _("First view of a module"),
        "in-all": _("A module in all"),
        "script": _("Scripts of ours on a page, not compressed"),
        "frame": _("A frame of a figure"),
    }
    for name, limit in budgets.items():
        if name == "frame":
            worst, where = max(((time.a_frame, time.figure) for time in times), default=(0.0, ""))
            yield words[name], "s", limit, worst, where
        else:
            sizes = ((page.limited[name], page.title) for page in pages if name in page.limited)
            size, where = max(sizes, default=(0, ""))
            yield words[name], "KB", limit, size / KB, where


def _warn(page: Page, budgets: Budgets) -> None:
    first = sorted(page.weight.first.items(), key=lambda item: -item[1])[:_HEAVIEST]
    most = ", ".join(f"{name} {size / KB:.1f} KB" for name, size in first)
    for name in page.above(budgets):
        logger.warning(
            "budget %r: %.1f KB, %g KB are allowed; most at first view are %s",
            *(name, page.limited[name] / KB, budgets[name], most),
            location=page.docname,
            type="dlcv",
            subtype="budget",
        )


def _counts(app: "Sphinx") -> list[str]:
    """Say what the site holds."""
    env, domain = app.env, domain_of(app.env)
    figures = [asked.request for _, asked in domain.asked() if asked.kind == "figure"]
    found = [domain.results.found[request] for request in figures] if domain.results else []
    frames = sum(len(result.entry.facts) for result in found if isinstance(result, Result))
    examples = [asked for _, asked in domain.asked() if asked.kind == "example"]
    terms = [kind for kind, _ in env.domains.standard_domain.objects if kind == "term"]
    return [
        counted(len(env.found_docs), "page", "pages"),
        counted(len(modules_of(env)), "module", "modules"),
        counted(len(list(domain.formulas())), "formula", "formulas"),
        counted(len(figures), "figure", "figures"),
        counted(frames, "frame", "frames"),
        counted(len(examples), "worked example", "worked examples"),
        counted(len(list(domain.questions())), "question", "questions"),
        counted(len(terms), "term", "terms"),
        counted(len(_sources(env)), "source", "sources"),
    ]


def _sources(env: "BuildEnvironment") -> set[str]:
    if "cite" not in env.domains:
        return set()
    cited: Any = env.domains["cite"]  # that of sphinxcontrib-bibtex
    return {citation.key for citation in cited.citations}


def _times(app: "Sphinx") -> Iterator[Time]:
    """Yield what the figures of this build took, those on cards included."""
    results = domain_of(app.env).results
    known: dict[str, float] = store_of(app).read_json(SECONDS) or {}
    frames = dict[str, int]()
    for result in [*results.found.values(), *results.cards.values()] if results else []:
        if isinstance(result, Result) and result.description.kind == "figure":
            frames[result.description.name] = len(result.entry.facts)
    for name, n in frames.items():
        if name in known:
            yield Time(name, n, known[name])


def _by_module(env: "BuildEnvironment", times: Iterable[Time]) -> dict[str, list[Time]]:
    """Return the figures of each module by its title, then all others."""
    titles = {m.id.replace("-", "_"): m.title for m in modules_of(env).values()}
    found = {title: list[Time]() for title in (*titles.values(), _("Other"))}
    for time in times:
        found[titles.get(time.figure.partition(".")[0], _("Other"))].append(time)
    return {title: here for title, here in found.items() if here}
