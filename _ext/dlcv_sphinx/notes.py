"""The kinds of notes that the domain keeps of a page: plain data, pickled with the environment."""

from typing import NamedTuple

from docutils.nodes import make_id

from dlcv_viz.engine.session import Request
from dlcv_viz.facts import Quote

LEDGER = "table"  # by this kind `numfig_format` names its number


class Asked(NamedTuple):
    """A figure or worked example on a page.

    Parameters
    ----------
    request : Request
        What is asked for.
    kind : str
        ``"figure"``, ``"example"``, `LEDGER`, or ``"facts"`` of a table of them.
    label : str
        ``:name:``, or empty.
    caption : str
        Its text with the quotes in it, as `{ref}` shows it.
    alt : str
        The page's own alternative text, or empty.
    line : int
        Of the directive.
    """

    request: Request
    kind: str
    label: str
    caption: str
    alt: str
    line: int


class Quoted(NamedTuple):
    """A fact quoted on a page.

    Parameters
    ----------
    quote : Quote
        What is quoted.
    request : Request or None
        The figure or example around it.
    line : int
        Where.
    is_tex : bool
        Whether it stands in a formula.
    within : str
        ``"formula"`` or ``"question"`` for what indexes show too; else empty.
    """

    quote: Quote
    request: Request | None
    line: int
    is_tex: bool
    within: str


class Tabled(NamedTuple):
    """A table of facts: cell templates, the fact that marks rows, what is around it."""

    cells: list[str]
    wrong: str
    request: Request | None
    line: int


class Symbol(NamedTuple):
    """A symbol of a formula, each part as the page wrote it."""

    tex: str
    meaning: str
    values: str


class Formula(NamedTuple):
    """A formula on a page.

    Parameters
    ----------
    label : str
        ``eq-`` and its id.
    title, name : str
        As the page wrote it, and as plain text.
    tex : str
        The formula, with its quotes.
    symbols : tuple of Symbol
        In their order.
    source, conditions : str
        As the page wrote them, or empty.
    implements : str
        Full name of the function that computes it, or empty.
    line : int
        Of the directive.
    """

    label: str
    title: str
    name: str
    tex: str
    symbols: tuple[Symbol, ...]
    source: str
    conditions: str
    implements: str
    line: int

    @property
    def id(self) -> str:
        """Its id, as the page wrote it."""
        return self.label.removeprefix("eq-")


class Question(NamedTuple):
    """An interview question: its words, its level and its answer, as the page wrote them."""

    text: str
    level: str
    answer: str
    line: int


class Named(NamedTuple):
    """A module by name."""

    id: str
    title: str


class Heading(NamedTuple):
    """A heading in a tab, or the tab's own: what it says, and its anchor."""

    text: str
    anchor: str


class Tab(NamedTuple):
    """A tab of a page; its anchor is empty if the page gave it no name."""

    anchor: str
    title: str
    is_empty: bool
    line: int


class Link(NamedTuple):
    """A link on a page.

    Parameters
    ----------
    kind : str
        ``"module"``, ``"cite"``, ``"number"`` where a label's number is shown, or ``"label"``.
    target : str
        The label, the module's id, or the keys of the citation, parted by commas.
    around : str
        What the link stands in: ``"figure"``, ``"example"``, ``"formula"``, ``"question"`` or
        ``"text"``.
    place : str
        Label of the figure, example or formula, else of the tab; empty where there is none.
    name : str
        What that tab is called; else empty.
    """

    kind: str
    target: str
    around: str
    place: str
    name: str


class Problem(NamedTuple):
    """An error found while reading, reported in every build until it is mended."""

    message: str
    line: int


def formula_anchor(label: str) -> str:
    """Return the anchor of a formula from its label."""
    return make_id(f"equation-{label}")
