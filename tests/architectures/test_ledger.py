"""Sizes, counts, and what a description may not say."""

from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dlcv_viz.architectures import resnet, vgg
from dlcv_viz.architectures.layers import (
    CONVOLUTION,
    DENSE,
    MAX_POOLING,
    SUM,
    Branches,
    Chain,
    Layer,
    Part,
    Residual,
    activation,
    batch_norm,
    chain,
    convolution,
    dense,
    flatten,
    pooling,
)
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.rows import INPUT, Ledger, Row
from published import published

SIZES = st.integers(1, 60)
KERNELS, STRIDES, DILATIONS = st.integers(1, 7), st.integers(1, 4), st.integers(1, 3)


def alone(layer: Layer, *shape: int) -> Row:
    """Return the row of a network of one layer."""
    (row,) = ledger(chain("alone", layer), (shape[0], shape[1], shape[2])).rows
    return row


@given(SIZES, KERNELS, STRIDES, st.integers(0, 3), DILATIONS)
def test_a_window_has_as_many_places_as_fit(n: int, k: int, s: int, p: int, d: int) -> None:
    layer = convolution("conv", 2, k, stride=s, padding=p, dilation=d)
    span = d * (k - 1) + 1
    places = range(-p, n + p - span + 1, s)
    if places:
        assert alone(layer, 1, n, n).shape == (2, len(places), len(places))
    else:
        with pytest.raises(ValueError, match=r"layer 'conv': a window of .* does not fit"):
            alone(layer, 1, n, n)


@given(SIZES, KERNELS, STRIDES, DILATIONS)
def test_same_padding_gives_an_output_for_every_stride(n: int, k: int, s: int, d: int) -> None:
    row = alone(convolution("c", 1, k, stride=s, padding="same", dilation=d), 1, n, n)
    assert row.shape == (1, ceil(n / s), ceil(n / s))


def test_same_padding_with_a_stride_puts_the_odd_pixel_behind() -> None:
    """As TensorFlow: on 224 pixels a 3 by 3 of stride 2 misses one, so the first unit sits on 1."""
    same = alone(convolution("c", 1, 3, stride=2, padding="same"), 1, 224, 224)
    even = alone(convolution("c", 1, 3, stride=2, padding=1), 1, 224, 224)
    behind = alone(convolution("c", 1, 3, stride=2, padding=((0, 1), (0, 1))), 1, 224, 224)
    assert same.shape == even.shape == behind.shape == (1, 112, 112)
    assert (same.start, even.start, behind.start) == ((1, 1), (0, 0), (1, 1))


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "padding", "down", "up"),
    [
        (112, 3, 2, 0, 55, 56),  # GoogLeNet
        (6, 2, 2, 0, 3, 3),  # nothing to round
        (3, 2, 2, 1, 2, 2),  # a third window would begin in the padding behind
        (5, 3, 2, 1, 3, 3),
        (6, 3, 2, 1, 3, 4),
    ],
)
def test_a_pooling_rounds_as_it_is_told(  # noqa: PLR0917  # one row of the table above
    size: int, kernel: int, stride: int, padding: int, down: int, up: int
) -> None:
    for rounds_up, expected in ((False, down), (True, up)):
        layer = pooling(MAX_POOLING, "pool", kernel, stride, padding, rounds_up=rounds_up)
        assert alone(layer, 1, size, size).shape == (1, expected, expected)


def test_each_axis_has_its_own_window() -> None:
    row = alone(convolution("c", 2, (1, 7), stride=(1, 2), padding=(0, 3)), 4, 9, 16)
    assert row.shape == (2, 9, 8)
    assert row.weights == 2 * 4 * 7
    assert (row.receptive_field, row.jump, row.start) == ((1, 7), (1, 2), (0, 0))


