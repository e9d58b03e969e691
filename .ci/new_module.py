"""Start a module: its page, its figures and their test, ready to build.

Called as ``make new-module ID=my-topic``.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PAGE = """\
---
icon: 🧩
category: Foundations
one-line: What the module teaches, in one line
prerequisites: []
minutes: 20
---

({id})=
# {title}

The question that this module answers.

::::::{{tab-set}}
:sync-group: module

{tabs}
::::::
"""

TAB = """\
:::::{{tab-item}} {tab}
:name: {id}-tab-{slug}
:sync: {slug}

({id}-{label})=
### {heading}

{body}
:::::
"""

# Each tab, as `dlcv_tabs` of conf.py wants it: label, heading and body of its first section.
SECTIONS = {
    "Overview": (
        "what-it-is",
        "What it is",
        """\
What it is, why it matters and where it stands.

:::{{key-idea}}
What a reader should still know in a year.
:::""",
    ),
    "Key Concepts": ("ideas", "The ideas", "1. The first idea."),
    "Visualization": (
        "see",
        "See it",
        """\
```{{dlcv-figure}} {name}.straight_line
:name: fig-{id}-straight-line
With slope {{slope:g}} the line ends at {{last:g}}.
```""",
    ),
    "Math": (
        "paper-and-pain",
        "Paper & Pain",
        """\
:::{{worked-example}} {name}.doubling
:name: ex-{id}-doubling
:title: Doubling by hand

```{{fact-table}}
Step | {{step}}
$y$  | {{y}}
```
:::""",
    ),
    "Applications": ("uses", "Where it is used", "Real uses, and a small real computation."),
    "Summary": ("takeaways", "Takeaways", "{{numref}}`fig-{id}-straight-line` shows the idea."),
}

FIGURES = '''\
"""Figures and worked examples of the module {title}."""

from typing import Annotated

import numpy as np

from dlcv_viz.draw.canvas import NARROW, canvas, name_axes, panel, stage
from dlcv_viz.draw.marks import line
from dlcv_viz.facts import Facts
from dlcv_viz.registry import Drawing, Range, example, figure


@figure(alt="A straight line of slope {{slope:g}} that ends at {{last:g}} over an input of four.")
def straight_line(*, slope: Annotated[float, Range(0.1, 10)] = 1.0) -> Drawing:
    """Show how the output grows with the input.

    Parameters
    ----------
    slope : float, default 1.0
        Growth of the output for each unit of the input.

    Returns
    -------
    Drawing
        The line over inputs from 0 to 4; facts ``slope`` and ``last``, its value at 4.
    """
    x = np.linspace(0, 4, 5)
    fig = canvas(NARROW, 240)
    ax = panel(fig, 30, 34, 322, 180)
    line(ax, x, slope * x, "accent-1")
    name_axes(ax, "input", "output")
    return Drawing(fig, facts={{"slope": slope, "last": float(slope * x[-1])}})


@figure(alt="A line that rises by {{rise:g}}: the thumbnail of the module's main idea, in words.")
def thumbnail() -> Drawing:
    """Draw the module's card: its main idea, without words.

    Returns
    -------
    Drawing
        240 by 150 pt.
    """
    fig = canvas(240, 150)
    ax = stage(fig, 0, 0, 240, 150)
    heights = np.array([20.0, 130.0])
    line(ax, np.array([0.0, 240.0]), heights, "accent-1")
    return Drawing(fig, facts={{"rise": float(heights[1] - heights[0])}})


@example
def doubling(*, start: Annotated[int, Range(1, 9)] = 1) -> Facts:
    """Double a number three times.

    Parameters
    ----------
    start : int, default 1
        The number before the first step.

    Returns
    -------
    Facts
        Lists ``step`` and ``y``, the number after each step.
    """
    steps = [1, 2, 3]
    return {{"step": steps, "y": [start * 2**k for k in steps]}}
'''

TEST = """\
import numpy as np

from dlcv_viz.figures.{name} import doubling, straight_line


def test_straight_line_ends_at_slope_times_input() -> None:
    drawing = straight_line(slope=2.0)
    assert drawing.facts["last"] == 8.0
    (line,) = drawing.figure.axes[0].lines
    assert np.asarray(line.get_ydata())[-1] == 8.0


def test_doubling_doubles_each_step() -> None:
    assert doubling(start=3)["y"] == [6, 12, 24]
"""


def page(module_id: str, name: str, title: str) -> str:
    """Return the page's text."""
    tabs = []
    for tab, (label, heading, body) in SECTIONS.items():
        tabs.append(
            TAB.format(
                tab=tab,
                id=module_id,
                slug=tab.lower().replace(" ", "-"),
                label=label,
                heading=heading,
                body=body.format(id=module_id, name=name),
            )
        )
    return PAGE.format(id=module_id, title=title, tabs="\n".join(tabs))


def main(module_id: str) -> None:
    """Write the three files of a new module.

    Parameters
    ----------
    module_id : str
        Such as ``conv-layer``: small letters and digits, words joined by hyphens.

    Raises
    ------
    SystemExit
        If the id is not of that form, or one of the files exists.
    """
    if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", module_id):
        raise SystemExit(f"ID={module_id!r} is not of the form my-topic; see `make help`")
    name, title = module_id.replace("-", "_"), module_id.replace("-", " ").capitalize()
    files = {
        ROOT / f"modules/{module_id}.md": page(module_id, name, title),
        ROOT / f"src/dlcv_viz/figures/{name}.py": FIGURES.format(title=title),
        ROOT / f"tests/figures/test_{name}.py": TEST.format(name=name),
    }
    if there := [str(path.relative_to(ROOT)) for path in files if path.exists()]:
        raise SystemExit(f"{module_id} exists: {', '.join(there)}")
    for path, text in files.items():
        path.write_text(text, encoding="utf-8")
        print("wrote", path.relative_to(ROOT))
    print(f"Now add modules/{module_id} to the toctree of index.md, and run: make html test")


if __name__ == "__main__":
    main(*sys.argv[1:])
