"""The fingerprint follows exactly what a figure's module imports."""

import sys
from pathlib import Path

import pytest

from dlcv_viz.engine import fingerprint
from dlcv_viz.engine.fingerprint import Sources, installed_versions


class Tree:
    """Source files in a folder on `sys.path`, and fresh fingerprints of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.memo: dict[str, list[str]] = {}

    def write(self, **files: str) -> None:
        """Write files; ``a__b`` is ``a/b.py``, and ``a__`` the file of the package ``a``."""
        for name, text in files.items():
            path = self.folder / f"{name.replace('__', '/')}.py"
            if name.endswith("__"):
                path = self.folder / name.replace("__", "/") / "__init__.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def sources(self, *packages: str) -> Sources:
        return Sources(packages or ("pkg",), self.memo)

    def closure(self, module: str) -> set[str]:
        return set(self.sources().closure(module))

    def digest(self, module: str = "pkg.fig") -> str:
        return self.sources().digest(module)


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tree:
    monkeypatch.syspath_prepend(str(tmp_path))
    made = Tree(tmp_path)
    made.write(pkg__="", pkg__sub__="", pkg__a="", pkg__b="", pkg__sub__c="", pkg__sub__d="")
    return made


@pytest.mark.parametrize(
    ("text", "imported"),
    [
        ("", []),
        ("import pkg.a", ["pkg.a"]),
        ("import pkg.sub.c as x, pkg.a", ["pkg.sub", "pkg.sub.c", "pkg.a"]),
        ("from pkg import a", ["pkg.a"]),
        ("from pkg.a import b", ["pkg.a"]),
        ("from pkg import *", []),
        ("from pkg.sub import c, unknown", ["pkg.sub", "pkg.sub.c"]),
        ("from . import a", ["pkg.a"]),
        ("from .a import b", ["pkg.a"]),
        ("from .sub.c import x", ["pkg.sub", "pkg.sub.c"]),
        ("def f():\n    if True:\n        from pkg import a", ["pkg.a"]),
        ("try:\n    import pkg.missing\nexcept ImportError:\n    import pkg.b", ["pkg.b"]),
        ("import os, numpy.linalg", []),
        ("text = 'import pkg.a'  # import pkg.b", []),
    ],
)
def test_every_way_to_import_is_followed(tree: Tree, text: str, imported: list[str]) -> None:
    tree.write(pkg__fig=text)
    assert tree.closure("pkg.fig") == {"pkg", "pkg.fig", *imported}


def test_relative_imports_start_where_the_module_is(tree: Tree) -> None:
    tree.write(pkg__sub__fig="from . import c\nfrom .. import a\nfrom ..b import x")
    expected = {"pkg", "pkg.sub", "pkg.sub.fig", "pkg.sub.c", "pkg.a", "pkg.b"}
    assert tree.closure("pkg.sub.fig") == expected
    tree.write(pkg__sub__="from .d import x\nfrom ..a import y", pkg__fig="import pkg.sub")
    assert tree.closure("pkg.fig") == {"pkg", "pkg.fig", "pkg.sub", "pkg.sub.d", "pkg.a"}


def test_imports_are_followed_on_and_on_and_around(tree: Tree) -> None:
    tree.write(pkg__fig="import pkg.a", pkg__a="import pkg.b", pkg__b="import pkg.fig, pkg.sub.c")
    everything = {"pkg", "pkg.fig", "pkg.a", "pkg.b", "pkg.sub", "pkg.sub.c"}
    assert tree.closure("pkg.fig") == everything
    assert tree.closure("pkg.b") == everything


def test_a_parent_counts_by_its_own_text_only(tree: Tree) -> None:
    """Else an ``__init__.py`` that re-exports would tie every figure to every module."""
    tree.write(pkg__sub__="from pkg.sub import c, d", pkg__fig="import pkg.sub.c")
    assert tree.closure("pkg.fig") == {"pkg", "pkg.fig", "pkg.sub", "pkg.sub.c"}
    before = tree.digest()
    tree.write(pkg__sub__d="changed = 1")
    assert tree.digest() == before
    tree.write(pkg__sub__="from pkg.sub import c")
    assert tree.digest() != before


@pytest.mark.parametrize("text", ["def f(:", "a = '\0'", "from ... import x", "from .... import x"])
def test_what_python_cannot_import_is_left_to_the_worker(tree: Tree, text: str) -> None:
    tree.write(pkg__fig="import pkg.a", pkg__a=text)
    assert tree.closure("pkg.fig") == {"pkg", "pkg.fig", "pkg.a"}
    before = tree.digest()
    tree.write(pkg__a=f"{text} ")
    assert tree.digest() != before


def test_a_relative_import_outside_any_package_is_left_to_the_worker(tree: Tree) -> None:
    tree.write(top="from . import x")
    assert tree.closure("top") == {"top"}


def test_a_source_in_another_encoding_is_followed(tree: Tree) -> None:
    source = "# coding: latin-1\nimport pkg.a\nname = 'Größe'\n".encode("latin-1")
    (tree.folder / "pkg" / "fig.py").write_bytes(source)
    assert tree.closure("pkg.fig") == {"pkg", "pkg.fig", "pkg.a"}


def test_a_folder_without_a_package_file_is_followed_too(tree: Tree) -> None:
    tree.write(pkg__space__mod="import pkg.b", pkg__fig="import pkg.space.mod")
    assert tree.closure("pkg.fig") == {"pkg", "pkg.fig", "pkg.space.mod", "pkg.b"}


def test_neighbours_outside_the_packages_are_followed_and_installed_ones_not(tree: Tree) -> None:
    tree.write(tools__="", tools__maths="", pkg__fig="import tools.maths, numpy, pytest")
    assert tree.closure("pkg.fig") == {"pkg", "pkg.fig", "tools", "tools.maths"}
    installed = tree.sources("numpy")
    assert installed.find("numpy") is not None, "unless it is one of the packages of figures"
    assert installed.find("pytest") is None


def test_nothing_is_imported_to_find_it(tree: Tree) -> None:
    tree.write(pkg__="raise RuntimeError", pkg__fig="raise RuntimeError\nimport pkg.sub.c")
    assert len(tree.closure("pkg.fig")) == 4
    assert "pkg" not in sys.modules


def test_an_unknown_module_has_no_closure_and_siblings_are_named(tree: Tree) -> None:
    assert tree.closure("pkg.nothing") == set()
    assert tree.sources().siblings("pkg") == ["a", "b"]
    assert tree.sources().siblings("nothing") == []


@pytest.mark.parametrize(
    ("name", "is_there"),
    [
        ("pkg.a.f", True),
        ("pkg.a.C", True),
        ("pkg.a.inner", False),
        ("pkg.a.g", False),
        ("pkg.nothing.f", False),
    ],
)
def test_a_definition_is_found_in_its_source(tree: Tree, name: str, is_there: bool) -> None:
    tree.write(pkg__a="class C:\n    def inner(self): ...\n\n\ndef f(): ...\n\n\ndef gg(): ...\n")
    assert tree.sources().defines(name) == is_there


@pytest.mark.parametrize("changed", ["pkg__", "pkg__fig", "pkg__a", "pkg__sub__c"])
def test_an_edit_of_a_followed_file_changes_the_digest(tree: Tree, changed: str) -> None:
    tree.write(pkg__fig="import pkg.a", pkg__a="import pkg.sub.c")
    before = tree.digest()
    assert tree.digest() == before
    path = tree.folder / f"{changed.rstrip('_').replace('__', '/')}.py"
    path = tree.folder / "pkg" / "__init__.py" if changed == "pkg__" else path
    path.write_text(path.read_text() + "\n# a comment counts too")
    assert tree.digest() != before


@pytest.mark.parametrize("changed", ["pkg__b", "pkg__sub__d", "pkg__new"])
def test_an_edit_of_any_other_file_does_not(tree: Tree, changed: str) -> None:
    tree.write(pkg__fig="import pkg.a", pkg__a="import pkg.sub.c")
    before = tree.digest()
    tree.write(**{changed: "x = 1"})
    assert tree.digest() == before


def test_the_name_of_a_file_counts_as_well_as_its_text(tree: Tree) -> None:
    tree.write(pkg__one="x = 1", pkg__two="x = 1")
    assert tree.digest("pkg.one") != tree.digest("pkg.two")


def test_a_module_that_takes_the_place_of_a_name_changes_the_digest(tree: Tree) -> None:
    tree.write(pkg__fig="from pkg.sub import new")
    before = tree.digest()
    tree.write(pkg__sub__new="x = 1")
    assert tree.digest() != before


@pytest.mark.parametrize(
    ("upgraded", "is_changed"),
    [("numpy", True), ("my_plots", True), ("matplotlib", False), ("json", False), ("pkg", False)],
)
def test_an_upgrade_of_an_imported_package_changes_the_digest(
    tree: Tree, monkeypatch: pytest.MonkeyPatch, upgraded: str, is_changed: bool
) -> None:
    tree.write(pkg__fig="import pkg.a, json", pkg__a="import numpy.linalg, My_Plots")
    versions = {"numpy": "2.0", "matplotlib": "3.10", "my_plots": "1", "json": "1", "pkg": "1"}
    monkeypatch.setattr(fingerprint, "installed_versions", lambda: versions)
    before = tree.digest()
    versions[upgraded] = "9"
    assert (tree.digest() != before) == is_changed


def test_versions_are_those_that_are_installed() -> None:
    import numpy as np  # noqa: PLC0415  # only its version

    assert installed_versions()["numpy"] == np.__version__
    assert installed_versions()["pytest"] == pytest.__version__


def test_an_unchanged_file_is_parsed_once_in_all_builds(
    tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed, imported = [], fingerprint._imported

    def count(text: bytes, package: str) -> list[str]:
        parsed.append(text)
        return imported(text, package)

    monkeypatch.setattr(fingerprint, "_imported", count)
    tree.write(pkg__fig="import pkg.a", pkg__a="x = 1")
    for _ in range(2):
        tree.digest()
    assert sorted(parsed) == [b"", b"import pkg.a", b"x = 1"], "the first is the package's file"
    tree.write(pkg__a="x = 2")
    tree.digest()
    assert parsed[3:] == [b"x = 2"]
