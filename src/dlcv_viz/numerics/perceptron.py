r"""The perceptron: its decision, its rule for both conventions of labels, its criterion.

With labels 0 and 1 a unit keeps weights and bias apart; with labels -1 and +1 the inputs are
homogeneous (a last coordinate of 1 carries the bias), as in the convergence theorem. A unit answers
yes at :math:`z \ge 0`.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Presentation:
    """One point shown to the unit, and the state after it.

    Parameters
    ----------
    epoch : int
        From 1.
    point : int
        Index of the point, from 0.
    z : float
        Weighted sum before the update.
    answer, label : int
        What the unit said, and what is right: 0 or 1.
    weights, bias : (n,) ndarray of float, float
        After the update, if there was one.
    """

    epoch: int
    point: int
    z: float
    answer: int
    label: int
    weights: FloatArray
    bias: float

    @property
    def is_wrong(self) -> bool:
        """Whether the answer was wrong, and so the state changed."""
        return self.answer != self.label


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that happened in a training with labels 0 and 1."""

    trace: tuple[Presentation, ...]
    is_separated: bool

    @property
    def weights(self) -> FloatArray:
        """Weights at the end."""
        return self.trace[-1].weights

    @property
    def bias(self) -> float:
        """Bias at the end."""
        return self.trace[-1].bias

    @property
    def updates(self) -> int:
        """How many presentations changed the state."""
        return sum(shown.is_wrong for shown in self.trace)

    @property
    def epochs(self) -> int:
        """How often all points were shown, the epoch without a mistake included."""
        return self.trace[-1].epoch

    def ends_of_epochs(self) -> list[Presentation]:
        """Return the last presentation of every epoch."""
        last = {shown.epoch: shown for shown in self.trace}
        return [last[epoch] for epoch in sorted(last)]


@dataclass(frozen=True, slots=True)
class SignedRun:
    """A training with labels -1 and +1 on homogeneous inputs.

    Parameters
    ----------
    weights : (updates + 1, d) ndarray of float
        State after every update; the first is the zero start.
    points : (updates,) ndarray of int
        Which point caused each update.
    epochs : (updates,) ndarray of int
        In which epoch, from 1.
    n_epochs : int
        How many epochs were run, the last without a mistake if `is_separated`.
    is_separated : bool
        Whether an epoch passed without a mistake.
    """

    weights: FloatArray
    points: IntArray
    epochs: IntArray
    n_epochs: int
    is_separated: bool

    @property
    def updates(self) -> int:
        """How many mistakes changed the weights."""
        return len(self.points)

    def mistakes_by_epoch(self) -> list[int]:
        """Count the mistakes of every epoch, from the first."""
        return [int((self.epochs == epoch).sum()) for epoch in range(1, self.n_epochs + 1)]


def decide(x: FloatArray, w: FloatArray, b: float = 0.0) -> IntArray:
    r"""Answer 1 where the weighted sum is at least zero, else 0.

    .. math:: \hat y = \mathbb 1[\mathbf w^\top \mathbf x + b \ge 0]

    Parameters
    ----------
    x : (..., n) ndarray of float
        Inputs.
    w : (n,) ndarray of float
        Weights.
    b : float, default 0
        Bias.

    Returns
    -------
    (...) ndarray of int
        0 or 1.

    References
    ----------
    .. [1] F. Rosenblatt, "The perceptron", Psychological Review 65(6), 1958.

    Examples
    --------
    >>> decide(np.array([[0.0, 0.0], [1.0, 1.0]]), np.array([2.0, 1.0]), -3.0)
    array([0, 1])
    """
    return (x @ w + b >= 0).astype(np.int64)


