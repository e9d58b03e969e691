"""One build's figures: what is asked for, what the store has, what is drawn."""

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from dlcv_viz.engine import worker
from dlcv_viz.engine.fingerprint import Sources, installed_versions
from dlcv_viz.engine.guard import NO_LIMITS, Limits
from dlcv_viz.engine.store import DamagedError, Entry, Store
from dlcv_viz.registry import ArgumentError, Description, nearest

FORMAT = 3  # raise when the content of entries changes
_WORKER = "dlcv_viz.engine.worker"
_IMPORTS, SECONDS = "imports.json", "seconds.json"
# What draws, whether a figure's modules import it or not.
_DRAWS = ("contourpy", "fonttools", "matplotlib", "numpy", "pillow")

Progress = Callable[[Iterable["Future[Any]"], int], Iterable["Future[Any]"]]


class Request(NamedTuple):
    """A figure or an example with arguments, as a page asks for it.

    Parameters
    ----------
    name : str
        ``module.function``.
    arguments : str
        The given arguments as canonical JSON.
    """

    name: str
    arguments: str = "{}"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a request has no entry.

    Parameters
    ----------
    message : str
        One line.
    details : str
        The function's own traceback, if it raised.
    """

    message: str
    details: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What a request gave."""

    key: str
    entry: Entry
    description: Description


@dataclass(frozen=True, slots=True)
class _Task:
    form: str
    description: Description
    arguments: Mapping[str, Any]
    other: Entry | None  # what another form has: facts, and what the function warned about
    requests: list[Request] = field(default_factory=list)


