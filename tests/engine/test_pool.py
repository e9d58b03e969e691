"""The process pool: every task gets its own answer, whatever another does."""

import ctypes
import math
import os
import signal
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, as_completed
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # has no stubs of its own
import pytest

from dlcv_viz.engine import pool as pool_module
from dlcv_viz.engine.pool import FigurePool, WorkerEndedError
from toypackage import ToyPackage

pytestmark = pytest.mark.usefixtures("bare")

LIMIT = 1  # seconds; long for a machine that is busy with something else


@pytest.fixture
def pool() -> Iterator[FigurePool]:
    with FigurePool(2, timeout=30) as made:
        yield made


def test_it_is_an_executor(pool: FigurePool) -> None:
    assert isinstance(pool, Executor)
    assert list(pool.map(math.sqrt, [4, 9, 16])) == [2, 3, 4]
    assert pool.submit(int, "ff", base=16).result() == 255
    futures = [pool.submit(pow, 2, n) for n in range(5)]
    assert {future.result() for future in as_completed(futures)} == {1, 2, 4, 8, 16}


def test_tasks_run_at_the_same_time_in_other_processes(
    pool: FigurePool, tasks: Any, tmp_path: Path
) -> None:
    """Each of the two waits for the other."""
    a, b = str(tmp_path / "a"), str(tmp_path / "b")
    pids = {f.result() for f in (pool.submit(tasks.mark, a, b), pool.submit(tasks.mark, b, a))}
    assert len(pids) == 2
    assert os.getpid() not in pids


def test_workers_are_used_again() -> None:
    with FigurePool(1) as pool:
        assert len({pool.submit(os.getpid).result() for _ in range(5)}) == 1


def test_tasks_start_in_the_order_in_which_they_came(tasks: Any, tmp_path: Path) -> None:
    with FigurePool(1) as pool:
        # Each needs what those before it wrote, and would wait for ever for one behind it.
        paths = [str(tmp_path / f"{n}") for n in range(6)]
        futures = [pool.submit(tasks.mark, path, *paths[:n]) for n, path in enumerate(paths)]
        assert len({future.result() for future in futures}) == 1


def test_an_exception_is_the_future_s(pool: FigurePool) -> None:
    failed = pool.submit(int, "no")
    assert pool.submit(int, "3").result() == 3
    assert isinstance(failed.exception(), ValueError)
    assert str(failed.exception()) == "invalid literal for int() with base 10: 'no'"


@pytest.mark.parametrize("task", ["sleep", "spin"])
def test_a_task_that_takes_too_long_is_ended_and_no_other(tasks: Any, task: str) -> None:
    with FigurePool(1, timeout=LIMIT) as pool:
        call = (time.sleep, 3600) if task == "sleep" else (tasks.spin,)
        late, others = pool.submit(*call), [pool.submit(abs, -n) for n in range(3)]
        assert [other.result() for other in others] == [0, 1, 2]
        assert type(late.exception()) is TimeoutError
        assert str(late.exception()) == f"took longer than {LIMIT} s (dlcv_timeout)"


def test_a_task_that_waits_for_a_worker_is_not_late() -> None:
    """Its time begins when it starts."""
    with FigurePool(1, timeout=LIMIT) as pool:
        futures = [pool.submit(time.sleep, 0.4 * LIMIT) for _ in range(3)]
        assert [future.result() for future in futures] == [None] * 3


@pytest.mark.parametrize(
    ("function", "arguments", "code"),
    [
        (sys.exit, (3,), 3),
        (os._exit, (4,), 4),
        (ctypes.string_at, (0,), -signal.SIGSEGV),
        (os.abort, (), -signal.SIGABRT),
        (signal.raise_signal, (signal.SIGKILL,), -signal.SIGKILL),
    ],
)
def test_a_task_that_ends_its_process_fails_and_no_other(
    function: Any, arguments: tuple[object, ...], code: int
) -> None:
    with FigurePool(1) as pool:
        before = pool.submit(os.getpid).result()
        ended, after = pool.submit(function, *arguments), pool.submit(os.getpid)
        assert after.result() != before
        assert type(ended.exception()) is WorkerEndedError
        assert str(ended.exception()) == f"its process ended with exit code {code}"


def test_an_idle_worker_that_was_killed_costs_no_task() -> None:
    with FigurePool(1) as pool:
        process = psutil.Process(pool.submit(os.getpid).result())
        process.kill()
        process.wait()
        pids = [pool.submit(os.getpid).result() for _ in range(2)]
        assert process.pid not in pids


