"""The store of drawn figures: content-addressed, checked when read, written atomically.

``entries/<key>.<form>.json`` says what was drawn for a key; ``files/<name>`` are the pictures,
named for people (``perceptron-boundary-1a2b3c4d5e6f-light.svg``) with the digest of their bytes.
"""

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DAY = 86_400
_PLAIN = ("facts", "start", "values", "width", "height", "warned")


class DamagedError(Exception):
    """A file of the store is not what was written."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One stored file.

    Parameters
    ----------
    name : str
        File name, unique by content.
    digest : str
        SHA-256 of the bytes.
    size : int
        Bytes.
    """

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What was drawn for a key.

    Parameters
    ----------
    facts : list of dict
        Facts, one dict a frame; a still figure and an example have one.
    start : int
        Index of the frame that stands for the whole.
    values : list of list
        Values of the swept parameters, frame by frame; empty for a still.
    width, height : float
        Size in CSS px; 0 without a picture.
    files : dict of str to list of Picture
        Pictures of every theme, one a frame; of a swept figure also one ``<theme>-stack`` of all
        frames and one ``<theme>-sheet`` of some. On paper it has ``light-key`` alone: key frames.
    warned : list of str
        What the function warned about: told in every build until it is mended.
    """

    facts: Sequence[Mapping[str, Any]]
    start: int
    values: Sequence[Any]
    width: float
    height: float
    files: Mapping[str, Sequence[Picture]]
    warned: Sequence[str] = ()

    @property
    def on_page(self) -> dict[str, Picture]:
        """The pictures that a page needs: the start frame of each theme, and all frames in one."""
        return {
            kind: pictures[0 if "-" in kind else self.start]
            for kind, pictures in self.files.items()
        }

    @property
    def shown(self) -> dict[str, Any]:
        """Facts of the start frame, and ``frames``, their count, where the figure is swept."""
        return self.by_frame[self.start]

    @property
    def by_frame(self) -> list[dict[str, Any]]:
        """Facts of every frame, as `shown` has them for the start."""
        extra = {"frames": len(self.values)} if self.values else {}
        return [{**extra, **facts} for facts in self.facts]


class Store:
    """Entries and pictures in one folder, which several builds may share.

    Parameters
    ----------
    folder : Path
        Made when something is written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._entries = folder / "entries"
        self._files = folder / "files"

    def path(self, picture: Picture) -> Path:
        """Return where a picture is."""
        return self._files / picture.name

    def read_json(self, name: str) -> Any:
        """Return the checked content of a JSON file in the folder; None if it isn't whole."""
        try:
            head, _, body = (self.folder / name).read_text(encoding="utf-8").partition("\n")
        except (OSError, UnicodeDecodeError):  # not there, a folder, not ours to read
            return None
        return json.loads(body) if head == _head(name, body) else None

    def write_json(self, name: str, value: object) -> None:
        """Write a JSON file with a digest of its name and content in the first line."""
        body = json.dumps(value, ensure_ascii=False)
        _write(self.folder / name, f"{_head(name, body)}\n{body}".encode())

    def entry(self, key: str, form: str) -> Entry | None:
        """Look up what was drawn for a key.

        Bytes are compared when a picture is read; here only names and sizes, so that a build that
        has nothing to do costs a look at the folder.

        Parameters
        ----------
        key, form : str
            What it was drawn for.

        Returns
        -------
        Entry or None
            None if it isn't whole, or one of its pictures is missing.
        """
        name = f"entries/{key}.{form}.json"
        found = self.read_json(name)
        if found is None:
            return None
        files = {
            theme: [Picture(**picture) for picture in pictures]
            for theme, pictures in found.pop("files").items()
        }
        entry = Entry(files=files, **found)
        for picture in _pictures(entry):
            try:
                if self.path(picture).stat().st_size != picture.size:
                    return None
            except OSError:
                return None
        path = self.folder / name
        if time.time() - _modified(path) > DAY:
            with contextlib.suppress(OSError):  # another build may prune, or own it
                os.utime(path)  # "used", for the pruning by age
        return entry

    def verify(self, entry: Entry) -> None:
        """Compare the bytes of an entry's pictures with their digests.

        Parameters
        ----------
        entry : Entry
            As `entry` gave it.

        Raises
        ------
        DamagedError
            If a picture is missing or its bytes are others.
        """
        for picture in _pictures(entry):
            try:
                is_whole = _digest(self.path(picture).read_bytes()) == picture.digest
            except OSError:
                is_whole = False
            if not is_whole:
                raise DamagedError(picture.name)

    def save(self, key: str, form: str, name: str, drawn: Mapping[str, Any]) -> Entry:
        """Store what a worker drew.

        Parameters
        ----------
        key, form : str
            What it was drawn for.
        name : str
            ``module.function``, from which the files take their names.
        drawn : mapping
            Result of `dlcv_viz.engine.worker.render`.

        Returns
        -------
        Entry
            Its pictures are on the disk before the entry names them.
        """
        files: dict[str, list[Picture]] = {}
        for theme, pictures in drawn["files"].items():
            files[theme] = []
            for data in pictures:
                digest = _digest(data)
                picture = Picture(_file_name(name, digest, theme, form), digest, len(data))
                _write(self.path(picture), data)
                files[theme].append(picture)
        plain = {k: drawn[k] for k in _PLAIN}
        entry = Entry(files=files, **plain)
        listed = {
            theme: [{"name": p.name, "digest": p.digest, "size": p.size} for p in pictures]
            for theme, pictures in files.items()
        }
        self.write_json(f"entries/{key}.{form}.json", {**plain, "files": listed})
        return entry

    def prune(self, keep: Iterable[str], *, older_than: float = 0) -> int:
        """Remove entries that are not in `keep` and were not used for a time.

        Parameters
        ----------
        keep : iterable of str
            Keys that stay.
        older_than : float, default 0
            Days since the last use; younger entries stay.

        Returns
        -------
        int
            How many entries and pictures went.
        """
        keep, gone, named = set(keep), 0, set[str]()
        before = time.time() - older_than * DAY
        for path in sorted(self._entries.glob("*.json")):
            found = self.read_json(f"entries/{path.name}")
            used = path.name.partition(".")[0] in keep or _modified(path) > before
            if found is not None and used:
                named |= {p["name"] for files in found["files"].values() for p in files}
            else:
                remove(path)
                gone += 1
        # What begins with a dot was being written by a build that was killed.
        for path in sorted({*self._files.glob("*"), *self.folder.rglob(".*")}):
            # A young file may belong to a build that has not written its entry yet.
            if path.name not in named and _modified(path) <= before:
                remove(path)
                gone += 1
        return gone


def remove(path: Path) -> None:
    """Remove a file that may be gone, or a folder that has no place in the store."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _pictures(entry: Entry) -> Iterable[Picture]:
    return (picture for pictures in entry.files.values() for picture in pictures)


def _file_name(name: str, digest: str, theme: str, form: str) -> str:
    slug = name.replace(".", "-").replace("_", "-")
    return f"{slug}-{digest[:12]}-{theme}.{form}"


def _modified(path: Path) -> float:
    """Return when a file was written; for ever ago if another build has just removed it."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0.0


def _head(name: str, body: str) -> str:
    """Return the first line of a JSON file: one that was put under another name is not whole."""
    return _digest(f"{name}\n{body}".encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).chmod(0o644)  # readers of a shared store are not its writers
            if path.is_dir():
                remove(path)  # a file would not replace it
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
