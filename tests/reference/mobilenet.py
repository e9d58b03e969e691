"""Values of torch and scipy for MobileNet's layers, frozen in `mobilenet.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6 scipy==1.17.1
    /tmp/refenv/bin/python tests/reference/mobilenet.py > tests/reference/mobilenet.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scipy are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from scipy.stats import binom
from torch import nn
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2017)


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def separable() -> dict[str, Any]:
    """Filter three channels by two kernels each at stride 2, then mix."""
    x, depthwise, pointwise = drawn(2, 3, 5, 6), drawn(6, 1, 3, 2), drawn(4, 6)
    filtered = functional.conv2d(x, depthwise, stride=2, padding=1, groups=3)
    outputs = functional.conv2d(filtered, pointwise[:, :, None, None])
    return {
        "x": x.tolist(),
        "depthwise": depthwise.tolist(),
        "pointwise": pointwise.tolist(),
        "outputs": outputs.tolist(),
    }


def approximation() -> dict[str, Any]:
    """Fit pointwise weights channel by channel, and keep the largest singular values."""
    kernels, depthwise = drawn(5, 2, 3, 3), drawn(4, 1, 3, 3)
    fitted = [
        torch.linalg.lstsq(
            depthwise[2 * c : 2 * c + 2].reshape(2, 9).T, kernels[:, c].reshape(5, 9).T
        ).solution.T
        for c in range(2)
    ]
    errors = []
    for rank in range(1, 6):
        missed = 0.0
        for c in range(2):
            slices = kernels[:, c].reshape(5, 9)
            u, s, vt = torch.linalg.svd(slices, full_matrices=False)
            near = u[:, :rank] @ torch.diag(s[:rank]) @ vt[:rank]
            missed += float(((slices - near) ** 2).sum())
        errors.append((missed / float((kernels**2).sum())) ** 0.5)
    return {
        "kernels": kernels.tolist(),
        "depthwise": depthwise.tolist(),
        "fitted": torch.cat(fitted, 1).tolist(),
        "errors": errors,
    }


def costs() -> list[list[int]]:
    """Count the weights of layers that torch makes: full, separable, and inverted."""
    rows = []
    for c_in, c_out, kernel, times in ((10, 24, 5, 1), (7, 3, 3, 2), (16, 40, 3, 4)):
        full = nn.Conv2d(c_in, c_out, kernel, bias=False)
        middle = times * c_in
        pair = (
            nn.Conv2d(c_in, middle, kernel, groups=c_in, bias=False),
            nn.Conv2d(middle, c_out, 1, bias=False),
        )
        inverted = (
            nn.Conv2d(c_in, middle, 1, bias=False),
            nn.Conv2d(middle, middle, kernel, groups=middle, bias=False),
            nn.Conv2d(middle, c_out, 1, bias=False),
        )
        held = [sum(layer.weight.numel() for layer in part) for part in ((full,), pair, inverted)]
        rows.append([c_in, c_out, kernel, times, *held])
    return rows


def activations() -> dict[str, Any]:
    """Apply torch's own ReLU6 and hard-swish."""
    z = torch.tensor([-40.0, -3.0, -1.5, -0.2, 0.0, 0.7, 3.0, 5.9, 6.0, 80.0], dtype=torch.float64)
    return {
        "z": z.tolist(),
        "relu6": functional.relu6(z).tolist(),
        "hard_swish": functional.hardswish(z).tolist(),
    }


def rounding() -> dict[str, Any]:
    """Round to 8 bits as torch does in quantization-aware training."""
    values = torch.tensor([-1.0, 0.0, 0.03, 0.5, 1.77, 2.31, 4.9, 5.0, 7.0])
    rounded = torch.fake_quantize_per_tensor_affine(values, 5.0 / 255, 0, 0, 255)
    return {"values": values.tolist(), "top": 5.0, "rounded": rounded.tolist()}


def directions() -> dict[str, Any]:
    """Find points again by the pseudo-inverse of what answers, one after another."""
    x, ways = drawn(8, 3), drawn(5, 3)
    found, kept = [], []
    for point in x:
        answers = ways @ point
        among = ways[answers > 0]
        found.append((torch.linalg.pinv(among) @ answers[answers > 0]).tolist())
        kept.append(int(torch.linalg.matrix_rank(among)) == x.shape[1])
    return {"x": x.tolist(), "directions": ways.tolist(), "found": found, "kept": kept}


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy", "scipy")},
        "separable": separable(),
        "approximation": approximation(),
        "costs": costs(),
        "activations": activations(),
        "rounding": rounding(),
        "directions": directions(),
        "lost": [
            [n, d, float(binom.cdf(d - 1, n, 0.5))]
            for n, d in ((1, 1), (2, 3), (7, 2), (20, 5), (64, 16))
        ],
    }
    write(values)


if __name__ == "__main__":
    main()
