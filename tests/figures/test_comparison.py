"""Networks side by side: the counts, who spends what, and what accuracy costs."""

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle

from dlcv_viz.architectures.published import TORCHVISION
from dlcv_viz.facts import checked_facts
from dlcv_viz.figures import comparison


def test_every_network_that_was_judged_is_counted() -> None:
    counted = checked_facts(comparison.counted())
    assert counted["names"] == [*TORCHVISION]
    parameters = dict(zip(counted["names"], counted["parameters"], strict=True))
    assert (parameters["ResNet-152"], parameters["GoogLeNet"]) == (60_192_808, 6_624_904)
    seen = dict(zip(counted["names"], counted["receptive_field"], strict=True))
    assert (seen["AlexNet"], seen["VGG-16"]) == (195, 212)


def test_a_disc_stands_at_work_and_accuracy_and_has_the_area_of_the_parameters() -> None:
    drawing = comparison.accuracy_and_work()
    (ax,), facts = drawing.figure.axes, checked_facts(drawing.facts)
    discs = [c for c in ax.collections if isinstance(c, PathCollection)]
    at = np.vstack([np.asarray(disc.get_offsets()) for disc in discs])
    areas = np.concatenate([disc.get_sizes() for disc in discs])
    counted = checked_facts(comparison.counted())
    work = np.log10(np.array(counted["multiply_adds"]) / 1e9)
    assert sorted(at[:, 0]) == pytest.approx(sorted(work))
    assert sorted(at[:, 1]) == sorted(top_1 for top_1, _ in TORCHVISION.values())
    assert sorted(areas) == pytest.approx(9e-6 * np.sort(counted["parameters"]))
    # He et al. (2016) and Sandler et al. (2018) say so of their networks.
    assert facts["deep_less_work"] > 3.5
    assert facts["gain"] > 4
    assert facts["gap"] < 0.5


def test_the_bars_split_all_that_there_is_by_the_size_of_maps() -> None:
    drawing = comparison.who_spends_where()
    facts, (ax,) = checked_facts(drawing.facts), drawing.figure.axes
    bars = [p for p in ax.patches if isinstance(p, Rectangle) and p.get_height() > 10]
    lengths = np.array([bar.get_width() for bar in bars]).reshape(2, 5, 8)
    assert lengths.sum(axis=1) == pytest.approx(np.full((2, 8), 218.0))
    assert lengths[0, -1] / 218 == pytest.approx(facts["dense_parameters"])
    # By hand: the dense layers of VGG-16 have 123,642,856 of its 138,357,544 parameters.
    assert facts["dense_parameters"][1] == pytest.approx(123_642_856 / 138_357_544)
    assert facts["dense_work"][1] == pytest.approx(123_633_664 / 15_470_264_320)
    assert max(facts["dense_parameters"][:2]) > 0.85 > max(facts["dense_parameters"][2:])
