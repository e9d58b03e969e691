"""Values of independent libraries for penalties and dropout, frozen in `regularization.json`.

Run by hand, in an environment outside the project, and never by the tests::

    python -m venv /tmp/refenv
    /tmp/refenv/bin/pip install torch==2.14.1 scikit-learn==1.9.1 numpy==2.4.6
    /tmp/refenv/bin/python tests/reference/regularization.py > tests/reference/regularization.json

Nothing of the project is imported.
"""

# mypy: disable-error-code="import-not-found, import-untyped"
# (torch and scikit-learn are installed beside the project, never in it)

from importlib.metadata import version
from typing import Any

import numpy as np
import torch
from sklearn.linear_model import ElasticNet, Lasso, Ridge
from torch.nn import functional

from writing import write

RNG = np.random.default_rng(77)


def regressions() -> dict[str, Any]:
    """Ask scikit-learn for fits with penalties to correlated columns."""
    inputs = RNG.normal(size=(25, 6)) @ RNG.normal(size=(6, 6))
    y = inputs @ np.array([1.0, 0, -2, 0, 0.5, 0]) + RNG.normal(size=25)
    fit = {"fit_intercept": False, "tol": 1e-14, "max_iter": 1_000_000}
    return {
        "X": inputs.tolist(),
        "y": y.tolist(),
        "ridge": [
            {"strength": s, "w": Ridge(alpha=s, fit_intercept=False).fit(inputs, y).coef_.tolist()}
            for s in (0.05, 2.0, 300.0)
        ],
        "lasso": [
            {"strength": s, "w": Lasso(alpha=s, **fit).fit(inputs, y).coef_.tolist()}
            for s in (0.02, 0.4, 1.5)
        ],
        "elastic": [
            {
                "l1": s * share,
                "l2": s * (1 - share),
                "w": ElasticNet(alpha=s, l1_ratio=share, **fit).fit(inputs, y).coef_.tolist(),
            }
            for s, share in ((0.5, 0.3), (1.0, 0.8))
        ],
    }


def steps() -> list[dict[str, Any]]:
    """Ask torch for steps of SGD, whose decay has the half: it is twice our strength."""
    found = []
    for rate, strength in ((0.2, 0.03), (0.01, 1.5)):
        w, g = RNG.normal(size=(2, 5))
        p = torch.nn.Parameter(torch.tensor(w))
        p.grad = torch.tensor(g)
        torch.optim.SGD([p], lr=rate, weight_decay=2 * strength).step()
        found.append(
            {
                "w": w.tolist(),
                "gradient": g.tolist(),
                "learning_rate": rate,
                "strength": strength,
                "after": p.tolist(),
            }
        )
    return found


def thresholds() -> dict[str, Any]:
    """Ask torch for its soft shrinkage."""
    rho = RNG.normal(size=12) * 2
    return {
        "rho": rho.tolist(),
        "strength": 0.8,
        "shrunk": functional.softshrink(torch.tensor(rho), 0.8).tolist(),
    }


def dropped() -> dict[str, Any]:
    """Ask torch for dropout, and read the mask off its output."""
    torch.manual_seed(3)
    a = torch.tensor(RNG.normal(size=20))
    out = functional.dropout(a, p=0.3, training=True)
    return {
        "a": a.tolist(),
        "drop": 0.3,
        "mask": (out != 0).double().tolist(),
        "training": out.tolist(),
        "test": functional.dropout(a, p=0.3, training=False).tolist(),
    }


def main() -> None:
    """Write all values as JSON."""
    values = {
        "versions": {name: version(name) for name in ("torch", "scikit-learn", "numpy")},
        "regressions": regressions(),
        "steps": steps(),
        "thresholds": thresholds(),
        "dropped": dropped(),
    }
    write(values)


if __name__ == "__main__":
    main()
