"""The ledger of a network: what each layer gives, holds and costs, and what it sees.

Conventions: a multiply-add is one multiplication by a weight and its addition, in convolutions and
dense layers alone; papers that print "FLOPs" often mean these. Parameters are what is trained;
buffers, such as the running statistics of batch normalization, are not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import prod

from dlcv_viz.architectures.counting import Counts, counts
from dlcv_viz.architectures.geometry import Axis, united, windows
from dlcv_viz.architectures.layers import (
    ATTACHED,
    CONCATENATION,
    CONNECTED,
    CONVOLUTION,
    FLATTEN,
    GLOBAL_POOLING,
    KINDS,
    SUM,
    Aside,
    Branches,
    Chain,
    Layer,
    Part,
    Residual,
)
from dlcv_viz.architectures.rows import INPUT, Ledger, Row


@dataclass(frozen=True, slots=True)
class _Signal:
    """What passes between layers: the row that gave it, its shape, and how its units lie."""

    row: int
    shape: tuple[int, ...]
    axes: tuple[Axis, Axis]


@dataclass(slots=True)
class _Book:
    """The rows so far, and the stage that is being written."""

    rows: list[Row] = field(default_factory=list)
    stage: str = ""

    def enter(
        self,
        part: Layer | Branches | Residual,
        sources: Sequence[_Signal],
        signal: _Signal,
        counted: Counts,
    ) -> _Signal:
        """Write a row; return the signal that it gives."""
        name, layer = part.name, part if isinstance(part, Layer) else None
        joins = CONCATENATION if isinstance(part, Branches) else SUM
        if any(row.name == name for row in self.rows):
            raise ValueError(f"layer {name!r}: two layers have this name")
        down, across = signal.axes
        self.rows.append(
            Row(
                name=name,
                kind=layer.kind if layer else joins,
                stage=self.stage,
                sources=tuple(source.row for source in sources),
                shape=signal.shape,
                weights=counted.weights,
                biases=counted.biases,
                buffers=counted.buffers,
                multiply_adds=counted.multiply_adds,
                receptive_field=(down.field, across.field),
                jump=(down.jump, across.jump),
                start=(down.start, across.start),
                layer=layer,
            )
        )
        return _Signal(len(self.rows) - 1, signal.shape, signal.axes)


def ledger(network: Chain, input_shape: tuple[int, int, int]) -> Ledger:
    """Compute the ledger of a network.

    Parameters
    ----------
    network : Chain
        Its parts that are no single layers are the stages.
    input_shape : (int, int, int)
        Channels, height and width of what it reads.

    Returns
    -------
    Ledger
        A row for each layer, concatenation and sum, in the order of computation.

    Raises
    ------
    ValueError
        If a layer cannot read what it is given; the message names the layer.

    Examples
    --------
    >>> from dlcv_viz.architectures.layers import chain, convolution
    >>> ledger(chain("toy", convolution("conv", 6, 5)), (1, 32, 32)).parameters
    156
    """
    if min(input_shape) < 1:
        raise ValueError(f"network {network.name!r}: no input has the shape {input_shape}")
    book = _Book()
    signal = _Signal(INPUT, input_shape, (Axis(input_shape[1]), Axis(input_shape[2])))
    for part in network.parts:
        book.stage = "" if isinstance(part, Layer) else part.name
        signal = _passed(book, part, signal)
    return Ledger(network.name, input_shape, tuple(book.rows))


def _passed(book: _Book, part: Part, signal: _Signal) -> _Signal:
    match part:
        case Layer():
            return _through(book, part, signal)
        case Chain():
            for inner in part.parts:
                signal = _passed(book, inner, signal)
            return signal
        case Aside():
            _passed(book, part.body, signal)
            return signal
        case Branches():
            return _joined(book, part, [_passed(book, branch, signal) for branch in part.parts])
        case Residual():
            ends = _passed(book, part.body, signal), _passed(book, part.shortcut, signal)
            return _added(book, part, *ends)


def _joined(book: _Book, part: Branches, ends: list[_Signal]) -> _Signal:
    shapes = [end.shape for end in ends]
    if len({shape[1:] for shape in shapes}) != 1:
        raise ValueError(f"layer {part.name!r}: its branches give {_listed(shapes)}")
    shape = sum(shape[0] for shape in shapes), *shapes[0][1:]
    signal = _Signal(INPUT, shape, _united(part.name, ends))
    return book.enter(part, ends, signal, Counts())


def _added(book: _Book, part: Residual, body: _Signal, shortcut: _Signal) -> _Signal:
    if body.shape != shortcut.shape:
        shapes = f"{_told(body.shape)} by its body and {_told(shortcut.shape)} by its shortcut"
        raise ValueError(f"layer {part.name!r}: what is added is {shapes}")
    ends = [body, shortcut]
    signal = _Signal(INPUT, body.shape, _united(part.name, ends))
    return book.enter(part, ends, signal, Counts())


def _united(name: str, ends: list[_Signal]) -> tuple[Axis, Axis]:
    try:
        return united([end.axes[0] for end in ends]), united([end.axes[1] for end in ends])
    except ValueError as error:
        raise ValueError(f"layer {name!r}: {error}") from None


def _through(book: _Book, layer: Layer, signal: _Signal) -> _Signal:
    if layer.kind not in KINDS:
        every = ", ".join(KINDS)
        raise ValueError(f"layer {layer.name!r}: no kind {layer.kind!r}; there are {every}")
    try:
        shape, axes = _outcome(layer, signal)
        counted = counts(layer, signal.shape, shape)
    except ValueError as error:
        raise ValueError(f"layer {layer.name!r}: {error}") from None
    return book.enter(layer, [signal], _Signal(INPUT, shape, axes), counted)


def _outcome(layer: Layer, signal: _Signal) -> tuple[tuple[int, ...], tuple[Axis, Axis]]:
    """Return the shape that a layer gives, and how its units lie."""
    shape, (down, across) = signal.shape, signal.axes
    if layer.inputs not in {0, shape[0]}:
        raise ValueError(f"takes {layer.inputs} channels, but is given {_told(shape)}")
    if layer.kind in ATTACHED:
        return shape, signal.axes
    if layer.kind == FLATTEN:
        return (prod(shape),), signal.axes
    if layer.kind in CONNECTED:
        if len(shape) != 1:
            raise ValueError(f"takes one row of numbers, but is given {_told(shape)}: flatten it")
        return (_positive(layer.channels),), (down.gathered(), across.gathered())
    if len(shape) != 3:
        raise ValueError(f"slides over maps, but is given {_told(shape)}")
    if layer.kind == GLOBAL_POOLING:
        return (shape[0], 1, 1), (down.gathered(), across.gathered())
    window = windows(layer, (down.size, across.size))
    seen = down.seen_through(window[0]), across.seen_through(window[1])
    if min(seen[0].size, seen[1].size) < 1:
        spans = f"{window[0].span}×{window[1].span}"
        raise ValueError(f"a window of {spans} does not fit on {down.size}×{across.size} units")
    channels = _positive(layer.channels) if layer.kind == CONVOLUTION else shape[0]
    return (channels, seen[0].size, seen[1].size), seen


def _positive(channels: int) -> int:
    if channels < 1:
        raise ValueError(f"gives {channels} channels")
    return channels


def _told(shape: tuple[int, ...]) -> str:
    return "×".join(map(str, shape))


def _listed(shapes: Sequence[tuple[int, ...]]) -> str:
    return ", ".join(map(_told, shapes))
