"""VGG: configurations A to E of the paper, which torchvision calls VGG-11, 13, 16 and 19.

K. Simonyan, A. Zisserman, "Very Deep Convolutional Networks for Large-Scale Image Recognition",
ICLR 2015, arXiv:1409.1556, table 1. torchvision averages pool5 to 7 by 7, which it has already at
224 pixels.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from dlcv_viz.architectures.layers import (
    MAX_POOLING,
    Chain,
    Part,
    activation,
    chain,
    convolution,
    dense,
    dropout,
    flatten,
    pooling,
    softmax,
)

INPUT_SHAPE = (3, 224, 224)
WIDTHS = (64, 128, 256, 512, 512)

# Kernels of the convolutions in each block.
CONFIGURATIONS: Mapping[str, tuple[tuple[int, ...], ...]] = MappingProxyType(
    {
        "A": ((3,), (3,), (3, 3), (3, 3), (3, 3)),
        "B": ((3, 3), (3, 3), (3, 3), (3, 3), (3, 3)),
        "C": ((3, 3), (3, 3), (3, 3, 1), (3, 3, 1), (3, 3, 1)),
        "D": ((3, 3), (3, 3), (3, 3, 3), (3, 3, 3), (3, 3, 3)),
        "E": ((3, 3), (3, 3), (3, 3, 3, 3), (3, 3, 3, 3), (3, 3, 3, 3)),
    }
)
# Torchvision's names, by the layers with weights; it has no C.
NAMES: Mapping[str, str] = MappingProxyType(
    {"A": "VGG-11", "B": "VGG-13", "D": "VGG-16", "E": "VGG-19"}
)


def vgg(configuration: str = "D", *, n_classes: int = 1000) -> Chain:
    """Describe a configuration of the paper.

    Parameters
    ----------
    configuration : str, default "D"
        A letter of table 1, "A" to "E".
    n_classes : int, default 1000
        Units of the last layer.

    Returns
    -------
    Chain
        Five blocks, each with its pooling, and the head.

    Raises
    ------
    ValueError
        If there is no such configuration.
    """
    if configuration not in CONFIGURATIONS:
        letters = ", ".join(CONFIGURATIONS)
        raise ValueError(f"VGG has no configuration {configuration!r}; there are {letters}")
    blocks = zip(CONFIGURATIONS[configuration], WIDTHS, strict=True)
    return chain(
        f"VGG (configuration {configuration})",
        *(
            chain(f"block {number}", _block(number, kernels, width))
            for number, (kernels, width) in enumerate(blocks, 1)
        ),
        chain("head", _head(n_classes)),
    )


def _block(number: int, kernels: tuple[int, ...], width: int) -> Iterator[Part]:
    for place, kernel in enumerate(kernels, 1):
        name = f"conv{number}_{place}"
        yield convolution(name, width, kernel, padding=(kernel - 1) // 2)
        yield activation(f"{name} ReLU")
    yield pooling(MAX_POOLING, f"pool{number}", 2, 2, rounds_up=False)


def _head(n_classes: int) -> Iterator[Part]:
    yield flatten("pool5 flatten")
    for name, inputs in (("fc6", 512 * 7 * 7), ("fc7", 4096)):
        yield dense(name, 4096, inputs=inputs)
        yield activation(f"{name} ReLU")
        yield dropout(f"{name} dropout")
    yield dense("fc8", n_classes, inputs=4096)
    yield softmax("softmax")


def shallow() -> Chain:
    """Describe configuration B with one 5 by 5 convolution in place of each pair of 3 by 3.

    Returns
    -------
    Chain
        The network of eight weight layers that the authors compare with B in section 4.1. Its
        units see as much of the picture.
    """
    blocks = (
        chain(
            f"block {number}",
            convolution(f"conv{number}_1", width, 5, padding=2),
            activation(f"conv{number}_1 ReLU"),
            pooling(MAX_POOLING, f"pool{number}", 2, 2, rounds_up=False),
        )
        for number, width in enumerate(WIDTHS, 1)
    )
    return chain("VGG (five 5×5 convolutions)", *blocks, vgg("B").parts[-1])
