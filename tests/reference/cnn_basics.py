"""Values of torch for small convolutional networks, frozen in `cnn_basics.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/cnn_basics.py > tests/reference/cnn_basics.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch is installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(1969)
SHAPES = {
    "max": ((4, 2, 3, 3), (4,), (3, 16), (3,)),
    "average": ((4, 2, 3, 3), (4,), (3, 4), (3,)),
}
# Kernel, stride, dilation and padding of each layer.
STACKS = [
    [(5, 1, 1, 2), (3, 2, 1, 1), (3, 1, 2, 1), (4, 3, 1, 0)],
    [(7, 2, 1, 3), (3, 2, 1, 1), (3, 1, 1, 1), (3, 1, 1, 1), (3, 2, 1, 1)],
    [(2, 2, 1, 0), (3, 1, 4, 0)],
]
NAMES = ("kernels", "kernel_biases", "weights", "biases")


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def run(parameters: list[Any], x: Any, head: str) -> tuple[Any, Any]:
    """Return feature maps and logits."""
    kernels, kernel_biases, weights, biases = parameters
    maps = functional.relu(functional.conv2d(x, kernels, kernel_biases))
    pooled = {"max": functional.max_pool2d(maps, 2).flatten(1), "average": maps.mean((2, 3))}
    return maps, functional.linear(pooled[head], weights, biases)


def small(head: str) -> dict[str, Any]:
    """Differentiate the logits of one class, and the loss, and make three steps of Adam."""
    x, labels = drawn(3, 2, 6, 7).requires_grad_(), torch.tensor([0, 2, 1])
    parameters = [(drawn(*shape) / 2).requires_grad_() for shape in SHAPES[head]]
    start = [p.tolist() for p in parameters]
    maps, logits = run(parameters, x, head)
    by_maps, by_x = torch.autograd.grad(logits[:, 1].sum(), (maps, x))
    optimizer, losses, gradients = torch.optim.Adam(parameters, lr=0.02), [], []
    for _ in range(3):
        optimizer.zero_grad()
        loss = functional.cross_entropy(run(parameters, x.detach(), head)[1], labels)
        loss.backward()
        losses.append(loss.item())
        gradients.append([p.grad.tolist() for p in parameters])
        optimizer.step()
    return {
        "head": head,
        "x": x.tolist(),
        "labels": labels.tolist(),
        "start": dict(zip(NAMES, start, strict=True)),
        "maps": maps.tolist(),
        "logits": logits.tolist(),
        "class": 1,
        "class_by_maps": by_maps.tolist(),
        "class_by_x": by_x.tolist(),
        "losses": losses,
        "gradient": dict(zip(NAMES, gradients[0], strict=True)),
        "learning_rate": 0.02,
        "end": dict(zip(NAMES, (p.tolist() for p in parameters), strict=True)),
    }


def reference_net() -> dict[str, Any]:
    """Build the net of the page; count, and find by gradients what its units see."""
    layers: dict[str, Any] = {}
    for k, (before, after) in enumerate(((3, 32), (32, 64), (64, 128), (128, 256)), 1):
        layers[f"conv{k}"] = nn.Conv2d(before, after, 3, padding=1)
        layers[f"pool{k}"] = nn.MaxPool2d(2)
    heads = nn.Linear(1024, 128), nn.Linear(128, 10)
    parts = *layers.values(), *heads
    parameters = sum(p.numel() for part in parts for p in part.parameters())
    return {"parameters": parameters, **seen_by(layers)}


def seen_by(layers: dict[str, Any]) -> dict[str, Any]:
    """Find the shapes, and how many pixels a middle unit sees when the input is large enough."""
    shapes, fields = {}, {}
    signal = torch.zeros(1, 3, 32, 32)
    large = torch.rand(1, 3, 192, 192, dtype=torch.float64, requires_grad=True)
    through: Any = large
    for name, layer in layers.items():
        signal = layer(signal)
        shapes[name] = list(signal.shape[1:])
        # Averages in place of the largest values: all units of a window take part.
        if isinstance(layer, nn.MaxPool2d):
            through = functional.avg_pool2d(through, 2)
        else:
            ones = torch.ones_like(layer.weight, dtype=torch.float64) / layer.weight[0].numel()
            through = functional.conv2d(through, ones, padding=1)
        middle = through.shape[-1] // 2
        (gradient,) = torch.autograd.grad(through[0, 0, middle, middle], large, retain_graph=True)
        rows = torch.nonzero(gradient[0, 0].abs().sum(1)).ravel()
        fields[name] = int(rows[-1] - rows[0]) + 1
    return {"shapes": shapes, "fields": fields}


def stack(windows: list[tuple[int, int, int, int]]) -> dict[str, Any]:
    """Average through windows along one axis, and find where a unit in the middle looks."""
    x = torch.rand(1, 1, 400, dtype=torch.float64, requires_grad=True)
    signal, jump, centres = x, 1, []
    for k, s, d, p in windows:
        kernel = torch.full((1, 1, k), 1 / k, dtype=torch.float64)
        signal, jump = functional.conv1d(signal, kernel, None, s, p, d), jump * s
        unit = signal.shape[-1] // 2
        (gradient,) = torch.autograd.grad(signal[0, 0, unit], x, retain_graph=True)
        seen = torch.nonzero(gradient[0, 0]).ravel().tolist()
        centres.append((seen[0] + seen[-1]) / 2 - unit * jump)
    return {"windows": windows, "centres": centres}


def main() -> None:
    """Write all values as JSON."""
    write(
        {
            "versions": {name: version(name) for name in ("torch", "numpy")},
            "small": [small(head) for head in SHAPES],
            "reference_net": reference_net(),
            "stacks": [stack(windows) for windows in STACKS],
        }
    )


if __name__ == "__main__":
    main()
