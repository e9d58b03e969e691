"""`make new-module` writes a module that builds and passes its tests as it is."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from minisite import bring_font

SCRIPT = ".ci/new_module.py"
PARTS = (
    *(".ci", "_ext", "_static", "modules", "reference", "src"),
    *("conf.py", "index.md", "pyproject.toml"),
)


def project_in(folder: Path, root: Path) -> Path:
    """Copy the project without its tests, its environment and what it built."""
    (folder / "tests/figures").mkdir(parents=True)
    for part in PARTS:
        source = root / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    return folder


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    paths = os.pathsep.join([str(folder / "src"), str(folder / "_ext")])
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_new_module_builds_and_passes_its_tests(root: Path, tmp_path: Path) -> None:
    """Beside the start page and the references: the other modules would only take time."""
    copy = project_in(tmp_path, root)
    for module in (copy / "modules").iterdir():
        module.unlink()
    bring_font(copy / "_build/figures")
    made = run(copy, SCRIPT, "my-topic")
    assert made.returncode == 0, made.stderr
    index = copy / "index.md"
    text, n_lists = re.subn(
        r"(?:^modules/.*\n)+", "modules/my-topic\n", index.read_text(), flags=re.MULTILINE
    )
    assert n_lists == 1
    # These link to the other modules.
    for name in ("reference/glossary", "reference/networks", "reference/notation"):
        (copy / f"{name}.md").unlink()
        text = text.replace(f"{name}\n", "")
    index.write_text(text)

    tested = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert tested.returncode == 0, tested.stdout
    options = ["-n", "-W", "--keep-going", "-q", "-b", "html"]
    built = run(copy, "-m", "sphinx", *options, ".", "_build/html")
    assert built.returncode == 0, built.stderr
    html = (copy / "_build/html/modules/my-topic.html").read_text()
    assert "With slope 1 the line ends at 4." in html


@pytest.fixture(scope="module")
def project(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project in which nothing is written."""
    return project_in(tmp_path_factory.mktemp("project"), root)


@pytest.mark.parametrize(
    ("module_id", "why"),
    [
        ("perceptron", "perceptron exists: modules/perceptron.md"),
        ("MyTopic", "ID='MyTopic' is not of the form my-topic"),
        ("my_topic", "ID='my_topic' is not of the form my-topic"),
        ("../outside", "ID='../outside' is not of the form my-topic"),
        ("", "ID='' is not of the form my-topic"),
    ],
)
def test_an_id_that_cannot_be_is_refused(project: Path, module_id: str, why: str) -> None:
    before = sorted(project.rglob("*"))
    refused = run(project, SCRIPT, module_id)
    assert refused.returncode == 1
    assert refused.stderr.startswith(why)
    assert sorted(project.rglob("*")) == before
