r"""What a model does beyond its training data: bias, variance, early stopping, noisy training."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from dlcv_viz.numerics.activation import Activation
from dlcv_viz.numerics.checks import refuse_not_finite
from dlcv_viz.numerics.dropout import inverted_dropout, random_mask
from dlcv_viz.numerics.network import Network
from dlcv_viz.numerics.regularization import refuse_below_zero, weight_decay_step
from dlcv_viz.numerics.training import Loss, gradients
from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class BiasVariance:
    """Parts of an expected squared error, averaged over places.

    Parameters
    ----------
    bias_squared : float
        Of the mean prediction against the truth.
    variance : float
        Of predictions around their mean.
    noise : float
        Variance of the targets around the truth.
    """

    bias_squared: float
    variance: float
    noise: float

    @property
    def total(self) -> float:
        """Expected squared error on new targets."""
        return self.bias_squared + self.variance + self.noise

    @classmethod
    def of(cls, predictions: FloatArray, truth: FloatArray, noise: float) -> Self:
        r"""Take the error of a method apart by repeating it on many training sets.

        .. math:: \mathbb E[(y - \hat f)^2] = (f - \mathbb E \hat f)^2
                  + \operatorname{Var} \hat f + \sigma^2

        Parameters
        ----------
        predictions : (r, n) ndarray of float
            A row for every training set, a column for every place.
        truth : (n,) ndarray of float
            f at the places.
        noise : float
            :math:`\sigma^2`, at least 0.

        Returns
        -------
        BiasVariance
            Means over the places.

        Raises
        ------
        ValueError
            If the shapes do not fit, a number is not finite, or `noise` is below 0.

        References
        ----------
        .. [1] T. Hastie, R. Tibshirani and J. Friedman, "The Elements of Statistical Learning",
           2009, section 7.3.
        """
        if predictions.ndim != 2 or truth.shape != predictions.shape[1:]:
            raise ValueError(f"predictions {predictions.shape} and truth {truth.shape} do not fit")
        refuse_not_finite(predictions=predictions, truth=truth)
        refuse_below_zero(noise=noise)
        bias = predictions.mean(axis=0) - truth
        return cls(float((bias**2).mean()), float(predictions.var(axis=0).mean()), noise)


def early_stopping(losses: FloatArray, patience: int) -> tuple[int, int]:
    """Find the best state of a run, and when one may stop to look for a better.

    Parameters
    ----------
    losses : (n,) ndarray of float
        On validation data, from the start.
    patience : int
        How many looks without a new least loss are waited, at least 1.

    Returns
    -------
    best, stop : int
        Index of the state to keep, and of the last one looked at.

    Raises
    ------
    ValueError
        If there is no loss, one is not a number, or `patience` is below 1.

    Examples
    --------
    >>> early_stopping(np.array([3.0, 2.0, 2.5, 1.0, 1.5, 1.6]), 2)
    (3, 5)
    """
    if losses.ndim != 1 or not losses.size or np.isnan(losses).any() or patience < 1:
        raise ValueError(f"losses {losses.shape} are numbers, patience={patience} at least 1")
    best = 0
    for step, loss in enumerate(losses):
        if loss < losses[best]:
            best = step
        elif step - best >= patience:
            return best, step
    return best, len(losses) - 1


def regularised_descent(
    network: Network,
    X: FloatArray,
    targets: FloatArray,
    *,
    loss: Loss,
    learning_rate: float,
    steps: int,
    strength: float = 0.0,
    drop: float = 0.0,
    seed: int = 0,
) -> Iterator[Network]:
    """Train a network with one hidden layer, with an L2 penalty and inverted dropout.

    Parameters
    ----------
    network : Network
        Of two layers; it is not changed.
    X : (m, n_in) ndarray of float
        Samples in rows, all in every step.
    targets : (m, n_out) ndarray of float
        What the outputs should be.
    loss : callable
        As for `dlcv_viz.numerics.training.gradients`.
    learning_rate : float
        Above 0.
    steps : int
        How many, at least 0.
    strength : float, default 0
        Of `dlcv_viz.numerics.regularization.l2_penalty` on the weights; biases are left alone.
    drop : float, default 0
        Probability of dropping a hidden unit, for each sample and step anew.
    seed : int, default 0
        Of the masks.

    Yields
    ------
    Network
        The start, then the network after every step, as it is at test time.

    Raises
    ------
    ValueError
        If the network has not two layers, or a setting is out of its range.
    """
    if len(network.weights) != 2 or steps < 0:
        raise ValueError(f"{len(network.weights)} layers are not 2, or steps={steps} below 0")
    rng, shape = np.random.default_rng(seed), (len(X), len(network.biases[0]))
    yield network
    for _ in range(steps):
        hidden = network.hidden
        if drop:
            hidden = _dropped(hidden, drop, random_mask(shape, drop, seed=rng))
        _, found = gradients(replace(network, hidden=hidden), X, targets, loss)
        decayed, plain = (
            [
                weight_decay_step(p, g, learning_rate=learning_rate, strength=by)
                for p, g in zip(parameters, slopes, strict=True)
            ]
            for parameters, slopes, by in (
                (network.weights, found.weights, strength),
                (network.biases, found.biases, 0.0),
            )
        )
        network = replace(network, weights=decayed, biases=plain)
        yield network


def _dropped(hidden: Activation, drop: float, mask: FloatArray) -> Activation:
    """Put a mask on an activation: value and derivative are scaled alike."""
    return replace(
        hidden,
        function=lambda z: inverted_dropout(hidden.function(z), drop, mask),
        derivative=lambda z: inverted_dropout(hidden.derivative(z), drop, mask),
    )
