"""The post-transform that puts pictures and facts into a page, for the builder at hand."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.collect import quoting
from dlcv_sphinx.config import on_screen
from dlcv_sphinx.domain import domain_of
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
from dlcv_sphinx.notes import Tabled
from dlcv_sphinx.player import live_text, player
from dlcv_viz.engine.session import Failure, Result
from dlcv_viz.engine.store import Picture
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
        has_script = on_screen(self.app.builder)
        for node, text, is_tex in list(quoting(self.document)):
            if not isinstance(node, FactTable):
                _quote(node, text, results, is_tex=is_tex, is_live=has_script)
        for table in list(self.document.findall(FactTable)):
            _fill_table(table, results)
        for figure in list(self.document.findall(FigureNode)):
            self._show(figure, results, has_script=has_script)

    def _show(self, figure: FigureNode, results: "Results", *, has_script: bool) -> None:
        pending = next(figure.findall(PendingPicture))
        result = results.whole(request_of(figure))
        if isinstance(result, Failure) or result.description.kind != "figure":
            told = result.message if isinstance(result, Failure) else "no figure"
            pending.replace_self(nodes.paragraph("", told, classes=["dlcv-error"]))
            return
        try:
            alts = results.alts(result, pending["alt"])
        except FactError:
            alts = [result.description.summary] * len(result.entry.facts)
        if pending.get("is_decoration"):
            alts = [""] * len(alts)
        alt = alts[result.entry.start]
        is_swept = bool(result.entry.values) and not figure.get("still")
        if is_swept:
            figure["frames"] = len(result.entry.values)
        if results.form == "facts":
            pending.replace_self(nodes.paragraph("", f"[{alt}]", classes=["dlcv-alt"]))
        elif has_script:
            pictures = self._on_page(result, alt, pending["loading"], results, is_swept=is_swept)
            # A frame of its own, in which a picture wider than a phone can scroll.
            shown: list[nodes.Node] = [Pictures("", *pictures)]
            if is_swept:
                shown.append(player(figure, result, alts, pictures[-1]["uri"]))
            pending.replace_self(shown)
        else:
            pending.replace_self(self._on_paper(result, alts, results))

    def _on_page(
        self, result: Result, alt: str, loading: str, results: "Results", *, is_swept: bool
    ) -> list[PictureNode]:
        """Return the picture of each theme, and of a swept figure the sheet that is printed."""
        entry = result.entry
        pixels = f"{entry.width:.0f}", f"{entry.height:.0f}"  # HTML takes whole numbers
        shown = []
        for theme in ("light", "dark"):
            picture = self._picture(entry.on_page[theme], alt, results, loading=loading)
            picture["pixels"], picture["classes"] = pixels, [f"dlcv-{theme}"]
            if is_swept:
                stack = self._picture(entry.on_page[f"{theme}-stack"], "", results)["uri"]
                # No image of the page: the builder is told to copy it here.
                self.app.builder.images[stack] = self.env.images[stack][1]
                picture["stack"] = stack
            shown.append(picture)
        if is_swept:
            sheet = self._picture(entry.on_page["light-sheet"], alt, results, loading="lazy")
            sheet["classes"] = ["dlcv-sheet"]
            shown.append(sheet)
        return shown

    def _on_paper(
        self, result: Result, alts: Sequence[str], results: "Results"
    ) -> list[nodes.Node]:
        """Return the picture, or of a swept figure key frames."""
        entry, description = result.entry, result.description
        alt = alts[entry.start]
        if not entry.values:
            return [self._picture(entry.on_page["light"], alt, results)]
        if "light-sheet" in entry.files:
            return [self._picture(entry.on_page["light-sheet"], alt, results)]
        rows: list[nodes.Node] = []
        shown = [*zip(description.paper_frames, entry.files["light-key"], strict=True)]
        for pair in batched(shown, 2):
            row = nodes.paragraph()
            for frame, key in pair:
                picture = self._picture(key, alts[frame], results)
                picture["width"] = "48%"
                row += [picture, nodes.Text(" ")]
            told = " · ".join(description.told(frame) for frame, _ in pair)
            rows += [row, nodes.paragraph("", told)]
        return rows

    def _picture(
        self, picture: Picture, alt: str, results: "Results", loading: str = "eager"
    ) -> PictureNode:
        uri = str(results.path(picture))
        self.env.images.add_file(self.env.docname, uri)
        return PictureNode(uri=uri, candidates={"*": uri}, alt=alt, loading=loading)


def batched(
    items: Sequence[tuple[int, Picture]], n: int
) -> Iterator[Sequence[tuple[int, Picture]]]:
    """Yield the items, some at a time; from Python 3.12 on `itertools` has it."""
    return (items[k : k + n] for k in range(0, len(items), n))


def _quote(node: nodes.Node, text: str, results: "Results", *, is_tex: bool, is_live: bool) -> None:
    around = request_around(node)
    try:
        template = text if is_tex or isinstance(node, nodes.Text) else "{" + text + "}"
        value = results.write(template, around, tex=is_tex)
    except FactError:
        if not is_tex:
            return
        value = IN_TEX.sub(r"\\text{?}", text)  # a second error, on TeX, would hide the first
    if value == text:
        return
    if is_tex:
        node.children = []
        node += nodes.Text(value)  # type: ignore[operator]
        return
    result = results.found[around] if around and isinstance(node, nodes.Text) else None
    if is_live and isinstance(result, Result) and result.entry.values:
        figure = next(part for part in _upwards(node) if isinstance(part, FigureNode))
        node.parent.replace(node, live_text(template, figure, result, results))
    else:
        node.parent.replace(node, nodes.Text(value))


def _upwards(node: nodes.Node) -> Iterator[nodes.Node]:
    while node.parent is not None:
        node = node.parent
        yield node


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
