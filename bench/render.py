"""Draw scenes to SVG files with no Sphinx at all: ``render.py FOLDER COUNT PROCESSES``.

With a process a core, this and the static floor are the limit of any directive.
"""

import multiprocessing
import sys
from functools import partial
from importlib import import_module
from pathlib import Path

SCENES = ("curves", "heatmap", "boundary", "network")


def scene(k: int) -> str:
    """Return the name of the scene that variant `k` shows."""
    return SCENES[k % len(SCENES)]


def render(folder: Path, k: int) -> None:
    """Draw variant `k` into a folder."""
    import matplotlib as mpl  # noqa: PLC0415  # each process loads it, as those of a build do
    from matplotlib.figure import Figure  # noqa: PLC0415

    module = import_module(f"scenes.{scene(k)}")
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "bench"}):
        fig = Figure(figsize=module.SIZE)
        module.draw(k, fig)
        fig.savefig(folder / f"{scene(k)}_{k}.svg", metadata={"Date": None})


def main(folder: str, count: str, processes: str) -> None:
    """Draw variants 0 to `count` - 1 in this many processes."""
    with multiprocessing.get_context("fork").Pool(int(processes)) as pool:
        pool.map(partial(render, Path(folder)), range(int(count)), chunksize=2)


if __name__ == "__main__":
    main(*sys.argv[1:])
