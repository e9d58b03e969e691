"""A site of six pages and ten figures, for builds that are disturbed."""

import hashlib
from pathlib import Path

from minisite import LINE, MiniSite

NUMERICS = "def height(n):\n    return n - 1\n"
USING = """
from toynumerics.heights import height

@figure(alt="A line of {n} points up to {top}.")
def tall(*, n: int = 5) -> Drawing:
    '''Draw a line.'''
    return Drawing(picture(n), facts={"n": n, "top": height(n)})
"""
SWEPT = """
@figure(alt="{n} points.", sweep=Sweep("n", [2, 4, 8], label="points"))
def steps(*, n: int = 2) -> Drawing:
    '''Draw more and more points.'''
    return Drawing(picture(n), facts={"n": n})
"""


def figure(name: str, args: str = "", caption: str = "") -> str:
    """Write a figure of a page."""
    return f"```{{dlcv-figure}} {name}\n:args: {args}\n\n{caption}\n```\n\n"


def fill(site: MiniSite) -> MiniSite:
    """Give a site its pages: a, b and c draw with a numerics module, d does not, e only quotes."""
    site.source(NUMERICS, "toynumerics/heights.py")
    site.module(USING, "using")
    site.module(LINE + SWEPT)
    site.page("# T\n\nAll pages.\n\n```{toctree}\na\nb\nc\nd\ne\n```\n")
    for number, name in enumerate("abc"):
        tall = [figure("using.tall", f"n={3 * number + k}", "Up to {top}.") for k in (2, 3)]
        site.page(f"# {name.upper()}\n\n" + "".join(tall), name)
    lines = [figure("toy.line", f"n={n}", "Of {n}.") for n in (2, 3, 4)]
    site.page("# D\n\n" + "".join([*lines, figure("toy.steps")]), "d")
    site.page("# E\n\n{fact}`using.tall.top` and {fact}`toy.line.top`\n", "e")
    return site


def digests(folder: Path) -> dict[str, str]:
    """Return every file of a tree with what is in it."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
