"""The registered figures, each drawn once for all tests of a process that look at it."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from dlcv_viz import figures
from dlcv_viz.registry import Drawing, Registered, registered


def _found() -> dict[str, Registered]:
    every = dict[str, Registered]()
    for info in iter_modules(figures.__path__):
        entries = registered(import_module(f"{figures.__name__}.{info.name}"))
        every |= {f"{info.name}.{name}": entry for name, entry in entries.items()}
    return every


FOUND = _found()
FIGURES = [name for name, entry in FOUND.items() if entry.kind == "figure"]
EXAMPLES = [name for name, entry in FOUND.items() if entry.kind == "example"]


def draw(name: str) -> tuple[Drawing, ...]:
    """Draw every frame of a figure, with the arguments that it has by itself."""
    return tuple(FOUND[name].function(**frame) for frame in FOUND[name].describe().frames)


drawings = cache(draw)
"""As `draw`, once: for who changes nothing of it."""