@given(st.integers(1, 64), st.integers(1, 64), KERNELS)
def test_a_depthwise_and_a_pointwise_convolution_cost_the_known_share(
    n_read: int, n_given: int, k: int
) -> None:
    depthwise = alone(
        convolution("d", n_read, k, padding="same", groups=n_read, bias=False), n_read, 8, 8
    )
    pointwise = alone(convolution("p", n_given, 1, bias=False), n_read, 8, 8)
    full = alone(convolution("f", n_given, k, padding="same", bias=False), n_read, 8, 8)
    assert depthwise.weights == n_read * k * k
    ratio = (depthwise.multiply_adds + pointwise.multiply_adds) / full.multiply_adds
    assert ratio == pytest.approx(1 / n_given + 1 / k**2)


@given(st.integers(1, 8), st.integers(1, 8), st.integers(1, 6))
def test_groups_divide_weights_and_products_and_not_biases(a: int, b: int, groups: int) -> None:
    n_read, n_given = a * groups, b * groups
    whole = alone(convolution("c", n_given, 3), n_read, 5, 5)
    parted = alone(convolution("c", n_given, 3, groups=groups), n_read, 5, 5)
    assert parted.weights * groups == whole.weights
    assert parted.multiply_adds * groups == whole.multiply_adds
    assert parted.biases == whole.biases == n_given


def test_a_table_of_all_links_counts_like_no_table() -> None:
    every = tuple(range(6))
    table = alone(convolution("c", 16, 5, links=(every,) * 16), 6, 14, 14)
    plain = alone(convolution("c", 16, 5), 6, 14, 14)
    assert (table.weights, table.multiply_adds) == (plain.weights, plain.multiply_adds)


def test_memory_is_counted_at_four_bytes_a_number() -> None:
    row = alone(convolution("c", 64, 3, padding=1), 3, 224, 224)
    assert (row.activations, row.activation_bytes) == (3_211_264, 12_845_056)


def small() -> Ledger:
    """Return the ledger of a network with a stage, branches and a residual sum."""
    body = chain("body", convolution("a", 4, 3, padding=1), batch_norm("a BN"))
    branches = Branches("both", (convolution("b", 1, 1), chain("2", convolution("c", 2, 1))))
    network = chain(
        "small",
        convolution("stem", 4, 3, padding=1),
        activation("stem ReLU"),
        chain("stage", Residual("sum", body), activation("sum ReLU"), branches),
        flatten("flatten"),
        dense("fc", 5),
    )
    return ledger(network, (3, 8, 8))


def test_rows_know_what_they_read_and_their_stage() -> None:
    rows = [(row.name, row.sources, row.stage) for row in small().rows]
    assert rows == [
        ("stem", (INPUT,), ""),
        ("stem ReLU", (0,), ""),
        ("a", (1,), "stage"),
        ("a BN", (2,), "stage"),
        ("sum", (3, 1), "stage"),
        ("sum ReLU", (4,), "stage"),
        ("b", (5,), "stage"),
        ("c", (5,), "stage"),
        ("both", (6, 7), "stage"),
        ("flatten", (8,), ""),
        ("fc", (9,), ""),
    ]


def test_a_condensed_ledger_counts_normalizations_with_what_they_follow() -> None:
    found = small().condensed()
    assert [(row.name, row.sources) for row in found.rows] == [
        ("stem", (INPUT,)),
        ("a", (0,)),
        ("sum", (1, 0)),
        ("b", (2,)),
        ("c", (2,)),
        ("both", (3, 4)),
        ("fc", (5,)),
    ]
    assert found.row("a").parameters == 4 * 4 * 9 + 4 + 2 * 4
    assert found.row("a").buffers == 2 * 4
    assert [stage.name for stage in found.stages] == ["stem", "stage", "fc"]


def test_a_row_is_found_by_name_and_an_unknown_one_is_refused() -> None:
    assert small().row("fc").shape == (5,)
    with pytest.raises(KeyError, match="small has no layer 'fc7'"):
        small().row("fc7")


@pytest.mark.parametrize(
    ("name", "depth"),
    [("vgg16", 16), ("resnet18", 18), ("resnet152", 152), ("GoogLeNet, paper", 22)],
)
def test_depth_counts_layers_on_the_longest_way_as_the_names_do(name: str, depth: int) -> None:
    found = published(name)
    assert found.depth == found.condensed().depth == depth


