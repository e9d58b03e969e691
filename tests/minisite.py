"""Small Sphinx sites with figures of their own, built in a process as a person would."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from bs4 import BeautifulSoup, Tag

ROOT = Path(__file__).parent.parent

CONF = """
project = "mini"
extensions = ["myst_parser", "dlcv_sphinx"]
myst_enable_extensions = ["dollarmath", "colon_fence", "attrs_inline"]
dlcv_figure_packages = ["toyfigures"]
html_theme = "alabaster"
html_math_renderer = "mathml"
myst_update_mathjax = False  # else the next build finds its options changed
html_copy_source = False
numfig = True
math_numfig = True
exclude_patterns = ["_build"]
"""

HEAD = """
import os
import sys
import time
from typing import Annotated, Literal

from matplotlib.figure import Figure

from dlcv_viz.draw.theme import MARKER
from dlcv_viz.registry import Drawing, Range, Sweep, example, figure


def picture(n):
    drawn = Figure(figsize=(5, 4))
    drawn.add_axes((0.1, 0.1, 0.8, 0.8)).plot(range(n), color=MARKER["accent-1"])
    return drawn

"""

LINE = """
@figure(alt="A line of {n} points up to {top}.")
def line(*, n: Annotated[int, Range(2, 50)] = 5, kind: Literal["up", "down"] = "up") -> Drawing:
    '''Draw a line.'''
    facts = {"n": n, "top": n - 1, "low": -1.5, "names": ["a", "b"], "is_up": kind == "up"}
    return Drawing(picture(n), facts=facts)
"""


def only(found: object) -> Tag:
    """Return what was found on a page, which must be an element."""
    assert isinstance(found, Tag), f"found {found!r}"
    return found


@dataclass(frozen=True)
class Built:
    """What a build left."""

    status: int
    problems: str
    output: str
    out: Path

    def page(self, name: str = "index") -> BeautifulSoup:
        """Parse a page."""
        return BeautifulSoup((self.out / f"{name}.html").read_text(encoding="utf-8"), "html.parser")


@dataclass
class MiniSite:
    """A project in a folder: pages, and figure modules in the package ``toyfigures``."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def conf(self, text: str) -> None:
        """Add to conf.py."""
        with (self.folder / "conf.py").open("a") as file:
            file.write(text)

    def page(self, text: str, name: str = "index") -> None:
        """Write a page."""
        (self.folder / f"{name}.md").write_text(text, encoding="utf-8")

    def module(self, text: str, name: str = "toy") -> None:
        """Write a module of figures, with the imports that all need."""
        self.source(HEAD + text, f"toyfigures/{name}.py")

    def source(self, text: str, path: str) -> None:
        """Write any source file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        (file.parent / "__init__.py").touch()
        file.write_text(text, encoding="utf-8")

    def build(
        self, builder: str = "html", *options: str, strict: bool = True, out: str = ""
    ) -> Built:
        """Build, with warnings as errors unless told."""
        log = self.folder / f"problems{out}.txt"
        log.unlink(missing_ok=True)
        done = subprocess.run(
            [*self.command(builder, *options, strict=strict, out=out), "-w", str(log)],
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )
        problems = log.read_text() if log.exists() else ""
        target = self.folder / "_build" / (out or builder)
        return Built(done.returncode, problems.replace(f"{self.folder}/", ""), done.stdout, target)

    def command(
        self, builder: str = "html", *options: str, strict: bool = True, out: str = ""
    ) -> list[str]:
        """Return what builds the site; a later ``-d`` among the options holds."""
        flags = ["-n", "-W", "--keep-going"] if strict else []
        folders = [str(self.folder), str(self.folder / "_build" / (out or builder))]
        doctrees = ["-d", str(self.folder / "_build/doctrees")]
        return [
            sys.executable,
            "-m",
            "sphinx",
            "-b",
            builder,
            *flags,
            *doctrees,
            *options,
            *folders,
        ]

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a build."""
        path = os.pathsep.join(map(str, (self.folder, ROOT / "_ext", ROOT / "src")))
        return {**os.environ, "PYTHONPATH": path, **self.environment}

    def files(self) -> dict[str, float]:
        """Name the drawn pictures, each with the time when it was written."""
        found = (self.folder / "_build/figures/files").glob("*")
        return {path.name: path.stat().st_mtime_ns for path in found}
