"""Lengths of paths are binomial distributions, and paths add up to the product of blocks."""

import numpy as np
import pytest

from dlcv_viz.numerics.residual_paths import gradient_by_length, path_lengths, unravelled
from frozen import frozen

REFERENCE = frozen("resnet")["paths"]


def test_lengths_are_those_of_a_binomial_distribution() -> None:
    np.testing.assert_allclose(path_lengths(17), REFERENCE["lengths_17"], rtol=1e-10)
    shares = gradient_by_length(17, REFERENCE["gain"])
    np.testing.assert_allclose(shares, REFERENCE["gradient_17"], rtol=1e-10)
    assert path_lengths(54)[19:36].sum() == pytest.approx(REFERENCE["within_54"], rel=1e-10)


@pytest.mark.parametrize("gain", [1e-3, 0.5, 1.0, 3.0])
def test_shares_add_up_and_their_mean_is_that_share_of_the_blocks(gain: float) -> None:
    shares = gradient_by_length(2000, gain)
    assert shares.sum() == pytest.approx(1, abs=1e-9)
    assert np.arange(2001) @ shares == pytest.approx(2000 * gain / (1 + gain), rel=1e-9)


def test_without_blocks_there_is_one_path_of_length_nought() -> None:
    assert path_lengths(0).tolist() == [1]


def test_all_paths_together_are_the_product_of_the_blocks() -> None:
    gains = np.random.default_rng(6).normal(size=7)
    paths = unravelled(gains)
    assert len({through for through, _ in paths}) == 2**7
    assert sum(factor for _, factor in paths) == pytest.approx(np.prod(1 + gains))
    lengths = [len(through) for through, _ in paths]
    assert lengths == sorted(lengths)


def test_equal_gains_give_the_shares_of_the_distribution() -> None:
    paths = unravelled(np.full(5, 0.4))
    by_length = [sum(f for through, f in paths if len(through) == n) for n in range(6)]
    np.testing.assert_allclose(np.array(by_length) / 1.4**5, gradient_by_length(5, 0.4))


@pytest.mark.parametrize(("n_blocks", "gain"), [(-1, 1.0), (3, 0.0), (3, float("nan"))])
def test_what_is_no_network_is_refused(n_blocks: int, gain: float) -> None:
    with pytest.raises(ValueError, match=f"n_blocks={n_blocks} .* gain={gain}"):
        gradient_by_length(n_blocks, gain)
