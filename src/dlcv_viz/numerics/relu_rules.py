"""Three ways back through a ReLU, of which one is the derivative."""

from typing import Literal

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.types import FloatArray

Rule = Literal["gradient", "deconvnet", "guided"]


def relu_backward(delta: FloatArray, z: FloatArray, rule: Rule = "gradient") -> FloatArray:
    r"""Carry a signal back through ReLU by one of three rules.

    The gradient asks what was on in the forward pass, the deconvnet what is above zero on the way
    back, and guided backpropagation both.

    .. math:: \delta\, \mathbb 1[z > 0], \quad \delta\, \mathbb 1[\delta > 0], \quad
              \delta\, \mathbb 1[z > 0]\, \mathbb 1[\delta > 0]

    Parameters
    ----------
    delta : (...) ndarray of float
        From behind.
    z : (...) ndarray of float
        What ReLU got.
    rule : {"gradient", "deconvnet", "guided"}, default "gradient"
        Only the first is a derivative.

    Returns
    -------
    (...) ndarray of float
        To the front.

    Raises
    ------
    ValueError
        If the shapes differ, a number is not finite or there is no such rule.

    References
    ----------
    .. [1] J. Springenberg et al., "Striving for simplicity: the all convolutional net", 2015.
    """
    refuse_unlike(delta=delta, z=z)
    refuse_not_finite(delta=delta, z=z)
    gates = {
        "gradient": z > 0,
        "deconvnet": delta > 0,
        "guided": (z > 0) & (delta > 0),
    }
    if rule not in gates:
        raise ValueError(f"rule={rule!r} is none of {', '.join(gates)}")
    passed: FloatArray = delta * gates[rule]
    return passed
