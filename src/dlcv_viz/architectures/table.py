"""A ledger as text and as facts: what a page prints, quotes and offers for download."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from dlcv_viz.architectures.layers import SLIDING, Layer
from dlcv_viz.architectures.rows import Ledger, Row, Stage

TOTALS = (
    "parameters",
    "weights",
    "biases",
    "buffers",
    "multiply_adds",
    "activations",
    "activation_bytes",
)
COLUMNS = (
    *("layer", "kind", "stage", "kernel", "stride", "padding", "groups", "output"),
    *TOTALS,
    *("receptive_field", "jump", "start"),
)


def facts(ledger: Ledger) -> dict[str, str | int | list[str] | list[int]]:
    """Return what a page may say of a network.

    Parameters
    ----------
    ledger : Ledger
        It is condensed: activations, normalizations and the like count with what they follow.

    Returns
    -------
    dict
        ``ledger``, the table as CSV, which the directive ``{ledger}`` prints; ``total_…`` of each
        name in `TOTALS`; the lists ``stages``, ``stage_parameters`` and ``stage_multiply_adds``.
    """
    found = ledger.condensed()
    return {
        "network": found.network,
        "ledger": as_csv(found),
        **{f"total_{name}": getattr(found, name) for name in TOTALS},
        "stages": [stage.name for stage in found.stages],
        "stage_parameters": [stage.parameters for stage in found.stages],
        "stage_multiply_adds": [stage.multiply_adds for stage in found.stages],
    }


def shape_facts(shapes: Iterable[tuple[int, ...]]) -> dict[str, list[int]]:
    """Return ``sides`` and numbers of ``maps``, and of rows of ``units`` how many they are.

    Parameters
    ----------
    shapes : iterable of tuple of int
        Channels, height and width, or units.

    Returns
    -------
    dict
        Of maps and of units apart, each in their order.
    """
    every = list(shapes)
    maps = [shape for shape in every if len(shape) == 3]
    return {
        "sides": [shape[1] for shape in maps],
        "maps": [shape[0] for shape in maps],
        "units": [shape[0] for shape in every if len(shape) == 1],
    }


def shares_of(
    found: Ledger, parts: Sequence[Row | Stage]
) -> tuple[list[str], list[float], list[float]]:
    """Return names of parts of a network, and their shares of its parameters and of its work."""
    return (
        [part.name for part in parts],
        [part.parameters / found.parameters for part in parts],
        [part.multiply_adds / found.multiply_adds for part in parts],
    )


def as_csv(ledger: Ledger) -> str:
    """Write the rows of a ledger as CSV, with `COLUMNS` as the first line."""
    text = StringIO()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(COLUMNS)
    for row in ledger.rows:
        table.writerow(
            [
                *(row.name, row.kind, row.stage, *_window(row.layer), _output(row)),
                *(getattr(row, name) for name in TOTALS),
                *(_pair(row.receptive_field), _pair(row.jump), _pair(row.start)),
            ]
        )
    return text.getvalue()


def _window(layer: Layer | None) -> tuple[str, str, str, str]:
    if layer is None or layer.kind not in SLIDING:
        return "", "", "", ""
    kernel = (layer.kernel,) * 2 if isinstance(layer.kernel, int) else layer.kernel
    lengths = "×".join(map(str, kernel)), _text(layer.stride), _text(layer.padding)
    return *lengths, str(layer.groups)


def _output(row: Row) -> str:
    """Write height, width and channels, as papers do; of units the number."""
    return "×".join(map(str, (*row.shape[1:], row.shape[0])))


def _pair(pair: tuple[float, float]) -> str:
    """Write down and across; one number where they are the same."""
    return "×".join(f"{n:g}" for n in (pair[:1] if pair[0] == pair[1] else pair))


def _text(value: object) -> str:
    """Write one number or word, a pair as ``1×2``, and what is before and behind as ``2+3``."""
    if not isinstance(value, tuple):
        return str(value)
    return "×".join("+".join(map(str, v)) if isinstance(v, tuple) else str(v) for v in value)
