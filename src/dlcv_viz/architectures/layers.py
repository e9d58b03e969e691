"""What a network is described by: layers, and chains, branches and residual sums of them.

A description is plain data and is not checked here: `dlcv_viz.architectures.ledger.ledger` does
that, since most of what can be wrong shows only with the shape that comes in. Lengths are pixels
of the map a layer reads, vertical before horizontal; one number stands for both.
"""

from collections.abc import Iterator
from dataclasses import dataclass

Pair = int | tuple[int, int]
Padding = str | int | tuple[int, int] | tuple[tuple[int, int], tuple[int, int]]

CONVOLUTION = "convolution"
MAX_POOLING = "max pooling"
AVERAGE_POOLING = "average pooling"
SUBSAMPLING = "trainable subsampling"
GLOBAL_POOLING = "global average pooling"
DENSE = "dense"
RADIAL_BASIS = "radial basis functions"
ACTIVATION = "activation"
BATCH_NORM = "batch normalization"
RESPONSE_NORM = "local response normalization"
DROPOUT = "dropout"
FLATTEN = "flatten"
SOFTMAX = "softmax"
CONCATENATION = "concatenation"
SUM = "sum"

SLIDING = (CONVOLUTION, MAX_POOLING, AVERAGE_POOLING, SUBSAMPLING)
CONNECTED = (DENSE, RADIAL_BASIS)
# What changes the numbers of a map but not its shape.
ATTACHED = (ACTIVATION, BATCH_NORM, RESPONSE_NORM, DROPOUT, SOFTMAX)
KINDS = (*SLIDING, GLOBAL_POOLING, *CONNECTED, *ATTACHED, FLATTEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer; the functions of this module make them.

    Parameters
    ----------
    name : str
        Unique in its network.
    kind : str
        One of `KINDS`.
    channels : int, default 0
        Maps or units that come out; 0 where the layer keeps their number.
    inputs : int, default 0
        Maps or units that the layer expects; 0 for any.
    kernel, stride, dilation : int or (int, int), default 1
        Of a window that slides.
    padding : int, (int, int), ((int, int), (int, int)) or str, default 0
        On both sides; for each axis; before and behind on each axis; ``"valid"`` for none;
        ``"same"`` for as many outputs as strides fit, the odd pixel behind, as TensorFlow pads.
    groups : int, default 1
        Parts of the channels that do not see each other.
    bias : bool, default True
        Whether each map or unit that comes out has one.
    links : tuple of tuple of int, default ()
        For each map that comes out the maps that it sees; empty for all.
    rounds_up : bool, default False
        Whether a last window that is not filled counts, as in Caffe's pooling.
    """

    name: str
    kind: str
    channels: int = 0
    inputs: int = 0
    kernel: Pair = 1
    stride: Pair = 1
    dilation: Pair = 1
    padding: Padding = 0
    groups: int = 1
    bias: bool = True
    links: tuple[tuple[int, ...], ...] = ()
    rounds_up: bool = False


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts one behind another; without any, what comes in goes out."""

    name: str
    parts: "tuple[Part, ...]" = ()


@dataclass(frozen=True, slots=True)
class Branches:
    """Parts that read the same, concatenated along the channels."""

    name: str
    parts: "tuple[Part, ...]"


@dataclass(frozen=True, slots=True)
class Residual:
    """A part and a shortcut past it, added; without a shortcut of its own, the identity."""

    name: str
    body: "Part"
    shortcut: "Part" = Chain("identity")


@dataclass(frozen=True, slots=True)
class Aside:
    """A part that reads what is there and gives nothing back, such as an auxiliary head."""

    name: str
    body: "Part"


Part = Layer | Chain | Branches | Residual | Aside


def chain(name: str, *parts: "Part | Iterator[Part]") -> Chain:
    """Put parts one behind another; an iterator stands for all that it yields."""
    flat: list[Part] = []
    for part in parts:
        flat += part if isinstance(part, Iterator) else (part,)
    return Chain(name, tuple(flat))


def convolution(
    name: str,
    channels: int,
    kernel: Pair,
    *,
    stride: Pair = 1,
    padding: Padding = 0,
    dilation: Pair = 1,
    groups: int = 1,
    bias: bool = True,
    inputs: int = 0,
    links: tuple[tuple[int, ...], ...] = (),
) -> Layer:
    """Slide learned kernels over the maps; see `Layer`."""
    return Layer(
        name=name,
        kind=CONVOLUTION,
        channels=channels,
        inputs=inputs,
        kernel=kernel,
        stride=stride,
        dilation=dilation,
        padding=padding,
        groups=groups,
        bias=bias,
        links=links,
    )


def pooling(
    kind: str, name: str, kernel: Pair, stride: Pair, padding: Padding = 0, *, rounds_up: bool
) -> Layer:
    """Summarise windows of each map; `kind` is max, average or LeNet's trainable subsampling."""
    return Layer(
        name=name, kind=kind, kernel=kernel, stride=stride, padding=padding, rounds_up=rounds_up
    )


def global_pooling(name: str) -> Layer:
    """Average each map to one number."""
    return Layer(name=name, kind=GLOBAL_POOLING)


def dense(name: str, units: int, *, inputs: int = 0, bias: bool = True) -> Layer:
    """Connect every unit with every number; maps are flattened before."""
    return Layer(name=name, kind=DENSE, channels=units, inputs=inputs, bias=bias)


def radial_basis(name: str, units: int, *, inputs: int = 0) -> Layer:
    """Measure the squared distance to fixed vectors, which are no parameters."""
    return Layer(name=name, kind=RADIAL_BASIS, channels=units, inputs=inputs, bias=False)


def activation(name: str) -> Layer:
    """Apply a function to every number."""
    return Layer(name=name, kind=ACTIVATION)


def batch_norm(name: str) -> Layer:
    """Normalize each map over the batch, then scale and shift it."""
    return Layer(name=name, kind=BATCH_NORM)


def response_norm(name: str) -> Layer:
    """Divide by what neighbouring maps have at the same place."""
    return Layer(name=name, kind=RESPONSE_NORM)


def dropout(name: str) -> Layer:
    """Zero numbers at random, in training."""
    return Layer(name=name, kind=DROPOUT)


def flatten(name: str) -> Layer:
    """Make one row of numbers of all maps."""
    return Layer(name=name, kind=FLATTEN)


def softmax(name: str) -> Layer:
    """Turn scores into probabilities."""
    return Layer(name=name, kind=SOFTMAX)
