"""Each example is the network that its name and its arguments say."""

from typing import Any

import pytest

from dlcv_viz.figures import networks
from dlcv_viz.registry import registered


@pytest.mark.parametrize(
    ("name", "arguments", "parameters"),
    [
        ("lenet", {}, 61_706),
        ("lenet", {"version": "paper"}, 60_000),
        ("alexnet", {}, 60_965_224),
        ("alexnet", {"version": "one tower"}, 61_100_840),
        ("vgg", {}, 138_357_544),
        ("vgg", {"configuration": "A"}, 132_863_336),
        ("resnet", {}, 25_557_032),
        ("resnet", {"depth": 18, "side": 320}, 11_689_512),
        ("googlenet", {}, 6_998_552),
        ("googlenet", {"version": "torchvision", "auxiliary": True}, 13_004_888),
        ("mobilenet_v1", {"width": 0.5, "side": 128}, 1_331_592),
        ("mobilenet_v2", {}, 3_504_872),
    ],
)
def test_an_example_has_the_parameters_of_its_network(
    name: str, arguments: dict[str, Any], parameters: int
) -> None:
    example = registered(networks)[name]
    given = example.describe().arguments(arguments)
    assert example.function(**given)["total_parameters"] == parameters


def test_strides_and_sides_change_the_work_of_a_network() -> None:
    assert networks.resnet()["total_multiply_adds"] == 4_089_184_256
    assert networks.resnet(strides_first=True)["total_multiply_adds"] == 3_857_973_248
    assert networks.mobilenet_v1(side=128)["total_multiply_adds"] == 186_400_768
