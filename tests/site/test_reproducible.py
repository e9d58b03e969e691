"""Two builds of the site, with nothing in common, give the same bytes."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

# A digest of the options, and a page that tells how long this build took to draw.
NO_CONTENT = {".buildinfo", "health.html"}


def digests(html: Path) -> dict[str, str]:
    return {
        str(path.relative_to(html)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(html.rglob("*"))
        if path.is_file() and path.name not in NO_CONTENT
    }


@pytest.mark.slow
def test_a_build_from_nothing_gives_the_same_bytes_as_the_site(
    root: Path, site: Path, tmp_path: Path
) -> None:
    """In another folder, with another order of sets, in two processes; its figures drawn anew."""
    folder = tmp_path / "of-another-name"
    options = ["-n", "-W", "--keep-going", "-q", "-b", "html", "-j", "2"]
    store = ["-D", f"dlcv_store={folder}/figures"]
    subprocess.run(
        [
            *(sys.executable, "-m", "sphinx", *options, *store),
            *("-d", f"{folder}/doctrees", str(root), f"{folder}/html"),
        ],
        check=True,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(root / "src"), str(root / "_ext")]),
            "PYTHONHASHSEED": "2",  # that of the site is 1
        },
    )
    first, second = digests(site), digests(folder / "html")
    assert any(name.endswith(".svg") for name in first)
    assert first == second
