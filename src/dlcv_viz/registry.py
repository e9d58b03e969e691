"""What a figure function is: its parameters, its facts, its description.

Nothing here imports numpy or matplotlib: Sphinx reads descriptions in builds that draw nothing.
"""

import difflib
import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from math import prod
from pkgutil import iter_modules
from types import ModuleType
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

from dlcv_viz.description import Description
from dlcv_viz.facts import Facts, Scalar
from dlcv_viz.parameters import ArgumentError, Parameter, Range, parameter_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "ArgumentError",
    "Description",
    "Drawing",
    "Parameter",
    "Range",
    "Registered",
    "Sweep",
    "example",
    "figure",
    "find",
    "nearest",
    "registered",
]

MAX_FRAMES = 40  # a reader steps through them; the stack of frames is one file
MAX_TOGETHER = 64  # frames of two parameters

_Function = TypeVar("_Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture and the facts it shows.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Drawn in the marker colours of `dlcv_viz.draw.theme`.
    facts : mapping of str to str, int, float, bool or a list of these
        What captions, alt texts and prose may quote.
    """

    figure: "Figure"
    facts: Facts


@dataclass(frozen=True, slots=True)
class Sweep:
    """Draw a figure once for every value of one parameter.

    Parameters
    ----------
    parameter : str
        Keyword of the figure function that the values are given to.
    values : sequence of str, int, float or bool
        At most 40, in the order in which a reader steps through them.
    label : str
        What a value is called beside the slider, such as ``"update"``.
    start : int, default -1
        Index of the frame that stands for the whole where nothing can move.
    """

    parameter: str
    values: Sequence[Scalar]
    label: str
    start: int = -1

    def __post_init__(self) -> None:
        """Refuse a sweep that no page could show."""
        if not 2 <= len(self.values) <= MAX_FRAMES:
            raise ValueError(f"a sweep has 2 to {MAX_FRAMES} values, not {len(self.values)}")
        if not -len(self.values) <= self.start < len(self.values):
            raise ValueError(f"a sweep of {len(self.values)} values has no frame {self.start}")


@dataclass(frozen=True, slots=True)
class Registered:
    """A function with what its decorator said."""

    function: Callable[..., Any]
    kind: str
    alt: str = ""
    sweeps: tuple[Sweep, ...] = ()

    def describe(self) -> Description:
        """Describe the function by its signature and decorator.

        Returns
        -------
        Description
            Plain data.

        Raises
        ------
        TypeError
            If a parameter is not keyword-only, has no default, an unknown type, or a default that
            a page could not give.
        """
        function = self.function
        name = f"{function.__module__.rpartition('.')[2]}.{function.__name__}"
        hints = get_type_hints(function, include_extras=True)
        parameters = tuple(
            parameter_of(name, p, hints.get(p.name))
            for p in inspect.signature(function).parameters.values()
        )
        sweeps = []
        for sweep in self.sweeps:
            swept = next((p for p in parameters if p.name == sweep.parameter), None)
            if swept is None:
                raise TypeError(f"{name} has no parameter {sweep.parameter!r} to sweep")
            values = [swept.check(value) for value in sweep.values]
            sweeps.append({**asdict(sweep), "values": values})
        summary = (inspect.getdoc(function) or "").partition("\n")[0]
        return Description(name, self.kind, summary, parameters, self.alt, tuple(sweeps))


def figure(
    *, alt: str, sweep: Sweep | tuple[Sweep, Sweep] | None = None
) -> Callable[[_Function], _Function]:
    """Register a function that returns a `Drawing`.

    Parameters
    ----------
    alt : str
        Alternative text: the insight, with facts in braces.
    sweep : Sweep or two of them, optional
        Draw the figure once a value, or once for every pair of values: at most 64.

    Returns
    -------
    callable
        A decorator that leaves the function as it is.

    Raises
    ------
    ValueError
        If the alternative text is empty, or there are too many frames.
    """
    if not alt.strip():
        raise ValueError('a figure needs an alternative text: alt="..."')
    sweeps = (sweep,) if isinstance(sweep, Sweep) else sweep or ()
    n_frames = prod(len(each.values) for each in sweeps)
    if len(sweeps) > 1 and n_frames > MAX_TOGETHER:
        raise ValueError(f"two sweeps have at most {MAX_TOGETHER} frames, not {n_frames}")
    return _mark("figure", alt=alt, sweeps=sweeps)


def example(function: _Function) -> _Function:
    """Register a function that returns the facts of a worked example."""
    return _mark("example")(function)


def _mark(kind: str, **said: Any) -> Callable[[_Function], _Function]:
    def mark(function: _Function) -> _Function:
        function.dlcv = Registered(function, kind, **said)  # type: ignore[attr-defined]  # a mark on the function: no table to keep
        return function

    return mark


def registered(module: ModuleType) -> dict[str, Registered]:
    """Return the functions that a module registers, by their own names."""
    return {
        name: value.dlcv
        for name, value in vars(module).items()
        if inspect.isfunction(value)
        and value.__module__ == module.__name__
        and hasattr(value, "dlcv")
    }


def find(name: str, packages: Iterable[str]) -> Registered:
    """Find a registered function by importing its module.

    Parameters
    ----------
    name : str
        ``module.function``.
    packages : iterable of str
        Packages that are searched for the module, in this order.

    Returns
    -------
    Registered
        The first one found.

    Raises
    ------
    LookupError
        If no package has the module, or the module has no such function.
    ModuleNotFoundError
        If the module is there, but not what it imports.
    """
    packages = tuple(packages)
    module_name, _, function = name.rpartition(".")
    if not module_name:
        raise LookupError(f"{name!r} is no name of a figure: write module.function")
    for package in packages:
        full = f"{package}.{module_name}"
        try:
            module = import_module(full)
        except ModuleNotFoundError as error:
            if error.name is not None and f"{full}.".startswith(f"{error.name}."):
                continue
            raise  # the module is there, what it imports is not
        found = registered(module)
        if function in found:
            return found[function]
        raise LookupError(f"{module_name} has no figure {function!r}{nearest(function, found)}")
    hint = nearest(module_name, (module for package in packages for module in _modules(package)))
    raise LookupError(f"no module {module_name!r} of figures in {', '.join(packages)}{hint}")


def _modules(package: str) -> list[str]:
    try:
        return [info.name for info in iter_modules(import_module(package).__path__)]
    except ModuleNotFoundError:
        return []


def nearest(name: str, known: Iterable[str]) -> str:
    """Say which of the known names are near: ``"; did you mean 'a' or 'b'?"``."""
    known = sorted(known)
    close = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if close:
        return "; did you mean " + " or ".join(map(repr, close)) + "?"
    return "; there are " + ", ".join(known) if known else ""
