"""Cut a built page at its headings and terms, into the parts that a search can lead to.

Search engines rank pages, and a module is one long page: so every heading that can be linked to is
a page of its own to them, with the text below it.
"""

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import unquote

# What Sphinx's own search takes for the content of a page.
_MAIN = re.compile(r'<[^>]*\brole="main"[^>]*>')
# As our writers and Sphinx's put them out; the permalink of a formula follows its heading.
_START = re.compile(
    r"<(?P<tag>h[1-6]|dt)\b(?P<attributes>[^>]*)>(?P<heading>.*?)</(?P=tag)>"
    r'(?P<after><a class="headerlink".*?</a>)?'
    r'|<div class="worked-example\b[^>]*\bid="(?P<example>[^"]+)".*?'
    r'<p class="worked-example-title">(?P<title>.*?)</p>',
    re.DOTALL,
)
_PERMALINK = re.compile(r'class="headerlink" href="#([^"]+)"')
_ID = re.compile(r'\bid="([^"]+)"')
_NO_WORDS = re.compile(
    r'<annotation\b.*?</annotation>|<span class="(?:section|formula)-number">.*?</span>'
    r'|<label class="sd-tab-label".*?</label>|<a class="headerlink".*?</a>|<[^>]+>',
    re.DOTALL,
)
# Pagefind takes words apart at a hyphen, and not at the longer dash between two names.
_DASH = re.compile(r"(?<=\w)[\N{EN DASH}\N{EM DASH}](?=\w)")


class Section(NamedTuple):
    """A heading and what stands below it, up to the next one.

    Parameters
    ----------
    anchor : str
        Id on the page that a link leads to.
    title : str
        The heading as plain text.
    kind : str
        ``"page"``, ``"section"``, ``"formula"``, ``"term"`` or ``"example"``.
    within : tuple of str
        Titles of the page and the tab around it; none for the title of the page itself.
    html : str
        A piece of the page: elements that are open at its ends stay so.
    """

    anchor: str
    title: str
    kind: str
    within: tuple[str, ...]
    html: str


def sections(page: str) -> Iterator[Section]:
    """Cut a page into sections.

    Parameters
    ----------
    page : str
        HTML of a built page.

    Yields
    ------
    Section
        In the order of the page. A heading that cannot be linked to begins none.
    """
    main = _MAIN.search(page)
    starts = [
        (start, anchor)
        for start in _START.finditer(page, main.end() if main else 0)
        if (anchor := _anchor(start))
    ]
    ends = [start.start() for start, _ in starts[1:]] + [len(page)]
    title = tab = ""
    for (start, anchor), end in zip(starts, ends, strict=False):  # without a start, an end alone
        words, kind = plain(start["heading"] or start["title"] or ""), _kind(start)
        if kind == "page":
            title, tab = words, ""
        within = tuple(part for part in (title, tab) if part and kind != "page")
        if "dlcv-tab-title" in (start["attributes"] or ""):
            tab = words
            within = within[:1]
        yield Section(anchor, words, kind, within, page[start.end() : end])


def plain(html: str) -> str:
    """Return the words of a piece of a page, without numbers, labels and TeX."""
    return " ".join(unescape(_NO_WORDS.sub("", html)).split())


def record(section: Section, language: str, said: dict[str, str]) -> str:
    """Return a page for Pagefind.

    Parameters
    ----------
    section : Section
        Whose text is searched.
    language : str
        In which it is written.
    said : dict of str to str
        What else is searched and handed to the reader's browser, by name.

    Returns
    -------
    str
        HTML.
    """
    told = "".join(
        f'<meta data-pagefind-meta="{name}[content]" content="{escape(text)}">'
        for name, text in {"title": section.title, **said}.items()
    )
    body = section.html
    if not plain(body):  # Pagefind leaves out what has no words
        body = f'<p data-pagefind-weight="0">{escape(section.title)}</p>'
    page = f'<html lang="{escape(language)}"><head>{told}</head><body>{body}</body></html>'
    return _DASH.sub("-", page)


def _anchor(start: re.Match[str]) -> str:
    if start["example"]:
        return unescape(start["example"])
    heading = f"{start['attributes']}>{start['heading']}{start['after'] or ''}"
    if link := _PERMALINK.search(heading):
        return unquote(unescape(link[1]))
    ids = _ID.findall(heading)
    return unescape(ids[-1]) if ids else ""  # the last is the label that the author wrote


def _kind(start: re.Match[str]) -> str:
    if start["example"]:
        return "example"
    if "formula-title" in start["attributes"]:
        return "formula"
    return {"h1": "page", "dt": "term"}.get(start["tag"], "section")
