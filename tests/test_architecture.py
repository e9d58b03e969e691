"""Imports point down: who may import whom, and what a build without drawing never loads."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# What a layer may import of the project. The longest prefix of a module's name is its layer.
LAYERS = {
    "dlcv_viz": {"dlcv_viz.draw", "dlcv_viz.engine", "dlcv_viz.facts", "dlcv_viz.registry"},
    "dlcv_viz.facts": set[str](),
    "dlcv_viz.types": set[str](),
    "dlcv_viz.parameters": {"dlcv_viz.facts"},
    "dlcv_viz.description": {"dlcv_viz.facts", "dlcv_viz.parameters"},
    "dlcv_viz.registry": {"dlcv_viz.description", "dlcv_viz.facts", "dlcv_viz.parameters"},
    "dlcv_viz.numerics": {"dlcv_viz.numerics", "dlcv_viz.types"},
    "dlcv_viz.architectures": {
        "dlcv_viz.architectures",
        "dlcv_viz.numerics.convolution_size",  # plain Python
        "dlcv_viz.numerics.receptive_field",
    },
    "dlcv_viz.data": {"dlcv_viz.data", "dlcv_viz.types"},
    "dlcv_viz.draw": {"dlcv_viz.draw", "dlcv_viz.types"},
    # It draws a network as it is described.
    "dlcv_viz.draw.architecture": {"dlcv_viz.architectures", "dlcv_viz.draw", "dlcv_viz.types"},
    "dlcv_viz.figures": {
        "dlcv_viz.architectures",
        "dlcv_viz.data",
        "dlcv_viz.draw",
        "dlcv_viz.facts",
        "dlcv_viz.numerics",
        "dlcv_viz.registry",
        "dlcv_viz.types",
    },
    "dlcv_viz.engine": {"dlcv_viz.engine", "dlcv_viz.facts", "dlcv_viz.registry"},
    "dlcv_viz.engine.worker": {
        "dlcv_viz.draw.stack",  # it puts the frames of a sweep together,
        "dlcv_viz.draw.svg",  # saves what the figures drew,
        "dlcv_viz.draw.theme",  # once for each theme
        "dlcv_viz.engine",
        "dlcv_viz.facts",
        "dlcv_viz.parameters",
        "dlcv_viz.registry",
    },
    "dlcv_sphinx": {"dlcv_sphinx", "dlcv_viz.engine", "dlcv_viz.facts", "dlcv_viz.registry"},
}
# What a layer must not import of others.
FOREIGN = {
    "dlcv_viz": {"sphinx", "docutils"},
    "dlcv_viz.facts": {"numpy", "matplotlib", "sphinx", "docutils"},
    "dlcv_viz.parameters": {"numpy", "matplotlib", "sphinx", "docutils"},
    "dlcv_viz.description": {"numpy", "matplotlib", "sphinx", "docutils"},
    "dlcv_viz.registry": {"numpy", "matplotlib", "sphinx", "docutils"},
    "dlcv_viz.numerics": {"matplotlib", "sphinx", "docutils"},
    "dlcv_viz.architectures": {"numpy", "matplotlib", "sphinx", "docutils"},
    "dlcv_viz.data": {"matplotlib", "sphinx", "docutils"},
    "dlcv_viz.engine": {"numpy", "matplotlib", "sphinx", "docutils"},
    "dlcv_viz.engine.worker": {"sphinx", "docutils"},
    "dlcv_sphinx": {"numpy", "matplotlib"},
}
PACKAGES = ("architectures", "numerics", "data", "draw", "figures", "engine")


def is_within(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(f"{prefix}.")


def longest(name: str, prefixes: dict[str, set[str]]) -> str:
    return max((p for p in prefixes if is_within(name, p)), key=len)


def imports(source: str) -> Iterator[tuple[int, str]]:
    """Line and full name of everything that the code imports when it runs.

    What stands under `if TYPE_CHECKING:` never runs and is left out.
    """
    tree = ast.parse(source)
    unread = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING")
        for statement in node.body
        for inner in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if id(node) in unread:
            continue
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def violations(module: str, source: str) -> list[str]:
    """Every import that the module must not have, as ``line: name``."""
    allowed = LAYERS[longest(module, LAYERS)]
    forbidden = FOREIGN[longest(module, FOREIGN)]
    found = []
    for line, name in imports(source):
        ours = is_within(name, "dlcv_viz") or is_within(name, "dlcv_sphinx")
        if (ours and not any(is_within(name, a) for a in allowed)) or any(
            is_within(name, f) for f in forbidden
        ):
            found.append(f"{line}: {name}")
    return found


def modules(root: Path) -> dict[str, Path]:
    """Every module of the project by its full name."""
    found = {}
    for top in ("src", "_ext"):
        for path in sorted((root / top).rglob("*.py")):
            parts = path.relative_to(root / top).with_suffix("").parts
            found[".".join(p for p in parts if p != "__init__")] = path
    return found


def test_imports_point_down(root: Path) -> None:
    every = modules(root)
    assert {"dlcv_viz.registry", "dlcv_viz.engine.worker", "dlcv_sphinx"} <= every.keys()
    wrong = [
        f"{path.relative_to(root)}:{problem}"
        for name, path in every.items()
        for problem in violations(name, path.read_text())
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("dlcv_viz.numerics.perceptron", "from dlcv_viz.figures import perceptron"),
        ("dlcv_viz.numerics.perceptron", "import matplotlib.pyplot"),
        ("dlcv_viz.architectures.lenet", "import numpy as np"),
        ("dlcv_viz.draw.marks", "from dlcv_viz.numerics.perceptron import decide"),
        ("dlcv_viz.figures.mlp", "from dlcv_viz.figures.perceptron import boundary"),
        ("dlcv_viz.figures.mlp", "def f():\n    from sphinx import addnodes"),
        ("dlcv_viz.registry", "import numpy as np"),
        ("dlcv_viz.engine.store", "from dlcv_viz.draw import svg"),
        ("dlcv_sphinx.figure", "from dlcv_viz import figures"),
        ("dlcv_sphinx.figure", "import matplotlib"),
    ],
)
def test_an_import_that_points_up_is_caught(module: str, source: str) -> None:
    assert len(violations(module, source)) == 1


def test_an_import_for_the_type_checker_alone_is_allowed() -> None:
    source = "if TYPE_CHECKING:\n    from matplotlib.figure import Figure\nimport json\n"
    assert violations("dlcv_viz.registry", source) == []


@pytest.mark.parametrize("package", PACKAGES)
def test_the_package_file_has_no_code(root: Path, package: str) -> None:
    """A name exported there would tie every figure to every module of the package."""
    tree = ast.parse((root / f"src/dlcv_viz/{package}/__init__.py").read_text())
    assert [node for node in tree.body if not isinstance(node, ast.Expr)] == []


def test_a_build_that_draws_nothing_loads_neither_numpy_nor_matplotlib(root: Path) -> None:
    names = [
        name
        for name in modules(root)
        if is_within(name, "dlcv_viz.engine") and name != "dlcv_viz.engine.worker"
    ]
    code = (
        f"import importlib, sys; [importlib.import_module(n) for n in {names}]\n"
        "import dlcv_viz.registry\n"
        "print([n for n in ('numpy', 'matplotlib') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(root / "src")},
    )
    assert done.stdout.strip() == "[]"
