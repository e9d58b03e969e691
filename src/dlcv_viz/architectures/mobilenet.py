"""MobileNet: version 1, a chain of depthwise separable convolutions, and version 2."""

from collections.abc import Iterator

from dlcv_viz.architectures.layers import (
    Chain,
    Part,
    Residual,
    activation,
    batch_norm,
    chain,
    convolution,
    dense,
    dropout,
    flatten,
    global_pooling,
    softmax,
)

INPUT_SHAPE = (3, 224, 224)

# Channels and stride of each separable convolution. Table 1 of the paper prints stride 2 for the
# last one too, but keeps its 7 by 7 maps.
V1_ROWS = (
    (64, 1),
    (128, 2),
    (128, 1),
    (256, 2),
    (256, 1),
    (512, 2),
    *((512, 1),) * 5,
    (1024, 2),
    (1024, 1),
)
# Expansion, channels, repeats and first stride of each stage: table 2 of the paper.
V2_ROWS = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)


def v1(width: float = 1.0, *, is_separable: bool = True) -> Chain:
    """Describe version 1.

    A. Howard et al., "MobileNets: Efficient Convolutional Neural Networks for Mobile Vision
    Applications", 2017, arXiv:1704.04861, table 1.

    Parameters
    ----------
    width : float, default 1.0
        The width multiplier: all channels are multiplied by it.
    is_separable : bool, default True
        Whether convolutions are separable; else each is one full 3 by 3, as the paper compares.

    Returns
    -------
    Chain
        The first convolution, 13 stages and the head.
    """

    def scaled(channels: int) -> int:
        return int(channels * width)

    stages = []
    n_read = scaled(32)
    for number, (channels, stride) in enumerate(V1_ROWS, 2):
        name, give = f"conv{number}", scaled(channels)
        parts = (
            _separable(name, n_read, give, stride)
            if is_separable
            else _normalized(name, give, 3, stride)
        )
        stages.append(chain(name, parts))
        n_read = give
    head = global_pooling("average pool"), flatten("flatten"), dense("fc", 1000), softmax("softmax")
    stem = chain("conv1", _normalized("conv1 3×3", scaled(32), 3, 2))
    return chain(f"MobileNet v1 (width {width:g})", stem, *stages, chain("head", *head))


def v2(width: float = 1.0, *, n_classes: int = 1000) -> Chain:
    """Describe version 2, of inverted residuals with linear bottlenecks.

    M. Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", CVPR 2018,
    arXiv:1801.04381, table 2.

    Parameters
    ----------
    width : float, default 1.0
        The width multiplier; channels are rounded to multiples of 8, as in torchvision, and those
        before the head never fall below 1280.
    n_classes : int, default 1000
        Units of the last layer.

    Returns
    -------
    Chain
        The first convolution, seven stages and the head.
    """
    n_read = _rounded(32 * width)
    stages = []
    for number, (expansion, channels, repeats, stride) in enumerate(V2_ROWS, 1):
        stage: list[Part] = []
        give = _rounded(channels * width)
        for place in range(1, repeats + 1):
            name, step = f"stage{number}_{place}", stride if place == 1 else 1
            body = chain(f"{name} body", _inverted(name, n_read, expansion, give, step))
            stage.append(Residual(name, body) if step == 1 and n_read == give else body)
            n_read = give
        stages.append(chain(f"stage {number}", *stage))
    last = _rounded(1280 * max(1.0, width))
    head = chain(
        "head",
        _normalized("conv last", last, 1, 1),
        global_pooling("average pool"),
        flatten("flatten"),
        dropout("dropout"),
        dense("fc", n_classes),
        softmax("softmax"),
    )
    stem = chain("conv1", _normalized("conv1 3×3", _rounded(32 * width), 3, 2))
    return chain(f"MobileNet v2 (width {width:g})", stem, *stages, head)


def _rounded(channels: float) -> int:
    """Round to a multiple of 8, and up where that would take more than a tenth."""
    nearest = max(8, int(channels + 4) // 8 * 8)
    return nearest + 8 if nearest < 0.9 * channels else nearest


def _normalized(
    name: str, channels: int, kernel: int, stride: int, *, groups: int = 1, is_linear: bool = False
) -> Iterator[Part]:
    padding = (kernel - 1) // 2
    yield convolution(
        name, channels, kernel, stride=stride, padding=padding, groups=groups, bias=False
    )
    yield batch_norm(f"{name} BN")
    if not is_linear:
        yield activation(f"{name} ReLU")


def _separable(name: str, n_read: int, give: int, stride: int) -> Iterator[Part]:
    yield from _normalized(f"{name} depthwise", n_read, 3, stride, groups=n_read)
    yield from _normalized(f"{name} pointwise", give, 1, 1)


def _inverted(name: str, n_read: int, expansion: int, give: int, stride: int) -> Iterator[Part]:
    wide = expansion * n_read
    if expansion > 1:
        yield from _normalized(f"{name} expand", wide, 1, 1)
    yield from _normalized(f"{name} depthwise", wide, 3, stride, groups=wide)
    yield from _normalized(f"{name} project", give, 1, 1, is_linear=True)
