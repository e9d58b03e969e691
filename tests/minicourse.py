"""A small course with the site's own configuration, start page and looks, and its reader."""

import json
import re
from pathlib import Path

from playwright.sync_api import Locator, Page

from minisite import LINE, MiniSite

KEY = "dlcv-progress"  # of what the browser keeps

TABS = ("Overview", "Key Concepts", "Visualization", "Math", "Applications", "Summary")
MODULES = {
    "alpha": ("Foundations", "First steps"),
    "beta": ("Foundations", "Second steps"),
    "gamma": ("Training", "Going downhill"),
    "delta": ("Detection", "Finding things"),
}
CONF = """
html_static_path = [r"{root}/_static"]
html_favicon = r"{root}/_static/favicon.svg"
bibtex_bibfiles = [r"{root}/reference/bibliography.bib"]
dlcv_figure_packages = ["dlcv_viz.figures", "toyfigures"]
include_patterns = ["index.md", "modules/*.md"]
"""
TOCTREE = """
```{{toctree}}
:hidden:
:numbered: 1

{entries}
```
"""


def write_course(folder: Path, root: Path) -> MiniSite:
    """Write four modules of six tabs, each longer than a screen.

    Parameters
    ----------
    folder : Path
        Where to, empty.
    root : Path
        Of the repository.

    Returns
    -------
    MiniSite
        Ready to be built.
    """
    site = MiniSite(folder)
    (folder / "conf.py").write_text((root / "conf.py").read_text() + CONF.format(root=root))
    entries = "\n".join(f"modules/{name}" for name in MODULES)
    start = (root / "index.md").read_text(encoding="utf-8")
    start = re.sub(r"```\{toctree\}.*?```", "", start, flags=re.DOTALL)
    site.page(start + TOCTREE.format(entries=entries))
    (folder / "modules").mkdir()
    for name, (category, line) in MODULES.items():
        site.module(LINE.replace("def line", "def thumbnail"), name)
        site.page(_module(name, category, line), f"modules/{name}")
    return site


def _module(name: str, category: str, line: str) -> str:
    text = "Words that fill a line, so that there is something to read. " * 3
    tabs = "".join(
        f":::::{{tab-item}} {tab}\n:name: {name}-tab-{tab.lower().replace(' ', '-')}\n\n"
        f"### About {tab}\n\n{f'{text}{chr(10)}{chr(10)}' * 30}:::::\n\n"
        for tab in TABS
    )
    front = f"category: {category}\none-line: {line}\nminutes: 20"
    return f"---\n{front}\n---\n\n# {name.title()}\n\n::::::{{tab-set}}\n\n{tabs}::::::\n"


def tab(module: str, title: str) -> str:
    """Return the label of a tab."""
    return f"{module}-tab-{title.lower().replace(' ', '-')}"


def end_of(page: Page, label: str) -> Locator:
    """Return the links at the end of a tab."""
    return page.locator(f".tab-end[data-tab={label}]")


def card(page: Page, module: str) -> Locator:
    """Return the card of a module."""
    return page.locator(".card", has_text=module.title())


def kept(page: Page) -> dict[str, object]:
    """Return what the browser keeps."""
    found: dict[str, object] = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "{}")
    return found


def know(page: Page, course: str, *, read: list[str], done: list[str], then: str = "") -> None:
    """Show the dashboard to a reader who has read before."""
    page.goto(f"{course}/index.html")
    state = {"version": 1, "read": read, "done": done, "next": then}
    page.evaluate(f"state => localStorage.setItem('{KEY}', state)", json.dumps(state))
    page.reload()
