"""`make new-module` writes a module that builds and passes its tests as it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = ".ci/new_module.py"
PARTS = (".ci", "_ext", "_static", "modules", "src", "conf.py", "index.md", "pyproject.toml")


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """The project without its tests, its environment and what it built."""
    (tmp_path / "tests/figures").mkdir(parents=True)
    for part in PARTS:
        source = root / part
        if source.is_dir():
            shutil.copytree(source, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, tmp_path / part)
    return tmp_path


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
def test_a_new_module_builds_and_passes_its_tests(copy: Path) -> None:
    made = run(copy, SCRIPT, "my-topic")
    assert made.returncode == 0, made.stderr
    index = copy / "index.md"
    text = index.read_text()
    assert "modules/perceptron\n" in text
    index.write_text(text.replace("modules/perceptron\n", "modules/perceptron\nmodules/my-topic\n"))

    tested = run(copy, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests")
    assert tested.returncode == 0, tested.stdout
    options = ["-n", "-W", "--keep-going", "-q", "-b", "html"]
    built = run(copy, "-m", "sphinx", *options, ".", "_build/html")
    assert built.returncode == 0, built.stderr
    html = (copy / "_build/html/modules/my-topic.html").read_text()
    assert "With slope 1 the line ends at 4." in html


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
def test_an_id_that_cannot_be_is_refused(copy: Path, module_id: str, why: str) -> None:
    before = sorted(copy.rglob("*"))
    refused = run(copy, SCRIPT, module_id)
    assert refused.returncode == 1
    assert refused.stderr.startswith(why)
    assert sorted(copy.rglob("*")) == before
