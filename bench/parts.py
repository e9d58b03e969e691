"""CPU of a scene drawn plainly against the same content drawn with the parts of `dlcv_viz.draw`.

Plainly: matplotlib's own artists, saved once. With parts: saved, shortened, and coloured for both
themes. One process, one BLAS thread, the two in turn: ``parts.py [REPETITIONS]``.
"""

import io
import os
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module

os.environ["OPENBLAS_NUM_THREADS"] = "1"  # before numpy is loaded

import matplotlib as mpl
import scenes_with_parts
from matplotlib.figure import Figure
from render import SCENES

from dlcv_viz.draw.svg import svg_text, themed
from dlcv_viz.draw.theme import THEMES

TARGET = 0.4


def plain(name: str, k: int) -> int:
    """Draw a scene as it is; return the size of its SVG in characters."""
    module = import_module(f"scenes.{name}")
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": "bench"}):
        fig = Figure(figsize=module.SIZE)
        module.draw(k, fig)
        text = io.StringIO()
        fig.savefig(text, format="svg", metadata={"Date": None})
    return len(text.getvalue())


def with_parts(name: str, k: int) -> int:
    """Draw a scene with our parts, in both themes; return the size of one SVG in characters."""
    svg = svg_text(getattr(scenes_with_parts, name)(k))
    return max(len(themed(svg, theme)) for theme in THEMES)


def cpu(draw: Callable[[str, int], int], name: str, k: int) -> tuple[float, int]:
    """Return the CPU milliseconds of a drawing, and its size in characters."""
    started = time.process_time()
    size = draw(name, k)
    return 1000 * (time.process_time() - started), size


def main(repetitions: str = "15") -> None:
    """Measure the four scenes and print a table."""
    print("| scene | plain, ms | with parts, ms | ratio | KiB, plain | KiB, parts |")
    print("| --- | --- | --- | --- | --- | --- |")
    sums = [0.0, 0.0]
    for name in SCENES:
        cpu(plain, name, 0), cpu(with_parts, name, 0)  # fonts and modules are loaded
        rows = [
            (*cpu(plain, name, k), *cpu(with_parts, name, k)) for k in range(1, int(repetitions))
        ]
        before, size, after, small = (
            statistics.median(column) for column in zip(*rows, strict=True)
        )
        ratio = statistics.median(row[2] / row[0] for row in rows)
        sums[0] += before
        sums[1] += after
        print(
            f"| {name} | {before:.0f} | {after:.0f} | {ratio:.2f} "
            f"| {size / 1024:.0f} | {small / 1024:.0f} |"
        )
    ratio = sums[1] / sums[0]
    verdict = "met" if ratio <= TARGET else "missed"
    print(f"| all | {sums[0]:.0f} | {sums[1]:.0f} | {ratio:.2f} | at most {TARGET} | {verdict} |")


if __name__ == "__main__":
    main(*sys.argv[1:])
