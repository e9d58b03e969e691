"""A small network in the classic form, to be counted by hand: four convolutions, two dense."""

from collections.abc import Iterator

from dlcv_viz.architectures.layers import (
    MAX_POOLING,
    Chain,
    Part,
    activation,
    chain,
    convolution,
    dense,
    flatten,
    pooling,
    softmax,
)

INPUT_SHAPE = (3, 32, 32)
WIDTHS = (32, 64, 128, 256)


def reference() -> Chain:
    """Describe the network that the module *CNN Architecture* counts.

    Each convolution has 3 by 3 kernels and keeps the size; each pooling halves it, and the next
    convolution has twice as many kernels.

    Returns
    -------
    Chain
        For `INPUT_SHAPE` and ten classes.
    """
    return chain(
        "Reference network",
        _blocks(),
        flatten("flatten"),
        dense("fc1", 128, inputs=WIDTHS[-1] * 2 * 2),
        activation("fc1 ReLU"),
        dense("fc2", 10, inputs=128),
        softmax("softmax"),
    )


def _blocks() -> Iterator[Part]:
    for number, width in enumerate(WIDTHS, 1):
        yield convolution(f"conv{number}", width, 3, padding=1)
        yield activation(f"conv{number} ReLU")
        yield pooling(MAX_POOLING, f"pool{number}", 2, 2, rounds_up=False)
