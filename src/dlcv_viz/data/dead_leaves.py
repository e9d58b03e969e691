"""Pictures of discs that lie on each other like leaves: edges at all places, angles and sizes."""

import numpy as np

from dlcv_viz.types import FloatArray

RADII = (2.0, 30.0)  # pixels, of the smallest disc and the largest


def dead_leaves(side: int, n_discs: int, *, seed: int) -> FloatArray:
    """Let discs of random grey fall on a grey ground, each on those before.

    Parameters
    ----------
    side : int
        Pixels in a row and in a column, at least 1.
    n_discs : int
        How many fall, at least 1.
    seed : int
        Of places, radii and greys.

    Returns
    -------
    (side, side) ndarray of float
        0 is black and 1 is white. Radii are drawn with a density that falls as their cube, so
        that the picture looks alike at all scales.

    Raises
    ------
    ValueError
        If there is no pixel or no disc.

    References
    ----------
    .. [1] A. Lee, D. Mumford, J. Huang, "Occlusion models for natural images", IJCV 41, 2001.
    """
    if side < 1 or n_discs < 1:
        raise ValueError(f"side={side} and n_discs={n_discs} are at least 1")
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:side, :side] + 0.5
    # The distribution function of a density r^-3 between two radii, turned around.
    small, large = (radius**-2 for radius in RADII)
    radii = (small - rng.random(n_discs) * (small - large)) ** -0.5
    middles = rng.uniform(-RADII[1] / 2, side + RADII[1] / 2, (n_discs, 2))
    picture = np.full((side, side), 0.5)
    for (down, across), radius, grey in zip(middles, radii, rng.random(n_discs), strict=True):
        picture[(rows - down) ** 2 + (columns - across) ** 2 < radius**2] = grey
    return picture
