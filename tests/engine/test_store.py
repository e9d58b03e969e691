"""The store: whatever happens to its files, what it serves is what was saved."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dlcv_viz.engine.store import DAY, DamagedError, Entry, Store

KEY = "a" * 40
LIGHT, DARK = b"<svg>light</svg>", b"<svg>dark!</svg>"


def drawn(**files: list[bytes]) -> dict[str, Any]:
    return {
        "facts": [{"n": 3, "name": "\N{GREEK SMALL LETTER ETA}\u2028"}],
        "start": 0,
        "values": [],
        "width": 480.5,
        "height": 384.0,
        "files": files or {"light": [LIGHT], "dark": [DARK]},
        "warned": [],
        "seconds": 0.1,
        "printed": "",
    }


def save(store: Store, key: str = KEY, **files: list[bytes]) -> Entry:
    return store.save(key, "svg", "conv_layer.sliding_window", drawn(**files))


def listing(store: Store) -> set[str]:
    return {
        str(path.relative_to(store.folder)) for path in store.folder.rglob("*") if path.is_file()
    }


def age(path: Path, days: float) -> None:
    then = time.time() - days * DAY
    os.utime(path, (then, then))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "deep" / "store")


def test_what_was_saved_is_found_again_by_another_store(store: Store) -> None:
    saved = save(store)
    found = Store(store.folder).entry(KEY, "svg")
    assert found == saved
    assert saved.facts == drawn()["facts"]
    assert (saved.width, saved.height) == (480.5, 384.0)
    assert [store.path(p).read_bytes() for p in saved.files["light"]] == [LIGHT]
    assert [store.path(p).read_bytes() for p in saved.files["dark"]] == [DARK]
    store.verify(saved)


def test_nothing_is_found_for_another_key_or_form_or_in_no_folder(store: Store) -> None:
    assert store.entry(KEY, "svg") is None
    assert not store.folder.exists(), "looking makes no folder"
    save(store)
    assert store.entry(KEY, "pdf") is None
    assert store.entry("b" * 40, "svg") is None


def test_a_picture_is_named_for_people_and_by_its_content(store: Store) -> None:
    light, dark = (save(store).files[theme][0].name for theme in ("light", "dark"))
    assert light.startswith("conv-layer-sliding-window-")
    assert light.endswith("-light.svg")
    assert dark.endswith("-dark.svg")
    again = save(store, "b" * 40).files["light"][0].name
    other = save(store, "c" * 40, light=[LIGHT + b" "]).files["light"][0].name
    assert again == light, "the same bytes are one file"
    assert other != light


def test_every_frame_of_a_sweep_is_a_picture(store: Store) -> None:
    frames = [b"<svg>%d</svg>" % n for n in range(3)]
    entry = save(store, light=frames, dark=frames)
    assert [store.path(p).read_bytes() for p in entry.files["light"]] == frames
    assert len(listing(store)) == 7


def test_facts_of_a_sweep_say_how_many_frames_there_are() -> None:
    swept = Entry([{"n": 1}, {"n": 2}], 1, [10, 20], 0, 0, {})
    still = Entry([{"n": 1}], 0, [], 0, 0, {})
    assert (swept.shown, still.shown) == ({"frames": 2, "n": 2}, {"n": 1})


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)


def flip_first(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[0] ^= 1
    path.write_bytes(data)


def replace(path: Path) -> None:
    path.write_bytes(b"x" * path.stat().st_size)


def not_text(path: Path) -> None:
    path.write_bytes(b"\xff\xfe" + path.read_bytes()[2:])


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()
    (path / "inside").touch()


DAMAGES = [truncate, empty, flip, flip_first, replace, not_text, Path.unlink, a_folder]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_picture_is_never_served_as_verified(
    store: Store, damage: Callable[[Path], None]
) -> None:
    entry = save(store)
    damage(store.path(entry.files["dark"][0]))
    with pytest.raises(DamagedError, match=entry.files["dark"][0].name):
        store.verify(entry)


@pytest.mark.parametrize("damage", [truncate, empty, Path.unlink])
def test_a_picture_of_another_size_is_not_even_listed(
    store: Store, damage: Callable[[Path], None]
) -> None:
    damage(store.path(save(store).files["light"][0]))
    assert store.entry(KEY, "svg") is None
    save(store)
    assert store.entry(KEY, "svg") is not None, "saving again mends it"


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_entry_is_never_served(store: Store, damage: Callable[[Path], None]) -> None:
    save(store)
    (path,) = (store.folder / "entries").iterdir()
    damage(path)
    assert store.entry(KEY, "svg") is None
    assert save(store) == store.entry(KEY, "svg"), "saving again mends it"


def test_an_entry_without_its_own_digest_is_never_served(store: Store) -> None:
    save(store)
    (path,) = (store.folder / "entries").iterdir()
    path.write_text(path.read_text().replace('"n": 3', '"n": 4'))
    assert store.entry(KEY, "svg") is None


def test_an_entry_under_another_key_is_never_served(store: Store) -> None:
    save(store)
    (path,) = (store.folder / "entries").iterdir()
    path.replace(path.with_name(path.name.replace("a", "b")))
    assert store.entry("b" * 40, "svg") is None


def test_any_json_comes_back_as_it_was_written(store: Store) -> None:
    value = {"a": [1, 2.5, None, True, "line\nbreak\r\N{GREEK SMALL LETTER ETA}"], "b": {}}
    store.write_json("deep/x.json", value)
    assert store.read_json("deep/x.json") == value
    assert store.read_json("deep/y.json") is None


class Crash(BaseException):
    pass


@pytest.mark.parametrize("n_writes", [0, 1, 2])
def test_a_crash_before_the_entry_leaves_nothing_served(
    store: Store, monkeypatch: pytest.MonkeyPatch, n_writes: int
) -> None:
    """The pictures are written first, each whole or not at all."""
    whole, left = Path.replace, [None] * n_writes

    def crash(self: Path, target: Path) -> Path:
        if not left:
            raise Crash
        left.pop()
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", crash)
    with pytest.raises(Crash):
        save(store)
    monkeypatch.undo()
    assert store.entry(KEY, "svg") is None
    assert len(listing(store)) == n_writes, "no half-written file stays"
    assert save(store) == store.entry(KEY, "svg")


def test_a_reader_never_sees_half_of_an_entry(store: Store) -> None:
    """One thread writes again and again what another reads."""
    expected = save(store)
    is_done = threading.Event()

    def write() -> None:
        for _ in range(60):
            save(Store(store.folder))
        is_done.set()

    writer = threading.Thread(target=write)
    writer.start()
    seen = []
    while not is_done.is_set():
        seen.append(store.entry(KEY, "svg"))
    writer.join()
    assert [entry for entry in seen if entry != expected] == []
    store.verify(expected)
    assert len(listing(store)) == 3


def test_pruning_keeps_what_is_asked_for_and_its_pictures(store: Store) -> None:
    kept = save(store)
    save(store, "b" * 40, light=[LIGHT], dark=[b"<svg>another</svg>"])
    assert store.prune([KEY]) == 2
    assert store.entry(KEY, "svg") == kept
    store.verify(kept)
    assert store.entry("b" * 40, "svg") is None
    assert len(listing(store)) == 3
    assert store.prune([KEY]) == 0


def test_pruning_by_age_keeps_what_was_used_lately(store: Store) -> None:
    save(store)
    save(store, "b" * 40, light=[b"<svg>another</svg>"])
    for path in store.folder.rglob("*.*"):
        age(path, 3)
    assert store.entry(KEY, "svg") is not None, "looking it up is using it"
    assert store.prune([], older_than=2) == 2
    assert store.entry(KEY, "svg") is not None
    assert store.entry("b" * 40, "svg") is None


def test_a_young_file_without_an_entry_stays_and_an_old_one_goes(store: Store) -> None:
    """A build that runs at the same time writes its pictures first."""
    for picture in save(store).files.values():
        age(store.path(picture[0]), 3)
    (path,) = (store.folder / "entries").iterdir()
    path.unlink()
    young = store.folder / "files" / "young-light.svg"
    young.write_bytes(LIGHT)
    assert store.prune([], older_than=2) == 2
    assert listing(store) == {"files/young-light.svg"}


def test_pruning_drops_what_killed_builds_left_half_written(store: Store) -> None:
    saved = save(store)
    for folder in (".", "entries", "files", "shown"):
        (store.folder / folder).mkdir(exist_ok=True)
        (store.folder / folder / ".tmpabc").touch()
    age(store.folder / "entries/.tmpabc", 3)
    assert store.prune([KEY], older_than=2) == 1, "the others may be of a build that runs"
    assert store.prune([KEY]) == 3
    assert store.entry(KEY, "svg") == saved
    assert len(listing(store)) == 3


def test_pruning_drops_a_damaged_entry_even_if_its_key_is_kept(store: Store) -> None:
    save(store)
    (path,) = (store.folder / "entries").iterdir()
    truncate(path)
    assert store.prune([KEY]) == 3
    assert listing(store) == set()


def test_what_another_build_prunes_meanwhile_is_no_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved, read = save(store), Store.read_json

    def read_and_lose(self: Store, name: str) -> Any:
        found = read(self, name)
        (self.folder / name).unlink()
        return found

    monkeypatch.setattr(Store, "read_json", read_and_lose)
    assert store.entry(KEY, "svg") == saved
    save(store)
    assert store.prune([]) == 3
    assert listing(store) == set()