class Session:
    """Resolve requests from the store, and draw what it has not.

    Parameters
    ----------
    store : Store
        Where figures are kept.
    packages : sequence of str
        Packages whose modules are searched for figures, in this order.
    executor : callable
        Makes any `Executor`, or a context manager around one, when something must be drawn.
    progress : callable
        Wraps the futures as they complete, given their number.
    limits : Limits, optional
        What each task holds itself to, whatever its executor does.
    """

    def __init__(
        self,
        store: Store,
        packages: Sequence[str],
        executor: Callable[[], AbstractContextManager[Executor]],
        progress: Progress = lambda futures, _: futures,
        limits: Limits = NO_LIMITS,
    ) -> None:
        self.store = store
        self.printed: dict[str, str] = {}
        self.drawn = 0
        self._packages = tuple(packages)
        self._make_executor = executor
        self._executor: Executor | None = None
        self._open = ExitStack()
        self._futures: list[Future[dict[str, Any]]] = []
        self._progress = progress
        self._limits = limits
        self._imports: dict[str, list[str]] = store.read_json(_IMPORTS) or {}
        self._n_imports = len(self._imports)
        self.sources = Sources([*packages, "dlcv_viz"], self._imports)
        self._descriptions: dict[str, dict[str, Description] | Failure] = {}

    def __enter__(self) -> "Session":
        """Return the session."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the workers, and keep what was learnt of imports."""
        # Something runs only after an interrupt. Ours can end it, and Python 3.14's process pool.
        getattr(self._executor, "kill_workers", lambda: None)()
        for future in self._futures:
            future.cancel()
        self._open.close()
        if len(self._imports) != self._n_imports:
            self.store.write_json(_IMPORTS, self._imports)

    @property
    def registered(self) -> list[str]:
        """The names of all functions in the modules that were asked for."""
        found = [f for f in self._descriptions.values() if not isinstance(f, Failure)]
        return [description.name for functions in found for description in functions.values()]

    def resolve(
        self, forms: Mapping[Request, str], *, verified: bool = False
    ) -> dict[Request, Result | Failure]:
        """Give every request its entry.

        Parameters
        ----------
        forms : mapping of Request to str
            Which form each is wanted in: ``"svg"``, ``"pdf"``, ``"png"`` or ``"facts"``. What
            comes to the same figure with the same arguments is drawn once.
        verified : bool, default False
            Whether to read the pictures and draw those again whose bytes are damaged.

        Returns
        -------
        dict of Request to Result or Failure
            For every request.
        """
        self._describe({r.name.rpartition(".")[0] for r in forms if "." in r.name})
        results: dict[Request, Result | Failure] = {}
        missing: dict[str, _Task] = {}
        # Pictures first: an entry with a picture has the facts too.
        for request in sorted(forms, key=lambda request: forms[request] == "facts"):
            description = self._description(request.name)
            if isinstance(description, Failure):
                results[request] = description
                continue
            try:
                arguments = description.arguments(json.loads(request.arguments))
            except ArgumentError as error:
                results[request] = Failure(str(error))
                continue
            key = self._key(request.name, arguments)
            form = "facts" if description.kind == "example" else forms[request]
            entry = self._stored(key, form, verified=verified)
            if entry is not None:
                results[request] = Result(key, entry, description)
            else:
                if key not in missing:
                    other = self._stored(key, "facts", verified=verified)
                    missing[key] = _Task(form, description, arguments, other)
                missing[key].requests.append(request)
        return results | self._draw(missing)

    def _stored(self, key: str, form: str, *, verified: bool) -> Entry | None:
        # Facts do not depend on the form: any entry of the key has them.
        for candidate in ("facts", "svg", "pdf", "png") if form == "facts" else (form,):
            entry = self.store.entry(key, candidate)
            if entry is None:
                continue
            if verified:
                try:
                    self.store.verify(entry)
                except DamagedError:
                    continue
            return entry
        return None

    def _draw(self, missing: Mapping[str, _Task]) -> dict[Request, Result | Failure]:
        if not missing:
            return {}
        seconds: dict[str, float] = self.store.read_json(SECONDS) or {}
        # The longest first, so that no worker is left alone with it; an unknown one may be long.
        order = sorted(missing, key=lambda key: -seconds.get(missing[key].description.name, 1e9))
        running = {}
        for key in order:
            task = missing[key]
            call = (self._packages, task.description.name, task.arguments, task.form)
            known = task.other.facts if task.other else ()
            running[self._submit(worker.render, *call, known=known)] = key
        results: dict[Request, Result | Failure] = {}
        for future in self._progress(as_completed(running), len(running)):
            key = running[future]
            task = missing[key]
            drawn = _outcome(future)
            results.update(dict.fromkeys(task.requests, self._finish(key, task, drawn)))
            if "seconds" in drawn:
                seconds[task.description.name] = round(drawn["seconds"], 3)
        self.store.write_json(SECONDS, seconds)
        return results

    def _finish(self, key: str, task: _Task, drawn: Mapping[str, Any]) -> Result | Failure:
        name = task.description.name
        if "error" in drawn:
            said = ", ".join(f"{k}={v!r:.200}" for k, v in task.arguments.items())  # may be long
            return Failure(f"{name}({said}) failed: {drawn['error']}", drawn.get("details", ""))
        self.drawn += 1
        if drawn["printed"]:
            self.printed[name] = drawn["printed"]
        if task.other:  # of frames that were skipped, too
            drawn = {**drawn, "warned": [*dict.fromkeys([*task.other.warned, *drawn["warned"]])]}
        return Result(key, self.store.save(key, task.form, name, drawn), task.description)

    def _describe(self, modules: Iterable[str]) -> None:
        tasks = {}
        for module in sorted(set(modules) - self._descriptions.keys()):
            full = self._locate(module)
            if full is None:
                continue
            digest = self.sources.digest(full)
            stored = self.store.read_json(f"modules/{digest}.json")
            if stored is not None:
                self._descriptions[module] = _descriptions(stored)
            else:
                tasks[self._submit(worker.describe, full)] = module, digest
        for future in as_completed(tasks):
            module, digest = tasks[future]
            found = _outcome(future)
            if "error" in found:
                message = f"module {module!r} of figures cannot be used: {found['error']}"
                self._descriptions[module] = Failure(message, found.get("details", ""))
            else:
                self.store.write_json(f"modules/{digest}.json", found["functions"])
                self._descriptions[module] = _descriptions(found["functions"])

    def _locate(self, module: str) -> str | None:
        for package in self._packages:
            if self.sources.find(f"{package}.{module}") is not None:
                return f"{package}.{module}"
        where = ", ".join(self._packages)
        known = [name for package in self._packages for name in self.sources.siblings(package)]
        hint = nearest(module, known)
        self._descriptions[module] = Failure(f"no module {module!r} of figures in {where}{hint}")
        return None

    def _description(self, name: str) -> Description | Failure:
        module, dot, function = name.rpartition(".")
        if not dot:
            return Failure(f"{name!r} is no name of a figure: write module.function")
        found = self._descriptions[module]
        if isinstance(found, Failure):
            return found
        if function not in found:
            known = [f"{module}.{other}" for other in found]
            return Failure(f"no figure or example {name!r}{nearest(name, known)}")
        return found[function]

    def _key(self, name: str, arguments: Mapping[str, Any]) -> str:
        full = self._locate(name.rpartition(".")[0])
        parts = [name, arguments, self.sources.digest(full or ""), self._engine]
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:40]

    @cached_property
    def _engine(self) -> list[Any]:
        """What every figure depends on."""
        versions = [installed_versions().get(package, "") for package in _DRAWS]
        python = platform.python_version_tuple()[:2]
        # The worker imports the themes.
        return [FORMAT, self.sources.digest(_WORKER), versions, python]

    def _submit(
        self, call: Callable[..., Any], *args: object, **more: object
    ) -> "Future[dict[str, Any]]":
        if self._executor is None:
            self._executor = self._open.enter_context(self._make_executor())
        try:
            future = self._executor.submit(call, *args, **more, limits=self._limits)
        except Exception as error:  # noqa: BLE001  # a standard pool that lost a worker takes nothing more
            future = Future()
            future.set_exception(error)
        self._futures.append(future)
        return future


def _outcome(future: "Future[dict[str, Any]]") -> dict[str, Any]:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001  # whatever an executor gives for a lost worker
        return {"error": str(error) or type(error).__name__}


def _descriptions(functions: Mapping[str, Any]) -> dict[str, Description]:
    return {name: Description.from_json(data) for name, data in functions.items()}
