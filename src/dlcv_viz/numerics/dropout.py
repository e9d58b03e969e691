r"""Dropout and mixup: noise that is put on activations and on samples while a network learns."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.numerics.softmax import softmax
from dlcv_viz.types import FloatArray

MOST_UNITS = 16  # 2 ** 16 masks are as many as one would list


def random_mask(
    shape: tuple[int, ...], drop: float, *, seed: int | np.random.Generator
) -> FloatArray:
    """Draw which activations are kept.

    Parameters
    ----------
    shape : tuple of int
        Of the activations.
    drop : float
        Probability p of dropping one, at least 0 and below 1.
    seed : int or numpy.random.Generator
        Of the draws.

    Returns
    -------
    (*shape) ndarray of float
        1 where one is kept, else 0.

    Raises
    ------
    ValueError
        If `drop` is out of its range.
    """
    _refuse_not_a_drop(drop)
    return (np.random.default_rng(seed).random(shape) >= drop).astype(float)


def all_masks(n: int) -> FloatArray:
    """Return every mask of a few units.

    Parameters
    ----------
    n : int
        Units, from 1 to 16.

    Returns
    -------
    (2 ** n, n) ndarray of float
        Rows of 0 and 1, counting up in binary with the first unit in front.

    Raises
    ------
    ValueError
        If `n` is out of its range.
    """
    if not 1 <= n <= MOST_UNITS:
        raise ValueError(f"n={n} is not from 1 to {MOST_UNITS}")
    return (np.arange(2**n)[:, None] >> np.arange(n)[::-1] & 1).astype(float)


def classic_dropout(a: FloatArray, drop: float, mask: FloatArray | None = None) -> FloatArray:
    r"""Mask activations in training; scale them at test time.

    .. math:: \tilde{\mathbf a} = \mathbf r \odot \mathbf a \text{ (training)}, \quad
              \tilde{\mathbf a} = (1 - p) \mathbf a \text{ (test)}

    Parameters
    ----------
    a : (...) ndarray of float
        Activations.
    drop : float
        p, the probability of dropping one, at least 0 and below 1.
    mask : (...) ndarray of 0 and 1, optional
        r, which are kept; None is test time.

    Returns
    -------
    (...) ndarray of float
        What the next layer gets.

    Raises
    ------
    ValueError
        If the last axes differ, a mask holds more than 0 and 1, or `drop` is out of its range.

    References
    ----------
    .. [1] N. Srivastava et al., "Dropout", 2014. Its p is the probability of keeping one.
    """
    _refuse_not_a_drop(drop)
    return (1 - drop) * a if mask is None else _masked(a, mask)


def inverted_dropout(a: FloatArray, drop: float, mask: FloatArray | None = None) -> FloatArray:
    r"""Mask and scale activations in training; leave them alone at test time.

    .. math:: \tilde{\mathbf a} = \frac{\mathbf r \odot \mathbf a}{1 - p} \text{ (training)}, \quad
              \tilde{\mathbf a} = \mathbf a \text{ (test)}

    Parameters
    ----------
    a : (...) ndarray of float
        Activations.
    drop : float
        p, the probability of dropping one, at least 0 and below 1.
    mask : (...) ndarray of 0 and 1, optional
        r, which are kept; None is test time.

    Returns
    -------
    (...) ndarray of float
        With the mean a over masks, and the variance :math:`\frac{p}{1-p} a^2`.

    Raises
    ------
    ValueError
        If the last axes differ, a mask holds more than 0 and 1, or `drop` is out of its range.

    References
    ----------
    .. [1] N. Srivastava et al., "Dropout", 2014, section 10.

    Examples
    --------
    >>> inverted_dropout(np.array([1.0, 3.0]), 0.5, np.array([1.0, 0.0]))
    array([2., 0.])
    """
    _refuse_not_a_drop(drop)
    return a if mask is None else _masked(a, mask) / (1 - drop)


def geometric_mean(p: FloatArray) -> FloatArray:
    r"""Average distributions by their logarithms, and make the result one that sums to 1.

    .. math:: \bar p_c \propto \left( \prod_{k=1}^K p_{kc} \right)^{1/K}

    Parameters
    ----------
    p : (k, n) ndarray of float
        A distribution in each row, all above 0.

    Returns
    -------
    (n,) ndarray of float
        One distribution.

    Raises
    ------
    ValueError
        If a number is not above 0 and finite.
    """
    if not (p > 0).all():
        raise ValueError("p holds a number that is not above 0")
    return softmax(np.log(p).mean(axis=0))


def mixup(first: FloatArray, second: FloatArray, share: float) -> FloatArray:
    r"""Mix two samples, or their targets.

    .. math:: \tilde{\mathbf x} = \mu \mathbf x_i + (1 - \mu) \mathbf x_j, \quad
              \mu \sim \mathrm{Beta}(a, a)

    Parameters
    ----------
    first, second : (...) ndarray of float
        Of one shape.
    share : float
        :math:`\mu` of the first, from 0 to 1.

    Returns
    -------
    (...) ndarray of float
        Between the two.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite, or `share` is not from 0 to 1.

    References
    ----------
    .. [1] H. Zhang et al., "mixup: Beyond empirical risk minimization", 2018.
    """
    refuse_unlike(first=first, second=second)
    refuse_not_finite(first=first, second=second)
    if not 0 <= share <= 1:
        raise ValueError(f"share={share} is not from 0 to 1")
    mixed: FloatArray = share * first + (1 - share) * second
    return mixed


def _masked(a: FloatArray, mask: FloatArray) -> FloatArray:
    refuse_not_finite(a=a)
    if a.shape[-1:] != mask.shape[-1:] or not np.isin(mask, (0, 1)).all():
        raise ValueError(f"mask {mask.shape} is not of 0 and 1 for the units of a {a.shape}")
    kept: FloatArray = mask * a
    return kept


def _refuse_not_a_drop(drop: float) -> None:
    if not 0 <= drop < 1:
        raise ValueError(f"drop={drop} is not at least 0 and below 1")