def test_rows_of_some_kinds_are_found_in_their_order() -> None:
    found = ledger(vgg.vgg("A"), vgg.INPUT_SHAPE)
    assert [row.name for row in found.of_kind(DENSE)] == ["fc6", "fc7", "fc8"]
    both = [row.name for row in found.of_kind(MAX_POOLING, CONVOLUTION)]
    assert both[:5] == ["conv1_1", "pool1", "conv2_1", "pool2", "conv3_1"]
    assert len(both) == 8 + 5
    assert found.of_kind(SUM) == []


def conv(name: str = "conv", channels: int = 4, **given: object) -> Layer:
    """Describe a convolution whose other values are given."""
    return Layer(name=name, kind="convolution", channels=channels, **given)  # type: ignore[arg-type]  # some are wrong on purpose


@pytest.mark.parametrize(
    ("part", "message"),
    [
        (Layer(name="x", kind="warp"), "layer 'x': no kind 'warp'; there are convolution, max"),
        (conv(inputs=6), "layer 'conv': takes 6 channels, but is given 4×8×8"),
        (conv(kernel=9), "layer 'conv': a window of 9×9 does not fit on 8×8 units"),
        (conv(groups=3), "'conv': 4 channels in and 4 out cannot be parted into 3 groups"),
        (conv(groups=0), "'conv': .* cannot be parted into 0 groups"),
        (conv(channels=0), "'conv': gives 0 channels"),
        (conv(stride=0), "'conv': stride 0 is below 1"),
        (conv(kernel=(3, 0)), r"'conv': kernel \(3, 0\) is below 1"),
        (conv(padding=-1), "'conv': padding -1 is below 0"),
        (conv(padding="full"), "'conv': padding 'full' is neither a number, 'same' nor 'valid'"),
        (conv(links=((0,),)), "'conv': 1 lists of links, but 4 maps"),
        (conv(links=((0,), (1,), (2,), (4,))), "'conv': links to map 4, but is given maps 0 to 3"),
        (dense("fc", 3), "layer 'fc': takes one row of numbers, but is given 4×8×8: flatten it"),
        (chain("c", flatten("f"), conv()), "layer 'conv': slides over maps, but is given 256"),
        (chain("c", conv("x"), conv("x")), "layer 'x': two layers have this name"),
        (
            Branches("both", (conv(), conv("small", kernel=3))),
            "layer 'both': its branches give 4×8×8, 4×6×6",
        ),
        (
            Residual("sum", conv(channels=8)),
            "layer 'sum': what is added is 8×8×8 by its body and 4×8×8 by its shortcut",
        ),
        (
            Branches("both", (conv(stride=3), conv("other", kernel=6))),
            "layer 'both': units lie 1 and 3 pixels apart",
        ),
    ],
)
def test_a_bad_description_is_refused_with_the_name_of_the_layer(part: Part, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        ledger(Chain("net", (part,)), (4, 8, 8))


def test_an_input_without_pixels_is_refused() -> None:
    with pytest.raises(ValueError, match="network 'net': no input has the shape"):
        ledger(chain("net"), (3, 0, 8))


def test_a_family_says_which_members_it_has() -> None:
    with pytest.raises(ValueError, match="no depth 51; there are 18, 34, 50, 101, 152"):
        resnet.resnet(51)
    with pytest.raises(ValueError, match="widening=2, groups=1: only bottlenecks, not 34"):
        resnet.resnet(34, widening=2)
    with pytest.raises(ValueError, match="no configuration 'F'; there are A, B, C, D, E"):
        vgg.vgg("F")


def test_a_head_of_a_fixed_size_refuses_another_picture() -> None:
    with pytest.raises(ValueError, match="layer 'fc6': takes 25088 channels, but is given 32768"):
        ledger(vgg.vgg("D"), (3, 256, 256))
