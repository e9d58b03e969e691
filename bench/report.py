"""Tables of a run: medians, and the ratios that have a target."""

import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
Cell = tuple[str, str]  # peer, scenario


class Runs:
    """The rows of one number of pages.

    Parameters
    ----------
    rows : iterable of mapping
        As `run.Project.run` yields them, each with its ``repetition``.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows: dict[Cell, dict[int, Row]] = {}
        for row in rows:
            cell = row["peer"], row["scenario"]
            self._rows.setdefault(cell, {})[row["repetition"]] = row

    def peers(self) -> list[str]:
        """Name the peers, in the order of their first row."""
        return list(dict.fromkeys(peer for peer, _ in self._rows))

    def get(self, peer: str, scenario: str) -> dict[int, Row]:
        """Return the rows of a cell by repetition."""
        return self._rows.get((peer, scenario), {})

    def median(self, peer: str, scenario: str, what: str) -> float | None:
        """Return the median of a cost, or None where nothing was measured."""
        values = [row[what] for row in self.get(peer, scenario).values()]
        return statistics.median(values) if values else None

    def ratios(
        self, what: str, scenario: str, below: Sequence[str], *, of: str = "ours"
    ) -> list[float]:
        """Return, for each repetition, the cost of `of` over the sum of those `below`.

        Within a repetition the peers ran one after the other, so that a change of the machine's
        load from one repetition to the next is in both parts of a ratio.
        """
        parts = [self.get(peer, scenario) for peer in below]
        return [
            row[what] / sum(part[repetition][what] for part in parts)
            for repetition, row in self.get(of, scenario).items()
            if all(repetition in part for part in parts)
        ]


# What is compared, in words; cost, scenario, what it is divided by; largest ratio allowed.
TARGETS: tuple[tuple[str, str, str, tuple[str, ...], float], ...] = (
    ("clean, wall / limit (static + rendering)", "wall", "clean", ("static", "render"), 1.1),
    ("clean, wall / plot-svg", "wall", "clean", ("plot-svg",), 0.8),
    ("clean, CPU / plot-svg", "cpu", "clean", ("plot-svg",), 1.0),
    ("clean, wall / gallery", "wall", "clean", ("gallery",), 0.8),
    ("clean, CPU / gallery", "cpu", "clean", ("gallery",), 1.0),
    ("no-op, CPU / static", "cpu", "no-op", ("static",), 1.1),
    ("touch, CPU / static", "cpu", "touch", ("static",), 1.1),
    ("edit, CPU / static", "cpu", "edit", ("static",), 1.1),
)


def line(row: Row) -> str:
    """Tell one build in a line."""
    return (
        f"{row['repetition'] + 1}: {row['pages']} pages, {row['peer']}, {row['scenario']}: "
        f"{row['wall']:.2f} s wall, {row['cpu']:.2f} s CPU, {row['memory']} MiB, load {row['load']}"
    )


def tables(rows: Sequence[Row]) -> str:
    """Write the tables of a run as Markdown."""
    parts = []
    for pages in sorted({row["pages"] for row in rows}):
        runs = Runs(row for row in rows if row["pages"] == pages)
        parts += [f"## {pages} pages, {3 * pages} figures", _costs(runs), _targets(runs)]
    return "\n\n".join(part for part in parts if part)


def _costs(runs: Runs) -> str:
    head = ["peer", "clean", "no-op", "touch", "edit", "source", "MiB", "redrawn after source"]
    lines = [_row(head), _row(["---"] * len(head))]
    for peer in runs.peers():
        cells = [peer]
        for scenario in head[1:6]:
            wall, cpu = (runs.median(peer, scenario, what) for what in ("wall", "cpu"))
            cells.append("" if wall is None or cpu is None else f"{wall:.2f} / {cpu:.2f}")
        cells.append(f"{runs.median(peer, 'clean', 'memory') or 0:.0f}")
        cells.append(_redrawn(runs.get(peer, "source").values()))
        lines.append(_row(cells))
    return "Medians, wall / CPU seconds:\n\n" + "\n".join(lines)


def _redrawn(rows: Iterable[Row]) -> str:
    """Tell the worst repetition."""
    worst = max(rows, key=lambda row: row["missed"] + row["needless"], default=None)
    if worst is None:
        return ""
    told = f"{worst['right']} of {worst['right'] + worst['missed']}"
    return told + (f", {worst['needless']} others" if worst["needless"] else "")


def _targets(runs: Runs) -> str:
    lines = []
    for told, what, scenario, below, target in TARGETS:
        found = runs.ratios(what, scenario, below)
        if found:
            middle = statistics.median(found)
            verdict = "yes" if middle <= target else "**no**"
            spread = f"{min(found):.2f} to {max(found):.2f}"
            lines.append(_row([told, f"{middle:.2f}", spread, f"{target:g}", verdict]))
    if not lines:
        return ""
    head = [_row(["ours", "ratio", "range", "at most", "met"]), _row(["---"] * 5)]
    return "Medians of the ratios within a repetition:\n\n" + "\n".join([*head, *lines])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
