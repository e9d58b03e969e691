"""The search page, and the index behind it that Pagefind makes of the built pages.

A project without the package `pagefind` keeps the search of Sphinx and its theme, and so does a
reader who opens the pages as files.
"""

import importlib.util
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import quote

from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.display import progress_message

from dlcv_sphinx.domain import domain_of
from dlcv_sphinx.modules import modules_of
from dlcv_sphinx.sections import Section, record, sections
from dlcv_sphinx.worked_example import KIND as PAPER_AND_PAIN

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.builders.html import StandaloneHTMLBuilder
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

BUNDLE = "pagefind"
_TIMEOUT = 300  # seconds; 3,700 sections take two
# Kinds that a reader can choose: what one is called, and all of them.
_KINDS = {
    "module": ("Module", "Modules"),
    "formula": ("Formula", "Formulas"),
    "term": ("Term", "Terms"),
    "example": (PAPER_AND_PAIN, PAPER_AND_PAIN),
}
# No part of the text: TeX, numbers, labels, controls, what other pages say, the theme's frame.
_EXCLUDED = (
    "annotation, .headerlink, .eqno, .formula-number, .caption-number, .worked-example-kind, "
    ".sd-tab-label, .dlcv-player, .predict-title, .symbols > summary, .symbols thead, "
    ".question .level, .kicker, .strip, .cards, .path, .filter, .progress, .progress-tools, "
    ".tab-end, .used-in, .check-it, .no-search, .toctree-wrapper, "
    ".toc-drawer, .sphinxsidebar, .related, .footer"
)
_NOTHING = "did not contain any html files"
# Ready-made interfaces that Pagefind puts beside its index, 420 KB; the page has its own.
_UNUSED = ("pagefind-*ui.*", "pagefind-highlight.js")


def setup(app: "Sphinx") -> None:
    """Connect to the end of builds, and take over the search page."""
    app.connect("config-inited", _add_templates)
    app.connect("html-page-context", _write_search_page)
    app.connect("build-finished", _index)


def _add_templates(app: "Sphinx", config: "Config") -> None:
    config.templates_path.append(str(Path(__file__).parent / "templates"))


def _has_pagefind(app: "Sphinx") -> bool:
    return app.builder.name in {"html", "dirhtml"} and bool(importlib.util.find_spec("pagefind"))


def _write_search_page(
    app: "Sphinx",
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: "nodes.document | None",
) -> str | None:
    """Write the search page as a page like others, which every theme can show."""
    if pagename != "search" or not _has_pagefind(app):
        return None
    app.add_css_file("dlcv-search.css")
    app.add_js_file("dlcv-search.js", loading_method="defer")
    kinds = [(f"is{kind}", _(_KINDS[kind][1])) for kind in _KINDS if _is_there(kind, app.env)]
    told = {**context, "kinds": kinds, "indexes": _indexes(app)}
    context["title"] = _("Search")
    context["body"] = app.builder.templates.render("dlcv-search.html", told)
    context["metatags"] = f'{context.get("metatags", "")}<meta name="robots" content="noindex">'
    return "page.html"


def _is_there(kind: str, env: "BuildEnvironment") -> bool:
    domain = domain_of(env)
    if kind == "module":
        return bool(modules_of(env))
    if kind == "formula":
        return any(True for _ in domain.formulas())
    if kind == "term":
        return any(kind == "term" for kind, _ in env.domains.standard_domain.objects)
    return any(asked.kind == "example" for _, asked in domain.asked())


def _indexes(app: "Sphinx") -> list[tuple[str, str]]:
    """Return address and title of the start page and of those below it that are no modules."""
    env, root = app.env, app.config.root_doc
    others = env.titles.keys() - {module.docname for module in modules_of(env).values()}
    docnames = [root, *(doc for doc in env.toctree_includes.get(root, []) if doc in others)]
    titles = [(docname, env.titles[docname].astext()) for docname in docnames]
    if any(env.domains.index_domain.entries.values()):
        titles.append(("genindex", _("Index")))
    return [(app.builder.get_relative_uri("search", doc), title) for doc, title in titles]


