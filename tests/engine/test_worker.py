"""What a worker gives: facts, pictures in every theme, and the author's own errors."""

import pickle
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageColor

from dlcv_viz.draw.theme import MARKER, PALETTE
from dlcv_viz.engine import worker
from minisite import HEAD, LINE
from toypackage import ToyPackage

FIRST_LINE = HEAD.count("\n") + 1
SWEPT = """
import numpy as np


@figure(alt="{n}.", sweep=Sweep("n", np.array([2, 3.0, 5]), label="n", start=-2))
def steps(*, n: float = 2, m: int = 0) -> Drawing:
    '''Draw more and more points.'''
    return Drawing(picture(int(n)), facts={"n": n, "m": m})
"""
MANY = """
@figure(alt="{n}.", sweep=Sweep("n", range(7), label="n"))
def steps(*, n: int = 0) -> Drawing:
    '''Tell that it is drawn.'''
    print(n, end="")
    return Drawing(picture(n), facts={"n": n})
"""


def render(toys: ToyPackage, name: str, form: str = "svg", **arguments: object) -> dict[str, Any]:
    return worker.render([toys.name], name, arguments, form)


def fails(toys: ToyPackage, body: str) -> tuple[str, list[str]]:
    """Return the error of a function with that body, and its traceback by lines."""
    toys.module(f"@figure(alt='A.')\ndef bad():\n    {body}\n")
    failed = render(toys, "toy.bad")
    assert failed.keys() == {"error", "details"}
    return failed["error"], failed["details"].splitlines()


def test_a_picture_is_given_in_every_theme_and_without_markers(toys: ToyPackage) -> None:
    toys.module(LINE)
    drawn = render(toys, "toy.line", n=3, kind="up")
    assert drawn["facts"] == [{"n": 3, "top": 2, "low": -1.5, "names": ["a", "b"], "is_up": True}]
    assert (drawn["width"], drawn["height"]) == (480, 384)
    assert (drawn["start"], drawn["values"], drawn["printed"]) == (0, [], "")
    assert list(drawn["files"]) == ["light", "dark"]
    for theme, (svg,) in drawn["files"].items():
        assert svg.startswith(b"<svg")
        assert PALETTE[theme]["accent-1"].encode() in svg
        assert [marker for marker in MARKER.values() if marker.encode() in svg] == []


def test_the_same_arguments_give_the_same_bytes(toys: ToyPackage) -> None:
    toys.module(LINE)
    for form, theme in (("svg", "light"), ("pdf", "light"), ("png", "dark")):
        first, second, other = (render(toys, "toy.line", form, n=n)["files"] for n in (3, 3, 4))
        assert first == second
        assert first[theme] != other[theme]


def test_paper_gets_one_pdf(toys: ToyPackage) -> None:
    toys.module(LINE)
    drawn = render(toys, "toy.line", "pdf")
    assert list(drawn["files"]) == ["light"]
    assert drawn["files"]["light"][0].startswith(b"%PDF-")
    assert (drawn["width"], drawn["height"]) == (480, 384)


def test_paper_gets_key_frames_and_frames_without_a_picture_are_skipped_where_facts_are_known(
    toys: ToyPackage,
) -> None:
    toys.module(MANY)
    drawn = render(toys, "toy.steps", "pdf")
    assert [facts["n"] for facts in drawn["facts"]] == [*range(7)]
    assert {kind: len(pictures) for kind, pictures in drawn["files"].items()} == {"light-key": 4}
    again = worker.render([toys.name], "toy.steps", {}, "pdf", known=drawn["facts"])
    assert (drawn["printed"], again["printed"]) == ("0123456", "0246")
    assert {k: again[k] for k in ("facts", "files")} == {k: drawn[k] for k in ("facts", "files")}


