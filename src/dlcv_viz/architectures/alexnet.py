"""AlexNet: the paper's network in two groups, and the one-tower network that torchvision has."""

from collections.abc import Iterator

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
    response_norm,
    softmax,
)

PAPER_INPUT_SHAPE = (3, 227, 227)  # the paper says 224, which its 55 by 55 maps contradict
ONE_TOWER_INPUT_SHAPE = (3, 224, 224)


def _max_pool(name: str) -> Part:
    return pooling(MAX_POOLING, name, 3, 2, rounds_up=False)


def _head(name: str) -> Iterator[Part]:
    """Yield three dense layers, the first two with dropout."""
    yield flatten(f"{name} flatten")
    for layer, inputs in (("fc6", 256 * 6 * 6), ("fc7", 4096)):
        yield dense(layer, 4096, inputs=inputs)
        yield activation(f"{layer} ReLU")
        yield dropout(f"{layer} dropout")
    yield dense("fc8", 1000, inputs=4096)
    yield softmax("softmax")


def paper() -> Chain:
    """Describe the network of 2012, whose conv2, conv4 and conv5 see their own GPU's maps only.

    A. Krizhevsky, I. Sutskever, G. Hinton, "ImageNet Classification with Deep Convolutional Neural
    Networks", NeurIPS 2012, section 3.5.

    Returns
    -------
    Chain
        Five convolutions and three dense layers, for `PAPER_INPUT_SHAPE`.
    """
    return chain(
        "AlexNet (2012)",
        convolution("conv1", 96, 11, stride=4),
        activation("conv1 ReLU"),
        response_norm("conv1 LRN"),
        _max_pool("pool1"),
        convolution("conv2", 256, 5, padding=2, groups=2),
        activation("conv2 ReLU"),
        response_norm("conv2 LRN"),
        _max_pool("pool2"),
        convolution("conv3", 384, 3, padding=1),
        activation("conv3 ReLU"),
        convolution("conv4", 384, 3, padding=1, groups=2),
        activation("conv4 ReLU"),
        convolution("conv5", 256, 3, padding=1, groups=2),
        activation("conv5 ReLU"),
        _max_pool("pool5"),
        _head("pool5"),
    )


def one_tower() -> Chain:
    """Describe torchvision's network, without groups and response normalization.

    A. Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014,
    arXiv:1404.5997. torchvision averages pool5 to 6 by 6, which it has already at 224 pixels.

    Returns
    -------
    Chain
        Five convolutions and three dense layers, for `ONE_TOWER_INPUT_SHAPE`.
    """
    return chain(
        "AlexNet (one tower)",
        convolution("conv1", 64, 11, stride=4, padding=2),
        activation("conv1 ReLU"),
        _max_pool("pool1"),
        convolution("conv2", 192, 5, padding=2),
        activation("conv2 ReLU"),
        _max_pool("pool2"),
        convolution("conv3", 384, 3, padding=1),
        activation("conv3 ReLU"),
        convolution("conv4", 256, 3, padding=1),
        activation("conv4 ReLU"),
        convolution("conv5", 256, 3, padding=1),
        activation("conv5 ReLU"),
        _max_pool("pool5"),
        _head("pool5"),
    )
