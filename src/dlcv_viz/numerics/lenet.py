r"""What LeNet-5 of 1998 computes and today's remakes leave out.

Maps are (N, C, H, W), as in `dlcv_viz.numerics.convolution`. Links are for each map of a layer the
numbers of the maps that it sees. Equations are those of Y. LeCun, L. Bottou, Y. Bengio, P. Haffner,
"Gradient-Based Learning Applied to Document Recognition", Proceedings of the IEEE 86(11), 1998.
"""

from collections.abc import Sequence

import numpy as np

from dlcv_viz.numerics.activation import tanh_derivative
from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.convolution import conv2d, windows2d
from dlcv_viz.numerics.ranges import refuse_below
from dlcv_viz.numerics.softmax import log_sum_exp
from dlcv_viz.types import FloatArray

AMPLITUDE, SLOPE = 1.7159, 2 / 3  # of the squashing function, appendix A of the paper

Links = Sequence[Sequence[int]]


def scaled_tanh(a: FloatArray) -> FloatArray:
    r"""Squash as LeNet-5 does, so that :math:`\pm 1` stays nearly where it is.

    .. math:: f(a) = 1.7159\, \tanh\left(\tfrac23 a\right)

    Parameters
    ----------
    a : (...) ndarray of float
        Pre-activations.

    Returns
    -------
    (...) ndarray of float
        Between -1.7159 and 1.7159.
    """
    return AMPLITUDE * np.tanh(SLOPE * a)


def scaled_tanh_derivative(a: FloatArray) -> FloatArray:
    """Return the slope of `scaled_tanh`: at most 1.1439, at 0."""
    return AMPLITUDE * SLOPE * tanh_derivative(SLOPE * a)


def trainable_subsampling(x: FloatArray, w: FloatArray, b: FloatArray) -> FloatArray:
    r"""Add up 2 by 2 units, scale and shift each map by its own two numbers, then squash.

    .. math:: y_{ij} = f\left(w \sum_{m,n \in \{0, 1\}} x_{2i+m,\, 2j+n} + b\right)

    Parameters
    ----------
    x : (..., C, H, W) ndarray of float
        Maps of even height and width.
    w, b : (C,) ndarray of float
        Coefficient and bias of each map.

    Returns
    -------
    (..., C, H / 2, W / 2) ndarray of float
        `scaled_tanh` of the sums.

    Raises
    ------
    ValueError
        If a side is odd, there is not one coefficient and one bias a map, or a number is not
        finite.
    """
    if x.ndim < 3 or x.shape[-1] % 2 or x.shape[-2] % 2:
        raise ValueError(f"x {x.shape} is not (…, C, H, W) with even H and W")
    if w.shape != x.shape[-3:-2] or b.shape != w.shape:
        raise ValueError(f"w {w.shape} and b {b.shape} are not one for each of {x.shape[-3]} maps")
    refuse_not_finite(x=x, w=w, b=b)
    sums = windows2d(x, 2, stride=2).sum(axis=(-2, -1))
    return scaled_tanh(w[:, None, None] * sums + b[:, None, None])


def table_parameters(links: Links, kernel: int) -> int:
    r"""Count the parameters of a convolution whose maps see some of the maps before.

    .. math:: P = \sum_o (k^2 n_o + 1)

    Parameters
    ----------
    links : sequence of sequence of int
        For each map the maps that it sees.
    kernel : int
        k, side of a kernel, at least 1.

    Returns
    -------
    int
        Weights, and one bias a map.

    Raises
    ------
    ValueError
        If the kernel is below 1 or a map sees none.

    Examples
    --------
    >>> table_parameters([(0, 1, 2), (1, 2, 3, 4)], 5)
    177
    """
    refuse_below(1, kernel=kernel, links=min(map(len, links), default=0))
    return sum(kernel**2 * len(seen) + 1 for seen in links)


