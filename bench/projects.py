"""Make one Sphinx project for each peer: the same pages, the same scenes, three a page."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from render import scene

HERE = Path(__file__).resolve().parent
WORK = HERE / "work"
PER_PAGE = 3
WORD, EDITED = "A model is", "A fitted model is"  # what the scenario `edit` replaces
TEXT = (
    f"{WORD} a function from inputs to outputs whose parameters are chosen from data. "
    "The *loss* measures how far the outputs are from the targets, and **gradient descent** "
    "moves the parameters a small step against the gradient of the loss. Whether the step is "
    "small enough depends on the curvature; the figure below shows a worked case.\n"
)
TEX = "\\nabla_\\theta L = \\frac{1}{n}\\sum_i (\\hat y_i - y_i)\\, x_i"
FORMULA = f"$$\n{TEX}\n$$\n"
CAPTION = "What to see in figure {k}: the shape changes with the parameter."
CONF = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))
project = "bench"
exclude_patterns = ["_build", "src", "examples"]
html_theme = "alabaster"
html_show_sourcelink = False
numfig = True
myst_enable_extensions = ["dollarmath", "colon_fence"]
"""


def variants(page: int) -> range:
    """Return the variants that a page shows."""
    return range(PER_PAGE * page, PER_PAGE * (page + 1))


def _static(k: int) -> str:
    return (
        f"```{{figure}} _figures/{scene(k)}_{k}.svg\n:alt: Figure {k}\n:name: fig-{k}\n\n"
        f"{CAPTION.format(k=k)}\n```\n"
    )


def _ours(k: int) -> str:
    return (
        f"```{{dlcv-figure}} {scene(k)}.scene\n:name: fig-{k}\n:args: k={k}\n"
        f"{CAPTION.format(k='{k}')}\n```\n"
    )


def _plot_svg(k: int) -> str:
    # The directive inserts reStructuredText, so MyST needs eval-rst; there each block is a document
    # of its own whose counter starts again: without a prefix all would have one file name.
    return (
        f"```{{eval-rst}}\n.. plot::\n   :filename-prefix: figure-{k}\n   :alt: Figure {k}\n"
        f"   :caption: {CAPTION.format(k=k)}\n\n"
        f"   import matplotlib.pyplot as plt\n   from scenes import {scene(k)}\n"
        f"   {scene(k)}.draw({k}, plt.figure(figsize={scene(k)}.SIZE))\n```\n"
    )


def _gallery(k: int) -> str:
    return (
        f"import matplotlib.pyplot as plt\nfrom scenes import {scene(k)}\n\n"
        f"{scene(k)}.draw({k}, plt.figure(figsize={scene(k)}.SIZE))\nplt.show()\n"
    )


@dataclass(frozen=True, slots=True)
class Peer:
    """A way to put figures on pages.

    Parameters
    ----------
    figure : callable
        Returns the source of one variant: markup, or code where pages are scripts.
    extension, conf : str
        What its ``conf.py`` loads beside MyST and says.
    is_script : bool
        Whether pages are Python scripts, as sphinx-gallery's are.
    """

    figure: Callable[[int], str]
    extension: str = ""
    conf: str = ""
    is_script: bool = False

    def source(self, page: int) -> str:
        """Name the file that a page is written in, below the project's folder."""
        return f"examples/plot_p{page:03d}.py" if self.is_script else f"p{page:03d}.md"

    def html(self, page: int) -> str:
        """Name the built file of a page, below the folder of the built site."""
        return f"auto_examples/plot_p{page:03d}.html" if self.is_script else f"p{page:03d}.html"

    def write(self, page: int) -> str:
        """Return the source of a page."""
        return (_script if self.is_script else _markdown)(page, self.figure)


def _markdown(page: int, figure: Callable[[int], str]) -> str:
    parts = [f"# Page {page}\n", TEXT]
    for k in variants(page):
        parts += [f"## Section {k}: {scene(k)}\n", TEXT, TEXT, FORMULA, figure(k)]
    return "\n".join(parts)


def _script(page: int, figure: Callable[[int], str]) -> str:
    parts = [f'r"""\nPage {page}\n==========\n\n{TEXT}"""\n']
    for k in variants(page):
        told = f"Section {k}: {scene(k)}\n{'-' * 30}\n{TEXT}\n{TEXT}\n.. math:: {TEX}"
        comment = "\n".join(f"# {line}".rstrip() for line in told.splitlines())
        parts.append(f"# %%\n{comment}\n\n{figure(k)}")
    return "\n".join(parts)


PEERS: dict[str, Peer] = {
    "static": Peer(_static),
    "ours": Peer(_ours, "dlcv_sphinx", 'dlcv_figure_packages = ["benchfigures"]\n'),
    "plot-svg": Peer(_plot_svg, "matplotlib.sphinxext.plot_directive", 'plot_formats = ["svg"]\n'),
    # It makes its own thumbnails and downloads, and one size of PNG: what a gallery is.
    "gallery": Peer(
        _gallery,
        "sphinx_gallery.gen_gallery",
        'sphinx_gallery_conf = {"examples_dirs": "examples", "gallery_dirs": "auto_examples",\n'
        '    "log_level": {"backreference_missing": "debug"}, "parallel": 2}\n',
        is_script=True,
    ),
}


def make(name: str, pages: int, folder: Path) -> None:
    """Make the project of a peer in a fresh folder.

    Parameters
    ----------
    name : str
        One of `PEERS`.
    pages : int
        Pages, of three figures each.
    folder : Path
        Deleted first if it exists.
    """
    peer = PEERS[name]
    shutil.rmtree(folder, ignore_errors=True)
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "scenes", folder / "src/scenes", ignore=unwanted)
    if name == "ours":
        shutil.copytree(HERE / "ours", folder / "src", ignore=unwanted, dirs_exist_ok=True)
    if name == "static":
        shutil.copytree(drawn(pages * PER_PAGE), folder / "_figures")
    extensions = ["myst_parser", *filter(None, [peer.extension])]
    (folder / "conf.py").write_text(CONF + f"extensions = {extensions}\n" + peer.conf)
    listed = [f"p{page:03d}" for page in range(pages)]
    if peer.is_script:
        (folder / "examples").mkdir()
        (folder / "examples/README.rst").write_text("Gallery\n=======\n\nExamples.\n")
        listed = ["auto_examples/index"]
    (folder / "index.md").write_text("# Bench\n\n```{toctree}\n" + "\n".join(listed) + "\n```\n")
    for page in range(pages):
        (folder / peer.source(page)).write_text(peer.write(page))


def drawn(count: int) -> Path:
    """Return a folder with `count` drawn scenes, kept until a scene's code changes."""
    digest = hashlib.sha256()
    for path in sorted((HERE / "scenes").glob("*.py")):
        digest.update(path.read_bytes())
    folder = WORK / f"drawn-{count}-{digest.hexdigest()[:12]}"
    if not folder.exists():
        fresh = folder.with_suffix(".fresh")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        command = [sys.executable, str(HERE / "render.py"), str(fresh), str(count), "2"]
        subprocess.run(command, check=True, cwd=HERE)
        fresh.rename(folder)
    return folder
