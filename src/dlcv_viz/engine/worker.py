"""What a worker does: describe a module, draw a figure. Tasks and results are plain data.

The only part of the engine that imports matplotlib, and only inside its functions.
"""

import contextlib
import importlib
import io
import threading
import time
import traceback
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dlcv_viz.facts import checked_facts
from dlcv_viz.parameters import parameter_of
from dlcv_viz.registry import Drawing, Registered, find, registered

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PACKAGES = ("dlcv_viz.figures",)


def describe(module: str) -> dict[str, Any]:
    """Describe every registered function of a module.

    Parameters
    ----------
    module : str
        Full dotted name.

    Returns
    -------
    dict
        Under ``functions`` the descriptions as JSON by name; or ``error`` and ``details``.
    """
    try:
        with _caught(io.StringIO()):
            found = registered(importlib.import_module(module))
        functions = {name: entry.describe().to_json() for name, entry in found.items()}
    except (Exception, SystemExit) as error:  # noqa: BLE001  # any error of the author's code is the result
        return _failure(error)
    return {"functions": functions}


def render(
    packages: Iterable[str], name: str, arguments: Mapping[str, Any], form: str
) -> dict[str, Any]:
    """Draw a figure, every frame of it, in every theme.

    Parameters
    ----------
    packages : iterable of str
        Where the figure's module is looked for.
    name : str
        ``module.function``.
    arguments : mapping
        Checked arguments, without the swept one.
    form : str
        ``"svg"``, ``"pdf"`` or ``"facts"``: no picture.

    Returns
    -------
    dict
        ``facts``, ``start``, ``values``, ``width``, ``height``, ``files`` (bytes), ``seconds`` and
        ``printed``; or ``error`` and ``details``.
    """
    started = time.perf_counter()
    printed = io.StringIO()
    try:
        with _caught(printed):
            drawn = _render(find(name, packages), arguments, form)
    except (Exception, SystemExit) as error:  # noqa: BLE001  # any error of the author's code is the result
        return _failure(error)
    return {**drawn, "seconds": time.perf_counter() - started, "printed": printed.getvalue()}


def draw_light(name: str, arguments: Mapping[str, object]) -> "Figure":
    """Draw one figure in the colours of the light theme, for `dlcv_viz.draw`."""
    from dlcv_viz.draw.svg import recoloured  # noqa: PLC0415  # matplotlib only when used

    entry = find(name, PACKAGES)
    description = entry.describe()
    sweep = description.sweep
    if sweep:  # here one frame is drawn: the swept parameter is one like the others
        parameters = [
            replace(p, default=sweep["values"][sweep["start"]])
            if p.name == sweep["parameter"]
            else p
            for p in description.parameters
        ]
        description = replace(description, parameters=tuple(parameters), sweep=None)
    drawn = _call(entry, description.arguments(arguments), picture=True)
    return recoloured(drawn.figure, "light")


def _render(entry: Registered, arguments: Mapping[str, Any], form: str) -> dict[str, Any]:
    sweep = entry.describe().sweep
    values = sweep["values"] if sweep else []
    frames = [{sweep["parameter"]: value} for value in values] if sweep else [{}]
    facts, files = [], dict[str, list[bytes]]()
    width = height = 0.0
    for frame in frames:
        drawing = _call(entry, {**arguments, **frame}, picture=entry.kind == "figure")
        facts.append(checked_facts(drawing.facts))
        if form != "facts" and entry.kind == "figure":
            pictures, (width, height) = _pictures(drawing.figure, form)
            for theme, data in pictures.items():
                files.setdefault(theme, []).append(data)
    start = range(len(frames))[sweep["start"]] if sweep else 0
    return {
        "facts": facts,
        "start": start,
        "values": values,
        "width": width,
        "height": height,
        "files": files,
    }


def _call(entry: Registered, arguments: Mapping[str, Any], *, picture: bool) -> Drawing:
    result = entry.function(**arguments)
    if not picture:
        return Drawing(None, result)  # type: ignore[arg-type]  # an example has no picture
    from matplotlib.figure import Figure  # noqa: PLC0415  # matplotlib only when used

    if not isinstance(result, Drawing) or not isinstance(result.figure, Figure):
        raise TypeError(f"returned {type(result).__name__}, not a Drawing with a Figure")
    return result


def _pictures(figure: "Figure", form: str) -> tuple[dict[str, bytes], tuple[float, float]]:
    from dlcv_viz.draw.svg import pdf_bytes, size, svg_text, themed  # noqa: PLC0415  # matplotlib
    from dlcv_viz.draw.theme import THEMES  # noqa: PLC0415

    if form == "pdf":
        width, height = figure.get_size_inches() * 96
        return {"light": pdf_bytes(figure)}, (float(width), float(height))
    svg = svg_text(figure)
    return {theme: themed(svg, theme).encode() for theme in THEMES}, size(svg)


def _failure(error: BaseException) -> dict[str, Any]:
    trace = error.__traceback__
    while trace is not None and _is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    # What we found wrong with a result has a message; where in our code is nobody's concern.
    # The line of a syntax error is in no frame.
    is_told = trace is not None or isinstance(error, SyntaxError)
    lines = traceback.format_exception(type(error), error, trace) if is_told else []
    return {"error": f"{type(error).__name__}: {error}", "details": "".join(lines)}


def _is_ours(filename: str) -> bool:
    checks = (_is_ours, find, checked_facts, parameter_of)
    ours = {function.__code__.co_filename for function in checks}
    return filename in ours or filename.startswith("<frozen ") or filename == importlib.__file__


@contextlib.contextmanager
def _caught(printed: io.StringIO) -> Iterator[None]:
    """Catch what is printed, unless other threads may print: `sys.stdout` is one for all."""
    with contextlib.ExitStack() as stack:
        if threading.current_thread() is threading.main_thread():
            stack.enter_context(contextlib.redirect_stdout(printed))
            stack.enter_context(contextlib.redirect_stderr(printed))
        yield
