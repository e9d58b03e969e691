"""GoogLeNet: the paper's, and torchvision's, which differs from it in two ways.

C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, arXiv:1409.4842, table 1. Its
poolings of stride 2 round up: 112 becomes 56, not 55.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dlcv_viz.architectures.layers import (
    AVERAGE_POOLING,
    MAX_POOLING,
    Aside,
    Branches,
    Chain,
    Part,
    activation,
    batch_norm,
    chain,
    convolution,
    dense,
    dropout,
    flatten,
    global_pooling,
    pooling,
    response_norm,
    softmax,
)

INPUT_SHAPE = (3, 224, 224)

# 1x1; 3x3 reduce, 3x3; 5x5 reduce, 5x5; pool projection.
MODULES: Mapping[str, tuple[int, int, int, int, int, int]] = MappingProxyType(
    {
        "3a": (64, 96, 128, 16, 32, 32),
        "3b": (128, 128, 192, 32, 96, 64),
        "4a": (192, 96, 208, 16, 48, 64),
        "4b": (160, 112, 224, 24, 64, 64),
        "4c": (128, 128, 256, 24, 64, 64),
        "4d": (112, 144, 288, 32, 64, 64),
        "4e": (256, 160, 320, 32, 128, 128),
        "5a": (256, 160, 320, 32, 128, 128),
        "5b": (384, 192, 384, 48, 128, 128),
    }
)
AUXILIARY_AFTER = ("4a", "4d")


@dataclass(frozen=True, slots=True)
class _Style:
    """What the two versions do in their own way."""

    is_normalized: bool
    largest: int  # kernel of the branch that the paper calls 5x5
    last_pool: int  # kernel of the pooling before 5a
    is_naive: bool = False  # whether its modules have no 1x1 before kernels or behind the pooling

    def convolved(self, name: str, channels: int, kernel: int, stride: int = 1) -> Iterator[Part]:
        """Yield a convolution of "same" size and what stands behind it."""
        padding, bias = (kernel - 1) // 2, not self.is_normalized
        yield convolution(name, channels, kernel, stride=stride, padding=padding, bias=bias)
        if self.is_normalized:
            yield batch_norm(f"{name} BN")
        yield activation(f"{name} ReLU")


_PAPER = _Style(is_normalized=False, largest=5, last_pool=3)
_NAIVE = _Style(is_normalized=False, largest=5, last_pool=3, is_naive=True)
_TORCHVISION = _Style(is_normalized=True, largest=3, last_pool=2)


def paper(*, auxiliary: bool = False) -> Chain:
    """Describe the network of the paper; the auxiliary heads serve training alone."""
    return _googlenet("GoogLeNet (2014)", _PAPER, auxiliary=auxiliary)


def naive() -> Chain:
    """Describe what the paper argues against: its network with naive modules.

    Returns
    -------
    Chain
        Nothing shrinks what a module pools, so each module adds to the maps before it.
    """
    return _googlenet("GoogLeNet of naive modules", _NAIVE, auxiliary=False)


def inception_module(name: str, *, is_naive: bool = False) -> Branches:
    """Describe one module of the paper by itself.

    Parameters
    ----------
    name : str
        One of `MODULES`.
    is_naive : bool, default False
        Whether it lacks the 1 by 1 convolutions before its larger kernels and behind its pooling.

    Returns
    -------
    Branches
        Four, or for a naive module those of the same kernels.
    """
    return Branches(name, _branches(_NAIVE if is_naive else _PAPER, name))


def torchvision(*, auxiliary: bool = False) -> Chain:
    """Describe torchvision's: normalized, and 3 by 3 where the paper has 5 by 5.

    The small kernel came by mistake from an older port and is kept for the trained weights
    (pytorch/vision, issue 906). In the auxiliary heads torchvision averages adaptively to 4 by 4;
    described here is the paper's window, which gives the same shape at 224 pixels.

    Parameters
    ----------
    auxiliary : bool, default False
        Whether the heads that serve training alone are there.

    Returns
    -------
    Chain
        The stem, nine modules with poolings between them, and the head.
    """
    return _googlenet("GoogLeNet (torchvision)", _TORCHVISION, auxiliary=auxiliary)


def _googlenet(name: str, style: _Style, *, auxiliary: bool) -> Chain:
    parts: list[Part] = [chain("stem", _stem(style))]
    for module in MODULES:
        if module in {"4a", "5a"}:
            kernel = style.last_pool if module == "5a" else 3
            parts.append(_halved(f"pool{int(module[0]) - 1}", kernel))
        parts.append(Branches(module, _branches(style, module)))
        if auxiliary and module in AUXILIARY_AFTER:
            number = AUXILIARY_AFTER.index(module) + 1
            head = f"auxiliary {number}"
            parts.append(Aside(head, chain(head, _auxiliary_head(style, f"aux{number}"))))
    return chain(name, *parts, chain("head", _head(style)))


def _halved(name: str, kernel: int = 3) -> Part:
    return pooling(MAX_POOLING, name, kernel, 2, rounds_up=True)


def _stem(style: _Style) -> Iterator[Part]:
    yield from style.convolved("conv1", 64, 7, 2)
    yield _halved("pool1")
    if not style.is_normalized:
        yield response_norm("pool1 LRN")
    yield from style.convolved("conv2 reduce", 64, 1)
    yield from style.convolved("conv2", 192, 3)
    if not style.is_normalized:
        yield response_norm("conv2 LRN")
    yield _halved("pool2")


def _branches(style: _Style, module: str) -> tuple[Part, ...]:
    one, three_reduce, three, five_reduce, five, projection = MODULES[module]
    size = f"{style.largest}×{style.largest}"
    # With two branches of the same kernel the paper's name would not tell them apart.
    last = size if style.largest == 5 else f"{size} for 5×5"
    pool = pooling(MAX_POOLING, f"{module} pool", 3, 1, 1, rounds_up=True)
    if style.is_naive:
        return (
            chain("1×1", style.convolved(f"{module} 1×1", one, 1)),
            chain("3×3", style.convolved(f"{module} 3×3", three, 3)),
            chain("5×5", style.convolved(f"{module} {last}", five, style.largest)),
            pool,
        )
    return (
        chain("1×1", style.convolved(f"{module} 1×1", one, 1)),
        chain(
            "3×3",
            style.convolved(f"{module} 3×3 reduce", three_reduce, 1),
            style.convolved(f"{module} 3×3", three, 3),
        ),
        chain(
            "5×5",
            style.convolved(f"{module} 5×5 reduce", five_reduce, 1),
            style.convolved(f"{module} {last}", five, style.largest),
        ),
        chain(
            "pool",
            pool,
            style.convolved(f"{module} pool projection", projection, 1),
        ),
    )


def _auxiliary_head(style: _Style, name: str) -> Iterator[Part]:
    yield pooling(AVERAGE_POOLING, f"{name} pool", 5, 3, rounds_up=False)
    yield from style.convolved(f"{name} conv", 128, 1)
    yield flatten(f"{name} flatten")
    yield dense(f"{name} fc1", 1024, inputs=128 * 4 * 4)
    yield activation(f"{name} fc1 ReLU")
    yield dropout(f"{name} dropout")
    yield dense(f"{name} fc2", 1000)
    yield softmax(f"{name} softmax")


def _head(style: _Style) -> Iterator[Part]:
    yield global_pooling("average pool")
    yield flatten("flatten")
    yield dropout("dropout")
    yield dense("fc", 1000, inputs=0 if style.is_naive else 1024)
    yield softmax("softmax")
