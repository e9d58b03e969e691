"""Two builds of the site, with nothing in common, give the same bytes."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# One module and all pages about modules; every figure of the others is compared by itself.
PART = "index.md,modules/nn-basics.md,reference/*.md"
# A digest of the options, and a page that tells how long this build took to draw.
NO_CONTENT = {".buildinfo", "health.html"}


def build(root: Path, folder: Path, seed: str, jobs: str) -> dict[str, str]:
    """Build a part of the site; return what each of its files holds, as a digest."""
    options = ["-q", "-b", "html", "-j", jobs, "-D", f"include_patterns={PART}"]
    store = ["-D", f"dlcv_store={folder}/figures", "-d", f"{folder}/doctrees"]
    html = folder / "html"
    subprocess.run(
        [sys.executable, "-m", "sphinx", *options, *store, root, html],
        check=True,
        capture_output=True,  # links lead to modules that are left out
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root / "_ext")]),
            "PYTHONHASHSEED": seed,
        },
    )
    return {
        str(path.relative_to(html)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(html.rglob("*"))
        if path.is_file() and path.name not in NO_CONTENT
    }


@pytest.mark.slow
def test_a_build_in_another_folder_gives_the_same_bytes(root: Path, tmp_path: Path) -> None:
    """With another order of sets, in one process and in two; figures drawn anew."""
    first = build(root, tmp_path / "one", "1", "1")
    fonts = "figures/fonts"  # seconds to make; that they come out alike has a test of its own
    shutil.copytree(tmp_path / "one" / fonts, tmp_path / "two" / fonts)
    second = build(root, tmp_path / "two", "2", "2")
    assert sum(name.endswith(".svg") for name in first) > 20
    assert first == second
