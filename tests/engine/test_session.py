"""A build's figures: each is drawn once, kept, and found again; a failure is told every time."""

import multiprocessing
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest

from dlcv_viz.engine.pool import FigurePool
from dlcv_viz.engine.session import Failure, Request, Session
from minisite import LINE
from toypackage import Inline, ToyPackage, drawn, failed

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


def test_a_figure_is_drawn_in_the_first_build_and_found_in_the_next(toys: ToyPackage) -> None:
    toys.module(LINE)
    assert toys.calls(TOY) == ["toyfigures.toy", "toy.line"]
    assert toys.calls(TOY) == [], "not even an executor is made"
    found = drawn(*toys.resolve(TOY))
    assert found.entry.shown["n"] == 5
    assert found.description.name == "toy.line"
    assert len(toys.files()) == 2


def test_what_comes_to_the_same_figure_is_drawn_once(toys: ToyPackage) -> None:
    toys.module(LINE)
    same = [TOY, Request("toy.line", '{"n": 5}'), Request("toy.line", '{"kind": "up", "n": 5}')]
    other = Request("toy.line", '{"n": 6}')
    assert toys.calls(*same, other) == ["toyfigures.toy", "toy.line", "toy.line"]
    results = [drawn(result) for result in toys.resolve(*same, other)]
    assert len({result.key for result in results[:3]}) == 1
    assert results[3].key != results[0].key
    assert [result.entry.shown["n"] for result in results] == [5, 5, 5, 6]


def test_the_longest_is_drawn_first_and_one_never_drawn_before_that(toys: ToyPackage) -> None:
    names = ["quick", "slow", "unknown", "middle"]
    toys.module("".join(f"@example\ndef {name}():\n    return {{}}\n" for name in names))
    seconds = {"toy.quick": 0.1, "toy.slow": 30, "toy.middle": 2}
    toys.store.write_json("seconds.json", seconds)
    order = toys.calls(*(Request(f"toy.{name}") for name in names))
    assert order[1:] == ["toy.unknown", "toy.slow", "toy.middle", "toy.quick"]
    kept = toys.store.read_json("seconds.json")
    assert kept.keys() == {*seconds, "toy.unknown"}
    assert kept["toy.slow"] < 30, "what it took this time"


def test_a_failure_is_reported_in_every_build_and_not_stored(toys: ToyPackage) -> None:
    toys.module(LINE + "@figure(alt='A.')\ndef bad(*, n: int = 3):\n    return missing\n")
    bad = Request("toy.bad")
    for _ in range(2):
        other, found = toys.resolve(TOY, bad)
        drawn(other)
        error = "NameError: name 'missing' is not defined"
        assert failed(found).message == f"toy.bad(n=3) failed: {error}"
        assert failed(found).details.endswith(
            f"in bad\n    return missing\n           ^^^^^^^\n{error}\n"
        )
    assert toys.calls(TOY, bad) == ["toy.bad"]
    assert len(list((toys.store.folder / "entries").iterdir())) == 1


def test_a_module_that_fails_is_tried_again_in_every_build(toys: ToyPackage) -> None:
    toys.module("import nowhere\n")
    for _ in range(2):
        (found,) = toys.resolve(TOY)
        message = "module 'toy' of figures cannot be used: ModuleNotFoundError: No module named "
        assert failed(found).message == f"{message}'nowhere'"
        assert "import nowhere" in failed(found).details
    toys.module(LINE)
    drawn(*toys.resolve(TOY))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("toy.lime", "no figure or example 'toy.lime'; did you mean 'toy.line'?"),
        ("tay.line", "no module 'tay' of figures in toyfigures; did you mean 'toy'?"),
        ("toy", "'toy' is no name of a figure: write module.function"),
    ],
)
def test_an_unknown_name_is_a_failure_that_needs_no_drawing(
    toys: ToyPackage, name: str, message: str
) -> None:
    toys.module(LINE)
    drawn(*toys.resolve(TOY))
    assert failed(*toys.resolve(Request(name))).message == message
    assert toys.calls(Request(name)) == []


def test_a_bad_argument_of_a_stored_figure_is_a_failure_in_every_build(toys: ToyPackage) -> None:
    toys.module(LINE)
    bad = Request("toy.line", '{"n": 1}')
    for _ in range(2):
        good, found = toys.resolve(TOY, bad)
        drawn(good)
        assert failed(found) == Failure("n=1 is not int from 2 to 50")
    assert toys.calls(bad) == []


