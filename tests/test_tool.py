"""Tools that are no Python packages: found, or asked for in one line."""

import os
import subprocess
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("name", "package"),
    [
        ("chromium", "chromium-headless-shell"),
        ("epubcheck", "epubcheck"),
        ("vnu", "default-jre-headless"),
        ("latex", "texlive-xetex"),
    ],
)
def test_a_tool_that_is_missing_is_asked_for_in_one_line(
    root: Path, tmp_path: Path, name: str, package: str
) -> None:
    environment = {key: value for key, value in os.environ.items() if key != "DLCV_CHROMIUM"}
    asked = subprocess.run(
        ["/bin/sh", root / ".ci/tool", name],
        env={**environment, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (asked.returncode, asked.stdout) == (1, "")
    (line,) = asked.stderr.splitlines()
    assert "apt-get install" in line
    assert f" {package}" in line