def test_who_shows_a_link_gets_one_png_in_the_dark_theme(toys: ToyPackage) -> None:
    toys.module(LINE)
    drawn = render(toys, "toy.line", "png")
    assert list(drawn["files"]) == ["dark"]
    with Image.open(BytesIO(drawn["files"]["dark"][0])) as picture:
        assert picture.size == (drawn["width"], drawn["height"]) == (720, 576)
        colours = {colour for _, colour in picture.convert("RGBA").getcolors(1 << 20) or ()}
    assert (*ImageColor.getrgb(PALETTE["dark"]["accent-1"]), 255) in colours
    assert (255, 255, 255, 0) in colours, "where nothing is drawn"


def test_facts_alone_cost_no_picture(toys: ToyPackage, monkeypatch: pytest.MonkeyPatch) -> None:
    toys.module(LINE)
    monkeypatch.setattr("matplotlib.figure.Figure.savefig", None)
    drawn = render(toys, "toy.line", "facts")
    assert drawn["facts"][0]["n"] == 5
    assert (drawn["files"], drawn["width"], drawn["height"]) == ({}, 0, 0)


def test_a_sweep_is_drawn_once_a_value_each_with_its_facts(toys: ToyPackage) -> None:
    toys.module(SWEPT)
    drawn = render(toys, "toy.steps", m=7)
    assert drawn["facts"] == [{"n": n, "m": 7} for n in (2, 3, 5)]
    assert (drawn["start"], drawn["values"]) == (1, [[2], [3], [5]])
    assert {kind: len(files) for kind, files in drawn["files"].items()} == {
        f"{theme}{kind}": n
        for theme in ("light", "dark")
        for kind, n in (("", 3), ("-stack", 1), ("-sheet", 1))
    }
    assert len({*drawn["files"]["light"], *drawn["files"]["dark"]}) == 6
    assert render(toys, "toy.steps", "facts", m=7)["facts"] == drawn["facts"]


def test_no_result_brings_numpy_into_the_process_that_asked(toys: ToyPackage) -> None:
    toys.module(SWEPT)
    described, drawn = worker.describe(f"{toys.name}.toy"), render(toys, "toy.steps", "facts")
    assert "error" not in described | drawn
    assert b"numpy" not in pickle.dumps(described) + pickle.dumps(drawn)


def test_an_example_gives_facts_and_numpy_s_become_python_s(toys: ToyPackage) -> None:
    toys.module(
        "import numpy as np\n"
        "@example\ndef add():\n    return {'n': np.int64(3), 'w': np.eye(2)[0]}\n"
    )
    drawn = render(toys, "toy.add")
    assert drawn["facts"] == [{"n": 3, "w": [1.0, 0.0]}]
    assert drawn["files"] == {}
    assert not isinstance(drawn["facts"][0]["n"], np.generic)


def test_what_is_printed_comes_with_the_result(
    toys: ToyPackage, capsys: pytest.CaptureFixture[str]
) -> None:
    toys.module(
        "print('loaded')\n@example\ndef add():\n"
        "    print('one')\n    print('two', file=sys.stderr)\n    return {}\n"
    )
    assert render(toys, "toy.add")["printed"] == "loaded\none\ntwo\n"
    toys.forget()
    assert "functions" in worker.describe(f"{toys.name}.toy")
    assert capsys.readouterr() == ("", "")


