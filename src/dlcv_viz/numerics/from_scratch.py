"""A classifier with one hidden layer, trained with nothing but numpy: to be read as one piece.

It repeats what `network` and `training` hold, on purpose: the page on backpropagation shows it
whole. A test keeps it equal to them.
"""

import numpy as np

from dlcv_viz.types import FloatArray


def train_epoch(
    X: FloatArray,
    Y: FloatArray,
    parameters: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    *,
    rate: float,
    batch_size: int,
    rng: np.random.Generator,
) -> None:
    """Go once through the data in random order, and change the parameters after each batch.

    Parameters
    ----------
    X : (N, n_in) ndarray of float
        Samples in rows.
    Y : (N, C) ndarray of float
        Their classes, one-hot.
    parameters : (n, n_in), (n,), (C, n) and (C,) ndarray of float
        Weights and biases of both layers; changed in place.
    rate : float
        Learning rate.
    batch_size : int
        Samples an update; the last batch may be smaller.
    rng : numpy.random.Generator
        Of the order.
    """
    # The page shows what follows.
    W1, b1, W2, b2 = parameters
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        batch = order[start : start + batch_size]
        A0, T, m = X[batch], Y[batch], len(batch)

        Z1 = A0 @ W1.T + b1  # forward, and keep what the way back needs
        A1 = np.maximum(Z1, 0)
        Z2 = A1 @ W2.T + b2
        P = np.exp(Z2 - Z2.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)

        D2 = (P - T) / m  # backward: errors, and then gradients
        D1 = (D2 @ W2) * (Z1 > 0)
        dW2, db2 = D2.T @ A1, D2.sum(axis=0)
        dW1, db1 = D1.T @ A0, D1.sum(axis=0)

        W1 -= rate * dW1  # only now do the weights move
        b1 -= rate * db1
        W2 -= rate * dW2
        b2 -= rate * db2
