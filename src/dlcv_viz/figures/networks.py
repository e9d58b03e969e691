"""Published networks as ledgers, for the directive ``{ledger}`` and for quotes of their totals."""

from typing import Annotated, Literal

from dlcv_viz.architectures import alexnet as alexnets
from dlcv_viz.architectures import googlenet as googlenets
from dlcv_viz.architectures import lenet as lenets
from dlcv_viz.architectures import mobilenet, table
from dlcv_viz.architectures import reference as references
from dlcv_viz.architectures import resnet as resnets
from dlcv_viz.architectures import vgg as vggs
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.facts import Facts
from dlcv_viz.registry import Range, example

Width = Annotated[float, Range(0.1, 4)]
Side = Annotated[int, Range(32, 1024)]


@example
def lenet(*, version: Literal["paper", "remake"] = "remake") -> Facts:
    """LeNet-5, of the paper or as it is taught today."""
    network = lenets.paper() if version == "paper" else lenets.remake()
    return table.facts(ledger(network, lenets.INPUT_SHAPE))


@example
def alexnet(*, version: Literal["paper", "one tower"] = "paper") -> Facts:
    """AlexNet, of the paper or as torchvision has it."""
    if version == "paper":
        return table.facts(ledger(alexnets.paper(), alexnets.PAPER_INPUT_SHAPE))
    return table.facts(ledger(alexnets.one_tower(), alexnets.ONE_TOWER_INPUT_SHAPE))


@example
def vgg(*, configuration: Literal["A", "B", "C", "D", "E"] = "D") -> Facts:
    """VGG: A is VGG-11, B VGG-13, D VGG-16 and E VGG-19."""
    return table.facts(ledger(vggs.vgg(configuration), vggs.INPUT_SHAPE))


@example
def resnet(
    *,
    depth: Literal[18, 34, 50, 101, 152] = 50,
    strides_first: bool = False,
    side: Side = 224,
) -> Facts:
    """ResNet, with the stride of its bottlenecks where torchvision has it, or the paper."""
    network = resnets.resnet(depth, strides_first=strides_first)
    return table.facts(ledger(network, (3, side, side)))


@example
def googlenet(
    *, version: Literal["paper", "torchvision"] = "paper", auxiliary: bool = False
) -> Facts:
    """GoogLeNet, of the paper or as torchvision has it."""
    describe = googlenets.paper if version == "paper" else googlenets.torchvision
    return table.facts(ledger(describe(auxiliary=auxiliary), googlenets.INPUT_SHAPE))


@example
def mobilenet_v1(*, width: Width = 1.0, side: Side = 224, is_separable: bool = True) -> Facts:
    """MobileNet v1, or the same with full convolutions."""
    network = mobilenet.v1(width, is_separable=is_separable)
    return table.facts(ledger(network, (3, side, side)))


@example
def mobilenet_v2(*, width: Width = 1.0, side: Side = 224) -> Facts:
    """MobileNet v2."""
    return table.facts(ledger(mobilenet.v2(width), (3, side, side)))


@example
def reference() -> Facts:
    """Small network in the classic form, to be counted by hand."""
    return table.facts(ledger(references.reference(), references.INPUT_SHAPE))
