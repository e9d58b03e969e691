"""The benchmark runs; what it measures is no test."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_the_benchmark_prints_its_ratios_and_counts_redrawn_figures(root: Path) -> None:
    options = ["--pages", "2", "--reps", "1", "--peers", "static,ours"]
    done = subprocess.run(
        [sys.executable, "bench/run.py", *options],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "## 2 pages, 6 figures" in done.stdout
    assert "| no-op, CPU / static |" in done.stdout
    # The curves are variants 0 and 4 of 0 to 5: both drawn again, and no other.
    ours = next(line for line in done.stdout.splitlines() if line.startswith("| ours |"))
    assert ours.endswith("| 2 of 2 |")
