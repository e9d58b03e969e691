"""Gradient descent on a function of a few variables."""

from collections.abc import Callable

import numpy as np

from dlcv_viz.types import FloatArray


def gradient_descent(
    gradient: Callable[[FloatArray], FloatArray],
    start: FloatArray,
    *,
    learning_rate: float,
    n_steps: int,
) -> FloatArray:
    r"""Follow the negative gradient with steps of a fixed rate.

    .. math:: \mathbf w_{t+1} = \mathbf w_t - \alpha \nabla L(\mathbf w_t)

    Parameters
    ----------
    gradient : callable
        From a (...) array to its gradient, of the same shape.
    start : (...) ndarray of float
        Where to begin.
    learning_rate : float
        :math:`\alpha`, above 0.
    n_steps : int
        At least 1.

    Returns
    -------
    (n_steps + 1, ...) ndarray of float
        The start and every place after it.

    Raises
    ------
    ValueError
        If `learning_rate` is not above 0 or `n_steps` below 1.

    Examples
    --------
    >>> gradient_descent(lambda w: 2 * w, np.array([8.0]), learning_rate=0.25, n_steps=2).ravel()
    array([8., 4., 2.])
    """
    if not learning_rate > 0 or n_steps < 1:
        raise ValueError(f"learning_rate={learning_rate} is above 0, n_steps={n_steps} at least 1")
    path = np.empty((n_steps + 1, *np.shape(start)))
    path[0] = start
    for step in range(n_steps):
        path[step + 1] = path[step] - learning_rate * gradient(path[step])
    return path