def test_a_worker_that_dies_before_its_task_fails_that_task_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    start = FigurePool._start

    def start_and_lose(self: FigurePool) -> Any:
        monkeypatch.setattr(FigurePool, "_start", start)
        worker = start(self)
        worker.process.kill()
        worker.process.join()
        return worker

    monkeypatch.setattr(FigurePool, "_start", start_and_lose)
    with FigurePool(1) as pool:
        lost, after = pool.submit(abs, -1), pool.submit(abs, -2)
        assert after.result() == 2
        assert str(lost.exception()) == "its process ended with exit code -9"


@pytest.mark.parametrize(
    ("name", "kind", "message"),
    [
        ("odd", TypeError, "missing 1 required positional argument: 'two'"),
        ("local", TypeError, "Local('lost') cannot be sent: not for sending"),
    ],
)
def test_an_exception_that_cannot_be_sent_is_one(
    tasks: Any, name: str, kind: type[Exception], message: str
) -> None:
    with FigurePool(1) as pool:
        failed, after = pool.submit(getattr(tasks, name)), pool.submit(abs, -1)
        assert after.result() == 1
        assert type(failed.exception()) is kind
        assert message in str(failed.exception())


def test_a_result_that_cannot_be_sent_is_an_error_of_its_task() -> None:
    with FigurePool(1) as pool:
        before = pool.submit(os.getpid).result()
        failed, after = pool.submit(open, os.devnull), pool.submit(os.getpid)
        assert after.result() == before, "the worker lives on"
        assert "cannot be sent: cannot pickle '_io.TextIOWrapper' object" in str(failed.exception())


def test_a_call_that_cannot_be_sent_is_an_error_of_its_task(pool: FigurePool) -> None:
    failed: list[Future[Any]] = [pool.submit(lambda: 1), pool.submit(print, iter(lambda: 1, 2))]
    assert pool.submit(abs, -1).result() == 1
    assert all("pickle" in str(future.exception()) for future in failed)


def test_a_function_that_the_worker_cannot_import_is_an_error_of_its_task(
    pool: FigurePool, tasks: Any, toys: ToyPackage
) -> None:
    (toys.folder / "toytasks.py").unlink()
    failed = pool.submit(tasks.spin)
    assert pool.submit(abs, -1).result() == 1
    assert str(failed.exception()) == "No module named 'toytasks'"


def test_large_calls_and_results_pass(pool: FigurePool) -> None:
    data = bytes(range(256)) * 10_000
    assert [f.result() for f in [pool.submit(bytes, data) for _ in range(3)]] == [data] * 3


def test_when_no_worker_can_be_started_every_task_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: FigurePool) -> None:
        raise BlockingIOError("no more processes")

    monkeypatch.setattr(FigurePool, "_start", full)
    with FigurePool(2) as pool:
        future = pool.submit(abs, -1)
        assert str(future.exception()) == "no more processes"
        with pytest.raises(RuntimeError):
            pool.submit(abs, -1)


def test_what_a_worker_prints_below_python_is_not_seen(
    tasks: Any, capfd: pytest.CaptureFixture[str]
) -> None:
    with FigurePool(1) as pool:
        pool.submit(tasks.printed).result()
    assert capfd.readouterr() == ("", "")


def test_it_works_with_fresh_processes_where_there_is_no_fork_server(
    tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool_module, "_start_method", lambda: "spawn")
    with FigurePool(1) as pool:
        assert pool.submit(tasks.printed).result() == "1"
        ended = pool.submit(sys.exit, 5)
        assert str(ended.exception()) == "its process ended with exit code 5"
        assert pool.submit(abs, -1).result() == 1


FORKS = """
import os, time


def fork(stays, *codes):
    child = os.fork()
    if child == 0 and stays:
        time.sleep(3600)
    if child and codes:
        open('child', 'w').write(str(child))
        os._exit(*codes)
    return child
"""


@pytest.mark.parametrize("codes", [(), (7,)])
@pytest.mark.parametrize("stays", [True, False])
def test_a_child_that_a_task_forks_neither_answers_nor_outlives_the_worker(
    toys: ToyPackage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stays: bool, codes: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    toys.source(FORKS, "toyforks.py")
    import toyforks  # type: ignore[import-not-found]  # noqa: PLC0415  # written above

    with FigurePool(1, timeout=30) as pool:
        forked = pool.submit(toyforks.fork, stays, *codes)
        assert [pool.submit(abs, -n).result() for n in range(5)] == [0, 1, 2, 3, 4]
        if codes:
            assert str(forked.exception()) == "its process ended with exit code 7"
            child = int((tmp_path / "child").read_text())
        else:
            child = forked.result()
    left = [psutil.Process(child)] if psutil.pid_exists(child) else []
    assert psutil.wait_procs(left, timeout=30)[1] == []
