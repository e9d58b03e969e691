"""Two rings: seeded, of the shape promised."""

import numpy as np
import pytest

from dlcv_viz.data.rings import two_rings
from unchanged import unchanged


def test_without_spread_the_points_lie_on_two_circles() -> None:
    x, y = two_rings(40, seed=3, spread=0, radii=(2.0, 0.25))
    radius = np.linalg.norm(x, axis=1)
    assert y.tolist() == [0] * 20 + [1] * 20
    assert radius[y == 0] == pytest.approx(np.full(20, 2.0))
    assert radius[y == 1] == pytest.approx(np.full(20, 0.25))


def test_radii_and_angles_have_the_promised_distribution() -> None:
    x, y = two_rings(20_000, seed=5)
    for label, mean in ((0, 1.2), (1, 0.5)):
        radius = np.linalg.norm(x[y == label], axis=1)
        assert radius.mean() == pytest.approx(mean, abs=0.006)  # 5 standard errors
        assert radius.std() == pytest.approx(0.12, abs=0.005)  # 5 standard errors, nearly
    angle = np.arctan2(x[:, 1], x[:, 0])
    quarters = np.histogram(angle, bins=4, range=(-np.pi, np.pi))[0]
    assert quarters == pytest.approx(np.full(4, 5000), abs=320)  # 5 standard deviations


def test_a_seed_gives_the_same_points_and_another_seed_others() -> None:
    with unchanged():
        one, same, other = (two_rings(20, seed=seed)[0] for seed in (4, 4, 5))
    assert (one == same).all()
    assert (one != other).any()


@pytest.mark.parametrize(
    ("n", "spread", "message"),
    [(7, 0.1, "n=7 is not even"), (0, 0.1, "n=0"), (4, -0.1, "spread=-0.1 is not at least 0")],
)
def test_a_wrong_argument_is_named_with_what_is_allowed(
    n: int, spread: float, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        two_rings(n, seed=0, spread=spread)
