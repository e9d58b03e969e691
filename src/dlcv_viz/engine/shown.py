"""What each page of a built site shows: kept beside the figures, not in Sphinx's environment.

The environment is pickled before pages are written. A build that is killed in between would leave
one that takes the new figures for shown, and pages that stay old for ever.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dlcv_viz.engine.store import Store, remove


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows.

    Parameters
    ----------
    digest : str
        Of everything in it that is not the page's own source.
    keys : tuple of str
        Keys of its figures and examples.
    files : tuple of str
        Names of the pictures it shows.
    """

    digest: str
    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    @classmethod
    def of(cls, content: object, keys: set[str], files: set[str]) -> "Page":
        """Make a page of JSON values that change when it must be written again."""
        text = json.dumps(content, sort_keys=True)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return cls(digest, tuple(sorted(keys)), tuple(sorted(files)))


class Shown:
    """The pages that one builder has written to one folder.

    Parameters
    ----------
    store : Store
        Where the record is kept.
    builder : str
        Name of the builder.
    outdir : Path
        Folder it writes to.
    """

    def __init__(self, store: Store, builder: str, outdir: Path) -> None:
        self._store = store
        self._outdir = str(outdir)
        place = hashlib.sha256(self._outdir.encode()).hexdigest()[:16]
        self._name = f"shown/{builder}-{place}.json"

    def outdated(self, pages: Mapping[str, Page]) -> set[str]:
        """Name the pages that were written with something else, or never."""
        before = (self._store.read_json(self._name) or {"pages": {}})["pages"]
        return {
            docname
            for docname, page in pages.items()
            if before.get(docname, {}).get("digest") != page.digest
        }

    def begin(self) -> None:
        """Call every page outdated until `save`: Sphinx writes them in place, and may be killed.

        What they show stays in use.
        """
        record = self._store.read_json(self._name)
        if record is not None:
            for page in record["pages"].values():
                page["digest"] = ""
            self._store.write_json(self._name, record)

    def save(self, pages: Mapping[str, Page]) -> None:
        """Keep what the pages show now that they are written."""
        listed: Any = {docname: asdict(page) for docname, page in pages.items()}
        now = json.loads(json.dumps({"outdir": self._outdir, "pages": listed}))
        if now != self._store.read_json(self._name):
            self._store.write_json(self._name, now)


def keys_in_use(store: Store) -> set[str]:
    """Return the keys that any built site shows; records of deleted sites are dropped."""
    keys = set[str]()
    for path in sorted((store.folder / "shown").glob("*.json")):
        record = store.read_json(f"shown/{path.name}")
        if record is None or not Path(record["outdir"]).is_dir():
            remove(path)
            continue
        keys.update(key for page in record["pages"].values() for key in page["keys"])
    return keys
