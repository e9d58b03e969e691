"""The documents name verbs that exist, and the figure they show works."""

import re
import subprocess
import textwrap
from pathlib import Path

import pytest

from dlcv_viz.facts import fill
from dlcv_viz.registry import find

VERB = re.compile(r"(?:^|`|: )make ([a-z-]+)", re.MULTILINE)


def verbs(root: Path) -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", (root / "Makefile").read_text(), re.MULTILINE))


def test_help_lists_every_verb(root: Path) -> None:
    told = subprocess.run(
        ["make", "-s", "help"], cwd=root, capture_output=True, text=True, check=True
    )
    phony = re.search(r"^\.PHONY: (.*)$", (root / "Makefile").read_text(), re.MULTILINE)
    assert phony is not None
    listed = re.findall(r"^  make ([a-z-]+) +\S", told.stdout, re.MULTILINE)
    assert listed == phony[1].split()


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "bench/README.md", ".ci/new_module.py"]
)
def test_a_document_names_only_verbs_that_exist(root: Path, document: str) -> None:
    named = set(VERB.findall((root / document).read_text()))
    assert named
    assert named <= verbs(root)


def test_the_figure_of_the_readme_has_the_facts_that_its_texts_quote(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    readme = (root / "README.md").read_text()
    code = re.search(r"   ```python\n(.*?)   ```", readme, re.DOTALL)
    page = re.search(r"```\{dlcv-figure\} (\S+)\n.*?\n   ([^:].*?)\n   ```", readme, re.DOTALL)
    assert code is not None
    assert page is not None
    package = tmp_path / "readme_figures"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "softplus.py").write_text(textwrap.dedent(code[1]))
    monkeypatch.syspath_prepend(tmp_path)

    entry = find(page[1], ["readme_figures"])
    facts = entry.function(sharpness=2.0).facts
    assert fill(entry.alt, facts) == (
        "The softplus lies above the ReLU, by 0.35 where they differ most, at zero."
    )
    assert fill(page[2], facts) == "The gap at zero is 0.347."


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "bench/README.md"])
def test_a_document_links_only_to_files_that_exist(root: Path, document: str) -> None:
    path = root / document
    links = re.findall(r"\]\((?!https?:)([^)#]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).is_file()] == []
