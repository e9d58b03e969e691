"""The table of a ledger: what its columns are, its groups of rows, and what is wrong with one.

A ledger is a fact, a table as CSV; its totals are facts, too. What a column means is decided where
the table is made (`dlcv_viz.architectures.table`).
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from docutils import nodes

from dlcv_sphinx.nodes import LedgerNode

FACT = "ledger"
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
        folds = isinstance(inner, StageName)  # what folds is no part of a paragraph in HTML
        entry = nodes.entry("", inner if folds else nodes.paragraph("", "", inner))
        if COLUMNS[column][1] != NONE:
            entry["classes"].append("number")
        row += entry
    return row


def _classes(group: Sequence[nodes.row]) -> list[str]:
    return ["ledger-group"] if "ledger-stage" in group[0]["classes"] else []
