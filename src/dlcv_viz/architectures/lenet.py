"""LeNet-5: the network of the paper, and what is taught under its name today.

Y. LeCun, L. Bottou, Y. Bengio, P. Haffner, "Gradient-Based Learning Applied to Document
Recognition", Proceedings of the IEEE 86(11), 1998, doi:10.1109/5.726791, section II.B. It reads
32 by 32 pixels of one channel.
"""

from dlcv_viz.architectures.layers import (
    AVERAGE_POOLING,
    CONVOLUTION,
    SUBSAMPLING,
    Chain,
    activation,
    chain,
    convolution,
    dense,
    flatten,
    pooling,
    radial_basis,
    softmax,
)
from dlcv_viz.architectures.rows import Ledger

INPUT_SHAPE = (1, 32, 32)

# Table I of the paper: for each map of C3 the maps of S2 that it sees.
C3_LINKS = (
    *((k, (k + 1) % 6, (k + 2) % 6) for k in range(6)),
    *((k, (k + 1) % 6, (k + 2) % 6, (k + 3) % 6) for k in range(6)),
    *((k, k + 1, k + 3, (k + 4) % 6) for k in range(3)),
    tuple(range(6)),
)


def paper() -> Chain:
    """Describe the network of 1998, with 60,000 trainable parameters.

    Its subsampling has a coefficient and a bias for each map, C3 sees part of S2, and the output
    units measure distances to fixed pictures of the characters.

    Returns
    -------
    Chain
        Layers named as in the paper.
    """
    return chain(
        "LeNet-5 (1998)",
        convolution("C1", 6, 5),
        activation("C1 tanh"),
        pooling(SUBSAMPLING, "S2", 2, 2, rounds_up=False),
        activation("S2 tanh"),
        convolution("C3", 16, 5, links=C3_LINKS),
        activation("C3 tanh"),
        pooling(SUBSAMPLING, "S4", 2, 2, rounds_up=False),
        activation("S4 tanh"),
        convolution("C5", 120, 5),
        activation("C5 tanh"),
        flatten("flatten"),
        dense("F6", 84, inputs=120),
        activation("F6 tanh"),
        radial_basis("output", 10),
    )


def remake() -> Chain:
    """Describe the common remake: plain averages, all links of C3, a dense output; 61,706."""
    return chain(
        "LeNet-5 (remake)",
        convolution("C1", 6, 5),
        activation("C1 tanh"),
        pooling(AVERAGE_POOLING, "S2", 2, 2, rounds_up=False),
        convolution("C3", 16, 5),
        activation("C3 tanh"),
        pooling(AVERAGE_POOLING, "S4", 2, 2, rounds_up=False),
        convolution("C5", 120, 5),
        activation("C5 tanh"),
        flatten("flatten"),
        dense("F6", 84, inputs=120),
        activation("F6 tanh"),
        dense("output", 10),
        softmax("softmax"),
    )


def connections(ledger: Ledger) -> int:
    """Count connections as the paper does: what each unit reads, its bias among them.

    Parameters
    ----------
    ledger : Ledger
        Of the network of the paper, not condensed.

    Returns
    -------
    int
        340,908 for an input of 32 by 32.
    """
    total = 0
    for row in ledger.rows:
        if row.kind == SUBSAMPLING:
            total += row.activations * (2 * 2 + 1)
        elif row.biases:
            positions = row.activations // row.biases if row.kind == CONVOLUTION else 1
            total += row.multiply_adds + positions * row.biases
        else:
            total += row.multiply_adds
    return total