def linked_conv2d(x: FloatArray, w: FloatArray, b: FloatArray, links: Links) -> FloatArray:
    """Compute a convolution whose maps see some of the maps before.

    Parameters
    ----------
    x : (N, C_in, H, W) ndarray of float
        A batch.
    w : (C_out, C_in, k, k) ndarray of float
        Kernels; those without a link do not count, whatever they hold.
    b : (C_out,) ndarray of float
        Biases.
    links : sequence of C_out sequences of int
        For each map the maps that it sees.

    Returns
    -------
    (N, C_out, H - k + 1, W - k + 1) ndarray of float
        Before the squashing.

    Raises
    ------
    ValueError
        If there is not a list of links for each kernel, a link leads nowhere, or shapes do not
        chain.
    """
    if len(links) != len(w):
        raise ValueError(f"{len(links)} lists of links, but {len(w)} kernels")
    mask = np.zeros(w.shape[:2])
    for made, seen in enumerate(links):
        if not set(seen) <= set(range(w.shape[1])):
            raise ValueError(f"map {made} is linked to {tuple(seen)} of {w.shape[1]} maps")
        mask[made, list(seen)] = 1
    return conv2d(x, w * mask[:, :, None, None], b)


def squared_distances(x: FloatArray, codes: FloatArray) -> FloatArray:
    r"""Compute LeNet-5's output: how far F6 is from the code of each class.

    .. math:: y_i = \sum_j (x_j - w_{ij})^2

    Parameters
    ----------
    x : (..., n) ndarray of float
        Activations of F6.
    codes : (classes, n) ndarray of float
        What F6 should be for each class, of -1 and +1 in the paper.

    Returns
    -------
    (..., classes) ndarray of float
        At least 0; the smallest is the answer.

    Raises
    ------
    ValueError
        If the lengths differ or a number is not finite.
    """
    if codes.ndim != 2 or x.shape[-1:] != codes.shape[1:]:
        raise ValueError(f"x {x.shape} and codes {codes.shape} do not end in one length")
    refuse_not_finite(x=x, codes=codes)
    found: FloatArray = ((x[..., None, :] - codes) ** 2).sum(axis=-1)
    return found


def map_criterion(distances: FloatArray, label: int, rubbish: float) -> float:
    r"""Compute the loss of one picture by which LeNet-5 was trained to tell classes apart.

    .. math:: y_t + \log\left(e^{-j} + \sum_i e^{-y_i}\right)

    Parameters
    ----------
    distances : (classes,) ndarray of float
        :math:`y_i`, see `squared_distances`.
    label : int
        t, the right class.
    rubbish : float
        j, the distance of a class of rubbish: wrong classes beyond it are far enough.

    Returns
    -------
    float
        Above 0: minus the logarithm of the share of the right class.

    Raises
    ------
    ValueError
        If there is no such class or a number is not finite.
    """
    if distances.ndim != 1 or not 0 <= label < len(distances):
        raise ValueError(f"label={label} is no place in distances {distances.shape}")
    refuse_not_finite(distances=distances, rubbish=np.array(rubbish))
    return float(distances[label] + log_sum_exp(-np.append(distances, rubbish)))


def feature_maps(
    x: FloatArray, c1: FloatArray, c3: FloatArray, links: Links
) -> dict[str, FloatArray]:
    """Compute the maps of LeNet-5 up to S4, without biases and with plain averages.

    Parameters
    ----------
    x : (N, 1, H, W) ndarray of float
        Pictures, 32 by 32 or larger by multiples of 4.
    c1, c3 : (6, 1, 5, 5) and (16, 6, 5, 5) ndarray of float
        Kernels; other numbers of maps go, too.
    links : sequence of sequence of int
        For each map of C3 the maps of S2 that it sees.

    Returns
    -------
    dict of str to ndarray
        The maps of C1, S2, C3 and S4, squashed.
    """
    maps = {"C1": scaled_tanh(conv2d(x, c1))}
    maps["S2"] = _averaged(maps["C1"])
    maps["C3"] = scaled_tanh(linked_conv2d(maps["S2"], c3, np.zeros(len(c3)), links))
    maps["S4"] = _averaged(maps["C3"])
    return maps


def _averaged(x: FloatArray) -> FloatArray:
    n_maps = x.shape[1]
    return trainable_subsampling(x, np.full(n_maps, 0.25), np.zeros(n_maps))