def _index(app: "Sphinx", exception: Exception | None) -> None:
    if exception is not None or not _has_pagefind(app):
        return
    pages, bundle = _pages(app), Path(app.outdir, BUNDLE)
    if _is_newer(bundle / "pagefind-entry.json", pages.values()):
        return
    try:
        with (
            progress_message(_("indexing sections")),
            tempfile.TemporaryDirectory(prefix="dlcv-search-") as folder,
        ):
            shutil.rmtree(bundle, ignore_errors=True)
            count = _write_records(app, pages, Path(folder))
            problem = _run(Path(folder), bundle) if count else ""
    except (OSError, subprocess.TimeoutExpired) as error:
        problem = str(error)
    if problem:
        shutil.rmtree(bundle, ignore_errors=True)  # a part of an index would be taken for one
        message = "Pagefind made no index, so the search is Sphinx's: %s"
        logger.warning(message, problem, type="dlcv", subtype="search")


def _pages(app: "Sphinx") -> dict[str, Path]:
    """Return the files of the pages that want to be found."""
    builder = cast("StandaloneHTMLBuilder", app.builder)
    pages = {doc: Path(builder.get_outfilename(doc)) for doc in sorted(app.env.found_docs)}
    hidden = {"no-search", "nosearch"}  # Sphinx's own marks
    return {
        doc: path
        for doc, path in pages.items()
        if path.is_file() and not hidden & app.env.metadata.get(doc, {}).keys()
    }


def _is_newer(entry: Path, pages: Iterable[Path]) -> bool:
    """Say whether an index is newer than all pages; a build that wrote none needs no other."""
    if not entry.exists():
        return False
    made = entry.stat().st_mtime_ns
    return all(page.stat().st_mtime_ns <= made for page in pages)


def _write_records(app: "Sphinx", pages: dict[str, Path], folder: Path) -> int:
    """Write a page for each section and return their number; its address is its name."""
    modules = {module.docname for module in modules_of(app.env).values()}
    language, encoding = app.config.language, app.config.html_output_encoding
    count = 0
    for docname, path in pages.items():
        uri = app.builder.get_target_uri(docname)
        for section in sections(path.read_text(encoding=encoding)):
            target = folder / f"{uri}#{quote(section.anchor, safe='')}"
            target.parent.mkdir(parents=True, exist_ok=True)
            said = _said(section, is_module=docname in modules)
            target.write_text(record(section, language, said), encoding="utf-8")
            count += 1
    return count


def _said(section: Section, *, is_module: bool) -> dict[str, str]:
    # A name that a reader may know is said again under its kind, where it weighs more. The kind is
    # a word, which the script adds to those of the reader: filters of Pagefind have no fixed order,
    # and no two builds of an index with filters are the same.
    kind = "module" if is_module and section.kind == "page" else section.kind
    if kind not in _KINDS:
        return {"where": " · ".join(section.within)}
    where = " · ".join((_(_KINDS[kind][0]), *section.within))
    return {"where": where, kind: section.title, "kind": f"is{kind}"}


def _run(folder: Path, bundle: Path) -> str:
    """Index a folder and return what went wrong."""
    options = ["--silent", "--site", ".", "--glob", "**/*#*", "--exclude-selectors", _EXCLUDED]
    done = subprocess.run(  # noqa: S603  # no shell, and no words of others
        [sys.executable, "-m", "pagefind", *options, "--output-path", str(bundle.absolute())],
        cwd=folder,  # where no configuration of Pagefind lies
        capture_output=True,
        text=True,
        timeout=_TIMEOUT,
        check=False,
    )
    for pattern in _UNUSED:
        for path in bundle.glob(pattern):
            path.unlink()
    said = done.stderr.strip() or done.stdout.strip()
    if _NOTHING in said:
        return ""  # pages without a word, which Pagefind leaves out
    if done.returncode or said:
        return said.rpartition("\n")[2] or f"it ended with status {done.returncode}"
    return ""
