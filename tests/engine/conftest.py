"""What the tests of the pool share: functions for workers, which start bare."""

from typing import Any

import pytest

from dlcv_viz.engine import pool as pool_module
from toypackage import ToyPackage

# Functions that a worker imports; it is given this process's `sys.path`.
TASKS = """
import os
import sys
import threading
import time

ENDLESS = threading.Event()


class Odd(Exception):
    '''Can be pickled, but not read back.'''

    def __init__(self, one, two):
        super().__init__(one)


def odd():
    raise Odd(1, 2)


class Local(Exception):
    def __reduce__(self):
        raise TypeError('not for sending')


def local():
    raise Local('lost')


def spin():
    while True:
        pass


def thread_left():
    threading.Thread(target=ENDLESS.wait).start()
    return 'done'


def printed():
    os.write(1, b'from C to 1')
    os.write(2, b'from C to 2')
    os.system('echo from a child')
    sys.__stdout__.write('from Python')
    sys.__stdout__.flush()
    return os.environ.get('OMP_NUM_THREADS')


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(0.005)
    return os.getpid()


def mark(path, *needed):
    open(path, 'w').close()
    for other in needed:
        wait_for(other)
    return os.getpid()
"""


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start workers without numpy and matplotlib, which no task here needs."""
    monkeypatch.setattr(pool_module, "_PRELOAD", [])


@pytest.fixture
def tasks(toys: ToyPackage) -> Any:
    """Return a module of functions to submit."""
    toys.source(TASKS, "toytasks.py")
    import toytasks  # type: ignore[import-not-found]  # noqa: PLC0415  # written above

    return toytasks