def train_perceptron(
    x: FloatArray, y: IntArray, *, learning_rate: float = 1.0, max_epochs: int = 100
) -> Run:
    r"""Run the perceptron rule on labels 0 and 1, from a zero start, in the order given.

    .. math:: \mathbf w \leftarrow \mathbf w + \alpha (y - \hat y) \mathbf x, \quad
              b \leftarrow b + \alpha (y - \hat y)

    Parameters
    ----------
    x : (N, n) ndarray of float
        Inputs.
    y : (N,) ndarray of int
        Labels, 0 or 1.
    learning_rate : float, default 1
        :math:`\alpha`, above 0. One that binary fractions hold only scales the run; another one,
        such as 0.1, lets rounding decide where the sum would be 0.
    max_epochs : int, default 100
        When to stop if no epoch passes without a mistake.

    Returns
    -------
    Run
        Every presentation, the last epoch without a mistake if there was one.

    Raises
    ------
    ValueError
        If a label is neither 0 nor 1, `learning_rate` is not above 0, or `max_epochs` below 1.

    References
    ----------
    .. [1] F. Rosenblatt, "The perceptron", Psychological Review 65(6), 1958.
    """
    if not np.isin(y, (0, 1)).all():
        raise ValueError(f"labels are 0 or 1, not {sorted(set(y.tolist()) - {0, 1})}")
    if learning_rate <= 0:
        raise ValueError(f"learning_rate={learning_rate} is not above 0")
    if max_epochs < 1:
        raise ValueError(f"max_epochs={max_epochs} is below 1")
    w, b, trace = np.zeros(x.shape[1]), 0.0, list[Presentation]()
    for epoch in range(1, max_epochs + 1):
        for i, (point, label) in enumerate(zip(x, y, strict=True)):
            z = float(point @ w + b)
            error = int(label) - int(z >= 0)
            w, b = w + learning_rate * error * point, b + learning_rate * error
            trace.append(Presentation(epoch, i, z, int(z >= 0), int(label), w, b))
        if not any(shown.is_wrong for shown in trace[-len(x) :]):
            return Run(tuple(trace), is_separated=True)
    return Run(tuple(trace), is_separated=False)


def train_signed(x: FloatArray, y: IntArray, *, max_epochs: int = 1000) -> SignedRun:
    r"""Run the perceptron rule on labels -1 and +1, from a zero start, in the order given.

    .. math:: \text{if } y\,\mathbf w^\top \mathbf x \le 0: \quad
              \mathbf w \leftarrow \mathbf w + y \mathbf x

    The learning rate is 1: from a zero start another one only scales the weights.

    Parameters
    ----------
    x : (N, d) ndarray of float
        Homogeneous inputs (see `homogeneous`), or inputs of a unit without bias.
    y : (N,) ndarray of int
        Labels, -1 or +1.
    max_epochs : int, default 1000
        When to stop if no epoch passes without a mistake.

    Returns
    -------
    SignedRun
        State after every update.

    Raises
    ------
    ValueError
        If a label is neither -1 nor +1, or `max_epochs` is below 1.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, section 4.1.7.
    """
    if not np.isin(y, (-1, 1)).all():
        raise ValueError(f"labels are -1 or +1, not {sorted(set(y.tolist()) - {-1, 1})}")
    if max_epochs < 1:
        raise ValueError(f"max_epochs={max_epochs} is below 1")
    weights, points, epochs = [np.zeros(x.shape[1])], list[int](), list[int]()
    for epoch in range(1, max_epochs + 1):
        before = len(points)
        for i, (point, label) in enumerate(zip(x, y, strict=True)):
            if label * (weights[-1] @ point) <= 0:
                weights.append(weights[-1] + label * point)
                points.append(i)
                epochs.append(epoch)
        if len(points) == before:
            break
    is_separated = not epochs or epochs[-1] < epoch
    return SignedRun(
        np.array(weights), np.array(points, int), np.array(epochs, int), epoch, is_separated
    )


def homogeneous(x: FloatArray) -> FloatArray:
    """Append a coordinate of 1 to every row, whose weight is the bias."""
    return np.column_stack([x, np.ones(len(x))])


def perceptron_criterion(w: FloatArray, x: FloatArray, y: IntArray) -> float:
    r"""Sum what misclassified points lack.

    .. math:: \sum_i \max(0, -y_i \mathbf w^\top \mathbf x_i)

    Parameters
    ----------
    w : (d,) ndarray of float
        Weights.
    x : (N, d) ndarray of float
        Homogeneous inputs.
    y : (N,) ndarray of int
        Labels, -1 or +1.

    Returns
    -------
    float
        At least 0, and 0 if no point is on the wrong side.

    References
    ----------
    .. [1] C. Bishop, "Pattern Recognition and Machine Learning", 2006, equation 4.54.
    """
    return float(np.maximum(0, -y * (x @ w)).sum())


def criterion_subgradient(w: FloatArray, x: FloatArray, y: IntArray) -> FloatArray:
    """Return the subgradient of `perceptron_criterion` whose step is the perceptron rule.

    Parameters
    ----------
    w : (d,) ndarray of float
        Weights.
    x : (N, d) ndarray of float
        Homogeneous inputs.
    y : (N,) ndarray of int
        Labels, -1 or +1.

    Returns
    -------
    (d,) ndarray of float
        Sum of -y x over the points that are not on their side; those on the boundary count, as
        they do in the rule.
    """
    wrong = y * (x @ w) <= 0
    total: FloatArray = -(y[wrong, None] * x[wrong]).sum(axis=0)
    return total
