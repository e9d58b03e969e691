"""Pages that a build warned about are read and written again by the next one.

Sphinx warns about a page when it reads or writes it, then keeps the result: the next build would be
clean, and pass under ``-W``, with the mistake still on the page.
"""

import json
import logging
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.util.logging import get_node_location

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


class Watch(logging.Handler):
    """Collects the pages of one build's warnings, and remembers them beside the doctrees."""

    def __init__(self, app: "Sphinx") -> None:
        super().__init__(logging.WARNING)
        self._app = app
        self._pages = set[str]()

    def emit(self, record: logging.LogRecord) -> None:
        """Note the page of a warning; one without a page cannot be repeated by reading."""
        place = getattr(record, "location", None)
        if isinstance(place, nodes.Node):
            place = get_node_location(place)
        if isinstance(place, tuple):
            self._pages.add(str(place[0]))
        elif isinstance(place, str) and hasattr(self._app, "env"):
            docname = self._app.env.path2doc(place.rpartition(":")[0])
            self._pages.add(docname or place)

    def begin(self, _app: "Sphinx") -> None:
        """Listen to Sphinx."""
        logging.getLogger("sphinx").addHandler(self)

    def outdated(self, _app: "Sphinx", env: "BuildEnvironment", *_known: set[str]) -> list[str]:
        """Name the pages that the last build of this builder warned about."""
        path = self._file()
        pages = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
        return sorted(env.found_docs.intersection(pages))

    def end(self, _app: "Sphinx", exception: Exception | None) -> None:
        """Remember the pages, and stop listening."""
        logging.getLogger("sphinx").removeHandler(self)
        if self._pages and self._file().parent.is_dir():
            self._file().write_text(json.dumps(sorted(self._pages)), encoding="utf-8")
        elif exception is None:
            self._file().unlink(missing_ok=True)

    def _file(self) -> "Path":
        return self._app.doctreedir / f"dlcv-warned-{self._app.builder.name}.json"


def setup(app: "Sphinx") -> None:
    """Connect the watch."""
    watch = Watch(app)
    app.connect("builder-inited", watch.begin)
    app.connect("env-get-outdated", watch.outdated)
    app.connect("build-finished", watch.end)
