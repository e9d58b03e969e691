"""The command line, and `dlcv_viz.draw` for notebooks."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.figure import Figure

import dlcv_viz
from dlcv_viz.__main__ import main
from dlcv_viz.draw.svg import svg_text
from dlcv_viz.draw.theme import MARKER, PALETTE
from dlcv_viz.engine import worker
from dlcv_viz.engine.session import Request
from dlcv_viz.engine.shown import Page, Shown
from dlcv_viz.registry import ArgumentError
from minisite import LINE
from toypackage import ToyPackage, drawn

STEPS = """
@figure(alt="{n} points, {frames} frames.", sweep=Sweep("n", [2, 4, 8], label="points", start=1))
def steps(*, n: int = 2, up: bool = True) -> Drawing:
    '''Draw more and more points.'''
    return Drawing(picture(n), facts={"n": n})


@example
def add(*, n: int = 1):
    '''Add one.'''
    print("not for the reader")
    return {"n": n + 1}
"""


@pytest.fixture
def package(toys: ToyPackage) -> list[str]:
    """Write two figures and an example; return the options that name their package."""
    toys.module(LINE + STEPS)
    return ["--package", toys.name]


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert main([str(argument) for argument in arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("dlcv_viz: ")
    assert err.endswith("\n")
    return err.removeprefix("dlcv_viz: ").removesuffix("\n")


def test_every_figure_and_example_is_listed(
    package: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(capsys, "list", *package).splitlines()
    assert [line.split(maxsplit=2) for line in lines] == [
        ["toy.add", "example", "Add one."],
        ["toy.line", "figure", "Draw a line."],
        ["toy.steps", "figure", "Draw more and more points."],
    ]


def test_parameters_alt_text_and_facts_are_shown(
    package: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(capsys, "show", "toy.line", *package, "--set", "n=3", "--set", "kind=up")
    assert text == (
        "toy.line: Draw a line.\n\nparameters\n  n = 5  (int from 2 to 50)\n"
        "  kind = 'up'  (one of 'up', 'down')\n\n"
        "alternative text\n  A line of 3 points up to 2.\n\nfacts\n"
        '  n = 3\n  top = 2\n  low = -1.5\n  names = ["a", "b"]\n  is_up = true\n'
    )


def test_a_swept_figure_shows_its_start_frame_and_an_example_no_alt_text(
    package: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert "  4 points, 3 frames.\n" in printed(capsys, "show", "toy.steps", *package)
    text = printed(capsys, "show", "toy.add", *package, "--set", "n=4")
    assert text == "toy.add: Add one.\n\nparameters\n  n = 1  (int)\n\nfacts\n  n = 5\n"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_is_drawn_to_svg_in_a_theme(
    package: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path, theme: str
) -> None:
    out = tmp_path / "line.svg"
    text = printed(capsys, "render", "toy.line", *package, "--theme", theme, "-o", out)
    assert text == f"{out}\n"
    svg = out.read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    other = {"light": "dark", "dark": "light"}[theme]
    assert PALETTE[theme]["accent-1"] in svg
    assert PALETTE[other]["accent-1"] not in svg


def test_a_frame_and_arguments_can_be_chosen(
    package: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def frame(*options: str) -> bytes:
        printed(capsys, "render", "toy.steps", *package, *options, "-o", tmp_path / "f.svg")
        return (tmp_path / "f.svg").read_bytes()

    frames = [frame("--frame", str(index)) for index in range(3)]
    assert len(set(frames)) == 3
    assert frame() == frames[1], "the start frame stands for the whole"
    assert frame("--set", "up=False") == frames[1], "an argument without effect"


def test_a_figure_is_drawn_to_pdf(
    package: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    printed(capsys, "render", "toy.line", *package, "--set", "n=3", "-o", tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("show toy.lime", "toy has no figure 'lime'; did you mean 'line'?"),
        ("show tay.line", "no module 'tay' of figures in toyfigures; did you mean 'toy'?"),
        ("show line", "'line' is no name of a figure: write module.function"),
        ("show toy.line --set n=1", "n=1 is not int from 2 to 50"),
        ("show toy.line --set n", "--set n is not NAME=VALUE"),
        ("show toy.line --set kind=left", "kind='left' is not one of 'up', 'down'"),
        ("render toy.line -o {}/a.png", "{}/a.png ends neither in .svg nor in .pdf"),
        ("render toy.line --theme dark -o {}/a.pdf", "toy.line has no dark picture as pdf"),
        ("render toy.add -o {}/a.svg", "toy.add has no light picture as svg"),
        ("render toy.steps --frame 3 -o {}/a.svg", "--frame 3 is not from 0 to 2"),
        ("render toy.steps --frame=-1 -o {}/a.svg", "--frame -1 is not from 0 to 2"),
        ("render toy.line -o {}/b/a.svg", "[Errno 2] No such file or directory: '{}/b/a.svg'"),
        ("list --package nowhere", "No module named 'nowhere'"),
    ],
)
def test_an_error_is_one_line_and_status_1(
    package: list[str],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: str,
    message: str,
) -> None:
    given = arguments.format(tmp_path).split()
    options = [] if "--package" in given else package
    assert refused(capsys, *given, *options) == message.format(tmp_path)
    assert list(tmp_path.glob("*.*")) == []


def test_an_alt_text_that_quotes_an_unknown_fact_is_an_error(
    toys: ToyPackage, capsys: pytest.CaptureFixture[str]
) -> None:
    toys.module(LINE.replace("{top}", "{missing}"))
    message = refused(capsys, "show", "toy.line", "--package", toys.name)
    assert message == "no fact 'missing'; there are n, top, low, names, is_up"


def test_a_function_that_fails_gives_its_own_traceback(
    toys: ToyPackage, capsys: pytest.CaptureFixture[str]
) -> None:
    toys.module("@example\ndef f():\n    return missing\n")
    lines = refused(capsys, "show", "toy.f", "--package", toys.name).splitlines()
    assert lines[:2] == ["toy.f failed", "Traceback (most recent call last):"]
    assert lines[2].endswith('toyfigures/toy.py", line 20, in f')
    assert lines[-1] == "NameError: name 'missing' is not defined"


def test_pruning_drops_what_no_built_page_shows(
    toys: ToyPackage, package: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    requests = Request("toy.line"), Request("toy.line", '{"n": 3}')
    shown, other = map(drawn, toys.resolve(*requests))
    Shown(toys.store, "html", toys.folder).save({"index": Page.of([], {shown.key}, set())})
    store = toys.store.folder
    assert printed(capsys, "prune", "--store", store) == f"3 files dropped from {store}\n"
    assert toys.store.entry(shown.key, "svg") == shown.entry
    assert toys.store.entry(other.key, "svg") is None
    assert printed(capsys, "prune", "--store", store) == f"0 files dropped from {store}\n"


def test_it_runs_as_a_module(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dlcv_viz", "show", "toy.nothing", "--package", "nowhere"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(root / "src")},
    )
    message = "dlcv_viz: no module 'toy' of figures in nowhere\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", message)


def test_draw_stays_a_function_whatever_is_imported(root: Path) -> None:
    code = (
        "import dlcv_viz; dlcv_viz.draw('perceptron.thumbnail');"
        "from dlcv_viz.draw.svg import svg_text; import dlcv_viz.draw.theme;"
        "print(svg_text(dlcv_viz.draw('perceptron.thumbnail'))[:4])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(root / "src")},
    )
    assert done.stdout == "<svg\n"


def test_draw_returns_a_figure_in_the_colours_of_the_light_theme() -> None:
    drawn = dlcv_viz.draw("perceptron.boundary", seed=3)
    assert isinstance(drawn, Figure)
    svg = svg_text(drawn)
    assert [marker for marker in MARKER.values() if marker in svg] == []
    light, dark = (PALETTE[theme]["accent-1"] for theme in ("light", "dark"))
    assert light in svg
    assert dark not in svg


def test_draw_gives_one_frame_of_a_swept_figure(
    toys: ToyPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    toys.module(STEPS)
    monkeypatch.setattr(worker, "PACKAGES", (toys.name,))

    def n_points(**arguments: object) -> int:
        drawn = dlcv_viz.draw("toy.steps", **arguments)
        assert isinstance(drawn, Figure)
        return int(np.size(drawn.axes[0].lines[0].get_xdata()))

    assert (n_points(), n_points(n=8)) == (4, 8)


@pytest.mark.parametrize(
    ("name", "arguments", "message"),
    [
        ("toy.stops", {}, "toy has no figure 'stops'; did you mean 'steps'?"),
        ("toy.steps", {"m": 1}, "'m' is no argument of toy.steps; allowed: n (int), up (bool)"),
        ("toy.steps", {"n": "8"}, "n='8' is not int"),
    ],
)
def test_draw_refuses_what_is_not_there(
    toys: ToyPackage,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    arguments: dict[str, object],
    message: str,
) -> None:
    toys.module(STEPS)
    monkeypatch.setattr(worker, "PACKAGES", (toys.name,))
    with pytest.raises((LookupError, ArgumentError)) as raised:
        dlcv_viz.draw(name, **arguments)
    assert str(raised.value) == message
