"""The record of what every page of a built site shows."""

from pathlib import Path

import pytest

from dlcv_viz.engine.shown import Page, Shown, keys_in_use
from dlcv_viz.engine.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / "html").mkdir()
    return tmp_path / "html"


def page(content: object = "", *keys: str) -> Page:
    return Page.of(content, set(keys), {f"{key}.svg" for key in keys})


def test_a_page_s_digest_is_of_its_content_alone() -> None:
    assert page({"a": 1, "b": [2]}).digest == page({"b": [2], "a": 1}, "key").digest
    assert page({"a": 1}).digest != page({"a": 2}).digest
    assert Page.of("", {"b", "a"}, {"d", "c"}) == Page(page().digest, ("a", "b"), ("c", "d"))


def test_every_page_is_outdated_until_the_record_is_kept(store: Store, out: Path) -> None:
    pages = {"index": page("a"), "deep/b": page("b")}
    assert Shown(store, "html", out).outdated(pages) == {"index", "deep/b"}
    Shown(store, "html", out).save(pages)
    assert Shown(store, "html", out).outdated(pages) == set()


def test_exactly_the_pages_that_show_something_else_are_outdated(store: Store, out: Path) -> None:
    Shown(store, "html", out).save({name: page(name) for name in ("a", "b", "gone")})
    now = {"a": page("a", "another key"), "b": page("B"), "new": page("new")}
    assert Shown(store, "html", out).outdated(now) == {"b", "new"}


def test_builders_and_folders_have_their_own_records(store: Store, out: Path) -> None:
    pages = {"index": page()}
    Shown(store, "html", out).save(pages)
    assert Shown(store, "dirhtml", out).outdated(pages) == {"index"}
    assert Shown(store, "html", out / "other").outdated(pages) == {"index"}


def test_a_damaged_record_makes_every_page_outdated(store: Store, out: Path) -> None:
    pages = {"index": page()}
    Shown(store, "html", out).save(pages)
    (path,) = (store.folder / "shown").iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    assert Shown(store, "html", out).outdated(pages) == {"index"}


def test_a_record_that_did_not_change_is_not_written_again(store: Store, out: Path) -> None:
    shown = Shown(store, "html", out)
    shown.save({"index": page("a", "key")})
    (path,) = (store.folder / "shown").iterdir()
    inode = path.stat().st_ino
    shown.save({"index": page("a", "key")})
    assert path.stat().st_ino == inode, "a file that is written is a new one"
    shown.save({"index": page("a", "another")})
    assert path.stat().st_ino != inode


def test_keys_in_use_are_those_of_all_sites_that_still_exist(store: Store, out: Path) -> None:
    assert keys_in_use(store) == set()
    latex = out.parent / "latex"
    latex.mkdir()
    Shown(store, "html", out).save({"a": page("", "k1"), "b": page("", "k1", "k2")})
    Shown(store, "latex", latex).save({"a": page("", "k3")})
    assert keys_in_use(store) == {"k1", "k2", "k3"}
    latex.rmdir()
    assert keys_in_use(store) == {"k1", "k2"}
    assert len(list((store.folder / "shown").iterdir())) == 1, "its record is dropped"


def test_a_damaged_record_uses_nothing_and_is_dropped(store: Store, out: Path) -> None:
    Shown(store, "html", out).save({"a": page("", "k1")})
    (path,) = (store.folder / "shown").iterdir()
    path.write_text("not a record")
    assert keys_in_use(store) == set()
    assert not path.exists()


def test_a_build_that_is_killed_while_it_writes_leaves_every_page_outdated(store: Store) -> None:
    """And what they show in use."""
    shown = Shown(store, "html", store.folder)
    store.folder.mkdir(exist_ok=True)
    shown.begin()
    pages = {"a": Page("1", ("k",)), "b": Page("2")}
    shown.save(pages)
    assert shown.outdated(pages) == set()
    shown.begin()
    assert shown.outdated(pages) == {"a", "b"}
    assert keys_in_use(store) == {"k"}
    shown.save(pages)
    assert shown.outdated(pages) == set()
