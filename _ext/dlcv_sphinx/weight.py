"""What a reader's browser loads with a built page, in bytes as a server sends them."""

import gzip
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from dlcv_sphinx.bundle import joined_in
from dlcv_sphinx.mathfont import FONT, RARE_FONT

_TEXT = frozenset({".css", ".html", ".js", ".json", ".svg"})  # what servers compress
# As Sphinx writes them: no attribute holds a bare ">".
_TAG = re.compile(r"<(link|script|img|div)\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
_FONT_URL = re.compile(r"""url\(["']?([^"')]+\.(?:woff2?|ttf|otf))\b""")
_FETCHED = frozenset({"stylesheet", "icon", "shortcut icon"})
_NOT_SHOWN = frozenset({"dlcv-dark", "dlcv-sheet"})  # for the other theme, and for paper


class Weight(NamedTuple):
    """What a page weighs.

    Parameters
    ----------
    html, gzipped : int
        Bytes of the page itself.
    first : dict of str to int
        Bytes of what is loaded at once, in one theme and without fonts, by file.
    fonts : int
        Bytes of the fonts that it needs.
    later : int
        Bytes of what other tabs and the players load.
    script : int
        Bytes of our scripts, not compressed.
    """

    html: int
    gzipped: int
    first: dict[str, int]
    fonts: int
    later: int
    script: int

    @property
    def first_view(self) -> int:
        """What is loaded at once, but for the fonts."""
        return sum(self.first.values())

    @property
    def in_all(self) -> int:
        """What is loaded at once."""
        return self.first_view + self.fonts

    @property
    def whole(self) -> int:
        """What is loaded by who opens every tab and moves every slider."""
        return self.in_all + self.later


class Scale:
    """Weighs the pages of a site, each file once.

    Parameters
    ----------
    folder : Path
        Of the built site.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sizes: dict[Path, tuple[int, int]] = {}
        self._scripts: dict[Path, list[Path]] = {}

    def weigh(self, page: Path) -> Weight:
        """Return what is loaded with a page."""
        text = page.read_text(encoding="utf-8", errors="replace")  # only ASCII is looked for
        first, later, fonts = {page}, set[Path](), set[Path]()
        for file, is_first in _loaded(text, page.parent):
            if is_first and file.suffix == ".css":
                fonts |= set(_fonts(file))
            (first if is_first else later).add(file)
        if "<math" not in text:
            fonts = {font for font in fonts if font.name not in {FONT, RARE_FONT}}
        return Weight(
            *self._size(page),
            {self._name(file): self._size(file)[1] for file in sorted(first)},
            sum(self._size(file)[1] for file in fonts),
            sum(self._size(file)[1] for file in later - first),
            sum(self._size(script)[0] for file in first for script in self._ours(file)),
        )

    def _ours(self, file: Path) -> Iterator[Path]:
        """Yield the scripts of ours in a file: itself, or what was joined to it."""
        if file.suffix == ".js" and file.is_file():
            if file not in self._scripts:
                parts = joined_in(file.read_text(encoding="utf-8", errors="replace"))
                found = [self._folder / part for part in parts] or [file]
                self._scripts[file] = [f for f in found if f.name.startswith("dlcv-")]
            yield from self._scripts[file]

    def _size(self, file: Path) -> tuple[int, int]:
        """Return the bytes of a file as it is and as it is sent; none of one that is not there."""
        if file not in self._sizes:
            data = file.read_bytes() if file.is_file() else b""
            sent = gzip.compress(data, 6) if file.suffix in _TEXT and data else data
            self._sizes[file] = len(data), len(sent)
        return self._sizes[file]

    def _name(self, file: Path) -> str:
        return file.relative_to(self._folder).as_posix()


def _loaded(text: str, folder: Path) -> Iterator[tuple[Path, bool]]:
    """Yield the files that a page loads, and whether at once."""
    n_tabs = 0  # what follows the first one is taken for what waits until a reader comes to it
    for tag in _TAG.finditer(text):
        said = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[2])}
        classes = set(said.get("class", "").split())
        if tag[1] == "div":
            n_tabs += "sd-tab-content" in classes
        elif tag[1] == "img" and not classes & _NOT_SHOWN:
            is_hidden = n_tabs > 1 and said.get("loading") == "lazy"
            yield from ((file, not is_hidden) for file in _file(said.get("src"), folder))
            yield from ((file, False) for file in _file(said.get("data-stack"), folder))
        elif tag[1] == "script":
            yield from ((file, True) for file in _file(said.get("src"), folder))
        elif said.get("rel") in _FETCHED:
            yield from ((file, True) for file in _file(said.get("href"), folder))


def _fonts(style: Path) -> Iterator[Path]:
    if style.is_file():
        for address in _FONT_URL.findall(style.read_text(encoding="utf-8")):
            yield from _file(address, style.parent)


def _file(address: str | None, folder: Path) -> Iterator[Path]:
    """Yield the file of the site that an address names, if it names one."""
    parts = urlsplit(address or "")
    if parts.path and not parts.scheme and not parts.netloc:
        yield (folder / unquote(parts.path)).resolve()
