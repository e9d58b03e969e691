"""Let Lighthouse judge the built site, as on a phone: `python bench/lighthouse.py [page ...]`.

It serves `_build/html` compressed and with the cache headers of a host, and builds nothing.
Lighthouse comes by npx (Node.js 18 or newer). Its numbers change from run to run and with the
machine's load, so this is no test: the run in the middle counts.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from serving import serving  # noqa: E402  # the tests' own server, which is no package

LIGHTHOUSE = "lighthouse@12.8.2"  # the last for Node.js 18 and 20
PAGES = ("index.html", "modules/perceptron.html", "modules/loss.html", "modules/optimizers.html")
WANTED = {"performance": 98, "accessibility": 98, "best-practices": 98, "seo": 98}


def judged(address: str, chromium: str) -> dict[str, Any]:
    """Return Lighthouse's report of one load."""
    with tempfile.TemporaryDirectory(prefix="dlcv-lighthouse-") as folder:
        report = Path(folder, "report.json")
        # No sandbox, as Chromium has none for root; the page is our own.
        options = ["--quiet", "--output=json", f"--output-path={report}"]
        flags = "--chrome-flags=--headless=new --no-sandbox --disable-gpu"
        subprocess.run(
            ["npx", "--yes", LIGHTHOUSE, address, *options, flags],  # noqa: S607  # from PATH
            check=True,
            env={**os.environ, "CHROME_PATH": chromium},
        )
        found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def scores(report: dict[str, Any]) -> dict[str, int]:
    """Return the score of each category in percent."""
    return {name: round(100 * report["categories"][name]["score"]) for name in WANTED}


def lacks(report: dict[str, Any]) -> list[str]:
    """Name the audits that cost points, the dearest first."""
    found = []
    for name in WANTED:
        for part in report["categories"][name]["auditRefs"]:
            audit = report["audits"][part["id"]]
            lost = part["weight"] * (1 - (1 if audit["score"] is None else audit["score"]))
            if lost > 0:
                found.append((lost, f"{audit['title']} {audit.get('displayValue', '')}".strip()))
    return [title for _, title in sorted(found, reverse=True)]


def main() -> int:
    """Print a row for every page, and say by the status whether all are good enough."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", default=PAGES, help="below _build/html")
    parser.add_argument("--reps", type=int, default=1, help="loads of a page (default 1)")
    asked = parser.parse_args()
    tool = subprocess.run([ROOT / ".ci/tool", "chromium"], stdout=subprocess.PIPE, check=True)
    chromium = tool.stdout.decode().strip()
    is_good = True
    print("| page |", " | ".join(WANTED), "|", "\n| --- |", " | ".join("--:" for _ in WANTED), "|")
    with serving(ROOT / "_build/html") as base:
        for page in asked.pages:
            reports = [judged(f"{base}/{page}", chromium) for _ in range(asked.reps)]
            reports.sort(key=lambda report: float(report["categories"]["performance"]["score"]))
            middle = reports[len(reports) // 2]
            found = scores(middle)
            print(f"| {page} |", " | ".join(map(str, found.values())), "|", flush=True)
            for lack in lacks(middle):
                print(f"  {page}: {lack}", file=sys.stderr)
            is_good &= all(found[name] >= least for name, least in WANTED.items())
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
