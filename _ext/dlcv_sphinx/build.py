"""The events of a build: resolve every request once, report, and say which pages changed.

Handlers run in every build and in the main process, so an error is reported until it is mended,
also on a page that was not read again.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from dlcv_sphinx import checks, modules, social, transform
from dlcv_sphinx.contents import Contents, asked_by_all
from dlcv_sphinx.domain import DlcvDomain, domain_of
from dlcv_sphinx.ledger_table import why_not as why_no_ledger
from dlcv_sphinx.notes import LEDGER, Asked, Quoted
from dlcv_sphinx.results import Results
from dlcv_sphinx.session import keeping, session_of, store_of
from dlcv_sphinx.transform import table_error
from dlcv_viz.engine.session import Failure, Request, Result
from dlcv_viz.engine.shown import Shown, keys_in_use
from dlcv_viz.facts import FactError

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

_OUR_PICTURE = re.compile(r".+-[0-9a-f]{12}-(light|dark)(-stack|-sheet)?\.(svg|png)")
_WITHOUT_FACTS = {"gettext", "linkcheck"}


def setup(app: "Sphinx") -> None:
    """Connect the handlers."""
    transform.setup(app)
    # Modules and figures have their numbers then: the learning path draws those of modules.
    app.connect("env-get-updated", _update, priority=900)
    app.connect("write-started", _begin)
    app.connect("build-finished", _finish)


def _form(builder: "Builder") -> str:
    return {"html": "svg", "latex": "pdf"}.get(builder.format, "facts")


def _update(app: "Sphinx", env: "BuildEnvironment") -> list[str]:
    """Resolve everything, and name the pages that then show something else than they did."""
    _resolve(app, env)
    domain = domain_of(env)
    if domain.results is None:
        return []
    domain.pages = Contents(app, domain.results).pages()
    return sorted(_shown(app).outdated(domain.pages))


def _resolve(app: "Sphinx", env: "BuildEnvironment") -> None:
    domain = domain_of(env)
    if app.builder.name in _WITHOUT_FACTS:
        return
    labels = _labels(domain)
    form = _form(app.builder)
    # A table of a figure's facts wants no picture, but another page may show one.
    every = sorted(asked_by_all(app), key=lambda item: item[1].kind == "figure")
    wanted = {asked.request: _form_of(asked, form) for _, asked in every}
    for _, quoted in domain.quoted():
        target = quoted.quote.target
        if "." in target and target not in labels:
            wanted.setdefault(Request(target), "facts")

    def draw_again(request: Request) -> Result | Failure:
        with session_of(app) as session:
            return session.resolve({request: form}, verified=True)[request]

    with session_of(app) as session:
        found = session.resolve(wanted)
        for name, text in session.printed.items():
            logger.info("%s printed: %s", name, text.rstrip())
        missing = [
            (docname, formula)
            for docname, formula in domain.formulas()
            if formula.implements and not session.sources.defines(formula.implements)
        ]
        cards = social.cards(app, session)
    packages = app.config.dlcv_figure_packages
    results = domain.results = Results(
        form, store_of(app), found, labels, draw_again, session.sources, packages, cards
    )
    domain.has_drawn = session.drawn > 0
    for docname, formula in missing:
        message = f"{formula.label!r} implements {formula.implements!r}, which is not there"
        _error(message, docname, formula.line)
    for docname, message in modules.problems(env):
        _error(message, docname, 1)
    for docname, failure in social.problems(cards):
        _error(f"card of the page: {failure.message}", docname, 1, failure.details)
    _report(app, domain, results)
    for finding in checks.findings(env, session.registered):
        place = finding.docname, finding.line
        logger.warning("%s", finding.message, location=place, type="dlcv", subtype=finding.name)
    _title_labels(env, domain, results)


def _form_of(asked: Asked, form: str) -> str:
    return form if asked.kind == "figure" else "facts"


def _labels(domain: DlcvDomain) -> dict[str, Request]:
    return {asked.label: asked.request for _, asked in domain.asked() if asked.label}


def _report(app: "Sphinx", domain: DlcvDomain, results: Results) -> None:
    for docname, problem in domain.problems():
        _error(problem.message, docname, problem.line)
    first: dict[str, str] = {}
    for docname, asked in asked_by_all(app):
        message, details = _why_not(asked, results)
        if message:
            _error(message, docname, asked.line, details)
        if asked.label and asked.label in first:
            message = f"duplicate name {asked.label!r}, also at {first[asked.label]}"
            _error(message, docname, asked.line)
        first.setdefault(asked.label, f"{docname}:{asked.line}")
    on_pages = {asked.request for _, asked in domain.asked()}
    for docname, quoted in domain.quoted():
        if message := _why_no_fact(quoted, results, on_pages):
            _error(message, docname, quoted.line)
    for docname, tabled in domain.tabled():
        if message := table_error(tabled, results):
            _error(message, docname, tabled.line)
    for docname, line, name, texts in _warned(app, domain, results):
        text = "\n".join([f"{name} warned: {texts[0]}", *texts[1:]])
        logger.warning("%s", text, location=(docname, line), type="dlcv", subtype="figure")


def _warned(
    app: "Sphinx", domain: DlcvDomain, results: Results
) -> Iterator[tuple[str, int, str, Sequence[str]]]:
    """Yield what figures warned about, once for each page that shows them, else that quotes."""
    places = [(docname, asked.line, asked.request) for docname, asked in asked_by_all(app)]
    shown = {request for _, _, request in places}
    for docname, quoted in domain.quoted():
        with suppress(FactError):  # reported at the line of the quote
            request = results.request_of(quoted.quote, quoted.request)
            if request not in shown:
                places.append((docname, quoted.line, request))
    told = set[tuple[str, str]]()
    for docname, line, request in places:
        result = results.found[request]
        if isinstance(result, Result) and (docname, result.key) not in told:
            told.add((docname, result.key))
            if result.entry.warned:
                yield docname, line, request.name, result.entry.warned


def _why_not(asked: Asked, results: Results) -> tuple[str, str]:
    result = results.found[asked.request]
    if isinstance(result, Failure):
        return result.message, result.details
    kind = result.description.kind
    if asked.kind in {"figure", "example"} and asked.kind != kind:
        return f"{asked.request.name!r} is registered as {kind}, not as {asked.kind}", ""
    if asked.kind == LEDGER:
        return why_no_ledger(asked.request.name, result.entry.shown), ""
    if asked.kind == "figure":
        try:
            results.alt(result, asked.alt)
        except FactError as error:
            return f"alternative text of {asked.request.name!r}: {error}", ""
    return "", ""


def _why_no_fact(quoted: Quoted, results: Results, on_pages: set[Request]) -> str:
    try:
        request = results.request_of(quoted.quote, quoted.request)
        result = results.found[request]
        if isinstance(result, Failure):
            # A figure on a page has its own report; one that is only quoted has none.
            return "" if request in on_pages else result.message
        quoted.quote.value(result.entry.shown)
        if quoted.is_tex and result.entry.values and not quoted.quote.target:
            return f"a formula cannot follow the frames: quote {quoted.quote.name!r} beside it"
    except FactError as error:
        return str(error)
    return ""


def _error(message: str, docname: str, line: int, details: str = "") -> None:
    text = f"{message}\n{details.rstrip()}" if details else message
    logger.error("%s", text, location=(docname, line), type="dlcv", subtype="figure")


def _title_labels(env: "BuildEnvironment", domain: DlcvDomain, results: Results) -> None:
    """Put facts into the captions that links show; Sphinx took them before they were known."""
    labels = env.domains.standard_domain.labels
    for _, asked in domain.asked():
        if asked.label in labels and asked.caption:
            docname, anchor, _ = labels[asked.label]
            try:
                title = results.write(asked.caption, asked.request)
            except FactError:
                continue  # reported at the line of the quote
            labels[asked.label] = docname, anchor, title


def _shown(app: "Sphinx") -> Shown:
    return Shown(store_of(app), app.builder.name, Path(app.outdir))


def _begin(app: "Sphinx", _builder: "Builder") -> None:
    with suppress(OSError):  # told when something must be kept
        _shown(app).begin()


def _finish(app: "Sphinx", exception: Exception | None) -> None:
    domain = domain_of(app.env) if exception is None else None
    if domain is None or domain.pages is None:
        return
    with keeping(app):
        _shown(app).save(domain.pages)
        if domain.has_drawn:  # only then has the store grown
            store = store_of(app)
            store.prune(keys_in_use(store), older_than=app.config.dlcv_keep_days)
    if app.builder.format == "html":
        social.copy(app, domain.results.cards if domain.results else {})
        named = {name for page in domain.pages.values() for name in page.files}
        for path in Path(app.outdir, app.builder.imagedir).glob("*-*-*"):
            if _OUR_PICTURE.fullmatch(path.name) and path.name not in named:
                path.unlink()
