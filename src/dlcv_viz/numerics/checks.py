"""What functions of arrays refuse, said in one way."""

import numpy as np

from dlcv_viz.types import FloatArray, IntArray


def refuse_not_finite(**arrays: FloatArray | IntArray) -> None:
    """Raise unless all numbers of the named arrays are finite.

    Parameters
    ----------
    **arrays : ndarray
        By the names that the caller gave them.

    Raises
    ------
    ValueError
        With the name and the first number that is not.
    """
    for name, array in arrays.items():
        wrong = np.asarray(array)[~np.isfinite(array)]
        if wrong.size:
            raise ValueError(f"{name} holds {wrong[0]}, which is not finite")


def refuse_unlike(**arrays: FloatArray | IntArray) -> None:
    """Raise unless the named arrays have one shape: broadcasting hides mistakes.

    Parameters
    ----------
    **arrays : ndarray
        By the names that the caller gave them.

    Raises
    ------
    ValueError
        With the shape of each.
    """
    shapes = {name: np.shape(array) for name, array in arrays.items()}
    if len(set(shapes.values())) > 1:
        told = " and ".join(f"{name} {shape}" for name, shape in shapes.items())
        raise ValueError(f"{told} differ in shape")
