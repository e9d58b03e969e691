"""Layers of torchvision's networks as torch runs them, frozen in `architectures.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 torchvision==0.29.1
    /tmp/refenv/bin/python tests/reference/architectures.py > tests/reference/architectures.json

Shapes and parameters are read by forward hooks, products by torch's own counter of operations,
which sees what the kernels are called with. Rows that many layers share are kept once.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and torchvision are installed beside the project, never in it)

import json
import sys
from importlib.metadata import version
from math import prod
from typing import Any

import torch
from torch.utils.flop_counter import FlopCounterMode
from torchvision import models

SIDE = 224
BATCH = 2  # normalization that is trained wants more than one picture
KINDS = ("Conv2d", "BatchNorm2d", "Linear", "MaxPool2d")


def networks() -> dict[str, tuple[Any, int | None]]:
    """Build the networks, without numbers in them, and what torchvision prints of their size."""
    found: dict[str, tuple[Any, int | None]] = {}
    for name in (
        *("alexnet", "vgg11", "vgg13", "vgg16", "vgg19"),
        *("resnet18", "resnet34", "resnet50", "resnet101", "resnet152", "mobilenet_v2"),
    ):
        printed = models.get_model_weights(name).IMAGENET1K_V1.meta["num_params"]
        found[name] = models.get_model(name), printed
    printed = models.GoogLeNet_Weights.IMAGENET1K_V1.meta["num_params"]
    for name, auxiliary in (("googlenet", False), ("googlenet with auxiliary heads", True)):
        net = models.googlenet(aux_logits=auxiliary, init_weights=False)
        found[name] = net, None if auxiliary else printed
    found["mobilenet_v2 of width 0.5"] = models.mobilenet_v2(width_mult=0.5), None
    return found


def layers(net: Any) -> list[list[Any]]:
    """Run a network; return kind, shape, weights, biases, products and window of each layer."""
    found: list[tuple[str, str, list[int]]] = []
    for path, module in net.named_modules():
        kind = type(module).__name__
        if kind in KINDS:
            module.register_forward_hook(
                lambda _module, _read, given, path=path, kind=kind: found.append(
                    (path, kind, list(given.shape[1:]))
                )
            )
    net.train()
    with FlopCounterMode(display=False) as counter, torch.no_grad():
        net(torch.empty(BATCH, 3, SIDE, SIDE))
    flops = counter.get_flop_counts()
    modules = dict(net.named_modules())
    rows = []
    for path, kind, shape in found:
        held = dict(modules[path].named_parameters())
        n_weights, n_biases = (prod(held[n].shape) if n in held else 0 for n in ("weight", "bias"))
        operations = sum(flops.get(f"{type(net).__name__}.{path}", {}).values())
        counted = [n_weights, n_biases, operations // (2 * BATCH)]
        rows.append([kind, shape, *counted, *window(modules[path])])
    return rows


def window(module: Any) -> list[Any]:
    """Return kernel, stride, padding, groups and whether a pooling rounds up."""
    if not hasattr(module, "kernel_size"):
        return []
    lengths = [getattr(module, name) for name in ("kernel_size", "stride", "padding")]
    squares = [n if isinstance(n, int) else n[0] for n in lengths]  # all windows here are square
    return [*squares, getattr(module, "groups", 1), getattr(module, "ceil_mode", False)]


def main() -> None:
    """Write the values."""
    rows: list[list[Any]] = []
    found: dict[str, Any] = {}
    with torch.device("meta"):
        for name, (net, printed) in networks().items():
            numbers = []
            for row in layers(net):
                if row not in rows:
                    rows.append(row)
                numbers.append(rows.index(row))
            found[name] = {
                "printed": printed,
                "parameters": sum(p.numel() for p in net.parameters()),
                "buffers": sum(b.numel() for b in net.buffers() if b.ndim),  # counters aside
                "layers": numbers,
            }
    made_by = f"torch {version('torch')}, torchvision {version('torchvision')}"
    values = {"made by": made_by, "side": SIDE, "rows": rows, "networks": found}
    sys.stdout.write(json.dumps(values).replace("], [", "],\n[").replace("}, ", "},\n") + "\n")


if __name__ == "__main__":
    main()
