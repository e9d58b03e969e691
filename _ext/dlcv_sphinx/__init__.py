"""Sphinx extension: figures that are computed while the site is built, and pages made of facts."""

from typing import TYPE_CHECKING

from dlcv_sphinx import (
    access,
    backlinks,
    book,
    build,
    bundle,
    callout,
    cards,
    collect,
    config,
    downloads,
    epub,
    fact_table,
    facts,
    figure,
    fold_out,
    formula,
    health,
    indexes,
    learning_path,
    ledger,
    links,
    mathfont,
    mathml,
    meta,
    modules,
    numbers,
    player,
    predict,
    previews,
    progress,
    question,
    search,
    sidebar,
    sizes,
    tabs,
    warned,
    worked_example,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

__version__ = "0.1.0"


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register every part of the extension."""
    for part in (
        config,
        collect,
        figure,
        facts,
        fact_table,
        ledger,
        worked_example,
        fold_out,
        formula,
        question,
        predict,
        callout,
        player,
        previews,
        tabs,
        mathml,
        mathfont,
        sizes,
        modules,
        indexes,
        downloads,
        backlinks,
        search,
        meta,
        links,
        learning_path,
        numbers,
        cards,
        progress,
        sidebar,
        book,
        epub,
        access,
        build,
        bundle,
        warned,
        health,
    ):
        part.setup(app)
    return {
        "version": __version__,
        "env_version": 2,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