def test_a_message_tells_of_a_long_argument_how_it_begins(toys: ToyPackage) -> None:
    toys.module("@example\ndef bad(*, told: str = ''):\n    raise ValueError\n")
    (found,) = toys.resolve(Request("toy.bad", f'{{"told": "{"ab" * 5000}"}}'))
    assert failed(found).message.startswith("toy.bad(told='abab")
    assert len(failed(found).message) < 300


@pytest.mark.parametrize("executor", [BrokenProcessPool("lost"), BrokenProcessPool()])
def test_a_lost_worker_of_any_executor_is_a_failure(
    toys: ToyPackage, executor: BrokenProcessPool
) -> None:
    class Lossy(Inline):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            if fn.__name__ == "describe":
                return super().submit(fn, *args, **kwargs)
            future: Future[Any] = Future()
            future.set_exception(executor)
            return future

    toys.module(ADD)
    (found,) = toys.resolve(Request("toy.add"), executor=Lossy)
    message = str(executor) or "BrokenProcessPool"
    assert failed(found) == Failure(f"toy.add(n=1) failed: {message}")


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3] ^= 1
    path.write_bytes(data)


def test_a_damaged_picture_is_drawn_again_when_it_is_verified(toys: ToyPackage) -> None:
    toys.module(LINE)
    drawn(*toys.resolve(TOY))
    before = toys.files()
    for damage in (flip, Path.unlink):
        damage(toys.store.folder / "files" / min(before))
        assert toys.calls(TOY, verified=True) == ["toy.line"]
        assert toys.files() == before
    assert toys.calls(TOY, verified=True) == []


def process_pool() -> Executor:
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("forkserver"))


@pytest.mark.parametrize(
    "executor",
    [lambda: ThreadPoolExecutor(1), process_pool, lambda: FigurePool(2)],
    ids=["threads", "processes", "ours"],
)
def test_every_executor_gives_the_same_bytes(
    toys: ToyPackage, executor: Callable[[], Executor]
) -> None:
    toys.module(LINE + SWEPT + ADD)
    requests = [TOY, Request("toy.steps"), Request("toy.add")]
    inline = [drawn(result) for result in toys.resolve(*requests)]
    files = toys.files()
    assert len(files) == 12
    toys.store.prune([])
    assert toys.files() == {}
    assert [drawn(result) for result in toys.resolve(*requests, executor=executor)] == inline
    assert toys.files() == files


def test_progress_sees_every_drawing_and_what_figures_printed_is_kept(toys: ToyPackage) -> None:
    toys.module(ADD.replace("return", "print(n)\n    return") + LINE)
    seen: list[tuple[int, int]] = []

    def progress(futures: Iterable["Future[Any]"], n: int) -> Iterable["Future[Any]"]:
        for i, future in enumerate(futures):
            seen.append((i, n))
            yield future

    with Session(toys.store, [toys.name], Inline, progress) as build:
        build.resolve({TOY: "facts", Request("toy.add", '{"n": 7}'): "facts"})
    assert seen == [(0, 2), (1, 2)]
    assert build.printed == {"toy.add": "7\n"}
    assert build.drawn == 2


@pytest.mark.usefixtures("bare")
def test_an_interrupt_ends_the_figures_that_are_being_drawn(
    toys: ToyPackage, tasks: Any, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    mark = f"open({str(begun)!r}, 'w').close()"
    toys.module(f"@example\ndef endless():\n    {mark}\n    while True:\n        pass\n")
    futures: list[Future[Any]] = []

    def interrupt(running: Iterable["Future[Any]"], n: int) -> Iterable["Future[Any]"]:
        tasks.wait_for(begun)
        raise KeyboardInterrupt

    class Pool(FigurePool):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
            futures.append(super().submit(fn, *args, **kwargs))
            return futures[-1]

    build = Session(toys.store, [toys.name], lambda: Pool(1, timeout=20), interrupt)
    with pytest.raises(KeyboardInterrupt), build:
        build.resolve({Request("toy.endless"): "facts"})
    described, drawing = futures
    assert "functions" in described.result()
    assert str(drawing.exception()) == "the pool was ended"
