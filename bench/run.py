"""Measure our directive against its peers, interleaved: clean, no-op, touch, edit, source.

See README.md beside this file for what is compared and what the ratios mean.
"""

import argparse
import compileall
import hashlib
import json
import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import measure
import projects
import render
import report

SCENARIOS = ("clean", "no-op", "touch", "edit", "source")
MANY_PAGES = 40  # a site of that size is read in parallel; -j 1 is Sphinx's default
LIMIT = "render"  # not a peer: the scenes alone, without Sphinx
EDITED_SCENE = "curves"
# A gallery has no figures, only images; the pages of the others have one figure each.
FIGURE = re.compile(
    r'<figure\b.*?</figure>|<img [^>]*class ?= ?"sphx-glr-single-img"[^>]*>', re.DOTALL
)
IMAGE = re.compile(r'_images/[^"\'\s>]+')


class Project:
    """One peer's project: builds it and says which figures a build changed.

    Parameters
    ----------
    peer : str
        One of `projects.PEERS`.
    pages, jobs : int
        Pages of three figures, and Sphinx's ``-j``.
    """

    def __init__(self, peer: str, pages: int, jobs: int) -> None:
        self.name, self.pages, self.jobs = peer, pages, jobs
        self.peer = projects.PEERS[peer]
        self.folder = projects.WORK / f"{peer}-{pages}-{os.getpid()}"

    def build(self) -> measure.Cost:
        """Build the site and measure it."""
        options = ["-q", "-W", "--keep-going", "-b", "html", "-j", str(self.jobs)]
        folders = ["-d", "_build/doctrees", ".", "_build/html"]
        command = [sys.executable, "-m", "sphinx", *options, *folders]
        return measure.run(command, self.folder, self.folder / "src")

    def figures(self) -> dict[int, str]:
        """Return a digest of each figure's images by variant: light and dark are one figure."""
        html = self.folder / "_build/html"
        found = {}
        for page in range(self.pages):
            blocks = FIGURE.findall((html / self.peer.html(page)).read_text())
            for k, block in zip(projects.variants(page), blocks, strict=True):
                digest = hashlib.sha256()
                for name in sorted(set(IMAGE.findall(block))):
                    digest.update((html / name).read_bytes())
                found[k] = digest.hexdigest()
        return found

    def prepare(self, scenario: str) -> None:
        """Make the project, or change what the scenario changes."""
        page = self.folder / self.peer.source(1)
        scene = self.folder / f"src/scenes/{EDITED_SCENE}.py"
        if scenario == "clean":
            projects.make(self.name, self.pages, self.folder)
        elif scenario == "touch":
            os.utime(page)
        elif scenario == "edit":
            _replace(page, projects.WORD, projects.EDITED)
        elif scenario == "source":
            _replace(scene, 'MARK = "v1"', 'MARK = "edited"')

    def run(self, scenarios: Sequence[str]) -> Iterator[dict[str, object]]:
        """Build in each scenario; yield a row for each.

        Yields
        ------
        dict
            Peer, pages, scenario and cost; after ``source`` also ``right``, ``missed`` and
            ``needless``: how many figures changed that should, should have, or should not.
        """
        for scenario in scenarios:
            if (self.name, scenario) == ("static", "source"):
                continue  # its pictures have no source
            before = self.figures() if scenario == "source" else {}
            if scenario != "clean":
                time.sleep(1.1)  # a change within the same second is no change to some peers
            self.prepare(scenario)
            cost = self.build()
            row = {"peer": self.name, "pages": self.pages, "scenario": scenario, **_row(cost)}
            if scenario == "source":
                after = self.figures()
                changed = {k for k, digest in after.items() if before[k] != digest}
                affected = {k for k in after if render.scene(k) == EDITED_SCENE}
                row["right"] = len(changed & affected)
                row["missed"] = len(affected - changed)
                row["needless"] = len(changed - affected)
            yield row


def limit(pages: int) -> dict[str, object]:
    """Draw all scenes of that many pages without Sphinx, on all cores; return a row."""
    folder = projects.WORK / f"limit-{os.getpid()}"
    folder.mkdir(parents=True, exist_ok=True)
    count = pages * projects.PER_PAGE
    script = str(projects.HERE / "render.py")
    command = [sys.executable, script, str(folder), str(count), str(os.cpu_count() or 1)]
    cost = measure.run(command, folder, projects.HERE)
    return {"peer": LIMIT, "pages": pages, "scenario": "clean", **_row(cost)}


def _row(cost: measure.Cost) -> dict[str, object]:
    load = os.getloadavg()[0]
    return {"wall": cost.wall, "cpu": cost.cpu, "memory": cost.memory, "load": round(load, 1)}


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    if old not in text:
        raise ValueError(f"{path} has no {old!r}")
    path.write_text(text.replace(old, new, 1))


def measured(args: argparse.Namespace) -> Iterator[dict[str, object]]:
    """Yield the rows of all repetitions, the peers in turn within each."""
    for repetition in range(args.reps):
        for pages in args.pages:
            order = args.peers if repetition % 2 == 0 else args.peers[::-1]
            for peer in order:
                if peer == LIMIT:
                    rows = iter([limit(pages)])
                else:
                    jobs = args.jobs or (2 if pages >= MANY_PAGES else 1)
                    rows = Project(peer, pages, jobs).run(args.scenarios)
                for row in rows:
                    yield {"repetition": repetition, **row}


def main() -> None:
    """Run the benchmark and print its tables."""
    every = [*projects.PEERS, LIMIT]
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=_numbers, default=[10, 40], help="such as 10,40")
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("--jobs", type=int, help=f"Sphinx's -j: 1, or 2 from {MANY_PAGES} pages on")
    parser.add_argument("--peers", type=_names(every), default=every, help=",".join(every))
    parser.add_argument(
        "--scenarios",
        type=_names(SCENARIOS),
        default=list(SCENARIOS),
        help="after clean: " + ",".join(SCENARIOS[1:]),
    )
    args = parser.parse_args()
    measure.adopt_orphans()
    for package in ("src", "_ext"):
        compileall.compile_dir(measure.ROOT / package, quiet=2)
    projects.WORK.mkdir(exist_ok=True)
    rows = []
    with (projects.WORK / "runs.jsonl").open("a") as log:
        for row in measured(args):
            rows.append(row)
            log.write(json.dumps(row) + "\n")
            log.flush()
            print(report.line(row), file=sys.stderr, flush=True)
    print(report.tables(rows))


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _names(allowed: Sequence[str]) -> Callable[[str], list[str]]:
    def read(text: str) -> list[str]:
        names = text.split(",")
        if unknown := set(names) - set(allowed):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: not of {', '.join(allowed)}")
        return names

    return read


if __name__ == "__main__":
    main()
