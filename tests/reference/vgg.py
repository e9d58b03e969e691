"""Values of torch for stacks of layers and Gram matrices, frozen in `vgg.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/vgg.py > tests/reference/vgg.json

Nothing of the project is imported. Gradients are those of torch's automatic differentiation.
"""

# mypy: disable-error-code="import-not-found"
# (torch is installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2014)
# Kernel, stride and dilation of each layer.
STACKS: list[list[tuple[int, int, int]]] = [
    [(3, 1, 1)] * 4,
    [(3, 1, 1), (2, 2, 1), (3, 1, 1)],
    [(5, 2, 1), (3, 1, 2), (1, 1, 1)],
    [(3, 1, 1), (3, 1, 1), (2, 2, 1), (3, 1, 1), (2, 2, 1), (4, 3, 1)],
]


def tensor(values: Any) -> Any:
    """Make a double-precision tensor that keeps its gradient."""
    return torch.tensor(np.asarray(values).tolist(), dtype=torch.float64, requires_grad=True)


def listed(array: Any) -> Any:
    """Return nested lists, without the rounding of sums."""
    return np.asarray(array.detach() if torch.is_tensor(array) else array).round(12).tolist()


def paths() -> list[dict[str, Any]]:
    """Count paths: gradients of one unit by all pixels, where all taps are 1."""
    found = []
    for stack in STACKS:
        x = tensor(np.zeros((1, 1, 90, 90)))
        y = x
        for kernel, stride, dilation in stack:
            ones = torch.ones(1, 1, kernel, kernel, dtype=torch.float64)
            y = functional.conv2d(y, ones, stride=stride, dilation=dilation)
        (gradient,) = torch.autograd.grad(y[0, 0, 0, 0], x)
        seen = gradient[0, 0]
        side = int((seen.sum(dim=0) > 0).nonzero().max()) + 1
        found.append({"layers": stack, "paths": listed(seen[:side, :side])})
    return found


def shares() -> dict[str, Any]:
    """Share the squared gradient of a small ReLU stack among the pixels."""
    shapes = (3, 2, 3, 3), (4, 3, 3, 3), (2, 4, 3, 3)
    kernels = [tensor(RNG.normal(size=shape).round(2)) for shape in shapes]
    x = tensor(RNG.normal(size=(3, 2, 7, 7)).round(2))
    energy = torch.zeros(7, 7, dtype=torch.float64)
    for output in range(2):
        y = x
        for layer, w in enumerate(kernels):
            y = functional.conv2d(functional.relu(y) if layer else y, w)
        (gradient,) = torch.autograd.grad(y[:, output].sum(), x)
        energy += (gradient**2).sum(dim=(0, 1))
    return {
        "x": listed(x),
        "kernels": [listed(w) for w in kernels],
        "shares": listed(energy / energy.sum()),
    }


def gram() -> dict[str, Any]:
    """Average products of maps over places, and compare every two pictures' averages."""
    maps = tensor(RNG.normal(size=(4, 3, 5, 6)).round(2))
    flat = maps.flatten(2)
    matrices = torch.einsum("nap,nbp->nab", flat, flat) / flat.shape[-1]
    rows = matrices.flatten(1)
    apart = torch.cdist(rows, rows, compute_mode="donot_use_mm_for_euclid_dist") ** 2
    return {
        "maps": listed(maps),
        "distances": listed(apart / rows.shape[1]),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy")},
        "paths": paths(),
        "shares": shares(),
        "gram": gram(),
    }
    write(values)


if __name__ == "__main__":
    main()
