r"""Losses in the middle of a network: auxiliary heads, and the gradients that they add.

The network is cut into parts, one behind another; an auxiliary head reads what a part gives.
"""

from collections.abc import Sequence
from itertools import pairwise

from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.network import Gradients, Network, Pass, backward, forward
from dlcv_viz.numerics.training import softmax_cross_entropy
from dlcv_viz.types import FloatArray

WEIGHT = 0.3
"""Of each auxiliary loss in GoogLeNet."""


def total_loss(main: float, auxiliary: Sequence[float], weight: float = WEIGHT) -> float:
    r"""Add auxiliary losses to that of the last output.

    .. math:: L = L_\text{main} + \lambda \sum_k L_k

    Parameters
    ----------
    main : float
        Loss of the last output.
    auxiliary : sequence of float
        Losses of the heads in the middle.
    weight : float, default 0.3
        λ, at least 0.

    Returns
    -------
    float
        What is trained on; a trained network answers by its last output alone.

    Raises
    ------
    ValueError
        If the weight is below 0 or not finite.

    References
    ----------
    .. [1] C. Szegedy et al., "Going Deeper with Convolutions", CVPR 2015, arXiv:1409.4842.

    Examples
    --------
    >>> round(total_loss(2.0, [3.0, 4.0]), 3)
    4.1
    """
    if not 0 <= weight < float("inf"):
        raise ValueError(f"weight={weight} is below 0 or not finite")
    return main + weight * sum(auxiliary)


def supervised_gradients(
    parts: Sequence[Network],
    heads: Sequence[Network],
    X: FloatArray,
    targets: FloatArray,
    weight: float = WEIGHT,
) -> tuple[float, list[Gradients]]:
    """Return the loss with auxiliary heads, and its gradients by the parts of the network.

    Parameters
    ----------
    parts : sequence of Network
        Each reads what the one before gives; the last one gives logits.
    heads : sequence of Network
        One for each part but the last, which reads what that part gives and gives logits.
    X : (m, n_in) ndarray of float
        Samples in rows.
    targets : (m, n_classes) ndarray of float
        One 1 among zeros in each row.
    weight : float, default 0.3
        Of each auxiliary loss; with 0 the heads have no say.

    Returns
    -------
    loss : float
        By `total_loss`, of cross-entropies.
    gradients : list of Gradients
        One for each part.

    Raises
    ------
    ValueError
        If there is not one head for each part but the last, or shapes do not chain.
    """
    if len(heads) != len(parts) - 1:
        raise ValueError(f"{len(parts)} parts need {len(parts) - 1} heads, not {len(heads)}")
    refuse_not_finite(X=X)
    passes: list[Pass] = []
    for part in parts:
        passes.append(forward(part, passes[-1].outputs if passes else X))
    main, upstream = softmax_cross_entropy(passes[-1].outputs, targets)
    found = [backward(parts[-1], passes[-1], upstream)]
    losses = []
    cuts = zip(pairwise(parts), passes[:-1], heads, strict=True)
    for (part, following), passed, head in reversed(list(cuts)):
        at_head = forward(head, passed.outputs)
        loss, upstream = softmax_cross_entropy(at_head.outputs, targets)
        losses.append(float(loss))
        from_head = backward(head, at_head, upstream)
        arriving = _by_inputs(following, found[0]) + weight * _by_inputs(head, from_head)
        found.insert(0, backward(part, passed, arriving))
    return total_loss(float(main), losses, weight), found


def _by_inputs(network: Network, found: Gradients) -> FloatArray:
    """Return the gradient by what a network reads."""
    return found.errors[0] @ network.weights[0]
