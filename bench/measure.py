"""Time a command with all the processes it starts: wall clock, CPU seconds, peak memory."""

import ctypes
import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil  # type: ignore[import-untyped]  # its stubs are a package of their own

ROOT = Path(__file__).resolve().parent.parent
PR_SET_CHILD_SUBREAPER = 36  # linux/prctl.h
SAMPLE_EVERY = 0.25  # seconds; reading a process tree's memory costs some milliseconds


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost.

    Parameters
    ----------
    wall, cpu : float
        Seconds; CPU over all processes, those included that outlived their parent.
    memory : int
        Largest sampled sum of the processes' proportional set sizes, in MiB.
    """

    wall: float
    cpu: float
    memory: int


class CommandError(RuntimeError):
    """A measured command failed; the message is what it printed."""


def adopt_orphans() -> None:
    """Make this process the parent of its descendants' orphans, such as a fork server's workers."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def run(command: Sequence[str], folder: Path, *paths: Path) -> Cost:
    """Run a command in a folder and measure it.

    Parameters
    ----------
    command : sequence of str
        Program and arguments.
    folder : Path
        Where it runs.
    *paths : Path
        Folders that its Python looks for modules in, before our own.

    Returns
    -------
    Cost
        Of the command and everything it started.

    Raises
    ------
    CommandError
        If it fails.
    """
    environment = os.environ | {
        "OPENBLAS_NUM_THREADS": "1",  # a second thread a worker would compete with the workers
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(map(str, [*paths, ROOT / "src", ROOT / "_ext"])),
        "SOURCE_DATE_EPOCH": "1700000000",
    }
    log = folder / "log.txt"
    peak, done = [0], threading.Event()
    started = time.monotonic()
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=output, stderr=output
        )
    sampler = threading.Thread(target=_sample, args=(process.pid, peak, done), daemon=True)
    sampler.start()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    sampler.join()
    cpu = usage.ru_utime + usage.ru_stime + _orphans()
    if process.returncode:
        raise CommandError(log.read_text(errors="replace"))
    return Cost(wall, cpu, peak[0] >> 20)


def _orphans() -> float:
    """Wait for the processes that outlived their parent; return their CPU seconds."""
    seconds = 0.0
    while True:
        try:
            _, _, usage = os.wait3(0)
        except ChildProcessError:
            return seconds
        seconds += usage.ru_utime + usage.ru_stime


def _sample(pid: int, peak: list[int], done: threading.Event) -> None:
    while not done.wait(SAMPLE_EVERY):
        total = 0
        try:
            root = psutil.Process(pid)
            family = [root, *root.children(recursive=True)]
        except psutil.Error:
            return  # the command has ended
        for process in family:
            try:
                memory = process.memory_full_info()
            except psutil.Error:
                continue  # this one has ended
            total += getattr(memory, "pss", memory.uss)  # only Linux shares pages out
        peak[0] = max(peak[0], total)
