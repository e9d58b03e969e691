"""The real site in its other forms, each built once a test run."""

import fcntl
import os
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from forms import Forms

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def forms(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Forms:
    """Build EPUB and LaTeX, as `make epub` and `make pdf` do."""
    own = tmp_path_factory.getbasetemp()
    shared = (own if worker_id == "master" else own.parent) / "forms"
    shared.mkdir(exist_ok=True)
    log = shared / "log.txt"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the second worker waits for the first one's build
        if not log.exists():
            log.write_text("".join(build(builder, shared) for builder in ("epub", "latex")))
    if problem := log.read_text():
        pytest.fail(f"the site does not build:\n{problem}")
    return Forms(shared)


def build(builder: str, folder: Path) -> str:
    doctrees = folder / "doctrees"
    options = ["-n", "-W", "--keep-going", "-T", "-q", "-b", builder]
    built = subprocess.run(
        [
            sys.executable,
            "-m",
            "sphinx",
            *options,
            "-d",
            doctrees,
            ROOT,
            folder / builder,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    return "" if built.returncode == 0 else built.stdout + built.stderr or "failed"


@pytest.fixture(scope="session")
def pages(forms: Forms) -> dict[str, BeautifulSoup]:
    """Return the pages of the e-book."""
    with ZipFile(forms.epub) as book:
        return {
            name: BeautifulSoup(book.read(name).decode(), "html.parser")
            for name in book.namelist()
            if name.endswith(".xhtml")
        }


@pytest.fixture(scope="session")
def pdf(forms: Forms, latexmk: list[str]) -> Path:
    """Make the PDF; return it, with what LaTeX wrote beside it."""
    book = forms.latex / "dlcv.pdf"
    with (forms.folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not book.exists():
            made = subprocess.run(
                [*latexmk, "dlcv.tex"],
                cwd=forms.latex,
                env={**os.environ, "LATEXOPTS": ""},
                capture_output=True,
                text=True,
                check=False,
            )
            assert made.returncode == 0, made.stdout[-3000:]
    return book


@pytest.fixture(scope="session")
def tabs() -> list[str]:
    """Return the titles of the tabs of a module, as its page has them."""
    page = (ROOT / "modules/perceptron.md").read_text(encoding="utf-8")
    return re.findall(r"\{tab-item\} (.*)", page)
