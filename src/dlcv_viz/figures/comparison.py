"""Networks side by side, for the page that compares them."""

import numpy as np

from dlcv_viz.architectures import alexnet, googlenet, mobilenet, resnet, vgg
from dlcv_viz.architectures.ledger import ledger
from dlcv_viz.architectures.published import TORCHVISION
from dlcv_viz.architectures.rows import Ledger, Row
from dlcv_viz.draw.canvas import LINE, SMALL, THIN, TITLE, WIDE, canvas, name_axes, panel, stage
from dlcv_viz.draw.marks import line, say
from dlcv_viz.draw.split import key, split
from dlcv_viz.draw.theme import MARKER
from dlcv_viz.facts import Facts
from dlcv_viz.registry import Drawing, example, figure

SHAPE = (3, 224, 224)
FAMILIES = {
    "AlexNet": "edge",
    "VGG": "accent-2",
    "GoogLeNet": "accent-3",
    "ResNet": "accent-1",
    "MobileNet": "accent-5",
}
# Maps by the rows they have: 56 and more; 28; 14; 7 (AlexNet's 55, 27 and 13 lie close by).
LEAST_ROWS = (40, 20, 10, 2)
PARTS = (
    ("56+", "accent-1", 0.45),
    ("28", "accent-1", 0.33),
    ("14", "accent-1", 0.2),
    ("7", "accent-1", 0.08),
    ("dense", "accent-2", 0.4),
)
# Where the names stand from the middles of the discs, in points: right of them, unless that is
# where another disc is.
NAMES = {
    "VGG-11": (-21, -2, "right"),
    "VGG-13": (4, -24, "center"),
    "VGG-16": (-20, 24, "right"),
    "VGG-19": (0, 27, "center"),
    "AlexNet": (20, 0, "left"),
    "GoogLeNet": (-2, 13, "right"),
    "ResNet-18": (6, -15, "left"),
    "ResNet-34": (-14, 4, "right"),
    "ResNet-50": (-15, 4, "right"),
    "ResNet-101": (-17, 6, "right"),
    "ResNet-152": (0, 22, "center"),
    "MobileNet v2": (0, 13, "center"),
}
AREA = 9.0  # pt² of a disc for a million parameters


@example
def counted() -> Facts:
    """Count every network that torchvision has judged."""
    found = _judged()
    return {
        "names": [*found],
        "parameters": [each.parameters for each in found.values()],
        "multiply_adds": [each.multiply_adds for each in found.values()],
        "receptive_field": [_sees(each) for each in found.values()],
        "top_1": [TORCHVISION[name][0] for name in found],
        "top_5": [TORCHVISION[name][1] for name in found],
        **{f"{_slug(name)}_top_1": TORCHVISION[name][0] for name in found},
        **{f"{_slug(name)}_top_5": TORCHVISION[name][1] for name in found},
    }


def _slug(name: str) -> str:
    """Return a name as a fact may be called, so that a page quotes a network and not a place."""
    return name.lower().replace("-", "_").replace(" ", "_")


@figure(
    alt="Accuracy against multiply-adds, discs as large as parameters. {small} is right as "
    "often as {large}, within {gap:.1f} points, with {less_work:.0f} times less work; {deep} is "
    "right more often than both."
)
def accuracy_and_work() -> Drawing:
    """Draw what accuracy costs: work across, parameters as area.

    Returns
    -------
    Drawing
        A disc for each network that torchvision has judged; lines join a family.

    See Also
    --------
    dlcv_viz.architectures.published.TORCHVISION : The accuracies.
    """
    found = _judged()
    fig = canvas(WIDE, 330)
    ax = panel(fig, 40, 34, WIDE - 60, 268)
    ax.set(xlim=(-0.7, 1.6), ylim=(54, 81))  # logarithms of billions
    work = [0.3, 1, 3, 10, 30]
    ax.set_xticks(np.log10(work), [f"{n:g}" for n in work])
    ax.set_yticks([55, 60, 65, 70, 75, 80])
    name_axes(ax, "multiply-adds, in billions", "top-1 accuracy, in percent")
    across, up = 2.3 / (WIDE - 60), 27 / 268  # units a point
    for family, role in FAMILIES.items():
        members = {name: each for name, each in found.items() if name.startswith(family)}
        x = np.log10([each.multiply_adds / 1e9 for each in members.values()])
        y = np.array([TORCHVISION[name][0] for name in members])
        line(ax, x, y, role, width=THIN)
        discs = ax.scatter(x, y, [AREA * each.parameters / 1e6 for each in members.values()])
        discs.set(facecolor=[(MARKER[role], 0.2)], edgecolor=MARKER[role], linewidth=LINE, zorder=3)
        for name, *at in zip(members, x, y, strict=True):
            right, rise, ha = NAMES[name]
            place = at[0] + right * across, at[1] + rise * up
            say(ax, *place, name, "muted" if role == "edge" else role, bold=True, ha=ha)
    large, small, deep = "VGG-16", "MobileNet v2", "ResNet-50"
    accuracy = {name: TORCHVISION[name][0] for name in (large, small, deep)}
    return Drawing(
        fig,
        facts={
            "small": small,
            "large": large,
            "deep": deep,
            "gap": abs(accuracy[large] - accuracy[small]),
            "gain": accuracy[deep] - accuracy[large],
            "less_work": found[large].multiply_adds / found[small].multiply_adds,
            "fewer_parameters": found[large].parameters / found[small].parameters,
            "deep_less_work": found[large].multiply_adds / found[deep].multiply_adds,
            "deep_fewer_parameters": found[large].parameters / found[deep].parameters,
        },
    )


