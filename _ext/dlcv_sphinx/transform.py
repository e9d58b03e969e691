"""The post-transform that puts pictures and facts into a page, for the builder at hand."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.domain import Tabled, domain_of, quoting
from dlcv_sphinx.fact_table import TableError, table_of
from dlcv_sphinx.nodes import (
    FactTable,
    FigureNode,
    PendingPicture,
    PictureNode,
    Pictures,
    request_around,
    request_of,
)
from dlcv_viz.engine.session import Failure, Result
from dlcv_viz.facts import IN_TEX, FactError, Quote

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from dlcv_sphinx.results import Results


class ResolveFigures(SphinxPostTransform):
    """Replace requests by pictures and quotes by facts.

    What cannot be resolved was reported at its line before; here it stays as it was written.
    """

    default_priority = 4  # before ReferencesResolver (10), which copies captions into links

    def run(self, **_kwargs: object) -> None:
        """Resolve one page, or the one tree that LaTeX makes of all."""
        results = domain_of(self.env).results
        if results is None:
            return
        for node, text, is_tex in list(quoting(self.document)):
            if not isinstance(node, FactTable):
                _quote(node, text, results, is_tex=is_tex)
        for table in list(self.document.findall(FactTable)):
            _fill_table(table, results)
        for figure in list(self.document.findall(FigureNode)):
            self._show(figure, results)

    def _show(self, figure: FigureNode, results: "Results") -> None:
        pending = next(figure.findall(PendingPicture))
        result = results.whole(request_of(figure))
        if isinstance(result, Failure):
            pending.replace_self(nodes.paragraph("", result.message, classes=["dlcv-error"]))
            return
        try:
            alt = results.alt(result, pending["alt"])
        except FactError:
            alt = result.description.summary
        if result.entry.values:
            figure["frames"] = len(result.entry.values)
        if results.form != "facts":
            pictures = self._pictures(result, alt, pending["loading"], results)
            # A frame of its own, in which a picture wider than a phone can scroll.
            pending.replace_self(Pictures("", *pictures))
        else:
            pending.replace_self(nodes.paragraph("", f"[{alt}]", classes=["dlcv-alt"]))

    def _pictures(
        self, result: Result, alt: str, loading: str, results: "Results"
    ) -> list[nodes.Node]:
        builder, entry = self.app.builder, result.entry
        follows_theme = builder.format == "html" and builder.name != "epub"
        pictures: list[nodes.Node] = []
        for theme in entry.files if follows_theme else ("light",):
            uri = str(results.path(entry.files[theme][entry.start]))
            self.env.images.add_file(self.env.docname, uri)
            picture = PictureNode(uri=uri, candidates={"*": uri}, alt=alt, loading=loading)
            picture["pixels"] = f"{entry.width:g}", f"{entry.height:g}"
            picture["classes"] = [f"dlcv-{theme}"] if follows_theme else []
            pictures.append(picture)
        return pictures


def _quote(node: nodes.Node, text: str, results: "Results", *, is_tex: bool) -> None:
    try:
        template = text if is_tex or isinstance(node, nodes.Text) else "{" + text + "}"
        value = results.write(template, request_around(node), tex=is_tex)
    except FactError:
        if not is_tex:
            return
        value = IN_TEX.sub(r"\\text{?}", text)  # a second error, on TeX, would hide the first
    if value == text:
        return
    if is_tex:
        node.children = []
        node += nodes.Text(value)  # type: ignore[operator]
    else:
        node.parent.replace(node, nodes.Text(value))


def _fill_table(table: FactTable, results: "Results") -> None:
    around = request_around(table)

    def facts_of(quote: Quote) -> Mapping[str, Any]:
        return results.facts(quote, around)

    try:
        table.replace_self(table_of(table, facts_of))
    except FactError as error:
        table.replace_self(nodes.paragraph("", str(error), classes=["dlcv-error"]))


def table_error(tabled: Tabled, results: "Results") -> str:
    """Return why a table cannot be made; empty if it can, or if a quote in it has its report."""
    table = FactTable(cells=tabled.cells, wrong=tabled.wrong)
    try:
        table_of(table, lambda quote: results.facts(quote, tabled.request))
    except TableError as error:
        return str(error)
    except FactError:
        pass
    return ""


def setup(app: "Sphinx") -> None:
    """Register the transform."""
    app.add_post_transform(ResolveFigures)
