"""Values of torch and scipy for the module *Inception*, frozen in `inception.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6 scipy==1.17.1
    /tmp/refenv/bin/python tests/reference/inception.py > tests/reference/inception.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scipy are installed beside the project, never in it)

from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from scipy import linalg, ndimage
from torch import nn
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2014)
WIDTHS = (2, 3, 4, 1, 2, 3)
KERNELS = (1, 1, 3, 1, 5, 1)


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def pointwise() -> dict[str, Any]:
    """Convolve by kernels of one pixel."""
    x, w, b = drawn(2, 4, 3, 5), drawn(3, 4), drawn(3)
    y = functional.conv2d(x, w[..., None, None], b)
    return {"x": x.tolist(), "W": w.tolist(), "b": b.tolist(), "y": y.tolist()}


def module() -> dict[str, Any]:
    """Run four branches and concatenate them; a ReLU follows each layer."""
    x, c_in = drawn(2, 5, 6, 7), (5, 5, 3, 5, 1, 5)
    layers = [
        (drawn(n, before, k, k), drawn(n))
        for n, before, k in zip(WIDTHS, c_in, KERNELS, strict=True)
    ]

    def layer(signal: Any, place: int) -> Any:
        w, b = layers[place]
        return functional.relu(functional.conv2d(signal, w, b, padding=KERNELS[place] // 2))

    pooled = functional.max_pool2d(x, 3, stride=1, padding=1)
    branches = [layer(x, 0), layer(layer(x, 1), 2), layer(layer(x, 3), 4), layer(pooled, 5)]
    return {
        "x": x.tolist(),
        "layers": [[w.tolist(), b.tolist()] for w, b in layers],
        "widths": WIDTHS,
        "weights": sum(w.numel() for w, _ in layers),
        "y": torch.cat(branches, 1).tolist(),
    }


def dense(sizes: list[int]) -> list[nn.Linear]:
    """Draw layers."""
    layers = [nn.Linear(a, b, dtype=torch.float64) for a, b in pairwise(sizes)]
    for layer in layers:
        layer.weight.data, layer.bias.data = drawn(*layer.weight.shape), drawn(*layer.bias.shape)
    return layers


def run(layers: list[nn.Linear], signal: Any, *, ends_linear: bool) -> Any:
    """Apply layers with ReLUs between them."""
    for place, layer in enumerate(layers):
        signal = layer(signal)
        if not ends_linear or place < len(layers) - 1:
            signal = functional.relu(signal)
    return signal


def heads() -> dict[str, Any]:
    """Differentiate a loss with an auxiliary head behind each of two parts."""
    parts = [dense([3, 5]), dense([5, 4, 4]), dense([4, 3])]
    aside = [dense([5, 3]), dense([4, 6, 3])]
    x, labels, weight = drawn(6, 3), torch.tensor([0, 1, 2, 2, 1, 0]), 0.45
    signal, losses = x, []
    for part, head in zip(parts[:-1], aside, strict=True):
        signal = run(part, signal, ends_linear=False)
        losses.append(functional.cross_entropy(run(head, signal, ends_linear=True), labels))
    main = functional.cross_entropy(run(parts[-1], signal, ends_linear=True), labels)
    total = main + weight * sum(losses)
    total.backward()

    def told(layers: list[nn.Linear]) -> list[list[Any]]:
        return [[layer.weight.tolist(), layer.bias.tolist()] for layer in layers]

    return {
        "x": x.tolist(),
        "labels": labels.tolist(),
        "weight": weight,
        "parts": [told(part) for part in parts],
        "heads": [told(head) for head in aside],
        "loss": float(total.detach()),
        "gradients": [[layer.weight.grad.tolist() for layer in part] for part in parts],
    }


def ranks() -> dict[str, Any]:
    """Take the nearest matrices of each rank by a singular value decomposition."""
    matrix = RNG.normal(size=(7, 4)) @ np.diag([5.0, 2.0, 1.0, 0.1])
    u, s, vh = linalg.svd(matrix, full_matrices=False)
    norm = linalg.norm(matrix)
    errors = [linalg.norm(matrix - (u[:, :r] * s[:r]) @ vh[:r]) / norm for r in range(5)]
    return {"matrix": matrix.tolist(), "errors": errors}


def gaussians() -> list[dict[str, Any]]:
    """Blur a point by two Gaussians, and take the difference at zero mean and unit norm."""
    found = []
    for side in (5, 9):
        point = np.zeros((side, side))
        point[side // 2, side // 2] = 1
        narrow, wide = (
            ndimage.gaussian_filter(point, ratio * side / 4, radius=side // 2, mode="constant")
            for ratio in (1, 1.6)
        )
        found.append(
            {"side": side, "kernel": ((narrow - wide) / linalg.norm(narrow - wide)).tolist()}
        )
    return found


def main() -> None:
    """Write all values as JSON."""
    write(
        {
            "versions": {name: version(name) for name in ("torch", "numpy", "scipy")},
            "pointwise": pointwise(),
            "module": module(),
            "heads": heads(),
            "ranks": ranks(),
            "gaussians": gaussians(),
        }
    )


if __name__ == "__main__":
    main()
