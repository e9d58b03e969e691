"""Two clean builds of the site, with nothing in common, give the same bytes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest


def build(root: Path, folder: Path, seed: str) -> dict[str, str]:
    options = ["-n", "-W", "--keep-going", "-q", "-b", "html", "-j", "2"]
    folders = ["-d", f"{folder}/doctrees", str(root), f"{folder}/html"]
    store = ["-D", f"dlcv_store={folder}/figures"]
    subprocess.run(
        [sys.executable, "-m", "sphinx", *options, *store, *folders],
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted((folder / "html").rglob("*"))
        if path.is_file() and path.name != ".buildinfo"  # holds a digest of the options
    }


@pytest.mark.slow
def test_two_clean_builds_give_the_same_bytes(root: Path, tmp_path: Path) -> None:
    first = build(root, tmp_path / "one", "1")
    second = build(root, tmp_path / "of-another-name", "2")
    assert any(name.endswith(".svg") for name in first)
    assert first == second
