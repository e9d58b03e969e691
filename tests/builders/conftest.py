"""The real site in its other forms."""

import fcntl
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup

from forms import Forms

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def forms(built: Callable[[str], Path]) -> Forms:
    """Return where EPUB and LaTeX are."""
    return Forms(built("epub"), built("latex"))


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
    with (forms.latex / "lock").open("w") as lock:
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
