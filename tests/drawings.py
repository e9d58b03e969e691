"""The registered figures, each drawn once for all tests of a process that look at it."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import numpy as np

from dlcv_viz import figures
from dlcv_viz.engine.pool import FigurePool
from dlcv_viz.engine.session import Request, Result, Session
from dlcv_viz.engine.store import Store
from dlcv_viz.registry import Drawing, Registered, registered
from unchanged import unchanged


def _found() -> dict[str, Registered]:
    every = dict[str, Registered]()
    for info in iter_modules(figures.__path__):
        entries = registered(import_module(f"{figures.__name__}.{info.name}"))
        every |= {f"{info.name}.{name}": entry for name, entry in entries.items()}
    return every


FOUND = _found()
FIGURES = [name for name, entry in FOUND.items() if entry.kind == "figure"]
EXAMPLES = [name for name, entry in FOUND.items() if entry.kind == "example"]


@cache
def drawings(name: str) -> tuple[Drawing, ...]:
    """Draw every frame of a figure, with the arguments that it has by itself."""
    np.random.rand()  # noqa: NPY002  # a figure that uses the global state is another one each time
    with unchanged():
        return tuple(FOUND[name].function(**frame) for frame in FOUND[name].describe().frames)


def built(name: str) -> tuple[str, ...]:
    """Return every frame of a figure in light as a build has it, drawn by another process."""
    store = Store(Path(__file__).parent.parent / "_build/figures")
    with Session(store, [figures.__name__], lambda: FigurePool(1, timeout=60)) as session:
        result = session.resolve({Request(name): "svg"}, verified=True)[Request(name)]
    assert isinstance(result, Result), result
    return tuple(store.path(p).read_text(encoding="utf-8") for p in result.entry.files["light"])
