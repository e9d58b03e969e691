"""Values of torch and scikit-learn for LeNet-5 and its reader, frozen in `lenet.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6 scikit-learn==1.9.1
    /tmp/refenv/bin/python tests/reference/lenet.py > tests/reference/lenet.json

Nothing of the project is imported. Links are others than those of the paper.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import RidgeClassifier
from torch import nn
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(1998)
LINKS = [[0, 2], [1], [0, 1, 2], [2]]


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def squash(a: Any) -> Any:
    """Apply the function of the paper."""
    return 1.7159 * torch.tanh(a * 2 / 3)


def squashing() -> dict[str, Any]:
    """Squash some numbers, and differentiate by torch."""
    a = torch.tensor([-40.0, -2.5, -0.3, 0.0, 0.7, 1.0, 9.0], dtype=torch.float64)
    a.requires_grad_()
    outputs = squash(a)
    outputs.sum().backward()
    return {"a": a.tolist(), "outputs": outputs.tolist(), "slopes": a.grad.tolist()}


def subsampling() -> dict[str, Any]:
    """Average, scale by four, weigh and squash."""
    x, w, b = drawn(2, 3, 4, 6), drawn(3), drawn(3)
    sums = 4 * functional.avg_pool2d(x, 2)
    outputs = squash(w[:, None, None] * sums + b[:, None, None])
    return {"x": x.tolist(), "w": w.tolist(), "b": b.tolist(), "outputs": outputs.tolist()}


def linked() -> dict[str, Any]:
    """Convolve each map by itself with the maps that it sees."""
    x, w, b = drawn(2, 3, 5, 6), drawn(4, 3, 3, 3), drawn(4)
    maps = [
        functional.conv2d(x[:, seen], w[k : k + 1, seen], b[k : k + 1])
        for k, seen in enumerate(LINKS)
    ]
    return {
        "links": LINKS,
        "parameters": sum(nn.Conv2d(len(seen), 1, 3).weight.numel() + 1 for seen in LINKS),
        "x": x.tolist(),
        "w": w.tolist(),
        "b": b.tolist(),
        "outputs": torch.cat(maps, 1).tolist(),
    }


def codes() -> dict[str, Any]:
    """Measure distances, and the criterion as a cross-entropy with one more class."""
    x, centres, rubbish = drawn(3, 7), torch.sign(drawn(5, 7)), 4.5
    distances = torch.cdist(x, centres) ** 2
    scores = torch.cat([-distances, torch.full((3, 1), -rubbish, dtype=torch.float64)], 1)
    labels = torch.tensor([0, 3, 4])
    losses = functional.cross_entropy(scores, labels, reduction="none")
    return {
        "x": x.tolist(),
        "codes": centres.tolist(),
        "distances": distances.tolist(),
        "rubbish": rubbish,
        "labels": labels.tolist(),
        "losses": losses.tolist(),
    }


def network() -> dict[str, Any]:
    """Count the remake, and find by gradients which pixels a unit in the middle sees."""
    layers = {
        "C1": nn.Conv2d(1, 6, 5),
        "S2": nn.AvgPool2d(2),
        "C3": nn.Conv2d(6, 16, 5),
        "S4": nn.AvgPool2d(2),
        "C5": nn.Conv2d(16, 120, 5),
    }
    heads = nn.Linear(120, 84), nn.Linear(84, 10)
    parameters = sum(p.numel() for m in (*layers.values(), *heads) for p in m.parameters())
    fields, signal = {}, torch.randn(1, 1, 32, 32, requires_grad=True)
    x = signal
    for name, layer in layers.items():
        signal = layer(signal)
        middle = signal.shape[-1] // 2
        (gradient,) = torch.autograd.grad(signal[0, 0, middle, middle], x, retain_graph=True)
        rows = torch.nonzero(gradient[0, 0].abs().sum(1)).ravel()
        fields[name] = [int(rows[0]), int(rows[-1])]
    return {"parameters": parameters, "fields": fields}


def reader() -> dict[str, Any]:
    """Fit a ridge classifier to features of the mean variance 1."""
    x, labels = drawn(12, 5).numpy() + 2, RNG.integers(3, size=12)
    x /= np.sqrt(((x - x.mean(0)) ** 2).mean())
    fitted = RidgeClassifier(alpha=0.7, solver="svd").fit(x, labels)
    return {
        "x": x.tolist(),
        "labels": labels.tolist(),
        "strength": 0.7,
        "scores": fitted.decision_function(x).tolist(),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy", "scikit-learn")},
        "squashing": squashing(),
        "subsampling": subsampling(),
        "linked": linked(),
        "codes": codes(),
        "network": network(),
        "reader": reader(),
    }
    write(values)


if __name__ == "__main__":
    main()
