"""The course as a printed book, by LaTeX: its parts, and marks for what has a look of its own.

The looks are in ``texinputs/dlcv.sty``.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from dlcv_sphinx.fold_out import Summary
from dlcv_sphinx.modules import modules_of
from dlcv_sphinx.nodes import FoldOut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config


class BookParts(SphinxPostTransform):
    """Make chapters of the pages that the start page lists, and a preface of the start page.

    Sphinx would make chapters of its sections and put the pages below the last one: their numbers
    would differ from those on the site.
    """

    formats = ("latex",)
    default_priority = 190

    def run(self, **_kwargs: object) -> None:
        """Arrange the tree of all pages, if they are a course."""
        start = next(self.document.findall(nodes.section), None)
        chapters = [
            page for page in self.document.findall(addnodes.start_of_file) if not _is_within(page)
        ]
        if start is None or not chapters or not modules_of(self.env):
            return
        for page in chapters:
            page.parent.remove(page)
        title, *content = start.children
        preface = nodes.section("", title.deepcopy(), *content)
        start.children = []
        start += [title, _switch("frontmatter"), preface, *self._parts(chapters)]

    def _parts(self, chapters: list[addnodes.start_of_file]) -> "Iterator[nodes.Node]":
        part = "frontmatter"
        for page in chapters:
            is_numbered = bool(self.env.toc_secnumbers.get(page["docname"], {}).get(""))
            wanted = "mainmatter" if is_numbered else part
            if part == "mainmatter" and not is_numbered:
                wanted = "backmatter"
            if wanted != part:
                yield _switch(wanted)
            part = wanted
            yield page


class NameParagraphs(SphinxPostTransform):
    """Give classes of paragraphs to the text in them: LaTeX gets to know no others."""

    formats = ("latex",)
    default_priority = 900  # nothing looks at the paragraphs after this

    def run(self, **_kwargs: object) -> None:
        """Wrap what paragraphs with classes hold."""
        for fold in list(self.document.findall(FoldOut)):
            if "symbols" in fold["classes"]:
                del fold[0]  # the table below it says it in its head
        for paragraph in self.document.findall(nodes.paragraph):
            classes = [*paragraph["classes"]]
            if isinstance(paragraph, Summary):
                classes.append("summary")
            if classes:
                held = nodes.inline("", "", *paragraph.children, classes=classes)
                paragraph.children = []
                paragraph.append(held)


def _is_within(page: nodes.Element) -> bool:
    above = page.parent
    while above is not None and not isinstance(above, addnodes.start_of_file):
        above = above.parent
    return above is not None


def _switch(part: str) -> nodes.raw:
    # Only the class `book` has parts.
    return nodes.raw("", rf"\ifdefined\{part}\{part}\fi", format="latex")


def setup(app: "Sphinx") -> None:
    """Register the transforms and the package."""
    app.add_post_transform(BookParts)
    app.add_post_transform(NameParagraphs)
    app.add_latex_package("dlcv", after_hyperref=True)
    app.connect("config-inited", _add_package)


def _add_package(app: "Sphinx", config: "Config") -> None:
    package = str(Path(__file__).parent / "texinputs/dlcv.sty")
    config.latex_additional_files = [*config.latex_additional_files, package]
