"""One style sheet and two scripts a page, where extensions bring two dozen files.

A browser waits for every style sheet before it shows a word. So with ``dlcv_bundle`` the files
that all pages load are joined, in their order: the sheets, the scripts that wait for the page
(``defer``) and the other scripts. What only some pages load stays a file of its own and comes
after. So do files of other hosts and those with an attribute for them alone, such as ``media``.
"""

import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from dlcv_sphinx.config import on_screen

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_STATIC = PurePosixPath("_static")
_SHARED = {"rel": "stylesheet", "type": "text/css", "defer": "defer"}
_OF_PLACE = re.compile(r"@import|@charset")  # hold at the top of a sheet only
_URL = re.compile(r"url\(\s*([\"']?)(?![\"']|data:|#|/|[a-z]+:)")
_HEAD = "/* --- {} */"
_PART = re.compile(re.escape(_HEAD).replace(r"\{\}", "(.+)"))
_SOURCE_MAP = re.compile(r"^(?://[#@]|/\*[#@]) sourceMappingURL=.*$", re.MULTILINE)


def joined_in(text: str) -> list[str]:
    """Return the files that a bundle was joined from, below the folder of the output."""
    return _PART.findall(text)


class _Bundle(NamedTuple):
    """A file that is joined; ``parts`` are below the folder of the output."""

    name: str
    parts: tuple[str, ...]

    @property
    def path(self) -> str:
        return str(_STATIC / self.name)

    def write(self, out: Path) -> None:
        """Join the parts as they are now."""
        texts = (self._part(out, part) for part in self.parts)
        joined = "\n".join(text for part in texts for text in part)
        target = out / self.path
        if target.is_file() and target.read_text(encoding="utf-8") == joined:
            return
        draft = target.with_name(f".{self.name}-{os.getpid()}")
        draft.write_text(joined, encoding="utf-8")
        draft.replace(target)

    def _part(self, out: Path, part: str) -> Iterable[str]:
        text = _SOURCE_MAP.sub("", (out / part).read_text(encoding="utf-8"))
        yield _HEAD.format(part)
        if part.endswith(".css"):
            folder = PurePosixPath(part).parent.relative_to(_STATIC)
            yield text if folder == PurePosixPath() else _URL.sub(rf"\g<0>{folder}/", text)
        else:
            yield text
            yield ";"  # a file may end without one


class _Bundler:
    """Puts the bundles of a build in the place of their parts."""

    def __init__(self) -> None:
        self.bundles: list[_Bundle] = []
        self._of_all: tuple[list[Any], list[Any]] | None = None

    def replace(
        self,
        app: "Sphinx",
        _page: str,
        _template: str,
        context: dict[str, Any],
        _doctree: object,
    ) -> None:
        """Let a page load bundles; what other handlers add for this page comes after."""
        if not app.config.dlcv_bundle or not on_screen(app.builder):
            return
        sheets, scripts, out = context["css_files"], context["script_files"], Path(app.outdir)
        if self._of_all is None:  # what all pages load is the same on all
            now = [script for script in scripts if "defer" not in script.attributes]
            later = [script for script in scripts if "defer" in script.attributes]
            self._of_all = (
                self._bundled("bundle.css", sheets, out),
                self._bundled("bundle.js", now, out)
                + self._bundled("bundle-deferred.js", later, out),
            )
        # Changed in place: the builder adds to these lists what is for this page alone.
        sheets[:], scripts[:] = self._of_all

    def _bundled(self, name: str, files: Sequence[Any], out: Path) -> list[Any]:
        """Return files with a bundle of those that can be joined, which is written."""
        parts: list[Any] = []
        attributes: dict[str, str] = {}
        for file in sorted(files, key=lambda file: file.priority):
            fitting = all(attributes.get(k, v) == v for k, v in file.attributes.items())
            if fitting and _may_be_joined(file, out):
                parts.append(file)
                attributes |= file.attributes
        if len(parts) < 2:
            return list(files)
        bundle = _Bundle(name, tuple(map(_path, parts)))
        bundle.write(out)  # now, as pages name its checksum
        self.bundles.append(bundle)
        joined = type(parts[0])(bundle.path, priority=parts[0].priority, **attributes)
        return [joined, *(file for file in files if file not in parts)]

    def write(self, app: "Sphinx", exception: Exception | None) -> None:
        """Join the parts as the build has left them: furo writes one of them at its end."""
        for bundle in self.bundles if exception is None else ():
            bundle.write(Path(app.outdir))


def _path(file: Any) -> str:
    return str(file.filename).replace(os.sep, "/")


def _may_be_joined(file: Any, out: Path) -> bool:
    """Say whether a file is ours to join, and means the same among others."""
    if not file.filename or _STATIC not in PurePosixPath(_path(file)).parents:
        return False
    # A script finds its data attributes on the element that runs, which is the bundle's.
    alone = [k for k, v in file.attributes.items() if k[:5] != "data-" and v != _SHARED.get(k)]
    path = out / _path(file)
    if alone or not path.is_file():
        return False
    return path.suffix != ".css" or not _OF_PLACE.search(path.read_text(encoding="utf-8"))


def setup(app: "Sphinx") -> None:
    """Register the option, and connect before all that add files to a page."""
    description = "join the style sheets and the scripts that all pages load"
    app.add_config_value("dlcv_bundle", False, "html", types={bool}, description=description)
    bundler = _Bundler()
    app.connect("html-page-context", bundler.replace, priority=0)
    app.connect("build-finished", bundler.write, priority=900)  # after the theme
