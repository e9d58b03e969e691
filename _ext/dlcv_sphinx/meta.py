"""What a page says of itself to search engines and to sites that link to it."""

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from dlcv_sphinx import social
from dlcv_sphinx.config import on_screen

if TYPE_CHECKING:
    from sphinx.application import Sphinx

LONGEST = 160  # characters of a description; search engines cut what is longer


def setup(app: "Sphinx") -> None:
    """Connect to the writing of pages."""
    app.connect("html-page-context", _describe)


def _describe(
    app: "Sphinx", docname: str, _template: str, context: dict[str, Any], doctree: Any
) -> None:
    # Without a doctree a page is made by Sphinx: an index, the search.
    if doctree is None or not on_screen(app.builder):
        return
    title = app.env.titles[docname].astext()
    description = app.env.metadata[docname].get("one-line") or _first_words(doctree)
    said = {"description": description}
    properties = {
        "og:title": title,
        "og:description": description,
        "og:site_name": app.config.project,
        "og:type": "website" if docname == app.config.root_doc else "article",
    }
    if app.config.html_baseurl:
        target = app.builder.get_target_uri(docname)
        properties["og:url"] = f"{app.config.html_baseurl.rstrip('/')}/{target}"
    card = social.tags(app, docname)
    if card:
        properties |= card
        said["twitter:card"] = "summary_large_image"
    tags = [f'<meta name="{name}" content="{escape(text)}">' for name, text in said.items()]
    tags += [f'<meta property="{k}" content="{escape(text)}">' for k, text in properties.items()]
    context["metatags"] = "\n".join([context.get("metatags", ""), *tags])


def _first_words(doctree: nodes.document) -> str:
    """Return the first paragraph of a page, cut between words."""
    first = next(doctree.findall(nodes.paragraph), None)
    text = " ".join(first.astext().split()) if first is not None else ""
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST - 1].rpartition(" ")[0] + "…"
