"""The directive ``{fact-table}``: a table whose rows are the items of list facts."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from dlcv_sphinx.arguments import PageError
from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.nodes import FactTable
from dlcv_sphinx.notes import Asked
from dlcv_viz.facts import FactError, Quote, quotes, substitute, written

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec


FactsOf = Callable[[Quote], Mapping[str, Any]]


class FactTableDirective(DlcvDirective):
    """Lay out list facts as columns, one line of the content each: ``heading | {fact}``.

    Facts are those of the worked example around the table, or of the function in the argument.
    """

    optional_arguments = 1
    option_spec: ClassVar["OptionSpec"] = {
        "args": directives.unchanged,
        "wrong": directives.unchanged_required,
        "class": directives.class_option,
    }

    def build(self) -> list[nodes.Node]:
        """Return a table without rows; they come with the facts."""
        table = FactTable(cells=[], wrong=self.options.get("wrong", ""))
        table["classes"] = ["fact-table", *self.options.get("class", [])]
        self.set_source_info(table)
        for line in self.content:
            heading, bar, cell = (part.strip() for part in line.partition(" | "))
            if not bar:
                raise PageError(f"a column is 'heading | {{fact}}', not {line.strip()!r}")
            table["cells"].append(cell)
            table += nodes.inline("", "", *self.inline(heading))
        if self.arguments:
            request = self.request()
            table["request"] = tuple(request)
            asked = Asked(request, "facts", "", "", "", self.lineno)
            self.domain.note("asked", self.env.docname, asked)
        return [table]


class TableError(FactError):
    """Facts that make no table."""


def table_of(node: FactTable, facts_of: FactsOf) -> nodes.table:
    """Make the table that a node stands for.

    Parameters
    ----------
    node : FactTable
        Headings and cell templates.
    facts_of : callable
        Gives the facts that a quote is about.

    Returns
    -------
    table
        One row an item; facts that are no list stand in every row.

    Raises
    ------
    TableError
        If no fact is a list, or their lengths differ.
    """
    every = [quote for cell in node["cells"] for quote in quotes(cell)]
    if node["wrong"]:
        every.append(Quote.parse(node["wrong"]))
    lengths = {}
    for quote in every:
        value = facts_of(quote).get(quote.name)
        if isinstance(value, list) and quote.index is None:
            lengths[quote.name] = len(value)
    if len(set(lengths.values())) != 1:
        said = ", ".join(f"{name} has {n}" for name, n in lengths.items()) or "none is a list"
        raise TableError(f"the columns of a table are lists of one length: {said}")
    n_rows = next(iter(lengths.values()))
    return _table(node, [_row(node, facts_of, number) for number in range(n_rows)])


def _row(node: FactTable, facts_of: FactsOf, number: int) -> nodes.row:
    def item(quote: Quote) -> Mapping[str, Any]:
        facts = facts_of(quote)
        value = facts.get(quote.name)
        if isinstance(value, list) and quote.index is None:
            return {**facts, quote.name: value[number]}
        return facts

    row = nodes.row()
    for cell in node["cells"]:
        text = substitute(cell, lambda quote: written(quote, item(quote)))
        row += nodes.entry("", nodes.paragraph("", text))
    if node["wrong"]:
        quote = Quote.parse(node["wrong"])
        if item(quote)[quote.name]:
            row["classes"].append("is-wrong")
    return row


def _table(node: FactTable, rows: list[nodes.row]) -> nodes.table:
    head = nodes.row("", *(nodes.entry("", nodes.paragraph("", "", *h.children)) for h in node))
    # In plain text a column is as wide as its longest cell.
    columns = [
        nodes.colspec(colwidth=2 + max(len(row[i].astext()) for row in [head, *rows]))
        for i in range(len(node.children))
    ]
    group = nodes.tgroup(
        "", *columns, nodes.thead("", head), nodes.tbody("", *rows), cols=len(columns)
    )
    return nodes.table("", group, classes=["colwidths-auto", *node["classes"]])


def setup(app: "Sphinx") -> None:
    """Register the directive."""
    app.add_directive("fact-table", FactTableDirective)
