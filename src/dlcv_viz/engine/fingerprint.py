"""What a figure's pixels depend on: the source of its import closure and the packages it uses.

Files are found by hand below `sys.path`: `importlib.util.find_spec("a.b")` would import `a`.
"""

import ast
import hashlib
import os
import re
import site
import sys
import sysconfig
from collections.abc import Iterable, MutableMapping
from functools import cache
from importlib.util import resolve_name
from pathlib import Path

Imports = list[str]


class Sources:
    """Source files of modules, their imports and digests, each read once.

    Parameters
    ----------
    packages : iterable of str
        Packages whose modules are followed wherever they are installed. Others are followed only
        outside the folders of installed packages.
    memo : mutable mapping
        Import lists by digest of the text, kept from build to build: parsing is what costs.
    """

    def __init__(self, packages: Iterable[str], memo: MutableMapping[str, Imports]) -> None:
        self._own = {package.partition(".")[0] for package in packages}
        self._outside = [root for root in sys.path if not _is_installed(root)]
        self._memo = memo
        self._files: dict[str, Path | None] = {}
        self._texts: dict[Path, tuple[bytes, str]] = {}
        self._parsed: dict[Path, ast.Module] = {}
        self._digests: dict[str, str] = {}

    def find(self, module: str) -> Path | None:
        """Return the source file of a module that is to be followed, or None."""
        if module not in self._files:
            self._files[module] = self._find(module)
        return self._files[module]

    def siblings(self, package: str) -> list[str]:
        """Name the modules in a package, for an error that lists them."""
        found = self.find(package)
        if found is None:
            return []
        return sorted(p.stem for p in found.parent.glob("*.py") if not p.stem.startswith("_"))

    def defines(self, name: str) -> bool:
        """Whether a function or class of that full name stands in a followed source file."""
        module, _, last = name.rpartition(".")
        path = self.find(module)
        pattern = rf"^(?:def|class) {re.escape(last)}\b".encode()
        return path is not None and bool(re.search(pattern, self._text(path)[0], re.MULTILINE))

    def function(self, name: str) -> str:
        """Return the source of a function in a followed file.

        Parameters
        ----------
        name : str
            Full name.

        Returns
        -------
        str
            With its decorators, and of its docstring the first line.

        Raises
        ------
        LookupError
            If there is none.
        """
        module, _, last = name.rpartition(".")
        path = self.find(module)
        if path is not None:
            text = self._text(path)[0].decode()
            if path not in self._parsed:
                self._parsed[path] = ast.parse(text)
            for node in self._parsed[path].body:
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == last:
                    return _shortened(text.splitlines(), node)
        raise LookupError(f"no function {name!r} in the project's sources")

    def closure(self, module: str) -> dict[str, Path]:
        """Follow the imports of a module.

        Parents of an imported module are in it, since Python runs them, but what they import is
        followed only if something imports them by name: an ``__init__.py`` that re-exports would
        else tie every figure to every file.

        Parameters
        ----------
        module : str
            Full dotted name.

        Returns
        -------
        dict of str to Path
            The module and all that it imports, with their files.
        """
        found: dict[str, Path] = {}
        open_, parents = [module], set[str]()
        while open_:
            name = open_.pop()
            path = self.find(name)
            if path is None or name in found:
                continue
            found[name] = path
            pieces = name.split(".")
            parents.update(".".join(pieces[:i]) for i in range(1, len(pieces)))
            open_.extend(self._imports(name, path))
        for name in parents - found.keys():
            if path := self.find(name):
                found[name] = path
        return found

    def digest(self, module: str) -> str:
        """Return a digest of the closure of a module and of the packages outside it."""
        if module not in self._digests:
            parts = []
            outside = set[str]()
            for name, path in sorted(self.closure(module).items()):
                parts += [f"{name} {self._text(path)[1]}"]
                outside.update(i.partition(".")[0] for i in self._imports(name, path))
            parts += [
                f"{package}=={installed_versions().get(_normal(package), '')}"
                for package in sorted(outside - self._own - sys.stdlib_module_names)
            ]
            self._digests[module] = hashlib.sha256("\n".join(parts).encode()).hexdigest()
        return self._digests[module]

    def _find(self, module: str) -> Path | None:
        package = module.partition(".")[0]
        if package in sys.stdlib_module_names:
            return None
        relative = module.replace(".", os.sep)
        for root in sys.path if package in self._own else self._outside:
            for end in (f"{relative}{os.sep}__init__.py", f"{relative}.py"):
                # Asked hundreds of times in a build that does nothing: not by `Path`.
                file = os.path.join(root, end)  # noqa: PTH118
                if os.path.isfile(file):  # noqa: PTH113
                    return Path(file)
        return None

    def _text(self, path: Path) -> tuple[bytes, str]:
        if path not in self._texts:
            data = path.read_bytes()
            self._texts[path] = data, hashlib.sha256(data).hexdigest()
        return self._texts[path]

    def _imports(self, module: str, path: Path) -> Imports:
        text, digest = self._text(path)
        key = f"{module}:{digest}"
        if key not in self._memo:
            package = module if path.name == "__init__.py" else module.rpartition(".")[0]
            self._memo[key] = _imported(text, package)
        return self._memo[key]


def _shortened(lines: list[str], node: ast.FunctionDef | ast.ClassDef) -> str:
    start = min([node.lineno, *(d.lineno for d in node.decorator_list)]) - 1
    docstring = ast.get_docstring(node, clean=False)
    if docstring is None or "\n" not in docstring:
        return "\n".join(lines[start : node.end_lineno])
    told = node.body[0]
    opening = lines[told.lineno - 1].rstrip()
    shown = [
        *lines[start : told.lineno - 1],
        f'{opening}"""',
        *lines[told.end_lineno : node.end_lineno],
    ]
    return "\n".join(shown)


def _imported(text: bytes, package: str) -> Imports:
    # What cannot be read or imported has no imports: the worker reports it with its line.
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return []
    names = set[str]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            try:
                base = resolve_name("." * node.level + (node.module or ""), package)
            except ImportError:  # more dots than packages
                continue
            # "from a import b" imports the module a.b if there is one.
            names.update([base, *(f"{base}.{alias.name}" for alias in node.names)])
    return sorted(names)


@cache
def installed_versions() -> dict[str, str]:
    """Read the versions of installed packages from the names of their ``.dist-info`` folders.

    `importlib.metadata.version` reads and parses a file for each: 6 ms a package.

    Returns
    -------
    dict of str to str
        By normalized name.
    """
    versions: dict[str, str] = {}
    for root in reversed(sys.path):
        for folder in Path(root).glob("*.dist-info"):
            name, _, version = folder.stem.partition("-")
            versions[_normal(name)] = version
    return versions


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


@cache
def _is_installed(root: str) -> bool:
    places = {sysconfig.get_path(kind) for kind in ("stdlib", "purelib", "platlib")}
    places.update([*site.getsitepackages(), site.getusersitepackages()])
    return any(Path(root).is_relative_to(place) for place in places)
