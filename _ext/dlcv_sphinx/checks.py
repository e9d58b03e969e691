"""What a course must hold: what is missing or said twice is a warning with a name of its own."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dlcv_sphinx.course import LABELS, uses
from dlcv_sphinx.domain import DlcvDomain, domain_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.environment import BuildEnvironment


class Finding(NamedTuple):
    """Something to mend: where, the name by which it can be suppressed, and what."""

    docname: str
    line: int
    name: str
    message: str


def findings(env: "BuildEnvironment", registered: "Iterable[str]") -> Iterator[Finding]:
    """Yield what the pages of a course lack.

    Parameters
    ----------
    env : BuildEnvironment
        After all pages are read.
    registered : iterable of str
        Figures and examples in the modules of figures that pages use.

    Yields
    ------
    Finding
        Named ``dlcv.tabs``, ``dlcv.reader``, ``dlcv.formula`` or ``dlcv.symbol``.
    """
    domain = domain_of(env)
    yield from _tabs(domain, env.config.dlcv_tabs)
    yield from _without_reader(domain, registered)
    yield from _unused_formulas(env, domain)
    yield from _clashes(domain)


def _tabs(domain: DlcvDomain, wanted: list[str]) -> Iterator[Finding]:
    for docname, _module in domain.modules():
        tabs = domain.data["tabs"].get(docname, [])
        missing = [name for name in wanted if name not in {tab.title for tab in tabs}]
        if missing:
            message = f"the module has no tab {', '.join(map(repr, missing))}"
            yield Finding(docname, 1, "tabs", message)
        for tab in tabs:
            if tab.is_empty:
                yield Finding(docname, tab.line, "tabs", f"tab {tab.title!r} is empty")


def _without_reader(domain: DlcvDomain, registered: "Iterable[str]") -> Iterator[Finding]:
    shown = {asked.request.name for _, asked in domain.asked()}
    shown |= {quoted.quote.target for _, quoted in domain.quoted()}
    homes = {module.id.replace("-", "_"): docname for docname, module in domain.modules()}
    for name in registered:
        module, _, function = name.rpartition(".")
        if module in homes and name not in shown and function != "thumbnail":  # it is on the card
            yield Finding(homes[module], 1, "reader", f"{name!r} is registered and on no page")


def _unused_formulas(env: "BuildEnvironment", domain: DlcvDomain) -> Iterator[Finding]:
    used = uses(env, *LABELS)
    for docname, formula in domain.formulas():
        if formula.label not in used and not formula.implements:
            message = f"formula {formula.id!r} has no code, and nothing refers to it"
            yield Finding(docname, formula.line, "formula", message)


def _clashes(domain: DlcvDomain) -> Iterator[Finding]:
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for docname, formula in domain.formulas():
        for symbol in formula.symbols:
            meaning, other = first.setdefault((docname, symbol.tex), (symbol.meaning, formula.id))
            if meaning != symbol.meaning:
                message = (
                    f"{symbol.tex} means {symbol.meaning!r} in formula {formula.id!r} "
                    f"and {meaning!r} in {other!r}"
                )
                yield Finding(docname, formula.line, "symbol", message)
