"""The directive ``{ledger}``: the layers of a network as a numbered table, computed like figures.

It prints the fact ``ledger`` of an example: keys, store and quotes are those of all examples.
"""

from collections.abc import Mapping
from contextlib import suppress
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
from dlcv_sphinx.ledger_table import COLUMNS, FACT, SHOWN, StageName, table_of, why_not
from dlcv_sphinx.nodes import LedgerNode, request_of
from dlcv_sphinx.notes import LEDGER, Asked
from dlcv_viz.engine.session import Failure, Request
from dlcv_viz.facts import FactError
from dlcv_viz.registry import nearest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import OptionSpec
    from sphinx.writers.html5 import HTML5Translator

    from dlcv_sphinx.results import Results

FOLDER = "_downloads"


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
        if columns[:1] != ["layer"] or len(set(columns)) < len(columns):
            raise PageError("the columns of a ledger begin with 'layer', and each is there once")
        return columns


def _facts(results: "Results", request: Request) -> Mapping[str, Any]:
    result = results.found[request]
    if isinstance(result, Failure):
        raise FactError(result.message)
    if told := why_not(request.name, result.entry.shown):
        raise FactError(told)
    return result.entry.shown


class ResolveLedgers(SphinxPostTransform):
    """Put the rows into the tables; what failed was reported at its line before."""

    default_priority = 5  # after ResolveFigures (4), which fills captions

    def run(self, **_kwargs: object) -> None:
        """Resolve one page, or the one tree that LaTeX makes of all."""
        results = domain_of(self.env).results
        if results is None:
            return
        for node in list(self.document.findall(LedgerNode)):
            try:
                facts = _facts(results, request_of(node))
            except FactError as error:
                node.replace_self(nodes.paragraph("", str(error), classes=["dlcv-error"]))
                continue
            is_screen = on_screen(self.app.builder)
            shown: list[nodes.Node] = [table_of(node, facts, is_screen=is_screen)]
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


class KeepIdsOfTables(SphinxPostTransform):
    """Take the second copy of the ids from the wrapper that furo puts around a table."""

    formats = ("html",)
    default_priority = 600  # furo wraps at 500

    def run(self, **_kwargs: object) -> None:
        """Leave the name and the id to the table itself."""
        for table in self.document.findall(nodes.table):
            if "table-wrapper" in table.parent["classes"]:
                table.parent["ids"], table.parent["names"] = [], []


def file_of(label: str) -> str:
    """Return where the CSV of a ledger is, below the folder of the pages."""
    return f"{FOLDER}/{nodes.make_id(label)}.csv"


def _write(app: "Sphinx", exception: Exception | None) -> None:
    """Write the tables that pages offer for download."""
    results = domain_of(app.env).results if not exception else None
    if results is None or not on_screen(app.builder):
        return
    for _docname, asked in domain_of(app.env).asked():
        if asked.kind != LEDGER:
            continue
        with suppress(FactError):  # reported at its line
            text = _facts(results, asked.request)[FACT]
            path = Path(app.outdir, file_of(asked.label))
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")


def setup(app: "Sphinx") -> None:
    """Register the directive and its nodes."""
    app.add_directive("ledger", LedgerDirective)
    app.add_enumerable_node(LedgerNode, "table", _title)
    app.add_node(StageName, html=(_visit_stage, _depart_stage))
    app.add_post_transform(ResolveLedgers)
    app.add_post_transform(KeepIdsOfTables)
    app.add_js_file("dlcv-ledger.js", loading_method="defer")
    app.connect("build-finished", _write)


def _title(node: nodes.Node) -> str:
    return next(node.findall(nodes.title)).astext()


def _visit_stage(self: "HTML5Translator", node: StageName) -> None:
    # The rows cannot be in it, as a table allows none around them: the style sheet hides them.
    self.body.append(self.starttag(node, "details", "") + "<summary>")


def _depart_stage(self: "HTML5Translator", node: StageName) -> None:
    self.body.append("</summary></details>")
