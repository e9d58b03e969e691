"""Values of torch and scikit-learn for AlexNet's own formulas, frozen in `alexnet.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6 scikit-learn==1.9.1
    /tmp/refenv/bin/python tests/reference/alexnet.py > tests/reference/alexnet.json

Nothing of the project is imported. Constants are others than those of the paper, but for one case.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from sklearn.decomposition import PCA
from torch import nn
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2012)


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def response_norm() -> list[dict[str, Any]]:
    """Normalize; torch divides its alpha by the size."""
    cases = []
    for size, alpha, beta, k, height in ((5, 1e-4, 0.75, 2.0, 120.0), (3, 0.3, 0.4, 0.7, 1.0)):
        a = height * drawn(2, 7, 2, 3)
        b = functional.local_response_norm(a, size, alpha=size * alpha, beta=beta, k=k)
        constants = {"size": size, "alpha": alpha, "beta": beta, "k": k}
        cases.append({"constants": constants, "a": a.tolist(), "b": b.tolist()})
    return cases


def colours() -> dict[str, Any]:
    """Find principal components; scikit-learn divides by one pixel less."""
    pixels = RNG.random((40, 3)) * np.array([0.9, 0.3, 0.5]) + RNG.random((40, 1))
    found = PCA().fit(pixels)
    return {
        "pixels": pixels.tolist(),
        "variances": (found.explained_variance_ * 39 / 40).tolist(),
        "directions": found.components_.tolist(),
    }


def update() -> dict[str, Any]:
    """Step with momentum and weight decay, at one learning rate."""
    w, gradients = drawn(4), drawn(6, 4)
    start = w.tolist()
    parameter = nn.Parameter(w.clone())
    rule = torch.optim.SGD([parameter], lr=0.07, momentum=0.8, weight_decay=0.03)
    path = []
    for g in gradients:
        parameter.grad = g.clone()
        rule.step()
        path.append(parameter.tolist())
    return {"start": start, "gradients": gradients.tolist(), "path": path}


def training() -> dict[str, Any]:
    """Train a small network on all samples with momentum."""
    sizes, x, y = (2, 3, 1), drawn(5, 2), torch.tensor([0.0, 1, 1, 0, 1], dtype=torch.float64)
    layers = [nn.Linear(a, b, dtype=torch.float64) for a, b in pairwise(sizes)]
    for layer in layers:
        layer.weight.data, layer.bias.data = drawn(*layer.weight.shape), drawn(*layer.bias.shape)
    net = nn.Sequential(layers[0], nn.Tanh(), layers[1])
    start = [[p.tolist() for p in (layer.weight, layer.bias)] for layer in layers]
    rule = torch.optim.SGD(net.parameters(), lr=0.2, momentum=0.9)
    for _ in range(8):
        rule.zero_grad()
        functional.binary_cross_entropy_with_logits(net(x)[:, 0], y).backward()
        rule.step()
    end = [[p.tolist() for p in (layer.weight, layer.bias)] for layer in layers]
    return {"x": x.tolist(), "y": y.tolist(), "start": start, "end": end}


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy", "scikit-learn")},
        "response_norm": response_norm(),
        "colours": colours(),
        "update": update(),
        "training": training(),
    }
    write(values)


if __name__ == "__main__":
    main()
