"""What is held around a figure's function: its limits, its warnings, and the process's settings.

One figure at a time is drawn in a process: matplotlib's settings, Python's warnings and the current
folder belong to all threads, and one would take another's.
"""

import contextlib
import os
import signal
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

MAX_WARNINGS = 10  # a message that holds a number may differ in every frame
# Python hides these from users too. When a resource is found unclosed depends on the collector.
_HIDDEN = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
_ALONE = threading.Lock()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a figure may use; 0 is no limit.

    Parameters
    ----------
    seconds : float
        Held where signals are: in the main thread of a process, on Unix, between two steps of
        Python. For executors that have no limit of their own.
    memory : int
        MiB beyond what the process has when the figure begins. Held on Linux, for all threads of
        the process: for processes that draw and do nothing else.
    """

    seconds: float = 0
    memory: int = 0


NO_LIMITS = Limits()


class LateError(BaseException):
    """A figure took too long. No `Exception`: the figure's own code must not catch it."""


@contextlib.contextmanager
def guarded(limits: Limits, warned: list[str]) -> Iterator[None]:
    """Draw inside of this, one at a time.

    Parameters
    ----------
    limits : Limits
        What the figure may use.
    warned : list of str
        Gets what the figure's code warned about.

    Yields
    ------
    None
        A `LateError` or `MemoryError` may be raised inside at any time.
    """
    with contextlib.ExitStack() as stack:
        stack.enter_context(_ALONE)
        stack.enter_context(contextlib.chdir("."))  # comes back
        _enter_settings(stack)
        stack.enter_context(_collected(warned))
        stack.enter_context(_memory(limits.memory))
        stack.enter_context(_time(limits.seconds))
        yield


def failure_text(error: BaseException, limits: Limits) -> str:
    """Say what went wrong in one line, with the limit that was met."""
    if isinstance(error, LateError):
        return f"took longer than {limits.seconds:g} s (dlcv_timeout)"
    if isinstance(error, MemoryError):  # numpy's is a private kind
        said = f"{error}; " if str(error) else ""
        wanted = f"more than {limits.memory} MiB (dlcv_memory)" if limits.memory else "too much"
        return f"MemoryError: {said}{wanted}"
    return f"{type(error).__name__}: {error}"


def _enter_settings(stack: contextlib.ExitStack) -> None:
    """Begin with the libraries' own settings, whatever other figures or this machine set."""
    if numpy := sys.modules.get("numpy"):
        stack.enter_context(
            numpy.errstate(divide="warn", over="warn", under="ignore", invalid="warn")
        )
    if matplotlib := sys.modules.get("matplotlib"):
        stack.enter_context(matplotlib.rc_context())
        settings = dict(dict.items(matplotlib.rcParamsDefault))
        del settings["backend"]  # to set it is to load it
        dict.update(matplotlib.rcParams, settings)


@contextlib.contextmanager
def _collected(warned: list[str]) -> Iterator[None]:
    """Collect this thread's warnings, each message once."""
    this_thread = threading.get_ident()

    def show(
        message: Warning | str, category: type[Warning], filename: str, lineno: int, *rest: Any
    ) -> None:
        text = f"{category.__name__}: {message} ({Path(filename).name}:{lineno})"
        if threading.get_ident() != this_thread:
            before(message, category, filename, lineno, *rest)
        elif text not in warned and len(warned) < MAX_WARNINGS:
            warned.append(text)

    with warnings.catch_warnings():
        before, warnings.showwarning = warnings.showwarning, show  # type: ignore[assignment]  # `rest` takes the others
        warnings.resetwarnings()
        warnings.simplefilter("always")  # not once a process: every figure has its own
        for category in _HIDDEN:
            warnings.simplefilter("ignore", category)
        yield


@contextlib.contextmanager
def _time(seconds: float) -> Iterator[None]:
    is_main = threading.current_thread() is threading.main_thread()
    if not seconds or not is_main or not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    # Again and again: what is raised in a destructor is lost.
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(_number: int, _frame: FrameType | None) -> NoReturn:
    raise LateError


@contextlib.contextmanager
def _memory(mib: int) -> Iterator[None]:
    """Refuse private, writable memory beyond what there is now.

    Not address space (``RLIMIT_AS``): OpenBLAS and every thread's heap reserve much that they never
    write. macOS takes either limit and holds neither.
    """
    if not mib or sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415  # not on Windows

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    before = resource.getrlimit(resource.RLIMIT_DATA)
    wanted = pages * os.sysconf("SC_PAGE_SIZE") + (mib << 20)
    most = wanted if before[1] == resource.RLIM_INFINITY else min(wanted, before[1])
    resource.setrlimit(resource.RLIMIT_DATA, (most, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
