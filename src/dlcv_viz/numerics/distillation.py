r"""Distillation: a student learns from the softened probabilities of a teacher."""

import numpy as np

from dlcv_viz.numerics.checks import refuse_not_finite, refuse_unlike
from dlcv_viz.numerics.cross_entropy import cross_entropy_gradient, cross_entropy_with_logits
from dlcv_viz.numerics.softmax import log_sum_exp, softmax
from dlcv_viz.types import FloatArray


def soft_target_loss(
    student: FloatArray, teacher: FloatArray, temperature: float
) -> tuple[FloatArray, FloatArray]:
    r"""Return how far a student is from a teacher at a temperature, and the gradient.

    .. math:: T^2 D_\mathrm{KL}(\mathbf q(\mathbf u) \Vert \mathbf q(\mathbf z)), \quad
              \mathbf q(\mathbf z) = \operatorname{softmax}(\mathbf z / T), \quad
              \frac{\partial}{\partial \mathbf z} = T (\mathbf q(\mathbf z) - \mathbf q(\mathbf u))

    Parameters
    ----------
    student, teacher : (..., C) ndarray of float
        Logits of any size, z and u; those of the teacher are constants.
    temperature : float
        T, above 0.

    Returns
    -------
    loss : (...) ndarray of float
        At least 0, in nats times :math:`T^2`.
    gradient : (..., C) ndarray of float
        By the logits of the student; adds up to 0.

    Raises
    ------
    ValueError
        If the shapes differ, a logit is not finite, or `temperature` is not above 0.

    References
    ----------
    .. [1] G. Hinton, O. Vinyals, J. Dean, "Distilling the Knowledge in a Neural Network", 2015,
       section 2.
    """
    refuse_unlike(student=student, teacher=teacher)
    refuse_not_finite(student=student, teacher=teacher)
    ours, theirs = (softmax(z, temperature=temperature) for z in (student, teacher))
    logs = [z / temperature - log_sum_exp(z / temperature)[..., None] for z in (student, teacher)]
    divergence = (theirs * (logs[1] - logs[0])).sum(axis=-1)
    # No divergence is below 0, but its rounding may be.
    return temperature**2 * np.maximum(divergence, 0), temperature * (ours - theirs)


def distillation_loss(
    student: FloatArray,
    teacher: FloatArray,
    y: FloatArray,
    *,
    temperature: float,
    share: float,
) -> tuple[FloatArray, FloatArray]:
    r"""Return the loss of a student that learns from labels and from a teacher.

    .. math:: \ell = (1 - \lambda)\,H(\mathbf y, \mathbf p)
              + \lambda\,T^2 D_\mathrm{KL}(\mathbf q(\mathbf u) \Vert \mathbf q(\mathbf z))

    Parameters
    ----------
    student, teacher : (..., C) ndarray of float
        Logits, as for `soft_target_loss`.
    y : (..., C) ndarray of float
        Target probabilities: rows that add up to 1.
    temperature : float
        T, above 0; the labels are compared at temperature 1.
    share : float
        :math:`\lambda`, what the teacher counts for, from 0 to 1.

    Returns
    -------
    loss : (...) ndarray of float
        At least 0.
    gradient : (..., C) ndarray of float
        By the logits of the student.

    Raises
    ------
    ValueError
        As `soft_target_loss`, or if `share` is not from 0 to 1 or a row of `y` no distribution.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share={share} is not from 0 to 1")
    soft, pull = soft_target_loss(student, teacher, temperature)
    hard = cross_entropy_with_logits(student, y)
    gradient = (1 - share) * cross_entropy_gradient(student, y) + share * pull
    return (1 - share) * hard + share * soft, gradient
