"""What a worker does: describe a module, draw a figure. Tasks and results are plain data.

The only part of the engine that imports matplotlib, and only inside its functions.
"""

import contextlib
import importlib
import io
import threading
import time
import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dlcv_viz.engine.guard import NO_LIMITS, LateError, Limits, failure_text, guarded
from dlcv_viz.facts import checked_facts
from dlcv_viz.parameters import parameter_of
from dlcv_viz.registry import Description, Drawing, Registered, find, registered

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PACKAGES = ("dlcv_viz.figures",)
# Pictures that cannot follow the reader's theme, and the one they have.
_SOLE_THEME = {"pdf": "light", "png": "dark"}


def describe(module: str, limits: Limits = NO_LIMITS) -> dict[str, Any]:
    """Describe every registered function of a module.

    Parameters
    ----------
    module : str
        Full dotted name.
    limits : Limits, optional
        What importing it may use.

    Returns
    -------
    dict
        Under ``functions`` the descriptions as JSON by name; or ``error`` and ``details``.
    """
    try:
        with _caught(io.StringIO()), guarded(limits, []):
            found = registered(importlib.import_module(module))
        functions = {name: entry.describe().to_json() for name, entry in found.items()}
    except (Exception, SystemExit, LateError) as error:  # noqa: BLE001  # any error of the author's code is the result
        return _failure(error, limits)
    return {"functions": functions}


def render(
    packages: Iterable[str],
    name: str,
    arguments: Mapping[str, Any],
    form: str,
    *,
    known: Sequence[Mapping[str, Any]] = (),
    limits: Limits = NO_LIMITS,
) -> dict[str, Any]:
    """Draw a figure, every frame that the form shows, in every theme.

    Parameters
    ----------
    packages : iterable of str
        Where the figure's module is looked for.
    name : str
        ``module.function``.
    arguments : mapping
        Checked arguments, without the swept one.
    form : str
        ``"svg"`` in every theme, ``"pdf"`` of key frames for paper, ``"png"`` for who shows a
        link, or ``"facts"``: no picture.
    known : sequence of mapping, optional
        The facts of every frame, where they are known: then frames without a picture are skipped.
    limits : Limits, optional
        What the figure may use.

    Returns
    -------
    dict
        ``facts``, ``start``, ``values``, ``width``, ``height``, ``files`` (bytes), ``warned``,
        ``seconds`` and ``printed``; or ``error`` and ``details``.
    """
    printed, warned = io.StringIO(), list[str]()
    try:
        with _caught(printed):
            # Warns in the first figure of a process only, so that is none of the figure's warnings.
            entry = find(name, packages)
            with guarded(limits, warned):
                started = time.perf_counter()
                drawn = _render(entry, arguments, form, known)
                seconds = time.perf_counter() - started
    except (Exception, SystemExit, LateError) as error:  # noqa: BLE001  # any error of the author's code is the result
        return _failure(error, limits)
    return {**drawn, "warned": warned, "seconds": seconds, "printed": printed.getvalue()}


def draw_light(name: str, arguments: Mapping[str, object]) -> "Figure":
    """Draw one figure in the colours of the light theme, for `dlcv_viz.draw`."""
    from dlcv_viz.draw.svg import recoloured  # noqa: PLC0415  # matplotlib only when used

    entry = find(name, PACKAGES)
    description = entry.describe()
    if description.sweeps:  # here one frame is drawn: a swept parameter is one like the others
        start = description.frames[description.start]
        parameters = [
            replace(p, default=start.get(p.name, p.default)) for p in description.parameters
        ]
        description = replace(description, parameters=tuple(parameters), sweeps=())
    drawn = _call(entry, description.arguments(arguments), picture=True)
    return recoloured(drawn.figure, "light")


