"""The EPUB builder of Sphinx, made to write what EPUB checkers accept and readers can show.

Style sheets made for browsers stay out, and so does every file that no page needs; pages with
formulas say so in the manifest.
"""

from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.builders.epub3 import Epub3Builder

from dlcv_sphinx.mathfont import STYLES

if TYPE_CHECKING:
    from collections.abc import Set

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders._epub_base import NavPoint


class EpubBuilder(Epub3Builder):
    """Writes an e-book; everything that Sphinx lets a project configure holds here, too."""

    def init(self) -> None:
        """Let web fonts in."""
        super().init()
        self.media_types = {**self.media_types, ".woff2": "font/woff2"}

    def prepare_writing(self, docnames: "Set[str]") -> None:
        """Say on every page in which language it is."""
        language = escape(self.config.epub_language)
        known = f'lang="{language}" xml:lang="{language}"'
        self.html_tag = Epub3Builder.html_tag.replace(">", f" {known}>")
        super().prepare_writing(docnames)

    def build_content(self) -> None:
        """Write the manifest without files that no page needs, and with what pages hold."""
        configured = self.config.epub_exclude_files
        self.config.epub_exclude_files = [*configured, *self._unused()]
        super().build_content()
        self.config.epub_exclude_files = configured
        manifest = Path(self.outdir, "content.opf")
        text = manifest.read_text(encoding="utf-8")
        for name in self.files:
            if name.endswith(self.out_suffix):
                page = Path(self.outdir, name).read_text(encoding="utf-8")
                held = " ".join(kind for tag, kind in _HELD.items() if tag in page)
                if held:
                    item = f'href="{name}" media-type="application/xhtml+xml"'
                    text = text.replace(item, f'{item} properties="{held}"')
        manifest.write_text(text, encoding="utf-8")

    def toc_metadata(self, level: int, navpoints: "list[NavPoint]") -> dict[str, Any]:
        """Return what the older table of contents says: the identifier is that of the manifest."""
        said = super().toc_metadata(level, navpoints)
        return {**said, "uid": escape(self.config.epub_identifier)}

    def _unused(self) -> list[str]:
        """Name the static files that neither a page nor a style sheet of one names."""
        out = Path(self.outdir)
        static = sorted(path for path in (out / "_static").rglob("*") if path.is_file())
        told = "".join(p.read_text(encoding="utf-8") for p in out.rglob(f"*{self.out_suffix}"))
        sheets = [p for p in static if p.suffix == ".css" and p.name in told]
        told += "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
        return [path.relative_to(out).as_posix() for path in static if path.name not in told]


# What a page holds besides XHTML has to be declared.
_HELD = {"<math": "mathml", "<svg": "svg"}


def setup(app: "Sphinx") -> None:
    """Register the builder."""
    app.add_builder(EpubBuilder, override=True)
    app.connect("html-page-context", _drop_sheets)


def _drop_sheets(
    app: "Sphinx",
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: "nodes.document | None",
) -> None:
    """Leave the sheets that extensions add out of e-books: they are for tabs, buttons and such."""
    if app.builder.name == "epub":
        dropped = {f"_static/{name}" for name, _ in app.registry.css_files if name not in STYLES}
        context["css_files"] = [
            sheet for sheet in context["css_files"] if sheet.filename not in dropped
        ]
