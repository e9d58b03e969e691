"""ResNet for ImageNet: 18 and 34 layers of basic blocks, 50, 101 and 152 of bottlenecks.

K. He, X. Zhang, S. Ren, J. Sun, "Deep Residual Learning for Image Recognition", CVPR 2016,
arXiv:1512.03385, table 1, with projections where the shape changes (option B).
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dlcv_viz.architectures.layers import (
    MAX_POOLING,
    Chain,
    Part,
    Residual,
    activation,
    batch_norm,
    chain,
    convolution,
    dense,
    flatten,
    global_pooling,
    pooling,
    softmax,
)

INPUT_SHAPE = (3, 224, 224)
WIDTHS = (64, 128, 256, 512)
EXPANSION = 4  # of a bottleneck

# Blocks of each stage.
BLOCKS: Mapping[int, tuple[int, int, int, int]] = MappingProxyType(
    {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}
)


def resnet(depth: int = 50, *, strides_first: bool = False, n_classes: int = 1000) -> Chain:
    """Describe a ResNet.

    Parameters
    ----------
    depth : int, default 50
        18, 34, 50, 101 or 152.
    strides_first : bool, default False
        Whether the stride of a bottleneck is in its first 1 by 1 convolution, as in the paper;
        else it is in the 3 by 3, as in torchvision ("v1.5"), which costs more multiply-adds and
        not one parameter. Basic blocks have theirs in the first 3 by 3 in both.
    n_classes : int, default 1000
        Units of the last layer.

    Returns
    -------
    Chain
        The stem, four stages and the head.

    Raises
    ------
    ValueError
        If there is no such depth.
    """
    if depth not in BLOCKS:
        raise ValueError(f"ResNet has no depth {depth}; there are {', '.join(map(str, BLOCKS))}")
    stages: list[Part] = []
    n_read = 64
    for number, (n_blocks, width) in enumerate(zip(BLOCKS[depth], WIDTHS, strict=True), 2):
        stage: list[Part] = []
        for place in range(1, n_blocks + 1):
            stride = 2 if place == 1 and number > 2 else 1
            name, give = f"conv{number}_{place}", width if depth < 50 else EXPANSION * width
            parts = (
                _basic(name, width, stride)
                if depth < 50
                else _bottleneck(name, width, stride, strides_first=strides_first)
            )
            stage += _block(name, parts, stride, n_read, give)
            n_read = give
        stages.append(chain(f"conv{number}", *stage))
    head = chain(
        "head",
        global_pooling("average pool"),
        flatten("flatten"),
        dense("fc", n_classes),
        softmax("softmax"),
    )
    return chain(f"ResNet-{depth}", chain("conv1", _stem()), *stages, head)


def _stem() -> Iterator[Part]:
    yield from _normalized("conv1_1", 64, 7, 2)
    yield activation("conv1_1 ReLU")
    yield pooling(MAX_POOLING, "pool1", 3, 2, 1, rounds_up=False)


def _block(name: str, body: Iterator[Part], stride: int, n_read: int, give: int) -> Iterator[Part]:
    identity = stride == 1 and n_read == give
    shortcut = () if identity else _normalized(f"{name} projection", give, 1, stride)
    yield Residual(name, chain("body", body), chain("shortcut", *shortcut))
    yield activation(f"{name} ReLU")


def _basic(name: str, width: int, stride: int) -> Iterator[Part]:
    yield from _normalized(f"{name}a", width, 3, stride)
    yield activation(f"{name}a ReLU")
    yield from _normalized(f"{name}b", width, 3, 1)


def _bottleneck(name: str, width: int, stride: int, *, strides_first: bool) -> Iterator[Part]:
    first, second = (stride, 1) if strides_first else (1, stride)
    yield from _normalized(f"{name}a", width, 1, first)
    yield activation(f"{name}a ReLU")
    yield from _normalized(f"{name}b", width, 3, second)
    yield activation(f"{name}b ReLU")
    yield from _normalized(f"{name}c", EXPANSION * width, 1, 1)


def _normalized(name: str, channels: int, kernel: int, stride: int) -> Iterator[Part]:
    padding = (kernel - 1) // 2
    yield convolution(name, channels, kernel, stride=stride, padding=padding, bias=False)
    yield batch_norm(f"{name} BN")
