"""A small process pool that ends a task which takes too long, and only that task.

`concurrent.futures.ProcessPoolExecutor` cannot: one killed worker breaks the whole pool.
"""

import contextlib
import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

# Imported once by the fork server, so that workers start with them. Only installed packages:
# before Python 3.12 the server does not get the parent's sys.path.
_PRELOAD = ["numpy", "matplotlib.figure", "matplotlib.backends.backend_svg"]


class WorkerEndedError(RuntimeError):
    """A worker process ended in the middle of a task."""


@dataclass(slots=True)
class _Worker:
    process: BaseProcess
    pipe: "Connection[Any, Any]"
    future: "Future[Any] | None" = None
    deadline: float = 0.0


class FigurePool(Executor):
    """Run functions in worker processes, each with a time limit.

    Parameters
    ----------
    workers : int, default 0
        How many processes; 0 is one a core.
    timeout : float, default 60
        Seconds after which a task's worker is killed and replaced.
    """

    def __init__(self, workers: int = 0, *, timeout: float = 60) -> None:
        self._size = workers or os.cpu_count() or 1
        self._timeout = timeout
        self._tasks: deque[tuple[Future[Any], bytes]] = deque()
        self._workers: list[_Worker] = []
        self._is_closed = self._is_killed = False
        self._lock = threading.Lock()
        self._context = multiprocessing.get_context(_start_method())
        # Nobody closes them: a late `submit` or a second `shutdown` may still write.
        self._wake_here, self._wake_there = multiprocessing.Pipe(duplex=False)
        self._thread = threading.Thread(target=self._run, name="dlcv figure pool", daemon=True)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Queue a call; tasks start in the order in which they came.

        Parameters
        ----------
        fn : callable
            Importable by name, as its arguments and result are pickled.
        *args, **kwargs : object
            What it is called with.

        Returns
        -------
        Future
            Raises `TimeoutError` or `WorkerEndedError` if the worker did not answer, and what
            `pickle` raises if the call or its result cannot be sent.

        Raises
        ------
        RuntimeError
            If the pool is shut down.
        """
        future: Future[T] = Future()
        try:
            task = pickle.dumps((fn, args, kwargs))
        except Exception as error:  # noqa: BLE001  # as an executor does it
            future.set_exception(error)
            return future
        with self._lock:
            if self._is_closed:
                raise RuntimeError("the pool is shut down")
            self._tasks.append((future, task))
            if self._thread.ident is None:
                self._thread.start()
        self._wake_there.send(None)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers and the fork server when the queued tasks are done.

        Parameters
        ----------
        wait : bool, default True
            Return only when they have ended.
        cancel_futures : bool, default False
            Drop the tasks that have not started.
        """
        with self._lock:
            self._is_closed = True
            dropped = [future for future, _ in self._tasks] if cancel_futures else []
            is_started = self._thread.ident is not None
        for future in dropped:
            future.cancel()
        if is_started:
            self._wake_there.send(None)
            if wait:
                self._thread.join()

    def kill_workers(self) -> None:
        """End the workers in the middle of their tasks, as Python 3.14's process pool does."""
        self._is_killed = True
        self.shutdown(cancel_futures=True)

    def _run(self) -> None:
        reason: Exception = WorkerEndedError("the pool was ended")
        try:
            with _server_environment():
                while self._hand_out():
                    self._wait()
        except Exception as error:  # noqa: BLE001  # such as no more processes: tell who waits
            reason = error
        with self._lock:
            self._is_closed = True
            left = [future for future, _ in self._tasks]
            self._tasks.clear()
        unanswered = [worker.future for worker in self._workers if worker.future]
        unanswered += [future for future in left if future.set_running_or_notify_cancel()]
        for worker in [*self._workers]:
            self._discard(worker)
        for future in unanswered:
            future.set_exception(reason)
        if self._context.get_start_method() == "forkserver":
            # Sphinx forks its writers next. They would inherit the pipe that keeps the server
            # alive, and a killed build would leave it behind. There is no public way.
            multiprocessing.forkserver._forkserver._stop()  # type: ignore[attr-defined]  # noqa: SLF001

    def _hand_out(self) -> bool:
        """Give tasks to free workers; False when the pool is closed and all is done."""
        with self._lock:
            while self._tasks and not self._is_killed:
                worker = next((w for w in self._workers if w.future is None), None)
                if worker is None and len(self._workers) == self._size:
                    break
                worker = worker or self._start()
                future, task = self._tasks.popleft()
                if not future.set_running_or_notify_cancel():
                    continue
                worker.future, worker.deadline = future, time.monotonic() + self._timeout
                with contextlib.suppress(OSError):  # a dead worker: its pipe says so next
                    worker.pipe.send_bytes(task)
            if self._is_killed:
                return False
            return not self._is_closed or any(worker.future for worker in self._workers)

    def _wait(self) -> None:
        """Wait for an answer, a new task or the end of some task's time."""
        pipes = {worker.pipe: worker for worker in self._workers}
        ends = {worker.process.sentinel: worker for worker in self._workers}
        nearest = min((w.deadline for w in self._workers if w.future), default=None)
        patience = None if nearest is None else max(0, nearest - time.monotonic())
        for ready in wait([self._wake_here, *pipes, *ends], patience):
            if ready is self._wake_here:
                self._wake_here.recv()
            elif isinstance(ready, int):
                # A child that a figure forked may hold the pipe open: then nothing else tells.
                worker = ends[ready]
                if worker in self._workers and not worker.pipe.poll():
                    self._answer(worker, is_done=False, result=self._lost(worker))
            else:
                self._collect(pipes[ready])  # type: ignore[index]  # a key of pipes
        self._kill_late()

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there,), daemon=True)  # type: ignore[attr-defined]  # every context has it
        process.start()
        there.close()
        worker = _Worker(process, here)
        self._workers.append(worker)
        return worker

    def _collect(self, worker: _Worker) -> None:
        try:
            is_done, result = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            is_done, result = False, self._lost(worker)
        except Exception as error:  # noqa: BLE001  # an answer that cannot be read is one
            is_done, result = False, error
        self._answer(worker, is_done=is_done, result=result)

    def _lost(self, worker: _Worker) -> WorkerEndedError:
        worker.process.join(1)  # it ends by itself, with a code worth telling
        self._discard(worker)
        return WorkerEndedError(f"its process ended with exit code {worker.process.exitcode}")

    @staticmethod
    def _answer(worker: _Worker, *, is_done: bool, result: Any) -> None:
        future, worker.future = worker.future, None
        if future is None:  # it ended without a task
            return
        (future.set_result if is_done else future.set_exception)(result)

    def _kill_late(self) -> None:
        now = time.monotonic()
        for worker in [w for w in self._workers if w.future and w.deadline <= now]:
            self._discard(worker)
            assert worker.future is not None  # noqa: S101  # only those are late
            worker.future.set_exception(
                TimeoutError(f"took longer than {self._timeout:g} s (dlcv_timeout)")
            )

    def _discard(self, worker: _Worker) -> None:
        _kill(worker.process)  # one that is to end by itself waits for threads a figure left
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)


