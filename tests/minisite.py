"""Small Sphinx sites with figures of their own, each build in a process as a person's would be."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag

import forked
from dlcv_sphinx.mathfont import font_folder

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

    def __post_init__(self) -> None:
        bring_font(self.folder / "_build/figures")

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
        self,
        builder: str = "html",
        *options: str,
        strict: bool = True,
        out: str = "",
        apart: bool = False,
    ) -> Built:
        """Build, with warnings as errors unless told.

        Parameters
        ----------
        builder, *options : str
            For Sphinx; a later ``-d`` among the options holds.
        strict : bool, default True
            Whether warnings are errors.
        out : str, default ""
            Name of the folder in ``_build``, else the builder's.
        apart : bool, default False
            Start Python anew: for what a process has loaded, and for two builds at once.
        """
        log = self.folder / f"problems{out}.txt"
        log.unlink(missing_ok=True)
        arguments = [*self.arguments(builder, *options, strict=strict, out=out), "-w", str(log)]
        printed = self.folder / f"printed{out}.txt"
        if apart:
            with printed.open("wb") as file:
                command = [sys.executable, "-m", "sphinx", *arguments]
                status = subprocess.call(command, env=self.variables, stdout=file, stderr=file)
        else:
            status = forked.start(arguments, self.variables, printed).result()
        problems = log.read_text() if log.exists() else ""
        target = self.folder / "_build" / (out or builder)
        return Built(status, problems.replace(f"{self.folder}/", ""), printed.read_text(), target)

    def arguments(
        self, builder: str = "html", *options: str, strict: bool = True, out: str = ""
    ) -> list[str]:
        """Return what stands behind ``python -m sphinx`` to build the site."""
        flags = ["-n", "-W", "--keep-going"] if strict else []
        folders = [str(self.folder), str(self.folder / "_build" / (out or builder))]
        doctrees = ["-d", str(self.folder / "_build/doctrees")]
        return ["-b", builder, *flags, *doctrees, *options, *folders]

    @property
    def variables(self) -> dict[str, str]:
        """The environment of a build."""
        path = os.pathsep.join(map(str, (self.folder, ROOT / "_ext", ROOT / "src")))
        return {**os.environ, "PYTHONPATH": path, **self.environment}

    def keep(self) -> None:
        """Lay the folder aside as it is, for `kept`."""
        shutil.copytree(self.folder, self.folder.with_name("kept"))

    def forget_figures(self) -> None:
        """Let everything be drawn again; the font, which takes seconds, stays."""
        for path in (self.folder / "_build/figures").iterdir():
            if path.is_file():
                path.unlink()
            elif path.name != "fonts":
                shutil.rmtree(path)

    def files(self) -> dict[str, float]:
        """Name the drawn pictures, each with the time when it was written."""
        found = (self.folder / "_build/figures/files").glob("*")
        return {path.name: path.stat().st_mtime_ns for path in found}


def kept(built: Built) -> MiniSite:
    """Return the site of a build as it was when it was laid aside."""
    folder = built.out.parent.parent
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("kept"), folder)
    return MiniSite(folder)


@cache
def _font() -> Path:
    """Return the font of formulas, which is made once for all sites: it takes seconds."""
    return font_folder(ROOT / "_build/figures/fonts")


def bring_font(store: Path) -> None:
    """Put the font of formulas into a store, as an earlier build would have."""
    shutil.copytree(_font(), store / "fonts" / _font().name, dirs_exist_ok=True)


def mini_in(folder: Path) -> MiniSite:
    """Make a site with one module of one figure, and no page yet."""
    folder.mkdir(exist_ok=True)
    (folder / "conf.py").write_text(CONF)
    site = MiniSite(folder)
    site.module(LINE)
    return site


def put_together(site: MiniSite, pages: Mapping[str, str]) -> None:
    """Write a page for each text, under its name with hyphens for spaces, and an index of them."""
    names = [name.replace(" ", "-") for name in pages]
    site.page("\n".join(["# All", "", "```{toctree}", *names, "```", ""]))
    for name, text in zip(names, pages.values(), strict=True):
        site.page(f"# T\n\n{text}\n", name)
