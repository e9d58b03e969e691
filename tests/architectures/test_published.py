"""Ledgers equal the published networks: torchvision's layer by layer, papers' by their numbers."""

import pytest

from dlcv_viz.architectures import googlenet, lenet, mobilenet, resnet
from dlcv_viz.architectures.layers import BATCH_NORM, CONVOLUTION, DENSE, MAX_POOLING, SLIDING
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import Row
from frozen import frozen
from published import IMAGE_NET, NETWORKS, published

REFERENCE = frozen("architectures")
KINDS = {
    "Conv2d": CONVOLUTION,
    "BatchNorm2d": BATCH_NORM,
    "Linear": DENSE,
    "MaxPool2d": MAX_POOLING,
}


def window(row: Row) -> tuple[object, ...]:
    """Return kernel, stride, padding, groups and rounding of a layer that slides."""
    layer = row.layer
    if layer is None or layer.kind not in SLIDING:
        return ()
    return layer.kernel, layer.stride, layer.padding, layer.groups, layer.rounds_up


@pytest.mark.parametrize("name", REFERENCE["networks"])
def test_every_layer_is_the_one_of_torchvision(name: str) -> None:
    reference = REFERENCE["networks"][name]
    theirs = [
        (KINDS[kind], tuple(shape), *told)
        for kind, shape, *told in (REFERENCE["rows"][n] for n in reference["layers"])
    ]
    ours = [
        (row.kind, row.shape, row.weights, row.biases, row.multiply_adds, *window(row))
        for row in published(name).rows
        if row.kind in KINDS.values()
    ]
    assert ours == theirs


@pytest.mark.parametrize("name", REFERENCE["networks"])
def test_totals_are_those_of_torchvision(name: str) -> None:
    reference, found = REFERENCE["networks"][name], published(name)
    assert found.parameters == reference["parameters"]
    assert found.buffers == reference["buffers"]
    assert reference["printed"] in {None, found.parameters}


def test_the_first_lenet_has_the_parameters_and_connections_of_its_paper() -> None:
    found = published("LeNet-5, paper")
    held = [row.parameters for row in found.rows if row.parameters]
    assert held == [156, 12, 1516, 32, 48_120, 10_164]
    assert found.parameters == 60_000
    assert lenet.connections(found) == 340_908


def test_each_map_of_c3_sees_what_table_1_of_the_paper_marks() -> None:
    marked = "012 123 234 345 045 015 0123 1234 2345 0345 0145 0125 0134 1245 0235 012345"
    assert ["".join(map(str, sorted(seen))) for seen in lenet.C3_LINKS] == marked.split()


def test_the_receptive_fields_of_lenet_grow_to_its_whole_input() -> None:
    found = published("LeNet-5, remake").condensed()
    fields = {row.name: (row.receptive_field[0], row.jump[0]) for row in found.rows}
    assert fields == {
        "C1": (5, 1),
        "S2": (6, 2),
        "C3": (14, 2),
        "S4": (16, 4),
        "C5": (32, 4),
        "F6": (32, 4),
        "output": (32, 4),
    }
    c3 = found.row("C3")
    last = c3.start[0] + (c3.shape[1] - 1) * c3.jump[0]
    assert (c3.start[0], last) == (6.5, 24.5)  # the middle of the picture, where the digit is


def test_the_alexnet_of_the_paper_has_its_groups_in_three_layers() -> None:
    """Counted by hand from section 3.5 of the paper."""
    found = published("AlexNet, paper").condensed()
    counted = [(row.name, row.parameters, row.multiply_adds) for row in found.rows]
    assert [row for row in counted if row[1]] == [
        ("conv1", 34_944, 105_415_200),
        ("conv2", 307_456, 223_948_800),
        ("conv3", 885_120, 149_520_384),
        ("conv4", 663_936, 112_140_288),
        ("conv5", 442_624, 74_760_192),
        ("fc6", 37_752_832, 37_748_736),
        ("fc7", 16_781_312, 16_777_216),
        ("fc8", 4_097_000, 4_096_000),
    ]
    assert [row.receptive_field[0] for row in found.rows][:9] == [
        *(11, 19, 51, 67, 99, 131, 163, 195),
        355,  # fc6 sees all of the picture, and padding around it
    ]


def test_the_1x1_convolutions_of_vgg_c_count_as_such() -> None:
    found = published("VGG, configuration C")
    assert (found.parameters, found.multiply_adds) == (133_638_952, 11_770_888_192)


