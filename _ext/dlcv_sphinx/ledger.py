"""The directive ``{ledger}``: the layers of a network as a numbered table, computed like figures.

It prints the fact ``ledger`` of an example, a table as CSV; its totals are the example's facts,
too. What a column means is decided where the table is made (`dlcv_viz.architectures.table`).
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from dlcv_sphinx.arguments import PageError
from dlcv_sphinx.config import on_screen
from dlcv_sphinx.directive import DlcvDirective
from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.nodes import LedgerNode, request_of
from dlcv_sphinx.notes import LEDGER, Asked
from dlcv_viz.engine.session import Failure
from dlcv_viz.registry import nearest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator

FACT = "ledger"
FOLDER = "_downloads"
# Heading of each column, and whether its rows add up, stand for a stage by their last, or neither.
SUM, LAST, NONE = "sum", "last", "none"
COLUMNS: Mapping[str, tuple[str, str]] = {
    "layer": ("Layer", NONE),
    "kind": ("Kind", NONE),
    "stage": ("Stage", NONE),
    "kernel": ("Kernel", NONE),
    "stride": ("Stride", NONE),
    "padding": ("Padding", NONE),
    "groups": ("Groups", NONE),
    "output": ("Output", LAST),
    "parameters": ("Parameters", SUM),
    "weights": ("Weights", SUM),
    "biases": ("Biases", SUM),
    "buffers": ("Buffers", SUM),
    "multiply_adds": ("Multiply-adds", SUM),
    "activations": ("Activations", SUM),
    "activation_bytes": ("Bytes of activations", SUM),
    "receptive_field": ("Receptive field", LAST),
    "jump": ("Jump", LAST),
    "start": ("Start", LAST),
}
SHOWN = ("layer", "kernel", "stride", "output", "parameters", "multiply_adds", "receptive_field")
Row = Mapping[str, str]


class StageName(nodes.inline):
    """The name of a stage, which shows and hides the layers of its group of rows."""


class LedgerDirective(DlcvDirective):
    """Print the layers of a network; the content is the caption.

    The tree is::

        <LedgerNode request=(name, arguments) columns=[…] folds=bool>
            <title> the caption
    """

    required_arguments = 1
    option_spec: ClassVar["OptionSpec"] = {
        "name": directives.unchanged_required,
        "args": directives.unchanged,
        "columns": directives.unchanged_required,
        "fold": directives.flag,
    }

    def build(self) -> list[nodes.Node]:
        """Return a table without rows; they come with the facts."""
        if "name" not in self.options:
            raise PageError("a ledger needs :name:")
        caption = " ".join(line.strip() for line in self.content).strip()
        if not caption:
            raise PageError("a ledger needs a caption: write it as the content")
        request, columns = self.request(), self._columns()
        table = LedgerNode(request=tuple(request), columns=columns, folds="fold" in self.options)
        self.set_source_info(table)
        title = nodes.title("", "", *self.inline(caption))
        self.set_source_info(title)
        table += title
        label = nodes.fully_normalize_name(self.options["name"])
        table["label"] = label
        self.add_name(table)  # takes the name out of the options
        asked = Asked(request, LEDGER, label, title.astext(), "", self.lineno)
        self.domain.note("asked", self.env.docname, asked)
        return [table]

    def _columns(self) -> list[str]:
        given: str = self.options.get("columns", " ".join(SHOWN))
        columns = given.replace(",", " ").split()
        for column in columns:
            if column not in COLUMNS:
                raise PageError(f"a ledger has no column {column!r}{nearest(column, COLUMNS)}")
        if columns[0] != "layer" or len(set(columns)) < len(columns):
            raise PageError("the columns of a ledger begin with 'layer', and each is there once")
        return columns


def why_not(name: str, facts: Mapping[str, Any]) -> str:
    """Return why facts make no ledger; empty if they do."""
    if not isinstance(facts.get(FACT), str):
        return f"{name!r} has no fact {FACT!r}, which a ledger prints"
    table = csv.DictReader(facts[FACT].splitlines())
    sums = [column for column, (_, stands) in COLUMNS.items() if stands == SUM]
    lacks = [column for column in COLUMNS if column not in (table.fieldnames or ())]
    totals = (f"total_{column}" for column in sums)
    lacks += [total for total in totals if not isinstance(facts.get(total), int)]
    if lacks:
        return f"the ledger of {name!r} lacks {', '.join(lacks)}"
    for row in table:
        for column in sums:
            if not str(row[column]).isdecimal():
                return f"the ledger of {name!r} has {row[column]!r} for {column}, not a count"
    return ""


class ResolveLedgers(SphinxPostTransform):
    """Put the rows into the tables; what failed was reported at its line before."""

    default_priority = 5  # after ResolveFigures (4), which fills captions

    def run(self, **_kwargs: object) -> None:
        """Resolve one page, or the one tree that LaTeX makes of all."""
        results = domain_of(self.env).results
        if results is None:
            return
        for node in list(self.document.findall(LedgerNode)):
            result = results.found[request_of(node)]
            told = result.message if isinstance(result, Failure) else ""
            if isinstance(result, Failure) or (
                told := why_not(node["request"][0], result.entry.shown)
            ):
                node.replace_self(nodes.paragraph("", told, classes=["dlcv-error"]))
                continue
            is_screen = on_screen(self.app.builder)
            shown: list[nodes.Node] = [table_of(node, result.entry.shown, is_screen=is_screen)]
            if is_screen:
                shown.append(self._download(node["label"]))
            around = nodes.container("", *shown, classes=["ledger"])
            node.parent.replace(node, around)  # replace_self would name it like the table

    def _download(self, label: str) -> nodes.paragraph:
        """Link to the whole table, which `_write` puts beside the pages."""
        here = self.app.builder.get_target_uri(self.env.current_document.docname)
        uri = relative_uri(here, file_of(label))
        link = nodes.reference("", "Download all columns (CSV)", refuri=uri, internal=True)
        return nodes.paragraph("", "", link, classes=["ledger-download"])


def file_of(label: str) -> str:
    """Return where the CSV of a ledger is, below the folder of the pages."""
    return f"{FOLDER}/{nodes.make_id(label)}.csv"


def table_of(node: LedgerNode, facts: Mapping[str, Any], *, is_screen: bool) -> nodes.table:
    """Make the table that a node stands for.

    Parameters
    ----------
    node : LedgerNode
        Its caption, its columns, and whether stages fold.
    facts : mapping
        The table as CSV, and the totals.
    is_screen : bool
        Whether groups of rows can be folded.

    Returns
    -------
    table
        Rows in groups, one a stage if stages fold; the last row has the totals.
    """
    columns = node["columns"]
    rows = list(csv.DictReader(facts[FACT].splitlines()))
    groups = list(_groups(rows, columns, folds=node["folds"], is_screen=is_screen))
    sums = [
        f"{facts[f'total_{column}']:,}" if COLUMNS[column][1] == SUM else "" for column in columns
    ]
    groups.append([_row(columns, ["Total", *sums[1:]], "ledger-total")])
    head = _row(columns, [COLUMNS[column][0] for column in columns])
    if not is_screen:
        groups = [[row for group in groups for row in group]]
    specs = [
        nodes.colspec(colwidth=_width(column, [row[i] for group in groups for row in group]))
        for i, column in enumerate(columns)
    ]
    specs[0]["stub"] = 1
    bodies = [nodes.tbody("", *group, classes=_classes(group)) for group in groups]
    group = nodes.tgroup("", *specs, nodes.thead("", head), *bodies, cols=len(columns))
    table = nodes.table("", *node.children, group, ids=node["ids"], names=node["names"])
    table["classes"] = ["colwidths-auto" if is_screen else "colwidths-given", "ledger-table"]
    return table


def _width(column: str, cells: Sequence[nodes.Node]) -> int:
    """Return the letters that a column needs off the screen: only a heading may be broken."""
    words = COLUMNS[column][0].split()
    return 2 + max(len(text) for text in (*words, *(cell.astext() for cell in cells)))


def _groups(
    rows: Sequence[Row], columns: Sequence[str], *, folds: bool, is_screen: bool
) -> Iterator[list[nodes.row]]:
    for stage, found in groupby(rows, key=lambda row: row["stage"]):
        group = list(found)
        layers = [
            _row(columns, [_shown(column, row[column]) for column in columns]) for row in group
        ]
        if not folds or not stage:
            yield layers
        else:
            name = StageName("", stage) if is_screen else nodes.strong("", stage)
            yield [_stage_row(name, group, columns), *layers]


def _stage_row(name: nodes.Node, group: Sequence[Row], columns: Sequence[str]) -> nodes.row:
    cells: list[str | nodes.Node] = [name]
    for column in columns[1:]:
        stands = COLUMNS[column][1]
        added = str(sum(int(row[column]) for row in group)) if stands == SUM else ""
        cells.append(_shown(column, group[-1][column] if stands == LAST else added))
    return _row(columns, cells, "ledger-stage")


def _shown(column: str, text: str) -> str:
    return f"{int(text):,}" if COLUMNS[column][1] == SUM and text else text


def _row(columns: Sequence[str], cells: "Sequence[str | nodes.Node]", *classes: str) -> nodes.row:
    row = nodes.row("", classes=list(classes))
    for column, cell in zip(columns, cells, strict=True):
        inner = nodes.Text(cell) if isinstance(cell, str) else cell
        entry = nodes.entry("", nodes.paragraph("", "", inner))
        if COLUMNS[column][1] != NONE:
            entry["classes"].append("number")
        row += entry
    return row


def _classes(group: Sequence[nodes.row]) -> list[str]:
    return ["ledger-group"] if "ledger-stage" in group[0]["classes"] else []


def _write(app: "Sphinx", exception: Exception | None) -> None:
    """Write the tables that pages offer for download."""
    results = domain_of(app.env).results if not exception else None
    if results is None or not on_screen(app.builder):
        return
    for _docname, asked in domain_of(app.env).asked():
        result = results.found[asked.request]
        if asked.kind != LEDGER or isinstance(result, Failure) or FACT not in result.entry.shown:
            continue
        path, text = Path(app.outdir, file_of(asked.label)), result.entry.shown[FACT]
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")


def setup(app: "Sphinx") -> None:
    """Register the directive and its nodes."""
    app.add_directive("ledger", LedgerDirective)
    app.add_enumerable_node(LedgerNode, "table", _title)
    app.add_node(StageName, html=(_visit_stage, _depart_stage))
    app.add_post_transform(ResolveLedgers)
    app.connect("build-finished", _write)


def _title(node: nodes.Node) -> str:
    return next(node.findall(nodes.title)).astext()


def _visit_stage(self: "HTML5Translator", node: StageName) -> None:
    # The rows cannot be in it, as a table allows none around them: the style sheet hides them.
    self.body.append(self.starttag(node, "details", "") + "<summary>")


def _depart_stage(self: "HTML5Translator", node: StageName) -> None:
    self.body.append("</summary></details>")