@figure(
    alt="Bars of eight networks, split by the size of maps. VGG-16 has {vgg_dense:.0%} of its "
    "parameters in dense layers and ResNet-50 {resnet_dense:.0%}; of their work that is "
    "{vgg_dense_work:.1%} and {resnet_dense_work:.2%}."
)
def who_spends_where() -> Drawing:
    """Draw which sizes of maps hold the parameters, and which do the work.

    Returns
    -------
    Drawing
        For each network two bars: parameters on the left, multiply-adds on the right.

    See Also
    --------
    dlcv_viz.architectures.ledger.ledger : Counts them.
    """
    judged = _judged()
    names = ("AlexNet", "VGG-16", "GoogLeNet", "ResNet-18", "ResNet-50", "ResNet-152")
    found = {name: judged[name] for name in names}
    found["MobileNet v1"] = ledger(mobilenet.v1(), SHAPE)
    found["MobileNet v2"] = judged["MobileNet v2"]
    held = [_parts(each, "parameters") for each in found.values()]
    done = [_parts(each, "multiply_adds") for each in found.values()]
    fig = canvas(WIDE, 286)
    ax = stage(fig, 4, 4, WIDE - 8, 278)
    middles = [222 - 27.5 * k for k in range(len(found))]
    tints = [(role, tint) for _, role, tint in PARTS]
    for name, y in zip(found, middles, strict=True):
        say(ax, 86, y, name, size=SMALL, ha="right")
    for left, head, wholes in ((94, "Parameters", held), (330, "Multiply-adds", done)):
        say(ax, left, 270, head, size=TITLE, bold=True, ha="left")
        split(ax, middles, wholes, tints, left=left, length=218)
        key(ax, [name for name, *_ in PARTS], tints, 250, left=left, length=218)
    dense = dict(zip(found, zip(held, done, strict=True), strict=True))
    return Drawing(
        fig,
        facts={
            "names": [*found],
            "dense_parameters": [whole[-1] for whole in held],
            "dense_work": [whole[-1] for whole in done],
            "first_work": [whole[0] for whole in done],
            "vgg_dense": dense["VGG-16"][0][-1],
            "resnet_dense": dense["ResNet-50"][0][-1],
            "vgg_dense_work": dense["VGG-16"][1][-1],
            "resnet_dense_work": dense["ResNet-50"][1][-1],
        },
    )


def _judged() -> dict[str, Ledger]:
    """Return the networks of which torchvision has weights, as it builds them."""
    networks = {
        "AlexNet": alexnet.one_tower(),
        **{name: vgg.vgg(letter) for letter, name in vgg.NAMES.items()},
        "GoogLeNet": googlenet.torchvision(),
        **{f"ResNet-{depth}": resnet.resnet(depth) for depth in resnet.BLOCKS},
        "MobileNet v2": mobilenet.v2(),
    }
    return {name: ledger(network, SHAPE) for name, network in networks.items()}


def _sees(found: Ledger) -> int:
    """Return the receptive field of a unit of the last map."""
    return [row for row in found.rows if _rows(row) > 1][-1].receptive_field[0]


def _rows(row: Row) -> int:
    """Return how many rows a map has; a row of units is one."""
    return row.shape[1] if len(row.shape) == 3 else 1


def _parts(found: Ledger, name: str) -> list[float]:
    """Return which share of a total belongs to maps of each size, and to dense layers."""
    shares = [0.0] * len(PARTS)
    for row in found.rows:
        # A dense layer has no map; everything that is counted in maps has more than one row.
        rows = _rows(row)
        part = next((k for k, least in enumerate(LEAST_ROWS) if rows >= least), len(PARTS) - 1)
        shares[part] += getattr(row, name) / getattr(found, name)
    return shares
