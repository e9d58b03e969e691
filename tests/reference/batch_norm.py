"""Values of torch for normalizations, frozen in `batch_norm.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/batch_norm.py > tests/reference/batch_norm.json

Nothing of the project is imported. Gradients are those of torch's automatic differentiation.
"""

# mypy: disable-error-code="import-not-found"
# (torch is installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2025)


def tensor(values: Any) -> Any:
    """Make a double-precision tensor that keeps its gradient."""
    return torch.tensor(np.asarray(values, float).tolist(), dtype=torch.float64, requires_grad=True)


def batch(shape: tuple[int, ...], epsilon: float, momentum: float) -> dict[str, Any]:
    """Train one step, then infer: outputs, gradients, and running statistics."""
    n = shape[1]
    kind = nn.BatchNorm1d if len(shape) == 2 else nn.BatchNorm2d
    layer = kind(n, eps=epsilon, momentum=momentum, dtype=torch.float64)
    gamma, beta, upstream = RNG.normal(size=n), RNG.normal(size=n), RNG.normal(size=shape)
    layer.weight.data, layer.bias.data = tensor(gamma).detach(), tensor(beta).detach()
    x = tensor(RNG.normal(size=shape) * 4 + 50)
    outputs = layer(x)
    outputs.backward(tensor(upstream).detach())
    layer.eval()
    return {
        "epsilon": epsilon,
        "momentum": momentum,
        "gamma": gamma.tolist(),
        "beta": beta.tolist(),
        "upstream": upstream.tolist(),
        "X": x.tolist(),
        "outputs": outputs.tolist(),
        "by_X": x.grad.tolist(),
        "by_gamma": layer.weight.grad.tolist(),
        "by_beta": layer.bias.grad.tolist(),
        "running_mean": layer.running_mean.tolist(),
        "running_variance": layer.running_var.tolist(),
        "inferred": layer(x).tolist(),
    }


def samples() -> dict[str, Any]:
    """Normalize single samples in four ways."""
    gamma, beta = tensor(RNG.normal(size=6)), tensor(RNG.normal(size=6))
    rows, pictures = tensor(RNG.normal(size=(4, 6)) * 3 - 1), tensor(RNG.normal(size=(2, 6, 2, 3)))
    groups = {n: functional.group_norm(pictures, n, gamma, beta, 1e-5).tolist() for n in (1, 2, 3)}
    return {
        "gamma": gamma.tolist(),
        "beta": beta.tolist(),
        "rows": rows.tolist(),
        "pictures": pictures.tolist(),
        "layer": functional.layer_norm(rows, (6,), gamma, beta, 1e-3).tolist(),
        "rms": functional.rms_norm(rows, (6,), gamma, 1e-3).tolist(),
        "group": groups,
        "instance": functional.instance_norm(pictures, weight=gamma, bias=beta).tolist(),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy")},
        "dense": batch((7, 3), 1e-5, 0.1),
        "dense_of_two": batch((2, 4), 1e-2, 0.3),
        "pictures": batch((3, 2, 2, 4), 1e-5, 0.25),
        "samples": samples(),
    }
    write(values)


if __name__ == "__main__":
    main()