def test_threads_draw_one_after_the_other_and_leave_the_output_alone(
    toys: ToyPackage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settings, warnings and `sys.stdout` belong to all threads of a process."""
    toys.module(
        "@example\ndef crowd(*, n: int = 0):\n    sys.inside.append(n)\n    time.sleep(0.02)\n"
        "    seen = len(sys.inside)\n    sys.inside.pop()\n    return {'seen': seen}\n"
    )
    monkeypatch.setattr(sys, "inside", [], raising=False)
    before = sys.stdout, sys.stderr
    with ThreadPoolExecutor(4) as threads:
        drawn = list(threads.map(lambda n: render(toys, "toy.crowd", n=n), range(8)))
    assert [one["facts"] for one in drawn] == [[{"seen": 1}]] * 8
    assert (sys.stdout, sys.stderr) == before


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("return missing", "NameError: name 'missing' is not defined"),
        ("sys.exit(3)", "SystemExit: 3"),
        ("raise LookupError('mine')", "LookupError: mine"),
        ("picture(-1).axes[0].plot([1], [2, 3])", "ValueError: x and y must have same first"),
    ],
)
def test_a_traceback_begins_in_the_author_s_function(
    toys: ToyPackage, body: str, error: str
) -> None:
    message, lines = fails(toys, body)
    assert message.startswith(error)
    assert lines[0] == "Traceback (most recent call last):"
    assert lines[1].endswith(f'toyfigures/toy.py", line {FIRST_LINE + 2}, in bad')
    assert lines[2].strip() == body
    assert lines[-1] == message


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("return 3", "TypeError: returned int, not a Drawing with a Figure"),
        ("return Drawing('x', {})", "TypeError: returned Drawing, not a Drawing with a Figure"),
        (
            "return Drawing(picture(2), facts=[1])",
            "FactError: facts are a mapping of names to values, not list",
        ),
        (
            "return Drawing(picture(2), facts={'x': float('inf')})",
            "FactError: fact 'x' is inf, which is no JSON number",
        ),
    ],
)
def test_a_wrong_result_has_a_message_and_no_traceback_of_ours(
    toys: ToyPackage, body: str, error: str
) -> None:
    assert fails(toys, body) == (error, [])


def test_facts_of_every_frame_are_checked(toys: ToyPackage) -> None:
    toys.module(SWEPT.replace('"n": n,', '"n": n if n < 5 else float("nan"),'))
    assert (
        render(toys, "toy.steps")["error"] == "FactError: fact 'n' is nan, which is no JSON number"
    )


def test_a_module_is_described_by_its_own_functions(toys: ToyPackage) -> None:
    toys.module(LINE, "first")
    full = toys.module("from toyfigures.first import line\n" + SWEPT)
    (described,) = worker.describe(full)["functions"].values()
    assert (described["name"], described["kind"]) == ("toy.steps", "figure")
    assert described["summary"] == "Draw more and more points."
    assert [sweep["values"] for sweep in described["sweeps"]] == [[2, 3, 5]]


@pytest.mark.parametrize(
    ("source", "error", "last_frame"),
    [
        ("import nowhere\n", "ModuleNotFoundError: No module named 'nowhere'", "<module>"),
        ("def f():\n    1 / 0\n\n\nf()\n", "ZeroDivisionError: division by zero", "f"),
        ("sys.exit(4)\n", "SystemExit: 4", "<module>"),
        ("@figure(alt='')\ndef f(): ...\n", "ValueError: a figure needs an alternative", "figure"),
    ],
)
@pytest.mark.parametrize("call", ["describe", "render"])
def test_a_module_that_fails_says_where(
    toys: ToyPackage, source: str, error: str, last_frame: str, call: str
) -> None:
    full = toys.module(source)
    failed = worker.describe(full) if call == "describe" else render(toys, "toy.f")
    assert failed["error"].startswith(error)
    frames = [line for line in failed["details"].splitlines() if line.startswith("  File")]
    assert "toyfigures/toy.py" in frames[0]
    assert frames[-1].endswith(f", in {last_frame}")


def test_a_syntax_error_is_shown_with_its_line(toys: ToyPackage) -> None:
    failed = worker.describe(toys.module("def f(:\n"))
    assert failed["error"].startswith("SyntaxError: invalid syntax")
    assert f'toy.py", line {FIRST_LINE}\n    def f(:\n' in failed["details"]
    assert "importlib" not in failed["details"]


def test_a_signature_that_is_not_allowed_has_a_message_alone(toys: ToyPackage) -> None:
    failed = worker.describe(toys.module("@example\ndef f(a: int = 1): ...\n"))
    message = "TypeError: parameter 'a' of toy.f is not keyword-only: write it behind a *"
    assert failed == {"error": message, "details": ""}
