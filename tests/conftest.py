"""What several tests share: the built site and a Chromium."""

import fcntl
import os

# Before numpy is loaded: each test process has one core, on which a second thread only waits.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir
from playwright.sync_api import Browser, sync_playwright

from sharing import ByFile, heavy_files_first
from toypackage import ToyPackage

ROOT = Path(__file__).parent.parent
SOURCES = os.pathsep.join(str(ROOT / part) for part in ("src", "_ext"))
# Properties are tried on the same cases in every run, and nothing is kept beside the sources.
set_hypothesis_home_dir(ROOT / "_build/hypothesis")
settings.register_profile("same", derandomize=True, database=None, deadline=None)
settings.load_profile("same")

CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Without these three Chromium looks up hosts of its own, which a test would have to tell apart.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.hookimpl(optionalhook=True)  # that of a plugin
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    return ByFile(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    heavy_files_first(items)


@pytest.fixture(scope="session")
def root() -> Path:
    """Top folder of the repository."""
    return ROOT


@pytest.fixture
def toys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ToyPackage]:
    """Return an empty package of figures that can be imported."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)  # an edit within a second is an edit
    package = ToyPackage(tmp_path)
    yield package
    package.forget()


def tool(name: str, *, is_required: bool) -> str:
    """Return the command of a tool; without it a skip, or in CI a failure where it is required."""
    found = subprocess.run(
        [str(ROOT / ".ci/tool"), name], capture_output=True, text=True, check=False
    )
    if found.returncode == 0:
        return found.stdout.strip()
    if is_required and os.environ.get("CI") == "true":
        pytest.fail(found.stderr.strip())
    pytest.skip(found.stderr.strip())


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of an installed Chromium."""
    return tool("chromium", is_required=True)


@pytest.fixture(scope="session")
def epubcheck() -> list[str]:
    """Command of the EPUB checker."""
    return tool("epubcheck", is_required=True).split()


@pytest.fixture(scope="session")
def vnu() -> list[str]:
    """Command of the HTML checker."""
    return shlex.split(tool("vnu", is_required=True))


@pytest.fixture(scope="session")
def latexmk() -> list[str]:
    """Command that makes a PDF; LaTeX is large, so it is required nowhere."""
    options = ["-xelatex", "-quiet", "-interaction=nonstopmode", "-halt-on-error"]
    return [tool("latex", is_required=False), *options]


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Headless Chromium, one a test process."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []  # Chromium refuses root with a sandbox
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium, args=[*CHROMIUM_FLAGS, *sandbox]
        )
        yield started
        started.close()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str], Path]:
    """Build the real site with a builder, once a test run for all workers; return its folder."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "site"
    shared.mkdir(exist_ok=True)
    return cache(partial(build_once, shared))


def build_once(folder: Path, builder: str) -> Path:
    """Build as `make` does, where all builders share what was read."""
    log, out = folder / f"{builder}.txt", folder / builder
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another worker waits for this one's build
        if not log.exists():
            options = ["-n", "-W", "--keep-going", "-T", "-q", "-b", builder]
            done = subprocess.run(
                [sys.executable, "-m", "sphinx", *options, "-d", folder / "doctrees", ROOT, out],
                capture_output=True,
                text=True,
                check=False,
                env={**os.environ, "PYTHONPATH": SOURCES, "PYTHONHASHSEED": "1"},
            )
            log.write_text("" if done.returncode == 0 else done.stdout + done.stderr or "failed")
    if problem := log.read_text():
        pytest.fail(f"the site does not build:\n{problem}")
    return out


@pytest.fixture(scope="session")
def site(built: Callable[[str], Path]) -> Path:
    """Return the folder of the real site."""
    return built("html")