def _kill(process: BaseProcess) -> None:
    """End a worker and what its figures started."""
    process.kill()
    if hasattr(os, "killpg") and process.pid:
        with contextlib.suppress(ProcessLookupError):  # it has no group yet, or has ended
            os.killpg(process.pid, signal.SIGKILL)


def _start_method() -> str:
    methods = multiprocessing.get_all_start_methods()
    return "forkserver" if "forkserver" in methods else "spawn"


def _serve(pipe: "Connection[Any, Any]") -> None:
    me = os.getpid()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what an interrupt ends
    if hasattr(os, "setpgid"):
        os.setpgid(0, 0)  # whom a figure starts ends with the worker
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with Path(os.devnull).open("w") as nowhere:
        # What C code prints would stand in Sphinx's output.
        os.dup2(nowhere.fileno(), 1)
        os.dup2(nowhere.fileno(), 2)
    while True:
        answer: tuple[bool, Any]
        try:
            task = pipe.recv_bytes()
        except EOFError:
            return
        try:
            function, args, kwargs = pickle.loads(task)  # noqa: S301  # our parent's
            answer = True, function(*args, **kwargs)
        except Exception as error:  # noqa: BLE001  # handed to the future
            answer = False, error
        if os.getpid() != me:
            os._exit(0)  # a fork of the figure's that came back: it has no answer to give
        try:
            pipe.send(answer)
        except Exception as error:  # noqa: BLE001  # handed to the future
            pipe.send((False, TypeError(f"{answer[1]!r} cannot be sent: {error}")))


def _end_with_parent() -> None:
    """End this process when its parent ends, even in the middle of a task."""
    parent = multiprocessing.parent_process()
    assert parent is not None  # noqa: S101  # this is a worker
    wait([parent.sentinel])
    if hasattr(os, "killpg"):
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


@contextlib.contextmanager
def _server_environment() -> Iterator[None]:
    """Start workers with one BLAS thread: a core each, and the same sums on every machine."""
    names = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
    before = {name: os.environ.get(name) for name in names}
    os.environ.update(dict.fromkeys(names, "1"))
    if _start_method() == "forkserver":
        multiprocessing.set_forkserver_preload(_PRELOAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
