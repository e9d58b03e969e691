"""The rows of a ledger, and what can be asked of all."""

from dataclasses import dataclass, replace
from itertools import groupby
from math import prod

from dlcv_viz.architectures.layers import ATTACHED, CONNECTED, CONVOLUTION, FLATTEN, Layer

INPUT = -1  # what the first row reads
FLOAT_BYTES = 4  # of a number at float32


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One layer, concatenation or sum.

    Parameters
    ----------
    name, kind, stage : str
        As in the description; the stage is empty for a layer that belongs to none.
    sources : tuple of int
        Numbers of the rows that it reads; `INPUT` for the network's input.
    shape : tuple of int
        Channels, height and width of what it gives, or the number of units.
    weights, biases, buffers : int
        What it holds; biases are the shifts of normalizations, too.
    multiply_adds : int
        For one input.
    receptive_field, jump : (int, int)
        Input pixels that a unit sees, padding among them, and from unit to unit; down and across.
    start : (float, float)
        Middle of what the first unit sees; 0 is the middle of the first pixel.
    layer : Layer, optional
        Its description, which has kernel, stride and groups; none for what joins.
    """

    name: str
    kind: str
    stage: str
    sources: tuple[int, ...]
    shape: tuple[int, ...]
    weights: int
    biases: int
    buffers: int
    multiply_adds: int
    receptive_field: tuple[int, int]
    jump: tuple[int, int]
    start: tuple[float, float]
    layer: Layer | None = None

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.weights + self.biases

    @property
    def activations(self) -> int:
        """How many numbers it gives for one input."""
        return prod(self.shape)

    @property
    def activation_bytes(self) -> int:
        """What these take at float32."""
        return FLOAT_BYTES * self.activations


@dataclass(frozen=True, slots=True)
class Stage:
    """Rows that belong together: a named part of the network, or a layer by itself."""

    name: str
    rows: tuple[Row, ...]

    @property
    def parameters(self) -> int:
        """Of all rows."""
        return sum(row.parameters for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """Of all rows."""
        return sum(row.multiply_adds for row in self.rows)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What `dlcv_viz.architectures.ledger.ledger` computes of a network."""

    network: str
    input_shape: tuple[int, int, int]
    rows: tuple[Row, ...]

    @property
    def weights(self) -> int:
        """Of all rows."""
        return sum(row.weights for row in self.rows)

    @property
    def biases(self) -> int:
        """Of all rows."""
        return sum(row.biases for row in self.rows)

    @property
    def parameters(self) -> int:
        """Weights and biases of all rows."""
        return sum(row.parameters for row in self.rows)

    @property
    def buffers(self) -> int:
        """Of all rows."""
        return sum(row.buffers for row in self.rows)

    @property
    def multiply_adds(self) -> int:
        """Of all rows, for one input."""
        return sum(row.multiply_adds for row in self.rows)

    @property
    def activations(self) -> int:
        """Numbers that all rows give for one input, the input itself not among them."""
        return sum(row.activations for row in self.rows)

    @property
    def activation_bytes(self) -> int:
        """What these take at float32."""
        return FLOAT_BYTES * self.activations

    @property
    def depth(self) -> int:
        """Convolutions and dense layers on the longest way to the output, as names count them."""
        depths: list[int] = []
        for row in self.rows:
            before = max((depths[source] for source in row.sources if source != INPUT), default=0)
            depths.append(before + (row.kind in {CONVOLUTION, *CONNECTED}))
        return depths[-1]

    @property
    def stages(self) -> list[Stage]:
        """The stages in their order; each layer outside is one of its own."""
        grouped = groupby(self.rows, key=lambda row: row.stage or f"\0{row.name}")
        every = [tuple(rows) for _, rows in grouped]
        return [Stage(rows[0].stage or rows[0].name, rows) for rows in every]

    def row(self, name: str) -> Row:
        """Find a row.

        Parameters
        ----------
        name : str
            Of a layer, of branches or of a residual sum.

        Returns
        -------
        Row
            The one of that name.

        Raises
        ------
        KeyError
            If there is none.
        """
        for row in self.rows:
            if row.name == name:
                return row
        raise KeyError(f"{self.network} has no layer {name!r}")

    def of_kind(self, *kinds: str) -> list[Row]:
        """Return the rows of these kinds, in their order."""
        return [row for row in self.rows if row.kind in kinds]

    def condensed(self) -> "Ledger":
        """Count activations, normalizations and the like with the layer that they follow.

        Returns
        -------
        Ledger
            With the same parameters, buffers and multiply-adds in fewer rows. What is left are
            the rows that readers count: windows, dense layers, concatenations and sums; an
            activation is counted as computed in place.
        """
        kept: list[Row] = []
        place = {INPUT: INPUT}  # of each row among the kept
        for number, row in enumerate(self.rows):
            sources = tuple(place[source] for source in row.sources)
            if row.kind in {*ATTACHED, FLATTEN} and sources[0] != INPUT:
                place[number] = sources[0]
                kept[sources[0]] = _with_counts_of(kept[sources[0]], row)
            else:
                place[number] = len(kept)
                kept.append(replace(row, sources=sources))
        return replace(self, rows=tuple(kept))


def _with_counts_of(row: Row, attached: Row) -> Row:
    return replace(
        row,
        weights=row.weights + attached.weights,
        biases=row.biases + attached.biases,
        buffers=row.buffers + attached.buffers,
        multiply_adds=row.multiply_adds + attached.multiply_adds,
    )
