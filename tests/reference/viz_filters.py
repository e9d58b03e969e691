"""Values of torch for attribution and activation maximization, frozen in `viz_filters.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1
    /tmp/refenv/bin/python tests/reference/viz_filters.py > tests/reference/viz_filters.json

Nothing of the project is imported. All gradients are those of autograd.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch, scipy and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from scipy.stats import spearmanr
from sklearn.decomposition import PCA
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(2014)


def drawn(*shape: int) -> Any:
    """Draw a double-precision tensor."""
    return torch.tensor(RNG.normal(size=shape), dtype=torch.float64)


def network() -> dict[str, Any]:
    """Ask a convolution, ReLU and a dense layer for one logit, by pixels and by maps."""
    x, w, b, v = drawn(2, 5, 6).requires_grad_(), drawn(3, 2, 3, 3), drawn(3), drawn(4, 36)
    maps = functional.relu(functional.conv2d(x[None], w, b))
    maps.retain_grad()
    logit = functional.linear(maps.flatten(1), v)[0, 1]
    logit.backward()
    weights = functional.adaptive_avg_pool2d(maps.grad, 1)
    return {
        "by_pixels": x.grad.tolist(),
        "saliency": x.grad.abs().amax(0).tolist(),
        "maps": maps[0].tolist(),
        "by_maps": maps.grad[0].tolist(),
        "weights": weights.ravel().tolist(),
        "grad_cam": functional.relu((weights * maps).sum(1))[0].tolist(),
    }


def path() -> dict[str, Any]:
    """Integrate gradients of a smooth score with torch, by Gauss and Legendre."""
    w, x, baseline = drawn(4, 3), drawn(3), drawn(3)
    at, parts = np.polynomial.legendre.leggauss(60)
    total = torch.zeros(3, dtype=torch.float64)
    for place, part in zip((at + 1) / 2, parts / 2, strict=True):
        here = (baseline + place * (x - baseline)).detach().requires_grad_()
        torch.tanh(w @ here).sum().backward()
        total += part * here.grad
    return {
        "w": w.tolist(),
        "x": x.tolist(),
        "baseline": baseline.tolist(),
        "shares": ((x - baseline) * total).tolist(),
        "scores": [torch.tanh(w @ place).sum().item() for place in (x, baseline)],
    }


def ascent() -> dict[str, Any]:
    """Climb with an optimizer of torch, whose weight decay is twice our penalty."""
    w, x = drawn(5, 3), drawn(3)
    start, walked = x.tolist(), x.clone().requires_grad_()
    rule = torch.optim.SGD([walked], lr=0.2, weight_decay=2 * 0.35, maximize=True)
    for _ in range(7):
        rule.zero_grad()
        torch.tanh(w @ walked).sum().backward()
        rule.step()
    end = walked.detach()
    value = torch.tanh(w @ end).sum() - 0.35 * (end**2).sum()
    return {
        "w": w.tolist(),
        "start": start,
        "rate": 0.2,
        "strength": 0.35,
        "n_steps": 7,
        "end": end.tolist(),
        "activation": torch.tanh(w @ end).sum().item(),
        "objective": value.item(),
    }


def hidden() -> dict[str, Any]:
    """Hide patches one after another."""
    x, w = drawn(2, 4, 5), drawn(2, 4, 5)
    drops = torch.zeros(4, 5, dtype=torch.float64)
    for i in range(4):
        for j in range(5):
            mask = torch.zeros(4, 5, dtype=torch.float64)
            mask[i, j] = 1
            covered = functional.max_pool2d(mask[None, None], 3, stride=1, padding=1)[0, 0]
            drops[i, j] = torch.sin((w * x).sum()) - torch.sin((w * x * (1 - covered)).sum())
    return {"x": x.tolist(), "w": w.tolist(), "patch": 3, "drops": drops.tolist()}


def styles() -> dict[str, Any]:
    """Multiply maps with each other."""
    maps = drawn(3, 4, 5)
    flat = maps.flatten(1)
    return {"maps": maps.tolist(), "gram": torch.cov(flat, correction=0).tolist(),
            "means": flat.mean(1).tolist()}  # fmt: skip


def whitened() -> dict[str, Any]:
    """Whiten by principal components, and turn the result back."""
    x = (drawn(40, 4) @ drawn(4, 4)).numpy() + 3
    fitted = PCA(whiten=False, svd_solver="full").fit(x)
    variances = fitted.explained_variance_ * (len(x) - 1) / len(x)
    scaled = fitted.transform(x) / np.sqrt(variances + 0.1)
    return {"x": x.tolist(), "epsilon": 0.1, "white": (scaled @ fitted.components_).tolist()}


def ranks() -> dict[str, Any]:
    """Correlate the ranks of numbers of which some are equal."""
    first, second = (RNG.integers(0, 6, size=(4, 5)).astype(float) for _ in range(2))
    return {
        "first": first.tolist(),
        "second": second.tolist(),
        "correlation": float(spearmanr(first.ravel(), second.ravel()).statistic),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "numpy", "scipy", "scikit-learn")},
        "network": network(),
        "path": path(),
        "ascent": ascent(),
        "hidden": hidden(),
        "styles": styles(),
        "whitened": whitened(),
        "ranks": ranks(),
    }
    write(values)


if __name__ == "__main__":
    main()
