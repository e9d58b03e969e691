"""Truth tables of the gates with two inputs."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray

CORNERS: FloatArray = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])

_OUTPUTS = {
    "AND": (0, 0, 0, 1),
    "OR": (0, 1, 1, 1),
    "NAND": (1, 1, 1, 0),
    "NOR": (1, 0, 0, 0),
    "XOR": (0, 1, 1, 0),
}


def gate(name: str) -> IntArray:
    """Look up the outputs of a gate.

    Parameters
    ----------
    name : str
        AND, OR, NAND, NOR or XOR.

    Returns
    -------
    (4,) ndarray of int
        0 or 1, in the order of `CORNERS`.

    Raises
    ------
    ValueError
        If it is none of these.
    """
    if name not in _OUTPUTS:
        raise ValueError(f"{name!r} is none of {', '.join(_OUTPUTS)}")
    return np.array(_OUTPUTS[name])