@pytest.mark.parametrize(
    ("module", "parameters", "multiply_adds"),
    [
        ("3a", 163_696, 128_049_152),
        ("3b", 388_736, 304_267_264),
        ("4a", 376_176, 73_608_192),
        ("4e", 868_352, 169_996_288),
        ("5b", 1_444_080, 70_697_984),
    ],
)
def test_the_modules_of_googlenet_are_those_of_its_paper(
    module: str, parameters: int, multiply_adds: int
) -> None:
    (stage,) = (s for s in published("GoogLeNet, paper").stages if s.name == module)
    assert (stage.parameters, stage.multiply_adds) == (parameters, multiply_adds)


def test_the_poolings_of_googlenet_round_up() -> None:
    sides = [row.shape[1] for row in published("GoogLeNet, paper").rows if row.name[:4] == "pool"]
    assert sides == [56, 56, 28, 14, 7]  # pool1 and its normalization, pool2 to pool4


def test_auxiliary_heads_add_parameters_and_leave_the_rest_as_it_is() -> None:
    plain = published("GoogLeNet, paper")
    trained = ledger(googlenet.paper(auxiliary=True), IMAGE_NET)
    heads = [s for s in trained.stages if s.name.startswith("auxiliary")]
    assert [head.parameters for head in heads] == [
        128 * n_maps + 128 + 2048 * 1024 + 1024 + 1024 * 1000 + 1000 for n_maps in (512, 528)
    ]
    assert trained.parameters - plain.parameters == sum(head.parameters for head in heads)
    assert [row.receptive_field for row in trained.rows if row.name[:3] != "aux"] == [
        row.receptive_field for row in plain.rows
    ]


@pytest.mark.parametrize(
    ("width", "side", "parameters", "millions"),
    [
        (1.0, 224, 4_231_976, 568.7),
        (1.0, 128, 4_231_976, 186.4),
        (0.75, 224, 2_585_560, 325.4),
        (0.5, 160, 1_331_592, 76.5),
        (0.25, 192, 470_072, 30.2),
    ],
)
def test_the_multipliers_of_mobilenet_cost_what_its_paper_says(
    width: float, side: int, parameters: int, millions: float
) -> None:
    """Rounded, these are the millions of tables 6 and 7 of the paper."""
    found = ledger(mobilenet.v1(width), (3, side, side))
    assert found.parameters == parameters
    assert round(found.multiply_adds / 1e6, 1) == millions


def test_full_convolutions_cost_mobilenet_eight_times_as_much() -> None:
    separable = published("MobileNet v1")
    full = ledger(mobilenet.v1(is_separable=False), IMAGE_NET)
    assert [s.rows[-1].shape for s in full.stages] == [s.rows[-1].shape for s in separable.stages]
    assert (full.parameters, full.multiply_adds) == (29_294_088, 4_867_293_184)


def test_where_a_bottleneck_strides_changes_its_work_and_not_its_parameters() -> None:
    ours = published("resnet50")
    paper = ledger(resnet.resnet(50, strides_first=True), IMAGE_NET)
    assert paper.parameters == ours.parameters
    assert paper.multiply_adds == 3_857_973_248  # "3.8 billion" in the paper
    assert ours.multiply_adds == 4_089_184_256


@pytest.mark.parametrize(
    ("depth", "widening", "groups", "parameters", "billions"),
    [
        (50, 2, 1, 68_883_240, 11.398),  # wide_resnet50_2
        (101, 2, 1, 126_886_696, 22.753),  # wide_resnet101_2
        (50, 2, 32, 25_028_904, 4.230),  # resnext50_32x4d
        (101, 4, 32, 88_791_336, 16.414),  # resnext101_32x8d
    ],
)
def test_wide_and_grouped_descendants_of_resnet_cost_what_torchvision_prints(
    depth: int, widening: int, groups: int, parameters: int, billions: float
) -> None:
    """The numbers that its documentation gives with the weights."""
    found = ledger(resnet.resnet(depth, widening=widening, groups=groups), IMAGE_NET)
    assert found.parameters == parameters
    assert round(found.multiply_adds / 1e9, 3) == billions


def test_a_resnet_for_ten_classes_has_a_smaller_head_and_the_same_blocks() -> None:
    ours, small = published("resnet18"), ledger(resnet.resnet(18, n_classes=10), IMAGE_NET)
    assert small.parameters == 11_181_642
    assert small.stages[:-1] == ours.stages[:-1]


@pytest.mark.parametrize("name", NETWORKS)
def test_condensing_keeps_every_total(name: str) -> None:
    found = published(name)
    condensed = found.condensed()
    for total in ("weights", "biases", "buffers", "multiply_adds"):
        assert getattr(condensed, total) == getattr(found, total)
    assert len(condensed.rows) < len(found.rows)
    assert sum(stage.parameters for stage in condensed.stages) == found.parameters
