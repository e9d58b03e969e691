"""The networks that are described, with the input that each is published for."""

from collections.abc import Callable

from dlcv_viz.architectures import alexnet, googlenet, lenet, mobilenet, resnet, vgg
from dlcv_viz.architectures.layers import Chain
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import Ledger

IMAGE_NET = (3, 224, 224)

NETWORKS: dict[str, tuple[Callable[[], Chain], tuple[int, int, int]]] = {
    "LeNet-5, paper": (lenet.paper, lenet.INPUT_SHAPE),
    "LeNet-5, remake": (lenet.remake, lenet.INPUT_SHAPE),
    "AlexNet, paper": (alexnet.paper, alexnet.PAPER_INPUT_SHAPE),
    "alexnet": (alexnet.one_tower, alexnet.ONE_TOWER_INPUT_SHAPE),
    "vgg11": (lambda: vgg.vgg("A"), IMAGE_NET),
    "vgg13": (lambda: vgg.vgg("B"), IMAGE_NET),
    "VGG, configuration C": (lambda: vgg.vgg("C"), IMAGE_NET),
    "vgg16": (lambda: vgg.vgg("D"), IMAGE_NET),
    "vgg19": (lambda: vgg.vgg("E"), IMAGE_NET),
    "resnet18": (lambda: resnet.resnet(18), IMAGE_NET),
    "resnet34": (lambda: resnet.resnet(34), IMAGE_NET),
    "resnet50": (lambda: resnet.resnet(50), IMAGE_NET),
    "resnet101": (lambda: resnet.resnet(101), IMAGE_NET),
    "resnet152": (lambda: resnet.resnet(152), IMAGE_NET),
    "googlenet": (googlenet.torchvision, IMAGE_NET),
    "googlenet with auxiliary heads": (lambda: googlenet.torchvision(auxiliary=True), IMAGE_NET),
    "GoogLeNet, paper": (googlenet.paper, IMAGE_NET),
    "MobileNet v1": (mobilenet.v1, IMAGE_NET),
    "mobilenet_v2": (mobilenet.v2, IMAGE_NET),
    "mobilenet_v2 of width 0.5": (lambda: mobilenet.v2(0.5), IMAGE_NET),
}


def published(name: str) -> Ledger:
    """Compute the ledger of a network at the input that it is published for."""
    network, input_shape = NETWORKS[name]
    return ledger(network(), input_shape)


# One of each family, as the drawings are tried on.
DRAWN = (
    "LeNet-5, paper",
    "AlexNet, paper",
    "vgg16",
    "resnet50",
    "GoogLeNet, paper",
    "MobileNet v1",
)
