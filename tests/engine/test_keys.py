"""Keys: what gives another figure, and what the same in another form."""

import pytest

from dlcv_viz.engine import fingerprint, session
from dlcv_viz.engine.session import Request
from minisite import LINE
from toypackage import Inline, ToyPackage, drawn

ADD = """
@example
def add(*, n: int = 1):
    '''Add one.'''
    return {"n": n + 1}
"""
SWEPT = """
@figure(alt="{n}.", sweep=Sweep("n", [2, 4, 8], label="n"))
def steps(*, n: int = 2, m: int = 0) -> Drawing:
    '''Draw more and more points.'''
    return Drawing(picture(n), facts={"n": n, "m": m})
"""
TOY = Request("toy.line")


@pytest.mark.parametrize(
    ("parameter", "written"),
    [
        ("x: float = 1", '{"x": 1}'),
        ("x: float = 1", '{"x": 1.0}'),
        ("x: tuple[int, ...] = (1, 2)", '{"x": [1, 2]}'),
        ("x: tuple[float, ...] = (1, 2.5)", '{"x": [1, 2.5]}'),
        ("x: bool = True", '{"x": true}'),
    ],
)
def test_a_default_that_is_written_out_is_the_default(
    toys: ToyPackage, parameter: str, written: str
) -> None:
    toys.module(f"@example\ndef add(*, {parameter}):\n    return {{'x': repr(x)}}\n")
    assert toys.calls(Request("toy.add"), Request("toy.add", written)).count("toy.add") == 1


def test_an_edit_changes_the_keys_of_what_uses_it_and_no_others(toys: ToyPackage) -> None:
    toys.source("STEP = 1", "toyfigures/shared.py")
    toys.module("from toyfigures.shared import STEP\n" + ADD, "one")
    toys.module(ADD, "two")
    before = [toys.key(f"{name}.add") for name in ("one", "two")]
    assert [toys.key(f"{name}.add") for name in ("one", "two")] == before
    toys.source("STEP = 2", "toyfigures/shared.py")
    after = [toys.key(f"{name}.add") for name in ("one", "two")]
    assert (after[0] != before[0], after[1] == before[1]) == (True, True)
    toys.module(ADD + "# a comment", "two")
    assert toys.key("one.add") == after[0]
    assert toys.key("two.add") != after[1]


def test_the_key_is_of_the_function_and_its_arguments(toys: ToyPackage) -> None:
    toys.module(ADD + ADD.replace("add", "plus"))
    keys = [toys.key(), toys.key("toy.plus"), toys.key(arguments='{"n": 2}')]
    assert len(set(keys)) == 3


@pytest.mark.parametrize(
    ("package", "is_changed"),
    [("numpy", True), ("matplotlib", True), ("contourpy", True), ("sphinx", False)],
)
def test_an_upgrade_of_what_draws_changes_every_key(
    toys: ToyPackage, monkeypatch: pytest.MonkeyPatch, package: str, is_changed: bool
) -> None:
    """Also if the figure's module does not import it."""
    toys.source("from dlcv_viz.registry import example\n" + ADD, "toyfigures/toy.py")
    before = toys.key()
    versions = {**fingerprint.installed_versions(), package: "99"}
    for module in (fingerprint, session):
        monkeypatch.setattr(module, "installed_versions", lambda: versions)
    assert (toys.key() != before) == is_changed


def test_an_edit_of_what_saves_pictures_changes_every_key(
    toys: ToyPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = "dlcv_viz.engine.worker"
    saving = {"dlcv_viz.draw.svg", "dlcv_viz.draw.theme", "dlcv_viz.facts", "dlcv_viz.registry"}
    assert fingerprint.Sources(["dlcv_viz"], {}).closure(worker).keys() >= saving
    toys.module(ADD)
    before, digest = toys.key(), fingerprint.Sources.digest

    def edited(sources: fingerprint.Sources, module: str) -> str:
        return digest(sources, module) + ("edited" if module == worker else "")

    monkeypatch.setattr(fingerprint.Sources, "digest", edited)
    assert toys.key() != before


def test_another_version_of_python_changes_every_key(
    toys: ToyPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    toys.module(ADD)
    before = toys.key()
    monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "99", "0"))
    assert toys.key() != before


def test_the_description_follows_an_edit(toys: ToyPackage) -> None:
    toys.module(LINE)
    assert drawn(*toys.resolve(TOY)).description.alt == "A line of {n} points up to {top}."
    toys.module(LINE.replace("A line of", "Rising:"))
    found = drawn(*toys.resolve(TOY))
    assert found.description.alt == "Rising: {n} points up to {top}."
    assert toys.calls(TOY) == []


def test_an_unchanged_source_is_parsed_in_the_first_build_only(
    toys: ToyPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    toys.module(ADD)
    expected = toys.key()
    monkeypatch.setattr(fingerprint, "_imported", None)
    assert toys.key() == expected


def test_facts_and_keys_do_not_depend_on_the_form(toys: ToyPackage) -> None:
    toys.module(SWEPT)
    request = Request("toy.steps", '{"m": 3}')
    results = []
    for form in ("svg", "pdf", "png", "facts"):
        results.append(drawn(*toys.resolve(request, form=form)))
        assert toys.store.prune([]) > 0
    assert len({result.key for result in results}) == 1
    assert [result.entry.facts for result in results] == [[{"n": n, "m": 3} for n in (2, 4, 8)]] * 4
    assert {(result.entry.start, str(result.entry.values)) for result in results} == {
        (2, "[[2], [4], [8]]")
    }


def test_paper_is_told_of_warnings_in_frames_that_it_does_not_show(toys: ToyPackage) -> None:
    toys.module(
        "import warnings\n\n\n"
        "@figure(alt='{n}.', sweep=Sweep('n', range(7), label='n'))\n"
        "def seven(*, n: int = 0) -> Drawing:\n"
        "    if n == 3:\n"
        "        warnings.warn('three', stacklevel=1)\n"
        "    return Drawing(picture(n), facts={'n': n})\n"
    )
    request = Request("toy.seven")
    for form in ("svg", "pdf"):
        entry = drawn(*toys.resolve(request, form=form)).entry
        assert [text for text in entry.warned if "three" in text]
    assert len(entry.files["light-key"]) == 4


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_facts_are_taken_from_a_picture_s_entry(toys: ToyPackage, form: str) -> None:
    toys.module(LINE)
    picture = drawn(*toys.resolve(TOY, form=form))
    assert toys.calls(TOY, form="facts") == []
    assert drawn(*toys.resolve(TOY, form="facts")) == picture


def test_a_picture_and_its_facts_in_one_build_are_drawn_once(toys: ToyPackage) -> None:
    toys.module(LINE)
    made = Inline()
    written = Request("toy.line", '{"n": 5}')
    with toys.session(lambda: made) as build:
        found = build.resolve({written: "facts", TOY: "svg"})
    assert [call[-1] for call in made.calls] == ["toyfigures.toy", "svg"]
    assert found[written] == found[TOY]


def test_an_example_is_facts_in_every_form(toys: ToyPackage) -> None:
    toys.module(ADD)
    assert drawn(*toys.resolve(Request("toy.add"))).entry.facts == [{"n": 2}]
    for form in ("svg", "pdf", "png", "facts"):
        assert toys.calls(Request("toy.add"), form=form) == []
