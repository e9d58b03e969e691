"""Builds that need not import Sphinx: forked from a process which has, one a test process.

Each is a process of its own, with the environment, the files and the modules of its own, as if a
person had typed `python -m sphinx`; only the second that imports take is spent once.
"""

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path

ROOT = Path(__file__).parent.parent
PATH = [str(ROOT / part) for part in ("_ext", "src", "tests")]
# What builds import, without what only those import that draw.
PRELOADED = ("dlcv_sphinx", "furo", "myst_parser.sphinx_ext.main", "sphinx_design.extension")


class Build:
    """A build that runs.

    Parameters
    ----------
    nursery : Popen
        What forked it, and waits for its end.
    pid : int
        Its process id, which is also that of the group of what it starts.
    """

    def __init__(self, nursery: "subprocess.Popen[bytes]", pid: int) -> None:
        self._nursery = nursery
        self.pid = pid

    def has_ended(self, seconds: float) -> bool:
        """Wait that long at most; whether it has ended."""
        assert self._nursery.stdout is not None
        return bool(select.select([self._nursery.stdout], [], [], seconds)[0])

    def result(self) -> int:
        """Wait for its end; return its status. To be called once."""
        assert self._nursery.stdout is not None
        return int(self._nursery.stdout.readline())

    def kill(self) -> None:
        """End it and what it started, at once."""
        with suppress(ProcessLookupError):  # it ended meanwhile
            os.killpg(self.pid, signal.SIGKILL)


def start(arguments: Sequence[str], environment: Mapping[str, str], output: Path) -> Build:
    """Begin a build, one at a time.

    Parameters
    ----------
    arguments : sequence of str
        What would stand behind `python -m sphinx`.
    environment : mapping of str to str
        All of its environment.
    output : Path
        The file that gets what it prints.

    Returns
    -------
    Build
        To wait for; until then no other can be started.
    """
    nursery = _nursery()
    assert nursery.stdin is not None
    assert nursery.stdout is not None
    order = json.dumps([*map(list, (arguments, environment.items())), str(output)])
    nursery.stdin.write(f"{order}\n".encode())
    return Build(nursery, int(nursery.stdout.readline()))


@cache
def _nursery() -> "subprocess.Popen[bytes]":
    """Start it with the first build; it ends when the tests' process closes its input."""
    return subprocess.Popen(
        [sys.executable, "-c", "import forked; forked.serve()"],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(PATH)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=0,  # `select` sees what has not been read
        start_new_session=True,  # an interrupt is for the tests, which end it
    )


def serve() -> None:
    """Fork a build for each line of the input; tell its process id, then its status."""
    from sphinx.application import builtin_extensions  # noqa: PLC0415  # only here
    from sphinx.cmd.build import main  # noqa: PLC0415

    for name in (*builtin_extensions, *PRELOADED):
        import_module(name)
    while line := sys.stdin.buffer.readline():
        arguments, environment, output = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _settle(dict(environment), output)
            sys.exit(main(arguments))
        with suppress(ProcessLookupError, PermissionError):  # the child may have been quicker
            os.setpgid(pid, pid)
        _tell(pid)
        _, status = os.waitpid(pid, 0)
        _tell(os.waitstatus_to_exitcode(status))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def _settle(environment: Mapping[str, str], output: str) -> None:
    """Make the forked process what a started one would be."""
    os.setpgid(0, 0)
    with Path(os.devnull).open("rb") as nothing, Path(output).open("wb") as file:
        for descriptor, opened in enumerate((nothing, file, file)):
            os.dup2(opened.fileno(), descriptor)
    os.environ.clear()
    os.environ.update(environment)
    sys.path[:] = [*environment["PYTHONPATH"].split(os.pathsep), *sys.path[1 + len(PATH) :]]
