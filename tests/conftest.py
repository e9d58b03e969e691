"""What several tests share: the built site and a Chromium."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from toypackage import ToyPackage

ROOT = Path(__file__).parent.parent
CHROMIUM_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    # Without these three Chromium looks up hosts of its own, which a test would have to tell apart.
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Build the real site once a test run, as `make html` does; return its folder."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "site"
    shared.mkdir(exist_ok=True)
    log, html = shared / "log.txt", shared / "html"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the second worker waits for the first one's build
        if not log.exists():
            options = ["-n", "-W", "--keep-going", "-T", "-q", "-b", "html"]
            built = subprocess.run(
                [sys.executable, "-m", "sphinx", *options, "-d", shared / "doctrees", ROOT, html],
                capture_output=True,
                text=True,
                check=False,
            )
            log.write_text("" if built.returncode == 0 else built.stdout + built.stderr or "failed")
    if problem := log.read_text():
        pytest.fail(f"the site does not build:\n{problem}")
    return html
