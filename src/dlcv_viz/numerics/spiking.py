r"""The leaky integrate-and-fire neuron under a constant current.

Between spikes the membrane follows :math:`\tau \dot V = -V + R I` from a rest of 0. At the
threshold it fires, is set back to 0, and stays there for the refractory time.
"""

from dataclasses import dataclass

import numpy as np

from dlcv_viz.types import FloatArray


@dataclass(frozen=True, slots=True)
class Membrane:
    """Constants of a neuron, in any units that fit together.

    Parameters
    ----------
    tau : float
        Time constant, above 0.
    refractory : float
        Time after a spike in which nothing is integrated, at least 0.
    resistance, threshold : float
        R and the potential at which it fires, both above 0.

    Raises
    ------
    ValueError
        If a constant is out of its range.
    """

    tau: float
    refractory: float
    resistance: float = 1.0
    threshold: float = 1.0

    def __post_init__(self) -> None:
        """Refuse constants that no membrane has."""
        above = all(each > 0 for each in (self.tau, self.resistance, self.threshold))
        if not (above and self.refractory >= 0):
            raise ValueError(f"{self}: all are above 0, the refractory time at least 0")

    def period(self, current: FloatArray) -> FloatArray:
        """Return the time from spike to spike under currents, infinite where there is none."""
        fires = self.resistance * current > self.threshold
        drive = np.where(fires, self.resistance * current, 2 * self.threshold)  # has a logarithm
        rising = -self.tau * np.log1p(-self.threshold / drive)
        return np.where(fires, self.refractory + rising, np.inf)


def lif_rate(current: FloatArray, membrane: Membrane) -> FloatArray:
    r"""Return how often the neuron fires.

    .. math:: r(I) = \left[t_\text{ref} + \tau \ln\frac{R I}{R I - V_\text{th}}\right]^{-1}
              \text{ for } R I > V_\text{th}, \quad 0 \text{ otherwise}

    Parameters
    ----------
    current : (...) ndarray of float
        I, constant.
    membrane : Membrane
        Its constants.

    Returns
    -------
    (...) ndarray of float
        Spikes in a unit of time: per second if the times are in seconds.

    References
    ----------
    .. [1] P. Dayan, L. Abbott, "Theoretical Neuroscience", 2001, section 5.4.

    Examples
    --------
    >>> lif_rate(np.array([0.5, 2.0]), Membrane(tau=1 / np.log(2), refractory=1.0))
    array([0. , 0.5])
    """
    return 1 / membrane.period(current)


def lif_potential(times: FloatArray, current: float, membrane: Membrane) -> FloatArray:
    r"""Return the membrane potential at some times, from rest at time 0.

    .. math:: V(t) = R I \left(1 - e^{-t / \tau}\right) \text{, t since the last start from rest}

    Parameters
    ----------
    times : (n,) ndarray of float
        At least 0.
    current : float
        I, constant from time 0 on.
    membrane : Membrane
        Its constants.

    Returns
    -------
    (n,) ndarray of float
        At most the threshold; 0 in the refractory time.

    Raises
    ------
    ValueError
        If a time is below 0.

    References
    ----------
    .. [1] P. Dayan, L. Abbott, "Theoretical Neuroscience", 2001, section 5.4.
    """
    if not (times >= 0).all():
        raise ValueError(f"times begin at {times.min()}, not at 0 or later")
    period = float(membrane.period(np.array(current)))
    since = times % period
    rising = -np.expm1(-since / membrane.tau) * membrane.resistance * current
    return np.where(since <= period - membrane.refractory, rising, 0.0)
