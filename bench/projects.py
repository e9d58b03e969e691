"""Make one Sphinx project for each peer: the same pages, the same scenes, three a page."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
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
FORMULA = "$$\n\\nabla_\\theta L = \\frac{1}{n}\\sum_i (\\hat y_i - y_i)\\, x_i\n$$\n"
CAPTION = "What to see in figure {k}: the shape changes with the parameter."
CONF = """\
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))
project = "bench"
exclude_patterns = ["_build", "src"]
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


# The figure's markup; extensions beside MyST; what conf.py says of them.
PEERS: dict[str, tuple[Callable[[int], str], list[str], str]] = {
    "static": (_static, [], ""),
    "ours": (_ours, ["dlcv_sphinx"], 'dlcv_figure_packages = ["benchfigures"]\n'),
    "plot-svg": (_plot_svg, ["matplotlib.sphinxext.plot_directive"], 'plot_formats = ["svg"]\n'),
}


def make(peer: str, pages: int, folder: Path) -> None:
    """Make the project of a peer in a fresh folder.

    Parameters
    ----------
    peer : str
        One of `PEERS`.
    pages : int
        Pages, of three figures each.
    folder : Path
        Deleted first if it exists.
    """
    shutil.rmtree(folder, ignore_errors=True)
    unwanted = shutil.ignore_patterns("__pycache__")
    shutil.copytree(HERE / "scenes", folder / "src/scenes", ignore=unwanted)
    if peer == "ours":
        shutil.copytree(HERE / "ours", folder / "src", ignore=unwanted, dirs_exist_ok=True)
    if peer == "static":
        shutil.copytree(drawn(pages * PER_PAGE), folder / "_figures")
    markup, extensions, conf = PEERS[peer]
    said = f"extensions = {['myst_parser', *extensions]}\n"
    (folder / "conf.py").write_text(CONF + said + conf)
    names = [f"p{page:03d}" for page in range(pages)]
    (folder / "index.md").write_text("# Bench\n\n```{toctree}\n" + "\n".join(names) + "\n```\n")
    for page, name in enumerate(names):
        parts = [f"# Page {page}\n", TEXT]
        for k in variants(page):
            parts += [f"## Section {k}: {scene(k)}\n", TEXT, TEXT, FORMULA, markup(k)]
        (folder / f"{name}.md").write_text("\n".join(parts))


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
