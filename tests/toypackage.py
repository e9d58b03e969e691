"""A package of figures in a folder, and an executor that runs at once: for tests of the library."""

import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from dlcv_viz.engine.session import Failure, Request, Result, Session
from dlcv_viz.engine.store import Store
from minisite import HEAD

P = ParamSpec("P")
T = TypeVar("T")


@dataclass
class ToyPackage:
    """A package that can be imported, and the store of what was drawn of it."""

    folder: Path
    name: str = "toyfigures"
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store(self.folder / "store")

    def module(self, text: str, name: str = "toy") -> str:
        """Write a module of figures, with the imports that all need; return its full name."""
        self.source(HEAD + text, f"{self.name}/{name}.py")
        return f"{self.name}.{name}"

    def source(self, text: str, path: str) -> Path:
        """Write any source file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.parent != self.folder:
            (file.parent / "__init__.py").touch()
        file.write_text(text, encoding="utf-8")
        self.forget()
        return file

    def forget(self) -> None:
        """Let the next import read the sources, as a new process would."""
        for name, module in list(sys.modules.items()):
            if str(getattr(module, "__file__", None)).startswith(str(self.folder)):
                del sys.modules[name]

    def session(self, executor: Callable[[], Executor] | None = None) -> Session:
        """Begin what one build does."""
        return Session(self.store, [self.name], executor or Inline)

    def resolve(
        self, *requests: Request, form: str = "svg", executor: Callable[[], Executor] | None = None
    ) -> list[Result | Failure]:
        """Resolve requests as one build does."""
        with self.session(executor) as session:
            found = session.resolve(dict.fromkeys(requests, form))
        return [found[request] for request in requests]

    def calls(self, *requests: Request, form: str = "svg", verified: bool = False) -> list[str]:
        """Name what one build lets its executor do, in order."""
        made: list[Inline] = []

        def make() -> Inline:
            made.append(Inline())
            return made[-1]

        with self.session(make) as session:
            session.resolve(dict.fromkeys(requests, form), verified=verified)
        return [call[2] if call[0] == "render" else call[1] for one in made for call in one.calls]

    def key(self, name: str = "toy.add", arguments: str = "{}") -> str:
        """Return the key of a figure in a new build."""
        self.forget()
        return drawn(*self.resolve(Request(name, arguments), form="facts")).key

    def files(self) -> dict[str, bytes]:
        """Return the stored pictures by name."""
        return {path.name: path.read_bytes() for path in (self.store.folder / "files").glob("*")}


class Inline(Executor):
    """Run each call when it is submitted, in the process of the test."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Call and keep what was called."""
        self.calls.append((fn.__name__, *args))
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  # as an executor does
            future.set_exception(error)
        return future


def drawn(found: Result | Failure) -> Result:
    """Return a result that is no failure."""
    assert isinstance(found, Result), found
    return found


def failed(found: Result | Failure) -> Failure:
    """Return a result that is a failure."""
    assert isinstance(found, Failure), found
    return found
