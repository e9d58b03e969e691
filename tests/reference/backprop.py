"""Values of torch's autograd for backpropagation, frozen in `backprop.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/backprop.py > tests/reference/backprop.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found"
# (torch is installed beside the project, never in it)

from importlib.metadata import version
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from writing import write


def graph() -> dict[str, Any]:
    """Differentiate an expression that uses every operation, and some values twice."""
    values = [0.7, -1.3, 2.1]
    x, y, z = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in values)
    u = torch.tanh(x * y + z)
    f = torch.maximum(u * x, y) ** 3 + u * u * z + x
    f.backward()
    return {"at": values, "value": f.item(), "gradient": [v.grad.item() for v in (x, y, z)]}


def parameters(sizes: list[int], rng: np.random.Generator) -> tuple[list[Any], list[Any]]:
    """Draw weights and biases as leaves."""
    weights = [rng.normal(0, 0.8, (n, m)) for m, n in pairwise(sizes)]
    biases = [rng.normal(0, 0.5, n) for n in sizes[1:]]
    return (
        [torch.tensor(array, requires_grad=True) for array in weights],
        [torch.tensor(array, requires_grad=True) for array in biases],
    )


def run(x: Any, weights: list[Any], biases: list[Any], hidden: Any) -> tuple[Any, list[Any]]:
    """Go forward; return the outputs and the sums of every layer."""
    a, sums = x, []
    for w, b in zip(weights, biases, strict=True):
        sums.append(a @ w.T + b)
        a = hidden(sums[-1])
    return sums[-1], sums


def network() -> dict[str, Any]:
    """Take gradients of a mean cross-entropy of a 4-6-5-3 network with tanh."""
    rng = np.random.default_rng(7)
    weights, biases = parameters([4, 6, 5, 3], rng)
    x, labels = rng.normal(size=(8, 4)), rng.integers(0, 3, 8)
    logits, sums = run(torch.tensor(x), weights, biases, torch.tanh)
    loss = functional.cross_entropy(logits, torch.tensor(labels))
    errors = torch.autograd.grad(loss, sums, retain_graph=True)
    loss.backward()
    return {
        "weights": [W.tolist() for W in weights],
        "biases": [b.tolist() for b in biases],
        "x": x.tolist(),
        "labels": labels.tolist(),
        "loss": loss.item(),
        "by_weights": [W.grad.tolist() for W in weights],
        "by_biases": [b.grad.tolist() for b in biases],
        "errors": [error.tolist() for error in errors],
    }


def jacobian() -> dict[str, Any]:
    """Differentiate the last sums of a 3-4-5-2 network by the first ones, for one sample."""
    rng = np.random.default_rng(11)
    weights, biases = parameters([3, 4, 5, 2], rng)
    x = rng.normal(size=3)

    def last(first: Any) -> Any:
        return run(torch.sigmoid(first), weights[1:], biases[1:], torch.sigmoid)[0]

    first = torch.tensor(x) @ weights[0].T + biases[0]
    matrix = torch.autograd.functional.jacobian(last, first.detach())
    return {
        "weights": [W.tolist() for W in weights],
        "biases": [b.tolist() for b in biases],
        "x": x.tolist(),
        "back": matrix.T.tolist(),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy")},
        "graph": graph(),
        "network": network(),
        "jacobian": jacobian(),
    }
    write(values)


if __name__ == "__main__":
    main()
