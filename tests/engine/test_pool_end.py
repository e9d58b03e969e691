"""The end of a pool: every future is answered, and no process is left behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import psutil  # type: ignore[import-untyped]  # has no stubs of its own
import pytest

from dlcv_viz.engine.pool import FigurePool

pytestmark = pytest.mark.usefixtures("bare")


def descendants() -> set[Any]:
    return set(psutil.Process().children(recursive=True))


def test_nothing_can_be_submitted_after_shutdown() -> None:
    pool = FigurePool(1)
    pool.submit(abs, -1)
    pool.shutdown()
    pool.shutdown()
    with pytest.raises(RuntimeError, match=r"^the pool is shut down$"):
        pool.submit(abs, -1)


def test_shutdown_waits_for_what_was_submitted() -> None:
    pool = FigurePool(1)
    futures = [pool.submit(time.sleep, 0.01) for _ in range(5)]
    pool.shutdown()
    assert [future.done() for future in futures] == [True] * 5


def test_shutdown_without_waiting_still_answers_every_task(tasks: Any, tmp_path: Path) -> None:
    pool = FigurePool(1)
    path = tmp_path / "go"
    futures = [pool.submit(tasks.wait_for, str(path)) for _ in range(3)]
    pool.shutdown(wait=False)
    path.touch()
    assert len({future.result() for future in futures}) == 1
    pool.shutdown()
    assert not pool._thread.is_alive(), "a second shutdown waits"


def test_shutdown_can_drop_what_has_not_started(tasks: Any, tmp_path: Path) -> None:
    go, begun = tmp_path / "go", tmp_path / "begun"
    pool = FigurePool(1)
    running = pool.submit(tasks.mark, str(begun), str(go))
    tasks.wait_for(begun)
    dropped = [pool.submit(abs, -1) for _ in range(3)]
    pool.shutdown(wait=False, cancel_futures=True)
    go.touch()
    assert isinstance(running.result(), int)
    for future in dropped:
        with pytest.raises(CancelledError):
            future.result()
    pool.shutdown()


def test_a_cancelled_future_is_not_run(tasks: Any, tmp_path: Path) -> None:
    begun, go, never = (tmp_path / name for name in ("begun", "go", "never"))
    with FigurePool(1) as pool:
        pool.submit(tasks.mark, str(begun), str(go))
        tasks.wait_for(begun)
        cancelled = pool.submit(tasks.mark, str(never))
        assert cancelled.cancel()
        go.touch()
        assert pool.submit(abs, -1).result() == 1
    assert not never.exists()


def test_killing_the_workers_ends_what_runs(tasks: Any, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    pool = FigurePool(1)
    running = pool.submit(tasks.mark, str(begun), str(tmp_path / "never"))
    tasks.wait_for(begun)
    waiting = pool.submit(abs, -1)
    pool.kill_workers()
    assert str(running.exception()) == "the pool was ended"
    assert waiting.cancelled()


def test_a_pool_that_was_never_used_starts_nothing() -> None:
    before = descendants()
    with FigurePool():
        assert descendants() == before


def test_no_process_is_left_after_shutdown(tasks: Any) -> None:
    before = descendants()
    with FigurePool(2, timeout=1) as pool:
        futures = [pool.submit(f) for f in (tasks.spin, tasks.thread_left, os.abort, os.getpid)]
        assert [type(f.exception()) for f in futures][1::2] == [type(None), type(None)]
        assert descendants() > before
    commands = {p: str(p.cmdline()) for p in descendants()}
    # The resource tracker is Python's own, one for all pools.
    new = commands.keys() - before - {p for p, c in commands.items() if "resource_tracker" in c}
    assert new == set()
    assert [c for c in commands.values() if "forkserver" in c] == []


def test_the_environment_is_as_before_and_workers_use_one_thread(
    tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    before = dict(os.environ)
    with FigurePool(1) as pool:
        assert pool.submit(tasks.printed).result() == "1"
    assert dict(os.environ) == before


BUILD = """
import multiprocessing.forkserver, signal, sys, time, toytasks
from dlcv_viz.engine import pool
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
pool._PRELOAD = []
figures = pool.FigurePool(2, timeout=3600)
for name in ("a", "b"):
    figures.submit(toytasks.mark, name, "a", "b")
for name in ("a", "b"):
    toytasks.wait_for(name)
    figures.submit(toytasks.spin)
server = multiprocessing.forkserver._forkserver._forkserver_pid
print(server, *(worker.process.pid for worker in figures._workers), flush=True)
"""


@pytest.mark.parametrize("end", ["is killed", "is interrupted", "leaves"])
def test_a_build_that_ends_in_the_middle_keeps_no_worker(
    tasks: Any, root: Path, tmp_path: Path, end: str
) -> None:
    """Not even workers in the middle of an endless task."""
    last = {"is killed": "time.sleep(3600)", "is interrupted": "figures.shutdown()", "leaves": ""}
    build = subprocess.Popen(
        [sys.executable, "-c", BUILD + last[end]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root / "src"), str(tmp_path)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with build:
        assert build.stdout is not None
        pids = [int(pid) for pid in build.stdout.readline().split()]
        assert len(pids) == 3, "the fork server and two workers"
        started = [psutil.Process(pid) for pid in pids if psutil.pid_exists(pid)]
        if end != "leaves":
            build.send_signal(signal.SIGKILL if end == "is killed" else signal.SIGINT)
    _, alive = psutil.wait_procs(started, timeout=30)
    for process in alive:
        process.kill()
    assert alive == []