def _render(
    entry: Registered, arguments: Mapping[str, Any], form: str, known: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    description = entry.describe()
    shown = _shown(description, form)
    facts, saved, size = list(known), list[Any](), (0.0, 0.0)
    for place, frame in enumerate(description.frames):
        if known and place not in shown:
            continue
        drawing = _call(entry, {**arguments, **frame}, picture=entry.kind == "figure")
        if not known:
            facts.append(checked_facts(drawing.facts))
        if place in shown:  # one by one: a sweep need not hold all its figures
            picture, size = _saved(drawing.figure, form)
            saved.append(picture)
    return {
        "facts": facts,
        "start": description.start,
        "values": [[*frame.values()] for frame in description.frames] if description.sweeps else [],
        "width": size[0],
        "height": size[1],
        "files": _files(saved, description, form) if saved else {},
    }


def _shown(description: Description, form: str) -> Collection[int]:
    """Return the frames of which the form has a picture."""
    if form == "facts" or description.kind != "figure":
        return ()
    return description.paper_frames if form == "pdf" else range(len(description.frames))


def _call(entry: Registered, arguments: Mapping[str, Any], *, picture: bool) -> Drawing:
    result = entry.function(**arguments)
    if not picture:
        return Drawing(None, result)  # type: ignore[arg-type]  # an example has no picture
    from matplotlib.figure import Figure  # noqa: PLC0415  # matplotlib only when used

    if not isinstance(result, Drawing) or not isinstance(result.figure, Figure):
        raise TypeError(f"returned {type(result).__name__}, not a Drawing with a Figure")
    return result


def _saved(figure: "Figure", form: str) -> tuple[str | bytes, tuple[float, float]]:
    from dlcv_viz.draw.svg import (  # noqa: PLC0415  # matplotlib only when used
        PNG_DPI,
        pdf_bytes,
        png_bytes,
        size,
        svg_text,
    )

    if form == "svg":
        svg = svg_text(figure)
        return svg, size(svg)
    save, dpi = {"pdf": (pdf_bytes, 96), "png": (png_bytes, PNG_DPI)}[form]
    width, height = (dpi * side for side in figure.get_size_inches().tolist())
    return save(figure, _SOLE_THEME[form]), (width, height)


def _files(saved: Sequence[Any], description: Description, form: str) -> dict[str, list[bytes]]:
    """Return the pictures of every theme, and what holds all frames of a sweep."""
    if form in _SOLE_THEME:
        kind = "-key" if form == "pdf" and description.sweeps else ""
        return {_SOLE_THEME[form] + kind: list(saved)}
    from dlcv_viz.draw.stack import Frames  # noqa: PLC0415  # matplotlib only when used
    from dlcv_viz.draw.svg import themed  # noqa: PLC0415
    from dlcv_viz.draw.theme import THEMES  # noqa: PLC0415

    pictures = {"": list(saved)}
    if description.sweeps:
        frames = Frames(saved)
        labels = {frame: description.told(frame) for frame in description.key_frames(6)}
        pictures |= {"-stack": [frames.stack(description.start)], "-sheet": [frames.sheet(labels)]}
    return {
        f"{theme}{kind}": [themed(svg, theme).encode() for svg in found]
        for theme in THEMES
        for kind, found in pictures.items()
    }


def _failure(error: BaseException, limits: Limits) -> dict[str, Any]:
    trace = error.__traceback__
    while trace is not None and _is_ours(trace.tb_frame.f_code.co_filename):
        trace = trace.tb_next
    # What we found wrong with a result has a message; where in our code is nobody's concern.
    # The line of a syntax error is in no frame.
    is_told = trace is not None or isinstance(error, SyntaxError)
    is_told &= not isinstance(error, LateError)  # raised wherever it was at that moment
    lines = traceback.format_exception(type(error), error, trace) if is_told else []
    return {"error": failure_text(error, limits), "details": "".join(lines)}


def _is_ours(filename: str) -> bool:
    checks = (_is_ours, find, checked_facts, parameter_of, failure_text)
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
