"""How far one discrete distribution is from another, in nats; `entropy` is beside the softmax."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.numerics.softmax import entropy
from dlcv_viz.types import FloatArray


def cross_entropy(p: FloatArray, q: FloatArray) -> float:
    r"""Return the mean surprise of one who believes q while p is true.

    .. math:: H(\mathbf p, \mathbf q) = -\sum_c p_c \log q_c

    Parameters
    ----------
    p, q : (C,) ndarray of float
        Probabilities that add up to 1; q is above 0 wherever p is.

    Returns
    -------
    float
        At least the entropy of `p`.

    Raises
    ------
    ValueError
        If the shapes differ, one is no distribution, or q is 0 where p is not: it is infinite.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, section 3.13.

    Examples
    --------
    >>> round(cross_entropy(np.array([1.0, 0.0]), np.array([0.5, 0.5])), 6)
    0.693147
    """
    refuse_unlike(p=p, q=q)
    refuse_not_finite(p=p, q=q)
    for name, values in (("p", p), ("q", q)):
        if (values < 0).any() or not np.isclose(values.sum(), 1):
            raise ValueError(f"{name}={values.tolist()} is no distribution: it adds up to 1")
    occurs = p > 0
    if (q[occurs] == 0).any():
        raise ValueError("q is 0 where p is not: the cross-entropy is infinite")
    return float(-(p[occurs] * np.log(q[occurs])).sum())


def kl_divergence(p: FloatArray, q: FloatArray) -> float:
    r"""Return how much the belief q costs beyond the entropy of p.

    .. math:: D_\mathrm{KL}(\mathbf p \Vert \mathbf q) = H(\mathbf p, \mathbf q) - H(\mathbf p)

    Parameters
    ----------
    p, q : (C,) ndarray of float
        As for `cross_entropy`.

    Returns
    -------
    float
        At least 0 but for rounding, and 0 if both are equal.

    Raises
    ------
    ValueError
        As for `cross_entropy`.

    References
    ----------
    .. [1] I. Goodfellow, Y. Bengio, A. Courville, "Deep Learning", 2016, equation 3.50.
    """
    return cross_entropy(p, q) - float(entropy(p))
