"""Values of torch and scipy for residual blocks, networks and paths, frozen in `resnet.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6 scipy==1.17.1
    /tmp/refenv/bin/python tests/reference/resnet.py > tests/reference/resnet.json

Nothing of the project is imported. Gradients are torch's.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scipy are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from scipy.stats import binom
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(1512)
N_BLOCKS, WIDTH, N_IN, N_OUT, BATCH = 3, 5, 3, 2, 6


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def block(n_in: int, n_out: int) -> dict[str, Any]:
    """Compute a block and its Jacobian, with a projection where the lengths differ."""
    x, w1, w2 = drawn(n_in), drawn(6, n_in), drawn(n_out, 6)
    shortcut = None if n_in == n_out else drawn(n_out, n_in)

    def whole(x: Any) -> Any:
        return w2 @ functional.relu(w1 @ x) + (x if shortcut is None else shortcut @ x)

    return {
        "x": x.tolist(),
        "w1": w1.tolist(),
        "w2": w2.tolist(),
        "projection": None if shortcut is None else shortcut.tolist(),
        "y": whole(x).tolist(),
        "jacobian": torch.autograd.functional.jacobian(whole, x).tolist(),
    }


def parameters() -> list[Any]:
    """Draw stem, blocks and head, each with biases."""
    shapes = (WIDTH, N_IN), (WIDTH,), (N_BLOCKS, 2, WIDTH, WIDTH), (N_BLOCKS, 2, WIDTH)
    return [drawn(*shape) * 0.7 for shape in (*shapes, (N_OUT, WIDTH), (N_OUT,))]


def run(arrays: list[Any], x: Any, setup: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Return the outputs, and what passes between blocks."""
    stem, stem_bias, weights, biases, head, head_bias = arrays

    def activate(h: Any) -> Any:
        if setup["is_normalized"]:
            h = functional.batch_norm(h, None, None, training=True, eps=1e-5)
        return functional.relu(h)

    stream = [functional.linear(x, stem, stem_bias)]
    for (w1, w2), (b1, b2) in zip(weights, biases, strict=True):
        inner = functional.linear(activate(stream[-1]), w1, b1)
        branch = functional.linear(activate(inner), w2, b2)
        stream.append(setup["shortcut"] * stream[-1] + setup["scale"] * branch)
    return functional.linear(functional.relu(stream[-1]), head, head_bias), stream


def network(shortcut: float, scale: float, *, is_normalized: bool) -> dict[str, Any]:
    """Differentiate half the mean squared error by parameters and by the stream."""
    setup = {"shortcut": shortcut, "scale": scale, "is_normalized": is_normalized}
    arrays = [array.requires_grad_() for array in parameters()]
    x, targets = drawn(BATCH, N_IN), drawn(BATCH, N_OUT)
    outputs, stream = run(arrays, x, setup)
    loss = ((outputs - targets) ** 2).sum() / (2 * BATCH)
    found = torch.autograd.grad(loss, [*arrays, *stream])
    return {
        **setup,
        "x": x.tolist(),
        "targets": targets.tolist(),
        "parameters": [array.tolist() for array in arrays],
        "outputs": outputs.tolist(),
        "gradients": [gradient.tolist() for gradient in found[: len(arrays)]],
        "stream": [gradient.tolist() for gradient in found[len(arrays) :]],
    }


def training() -> dict[str, Any]:
    """Make four steps of Adam."""
    setup = {"shortcut": 1.0, "scale": 0.5, "is_normalized": False}
    arrays = [array.requires_grad_() for array in parameters()]
    x, targets = drawn(BATCH, N_IN), drawn(BATCH, N_OUT)
    start = [array.tolist() for array in arrays]
    optimizer, losses = torch.optim.Adam(arrays, lr=0.01), []
    for _ in range(4):
        loss = ((run(arrays, x, setup)[0] - targets) ** 2).sum() / (2 * BATCH)
        losses.append(loss.item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {
        "x": x.tolist(),
        "targets": targets.tolist(),
        "start": start,
        "losses": losses,
        "end": [array.tolist() for array in arrays],
    }


def paths() -> dict[str, Any]:
    """Take lengths of paths from binomial distributions."""
    gain = 0.3
    return {
        "gain": gain,
        "lengths_17": binom.pmf(range(18), 17, 0.5).tolist(),
        "gradient_17": binom.pmf(range(18), 17, gain / (1 + gain)).tolist(),
        "within_54": float(binom.cdf(35, 54, 0.5) - binom.cdf(18, 54, 0.5)),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy", "scipy")},
        "blocks": [block(4, 4), block(5, 3)],
        "networks": [
            network(1.0, 1.0, is_normalized=False),
            network(0.0, 1.0, is_normalized=False),
            network(1.0, 0.4, is_normalized=True),
        ],
        "training": training(),
        "paths": paths(),
    }
    write(values)


if __name__ == "__main__":
    main()
