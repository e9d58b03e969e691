"""Values of independent libraries for the multi-layer perceptron, frozen in `mlp.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scipy==1.17.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/mlp.py > tests/reference/mlp.json

Nothing of the project is imported: the data are made here too.
"""

# mypy: disable-error-code="import-not-found, import-untyped, no-any-return"
# (torch and scipy are installed beside the project, never in it)

from importlib.metadata import version
from itertools import pairwise, product
from typing import Any

import numpy as np
import torch
from scipy.optimize import linprog
from torch import nn

from writing import write

torch.set_default_dtype(torch.float64)


def xor() -> dict[str, Any]:
    """Run both networks for XOR on corners and on places between, as written in the books."""
    x = torch.tensor([[0, 0], [0, 1], [1, 0], [1, 1], [0.3, 0.4], [-2, 1.5], [0.9, 0.8]])
    x = x.to(torch.float64)
    s = x.sum(dim=1)
    h1, h2 = torch.sigmoid(10 * s - 5), torch.sigmoid(10 * s - 15)
    return {
        "x": x.tolist(),
        "sigmoid": torch.sigmoid(20 * h1 - 20 * h2 - 10).tolist(),
        "relu": (torch.relu(s) - 2 * torch.relu(s - 1)).tolist(),
    }


def classifiers() -> list[dict[str, Any]]:
    """Run stacks of linear layers with tanh between and a softmax behind."""
    found = []
    for seed, sizes in ((0, [3, 5, 4]), (1, [2, 6, 6, 3]), (2, [4, 2])):
        torch.manual_seed(seed)
        linears = [nn.Linear(a, b) for a, b in pairwise(sizes)]
        parts: list[nn.Module] = [linears[0]]
        for linear in linears[1:]:
            parts += [nn.Tanh(), linear]
        x = 2 * torch.randn(5, sizes[0])
        with torch.no_grad():
            probabilities = torch.softmax(nn.Sequential(*parts)(x), dim=1)
        found.append(
            {
                "x": x.tolist(),
                "weights": [linear.weight.tolist() for linear in linears],
                "biases": [linear.bias.tolist() for linear in linears],
                "probabilities": probabilities.tolist(),
            }
        )
    return found


def arrangements() -> list[dict[str, int]]:
    """Count the regions of random hyperplanes: a linear program looks for a point in each."""
    rng, found = np.random.default_rng(12), []
    for n, d in ((1, 1), (5, 1), (2, 2), (3, 2), (6, 2), (3, 3), (5, 3), (6, 4)):
        w, b = rng.normal(size=(n, d)), rng.normal(size=n)
        count = 0
        for signs in product((-1.0, 1.0), repeat=n):
            # For x = u / s with s > 0: signs * (w u + b s) >= 1, which is linear in (u, s).
            rows = -np.array(signs)[:, None] * np.column_stack([w, b])
            bounds = [(None, None)] * d + [(1e-9, None)]
            answer = linprog(np.zeros(d + 1), rows, -np.ones(n), bounds=bounds)
            count += answer.status == 0
        found.append({"n": n, "d": d, "count": int(count)})
    return found


def tents() -> dict[str, Any]:
    """Apply the tent, as 1 - |2 x - 1|, to places that no grid holds."""
    x = torch.linspace(0.0137, 0.9871, 41)
    heights, y = [], x
    for _ in range(5):
        y = 1 - torch.abs(2 * y - 1)
        heights.append(y.tolist())
    return {"x": x.tolist(), "heights": heights}


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "scipy", "numpy")},
        "xor": xor(),
        "classifiers": classifiers(),
        "arrangements": arrangements(),
        "tents": tents(),
    }
    write(values)


if __name__ == "__main__":
    main()
