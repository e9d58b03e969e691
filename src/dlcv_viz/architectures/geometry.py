"""How the units of a map lie on the input: size, receptive field, jump and start, per axis."""

from collections.abc import Sequence
from dataclasses import dataclass

from dlcv_viz.architectures.layers import Layer, Padding, Pair
from dlcv_viz.numerics.convolution_size import span
from dlcv_viz.numerics.receptive_field import PIXEL, ReceptiveField


@dataclass(frozen=True, slots=True)
class Window:
    """What slides along one axis; lengths are units of the map it reads."""

    kernel: int
    stride: int
    dilation: int
    before: int
    behind: int
    rounds_up: bool

    @property
    def span(self) -> int:
        """From the first to the last unit that it sees at once."""
        return span(self.kernel, self.dilation)

    def count(self, size: int) -> int:
        """Return how many places it has on so many units; below 1 if it does not fit."""
        room = size + self.before + self.behind - self.span
        if room < 0:
            return 0
        if not self.rounds_up:
            return room // self.stride + 1
        places = -(-room // self.stride) + 1
        # A window that would begin in the padding behind sees nothing (Caffe's and torch's rule).
        return places - ((places - 1) * self.stride >= size + self.before)


@dataclass(frozen=True, slots=True)
class Axis:
    """Units along one axis.

    Parameters
    ----------
    size : int
        How many.
    seen : ReceptiveField, optional
        Input pixels that one unit sees, padding among them, and from unit to unit; without, the
        units are the pixels.
    low : int, default 0
        First pixel that the first unit sees; below 0 in the padding.
    """

    size: int
    seen: ReceptiveField = PIXEL
    low: int = 0

    @property
    def field(self) -> int:
        """Input pixels that one unit sees."""
        return self.seen.size

    @property
    def jump(self) -> int:
        """Input pixels from one unit to the next."""
        return self.seen.jump

    @property
    def start(self) -> float:
        """Middle of what the first unit sees: 0 is the middle of the first pixel."""
        return self.low + (self.field - 1) / 2

    def seen_through(self, window: Window) -> "Axis":
        """Return the units that a sliding window makes of these."""
        return Axis(
            window.count(self.size),
            self.seen.through(window.kernel, window.stride, window.dilation),
            self.low - window.before * self.jump,
        )

    def gathered(self) -> "Axis":
        """Return the one unit that sees all of these."""
        return Axis(1, self.seen.through(self.size), self.low)


def united(axes: Sequence[Axis]) -> Axis:
    """Return the units that see what units of several maps see.

    Parameters
    ----------
    axes : sequence of Axis
        Of one size.

    Returns
    -------
    Axis
        From the lowest to the highest pixel that one of them sees.

    Raises
    ------
    ValueError
        If the steps from unit to unit differ.
    """
    size = axes[0].size
    jumps = {axis.jump for axis in axes}
    if size > 1 and len(jumps) > 1:
        raise ValueError(f"units lie {' and '.join(map(str, sorted(jumps)))} pixels apart")
    low = min(axis.low for axis in axes)
    high = max(axis.low + axis.field for axis in axes)
    return Axis(size, ReceptiveField(high - low, max(jumps)), low)


def windows(layer: Layer, sizes: tuple[int, int]) -> tuple[Window, Window]:
    """Return the window of a layer along each axis of a map.

    Parameters
    ----------
    layer : Layer
        One that slides.
    sizes : (int, int)
        Of the map it reads.

    Returns
    -------
    (Window, Window)
        Down and across.

    Raises
    ------
    ValueError
        If a length is not allowed.
    """
    kernel, stride, dilation = (
        _pair(name, getattr(layer, name)) for name in ("kernel", "stride", "dilation")
    )
    found = []
    for axis, size in enumerate(sizes):
        reach = span(kernel[axis], dilation[axis])
        before, behind = _pads(layer.padding, axis, reach, stride[axis], size)
        found.append(
            Window(kernel[axis], stride[axis], dilation[axis], before, behind, layer.rounds_up)
        )
    return found[0], found[1]


def _pair(name: str, given: Pair) -> tuple[int, int]:
    pair = (given, given) if isinstance(given, int) else given
    if min(pair) < 1:
        raise ValueError(f"{name} {given} is below 1")
    return pair


def _pads(padding: Padding, axis: int, reach: int, stride: int, size: int) -> tuple[int, int]:
    if padding == "valid":
        return 0, 0
    if padding == "same":
        missing = max((-(-size // stride) - 1) * stride + reach - size, 0)
        return missing // 2, missing - missing // 2
    if isinstance(padding, str):
        raise ValueError(f"padding {padding!r} is neither a number, 'same' nor 'valid'")
    one = padding if isinstance(padding, int) else padding[axis]
    before, behind = (one, one) if isinstance(one, int) else one
    if min(before, behind) < 0:
        raise ValueError(f"padding {padding} is below 0")
    return before, behind
