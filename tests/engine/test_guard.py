"""What is held around a figure: its limits, its warnings, and the settings of the process."""

import contextlib
import resource
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from matplotlib import rcParams, rcParamsDefault

from dlcv_viz.engine import worker
from dlcv_viz.engine.guard import MAX_WARNINGS, NO_LIMITS, LateError, Limits, guarded
from toypackage import ToyPackage

linux = pytest.mark.skipif(sys.platform != "linux", reason="no other system holds the limit")
MIB = 1 << 20


def sleep_on() -> None:
    while True:
        with contextlib.suppress(Exception):
            time.sleep(60)


def test_a_time_limit_ends_what_catches_every_exception() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with pytest.raises(LateError), guarded(Limits(seconds=0.05), []):
        sleep_on()
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


def test_a_thread_has_no_time_limit_and_draws_all_the_same() -> None:
    done = []

    def draw() -> None:
        with guarded(Limits(seconds=0.01), []):
            time.sleep(0.05)
            done.append(1)

    thread = threading.Thread(target=draw)
    thread.start()
    thread.join()
    assert done == [1]


@linux
@pytest.mark.parametrize(
    "eat", [np.ones, bytearray, lambda n: [bytes(n // 1000) for _ in "x" * 1000]]
)
def test_memory_beyond_the_limit_is_refused_and_given_again_afterwards(
    eat: Callable[[int], Any],
) -> None:
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with guarded(Limits(memory=64), []):
        assert len(eat(MIB))
    with pytest.raises(MemoryError), guarded(Limits(memory=64), []):
        eat(128 * MIB)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before
    assert len(eat(128 * MIB))


@linux
def test_the_limit_counts_from_what_the_process_has_when_a_figure_begins() -> None:
    """A leak of one figure is not charged to the next."""
    kept = bytearray(128 * MIB)
    with guarded(Limits(memory=64), []):
        kept += bytearray(16 * MIB)
    assert len(kept) == 144 * MIB


@pytest.mark.parametrize(
    ("body", "limits", "error"),
    [
        ("while True: pass", Limits(seconds=0.5), "took longer than 0.5 s (dlcv_timeout)"),
        pytest.param(
            "bytearray(300 << 20)",
            Limits(memory=200),
            "MemoryError: more than 200 MiB (dlcv_memory)",
            marks=linux,
        ),
        ("raise MemoryError('mine')", NO_LIMITS, "MemoryError: mine; too much"),
    ],
)
def test_a_limit_that_was_met_is_named(
    toys: ToyPackage, body: str, limits: Limits, error: str
) -> None:
    toys.module(f"@example\ndef bad():\n    {body}\n")
    failed = worker.render([toys.name], "toy.bad", {}, "facts", limits=limits)
    assert failed["error"] == error
    assert "guard.py" not in failed["details"]


def test_warnings_are_collected_once_each_whatever_the_process_does_with_them() -> None:
    warned: list[str] = []
    filters = list(warnings.filters)
    for action in ("error", "ignore"):
        with warnings.catch_warnings():
            warnings.simplefilter(action)
            with guarded(NO_LIMITS, warned):
                for _ in range(2):
                    np.log(np.zeros(1))
                warnings.warn("mind", stacklevel=1)
                warnings.warn("old", DeprecationWarning, stacklevel=1)
                warnings.warn("open", ResourceWarning, stacklevel=1)
    place = Path(__file__).name
    assert [text.partition(f" ({place}:")[0] for text in warned] == [
        "RuntimeWarning: divide by zero encountered in log",
        "UserWarning: mind",
    ]
    assert warnings.filters == filters


def test_a_figure_that_warns_without_end_is_cut_short() -> None:
    warned: list[str] = []
    with guarded(NO_LIMITS, warned):
        for n in range(MAX_WARNINGS + 5):
            warnings.warn(f"{n}", stacklevel=1)
    assert len(warned) == MAX_WARNINGS


def test_a_warning_of_another_thread_is_not_the_figure_s() -> None:
    warned: list[str] = []

    def draw() -> None:
        with guarded(NO_LIMITS, warned):
            thread = threading.Thread(target=lambda: warnings.warn("other", stacklevel=1))
            thread.start()
            thread.join()

    with pytest.warns(UserWarning, match="other"):
        draw()
    assert warned == []


def test_every_figure_begins_with_the_same_settings_and_leaves_them_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(rcParams, "lines.linewidth", 7)
    before, errors = dict(rcParams), np.geterr()
    for _ in range(2):
        with guarded(NO_LIMITS, []):
            assert rcParams["lines.linewidth"] == rcParamsDefault["lines.linewidth"]
            assert np.geterr()["over"] == "warn"
            assert Path.cwd() == tmp_path
            rcParams.update({"lines.linewidth": 3, "font.size": 40})
            np.seterr(all="raise")
            monkeypatch.chdir("/")
    assert (dict(rcParams), np.geterr()) == (before, errors)
    assert Path.cwd() == tmp_path


def test_what_a_figure_warned_about_comes_with_the_result_but_not_what_its_import_did(
    toys: ToyPackage,
) -> None:
    """Only the first figure of a process would have that."""
    toys.module(
        "import warnings\nwarnings.warn('loaded')\n@example\ndef add():\n"
        "    warnings.warn('one')\n    return {}\n"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        first, second = (worker.render([toys.name], "toy.add", {}, "facts") for _ in range(2))
    assert first["warned"] == second["warned"]
    assert [text.partition(" (toy.py:")[0] for text in first["warned"]] == ["UserWarning: one"]
