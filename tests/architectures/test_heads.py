"""A head of fewer classes changes the last layer and nothing else."""

import pytest

from dlcv_viz.architectures import mobilenet, resnet, vgg
from dlcv_viz.architectures.layers import Chain
from dlcv_viz.architectures.ledger import ledger
from published import IMAGE_NET, published


@pytest.mark.parametrize(
    ("name", "network", "head", "parameters"),
    [
        ("resnet18", resnet.resnet(18, n_classes=10), 5_130, 11_181_642),
        ("resnet50", resnet.resnet(50, n_classes=10), 20_490, 23_528_522),
        ("vgg16", vgg.vgg("D", n_classes=10), 40_970, 134_301_514),
        ("mobilenet_v2", mobilenet.v2(n_classes=10), 12_810, 2_236_682),
    ],
)
def test_ten_classes_have_the_parameters_that_torchvision_counts(
    name: str, network: Chain, head: int, parameters: int
) -> None:
    found, thousand = (each.condensed() for each in (ledger(network, IMAGE_NET), published(name)))
    assert found.parameters == parameters
    assert found.rows[-1].parameters == head
    assert found.rows[:-1] == thousand.rows[:-1]
