"""The command line: ``python -m dlcv_viz list | show NAME | render NAME | prune``."""

import argparse
import ast
import json
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from dlcv_viz.engine import worker
from dlcv_viz.engine.shown import keys_in_use
from dlcv_viz.engine.store import Store
from dlcv_viz.facts import FactError, fill
from dlcv_viz.registry import ArgumentError, find, registered


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the command line by default.

    Returns
    -------
    int
        0, or 1 after an error, which is printed.
    """
    options = _parser().parse_args(arguments)
    try:
        sys.stdout.write(f"{options.command(options)}\n")
    except (LookupError, ArgumentError, FactError, ImportError, OSError) as error:
        sys.stderr.write(f"dlcv_viz: {error}\n")
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m dlcv_viz", description="Figures and facts.")
    package = argparse.ArgumentParser(add_help=False)
    package.add_argument(
        "--package",
        action="append",
        dest="packages",
        metavar="NAME",
        help="package searched for figures; may be given again (default: dlcv_viz.figures)",
    )
    one = argparse.ArgumentParser(add_help=False, parents=[package])
    one.add_argument("name", help="module.function, such as perceptron.boundary")
    one.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    commands = parser.add_subparsers(required=True)
    listing = commands.add_parser("list", parents=[package], help="name every figure and example")
    listing.set_defaults(command=_list)
    show = commands.add_parser("show", parents=[one], help="print parameters, alt text and facts")
    show.set_defaults(command=_show)
    render = commands.add_parser("render", parents=[one], help="draw a figure to a file")
    render.add_argument("--theme", choices=("light", "dark"), default="light")
    render.add_argument("--frame", type=int, help="which frame of a swept figure, from 0")
    render.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.svg|pdf")
    render.set_defaults(command=_render)
    prune = commands.add_parser("prune", help="drop drawn figures that no built page shows")
    prune.add_argument("--store", type=Path, default=Path("_build/figures"))
    prune.set_defaults(command=_prune)
    return parser


def _list(options: argparse.Namespace) -> str:
    lines = []
    for package in _packages(options):
        for info in iter_modules(import_module(package).__path__):
            for entry in registered(import_module(f"{package}.{info.name}")).values():
                description = entry.describe()
                lines.append(f"{description.name:36} {description.kind:8} {description.summary}")
    return "\n".join(sorted(lines))


def _show(options: argparse.Namespace) -> str:
    description = find(options.name, _packages(options)).describe()
    drawn = _call(options, "facts")
    facts = drawn["facts"][drawn["start"]]
    lines = [f"{description.name}: {description.summary}", "", "parameters"]
    lines += [f"  {p.name} = {p.default!r}  ({p.allowed})" for p in description.parameters]
    if description.alt:
        lines += ["", "alternative text", f"  {fill(description.alt, {**facts, **_frames(drawn)})}"]
    lines += ["", "facts"]
    lines += [f"  {name} = {json.dumps(value)}" for name, value in facts.items()]
    return "\n".join(lines)


def _render(options: argparse.Namespace) -> str:
    form = options.output.suffix.removeprefix(".")
    if form not in {"svg", "pdf"}:
        raise ArgumentError(f"{options.output} ends neither in .svg nor in .pdf")
    drawn = _call(options, form)
    pictures = drawn["files"].get(options.theme)
    if pictures is None:
        raise LookupError(f"{options.name} has no {options.theme} picture as {form}")
    frame = drawn["start"] if options.frame is None else options.frame
    if not 0 <= frame < len(pictures):
        raise ArgumentError(f"--frame {frame} is not from 0 to {len(pictures) - 1}")
    options.output.write_bytes(pictures[frame])
    return f"{options.output}"


def _prune(options: argparse.Namespace) -> str:
    store = Store(options.store)
    return f"{store.prune(keys_in_use(store))} files dropped from {options.store}"


def _call(options: argparse.Namespace, form: str) -> dict[str, Any]:
    description = find(options.name, _packages(options)).describe()
    given = dict(_pair(text) for text in options.set)
    arguments = description.arguments(given)
    drawn = worker.render(_packages(options), options.name, arguments, form)
    if "error" in drawn:
        raise LookupError(f"{options.name} failed\n{drawn['details']}")
    return drawn


def _pair(text: str) -> tuple[str, object]:
    name, equals, value = text.partition("=")
    if not equals:
        raise ArgumentError(f"--set {text} is not NAME=VALUE")
    try:
        return name, ast.literal_eval(value)
    except (SyntaxError, ValueError):
        return name, value  # a bare word is a string


def _frames(drawn: dict[str, Any]) -> dict[str, int]:
    return {"frames": len(drawn["values"])} if drawn["values"] else {}


def _packages(options: argparse.Namespace) -> tuple[str, ...]:
    return tuple(options.packages or worker.PACKAGES)


if __name__ == "__main__":
    sys.exit(main())
